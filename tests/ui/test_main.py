"""The real entry: open, close, exit code."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QSize

from obsqra_desktop.ui import main
from tests.ui.conftest import PATIENCE

PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from obsqra_desktop.app import build_services
from obsqra_desktop.flows.decide import Work
from obsqra_desktop.ui import main
from tests.ui.conftest import PATIENCE
from obsqra_desktop.ui.window import MainWindow

show = MainWindow.show

def show_then_work_and_close(window):
    show(window)
    decide, timer = window.decide, QTimer(window, interval=50)

    def go_on():
        decide.next_button.click()
        if decide.flow.progress.work is Work.PROVING:
            timer.stop()
            print("proving", flush=True)
            QTimer.singleShot(10, window.close)

    timer.timeout.connect(go_on)
    timer.start()

MainWindow.show = show_then_work_and_close
sys.exit(main.run(build_services(Path(sys.argv[1]))))
"""


@pytest.mark.parametrize(
    ("screen", "window"),
    [((1920, 1080), (1280, 820)), ((1280, 800), (1280, 760)), ((1366, 728), (1280, 688))],
)
def test_the_first_window_fits_the_screen(screen: tuple[int, int], window: tuple[int, int]) -> None:
    assert main.first_size(QSize(*screen)) == QSize(*window)


def test_closing_while_a_proof_is_made_ends_well(
    data_dir: Path, empty_home: Mapping[str, str]
) -> None:
    root = Path(__file__).resolve().parents[2]
    environment = {**empty_home, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(data_dir)],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "proving\n"
    assert "Traceback" not in done.stderr
    assert "QThread" not in done.stderr


REPAINTS = """
from PySide6.QtWidgets import QLabel
from obsqra_desktop.ui.main import make_application

app = make_application([])
label = QLabel("x")
for _ in range(300_000):
    label.update()
"""


def test_a_long_session_does_not_use_up_none(empty_home: Mapping[str, str]) -> None:
    root = Path(__file__).resolve().parents[2]
    environment = {**empty_home, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, "-c", REPAINTS],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr

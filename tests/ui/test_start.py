"""What the program loads and makes before its window is there, and what it leaves for later."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from obsqra_desktop.domain.mist.errors import KeyDataDamaged
from obsqra_desktop.flows.decide import Step
from obsqra_desktop.ui.status_facts import Fact
from obsqra_desktop.ui.warm_up import VIEWS, WarmUp
from obsqra_desktop.ui.widgets.base import tab_stops
from obsqra_desktop.ui.window_pages import WindowPages
from tests.conftest import ROOT
from tests.ui.conftest import PATIENCE, Driver

OPENS_THE_WINDOW = """
import json
import sys

from PySide6.QtCore import QEvent, QObject, QTimer

from obsqra_desktop.__main__ import main
from obsqra_desktop.ui.main import make_application
from obsqra_desktop.ui.pages.page import Page
from obsqra_desktop.ui.window import MainWindow


def look(window):
    return {
        "modules": sorted(sys.modules),
        "made": sorted(name for name, one in vars(window).items() if isinstance(one, Page)),
        "steps": sorted({"check", "do"} & set(vars(window.decide))),
    }


class Onlooker(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, MainWindow):
            app.removeEventFilter(self)
            self.window, self.seen = watched, [look(watched)]
            self.timer = QTimer(self, interval=5)
            self.timer.timeout.connect(self.wait)
            self.timer.start()
        return False

    def wait(self):
        if LAST in sys.modules:
            self.timer.stop()
            self.seen.append(look(self.window))
            print(json.dumps(self.seen))
            self.window.close()


LAST = "obsqra_desktop.ui.pages." + sys.argv[2]
app = make_application(sys.argv[:1])
onlooker = Onlooker()
app.installEventFilter(onlooker)
sys.exit(main(["--data-dir", sys.argv[1]]))
"""

HEAVY = {"aiohttp", "starknet_py", "numpy", "pyqtgraph", "keyring", "segno", "sqlite3", "Crypto"}
FIRST_VIEWS = {"page", "decide", "choose", "policy_editor"}


@dataclass(frozen=True)
class Started:
    """At the first paint, and when nothing more is loaded."""

    at_paint: Any
    at_rest: Any


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Started:
    home = tmp_path_factory.mktemp("start")
    (home / "run").mkdir(mode=0o700)
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home / "run"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        "PYTHONPATH": str(ROOT),
        "QT_QPA_PLATFORM": "offscreen",
    }
    return Started(*run(home / "data", environment))


def run(data_dir: Path, environment: Mapping[str, str]) -> Any:
    done = subprocess.run(
        [sys.executable, "-c", OPENS_THE_WINDOW, str(data_dir), VIEWS[-1]],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)


def views(seen: Any) -> set[str]:
    start = "obsqra_desktop.ui.pages."
    return {name.removeprefix(start) for name in seen["modules"] if name.startswith(start)}


def test_only_the_first_page_is_made_before_the_first_paint(started: Started) -> None:
    assert started.at_paint["made"] == ["decide"]
    assert started.at_paint["steps"] == []
    assert views(started.at_paint) == FIRST_VIEWS


def test_nothing_heavy_is_loaded_before_the_first_paint(started: Started) -> None:
    loaded = set(started.at_paint["modules"])
    assert loaded & HEAVY == set()
    assert loaded & {"obsqra_desktop.app.markets", "obsqra_desktop.app.private"} == set()
    assert [name for name in loaded if name.startswith("obsqra_desktop.privacy")] == []
    later = ("services.market.", "services.practice_market", "domain.market.deployments")
    later += ("domain.market.derivation", "domain.mist.held_notes", "services.mist.money")
    assert [one for one in loaded if one.removeprefix("obsqra_desktop.").startswith(later)] == []
    assert {"obsqra_desktop.app.proofs", "obsqra_desktop.app.chains"} <= loaded  # it did look


def test_afterwards_the_pages_are_loaded_but_not_made(started: Started) -> None:
    assert set(VIEWS) <= views(started.at_rest)
    assert started.at_rest["made"] == ["decide"]
    assert started.at_rest["steps"] == []
    loaded = set(started.at_rest["modules"])
    assert {"obsqra_desktop.app.markets", "obsqra_desktop.app.private"} <= loaded
    assert loaded & {"numpy", "pyqtgraph", "starknet_py"} == set()


def test_every_page_module_is_loaded_in_time(ui: Driver) -> None:
    """A page that is not in the list would be loaded when it is opened."""
    folder = ROOT / "obsqra_desktop" / "ui" / "pages"
    there = {
        ".".join(path.relative_to(folder).with_suffix("").parts)
        for path in folder.rglob("*.py")
        if path.stem != "__init__"
    }
    brought_along = {
        line.split()[1].removeprefix("obsqra_desktop.ui.pages.")
        for name in VIEWS
        for line in (folder / f"{name.replace('.', '/')}.py").read_text("utf-8").splitlines()
        if line.startswith("from obsqra_desktop.ui.pages.")
    }
    assert there <= set(VIEWS) | FIRST_VIEWS | brought_along | {"pools_empty"}
    assert isinstance(ui.window, WindowPages)


def test_tab_goes_through_late_steps_before_the_footer(ui: Driver) -> None:
    decide = ui.window.decide
    footer = place(ui, decide.footer)
    ui.click(decide.next_button)
    assert decide.flow.step is Step.CHECK
    check, do = place(ui, decide.check), place(ui, decide.do)
    assert check == list(range(footer[0], footer[0] + len(check)))
    assert do == list(range(check[-1] + 1, check[-1] + 1 + len(do)))
    assert place(ui, decide.footer) == [one + len(check) + len(do) for one in footer]


def test_damaged_key_data_is_told_when_the_program_starts(
    ui: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On whatever page one is: nobody has to open the one of private money first."""

    def damaged() -> None:
        raise KeyDataDamaged("pk.bin is missing.", hint="Install the program again.")

    window, services = ui.window, ui.window._services
    monkeypatch.setattr(type(services), "check_private_proofs", lambda _: damaged())
    assert not window.trouble.isVisible()
    WarmUp(services, window.runner, window, window.show_damage)
    window.repaint()
    ui.until(window.trouble.isVisible)
    assert window.trouble.words == (
        "The key data is damaged\npk.bin is missing. Install the program again."
    )
    ui.click(window.copy_button)
    assert "pk.bin" in QApplication.clipboard().text()
    ui.click(window.dismiss_button)
    assert not window.trouble.isVisible()


def test_where_it_is_whole_nothing_is_said(ui: Driver) -> None:
    window, ended = ui.window, []
    looked = type(window._services).check_private_proofs

    class Looks:
        preload = staticmethod(lambda: None)

        @staticmethod
        def check_private_proofs() -> None:
            looked(window._services)  # type: ignore[arg-type]
            ended.append(True)

    WarmUp(Looks(), window.runner, window, window.show_damage)  # type: ignore[arg-type]
    window.repaint()
    ui.until(lambda: ended)
    ui.settle()
    assert not window.trouble.isVisible()


class Paints(QObject):
    """Counts how often a widget is painted."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_what_did_not_change_is_not_painted_again(ui: Driver) -> None:
    strip, paints = ui.window.strip, Paints()
    ui.settle()
    strip.installEventFilter(paints)
    fact = Fact("Here", "cpu", "Here", "Nobody is asked.")
    for said, painted in ((fact, True), (Fact(**vars(fact)), False), (None, True), (fact, True)):
        paints.count = 0
        ui.act(lambda one=said: strip.show_fact("route", one))
        QApplication.processEvents()
        assert bool(paints.count) is painted, said
    assert strip.text_of("route") == "Here"


def place(ui: Driver, inside: QWidget) -> list[int]:
    order = tab_stops(ui.window)
    return [order.index(one) for one in tab_stops(inside)]

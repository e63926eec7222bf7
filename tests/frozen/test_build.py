"""The built program, started with an empty home, outside the source folder."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import obsqra_desktop
from tests.conftest import OUTER, ROOT

EXE = ".exe" if sys.platform == "win32" else ""
PROGRAM = ROOT / "dist" / "obsqra"


@pytest.fixture(scope="session")
def program() -> Path:
    """The folder of the built program, built anew only when its sources have changed."""
    build = [sys.executable, ROOT / "dev.py", "build", "--if-changed", "--no-check"]
    done = subprocess.run(
        build, env=dict(OUTER), text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert done.returncode == 0, done.stdout
    return PROGRAM


def run(
    program: Path, *words: str, env: Mapping[str, str], folder: Path
) -> subprocess.CompletedProcess[str]:
    command = [program / f"obsqra{EXE}", *words]
    return subprocess.run(command, env=env, cwd=folder, capture_output=True, text=True, timeout=120)


def test_version(program: Path, empty_home: Mapping[str, str], tmp_path: Path) -> None:
    done = run(program, "--version", env=empty_home, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert obsqra_desktop.__version__ in done.stdout


def test_self_check(program: Path, empty_home: Mapping[str, str], tmp_path: Path) -> None:
    done = run(program, "selfcheck", "--json", env=empty_home, folder=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["ok"] is True


def test_nothing_needless_is_shipped(program: Path) -> None:
    names = {path.name for path in program.rglob("*") if path.is_file()}
    for word in ("Qml", "Quick", "WebEngine", "Pdf", "gtk-3", "tcl", "keyrings"):
        assert not [name for name in names if word in name], word


@pytest.fixture
def display() -> Iterator[str]:
    """A virtual X display."""
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        pytest.skip("Xvfb is not installed")
    read_end, write_end = os.pipe()
    command = [xvfb, "-displayfd", str(write_end), "-screen", "0", "1280x800x24"]
    server = subprocess.Popen(
        [*command, "-nolisten", "tcp"], pass_fds=[write_end], stderr=subprocess.DEVNULL
    )
    os.close(write_end)
    with os.fdopen(read_end) as answer:
        number = answer.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait(timeout=20)


@pytest.mark.skipif(sys.platform != "linux", reason="needs an X server of its own")
def test_window_opens_and_stays(
    program: Path, empty_home: Mapping[str, str], display: str, tmp_path: Path
) -> None:
    env = {**empty_home, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    log = tmp_path / "stderr.txt"
    with log.open("w") as stderr:
        window = subprocess.Popen(
            [program / "obsqra-desktop"], env=env, cwd=tmp_path, stderr=stderr
        )
        time.sleep(6)
        alive = window.poll() is None
        window.terminate()
        window.wait(timeout=30)
    assert alive, log.read_text()
    assert "Traceback" not in log.read_text()

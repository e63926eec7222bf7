"""The built program, started with an empty home, outside the source folder."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import obsqra_desktop
from tests.conftest import OUTER, ROOT

EXE = ".exe" if sys.platform == "win32" else ""
PROGRAM = ROOT / "dist" / "obsqra"
PATIENCE = 120.0
LETTERS = 64
"""Colours of a picture with writing in it, whose edges are smoothed."""


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
    answer = json.loads(done.stdout)
    assert answer["ok"] is True
    assert {"curve", "mist"} <= {one["id"] for one in answer["checks"] if one["ok"]}


def test_networks_accounts_and_practice(
    program: Path, empty_home: Mapping[str, str], tmp_path: Path
) -> None:
    listed = run(program, "network", "list", "--json", env=empty_home, folder=tmp_path)
    assert listed.returncode == 0, listed.stdout + listed.stderr
    kinds = {one["id"]: one["chain_id"] for one in json.loads(listed.stdout)["networks"]}
    assert {kinds["mainnet"], kinds["sepolia"]} == {"SN_MAIN", "SN_SEPOLIA"}
    accounts = run(program, "account", "list", "--json", env=empty_home, folder=tmp_path)
    assert accounts.returncode == 0, accounts.stdout + accounts.stderr
    assert json.loads(accounts.stdout) == {"accounts": []}
    practice = run(program, "practice", "status", "--json", env=empty_home, folder=tmp_path)
    assert practice.returncode == 2, practice.stdout + practice.stderr
    assert json.loads(practice.stdout)["state"] == "down"
    assert "Traceback" not in listed.stderr + accounts.stderr + practice.stderr


def test_a_vault_and_an_account(
    program: Path, empty_home: Mapping[str, str], tmp_path: Path
) -> None:
    secret = tmp_path / "passphrase"
    secret.write_text("four words and more\n")
    with secret.open() as words:
        done = subprocess.run(
            [program / f"obsqra{EXE}", "account", "new", "--passphrase-fd", "0", "--json"],
            env=empty_home, cwd=tmp_path, stdin=words, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["address"].startswith("0x")


def test_nothing_needless_is_shipped(program: Path) -> None:
    names = {path.name for path in program.rglob("*") if path.is_file()}
    for word in ("Qml", "Quick", "WebEngine", "Pdf", "gtk-3", "tcl", "keyrings", "cytoolz"):
        assert not [name for name in names if word in name], word


WIDTH, HEIGHT = 1280, 800


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A virtual X display, and the file in which its picture lies."""
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        pytest.skip("Xvfb is not installed")
    read_end, write_end = os.pipe()
    command = [xvfb, "-displayfd", str(write_end), "-screen", "0", f"{WIDTH}x{HEIGHT}x24"]
    with subprocess.Popen(
        [*command, "-fbdir", tmp_path, "-nolisten", "tcp"],
        pass_fds=[write_end],
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(write_end)
        with os.fdopen(read_end) as answer:
            number = answer.readline().strip()
        yield f":{number}", tmp_path / "Xvfb_screen0"
        server.terminate()


def colours(picture: Path) -> int:
    """How many different ones are on the screen: one, as long as it is empty."""
    return len(set(memoryview(picture.read_bytes()[-4 * WIDTH * HEIGHT :]).cast("I")))


@pytest.mark.skipif(sys.platform != "linux", reason="needs an X server of its own")
def test_a_window_is_painted(
    program: Path, empty_home: Mapping[str, str], screen: tuple[str, Path], tmp_path: Path
) -> None:
    display, picture = screen
    assert colours(picture) == 1
    env = {**empty_home, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    log = tmp_path / "stderr.txt"
    end, pause = time.monotonic() + PATIENCE, threading.Event()
    with (
        log.open("w") as stderr,
        subprocess.Popen(
            [program / "obsqra-desktop"], env=env, cwd=tmp_path, stderr=stderr
        ) as window,
    ):
        try:
            while window.poll() is None and colours(picture) < LETTERS:
                assert time.monotonic() < end, "nothing is painted"
                pause.wait(0.1)
            alive = window.poll() is None
        finally:
            window.terminate()
    assert alive, log.read_text()
    assert "Traceback" not in log.read_text()

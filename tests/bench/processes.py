"""Fresh processes with a home of their own, and the time they take."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
LONGEST: Final = 120.0
Environment = Mapping[str, str]


class MeasurementError(Exception):
    """A process did not do what it should have; the message says what it said."""


@contextmanager
def home() -> Iterator[Path]:
    """An empty home for the measured processes."""
    with tempfile.TemporaryDirectory(prefix="obsqra-bench-") as name:
        folder = Path(name)
        (folder / "run").mkdir(mode=0o700)
        yield folder


def environment(folder: Path, **more: str) -> Environment:
    """The variables of a measured process: nothing of the user's own settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "XDG_", "QT_"))}
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
        kept.pop(name, None)
    named = dict.fromkeys(("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"), str(folder))
    return {
        **kept,
        **named,
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        **more,
    }


def program() -> list[str]:
    """The command `obsqra` of this environment."""
    found = shutil.which("obsqra", path=str(Path(sys.executable).parent))
    return [found] if found else [sys.executable, "-m", "obsqra_desktop"]


def timed(command: Sequence[str], env: Environment, longest: float = LONGEST) -> tuple[float, str]:
    """Seconds from the start of a process to its end, and what it printed."""
    started = time.perf_counter()
    done = subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=longest
    )
    seconds = time.perf_counter() - started
    if done.returncode != 0:
        raise MeasurementError(done.stderr.strip() or f"it ended with {done.returncode}")
    return seconds, done.stdout


def until_said(command: Sequence[str], word: str, env: Environment) -> float:
    """Seconds from the start of a process until it printed this word; then it must end well."""
    started = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        too_long = threading.Timer(LONGEST, process.kill)
        too_long.start()
        try:
            line = process.stdout.readline()
            seconds = time.perf_counter() - started
            _, told = process.communicate()
        finally:
            too_long.cancel()
    if line.strip() != word or process.returncode != 0:
        raise MeasurementError(told.strip() or f"it said {line!r}")
    return seconds


@contextmanager
def virtual_display() -> Iterator[str | None]:
    """The name of a display of its own; None where Xvfb is not installed."""
    server = shutil.which("Xvfb")
    if server is None:
        yield None
        return
    command = [server, "-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            number = process.stdout.readline().strip()
            yield f":{number}" if number else None
        finally:
            process.terminate()

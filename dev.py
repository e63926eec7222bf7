#!/usr/bin/env python3
"""Everything a developer types: run, test, bench, build, exec.

    python3 dev.py run                open the program (guided in the terminal without a display)
    python3 dev.py test               all checks and tests
    python3 dev.py bench              measure speed, size and memory
    python3 dev.py build              make the one-folder program in dist/obsqra
    python3 dev.py exec -- COMMAND    run COMMAND inside the environment

Each command first sets up what it needs and says what it does: uv, the locked Python
environment in .venv, the system libraries that Qt loads, and the native module. What is
already there is recognised by stamps in .dev, so that a second start costs next to nothing.

Only the standard library is used here, and nothing newer than Python 3.9, because this
file runs before anything is installed.
"""

import sys

if sys.version_info < (3, 9):
    sys.exit(
        "dev.py needs Python 3.9 or newer to start (this is %d.%d); "
        "try: python3.11 dev.py" % sys.version_info[:2]
    )

import argparse
import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, Optional, Union

try:
    import fcntl
except ImportError:  # not on Windows: there, two set-ups at once are up to the developer
    fcntl = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parent
STATE = ROOT / ".dev"
VENV = ROOT / ".venv"
NATIVE = ROOT / "native"
DIST = ROOT / "dist" / "obsqra"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
EXE = ".exe" if WINDOWS else ""
PYTHON = BIN / ("python" + EXE)

UV_VERSION = (0, 13, 9)
PYTHON_RANGE = ((3, 11), (3, 15))
PYTHON_REQUEST = ">=3.11,<3.15"
CANNOT_RUN = 2

# What the xcb, wayland and offscreen plugins of PySide6-Essentials load from the system:
# shared object -> Debian package.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}

RUST_REMEDY = """\
The native module is written in Rust, and no cargo was found. Install stable Rust:
  curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh
or take it from your distribution if it is recent enough (see rust-version in
native/Cargo.toml), for example: sudo apt-get install cargo
then run the same command again."""

Command = Sequence[Union[str, Path]]


class SetupError(Exception):
    """Set-up cannot go on; the message says why and what to do."""


def say(text: str) -> None:
    """One progress line; on standard error, so that `exec` leaves standard output alone."""
    print("[dev] " + text, file=sys.stderr, flush=True)


def environment() -> dict[str, str]:
    """The variables that every command inside the environment gets."""
    env = dict(os.environ)
    env.pop("PYTHONHOME", None)
    cargo_home = Path(env.get("CARGO_HOME", Path.home() / ".cargo"))
    env["PATH"] = os.pathsep.join([str(BIN), env.get("PATH", ""), str(cargo_home / "bin")])
    env["VIRTUAL_ENV"] = str(VENV)
    env["UV_PROJECT_ENVIRONMENT"] = str(VENV)
    env["UV_PYTHON_DOWNLOADS"] = "never"
    env.setdefault("CARGO_TARGET_DIR", str(cache_folder() / "target"))
    return env


def cache_folder() -> Path:
    """Per-user cache: compiled crates are shared by all checkouts."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "obsqra-dev"


def do(command: Command, why: str) -> None:
    """Run one set-up command, its output on standard error."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, cwd=ROOT, env=environment(), stdout=sys.stderr.fileno())
    except OSError as error:
        raise SetupError(f"{why}: cannot start {words[0]}: {error}") from error
    if done.returncode != 0:
        raise SetupError(f"{why} failed ({' '.join(words)} ended with {done.returncode})")


# --- stamps ----------------------------------------------------------------------------------


def digest(paths: Iterable[Path], *extra: str) -> str:
    """A hash over names and contents of the files that exist, and over the extra words."""
    total = hashlib.sha256("\0".join(extra).encode())
    for path in sorted(paths):
        if path.is_file():
            content = path.read_bytes()
            total.update(f"\n{path.relative_to(ROOT).as_posix()} {len(content)}\n".encode())
            total.update(content)
    return total.hexdigest()


def files_below(folder: Path) -> Iterator[Path]:
    """Source files below a folder, without build products."""
    for base, names, files in os.walk(folder):
        names[:] = [n for n in names if n not in {"target", "__pycache__"} and n[0] != "."]
        yield from (Path(base, name) for name in files if not name.endswith(".pyc"))


def stamped(name: str, key: str) -> bool:
    """Whether the step of this name was last finished for the same key."""
    try:
        return (STATE / f"{name}.stamp").read_text() == key
    except OSError:
        return False


def stamp(name: str, key: str) -> None:
    (STATE / f"{name}.stamp").write_text(key)


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Let one set-up at a time work in this checkout."""
    STATE.mkdir(exist_ok=True)
    with (STATE / "lock").open("w") as handle:
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                say("another set-up is at work here, waiting for it")
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield


# --- set-up ----------------------------------------------------------------------------------


def as_root() -> bool:
    return not WINDOWS and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_debian(packages: Sequence[str], why: str) -> None:
    """Install Debian packages when that is possible, else print the line to type."""
    line = "apt-get install -y --no-install-recommends " + " ".join(packages)
    if not as_root():
        say(f"{why} are missing; on Debian or Ubuntu type: sudo {line}")
        return
    say(f"installing {why}: {' '.join(packages)}")
    try:
        do(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "update", "-qq"], "apt-get")
        do(["env", "DEBIAN_FRONTEND=noninteractive", *line.split()], "apt-get")
    except SetupError as error:
        say(f"{error}; going on without")


def set_up_system(for_tests: bool) -> None:
    """The libraries that Qt loads, and a virtual X server for the tests."""
    if not sys.platform.startswith("linux"):
        return
    ldconfig = shutil.which("ldconfig") or shutil.which("ldconfig", path="/sbin:/usr/sbin")
    if ldconfig is None:  # not a system that lists its libraries: Qt itself will tell
        return
    listing = subprocess.run([ldconfig, "-p"], capture_output=True, text=True).stdout
    known = set(re.findall(r"^\s+(\S+) ", listing, re.MULTILINE))
    missing = [package for name, package in QT_LIBRARIES.items() if name not in known]
    if for_tests and shutil.which("Xvfb") is None:
        missing.append("xvfb")
    if missing:
        install_debian(missing, "system libraries for the window")


def uv_is_recent(uv: str) -> bool:
    try:
        words = subprocess.run([uv, "--version"], capture_output=True, text=True).stdout.split()
        return tuple(int(part) for part in words[1].split(".")[:3]) >= UV_VERSION
    except (OSError, IndexError, ValueError):
        return False


def find_uv() -> str:
    """The path of a recent enough uv: our own, the one on PATH, or a new one from PyPI."""
    tools = STATE / "tools"
    own = tools / BIN.name / ("uv" + EXE)
    for candidate in (str(own) if own.exists() else None, shutil.which("uv")):
        if candidate and uv_is_recent(candidate):
            return candidate
    version = ".".join(str(part) for part in UV_VERSION)
    say(f"getting uv {version}")
    base = getattr(sys, "_base_executable", sys.executable)
    for attempt in (1, 2):
        try:
            do([base, "-m", "venv", "--clear", tools], "making a folder for uv")
            break
        except SetupError as error:
            package = "python3.%d-venv" % sys.version_info[1]
            if attempt == 2 or not as_root():
                raise SetupError(f"{error}\nOn Debian: sudo apt-get install {package}") from None
            install_debian([package], "Python's venv module")
    pip = tools / BIN.name / ("python" + EXE)
    do([pip, "-m", "pip", "install", "--quiet", f"uv=={version}"], "getting uv from PyPI")
    return str(own)


def find_python(uv: str) -> str:
    """An interpreter in the supported range: the one running this, or any that uv finds."""
    low, high = PYTHON_RANGE
    if low <= sys.version_info[:2] < high:
        return str(getattr(sys, "_base_executable", sys.executable))
    query = [uv, "python", "find", "--no-project", "--system", PYTHON_REQUEST]
    found = subprocess.run(query, env=environment(), cwd=ROOT, capture_output=True, text=True)
    if found.returncode != 0:
        raise SetupError(
            f"Obsqra Desktop needs Python {PYTHON_REQUEST}, and this machine has none "
            f"({sys.executable} is {sys.version.split()[0]}). Install one, for example: "
            "sudo apt-get install python3.11 python3.11-venv"
        )
    return found.stdout.strip()


def environment_key() -> str:
    return digest([ROOT / "pyproject.toml", ROOT / "uv.lock"])


def set_up_environment() -> None:
    """The locked Python environment in .venv."""
    key = environment_key()
    if PYTHON.exists() and stamped("environment", key):
        return
    with only_one():
        if PYTHON.exists() and stamped("environment", key):
            return
        uv = find_uv()
        python = find_python(uv)
        say(f"installing the locked environment into .venv (Python from {python})")
        do([uv, "sync", "--locked", "--quiet", "--python", python], "uv sync")
        stamp("environment", key)


def native_key() -> str:
    return digest(files_below(NATIVE), environment_key())


def set_up_native() -> None:
    """The Rust crate, compiled in release mode and installed into .venv."""
    if not (NATIVE / "Cargo.toml").exists():
        say("no native crate in this checkout, going on without")
        return
    key = native_key()
    if stamped("native", key):
        return
    if shutil.which("cargo", path=environment()["PATH"]) is None:
        raise SetupError(RUST_REMEDY)
    if sys.platform.startswith("linux") and shutil.which("cc") is None:
        install_debian(["gcc", "libc6-dev"], "a C compiler and linker, which Rust needs,")
    with only_one():
        if stamped("native", key):
            return
        say("compiling the native module (minutes the first time, seconds later)")
        started = time.monotonic()
        wheels = STATE / "wheels"
        shutil.rmtree(wheels, ignore_errors=True)
        build = [BIN / ("maturin" + EXE), "build", "--release", "--locked", "--out", wheels]
        do([*build, "-m", NATIVE / "Cargo.toml", "-i", PYTHON], "compiling the native module")
        install = [find_uv(), "pip", "install", "--quiet", "--no-deps", "--reinstall", "--offline"]
        do([*install, "--python", PYTHON, *sorted(wheels.glob("*.whl"))], "installing it")
        stamp("native", key)
        say(f"native module ready after {time.monotonic() - started:.0f} s")


def set_up(window: bool = True, for_tests: bool = False) -> None:
    if window:
        set_up_system(for_tests)
    set_up_environment()
    set_up_native()


# --- test stages -----------------------------------------------------------------------------


@dataclass
class Outcome:
    """How one stage went; counts are tests, zero for checks that count nothing."""

    name: str
    ok: bool
    seconds: float
    passed: int = 0
    failed: int = 0
    skipped: int = 0


SLOW_FOLDERS = ("ui", "chain", "frozen")
PYTEST_STAGES: dict[str, list[str]] = {
    "fast": ["tests", *(f"--ignore=tests/{name}" for name in SLOW_FOLDERS), "-m", "not native"],
    "native": ["tests", *(f"--ignore=tests/{name}" for name in SLOW_FOLDERS), "-m", "native"],
    "gui": ["tests/ui"],
    "devnet": ["tests/chain"],
    "frozen": ["tests/frozen"],
}
CHECKS: dict[str, list[str]] = {
    "lint": ["ruff", "check", "--quiet"],
    "format": ["ruff", "format", "--check", "--quiet"],
    "types": ["mypy"],
    "layers": ["lint-imports"],
}
STAGES = (*CHECKS, "fast", "cargo", "native", "gui", "devnet", "frozen")


def pytest_stage(name: str, extra: Sequence[str]) -> Outcome:
    """Run one group of Python tests; counts come from its junit file."""
    arguments = PYTEST_STAGES[name]
    report = STATE / "reports" / f"{name}.xml"
    report.unlink(missing_ok=True)
    if not (ROOT / arguments[0]).is_dir():
        return Outcome(name, True, 0.0)
    command = [str(PYTHON), "-m", "pytest", "-q", f"--junitxml={report}", *arguments, *extra]
    code = subprocess.run(command, cwd=ROOT, env=environment()).returncode
    outcome = Outcome(name, code in (0, 5), 0.0)  # 5: no test matched, nothing is wrong
    if report.exists():
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):
            count = {key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors")}
            skipped = int(suite.get("skipped", 0))
            outcome.failed += count["failures"] + count["errors"]
            outcome.passed += count["tests"] - count["failures"] - count["errors"] - skipped
            outcome.skipped += skipped
    if not outcome.ok and not outcome.failed:
        outcome.failed = 1
    return outcome


def cargo_stage() -> Outcome:
    """Run the crate's own tests in release mode, as proving is too slow without."""
    outcome = Outcome("cargo", True, 0.0)
    if not (NATIVE / "Cargo.toml").exists():
        return outcome
    env = environment()
    env["PYO3_PYTHON"] = str(PYTHON)
    command = ["cargo", "test", "--release", "--locked", "--color", "never"]
    with subprocess.Popen(
        command, cwd=NATIVE, env=env, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        for line in process.stdout or ():
            print(line, end="", flush=True)
            found = re.match(r"test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ign", line)
            if found:
                outcome.passed += int(found[1])
                outcome.failed += int(found[2])
                outcome.skipped += int(found[3])
    outcome.ok = process.returncode == 0
    if not outcome.ok and not outcome.failed:
        outcome.failed = 1
    return outcome


def run_stage(name: str, extra: Sequence[str]) -> Outcome:
    print(f"\n=== {name} ===", flush=True)
    started = time.monotonic()
    if name in CHECKS:
        words = CHECKS[name]
        command = [str(BIN / (words[0] + EXE)), *words[1:]]
        done = subprocess.run(command, cwd=ROOT, env=environment())
        outcome = Outcome(name, done.returncode == 0, 0.0)
    elif name == "cargo":
        outcome = cargo_stage()
    else:
        outcome = pytest_stage(name, extra)
    outcome.seconds = time.monotonic() - started
    print(f"{name}: {'ok' if outcome.ok else 'FAILED'} in {outcome.seconds:.1f} s", flush=True)
    return outcome


def summary(outcomes: Sequence[Outcome]) -> str:
    rows = [f"{'stage':<10}{'result':<10}{'time':>9}  {'passed':>7}{'failed':>7}{'skipped':>8}"]
    for one in outcomes:
        counted = one.passed or one.failed or one.skipped
        counts = f"{one.passed:>7}{one.failed:>7}{one.skipped:>8}" if counted else ""
        result = "ok" if one.ok else "FAILED"
        rows.append(f"{one.name:<10}{result:<10}{one.seconds:>7.1f} s  {counts}".rstrip())
    passed, failed, skipped = (
        sum(getattr(one, key) for one in outcomes) for key in ("passed", "failed", "skipped")
    )
    rows += ["", f"{passed} passed, {failed} failed, {skipped} skipped"]
    return "\n".join(rows)


# --- commands --------------------------------------------------------------------------------


def hand_over(command: Sequence[str], folder: Optional[Path] = None) -> NoReturn:
    """Let the command take this process's place, so that signals and exit code are its own."""
    env = environment()
    program = shutil.which(command[0], path=env["PATH"])
    if program is None:
        raise SetupError(f"there is no command {command[0]!r} in the environment or on PATH")
    if folder:
        os.chdir(folder)
    if WINDOWS:
        sys.exit(subprocess.run([program, *command[1:]], env=env).returncode)
    sys.stdout.flush()
    os.execve(program, list(command), env)


def has_display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(v) for v in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def command_run(options: argparse.Namespace) -> NoReturn:
    window = has_display()
    if not window:
        say("no display here (DISPLAY and WAYLAND_DISPLAY are unset): guiding in the terminal")
    set_up(window=window)
    words = [] if window else ["guide"]
    hand_over([str(PYTHON), "-m", "obsqra_desktop", *words, *options.rest])


def command_exec(options: argparse.Namespace) -> NoReturn:
    if not options.rest:
        raise SetupError("say what to run: python3 dev.py exec -- COMMAND")
    set_up()
    hand_over(options.rest)


def command_bench(options: argparse.Namespace) -> NoReturn:
    set_up()
    hand_over([str(PYTHON), "-m", "tests.bench", *options.rest], folder=ROOT)


def command_test(options: argparse.Namespace) -> int:
    wanted = {name for words in options.only for name in words.split(",")}
    if wanted - set(STAGES):
        raise SetupError(f"the stages are: {', '.join(STAGES)}")
    set_up(for_tests=True)
    (STATE / "reports").mkdir(exist_ok=True)
    outcomes = [run_stage(n, options.rest) for n in STAGES if not wanted or n in wanted]
    print("\n" + summary(outcomes), flush=True)
    return 0 if all(one.ok for one in outcomes) else 1


def build_key() -> str:
    sources = [*files_below(ROOT / "obsqra_desktop"), *files_below(ROOT / "resources")]
    return digest([*sources, ROOT / "obsqra.spec"], native_key())


def self_check() -> int:
    """Start the built program as a new user would: no home, none of our environment."""
    with tempfile.TemporaryDirectory(prefix="obsqra-home-") as home:
        env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "XDG_", "QT_"))}
        env.update(HOME=home, USERPROFILE=home, APPDATA=home, LOCALAPPDATA=home)
        command = [str(DIST / ("obsqra" + EXE)), "selfcheck", "--json"]
        done = subprocess.run(command, cwd=home, env=env, stdout=subprocess.PIPE, text=True)
    print(done.stdout, end="", flush=True)
    try:
        good = done.returncode == 0 and json.loads(done.stdout).get("ok") is True
    except (ValueError, AttributeError):
        good = False
    say(f"self-check of the built program: {'ok' if good else 'FAILED'}")
    return 0 if good else 1


def command_build(options: argparse.Namespace) -> int:
    set_up()
    key = build_key()
    if options.if_changed and DIST.is_dir() and stamped("build", key):
        say("dist/obsqra is up to date")
    else:
        say("building dist/obsqra")
        work = ["--distpath", DIST.parent, "--workpath", STATE / "pyinstaller"]
        command = [PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *work]
        do([*command, ROOT / "obsqra.spec"], "building the program")
        stamp("build", key)
        size = sum(path.stat().st_size for path in DIST.rglob("*") if path.is_file())
        say(f"dist/obsqra is ready, {size / 1e6:.0f} MB")
    return 0 if options.no_check else self_check()


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    commands.add_parser("run", help="open the program; arguments are passed on")
    test = commands.add_parser("test", help="all checks and tests; what follows -- goes to pytest")
    test.add_argument(
        "-k", "--only", action="append", default=[], metavar="STAGE", help=", ".join(STAGES)
    )
    commands.add_parser("bench", help="measure; arguments are passed on")
    build = commands.add_parser("build", help="make the one-folder program and check it")
    build.add_argument("--if-changed", action="store_true", help="keep a build of these sources")
    build.add_argument("--no-check", action="store_true", help="leave the self-check out")
    commands.add_parser("exec", help="run a command inside the environment")
    return top


def main(words: list[str]) -> int:
    rest: list[str] = []
    if words and words[0] in {"run", "bench", "exec"}:  # everything after these is passed on
        words, rest = words[:1], words[1:]
        rest = rest[1:] if rest[:1] == ["--"] else rest
    elif "--" in words:
        cut = words.index("--")
        words, rest = words[:cut], words[cut + 1 :]
    options = parser().parse_args(words)
    options.rest = rest
    commands = {
        "run": command_run,
        "test": command_test,
        "bench": command_bench,
        "build": command_build,
        "exec": command_exec,
    }
    try:
        return commands[options.command](options)
    except SetupError as error:
        say(str(error))
        return CANNOT_RUN
    except KeyboardInterrupt:
        say("stopped")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

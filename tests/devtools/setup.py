"""Set-up steps, each recognising what is already done by a stamp in .dev.

Standard library only, nothing newer than Python 3.9: this runs before anything is installed.
"""

import contextlib
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Union

try:
    import fcntl
except ImportError:  # not on Windows: there, two set-ups at once are up to the developer
    fcntl = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parents[2]
STATE = ROOT / ".dev"
VENV = ROOT / ".venv"
NATIVE = ROOT / "native"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
EXE = ".exe" if WINDOWS else ""
PYTHON = BIN / ("python" + EXE)

UV_VERSION = (0, 13, 9)
PYTHON_RANGE = ((3, 11), (3, 15))
PYTHON_REQUEST = ">=3.11,<3.15"

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
The native module is written in Rust; install stable Rust with rustup:
  curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh
or take cargo from your distribution where it is recent enough (rust-version in
native/Cargo.toml): sudo apt-get install cargo
then run the same command again."""

DEVNET = "starknet-devnet"
DEVNET_VERSION = "0.10.1"
DEVNET_NEEDS = {"cc": "gcc", "make": "make", "perl": "perl", "pkg-config": "pkg-config"}
# What tests start besides the program: command -> Debian package.
TEST_PROGRAMS = {
    "Xvfb": "xvfb",
    "dbus-run-session": "dbus",
    "gnome-keyring-daemon": "gnome-keyring",
    "node": "nodejs",
    "npm": "npm",
}
STARKNETJS = ROOT / "tests" / "chain" / "starknetjs"

Word = Union[str, Path]
Command = Sequence[Word]


class SetupError(Exception):
    """Set-up cannot go on; the message says why and what to do."""


def say(text: str) -> None:
    """One progress line; on standard error, so that `exec` leaves standard output alone."""
    print("[dev] " + text, file=sys.stderr, flush=True)


def environment() -> dict[str, str]:
    """The variables that every command inside the environment gets."""
    env = dict(os.environ)
    env.pop("PYTHONHOME", None)
    # Without kept bytecode each start of the program takes three times as long, and tests start it
    # some hundred times.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    # The real path, as cargo compiles everything anew when it sees its sources elsewhere.
    cargo_home = env.setdefault("CARGO_HOME", str((Path.home() / ".cargo").resolve()))
    places = [str(BIN), str(devnet_folder()), env.get("PATH", ""), str(Path(cargo_home, "bin"))]
    env["PATH"] = os.pathsep.join(places)
    env["VIRTUAL_ENV"] = str(VENV)
    env["UV_PROJECT_ENVIRONMENT"] = str(VENV)
    env["UV_PYTHON_DOWNLOADS"] = "never"
    env.setdefault("CARGO_TARGET_DIR", str(cache_folder() / "target"))
    return env


def cache_folder(variables: Mapping[str, str] = os.environ) -> Path:
    """Per-user cache: compiled crates are shared by all checkouts."""
    base = variables.get("XDG_CACHE_HOME") or variables.get("LOCALAPPDATA")
    home = Path(variables.get("HOME") or Path.home())
    return (Path(base) if base else home / ".cache") / "obsqra-dev"


def devnet_folder(variables: Mapping[str, str] = os.environ) -> Path:
    """Where this installs starknet-devnet; for all checkouts."""
    return cache_folder(variables) / f"{DEVNET}-{DEVNET_VERSION}" / "bin"


def starknetjs_folder(variables: Mapping[str, str] = os.environ) -> Path:
    """Where the independent client of the tests lies, with its packages."""
    return cache_folder(variables) / f"starknetjs-{digest(files_below(STARKNETJS))[:16]}"


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
        do(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "update"], "apt-get")
        do(
            ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", *line.split()[1:]],
            "apt-get",
        )
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
    if missing:
        install_debian(missing, "system libraries for the window")
    if for_tests:
        wanted = [name for command, name in TEST_PROGRAMS.items() if shutil.which(command) is None]
        if wanted:
            install_debian(wanted, "programs that the tests start")


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


def base_python() -> Path:
    """The interpreter behind .venv: named to cargo, as its path is the same for all checkouts."""
    return PYTHON.resolve()


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


def check_cargo() -> None:
    """Stop with the remedy when cargo is missing or older than the crate asks for."""
    cargo = shutil.which("cargo", path=environment()["PATH"])
    if cargo is None:
        raise SetupError("no cargo was found. " + RUST_REMEDY)
    number = re.compile(r"(\d+)\.(\d+)")
    needed = re.search(r'^rust-version = "([\d.]+)"', (NATIVE / "Cargo.toml").read_text(), re.M)
    answer = subprocess.run([cargo, "--version"], capture_output=True, text=True, cwd=NATIVE)
    found = number.search(answer.stdout)
    if not found:
        raise SetupError(f"{cargo} does not work: {answer.stderr.strip()}\n{RUST_REMEDY}")
    wanted = number.match(needed[1]) if needed else None
    if wanted and tuple(map(int, found.groups())) < tuple(map(int, wanted.groups())):
        raise SetupError(f"{cargo} is version {found[0]}, {wanted[0]} is needed. {RUST_REMEDY}")


def set_up_native() -> None:
    """The Rust crate, compiled in release mode and installed into .venv."""
    if not (NATIVE / "Cargo.toml").exists():
        say("no native crate in this checkout, going on without")
        return
    key = native_key()
    if stamped("native", key):
        return
    check_cargo()
    if sys.platform.startswith("linux") and shutil.which("cc") is None:
        install_debian(["gcc", "libc6-dev"], "a C compiler and linker, which Rust needs,")
    with only_one():
        if stamped("native", key):
            return
        say("compiling the native module (minutes the first time, seconds later)")
        started = time.monotonic()
        wheels = STATE / "wheels"
        shutil.rmtree(wheels, ignore_errors=True)
        build: list[Word] = [
            BIN / ("maturin" + EXE),
            "build",
            "--release",
            "--locked",
            "--out",
            wheels,
        ]
        do(
            [*build, "-m", NATIVE / "Cargo.toml", "-i", base_python()],
            "compiling the native module",
        )
        install: list[Word] = [
            find_uv(),
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--reinstall",
            "--offline",
        ]
        do([*install, "--python", PYTHON, *sorted(wheels.glob("*.whl"))], "installing it")
        stamp("native", key)
        say(f"native module ready after {time.monotonic() - started:.0f} s")


def set_up_libpython() -> None:
    """The shared library of Python, which the built program takes along."""
    if not sys.platform.startswith("linux"):
        return
    ask = "import sysconfig as s; print(*map(s.get_config_var, ('LIBDIR', 'LDLIBRARY')), sep='/')"
    answer = subprocess.run([base_python(), "-c", ask], capture_output=True, text=True).stdout
    library = Path(answer.strip())
    if library.suffix == ".so" and not library.exists():
        install_debian([f"{library.stem}-dev"], "Python's shared library and headers")


def devnet_is_there() -> bool:
    """Whether the right starknet-devnet is on the PATH of our commands."""
    found = shutil.which(DEVNET, path=environment()["PATH"])
    if found is None:
        return False
    answer = subprocess.run([found, "--version"], capture_output=True, text=True).stdout.split()
    return answer == [DEVNET, DEVNET_VERSION]


def set_up_devnet() -> None:
    """starknet-devnet for the practice chain, compiled from crates.io where there is none."""
    if devnet_is_there():
        return
    check_cargo()
    missing = [name for tool, name in DEVNET_NEEDS.items() if shutil.which(tool) is None]
    if missing and sys.platform.startswith("linux"):
        install_debian(missing, "tools that compiling starknet-devnet needs")
    say(f"compiling {DEVNET} {DEVNET_VERSION}: once, about a quarter of an hour on two cores")
    root = devnet_folder().parent
    with tempfile.TemporaryDirectory(prefix="obsqra-devnet-") as target:
        command: list[Word] = ["env", f"CARGO_TARGET_DIR={target}", "cargo", "install", "--quiet"]
        command += [DEVNET, "--version", DEVNET_VERSION, "--locked", "--root", root]
        do(command, f"installing {DEVNET}")
    if not devnet_is_there():
        raise SetupError(f"{DEVNET} was installed into {devnet_folder()} and does not start")


def set_up_starknetjs() -> None:
    """The independent client that the tests compare with, from npm."""
    folder = starknetjs_folder()
    if (folder / "done").exists():
        return
    if shutil.which("npm") is None:
        raise SetupError("npm is missing; on Debian: sudo apt-get install nodejs npm")
    say("installing starknet.js for the tests")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(STARKNETJS, folder)
    words: list[Word] = [
        "npm",
        "ci",
        "--prefix",
        folder,
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
    ]
    do(words, "installing starknet.js")
    (folder / "done").touch()


def set_up(window: bool = True, for_tests: bool = False) -> None:
    if window:
        set_up_system(for_tests)
    set_up_environment()
    set_up_native()
    if for_tests:
        set_up_devnet()
        set_up_starknetjs()

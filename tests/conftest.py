"""What every test gets: its own home, no network, no keyring, no display."""

import gc
import ipaddress
import json
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import hypothesis
import pytest
from hypothesis.configuration import set_hypothesis_home_dir

ROOT: Final = Path(__file__).resolve().parent.parent
OUTER: Final[Mapping[str, str]] = json.loads(
    os.environ.pop("OBSQRA_TESTS_OUTER", "null")  # set below, for the workers of pytest-xdist
) or dict(os.environ)
ROOM: Final = 4 * 2**30


def in_memory() -> Path | None:
    """A file system without a disk, where the system has one with room.

    The program syncs each file and folder that it writes, in tests many thousand times. What that
    protects from is a power cut, and no test makes one.
    """
    if not sys.platform.startswith("linux"):
        return None
    place = Path("/dev/shm")
    if not os.access(place, os.W_OK):
        return None
    found = os.statvfs(place)
    roomy = found.f_bavail * found.f_frsize >= ROOM
    return place if roomy and not found.f_flag & os.ST_NOEXEC else None


PLACE: Final = in_memory()
if PLACE is not None:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(PLACE))  # for `tmp_path`
HOME: Final = Path(tempfile.mkdtemp(prefix="obsqra-tests-", dir=PLACE))
FOLDER_MARKS: Final = {
    "proving": "native",
    "ui": "gui",
    "chain": "devnet",
    "frozen": "frozen",
}

# Set before anything reads them: no test may see, let alone touch, the user's own files,
# keyring or display.
os.environ.update(
    HOME=str(HOME),
    USERPROFILE=str(HOME),
    APPDATA=str(HOME / "appdata"),
    LOCALAPPDATA=str(HOME / "localappdata"),
    XDG_CACHE_HOME=str(HOME / ".cache"),
    XDG_CONFIG_HOME=str(HOME / ".config"),
    XDG_DATA_HOME=str(HOME / ".local" / "share"),
    XDG_STATE_HOME=str(HOME / ".local" / "state"),
    XDG_RUNTIME_DIR=str(HOME / "run"),
    PYTHON_KEYRING_BACKEND="keyring.backends.fail.Keyring",
    OBSQRA_TESTS_OUTER=json.dumps(dict(OUTER)),
)
os.environ.pop("DBUS_SESSION_BUS_ADDRESS", None)
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
(HOME / "run").mkdir(mode=0o700)

set_hypothesis_home_dir(str(ROOT / ".dev" / "hypothesis"))
# Nothing may hang on how fast this machine is now: no deadline, nor one for drawing examples.
hypothesis.settings.register_profile(
    "local", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.register_profile(
    "ci", hypothesis.settings.get_profile("local"), derandomize=True, print_blob=True
)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "local")


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    shutil.rmtree(HOME, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test by the folder that it lies in."""
    for item in items:
        for part in item.path.relative_to(ROOT).parts:
            if part in FOLDER_MARKS:
                item.add_marker(FOLDER_MARKS[part])


def pytest_collection_finish() -> None:
    """What is loaded now stays to the end: no search for cycles looks through it again."""
    gc.collect()
    gc.freeze()


class NetworkForbiddenError(AssertionError):
    """A test, or the code under test, tried to reach the network."""


def is_loopback(host: object) -> bool:
    """Whether a host, as given to a socket call, is this machine."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every outgoing connection; with the mark `loopback`, all but those to this machine."""
    # On Windows asyncio wakes itself up through a connection to this machine.
    loopback = request.node.get_closest_marker("loopback") or sys.platform == "win32"

    def check(address: object) -> None:
        host = address[0] if isinstance(address, tuple) else None
        if not (loopback and host is not None and is_loopback(host)):
            raise NetworkForbiddenError(f"no network in tests: {address!r}")

    def guarded(original: Callable[..., Any], position: int) -> Callable[..., Any]:
        def call(self: socket.socket, *args: Any) -> Any:
            check(args[position])
            return original(self, *args)

        return call

    lookup = socket.getaddrinfo

    def guarded_lookup(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host is not None:
            check((host,))
        return lookup(host, *args, **kwargs)

    for name, position in (("connect", 0), ("connect_ex", 0), ("sendto", -1)):
        original = getattr(socket.socket, name)
        monkeypatch.setattr(socket.socket, name, guarded(original, position))
    monkeypatch.setattr(socket, "getaddrinfo", guarded_lookup)


@pytest.fixture(autouse=True)
def usual_recursion_limit() -> None:
    """As in a fresh Python: py_ecc, which starknet-py imports, raises it for the whole process, and
    then the standard library's JSON parser crashes on deep input instead of refusing it."""
    sys.setrecursionlimit(1_000)


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    """An empty data folder for one test."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def outer_environment() -> Mapping[str, str]:
    """The environment from outside, for the few tests that start developer tools."""
    return OUTER


@pytest.fixture
def empty_home(tmp_path: Path) -> Mapping[str, str]:
    """An environment for a child process: an empty home and none of the developer's settings."""
    home = tmp_path / "home"
    home.mkdir()
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("PYTHON", "XDG_", "QT_", "VIRTUAL_ENV", "OBSQRA_"))
    }
    kept.update(HOME=str(home), USERPROFILE=str(home), APPDATA=str(home), LOCALAPPDATA=str(home))
    return kept

"""A starknet-devnet as a process of its own, which outlives the program that started it."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Final

from obsqra_desktop.domain.errors import ToolMissing

NAME: Final = "starknet-devnet"
VERSION: Final = "0.10.1"
LISTENING: Final = re.compile(r"listening on 127\.0\.0\.1:(\d{1,5})\s")
UNREADABLE: Final = re.compile(
    r"^Error: (?:Deserialization error|Failed to re-execute dumped Devnet): (?!.*\(os error \d)",
    re.M,
)
"""Its words for a damaged dump. The first are also its words for one that it may not open."""
LOG_READ: Final = 256 * 1024
LOG_MOST: Final = 1024 * 1024
WORDS: Final = 200
HINT: Final = (
    "From the sources: python3 dev.py practice. Else install Rust and type: "
    f"cargo install {NAME} --version {VERSION} --locked. "
    "Or name a program of your own in the networks' settings."
)


def find(chosen: str | None) -> Path:
    """The program of the user's choice, or the one on PATH; raises ToolMissing.

    Blocks: it is asked for its version.
    """
    found = chosen or shutil.which(NAME)
    if found is None or not Path(found).is_file():
        where = "at the place that is set" if chosen else "on this computer"
        raise ToolMissing(f"{NAME} was not found {where}.", hint=HINT)
    try:
        answer = subprocess.run(  # noqa: S603 - the user's own choice
            [found, "--version"],
            capture_output=True,
            text=True,
            timeout=20,
            stdin=subprocess.DEVNULL,
            env=environment(Path(found).parent),
        ).stdout
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError) as error:
        raise ToolMissing(f"{NAME} does not start ({type(error).__name__}).", hint=HINT) from error
    words = answer[:200].split()
    if words != [NAME, VERSION]:
        told = " ".join(word for word in words[:2] if word.isprintable())[:60] or "nothing"
        raise ToolMissing(
            f"{NAME} {VERSION} is needed; the one that was found says: {told}.", hint=HINT
        )
    return Path(found)


def start(
    binary: Path, dump: Path, log: Path, chain_id: str, begins: int | None = None
) -> "subprocess.Popen[bytes]":
    """Start it detached on a free port of 127.0.0.1; the log says which.

    Measured with 0.10.1: with --dump-on block a transaction that was answered survives kill -9 of
    the devnet, with exit and request it does not. A dump is the list of requests, run again at
    the start: hashes, nonces, balances and block numbers come back the same. Times of blocks do
    not, but for those that devnet_setTime has set before: it is a request, too, and stands in the
    dump. `begins` is the time of the first block, unix seconds; None for now.

    No accounts of its own: their keys would be known to everybody or stand in the log, and the
    faucet needs none.
    """
    words = [
        str(binary),
        *("--host", "127.0.0.1", "--port", "0", "--chain-id", chain_id),
        *("--accounts", "0", "--predeclare-argent"),
        *("--state-archive-capacity", "full", "--dump-on", "block", "--dump-path", str(dump)),
    ]
    if begins is not None:
        words += ["--start-time", str(begins)]
    # O_APPEND: so that `trim` does not leave a hole
    handle = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_APPEND, 0o600)
    try:
        return subprocess.Popen(  # noqa: S603 - checked by `find`
            words,
            stdin=subprocess.DEVNULL,
            stdout=handle,
            stderr=subprocess.STDOUT,
            cwd=log.parent,
            env=environment(log.parent),
            start_new_session=True,
        )
    finally:
        os.close(handle)


def environment(home: Path) -> dict[str, str]:
    """Nothing of ours: every option of a devnet can also come from a variable."""
    kept = {key: os.environ[key] for key in ("SYSTEMROOT", "TEMP") if key in os.environ}
    return {**kept, "HOME": str(home), "RUST_LOG": "info,rpc=off", "NO_COLOR": "1"}


def said(log: Path) -> str:
    """The end of the log; empty if it cannot be read."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - LOG_READ))
            return file.read(LOG_READ).decode("utf-8", "replace")
    except OSError:
        return ""


def port_in(log: Path) -> int | None:
    """The port that the log names; None as long as it does not."""
    found = LISTENING.search(said(log))
    return int(found[1]) if found else None


def unreadable(log: Path) -> bool:
    """Whether it ended because its state is damaged, and for no other reason."""
    return UNREADABLE.search(said(log)) is not None


def last_words(log: Path) -> str:
    """Why it ended, in its own words, fit to be shown."""
    errors = [one for one in said(log).splitlines() if one.startswith(("Error", "error"))]
    words = errors[-1] if errors else "it gave no reason."
    return "".join(one for one in words if one.isprintable())[:WORDS]


def size(file: Path) -> int:
    """In bytes; 0 if it is not there."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


def trim(log: Path) -> None:
    """Empty a log that has grown too long."""
    if size(log) > LOG_MOST:
        with contextlib.suppress(OSError):
            os.truncate(log, 0)


def identity(pid: int) -> str | None:
    """Tells one process from a later one of the same number; None if there is none alive.

    When it was started, from /proc (in ticks since the start of the system, which is named too,
    as after the next one the same pair can come again) or else from ps.
    """
    proc = Path("/proc")
    if proc.is_dir():
        try:
            stat = (proc / str(pid) / "stat").read_text("ascii", "replace")
            boot = (proc / "sys/kernel/random/boot_id").read_text("ascii", "replace").strip()
        except OSError:
            return None
        fields = stat.rpartition(")")[2].split()
        return None if len(fields) < 20 or fields[0] in {"Z", "X"} else f"{fields[19]} {boot}"
    try:
        answer = subprocess.run(  # noqa: S603
            ["/bin/ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True
        )
    except OSError:
        return None
    return answer.stdout.strip() or None


def tell(pid: int, number: signal.Signals) -> None:
    """A signal, if the process is still there and ours."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)


def end(child: "subprocess.Popen[bytes]") -> None:
    """Kill it and wait: afterwards it is gone."""
    child.kill()
    child.wait()

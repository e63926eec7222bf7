"""Practice chains in folders of their own, and a look at the processes that they are."""

import asyncio
import json
import os
import shlex
import signal
import stat
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar

import pytest

from obsqra_desktop.chain import devnet_process
from obsqra_desktop.chain.connections import ConnectionRegister
from obsqra_desktop.chain.practice import DevnetPractice
from obsqra_desktop.chain.practice_run import Run
from obsqra_desktop.chain.rpc import Rpc
from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_types import PracticeState, PracticeStatus
from obsqra_desktop.domain.network import default_settings
from obsqra_desktop.storage.practice import PracticeFolder
from tests.chain.making import MemoryStore
from tests.devnet import Devnet, binary

T = TypeVar("T")
SOMEBODY = 0x1234
PATIENCE = 600.0
"""Seconds after which something counts as never happening, however slow the machine is."""
LINUX = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks into /proc")


class Bench:
    """A practice chain in a folder, its files, and one event loop."""

    def __init__(self, data_dir: Path, runner: "asyncio.Runner") -> None:
        self.data_dir = data_dir
        self.folder = data_dir / "practice"
        self.run_file = self.folder / "run.json"
        self.state = self.folder / "state.json"
        self.log = self.folder / "devnet.log"
        self.settings = default_settings()
        self.runner = runner
        register = ConnectionRegister(MemoryStore(), lambda: int(time.time()))
        self.rpc = Rpc(register, lambda: self.settings, timeout=PATIENCE)
        self.made: list[DevnetPractice] = []
        self.chain = self.another()

    def another(self) -> DevnetPractice:
        """As a second program with the same folder has it."""
        folder = PracticeFolder(self.data_dir)
        self.made.append(DevnetPractice(folder, lambda: self.settings, self.rpc))
        return self.made[-1]

    def close(self) -> None:
        """Afterwards every process in its folder is gone, and none is a zombie."""
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)
        for chain in self.made:
            self.do(chain.down())
        self.do(self.rpc.close())

    def use(self, program: Path) -> None:
        """The user's own binary."""
        self.settings = self.settings.model_copy(update={"devnet_path": str(program)})

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def up(self) -> PracticeStatus:
        status = self.do(self.chain.up())
        assert status.state is PracticeState.UP, status
        return status

    def down(self) -> None:
        assert self.do(self.chain.down()).state is PracticeState.DOWN

    def status(self) -> PracticeStatus:
        return self.do(self.chain.status())

    def mint(self, amount: int, token: int = STRK.address) -> int:
        return self.do(self.chain.faucet(SOMEBODY, token, amount))

    def node(self) -> Devnet:
        """Asked by other means than the program's."""
        return node_of(self.status())

    def balance(self) -> int:
        """In STRK's smallest unit."""
        answer = self.node().ask("devnet_getAccountBalance", address=hex(SOMEBODY), unit="FRI")
        return int(answer["amount"])

    def processes(self) -> list[int]:
        """All devnets that work in this folder."""
        return [pid for pid in pids() if str(self.state) in arguments(pid)]

    def record(self, **changes: object) -> None:
        """Change run.json behind the program's back."""
        self.run_file.write_text(json.dumps({**json.loads(self.run_file.read_text()), **changes}))

    def write_history(self, requests: int) -> None:
        """A state as a devnet writes it: so many times 5 fri."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        parameters = {"address": hex(SOMEBODY), "amount": 5, "unit": "FRI"}
        one = {"jsonrpc": "2.0", "method": "devnet_mint", "params": parameters, "id": 1}
        self.state.write_text(json.dumps([one] * requests))


def node_of(status: PracticeStatus) -> Devnet:
    assert status.url is not None
    return Devnet(status.url, None)  # type: ignore[arg-type] - the program has its process


def pids() -> list[int]:
    return [int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit()]


def arguments(pid: int) -> list[str]:
    """None of a process that has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    except OSError:
        return []


def killed(pid: int) -> None:
    """SIGKILL, and waited for: nothing of that process lives any more, ours or not."""
    os.kill(pid, signal.SIGKILL)
    until(lambda: devnet_process.identity(pid) is None)


def until(happens: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    pause = threading.Event()
    while not happens():
        assert time.monotonic() < end, "it does not happen"
        pause.wait(0.01)


async def until_async(happens: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end, "it does not happen"
        await asyncio.sleep(0)


def script(path: Path, body: str, version: str = "starknet-devnet 0.10.1") -> Path:
    """A program that says that it is a devnet; $dump is the path that it is given."""
    path.write_text(
        f'#!/bin/sh\nif [ "$1" = --version ]; then echo {shlex.quote(version)}; exit; fi\n'
        f"for dump; do :; done\nreal={shlex.quote(binary())}\n{body}\n"
    )
    path.chmod(0o700)
    return path


def lean(folder: Path) -> Path:
    """The real devnet without Ready's classes, which take a third of each start: no account of that
    kind is made where only the chain's life is looked at."""
    path = folder / "lean" / "starknet-devnet"
    path.parent.mkdir()
    body = """for one; do
    shift
    [ "$one" = --predeclare-argent ] || set -- "$@" "$one"
done
exec "$real" "$@\""""
    return script(path, body)


@contextmanager
def answering(answers: dict[str, object]) -> Iterator[int]:
    """Something on a port of this machine that answers methods like that."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            result = answers[asked["method"]]
            body = json.dumps({"jsonrpc": "2.0", "id": asked["id"], "result": result}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


def record(bench: Bench, pid: int, port: int, mark: str | None = None) -> None:
    """run.json as it is written for that process."""
    mark = mark or devnet_process.identity(pid)
    assert mark is not None
    run = Run(pid=pid, identity=mark, port=port, version="0.10.1")
    bench.folder.mkdir(mode=0o700, exist_ok=True)
    bench.run_file.write_bytes(strict_json.pretty(run))


def port(url: str | None) -> int:
    assert url is not None
    assert url.startswith("http://127.0.0.1:")
    return int(url.rpartition(":")[2])


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def environment(pid: int | None) -> list[str]:
    words = Path(f"/proc/{pid}/environ").read_text().split("\0")
    return [word.partition("=")[0] for word in words if word]


def listeners(pid: int | None) -> list[str]:
    """Local addresses, as the kernel writes them, on which that process listens."""
    owned = {str(one.readlink()) for one in Path(f"/proc/{pid}/fd").iterdir()}
    found = []
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            words = line.split()
            if words[3] == "0A" and f"socket:[{words[9]}]" in owned:
                found.append(words[1])
    return found

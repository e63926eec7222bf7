"""The practice chain: a real starknet-devnet that this program starts, watches and stops.

It listens on 127.0.0.1 only, has a chain id of its own, so that nothing that is signed for it is
valid anywhere else, and keeps its state in the data folder. Whoever uses this computer can talk to
it: it is for play money and nothing else.
"""

import asyncio
import contextlib
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final, Literal, Protocol

from pydantic import Field

from obsqra_desktop.chain import devnet_process as process
from obsqra_desktop.chain.rpc import Rpc
from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.amounts import ETH, STRK
from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid, PracticeChainDown, WrongChain
from obsqra_desktop.domain.chain_types import PracticeState, PracticeStatus
from obsqra_desktop.domain.errors import AppError, InvalidInput, StorageError
from obsqra_desktop.domain.felt import parse_decimal, short_string
from obsqra_desktop.domain.network import PRACTICE_CHAIN, Endpoint, NetworkSettings
from obsqra_desktop.domain.pools import Strict

RUN_SCHEMA: Final = "obsqra/practice/1"
PURPOSE: Final = "practice chain"
PATIENCE: Final = 60.0
"""Seconds to come up, also with a long history to run again."""
GRACE: Final = 10.0
"""Seconds to end by itself."""
LOOK: Final = 0.05
FAUCET_MOST: Final = 10**27
UNITS: Final = {STRK.address: "FRI", ETH.address: "WEI"}


class Run(Strict):
    """run.json: which process it is."""

    schema_id: Literal["obsqra/practice/1"] = Field(default=RUN_SCHEMA, alias="schema")
    pid: Annotated[int, Field(ge=2)]
    identity: str
    port: Annotated[int, Field(ge=1, le=65535)]
    version: str

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"


class RunStore(Protocol):
    """The folder practice/ in the data folder."""

    @property
    def folder(self) -> Path:
        """Made on first use, for this user alone."""
        ...

    def read(self) -> bytes | None:
        """run.json."""
        ...

    def write(self, raw: bytes) -> None:
        """Replace run.json, durable."""
        ...

    def remove(self) -> None:
        """Take run.json away."""
        ...

    def locked(self) -> contextlib.AbstractContextManager[None]:
        """One starter at a time; raises StorageBusy."""
        ...


class DevnetPractice:
    """Implements PracticeChain."""

    def __init__(self, store: RunStore, settings: Callable[[], NetworkSettings], rpc: Rpc) -> None:
        self._store = store
        self._settings = settings
        self._rpc = rpc
        self._child: subprocess.Popen[bytes] | None = None
        self._note = ""

    async def status(self) -> PracticeStatus:
        """Is the process there, and does it answer."""
        run = self._read()
        if run is None:
            return PracticeStatus(
                PracticeState.DOWN,
                None,
                None,
                None,
                f"The practice chain is not running.{self._note}",
            )
        if not await asyncio.to_thread(self._alive, run):
            return PracticeStatus(
                PracticeState.CRASHED,
                None,
                None,
                run.version,
                "The practice chain has ended without being told to. What it had confirmed is "
                "kept and comes back when it is started.",
            )
        try:
            await self._ask_chain(run)
        except WrongChain as error:
            return PracticeStatus(PracticeState.CRASHED, None, None, run.version, error.detail)
        except AppError:
            return PracticeStatus(
                PracticeState.STARTING, None, run.pid, run.version, "It does not answer yet."
            )
        return PracticeStatus(
            PracticeState.UP,
            run.url,
            run.pid,
            run.version,
            f"starknet-devnet {run.version} at 127.0.0.1:{run.port}.{self._note}",
        )

    async def up(self) -> PracticeStatus:
        """Start it, or find it running."""
        with self._store.locked():
            status = await self.status()
            if status.state is PracticeState.UP:
                return status
            if status.state is PracticeState.STARTING:
                await self._stop()
            binary = await asyncio.to_thread(process.find, self._settings().devnet_path)
            self._note = ""
            await self._start(binary)
        return await self.status()

    async def down(self) -> PracticeStatus:
        """Stop it; its state is kept."""
        with self._store.locked():
            await self._stop()
        return await self.status()

    async def reset(self) -> PracticeStatus:
        """Set its state aside and start anew."""
        with self._store.locked():
            await self._stop()
            self._set_aside("before-reset")
            previous = self._dump.with_suffix(".previous")
            previous.unlink(missing_ok=True)
        return await self.up()

    async def faucet(self, address: int, token: int, amount: int) -> int:
        """Make play money; the balance afterwards, as the chain tells it."""
        if token not in UNITS:
            raise InvalidInput("The faucet has STRK and ETH.", where="token")
        if not 0 < amount <= FAUCET_MOST:
            raise InvalidInput("The faucet gives up to 1 000 000 000 at once.", where="amount")
        status = await self.status()
        run = self._read()
        if status.state is not PracticeState.UP or run is None:
            raise PracticeChainDown(
                status.detail, hint="Start it: in the window, or: obsqra practice up"
            )
        answer = await self._rpc.call(
            Endpoint(url=run.url),
            "devnet_mint",
            {"address": hex(address), "amount": amount, "unit": UNITS[token]},
            purpose=PURPOSE,
            attempts=1,
        )
        balance = answer.get("new_balance") if isinstance(answer, dict) else None
        try:
            return parse_decimal(balance)
        except ValueError as error:
            raise NodeAnswerInvalid("The faucet's answer makes no sense.") from error

    @property
    def _dump(self) -> Path:
        return self._store.folder / "state.json"

    async def _start(self, binary: Path) -> None:
        """With the newest state that can be read: the last, the one before, none."""
        previous = self._dump.with_suffix(".previous")
        if await self._try(binary):
            return
        if self._dump.exists():
            self._set_aside("damaged")
            if previous.exists():
                await asyncio.to_thread(shutil.copyfile, previous, self._dump)
                self._note = (
                    " Its last state could not be read and was set aside; it started from the "
                    "one before."
                )
                if await self._try(binary):
                    return
                self._set_aside("damaged-too")
            self._note = " Its state could not be read and was set aside; it started empty."
            if await self._try(binary):
                return
        raise PracticeChainDown(
            f"starknet-devnet did not start: {self._last_words()}",
            hint="See practice/devnet.log in the data folder.",
        )

    async def _try(self, binary: Path) -> bool:
        """Start once; whether it came up. Cancelled, it leaves no process behind."""
        log = self._store.folder / "devnet.log"
        child = await asyncio.to_thread(process.start, binary, self._dump, log, PRACTICE_CHAIN)
        if self._child is not None:
            self._child.poll()  # the one before has ended: let the system forget it
        self._child = child
        try:
            port = await self._wait_for_port(child, log)
            mark = process.identity(child.pid)
            if port is None or mark is None:
                return False
            run = Run(pid=child.pid, identity=mark, port=port, version=process.VERSION)
            await self._ask_chain(run)
            if self._dump.exists():  # it could be read: keep it beside the one that follows
                previous = self._dump.with_suffix(".previous")
                await asyncio.to_thread(shutil.copyfile, self._dump, previous)
            self._store.write(strict_json.pretty(run))
            return True
        except BaseException:
            child.kill()
            raise
        finally:
            if self._read() is None and child.poll() is None:
                child.kill()
                await asyncio.to_thread(child.wait)

    async def _wait_for_port(self, child: "subprocess.Popen[bytes]", log: Path) -> int | None:
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE
        while loop.time() < end:
            ended = child.poll() is not None
            port = process.port_in(log)
            if port is not None and not ended:
                return port
            if ended:
                return None
            await asyncio.sleep(LOOK)
        child.kill()
        return None

    async def _stop(self) -> None:
        run = self._read()
        if run is not None and self._alive(run):
            for number, seconds in ((signal.SIGINT, GRACE), (signal.SIGTERM, 2.0)):
                process.tell(run.pid, number)
                if await self._ended(run, seconds):
                    break
            else:
                process.tell(run.pid, signal.SIGKILL)
                await self._ended(run, GRACE)
        if self._child is not None and self._child.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):  # so that it is no zombie
                await asyncio.to_thread(self._child.wait, 1)
        self._store.remove()

    async def _ended(self, run: Run, seconds: float) -> bool:
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while self._alive(run):
            if loop.time() > end:
                return False
            await asyncio.sleep(LOOK)
        return True

    def _alive(self, run: Run) -> bool:
        """Whether that very process lives, not another one of the same number."""
        if self._child is not None and self._child.pid == run.pid:
            self._child.poll()  # so that it is no zombie
        return process.identity(run.pid) == run.identity

    async def _ask_chain(self, run: Run) -> None:
        """Is it ours: its chain id. Raises the errors of the client, WrongChain."""
        answer = await self._rpc.call(
            Endpoint(url=run.url), "starknet_chainId", [], purpose=PURPOSE, timeout=5, attempts=1
        )
        if answer != hex(short_string(PRACTICE_CHAIN)):
            raise WrongChain("Something else listens where the practice chain should be.")

    def _read(self) -> Run | None:
        """run.json; one that cannot be read counts as none."""
        raw = self._store.read()
        if raw is None:
            return None
        try:
            return strict_json.parse(Run, raw, what="run.json", schema=RUN_SCHEMA, limit=4096)
        except InvalidInput:
            return None

    def _set_aside(self, why: str) -> None:
        try:
            if self._dump.exists():
                self._dump.replace(self._dump.with_name(f"state.{why}.json"))
        except OSError as error:
            raise StorageError("The practice chain's state could not be set aside.") from error

    def _last_words(self) -> str:
        try:
            raw = (self._store.folder / "devnet.log").read_bytes()[-4000:]
        except OSError:
            return "it said nothing."
        lines = raw.decode("utf-8", "replace").splitlines()
        errors = [one.strip() for one in lines if one.startswith(("Error", "error"))]
        words = errors[-1] if errors else "it gave no reason."
        return "".join(one for one in words if one.isprintable())[:200]

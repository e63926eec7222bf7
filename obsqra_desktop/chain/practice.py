"""The practice chain: a real starknet-devnet that this program starts, watches and stops.

It listens on 127.0.0.1 only, has a chain id of its own, so that nothing that is signed for it is
valid anywhere else, and keeps its state in the data folder. Whoever uses this computer can talk to
it: it is for play money and nothing else.
"""

import asyncio
import contextlib
import signal
import subprocess
from collections.abc import AsyncIterator, Callable
from enum import Enum, auto
from pathlib import Path
from typing import Final

from obsqra_desktop.chain import devnet_process as process
from obsqra_desktop.chain.practice_run import RUN_SCHEMA, UNKNOWN, Run, RunStore
from obsqra_desktop.chain.replies import FELTS, checked
from obsqra_desktop.chain.rpc import Rpc
from obsqra_desktop.chain.wire import felts
from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.amounts import ETH, STRK
from obsqra_desktop.domain.chain_errors import (
    NodeAnswerInvalid,
    NodeRefused,
    NodeUnreachable,
    PracticeChainDown,
    WrongChain,
)
from obsqra_desktop.domain.chain_types import PracticeState, PracticeStatus
from obsqra_desktop.domain.errors import AppError, InvalidInput, StorageBusy
from obsqra_desktop.domain.felt import ADDRESS_BOUND, selector, short_string
from obsqra_desktop.domain.network import PRACTICE_CHAIN, Endpoint, NetworkSettings

PURPOSE: Final = "practice chain"
PATIENCE: Final = 60.0
"""Seconds to come up, or to get on with running its history again."""
GRACE: Final = 10.0
"""Seconds to end by itself."""
LOOK: Final = 0.05
"""Seconds between two looks. Both of the above are counted in looks, not by a clock: a computer
that sleeps, or that does too much at once to look, has not waited."""
ANSWER: Final = 20.0
"""Seconds for its chain id: it answers one at a time, and checking a proof keeps it busy."""
FAUCET_MOST: Final = 10**27
ONE_BEFORE: Final = (
    " Its last state could not be read and was set aside; it started from the one before."
)
EMPTY: Final = " Its state could not be read and was set aside; it started empty."
UNITS: Final = {STRK.address: "FRI", ETH.address: "WEI"}


class Outcome(Enum):
    """How a start went."""

    UP = auto()
    DAMAGED = auto()
    """It says that it cannot read its state."""
    FAILED = auto()


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
        process.trim(self._store.log)
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
            if run.port == UNKNOWN:
                return starting(run)
            await self._ask_chain(run)
        except WrongChain as error:
            return PracticeStatus(PracticeState.CRASHED, None, None, run.version, error.detail)
        except AppError:
            return starting(run)
        return PracticeStatus(
            PracticeState.UP,
            run.url,
            run.pid,
            run.version,
            f"starknet-devnet {run.version} at 127.0.0.1:{run.port}.{self._note}",
        )

    async def up(self) -> PracticeStatus:
        """Start it, or find it running; who starts it at the same time is waited for.

        Cancelled, it leaves no process behind, and the state as it was.
        """
        async with self._turn():
            await self._up()
        return await self.status()

    async def down(self) -> PracticeStatus:
        """Stop it; its state is kept."""
        async with self._turn():
            await self._stop()
            self._note = ""
        return await self.status()

    async def reset(self) -> PracticeStatus:
        """Set its state aside and start anew."""
        self._store.ensure_own()
        async with self._turn():
            await self._stop()
            self._store.clear()
            await self._up()
        return await self.status()

    async def faucet(self, address: int, token: int, amount: int) -> int:
        """Make play money; the balance afterwards, as the chain tells it."""
        if token not in UNITS:
            raise InvalidInput("The faucet has STRK and ETH.", where="token")
        if not 1 < address < ADDRESS_BOUND:
            raise InvalidInput("This is no address of an account.", where="address")
        if not 0 < amount <= FAUCET_MOST:
            raise InvalidInput("The faucet gives up to 1 000 000 000 at once.", where="amount")
        status = await self.status()
        run = self._read()
        if status.state is not PracticeState.UP or run is None:
            raise PracticeChainDown(
                status.detail, hint="Start it: in the window, or: obsqra practice up"
            )
        await self._rpc.call(
            Endpoint(url=run.url),
            "devnet_mint",
            {"address": hex(address), "amount": amount, "unit": UNITS[token]},
            purpose=PURPOSE,
            attempts=1,
        )
        balance = await self._balance(run, address, token)
        if balance < amount:
            raise NodeAnswerInvalid(
                "The faucet says that it gave, but the balance does not show it."
            )
        return balance

    async def _balance(self, run: Run, address: int, token: int) -> int:
        request = {
            "contract_address": hex(token),
            "entry_point_selector": hex(selector("balanceOf")),
            "calldata": felts((address,)),
        }
        answer = await self._rpc.call(
            Endpoint(url=run.url), "starknet_call", [request, "latest"], purpose=PURPOSE
        )
        parts = checked(FELTS, answer, "the practice chain", "balance")
        if len(parts) != 2 or max(parts) >= 2**128:
            raise NodeAnswerInvalid("The practice chain's balance makes no sense.")
        return parts[0] + (parts[1] << 128)

    @contextlib.asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """One at a time, also of several programs; raises StorageBusy after a long wait."""
        with contextlib.ExitStack() as held:
            for left in reversed(range(looks(PATIENCE + GRACE))):
                try:
                    held.enter_context(self._store.locked())
                    break
                except StorageBusy:
                    if not left:
                        raise
                await asyncio.sleep(LOOK)
            yield

    async def _up(self) -> None:
        if (await self.status()).state is PracticeState.UP:
            return
        binary = await asyncio.to_thread(process.find, self._settings().devnet_path)
        await self._stop()  # one that does not answer, or whose port has another listener
        self._note = ""
        await self._start(binary)

    async def _start(self, binary: Path) -> None:
        """With the newest state that can be read: the last, the one before, none."""
        for _ in range(3):
            outcome = await self._try(binary)
            if outcome is Outcome.UP:
                return
            if outcome is Outcome.FAILED:
                break
            before = self._store.damaged()
            if before is None:
                break
            self._note = ONE_BEFORE if before else EMPTY
        raise PracticeChainDown(
            f"starknet-devnet did not start: {process.last_words(self._store.log)}",
            hint="See practice/devnet.log in the data folder. Nothing of its state is lost.",
        )

    async def _try(self, binary: Path) -> Outcome:
        """Start once. However it ends: the process is noted in run.json, or it is gone."""
        store = self._store
        # Not in threads: they would go on when this is cancelled, and nobody would hear of it.
        store.secure()
        child = process.start(binary, store.state, store.log, PRACTICE_CHAIN, store.begins())
        up = False
        try:
            self._child = child
            mark = process.identity(child.pid)
            if mark is not None:
                run = Run(pid=child.pid, identity=mark, port=UNKNOWN, version=process.VERSION)
                store.write(strict_json.pretty(run))
                port = await self._wait_for_port(child)
                if port is not None:
                    run = run.model_copy(update={"port": port})
                    await self._ask_chain(run)
                    store.started()
                    store.write(strict_json.pretty(run))
                    up = True
        except (NodeUnreachable, NodeAnswerInvalid, NodeRefused, WrongChain) as error:
            raise PracticeChainDown(
                f"starknet-devnet started, but does not answer as it should: {error.detail}",
                hint="Check which program is set for the practice chain.",
            ) from error
        finally:
            if not up:
                process.end(child)
                store.remove()
        if up:
            return Outcome.UP
        return Outcome.DAMAGED if process.unreadable(store.log) else Outcome.FAILED

    async def _wait_for_port(self, child: "subprocess.Popen[bytes]") -> int | None:
        """None if it ended, or did nothing for too long.

        A long history takes long to run again (measured: 12 ms for each request), and its file
        grows meanwhile.
        """
        left, grown = looks(PATIENCE), 0
        while child.poll() is None and left:
            port = process.port_in(self._store.log)
            if port is not None:
                return port
            left -= 1
            size = process.size(self._store.state)
            if size != grown:
                left, grown = looks(PATIENCE), size
            await asyncio.sleep(LOOK)
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
        for _ in range(looks(seconds)):
            if not self._alive(run):
                return True
            await asyncio.sleep(LOOK)
        return not self._alive(run)

    def _alive(self, run: Run) -> bool:
        """Whether that very process lives, not another one of the same number."""
        if self._child is not None and self._child.pid == run.pid:
            self._child.poll()  # so that it is no zombie
        return process.identity(run.pid) == run.identity

    async def _ask_chain(self, run: Run) -> None:
        """Is it ours: its chain id. Raises the errors of the client, WrongChain."""
        answer = await self._rpc.call(
            Endpoint(url=run.url),
            "starknet_chainId",
            [],
            purpose=PURPOSE,
            timeout=ANSWER,
            attempts=1,
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


def looks(seconds: float) -> int:
    """How often to look in about that time; once at least."""
    return max(1, round(seconds / LOOK))


def starting(run: Run) -> PracticeStatus:
    """There, but without an answer."""
    return PracticeStatus(
        PracticeState.STARTING, None, run.pid, run.version, "It does not answer yet."
    )

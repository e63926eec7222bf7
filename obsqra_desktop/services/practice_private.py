"""Making the practice chain's private pool.

The chain itself is the record of how far making has come, as with the practice market: who is
stopped in the middle goes on where he was. The account that makes it is not the market's, so that
neither waits for the other's.
"""

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import Final, Protocol

from obsqra_desktop.domain.chain_errors import PracticeChainDown
from obsqra_desktop.domain.chain_types import PracticeState, PracticeStatus
from obsqra_desktop.domain.contracts import ContractFacts
from obsqra_desktop.domain.errors import Cancelled
from obsqra_desktop.domain.mist_practice import (
    CHAMBER,
    VERIFIER,
    HandRecord,
    PoolLayout,
    PracticePool,
)
from obsqra_desktop.domain.practice_layout import AddressOf
from obsqra_desktop.domain.practice_market import Declared, Turn
from obsqra_desktop.domain.transaction import Call
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.chain_ports import PracticeChain
from obsqra_desktop.services.market_view import MarketPhase, OnPhase
from obsqra_desktop.services.practice_market import Classes, MarketHand

STEPS: Final = 5


class PrivateFiles(Protocol):
    """practice/private.json and practice/pool.json; both go with the chain's state."""

    def private_hand(self) -> HandRecord | None: ...  # noqa: D102
    def keep_private_hand(self, record: HandRecord) -> None: ...  # noqa: D102
    def pool(self) -> PracticePool | None: ...  # noqa: D102
    def keep_pool(self, pool: PracticePool) -> None: ...  # noqa: D102


class PracticePrivateService:
    """Implements PracticePrivate: `obsqra practice private` and the button of the same name."""

    def __init__(
        self,
        practice: PracticeChain,
        files: PrivateFiles,
        classes: Classes,
        hand: Callable[[int], MarketHand],
        new_key: Callable[[], int],
        address_of: AddressOf,
    ) -> None:
        self._practice = practice
        self._files = files
        self._classes = classes
        self._hand = hand
        self._new_key = new_key
        self._address_of = address_of
        self._turn = asyncio.Lock()

    def pool(self) -> PracticePool | None:
        """As it was last made; None before. Asks nobody."""
        return self._files.pool()

    async def make(
        self, on_phase: OnPhase | None = None, cancel: CancelToken | None = None
    ) -> PracticePool:
        """Start the chain if need be, and put there what is missing.

        Raises Cancelled, ToolMissing, PracticeChainDown and the client's errors; what is done is
        kept, and the next call goes on from there.
        """
        stop = cancel or CancelToken()

        def turn(done: int, words: str) -> None:
            look(stop)
            if on_phase is not None:
                on_phase(MarketPhase(words, done, STEPS))

        async with self._turn:
            return await self._make(turn)

    async def _make(self, turn: Callable[[int, str], None]) -> PracticePool:
        turn(0, "Starting the practice chain")
        hand = await self._reach(await self._practice.up())
        known = [self._classes.facts(name) for name in (VERIFIER, CHAMBER)]
        layout = PoolLayout(
            {facts.name: facts.class_hash for facts in known},
            hand.address,
            self._address_of,
        )
        pool = layout.record
        if not await hand.has_contract(pool.pool):
            await self._put(hand, layout, known, turn)
        if self._files.pool() != pool:
            self._files.keep_pool(pool)
        return pool

    async def _put(
        self,
        hand: MarketHand,
        layout: PoolLayout,
        known: list[ContractFacts],
        turn: Callable[[int, str], None],
    ) -> None:
        """Account, classes, contracts: each if it is not there."""
        if not await hand.has_contract(hand.address):
            turn(1, "Making the pool's account")
            await hand.arrive()
        for facts in known:
            if not await hand.has_class(facts.class_hash):
                turn(2, "Declaring the pool's contracts")
                program = await asyncio.to_thread(self._classes.load, facts.name)
                await send(hand, Declared(*program))
        if not await hand.has_contract(layout.record.verifier):
            turn(3, "Deploying what checks proofs")
            await send(hand, (layout.deploy_verifier,))
        turn(4, "Deploying the pool")
        await send(hand, (layout.deploy_pool,))

    async def _reach(self, status: PracticeStatus) -> MarketHand:
        """The account on a chain that is up; raises PracticeChainDown."""
        if status.state is not PracticeState.UP or status.url is None:
            raise PracticeChainDown(status.detail, hint="Start it: obsqra practice up")
        record = self._files.private_hand()
        if record is None:
            record = HandRecord(play_money_key=self._new_key())
            self._files.keep_private_hand(record)
        hand = await asyncio.to_thread(self._hand, record.play_money_key)
        await hand.reach(status.url)
        return hand


async def send(hand: MarketHand, work: tuple[Call, ...] | Declared) -> None:
    """One transaction, when it comes; raises WouldFail and the client's errors."""
    async with aclosing(hand.take([Turn(None, work)])) as taken:
        async for _ in taken:
            pass


def look(stop: CancelToken) -> None:
    """Raises Cancelled."""
    if stop.cancelled:
        raise Cancelled("What is there of the pool stays, and is gone on with the next time.")

"""Making the practice chain's private pool.

The chain itself is the record of how far making has come, as with the practice market: who is
stopped in the middle goes on where he was. The account that makes it is not the market's, so that
neither waits for the other's.
"""

import asyncio
from collections.abc import Callable
from typing import Final, Protocol

from obsqra_desktop.domain.chain_errors import PracticeChainDown
from obsqra_desktop.domain.chain_types import PracticeState, PracticeStatus
from obsqra_desktop.domain.contracts import ContractFacts
from obsqra_desktop.domain.mist.practice import (
    CHAMBER,
    VERIFIER,
    HandRecord,
    PoolLayout,
    PracticePool,
)
from obsqra_desktop.domain.practice_market import Declared, Turn
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.market_view import MarketPhase, OnPhase
from obsqra_desktop.services.practice_tools import MakerHand, PracticeTools, look, take_all

STEPS: Final = 5


class PrivateFiles(Protocol):
    """practice/private.json and practice/pool.json; both go with the chain's state."""

    def private_hand(self) -> HandRecord | None: ...  # noqa: D102
    def keep_private_hand(self, record: HandRecord) -> None: ...  # noqa: D102
    def pool(self) -> PracticePool | None: ...  # noqa: D102
    def keep_pool(self, pool: PracticePool) -> None: ...  # noqa: D102


class PracticePrivateService:
    """Implements PracticePrivate: `obsqra practice private` and the button of the same name."""

    def __init__(self, tools: PracticeTools, files: PrivateFiles) -> None:
        self._tools = tools
        self._files = files
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
            look(stop, "the pool")
            if on_phase is not None:
                on_phase(MarketPhase(words, done, STEPS))

        async with self._turn:
            return await self._make(turn)

    async def _make(self, turn: Callable[[int, str], None]) -> PracticePool:
        turn(0, "Starting the practice chain")
        hand = await self._reach(await self._tools.practice.up())
        known = [self._tools.classes.facts(name) for name in (VERIFIER, CHAMBER)]
        layout = PoolLayout(
            {facts.name: facts.class_hash for facts in known},
            hand.address,
            self._tools.address_of,
        )
        pool = layout.record
        if not await hand.has_contract(pool.pool):
            await self._put(hand, layout, known, turn)
        if self._files.pool() != pool:
            self._files.keep_pool(pool)
        return pool

    async def _put(
        self,
        hand: MakerHand,
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
                program = await asyncio.to_thread(self._tools.classes.load, facts.name)
                await take_all(hand, [Turn(None, Declared(*program))])
        if not await hand.has_contract(layout.record.verifier):
            turn(3, "Deploying what checks proofs")
            await take_all(hand, [Turn(None, (layout.deploy_verifier,))])
        turn(4, "Deploying the pool")
        await take_all(hand, [Turn(None, (layout.deploy_pool,))])

    async def _reach(self, status: PracticeStatus) -> MakerHand:
        """The account on a chain that is up; raises PracticeChainDown."""
        if status.state is not PracticeState.UP or status.url is None:
            raise PracticeChainDown(status.detail, hint="Start it: obsqra practice up")
        record = self._files.private_hand()
        if record is None:
            record = HandRecord(play_money_key=self._tools.new_key())
            self._files.keep_private_hand(record)
        return await self._tools.reached(record.play_money_key, status.url)

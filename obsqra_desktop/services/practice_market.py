"""Making and carrying on the practice market.

The chain itself is the record of how far it has come: which classes are declared, which contracts
are there, when the pools traded last. So whoever is stopped in the middle, or killed, goes on where
he was, and who does it twice does nothing the second time.
"""

import asyncio
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, Protocol

from obsqra_desktop.domain.chain_errors import PracticeChainDown
from obsqra_desktop.domain.chain_types import PracticeState, PracticeStatus
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import ADDRESS_BOUND
from obsqra_desktop.domain.market.deployments import Deployments
from obsqra_desktop.domain.market.keys import VenueId
from obsqra_desktop.domain.practice_driving import Standing
from obsqra_desktop.domain.practice_layout import Layout
from obsqra_desktop.domain.practice_market import (
    CLASSES,
    MARKETS,
    PAST,
    ROOM,
    STEP,
    Declared,
    MarketRecord,
    Turn,
    steps_due,
    time_of,
)
from obsqra_desktop.domain.transaction import Call
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.chain_ports import Now
from obsqra_desktop.services.market_view import MarketPhase, OnPhase
from obsqra_desktop.services.plans import split_u256
from obsqra_desktop.services.practice_tools import MakerHand, PracticeTools, look, take_all

TRADING: Final = next(
    index for index, one in enumerate(MARKETS) if one.venue is VenueId.JEDISWAP_V1 and one.restless
)
"""The pair that says when the market traded last."""

GIFT: Final = 1_000_000
"""Whole tokens of the market that are given at once: a millionth of what there is."""


@dataclass(frozen=True)
class PracticeMarket:
    """The market as it stands."""

    deployments: Deployments
    begins: int
    """Unix seconds of the chain's first block."""
    steps: int
    """Blocks of trade that were made just now; 0 if nothing was due."""


class MarketFiles(Protocol):
    """practice/market.json and practice/venues.json; both go with the chain's state."""

    def market(self) -> MarketRecord | None: ...  # noqa: D102
    def keep_market(self, record: MarketRecord) -> None: ...  # noqa: D102
    def venues(self) -> Deployments | None: ...  # noqa: D102
    def keep_venues(self, deployments: Deployments) -> None: ...  # noqa: D102


class PracticeMarketService:
    """`obsqra practice market` and the button of the same name."""

    def __init__(self, tools: PracticeTools, files: MarketFiles, now: Now) -> None:
        self._tools = tools
        self._files = files
        self._now = now
        self._turn = asyncio.Lock()
        """One at a time: whoever drives it counts the nonces of its account."""

    def venues(self) -> Deployments | None:
        """Where the market's pools are; None before it was made."""
        return self._files.venues()

    async def make(
        self, on_phase: OnPhase | None = None, cancel: CancelToken | None = None
    ) -> PracticeMarket:
        """Start the chain if need be, make the market or what is missing of it, carry it on to now.

        Raises Cancelled, ToolMissing, PracticeChainDown and the client's errors; what is done is
        kept, and the next call goes on from there.
        """
        tell = on_phase or ignore
        stop = cancel or CancelToken()
        async with self._turn:
            tell(MarketPhase("Starting the practice chain", 0, 1))
            record, hand = await self._ready()
            layout = await asyncio.to_thread(self._layout, hand)
            await self._set_up(record, hand, layout, tell, stop)
            steps = await self._carry_on(record, hand, layout, tell, stop)
            day = datetime.fromtimestamp(record.begins, UTC).strftime("%Y-%m-%d")
            deployments = layout.deployments(day)
            if self._files.venues() != deployments:
                self._files.keep_venues(deployments)
        return PracticeMarket(deployments, record.begins, steps)

    async def beat(self) -> bool:
        """One block of trade now, between the half hours; those that are due come first.

        False, and nothing is done, if the chain is not up, has no market, or is being driven.
        Raises the client's errors.
        """
        record = self._files.market()
        if self._turn.locked() or record is None or self._files.venues() is None:
            return False
        async with self._turn:
            status = await self._tools.practice.status()
            if status.state is not PracticeState.UP or status.url is None:
                return False
            hand = await self._tools.reached(record.play_money_key, status.url)
            layout = await asyncio.to_thread(self._layout, hand)
            if not await self._carry_on(record, hand, layout, ignore, CancelToken()):
                _, newest = await hand.times()
                now = max(newest, self._now())
                standing = await self._standing(hand, layout)
                calls = standing.beat(now - record.begins - ROOM)
                await take_all(hand, [Turn(now, calls)])
        return True

    async def give(self, address: int, token: int, amount: int) -> int:
        """Play money in one of the market's tokens, from the account that made them; the balance
        afterwards. Raises InvalidInput, PracticeChainDown and the client's errors."""
        record, venues = self._files.market(), self._files.venues()
        listed = venues.tokens if venues is not None else ()
        found = next((one for one in listed if one.address == token), None)
        if record is None or found is None:
            raise InvalidInput(
                "The faucet has STRK, ETH and the tokens of the practice market.", where="token"
            )
        if not 1 < address < ADDRESS_BOUND:
            raise InvalidInput("This is no address of an account.", where="address")
        if not 0 < amount <= GIFT * 10**found.decimals:
            raise InvalidInput(f"The faucet gives up to {GIFT} of it at once.", where="amount")
        async with self._turn:
            status = await self._tools.practice.status()
            if status.state is not PracticeState.UP or status.url is None:
                raise PracticeChainDown(
                    status.detail, hint="Start it: in the window, or: obsqra practice up"
                )
            hand = await self._tools.reached(record.play_money_key, status.url)
            data = (address, *split_u256(amount))
            gift = Call(to=token, entry_point="transfer", calldata=data)
            await take_all(hand, [Turn(None, (gift,))])
            low, high = await hand.call(token, "balanceOf", (address,))
        return low + (high << 128)

    def _layout(self, hand: MakerHand) -> Layout:
        """Where everything is or will be; blocks."""
        hashes = {name: self._tools.classes.facts(name).class_hash for name in CLASSES}
        return Layout(hashes, hand.address, self._tools.address_of)

    async def make_for_page(self, on_phase: OnPhase, cancel: CancelToken) -> None:
        """The same for whoever reads the pools afterwards: a PracticeMaker."""
        await self.make(on_phase, cancel)

    async def _ready(self) -> tuple[MarketRecord, MakerHand]:
        """A chain that runs and begins far enough in the past."""
        record = self._files.market()
        if record is None:
            record = MarketRecord(begins=self._now() - PAST, play_money_key=self._tools.new_key())
            self._files.keep_market(record)
        hand = await self._open(record)
        first, newest = await hand.times()
        if first == record.begins:
            return record, hand
        # It was started without a past, which a restart gives it: its own blocks are then dated
        # from its new beginning on, as each restart dates them anew.
        if newest > record.begins + ROOM + STEP:
            record = record.model_copy(update={"begins": self._now() - PAST})
            self._files.keep_market(record)
        await self._tools.practice.down()
        hand = await self._open(record)
        if (await hand.times())[0] != record.begins:
            raise PracticeChainDown(
                "The practice chain does not begin where its market needs it to.",
                hint="Start it anew: obsqra practice reset --yes",
            )
        return record, hand

    async def _open(self, record: MarketRecord) -> MakerHand:
        # The curve's library is loaded while the devnet starts: each takes seconds.
        starting = asyncio.ensure_future(self._tools.practice.up())
        try:
            hand = await asyncio.to_thread(self._tools.hand, record.play_money_key)
            status: PracticeStatus = await starting
        finally:
            starting.cancel()
            await asyncio.gather(starting, return_exceptions=True)
        if status.state is not PracticeState.UP or status.url is None:
            raise PracticeChainDown(status.detail)
        await hand.reach(status.url)
        return hand

    async def _set_up(
        self,
        record: MarketRecord,
        hand: MakerHand,
        layout: Layout,
        tell: OnPhase,
        stop: CancelToken,
    ) -> None:
        """Account, classes, contracts, liquidity: each if it is not there."""
        pair = layout.contracts[TRADING]
        total = len(CLASSES) + 3
        if await hand.has_contract(pair) and any(await hand.call(pair, "get_reserves", ())):
            return
        _, newest = await hand.times()
        moment = max(newest, record.begins + ROOM - 60) + 1
        if not await hand.has_contract(hand.address):
            look(stop, "the market")
            tell(MarketPhase("Making the market's account", 0, total))
            await hand.set_time(moment)
            await hand.arrive()
        planned: list[tuple[str, tuple[Call, ...] | Declared]] = []
        for name in CLASSES:
            if not await hand.has_class(layout.classes[name]):
                facts, program = await asyncio.to_thread(self._tools.classes.load, name)
                planned.append(("Declaring the market's contracts", Declared(facts, program)))
        if not await hand.has_contract(pair):
            planned.append(("Deploying pools and tokens", layout.deploy()))
        planned.append(("Filling the pools", layout.open()))
        turns = [Turn(moment + number, work) for number, (_, work) in enumerate(planned, 1)]
        first = total - len(planned)
        tell(MarketPhase(planned[0][0], first, total))
        async with aclosing(hand.take(turns)) as taken:
            number = 0
            async for _ in taken:
                number += 1
                look(stop, "the market")
                if number < len(planned):
                    tell(MarketPhase(planned[number][0], first + number, total))

    async def _carry_on(
        self,
        record: MarketRecord,
        hand: MakerHand,
        layout: Layout,
        tell: OnPhase,
        stop: CancelToken,
    ) -> int:
        """Trade up to now, half an hour a block."""
        pair = await hand.call(layout.contracts[TRADING], "get_reserves", ())
        last = max(0, (pair[4] - record.begins - ROOM) // STEP)
        _, newest = await hand.times()
        due = steps_due(record.begins, last, newest, self._now())
        if not due:
            return 0
        standing = await self._standing(hand, layout)
        words = "Trading through the past day" if len(due) > 1 else "Trading through half an hour"
        turns = (Turn(time_of(record.begins, step), standing.drive(step)) for step in due)
        tell(MarketPhase(words, 0, len(due)))
        done = 0
        async with aclosing(hand.take(turns)) as taken:
            async for _ in taken:
                done += 1
                tell(MarketPhase(words, done, len(due)))
                look(stop, "the market")
        await hand.set_time(self._now())
        return len(due)

    async def _standing(self, hand: MakerHand, layout: Layout) -> Standing:
        """Prices and reserves as the chain has them."""
        roots, reserves = [], []
        for market, at in zip(MARKETS, layout.contracts, strict=True):
            root, held = 0, (0, 0)
            if market.venue is VenueId.EKUBO:
                told = await hand.call(at, "get_pool_price", layout.key(market))
                root = told[0] + (told[1] << 128)
            elif market.venue is VenueId.JEDISWAP_V2:
                told = await hand.call(at, "get_sqrt_price_X96", ())
                root = told[0] + (told[1] << 128)
            else:
                told = await hand.call(at, "get_reserves", ())
                held = (told[0] + (told[1] << 128), told[2] + (told[3] << 128))
            roots.append(root)
            reserves.append(held)
        return Standing(layout, roots, reserves)


def ignore(_phase: MarketPhase) -> None:
    """The listener of those who do not want to know."""

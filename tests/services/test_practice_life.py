"""The practice market beside its chain: errors are said, and nothing trades into a sending."""

import asyncio
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import pytest

from obsqra_desktop.domain.chain_errors import NodeRefused, WouldFail
from obsqra_desktop.domain.chain_types import PracticeState, PracticeStatus
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.services.practice_life import LivelyPractice, MarketLife

DOWN = PracticeStatus(PracticeState.DOWN, None, None, None, "It is not running.")
UP = PracticeStatus(PracticeState.UP, "http://127.0.0.1:1", 7, "0.10.1", "It runs.")


@dataclass
class Chain:
    """Implements PracticeChain as far as it is asked."""

    now: PracticeStatus = DOWN

    async def status(self) -> PracticeStatus:
        return self.now

    async def up(self) -> PracticeStatus:
        self.now = UP
        return UP

    async def down(self) -> PracticeStatus:
        self.now = DOWN
        return DOWN

    async def reset(self) -> PracticeStatus:
        self.now = UP
        return UP


@dataclass
class Market:
    """Counts what it is asked for; `error` is raised."""

    made: bool = True
    error: AppError | None = None
    does: bool = True
    asked: list[str] = field(default_factory=list)

    def venues(self) -> object | None:
        return object() if self.made else None

    async def make(self) -> object:
        return await self._do("make") or object()

    async def beat(self) -> bool:
        return await self._do("beat")

    async def _do(self, what: str) -> bool:
        self.asked.append(what)
        if self.error is not None:
            raise self.error
        return self.does


@dataclass
class Parts:
    chain: Chain = field(default_factory=Chain)
    market: Market = field(default_factory=Market)
    selected: bool = True
    open_ones: tuple[object, ...] = ()

    def __post_init__(self) -> None:
        self.practice = LivelyPractice(cast("Any", self.chain), lambda: cast("Any", self.market))
        self.life = MarketLife(cast("Any", self), self.practice, self)

    def network(self) -> SimpleNamespace:
        return SimpleNamespace(practice=self.selected)

    def unsettled(self, network_id: str | None = None) -> tuple[object, ...]:
        assert network_id == "practice"
        return self.open_ones


@pytest.fixture
def parts() -> Parts:
    return Parts()


def test_the_market_comes_along_when_the_chain_starts(parts: Parts) -> None:
    assert asyncio.run(parts.practice.up()) == UP
    assert parts.market.asked == ["make"]
    asyncio.run(parts.practice.up())
    assert parts.market.asked == ["make"], "it is up to date already"


def test_a_chain_without_a_market_only_starts(parts: Parts) -> None:
    parts.market.made = False
    assert asyncio.run(parts.practice.up()) == UP
    assert parts.market.asked == []


def test_a_market_that_cannot_come_along_is_told_and_tried_again(parts: Parts) -> None:
    parts.market.error = WouldFail("A transaction of the practice market failed.")
    status = asyncio.run(parts.practice.up())
    assert status.state is PracticeState.UP, "the chain is there all the same"
    assert status.trouble is parts.market.error
    assert asyncio.run(parts.practice.status()).trouble is parts.market.error
    parts.market.error = None
    assert asyncio.run(parts.practice.up()).trouble is None
    assert parts.market.asked == ["make", "make"]


def test_a_beat_that_fails_is_kept_until_one_goes_well(parts: Parts) -> None:
    asyncio.run(parts.practice.up())
    parts.market.error = NodeRefused("It does not like that.", rpc_code=-1)
    assert not asyncio.run(parts.life.beat())
    assert asyncio.run(parts.practice.status()).trouble is parts.market.error
    parts.market.error, parts.market.does = None, False
    asyncio.run(parts.life.beat())
    assert asyncio.run(parts.practice.status()).trouble is not None, "nothing was done"
    parts.market.does = True
    assert asyncio.run(parts.life.beat())
    assert asyncio.run(parts.practice.status()).trouble is None


@pytest.mark.parametrize("end", ["down", "reset"])
def test_trouble_ends_with_the_chain(parts: Parts, end: str) -> None:
    parts.market.error = WouldFail("It failed.")
    asyncio.run(parts.practice.up())
    asyncio.run(getattr(parts.practice, end)())
    assert asyncio.run(parts.practice.status()).trouble is None


def test_it_does_not_trade_on_another_network_or_into_a_sending(parts: Parts) -> None:
    parts.selected = False
    assert not asyncio.run(parts.life.beat())
    parts.selected, parts.open_ones = True, (object(),)
    assert not asyncio.run(parts.life.beat())
    assert parts.market.asked == []
    parts.open_ones = ()
    assert asyncio.run(parts.life.beat())
    assert parts.market.asked == ["beat"]

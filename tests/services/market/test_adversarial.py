"""Pools and nodes that want to look safer than they are, end to end over the scripted chain: each
attack against the same world without it."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.felt import PRIME
from obsqra_desktop.domain.market.deployments import Feed
from obsqra_desktop.domain.market.derivation import MarketSnapshot, WarningCode, assemble
from obsqra_desktop.domain.market.keys import PoolRef, Token, VenueId
from obsqra_desktop.domain.market.questions import (
    Answers,
    Question,
    Reply,
    call,
    error_reply,
    result_reply,
)
from obsqra_desktop.domain.risk import RULES, score
from obsqra_desktop.services.market import ages, news
from obsqra_desktop.services.market.dollars import sustained
from obsqra_desktop.services.market.plan import Plan
from obsqra_desktop.services.market.venues.jediswap_v2 import protocol_cut
from obsqra_desktop.services.market.venues.reading import Reading
from obsqra_desktop.services.market.venues.vesu_v2 import VesuV2
from tests.services.market.scripted import (
    ETH,
    PAIR,
    ROUTER,
    STARTED,
    Bench,
    World,
    deployments,
    ekubo_pool,
)

EKUBO = ekubo_pool().id
RESERVES = (10**20, 2 * 10**11)


@dataclass
class Attacked(World):
    """Whatever `attack` returns for a question is answered in place of the truth."""

    def attack(self, question: Question) -> Sequence[int] | None:
        return None

    def felts(self, question: Question) -> Sequence[int] | None:
        return self.attack(question) or super().felts(question)


def take(folder: Path, world: World) -> MarketSnapshot:
    found: MarketSnapshot = Bench(folder, world).take().market
    return found


def values(market: MarketSnapshot, pool: int) -> dict[str, int | None]:
    return {one.metric: one.value for one in market.pool(pool).metrics}


def scores(market: MarketSnapshot, pool: int, rule: Any) -> int:
    (one,) = assemble(market, [pool]).pools
    return score(rule, one.metrics).score


# --- dead pools


@dataclass
class Leaving(Attacked):
    """Providers leave the dead pair: both reserves and the shares shrink, nobody trades."""

    def attack(self, question: Question) -> Sequence[int] | None:
        left = 1000 - 3 * max(0, question.block - 36)
        if question.entry_point == "get_reserves":
            r0, r1 = (one * left // 1000 for one in RESERVES)
            return (r0, 0, r1, 0, STARTED + question.block)
        if question.entry_point == "totalSupply":
            return (10**15 * left // 1000, 0)
        return None


@dataclass
class Dusting(Attacked):
    """Somebody swaps a few units an hour, so that the pair does not look dead."""

    def attack(self, question: Question) -> Sequence[int] | None:
        if question.entry_point == "get_reserves":
            r0, r1 = RESERVES
            step = max(0, question.block - 36)
            return (r0 + step * 10**6, 0, r1, 0, STARTED + question.block)
        return None


@pytest.mark.parametrize("world", [World, Leaving, Dusting])
def test_a_dead_pool_is_stale_whatever_moves_in_it(data_dir: Path, world: type[World]) -> None:
    market = take(data_dir, world())
    dead, live = market.pool(PAIR), market.pool(EKUBO)
    assert dead.stale
    assert not live.stale
    assert WarningCode.STALE in {one.code for one in dead.warnings}
    for name in ("utilization_bps", "volatility_bps"):
        ours, theirs = dead.metric(name).value, live.metric(name).value
        assert ours is not None
        assert theirs is not None
        assert ours >= theirs
    for rule in RULES:
        assert scores(market, PAIR, rule) >= scores(market, EKUBO, rule)


def test_a_dead_pool_without_a_live_one_is_unknown(data_dir: Path) -> None:
    world = World()
    world.growth = lambda block: 5  # type: ignore[method-assign]
    world.price = lambda block: 2000  # type: ignore[method-assign]
    market = take(data_dir, world)
    for pool in (PAIR, EKUBO):
        assert market.pool(pool).stale
        assert values(market, pool)["volatility_bps"] is None
        assert values(market, pool)["utilization_bps"] is None
        assert not market.pool(pool).provable


def test_a_dusted_pool_stands_for_no_dead_one(data_dir: Path) -> None:
    world = World()
    world.growth = lambda block: 10**28 * block  # type: ignore[method-assign]
    market = take(data_dir, world)
    for pool in (PAIR, EKUBO):
        assert market.pool(pool).stale
        assert not market.pool(pool).provable


# --- liquidity for one block


@dataclass
class Deep(Attacked):
    """A hundredfold liquidity in the snapshot's block alone."""

    since: int = 60

    def attack(self, question: Question) -> Sequence[int] | None:
        more = 100 if question.block >= self.since else 1
        if question.entry_point == "get_pool_liquidity":
            return (self.liquidity * more,)
        if question.entry_point == "get_market_depth_v2":
            return (10**20 * more, 10**11 * more)
        return None


def test_liquidity_for_the_snapshots_block_is_no_depth(data_dir: Path) -> None:
    honest = take(data_dir / "honest", World())
    inflated = take(data_dir / "inflated", Deep())
    for rule in RULES:
        assert scores(inflated, EKUBO, rule) >= scores(honest, EKUBO, rule)
    ours, theirs = values(inflated, EKUBO), values(honest, EKUBO)
    assert ours["liquidity_tier"] == theirs["liquidity_tier"] == 2
    assert (ours["utilization_bps"] or 0) >= (theirs["utilization_bps"] or 0)


def test_liquidity_that_stays_counts(data_dir: Path) -> None:
    deep = take(data_dir, Deep(since=40))
    assert values(deep, EKUBO)["liquidity_tier"] == 3


# --- counters, zeroes, gaps


@pytest.mark.parametrize("back", [1, 10**33, 10**60])
def test_a_counter_that_steps_back_makes_the_pool_unknown(data_dir: Path, back: int) -> None:
    world = World()
    truth = world.growth
    world.growth = lambda block: (truth(59) - back) % PRIME if block == 60 else truth(block)  # type: ignore[method-assign]
    pool = take(data_dir, world).pool(EKUBO)
    assert not pool.provable
    assert all(one.value is None for one in pool.metrics)
    assert "backwards" in pool.metrics[0].reason


@dataclass
class Empty(Attacked):
    """Nothing is in the pool: fees were taken before, the price stands."""

    def attack(self, question: Question) -> Sequence[int] | None:
        if question.contract == ROUTER:
            return (0, 0)
        return (0,) if question.entry_point == "get_pool_liquidity" else None


def test_an_empty_pool(data_dir: Path) -> None:
    market = take(data_dir, Empty(liquidity=0))
    found = values(market, EKUBO)
    assert found["utilization_bps"] is None
    assert found["liquidity_tier"] == 0
    assert found["apy_bps"] is None
    assert not market.pool(EKUBO).provable
    codes = {one.code for one in market.pool(EKUBO).warnings}
    assert WarningCode.APPROXIMATE in codes


def test_an_age_that_the_node_cannot_show_is_unknown(data_dir: Path) -> None:
    market = take(data_dir, World(born=10, keeps=20, tells=False))
    for pool in (EKUBO, PAIR):
        age = market.pool(pool).metric("age_days")
        assert age.value is None
        assert age.reason
    assert not market.light
    young = (
        take(data_dir / "young", World(born=30, keeps=20, tells=False))
        .pool(EKUBO)
        .metric("age_days")
    )
    assert young.value == 30 * 3600 // 86_400
    assert any("events cannot be read" in one.text for one in market.warnings)


def test_the_search_for_the_first_block_among_hidden_ones() -> None:
    pool = ekubo_pool()
    for born, kept in ((10, 0), (10, 20), (30, 20), (20, 20), (21, 20)):
        world = World(born=born, keeps=kept)
        search = ages.Search(pool, -1, 60)
        while not search.over:
            asked = search.probes(3)
            answers = Answers([Reply(one.key, world.answer(one)) for one in asked])
            search.told(answers, asked)
        assert search.proved is (born > kept)
        assert not search.proved or search.high == born


# --- lending


SCALE = 10**18


def state(reserve: int, debt: int) -> list[str]:
    """`asset_config` of a market of whole tokens."""
    numbers = [(reserve + debt) * SCALE, debt * SCALE, reserve * SCALE, SCALE, 0, SCALE]
    felts = [one for number in numbers for one in (number % 2**128, number >> 128)]
    felts += [0, STARTED, SCALE, 0, SCALE, 0, 0, 0, 0, 0]
    return [hex(one) for one in felts]


def lending(reserves: dict[int, tuple[int, int]]) -> Any:
    """A market whose reserve and debt are these from a block on."""
    pool = PoolRef(
        venue=VenueId.VESU_V2,
        contract=0x7E5,
        token0=Token(address=ETH, symbol="ETH", decimals=18),
    )
    plan = Plan(
        network="own",
        chain="SN_OWN",
        node="n",
        taken_at=1,
        head=124,
        samples=tuple(range(100, 125)),
        light=False,
        pools=(pool,),
    )
    venue = VesuV2()
    replies = []
    for one in venue.questions(pool, plan):
        reserve, debt = reserves[max(block for block in reserves if block <= one.block)]
        if one.entry_point == "asset_config":
            raw = result_reply(list(state(reserve, debt)))
        elif one.entry_point == "utilization":
            raw = result_reply([hex(debt * SCALE // (reserve + debt)), "0x0"])
        else:
            raw = result_reply("0xc1")
        replies.append(Reply(one.key, raw))
    return venue.read(pool, plan, Answers(replies))


def test_a_deposit_for_one_block_changes_neither_use_nor_depth() -> None:
    honest = lending({0: (1000, 9000)})
    rich = lending({0: (1000, 9000), 124: (91_000, 9000)})
    assert honest.utilization.number == rich.utilization.number == 9 * SCALE // 10
    assert sorted(rich.liquidity)[(len(rich.liquidity) - 1) // 2] == 1000 * SCALE
    stays = lending({0: (1000, 9000), 110: (91_000, 9000)})
    assert stays.utilization.number == 9 * SCALE // 100
    run = lending({0: (91_000, 9000), 124: (0, 9000)})
    assert run.utilization.number == SCALE, "a run on the market shows at once"


# --- what others publish


def test_an_oracle_that_disagrees_warns_and_changes_nothing(data_dir: Path) -> None:

    venues = deployments().model_copy(
        update={"feeds": (Feed(token="ETH", address=0xFEED), Feed(token="USDC", address=0xFEEE))}
    )
    plan = Plan(
        network="own",
        chain="SN_OWN",
        node="n",
        taken_at=1,
        head=60,
        head_time=STARTED,
        samples=(36, 60),
        light=False,
        pools=(ekubo_pool(),),
        oracle=0x0AC,
    )
    asked = news.questions(venues, plan)
    assert [one.contract for one in asked] == [0xFEED, 0xFEEE, 0x0AC]

    def warned(eth: int, usdc: int, age: int = 5) -> list[str]:
        replies = [
            Reply(
                call(address, "latest_round_data", (), 60).key,
                result_reply([hex(one) for one in (1, price, 60, 1, STARTED - age)]),
            )
            for address, price in ((0xFEED, eth), (0xFEEE, usdc))
        ]
        dollars = {ETH: Fraction(2000), 0x2000: Fraction(1)}
        found = news.price_warnings(venues, plan, Answers(replies), dollars)
        assert all(one.code is WarningCode.CROSS_CHECK for one in found)
        return [one.text.split(":")[0] for one in found]

    good = 10**8
    assert warned(2000 * good, good) == []
    assert warned(2100 * good, good) == ["ETH in dollars"]
    assert warned(2000 * good, good * 9 // 10) == ["USDC in dollars"], "the coin lost its peg"
    assert warned(9999 * good, good, age=news.OLDEST + 1) == []
    assert news.price_warnings(venues, plan, Answers([]), {}) == ()

    oracle = news.oracle_question(ekubo_pool(), plan)
    assert oracle is not None

    def volatility(raw: bytes, own: int | None) -> int:
        answers = Answers([Reply(oracle.key, raw)])
        return len(news.volatility_warnings(ekubo_pool(), plan, answers, own))

    assert volatility(result_reply([hex(468_130)]), 4681) == 0
    assert volatility(result_reply([hex(468_130)]), 1000) == 1
    assert volatility(error_reply(40, "NO_HISTORY"), 1000) == 0
    assert volatility(result_reply([hex(468_130)]), None) == 0


# --- thin pools, hidden shares


@dataclass
class Thin(Attacked):
    """A hundredth of the pair's value is traded in the day, at a price that stands still."""

    def attack(self, question: Question) -> Sequence[int] | None:
        if question.entry_point != "get_reserves":
            return None
        step = 10**6 + 2 * max(0, question.block - 36)  # 48 in a million: 0.003 · 1.6 %
        r0, r1 = (one * step // 10**6 for one in RESERVES)
        return (r0, 0, r1, 0, STARTED + question.block)


def test_a_hardly_traded_pool_is_no_calmer_than_the_deep_one(data_dir: Path) -> None:
    market = take(data_dir, Thin())
    thin, deep = market.pool(PAIR), market.pool(EKUBO)
    assert not thin.stale
    assert thin.metric("utilization_bps").value == 157
    assert thin.metric("volatility_bps").value == deep.metric("volatility_bps").value
    assert "hardly traded (0)" in thin.metric("volatility_bps").formula
    (warning,) = thin.metric("volatility_bps").warnings
    assert warning.code is WarningCode.CROSS_CHECK
    assert deep.metric("volatility_bps").warnings == ()


def test_the_share_that_a_v2_factory_keeps() -> None:
    plan = Plan(
        network="own",
        chain="SN_OWN",
        node="n",
        taken_at=1,
        head=60,
        samples=(60,),
        light=False,
        pools=(),
        v2_factory=0xFAC,
    )
    asked = call(0xFAC, "get_fee_protocol", (), 60)

    def cut(raw: bytes) -> int:
        return protocol_cut(plan, Answers([Reply(asked.key, raw)]))[0]

    assert cut(result_reply(["0x0"])) == 0
    assert cut(result_reply(["0x5"])) == 5
    assert cut(error_reply(21, "no such entry point")) == 4, "the most: no volume is hidden"
    with pytest.raises(NodeAnswerInvalid):
        cut(result_reply(["0x3"]))
    assert protocol_cut(plan.model_copy(update={"v2_factory": 0}), Answers([])) == (4, ())


def test_depth_that_sets_the_dollar_price_must_last() -> None:
    """A pool that is deep for one block does not set the price of its token."""
    calm, burst = Reading(liquidity=(5, 5, 5)), Reading(liquidity=(5, 5, 500))
    assert sustained(Fraction(100), calm) == 100
    assert sustained(Fraction(10_000), burst) == 100
    assert sustained(Fraction(7), Reading()) == 7

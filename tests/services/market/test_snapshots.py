"""Taking, keeping, computing again: over a chain in memory that can be told to misbehave."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.domain.chain_errors import NodesDisagree
from obsqra_desktop.domain.errors import Cancelled, InvalidInput, StorageError
from obsqra_desktop.domain.market import formulas
from obsqra_desktop.domain.market.audit_registry import shipped_audits
from obsqra_desktop.domain.market.derivation import WarningCode
from obsqra_desktop.domain.market.errors import NoPools, Reorganised
from obsqra_desktop.domain.market.keys import VenueId
from obsqra_desktop.domain.market.questions import Question, Reply, result_reply
from obsqra_desktop.domain.pools import SourceKind
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.market.derive import derive
from obsqra_desktop.services.market_view import MarketView, MetricView
from obsqra_desktop.storage.market import pack, unpack
from tests.services.market.scripted import (
    CORE,
    PAIR,
    Bench,
    World,
    ekubo_pool,
)

EKUBO = ekubo_pool().id


@pytest.fixture
def bench(data_dir: Path) -> Bench:
    return Bench(data_dir)


def values(market: Any, pool: int) -> dict[str, int | None]:
    return {one.metric: one.value for one in market.pool(pool).metrics}


def codes(market: Any, pool: int) -> set[WarningCode]:
    return {one.code for one in market.pool(pool).warnings}


def test_a_snapshot_has_all_six_and_they_are_those_of_the_definitions(bench: Bench) -> None:
    taken = bench.take()
    market = taken.market
    found = values(market, EKUBO)
    assert market.block_number == 60
    assert market.start_block == 36
    assert not market.light
    # 24 steps, each ln(2020/2000), over a day
    from math import log, sqrt

    sigma = sqrt(24 * log(2020 / 2000) ** 2 * formulas.YEAR / 86_400)
    assert found["volatility_bps"] == min(10_000, int(10_000 * sigma))
    assert found["age_days"] == 50 * 3600 // 86_400
    # 24 steps of 10^28 · 10^19 / fee wei of ETH at $2000 against 50 % depth
    volume = 24 * 10**33 * 10**19 * 2000 / 170141183460469235273462165868118016 / 10**18
    depth = 100 * 2000 + 100_000
    assert found["utilization_bps"] == pytest.approx(10_000 * volume / (volume + depth), abs=2)
    assert found["liquidity_tier"] == 2
    assert market.pool(EKUBO).provable


def test_few_round_trips(bench: Bench) -> None:
    assert bench.take().round_trips <= 9, "the first time it looks for when pools began"
    bench.world.asked.clear()
    taken = bench.take()
    assert taken.round_trips <= 8
    assert len(bench.world.asked) < 240
    assert len(taken.market.pools) == 2


def test_a_pool_without_trades_is_never_safer_than_the_live_one(bench: Bench) -> None:
    market = bench.take().market
    dead, live = values(market, PAIR), values(market, EKUBO)
    assert market.pool(PAIR).stale
    assert {WarningCode.STALE, WarningCode.EXIT_ONLY} <= codes(market, PAIR)
    assert dead["volatility_bps"] == live["volatility_bps"]
    assert dead["utilization_bps"] == live["utilization_bps"]
    assert (dead["audit_score"] or 0) <= (live["audit_score"] or 0)


def test_computing_again_gives_the_same_and_asks_nobody(bench: Bench) -> None:
    market = bench.take().market
    bench.world.asked.clear()
    kept = bench.run(bench.service.recompute(market.id[:10]))
    assert kept.market == market
    assert derive(kept.replies) == market
    assert bench.world.asked == []


def test_every_changed_reply_is_found(bench: Bench, data_dir: Path) -> None:
    market = bench.take().market
    with sqlite3.connect(data_dir / "market.sqlite") as data:
        (packed,) = data.execute("SELECT replies FROM snapshots").fetchone()
    data.close()
    replies = unpack(packed)
    for place in range(0, len(replies), 11):
        raw = bytearray(replies[place].raw)
        raw[len(raw) // 2] ^= 1
        spoiled = [*replies[:place], Reply(replies[place].key, bytes(raw)), *replies[place + 1 :]]
        with sqlite3.connect(data_dir / "market.sqlite") as data:
            data.execute("UPDATE snapshots SET replies = ?", (pack(spoiled),))
        data.close()
        with pytest.raises(StorageError, match="changed or damaged"):
            bench.run(bench.service.recompute(market.id))


def test_the_head_was_replaced_meanwhile(bench: Bench) -> None:
    def fork(trip: int) -> None:
        bench.world.forks = int(trip >= 5)

    bench.world.at_ask = fork
    with pytest.raises(Reorganised):
        bench.take()
    assert bench.store.listing() == ()


def test_wrapped_counters_are_differences_all_the_same(data_dir: Path) -> None:
    wrapped = Bench(data_dir / "one", World())
    plain = Bench(data_dir / "two", World(growth_start=0))
    assert wrapped.world.growth(36) > wrapped.world.growth(60), "it does not wrap"
    assert values(wrapped.take().market, EKUBO) == values(plain.take().market, EKUBO)


def test_a_counter_that_went_backwards_leaves_the_pool_unknown(bench: Bench) -> None:
    def lie(question: Question, raw: bytes) -> bytes:
        if question.entry_point == "get_pool_fees_per_liquidity" and question.block == 50:
            return result_reply([hex(bench.world.growth(49) - 1), "0x0"])
        return raw

    bench.world.lie = lie
    pool = bench.take().market.pool(EKUBO)
    assert len(pool.unknown) == 6
    assert "backwards" in pool.metrics[0].reason


@pytest.mark.parametrize(
    ("entry", "block"),
    [
        ("get_pool_price", 48),
        ("get_pool_liquidity", 48),
        ("get_pool_fees_per_liquidity", 60),
        ("get_market_depth_v2", 60),
    ],
)
@pytest.mark.parametrize("length", [0, 7])
def test_a_wrong_length_is_no_number(bench: Bench, entry: str, block: int, length: int) -> None:
    def lie(question: Question, raw: bytes) -> bytes:
        if question.entry_point == entry and question.block == block:
            return result_reply(["0x1"] * length)
        return raw

    bench.world.lie = lie
    market = bench.take().market
    assert len(market.pool(EKUBO).unknown) == 6
    assert "felts were expected" in market.pool(EKUBO).metrics[0].reason
    assert market.pool(PAIR).metric("audit_score").value is not None, "the rest stands"


def test_no_liquidity_is_no_depth_and_no_number_for_use(data_dir: Path) -> None:
    world = World(liquidity=0)

    def empty(question: Question, raw: bytes) -> bytes:
        if question.entry_point == "get_market_depth_v2":
            return result_reply(["0x0", "0x0"])
        return raw

    world.lie = empty
    market = Bench(data_dir, world).take().market
    pool = market.pool(EKUBO)
    assert pool.metric("utilization_bps").value is None
    assert pool.metric("liquidity_tier").value == 0
    assert WarningCode.APPROXIMATE in codes(market, EKUBO)


def test_an_unknown_class_is_told(data_dir: Path) -> None:
    assert WarningCode.UNKNOWN_CLASS not in codes(Bench(data_dir / "a").take().market, EKUBO)
    other = Bench(data_dir / "b", World(class_hash=0xBAD)).take().market
    assert WarningCode.UNKNOWN_CLASS in codes(other, EKUBO)


def test_one_block_of_a_false_price_is_told_and_not_taken(data_dir: Path) -> None:
    """At the head and at a sample, whose neighbours are asked for only then."""
    calm = Bench(data_dir / "calm", World(head=2000, pace=60)).take().market.pool(EKUBO)
    for place in (calm.prices[12].block, 2000):
        bench = Bench(data_dir / str(place), World(head=2000, pace=60))
        bench.world.price = lambda block, at=place: 9000 if block == at else 2000  # type: ignore[method-assign, misc]
        market = bench.take().market
        pool = market.pool(EKUBO)
        assert WarningCode.MANIPULATION in codes(market, EKUBO)
        assert all(one.price.startswith(("2000", "1999")) for one in pool.prices)
        assert len(pool.prices) == 25
        assert pool.metric("volatility_bps").value == 0
        assert bench.run(bench.service.recompute("latest")).market == market


def test_a_false_price_that_lasts_is_a_price(data_dir: Path) -> None:
    bench = Bench(data_dir, World(head=2000, pace=60))
    bench.world.price = lambda block: 9000 if 1690 <= block <= 1760 else 2000  # type: ignore[method-assign]
    market = bench.take().market
    assert market.pool(EKUBO).metric("volatility_bps").value == 10_000


def test_a_price_that_does_not_fit_its_tick_is_no_price(bench: Bench) -> None:
    def lie(question: Question, raw: bytes) -> bytes:
        if question.entry_point == "get_pool_price" and question.block == 48:
            return raw.replace(b'"0x1"]', b'"0x0"]')
        return raw

    bench.world.lie = lie
    pool = bench.take().market.pool(EKUBO)
    assert len(pool.unknown) == 6
    assert "tick" in pool.metrics[0].reason


@pytest.mark.parametrize("block", [60, 48, 36])
@pytest.mark.parametrize("liar_first", [True, False])
def test_the_second_node_tells_something_else(data_dir: Path, block: int, liar_first: bool) -> None:
    def lie(question: Question, raw: bytes) -> bytes:
        if question.entry_point == "get_pool_liquidity" and question.block == block:
            return result_reply([hex(10**19 + 1)])
        return raw

    worlds = [World(lie=lie), World()]
    bench = Bench(data_dir, *(worlds if liar_first else worlds[::-1]))
    with pytest.raises(NodesDisagree, match=f"call {block} .* get_pool_liquidity"):
        bench.take()
    assert bench.store.listing() == ()


def test_clock_skew_is_told(bench: Bench) -> None:
    bench.now += 7200
    assert {one.code for one in bench.take().market.warnings} == {WarningCode.CLOCK}
    bench.now -= 3 * 7200
    assert {one.code for one in bench.take().market.warnings} == {WarningCode.CLOCK}


def test_light_mode_grows_from_its_own_samples(data_dir: Path) -> None:
    bench = Bench(data_dir, World(history=False))
    first = bench.take().market
    assert first.light
    assert first.pool(EKUBO).metric("volatility_bps").value is None
    assert first.pool(EKUBO).metric("liquidity_tier").value is not None
    for head in range(61, 70):
        bench.world.head, bench.world.growth_start = head, bench.world.growth_start + 10**33
        bench.now += 3600
        last = bench.take().market
    assert last.light
    assert last.start_block == 60
    pool = last.pool(EKUBO)
    assert pool.metric("volatility_bps").value is not None
    assert pool.metric("utilization_bps").value is not None
    assert bench.run(bench.service.recompute("latest")).market == last


def test_light_mode_drops_samples_of_a_fork(data_dir: Path) -> None:
    bench = Bench(data_dir, World(history=False))
    bench.take()
    bench.world.head, bench.world.forks = 61, 1
    assert bench.take().market.start_block == 61


def test_stopping_keeps_nothing(bench: Bench) -> None:
    token = CancelToken()
    bench.world.at_ask = lambda trip: token.cancel() if trip == 3 else None
    with pytest.raises(Cancelled):
        bench.run(bench.service.take(cancel=token))
    assert bench.store.listing() == ()


def test_no_pool_there(bench: Bench) -> None:
    bench.world.born = 100
    bench.world.lie = lambda question, raw: (
        result_reply(["0x5"]) if question.entry_point == "token0" else raw
    )
    with pytest.raises(NoPools):
        bench.take()


def test_what_is_entered_is_marked_and_goes_into_the_proof(bench: Bench) -> None:
    bench.take()
    bench.run(bench.service.enter(EKUBO, "volatility_bps", 1234))
    view = bench.run(bench.service.latest())
    pool = next(one for one in view.pools if one.id == EKUBO)
    shown = pool.metric("volatility_bps")
    assert (shown.value, shown.kind) == (1234, SourceKind.ENTERED)
    assert shown.measured not in {None, 1234}
    document = bench.run(bench.service.decision_snapshot((EKUBO,)))
    (chosen,) = document.pools
    assert chosen.metrics.volatility_bps == 1234
    assert chosen.sources.volatility_bps.kind is SourceKind.ENTERED
    assert chosen.sources.utilization_bps.kind is SourceKind.MEASURED
    assert document.evidence is not None
    with pytest.raises(InvalidInput):
        bench.run(bench.service.enter(EKUBO, "volatility_bps", 10_001))
    with pytest.raises(InvalidInput):
        bench.run(bench.service.enter(EKUBO, "luck", 1))
    bench.run(bench.service.enter(EKUBO, "volatility_bps", None))
    (chosen,) = bench.run(bench.service.decision_snapshot((EKUBO,))).pools
    assert chosen.sources.volatility_bps.kind is SourceKind.MEASURED


def test_an_audit_row_counted_otherwise(bench: Bench) -> None:
    bench.take()
    view = bench.run(bench.service.latest())
    assert view is not None
    key = audit(view).rows[0].key
    metric = audit(bench.run(bench.service.count_audit_row(EKUBO, key, 1)))
    assert metric.entered
    assert metric.rows[0].overridden
    assert metric.rows[0].source
    assert metric.value == min(100, max(0, sum(one.counted for one in metric.rows)))
    for wrong in ("0", "", key + "0", "full_audit"):
        with pytest.raises(InvalidInput):
            bench.run(bench.service.count_audit_row(EKUBO, wrong, 1))
    assert not audit(bench.run(bench.service.count_audit_row(EKUBO, key, None))).entered


def audit(view: MarketView) -> MetricView:
    return next(one for one in view.pools if one.id == EKUBO).metric("audit_score")


def test_points_follow_the_row_and_not_its_place(bench: Bench) -> None:
    """An older audit that becomes known moves every row one down."""
    bench.take()
    view = bench.run(bench.service.latest())
    assert view is not None
    keys = [one.key for one in audit(view).rows]
    bench.run(bench.service.count_audit_row(EKUBO, keys[-1], 7))
    registry = shipped_audits()
    first = next(one for one in registry.venues if one.venue is VenueId.EKUBO)
    row = first.rows[0]
    older = row.model_copy(update={"date": "2023-01-01", "timestamp": 1672531200, "title": "Older"})
    more = first.model_copy(update={"rows": (older, *first.rows)})
    others = tuple(one for one in registry.venues if one.venue is not VenueId.EKUBO)
    bench.files.registry = registry.model_copy(update={"venues": (more, *others)})
    bench.now += 60
    bench.take()
    view = bench.run(bench.service.latest())
    assert view is not None
    rows = {one.key: one for one in audit(view).rows}
    assert [key for key, one in rows.items() if one.overridden] == [keys[-1]]
    assert rows[keys[-1]].counted == 7


def test_points_kept_by_place_count_for_nothing_and_are_told(bench: Bench) -> None:
    taken = bench.take()
    bench.store.enter(taken.market.network, EKUBO, "audit:0", 3)
    view = bench.run(bench.service.latest())
    assert view is not None
    assert not audit(view).entered
    told = next(one for one in view.pools if one.id == EKUBO).warnings
    assert any("count them again" in one for one in told)
    view = bench.run(bench.service.count_audit_row(EKUBO, audit(view).rows[0].key, 3))
    told = next(one for one in view.pools if one.id == EKUBO).warnings
    assert not any("count them again" in one for one in told)
    bench.store.enter(taken.market.network, EKUBO, "audit:full_audit/2020-01-01/00000000", 3)
    view = bench.run(bench.service.latest())
    assert view is not None
    told = next(one for one in view.pools if one.id == EKUBO).warnings
    assert any("not in it any more" in one for one in told)


def test_history_and_differences(bench: Bench) -> None:
    one = bench.take().market
    bench.world.head = 61
    bench.now += 3600
    two = bench.take().market
    points = bench.run(bench.service.history(10))[EKUBO]
    assert [point.taken_at for point in points] == [one.taken_at, two.taken_at]
    found = bench.run(bench.service.diff(one.id, two.id))
    assert found.before.block_number == 60
    same = bench.run(bench.service.diff(two.id, two.id))
    assert same.changes == same.appeared == same.gone == ()


def test_pools_that_began_are_found_once(bench: Bench) -> None:
    first = bench.take().market
    bench.world.asked.clear()
    bench.take()
    mine = [key for key in bench.world.asked if key.startswith(f"call 9 {CORE:#x} get_pool_price")]
    assert len(mine) == 1, "the block before the first is evidence and is asked for again"
    old = {one for one in bench.world.asked if "get_pool_price" in one}
    assert not any(key.split()[1] in {"20", "25", "30"} for key in old)
    inputs = first.pool(EKUBO).metric("age_days").inputs[0]
    assert "block 10" in inputs.value

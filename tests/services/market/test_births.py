"""When pools began, as far as a node still tells it: by state, by what it told before, by events;
and what else is said about samples, second nodes and classes."""

from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.domain.chain_errors import NodeRefused, NodeUnreachable
from obsqra_desktop.domain.market.derivation import MarketSnapshot, WarningCode
from obsqra_desktop.domain.market.keys import VenueId
from obsqra_desktop.domain.market.questions import Answers, Ask, Question, Reply, result_reply
from obsqra_desktop.services.market import discovery
from obsqra_desktop.services.market.derive import derive
from tests.services.market.scripted import (
    FACTORY,
    PAIR,
    ROUTER,
    Bench,
    World,
    deployments,
    ekubo_pool,
)

EKUBO = ekubo_pool().id


def age(market: MarketSnapshot, pool: int) -> int | None:
    return market.pool(pool).metric("age_days").value


def texts(market: MarketSnapshot) -> str:
    return " ".join(one.text for one in market.warnings)


# --- events


@pytest.mark.parametrize("stride", [10**6, 7, 1])
@pytest.mark.parametrize("history", [True, False])
def test_events_tell_what_pruned_state_does_not(data_dir: Path, stride: int, history: bool) -> None:
    """A day and more of state is there, or only the head's: pages without any event lie between."""
    bench = Bench(data_dir, World(keeps=20, stride=stride, history=history))
    taken = bench.take()
    market = taken.market
    assert market.light is not history
    assert age(market, EKUBO) == (60 - 10) * 3600 // 86_400
    assert age(market, PAIR) == (60 - 3) * 3600 // 86_400
    told = market.pool(EKUBO).metric("age_days").inputs[0]
    assert "announced" in told.value
    assert any(key.startswith("events 10 ") for key in told.keys)
    assert bench.run(bench.service.recompute("latest")).market == market
    pages = [one for one in bench.world.asked if one.startswith("events ")]
    bench.world.head, bench.now = 61, bench.now + 3600
    again = bench.take().market
    assert age(again, EKUBO) == age(market, EKUBO)
    more = [one for one in bench.world.asked if one.startswith("events ")][len(pages) :]
    assert len(more) == 2, "what is remembered is confirmed, nothing is looked through again"


def test_a_changed_event_is_found(data_dir: Path) -> None:
    taken = Bench(data_dir, World(keeps=20)).take()
    (event,) = [one for one in taken.replies if one.key.startswith("events 10 ")]
    for other in (event.raw.replace(b"0x1000", b"0x1001"), event.raw.replace(b":10", b":11")):
        assert other != event.raw
        spoiled = [Reply(one.key, other if one is event else one.raw) for one in taken.replies]
        market = derive(spoiled)
        assert market.evidence_digest != taken.market.evidence_digest
        assert age(market, EKUBO) is None


@pytest.mark.parametrize("kind", ["twice", "endless", "garbage", "another pool"])
def test_events_that_make_no_sense_leave_the_age_unknown(data_dir: Path, kind: str) -> None:
    count = iter(range(10**6))

    def lie(question: Question, raw: bytes) -> bytes:
        if question.kind is not Ask.EVENTS:
            return raw
        if kind == "twice":
            return result_reply({"events": [], "continuation_token": "0-again"})
        if kind == "endless":
            return result_reply({"events": [], "continuation_token": str(next(count))})
        if kind == "garbage":
            return result_reply({"events": [[]]})
        return raw.replace(b"0x1000", b"0x1002").replace(b"0x9a14", b"0x9a15")

    bench = Bench(data_dir, World(keeps=20, lie=lie))
    market = bench.take().market
    assert age(market, EKUBO) is None
    assert age(market, PAIR) is None
    assert market.pool(EKUBO).metric("volatility_bps").value is not None
    assert ("events cannot be read" in texts(market)) is (kind != "another pool")
    assert len(bench.world.asked) < 1000
    assert bench.run(bench.service.recompute("latest")).market == market


def test_a_node_that_knows_no_events(data_dir: Path) -> None:
    bench = Bench(data_dir, World(keeps=20))

    def lie(question: Question, raw: bytes) -> bytes:
        if question.kind is Ask.EVENTS:
            raise NodeRefused("It does not know the question.", rpc_code=-32601)
        return raw

    bench.world.lie = lie
    assert age(bench.take().market, EKUBO) is None


# --- what was seen before


def test_an_age_once_seen_outlives_the_state_that_showed_it(data_dir: Path) -> None:
    bench = Bench(data_dir, World(tells=False))
    known = age(bench.take().market, EKUBO)
    assert known is not None
    bench.world.keeps = 20
    market = bench.take().market
    assert not market.light
    assert age(market, EKUBO) == known
    assert bench.run(bench.service.recompute("latest")).market == market


def test_an_age_of_another_chain_is_not_believed(data_dir: Path) -> None:
    bench = Bench(data_dir, World(tells=False))
    bench.take()
    bench.world.keeps, bench.world.forks = 20, 1
    assert age(bench.take().market, EKUBO) is None


def test_a_node_that_refuses_old_blocks_outright(data_dir: Path) -> None:
    """Some answer with an error of their own, which spoils the whole request."""

    def lie(question: Question, raw: bytes) -> bytes:
        if question.kind in {Ask.CALL, Ask.CLASS_HASH} and question.block < 20:
            raise NodeRefused("No state at that block.", rpc_code=-1)
        return raw

    market = Bench(data_dir, World(lie=lie)).take().market
    assert not market.light
    assert age(market, EKUBO) == (60 - 10) * 3600 // 86_400
    assert market.pool(EKUBO).metric("volatility_bps").value is not None


# --- holes


def test_a_hole_between_samples_is_told(data_dir: Path) -> None:
    bench = Bench(data_dir, World(history=False))
    for head in (60, 61, 62, 63, 64, 65, 69, 72, 73):
        bench.world.head, bench.now = head, bench.now + 3600 * (head - bench.world.head)
        bench.world.growth_start += 10**33
        market = bench.take().market
    assert market.light
    assert "between blocks 65 and 69 there is no sample for 4.0 hours" in texts(market)
    assert "69 and 72" not in texts(market), "three hours are three steps"
    assert bench.run(bench.service.recompute("latest")).market == market


def test_even_samples_have_no_hole(data_dir: Path) -> None:
    assert "no sample" not in texts(Bench(data_dir).take().market)


# --- a second node


def failing(error: Exception) -> Any:
    def lie(question: Question, raw: bytes) -> bytes:
        raise error

    return lie


@pytest.mark.parametrize(
    "error",
    [
        NodeUnreachable("second:2 cannot be reached."),
        NodeRefused("second:2: an unexpected error.", rpc_code=63),
    ],
)
def test_a_second_node_that_does_not_answer_is_told(data_dir: Path, error: Exception) -> None:
    bench = Bench(data_dir, World(), World(lie=failing(error)))
    market = bench.take().market
    assert [one.code for one in market.warnings] == [WarningCode.CROSS_CHECK]
    assert "no second node confirms this: second:2" in texts(market)
    assert bench.run(bench.service.recompute("latest")).market == market


def test_a_second_node_that_lags_is_told(data_dir: Path) -> None:
    market = Bench(data_dir, World(), World(head=59)).take().market
    assert "does not know block 60 yet" in texts(market)


def test_a_second_node_that_is_not_set_is_told(data_dir: Path) -> None:
    bench = Bench(data_dir)
    alone = bench.network.model_copy(update={"cross_check": True})
    bench.service._networks.one = alone  # type: ignore[attr-defined]
    assert "only one is set" in texts(bench.take().market)


@pytest.mark.parametrize("outright", [True, False])
def test_a_second_node_without_old_blocks_confirms_the_head(data_dir: Path, outright: bool) -> None:
    def lie(question: Question, raw: bytes) -> bytes:
        if question.kind is not Ask.HEADER and question.block < 60 and outright:
            raise NodeRefused("No state at that block.", rpc_code=-1)
        return raw

    bench = Bench(data_dir, World(), World(history=False, lie=lie))
    taken = bench.take()
    assert "second:2 does not keep old blocks" in texts(taken.market)
    assert WarningCode.UNKNOWN_CLASS not in {one.code for one in taken.market.warnings}


def test_a_second_node_that_agrees_leaves_no_word(data_dir: Path) -> None:
    assert Bench(data_dir, World(), World()).take().market.warnings == ()


# --- classes and discovery


def test_the_class_of_every_contract_is_looked_at(data_dir: Path) -> None:
    def lie(question: Question, raw: bytes) -> bytes:
        if question.kind is Ask.CLASS_HASH and question.contract == ROUTER:
            return result_reply("0xbad")
        return raw

    market = Bench(data_dir, World(lie=lie)).take().market
    (warning,) = market.warnings
    assert warning.code is WarningCode.UNKNOWN_CLASS
    assert "router" in warning.text
    assert warning.text.endswith("0xbad")


def test_a_factory_tells_of_pairs_that_the_file_does_not_know(data_dir: Path) -> None:
    v1 = deployments().jediswap_v1
    assert v1 is not None
    venues = deployments().model_copy(update={"jediswap_v1": v1.model_copy(update={"pairs": ()})})
    bench = Bench(data_dir)

    def lie(question: Question, raw: bytes) -> bytes:
        if question.contract == FACTORY and question.entry_point == "get_pair":
            return result_reply([hex(PAIR)])
        return raw

    def found(lie: Any) -> list[int]:
        bench.world.lie = lie
        asked = discovery.probes(venues, 60)
        replies = [
            Reply(one.key, raw if lie is None else lie(one, raw))
            for one in asked
            for raw in (bench.world.answer(one),)
        ]
        pools = discovery.found(venues, Answers(replies), 60)
        return [one.contract for one in pools if one.venue is VenueId.JEDISWAP_V1]

    assert found(None) == []
    assert found(lie) == [PAIR]
    assert found(lambda question, raw: lie(question, raw).replace(b"0x9a14", b"0x0")) == []

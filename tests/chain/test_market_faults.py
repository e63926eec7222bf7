"""Nodes that answer badly about the pools of the practice market: a real devnet with real contracts
and a day of trades, behind a proxy that spoils one thing at a time."""

import asyncio
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.app import build_services
from obsqra_desktop.chain.connections import ConnectionRegister
from obsqra_desktop.chain.reader import AT_ONCE, StarknetMarket
from obsqra_desktop.chain.rpc import Rpc
from obsqra_desktop.chain.starknet import StarknetChain
from obsqra_desktop.domain.chain_errors import NodesDisagree
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.felt import PRIME, selector
from obsqra_desktop.domain.market.audit_registry import shipped_audits
from obsqra_desktop.domain.market.deployments import Deployments
from obsqra_desktop.domain.market.derivation import MarketSnapshot, PoolDerivation, WarningCode
from obsqra_desktop.domain.market.errors import Reorganised
from obsqra_desktop.domain.market.keys import VenueId
from obsqra_desktop.domain.network import (
    PRACTICE_CHAIN,
    Endpoint,
    Network,
    NetworkKind,
    default_settings,
)
from obsqra_desktop.domain.pools import METRIC_NAMES
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.market.derive import derive
from obsqra_desktop.services.market.engine import Engine, Taken, Wanted
from obsqra_desktop.storage.market import MarketFile
from tests.chain.fault_proxy import Fault, Handler, Server, proxy_of
from tests.chain.making import MemoryStore
from tests.devnet import PATIENCE, Devnet, binary

pytestmark = pytest.mark.loopback
NAMES = {
    hex(selector(name)): name
    for name in (
        "get_pool_price",
        "get_pool_liquidity",
        "get_pool_fees_per_liquidity",
        "get_market_depth_v2",
        "get_reserves",
        "totalSupply",
        "get_pair",
        "get_sqrt_price_X96",
        "get_liquidity",
        "get_fee_growth_global_0_X128",
        "get_fee_growth_global_1_X128",
        "utilization",
        "asset_config",
    )
}
HOUR = 3600
Change = Callable[["Asked", dict[str, Any]], Any]


@dataclass(frozen=True)
class Asked:
    """One question of a batch."""

    method: str
    name: str
    block: int
    words: tuple[str, ...]


@dataclass
class Market:
    """The market's devnet and where its pools are; a snapshot of it with nothing in between."""

    node: Devnet
    venues: Deployments
    head: int
    clock: int

    def take(
        self,
        folder: Path,
        *urls: str,
        clock: int | None = None,
        practice: bool = True,
        venues: Deployments | None = None,
    ) -> Taken:
        now = self.clock if clock is None else clock
        network = Network(
            id="practice" if practice else "own",
            name="Practice",
            kind=NetworkKind.PRACTICE if practice else NetworkKind.CUSTOM,
            chain_id=PRACTICE_CHAIN if practice else "SN_OWN",
            endpoints=tuple(Endpoint(url=one) for one in urls or (self.node.url,)),
            cross_check=len(urls) > 1,
        ).model_copy(update={"chain_id": PRACTICE_CHAIN})
        register = ConnectionRegister(MemoryStore(), lambda: now)
        rpc = Rpc(register, default_settings, pause=no_pause, timeout=PATIENCE)
        chain = StarknetChain(rpc, register, lambda: now)
        engine = Engine(StarknetMarket(chain, rpc), MarketFile(folder), lambda: now)
        wanted = Wanted(network, venues or self.venues, shipped_audits())

        async def work() -> Taken:
            try:
                return await engine.take(wanted, lambda _: None, CancelToken())
            finally:
                await chain.close()

        taken = asyncio.run(work())
        assert derive(taken.replies) == taken.market, "it cannot be computed again"
        return taken


async def no_pause(_: float) -> None:
    """Waiting for a busy node takes no time here."""


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    with pytest.MonkeyPatch.context() as patch, asyncio.Runner() as runner:
        patch.setenv("PATH", f"{Path(binary()).parent}{os.pathsep}{os.environ['PATH']}")
        services = build_services(tmp_path_factory.mktemp("market"))
        made = runner.run(services.practice_market.make())
        status = runner.run(services.practice.status())
        assert status.url is not None
        node = Devnet(status.url, None)  # type: ignore[arg-type] - the program has its process
        newest = node.ask("starknet_getBlockWithTxHashes", block_id="latest")
        yield Market(node, made.deployments, newest["block_number"], newest["timestamp"])
        runner.run(services.practice.down())
        runner.run(services.close())


@pytest.fixture(scope="module")
def honest(market: Market, tmp_path_factory: pytest.TempPathFactory) -> MarketSnapshot:
    return market.take(tmp_path_factory.mktemp("honest")).market


def asked(request: dict[str, Any]) -> Asked:
    params, method = request["params"], request["method"]
    if method == "starknet_call":
        call, block = params
        name = NAMES.get(call["entry_point_selector"], "")
        words = (call["contract_address"], *call["calldata"])
        return Asked(method, name, block["block_number"], words)
    if method == "starknet_getClassHashAt":
        return Asked(method, "class", params[0]["block_number"], (params[1],))
    if method == "starknet_getEvents":
        return Asked(method, "events", params[0]["to_block"]["block_number"], ())
    return Asked(method, "block", params[0]["block_number"], ())


def each(change: Change) -> Fault:
    """Of every answer in a batch what `change` makes of it; None leaves it as it is."""

    def fault(handler: Handler, body: bytes) -> None:
        requests, replies = json.loads(body), json.loads(handler.forward(body))
        by_id = {one["id"]: one for one in replies}
        for request in requests:
            other = change(asked(request), by_id[request["id"]])
            if other is not None:
                by_id[request["id"]] = {"jsonrpc": "2.0", "id": request["id"], **other}
        handler.answer(json.dumps(list(by_id.values())).encode())

    return fault


def felts(change: Callable[[Asked, list[int]], list[int] | None]) -> Fault:
    """Of every successful call what `change` makes of its felts."""

    def one(question: Asked, reply: dict[str, Any]) -> Any:
        if question.method != "starknet_call" or "result" not in reply:
            return None
        other = change(question, [int(felt, 16) for felt in reply["result"]])
        return None if other is None else {"result": [hex(felt) for felt in other]}

    return each(one)


@pytest.fixture
def proxy(market: Market) -> Iterator[Server]:
    with proxy_of(market.node.url) as one:
        yield one


def numbers(market: MarketSnapshot) -> dict[int, dict[str, int | None]]:
    return {pool.id: values(pool) for pool in market.pools}


def values(pool: PoolDerivation) -> dict[str, int | None]:
    return {one.metric: one.value for one in pool.metrics}


def of_venue(market: MarketSnapshot, venue: VenueId) -> list[PoolDerivation]:
    return [one for one in market.pools if one.pool.venue is venue]


def texts(market: MarketSnapshot) -> str:
    return " ".join(one.text for one in market.warnings)


# --- transport


def test_batches_answered_backwards_and_single_ones_bare(
    market: Market, honest: MarketSnapshot, proxy: Server, data_dir: Path
) -> None:
    def fault(handler: Handler, body: bytes) -> None:
        replies = json.loads(handler.forward(body))[::-1]
        handler.answer(json.dumps(replies if len(replies) > 1 else replies[0]).encode())

    proxy.faults["batch"] = fault
    assert numbers(market.take(data_dir, proxy.url).market) == numbers(honest)


def test_a_node_without_batches(
    market: Market, honest: MarketSnapshot, proxy: Server, data_dir: Path
) -> None:
    proxy.faults["batch"] = lambda handler, _: handler.answer(b"no batches", status=400)
    assert numbers(market.take(data_dir, proxy.url).market) == numbers(honest)
    assert proxy.requests.count("batch") == 1
    assert proxy.most_at_once <= AT_ONCE


def test_a_node_that_is_busy_now_and_then(
    market: Market, honest: MarketSnapshot, proxy: Server, data_dir: Path
) -> None:
    count = iter(range(10**6))

    def fault(handler: Handler, body: bytes) -> None:
        if next(count) % 2 == 0:
            handler.answer(b"", status=429, Retry_After="2")
        else:
            handler.answer(handler.forward(body))

    proxy.faults["batch"] = fault
    assert numbers(market.take(data_dir, proxy.url).market) == numbers(honest)


@pytest.mark.parametrize(("status", "code"), [(410, "node_gone"), (429, "node_busy")])
@pytest.mark.parametrize("after", [0, 3])
def test_a_node_that_sends_us_away(
    market: Market, proxy: Server, data_dir: Path, status: int, code: str, after: int
) -> None:
    """At once, or in the middle of the reading."""
    count = iter(range(10**6))

    def fault(handler: Handler, body: bytes) -> None:
        if next(count) < after:
            handler.answer(handler.forward(body))
        else:
            handler.answer(b"", status=status, Retry_After="9999")

    proxy.faults["batch"] = fault
    with pytest.raises(AppError) as caught:
        market.take(data_dir, proxy.url)
    assert caught.value.code == code
    assert MarketFile(data_dir).listing() == ()


# --- blocks


def test_a_block_that_changes_meanwhile(market: Market, proxy: Server, data_dir: Path) -> None:
    seen = []

    def change(question: Asked, reply: dict[str, Any]) -> Any:
        if (question.name, question.block) != ("block", market.head):
            return None
        seen.append(question)
        if len(seen) == 1:
            return None
        return {"result": {**reply["result"], "block_hash": "0xbad"}}

    proxy.faults["batch"] = each(change)
    with pytest.raises(Reorganised):
        market.take(data_dir, proxy.url)
    assert len(seen) == 2


@pytest.mark.parametrize("ahead", [2 * HOUR, -HOUR])
def test_a_clock_that_is_wrong(market: Market, proxy: Server, data_dir: Path, ahead: int) -> None:
    taken = market.take(data_dir, proxy.url, clock=market.clock + ahead, practice=False)
    assert [one.code for one in taken.market.warnings] == [WarningCode.CLOCK]
    assert str(abs(ahead)) in texts(taken.market)


NO_STATE = {"error": {"code": 24, "message": "Block not found"}}


def forgetful(first: int) -> Change:
    """No state before that block; headers and events are all there."""

    def change(question: Asked, _: dict[str, Any]) -> Any:
        state = question.method in {"starknet_call", "starknet_getClassHashAt"}
        return NO_STATE if state and question.block < first else None

    return change


def paged(inner: Fault, spoil: Callable[[int, dict[str, Any]], None] | None = None) -> Fault:
    """Events one by one, with an empty page and a token of ours before each of the devnet's."""
    asked_so_far = iter(range(10**6))

    def fault(handler: Handler, body: bytes) -> None:
        requests = json.loads(body)
        if requests[0]["method"] != "starknet_getEvents":
            inner(handler, body)
            return
        replies = []
        for request in requests:
            wanted = request["params"][0]
            token = wanted.pop("continuation_token", "")
            if not token.startswith("seen-"):
                result = {"events": [], "continuation_token": f"seen-{token or 'none'}"}
            else:
                if token != "seen-none":
                    wanted["continuation_token"] = token.removeprefix("seen-")
                wanted["chunk_size"] = 1
                (reply,) = json.loads(handler.forward(json.dumps([request]).encode()))
                result = reply["result"]
                assert len(result["events"]) <= 1
            if spoil is not None:
                spoil(next(asked_so_far), result)
            replies.append({"jsonrpc": "2.0", "id": request["id"], "result": result})
        handler.answer(json.dumps(replies).encode())

    return fault


def begun(pool: PoolDerivation) -> str:
    """The line that says when a pool began."""
    return pool.metric("age_days").inputs[0].value


def test_pruned_history_and_events_on_many_pages(
    market: Market, honest: MarketSnapshot, proxy: Server, data_dir: Path
) -> None:
    """Only the head's state: what takes time is unknown, ages come from events."""
    proxy.faults["batch"] = paged(each(forgetful(market.head)))
    taken = market.take(data_dir, proxy.url)
    assert taken.market.light
    pages = [one.key for one in taken.replies if one.key.startswith("events ")]
    assert any(" seen-" in one for one in pages), "empty pages are part of the evidence"
    for pool in taken.market.pools:
        before = honest.pool(pool.id)
        assert values(pool)["volatility_bps"] is None
        assert values(pool)["audit_score"] == values(before)["audit_score"]
        if pool.pool.venue is VenueId.VESU_V2:
            assert values(pool)["age_days"] is None, "no event of it is known"
            continue
        assert values(pool)["age_days"] == values(before)["age_days"] is not None
        if pool.pool.venue is VenueId.EKUBO:
            assert begun(pool).split(",")[0].rstrip(")") == begun(before).rstrip(")")


def repeated(_: int, result: dict[str, Any]) -> None:
    result["continuation_token"] = "seen-none"


def endless(number: int, result: dict[str, Any]) -> None:
    result["continuation_token"] = f"more-{number}"


def foreign(_: int, result: dict[str, Any]) -> None:
    for one in result["events"]:
        one["from_address"] = "0x1"


@pytest.mark.parametrize("spoil", [repeated, endless, foreign])
def test_events_that_make_no_sense(
    market: Market, proxy: Server, data_dir: Path, spoil: Callable[[int, dict[str, Any]], None]
) -> None:
    proxy.faults["batch"] = paged(each(forgetful(market.head)), spoil)
    taken = market.take(data_dir, proxy.url).market
    assert all(values(pool)["age_days"] is None for pool in taken.pools)
    assert "events cannot be read" in texts(taken)
    assert len(proxy.requests) < 200


def test_state_that_was_pruned_since(
    market: Market, honest: MarketSnapshot, proxy: Server, data_dir: Path
) -> None:
    """The window is all there, the pools' first blocks are not: what the node showed before
    counts, as its blocks are the same."""
    first = market.take(data_dir, proxy.url).market
    start = first.start_block
    assert numbers(first) == numbers(honest)
    proxy.faults["batch"] = each(forgetful(start))
    taken = market.take(data_dir, proxy.url).market
    assert not taken.light
    assert numbers(taken) == numbers(honest)
    fresh = market.take(data_dir / "fresh", proxy.url).market
    assert not fresh.light
    for pool in fresh.pools:
        known = pool.pool.venue is not VenueId.VESU_V2
        assert (values(pool)["age_days"] is not None) is known


# --- answers

LENGTHS = {
    "get_pool_price": VenueId.EKUBO,
    "get_pool_liquidity": VenueId.EKUBO,
    "get_pool_fees_per_liquidity": VenueId.EKUBO,
    "get_reserves": VenueId.JEDISWAP_V1,
    "totalSupply": VenueId.JEDISWAP_V1,
    "get_sqrt_price_X96": VenueId.JEDISWAP_V2,
    "get_fee_growth_global_0_X128": VenueId.JEDISWAP_V2,
    "asset_config": VenueId.VESU_V2,
}


@pytest.mark.parametrize(
    ("name", "more"), [(name, -1 if number % 2 else 1) for number, name in enumerate(LENGTHS)]
)
def test_wrong_lengths(
    market: Market,
    honest: MarketSnapshot,
    proxy: Server,
    data_dir: Path,
    name: str,
    more: int,
) -> None:
    """In the window, where discovery does not look: the venue's pools are unknown, and why is said;
    nothing else is changed by it but what rests on those pools."""

    def change(question: Asked, found: list[int]) -> list[int] | None:
        if question.name != name or question.block == market.head:
            return None
        return found[:-1] if more < 0 else [*found, 0]

    proxy.faults["batch"] = felts(change)
    taken = market.take(data_dir, proxy.url).market
    for pool in of_venue(taken, LENGTHS[name]):
        assert {values(pool)[one] for one in METRIC_NAMES} == {None}, pool.pool.name
        assert "felts were expected" in pool.metrics[0].reason
    spoiled = of_venue(honest, LENGTHS[name])
    assert spoiled
    kept = [one for one in honest.pools if one not in spoiled]
    for before in kept:
        now = values(taken.pool(before.id))
        assert now["audit_score"] == values(before)["audit_score"]
        assert now["age_days"] == values(before)["age_days"]


def test_no_liquidity(
    market: Market, honest: MarketSnapshot, proxy: Server, data_dir: Path
) -> None:
    def change(question: Asked, found: list[int]) -> list[int] | None:
        empty = {"get_pool_liquidity", "get_market_depth_v2", "get_liquidity"}
        return [0] * len(found) if question.name in empty else None

    proxy.faults["batch"] = felts(change)
    taken = market.take(data_dir, proxy.url).market
    for pool in of_venue(taken, VenueId.EKUBO):
        now = values(pool)
        assert not now["liquidity_tier"], "nothing is there to be taken out"
        assert now["utilization_bps"] is None, "of nothing there is no share"
        assert now["apy_bps"] is None


def test_counters_that_wrap_around_within_the_window(
    market: Market, honest: MarketSnapshot, proxy: Server, data_dir: Path
) -> None:
    """Moved so that they pass the end of the field, or of 256 bits, in the middle of the day: the
    differences, and all that is made of them, are the same."""
    middle: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    half = (honest.start_block + honest.block_number) // 2
    moved = set()

    def look(question: Asked, found: list[int]) -> None:
        if "growth" in question.name or "fees_per" in question.name:
            place = (question.name, question.words)
            if question.block <= half:
                middle[place] = max(middle.get(place, found), found)

    proxy.faults["batch"] = felts(look)
    market.take(data_dir, proxy.url)

    def change(question: Asked, found: list[int]) -> list[int] | None:
        place = (question.name, question.words)
        if place not in middle:
            return None
        before = middle[place]
        if question.name == "get_pool_fees_per_liquidity":
            now = [(one - mid - 1) % PRIME for one, mid in zip(found, before, strict=True)]
        else:
            one, mid = found[0] + (found[1] << 128), before[0] + (before[1] << 128)
            new = (one - mid - 1) % 2**256
            now = [new % 2**128, new >> 128]
        moved.add((place, now[0] < before[0]))
        return now

    proxy.faults["batch"] = felts(change)
    taken = market.take(data_dir / "again", proxy.url).market
    assert {sign for _, sign in moved} == {True, False}, "they do not wrap"
    assert numbers(taken) == numbers(honest)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("get_pool_price", 0),
        ("get_pool_fees_per_liquidity", 1),
        ("get_market_depth_v2", 1),
        ("get_reserves", 4),
        ("asset_config", 12),
        ("class", 0),
        ("block", 0),
    ],
)
def test_a_node_that_lies_about_one_value(
    market: Market, proxy: Server, data_dir: Path, name: str, place: int
) -> None:
    """By one, in one answer: a second node is asked the same, and nothing is kept."""
    lied = []

    def change(question: Asked, reply: dict[str, Any]) -> Any:
        if question.name != name or lied or "result" not in reply:
            return None
        if name == "class" and question.block != market.head:
            return None  # it only tells where to look for the first block, and is no evidence
        if name == "block":
            if question.block == market.head:
                return None
            lied.append(question)
            return {"result": {**reply["result"], "timestamp": reply["result"]["timestamp"] + 1}}
        lied.append(question)
        if name == "class":
            return {"result": hex(int(reply["result"], 16) + 1)}
        found = list(reply["result"])
        found[place] = hex(int(found[place], 16) ^ 1)
        return {"result": found}

    proxy.faults["batch"] = each(change)
    with pytest.raises(NodesDisagree, match="Nothing was kept"):
        market.take(data_dir, proxy.url, market.node.url)
    assert len(lied) == 1
    lied.clear()
    with pytest.raises(NodesDisagree, match="Nothing was kept"):
        market.take(data_dir / "second", market.node.url, proxy.url)
    assert MarketFile(data_dir).listing() == ()


def test_a_second_node_that_is_away(
    market: Market, honest: MarketSnapshot, proxy: Server, data_dir: Path
) -> None:
    proxy.faults["batch"] = lambda handler, _: handler.answer(b"", status=503)
    taken = market.take(data_dir, market.node.url, proxy.url).market
    assert numbers(taken) == numbers(honest)
    (warning,) = taken.warnings
    assert warning.code is WarningCode.CROSS_CHECK
    assert "no second node confirms this" in warning.text
    proxy.faults.clear()
    assert market.take(data_dir, market.node.url, proxy.url).market.warnings == ()


# --- discovery


def test_pairs_that_only_the_factory_knows(
    market: Market, honest: MarketSnapshot, data_dir: Path
) -> None:
    v1 = market.venues.jediswap_v1
    assert v1 is not None
    empty = market.venues.model_copy(update={"jediswap_v1": v1.model_copy(update={"pairs": ()})})
    taken = market.take(data_dir, venues=empty).market
    assert of_venue(taken, VenueId.JEDISWAP_V1)
    assert numbers(taken) == numbers(honest)

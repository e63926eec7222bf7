"""The engine over a real devnet with a day of blocks. The pools' answers come from a script in the
proxy; blocks, times, batches, errors and the lack of history are the devnet's own."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from obsqra_desktop.chain.connections import ConnectionRegister
from obsqra_desktop.chain.reader import StarknetMarket
from obsqra_desktop.chain.rpc import Rpc
from obsqra_desktop.chain.starknet import StarknetChain
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.felt import selector
from obsqra_desktop.domain.market.audit_registry import shipped_audits
from obsqra_desktop.domain.market.errors import Reorganised
from obsqra_desktop.domain.market.questions import Ask, Question
from obsqra_desktop.domain.network import (
    PRACTICE_CHAIN,
    Endpoint,
    Network,
    NetworkKind,
    default_settings,
)
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.market.derive import derive
from obsqra_desktop.services.market.engine import Engine, Taken, Wanted
from obsqra_desktop.storage.market import MarketFile
from tests.chain.fault_proxy import Handler, Server, proxy_of
from tests.chain.making import MemoryStore
from tests.devnet import PATIENCE, Devnet, running
from tests.services.market.scripted import CORE, PAIR, ROUTER, World, deployments, ekubo_pool

pytestmark = pytest.mark.loopback
BLOCKS = 40
NAMES = (
    "get_pool_price",
    "get_pool_liquidity",
    "get_pool_fees_per_liquidity",
    "get_market_depth_v2",
    "token0",
    "token1",
    "get_reserves",
    "totalSupply",
)
ENTRIES = {hex(selector(name)): name for name in NAMES}


def aged(devnet: Devnet) -> None:
    """A block each hour."""
    for _ in range(BLOCKS):
        devnet.ask("devnet_increaseTime", time=3600)


@pytest.fixture(scope="module")
def archive() -> Iterator[Devnet]:
    with running("--chain-id", PRACTICE_CHAIN, "--state-archive-capacity", "full") as one:
        aged(one)
        yield one


@pytest.fixture(scope="module")
def forgetful() -> Iterator[Devnet]:
    with running("--chain-id", PRACTICE_CHAIN) as one:
        aged(one)
        yield one


def question_of(request: dict[str, object]) -> Question | None:
    """A question to one of the scripted contracts."""
    params = request["params"]
    assert isinstance(params, list)
    if request["method"] == "starknet_call":
        call, block = params
        contract = int(call["contract_address"], 16)
        if contract in {CORE, ROUTER, PAIR}:
            name = ENTRIES[call["entry_point_selector"]]
            words = tuple(int(one, 16) for one in call["calldata"])
            return Question(Ask.CALL, block["block_number"], contract, name, words)
    if request["method"] == "starknet_getClassHashAt":
        block, address = params
        if int(address, 16) in {CORE, ROUTER, PAIR}:
            return Question(Ask.CLASS_HASH, block["block_number"], int(address, 16))
    return None


def scripted(server: Server, world: World) -> None:
    """Answer for the pools where the devnet only says that there is no such contract."""

    def fault(handler: Handler, body: bytes) -> None:
        requests, replies = json.loads(body), json.loads(handler.forward(body))
        for place, request in enumerate(requests):
            question = question_of(request)
            told = replies[place].get("error", {})
            if question is None or told.get("code") == -1:
                continue
            item = json.loads(world.answer(question))
            replies[place] = {"jsonrpc": "2.0", "id": request["id"], **item}
        handler.answer(json.dumps(replies).encode())

    server.faults["batch"] = fault


def take(url: str, folder: Path, clock: int) -> Taken:
    network = Network(
        id="practice",
        name="Practice",
        kind=NetworkKind.PRACTICE,
        chain_id=PRACTICE_CHAIN,
        endpoints=(Endpoint(url=url),),
    )
    register = ConnectionRegister(MemoryStore(), lambda: clock)
    rpc = Rpc(register, default_settings, timeout=PATIENCE)
    chain = StarknetChain(rpc, register, lambda: clock)
    engine = Engine(StarknetMarket(chain, rpc), MarketFile(folder), lambda: clock)
    wanted = Wanted(network, deployments(), shipped_audits())

    async def work() -> Taken:
        try:
            return await engine.take(wanted, lambda _: None, CancelToken())
        finally:
            await chain.close()

    return asyncio.run(work())


def head_of(devnet: Devnet) -> tuple[int, int]:
    block = devnet.ask("starknet_getBlockWithTxHashes", block_id="latest")
    return block["block_number"], block["timestamp"]


def test_two_pools_over_a_day_of_blocks(archive: Devnet, data_dir: Path) -> None:
    head, clock = head_of(archive)
    with proxy_of(archive.url) as proxy:
        scripted(proxy, World(head=head))
        first = take(proxy.url, data_dir, clock)
        again = take(proxy.url, data_dir, clock)
    assert again.round_trips <= 8
    assert not again.market.light
    assert again.market.block_timestamp - again.market.start_timestamp >= 86_400 - 3600
    pool = first.market.pool(ekubo_pool().id)
    assert pool.provable
    assert derive(again.replies) == again.market


def test_a_devnet_without_history_is_read_lightly(forgetful: Devnet, data_dir: Path) -> None:
    head, clock = head_of(forgetful)
    with proxy_of(forgetful.url) as proxy:
        scripted(proxy, World(head=head))
        taken = take(proxy.url, data_dir, clock)
    assert taken.market.light
    pool = taken.market.pool(ekubo_pool().id)
    assert pool.metric("volatility_bps").value is None
    assert pool.metric("age_days").value is None
    assert pool.metric("liquidity_tier").value is not None
    assert derive(taken.replies) == taken.market


def test_a_block_that_changes_meanwhile(archive: Devnet, data_dir: Path) -> None:
    head, clock = head_of(archive)
    with proxy_of(archive.url) as proxy:
        scripted(proxy, World(head=head))
        honest = proxy.faults["batch"]

        def forked(handler: Handler, body: bytes) -> None:
            requests = json.loads(body)
            only = requests[0]["params"] == [{"block_number": head}] and len(requests) == 1
            if not only:
                honest(handler, body)
                return
            replies = json.loads(handler.forward(body))
            replies[0]["result"]["block_hash"] = "0xbad"
            handler.answer(json.dumps(replies).encode())

        proxy.faults["batch"] = forked
        with pytest.raises(Reorganised):
            take(proxy.url, data_dir, clock)


@pytest.mark.parametrize("status", [410, 429])
def test_a_node_that_sends_us_away(archive: Devnet, data_dir: Path, status: int) -> None:
    _, clock = head_of(archive)
    with proxy_of(archive.url) as proxy:
        proxy.faults["batch"] = lambda handler, _: handler.answer(
            b"", status=status, Retry_After="9999"
        )
        with pytest.raises(AppError) as caught:
            take(proxy.url, data_dir, clock)
    assert caught.value.code == {410: "node_gone", 429: "node_busy"}[status]
    assert MarketFile(data_dir).listing() == ()

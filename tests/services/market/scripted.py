"""A chain in memory that answers as the venues' contracts would, and can be told to misbehave."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from obsqra_desktop.domain.felt import PRIME, selector
from obsqra_desktop.domain.market.audit_registry import AuditRegistry, shipped_audits
from obsqra_desktop.domain.market.deployments import Deployments
from obsqra_desktop.domain.market.keys import PoolRef, VenueId
from obsqra_desktop.domain.market.prices import EKUBO_ONE, EKUBO_TICK, from_sqrt, tick_of
from obsqra_desktop.domain.market.questions import (
    Ask,
    BlockHeader,
    Question,
    Reply,
    error_reply,
    result_reply,
)
from obsqra_desktop.domain.network import PRACTICE_CHAIN, Endpoint, Network, NetworkKind
from obsqra_desktop.services.market.service import MarketService
from obsqra_desktop.storage.market import MarketFile

Result = TypeVar("Result")
CORE, ROUTER, PAIR, FACTORY = 0xC0DE, 0x4007, 0x9A14, 0xFAC7
ETH, USDC = 0x1000, 0x2000
FEE = 170141183460469235273462165868118016
STARTED = 1_800_000_000
HOUR = 3600
SINCE = {"block": None, "timestamp": None, "source": "a test"}

VENUES = {
    "schema": "obsqra/venues/1",
    "chain": PRACTICE_CHAIN,
    "compiled": "2026-09-01",
    "sources": ["a test"],
    "tokens": [
        {"address": hex(ETH), "symbol": "ETH", "decimals": 18},
        {"address": hex(USDC), "symbol": "USDC", "decimals": 6},
    ],
    "dollars": ["USDC"],
    "ekubo": {
        "core": hex(CORE),
        "router": hex(ROUTER),
        "oracle": None,
        "oracle_token": None,
        "tiers": [{"fee": str(FEE), "tick_spacing": 1000}],
        "pairs": [["ETH", "USDC"]],
        "kept_bps": 8000,
        "kept_source": "a test",
        "since": SINCE,
    },
    "jediswap_v1": {
        "factory": hex(FACTORY),
        "pairs": [{"address": hex(PAIR), "tokens": ["ETH", "USDC"]}],
        "since": SINCE,
    },
    "jediswap_v2": None,
    "vesu_v2": None,
    "feeds": [],
    "classes": [
        {"contract": hex(one), "class_hash": known, "words": "a test"}
        for one, known in ((CORE, "0xc1"), (ROUTER, "0xc9"), (PAIR, "0xc9"))
    ],
}


def deployments() -> Deployments:
    from obsqra_desktop.domain import strict_json

    return Deployments.parse(strict_json.canonical(VENUES))  # type: ignore[arg-type]


def sqrt_of(dollars: int) -> int:
    """√ of the raw price of ETH in USDC, 0.128 fixed point."""
    from math import isqrt

    return isqrt(dollars * EKUBO_ONE * EKUBO_ONE // 10**12)


@dataclass
class World:
    """Blocks an hour (`pace`) apart; ETH moves up and down; all trade in Ekubo, nobody in v1."""

    head: int = 60
    born: int = 10
    pace: int = HOUR
    forks: int = 0
    history: bool = True
    keeps: int = 0
    """The first block whose state the node has not thrown away."""
    stride: int = 10**6
    """Blocks that the node looks through for one page of events."""
    tells: bool = True
    """Whether it tells events at all."""
    liquidity: int = 10**19
    growth_start: int = PRIME - 5 * 10**33
    """Close to the end of the field, so that the counter wraps within the window."""
    class_hash: int = 0xC1
    lie: Callable[[Question, bytes], bytes] | None = None
    asked: list[str] = field(default_factory=list)
    at_ask: Callable[[int], None] | None = None

    def header(self, number: int) -> BlockHeader:
        return BlockHeader(
            number,
            1000 * number + 7 + self.forks,
            1000 * number,
            STARTED + self.pace * number,
        )

    def price(self, block: int) -> int:
        return 2000 + 20 * (block % 2)

    def growth(self, block: int) -> int:
        return (self.growth_start + 10**33 * (block - self.head + 20)) % PRIME

    def answer(self, question: Question) -> bytes:
        block = question.block
        if question.kind is Ask.HEADER:
            if block > self.head:
                return error_reply(24, "Block not found")
            one = self.header(block)
            return result_reply(
                {
                    "block_number": one.number,
                    "block_hash": hex(one.hash),
                    "parent_hash": hex(one.parent_hash),
                    "timestamp": one.timestamp,
                }
            )
        if question.kind is Ask.EVENTS:
            return self.events(question)
        if block < self.keeps or (not self.history and block != self.head):
            return error_reply(24, "Block not found")
        if question.contract not in {CORE, ROUTER, PAIR} or block < 3:
            return error_reply(20, "Contract not found")
        if question.kind is Ask.CLASS_HASH:
            return result_reply(hex(self.class_hash if question.contract == CORE else 0xC9))
        felts = self.felts(question)
        if felts is None:
            return error_reply(21, "Entry point does not exist")
        return result_reply([hex(one) for one in felts])

    def events(self, question: Question) -> bytes:
        """As a node that looks through `stride` blocks for a page, finds nothing in most of them,
        and says where it goes on."""
        if not self.tells:
            return error_reply(20, "Contract not found")
        first = int(question.token.partition("-")[0] or question.first)
        last = min(question.block, first + self.stride - 1)
        found = [
            {
                "from_address": hex(contract),
                "keys": [hex(selector(name))],
                "data": [hex(one) for one in data],
                "block_number": block,
            }
            for contract, name, block, data in self.announced()
            if (contract, name) == (question.contract, question.entry_point)
            and first <= block <= last
        ]
        more = {} if last == question.block else {"continuation_token": f"{last + 1}-0"}
        return result_reply({"events": found, **more})

    def announced(self) -> list[tuple[int, str, int, tuple[int, ...]]]:
        """Contract, event, block, data: a pool at another fee first, then ours."""
        key = (ETH, USDC, FEE, 1000, 0)
        return [
            (CORE, "PoolInitialized", 4, (*key[:2], 0, *key[3:], 0, 0, 1, 0)),
            (CORE, "PoolInitialized", self.born, (*key, 0, 0, 1, 0)),
            (FACTORY, "PairCreated", 3, (ETH, USDC, PAIR, 1)),
        ]

    def felts(self, question: Question) -> Sequence[int] | None:
        block, there = question.block, question.block >= self.born
        match question.entry_point:
            case "get_pool_price" if not there:
                return (0, 0, 0, 0)
            case "get_pool_price":
                root = sqrt_of(self.price(block))
                tick = tick_of(from_sqrt(root, EKUBO_ONE), EKUBO_TICK)
                return (root % 2**128, root >> 128, abs(tick), int(tick < 0))
            case "get_pool_liquidity":
                return (self.liquidity if there else 0,)
            case "get_pool_fees_per_liquidity":
                return (self.growth(block), 0) if there else (0, 0)
            case "get_market_depth_v2":
                return (10**20, 10**11)
            case "token0":
                return (ETH,)
            case "token1":
                return (USDC,)
            case "get_reserves":
                return (10**20, 0, 2 * 10**11, 0, STARTED)
            case "totalSupply":
                return (10**15, 0)
        return None


@dataclass
class Reader:
    """Implements ChainReader over a world."""

    world: World
    node: str
    round_trips: int = 0
    room: int = 128

    async def head(self) -> BlockHeader:
        self.round_trips += 1
        return self.world.header(self.world.head)

    async def ask(self, questions: Sequence[Question]) -> tuple[Reply, ...]:
        self.round_trips += 1
        if self.world.at_ask is not None:
            self.world.at_ask(self.round_trips)
        self.world.asked += [one.key for one in questions]
        replies = []
        for one in questions:
            raw = self.world.answer(one)
            if self.world.lie is not None:
                raw = self.world.lie(one, raw)
            replies.append(Reply(one.key, raw))
        return tuple(replies)


@dataclass
class Chain:
    """Implements MarketChain: a world for each node."""

    worlds: dict[str, World]

    @asynccontextmanager
    async def open(
        self, network: Network, purpose: str, other_than: str | None = None
    ) -> AsyncIterator[Any]:
        label = next(one for one in self.worlds if one != other_than)
        yield Reader(self.worlds[label], label)


@dataclass
class Files:
    """Implements VenueFiles."""

    def __init__(self) -> None:
        self.registry = shipped_audits()

    def venues(self, network: Network) -> Deployments:
        return deployments()

    def audits(self) -> AuditRegistry:
        return self.registry


@dataclass
class Networks:
    """What the service needs of NetworkService."""

    one: Network

    def network(self, network_id: str | None = None) -> Network:
        return self.one

    async def resolve(self, network_id: str | None = None) -> Network:
        return self.one


class Bench:
    """A service over worlds, with a real store."""

    def __init__(
        self, folder: Path, world: World | None = None, second: World | None = None
    ) -> None:
        self.world = world or World()
        worlds = {"first:1": self.world}
        if second is not None:
            worlds["second:2"] = second
        self.now = STARTED + self.world.pace * self.world.head
        network = Network(
            id="own",
            name="Own",
            kind=NetworkKind.CUSTOM,
            chain_id="SN_OWN",
            endpoints=tuple(Endpoint(url=f"https://{one}") for one in worlds),
            cross_check=second is not None,
        )
        self.network = network.model_copy(update={"chain_id": PRACTICE_CHAIN})
        self.store = MarketFile(folder)
        self.files = Files()
        self.service = MarketService(
            Networks(self.network),  # type: ignore[arg-type]
            Chain(worlds),
            self.store,
            self.files,
            lambda: self.now,
        )

    def run(self, work: Any) -> Any:
        return asyncio.run(work)

    def take(self) -> Any:
        return self.run(self.service.take())


def ekubo_pool() -> PoolRef:
    (pool,) = deployments().ekubo_candidates()
    assert pool.venue is VenueId.EKUBO
    return pool

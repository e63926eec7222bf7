"""The network side of the program, alone, with a clock and pauses that belong to the test."""

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from obsqra_desktop.chain.connections import ConnectionRegister, ConnectionStore
from obsqra_desktop.chain.rpc import Rpc
from obsqra_desktop.chain.starknet import StarknetChain
from obsqra_desktop.domain.chain_types import Block
from obsqra_desktop.domain.network import (
    Endpoint,
    Network,
    NetworkKind,
    NetworkSettings,
    NodeReport,
    default_settings,
)
from tests.chain.making import MemoryStore
from tests.chain.pipeline import ADDRESS
from tests.devnet import PATIENCE

Result = TypeVar("Result")
GONE = "http://127.0.0.1:9"
"""Nobody listens there."""
HEAD = "starknet_getBlockWithTxHashes"
STARTED = 1_800_000_000
"""Seconds since 1970: where the clocks of Sepolia's devnet and of its tests begin."""


@dataclass
class Program:
    """A chain with its client and register; the clock and the pauses belong to the test."""

    settings: NetworkSettings = field(default_factory=default_settings)
    time: int = STARTED
    timeout: float = PATIENCE
    pauses: list[float] = field(default_factory=list)
    store: ConnectionStore = field(default_factory=MemoryStore)

    def __post_init__(self) -> None:
        self.register = ConnectionRegister(self.store, lambda: self.time)
        self.rpc = Rpc(self.register, lambda: self.settings, self._pause, self.timeout)
        self.chain = StarknetChain(self.rpc, self.register, lambda: self.time)

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)

    def run(self, work: Callable[[StarknetChain], Awaitable[Result]]) -> Result:
        """In a loop of its own; afterwards all connections are closed."""

        async def whole() -> Result:
            try:
                return await work(self.chain)
            finally:
                await self.chain.close()

        return asyncio.run(whole())

    def check(self, network: Network) -> tuple[NodeReport, ...]:
        return self.run(lambda chain: chain.check(network))

    def report(self, network: Network) -> NodeReport:
        (report,) = self.check(network)
        return report

    def flow(self, network: Network) -> str:
        """A flow of one question; the label of the node that it was on."""

        async def work(chain: StarknetChain) -> str:
            async with chain.open(network, "a flow") as session:
                await session.nonce(ADDRESS, Block.LATEST)
                return session.node

        return self.run(work)


def sepolia(*urls: str) -> Network:
    """A shared chain, whose blocks must be new."""
    return Network(
        id="sepolia",
        name="Starknet Sepolia",
        kind=NetworkKind.SEPOLIA,
        chain_id="SN_SEPOLIA",
        endpoints=tuple(Endpoint(url=url) for url in urls),
    )


def label(url: str) -> str:
    return Endpoint(url=url).label


def ask(program: Program, url: str, **more: Any) -> Any:
    """One small question, and its answer."""
    endpoint = Endpoint(url=url)
    more.setdefault("purpose", "a test")
    return program.run(lambda _: program.rpc.call(endpoint, "starknet_chainId", [], **more))


def chained(error: BaseException) -> str:
    """All that a report of the error would show, with its causes."""
    return "".join(traceback.format_exception(error))

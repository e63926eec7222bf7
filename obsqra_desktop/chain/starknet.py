"""All networks: which node is asked, and whether it may be.

Nodes change only between flows. A flow gets one session on the first node that passes preflight
and keeps it to its end, so that no answer of one node is ever mixed with one of another.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final

from obsqra_desktop.chain.connections import ConnectionRegister
from obsqra_desktop.chain.declared import ClassStore
from obsqra_desktop.chain.preflight import Preflight, changed
from obsqra_desktop.chain.rpc import Rpc
from obsqra_desktop.chain.session import NodeSession
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_errors import (
    NodeGone,
    NodesDisagree,
    NodeUnfit,
    NodeUnreachable,
    Offline,
    ProxyUnreachable,
    WrongChain,
)
from obsqra_desktop.domain.chain_types import Block
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.network import Connection, Endpoint, Health, Network, NodeReport

FRESH: Final = 60
"""Seconds for which a good preflight is believed."""
DEPTH: Final = 10
"""Blocks behind the head whose hash two nodes must agree on."""
LAG: Final = 5
"""Blocks that one node may be behind the other."""


class StarknetChain:
    """Implements Chain."""

    def __init__(
        self,
        rpc: Rpc,
        register: ConnectionRegister,
        now: Callable[[], int],
        classes: ClassStore | None = None,
    ) -> None:
        self._classes = classes
        self._rpc = rpc
        self._register = register
        self._now = now
        self._preflight = Preflight(rpc, now)
        self._reports: dict[tuple[str, str], NodeReport] = {}

    @asynccontextmanager
    async def open(self, network: Network, purpose: str) -> AsyncIterator[NodeSession]:
        """A session on the first node that may be used."""
        async with self.on_node(network) as endpoint:
            yield NodeSession(self._rpc, network, endpoint, purpose, self._classes)

    @asynccontextmanager
    async def on_node(self, network: Network) -> AsyncIterator[Endpoint]:
        """The first node that may be used; if it fails, it is looked at again before the next."""
        endpoint = await self._choose(network)
        try:
            yield endpoint
        except (NodeUnreachable, NodeGone):
            self._reports.pop((network.id, endpoint.url), None)  # look again before the next flow
            raise

    async def check(self, network: Network) -> tuple[NodeReport, ...]:
        """All endpoints at once."""
        if not network.endpoints:
            raise no_node(network)
        reports = await asyncio.gather(*(self._looked(network, one) for one in network.endpoints))
        for endpoint, report in zip(network.endpoints, reports, strict=True):
            self._reports[(network.id, endpoint.url)] = report
        return tuple(reports)

    async def glance(self, network: Network) -> tuple[NodeReport, ...]:
        """The last reports, the first node's not older than a minute."""
        if network.endpoints:
            await self._fresh(network, network.endpoints[0])
        return self.last_reports(network)

    def last_reports(self, network: Network) -> tuple[NodeReport, ...]:
        """What was seen last, endpoints in order."""
        return tuple(self._last(network, one) for one in network.endpoints)

    async def cross_check(self, network: Network, node: str, address: int) -> str:
        """Ask that node and another one the same; raises NodesDisagree, NodeUnreachable."""
        mine = [one for one in network.endpoints if one.label == node]
        others = [one for one in network.endpoints if one.label != node]
        if not mine or not others:
            raise NodeUnreachable("only one node is set for this network.")
        session = NodeSession(self._rpc, network, mine[0], "second look")
        failure: AppError | None = None
        for endpoint in others:
            try:
                report = await self._fresh(network, endpoint)
            except (Offline, ProxyUnreachable) as error:
                failure = failure or error  # of the far ones; a node on this computer may follow
                continue
            if report.health is Health.WRONG_CHAIN:
                raise NodesDisagree(f"{endpoint.label} is on another chain. Nothing was sent.")
            if report.usable:
                other = NodeSession(self._rpc, network, endpoint, "second look")
                try:
                    await self._compare(session, other, address)
                except NodeUnreachable as error:
                    failure = error
                    continue
                return endpoint.label
        detail = failure.detail if failure else "no other node answered as it should."
        raise NodeUnreachable(detail)

    def connections(self) -> tuple[Connection, ...]:
        """The latest first."""
        return self._register.listing()

    def forget_connections(self) -> None:
        """Empty the list."""
        self._register.forget()

    async def close(self) -> None:
        """Close all connections of this event loop."""
        await self._rpc.close()

    async def _choose(self, network: Network) -> Endpoint:
        if not network.endpoints:
            raise no_node(network)
        seen: list[NodeReport] = []
        blocked: AppError | None = None
        for endpoint in network.endpoints:
            try:
                report = await self._fresh(network, endpoint)
            except (Offline, ProxyUnreachable) as error:
                blocked = blocked or error  # of the far ones; a node on this computer may follow
                continue
            if report.usable:
                return endpoint
            seen.append(report)
        raise blocked or refusal(seen)

    async def _looked(self, network: Network, endpoint: Endpoint) -> NodeReport:
        """A new report, also of a node that offline mode or a dead proxy keeps out of reach."""
        try:
            return await self._preflight.report(network, endpoint)
        except (Offline, ProxyUnreachable) as error:
            return changed(self._unasked(endpoint, self._now()), Health.UNREACHABLE, error.detail)

    async def _fresh(self, network: Network, endpoint: Endpoint) -> NodeReport:
        """The last report if it is good and new, else a new one."""
        known = self._reports.get((network.id, endpoint.url))
        age = self._now() - (known.checked_at or 0) if known else FRESH
        if known is not None and known.usable and 0 <= age < FRESH:
            return known
        report = await self._preflight.report(network, endpoint)
        self._reports[(network.id, endpoint.url)] = report
        return report

    def _last(self, network: Network, endpoint: Endpoint) -> NodeReport:
        known = self._reports.get((network.id, endpoint.url))
        return known or self._unasked(endpoint)

    def _unasked(self, endpoint: Endpoint, at: int | None = None) -> NodeReport:
        return NodeReport(
            label=endpoint.label,
            own=endpoint.own,
            route=self._rpc.route(endpoint),
            health=Health.UNKNOWN,
            detail="Not asked yet.",
            checked_at=at,
        )

    async def _compare(self, first: NodeSession, second: NodeSession, address: int) -> None:
        one, two = await first.head(), await second.head()
        if abs(one.number - two.number) > LAG:
            raise NodesDisagree(
                f"{first.node} is at block {one.number}, {second.node} at block {two.number}. "
                "Nothing was sent.",
                hint="Wait until both are in step, or use other nodes.",
            )
        at = max(0, min(one.number, two.number) - DEPTH)
        facts = (
            (f"block {at}", await first.block_hash(at), await second.block_hash(at)),
            (
                "the account's nonce",
                await first.nonce(address, Block.LATEST),
                await second.nonce(address, Block.LATEST),
            ),
            ("the account's STRK", await strk(first, address), await strk(second, address)),
        )
        for what, mine, other in facts:
            if mine != other:
                raise NodesDisagree(
                    f"{first.node} and {second.node} tell different things about {what}. "
                    "Nothing was sent.",
                    hint="Do not send until you know which of them to believe.",
                )


async def strk(session: NodeSession, address: int) -> tuple[int, ...]:
    """The balance as the contract answers it."""
    return await session.call(STRK.address, "balanceOf", (address,), Block.LATEST)


def no_node(network: Network) -> Offline:
    """Nobody to ask."""
    return Offline(
        f"No node is set for {network.name}.",
        hint="Add one: in the window under Networks, or: obsqra network add",
    )


def refusal(reports: list[NodeReport]) -> AppError:
    """Why none of the nodes can be used; the first one's reason leads."""
    detail = " ".join(f"{one.label}: {one.detail}" for one in reports)
    first = reports[0].health
    if first is Health.WRONG_CHAIN:
        return WrongChain(f"{detail} Nothing was sent.", hint="Correct the node's address.")
    if first is Health.UNREACHABLE:
        return NodeUnreachable(f"{detail} Nothing was sent.", hint="Check that the node runs.")
    return NodeUnfit(f"{detail} Nothing was sent.", hint="Use another node.")

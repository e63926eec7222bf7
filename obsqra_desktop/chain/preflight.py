"""Whether a node may be used: its chain, its version, how far it is, how far back it remembers."""

import time
from collections.abc import Callable
from typing import Final

from obsqra_desktop.chain.rpc import Rpc
from obsqra_desktop.chain.session import NodeSession
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_errors import (
    NodeAnswerInvalid,
    NodeGone,
    NodeRefused,
    NodeUnreachable,
    Offline,
    ProxyUnreachable,
)
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.felt import from_short_string
from obsqra_desktop.domain.network import (
    REAL_CHAINS,
    SPEC_PREFIX,
    Endpoint,
    Health,
    Network,
    NodeReport,
)
from obsqra_desktop.domain.transaction import Head

OLDEST: Final = 600
"""Seconds that the newest block of a shared chain may be old."""
EARLIEST: Final = 120
"""Seconds that it may be ahead of this computer's clock."""
SLOW: Final = 3_000
"""Milliseconds for three questions."""
ARCHIVE_DEPTH: Final = 10_000
"""Blocks back at which the state is asked for: more than a pruning node keeps."""


class Preflight:
    """Looks at one node at a time."""

    def __init__(self, rpc: Rpc, now: Callable[[], int]) -> None:
        self._rpc = rpc
        self._now = now

    async def report(self, network: Network, endpoint: Endpoint) -> NodeReport:
        """What was found; raises only Offline and ProxyUnreachable: those concern all nodes."""
        session = NodeSession(self._rpc, network, endpoint, "check of the node")
        report = NodeReport(
            label=endpoint.label,
            own=endpoint.own,
            route=self._rpc.route(endpoint),
            health=Health.GOOD,
            detail="It answers as it should.",
            checked_at=self._now(),
        )
        started = time.monotonic()
        try:
            chain = await session.chain_id()
            spec = await session.spec_version()
            head = await session.head()
        except (Offline, ProxyUnreachable):
            raise
        except NodeUnreachable as error:
            return changed(report, Health.UNREACHABLE, error.detail)
        except (NodeAnswerInvalid, NodeGone, NodeRefused) as error:
            return changed(report, Health.UNFIT, error.detail)
        report = report.model_copy(
            update={
                "chain_id": from_short_string(chain),
                "spec_version": spec,
                "starknet_version": head.starknet_version,
                "block_number": head.number,
                "block_timestamp": head.timestamp,
                "milliseconds": round((time.monotonic() - started) * 1000),
            }
        )
        verdict = self._verdict(network, endpoint, report, chain, head)
        if verdict is not None:
            return changed(report, *verdict)
        archive = await remembers(session, head)
        report = report.model_copy(update={"archive": archive})
        if (report.milliseconds or 0) > SLOW:
            return changed(report, Health.SLOW, "It answers, slowly.")
        return report

    def _verdict(
        self, network: Network, endpoint: Endpoint, report: NodeReport, chain: int, head: Head
    ) -> tuple[Health, str] | None:
        """Why it may not be used."""
        if chain != network.chain:
            return (
                Health.WRONG_CHAIN,
                f"It is on {report.chain_id}, {network.name} is {network.chain_id}.",
            )
        if not (report.spec_version or "").startswith(SPEC_PREFIX):
            detail = (
                f"It speaks version {report.spec_version} of the interface, needed is "
                f"{SPEC_PREFIX}x. Its address may need an ending such as /rpc/v0_10."
            )
            return Health.UNFIT, detail
        age = self._now() - head.timestamp
        if network.practice or (endpoint.local and network.chain_id not in REAL_CHAINS):
            return None  # a chain of one's own makes blocks when there is something to put in
        if age > OLDEST:
            detail = (
                f"Its newest block is {age // 60} minutes old: it is behind, or this "
                "computer's clock is fast."
            )
            return Health.BEHIND, detail
        if age < -EARLIEST:
            detail = (
                f"Its newest block is {-age // 60} minutes in the future: this computer's clock "
                "is slow, or the node is wrong."
            )
            return Health.BEHIND, detail
        return None


async def remembers(session: NodeSession, head: Head) -> bool | None:
    """Whether the state of an old block can be read; None if that is not known."""
    try:
        await session.nonce_at(STRK.address, max(0, head.number - ARCHIVE_DEPTH))
    except NodeRefused:
        return False
    except AppError:
        return None
    return True


def changed(report: NodeReport, health: Health, detail: str) -> NodeReport:
    """With another health and its reason."""
    return report.model_copy(update={"health": health, "detail": detail})

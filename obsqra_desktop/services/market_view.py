"""What a page shows about pools, and the port that gives it. No Qt, no chain.

Numbers are exact integers in the units of `domain.pools.PoolMetrics`; None is "not known", never
zero, and then `reason` says why.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from obsqra_desktop.domain.market.kept import History
from obsqra_desktop.domain.pools import METRIC_NAMES, PoolMetrics, SourceKind
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.services.cancel import CancelToken


@dataclass(frozen=True)
class RawReply:
    """One kept reply: the key of its question (see `domain.market.questions`) and its bytes."""

    key: str
    raw: bytes


@dataclass(frozen=True)
class InputView:
    """One named number that went into a formula, and the replies that it was read from."""

    name: str
    value: str
    replies: tuple[RawReply, ...] = ()


@dataclass(frozen=True)
class AuditRow:
    """One row of the audit rubric; `counted` is what is added to the score now."""

    key: str
    words: str
    points: int
    counted: int
    source: str = ""

    @property
    def overridden(self) -> bool:
        """Whether somebody here counts it otherwise than the registry."""
        return self.counted != self.points


@dataclass(frozen=True)
class MetricView:
    """One metric of one pool: the value in force and how it came about."""

    name: str
    """One of METRIC_NAMES."""
    value: int | None
    kind: SourceKind
    measured: int | None
    """What the chain gave; differs from `value` when that was entered."""
    reason: str = ""
    formula: str = ""
    """Its words with the numbers put in."""
    definition: str = ""
    """Version of the formulas."""
    warnings: tuple[str, ...] = ()
    inputs: tuple[InputView, ...] = ()
    rows: tuple[AuditRow, ...] = ()

    @property
    def entered(self) -> bool:
        """Whether a person put the value in force there."""
        return self.kind is SourceKind.ENTERED


@dataclass(frozen=True)
class PoolView:
    """One pool of a snapshot."""

    id: int
    venue: str
    name: str
    metrics: tuple[MetricView, ...]
    """In the order of METRIC_NAMES."""
    abandoned: bool = False
    """Nobody has swapped in the window."""
    exit_only: bool = False
    """A venue that nobody keeps up: get out, put nothing in."""
    unknown_class: int | None = None
    """A class hash at the contract that is not among the known ones."""
    warnings: tuple[str, ...] = ()

    def metric(self, name: str) -> MetricView:
        """One metric by its name."""
        return self.metrics[METRIC_NAMES.index(name)]

    def known(self) -> PoolMetrics | None:
        """All six values in force, or None while one is missing."""
        values = {one.name: one.value for one in self.metrics if one.value is not None}
        return PoolMetrics(**values) if len(values) == len(METRIC_NAMES) else None


@dataclass(frozen=True)
class MarketView:
    """One snapshot as kept, with what was entered since."""

    id: str
    chain: str
    block_number: int
    block_timestamp: int
    block_hash: int
    taken_at: int
    node: str
    """Label of the node that was asked."""
    pools: tuple[PoolView, ...]
    light: bool = False
    """The node keeps no history: only what was seen from here counts."""
    light_seconds: int = 0
    """How long the window is that was seen from here, in light mode."""
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class MarketPhase:
    """A phase of the work as it happens; `total` 0 when nobody can know it."""

    words: str
    done: int = 0
    total: int = 0


OnPhase = Callable[[MarketPhase], None]


class Market(Protocol):
    """Pools of the chosen network. Reading is quick or async; nothing asks a node but `refresh`."""

    async def latest(self) -> MarketView | None:
        """The newest kept snapshot of the chosen network; None if there is none."""
        ...

    async def history(self, limit: int) -> History:
        """Points by pool id, oldest first, of the newest `limit` snapshots."""
        ...

    async def refresh(self, on_phase: OnPhase, cancel: CancelToken) -> MarketView:
        """Find pools and take a snapshot; raises AppError, Cancelled."""
        ...

    async def practice_market(self, on_phase: OnPhase, cancel: CancelToken) -> None:
        """Make pools on the practice chain and let them be traded; raises AppError."""
        ...

    async def enter(self, pool: int, metric: str, value: int | None) -> MarketView:
        """Put a value in force by hand, None for the measured one; raises InvalidInput."""
        ...

    async def count_audit_row(self, pool: int, key: str, points: int | None) -> MarketView:
        """Count a row of the rubric otherwise, None for the registry's points."""
        ...

    async def decision_snapshot(self, pools: tuple[int, ...]) -> Snapshot:
        """The newest snapshot with these pools, as the proof binds it; raises InvalidInput."""
        ...

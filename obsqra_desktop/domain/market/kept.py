"""Snapshots as they are kept on this computer: rows of lists, points of plots, the whole."""

from dataclasses import dataclass

from obsqra_desktop.domain.market.derivation import MarketSnapshot
from obsqra_desktop.domain.market.questions import Reply


@dataclass(frozen=True)
class PoolPoint:
    """What lists and plots of history show of one pool in one snapshot; None is unknown."""

    snapshot_id: str
    taken_at: int
    block_number: int
    block_timestamp: int
    pool_id: int
    metrics: tuple[int | None, ...]
    """The six, in the order of METRIC_NAMES."""
    stale: bool
    depth_usd: str
    """Decimal digits of the ±2 % depth; empty: unknown."""


@dataclass(frozen=True)
class MarketRow:
    """A kept snapshot in a list."""

    id: str
    network: str
    chain: str
    taken_at: int
    block_number: int
    block_timestamp: int
    pools: int
    warnings: int
    raw_bytes: int


@dataclass(frozen=True)
class KeptMarket:
    """A kept snapshot with the replies it was made from, checked against each other."""

    market: MarketSnapshot
    replies: tuple[Reply, ...]

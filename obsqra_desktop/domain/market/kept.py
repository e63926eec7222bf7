"""Snapshots as they are kept on this computer: rows of lists, points of plots, the whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, overload

from obsqra_desktop.domain.market.derivation import MarketSnapshot
from obsqra_desktop.domain.market.questions import Reply
from obsqra_desktop.domain.pools import METRIC_NAMES, PoolMetrics

UNKNOWN: Final = -1
"""Stands for an unknown metric in columns; no metric is below 0."""
History = dict[int, Sequence["HistoryPoint"]]
"""Points by pool id, oldest first."""


@dataclass(frozen=True, slots=True)
class HistoryPoint:
    """The metrics of one pool in one kept snapshot, as plots need them."""

    taken_at: int
    values: tuple[int | None, ...]
    """The six, in the order of METRIC_NAMES; None is unknown."""

    @property
    def utilization_bps(self) -> int | None:
        """Share in use."""
        return self.values[0]

    @property
    def volatility_bps(self) -> int | None:
        """Price swings."""
        return self.values[1]

    @property
    def liquidity_tier(self) -> int | None:
        """Depth."""
        return self.values[2]

    @property
    def metrics(self) -> PoolMetrics | None:
        """All six, made when asked for; None when one of them was not known: then there is no
        score."""
        known = {
            name: value
            for name, value in zip(METRIC_NAMES, self.values, strict=True)
            if value is not None
        }
        return PoolMetrics(**known) if len(known) == len(METRIC_NAMES) else None


@dataclass(frozen=True)
class PoolHistory(Sequence[HistoryPoint]):
    """The points of one pool, oldest first, as columns of numbers; a point is made when it is
    asked for."""

    times: Sequence[int]
    columns: tuple[Sequence[int], ...]
    """One for each of METRIC_NAMES, as long as `times`; UNKNOWN is not known."""

    def __len__(self) -> int:
        return len(self.times)

    @overload
    def __getitem__(self, index: int) -> HistoryPoint: ...

    @overload
    def __getitem__(self, index: slice) -> "PoolHistory": ...

    def __getitem__(self, index: int | slice) -> "HistoryPoint | PoolHistory":
        if isinstance(index, slice):
            return PoolHistory(self.times[index], tuple(one[index] for one in self.columns))
        values = tuple([column[index] for column in self.columns])
        return HistoryPoint(self.times[index], known(values))

    def __iter__(self) -> Iterator[HistoryPoint]:
        rows = zip(*self.columns, strict=True)
        return (
            HistoryPoint(time, known(values)) for time, values in zip(self.times, rows, strict=True)
        )


def known(values: tuple[int, ...]) -> tuple[int | None, ...]:
    """With None for what is not known."""
    if UNKNOWN in values:
        return tuple(None if one == UNKNOWN else one for one in values)
    return values


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

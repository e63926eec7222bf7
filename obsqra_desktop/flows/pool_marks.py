"""What is marked at a pool and what crossed the person's limits."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from obsqra_desktop.domain import risk
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.pools import PoolMetrics
from obsqra_desktop.services.market_view import MarketView, PoolView


class Mark(StrEnum):
    """The one word of a pool's row, the gravest first."""

    UNKNOWN_CLASS = "unknown code"
    EXIT_ONLY = "exit only"
    ABANDONED = "abandoned"
    INCOMPLETE = "incomplete"
    ENTERED = "entered"
    OLD = "old"
    MEASURED = "measured"


@dataclass(frozen=True)
class Crossing:
    """A pool whose score has come to the other side of the policy's limit."""

    pool: int
    title: str
    before: int
    after: int
    limit: int

    @property
    def worse(self) -> bool:
        """Whether it no longer passes."""
        return self.after > self.limit

    @property
    def words(self) -> str:
        """One sentence."""
        side = "no longer passes" if self.worse else "passes again"
        return (
            f"{self.title} {side}: its score went from {self.before} to {self.after}, "
            f"your limit is {self.limit}."
        )


def title(pool: PoolView) -> str:
    """Venue and pair."""
    return f"{pool.venue} {pool.name}"


def score(rule: risk.RiskRule, metrics: PoolMetrics | None) -> int | None:
    """The risk score, None while a metric is missing."""
    return None if metrics is None else risk.score(rule, metrics).score


def crossings(
    before: MarketView | None, after: MarketView, rule: risk.RiskRule, policy: Policy
) -> tuple[Crossing, ...]:
    """Pools of both snapshots on different sides of the limit; above it is the bad side."""
    if before is None or before.chain != after.chain:
        return ()
    old = {pool.id: score(rule, pool.known()) for pool in before.pools}
    found = []
    for pool in after.pools:
        was, now = old.get(pool.id), score(rule, pool.known())
        limit = policy.max_risk_score
        if was is not None and now is not None and (was > limit) != (now > limit):
            found.append(Crossing(pool.id, title(pool), was, now, limit))
    return tuple(found)


def mark(pool: PoolView, old: bool) -> Mark:
    """The gravest thing to say about a pool."""
    if pool.unknown_class is not None:
        return Mark.UNKNOWN_CLASS
    if pool.exit_only:
        return Mark.EXIT_ONLY
    if pool.abandoned:
        return Mark.ABANDONED
    if pool.known() is None:
        return Mark.INCOMPLETE
    if any(one.entered for one in pool.metrics):
        return Mark.ENTERED
    return Mark.OLD if old else Mark.MEASURED


CONCERNS: Final = frozenset({Mark.UNKNOWN_CLASS, Mark.EXIT_ONLY, Mark.ABANDONED, Mark.INCOMPLETE})

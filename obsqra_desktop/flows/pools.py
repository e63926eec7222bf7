"""The pools as a state machine: what is shown, what runs, what was chosen. No display is needed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeVar

from obsqra_desktop.domain import risk
from obsqra_desktop.domain.errors import AppError, Cancelled
from obsqra_desktop.domain.market.kept import History, HistoryPoint
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.pools import METRIC_NAMES
from obsqra_desktop.flows.pool_marks import CONCERNS, Crossing, crossings, mark, score
from obsqra_desktop.services.market_view import MarketPhase, MarketView, PoolView

T = TypeVar("T")
TREND_POINTS: Final = 96
"""More cannot be seen in a line of 66 pixels."""
OLD_AFTER: Final = 3600
"""Seconds after which a snapshot is marked as old."""


class Work(StrEnum):
    """What runs."""

    IDLE = "idle"
    REFRESH = "refresh"
    PRACTICE = "practice"


class Show(StrEnum):
    """Which rows."""

    ALL = "all"
    FIT = "fit"
    CONCERNS = "concerns"
    ENTERED = "entered"


class Plotted(StrEnum):
    """What a plot shows."""

    VOLATILITY = "volatility"
    DEPTH = "depth"
    UTILIZATION = "utilization"
    SCORE = "score"


@dataclass(frozen=True)
class PoolsState:
    """Everything that a page draws."""

    view: MarketView | None = None
    history: History | None = None
    work: Work = Work.IDLE
    phases: tuple[MarketPhase, ...] = ()
    error: AppError | None = None
    crossings: tuple[Crossing, ...] = ()
    pool: int | None = None
    metric: str | None = None
    plotted: Plotted = Plotted.VOLATILITY


def plot_value(point: HistoryPoint, what: Plotted, rule: risk.RiskRule) -> int | None:
    """What a plot shows of a point."""
    if what is Plotted.SCORE:
        return score(rule, point.metrics)
    return {
        Plotted.VOLATILITY: point.volatility_bps,
        Plotted.DEPTH: point.liquidity_tier,
        Plotted.UTILIZATION: point.utilization_bps,
    }[what]


def thinned(values: Sequence[T], most: int) -> Sequence[T]:
    """At most `most` of them (two or more), evenly taken; the first and the last stay."""
    if len(values) <= most:
        return values
    last = len(values) - 1
    return [values[round(number * last / (most - 1))] for number in range(most)]


class PoolsFlow:
    """Holds the state; every method leaves a consistent one."""

    def __init__(self, rule: risk.RiskRule, policy: Policy) -> None:
        self.rule, self.policy = rule, policy
        self._state = PoolsState()
        self._trends: dict[tuple[int, Plotted], tuple[int | None, ...]] = {}

    @property
    def state(self) -> PoolsState:
        """What is drawn."""
        return self._state

    @property
    def working(self) -> bool:
        """Whether something runs that can be stopped."""
        return self._state.work is not Work.IDLE

    @property
    def pool(self) -> PoolView | None:
        """The chosen pool."""
        view = self._state.view
        pools = view.pools if view else ()
        return next((one for one in pools if one.id == self._state.pool), None)

    def limits(self, policy: Policy) -> None:
        """Other limits; scores that crossed the old ones are no news any more."""
        self.policy = policy
        self._state = replace(self._state, crossings=())

    def start(self, work: Work) -> bool:
        """Something begins; False if something else still runs."""
        if self.working:
            return False
        self._state = replace(self._state, work=work, phases=(), error=None)
        return True

    def phase(self, phase: MarketPhase) -> None:
        """It came further; a phase with the same words goes on, another one begins."""
        if not self.working:
            return
        phases = self._state.phases
        same = bool(phases) and phases[-1].words == phase.words
        kept = phases[:-1] if same else phases
        self._state = replace(self._state, phases=(*kept, phase))

    def loaded(self, view: MarketView | None, history: History | None) -> None:
        """What is kept was read; says nothing about scores that crossed the limit."""
        self._show(view)
        if history is not None:
            self._trends = {}
            self._state = replace(self._state, history=history)

    def taken(self, view: MarketView) -> tuple[Crossing, ...]:
        """A new snapshot is there; the scores that crossed the limit with it."""
        found = crossings(self._state.view, view, self.rule, self.policy)
        self._show(view)
        self._state = replace(self._state, work=Work.IDLE, phases=(), crossings=found)
        return found

    def ended(self) -> None:
        """The work is over without a new snapshot."""
        self._state = replace(self._state, work=Work.IDLE, phases=())

    def failed(self, error: AppError) -> None:
        """The work ended badly; what is shown stays. A stop that was asked for is no error."""
        shown = None if isinstance(error, Cancelled) else error
        self._state = replace(self._state, work=Work.IDLE, phases=(), error=shown)

    def changed(self, view: MarketView) -> None:
        """A value was entered or taken back."""
        self._show(view)
        self._state = replace(self._state, error=None)

    def forget(self) -> None:
        """Another network: nothing of the old one stays. Not while something runs."""
        if not self.working:
            self._trends = {}
            self._state = PoolsState(plotted=self._state.plotted)

    def choose(self, pool: int | None, metric: str | None = None) -> None:
        """Which pool is shown beside the table, and whose derivation is open."""
        assert metric is None or metric in METRIC_NAMES
        self._state = replace(self._state, pool=pool, metric=metric)

    def plot(self, what: Plotted) -> None:
        """What the plot shows."""
        self._state = replace(self._state, plotted=what)

    def dismiss(self) -> None:
        """The notice about scores was read."""
        self._state = replace(self._state, crossings=())

    def is_old(self, now: int) -> bool:
        """Whether the snapshot is older than an hour by its block's clock."""
        view = self._state.view
        return view is not None and now - view.block_timestamp > OLD_AFTER

    def rows(self, text: str, show: Show, now: int) -> tuple[PoolView, ...]:
        """Pools that search and filter let through; every word must be found somewhere."""
        view = self._state.view
        words = text.casefold().split()
        old = self.is_old(now)
        return tuple(
            pool
            for pool in (view.pools if view else ())
            if all(word in self._text(pool, old) for word in words) and self._shown(pool, show, old)
        )

    @staticmethod
    def _text(pool: PoolView, old: bool) -> str:
        return f"{pool.venue} {pool.name} {pool.id:#x} {mark(pool, old)}".casefold()

    def _shown(self, pool: PoolView, show: Show, old: bool) -> bool:
        match show:
            case Show.ALL:
                return True
            case Show.FIT:
                return self.passes(pool)
            case Show.CONCERNS:
                return mark(pool, old) in CONCERNS or bool(pool.warnings)
            case Show.ENTERED:
                return any(one.entered for one in pool.metrics)

    def passes(self, pool: PoolView) -> bool:
        """Whether score, swings and depth are within the policy and nothing else speaks against
        the pool; the model is not asked here."""
        return self.within(pool) and mark(pool, old=False) not in CONCERNS

    def within(self, pool: PoolView) -> bool:
        """Whether score, swings and depth are within the policy."""
        metrics = pool.known()
        return (
            metrics is not None
            and risk.score(self.rule, metrics).score <= self.policy.max_risk_score
            and metrics.volatility_bps <= self.policy.max_volatility_bps
            and metrics.liquidity_tier >= self.policy.min_liquidity_tier
        )

    def trend(self, pool: int) -> tuple[int | None, ...]:
        """The chosen metric of a pool through the kept snapshots, oldest first; of many points
        at most TREND_POINTS, evenly taken."""
        key = (pool, self._state.plotted)
        if key not in self._trends:
            points = thinned((self._state.history or {}).get(pool, ()), TREND_POINTS)
            self._trends[key] = tuple(plot_value(one, key[1], self.rule) for one in points)
        return self._trends[key]

    def _show(self, view: MarketView | None) -> None:
        ids = {one.id for one in view.pools} if view else set()
        first = view.pools[0].id if view and view.pools else None
        kept = self._state.pool in ids
        self._state = replace(
            self._state,
            view=view,
            pool=self._state.pool if kept else first,
            metric=self._state.metric if kept else None,
        )

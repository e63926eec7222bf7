"""Pools in words: metrics, marks, columns. No widgets."""

from collections.abc import Callable, Sequence
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from obsqra_desktop.domain.market.kept import HistoryPoint
from obsqra_desktop.domain.pools import METRIC_NAMES, SourceKind
from obsqra_desktop.flows.pool_marks import Mark, mark, score
from obsqra_desktop.flows.pools import PoolsFlow
from obsqra_desktop.services.market_view import MetricView, PoolView
from obsqra_desktop.ui.format import UNKNOWN, grouped, moment, percent
from obsqra_desktop.ui.models.rows import Column, RowsModel
from obsqra_desktop.ui.models.typed_pools import percent_to_bps, whole_number
from obsqra_desktop.ui.view import TIERS

Index = QModelIndex | QPersistentModelIndex
TREND_ROLE: Final = Qt.ItemDataRole.UserRole + 9

TITLES: Final = dict(
    zip(METRIC_NAMES, ("Use", "Swings", "Depth", "Audit", "Age", "Yield"), strict=True)
)
HINTS: Final = dict(
    zip(
        METRIC_NAMES,
        (
            "percent, 0 to 100",
            "percent a year, 0 to 100",
            "0 shallow to 3 deepest",
            "0 to 100",
            "days",
            "percent a year, 0 to 200",
        ),
        strict=True,
    )
)
MARK_LOOKS: Final = {
    Mark.UNKNOWN_CLASS: ("bad", "warning-circle"),
    Mark.EXIT_ONLY: ("warn", "prohibit"),
    Mark.ABANDONED: ("warn", "hourglass"),
    Mark.INCOMPLETE: ("plain", "circle-dashed"),
    Mark.ENTERED: ("accent", "pencil-simple"),
    Mark.OLD: ("warn", "clock"),
    Mark.MEASURED: ("good", "check-circle"),
}
KIND_LOOKS: Final = {
    SourceKind.MEASURED: ("good", "check-circle"),
    SourceKind.ENTERED: ("accent", "pencil-simple"),
    SourceKind.ASSUMED: ("warn", "info"),
}
PAIR, VENUE, SCORE, USE, SWINGS, DEPTH, STATE, TREND = range(8)


def metric_text(name: str, value: int | None) -> str:
    """A value with its unit; unknown is "—"."""
    if value is None:
        return UNKNOWN
    match name:
        case "liquidity_tier":
            return TIERS[value]
        case "audit_score":
            return f"{value} of 100"
        case "age_days":
            return f"{grouped(value)} day{'' if value == 1 else 's'}"
        case _:
            return percent(value)


def read_metric(name: str, text: str) -> int:
    """What a person typed for a metric; ValueError with the words to show."""
    limits = {"liquidity_tier": 3, "audit_score": 100, "age_days": 30_000}
    if name in limits:
        return whole_number(text, limits[name])
    return percent_to_bps(text, 20_000 if name == "apy_bps" else 10_000)


def typed_text(name: str, value: int | None) -> str:
    """A value as it would be typed."""
    if value is None:
        return ""
    if name in {"liquidity_tier", "audit_score", "age_days"}:
        return str(value)
    return f"{value // 100}.{value % 100:02d}"


def source_words(metric: MetricView) -> str:
    """How a value came about, in a few words."""
    if metric.value is None:
        return metric.reason or "not known"
    if metric.entered:
        before = metric_text(metric.name, metric.measured)
        return f"{'registry' if metric.name == 'audit_score' else 'measured'}: {before}"
    return metric.reason


def span(points: Sequence[HistoryPoint]) -> str:
    """How many snapshots, from when to when."""
    if not points:
        return ""
    count = f"{grouped(len(points))} snapshot{'' if len(points) == 1 else 's'}"
    if len(points) == 1:
        return f"{count}, {moment(points[0].taken_at)}"
    return f"{count}, {moment(points[0].taken_at)} to {moment(points[-1].taken_at)}"


class PoolsModel(RowsModel[PoolView]):
    """Columns: pool, venue, score, use, swings, depth, state, trend."""

    def __init__(self, flow: PoolsFlow, clock: Callable[[], int]) -> None:
        self._flow, self._clock = flow, clock
        super().__init__(
            [
                Column("Pool", lambda one: one.name),
                Column("Venue", lambda one: one.venue),
                Column("Score", self._score, self._score_key, right=True),
                self._metric("utilization_bps"),
                self._metric("volatility_bps"),
                self._metric("liquidity_tier", right=False),
                Column(
                    "State",
                    lambda one: self._mark(one).value,
                    lambda one: tuple(Mark).index(self._mark(one)),
                    look=lambda one: MARK_LOOKS[self._mark(one)],
                ),
                Column("Trend", lambda one: self._trend_words(one)),
            ]
        )

    def _metric(self, name: str, right: bool = True) -> Column[PoolView]:
        def key(pool: PoolView) -> int:
            value = pool.metric(name).value
            return -1 if value is None else value

        return Column(
            TITLES[name], lambda one: metric_text(name, one.metric(name).value), key, right=right
        )

    def _mark(self, pool: PoolView) -> Mark:
        return mark(pool, self._flow.is_old(self._clock()))

    def _value(self, pool: PoolView) -> int | None:
        return score(self._flow.rule, pool.known())

    def _score(self, pool: PoolView) -> str:
        value = self._value(pool)
        return UNKNOWN if value is None else str(value)

    def _score_key(self, pool: PoolView) -> int:
        value = self._value(pool)
        return 101 if value is None else value

    def _trend_words(self, pool: PoolView) -> str:
        known = [one for one in self._flow.trend(pool.id) if one is not None]
        if len(known) < 2:
            return "no history yet"
        way = "rising" if known[-1] > known[0] else "falling"
        what = self._flow.state.plotted.value
        return f"{what}, {'steady' if known[-1] == known[0] else way}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        if role == TREND_ROLE and index.isValid() and index.column() == TREND:
            return self._flow.trend(self.thing(index.row()).id)
        return super().data(index, role)

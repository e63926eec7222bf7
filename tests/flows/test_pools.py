"""The pools without a display: what runs, what crossed, what is let through."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain import risk
from obsqra_desktop.domain.errors import Cancelled, StorageError
from obsqra_desktop.domain.market.kept import HistoryPoint
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.pools import METRIC_NAMES, PoolMetrics, SourceKind
from obsqra_desktop.flows.pool_marks import CONCERNS, Mark, crossings, mark
from obsqra_desktop.flows.pools import (
    TREND_POINTS,
    Plotted,
    PoolsFlow,
    Show,
    Work,
    plot_value,
    thinned,
)
from obsqra_desktop.services.market_view import (
    MarketPhase,
    MarketView,
    MetricView,
    PoolView,
)

RULE = risk.rule_by_name("obsqra-v1.2")
assert RULE is not None
POLICY = Policy(
    name="Mine",
    max_allocation_bps=10_000,
    min_pools=1,
    max_risk_score=40,
    max_volatility_bps=5_000,
    min_liquidity_tier=1,
    exclude_flagged=False,
    allowlist=None,
)
GOOD = (5_000, 2_500, 2, 95, 600, 800)  # scores 34, the golden vector of the rule
NOW = 1_790_000_000


def pool(number: int, values: tuple[int | None, ...] = GOOD, **more: object) -> PoolView:
    metrics = tuple(
        MetricView(name, value, SourceKind.MEASURED, value)
        for name, value in zip(METRIC_NAMES, values, strict=True)
    )
    return PoolView(number, "Ekubo", f"ETH / USDC {number}", metrics, **more)  # type: ignore[arg-type]


def view(*pools: PoolView, at: int = NOW, chain: str = "SN_MAIN") -> MarketView:
    return MarketView("ab" * 32, chain, 7, at, 0x5A11, at, "node", pools)


def flow(*pools: PoolView) -> PoolsFlow:
    made = PoolsFlow(RULE, POLICY)  # type: ignore[arg-type]
    made.loaded(view(*pools), {})
    return made


def with_volatility(bps: int) -> tuple[int | None, ...]:
    return (GOOD[0], bps, *GOOD[2:])


def test_one_thing_runs_at_a_time_and_phases_follow_each_other() -> None:
    made = flow(pool(1))
    assert made.start(Work.REFRESH)
    assert not made.start(Work.PRACTICE)
    for phase in (MarketPhase("a", 0, 2), MarketPhase("a", 2, 2), MarketPhase("b")):
        made.phase(phase)
    assert made.state.phases == (MarketPhase("a", 2, 2), MarketPhase("b"))
    made.forget()
    assert made.state.view is not None, "not while something runs"
    made.taken(view(pool(1)))
    assert not made.working
    made.phase(MarketPhase("late"))
    assert made.state.phases == ()
    made.forget()
    assert made.state.view is None


def test_an_error_keeps_what_was_shown_and_a_stop_is_none() -> None:
    made = flow(pool(1))
    made.start(Work.REFRESH)
    error = StorageError("full")
    made.failed(error)
    assert made.state.error is error
    assert made.state.view is not None
    made.start(Work.REFRESH)
    assert made.state.error is None
    made.failed(Cancelled("stopped"))
    assert made.state.error is None


@given(before=st.integers(0, 10_000), after=st.integers(0, 10_000))
def test_crossings_are_exactly_the_changes_of_side(before: int, after: int) -> None:
    old, new = (view(pool(1, with_volatility(bps))) for bps in (before, after))
    found = crossings(old, new, RULE, POLICY)  # type: ignore[arg-type]
    scores = []
    for bps in (before, after):
        metrics = PoolMetrics(**dict(zip(METRIC_NAMES, with_volatility(bps), strict=True)))  # type: ignore[arg-type]
        scores.append(risk.score(RULE, metrics).score)  # type: ignore[arg-type]
    passes = [score <= 40 for score in scores]
    assert bool(found) == (passes[0] != passes[1])
    if found:
        assert (found[0].before, found[0].after) == tuple(scores)
        assert found[0].worse == passes[0]
        assert ("no longer passes" in found[0].words) == passes[0]


def test_nothing_crosses_between_chains_unknown_scores_and_new_pools() -> None:
    calm, wild = view(pool(1)), view(pool(1, with_volatility(10_000)))
    args = (RULE, POLICY)
    assert len(crossings(calm, wild, *args)) == 1  # type: ignore[arg-type]
    assert crossings(None, wild, *args) == ()  # type: ignore[arg-type]
    assert crossings(replace(calm, chain="SN_SEPOLIA"), wild, *args) == ()  # type: ignore[arg-type]
    assert crossings(view(pool(2)), wild, *args) == ()  # type: ignore[arg-type]
    unknown = view(pool(1, (None, *GOOD[1:])))
    assert crossings(unknown, wild, *args) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("made", "old", "expected"),
    [
        (pool(1), False, Mark.MEASURED),
        (pool(1), True, Mark.OLD),
        (pool(1, (None, *GOOD[1:])), False, Mark.INCOMPLETE),
        (pool(1, abandoned=True), True, Mark.ABANDONED),
        (pool(1, abandoned=True, exit_only=True), False, Mark.EXIT_ONLY),
        (pool(1, exit_only=True, unknown_class=5), False, Mark.UNKNOWN_CLASS),
    ],
)
def test_the_gravest_mark_wins(made: PoolView, old: bool, expected: Mark) -> None:
    assert mark(made, old) is expected


def test_what_nobody_keeps_up_never_fits() -> None:
    for more in ({"exit_only": True}, {"abandoned": True}, {"unknown_class": 5}):
        bad = pool(1, **more)
        made = flow(bad, pool(2))
        assert made.within(bad)
        assert not made.passes(bad)
        assert [one.id for one in made.rows("", Show.FIT, NOW)] == [2]
        assert [one.id for one in made.rows("", Show.CONCERNS, NOW)] == [1]
        assert mark(bad, old=False) in CONCERNS


def test_search_needs_every_word() -> None:
    made = flow(pool(1), pool(12), pool(3, exit_only=True))
    assert len(made.rows("eth EKUBO", Show.ALL, NOW)) == 3
    assert [one.id for one in made.rows("usdc 12", Show.ALL, NOW)] == [12]
    assert [one.id for one in made.rows("exit", Show.ALL, NOW)] == [3]
    assert made.rows("eth nothing", Show.ALL, NOW) == ()


def test_age_counts_from_the_blocks_clock() -> None:
    made = flow(pool(1))
    assert not made.is_old(NOW + 3_600)
    assert made.is_old(NOW + 3_601)
    assert [mark(one, made.is_old(NOW + 9_999)) for one in made.rows("", Show.ALL, NOW)] == [
        Mark.OLD
    ]


def test_the_chosen_pool_stays_while_it_is_there() -> None:
    made = flow(pool(1), pool(2))
    assert made.state.pool == 1
    made.choose(2, "age_days")
    made.changed(view(pool(1), pool(2)))
    assert (made.state.pool, made.state.metric) == (2, "age_days")
    made.changed(view(pool(1)))
    assert (made.state.pool, made.state.metric) == (1, None)
    made.changed(view())
    assert made.pool is None


def test_a_plot_shows_no_score_where_a_metric_is_missing() -> None:
    point = HistoryPoint(NOW, (None, 250, 2, 60, 100, 300))
    assert plot_value(point, Plotted.VOLATILITY, RULE) == 250  # type: ignore[arg-type]
    assert plot_value(point, Plotted.DEPTH, RULE) == 2  # type: ignore[arg-type]
    assert plot_value(point, Plotted.UTILIZATION, RULE) is None  # type: ignore[arg-type]
    assert plot_value(point, Plotted.SCORE, RULE) is None  # type: ignore[arg-type]
    whole = HistoryPoint(NOW, GOOD)
    assert plot_value(whole, Plotted.SCORE, RULE) == 34  # type: ignore[arg-type]


@given(st.lists(st.none() | st.integers(0, 10_000), max_size=1_200))
def test_thinned_keeps_order_ends_and_a_bound(line: list[int | None]) -> None:
    found = thinned(line, TREND_POINTS)
    assert len(found) == min(len(line), TREND_POINTS)
    if line:
        assert (found[0], found[-1]) == (line[0], line[-1])
    rest = iter(line)
    assert all(any(one == other for other in rest) for one in found), "in order"


def test_a_trend_is_that_of_the_chosen_number_and_of_the_newest_history() -> None:
    made = flow(pool(1))
    first = tuple(HistoryPoint(NOW + n, (None, n, n % 4, None, None, None)) for n in range(500))
    made.loaded(made.state.view, {1: first})
    assert len(made.trend(1)) == TREND_POINTS
    assert (made.trend(1)[0], made.trend(1)[-1]) == (0, 499)
    made.plot(Plotted.DEPTH)
    assert made.trend(1)[-1] == 499 % 4
    made.loaded(made.state.view, {1: first[:7]})
    assert made.trend(1) == (0, 1, 2, 3, 0, 1, 2)
    assert made.trend(2) == ()

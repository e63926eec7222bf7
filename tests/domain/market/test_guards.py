"""No guard ever makes a pool look safer: stale, spiked, inflated and misreported pools."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.market import guards as g
from obsqra_desktop.domain.market.derivation import WarningCode
from obsqra_desktop.domain.market.formulas import volatility_bps
from obsqra_desktop.domain.pools import PoolMetrics
from obsqra_desktop.domain.risk import RULES, score
from tests.domain.strategies import metrics


def inputs(m: PoolMetrics) -> g.RiskInputs:
    return g.RiskInputs(
        m.utilization_bps, m.volatility_bps, m.liquidity_tier, m.audit_score, m.age_days
    )


def pool(r: g.RiskInputs) -> PoolMetrics:
    values = (
        r.utilization_bps,
        r.volatility_bps,
        r.liquidity_tier,
        r.audit_score,
        r.age_days,
    )
    assert None not in values
    util, vol, tier, audit, age = (one or 0 for one in values)
    return PoolMetrics(
        utilization_bps=util,
        volatility_bps=vol,
        liquidity_tier=tier,
        audit_score=audit,
        age_days=age,
        apy_bps=0,
    )


@given(metrics, metrics)
def test_a_stale_pool_never_scores_below_the_live_one(own: PoolMetrics, live: PoolMetrics) -> None:
    guarded = pool(g.riskier(inputs(own), inputs(live)))
    for rule in RULES:
        assert score(rule, guarded).score >= score(rule, live).score
        assert score(rule, guarded).score >= score(rule, own).score


def test_a_dead_pool_would_have_won() -> None:
    """What the guard is for: without it the abandoned pool is the safest of all."""
    live = PoolMetrics(
        utilization_bps=6000,
        volatility_bps=4700,
        liquidity_tier=2,
        audit_score=78,
        age_days=1100,
        apy_bps=900,
    )
    dead = live.model_copy(
        update={"utilization_bps": 0, "volatility_bps": 0, "liquidity_tier": 0, "age_days": 1300}
    )
    for rule in RULES:
        assert score(rule, dead).score < score(rule, live).score
        assert (
            score(rule, pool(g.riskier(inputs(dead), inputs(live)))).score
            >= score(rule, live).score
        )


@given(metrics, metrics, st.integers(0, 4), st.booleans())
def test_unknown_stays_unknown(
    one: PoolMetrics, two: PoolMetrics, place: int, in_own: bool
) -> None:
    names = list(g.RiskInputs.__dataclass_fields__)
    own, live = inputs(one), inputs(two)
    values = {name: getattr(own if in_own else live, name) for name in names}
    holed = g.RiskInputs(**{**values, names[place]: None})
    found = g.riskier(holed, live) if in_own else g.riskier(own, holed)
    assert [name for name in names if getattr(found, name) is None] == [names[place]]


prices = st.fractions(Fraction(1, 10**6), Fraction(10**6), max_denominator=10**9)


@given(prices, prices)
def test_one_spiked_block_moves_no_sample(normal: Fraction, spike: Fraction) -> None:
    for place in range(3):
        three = [normal] * 3
        three[place] = spike
        assert g.steady(three).price == normal


def test_a_spiked_block_adds_no_volatility_and_is_reported() -> None:
    calm = [[Fraction(2500)] * 3 for _ in range(25)]
    spiked = [list(three) for three in calm]
    spiked[12][2] = Fraction(2500 * 3)
    samples = [(100 + place, g.steady(three)) for place, three in enumerate(spiked)]
    assert volatility_bps([one.price for _, one in samples], 86_400) == 0
    bare = [three[2] for three in spiked]
    assert volatility_bps(bare, 86_400) == 10_000
    (warning,) = g.spike_warnings(samples)
    assert warning.code is WarningCode.MANIPULATION
    assert "block 112" in warning.text
    assert "200 %" in warning.text
    assert g.spike_warnings([(1, g.steady(three)) for three in calm]) == ()
    two = g.spike_warnings([*samples, (130, g.steady(spiked[12]))])
    assert "and 1 more" in two[0].text


def test_triplets() -> None:
    assert g.triplet(100) == (98, 99, 100)
    assert g.triplet(1) == (0, 1)
    assert g.triplet(0) == (0,)
    # an even number of blocks: the lower middle price, no mean that nobody traded at
    assert g.steady([Fraction(3), Fraction(5)]).price == 3


@given(
    st.fractions(0, 10**9),
    st.integers(0, 10**30),
    st.lists(st.integers(0, 10**30), max_size=25),
)
def test_sustained_depth_is_never_more(depth: Fraction, now: int, over: list[int]) -> None:
    assert 0 <= g.sustained(depth, now, over) <= depth


def test_liquidity_for_one_block_does_not_count() -> None:
    steady = [10**18] * 24
    assert g.sustained(Fraction(5_000_000), 100 * 10**18, [*steady, 100 * 10**18]) == 50_000
    assert g.sustained(Fraction(5_000_000), 10**18, [*steady, 10**18]) == 5_000_000
    # liquidity that left is believed
    assert g.sustained(Fraction(50_000), 10**16, [*steady, 10**16]) == 50_000
    # a pool that had none for most of the window
    assert g.sustained(Fraction(5_000_000), 10**18, [0] * 13 + [10**18] * 12) == 0


@pytest.mark.parametrize(
    ("own", "other", "warned"),
    [
        (100, 100, False),
        (100, 200, False),
        (100, 201, True),
        (200, 100, False),
        (201, 100, True),
        (0, 0, False),
        (0, 1, True),
        (1, 0, True),
    ],
)
def test_cross_check(own: int, other: int, warned: bool) -> None:
    found = g.cross_check(own, other, "volatility")
    assert bool(found) is warned
    assert all(one.code is WarningCode.CROSS_CHECK for one in found)


def test_price_check() -> None:
    assert g.price_check(Fraction(102), Fraction(100), "ETH") == ()
    (warning,) = g.price_check(Fraction(103), Fraction(100), "ETH")
    assert warning.text == "ETH: 103.0000 in the pool, 100.0000 at the oracle, 3 % apart"
    assert g.price_check(Fraction(97), Fraction(100), "ETH") != ()
    assert g.price_check(Fraction(97), Fraction(0), "ETH") != ()


def test_clock_check() -> None:
    now = 1_700_000_000
    for fine in (now, now + g.FUTURE_HEAD, now - g.OLD_HEAD):
        assert g.clock_check(fine, now) == ()
    (ahead,) = g.clock_check(now + g.FUTURE_HEAD + 1, now)
    (behind,) = g.clock_check(now - g.OLD_HEAD - 1, now)
    assert "ahead" in ahead.text
    assert "601 s old" in behind.text
    assert {ahead.code, behind.code} == {WarningCode.CLOCK}


def test_percent() -> None:
    assert [g.percent(bps) for bps in (0, 5, 250, 10_000)] == ["0 %", "0.05 %", "2.5 %", "100 %"]

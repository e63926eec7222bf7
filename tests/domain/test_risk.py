"""Risk rules: golden vectors, and the original formulas as their documents write them."""

import pytest
from hypothesis import given

from obsqra_desktop.domain.pools import PoolMetrics
from obsqra_desktop.domain.risk import (
    OBSQRA_V1_2,
    RISK_ENGINE_V4,
    RULES,
    RiskLabel,
    RiskRule,
    rule_by_id,
    rule_by_name,
    score,
)
from tests.domain.strategies import make_metrics, metrics

GOLDEN = {
    "perfect": ((100, 100, 3, 100, 5000), 5),
    "dangerous": ((10000, 10000, 0, 0, 0), 95),
    "blue_chip": ((6500, 2000, 3, 98, 1500), 28),
    "established_mid": ((7000, 3500, 2, 85, 800), 44),
    "new_high_tvl": ((8500, 5000, 2, 90, 150), 60),
    "mature_low_risk": ((4000, 1500, 3, 95, 2000), 19),
    "high_util_stable": ((9500, 1000, 3, 95, 1000), 37),
    "low_util_volatile": ((2000, 8000, 1, 80, 600), 49),
    "balanced": ((5000, 5000, 2, 75, 500), 47),
    "jediswap_like": ((6500, 3500, 1, 98, 800), 44),
    "ekubo_like": ((5200, 2800, 2, 95, 400), 38),
    "fresh_launch": ((3000, 7000, 0, 60, 10), 64),
    "ancient_declining": ((2000, 4000, 1, 70, 3000), 35),
    "growing": ((7500, 4500, 2, 88, 250), 54),
    "liquid_risky": ((9000, 6000, 3, 75, 400), 60),
    "sample_jediswap": ((6500, 3500, 1, 98, 800), 44),
    "sample_ekubo": ((5000, 2500, 2, 95, 600), 34),
}


@pytest.mark.parametrize(("values", "expected"), GOLDEN.values(), ids=GOLDEN)
def test_golden_vector(values: tuple[int, int, int, int, int], expected: int) -> None:
    assert score(OBSQRA_V1_2, make_metrics(*values)).score == expected


def test_sample_components() -> None:
    risk = score(OBSQRA_V1_2, make_metrics(6500, 3500, 1, 98, 800))
    assert (risk.util, risk.vol, risk.liquidity, risk.audit, risk.age) == (22, 10, 10, 0, 2)
    risk = score(OBSQRA_V1_2, make_metrics(5000, 2500, 2, 95, 600))
    assert (risk.util, risk.vol, risk.liquidity, risk.audit, risk.age) == (17, 7, 5, 1, 4)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ((6500, 3500, 1, 98, 800), 35),
        ((5000, 2500, 2, 95, 600), 39),
        ((5000, 4000, 1, 95, 700), 34),
        ((5500, 5700, 2, 95, 700), 51),
    ],
)
def test_v4_samples_on_its_own_liquidity_scale(
    values: tuple[int, int, int, int, int], expected: int
) -> None:
    util, vol, own_tier, audit, age = values
    tier = 3 - own_tier  # this program counts from the other end
    assert score(RISK_ENGINE_V4, make_metrics(util, vol, tier, audit, age)).score == expected


def original_v1_2(util: int, vol: int, tier: int, audit: int, age: int) -> int:
    total = (
        int((util / 10000) * 35)
        + int((vol / 10000) * 30)
        + (3 - tier) * 5
        + (100 - audit) // 5
        + max(0, 10 - age // 100)
    )
    return min(95, max(5, total))


def original_v4(util: int, vol: int, own_tier: int, audit: int, age: int) -> int:
    liquidity = 0 if own_tier == 0 else 5 if own_tier == 1 else 15 if own_tier == 2 else 30
    penalty = 0 if age >= 730 else (730 - age) * 10 // 730
    total = util * 25 // 10000 + vol * 40 // 10000 + liquidity + (100 - audit) * 3 // 10 + penalty
    return 5 if total < 5 else 95 if total > 95 else total


@given(metrics)
def test_v1_2_is_the_original_formula(m: PoolMetrics) -> None:
    expected = original_v1_2(
        m.utilization_bps, m.volatility_bps, m.liquidity_tier, m.audit_score, m.age_days
    )
    assert score(OBSQRA_V1_2, m).score == expected


@given(metrics)
def test_v4_is_the_original_formula(m: PoolMetrics) -> None:
    own_tier = 3 - m.liquidity_tier
    expected = original_v4(m.utilization_bps, m.volatility_bps, own_tier, m.audit_score, m.age_days)
    assert RISK_ENGINE_V4.rule_tier(m.liquidity_tier) == own_tier
    assert score(RISK_ENGINE_V4, m).score == expected


def test_age_term_is_the_original_for_every_age() -> None:
    rule = OBSQRA_V1_2
    for age in range(30_001):
        ours = max(0, rule.age_cap - age) * rule.w_age // rule.d_age
        assert ours == max(0, 10 - age // 100)


def test_floats_of_the_original_floor_like_integers() -> None:
    for bps in range(10_001):
        assert int((bps / 10000) * 35) == bps * 35 // 10000
        assert int((bps / 10000) * 30) == bps * 30 // 10000


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@given(m=metrics)
def test_score_is_the_clamped_sum(rule: RiskRule, m: PoolMetrics) -> None:
    risk = score(rule, m)
    total = risk.util + risk.vol + risk.liquidity + risk.audit + risk.age
    assert risk.total_unclamped == total
    assert risk.score == sorted((rule.clamp_min, total, rule.clamp_max))[1]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
@given(m=metrics)
def test_worse_metrics_never_lower_the_score(rule: RiskRule, m: PoolMetrics) -> None:
    def at(**change: int) -> int:
        return score(rule, m.model_copy(update=change)).score

    base = score(rule, m).score
    assert at(utilization_bps=10_000) >= base >= at(utilization_bps=0)
    assert at(volatility_bps=10_000) >= base >= at(volatility_bps=0)
    assert at(liquidity_tier=0) >= base >= at(liquidity_tier=3)
    assert at(audit_score=0) >= base >= at(audit_score=100)
    assert at(age_days=0) >= base >= at(age_days=30_000)


@pytest.mark.parametrize(
    ("rule", "value", "label"),
    [
        (OBSQRA_V1_2, 29, RiskLabel.LOW),
        (OBSQRA_V1_2, 30, RiskLabel.MEDIUM),
        (OBSQRA_V1_2, 59, RiskLabel.MEDIUM),
        (OBSQRA_V1_2, 60, RiskLabel.HIGH),
        (RISK_ENGINE_V4, 69, RiskLabel.MEDIUM),
        (RISK_ENGINE_V4, 70, RiskLabel.HIGH),
    ],
)
def test_labels(rule: RiskRule, value: int, label: RiskLabel) -> None:
    assert rule.label(value) is label


def test_rules_are_found() -> None:
    for rule in RULES:
        assert rule_by_id(rule.id) is rule
        assert rule_by_name(rule.name) is rule
    assert rule_by_id(0) is None
    assert rule_by_name("") is None

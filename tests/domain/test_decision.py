"""The whole decision against a second implementation, and what must always hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain import shipped
from obsqra_desktop.domain.decision import (
    Action,
    Decision,
    Exclusion,
    Infeasibility,
    decide,
    percent,
)
from obsqra_desktop.domain.model import Model
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.risk import OBSQRA_V1_2, RISK_ENGINE_V4, RULES, RiskRule
from obsqra_desktop.domain.snapshot import Snapshot
from tests.domain.strategies import make_metrics, make_snapshot, policies, snapshots
from tests.domain.test_allocation import water_filling
from tests.domain.test_model import with_numpy
from tests.domain.test_risk import original_v1_2, original_v4

MODELS = tuple(shipped.model(name) for name in shipped.MODEL_NAMES)
SAMPLE = shipped.sample()
OPEN = Policy(
    name="Open",
    max_allocation_bps=10_000,
    min_pools=1,
    max_risk_score=100,
    max_volatility_bps=10_000,
    min_liquidity_tier=0,
    exclude_flagged=False,
    allowlist=None,
)
rules = st.sampled_from(RULES)
models = st.sampled_from(MODELS)


def with_(policy: Policy = OPEN, **change: object) -> Policy:
    return Policy.model_validate({**policy.model_dump(), **change})


def on_sample(policy: Policy, rule: RiskRule = OBSQRA_V1_2) -> Decision:
    return decide(SAMPLE, rule, MODELS[0], policy)


def test_sample_without_limits() -> None:
    decision = on_sample(OPEN)
    assert [verdict.risk.score for verdict in decision.verdicts] == [44, 34]
    assert decision.allocations_bps == (3_533, 6_467)
    assert (decision.idle_bps, decision.action) == (0, Action.REBALANCE)


def test_sample_under_the_presets() -> None:
    balanced = on_sample(shipped.preset("balanced"))
    assert balanced.allocations_bps == (4_000, 6_000)
    assert [verdict.capped for verdict in balanced.verdicts] == [False, True]
    assert on_sample(shipped.preset("aggressive")).allocations_bps == (3_533, 6_467)
    conservative = on_sample(shipped.preset("conservative"))
    assert not conservative.feasible
    assert conservative.allocations_bps is None
    assert conservative.idle_bps is None
    assert all(verdict.allocation_bps is None for verdict in conservative.verdicts)
    assert [reason.text for reason in conservative.infeasible_reasons] == [
        "no pool passed your limits, your policy wants 2"
    ]
    assert [[reason.test for reason in v.reasons] for v in conservative.verdicts] == [
        [Exclusion.RISK, Exclusion.VOLATILITY, Exclusion.LIQUIDITY, Exclusion.FLAGGED],
        [Exclusion.LIQUIDITY],
    ]


def test_sample_under_the_other_rule() -> None:
    decision = on_sample(OPEN, RISK_ENGINE_V4)
    assert [verdict.risk.score for verdict in decision.verdicts] == [45, 29]


@pytest.mark.parametrize(
    ("change", "test", "actual", "limit"),
    [
        ({"allowlist": (SAMPLE.pool_ids[1],)}, Exclusion.NOT_ALLOWED, 0, 1),
        ({"max_risk_score": 43}, Exclusion.RISK, 44, 43),
        ({"max_volatility_bps": 3_499}, Exclusion.VOLATILITY, 3_500, 3_499),
        ({"min_liquidity_tier": 2}, Exclusion.LIQUIDITY, 1, 2),
        ({"exclude_flagged": True}, Exclusion.FLAGGED, 1, 0),
    ],
)
def test_each_limit_excludes(
    change: dict[str, object], test: Exclusion, actual: int, limit: int
) -> None:
    first, second = on_sample(with_(**change)).verdicts
    (reason,) = first.reasons
    assert (reason.test, reason.actual, reason.limit) == (test, actual, limit)
    assert reason.text
    assert (first.eligible, first.allocation_bps) == (False, 0)
    assert (second.eligible, second.allocation_bps) == (True, 10_000)


@pytest.mark.parametrize(
    "change",
    [
        {"allowlist": SAMPLE.pool_ids},
        {"max_risk_score": 44},
        {"max_volatility_bps": 3_500},
        {"min_liquidity_tier": 1},
    ],
)
def test_limits_are_inclusive(change: dict[str, object]) -> None:
    assert all(verdict.eligible for verdict in on_sample(with_(**change)).verdicts)


def test_no_yield_is_excluded() -> None:
    snapshot = make_snapshot(
        [make_metrics(0, 0, 3, 100, 999, 0), make_metrics(0, 0, 3, 100, 999, 1)]
    )
    first, second = decide(snapshot, OBSQRA_V1_2, MODELS[0], OPEN).verdicts
    assert [reason.test for reason in first.reasons] == [Exclusion.NO_YIELD]
    assert (first.share_weight, second.allocation_bps) == (0, 10_000)


def test_flag_of_an_excluded_pool_does_not_count() -> None:
    assert on_sample(with_(exclude_flagged=True)).action is Action.HOLD
    assert on_sample(OPEN).action is Action.REBALANCE
    assert Action.HOLD.word == "hold"


def test_too_few_filled_pools() -> None:
    strong, weak = make_metrics(0, 0, 3, 100, 999, 20_000), make_metrics(0, 0, 3, 100, 999, 100)
    decision = decide(make_snapshot([strong, weak]), OBSQRA_V1_2, MODELS[0], with_(min_pools=2))
    (reason,) = decision.infeasible_reasons
    assert (reason.test, reason.actual, reason.required) == (Infeasibility.TOO_FEW_FILLED, 1, 2)
    assert reason.text == "1 pool would get 10 % or more, your policy wants 2"
    assert decision.allocations_bps is None


def test_exactly_ten_percent_counts() -> None:
    equal = make_metrics(0, 0, 3, 100, 999, 500)
    snapshot = make_snapshot([equal] * 8)
    feasible = decide(
        snapshot, OBSQRA_V1_2, MODELS[0], with_(max_allocation_bps=1_000, min_pools=8)
    )
    assert (feasible.allocations_bps, feasible.idle_bps) == ((1_000,) * 8, 2_000)
    below = decide(snapshot, OBSQRA_V1_2, MODELS[0], with_(max_allocation_bps=999))
    assert not below.feasible


def second_opinion(
    snapshot: Snapshot, rule: RiskRule, model: Model, policy: Policy
) -> tuple[list[int], list[bool], list[int] | None, int | None, bool]:
    """Scores, eligibility, allocation, idle, rebalance: written from the sentences."""
    scores, eligible, flags, weights = [], [], [], []
    for pool in snapshot.pools:
        m = pool.metrics
        rest = (m.audit_score, m.age_days)
        if rule is OBSQRA_V1_2:
            risk = original_v1_2(m.utilization_bps, m.volatility_bps, m.liquidity_tier, *rest)
        else:
            risk = original_v4(m.utilization_bps, m.volatility_bps, 3 - m.liquidity_tier, *rest)
        flag = with_numpy(model.weights, m)[1] == 2
        passes = True
        if policy.allowlist is not None and pool.id not in policy.allowlist:
            passes = False
        if risk > policy.max_risk_score or m.volatility_bps > policy.max_volatility_bps:
            passes = False
        if m.liquidity_tier < policy.min_liquidity_tier or m.apy_bps == 0:
            passes = False
        if flag and policy.exclude_flagged:
            passes = False
        scores.append(risk)
        eligible.append(passes)
        flags.append(flag)
        weights.append(m.apy_bps * 10_000 // (risk + 1))
    amounts, idle = water_filling(weights, eligible, policy.max_allocation_bps)
    rebalance = any(e and f for e, f in zip(eligible, flags, strict=True))
    big = [amount for amount in amounts if amount >= 1_000]
    if len(big) < policy.min_pools:  # implies enough eligible pools
        return scores, eligible, None, None, rebalance
    return scores, eligible, amounts, idle, rebalance


@given(snapshots(), rules, models, st.data())
def test_decision_is_the_second_opinion(
    snapshot: Snapshot, rule: RiskRule, model: Model, data: st.DataObject
) -> None:
    policy = data.draw(
        st.one_of(policies(snapshot.pool_ids), policies(snapshot.pool_ids, loose=True))
    )
    decision = decide(snapshot, rule, model, policy)
    scores, eligible, amounts, idle, rebalance = second_opinion(snapshot, rule, model, policy)
    assert [verdict.risk.score for verdict in decision.verdicts] == scores
    assert [verdict.eligible for verdict in decision.verdicts] == eligible
    assert decision.allocations_bps == (None if amounts is None else tuple(amounts))
    assert decision.idle_bps == idle
    assert decision.feasible == (amounts is not None)
    assert (decision.action is Action.REBALANCE) == rebalance


@given(snapshots(), rules, models, st.data())
def test_what_always_holds(
    snapshot: Snapshot, rule: RiskRule, model: Model, data: st.DataObject
) -> None:
    policy = data.draw(policies(snapshot.pool_ids, loose=True))
    decision = decide(snapshot, rule, model, policy)
    assert tuple(verdict.pool_id for verdict in decision.verdicts) == snapshot.pool_ids
    amounts = decision.allocations_bps
    if amounts is None or decision.idle_bps is None:
        assert all(reason.actual < reason.required for reason in decision.infeasible_reasons)
        assert decision.infeasible_reasons
        return
    assert sum(amounts) + decision.idle_bps == 10_000
    assert max(amounts) <= policy.max_allocation_bps
    assert sum(amount >= 1_000 for amount in amounts) >= policy.min_pools
    assert all(v.allocation_bps == 0 for v in decision.verdicts if not v.eligible)


@given(snapshots(), rules, models, st.data())
def test_loosening_a_limit_excludes_no_pool(
    snapshot: Snapshot, rule: RiskRule, model: Model, data: st.DataObject
) -> None:
    policy = data.draw(policies(snapshot.pool_ids))
    looser = with_(
        policy,
        max_risk_score=data.draw(st.integers(policy.max_risk_score, 100)),
        max_volatility_bps=data.draw(st.integers(policy.max_volatility_bps, 10_000)),
        min_liquidity_tier=data.draw(st.integers(0, policy.min_liquidity_tier)),
        exclude_flagged=policy.exclude_flagged and data.draw(st.booleans()),
        allowlist=data.draw(st.sampled_from([policy.allowlist, None])),
    )
    before = decide(snapshot, rule, model, policy).verdicts
    after = decide(snapshot, rule, model, looser).verdicts
    for strict, loose in zip(before, after, strict=True):
        assert loose.eligible or not strict.eligible


@pytest.mark.parametrize(
    ("bps", "text"), [(0, "0 %"), (1, "0.01 %"), (6_050, "60.5 %"), (10_000, "100 %")]
)
def test_percent(bps: int, text: str) -> None:
    assert percent(bps) == text

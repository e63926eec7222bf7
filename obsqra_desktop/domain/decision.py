"""The decision: scores, model, eligibility under the policy, allocation. The reference.

What the proof claims is that `decide` gives the published outputs for some policy that opens
the commitment.
"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from obsqra_desktop.domain.allocation import Allocation, allocate, share_weight
from obsqra_desktop.domain.model import Model, ModelOutput
from obsqra_desktop.domain.policy import FILLED_BPS, Policy
from obsqra_desktop.domain.pools import Pool
from obsqra_desktop.domain.risk import RiskRule, RiskScore, score
from obsqra_desktop.domain.snapshot import Snapshot


class Action(IntEnum):
    """What the whole decision says; the numbers are those of the statement."""

    HOLD = 0
    REBALANCE = 1

    @property
    def word(self) -> str:
        """`hold` or `rebalance`."""
        return self.name.lower()


class Exclusion(StrEnum):
    """The tests that a pool can fail."""

    NOT_ALLOWED = "not_allowed"
    RISK = "risk"
    VOLATILITY = "volatility"
    LIQUIDITY = "liquidity"
    NO_YIELD = "no_yield"
    FLAGGED = "flagged"


@dataclass(frozen=True, slots=True)
class ExclusionReason:
    """A failed test: `actual` against `limit`, in the unit of the test.

    For NOT_ALLOWED and FLAGGED both are 0 or 1: what is and what is required.
    """

    test: Exclusion
    actual: int
    limit: int

    @property
    def text(self) -> str:
        """A sentence for the owner of the policy."""
        match self.test:
            case Exclusion.NOT_ALLOWED:
                return "not on your allowlist"
            case Exclusion.RISK:
                return f"risk {self.actual} is above your limit {self.limit}"
            case Exclusion.VOLATILITY:
                return (
                    f"volatility {percent(self.actual)} is above your limit {percent(self.limit)}"
                )
            case Exclusion.LIQUIDITY:
                return f"liquidity tier {self.actual} is below your minimum {self.limit}"
            case Exclusion.NO_YIELD:
                return "it yields nothing"
            case Exclusion.FLAGGED:
                return "the model flags it and your policy leaves flagged pools out"


class Infeasibility(StrEnum):
    """Why no allocation obeys the policy."""

    TOO_FEW_ELIGIBLE = "too_few_eligible"
    TOO_FEW_FILLED = "too_few_filled"


@dataclass(frozen=True, slots=True)
class InfeasibleReason:
    """A count of pools that is below the policy's minimum."""

    test: Infeasibility
    actual: int
    required: int

    @property
    def text(self) -> str:
        """A sentence for the owner of the policy."""
        wanted = f"your policy wants {self.required}"
        if self.test is Infeasibility.TOO_FEW_ELIGIBLE:
            return f"{pools(self.actual)} passed your limits, {wanted}"
        return f"{pools(self.actual)} would get {percent(FILLED_BPS)} or more, {wanted}"


@dataclass(frozen=True, slots=True)
class PoolVerdict:
    """All that was decided about one pool.

    `allocation_bps` is None when the policy is infeasible, and 0 for an excluded pool.
    `share_weight` is given for excluded pools too, where it has no effect.
    """

    pool_id: int
    risk: RiskScore
    model: ModelOutput
    reasons: tuple[ExclusionReason, ...]
    share_weight: int
    allocation_bps: int | None
    capped: bool

    @property
    def eligible(self) -> bool:
        """Whether the pool passed every test."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer for a snapshot: one verdict a pool, in the snapshot's order.

    `idle_bps` is None when the policy is infeasible: then there is no allocation at all.
    `action` looks at the eligible pools only.
    """

    verdicts: tuple[PoolVerdict, ...]
    action: Action
    idle_bps: int | None
    infeasible_reasons: tuple[InfeasibleReason, ...]

    @property
    def feasible(self) -> bool:
        """Whether there is an allocation."""
        return not self.infeasible_reasons

    @property
    def allocations_bps(self) -> tuple[int, ...] | None:
        """The allocation of each pool, or None when there is none."""
        amounts = [v.allocation_bps for v in self.verdicts if v.allocation_bps is not None]
        return tuple(amounts) if self.feasible else None


def percent(bps: int) -> str:
    """Basis points as a percentage with as many decimals as needed: 6050 is `60.5 %`."""
    return f"{bps / 100:.2f}".rstrip("0").rstrip(".") + " %"


def pools(count: int) -> str:
    """`no pool`, `1 pool`, `2 pools`, …"""
    return "no pool" if count == 0 else f"{count} pool{'s' if count > 1 else ''}"


def exclusions(
    pool: Pool, risk: RiskScore, output: ModelOutput, policy: Policy
) -> tuple[ExclusionReason, ...]:
    """Every test of the policy that the pool fails; none for an eligible pool."""
    m = pool.metrics
    tests = (
        (policy.allows(pool.id), Exclusion.NOT_ALLOWED, 0, 1),
        (risk.score <= policy.max_risk_score, Exclusion.RISK, risk.score, policy.max_risk_score),
        (
            m.volatility_bps <= policy.max_volatility_bps,
            Exclusion.VOLATILITY,
            m.volatility_bps,
            policy.max_volatility_bps,
        ),
        (
            m.liquidity_tier >= policy.min_liquidity_tier,
            Exclusion.LIQUIDITY,
            m.liquidity_tier,
            policy.min_liquidity_tier,
        ),
        # A yield of 0 would have the weight 0, which the sharing cannot divide by.
        (m.apy_bps >= 1, Exclusion.NO_YIELD, m.apy_bps, 1),
        (not (policy.exclude_flagged and output.flag), Exclusion.FLAGGED, 1, 0),
    )
    return tuple(
        ExclusionReason(test, actual, limit) for passed, test, actual, limit in tests if not passed
    )


def infeasibilities(
    eligible: int, allocation: Allocation, policy: Policy
) -> tuple[InfeasibleReason, ...]:
    """Why the allocation may not be used; empty when it obeys the policy."""
    if eligible < policy.min_pools:
        return (InfeasibleReason(Infeasibility.TOO_FEW_ELIGIBLE, eligible, policy.min_pools),)
    filled = sum(amount >= FILLED_BPS for amount in allocation.amounts_bps)
    if filled < policy.min_pools:
        return (InfeasibleReason(Infeasibility.TOO_FEW_FILLED, filled, policy.min_pools),)
    return ()


def decide(snapshot: Snapshot, rule: RiskRule, model: Model, policy: Policy) -> Decision:
    """Apply the rule, the model and the policy to every pool and share the funds."""
    weights = model.weights
    risks = [score(rule, pool.metrics) for pool in snapshot.pools]
    outputs = [weights.infer(pool.metrics) for pool in snapshot.pools]
    reasons = [
        exclusions(pool, risk, output, policy)
        for pool, risk, output in zip(snapshot.pools, risks, outputs, strict=True)
    ]
    shares = [
        share_weight(pool.metrics.apy_bps, risk.score)
        for pool, risk in zip(snapshot.pools, risks, strict=True)
    ]
    eligible = [not failed for failed in reasons]
    allocation = allocate(shares, eligible, policy.max_allocation_bps)
    infeasible = infeasibilities(sum(eligible), allocation, policy)
    verdicts = tuple(
        PoolVerdict(
            pool_id=pool.id,
            risk=risks[i],
            model=outputs[i],
            reasons=reasons[i],
            share_weight=shares[i],
            allocation_bps=None if infeasible else allocation.amounts_bps[i],
            capped=allocation.capped[i] and not infeasible,
        )
        for i, pool in enumerate(snapshot.pools)
    )
    flagged = any(verdict.eligible and verdict.model.flag for verdict in verdicts)
    return Decision(
        verdicts=verdicts,
        action=Action.REBALANCE if flagged else Action.HOLD,
        idle_bps=None if infeasible else allocation.idle_bps,
        infeasible_reasons=infeasible,
    )

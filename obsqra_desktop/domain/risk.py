"""The risk rules: exact integers, one formula, two sets of coefficients.

    score = clamp(utilization·w_util // 10000 + volatility·w_vol // 10000
                  + liquidity_points[tier] + (100 - audit)·w_audit // d_audit
                  + max(0, age_cap - age)·w_age // d_age,  clamp_min, clamp_max)

Each term is floored on its own. Liquidity tiers run 0..3 with 3 the deepest everywhere in this
program; `risk-engine-v4` was written for the opposite scale, see `rule_tier`.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from obsqra_desktop.domain.pools import PoolMetrics

DEEPEST_TIER: Final = 3


class RiskLabel(StrEnum):
    """The word for a score."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class RiskRule:
    """Coefficients of one rule; `liquidity_points` are indexed by this program's tier 0..3.

    `inverted_liquidity` tells that the rule's own documents count tiers the other way round.
    A score below `medium_from` is low, below `high_from` medium, else high.
    """

    id: int
    name: str
    w_util: int
    w_vol: int
    liquidity_points: tuple[int, int, int, int]
    w_audit: int
    d_audit: int
    age_cap: int
    w_age: int
    d_age: int
    clamp_min: int
    clamp_max: int
    medium_from: int
    high_from: int
    inverted_liquidity: bool

    def rule_tier(self, tier: int) -> int:
        """This program's tier (3 = deepest) on the rule's own scale, to be shown beside it."""
        return DEEPEST_TIER - tier if self.inverted_liquidity else tier

    def label(self, score: int) -> RiskLabel:
        """The word for a score 0..100."""
        if score < self.medium_from:
            return RiskLabel.LOW
        return RiskLabel.MEDIUM if score < self.high_from else RiskLabel.HIGH


@dataclass(frozen=True, slots=True)
class RiskScore:
    """A score with the terms that it is the clamped sum of."""

    util: int
    vol: int
    liquidity: int
    audit: int
    age: int
    total_unclamped: int
    score: int
    label: RiskLabel


OBSQRA_V1_2: Final = RiskRule(
    id=1,
    name="obsqra-v1.2",
    w_util=35,
    w_vol=30,
    liquidity_points=(15, 10, 5, 0),
    w_audit=1,
    d_audit=5,
    age_cap=1099,  # max(0, 10 - age // 100) is max(0, 1099 - age) // 100 for every whole age
    w_age=1,
    d_age=100,
    clamp_min=5,
    clamp_max=95,
    medium_from=30,
    high_from=60,
    inverted_liquidity=False,
)

RISK_ENGINE_V4: Final = RiskRule(
    id=2,
    name="risk-engine-v4",
    w_util=25,
    w_vol=40,
    liquidity_points=(30, 15, 5, 0),
    w_audit=3,
    d_audit=10,
    age_cap=730,
    w_age=10,
    d_age=730,
    clamp_min=5,
    clamp_max=95,
    medium_from=30,
    high_from=70,
    inverted_liquidity=True,
)

RULES: Final = (OBSQRA_V1_2, RISK_ENGINE_V4)


def rule_by_id(rule_id: int) -> RiskRule | None:
    """The rule with this number, as a statement carries it."""
    return next((rule for rule in RULES if rule.id == rule_id), None)


def rule_by_name(name: str) -> RiskRule | None:
    """The rule with this name."""
    return next((rule for rule in RULES if rule.name == name), None)


def score(rule: RiskRule, metrics: "PoolMetrics") -> RiskScore:
    """Score one pool; `metrics` are in range, as PoolMetrics guarantees."""
    util = metrics.utilization_bps * rule.w_util // 10_000
    vol = metrics.volatility_bps * rule.w_vol // 10_000
    liquidity = rule.liquidity_points[metrics.liquidity_tier]
    audit = (100 - metrics.audit_score) * rule.w_audit // rule.d_audit
    age = max(0, rule.age_cap - metrics.age_days) * rule.w_age // rule.d_age
    total = util + vol + liquidity + audit + age
    clamped = min(rule.clamp_max, max(rule.clamp_min, total))
    return RiskScore(util, vol, liquidity, audit, age, total, clamped, rule.label(clamped))

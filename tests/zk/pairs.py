"""Pairs of different policies that no public value tells apart; only the commitment differs."""

from dataclasses import dataclass, replace
from typing import Final

from obsqra_desktop.domain import shipped
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.pools import PoolMetrics
from obsqra_desktop.domain.risk import OBSQRA_V1_2, RISK_ENGINE_V4
from tests.domain.strategies import make_snapshot
from tests.proving.making import NO_LIMITS, SHIPPED_MODELS, Case, random_salt

Metrics = tuple[int, int, int, int, int, int]
LINEAR: Final = next(m for m in SHIPPED_MODELS if m.name == "linear_v0")
TIERS: Final = next(m for m in SHIPPED_MODELS if m.name == "risk-tier-mlp-v1")

CALM: Final[tuple[Metrics, ...]] = (
    (5_000, 1_200, 3, 97, 1_500, 640),
    (5_500, 1_500, 3, 96, 1_300, 710),
    (4_500, 1_100, 3, 98, 1_700, 580),
    (5_200, 1_300, 2, 95, 1_250, 820),
    (4_800, 1_400, 2, 99, 1_400, 555),
)
WILD: Final[tuple[Metrics, ...]] = (
    (9_300, 8_800, 0, 31, 40, 3_100),
    (9_600, 9_100, 0, 22, 25, 4_200),
    (9_100, 8_500, 0, 40, 60, 2_900),
)


@dataclass(frozen=True)
class Pair:
    """Two cases, `left` with wide limits and `right` with tight ones."""

    name: str
    left: Case
    right: Case


def numbers(*rows: Metrics) -> list[PoolMetrics]:
    names = ("utilization_bps", "volatility_bps", "liquidity_tier", "audit_score", "age_days")
    return [PoolMetrics(**dict(zip((*names, "apy_bps"), row, strict=True))) for row in rows]


def pair(name: str, seed: int, base: Case, left: Policy, right: Policy) -> Pair:
    """The same decision under two policies and two salts."""
    sides = (
        base.but(policy=policy, salt=random_salt(seed + side))
        for side, policy in enumerate((left, right))
    )
    made = Pair(name, *sides)
    one, other = made.left.statement, made.right.statement
    assert one.commitment != other.commitment
    assert replace(one, commitment=other.commitment) == other, name
    changed = [key for key, value in left.model_dump().items() if value != right.model_dump()[key]]
    assert len(changed) >= 3, name
    return made


def pairs() -> list[Pair]:
    """Four statements of two, five and eight pools, with and without a cap in force."""
    salt = random_salt(1)
    wide = NO_LIMITS
    tight = wide.model_copy(
        update={
            "min_pools": 2,
            "max_risk_score": 60,
            "max_volatility_bps": 6_000,
            "min_liquidity_tier": 1,
        }
    )
    sample = shipped.sample()
    two = Case(sample, OBSQRA_V1_2, LINEAR, wide, salt)
    calm = make_snapshot(numbers(*CALM), [101, 102, 103, 104, 105])
    mixed_rows = (CALM[0], WILD[0], CALM[1], CALM[2], WILD[1], CALM[3], WILD[2], CALM[4])
    mixed = make_snapshot(numbers(*mixed_rows), list(range(201, 209)))
    good = tuple(i for i, row in zip(range(201, 209), mixed_rows, strict=True) if row in CALM)
    listed = wide.model_copy(update={"allowlist": good})
    capped = {"max_allocation_bps": 2_100}
    return [
        pair(
            "two pools, no cap in force",
            10,
            two,
            wide,
            tight.model_copy(update={"max_allocation_bps": 6_600, "allowlist": sample.pool_ids}),
        ),
        pair(
            "five pools under one cap",
            20,
            Case(calm, RISK_ENGINE_V4, LINEAR, wide, salt),
            wide.model_copy(update=capped),
            tight.model_copy(update={**capped, "min_pools": 4, "exclude_flagged": True}),
        ),
        pair(
            "eight pools, three out: by the list or by the limits",
            30,
            Case(mixed, OBSQRA_V1_2, LINEAR, wide, salt),
            listed,
            tight.model_copy(update={"max_allocation_bps": 4_800}),
        ),
        pair(
            "eight pools, three out: by the list or as flagged, under one cap",
            40,
            Case(mixed, OBSQRA_V1_2, TIERS, wide, salt),
            listed.model_copy(update={"max_allocation_bps": 1_900}),
            wide.model_copy(
                update={
                    "max_allocation_bps": 1_900,
                    "exclude_flagged": True,
                    "min_pools": 5,
                    "max_volatility_bps": 9_500,
                }
            ),
        ),
    ]

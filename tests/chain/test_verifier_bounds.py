"""No number of the Cairo verifier wraps: the bounds beside its formulas, worked out once more.

The contract reduces late. A number here is only a bound of the absolute value of each coefficient;
the plain verifier's own formulas are run on such bounds, so a constraint that grows is noticed.
Where the contract multiplies out in another order the bound is the same: a product of extension
elements below A and B stays below 10 A B, in whatever order, and sums add.
"""

from dataclasses import dataclass
from math import log2
from typing import Any, Final

import pytest

from tests.chain.verifier_packing import P
from tests.verifier.loading import vb

STARK: Final = 2**251 + 17 * 2**192 + 1
REDUCES: Final = P * 2**200
"""What `reduce` takes, exclusive; `reduce_small` takes 0 to 2^128 - 1."""
CONSTRAINTS: Final = 178


@dataclass(frozen=True)
class Bound:
    """Of the four coefficients of an extension element."""

    of: int

    def __add__(self, other: "Bound | int") -> "Bound":
        return Bound(self.of + (abs(other) if isinstance(other, int) else other.of))

    def __mul__(self, other: "Bound | int") -> "Bound":
        if isinstance(other, int):
            return Bound(self.of * abs(other))
        return Bound(10 * self.of * other.of)

    def __neg__(self) -> "Bound":
        return self

    __sub__ = __rsub__ = __radd__ = __add__
    __rmul__ = __mul__


ONE: Final = Bound(1)
CELL: Final = Bound(P - 1)
"""A reduced element."""


def test_a_product_is_at_most_ten_times_its_factors() -> None:
    """1 + 3 * 3 products meet in the first coefficient, fewer in the others."""
    assert (CELL * CELL).of == 10 * (P - 1) ** 2
    counts = [1 + 3 * 3, 2 + 3 * 2, 3 + 3 * 1, 4]
    assert max(counts) == 10


def publics(rule_id: int) -> Any:
    """Every public value at its largest, weights as the negative integers that they are."""
    bounds = [*vb.RULES[rule_id][1], *(-bound for bound in vb.WEIGHT_BOUNDS)]
    pool = [1, *vb.METRIC_BOUNDS, 100, 2, 1, 10_000]
    return vb.Publics([*bounds, *pool * 8, *[P - 1] * 8, *[2**30 - 1] * 8, 1, 10_000])


def bounds_of(rule_id: int) -> list[Bound]:
    """Of the 178 constraints. The current pool's numbers are reduced in the contract too."""
    selectors = vb.Selectors(
        row=[CELL] * 16, block=[CELL] * 8, k=[CELL] * 16, **dict.fromkeys(SINGLE, CELL)
    )
    everything = [CELL] * 68
    found: list[Bound] = []

    class Pool:
        """In the place of the sums over the blocks."""

        def __init__(self, *_: Any) -> None:
            for name in ("active", "util", "vol", "tier", "audit", "age", "apy"):
                setattr(self, name, CELL)
            self.score = self.model_class = self.flag = self.alloc = CELL

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vb, "CurrentPool", Pool)
        for one in vb.constraints(selectors, everything, everything, publics(rule_id)):
            assert isinstance(one, Bound)
            found.append(one)
    return found


SINGLE: Final = ("linear", "external", "internal", "carry", "absorb", "first", "final", "trans")


@pytest.mark.parametrize("rule_id", [1, 2])
def test_folded_constraints_stay_below_what_reduce_takes(rule_id: int) -> None:
    found = bounds_of(rule_id)
    assert len(found) == CONSTRAINTS
    sponge = found[146:162]
    others = found[:146] + found[162:]
    largest, next_largest = max(one.of for one in sponge), max(one.of for one in others)
    print(f"147-162: 2^{log2(largest):.1f}, others: 2^{log2(next_largest):.1f}")
    assert largest < 2**180
    assert next_largest < 2**171
    folded = sum((one * CELL).of for one in found)
    print(f"folded: 2^{log2(folded):.1f} of 2^{log2(REDUCES):.2f}")
    assert folded < 2**223 < REDUCES


def test_reduce_itself_does_not_wrap() -> None:
    """The bias makes the number positive; what comes together at the end is small."""
    assert REDUCES + REDUCES < STARK
    high = (2 * REDUCES - 1) >> 128
    assert high < 2**128
    assert (P - 1) + (P - 1) * (2**128 % P) < 2**128


def test_one_level_of_interpolated_liquidity() -> None:
    """`third`, `second` and the rest are reduced at once (constraint 71)."""
    for rule_id in (1, 2):
        l0, l1, l2, l3 = vb.RULES[rule_id][1][2:6]
        tier = CELL
        third = tier * (tier - 1) * (tier - 2) * (vb.SIXTH * (l3 - 3 * l2 + 3 * l1 - l0))
        second = tier * (tier - 1) * (vb.HALF * (l2 - 2 * l1 + l0))
        assert (tier * (l1 - l0) + second + third + l0).of < REDUCES


def test_folding_stays_below_what_reduce_takes() -> None:
    """Three rounds of butterflies, then eight products with `y^-k` and `beta^k / 8`."""
    first = CELL + CELL
    second = first + first * (P - 1)
    third = second + second * (P - 1)
    assert (first.of, second.of, third.of) < (2**32, 2**64, 2**96)
    folded = sum((third * (P - 1) * CELL).of for _ in range(8))
    assert folded < 2**165 < REDUCES


def test_openings_do_not_meet_in_their_felt() -> None:
    """Two sums share a felt, 2^128 apart; neither is negative, and the whole stays a felt."""
    half = 72 * (P - 1) ** 2
    assert half < 2**69 < 2**128
    assert half + half * 2**128 < STARK
    claimed = sum((CELL * CELL).of for _ in range(72))
    assert claimed < 2**73 < 2**128
    at_zeta = CELL + CELL * CELL + CELL * CELL
    combined = at_zeta * CELL + (CELL * CELL) * CELL
    assert combined.of < 2**103 < REDUCES


def test_the_rest_is_small() -> None:
    """What `reduce_small` is given is below 2^128, and never negative."""
    assert (CELL * CELL).of < 2**128  # mul_ext
    assert 32 * (P - 1) ** 2 < 2**67  # combine
    part = CELL + (CELL + (CELL + CELL * 3) * 3) * 3  # times_x triples at most
    assert (part * (P - 1)).of < 2**128
    end = CELL + CELL * (P - 1) * 3  # the final polynomial
    assert end.of < 2**128
    lowest = -max(vb.WEIGHT_BOUNDS)
    assert lowest + P > 0  # hashed_words adds p before it multiplies
    assert (2**31 + P) * (2**32 % P) < 2**128
    n = 10 * (P - 1) ** 2  # norms of an inverse
    assert n < REDUCES
    assert 4 * (P - 1) ** 2 < REDUCES

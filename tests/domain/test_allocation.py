"""The allocation against exact water-filling, and its invariants."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.allocation import allocate, share_weight
from obsqra_desktop.domain.errors import InvalidInput

weights_lists = st.lists(
    st.one_of(st.integers(1, 12), st.integers(99, 33_333_333)), min_size=1, max_size=8
)
caps = st.one_of(st.integers(1, 10_000), st.sampled_from([1, 1250, 2000, 2500, 5000, 9999, 10_000]))


@pytest.mark.parametrize(
    ("risks", "apys", "expected"),
    [
        ((44, 34), (850, 1210), (3533, 6467)),
        ((40, 40), (850, 1210), (4126, 5874)),
        ((35, 39), (850, 1210), (4383, 5617)),
        ((34, 51), (850, 1210), (5106, 4894)),
        ((25, 35, 45), (850, 900, 1210), (3892, 2976, 3132)),
    ],
)
def test_samples(risks: tuple[int, ...], apys: tuple[int, ...], expected: tuple[int, ...]) -> None:
    weights = [share_weight(apy, risk) for apy, risk in zip(apys, risks, strict=True)]
    result = allocate(weights, [True] * len(weights), 10_000)
    assert result.amounts_bps == expected
    assert result.idle_bps == 0


def test_sample_weights() -> None:
    assert (share_weight(850, 44), share_weight(1210, 34)) == (188_888, 345_714)


def test_cap_moves_the_excess() -> None:
    result = allocate([188_888, 345_714], [True, True], 6_000)
    assert result.amounts_bps == (4_000, 6_000)
    assert result.capped == (False, True)


def test_what_no_pool_may_take_stays_idle() -> None:
    result = allocate([1, 2, 3], [True, False, True], 3_000)
    assert (result.amounts_bps, result.idle_bps) == ((3_000, 0, 3_000), 4_000)


def test_dust_that_the_cap_refuses_stays_idle() -> None:
    # 10000 / 3 = 3333.3…: nobody is at the cap of 3334, and the last can take just the one left.
    assert allocate([1, 1, 1], [True] * 3, 3_334).amounts_bps == (3_333, 3_333, 3_334)
    # Seven equal pools of 1428.57…: dust 4, but the cap leaves room for 1.
    result = allocate([1] * 7, [True] * 7, 1_429)
    assert (result.amounts_bps, result.idle_bps) == ((1_428,) * 6 + (1_429,), 3)


def test_a_share_of_exactly_the_cap_is_capped() -> None:
    # 10000·3/6 is the cap itself: the dust of the thirds must go to a pool that has room.
    result = allocate([1, 1, 1, 3], [True] * 4, 5_000)
    assert result.amounts_bps == (1_666, 1_666, 1_668, 5_000)
    assert result.capped == (False, False, False, True)
    assert result.idle_bps == 0


@given(st.lists(st.integers(1, 60), min_size=2, max_size=8), st.data())
def test_is_water_filling_where_a_share_meets_the_cap(
    weights: list[int], data: st.DataObject
) -> None:
    one = data.draw(st.sampled_from(weights))
    cap = max(1, min(10_000, 10_000 * one // sum(weights)))
    eligible = [True] * len(weights)
    result = allocate(weights, eligible, cap)
    assert (list(result.amounts_bps), result.idle_bps) == water_filling(weights, eligible, cap)


def test_no_eligible_pool_leaves_all_idle() -> None:
    result = allocate([0, 5], [False, False], 5_000)
    assert (result.amounts_bps, result.idle_bps) == ((0, 0), 10_000)


@pytest.mark.parametrize("cap", [0, -1, 10_001])
def test_cap_out_of_range(cap: int) -> None:
    with pytest.raises(InvalidInput):
        allocate([1], [True], cap)


def test_weights_must_be_positive_and_complete() -> None:
    with pytest.raises(InvalidInput):
        allocate([0], [True], 5_000)
    with pytest.raises(InvalidInput):
        allocate([1, 2], [True], 5_000)


def water_level(weights: list[int], cap: int, amount: int) -> Fraction:
    """The λ with Σ min(cap, λ·s) = amount: bisect the break points, then interpolate."""
    levels = sorted({Fraction(0), *(Fraction(cap, s) for s in weights)})

    def filled(level: Fraction) -> Fraction:
        return sum((min(Fraction(cap), level * s) for s in weights), Fraction(0))

    below = max(level for level in levels if filled(level) <= amount)
    rising = sum(s for s in weights if below * s < cap)
    return below + (amount - filled(below)) / rising if rising else below


def water_filling(weights: list[int], eligible: list[bool], cap: int) -> tuple[list[int], int]:
    """The same allocation from the exact real solution: floors, then dust to the last uncapped."""
    chosen = [i for i, yes in enumerate(eligible) if yes]
    amounts = [0] * len(weights)
    if not chosen:
        return amounts, 10_000
    amount = min(10_000, cap * len(chosen))
    level = water_level([weights[i] for i in chosen], cap, amount)
    exact = {i: min(Fraction(cap), level * weights[i]) for i in chosen}
    assert sum(exact.values()) == amount
    for i in chosen:
        amounts[i] = exact[i].numerator // exact[i].denominator
    uncapped = [i for i in chosen if exact[i] < cap]
    if uncapped:
        amounts[uncapped[-1]] = min(cap, amounts[uncapped[-1]] + amount - sum(amounts))
    return amounts, 10_000 - sum(amounts)


@given(weights_lists, caps, st.data())
def test_is_water_filling(weights: list[int], cap: int, data: st.DataObject) -> None:
    eligible = data.draw(st.lists(st.booleans(), min_size=len(weights), max_size=len(weights)))
    result = allocate(weights, eligible, cap)
    amounts, idle = water_filling(weights, eligible, cap)
    assert (list(result.amounts_bps), result.idle_bps) == (amounts, idle)


def with_full_rest(weights: list[int], cap: int) -> list[int]:
    """The fixpoint written with R = 10000 - C·|K| instead of D = min(10000, n·C)."""
    capped: set[int] = set()
    while True:
        free = [i for i in range(len(weights)) if i not in capped]
        rest, total = 10_000 - cap * len(capped), sum(weights[i] for i in free)
        joining = {i for i in free if rest * weights[i] >= cap * total}
        if not joining:
            break
        capped |= joining
    amounts = [cap if i in capped else rest * weights[i] // total for i in range(len(weights))]
    if free:
        dust = rest - sum(amounts[i] for i in free)
        amounts[free[-1]] = min(cap, amounts[free[-1]] + dust)
    return amounts


@given(weights_lists, caps)
def test_both_forms_of_the_rest_agree(weights: list[int], cap: int) -> None:
    assert list(allocate(weights, [True] * len(weights), cap).amounts_bps) == with_full_rest(
        weights, cap
    )


@given(weights_lists, caps, st.data())
def test_invariants(weights: list[int], cap: int, data: st.DataObject) -> None:
    eligible = data.draw(st.lists(st.booleans(), min_size=len(weights), max_size=len(weights)))
    result = allocate(weights, eligible, cap)
    count = sum(eligible)
    assert sum(result.amounts_bps) + result.idle_bps == 10_000
    assert all(0 <= amount <= cap for amount in result.amounts_bps)
    assert all(a == 0 for a, yes in zip(result.amounts_bps, eligible, strict=True) if not yes)
    assert all(a == cap for a, c in zip(result.amounts_bps, result.capped, strict=True) if c)
    least_idle = max(0, 10_000 - count * cap)
    assert least_idle <= result.idle_bps <= least_idle + max(0, count - 1)


@given(weights_lists, caps)
def test_more_weight_never_gets_less(weights: list[int], cap: int) -> None:
    # The last uncapped pool also takes the dust, so it is left out of the comparison.
    result = allocate(weights, [True] * len(weights), cap)
    uncapped = [i for i, capped in enumerate(result.capped) if not capped]
    others = [i for i in range(len(weights)) if not uncapped or i != uncapped[-1]]
    for i in others:
        for j in others:
            if weights[i] <= weights[j]:
                assert result.amounts_bps[i] <= result.amounts_bps[j]


@given(weights_lists, caps, st.integers(1, 50))
def test_only_ratios_matter(weights: list[int], cap: int, factor: int) -> None:
    everyone = [True] * len(weights)
    scaled = allocate([weight * factor for weight in weights], everyone, cap)
    assert scaled == allocate(weights, everyone, cap)


@given(weights_lists, caps, st.data())
def test_order_matters_for_dust_only(weights: list[int], cap: int, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(weights))))
    everyone = [True] * len(weights)
    plain = allocate(weights, everyone, cap)
    moved = allocate([weights[i] for i in order], everyone, cap)
    assert moved.idle_bps - plain.idle_bps in range(-len(weights), len(weights) + 1)
    for position, i in enumerate(order):
        assert moved.capped[position] == plain.capped[i]
        assert abs(moved.amounts_bps[position] - plain.amounts_bps[i]) < len(weights)


@given(weights_lists, caps, st.data())
def test_ineligible_pools_have_no_influence(
    weights: list[int], cap: int, data: st.DataObject
) -> None:
    eligible = data.draw(st.lists(st.booleans(), min_size=len(weights), max_size=len(weights)))
    full = allocate(weights, eligible, cap)
    kept = [weight for weight, yes in zip(weights, eligible, strict=True) if yes]
    alone = allocate(kept, [True] * len(kept), cap)
    chosen = [a for a, yes in zip(full.amounts_bps, eligible, strict=True) if yes]
    assert tuple(chosen) == alone.amounts_bps


@given(st.integers(1, 20_000), st.integers(0, 100))
def test_weight_is_positive_exactly_with_a_yield(apy: int, risk: int) -> None:
    assert 99 <= share_weight(apy, risk) <= 200_000_000
    assert share_weight(0, risk) == 0

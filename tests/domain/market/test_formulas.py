"""The metric definitions: known answers, properties against independent statements, edges."""

import random
from fractions import Fraction
from itertools import pairwise
from math import isqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obsqra_desktop.domain.felt import PRIME
from obsqra_desktop.domain.market import formulas as f
from obsqra_desktop.domain.market import numbers, prices
from obsqra_desktop.domain.market.keys import FEE_ONE
from tests.domain.market.independent import Concentrated, Pair, atanh_ln, bisected_root

SQRT = 0x029895C9CBFCA44F2C46E6E9B5459B
FEE_5BPS = 170141183460469235273462165868118016
positive = st.fractions(Fraction(1, 10**20), Fraction(10**20), max_denominator=10**20)


# --- numbers and prices


@given(positive)
@settings(max_examples=60)
def test_ln(value: Fraction) -> None:
    assert abs(Fraction(numbers.ln(value)) - atanh_ln(value)) < Fraction(1, 10**55)


@given(positive, st.sampled_from([1, 10**6, 10**30]))
def test_root_is_the_floor(value: Fraction, scale: int) -> None:
    found = numbers.root(value, scale)
    assert Fraction(found, scale) ** 2 <= value < Fraction(found + 1, scale) ** 2


@given(st.lists(st.fractions(), min_size=1, max_size=9))
def test_median(values: list[Fraction]) -> None:
    middle = numbers.median(values)
    assert middle in values
    assert sum(one < middle for one in values) <= len(values) // 2
    assert sum(one > middle for one in values) <= len(values) // 2


@given(st.fractions(-(10**9), 10**9), st.integers(0, 12))
def test_text(value: Fraction, places: int) -> None:
    shown = numbers.text(value, places)
    assert abs(Fraction(shown) - value) <= Fraction(1, 2 * 10**places)
    assert len(shown.partition(".")[2]) == places


def test_price_known_answer() -> None:
    raw = prices.from_sqrt(SQRT, prices.EKUBO_ONE)
    assert numbers.text(prices.quoted(raw, 18, 6), 4) == "1569.1390"
    assert prices.tick_of(raw, prices.EKUBO_TICK) == -0x135566D
    assert prices.tick_agrees(raw, -0x135566D, prices.EKUBO_TICK)
    low = numbers.context().exp(numbers.ln(prices.EKUBO_TICK) * -0x135566D)
    assert numbers.text(prices.quoted(Fraction(low), 18, 6), 4) == "1569.1389"


@given(
    st.integers(-887_272, 887_272), st.sampled_from([Fraction(10_001, 10_000), prices.EKUBO_TICK])
)
def test_tick_of_is_the_floor_of_the_logarithm(tick: int, base: Fraction) -> None:
    exact = numbers.context().multiply(numbers.ln(base), numbers.context().create_decimal(tick))
    raw = Fraction(numbers.context().exp(exact))
    just_above, just_below = raw * Fraction(10**20 + 1, 10**20), raw * Fraction(10**20 - 1, 10**20)
    assert prices.tick_of(just_above, base) == tick
    assert prices.tick_of(just_below, base) == tick - 1
    assert prices.tick_agrees(just_above, tick, base)
    assert prices.tick_agrees(just_above, tick - 1, base)
    assert not prices.tick_agrees(just_above, tick + 2, base)
    assert not prices.tick_agrees(just_above, tick - 2, base)


@given(st.integers(1, 10**30), st.integers(1, 10**30), st.integers(0, 24), st.integers(0, 24))
def test_quoted(reserve0: int, reserve1: int, decimals0: int, decimals1: int) -> None:
    raw = prices.from_reserves(reserve0, reserve1)
    assert raw is not None
    whole0, whole1 = Fraction(reserve0, 10**decimals0), Fraction(reserve1, 10**decimals1)
    assert prices.quoted(raw, decimals0, decimals1) == whole1 / whole0


def test_a_swap_moves_the_price() -> None:
    assert prices.from_reserves(0, 5) is None
    assert prices.from_reserves(5, 0) is None
    assert prices.from_reserves(2, 5) == Fraction(5, 2)


@given(st.integers(1, 10_000))
def test_near_share(percent: int) -> None:
    exact = 1 - 1 / bisected_root(Fraction(10_000 + percent, 10_000))
    assert abs(prices.near_share(percent) - exact) < Fraction(1, 10**38)
    assert prices.near_share(percent) <= exact + Fraction(1, 10**50)


def test_two_percent_of_a_pair_is_a_hundredth() -> None:
    depth = prices.reserve_depth(10**24, 10**12, 200)
    assert numbers.text(depth.token0 * 100 / 10**24, 3) == "0.985"
    assert numbers.text(depth.token1 * 100 / 10**12, 3) == "0.985"


@given(st.integers(10**12, 10**26), st.integers(2**120, 2**136), st.integers(10, 5000))
def test_depth_of_constant_liquidity_moves_the_price_so_far(
    liquidity: int, sqrt: int, percent: int
) -> None:
    depth = prices.liquidity_depth(liquidity, sqrt, 2**128, percent)
    root = Fraction(sqrt, 2**128)
    after_buying_token0 = 1 / (1 / root - depth.token0 / liquidity)
    moved = (after_buying_token0 / root) ** 2 - 1
    assert abs(moved - Fraction(percent, 10_000)) < Fraction(1, 10**30)
    after_buying_token1 = root - depth.token1 / liquidity
    moved = (root / after_buying_token1) ** 2 - 1
    assert abs(moved - Fraction(percent, 10_000)) < Fraction(1, 10**30)


def test_percent_x64() -> None:
    assert f.percent_x64(200) == 2 * 2**64 // 100
    assert f.percent_x64(5000) == 2**63


# --- utilization


@pytest.mark.parametrize(
    ("turnover", "bps"),
    [("0.1", 909), ("0.5", 3333), ("1", 5000), ("1.51", 6015), ("1.857", 6499), ("0", 0)],
)
def test_utilization_known_answers(turnover: str, bps: int) -> None:
    assert f.utilization_bps(Fraction(turnover) * 12_345, Fraction(12_345)) == bps


def test_an_empty_pool_has_no_utilization() -> None:
    assert f.utilization_bps(Fraction(0), Fraction(0)) is None
    assert f.utilization_bps(Fraction(5), Fraction(0)) is None
    with pytest.raises(f.Implausible):
        f.utilization_bps(Fraction(-1), Fraction(5))


@given(positive, positive, positive)
def test_utilization_is_bounded_and_monotone(
    volume: Fraction, more: Fraction, tvl: Fraction
) -> None:
    low, high = f.utilization_bps(volume, tvl), f.utilization_bps(volume + more, tvl)
    assert low is not None
    assert high is not None
    assert 0 <= low <= high < 10_000
    assert low * (volume + tvl) <= 10_000 * volume < (low + 1) * (volume + tvl)


swaps = st.lists(st.tuples(st.integers(10**6, 10**15), st.booleans()), min_size=1, max_size=25)


@given(swaps, st.integers(0, PRIME - 1), st.integers(0, PRIME - 1))
def test_ekubo_volume_is_what_was_paid_in(
    trades: list[tuple[int, bool]], start0: int, start1: int
) -> None:
    """Counters may wrap around the field anywhere."""
    pool = Concentrated(
        10**18, 2**128, 2**128, Fraction(FEE_5BPS, FEE_ONE), PRIME, [start0, start1]
    )
    samples = [f.GrowthSample(*pool.growth, pool.liquidity)]
    for amount, token1_in in trades:
        pool.swap(amount, token1_in)
        samples.append(f.GrowthSample(*pool.growth, pool.liquidity))
    volume = f.ekubo_volume(samples, FEE_5BPS)
    for found, paid in ((volume.token0, pool.inputs[0]), (volume.token1, pool.inputs[1])):
        # a fee is rounded up to one unit (2000 units of input), a counter down to 2^-128 of L
        assert abs(found - paid) <= 2001 * len(trades)
    fees = f.ekubo_fees(samples)
    assert abs(fees.token0 - pool.fees[0]) <= len(trades)
    assert fees.token0 <= pool.fees[0]


@given(swaps, st.integers(0, 2**256 - 1), st.sampled_from([0, 4, 5, 10]))
def test_v2_volume_is_what_was_paid_in(
    trades: list[tuple[int, bool]], start: int, protocol: int
) -> None:
    pool = Concentrated(10**18, 2**96, 2**96, Fraction(3000, 10**6), 2**256, [start, start])
    samples = [f.GrowthSample(start, start, pool.liquidity)]
    counted = [start, start]
    for amount, token1_in in trades:
        before = pool.fees[int(token1_in)]
        pool.swap(amount, token1_in)
        fee = pool.fees[int(token1_in)] - before
        kept = fee - fee // protocol if protocol else fee
        side = int(token1_in)
        counted[side] = (counted[side] + (kept << 128) // pool.liquidity) % 2**256
        samples.append(f.GrowthSample(*counted, pool.liquidity))
    volume = f.v2_volume(samples, 3000, protocol)
    for found, paid in ((volume.token0, pool.inputs[0]), (volume.token1, pool.inputs[1])):
        assert abs(found - paid) <= 1000 * len(trades)


def test_liquidity_that_changes_within_a_step_counts_by_its_mean() -> None:
    samples = [f.GrowthSample(0, 0, 100), f.GrowthSample(1 << 128, 0, 300)]
    assert f.ekubo_fees(samples).token0 == 200


def test_a_counter_that_goes_backwards() -> None:
    for growth, modulus in ((f.ekubo_growth, PRIME), (f.v2_growth, 2**256)):
        assert growth(modulus - 5, 3) == 8
        assert growth(7, 7) == 0
        with pytest.raises(f.Implausible):
            growth(7, 6)
    lying = [f.GrowthSample(10**40, 0, 1), f.GrowthSample(10**40 - 1, 0, 1)]
    with pytest.raises(f.Implausible):
        f.ekubo_volume(lying, FEE_5BPS)


def test_more_fees_than_there_can_be() -> None:
    samples = [f.GrowthSample(0, 0, 2**127), f.GrowthSample(2**130, 0, 2**127)]
    with pytest.raises(f.Implausible):
        f.ekubo_fees(samples)


@pytest.mark.parametrize("fee", [0, FEE_ONE])
def test_a_pool_without_a_fee_has_no_volume_to_tell(fee: int) -> None:
    with pytest.raises(f.Implausible):
        f.ekubo_volume([f.GrowthSample(0, 0, 1), f.GrowthSample(0, 0, 1)], fee)


def test_fees_while_no_end_had_liquidity_are_reported() -> None:
    a, b, c = f.GrowthSample(0, 0, 0), f.GrowthSample(5, 0, 0), f.GrowthSample(5, 0, 9)
    assert f.unseen_steps([a, b, c]) == 1
    assert f.unseen_steps([b, c]) == 0
    assert f.ekubo_fees([a, b]).token0 == 0


def test_v1_simulation() -> None:
    """400 trades and a deposit in between, which leaves √k per share alone: the turnover within a
    hundredth of the true one, which adds up what each trade was of the value held then."""
    rng = random.Random(20260914)
    pair = Pair(400 * 10**18, 1_000_000 * 10**6, 10**16)
    before = f.ReserveSample(pair.reserve0, pair.reserve1, pair.supply)
    true = Fraction(0)
    for step in range(400):
        token1_in = rng.random() < 0.45  # the price drifts
        have = pair.reserve1 if token1_in else pair.reserve0
        amount = have * rng.randrange(5, 40) // 10_000
        true += Fraction(amount, 2 * have)
        pair.swap(amount, token1_in)
        if step == 200:
            pair.mint(37)
    after = f.ReserveSample(pair.reserve0, pair.reserve1, pair.supply)
    growth = f.v1_growth(before, after)
    assert growth is not None
    turnover = f.v1_turnover(growth)
    assert abs(turnover / true - 1) < Fraction(1, 100)
    found = (numbers.text(true, 6), numbers.text(turnover, 6))
    assert (*found, f.utilization_bps(turnover, Fraction(1))) == SIMULATED


SIMULATED = ("0.450350", "0.449446", 3100)


@given(
    st.integers(10**15, 10**27),
    st.integers(10**9, 10**18),
    st.lists(st.tuples(st.integers(1, 200), st.booleans()), max_size=12),
)
def test_v1_growth_is_that_of_the_root(
    reserve0: int, reserve1: int, trades: list[tuple[int, bool]]
) -> None:
    pair = Pair(reserve0, reserve1, isqrt(reserve0 * reserve1))
    before = f.ReserveSample(pair.reserve0, pair.reserve1, pair.supply)
    for share, token1_in in trades:
        pair.swap((pair.reserve1 if token1_in else pair.reserve0) * share // 10_000, token1_in)
    after = f.ReserveSample(pair.reserve0, pair.reserve1, pair.supply)
    growth = f.v1_growth(before, after)
    assert growth is not None
    exact = bisected_root(
        Fraction(after.reserve0 * after.reserve1, before.reserve0 * before.reserve1)
    )
    assert growth >= 0
    assert abs(growth + 1 - exact) < Fraction(1, 10**28)


def test_v1_edges() -> None:
    good = f.ReserveSample(10, 10, 10)
    for broken in (
        f.ReserveSample(0, 10, 10),
        f.ReserveSample(10, 0, 10),
        f.ReserveSample(9, 9, 0),
    ):
        assert f.v1_growth(good, broken) is None
        assert f.v1_growth(broken, good) is None
    assert f.v1_growth(f.ReserveSample(10, 10, 10), f.ReserveSample(9, 10, 10)) == 0


def test_vesu_utilization() -> None:
    assert f.vesu_utilization_bps(10**18) == 10_000
    assert f.vesu_utilization_bps(10**18 - 1) == 9_999
    assert f.vesu_utilization_bps(0) == 0


# --- volatility


def test_volatility_known_answer() -> None:
    path = [prices.EKUBO_TICK**0, prices.EKUBO_TICK**5_000]
    assert f.volatility_bps([path[hour % 2] for hour in range(25)], 86_400) == 4681


@given(st.lists(positive, min_size=2, max_size=6), st.integers(3600, 10**6))
@settings(max_examples=40)
def test_volatility_against_series(path: list[Fraction], seconds: int) -> None:
    squares = sum(
        (atanh_ln(after / before, 120) ** 2 for before, after in pairwise(path)),
        Fraction(0),
    )
    exact = 10_000 * bisected_root(squares * 31_557_600 / seconds, 120)
    found = f.volatility_bps(path, seconds)
    assert found == 10_000 if exact >= 10_000 else exact - 1 < found <= exact + Fraction(1, 10**20)


@given(st.lists(positive, min_size=2, max_size=8), positive)
def test_volatility_knows_no_unit(path: list[Fraction], unit: Fraction) -> None:
    here = f.volatility_bps(path, 86_400)
    assert abs(f.volatility_bps([one * unit for one in path], 86_400) - here) <= 1
    assert abs(f.volatility_bps([1 / one for one in path], 86_400) - here) <= 1
    assert f.volatility_bps(path[:1] * 5, 86_400) == 0


def test_volatility_needs_time_and_two_prices() -> None:
    for path, seconds in (([Fraction(1)], 5), ([Fraction(1), Fraction(2)], 0)):
        with pytest.raises(f.Implausible):
            f.volatility_bps(path, seconds)
    assert f.volatility_bps([Fraction(1), Fraction(10**9)], 86_400) == 10_000


def test_oracle_volatility() -> None:
    assert f.oracle_volatility_bps(1_000_000) == 9_999  # a little less than one in a hundred
    assert f.oracle_volatility_bps(468_130) == 4_681


# --- tier, age, yield


@pytest.mark.parametrize(
    ("dollars", "tier"),
    [
        ("0", 0),
        ("49999.999999", 0),
        ("50000", 1),
        ("249999.99", 1),
        ("250000", 2),
        ("999999.99", 2),
        ("1000000", 3),
        ("1e12", 3),
    ],
)
def test_liquidity_tier(dollars: str, tier: int) -> None:
    assert f.liquidity_tier(Fraction(dollars)) == tier


def test_dollars() -> None:
    worth = prices.Dollars(Fraction(2500), Fraction(1), 18, 6)
    assert worth.value(prices.Amounts(Fraction(2 * 10**18), Fraction(3 * 10**6))) == 5003


def test_age() -> None:
    assert f.age_days(86_400 * 5 + 86_399, 0) == 5
    assert f.age_days(7, 7) == 0
    assert f.age_days(86_400 * 40_000, 0) == 30_000
    with pytest.raises(f.Implausible):
        f.age_days(6, 7)


@given(swaps, st.integers(2**120, 2**136), st.integers(0, PRIME - 1))
def test_yield_is_what_a_full_range_position_earned(
    trades: list[tuple[int, bool]], sqrt: int, start: int
) -> None:
    """The whole pool is one full-range position: its fees over its value."""
    pool = Concentrated(10**24, sqrt, 2**128, Fraction(FEE_5BPS, FEE_ONE), PRIME, [start, start])
    before = f.GrowthSample(*pool.growth, pool.liquidity)
    for amount, token1_in in trades:
        pool.swap(amount, token1_in)
    after = f.GrowthSample(*pool.growth, pool.liquidity)
    root = Fraction(pool.sqrt_price, 2**128)
    held0, held1 = pool.liquidity / root, pool.liquidity * root
    price = root * root
    exact = (pool.fees[0] * price + pool.fees[1]) / (held0 * price + held1)
    found = f.ekubo_yield(before, after, pool.sqrt_price)
    assert found <= exact
    assert exact - found <= Fraction(len(trades), 10**20)


def test_v2_yield() -> None:
    before, after = f.GrowthSample(2**256 - 1, 5, 9), f.GrowthSample((1 << 120) - 1, 5, 9)
    assert f.v2_yield(before, after, 2**96) == Fraction(1 << 120, 1 << 129)
    with pytest.raises(f.Implausible):
        f.v2_yield(before, after, 0)


def test_apy() -> None:
    day = Fraction(1, 1000)
    assert f.apy_bps(day, 86_400) == 3652
    assert f.apy_bps(day, 86_400, 8_000) == 2922
    assert f.apy_bps(Fraction(1), 86_400) == 20_000
    assert f.apy_bps(Fraction(0), 86_400) == 0
    for wrong in ((Fraction(-1), 5), (day, 0)):
        with pytest.raises(f.Implausible):
            f.apy_bps(*wrong)


def test_lending_yield() -> None:
    assert f.lending_yield((1000, 10), (2020, 20)) == Fraction(1, 100)
    assert f.lending_yield((1000, 10), (1000, 20)) == 0
    for broken in (((0, 1), (1, 1)), ((1, 0), (1, 1)), ((1, 1), (1, 0))):
        assert f.lending_yield(*broken) is None

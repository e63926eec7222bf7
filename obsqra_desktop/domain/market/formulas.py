"""The metric definitions `obsqra-metrics/1`, docs/market-metrics.md: exact, rounding stated.

Window: from block S at time T_S to the head block N at T_N, about a day. Results that cannot be
known are None; the caller says why. Amounts in dollars are exact fractions.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final

from obsqra_desktop.domain.felt import PRIME
from obsqra_desktop.domain.market.keys import FEE_ONE, PIPS
from obsqra_desktop.domain.market.numbers import context, floor, ln, root
from obsqra_desktop.domain.market.prices import EKUBO_ONE, V2_ONE, Amounts, from_sqrt

DAY: Final = 86_400
YEAR: Final = 31_557_600
"""365.25 days, as Ekubo's oracle extension annualises."""
STEPS: Final = 24
WINDOW: Final = DAY
LEAST_WINDOW: Final = 6 * 3600
"""Seconds; volume, volatility and yield of less say too little about a day."""
LEAST_STEPS: Final = 6
FULL: Final = 10_000
TOP_APY: Final = 20_000
OLDEST: Final = 30_000
NEAR_BPS: Final = 200
"""±2 %: the depth that the liquidity tier is taken from."""
WIDE_BPS: Final = (5_000, 1_000)
"""±50 %, else ±10 %: the depth that stands for a concentrated pool's value."""
TIERS: Final = (50_000, 250_000, 1_000_000)
"""Dollars of two-sided ±2 % depth from which on the tier is 1, 2, 3."""
LEAST_DEPTH: Final = 1_000
"""Dollars of ±2 % depth; in a pool with less, what one position earned says nothing about what
another would."""
V1_FEE: Final = Fraction(3, 1000)
_GROWTH_SCALE: Final = 10**30


class Implausible(ValueError):  # noqa: N818 - the name says what happened
    """Values that no pool can have had one after the other."""


def percent_x64(percent_bps: int) -> int:
    """floor(p · 2^64), the argument of get_market_depth_v2; ±2 % is 368934881474191032."""
    return percent_bps * (1 << 64) // FULL


def utilization_bps(volume: Fraction, value: Fraction) -> int | None:
    """floor(10^4 · V / (V + TVL)) of a day's volume; None if the pool holds nothing.

    Bounded, monotone and without a cliff: V/TVL of 0.1, 0.5, 1 gives 909, 3333, 5000.
    """
    if value <= 0:
        return None
    if volume < 0:
        raise Implausible("a volume below zero")
    return floor(FULL * volume / (volume + value))


def per_day(amount: Fraction, seconds: int) -> Fraction:
    """What the window's amount would be in 86,400 seconds."""
    if seconds <= 0:
        raise Implausible("the window has no length")
    return amount * DAY / seconds


@dataclass(frozen=True)
class GrowthSample:
    """A concentrated pool at one block: fee growth of both tokens (128 fraction bits, wraps
    around) and the liquidity active at the price."""

    growth0: int
    growth1: int
    liquidity: int


def ekubo_growth(before: int, after: int) -> int:
    """Fees per unit of liquidity between two reads: their difference in the felt field.

    Raises Implausible for what would be a step back: more than half the field.
    """
    return _forward((after - before) % PRIME, PRIME)


def v2_growth(before: int, after: int) -> int:
    """The same for JediSwap v2, whose counters are u256 that wrap around."""
    return _forward((after - before) % 2**256, 2**256)


def _forward(step: int, modulus: int) -> int:
    if step > modulus // 2:
        raise Implausible("a fee counter has gone backwards")
    return step


def ekubo_fees(samples: Sequence[GrowthSample]) -> Amounts:
    """What liquidity providers were credited in the window: Σ Δv · L̄ / 2^128.

    L̄ is the mean of both ends of a step: exact if the liquidity at the price is constant within
    steps. Raises Implausible for counters that went backwards and for fees beyond any token.
    """
    return _fees(samples, ekubo_growth)


def v2_fees(samples: Sequence[GrowthSample]) -> Amounts:
    """The same for JediSwap v2; what the protocol takes is not in it."""
    return _fees(samples, v2_growth)


def _fees(samples: Sequence[GrowthSample], growth: Callable[[int, int], int]) -> Amounts:
    totals = [Fraction(0), Fraction(0)]
    for one, two in pairwise(samples):
        mean = Fraction(one.liquidity + two.liquidity, 2)
        steps = (growth(one.growth0, two.growth0), growth(one.growth1, two.growth1))
        for place, step in enumerate(steps):
            fees = step * mean / (1 << 128)
            if fees >= 1 << 128:
                raise Implausible("more fees than there can be of any token")
            totals[place] += fees
    return Amounts(totals[0], totals[1])


def ekubo_volume(samples: Sequence[GrowthSample], fee: int) -> Amounts:
    """What went in of each token: Σ Δv · L̄ / fee, fee of 2^128; every swap counts once, by its
    input, since a swap's fee is input · fee / 2^128.

    Only for pools without extension and with a fee: extensions can raise the counters without
    swaps. Ekubo's Core takes nothing off before it counts.
    """
    return _volume(ekubo_fees(samples), Fraction(fee, FEE_ONE))


def v2_volume(samples: Sequence[GrowthSample], fee_pips: int, fee_protocol: int) -> Amounts:
    """The same for JediSwap v2, whose fee is of 10^6 and whose factory may keep one n-th of it
    (fee_protocol, 0 for none) before it is counted."""
    kept = 1 - Fraction(1, fee_protocol) if fee_protocol else Fraction(1)
    return _volume(v2_fees(samples), Fraction(fee_pips, PIPS) * kept)


def _volume(fees: Amounts, share: Fraction) -> Amounts:
    if not 0 < share < 1:
        raise Implausible("volume cannot be told from fees in a pool without a fee")
    return Amounts(fees.token0 / share, fees.token1 / share)


def unseen_steps(samples: Sequence[GrowthSample]) -> int:
    """Steps with fees though neither end had liquidity: their volume is missing."""
    return sum(
        not one.liquidity
        and not two.liquidity
        and (one.growth0, one.growth1) != (two.growth0, two.growth1)
        for one, two in pairwise(samples)
    )


@dataclass(frozen=True)
class ReserveSample:
    """A constant-product pair at one block: both reserves and the supply of its shares."""

    reserve0: int
    reserve1: int
    supply: int


def v1_growth(before: ReserveSample, after: ReserveSample) -> Fraction | None:
    """g = (√k₁/S₁) / (√k₀/S₀) - 1 with k = r0·r1: what one share earned. None without reserves
    or shares. Rounded down, error below 10^-29; what rounding in the pair makes negative is 0.

    Adding and removing liquidity leaves √k/S alone, so only fees (and gifts) show. A protocol
    share minted at such events makes it a little too small.
    """
    if not all((before.reserve0, before.reserve1, before.supply)):
        return None
    if not all((after.reserve0, after.reserve1, after.supply)):
        return None
    ratio = Fraction(
        after.reserve0 * after.reserve1 * before.supply**2,
        before.reserve0 * before.reserve1 * after.supply**2,
    )
    return max(Fraction(root(ratio, _GROWTH_SCALE), _GROWTH_SCALE) - 1, Fraction(0))


def v1_turnover(growth: Fraction) -> Fraction:
    """τ = volume / value held = g / 0.003. Prices that move in the window make it a little too
    large: 0.454 for a true 0.443 in a simulation of 400 swaps."""
    return growth / V1_FEE


def vesu_utilization_bps(utilization: int) -> int:
    """floor(10^4 · utilization / 10^18): the share of a market's assets that is lent out."""
    return utilization // 10**14


# Volatility


def volatility_bps(prices: Sequence[Fraction], seconds: int) -> int:
    """min(10^4, floor(10^4 · σ)), σ = √(Σ r² · 31557600 / (T_N - T_S)), r = ln(p_k / p_{k-1}).

    Realised, annualised, without subtracting a mean. The relative error of σ is below 10^-55, so
    the result is one too small or large only for a σ that close to a whole number of points.
    """
    if seconds <= 0 or len(prices) < 2:
        raise Implausible("volatility needs two prices and time between them")
    arithmetic = context()
    total = Decimal(0)
    for before, after in pairwise(prices):
        step = ln(after / before)
        total = arithmetic.add(total, arithmetic.multiply(step, step))
    return _annual_bps(total, seconds)


def _annual_bps(squares: Decimal, seconds: int) -> int:
    arithmetic = context()
    variance = arithmetic.divide(arithmetic.multiply(squares, Decimal(YEAR)), Decimal(seconds))
    sigma = arithmetic.multiply(arithmetic.sqrt(variance), Decimal(FULL))
    return min(FULL, int(sigma))


def oracle_volatility_bps(ticks: int) -> int:
    """floor(10^4 · ticks · ln(1.000001)): what Ekubo's oracle extension gives for a year."""
    arithmetic = context()
    unit = ln(Fraction(1_000_001, 1_000_000))
    return int(arithmetic.multiply(Decimal(ticks * FULL), unit))


# Depth, age, yield


def liquidity_tier(depth: Fraction) -> int:
    """0 to 3, 3 is deepest: two-sided ±2 % depth from 50,000, 250,000 and 1,000,000 dollars."""
    if depth < 0:
        raise Implausible("a depth below zero")
    return sum(depth >= bound for bound in TIERS)


def age_days(head_time: int, born: int) -> int:
    """floor((T - T_init) / 86400), at most 30,000."""
    if born > head_time:
        raise Implausible("the pool is younger than the head block")
    return min(OLDEST, (head_time - born) // DAY)


def ekubo_yield(before: GrowthSample, after: GrowthSample, sqrt_ratio: int) -> Fraction:
    """What a full-range position earned in the window, as a share of its value at the end:
    (Δv0 · P + Δv1) / 2^128 / (2·√P), for every unit of liquidity alike. Exact.

    It needs no price in dollars and no liquidity, and no position can have earned it without
    being there all the time. Narrower positions earn more while the price is within them.
    """
    growth0 = ekubo_growth(before.growth0, after.growth0)
    growth1 = ekubo_growth(before.growth1, after.growth1)
    return _full_range(growth0, growth1, sqrt_ratio, EKUBO_ONE)


def v2_yield(before: GrowthSample, after: GrowthSample, sqrt_price: int) -> Fraction:
    """The same for JediSwap v2."""
    growth0 = v2_growth(before.growth0, after.growth0)
    growth1 = v2_growth(before.growth1, after.growth1)
    return _full_range(growth0, growth1, sqrt_price, V2_ONE)


def _full_range(growth0: int, growth1: int, sqrt_ratio: int, one: int) -> Fraction:
    if sqrt_ratio <= 0:
        raise Implausible("a pool without a price")
    earned = (growth0 * from_sqrt(sqrt_ratio, one) + growth1) / (1 << 128)
    return earned / (2 * Fraction(sqrt_ratio, one))


def lending_yield(before: tuple[int, int], after: tuple[int, int]) -> Fraction | None:
    """What one share of a lending market earned: assets per share at the end over those at the
    start, minus 1; each pair is (assets, shares). None without shares; at least 0."""
    if not all((before[0], before[1], after[1])):
        return None
    return max(Fraction(after[0] * before[1], after[1] * before[0]) - 1, Fraction(0))


def apy_bps(earned: Fraction, seconds: int, kept_bps: int = FULL) -> int:
    """min(20000, floor(10^4 · earned · 31557600 / (T_N - T_S))), after what the protocol takes
    when it pays out (`kept_bps` of 10^4 stay). Simple interest: the window's, for a year."""
    if seconds <= 0 or earned < 0:
        raise Implausible("a yield needs time, and is not below zero")
    return min(TOP_APY, floor(earned * kept_bps * YEAR / seconds))

"""Prices and amounts from what pools hold.

A raw price is token1 per token0 in smallest units; a quoted one is in whole tokens. Sources:
Ekubo documentation (pool price, 0.128 fixed point, tick base 1.000001), JediSwap v2 core (0.96,
1.0001), JediSwap v1 (reserves).
"""

from dataclasses import dataclass
from decimal import ROUND_FLOOR
from fractions import Fraction
from typing import Final

from obsqra_desktop.domain.market.numbers import context, floor, ln, root

EKUBO_ONE: Final = 1 << 128
V2_ONE: Final = 1 << 96
EKUBO_TICK: Final = Fraction(1_000_001, 1_000_000)
_ROOT_SCALE: Final = 10**40


def from_sqrt(sqrt_ratio: int, one: int) -> Fraction:
    """The raw price of a pool that keeps its root, fixed point with `one` as 1. Exact."""
    return Fraction(sqrt_ratio * sqrt_ratio, one * one)


def from_reserves(reserve0: int, reserve1: int) -> Fraction | None:
    """The raw price of a constant-product pair; None without reserves. Exact."""
    return Fraction(reserve1, reserve0) if reserve0 and reserve1 else None


def quoted(raw: Fraction, decimals0: int, decimals1: int) -> Fraction:
    """The price in whole tokens: raw · 10^(decimals0 - decimals1). Exact."""
    return raw * Fraction(10**decimals0, 10**decimals1)


def tick_of(raw: Fraction, base: Fraction) -> int:
    """floor(log_base(price)); prices closer to a tick than 10^-40 may come out one lower."""
    arithmetic = context()
    exact = arithmetic.divide(ln(raw), ln(base))
    return int(exact.to_integral_value(rounding=ROUND_FLOOR))


def tick_agrees(raw: Fraction, tick: int, base: Fraction) -> bool:
    """Whether a pool's own tick fits its price. A price that has come down exactly onto a tick is
    kept with the tick below (Uniswap v3 whitepaper 6.3.1), so one may be missing."""
    return -1 <= tick_of(raw, base) - tick <= 1


@dataclass(frozen=True)
class Amounts:
    """What there is of both tokens, in smallest units."""

    token0: Fraction
    token1: Fraction


@dataclass(frozen=True)
class Dollars:
    """What one whole token of each is worth, and how many decimals each has.

    The dollar is that of the stable coins that the deployments file names.
    """

    price0: Fraction
    price1: Fraction
    decimals0: int
    decimals1: int

    def value(self, amounts: Amounts) -> Fraction:
        """Both together, in dollars. Exact."""
        unit0, unit1 = Fraction(10**self.decimals0), Fraction(10**self.decimals1)
        return amounts.token0 * self.price0 / unit0 + amounts.token1 * self.price1 / unit1


def near_share(percent_bps: int) -> Fraction:
    """1 - 1/√(1 + p): the share of a reserve, or of virtual reserves, that is bought when the
    price moves by p. Rounded down, error below 10^-39."""
    inverse = root(Fraction(10_000, 10_000 + percent_bps), _ROOT_SCALE)
    return 1 - Fraction(inverse + 1, _ROOT_SCALE)


def reserve_depth(reserve0: int, reserve1: int, percent_bps: int) -> Amounts:
    """±p depth of a constant-product pair."""
    share = near_share(percent_bps)
    return Amounts(reserve0 * share, reserve1 * share)


def liquidity_depth(liquidity: int, sqrt_ratio: int, one: int, percent_bps: int) -> Amounts:
    """±p depth if the liquidity at the price reached that far: a0 = L(1/√P - 1/√(P(1+p))),
    a1 = L(√P - √(P/(1+p))). A stand-in where no lens tells the real depth; ticks within the range
    can make it more or less."""
    share = near_share(percent_bps)
    return Amounts(
        Fraction(liquidity * one, sqrt_ratio) * share, Fraction(liquidity * sqrt_ratio, one) * share
    )


def bps_apart(left: Fraction, right: Fraction) -> int:
    """|left - right| / right in basis points, rounded down."""
    return floor(abs(left - right) * 10_000 / right)

"""The formulas said again in another way, to hold the program's against: power series in
fractions for logarithms, bisection for roots, and pools that really trade."""

from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt

PRIME = 2**251 + 17 * 2**192 + 1


def atanh_ln(value: Fraction, terms: int = 160) -> Fraction:
    """ln by 2·Σ z^(2k+1)/(2k+1), z = (x-1)/(x+1), after halving or doubling to 2/3 … 4/3."""
    shifts = 0
    while value > Fraction(4, 3):
        value, shifts = value / 2, shifts + 1
    while value < Fraction(2, 3):
        value, shifts = value * 2, shifts - 1
    value = Fraction(round(value * 2**260), 2**260)

    def series(x: Fraction) -> Fraction:
        z = (x - 1) / (x + 1)
        z = Fraction(round(z * 2**260), 2**260)
        square, power, total = z * z, z, Fraction(0)
        for k in range(terms):
            total += power / (2 * k + 1)
            power = Fraction(round(power * square * 2**260), 2**260)
        return 2 * total

    return series(value) + shifts * (series(Fraction(4, 3)) + series(Fraction(3, 2)))


def bisected_root(value: Fraction, bits: int = 200) -> Fraction:
    """√value from below, within 2^-bits."""
    low, high = Fraction(0), max(Fraction(1), value)
    while high - low > Fraction(1, 2**bits):
        middle = (low + high) / 2
        middle = Fraction(int(middle * 2 ** (bits + 8)), 2 ** (bits + 8))
        low, high = (middle, high) if middle * middle <= value else (low, middle)
    return low


@dataclass
class Concentrated:
    """A pool with constant liquidity that trades along the curve and keeps counters as the venues
    do: fees · 2^128 / L, in a ring of `modulus`."""

    liquidity: int
    sqrt_price: int
    one: int
    fee: Fraction
    modulus: int
    growth: list[int]
    inputs: list[int] = field(default_factory=lambda: [0, 0])
    fees: list[int] = field(default_factory=lambda: [0, 0])

    def swap(self, amount: int, token1_in: bool) -> None:
        """Pay `amount` in, fee included."""
        fee = -(-amount * self.fee.numerator // self.fee.denominator)
        rest, side = amount - fee, int(token1_in)
        self.inputs[side] += amount
        self.fees[side] += fee
        step = (fee << 128) // self.liquidity
        self.growth[side] = (self.growth[side] + step) % self.modulus
        if token1_in:
            self.sqrt_price += rest * self.one // self.liquidity
        else:
            top = self.liquidity * self.one
            self.sqrt_price = top * self.sqrt_price // (top + rest * self.sqrt_price)


@dataclass
class Pair:
    """A constant-product pair with a fee of 0.3 %, as Pair.cairo checks it: balance·1000 - in·3."""

    reserve0: int
    reserve1: int
    supply: int
    volume0: int = 0
    volume1: int = 0

    def swap(self, amount: int, token1_in: bool) -> None:
        """Pay `amount` in and take out what the invariant allows."""
        have, other = (
            (self.reserve1, self.reserve0) if token1_in else (self.reserve0, self.reserve1)
        )
        effective = amount * 997
        out = effective * other // (have * 1000 + effective)
        if token1_in:
            self.reserve1, self.reserve0 = have + amount, other - out
            self.volume1 += amount
        else:
            self.reserve0, self.reserve1 = have + amount, other - out
            self.volume0 += amount

    def mint(self, percent: int) -> None:
        """Add liquidity in proportion."""
        minted = self.supply * percent // 100
        self.reserve0 += -(-self.reserve0 * minted // self.supply)
        self.reserve1 += -(-self.reserve1 * minted // self.supply)
        self.supply += minted

    @property
    def root_k(self) -> int:
        return isqrt(self.reserve0 * self.reserve1)

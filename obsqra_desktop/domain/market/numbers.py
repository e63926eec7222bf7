"""Exact numbers for the formulas: fractions, whole roots, and logarithms with a stated error.

Nothing here is a float. Fractions and whole numbers are exact. Logarithms and roots of sums are
`Decimal` operations, which the General Decimal Arithmetic specification defines to be correctly
rounded: with 60 digits each has a relative error below 10^-59, the same on every computer.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from fractions import Fraction
from math import isqrt
from typing import Final

DIGITS: Final = 60


def context() -> Context:
    """The decimal arithmetic of all formulas."""
    return Context(
        prec=DIGITS,
        rounding=ROUND_HALF_EVEN,
        Emin=-9999,
        Emax=9999,
        traps=[InvalidOperation, DivisionByZero, Overflow],
    )


def decimal(value: Fraction) -> Decimal:
    """The nearest decimal of 60 digits."""
    return context().divide(Decimal(value.numerator), Decimal(value.denominator))


def ln(value: Fraction) -> Decimal:
    """The natural logarithm of a positive number.

    Rounding the argument first adds at most 10^-59 to the result, absolutely.
    """
    if value <= 0:
        raise ValueError("only positive numbers have a logarithm")
    return context().ln(decimal(value))


def root(value: Fraction, scale: int) -> int:
    """floor(scale · √value), exactly."""
    if value < 0:
        raise ValueError("only numbers from 0 on have a root")
    return isqrt(value.numerator * scale * scale // value.denominator)


def floor(value: Fraction) -> int:
    """The largest whole number that is not above it."""
    return value.numerator // value.denominator


def median(values: Sequence[Fraction]) -> Fraction:
    """The middle one of an odd number of values, the lower middle one of an even number."""
    if not values:
        raise ValueError("nothing has no median")
    return sorted(values)[(len(values) - 1) // 2]


def text(value: Fraction, places: int) -> str:
    """Decimal digits with so many places, half to even; for people, never read back."""
    scaled = round(value * 10**places)
    digits = f"{abs(scaled):0{places + 1}d}"
    sign = "-" if scaled < 0 else ""
    whole, rest = (digits[:-places], digits[-places:]) if places else (digits, "")
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"


def price_text(value: Fraction) -> str:
    """A price with at least eight significant digits, for people."""
    places = 4
    while places < 30 and 0 < value * 10**places < 10**7:
        places += 1
    return text(value, places)

"""The final exponentiation of BN254.

To the power (p⁶ - 1)(p² + 1), then to a multiple of (p⁴ - p² + 1)/r by Fuentes-Castañeda, Knapp,
Rodríguez-Henríquez, "Faster hashing to G2" (SAC 2011), section 5: the factor is 2x(6x² + 3x + 1),
prime to r, so that two results are equal exactly if the reduced pairings are. The chain of powers
is that of arkworks (ark-ec, models/bn) and gnark.
"""

from __future__ import annotations

from typing import Final

from tests.devtools.pairing.tower import (
    E12,
    X,
    conj12,
    cyclotomic_square,
    frobenius12,
    inverse12,
    mul12,
)

WIDTH: Final = 4


def window_digits(number: int, width: int) -> list[int]:
    """The non-adjacent form of this width: digits 0 or odd, the lowest first."""
    digits = []
    while number:
        digit = number % (1 << width) if number % 2 else 0
        if digit >> (width - 1):
            digit -= 1 << width
        digits.append(digit)
        number = (number - digit) // 2
    return digits


FACTOR: Final = 2 * X * (6 * X * X + 3 * X + 1)
CHAIN: Final = tuple(reversed(window_digits(X, WIDTH)))
"""Digits of x, the highest first: 0 or odd, below 2^(WIDTH - 1)."""


def easy(f: E12) -> E12:
    """f^((p⁶ - 1)(p² + 1)), an element of the cyclotomic subgroup; fails for 0."""
    first = mul12(conj12(f), inverse12(f))
    return mul12(frobenius12(first, 2), first)


def power_x(a: E12) -> E12:
    """a^x in the cyclotomic subgroup, where inverses are for nothing."""
    square = cyclotomic_square(a)
    powers = [a]  # 1, 3, 5, 7
    while len(powers) < 1 << (WIDTH - 2):
        powers.append(mul12(powers[-1], square))
    result = powers[CHAIN[0] // 2]
    for digit in CHAIN[1:]:
        result = cyclotomic_square(result)
        if digit:
            power = powers[abs(digit) // 2]
            result = mul12(result, power if digit > 0 else conj12(power))
    return result


def hard(a: E12) -> E12:
    """a^(FACTOR · (p⁴ - p² + 1)/r); the comments are exponents."""
    x1 = power_x(a)  # x
    x2 = cyclotomic_square(x1)  # 2x
    x6 = mul12(cyclotomic_square(x2), x2)  # 6x
    xx6 = power_x(x6)  # 6x²
    xxx12 = power_x(cyclotomic_square(xx6))  # 12x³
    p2 = mul12(mul12(xxx12, xx6), x6)  # 12x³ + 6x² + 6x
    p1 = mul12(p2, conj12(x2))  # 12x³ + 6x² + 4x
    p0 = mul12(mul12(p2, xx6), a)  # 12x³ + 12x² + 6x + 1
    p3 = mul12(conj12(a), p1)  # 12x³ + 6x² + 4x - 1
    return last(p0, p1, p2, p3)


def last(p0: E12, p1: E12, p2: E12, p3: E12) -> E12:
    """p0 · p1^p · p2^(p²) · p3^(p³)"""
    low = mul12(frobenius12(p1, 1), p0)
    return mul12(frobenius12(p3, 3), mul12(frobenius12(p2, 2), low))

"""The optimal ate pairing of BN254, in affine coordinates.

Vercauteren, "Optimal pairings" (IEEE Transactions on Information Theory 56, 2010), section IV.A:
for BN curves the loop runs over 6x + 2 and ends with two lines through ψ(Q) and -ψ²(Q). Line
functions for a twist of degree six as in Costello, Lange, Naehrig, "Faster pairing computations on
curves with high-degree twists" (eprint 2009/615). Affine slopes, as an inverse costs a circuit no
more than a product; and each line divided by the y of the point in G1 (Scott, "Computing the Tate
pairing", CT-RSA 2005): a factor in Fp, which the final exponentiation sends to 1.

E: y² = x³ + 3 over Fp. E': y² = x³ + 3/ξ over Fp2, taken into E(Fp12) by (x, y) -> (x·w², y·w³).
The line with slope λ through (x, y) of E' at a point (x1, y1) of E is then
y1 - λ·x1·w + (λ·x - y)·w³; divided by y1 it is 1 + (a + b·v)·w with a = -λ·x1/y1, b = (λ·x - y)/y1.

Affine formulas have exceptions (two points with one x, y = 0): the inverse does not exist there, so
evaluation fails and the proof is refused. For points of order R none is met: every sum in the loop
is of kQ and ±Q with 1 < k < R - 1, and the two in the end are of other multiples (tests/pairing).
"""

from __future__ import annotations

from typing import Final, NamedTuple

from tests.devtools.pairing.tower import (
    E2,
    E6,
    E12,
    Element,
    P,
    X,
    add2,
    add6,
    by_v,
    conj2,
    div2,
    double2,
    mul2,
    power2,
    scale2,
    square2,
    sub2,
    xi,
)

G1 = tuple[Element, Element]
G2 = tuple[E2, E2]


def signed_digits(number: int) -> list[int]:
    """The non-adjacent form: digits -1, 0, 1, the lowest first."""
    digits = []
    while number:
        digit = 2 - number % 4 if number % 2 else 0
        digits.append(digit)
        number = (number - digit) // 2
    return digits


LOOP: Final = tuple(reversed(signed_digits(6 * X + 2)))[1:]
"""What follows the leading 1, the highest first."""


class Line(NamedTuple):
    """Slope λ, and μ = λ·x - y for any point (x, y) on it."""

    slope: E2
    offset: E2


class At(NamedTuple):
    """A point of G1 as lines need it: -x/y and 1/y."""

    ratio: Element
    inverse: Element


def at(point: G1) -> At:
    """Of the point."""
    inverse = point[1].inverse()
    return At((inverse.of(0) - point[0]) * inverse, inverse)


def at_negated(point: G1) -> At:
    """Of (x, -y)."""
    inverse = point[1].inverse()
    return At(point[0] * inverse, inverse.of(0) - inverse)


def tangent(point: G2) -> Line:
    """At a point of E'; fails for y = 0."""
    x, y = point
    square = square2(x)
    slope = div2(add2(double2(square), square), double2(y))
    return Line(slope, sub2(mul2(slope, x), y))


def chord(left: G2, right: G2) -> Line:
    """Through two points of E'; fails if they have one x."""
    slope = div2(sub2(right[1], left[1]), sub2(right[0], left[0]))
    return Line(slope, sub2(mul2(slope, left[0]), left[1]))


def third(line: Line, left: E2, right: E2) -> G2:
    """The sum of the points with these two x on the line: the third point, negated."""
    x = sub2(square2(line.slope), add2(left, right))
    return x, sub2(line.offset, mul2(line.slope, x))


def step(f: E12, line: Line, where: At) -> E12:
    """f · (1 + (a + b·v)·w)."""
    a = scale2(line.slope, where.ratio)
    b = scale2(line.offset, where.inverse)
    even, odd = f
    return add6(even, by_v(sparse(odd, a, b))), add6(odd, sparse(even, a, b))


def sparse(f: E6, a: E2, b: E2) -> E6:
    """f · (a + b·v): 5 products of Fp2."""
    low, high = mul2(f[0], a), mul2(f[1], b)
    cross = mul2(add2(f[0], f[1]), add2(a, b))
    return (
        add2(low, xi(mul2(f[2], b))),
        sub2(cross, add2(low, high)),
        add2(high, mul2(f[2], a)),
    )


def psi(point: G2, times: int) -> G2:
    """ψ^times: the p-th power on E, carried back to E': (x̄·ξ^((p-1)/3), ȳ·ξ^((p-1)/2))."""
    x, y = point
    one = x[0]
    for _ in range(times):
        factors = (power2((9, 1), (P - 1) // k) for k in (3, 2))
        (a, b), (c, d) = factors
        x = mul2(conj2(x), (one.of(a), one.of(b)))
        y = mul2(conj2(y), (one.of(c), one.of(d)))
    return x, y


def negated(point: G2) -> G2:
    """-Q."""
    zero = point[0][0].of(0)
    return point[0], (zero - point[1][0], zero - point[1][1])


def ends(point: G2) -> tuple[G2, G2, G2]:
    """ψ(Q), -ψ²(Q) and -ψ³(Q): what the loop ends with, and where it must arrive.

    (6x + 2) + ψ - ψ² + ψ³ = 0 on the points of order R (Vercauteren). The other way round it is a
    membership test: Dai, Lin, Zhao, Zhou, "Fast subgroup membership testings for G1, G2 and GT on
    pairing-friendly curves" (eprint 2022/348). With f = (6x + 2) + X - X² + X³ and the
    characteristic polynomial g = X² - t·X + p of ψ on E', a point of E'(Fp2) with f(ψ)Q = 0 is also
    killed by the resultant of f and g; its greatest common divisor with the group's order
    R·(2p - R) is R (tests/pairing), so Q is of order R.
    """
    return psi(point, 1), negated(psi(point, 2)), negated(psi(point, 3))


def lines_of(point: G2) -> tuple[list[Line], G2]:
    """All lines of the loop and its ends, in order, and the point that it arrives at."""
    found = []
    now = point

    def with_point(other: G2) -> None:
        nonlocal now
        line = chord(now, other)
        found.append(line)
        now = third(line, now[0], other[0])

    for digit in LOOP:
        line = tangent(now)
        found.append(line)
        now = third(line, now[0], now[0])
        if digit:
            with_point(point if digit > 0 else negated(point))
    first, second, _ = ends(point)
    with_point(first)
    with_point(second)
    return found, now

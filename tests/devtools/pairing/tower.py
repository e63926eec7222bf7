"""Fp2 = Fp[u]/(u² + 1), Fp6 = Fp2[v]/(v³ - ξ), Fp12 = Fp6[w]/(w² - v), with ξ = 9 + u.

The tower of BN254 in EIP-197 and gnark. Formulas: Karatsuba and complex squaring as in Beuchat,
González-Díaz, Mitsunari, Okamoto, Rodríguez-Henríquez, Teruya, "High-speed software implementation
of the optimal ate pairing over Barreto-Naehrig curves" (eprint 2010/354), section 5; squaring in
the cyclotomic subgroup by Granger and Scott, "Faster squaring in the cyclotomic subgroup of sixth
degree extensions" (eprint 2009/565), section 3.2. In Fp2 the plain product of 4 multiplications is
used: in Cairo's circuits an addition costs almost as much as a multiplication, so gates count.

An Fp2 element is (a0, a1) = a0 + a1·u, an Fp6 element three of them, an Fp12 element two of those.
"""

from __future__ import annotations

import abc
from typing import Final

P: Final = 21888242871839275222246405745257275088696311157297823662689037894645226208583
"""The field's prime, 36x⁴ + 36x³ + 24x² + 6x + 1."""
R: Final = 21888242871839275222246405745257275088548364400416034343698204186575808495617
"""The groups' order, 36x⁴ + 36x³ + 18x² + 6x + 1."""
X: Final = 4965661367192848881
"""The curve's parameter."""


class Element(abc.ABC):
    """One element of Fp, whatever stands behind it."""

    @abc.abstractmethod
    def __add__(self, other: Element) -> Element: ...

    @abc.abstractmethod
    def __sub__(self, other: Element) -> Element: ...

    @abc.abstractmethod
    def __mul__(self, other: Element) -> Element: ...

    @abc.abstractmethod
    def inverse(self) -> Element:
        """Raises ZeroDivisionError where that is known; a circuit's evaluation fails."""

    @abc.abstractmethod
    def of(self, value: int) -> Element:
        """A constant of the same kind."""


E2 = tuple[Element, Element]
E6 = tuple[E2, E2, E2]
E12 = tuple[E6, E6]


def add2(a: E2, b: E2) -> E2:
    return a[0] + b[0], a[1] + b[1]


def sub2(a: E2, b: E2) -> E2:
    return a[0] - b[0], a[1] - b[1]


def double2(a: E2) -> E2:
    return add2(a, a)


def mul2(a: E2, b: E2) -> E2:
    return a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]


def square2(a: E2) -> E2:
    """(a0 + a1)(a0 - a1), 2·a0·a1."""
    product = a[0] * a[1]
    return (a[0] + a[1]) * (a[0] - a[1]), product + product


def scale2(a: E2, k: Element) -> E2:
    return a[0] * k, a[1] * k


def neg2(a: E2) -> E2:
    zero = a[0].of(0)
    return zero - a[0], zero - a[1]


def conj2(a: E2) -> E2:
    """The p-th power: u becomes -u."""
    return a[0], a[0].of(0) - a[1]


def xi(a: E2) -> E2:
    """The product with 9 + u."""
    nine = a[0].of(9)
    return nine * a[0] - a[1], a[0] + nine * a[1]


def div2(a: E2, b: E2) -> E2:
    """a / b, by the norm of b; fails for b = 0."""
    inverse = (b[0] * b[0] + b[1] * b[1]).inverse()
    real, imaginary = a[0] * b[0] + a[1] * b[1], a[1] * b[0] - a[0] * b[1]
    return real * inverse, imaginary * inverse


def add6(a: E6, b: E6) -> E6:
    return add2(a[0], b[0]), add2(a[1], b[1]), add2(a[2], b[2])


def sub6(a: E6, b: E6) -> E6:
    return sub2(a[0], b[0]), sub2(a[1], b[1]), sub2(a[2], b[2])


def neg6(a: E6) -> E6:
    return neg2(a[0]), neg2(a[1]), neg2(a[2])


def mul6(a: E6, b: E6) -> E6:
    """Karatsuba: 6 products of Fp2."""
    t0, t1, t2 = mul2(a[0], b[0]), mul2(a[1], b[1]), mul2(a[2], b[2])
    m12 = mul2(add2(a[1], a[2]), add2(b[1], b[2]))
    m01 = mul2(add2(a[0], a[1]), add2(b[0], b[1]))
    m02 = mul2(add2(a[0], a[2]), add2(b[0], b[2]))
    return (
        add2(t0, xi(sub2(m12, add2(t1, t2)))),
        add2(sub2(m01, add2(t0, t1)), xi(t2)),
        add2(sub2(m02, add2(t0, t2)), t1),
    )


def by_v(a: E6) -> E6:
    """The product with v."""
    return xi(a[2]), a[0], a[1]


def inverse6(a: E6) -> E6:
    """By the norm to Fp2 (Beuchat et al., algorithm 17)."""
    c0 = sub2(square2(a[0]), xi(mul2(a[1], a[2])))
    c1 = sub2(xi(square2(a[2])), mul2(a[0], a[1]))
    c2 = sub2(square2(a[1]), mul2(a[0], a[2]))
    norm = add2(mul2(a[0], c0), xi(add2(mul2(a[2], c1), mul2(a[1], c2))))
    return div2(c0, norm), div2(c1, norm), div2(c2, norm)


def mul12(a: E12, b: E12) -> E12:
    """Karatsuba: 3 products of Fp6."""
    t0, t1 = mul6(a[0], b[0]), mul6(a[1], b[1])
    cross = mul6(add6(a[0], a[1]), add6(b[0], b[1]))
    return add6(t0, by_v(t1)), sub6(cross, add6(t0, t1))


def square12(a: E12) -> E12:
    """Complex squaring: 2 products of Fp6."""
    product = mul6(a[0], a[1])
    both = mul6(add6(a[0], a[1]), add6(a[0], by_v(a[1])))
    return sub6(both, add6(product, by_v(product))), add6(product, product)


def conj12(a: E12) -> E12:
    """The p⁶-th power: w becomes -w. In the cyclotomic subgroup this is the inverse."""
    return a[0], neg6(a[1])


def inverse12(a: E12) -> E12:
    """By the norm to Fp6; fails for 0."""
    norm = inverse6(sub6(mul6(a[0], a[0]), by_v(mul6(a[1], a[1]))))
    return mul6(a[0], norm), neg6(mul6(a[1], norm))


def power2(a: tuple[int, int], exponent: int) -> tuple[int, int]:
    """A power in Fp2 of numbers."""
    result = (1, 0)
    for bit in f"{exponent:b}":
        x, y = result
        result = (x * x - y * y) % P, 2 * x * y % P
        if bit == "1":
            x, y = result
            result = (x * a[0] - y * a[1]) % P, (x * a[1] + y * a[0]) % P
    return result


def frobenius12(a: E12, times: int) -> E12:
    """The p^times-th power, times 1, 2 or 3.

    w^(p^times) = γ·w with γ = ξ^((p^times - 1)/6), which lies in Fp2; the coefficient of w^k,
    conjugated for odd times, is multiplied by γ^k.
    """
    gamma = (P**times - 1) // 6
    one = a[0][0][0]

    def part(value: E2, k: int) -> E2:
        raised = conj2(value) if times % 2 else value
        if k == 0:
            return raised
        real, imaginary = power2((9, 1), k * gamma)
        if imaginary == 0:
            return scale2(raised, one.of(real))
        return mul2(raised, (one.of(real), one.of(imaginary)))

    even, odd = a
    return (
        (part(even[0], 0), part(even[1], 2), part(even[2], 4)),
        (part(odd[0], 1), part(odd[1], 3), part(odd[2], 5)),
    )


def cyclotomic_square(a: E12) -> E12:
    """Granger and Scott; only for elements of the cyclotomic subgroup.

    Fp12 as a cubic extension of Fp4 = Fp2[s] with s = w³: a = A + B·w + C·w². The square is
    (3A² - 2Ā) + (3sC² + 2B̄)·w + (3B² - 2C̄)·w², where the bar takes s to -s.
    """
    (a0, c0, b1), (b0, a1, c1) = a
    pairs = ((a0, a1), (b0, b1), (c0, c1))
    three = a0[0].of(3)

    def even(x: E2, y: E2) -> E2:  # of (x + y·s)², times 3
        return scale2(add2(xi(square2(y)), square2(x)), three)

    def odd(x: E2, y: E2) -> E2:  # half of it, times 3
        return scale2(mul2(x, y), three)

    def minus(t: E2, g: E2) -> E2:
        return sub2(t, double2(g))

    def plus(t: E2, g: E2) -> E2:
        return double2(add2(t, g))

    (a_even, a_odd), (b_even, b_odd), (c_even, c_odd) = ((even(*p), odd(*p)) for p in pairs)
    return (
        (minus(a_even, a0), minus(b_even, c0), minus(c_even, b1)),
        (plus(xi(c_odd), b0), plus(a_odd, a1), plus(b_odd, c1)),
    )

"""The circuits that the contract is made of."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from tests.devtools.pairing.circuits import Circuit, trace
from tests.devtools.pairing.final import easy, last
from tests.devtools.pairing.miller import (
    G1,
    G2,
    At,
    Line,
    at,
    at_negated,
    chord,
    ends,
    negated,
    step,
    tangent,
    third,
)
from tests.devtools.pairing.numbers import as_12
from tests.devtools.pairing.tower import (
    E2,
    E12,
    Element,
    P,
    cyclotomic_square,
    mul2,
    mul12,
    square2,
    square12,
    sub2,
)

Wires = list[Element]
TWIST: Final = (27 * pow(82, -1, P) % P, -3 * pow(82, -1, P) % P)
"""3/(9 + u)"""


def g1(wires: Wires) -> G1:
    return wires[0], wires[1]


def g2(wires: Wires) -> G2:
    return (wires[0], wires[1]), (wires[2], wires[3])


def as_line(wires: Wires) -> Line:
    return Line((wires[0], wires[1]), (wires[2], wires[3]))


def as_at(wires: Wires) -> At:
    return At(wires[0], wires[1])


def curve(point: G1) -> Element:
    """y² - x³ - 3, zero on E."""
    x, y = point
    return y * y - x * x * x - x.of(3)


def twist(point: G2) -> E2:
    """y² - x³ - 3/ξ, zero on E'."""
    x, y = point
    constant = x[0].of(TWIST[0]), x[0].of(TWIST[1])
    return sub2(sub2(square2(y), mul2(square2(x), x)), constant)


def points(a: Wires, b: Wires, c: Wires) -> Any:
    equations = [curve(g1(a)), twist(g2(b)), curve(g1(c))]
    return equations, at(g1(a)), at_negated(g1(c))


def last_points(b: Wires) -> Any:
    return *ends(g2(b)), negated(g2(b))[1]


def lines(f: E12, line: Line, a: Wires, gamma: Wires, i: Wires, delta: Wires, c: Wires) -> E12:
    f = step(f, line, as_at(a))
    f = step(f, as_line(gamma), as_at(i))
    return step(f, as_line(delta), as_at(c))


def double(f: Wires, t: Wires, *rest: Wires) -> Any:
    point = g2(t)
    line = tangent(point)
    return lines(square12(as_12(f)), line, *rest), third(line, point[0], point[0])


def add(f: Wires, t: Wires, q: Wires, *rest: Wires) -> Any:
    point, other = g2(t), g2(q)
    line = chord(point, other)
    return lines(as_12(f), line, *rest), third(line, point[0], other[0])


def sum1(left: G1, right: G1) -> G1:
    """Of two points of E with different x; fails for others."""
    slope = (right[1] - left[1]) * (right[0] - left[0]).inverse()
    return third1(slope, left, right[0])


def double1(point: G1) -> G1:
    """2P; fails for y = 0."""
    square = point[0] * point[0]
    slope = (square + square + square) * (point[1] + point[1]).inverse()
    return third1(slope, point, point[0])


def third1(slope: Element, left: G1, right: Element) -> G1:
    """The third point of a line, negated."""
    x = slope * slope - left[0] - right
    return x, slope * (left[0] - x) - left[1]


def multiples(s: Wires, *entries: Wires) -> Any:
    total = double1(double1(g1(s)))
    for entry in entries:
        total = sum1(total, g1(entry))
    return [total]


def inputs_at(s: Wires, correction: Wires) -> Any:
    return [at_negated(sum1(g1(s), g1(correction)))]


def negate(odd: Wires) -> Any:
    zero = odd[0].of(0)
    return [[zero - one for one in odd]]


def squares(count: int) -> Callable[[Wires], Any]:
    def function(f: Wires) -> Any:
        value = as_12(f)
        for _ in range(count):
            value = cyclotomic_square(value)
        return [value]

    return function


F12: Final = ("f", 12)
LINES: Final = [("a", 2), ("gamma", 4), ("i", 2), ("delta", 4), ("c", 2)]


def circuits() -> list[Circuit]:
    """All of them, in the order of their use."""
    return [
        trace(
            "points",
            "The curves' equations at A, B and C, zero if they hold; A and -C as lines need them.",
            [("a", 2), ("b", 4), ("c", 2)],
            points,
        ),
        trace(
            "multiples",
            "4·S + E0 + E1 + E2: two bits of each public input.",
            [("s", 2), ("e0", 2), ("e1", 2), ("e2", 2)],
            multiples,
        ),
        trace(
            "inputs_at",
            "-(S + correction), the sum over the public inputs, as lines need it.",
            [("s", 2), ("correction", 2)],
            inputs_at,
        ),
        trace("last_points", "ψ(B), -ψ²(B), -ψ³(B), and y of -B.", [("b", 4)], last_points),
        trace(
            "double",
            "f² and the tangent at T, with the lines of γ and δ; 2·T.",
            [F12, ("t", 4), *LINES],
            double,
        ),
        trace(
            "add",
            "f and the line through T and Q, with the lines of γ and δ; T + Q.",
            [F12, ("t", 4), ("q", 4), *LINES],
            add,
        ),
        trace("easy", "f^((p⁶ - 1)(p² + 1)).", [F12], lambda f: [easy(as_12(f))]),
        trace("square", "f² in the cyclotomic subgroup.", [F12], squares(1)),
        trace("square_4", "f^16 in the cyclotomic subgroup.", [F12], squares(4)),
        trace("negate", "The odd half of f^(p⁶), from that of f.", [("odd", 6)], negate),
        trace("mul", "f·g.", [F12, ("g", 12)], lambda f, g: [mul12(as_12(f), as_12(g))]),
        trace(
            "last",
            "p0 · p1^p · p2^(p²) · p3^(p³).",
            [("p0", 12), ("p1", 12), ("p2", 12), ("p3", 12)],
            lambda *parts: [last(*map(as_12, parts))],
        ),
    ]

"""The Groth16 equation by another pairing, from the textbook: nothing of tests/devtools/pairing.

Fp12 = Fp[w]/(w¹² - 18w⁶ + 82), so that w⁶ = 9 + u with u² = -1. The reduced Tate pairing by
Miller's algorithm over P of E(Fp), without vertical lines as their values lie in a subfield
(Galbraith, Harrison, Soldera, "Implementing the Tate pairing", ANTS-V 2002), and the final power in
one piece.
"""

from collections.abc import Sequence

P = 21888242871839275222246405745257275088696311157297823662689037894645226208583
R = 21888242871839275222246405745257275088548364400416034343698204186575808495617
Point = tuple[int, int] | None
Poly = list[int]
Point12 = tuple[Poly, Poly]


def times(a: Poly, b: Poly) -> Poly:
    """The product in Fp12, coefficients from w⁰ to w¹¹."""
    wide = [0] * 23
    for i, x in enumerate(a):
        if x:
            for j, y in enumerate(b):
                wide[i + j] += x * y
    for k in range(22, 11, -1):
        wide[k - 6] += 18 * wide[k]
        wide[k - 12] -= 82 * wide[k]
    return [value % P for value in wide[:12]]


def power(a: Poly, exponent: int) -> Poly:
    result = [1] + [0] * 11
    for bit in f"{exponent:b}":
        result = times(result, result)
        if bit == "1":
            result = times(result, a)
    return result


def untwisted(q: Sequence[int]) -> Point12:
    """(x0, x1, y0, y1) of the twist, taken to E(Fp12): (x·w², y·w³) with u = w⁶ - 9."""
    x0, x1, y0, y1 = q
    x, y = [0] * 12, [0] * 12
    x[2], x[8] = (x0 - 9 * x1) % P, x1
    y[3], y[9] = (y0 - 9 * y1) % P, y1
    return x, y


def slope(a: tuple[int, int], b: tuple[int, int]) -> int:
    if a == b:
        return 3 * a[0] ** 2 * pow(2 * a[1], -1, P) % P
    return (b[1] - a[1]) * pow(b[0] - a[0], -1, P) % P


def plus(a: Point, b: Point) -> Point:
    if a is None or b is None:
        return a or b
    if a[0] == b[0] and a != b:
        return None
    s = slope(a, b)
    x = (s * s - a[0] - b[0]) % P
    return x, (s * (a[0] - x) - a[1]) % P


def multiple(number: int, point: Point) -> Point:
    result: Point = None
    for bit in f"{number:b}":
        result = plus(result, result)
        if bit == "1":
            result = plus(result, point)
    return result


def line(a: tuple[int, int], b: tuple[int, int], q: Point12) -> Poly:
    """(y - y_a) - s·(x - x_a) at Q; for a vertical, which lies in a subfield, 1."""
    if a[0] == b[0] and a != b:
        return [1] + [0] * 11
    s = slope(a, b)
    value = [(y - s * x) % P for x, y in zip(*q, strict=True)]
    value[0] = (value[0] + s * a[0] - a[1]) % P
    return value


def tate(p: tuple[int, int], q: Point12) -> Poly:
    """f_{R,P}(Q), not yet raised."""
    f, t = [1] + [0] * 11, p
    for bit in f"{R:b}"[1:]:
        f = times(times(f, f), line(t, t, q))
        doubled = plus(t, t)
        assert doubled is not None
        t = doubled
        if bit == "1":
            f = times(f, line(t, p, q))
            added = plus(t, p)
            if added is None:  # the last step: R·P
                break
            t = added
    return f


def holds(key: Sequence[int], publics: Sequence[int], proof: Sequence[int]) -> bool:
    """e(A, B) = e(α, β)·e(I, γ)·e(C, δ); the key as alpha, beta, gamma, delta, inputs."""
    points = list(zip(key[14::2], key[15::2], strict=True))
    total: Point = points[0]
    for number, point in zip(publics, points[1:], strict=True):
        if point != (0, 0):
            total = plus(total, multiple(number, point))
    assert total is not None
    pairs = [
        ((proof[0], -proof[1] % P), proof[2:6]),
        ((key[0], key[1]), key[2:6]),
        (total, key[6:10]),
        ((proof[6], proof[7]), key[10:14]),
    ]
    product = [1] + [0] * 11
    for p, q in pairs:
        product = times(product, tate(p, untwisted(q)))
    return power(product, (P**12 - 1) // R) == [1] + [0] * 11

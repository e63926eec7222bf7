"""The check of MIST's verifier as a plain model: the same steps as the contract, over numbers.

Groth, "On the size of pairing-based non-interactive arguments" (eprint 2016/260), section 3.2:
e(A, B) = e(α, β) · e(I, γ) · e(C, δ) with I = IC0 + Σ publics·IC; here e(A, B) · e(-I, γ) ·
e(-C, δ) is compared with e(α, β), which is a constant.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from tests.devtools.pairing.final import easy, hard
from tests.devtools.pairing.key import BITS, GROUP, WINDOW, Key, read_key, sums
from tests.devtools.pairing.miller import (
    G1,
    G2,
    LOOP,
    At,
    Line,
    at,
    at_negated,
    ends,
    lines_of,
    step,
)
from tests.devtools.pairing.numbers import ONE, Number, flat, pair
from tests.devtools.pairing.parts import curve, double1, sum1, twist
from tests.devtools.pairing.tower import E12, P, R, square12


class RefusedError(Exception):
    """The proof is refused; the word is the contract's, without its prefix."""


def miller(pairs: Sequence[tuple[Sequence[Line], At]]) -> E12:
    """The product of the loops over these points' lines."""
    f, at_line = ONE, 0

    def all_lines() -> None:
        nonlocal f, at_line
        for lines, where in pairs:
            f = step(f, lines[at_line], where)
        at_line += 1

    for digit in LOOP:
        f = square12(f)
        all_lines()
        if digit:
            all_lines()
    all_lines()
    all_lines()
    return f


def pairing(pairs: Sequence[tuple[G1, G2]]) -> E12:
    """The product of e(P, Q), to the power of final.FACTOR."""
    return hard(easy(miller([(lines_of(q)[0], at(p)) for p, q in pairs])))


def inputs_point(key: Key, publics: Sequence[int]) -> G1:
    """IC0 + Σ publics·IC by tables, as the contract does it."""
    known = sums(key)
    total = known.start
    for low in reversed(range(0, BITS, WINDOW)):
        for _ in range(WINDOW):
            total = double1(total)
        for k, table in enumerate(known.tables):
            mine = known.bound[GROUP * k : GROUP * (k + 1)]
            digits = [publics[i] >> low & (1 << WINDOW) - 1 for i in mine]
            total = sum1(total, table[sum(one << WINDOW * j for j, one in enumerate(digits))])
    return sum1(total, known.correction)


@cache
def fixed(key: Key) -> tuple[list[Line], list[Line], E12]:
    """The lines of γ and δ, and e(α, β)."""
    return lines_of(key.gamma)[0], lines_of(key.delta)[0], pairing([(key.alpha, key.beta)])


def check(proof: Sequence[int], publics: Sequence[int]) -> None:
    """8 coordinates (A, B with the real parts first, C) and ten inputs; raises RefusedError."""
    if len(proof) != 8 or len(publics) != 10:
        raise RefusedError("span")
    if not all(0 <= value < P for value in proof):
        raise RefusedError("coordinate")
    if not all(0 <= value < R for value in publics):
        raise RefusedError("input")
    n = [Number(value) for value in proof]
    a, b, c = (n[0], n[1]), (pair(*proof[2:4]), pair(*proof[4:6])), (n[6], n[7])
    if any(value != Number(0) for value in flat([curve(a), twist(b), curve(c)])):
        raise RefusedError("curve")
    key = read_key()
    try:
        lines, arrived = lines_of(b)
    except ZeroDivisionError:
        raise RefusedError("subgroup") from None
    if arrived != ends(b)[2]:
        raise RefusedError("subgroup")
    gamma, delta, alpha_beta = fixed(key)
    found = miller(
        [
            (lines, at(a)),
            (gamma, at_negated(inputs_point(key, publics))),
            (delta, at_negated(c)),
        ]
    )
    if hard(easy(found)) != alpha_beta:
        raise RefusedError("pairing")

"""The vectors that the prover wrote, step by step; every constraint and every public value."""

from functools import cache
from typing import Any

import pytest

from tests.verifier.loading import pair, vb, vectors

NUMBERS = range(len(vectors()))
ONLY_PUBLIC = 118
"""This constraint has public values only: zero everywhere for a statement that parses."""


@cache
def at_zeta(number: int) -> tuple[Any, Any, list[Any], Any]:
    """Proof, challenges, the constraints at zeta, and what they must fold to."""
    statement, proof = (vb.parse_statement(pair(number)[0]), vb.parse_proof(pair(number)[1]))
    publics = vb.Publics.of(statement)
    challenges = vb.run_transcript(statement, publics, proof)
    values = evaluated(proof, challenges, publics)
    zeta = challenges.zeta
    return proof, challenges, values, (zeta.power(128) - 1) * vb.quotient_at(proof, zeta)


def evaluated(proof: Any, challenges: Any, publics: Any) -> list[Any]:
    now, then = (claim.values[:68] for claim in proof.claims if claim.batch == 1)
    found: list[Any] = vb.constraints(vb.selectors_at(challenges.zeta), now, then, publics)
    return found


def folded(values: list[Any], alpha: Any) -> Any:
    result = vb.Ext(0)
    for value in values:
        result = result * alpha + value
    return result


@pytest.mark.parametrize("number", NUMBERS)
def test_statement_and_public_values(number: int) -> None:
    vector, statement = vectors()[number], vb.parse_statement(pair(number)[0])
    assert statement.digest.hex() == vector["statement_digest"]
    assert vb.Publics.of(statement).flat == vector["public_values"]


@pytest.mark.parametrize("number", NUMBERS)
def test_every_transcript_input_and_digest(number: int) -> None:
    steps = vb.verify_proof(*pair(number)).steps
    expected = [(step["input"], step["digest"]) for step in vectors()[number]["transcript"]]
    assert [(given.hex(), digest.hex()) for given, digest in steps] == expected


@pytest.mark.parametrize("number", NUMBERS)
def test_every_challenge(number: int) -> None:
    found = vb.verify_proof(*pair(number))
    assert vectors()[number]["challenges"] == {
        "alpha": list(found.alpha.c),
        "zeta": list(found.zeta.c),
        "lambda": list(found.batching.c),
        "betas": [list(beta.c) for beta in found.betas],
        "queries": found.queries,
    }


@pytest.mark.parametrize("number", NUMBERS)
def test_constraints_fold_to_the_quotient(number: int) -> None:
    _, challenges, values, expected = at_zeta(number)
    assert len(values) == vb.CONSTRAINTS == 178
    assert folded(values, challenges.alpha) == expected
    assert len({value.c for value in values}) == 178
    assert [i for i, value in enumerate(values, 1) if value == vb.Ext(0)] == [ONLY_PUBLIC]


@pytest.mark.parametrize("index", [i for i in range(178) if i != ONLY_PUBLIC - 1])
def test_no_constraint_can_be_left_out_weakened_or_moved(index: int) -> None:
    _, challenges, values, expected = at_zeta(0)
    zeroed = [*values[:index], vb.Ext(0), *values[index + 1 :]]
    doubled = [*values[:index], values[index] + values[index], *values[index + 1 :]]
    dropped = [*values[:index], *values[index + 1 :]]
    moved = [*dropped, values[index]] if index < 177 else [values[index], *dropped]
    for other in (zeroed, doubled, dropped, moved):
        assert folded(other, challenges.alpha) != expected


@pytest.mark.parametrize("index", range(194))
def test_every_public_value_enters_the_constraints(index: int) -> None:
    proof, challenges, _, expected = at_zeta(0)
    flat = list(vectors()[0]["public_values"])
    flat[index] = (flat[index] + 1) % vb.P
    other = evaluated(proof, challenges, vb.Publics(flat))
    assert folded(other, challenges.alpha) != expected


@pytest.mark.parametrize("column", range(68))
def test_every_column_enters_the_constraints(column: int) -> None:
    proof, challenges, _, expected = at_zeta(0)
    now, then = (claim.values[:68] for claim in proof.claims if claim.batch == 1)
    selectors = vb.selectors_at(challenges.zeta)
    publics = vb.Publics(vectors()[0]["public_values"])
    for rows in ((changed(now, column), then), (now, changed(then, column))):
        found = folded(vb.constraints(selectors, *rows, publics), challenges.alpha)
        constant_now = rows[1] is not then and column not in next_row_columns()
        assert (found == expected) is constant_now


def changed(row: list[Any], column: int) -> list[Any]:
    return [*row[:column], row[column] + 1, *row[column + 1 :]]


def next_row_columns() -> set[int]:
    """The columns whose next row some constraint reads (section 6)."""
    digits = set(range(21))
    return digits | {21, 22, *range(23, 28), *range(28, 68)}


def test_selectors_on_the_domain_are_the_columns() -> None:
    """Two rows that a trace could have tell the selectors' polynomials from their columns."""
    near = vb.Ext(5, 7, 11, 13)
    found = vb.selectors_at(near)
    ones = vb.Ext(1)
    assert sum(found.row, vb.Ext(0)) == ones
    assert sum(found.block, vb.Ext(0)) == ones
    window = found.linear + found.external + found.internal + found.carry + found.absorb
    assert window == ones


def test_permutation_is_the_one_of_the_constraints() -> None:
    """Rows of the sponge, computed by `permute`'s parts, satisfy constraints 147-162."""
    state = list(range(1, 17))
    assert vb.permute(state) != state
    assert len(set(map(tuple, (vb.permute(state), vb.permute(state[::-1]))))) == 2
    assert vb.permute(state) == vb.permute([cell + vb.P for cell in state])


def test_field() -> None:
    a, b = vb.Ext(1, 2, 3, 4), vb.Ext(vb.P - 1, 7, 0, 9)
    assert a * a.inverse() == b * b.inverse() == vb.Ext(1)
    assert (a + b) * (a - b) == a * a - b * b
    x = vb.Ext(0, 1)
    assert x.power(4) == vb.Ext(3)
    assert a.power(vb.P**4 - 1) == vb.Ext(1)
    assert vb.invert_all([a, b, x]) == [a.inverse(), b.inverse(), x.inverse()]
    assert pow(vb.ROOTS[24], 1 << 23, vb.P) == vb.P - 1
    with pytest.raises(vb.Rejected):
        vb.Ext(0).inverse()


def test_fold_is_interpolation() -> None:
    """Against the plain definition: Lagrange's formula through the eight points."""
    beta, y = vb.Ext(3, 1, 4, 1), pow(vb.ROOTS[13], 77, vb.P)
    points = [y * pow(vb.ROOTS[3], vb.bitrev(m, 3), vb.P) % vb.P for m in range(8)]
    values = [vb.Ext(m, m * m, 5, 8 - m) for m in range(8)]
    expected = vb.Ext(0)
    for m, value in enumerate(values):
        for other, x in enumerate(points):
            if other != m:
                value *= (beta - x) * pow(points[m] - x, -1, vb.P)
        expected += value
    assert vb.fold(values, y, beta) == expected

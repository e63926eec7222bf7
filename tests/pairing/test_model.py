"""The model of the contract's check: fields, curve facts, pairing, and verdicts against others."""

import math
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.mist.note import SpendPublics
from obsqra_desktop.domain.shipped import resource_root
from obsqra_desktop.proving.mist import NativeMistProver
from tests.devtools.pairing import final, key, miller, tower
from tests.devtools.pairing.groth16 import RefusedError, check, inputs_point, pairing
from tests.devtools.pairing.miller import G1, G2
from tests.devtools.pairing.numbers import ONE, Number, as_12
from tests.devtools.pairing.tower import E12, P, R, X
from tests.pairing import plain
from tests.pairing.material import (
    BOUND,
    PROOFS,
    PUBLICS,
    SMALL,
    WITHDRAW_TO,
    g2,
    key_numbers,
    multiple2,
    of_small_order,
    plus2,
    twist_point,
    values,
)

T = P + 1 - R
"""The trace of Frobenius of E."""
elements = st.integers(0, P - 1).map(Number)
twelve = st.lists(elements, min_size=12, max_size=12).map(as_12)
not_zero = twelve.filter(lambda a: a != as_12([Number(0)] * 12))
KEY = key.read_key()
CASES = 120


@pytest.fixture(scope="module")
def prover() -> NativeMistProver:
    return NativeMistProver(resource_root() / "mist")


def native_accepts(prover: NativeMistProver, publics: list[int], proof: list[int]) -> bool:
    """AuthDone is no field of the port's type, as this program never says 1."""
    try:
        prover.verify(SpendPublics(publics[0], *publics[2:]), proof)
    except AppError:
        return False
    return True


def verdict(publics: list[int], proof: list[int]) -> str:
    try:
        check(proof, publics)
    except RefusedError as error:
        return str(error)
    return ""


def generator() -> G1:
    return Number(1), Number(2)


def as_poly(a: E12) -> list[int]:
    """In the basis 1, w, …, w¹¹ of tests.pairing.plain: u = w⁶ - 9."""
    even, odd = a
    poly = [0] * 12
    for k, part in enumerate((even[0], odd[0], even[1], odd[1], even[2], odd[2])):
        real, imaginary = values(part)
        poly[k] = (real - 9 * imaginary) % P
        poly[k + 6] = imaginary
    return poly


@settings(max_examples=40)
@given(not_zero, not_zero)
def test_products_are_those_of_polynomials(a: E12, b: E12) -> None:
    product = tower.mul12(a, b)
    assert as_poly(product) == plain.times(as_poly(a), as_poly(b))
    assert tower.square12(a) == tower.mul12(a, a)
    assert tower.mul12(product, tower.inverse12(product)) == ONE


@settings(max_examples=10, deadline=None)
@given(twelve)
def test_frobenius_is_the_power(a: E12) -> None:
    raised = as_poly(tower.frobenius12(a, 1))
    assert raised == plain.power(as_poly(a), P)
    assert tower.frobenius12(tower.frobenius12(a, 1), 1) == tower.frobenius12(a, 2)
    assert tower.frobenius12(tower.frobenius12(a, 2), 1) == tower.frobenius12(a, 3)


@settings(max_examples=20, deadline=None)
@given(not_zero)
def test_the_cyclotomic_subgroup(a: E12) -> None:
    one = final.easy(a)
    assert tower.cyclotomic_square(one) == tower.mul12(one, one)
    assert tower.mul12(one, tower.conj12(one)) == ONE
    assert as_poly(final.power_x(one)) == plain.power(as_poly(one), X)


def test_the_final_exponentiation_is_the_power() -> None:
    """Its chain as one number, and the whole against one power in the other basis."""
    x = X
    chain = (
        (12 * x**3 + 12 * x**2 + 6 * x + 1)
        + (12 * x**3 + 6 * x**2 + 4 * x) * P
        + (12 * x**3 + 6 * x**2 + 6 * x) * P**2
        + (12 * x**3 + 6 * x**2 + 4 * x - 1) * P**3
    )
    cyclotomic = P**4 - P**2 + 1
    assert (chain - final.FACTOR * (cyclotomic // R)) % cyclotomic == 0
    assert math.gcd(final.FACTOR, R) == 1
    a = as_12([Number(7 * i + 3) for i in range(12)])
    whole = (P**12 - 1) // R * final.FACTOR
    assert as_poly(final.hard(final.easy(a))) == plain.power(as_poly(a), whole)


def test_parameters() -> None:
    assert 36 * X**4 + 36 * X**3 + 24 * X**2 + 6 * X + 1 == P
    assert 36 * X**4 + 36 * X**3 + 18 * X**2 + 6 * X + 1 == R
    digits = [1, *miller.LOOP]
    assert sum(d << i for i, d in enumerate(reversed(digits))) == 6 * X + 2
    assert sum(d << i for i, d in enumerate(reversed(final.CHAIN))) == X


def test_the_end_of_the_loop_tells_the_order() -> None:
    """The resultant of f and ψ's polynomial shares R alone with the order of E'(Fp2)."""
    f = [6 * X + 2, 1, -1, 1]
    for k in (3, 2):  # modulo X² - T·X + P
        f[k - 1] += f[k] * T
        f[k - 2] -= f[k] * P
        f[k] = 0
    a, b = f[0], f[1]
    resultant = a * a + a * b * T + b * b * P
    order = R * (2 * P - R)
    assert math.gcd(resultant, order) == R
    assert order % (R * R) != 0


def test_no_exception_is_met_for_points_of_order_r() -> None:
    """ψ multiplies by P there: the multiples before each sum differ from ± what is added."""
    now = 1
    for digit in miller.LOOP:
        now *= 2
        if digit:
            assert (now - 1) % R
            assert (now + 1) % R
            now += digit
        assert now % R
        assert 2 * now % R
    for added in (P, -(P**2)):
        assert (now - added) % R
        assert (now + added) % R
        now += added
    assert (now + P**3) % R == 0


def test_random_points_of_the_twist_are_told() -> None:
    chance = Random(1)
    for _ in range(20):
        point = g2(twist_point(chance))
        _, arrived = miller.lines_of(point)
        assert arrived != miller.ends(point)[2]
    for point in (KEY.beta, KEY.gamma, KEY.delta):
        _, arrived = miller.lines_of(point)
        assert arrived == miller.ends(point)[2]


def test_points_of_small_order_hide_nowhere() -> None:
    """Alone, and added to the proof's own B: there the order is R·SMALL."""
    assert (2 * P - R) % SMALL == 0
    assert all(SMALL % factor for factor in range(2, 101))
    for number in range(3):
        small = of_small_order(Random(number))
        with pytest.raises(ZeroDivisionError):
            multiple2(SMALL, small)
        mixed = plus2(small, g2(PROOFS[0][2:6]))
        for point in (small, mixed):
            proof = [*PROOFS[0][:2], *values(point), *PROOFS[0][6:]]
            assert verdict(list(PUBLICS), proof) == "subgroup"


def doubled(point: G2) -> G2:
    return miller.third(miller.tangent(point), point[0], point[0])


def test_the_pairing_is_bilinear_and_not_trivial() -> None:
    p, q = generator(), KEY.gamma
    double = key.finite(key.plus(p, p))
    once = pairing([(p, q)])
    assert once != ONE
    assert pairing([(double, q)]) == pairing([(p, doubled(q))]) == tower.mul12(once, once)
    assert pairing([(p, q), (key.finite(key.minus(p)), q)]) == ONE
    seven = key.finite(key.times(7, p))
    assert pairing([(seven, q)]) == as_12(power_of(once, 7))


def power_of(a: E12, exponent: int) -> list[Number]:
    result = ONE
    for _ in range(exponent):
        result = tower.mul12(result, a)
    return [Number(value) for value in values(result)]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, R - 1) | st.sampled_from([0, 1, R - 1]), min_size=10, max_size=10))
def test_the_sum_over_the_public_inputs(publics: list[int]) -> None:
    numbers = key_numbers()
    points = list(zip(numbers[14::2], numbers[15::2], strict=True))
    total: plain.Point = points[0]
    for number, point in zip(publics, points[1:], strict=True):
        total = plain.plus(total, None if point == (0, 0) else plain.multiple(number, point))
    assert tuple(values(inputs_point(KEY, publics))) == total


@pytest.mark.parametrize("proof", PROOFS)
def test_published_proofs_hold_by_both_pairings(proof: tuple[int, ...]) -> None:
    assert plain.holds(key_numbers(), PUBLICS, proof)
    check(proof, PUBLICS)


@pytest.mark.parametrize("place", range(10))
def test_every_public_input_but_one_is_bound(place: int) -> None:
    """The published circuit says nothing of where money goes; both pairings agree."""
    other = list(PUBLICS)
    other[place] += 1
    assert plain.holds(key_numbers(), other, PROOFS[0]) is (place == WITHDRAW_TO)
    assert verdict(other, list(PROOFS[0])) == ("" if place == WITHDRAW_TO else "pairing")


def mutations(chance: Random) -> list[tuple[list[int], list[int]]]:
    """Coordinates and inputs changed, points negated, exchanged with others on their curve."""
    found = []
    for number in range(CASES):
        publics, proof = list(PUBLICS), list(PROOFS[number % 2])
        kind = number % 8
        if kind == 0:
            publics[chance.choice(BOUND)] = chance.choice((0, 1, R - 1, chance.randrange(R)))
        elif kind == 1:
            publics[WITHDRAW_TO] = chance.randrange(R)
        elif kind == 2:
            at = chance.choice((1, 7))
            proof[at] = P - proof[at]
        elif kind == 3:
            proof[4], proof[5] = P - proof[4], P - proof[5]
        elif kind == 4:
            at = chance.choice((0, 6))
            point = key.finite(key.times(chance.randrange(1, R), generator()))
            proof[at : at + 2] = values(point)
        elif kind == 5:
            proof[2:6] = twist_point(chance)
        elif kind == 6:
            proof[chance.randrange(8)] ^= 1 << chance.randrange(254)
        elif number % 16 == 7:
            proof[2:6] = values(KEY.gamma)
        publics[1] = 0
        found.append((publics, proof))
    return found


def test_verdicts_are_those_of_the_native_verifier(prover: NativeMistProver) -> None:
    said = []
    for publics, proof in mutations(Random(8)):
        mine = verdict(publics, proof)
        assert (mine == "") is native_accepts(prover, publics, proof), mine
        said.append(mine)
    assert {"", "curve", "subgroup", "pairing"} <= set(said)
    assert said.count("") >= CASES // 16
    assert said.count("pairing") >= CASES // 4


def test_what_is_no_canonical_number() -> None:
    for at in range(8):
        proof = list(PROOFS[0])
        proof[at] += P
        assert verdict(list(PUBLICS), proof) == "coordinate"
    for at in range(10):
        publics = list(PUBLICS)
        publics[at] += R
        assert verdict(publics, list(PROOFS[0])) == "input"
    for at, zeros in ((0, 2), (2, 4), (6, 2)):
        proof = list(PROOFS[0])
        proof[at : at + zeros] = [0] * zeros
        assert verdict(list(PUBLICS), proof) == "curve"
    assert verdict(list(PUBLICS), list(PROOFS[0][:-1])) == "span"
    assert verdict(list(PUBLICS[:-1]), list(PROOFS[0])) == "span"

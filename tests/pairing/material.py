"""Published numbers for the pairing's tests: key, proofs, points."""

from random import Random

from tests.devtools.mist_key import TWIST, KeyDataError, root2, times
from tests.devtools.pairing.key import FILE
from tests.devtools.pairing.miller import G2, chord, tangent, third
from tests.devtools.pairing.numbers import Number, flat, pair
from tests.devtools.pairing.tower import P, R
from tests.vectors.mist import VECTORS, numbers

PUBLICS = numbers(VECTORS["assignment"]["publics"])
PROOFS = (numbers(VECTORS["published_proof"]), numbers(VECTORS["blinded"]["proof"]))
WITHDRAW_TO = 4
SMALL = 10069
"""A prime factor of the twist's cofactor."""
BOUND = tuple(i for i in range(10) if i != WITHDRAW_TO)


def key_numbers() -> list[int]:
    data = FILE.read_bytes()
    return [int.from_bytes(data[at : at + 32], "little") for at in range(8, len(data), 32)]


def twist_point(chance: Random) -> tuple[int, int, int, int]:
    """A random point of the twist: of order R by no luck in this world."""
    while True:
        x = chance.randrange(P), chance.randrange(P)
        cube = times(times(x, x), x)
        try:
            y = root2(((cube[0] + TWIST[0]) % P, (cube[1] + TWIST[1]) % P))
        except KeyDataError:
            continue
        return *x, *y


def of_small_order(chance: Random) -> G2:
    """A point of the twist whose order is SMALL, which divides the cofactor 2P - R."""
    start = g2(twist_point(chance))
    return multiple2((2 * P - R) // SMALL * R, start)


def plus2(left: G2, right: G2) -> G2:
    """Of two points of the twist with different x."""
    return third(chord(left, right), left[0], right[0])


def multiple2(number: int, point: G2) -> G2:
    """By doubling and adding; ZeroDivisionError if infinity is met."""
    result = point
    for bit in f"{number:b}"[1:]:
        result = third(tangent(result), result[0], result[0])
        if bit == "1":
            result = plus2(result, point)
    return result


def g2(coordinates: tuple[int, ...]) -> G2:
    return pair(*coordinates[:2]), pair(*coordinates[2:])


def values(nested: object) -> list[int]:
    """The numbers of a tower element or a point."""
    found = flat(nested)
    return [one.value for one in found if isinstance(one, Number)]

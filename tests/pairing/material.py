"""Published numbers for the pairing's tests: key, proofs, points."""

from random import Random

from tests.devtools.mist_key import TWIST, KeyDataError, root2, times
from tests.devtools.pairing.key import FILE
from tests.devtools.pairing.miller import G2
from tests.devtools.pairing.numbers import Number, flat, pair
from tests.devtools.pairing.tower import P
from tests.vectors.mist import VECTORS, numbers

PUBLICS = numbers(VECTORS["assignment"]["publics"])
PROOFS = (numbers(VECTORS["published_proof"]), numbers(VECTORS["blinded"]["proof"]))
WITHDRAW_TO = 4
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


def g2(coordinates: tuple[int, ...]) -> G2:
    return pair(*coordinates[:2]), pair(*coordinates[2:])


def values(nested: object) -> list[int]:
    """The numbers of a tower element or a point."""
    found = flat(nested)
    return [one.value for one in found if isinstance(one, Number)]

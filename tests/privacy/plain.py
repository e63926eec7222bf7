"""MIST's rules once more in plain Python, written from their description: the tests' own word."""

from collections.abc import Sequence
from functools import cache

from Crypto.Hash import keccak

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.errors import NoteMissing
from obsqra_desktop.domain.mist.note import FIELD, HEIGHT, TreePath

FULL, PARTIAL = 6, 50


def keccak256(data: bytes) -> bytes:
    return keccak.new(digest_bits=256, data=data).digest()


@cache
def round_keys(width: int) -> list[list[int]]:
    """Of each round: `width` keys in full rounds, one in partial ones."""
    state = keccak256(f"Poseidon2-BN254[t={width},rF={FULL},rP={PARTIAL},d=5]".encode())
    rounds = []
    for number in range(FULL + PARTIAL):
        partial = FULL // 2 <= number < FULL // 2 + PARTIAL
        keys = []
        for _ in range(1 if partial else width):
            state = keccak256(state)
            keys.append(int.from_bytes(state, "big") % FIELD)
        rounds.append(keys)
    return rounds


def times(matrix: list[list[int]], vector: list[int]) -> list[int]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) % FIELD for row in matrix]


OUTER = {2: [[2, 1], [1, 2]], 3: [[2, 1, 1], [1, 2, 1], [1, 1, 2]]}
INNER = {2: [[2, 1], [1, 3]], 3: [[2, 1, 1], [1, 2, 1], [1, 1, 3]]}


def plain_hash(*elements: int) -> int:
    width = len(elements)
    if width not in OUTER or not all(0 <= one < FIELD for one in elements):
        raise InvalidInput("two or three elements")
    state = times(OUTER[width], list(elements))
    for keys in round_keys(width):
        for place, key in enumerate(keys):
            state[place] = pow(state[place] + key, 5, FIELD)
        state = times((OUTER if len(keys) == width else INNER)[width], state)
    lane = 1 if width == 2 else 0
    return (state[lane] + elements[lane]) % FIELD


def parent(a: int, b: int) -> int:
    return plain_hash(*sorted((a, b))) if a and b else a or b


class PlainTree:
    """Implements Tree."""

    def path(self, leaves: Sequence[int], leaf: int) -> TreePath:
        if leaf not in leaves:
            raise NoteMissing("not there")
        at = index = leaves.index(leaf)
        level = list(leaves)
        siblings = []
        while len(level) > 1:
            level += [0] * (len(level) % 2)
            siblings.append(level[at ^ 1])
            level = [parent(*level[i : i + 2]) for i in range(0, len(level), 2)]
            at //= 2
        return TreePath(index, level[0], (*siblings, *[0] * (HEIGHT - len(siblings))))

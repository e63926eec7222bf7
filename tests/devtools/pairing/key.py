"""The published verifying key, and what the contract knows of it in advance.

resources/mist/verifying_key.bin: alpha (G1), beta, gamma, delta (G2), then a point of G1 for the
constant 1 and for each of the ten public inputs; (0, 0) is the point at infinity. Little-endian, 32
bytes a coordinate.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Final, Optional

from tests.devtools.pairing.miller import G1, G2, signed_digits
from tests.devtools.pairing.numbers import Number, pair
from tests.devtools.pairing.tower import P
from tests.devtools.setup import ROOT

FILE: Final = ROOT / "resources" / "mist" / "verifying_key.bin"
MAGIC: Final = b"OBMISTV1"
PUBLICS: Final = 10
BITS: Final = 254
GROUP: Final = 3
"""Public inputs that share a table."""
WINDOW: Final = 2
"""Bits of each that are looked up at once, so a table has 2^(GROUP · WINDOW) points."""

Point = Optional[G1]
"""None is the point at infinity."""


@dataclass(frozen=True)
class Key:
    """The key's points."""

    alpha: G1
    beta: G2
    gamma: G2
    delta: G2
    inputs: tuple[Point, ...]


@cache
def read_key() -> Key:
    """The key that is shipped."""
    data = FILE.read_bytes()
    if not data.startswith(MAGIC) or len(data) != 8 + 32 * (2 + 3 * 4 + 2 * (PUBLICS + 1)):
        raise ValueError(f"{FILE} is of another form")
    n = [int.from_bytes(data[at : at + 32], "little") for at in range(8, len(data), 32)]
    beta, gamma, delta = ((pair(n[i], n[i + 1]), pair(n[i + 2], n[i + 3])) for i in (2, 6, 10))
    ones = [(n[i], n[i + 1]) for i in range(14, len(n), 2)]
    inputs = tuple(None if one == (0, 0) else (Number(one[0]), Number(one[1])) for one in ones)
    return Key((Number(n[0]), Number(n[1])), beta, gamma, delta, inputs)


def plus(left: Point, right: Point) -> Point:
    """The sum on E, all cases."""
    if left is None or right is None:
        return left or right
    (x1, y1), (x2, y2) = left, right
    if x1 == x2 and y1 != y2:
        return None
    if x1 == x2:
        slope = x1 * x1 * x1.of(3) * (y1 + y1).inverse()
    else:
        slope = (y2 - y1) * (x2 - x1).inverse()
    x = slope * slope - x1 - x2
    return x, slope * (x1 - x) - y1


def minus(point: Point) -> Point:
    """-P."""
    return point and (point[0], point[0].of(0) - point[1])


def times(number: int, point: Point) -> Point:
    """number·P."""
    result: Point = None
    for digit in reversed(signed_digits(number)):
        result = plus(result, result)
        if digit:
            result = plus(result, point if digit > 0 else minus(point))
    return result


def point_from(words: str) -> G1:
    """A point whose logarithm nobody knows: the first x from SHA-256 that is on the curve."""
    for counter in range(256):
        x = int.from_bytes(hashlib.sha256(f"{words} {counter}".encode()).digest(), "big") % P
        y = pow(x**3 + 3, (P + 1) // 4, P)
        if (y * y - x**3 - 3) % P == 0:
            return Number(x), Number(y)
    raise AssertionError


@dataclass(frozen=True)
class Sums:
    """What the sum over the public inputs needs: see multiples() in parts.

    `bound` are the inputs with a point of their own. Table k holds an offset + a·P + b·Q + c·R for
    the points of three of them, at a + 4b + 16c; with the offset no entry is infinity. `correction`
    takes start and offsets away again and adds the point of 1.
    """

    bound: tuple[int, ...]
    tables: tuple[tuple[G1, ...], ...]
    start: G1
    correction: G1


@cache
def sums(key: Key) -> Sums:
    """Of this key."""
    bound = tuple(i for i in range(PUBLICS) if key.inputs[i + 1] is not None)
    start = point_from("obsqra/mist-verifier/start")
    taken: Point = times(1 << BITS, start)
    tables = []
    for k in range(0, len(bound), GROUP):
        offset = point_from(f"obsqra/mist-verifier/offset {k // GROUP}")
        taken = plus(taken, times(((1 << BITS) - 1) // ((1 << WINDOW) - 1), offset))
        entries: list[Point] = [offset]
        for i in bound[k : k + GROUP]:
            entries = [
                plus(entry, times(digit, key.inputs[i + 1]))
                for digit in range(1 << WINDOW)
                for entry in entries
            ]
        tables.append(tuple(finite(entry) for entry in entries))
    return Sums(bound, tuple(tables), start, finite(plus(key.inputs[0], minus(taken))))


def finite(point: Point) -> G1:
    """It is not infinity."""
    assert point is not None
    return point

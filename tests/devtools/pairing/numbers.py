"""Elements of Fp as plain numbers, and one whole model of the check over them."""

from __future__ import annotations

from typing import Any, cast

from tests.devtools.pairing.tower import E2, E12, Element, P


class Number(Element):
    """An integer modulo P."""

    __slots__ = ("value",)

    def __init__(self, value: int) -> None:
        self.value = value % P

    def __add__(self, other: Element) -> Number:
        return Number(self.value + cast(Number, other).value)

    def __sub__(self, other: Element) -> Number:
        return Number(self.value - cast(Number, other).value)

    def __mul__(self, other: Element) -> Number:
        return Number(self.value * cast(Number, other).value)

    def inverse(self) -> Number:
        if self.value == 0:
            raise ZeroDivisionError
        return Number(pow(self.value, -1, P))

    def of(self, value: int) -> Number:
        return Number(value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Number) and other.value == self.value

    def __hash__(self) -> int:
        return hash(self.value)

    def __repr__(self) -> str:
        return hex(self.value)


def pair(real: int, imaginary: int) -> E2:
    """An element of Fp2."""
    return Number(real), Number(imaginary)


def flat(nested: Any) -> list[Element]:
    """The elements of a tower element in order."""
    if isinstance(nested, Element):
        return [nested]
    return [element for part in nested for element in flat(part)]


def as_12(elements: Any) -> E12:
    """The reverse for twelve of them."""
    e = list(elements)
    twos = [(e[i], e[i + 1]) for i in range(0, 12, 2)]
    return (twos[0], twos[1], twos[2]), (twos[3], twos[4], twos[5])


ONE = as_12([Number(int(i == 0)) for i in range(12)])

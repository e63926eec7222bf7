"""The argument of a spend, read back: what was written comes out, everything else is refused."""

from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist import FIELD, SpendPublics
from obsqra_desktop.domain.mist_calldata import read_argument

ELEMENT = st.integers(0, FIELD - 1)
COORDINATE = st.integers(0, 2**384 - 1)


def written(values: tuple[int, ...], points: tuple[int, ...]) -> list[int]:
    """As the contract takes it, hints of 0."""
    argument = [2061]
    argument += [point >> 96 * limb & (2**96 - 1) for point in points for limb in range(4)]
    argument.append(10)
    argument += [half for value in values for half in (value & (2**128 - 1), value >> 128)]
    return argument + [0] * (2062 - len(argument))


def publics_of(values: tuple[int, ...]) -> SpendPublics:
    return SpendPublics(values[0], *values[2:])


VALUES = (7, 0, *range(2, 10))
GOOD = written(VALUES, tuple(range(100, 108)))


@given(st.tuples(*[ELEMENT] * 9), st.tuples(*[COORDINATE] * 8))
def test_what_was_written(nine: tuple[int, ...], points: tuple[int, ...]) -> None:
    values = (nine[0], 0, *nine[1:])
    found, read = read_argument(written(values, points))
    assert (found.values(), read) == (values, points)
    assert astuple(found) == astuple(publics_of(values))


@pytest.mark.parametrize("length", [0, 1, 33, 54, 2061, 2063])
def test_another_length(length: int) -> None:
    argument = (GOOD * 2)[:length]
    with pytest.raises(InvalidInput):
        read_argument(argument)
    if argument:
        argument[0] = length - 1
        with pytest.raises(InvalidInput):
            read_argument(argument)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (0, 2060),
        (1, 2**96),
        (1, -1),
        (32, 2**96),
        (33, 9),
        (33, 11),
        (34, 2**128),
        (53, -1),
        (35, FIELD >> 128),  # with the low half below it is one more than an element can be
        (36, 1),  # somebody else may send it
        (36, 2),
    ],
)
def test_a_part_out_of_range(place: int, value: int) -> None:
    argument = list(GOOD)
    argument[place] = value
    if place == 35:
        argument[34] = FIELD & (2**128 - 1)
    with pytest.raises(InvalidInput):
        read_argument(argument)
    if place == 35:
        argument[34] -= 1
        assert read_argument(argument)[0].owner == FIELD - 1


def test_hints_are_not_looked_at() -> None:
    argument = list(GOOD)
    argument[-1] = 5
    assert read_argument(argument) == read_argument(GOOD)

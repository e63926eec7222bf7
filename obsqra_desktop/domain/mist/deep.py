"""Amounts with many digits, tried one after the other: the deep search for what a spend left.

What stayed in the pool is known as a sum, and the two leaves that it lies under are known too. So
one number is open: try every amount below the sum with one digit, then with two, and so on, and
what each of them leaves of the sum. A digit more is ten times the work. Amounts that people type
have few digits; what has all eighteen is found by no search.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

USUAL_DIGITS: Final = 6
MOST_DIGITS: Final = 10
"""Weeks of work for a common computer."""
SMALLEST_PLACE: Final = 8
"""Places behind the point that are tried, at most those of the token."""
AT_ONCE: Final = 2**17
"""Amounts in one go: about a second, after which a stop is noticed."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """`first`, `first + step`, …: `count` amounts."""

    first: int
    step: int
    count: int

    def amount(self, place: int) -> int:
        """The one at a place, counted from 0."""
        return self.first + self.step * place

    def cut(self, start: int, end: int) -> "Ladder":
        """Those at the places from `start` to before `end`."""
        return Ladder(self.amount(start), self.step, min(end, self.count) - start)


def ladders(whole: int, decimals: int | None, digits: int) -> tuple[Ladder, ...]:
    """All amounts between nothing and `whole` that have exactly so many digits, with zeros behind
    or in front, and all that these leave of the whole.

    The smallest digit is the token's eighth place behind the point; of a token that is not known
    (None) it is the smallest unit. What an amount leaves is left out where it is an amount of that
    many digits itself, or of fewer.
    """
    found: list[Ladder] = []
    unit = 1 if decimals is None else 10 ** max(0, decimals - SMALLEST_PLACE)
    most = 10**digits
    while most // 10 * unit < whole:
        first = most // 10 * unit
        count = min(most - most // 10, -((first - whole) // unit))
        found.append(Ladder(first, unit, count))
        if whole % unit or whole >= most * unit:
            found.append(Ladder(whole - first, -unit, count))
        unit *= 10
    return tuple(found)


def tries(whole: int, decimals: int | None, digits: int) -> int:
    """How many amounts these are."""
    return sum(one.count for one in ladders(whole, decimals, digits))


@dataclass(frozen=True, slots=True)
class Places:
    """Where a part may lie, the likeliest first: secrets of an index and an owner.

    Those of the `next` index get all digits, the `near` ones one digit less, the `far` ones three
    less: each of the three costs about as much.
    """

    next: tuple[int, ...]
    near: tuple[int, ...]
    far: tuple[int, ...]

    def at(self, digits: int) -> Iterator[tuple[tuple[int, ...], int]]:
        """Secrets and digits that are tried in the step with so many digits."""
        for secrets, less in ((self.next, 0), (self.near, 1), (self.far, 3)):
            if secrets and digits > less:
                yield secrets, digits - less


@dataclass(frozen=True, slots=True)
class Go:
    """Each of some amounts under each of some secrets, tried in one call."""

    secrets: tuple[int, ...]
    amounts: Ladder
    before: int
    """How many of its step were tried before it."""

    @property
    def count(self) -> int:
        """How many these are."""
        return len(self.secrets) * self.amounts.count


def steps(
    places: Places, whole: int, decimals: int | None, digits: int, done: int = 0
) -> Iterator[Go]:
    """All that a step tries, in a fixed order, without the goes that `done` amounts are."""
    before = 0
    for secrets, depth in places.at(digits):
        for one in ladders(whole, decimals, depth):
            some = max(1, AT_ONCE // one.count)
            for at in range(0, len(secrets), some):
                for start in range(0, one.count, AT_ONCE):
                    go = Go(secrets[at : at + some], one.cut(start, start + AT_ONCE), before)
                    before += go.count
                    if go.before >= done:
                        yield go


def work(places: Places, whole: int, decimals: int | None, digits: int) -> int:
    """How many amounts a step tries."""
    return sum(len(one) * tries(whole, decimals, depth) for one, depth in places.at(digits))


def found_by_search(
    amount: int, whole: int, decimals: int | None, digits: int = USUAL_DIGITS
) -> bool:
    """Whether this part of a whole has so few digits, or the other part has."""
    return any(
        (amount - one.first) % one.step == 0 and 0 <= (amount - one.first) // one.step < one.count
        for depth in range(1, digits + 1)
        for one in ladders(whole, decimals, depth)
    )


def unused(base: int, used: Sequence[int], near: int) -> tuple[int, ...]:
    """Indices around `base` that no known note has: from there up, then down."""
    taken = frozenset(used)
    order = (*range(base, base + near), *range(base - 1, max(-1, base - near - 1), -1))
    return tuple(one for one in order if one not in taken)

"""Among how many leaves of others a withdrawal hides, as everybody can count them.

Token and amount of what leaves are public (public inputs of the contract, MIST SDK 0.5.2), and so
are both of a deposit. A spend is of one leaf and gives out at most what it holds: a leaf that a
deposit made with another token, or with less, cannot be the one, and hides nobody. What spends have
made holds nobody knows how much, and counts. In blocks that were not looked through any leaf may be
a deposit of dust.
"""

from bisect import bisect_left
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from obsqra_desktop.domain.mist.facts import finished
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.domain.mist.looks import leaves_digest


@dataclass(frozen=True, slots=True)
class Sources:
    """Leaves of others from a place on."""

    fit: int
    """Looked through, and by all that is public such a one may be what is spent."""
    unseen: int
    """In blocks that were not looked through."""

    def at_least(self, enough: int) -> int | None:
        """How many hide it for sure; None if fewer than `enough` do and more may."""
        return self.fit if self.fit >= enough or not self.unseen else None


class Hiding:
    """The one count of leaves to hide among: for a level, for a plan that waits, for the table."""

    def __init__(self, book: MistBook, size: int, own: Collection[int], seen: range) -> None:
        """Of a pool of `size` leaves; `own` are places, `seen` those looked through."""
        self._size, self._seen = size, seen
        self._own = sorted(own)
        self._is_own = frozenset(own)
        self._kinds = book.deposits.amounts if book.deposits is not None else ()
        self._unfit = cache(self._unfit_for)

    def others(self, start: int) -> int:
        """Leaves that are not one's own, whatever they hold: a move inside hides among these."""
        return self._others_in(start, self._size)

    def sources(self, start: int, token: int, amount: int) -> Sources:
        """Those that may be the source of a withdrawal of an amount of a token."""
        first = max(start, self._seen.start)
        counted = self._others_in(first, self._seen.stop)
        unfit = between(self._unfit(token, amount), first, self._seen.stop)
        return Sources(counted - unfit, self.others(start) - counted)

    def _others_in(self, start: int, stop: int) -> int:
        start = max(0, start)
        return max(0, stop - start) - between(self._own, start, stop)

    def _unfit_for(self, token: int, amount: int) -> list[int]:
        """Places of others' deposits with another token or less, rising."""
        return sorted(
            place
            for kind in self._kinds
            if kind.token != token or kind.amount < amount
            for place, _ in kind.seen
            if place not in self._is_own
        )


def between(places: Sequence[int], start: int, stop: int) -> int:
    """How many of these rising places lie from `start` to before `stop`."""
    return max(0, bisect_left(places, stop) - bisect_left(places, start))


def hiding(book: MistBook, leaves: Sequence[int], own: Collection[int]) -> Hiding:
    """In a pool as it is now, with one's own leaves."""
    mine = [place for place, leaf in enumerate(leaves) if leaf in own]
    return Hiding(book, len(leaves), mine, looked_through(book, leaves))


def hiding_then(book: MistBook) -> Hiding | None:
    """The same as of the last look; None before there was one."""
    scan = book.scan
    return None if scan is None else Hiding(book, scan.leaves, scan.own, counted_places(book))


def looked_through(book: MistBook, leaves: Sequence[int]) -> range:
    """The same as `counted_places`, if the leaves of the last look are still the pool's."""
    scan = book.scan
    if scan is None or leaves_digest(tuple(leaves[: scan.leaves])) != scan.digest:
        return range(0)
    return counted_places(book)


def counted_places(book: MistBook) -> range:
    """Places whose leaves came in blocks in which all deposits were counted, by the last look.

    Counting goes up to the last look where that was complete. It began at a block, and leaves are
    in the order of blocks: from a counted deposit's on all came in counted blocks, and so they did
    from a note's under a key that was not used before counting began.
    """
    scan, counted = book.scan, book.deposits
    if scan is None or counted is None or not finished(scan) or counted.upto < scan.block.number:
        return range(0)
    if not counted.since:
        return range(scan.leaves)
    places = [one.place for one in counted.all()]
    if book.birth is not None and counted.since <= book.birth:
        mine = (one.position for one in book.notes if one.index is not None)
        places += [place for place in mine if place is not None]
    return range(min(places, default=scan.leaves), scan.leaves)

"""Among how many leaves of others a withdrawal hides, as everybody can count them.

Token and amount of what leaves are public (public inputs of the contract, MIST SDK 0.5.2), and so
are both of a deposit. A spend is of one leaf and gives out at most what it holds: a leaf that a
deposit made with another token, or with less, cannot be the one, and hides nobody. What spends have
made holds nobody knows how much, and counts. In blocks that were not looked through any leaf may be
a deposit of dust.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice

from obsqra_desktop.domain.mist_facts import finished
from obsqra_desktop.domain.mist_looks import leaves_digest
from obsqra_desktop.domain.mist_notes import MistBook


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


def sources(
    book: MistBook,
    leaves: Sequence[int],
    own: Collection[int],
    start: int,
    token: int,
    amount: int,
) -> Sources:
    """For an amount of a token, among a pool's `leaves` from the place `start` on."""
    seen = looked_through(book, leaves)
    unfit = set()
    if book.deposits is not None:
        for one in book.deposits.all():
            if one.token != token or one.amount < amount:
                unfit.add(one.place)
    fit = unseen = 0
    for place, leaf in enumerate(islice(leaves, max(0, start), None), max(0, start)):
        if leaf in own:
            continue
        if place not in seen:
            unseen += 1
        elif place not in unfit:
            fit += 1
    return Sources(fit, unseen)


def looked_through(book: MistBook, leaves: Sequence[int]) -> range:
    """Places whose leaves came in blocks in which all deposits were counted.

    Counting goes up to the last look where that was complete. It began at a block, and leaves are
    in the order of blocks: from a counted deposit's on all came in counted blocks, and so they did
    from a note's under a key that was not used before counting began.
    """
    scan, counted = book.scan, book.deposits
    if scan is None or counted is None or not finished(scan) or counted.upto < scan.block.number:
        return range(0)
    if leaves_digest(tuple(leaves[: scan.leaves])) != scan.digest:
        return range(0)
    if not counted.since:
        return range(scan.leaves)
    places = [one.place for one in counted.all()]
    if book.birth is not None and counted.since <= book.birth:
        mine = (one.position for one in book.notes if one.index is not None)
        places += [place for place in mine if place is not None]
    return range(min(places, default=scan.leaves), scan.leaves)

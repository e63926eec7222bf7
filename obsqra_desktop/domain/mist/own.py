"""Which of a pool's leaves are one's own: what is left of the others to hide among.

One's own are notes, what was forwarded, both leaves of each spend (the empty ones, too), and what
one deposited for somebody else: whoever follows one's traces does not count these as others.
"""

from collections.abc import Sequence

from obsqra_desktop.domain.mist.held_notes import MistBook


def own_leaves(book: MistBook) -> frozenset[int]:
    """As far as the book knows; what may be one's own counts as such."""
    return frozenset(
        (
            *(one.leaf for one in book.notes),
            *(one.leaf for one in book.handovers),
            *(leaf for one in book.notes for leaf in one.outputs),
            *(leaf for one in book.missing for leaf in one.outputs),
        )
    )


def own_among(book: MistBook, leaves: Sequence[int]) -> frozenset[int]:
    """The same, and what the last look found at places of these `leaves`."""
    seen = book.scan.own if book.scan is not None else ()
    return own_leaves(book) | {leaves[place] for place in seen if place < len(leaves)}

"""How long a note has been in the pool, and among how many others, as of the last look.

From the book alone; nobody is asked. Every number is of what was counted, and unknown is None. The
counts are those of the privacy level (domain/mist/sources.py), for a withdrawal of all of a note
and for a step inside the pool: the note's table and the level cannot tell different things.
"""

from dataclasses import dataclass

from obsqra_desktop.domain.mist.facts import counted_deposits, noted_places
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook
from obsqra_desktop.domain.mist.privacy import FEW
from obsqra_desktop.domain.mist.sources import hiding_then


@dataclass(frozen=True, slots=True)
class Around:
    """Of one note."""

    since: int | None = None
    """Unix seconds: it was in the pool then, maybe earlier."""
    among: int | None = None
    """Leaves of others in the pool; which of them are spent nobody can tell."""
    newer: int | None = None
    """Those of them that came after it."""
    fit: int | None = None
    """Those of `among` that may be the source of a withdrawal of all of it. None where fewer than
    `FEW` are known to and not all blocks were looked through."""
    fit_newer: int | None = None
    """The same of `newer`."""
    equal: int | None = None
    """Deposits of others of its token and amount."""
    equal_since: int | None = None
    """First block in which these were counted; 0 is the pool's whole history."""


class Surroundings:
    """Of all notes of one book."""

    def __init__(self, book: MistBook) -> None:
        self._book = book
        self._count = hiding_then(book)
        self._noted = noted_places(book)

    def of(self, note: HeldNote) -> Around:
        """What is known of it. Nothing before its leaf was seen."""
        count = self._count
        if count is None or note.position is None:
            return Around()
        token, amount, after = note.token, note.amount, note.position + 1
        found = counted_deposits(self._book, token, amount, self._noted)
        equal, equal_since = found or (None, None)
        return Around(
            since=note.seen_at,
            among=count.others(0),
            newer=count.others(after),
            fit=count.sources(0, token, amount).at_least(FEW),
            fit_newer=count.sources(after, token, amount).at_least(FEW),
            equal=equal,
            equal_since=equal_since,
        )

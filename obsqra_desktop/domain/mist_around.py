"""How long a note has been in the pool, and among how many others, as of the last look.

From the book alone; nobody is asked. Every number is of what was counted, and unknown is None. A
spend is proved against all leaves of the pool, but its amount, its time and who sends it are
public, so the largest of these numbers says least.
"""

from dataclasses import dataclass

from obsqra_desktop.domain.mist_facts import counted_deposits
from obsqra_desktop.domain.mist_notes import HeldNote, MistBook


@dataclass(frozen=True, slots=True)
class Around:
    """Of one note."""

    since: int | None = None
    """Unix seconds: it was in the pool then, maybe earlier."""
    among: int | None = None
    """Leaves of others in the pool; which of them are spent nobody can tell."""
    newer: int | None = None
    """Those of them that came after it."""
    equal: int | None = None
    """Deposits of others of its token and amount."""
    equal_since: int | None = None
    """First block in which these were counted; 0 is the pool's whole history."""


def around(book: MistBook, note: HeldNote) -> Around:
    """What is known of it. Nothing before its leaf was seen."""
    scan = book.scan
    if scan is None or note.position is None:
        return Around()
    newer = max(0, scan.leaves - 1 - note.position)
    equal, equal_since = counted_deposits(book, note.token, note.amount) or (None, None)
    return Around(
        since=note.seen_at,
        among=scan.leaves - len(scan.own),
        newer=newer - sum(place > note.position for place in scan.own),
        equal=equal,
        equal_since=equal_since,
    )

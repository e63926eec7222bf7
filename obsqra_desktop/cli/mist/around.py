"""How old notes are and among how many others, as JSON and in a table."""

from typing import Final

from obsqra_desktop.cli.context import JsonObject
from obsqra_desktop.cli.render import UNKNOWN, moment
from obsqra_desktop.domain.mist.around import Around, Surroundings
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook

HEAD: Final = ("In the pool since", "Others", "Newer", "Same")
RIGHT: Final = (1, 2, 3)
"""Columns of figures among these."""


def around_document(around: Surroundings | None, note: HeldNote) -> JsonObject:
    """Of one note; without a book nothing is known."""
    found = around.of(note) if around is not None else Around()
    return {
        "in_pool_since": found.since,
        "others": found.among,
        "newer_others": found.newer,
        "others_for_withdrawal": found.fit,
        "newer_for_withdrawal": found.fit_newer,
        "equal_deposits": found.equal,
        "counted_since_block": found.equal_since,
    }


def around_cells(around: Surroundings, note: HeldNote) -> tuple[str, ...]:
    """Under `HEAD`."""
    found = around.of(note)
    return (
        moment(found.since) if found.since is not None else UNKNOWN,
        *(
            UNKNOWN if one is None else str(one)
            for one in (found.fit, found.fit_newer, found.equal)
        ),
    )


def legend(book: MistBook) -> str:
    """What the columns count, and as of when."""
    if book.scan is None:
        return "Nothing is known of the pool yet; look at it: obsqra mist scan"
    counted = book.deposits
    since = f" since block {counted.since}" if counted is not None and counted.since else ""
    return (
        f"As of block {book.scan.block.number}. Others: leaves that are not known to be yours and "
        "may hold as much as the note, as far as blocks were looked through; its privacy level "
        "counts the same for a withdrawal of all of it. Newer: those that came after the note. "
        f"{UNKNOWN}: not enough blocks were looked through. Same: deposits of others of its token "
        f"and amount{since}. Leaves and deposits, not people."
    )

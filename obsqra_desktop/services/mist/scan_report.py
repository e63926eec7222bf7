"""How a look at a pool goes, and what it has shown."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from obsqra_desktop.domain.mist.chain import PoolLook
from obsqra_desktop.domain.mist.facts import finished
from obsqra_desktop.domain.mist.held_notes import MistBook, NoteState


class ScanPhase(StrEnum):
    """Real phases of a look."""

    LEAVES = "leaves"
    HISTORY = "history"
    SEARCH = "search"
    KEEP = "keep"

    @property
    def label(self) -> str:
        """What happens in the phase, for people."""
        return _LABELS[self]


_LABELS = {
    ScanPhase.LEAVES: "Read the pool's leaves",
    ScanPhase.HISTORY: "Look through blocks in which the pool changed",
    ScanPhase.SEARCH: "Try amounts",
    ScanPhase.KEEP: "Keep what was found",
}


@dataclass(frozen=True, slots=True)
class ScanProgress:
    """Blocks of the history, or amounts, that are done, of how many."""

    phase: ScanPhase
    done: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class ScanReport:
    """What a look has shown, and the book after it."""

    book: MistBook
    block: int
    at: int
    """The block's time."""
    node: str
    leaves: int
    new_leaves: int | None
    """Since the look before; None if there was none, or the chain changed."""
    arrived: tuple[str, ...]
    """Ids of notes that were not in the pool at the look before."""
    spent: tuple[str, ...]
    """Ids of notes that were not known as spent before. What one's own steps have spent is settled
    from the journal, mostly before a look, and not among them."""
    reorganised: bool
    """Leaves that were there have changed or gone."""
    complete: bool
    """Whether all blocks up to this one are looked through."""
    gap: str = ""
    """Why not, in one sentence."""
    elsewhere: tuple[str, ...] = ()
    """Of those that arrived: not made from this folder, so its secret is in use elsewhere too."""


OnScan = Callable[[ScanProgress], None]


def report(before: MistBook, book: MistBook, look: PoolLook, changed: bool, gap: str) -> ScanReport:
    """What is new in the book."""
    was = {note.id: note for note in before.notes}
    gone = NoteState.SPENT

    def new(note_id: str) -> bool:
        return note_id not in was or was[note_id].position is None

    arrived = tuple(one for one in book.notes if one.position is not None and new(one.id))
    return ScanReport(
        book=book,
        block=look.block.number,
        at=look.at,
        node=look.node,
        leaves=len(look.leaves),
        new_leaves=None
        if before.scan is None or changed
        else len(look.leaves) - before.scan.leaves,
        arrived=tuple(one.id for one in arrived),
        elsewhere=tuple(one.id for one in arrived if one.made_elsewhere),
        spent=tuple(
            one.id
            for one in book.notes
            if one.state is gone and (one.id not in was or was[one.id].state is not gone)
        ),
        reorganised=changed,
        complete=book.scan is not None and finished(book.scan),
        gap=gap,
    )

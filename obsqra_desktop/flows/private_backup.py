"""Whether private money is backed up, told from its book and the copy beside it. No Qt."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from obsqra_desktop.domain.mist.backup import only_in_a_backup
from obsqra_desktop.domain.mist.copy import NO_COPY, CopyState
from obsqra_desktop.domain.mist.entries import RequestState
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook, NoteState
from obsqra_desktop.services.plans import known_token


class BackupNeed(StrEnum):
    """What a backup would save that nothing else does."""

    NOTHING = "nothing"
    """There is nothing to lose yet."""
    FIRST = "first"
    """No backup yet: the secret itself would be lost."""
    AGAIN = "again"
    """Notes that the secret in the newest backup does not find again."""
    COPIED = "copied"
    """Notes that are not in the newest backup, and all in the copy that lies beside it."""
    LATER = "later"
    """Only notes that the secret in the newest backup finds again."""
    DONE = "done"
    """All notes are in the newest backup."""


URGENT: Final = frozenset({BackupNeed.FIRST, BackupNeed.AGAIN})


@dataclass(frozen=True)
class BackupView:
    """How it stands."""

    need: BackupNeed
    at: int | None
    """When the newest backup was made, unix seconds."""
    newer: int
    """Notes with money that are not in it."""
    lost: tuple[HeldNote, ...]
    """Those of them that would be lost with this computer but for a copy beside the backup."""
    copy: CopyState = NO_COPY
    """The copy of the notes beside the backup."""

    @property
    def foreign(self) -> bool:
        """Whether the key of one of them was made elsewhere."""
        return any(one.index is None for one in self.lost)

    @property
    def unwritten(self) -> bool:
        """Whether the amount of one of them is nowhere on chain."""
        return any(one.index is not None for one in self.lost)


def not_backed_up(book: MistBook) -> tuple[HeldNote, ...]:
    """Notes that secret and chain alone would not bring back, and that no backup has."""
    known = [known_token(one) for one in {note.token for note in book.notes}]
    return only_in_a_backup(book, {one.address: one.decimals for one in known if one is not None})


def hangs_on(book: MistBook) -> bool:
    """Whether anything would be lost with its secret: notes, also those on their way, what others
    may still pay by a request, keys of fresh accounts."""
    return (
        book.next_account > 0
        or any(one.held or one.state is NoteState.AWAITED for one in book.notes)
        or any(one.state is RequestState.OPEN for one in book.requests)
    )


def backup_view(book: MistBook | None, copy: CopyState = NO_COPY) -> BackupView:
    """How it stands with a book, None is none, and with the copy beside its backup."""
    if book is None or (book.backed_up is None and not hangs_on(book)):
        return BackupView(BackupNeed.NOTHING, None, 0, ())
    held = [one for one in book.notes if one.held]
    saved = set(book.backed_up_notes)
    newer = len([one for one in held if one.id not in saved])
    lost = not_backed_up(book)
    if book.backed_up is None:
        need = BackupNeed.FIRST
    elif newer and copy.has_all:
        need = BackupNeed.COPIED
    elif lost:
        need = BackupNeed.AGAIN
    else:
        need = BackupNeed.LATER if newer else BackupNeed.DONE
    return BackupView(need, book.backed_up, newer, lost, copy)

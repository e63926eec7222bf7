"""A backup of private money: the secret, the books, and the keys of the accounts that own notes.

The secret and the chain alone bring back most of it. What they do not: amounts inside of the pool
with more than six digits, notes whose key was made elsewhere, labels; and a note can be spent
only by the account that owns it.
"""

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, model_validator

from obsqra_desktop.domain.accounts import AccountKind
from obsqra_desktop.domain.felt import Count, Felt
from obsqra_desktop.domain.mist.amounts import is_common
from obsqra_desktop.domain.mist.candidates import can_be_found
from obsqra_desktop.domain.mist.deep import found_by_search
from obsqra_desktop.domain.mist.held_notes import BOOK_LIMIT, HeldNote, MistBook, NoteOrigin
from obsqra_desktop.domain.network import NETWORK_ID
from obsqra_desktop.domain.pools import Strict, printable

CONTENTS_SCHEMA: Final = "obsqra/mist-backup-contents/1"
FILE_SCHEMA: Final = "obsqra/mist-backup/1"
MAX_BOOKS: Final = 32
CONTENTS_LIMIT: Final = 2 * BOOK_LIMIT
FILE_LIMIT: Final = CONTENTS_LIMIT * 4 // 3 + 64 * 1024


class BackedUpAccount(Strict):
    """An account that owns notes, with its key."""

    network: Annotated[str, Field(pattern=NETWORK_ID)]
    label: Annotated[str, Field(max_length=60), AfterValidator(printable)]
    kind: AccountKind
    address: Felt
    private_key: Annotated[Felt, Field(repr=False)]


class BackupContents(Strict):
    """What is sealed in the file."""

    schema_id: Literal["obsqra/mist-backup-contents/1"] = Field(
        default=CONTENTS_SCHEMA, alias="schema"
    )
    secret: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", repr=False)]
    secret_made: Count | None
    """Unix seconds; None is unknown."""
    saved_at: Count
    books: Annotated[tuple[MistBook, ...], Field(max_length=MAX_BOOKS)] = ()
    accounts: Annotated[tuple[BackedUpAccount, ...], Field(max_length=1000)] = ()

    @model_validator(mode="after")
    def _each_once(self) -> "BackupContents":
        if len({(one.chain_id, one.pool) for one in self.books}) != len(self.books):
            raise ValueError("two books of the same pool")
        return self


def only_in_a_backup(book: MistBook, decimals: Mapping[int, int]) -> tuple[HeldNote, ...]:
    """Notes that secret and chain alone would not bring back, and that are in no backup yet.

    `decimals` by token, where they are known.
    """
    saved = set(book.backed_up_notes)
    parents = {note.id: note for note in book.notes}
    given = [one for one in book.handovers if not one.void]
    forwarded: set[str | None] = {one.note for one in given}
    forwarded |= {one.parent for one in book.notes if one.forwarded and not one.void}
    known: dict[str, bool] = {}

    def found_again(note: HeldNote) -> bool:
        if note.id not in known:
            known[note.id] = False  # what comes of itself comes of nothing
            known[note.id] = comes_back(note)
        return known[note.id]

    def comes_back(note: HeldNote) -> bool:
        places = decimals.get(note.token)
        if note.index is None:
            return False
        if note.origin in {NoteOrigin.DEPOSIT, NoteOrigin.FOUND} or note.depositor is not None:
            return True
        parent = parents.get(note.parent or "")
        if parent is None:
            return is_common(
                note.amount, decimals.get(note.token, 18)
            )  # received inside of the pool
        if parent.id not in saved and not found_again(parent):
            return False  # who does not know the note does not know its spend
        if note.origin is not NoteOrigin.SPLIT and note.parent not in forwarded:
            return True  # the whole of what a public amount left
        halves = [one.amount for one in book.notes if one.parent == parent.id and not one.void]
        whole = sum(halves) + sum(one.amount for one in given if one.note == parent.id)
        return can_be_found(note.amount, places, whole) or found_by_search(
            note.amount, whole, places
        )

    for note in book.notes:  # parents stand before what came of them
        found_again(note)
    return tuple(
        note for note in book.notes if note.held and note.id not in saved and not found_again(note)
    )

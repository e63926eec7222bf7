"""The sealed copy of the notes that lies beside a backup: what a backup made now would hold,
without the secret.

Its key follows from the secret, which the backup beside it has: so it takes no passphrase, and is
worth nothing without that backup. It is replaced whenever something changed that secret, chain and
backup would not bring back; what a look at the chain finds again is left out.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.errors import InvalidInput, StorageError
from obsqra_desktop.domain.felt import Count
from obsqra_desktop.domain.mist.backup import MAX_BOOKS, BackedUpAccount
from obsqra_desktop.domain.mist.fields import Digest
from obsqra_desktop.domain.mist.held_notes import BOOK_LIMIT, MistBook
from obsqra_desktop.domain.mist.merge import merged
from obsqra_desktop.domain.pools import Strict

CONTENTS_SCHEMA: Final = "obsqra/mist-copy-contents/1"
FILE_SCHEMA: Final = "obsqra/mist-copy/1"
RECORD_SCHEMA: Final = "obsqra/mist-copy-place/1"
SUFFIX: Final = ".notes"
SMALLEST: Final = 64 * 1024
CONTENTS_LIMIT: Final = 2 * BOOK_LIMIT
"""A power of two, as lengths are made one."""
FILE_LIMIT: Final = CONTENTS_LIMIT * 4 // 3 + 64 * 1024
LONGEST_PATH: Final = 4096


class NotThisCopy(InvalidInput):
    """Another secret's, or no copy at all: it is never written over."""

    code = "mist_copy_foreign"
    title = "Not the copy of these notes"


class DamagedCopy(InvalidInput):
    """It was a copy under this secret, and is not what was written any more."""

    code = "mist_copy_damaged"
    title = "The copy of the notes is damaged"


class CopyPlaceGone(StorageError):  # noqa: N818 - the name says what happened
    """Where the backup lies cannot be reached now."""

    code = "mist_copy_gone"
    title = "The backup is out of reach"
    retryable = True


class CopyPlaceSilent(CopyPlaceGone):
    """It does not answer: a network that is down, a disk that sleeps."""


class CopyContents(Strict):
    """What is sealed in the file."""

    schema_id: Literal["obsqra/mist-copy-contents/1"] = Field(
        default=CONTENTS_SCHEMA, alias="schema"
    )
    saved_at: Count
    books: Annotated[tuple[MistBook, ...], Field(max_length=MAX_BOOKS)] = ()
    accounts: Annotated[tuple[BackedUpAccount, ...], Field(max_length=1000)] = ()
    """Those that own notes or requests, as in a backup."""

    @model_validator(mode="after")
    def _each_once(self) -> "CopyContents":
        if len({(one.chain_id, one.pool) for one in self.books}) != len(self.books):
            raise ValueError("two books of the same pool")
        return self

    def due(self) -> bytes:
        """All that makes another copy due: neither when it is made, nor how far an amount was
        searched for."""
        books = tuple(one.model_copy(update={"missing": ()}) for one in self.books)
        return strict_json.pretty(self.model_copy(update={"saved_at": 0, "books": books}))


class CopyRecord(Strict):
    """What this data folder remembers of its copy. Nothing in it is secret but where it lies."""

    schema_id: Literal["obsqra/mist-copy-place/1"] = Field(default=RECORD_SCHEMA, alias="schema")
    backup: Annotated[str, Field(min_length=1, max_length=LONGEST_PATH)]
    """Absolute path of the backup that it lies beside."""
    wanted: bool = True
    """False: its user said no, or turned it off."""
    secret: Annotated[str, Field(pattern=r"^([0-9a-f]{16})?$")] = ""
    """Mark of the secret that the backup has."""
    written_at: Count | None = None
    """Unix seconds; None while none was written."""
    due: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    """HMAC of what was written, as of `CopyContents.due`."""
    books: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")] = ""
    """SHA-256 over the sealed books of this folder that have nothing which the copy lacks."""
    file: Annotated[Digest | None, Field()] = None
    """SHA-256 of the file that was written."""
    same_disk: bool | None = None
    """Whether it lay on the disk of the data folder; None is not known."""
    others: Count = 0
    """Notes with money in it that are not in this folder."""
    trouble: Annotated[str, Field(max_length=500)] = ""
    """Why the last attempt failed."""


class CopyKind(StrEnum):
    """How it stands with the copy."""

    NONE = "none"
    """No backup was made that it could lie beside."""
    OFF = "off"
    """Its user does not want one."""
    CURRENT = "current"
    """It has all that is here."""
    BEHIND = "behind"
    """It lacks something, or none could be written."""


@dataclass(frozen=True, slots=True)
class CopyState:
    """The copy, as far as can be told now."""

    kind: CopyKind
    name: str = ""
    """Of its file."""
    folder: str = ""
    written_at: int | None = None
    """Unix seconds of the last one; None is never."""
    there: bool = False
    """Whether its place can be reached now."""
    same_disk: bool | None = None
    others: int = 0
    """Notes with money in it that are not in this folder."""
    trouble: str = ""
    """Why it is behind, in a sentence."""

    @property
    def has_all(self) -> bool:
        """Whether backup and copy together bring back all that is here."""
        return self.kind is CopyKind.CURRENT


NO_COPY: Final = CopyState(CopyKind.NONE)


def copy_name(backup: str) -> str:
    """The copy's file name beside a backup of this file name."""
    return backup + SUFFIX


def kept(book: MistBook) -> MistBook:
    """What of a book goes into a copy: how far was looked and what is public is found anew. No
    rule of a book can break by leaving that out, so none is checked again."""
    return book.model_copy(update={"scan": None, "deposits": None})


def padded(plain: bytes) -> bytes:
    """JSON with spaces behind it up to the next power of two, at least 64 KiB.

    So the file's length tells how many notes there are to a factor of two only, from some eighty
    on. (Nikitin et al., PURBs, PoPETs 2019, weigh this against finer steps, which cost less room
    and tell more: a note is small beside the steps of a finer scale.)
    """
    size = max(SMALLEST, 1 << (len(plain) - 1).bit_length())
    return plain + b" " * (size - len(plain))


def joined(mine: CopyContents, theirs: CopyContents) -> tuple[CopyContents, int]:
    """`mine` with all that only another copy under the same secret has, and how many notes with
    money that is.

    So a copy never loses a note: neither to a data folder that lost its books or came back from an
    old state, nor to a second computer. Raises InvalidInput where that is more than a book holds.
    """
    books = both(mine.books, theirs.books)
    known = {one.id for book in mine.books for one in book.notes}
    others = [one for book in books for one in book.notes if one.held and one.id not in known]
    accounts = all_accounts(mine.accounts, theirs.accounts)
    found = CopyContents(saved_at=mine.saved_at, books=books, accounts=accounts)
    return found, len(others)


def all_accounts(
    first: tuple[BackedUpAccount, ...], second: tuple[BackedUpAccount, ...]
) -> tuple[BackedUpAccount, ...]:
    """Each account once, as the first has it."""
    found = {(one.network, one.address): one for one in (*second, *first)}
    return tuple(found.values())


def both(newer: tuple[MistBook, ...], older: tuple[MistBook, ...]) -> tuple[MistBook, ...]:
    """The books of two files under one secret, each pool once. Of notes and plans that the newer
    one could know, its word counts: a label that was removed stays so, as does a spend that the
    chain took back. Counters are the higher ones. Raises InvalidInput."""
    first = {(one.chain_id, one.pool): one for one in newer}
    second = {(one.chain_id, one.pool): one for one in older}
    found = []
    for place in first | second:
        mine, theirs = first.get(place), second.get(place)
        if mine is None or theirs is None:
            found += [one for one in (mine, theirs) if one is not None]
            continue
        known = {one.id for one in mine.notes}
        lacking = tuple(one for one in theirs.notes if one.id not in known)
        rest = theirs.model_copy(update={"notes": lacking, "plans": ()})
        found.append(merged(mine, rest))  # which checks all rules of a book
    return tuple(found)

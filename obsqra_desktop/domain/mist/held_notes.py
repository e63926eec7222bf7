"""What is remembered of private money: its notes, and the book that holds them with all else.

One book for each chain and pool. It is sealed on the disk; a note of one's own is kept by the index
of its key, never by the key. Leaves and secrets stay out of `repr`, as who has one of them can find
the note on chain.
"""

from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from obsqra_desktop.domain.felt import Amount, Count, Felt
from obsqra_desktop.domain.mist.counts import CountedDeposits
from obsqra_desktop.domain.mist.entries import HandOver, PaymentRequest, WaitingPlan
from obsqra_desktop.domain.mist.fields import MAX_INDEX, Element, EntryId, Label, Position, RecordId
from obsqra_desktop.domain.mist.keys import ClaimingKeys
from obsqra_desktop.domain.mist.looks import FundingWord, MissingPart, PoolTrust, ScanState
from obsqra_desktop.domain.mist.note import MAX_LEAVES, FieldHash, Note, note_id
from obsqra_desktop.domain.pools import Strict

BOOK_SCHEMA: Final = "obsqra/mist-notes/1"
BOOK_LIMIT: Final = 16 * 1024 * 1024
"""Bytes of a book as JSON; a full one has less."""
MAX_NOTES: Final = 10_000
MAX_OTHERS: Final = 4_000
"""Requests, hand-overs and plans, each."""
MAX_ACCOUNTS: Final = 10_000
"""Fresh accounts of one chain."""


class NoteOrigin(StrEnum):
    """How a note came to be."""

    DEPOSIT = "deposit"
    CHANGE = "change"
    REWRAP = "rewrap"
    SPLIT = "split"
    RECEIVED = "received"
    """Paid by somebody else under a request of one's own."""
    FOUND = "found"
    """Found again by trying amounts; what brought it is not known."""
    IMPORTED = "imported"
    """From a file, with a key that was made elsewhere: whoever made it knows the note."""


class NoteState(StrEnum):
    """Where a note is, as far as is known here."""

    AWAITED = "awaited"
    """Written down; its leaf was not seen yet."""
    UNSPENT = "unspent"
    UNCHECKED = "unchecked"
    """In the pool; whether it was spent could not be looked up."""
    SPENDING = "spending"
    """A transaction that spends it may be under way."""
    SPENT = "spent"
    VOID = "void"
    """Given up before anything was sent; its leaf will never come. Its index stays used."""


HELD: Final = frozenset({NoteState.UNSPENT, NoteState.UNCHECKED, NoteState.SPENDING})
"""States in which the money is, or may be, in the pool."""


class HeldNote(Strict):
    """One note. `index` is that of its key; a note from elsewhere has its key in it instead."""

    id: EntryId
    index: Count | None
    claiming_key: Annotated[Element | None, Field(repr=False)] = None
    owner: Felt
    token: Felt
    amount: Amount
    leaf: Annotated[Element, Field(repr=False)]
    origin: NoteOrigin
    state: NoteState = NoteState.AWAITED
    label: Label = ""
    frozen: bool = False
    """Left out of every proposal, as its owner wants."""
    made_at: Count
    """Unix seconds of this computer, when it was written down here."""
    parent: EntryId | None = None
    """The note that it came of."""
    depositor: Felt | None = None
    """Account that deposited it; None is unknown or no deposit."""
    made_in: RecordId | None = None
    """Journal record of the transaction that makes it, where it was sent from here."""
    position: Position | None = None
    """Place of its leaf, counted from 0; None while it was not seen."""
    copies: Annotated[int, Field(ge=1, lt=MAX_LEAVES)] = 1
    """How often the leaf is there. All have one nullifier: only one of them can be spent."""
    seen_block: Count | None = None
    """The block that brought its leaf, or the newest one when it was first seen: not before it."""
    seen_at: Count | None = None
    """That block's time."""
    made_elsewhere: bool = False
    """It came into the pool while this folder looked on, under a key of one's own, and was not
    made here: another computer has the same secret."""
    watched: bool = False
    """Whether all blocks since its leaf came were, or will be, looked through for its spend."""
    spending: RecordId | None = None
    """Journal record of the transaction that spends it."""
    spent_in: Felt | None = None
    """Hash of the transaction that spent it."""
    spent_block: Count | None = None
    outputs: Annotated[tuple[Element, ...], Field(max_length=2, repr=False)] = ()
    """Leaves that its spend made, whosever they are."""

    @model_validator(mode="after")
    def _one_key(self) -> "HeldNote":
        if (self.index is None) == (self.claiming_key is None):
            raise ValueError("a note has the index of its key, or its key")
        return self

    def note(self, keys: ClaimingKeys) -> Note:
        """With its key, for spending; raises InvalidInput."""
        key = self.claiming_key
        if key is None:
            assert self.index is not None  # the validator's word
            key = keys.claiming_key(self.index)
        return Note(key, self.owner, self.token, self.amount)

    @property
    def forwarded(self) -> bool:
        """It came of a note of one's own by a forward to a request of one's own."""
        return self.origin is NoteOrigin.RECEIVED and self.parent is not None

    @property
    def void(self) -> bool:
        """The step that makes it did not take place, as far as is known."""
        return self.state is NoteState.VOID

    @property
    def may_come(self) -> bool:
        """Not seen in the pool, but its leaf may still get there; as of a `HandOver`."""
        waits = self.state in {NoteState.AWAITED, NoteState.VOID} and self.position is None
        return waits and (not self.void or self.made_in is not None)

    @property
    def held(self) -> bool:
        """Whether its money is, or may be, in the pool."""
        return self.state in HELD


class MistBook(Strict):
    """All that is remembered for one chain and pool.

    Every index below `next_index` may be used somewhere and is never used again.
    """

    schema_id: Literal["obsqra/mist-notes/1"] = Field(default=BOOK_SCHEMA, alias="schema")
    chain_id: Felt
    pool: Felt
    next_index: Annotated[int, Field(ge=0, le=MAX_INDEX)] = 0
    next_account: Annotated[int, Field(ge=0, le=MAX_ACCOUNTS)] = 0
    """The same for fresh accounts."""
    birth: Count | None = None
    """Block before which none of these keys was used; None is unknown."""
    trust: PoolTrust | None = None
    notes: Annotated[tuple[HeldNote, ...], Field(max_length=MAX_NOTES)] = ()
    requests: Annotated[tuple[PaymentRequest, ...], Field(max_length=MAX_OTHERS)] = ()
    handovers: Annotated[tuple[HandOver, ...], Field(max_length=MAX_OTHERS)] = ()
    plans: Annotated[tuple[WaitingPlan, ...], Field(max_length=MAX_OTHERS)] = ()
    missing: Annotated[tuple[MissingPart, ...], Field(max_length=MAX_OTHERS)] = ()
    funding: Annotated[tuple[FundingWord, ...], Field(max_length=MAX_OTHERS)] = ()
    """At most one for each account."""
    scan: ScanState | None = None
    deposits: CountedDeposits | None = None
    """Deposits of others, counted on the way; None where nothing was looked through."""
    backed_up: Count | None = None
    """Unix seconds of the newest backup with these notes in it."""
    backed_up_notes: tuple[EntryId, ...] = ()
    """Notes in that backup."""

    @model_validator(mode="after")
    def _consistent(self) -> "MistBook":
        for ids in (
            [one.id for one in self.notes],
            [one.id for one in self.requests],
            [one.id for one in self.handovers],
            [one.id for one in self.plans],
            [one.account for one in self.funding],
        ):
            if len(set(ids)) != len(ids):
                raise ValueError("two entries have the same id")
        used = [one.index for one in self.notes if one.index is not None]
        used += [one.index for one in self.requests]
        if used and max(used) >= self.next_index:
            raise ValueError("an index in use is not below the next one")
        return self


def held_note(
    note: Note,
    digest: FieldHash,
    origin: NoteOrigin,
    made_at: int,
    *,
    index: int | None = None,
    parent: str | None = None,
    label: str = "",
) -> HeldNote:
    """The entry of a note that is awaited. Without an index it keeps its key."""
    return HeldNote(
        id=note_id(note),
        index=index,
        claiming_key=note.claiming_key if index is None else None,
        owner=note.owner,
        token=note.token,
        amount=note.amount,
        leaf=note.leaf(digest),
        origin=origin,
        label=label,
        made_at=made_at,
        parent=parent,
    )

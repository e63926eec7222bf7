"""What is remembered of private money: notes, requests, hand-overs, plans, and how far was looked.

One book for each chain and pool. It is sealed on the disk; a note of one's own is kept by the index
of its key, never by the key. Leaves and secrets stay out of `repr`, as who has one of them can find
the note on chain.
"""

import hashlib
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Final, Literal, Protocol

from pydantic import AfterValidator, BeforeValidator, Field, PlainSerializer, model_validator

from obsqra_desktop.domain.felt import Amount, Count, Felt
from obsqra_desktop.domain.journal import RECORD_ID
from obsqra_desktop.domain.mist import FIELD, MAX_LEAVES, FieldHash, Note, note_id
from obsqra_desktop.domain.mist_counts import CountedDeposits
from obsqra_desktop.domain.pools import Strict, printable

BOOK_SCHEMA: Final = "obsqra/mist-notes/1"
BOOK_LIMIT: Final = 16 * 1024 * 1024
"""Bytes of a book as JSON; a full one has less."""
MAX_NOTES: Final = 10_000
MAX_OTHERS: Final = 4_000
"""Requests, hand-overs and plans, each."""
MAX_MARKS: Final = 16
MAX_INDEX: Final = MAX_LEAVES
"""Keys of one book: as many as its pool has room for leaves. No file may say more, as every look
goes through all of them."""
MAX_ACCOUNTS: Final = 10_000
"""Fresh accounts of one chain."""
ENTRY_ID: Final = r"^[0-9a-f]{12}$"
ELEMENT: Final = re.compile(r"[0-9a-f]{64}")


def element_from_hex(value: object) -> int:
    """An element of BN254's scalar field from its 64 digits; an int only in programs."""
    if isinstance(value, str) and ELEMENT.fullmatch(value):
        value = int(value, 16)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < FIELD:
        raise ValueError("not an element of the field")
    return value


def element_to_hex(value: int) -> str:
    """64 lower-case digits."""
    return f"{value:064x}"


Element = Annotated[
    int,
    BeforeValidator(element_from_hex),
    PlainSerializer(element_to_hex, return_type=str),
]
EntryId = Annotated[str, Field(pattern=ENTRY_ID)]
RecordId = Annotated[str, Field(pattern=RECORD_ID)]
MAX_LABEL: Final = 120
Label = Annotated[str, Field(max_length=MAX_LABEL), AfterValidator(printable)]
Position = Annotated[int, Field(ge=0, lt=MAX_LEAVES)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class ClaimingKeys(Protocol):
    """Gives out the claiming key of an index."""

    def claiming_key(self, index: int) -> int:
        """Below 2^248."""
        ...


class PoolKeys(ClaimingKeys, Protocol):
    """All keys of one secret for one pool on one chain; privacy.keys.MistKeys is one."""

    @property
    def chain_id(self) -> int: ...  # noqa: D102
    @property
    def pool(self) -> int: ...  # noqa: D102
    def account_key(self, index: int) -> int:
        """The private key of the index-th fresh account."""
        ...

    def notes_key(self) -> bytes:
        """32 bytes that the book is sealed under."""
        ...


@dataclass(frozen=True, slots=True)
class BookPlace:
    """Which book, and the 32 bytes that it is sealed under."""

    chain_id: int
    pool: int
    key: bytes = field(repr=False)


def place_of(keys: PoolKeys) -> BookPlace:
    """The place of the book of these keys."""
    return BookPlace(keys.chain_id, keys.pool, keys.notes_key())


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


class RequestState(StrEnum):
    """What became of a payment request."""

    OPEN = "open"
    PAID = "paid"
    CLOSED = "closed"
    """Not expected any more; a payment that comes all the same is found."""


class PaymentRequest(Strict):
    """A secret that was given to a payer. Amount and token may be left to them."""

    id: EntryId
    index: Count
    owner: Felt
    secret: Annotated[Element, Field(repr=False)]
    token: Felt | None = None
    amount: Amount | None = None
    label: Label = ""
    state: RequestState = RequestState.OPEN
    made_at: Count

    def paid_by(self, token: int, amount: int) -> bool:
        """Whether this is what was asked for, or more. Whoever learned the secret can send dust."""
        return self.token in {None, token} and (self.amount is None or amount >= self.amount)


class HandOverState(StrEnum):
    """What became of a forward."""

    GIVEN = "given"
    """On its way, or in the pool."""
    VOID = "void"
    """It did not take place, as far as is known: its money is in the note as before."""


class HandOver(Strict):
    """An amount that was forwarded inside the pool, and what its receiver has to be told."""

    id: EntryId
    note: EntryId
    """The note that paid it."""
    secret: Annotated[Element, Field(repr=False)]
    """The receiver's."""
    leaf: Annotated[Element, Field(repr=False)]
    token: Felt
    amount: Amount
    label: Label = ""
    made_at: Count
    made_in: RecordId | None = None
    """Journal record that makes it. A void one without it can never come: it was not sent, or it
    was accepted and undone. With it a node may still bring what it held back."""
    position: Position | None = None
    state: HandOverState = HandOverState.GIVEN
    handed_over: bool = False
    """A file for the receiver was saved."""

    @property
    def void(self) -> bool:
        """There is nothing to tell its receiver."""
        return self.state is HandOverState.VOID

    @property
    def may_come(self) -> bool:
        """Whether its leaf is, or may still get, into the pool."""
        return not self.void or self.made_in is not None


class PlanState(StrEnum):
    """Where a waiting plan is."""

    WAITING = "waiting"
    READY = "ready"
    """Enough leaves came; it wants a confirmation."""
    DONE = "done"
    DROPPED = "dropped"


class PlanKind(StrEnum):
    """What a waiting plan will do."""

    WITHDRAW = "withdraw"
    REWRAP = "rewrap"
    SPLIT = "split"
    FORWARD = "forward"


class WaitingPlan(Strict):
    """Wait for so many new leaves, then act. Nothing of it is sent without a confirmation."""

    id: EntryId
    note: EntryId
    kind: PlanKind
    amount: Amount | None = None
    """None is all of the note."""
    owner: Felt | None = None
    """Of what stays in the pool; None is the note's."""
    secret: Annotated[Element | None, Field(repr=False)] = None
    """The receiver's, for a forward."""
    leaves_at_start: Count
    leaves_wanted: Annotated[int, Field(ge=1, le=MAX_LEAVES)]
    """How many more, of others."""
    label: Label = ""
    """Of what will come of it."""
    state: PlanState = PlanState.WAITING
    made_at: Count
    made_in: RecordId | None = None


class MissingPart(Strict):
    """What a spend left in the pool and the search could not find again: an amount with many
    digits, or one that was forwarded. A backup that has the notes brings it back."""

    note: EntryId
    """The note that was spent."""
    token: Felt
    amount: Amount
    """All that is not explained."""
    tx_hash: Felt
    outputs: Annotated[tuple[Element, ...], Field(max_length=2, repr=False)]
    """Leaves that may be one's own."""
    index: Count | None = None
    """Of keys, the one after the last that was in use before it."""
    digits: Count = 0
    """The deep search has tried all amounts of so many digits,"""
    tried: Count = 0
    """and so many with one digit more,"""
    order: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$", repr=False)] = ""
    """in the order that this names."""


class BlockMark(Strict):
    """A block that was looked at, with its hash, so that a reorganisation is noticed."""

    number: Count
    hash: Felt


class ScanState(Strict):
    """How far was looked.

    `leaves`, `root` and `digest` are of the newest look at the tree; `history` lists blocks,
    rising, up to which all transactions on the pool were looked through.
    """

    leaves: Annotated[int, Field(ge=0, le=MAX_LEAVES)]
    root: Element
    digest: Digest
    """`leaves_digest` of the leaves then, in their order."""
    block: BlockMark
    at: Count
    """That block's time."""
    history: Annotated[tuple[BlockMark, ...], Field(max_length=MAX_MARKS)] = ()
    history_leaves: Annotated[int, Field(ge=0, le=MAX_LEAVES)] | None = None
    """Leaves when all blocks were looked through for the last time; None if never."""
    own: Annotated[tuple[Position, ...], Field(max_length=MAX_LEAVES)] = ()
    """Places of one's own among the leaves, rising; see domain.mist_own."""


class PoolTrust(Strict):
    """The contract as it was when it was last trusted."""

    class_hash: Felt
    verifier: Felt
    owner: Felt
    verifier_class: Felt | None = None
    at: Count


class FundingWord(Strict):
    """What its user says of the STRK that an account pays its fees with; nothing can check it."""

    account: Felt
    apart: bool
    """They do not lead to its user."""
    at: Count


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


def leaves_digest(leaves: tuple[int, ...]) -> str:
    """SHA-256 over all leaves, 32 big-endian bytes each, in their order."""
    digest = hashlib.sha256()
    for leaf in leaves:
        digest.update(leaf.to_bytes(32, "big"))
    return digest.hexdigest()


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

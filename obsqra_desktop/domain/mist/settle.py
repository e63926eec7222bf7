"""What the journal of transactions says about notes: the one place where it is decided.

Before a step is sent its book entries are written; the journal's record follows, then the network.
Whatever stops the program in between, the journal tells afterwards what has become of it: a
transaction names the nullifiers it spends, the leaves it makes and the secrets it deposits under.
Nothing here depends on an order of events, so it can be worked out as often as wanted.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from obsqra_desktop.domain.journal import UNPAID, TxRecord, TxState
from obsqra_desktop.domain.mist.book import again
from obsqra_desktop.domain.mist.calls import (
    EMERGENCY,
    deposited_secrets,
    published_keys,
    spend_publics,
    spent_nullifiers,
)
from obsqra_desktop.domain.mist.entries import HandOver, HandOverState, PlanState
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook, NoteOrigin, NoteState
from obsqra_desktop.domain.mist.keys import ClaimingKeys
from obsqra_desktop.domain.mist.note import FieldHash, Note
from obsqra_desktop.domain.transaction import Invoke

ACCEPTED = frozenset({TxState.ACCEPTED_L2, TxState.ACCEPTED_L1})
OUTPUTS = 2
"""Leaves that a spend makes."""
AT_REST = frozenset({NoteState.UNSPENT, NoteState.UNCHECKED})
MADE_HERE = frozenset({NoteOrigin.CHANGE, NoteOrigin.REWRAP, NoteOrigin.SPLIT})


@dataclass(frozen=True, slots=True)
class Trace:
    """What one transaction of the journal does at a pool."""

    record: str
    hash: int
    accepted: bool
    over: bool
    """Nothing of it took place, as far as is known."""
    reverted: bool
    """And nothing of it can: it was accepted, and its calls were undone."""
    block: int | None
    nullifiers: tuple[int, ...]
    leaves: tuple[int, ...]
    secrets: tuple[int, ...]
    keys: tuple[int, ...]
    notes: tuple[str, ...] = ()
    """Ids of notes whose keys it publishes, where these are sealed."""

    def made_of(self, nullifier: int) -> tuple[int, ...]:
        """The two leaves of this spend; none for one without a proof."""
        if nullifier not in self.nullifiers:
            return ()
        at = OUTPUTS * self.nullifiers.index(nullifier)
        return self.leaves[at : at + OUTPUTS]


def trace_of(record: TxRecord, pool: int) -> Trace | None:
    """None for a transaction that has nothing to do with the pool."""
    transaction = record.signed.transaction
    if not isinstance(transaction, Invoke):
        return None
    nullifiers = spent_nullifiers(transaction, pool)
    secrets = deposited_secrets(transaction, pool)
    keys = published_keys(transaction, pool)
    notes = sealed_notes(record, transaction, pool)
    if not (nullifiers or secrets or keys or notes):
        return None
    publics = [spend_publics(call) for call in transaction.calls if call.to == pool]
    return Trace(
        record=record.id,
        hash=record.signed.hash,
        accepted=record.state in ACCEPTED,
        over=record.state in UNPAID or record.state is TxState.REVERTED,
        reverted=record.state is TxState.REVERTED,
        block=record.receipt.block_number if record.receipt else None,
        nullifiers=nullifiers,
        leaves=tuple(leaf for one in publics if one is not None for leaf in one[7:9]),
        secrets=secrets,
        keys=keys,
        notes=notes,
    )


def sealed_notes(record: TxRecord, transaction: Invoke, pool: int) -> tuple[str, ...]:
    """Notes that a record with sealed keys spends at a pool."""
    calls = [call for call in transaction.calls if call.to == pool]
    here = any(call.entry_point in EMERGENCY for call in calls)
    return record.sealed.notes if record.sealed is not None and here else ()


def settled(
    book: MistBook, traces: tuple[Trace, ...], keys: ClaimingKeys, digest: FieldHash
) -> MistBook:
    """The book as the journal makes it; the same object if nothing changes."""
    fresh = unexplained(book, traces)
    notes = tuple(
        one if one.state in AT_REST and not fresh else note_now(one, traces, keys, digest)
        for one in book.notes
    )
    handovers = tuple(hand_over_now(one, traces) for one in book.handovers)
    states = {one.id: one.state for one in notes}
    plans = tuple(
        one.model_copy(update={"state": PlanState.WAITING, "made_in": None})
        if one.state is PlanState.DONE and states.get(one.note) is NoteState.UNSPENT
        else one
        for one in book.plans
    )
    if (notes, handovers, plans) == (book.notes, book.handovers, book.plans):
        return book
    return again(book, notes=notes, handovers=handovers, plans=plans)


def unexplained(book: MistBook, traces: tuple[Trace, ...]) -> tuple[Trace, ...]:
    """Spends that may touch a note at rest: not over, and of no note that is known to be spent or
    being spent by them. Whose they are costs two hashes for each note."""
    told = {one.spending for one in book.notes if one.state not in AT_REST}
    return tuple(
        one
        for one in traces
        if not one.over
        and (one.record not in told or len(one.nullifiers) + len(one.keys) > 1)
        and (one.nullifiers or one.keys)
    )


def note_now(
    held: HeldNote, traces: tuple[Trace, ...], keys: ClaimingKeys, digest: FieldHash
) -> HeldNote:
    """One note: whether it came to be, and whether it is spent."""
    if held.state is NoteState.SPENT:
        return with_outputs(held, traces)
    if not traces and held.state not in {NoteState.SPENDING, NoteState.AWAITED}:
        return held
    note = held.note(keys)
    held = made_now(held, note, traces, digest)
    nullifier = note.nullifier(digest)
    mine = [
        one
        for one in traces
        if nullifier in one.nullifiers or note.claiming_key in one.keys or held.id in one.notes
    ]
    done = first(one for one in mine if one.accepted)
    if done is not None:
        return held.model_copy(
            update={
                "state": NoteState.SPENT,
                "spending": done.record,
                "spent_in": done.hash,
                "spent_block": done.block,
                "outputs": done.made_of(nullifier),
            }
        )
    open_one = first(one for one in mine if not one.over)
    if open_one is not None:
        if held.state is NoteState.SPENDING and held.spending in {one.record for one in mine}:
            return held
        return held.model_copy(update={"state": NoteState.SPENDING, "spending": open_one.record})
    if held.state is NoteState.SPENDING:
        return held.model_copy(update={"state": NoteState.UNSPENT, "spending": None})
    return held


def with_outputs(held: HeldNote, traces: tuple[Trace, ...]) -> HeldNote:
    """A spent note of a book that did not keep what its spend made."""
    if held.outputs or held.spending is None:
        return held
    made = [one.leaves for one in traces if one.record == held.spending and one.accepted]
    if len(made) != 1 or len(made[0]) != OUTPUTS:
        return held
    return held.model_copy(update={"outputs": made[0]})


def made_now(held: HeldNote, note: Note, traces: tuple[Trace, ...], digest: FieldHash) -> HeldNote:
    """A note that is awaited from a transaction made here, or was given up too early."""
    if held.position is not None or held.state not in {NoteState.AWAITED, NoteState.VOID}:
        return held
    if held.origin is NoteOrigin.DEPOSIT:
        secret = note.secret(digest)
        mine = [one for one in traces if secret in one.secrets]
    elif held.origin in MADE_HERE or held.forwarded:
        mine = [one for one in traces if held.leaf in one.leaves]
    else:
        return held
    alive = first(one for one in mine if not one.over)
    if alive is not None:
        there = NoteState.UNSPENT if alive.accepted else NoteState.AWAITED
        return held.model_copy(update={"state": there, "made_in": alive.record})
    if not mine and held.made_in is not None:
        return held  # it was sent from a folder whose journal is gone
    late = first(one for one in mine if not one.reverted)
    made_in = late.record if late is not None else None
    return held.model_copy(update={"state": NoteState.VOID, "made_in": made_in})


def hand_over_now(held: HandOver, traces: tuple[Trace, ...]) -> HandOver:
    """Given while it is under way or in the pool, else void; nothing is forgotten, as a node may
    bring later what counted as expired. Its record is dropped where that can never come."""
    mine = [one for one in traces if held.leaf in one.leaves]
    alive = first(one for one in mine if one.accepted) or first(one for one in mine if not one.over)
    if alive is not None:
        return given(held, alive.record)
    if held.position is not None:
        return given(held, held.made_in)
    if not mine:  # with a record it was sent from a folder whose journal is gone
        return held if held.made_in is not None else void(held, None)
    late = first(one for one in mine if not one.reverted)
    return void(held, late.record if late is not None else None)


def given(held: HandOver, record: str | None) -> HandOver:
    """It takes place, or may."""
    return held.model_copy(update={"state": HandOverState.GIVEN, "made_in": record})


def void(held: HandOver, record: str | None) -> HandOver:
    """It does not, unless this record comes after all."""
    return held.model_copy(update={"state": HandOverState.VOID, "made_in": record})


def first(found: Iterable[Trace]) -> Trace | None:
    """The first, or None."""
    return next(iter(found), None)

"""Two books of one pool made one: what a backup brings never undoes what is known here.

Counters become the higher of the two. A note that only the backup has may have been spent since, so
it counts as unchecked until the chain was looked through; what a backup calls spent stays spent.
"""

from collections.abc import Sequence
from typing import Final, Protocol, TypeVar

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.book import again
from obsqra_desktop.domain.mist.errors import CountersFar
from obsqra_desktop.domain.mist.facts import WAITING
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook, NoteState
from obsqra_desktop.domain.mist.looks import FundingWord, PoolTrust

MOST_AHEAD: Final = 1_000
"""Unused keys in a row that a backup is believed: each step that was prepared and given up leaves
two."""
MOST_ACCOUNTS_AHEAD: Final = 100
"""The same for fresh accounts, over the number of accounts that own something."""


class HasId(Protocol):
    """An entry of a book."""

    @property
    def id(self) -> str: ...  # noqa: D102


Entry = TypeVar("Entry", bound=HasId)


def merged(mine: MistBook, theirs: MistBook) -> MistBook:
    """`mine` with all that `theirs` adds. Raises InvalidInput for books of two pools.

    If notes are added, the next look goes through the whole history.
    """
    if (mine.chain_id, mine.pool) != (theirs.chain_id, theirs.pool):
        raise InvalidInput("these are the books of two pools", where="book")
    here = {note.id: note for note in mine.notes}
    both = {note.id: together(here[note.id], note) for note in theirs.notes if note.id in here}
    added = tuple(unproven(note) for note in theirs.notes if note.id not in here)
    notes = (*(both.get(note.id, note) for note in mine.notes), *added)
    leaves = {note.leaf for note in notes}
    missing = {one.note: one for one in (*theirs.missing, *mine.missing)}
    saved = newer_backup(mine, theirs)
    births = (mine.birth, theirs.birth)
    return again(
        mine,
        next_index=max(mine.next_index, theirs.next_index),
        next_account=max(mine.next_account, theirs.next_account),
        birth=None if None in births else min(one for one in births if one is not None),
        trust=newer(mine, theirs),
        notes=notes,
        requests=joined(mine.requests, theirs.requests),
        handovers=joined(mine.handovers, theirs.handovers),
        plans=joined(mine.plans, theirs.plans),
        missing=tuple(one for one in missing.values() if leaves.isdisjoint(one.outputs)),
        funding=said(mine, theirs),
        scan=None if added else mine.scan,
        deposits=None if added else mine.deposits,
        backed_up=saved.backed_up,
        backed_up_notes=saved.backed_up_notes,
    )


def ensure_plausible(mine: MistBook, theirs: MistBook) -> None:
    """Whether the counters of a backup are borne out by what else is in it, or known here.

    Keys are given out one after the other and a recovery looks only so far beyond the last one
    that it has found: a counter that was pushed far ahead would hide all later notes from it.
    Raises CountersFar.
    """
    reach = mine.next_index
    used = [one.index for one in theirs.notes if one.index is not None]
    for index in sorted({*used, *(one.index for one in theirs.requests)}):
        if index > reach + MOST_AHEAD:
            raise implausible(f"key {index:,}", reach)
        reach = max(reach, index + 1)
    if theirs.next_index > reach + MOST_AHEAD:
        raise implausible(f"{theirs.next_index:,} keys", reach)
    owners = {one.owner for one in (*mine.notes, *theirs.notes)}
    owners |= {one.owner for one in (*mine.requests, *theirs.requests)}
    known = max(mine.next_account, len(owners))
    if theirs.next_account > known + MOST_ACCOUNTS_AHEAD:
        raise implausible(f"{theirs.next_account:,} fresh accounts", known)


def implausible(what: str, known: int) -> CountersFar:
    """Counters that would hide what comes later."""
    return CountersFar(
        f"This backup says that {what} were used, but nothing in it or here goes beyond {known:,}: "
        "it is damaged, or was not made by this program. Nothing was restored.",
        hint="Take another copy. If you gave up hundreds of steps in a row and this is your own "
        "backup: obsqra mist restore --trust-counters",
    )


def newer(mine: MistBook, theirs: MistBook) -> PoolTrust | None:
    """What the contract was when it was last trusted."""
    if mine.trust is None or (theirs.trust is not None and theirs.trust.at > mine.trust.at):
        return theirs.trust
    return mine.trust


def newer_backup(mine: MistBook, theirs: MistBook) -> MistBook:
    """The book that knows of the newer backup. An older one says nothing about that one's notes."""
    if theirs.backed_up is None or (mine.backed_up or -1) >= theirs.backed_up:
        return mine
    return theirs


def said(mine: MistBook, theirs: MistBook) -> tuple[FundingWord, ...]:
    """Of each account what its user said last."""
    words = {one.account: one for one in mine.funding}
    for one in theirs.funding:
        if one.account not in words or one.at > words[one.account].at:
            words[one.account] = one
    return tuple(words.values())


def together(here: HeldNote, there: HeldNote) -> HeldNote:
    """One note of both books: as it is here, with what only the other knows."""
    change: dict[str, object] = {
        "label": here.label or there.label,
        "frozen": here.frozen or there.frozen,
    }
    if there.state is NoteState.SPENT and here.state is not NoteState.SPENT:
        change |= {
            "state": NoteState.SPENT,
            "spent_in": there.spent_in,
            "spent_block": there.spent_block,
            "outputs": there.outputs,
        }
    return here.model_copy(update=change)


def unproven(note: HeldNote) -> HeldNote:
    """A note of a backup, before the chain was looked at. The journal there is not the one here."""
    state = note.state
    if state is not NoteState.SPENT and state not in WAITING:
        state = NoteState.UNCHECKED
    return note.model_copy(update={"state": state, "spending": None, "watched": False})


def joined(mine: Sequence[Entry], theirs: Sequence[Entry]) -> tuple[Entry, ...]:
    """By their ids; one's own win."""
    known = {one.id for one in mine}
    return (*mine, *[one for one in theirs if one.id not in known])

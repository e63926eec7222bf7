"""What one look at the pool tells about the notes, and the book after it.

The look takes a while, and meanwhile another step may change the book on the disk. So a look
gathers facts, and `applied` brings them into the book as it is when they are kept.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Final

from obsqra_desktop.domain.mist.book import again, with_notes, with_requests
from obsqra_desktop.domain.mist.chain import PoolLook
from obsqra_desktop.domain.mist.counts import DepositCounted, counted
from obsqra_desktop.domain.mist.entries import HandOver, HandOverState, PaymentRequest, RequestState
from obsqra_desktop.domain.mist.fields import MAX_INDEX
from obsqra_desktop.domain.mist.held_notes import MAX_ACCOUNTS, HeldNote, MistBook, NoteState
from obsqra_desktop.domain.mist.looks import (
    MAX_MARKS,
    BlockMark,
    MissingPart,
    ScanState,
    leaves_digest,
)
from obsqra_desktop.domain.mist.own import own_leaves

WAITING: Final = frozenset({NoteState.AWAITED, NoteState.VOID})


@dataclass(slots=True)
class Facts:
    """Gathered while looking. All of it is added to the book, nothing replaces what is newer."""

    notes: dict[str, HeldNote] = field(default_factory=dict)
    """Found again, by id."""
    spends: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Id of a spent note: hash of the transaction, block."""
    outputs: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """The same: leaves that it made."""
    came: dict[int, tuple[int, int]] = field(default_factory=dict)
    """A leaf of one's own: the block that brought it, and its time."""
    own: set[int] = field(default_factory=set)
    """Places of leaves that one's own accounts deposited."""
    paid: set[str] = field(default_factory=set)
    """Ids of requests."""
    missing: list[MissingPart] = field(default_factory=list)
    next_index: int = 0
    next_account: int = 0
    rewound: int | None = None
    """Blocks after this one are looked through anew, as the chain changed there."""
    mark: BlockMark | None = None
    """Up to here all blocks are looked through."""
    counted_from: int | None = None
    """First block in which deposits were counted; 0 where the pool was empty before."""
    deposits: dict[int, DepositCounted] = field(default_factory=dict)
    """Of others, by the place of their leaf."""
    birth: int | None = None
    """Block before which none of these keys was used."""
    watching: set[str] = field(default_factory=set)
    """Notes whose spend was looked for in all blocks since their leaf came."""


def applied(book: MistBook, facts: Facts, look: PoolLook) -> MistBook:
    """The book after a look at the leaves of one block, and at blocks up to `facts.mark`."""
    places: dict[int, int] = {}
    for place, leaf in enumerate(look.leaves):
        places.setdefault(leaf, place)
    copies = Counter(look.leaves)
    before = book.scan
    same_past = before is not None and (
        leaves_digest(look.leaves[: before.leaves]) == before.digest
    )
    done = facts.mark is not None and facts.mark == look.block

    def watched(note: HeldNote, place: int) -> bool:
        if note.watched or note.id in facts.watching:
            return True
        if before is None or before.history_leaves is None or place < before.history_leaves:
            return False
        return note.index is not None or finished(before)

    def after(note: HeldNote) -> HeldNote:
        place = places.get(note.leaf)
        if place is None:
            return gone(note)
        change: dict[str, object] = {"position": place, "copies": copies[note.leaf]}
        if note.position is None:
            block, at = facts.came.get(note.leaf, (look.block.number, look.at))
            change |= {"seen_block": block, "seen_at": at}
        state = note.state
        change["watched"] = watched(note, place)
        if state in WAITING or state is NoteState.UNCHECKED:
            sure = done and change["watched"]
            state = NoteState.UNSPENT if sure else NoteState.UNCHECKED
        undone = (
            facts.rewound is not None
            and note.spent_block is not None
            and note.spent_block > facts.rewound
        )
        if state is NoteState.SPENT and undone:
            state = NoteState.UNSPENT if note.spending is None else NoteState.SPENDING
            change |= {"spent_in": None, "spent_block": None}
        if note.id in facts.spends:
            state = NoteState.SPENT
            change |= dict(zip(("spent_in", "spent_block"), facts.spends[note.id], strict=True))
            change["outputs"] = facts.outputs.get(note.id, note.outputs)
        return note.model_copy(update={**change, "state": state})

    asked = {one.index for one in book.requests}

    def told(note: HeldNote) -> HeldNote:
        """A new one: made elsewhere if it came after all blocks were looked through from here."""
        place = places.get(note.leaf, -1)
        seen = before.history_leaves if before is not None and facts.rewound is None else None
        elsewhere = seen is not None and place >= seen and note.index not in asked
        return note.model_copy(update={"made_elsewhere": elsewhere})

    known = {note.id for note in book.notes}
    book = again(
        book,
        next_index=min(MAX_INDEX, max(book.next_index, facts.next_index)),
        next_account=min(MAX_ACCOUNTS, max(book.next_account, facts.next_account)),
        birth=book.birth if book.birth is not None else facts.birth,
    )
    book = with_notes(book, (told(note) for name, note in facts.notes.items() if name not in known))
    book = with_notes(book, tuple(after(note) for note in book.notes))
    book = with_requests(book, *paid_requests(book, facts))
    handovers = tuple(placed(one, places.get(one.leaf)) for one in book.handovers)
    missing = still_missing(book, facts)
    own = own_leaves(book) | {leaf for one in missing for leaf in one.outputs}
    seen = {*facts.own, *(before.own if before is not None and same_past else ())}
    own_at = (at for at, leaf in enumerate(look.leaves) if leaf in own or at in seen)
    return again(
        book,
        handovers=handovers,
        missing=missing,
        deposits=counted(
            book.deposits,
            facts.counted_from,
            facts.mark.number if facts.mark is not None else None,
            facts.deposits,
            facts.rewound,
            look.block.number,
        ),
        scan=scan_state(before, facts, look, tuple(own_at)),
    )


def placed(one: HandOver, place: int | None) -> HandOver:
    """A forward whose leaf is in the pool has taken place, whatever was thought of it."""
    state = one.state if place is None else HandOverState.GIVEN
    return one.model_copy(update={"position": place, "state": state})


def paid_requests(book: MistBook, facts: Facts) -> list[PaymentRequest]:
    """Those whose payment is in the pool, marked."""
    there: dict[int | None, list[HeldNote]] = {}
    for note in book.notes:
        if note.position is not None:
            there.setdefault(note.index, []).append(note)
    return [
        one.model_copy(update={"state": RequestState.PAID})
        for one in book.requests
        if one.id in facts.paid
        or any(one.paid_by(it.token, it.amount) for it in there.get(one.index, ()))
    ]


def gone(note: HeldNote) -> HeldNote:
    """Its leaf is not among the pool's. One that was there has vanished with its block."""
    if note.position is None:
        return note
    state = note.state
    if state is not NoteState.SPENDING:
        state = NoteState.AWAITED
    return note.model_copy(
        update={
            "position": None,
            "copies": 1,
            "watched": False,
            "seen_block": None,
            "seen_at": None,
            "spent_in": None,
            "spent_block": None,
            "state": state,
        }
    )


def still_missing(book: MistBook, facts: Facts) -> tuple[MissingPart, ...]:
    """Without those of which a part is known meanwhile: the rest then is what was forwarded."""
    leaves = {note.leaf for note in book.notes}
    parts = {one.note: one for one in book.missing}
    for one in facts.missing:
        known = parts.get(one.note)
        if known is None or known.outputs != one.outputs:  # else it says how far was searched
            parts[one.note] = one
    return tuple(one for one in parts.values() if leaves.isdisjoint(one.outputs))


def equal_deposits(
    book: MistBook, leaves: Sequence[int], token: int, amount: int
) -> tuple[int, int] | None:
    """How many others deposited exactly this, and the first block in which that was counted (0:
    the pool's whole history). None, for unknown, unless all blocks of the last look were looked
    through and its leaves are still among the pool's `leaves`."""
    scan = book.scan
    if scan is None or leaves_digest(tuple(leaves[: scan.leaves])) != scan.digest:
        return None
    return counted_deposits(book, token, amount)


def counted_deposits(
    book: MistBook, token: int, amount: int, mine: Collection[int] | None = None
) -> tuple[int, int] | None:
    """The same as of the last look, without a word on what the pool is now. `mine` are the places
    of one's own notes, for who asks for many."""
    scan, deposits = book.scan, book.deposits
    if scan is None or deposits is None or not finished(scan):
        return None
    if deposits.upto < scan.block.number:
        return None
    places = noted_places(book) if mine is None else mine
    return deposits.others(token, amount, places), deposits.since


def noted_places(book: MistBook) -> frozenset[int]:
    """Of the leaves of one's own notes."""
    return frozenset(note.position for note in book.notes if note.position is not None)


def finished(scan: ScanState) -> bool:
    """Whether all blocks up to its own were looked through."""
    return bool(scan.history) and scan.history[-1] == scan.block


def scan_state(
    before: ScanState | None, facts: Facts, look: PoolLook, own: tuple[int, ...]
) -> ScanState:
    """How far was looked, after this look."""
    old = before.history if before is not None else ()
    if facts.rewound is not None:
        old = tuple(mark for mark in old if mark.number <= facts.rewound)
    if facts.mark is not None:
        old = (*(mark for mark in old if mark.number < facts.mark.number), facts.mark)
    done = facts.mark is not None and facts.mark == look.block
    earlier = before.history_leaves if before is not None else None
    if facts.rewound is not None:
        earlier = None
    return ScanState(
        leaves=len(look.leaves),
        root=look.root,
        digest=leaves_digest(look.leaves),
        block=look.block,
        at=look.at,
        history=thinned(old),
        history_leaves=len(look.leaves) if done else earlier,
        own=own,
    )


def thinned(marks: tuple[BlockMark, ...]) -> tuple[BlockMark, ...]:
    """The first and the newest of them: after a deep reorganisation the first still holds."""
    if len(marks) <= MAX_MARKS:
        return marks
    return (marks[0], *marks[-(MAX_MARKS - 1) :])

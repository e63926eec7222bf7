"""Whether private money is backed up, told from its book."""

import pytest

from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.mist.book import again
from obsqra_desktop.domain.mist.copy import CopyKind, CopyState
from obsqra_desktop.domain.mist.entries import PaymentRequest, RequestState
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook, NoteOrigin, NoteState
from obsqra_desktop.flows.private_backup import URGENT, BackupNeed, backup_view

ONE = 10**18


def note(number: int, amount: int, **words: object) -> HeldNote:
    return HeldNote.model_validate(
        {
            "id": f"{number:012x}",
            "index": number,
            "owner": 7,
            "token": STRK.address,
            "amount": amount,
            "leaf": 1000 + number,
            "origin": NoteOrigin.DEPOSIT,
            "state": NoteState.UNSPENT,
            "made_at": 0,
            "position": number,
            **words,
        }
    )


PAID_IN = note(1, 10 * ONE)
GONE = PAID_IN.model_copy(update={"state": NoteState.SPENT})
ODD, REST = (
    note(number, amount, origin=NoteOrigin.SPLIT, parent=PAID_IN.id)
    for number, amount in ((2, 3_141_592 * ONE // 10**6), (3, 6_858_408 * ONE // 10**6))
)
FIVE, OTHER_FIVE = (
    note(number, 5 * ONE, origin=NoteOrigin.SPLIT, parent=PAID_IN.id) for number in (2, 3)
)
KEY_ELSEWHERE = note(4, ONE, index=None, claiming_key=5, origin=NoteOrigin.IMPORTED)

REQUEST = PaymentRequest(id="cd" * 6, index=8, owner=7, secret=5, made_at=0)
CLOSED = REQUEST.model_copy(update={"state": RequestState.CLOSED})
AWAITED = note(5, ONE, state=NoteState.AWAITED, position=None)


def book(*notes: HeldNote, saved: tuple[HeldNote, ...] | None = None) -> MistBook:
    return MistBook(
        chain_id=1,
        pool=2,
        next_index=9,
        notes=notes,
        backed_up=None if saved is None else 50,
        backed_up_notes=tuple(one.id for one in saved or ()),
    )


@pytest.mark.parametrize(
    ("known", "need", "newer", "lost"),
    [
        (None, BackupNeed.NOTHING, 0, ()),
        (book(), BackupNeed.NOTHING, 0, ()),
        (book(GONE), BackupNeed.NOTHING, 0, ()),
        (again(book(), next_account=1), BackupNeed.FIRST, 0, ()),
        (again(book(), requests=(REQUEST,)), BackupNeed.FIRST, 0, ()),
        (again(book(), requests=(CLOSED,)), BackupNeed.NOTHING, 0, ()),
        (book(AWAITED), BackupNeed.FIRST, 0, ()),
        (book(PAID_IN), BackupNeed.FIRST, 1, ()),
        (book(PAID_IN, saved=(PAID_IN,)), BackupNeed.DONE, 0, ()),
        (book(PAID_IN, saved=()), BackupNeed.LATER, 1, ()),
        (book(GONE, FIVE, OTHER_FIVE, saved=(PAID_IN,)), BackupNeed.LATER, 2, ()),
        (book(GONE, ODD, REST, saved=(PAID_IN,)), BackupNeed.AGAIN, 2, (ODD, REST)),
        (book(GONE, ODD, REST), BackupNeed.FIRST, 2, (ODD, REST)),
        (book(GONE, ODD, REST, saved=(GONE, ODD, REST)), BackupNeed.DONE, 0, ()),
        (book(KEY_ELSEWHERE, saved=()), BackupNeed.AGAIN, 1, (KEY_ELSEWHERE,)),
    ],
)
def test_what_a_backup_would_save(
    known: MistBook | None, need: BackupNeed, newer: int, lost: tuple[HeldNote, ...]
) -> None:
    view = backup_view(known)
    assert (view.need, view.newer, view.lost) == (need, newer, lost)
    assert view.foreign is (KEY_ELSEWHERE in lost)
    assert view.unwritten is (ODD in lost)
    assert view.at == (None if known is None else known.backed_up)


SPLIT = book(GONE, ODD, REST, saved=(PAID_IN,))


@pytest.mark.parametrize(
    ("known", "kind", "need"),
    [
        (SPLIT, CopyKind.CURRENT, BackupNeed.COPIED),
        (SPLIT, CopyKind.BEHIND, BackupNeed.AGAIN),
        (SPLIT, CopyKind.OFF, BackupNeed.AGAIN),
        (SPLIT, CopyKind.NONE, BackupNeed.AGAIN),
        (book(PAID_IN, saved=()), CopyKind.CURRENT, BackupNeed.COPIED),
        (book(PAID_IN, saved=()), CopyKind.BEHIND, BackupNeed.LATER),
        (book(PAID_IN, saved=(PAID_IN,)), CopyKind.CURRENT, BackupNeed.DONE),
        (book(PAID_IN), CopyKind.CURRENT, BackupNeed.FIRST),
    ],
)
def test_what_a_copy_beside_the_backup_saves(
    known: MistBook, kind: CopyKind, need: BackupNeed
) -> None:
    """Only one that has everything counts, and none without a backup: it would open for nobody."""
    assert backup_view(known, CopyState(kind)).need is need
    assert (need in URGENT) is (need in {BackupNeed.FIRST, BackupNeed.AGAIN})

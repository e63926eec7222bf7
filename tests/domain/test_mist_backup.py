"""Which notes only a backup brings back, case by case: what is left out here would be lost."""

import pytest

from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.mist.backup import only_in_a_backup
from obsqra_desktop.domain.mist.entries import HandOver, HandOverState
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook, NoteOrigin, NoteState

ONE = 10**18
ODD = 3 * ONE + 1
"""No search finds it."""


def note(number: int, amount: int, origin: NoteOrigin, **words: object) -> HeldNote:
    return HeldNote.model_validate(
        {
            "id": f"{number:012x}",
            "index": number,
            "owner": 7,
            "token": STRK.address,
            "amount": amount,
            "leaf": 1000 + number,
            "origin": origin,
            "state": NoteState.UNSPENT,
            "made_at": 0,
            **words,
        }
    )


def spent(number: int, amount: int, origin: NoteOrigin = NoteOrigin.DEPOSIT) -> HeldNote:
    return note(number, amount, origin, state=NoteState.SPENT)


WHOLE = spent(1, 10 * ONE)
UNEVEN = spent(1, 10 * ONE + 1)
FOUND_ODD = spent(1, ODD, NoteOrigin.RECEIVED)


def of(
    number: int, amount: int, origin: NoteOrigin, state: NoteState = NoteState.UNSPENT
) -> HeldNote:
    return note(number, amount, origin, parent=WHOLE.id, state=state)


def forward(amount: int, state: HandOverState) -> HandOver:
    return HandOver(
        id="ab" * 6,
        note=WHOLE.id,
        secret=5,
        leaf=6,
        token=STRK.address,
        amount=amount,
        made_at=0,
        state=state,
    )


REST = of(2, 10 * ONE - ODD, NoteOrigin.CHANGE)
"""After a forward it is as unknown as what was forwarded; after a withdrawal it is known."""
OWN = of(3, ODD, NoteOrigin.RECEIVED)
OWN_VOID = of(3, ODD, NoteOrigin.RECEIVED, NoteState.VOID)
MOVED = of(2, ODD, NoteOrigin.REWRAP)
HALVES = (of(2, 2 * ONE, NoteOrigin.SPLIT), of(3, 8 * ONE + 1, NoteOrigin.SPLIT))
VOID_HALVES = tuple(
    of(number, amount, NoteOrigin.SPLIT, NoteState.VOID)
    for number, amount in ((4, 4 * ONE), (5, 6 * ONE + 1))
)
SIX_DIGITS = tuple(
    of(number, amount, NoteOrigin.SPLIT)
    for number, amount in ((2, 1_234_560 * 10**12), (3, 10 * ONE - 1_234_560 * 10**12))
)
NO_DIGITS = (of(2, ODD, NoteOrigin.SPLIT), of(3, 10 * ONE - ODD, NoteOrigin.SPLIT))
PAID = note(2, ODD, NoteOrigin.RECEIVED, depositor=9)


@pytest.mark.parametrize(
    ("notes", "handovers", "saved", "lost"),
    [
        ((WHOLE, REST), (), (), ()),
        ((WHOLE, REST), (forward(ODD, HandOverState.GIVEN),), (), (REST,)),
        ((WHOLE, REST), (forward(ODD, HandOverState.VOID),), (), ()),
        ((WHOLE, REST, OWN), (), (), (REST, OWN)),
        ((WHOLE, REST, OWN_VOID), (), (), ()),
        ((UNEVEN, *HALVES), (), (), ()),
        ((UNEVEN, *HALVES, *VOID_HALVES), (), (), ()),
        ((WHOLE, *SIX_DIGITS), (), (), ()),
        ((WHOLE, *NO_DIGITS), (), (), NO_DIGITS),
        ((PAID,), (), (), ()),
        ((FOUND_ODD, MOVED), (), (), (MOVED,)),
        ((FOUND_ODD, MOVED), (), (FOUND_ODD,), ()),
        ((FOUND_ODD, MOVED), (), (MOVED,), ()),
        ((FOUND_ODD,), (), (), ()),
    ],
)
def test_what_only_a_backup_has(
    notes: tuple[HeldNote, ...],
    handovers: tuple[HandOver, ...],
    saved: tuple[HeldNote, ...],
    lost: tuple[HeldNote, ...],
) -> None:
    book = MistBook(
        chain_id=1,
        pool=2,
        next_index=9,
        notes=notes,
        handovers=handovers,
        backed_up=50,
        backed_up_notes=tuple(one.id for one in saved),
    )
    assert only_in_a_backup(book, {STRK.address: 18}) == lost

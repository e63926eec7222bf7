"""What a copy has, when another one is due, and how two become one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.accounts import AccountKind
from obsqra_desktop.domain.mist.backup import BackedUpAccount
from obsqra_desktop.domain.mist.book import again, with_notes
from obsqra_desktop.domain.mist.copy import (
    SMALLEST,
    CopyContents,
    CopyKind,
    CopyState,
    both,
    joined,
    kept,
    padded,
)
from obsqra_desktop.domain.mist.entries import PlanKind, WaitingPlan
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook, NoteState
from obsqra_desktop.domain.mist.looks import BlockMark, MissingPart, ScanState
from tests.domain.test_mist_notes import book, entry

SCAN = ScanState(
    leaves=1, root=5, digest="ab" * 32, block=BlockMark(number=3, hash=7), at=9, own=(0,)
)
MISSING = MissingPart(note="a" * 12, token=1, amount=2, tx_hash=3, outputs=(4,))
PLAN = WaitingPlan(
    id="b" * 12,
    note="a" * 12,
    kind=PlanKind.WITHDRAW,
    leaves_at_start=0,
    leaves_wanted=1,
    made_at=0,
)


def contents(*books: MistBook, at: int = 6) -> CopyContents:
    return CopyContents(saved_at=at, books=books)


@given(st.integers(1, 1 << 20))
def test_a_length_tells_only_its_power_of_two(size: int) -> None:
    made = padded(b"{" + b"x" * (size - 1))
    assert made.rstrip(b" ") == b"{" + b"x" * (size - 1)
    assert len(made) >= SMALLEST
    assert len(made) & (len(made) - 1) == 0
    assert len(made) == SMALLEST or len(made) < 2 * size


def test_one_note_more_does_not_show_in_the_length() -> None:
    few = book(entry(0), entry(1), next_index=9)
    more = with_notes(few, (entry(2), entry(3)))
    sizes = {len(padded(contents(one).due())) for one in (few, more)}
    assert sizes == {SMALLEST}


def test_what_a_look_finds_anew_makes_no_copy_due() -> None:
    plain = book(entry(3))
    looked = again(plain, scan=SCAN, missing=(MISSING,))
    assert contents(kept(plain)).due() == contents(kept(looked), at=99).due()
    assert kept(looked).scan is None
    assert kept(looked).missing == (MISSING,), "how far it was searched is worth keeping"


@pytest.mark.parametrize(
    "change",
    [
        {"next_index": 5},
        {"next_account": 1},
        {"plans": (PLAN,)},
        {"backed_up": 7},
        {"notes": (entry(3).model_copy(update={"label": "eggs"}),)},
        {"notes": (entry(3).model_copy(update={"state": NoteState.SPENT}),)},
        {"notes": (entry(3), entry(2))},
    ],
)
def test_what_no_look_would_find_makes_one_due(change: dict[str, object]) -> None:
    plain = book(entry(3))
    assert contents(again(plain, **change)).due() != contents(plain).due()


def states() -> st.SearchStrategy[NoteState]:
    return st.sampled_from(list(NoteState))


def books_of_one_pool() -> st.SearchStrategy[MistBook]:
    notes = st.dictionaries(
        st.integers(0, 5), st.tuples(states(), st.sampled_from(["", "a", "b"]), st.booleans())
    )

    def made(found: dict[int, tuple[NoteState, str, bool]], ahead: int) -> MistBook:
        held = tuple(
            entry(index).model_copy(update={"state": state, "label": label, "frozen": frozen})
            for index, (state, label, frozen) in found.items()
        )
        return book(*held, next_index=6 + ahead)

    return st.builds(made, notes, st.integers(0, 3))


def by_id(one: MistBook) -> dict[str, HeldNote]:
    return {note.id: note for note in one.notes}


@given(books_of_one_pool(), books_of_one_pool())
def test_two_become_one_that_loses_nothing_and_believes_the_newer(
    newer: MistBook, older: MistBook
) -> None:
    (found,) = both((newer,), (older,))
    notes, here, there = by_id(found), by_id(newer), by_id(older)
    assert notes.keys() == here.keys() | there.keys()
    assert found.next_index == max(newer.next_index, older.next_index)
    for one, note in notes.items():
        if one in here:
            assert note == here[one]
        else:
            assert (note.label, note.frozen) == (there[one].label, there[one].frozen)
            assert (note.state is NoteState.SPENT) is (there[one].state is NoteState.SPENT)
            assert note.state is not NoteState.UNSPENT, "the chain was not asked"


@given(books_of_one_pool(), books_of_one_pool())
def test_joining_twice_is_joining_once(mine: MistBook, theirs: MistBook) -> None:
    once, others = joined(contents(mine), contents(theirs))
    again_, none = joined(once, contents(theirs))
    assert again_ == once
    assert none == 0
    held = {one.id for one in once.books[0].notes if one.held}
    assert others == len(held - by_id(mine).keys())


def test_books_of_other_pools_and_accounts_stay() -> None:
    one, other = book(entry(3)), again(book(), pool=0xB002)

    def account(label: str, address: int) -> BackedUpAccount:
        kind = AccountKind.OPENZEPPELIN
        return BackedUpAccount(
            network="test", label=label, kind=kind, address=address, private_key=5
        )

    mine = CopyContents(saved_at=1, books=(one,), accounts=(account("mine", 7),))
    theirs = CopyContents(
        saved_at=2, books=(other,), accounts=(account("as it was called", 7), account("other", 8))
    )
    found, _ = joined(mine, theirs)
    assert {book.pool for book in found.books} == {0xB001, 0xB002}
    assert {(one.address, one.label) for one in found.accounts} == {(7, "mine"), (8, "other")}
    assert found.saved_at == 1


def test_a_plan_that_was_dropped_does_not_come_back() -> None:
    mine, theirs = book(entry(3)), again(book(entry(3)), plans=(PLAN,))
    assert both((mine,), (theirs,))[0].plans == ()
    assert both((), (theirs,))[0].plans == (PLAN,)


def test_only_a_current_copy_has_all() -> None:
    state = CopyState(CopyKind.CURRENT)
    assert state.has_all
    for kind in set(CopyKind) - {CopyKind.CURRENT}:
        assert not replace(state, kind=kind).has_all

"""Merging books: nothing known is undone, whatever the two sides are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.entries import PaymentRequest
from obsqra_desktop.domain.mist.held_notes import (
    HeldNote,
    MistBook,
    NoteOrigin,
    NoteState,
    held_note,
)
from obsqra_desktop.domain.mist.looks import FundingWord, MissingPart, PoolTrust
from obsqra_desktop.domain.mist.merge import merged
from obsqra_desktop.domain.mist.note import Note
from tests.privacy.plain import plain_hash

KEYS = [plain_hash(7, index) % 2**248 for index in range(6)]
POOL = 0xB001


def note_at(index: int) -> HeldNote:
    note = Note(KEYS[index], 0xA11CE, 0x70CE, 10 + index)
    return held_note(note, plain_hash, NoteOrigin.DEPOSIT, 5, index=index)


NOTES = [note_at(index) for index in range(6)]


@st.composite
def books(draw: st.DrawFn) -> MistBook:
    chosen = draw(st.sets(st.integers(0, 5)))
    notes = tuple(
        NOTES[index].model_copy(
            update={
                "state": draw(st.sampled_from(NoteState)),
                "label": draw(st.sampled_from(["", "a", "b"])),
                "frozen": draw(st.booleans()),
            }
        )
        for index in sorted(chosen)
    )
    return MistBook(
        chain_id=1,
        pool=POOL,
        next_index=draw(st.integers(6, 20)),
        next_account=draw(st.integers(0, 9)),
        birth=draw(st.none() | st.integers(0, 9)),
        notes=notes,
        backed_up=draw(st.none() | st.integers(0, 3)),
        backed_up_notes=tuple(one.id for one in notes if draw(st.booleans())),
    )


@given(books(), books())
def test_counters_are_the_higher_ones_and_no_note_is_lost(mine: MistBook, theirs: MistBook) -> None:
    made = merged(mine, theirs)
    assert made.next_index == max(mine.next_index, theirs.next_index)
    assert made.next_account == max(mine.next_account, theirs.next_account)
    names = {one.id for one in (*mine.notes, *theirs.notes)}
    assert {one.id for one in made.notes} == names
    assert len(made.notes) == len(names)


@given(books(), books())
def test_what_was_spent_on_either_side_is_spent(mine: MistBook, theirs: MistBook) -> None:
    spent = {one.id for one in (*mine.notes, *theirs.notes) if one.state is NoteState.SPENT}
    made = {one.id: one.state for one in merged(mine, theirs).notes}
    assert {name for name, state in made.items() if state is NoteState.SPENT} == spent


@given(books(), books())
def test_nothing_of_a_backup_is_called_unspent_or_under_way(
    mine: MistBook, theirs: MistBook
) -> None:
    here = {one.id: one for one in mine.notes}
    for note in merged(mine, theirs).notes:
        if note.id not in here:
            assert note.state not in {NoteState.UNSPENT, NoteState.SPENDING}
            assert not note.watched
        elif note.state is not NoteState.SPENT:
            assert note.state is here[note.id].state


@given(books(), books())
def test_labels_and_freezing_are_kept(mine: MistBook, theirs: MistBook) -> None:
    here = {one.id: one for one in mine.notes}
    there = {one.id: one for one in theirs.notes}
    for note in merged(mine, theirs).notes:
        sides = [side[note.id] for side in (here, there) if note.id in side]
        assert note.frozen == any(one.frozen for one in sides)
        assert note.label == next((one.label for one in sides if one.label), "")


@given(books(), books())
def test_the_newest_backup_of_both_counts_and_only_for_its_own_notes(
    mine: MistBook, theirs: MistBook
) -> None:
    made = merged(mine, theirs)
    times = [one.backed_up for one in (mine, theirs) if one.backed_up is not None]
    assert made.backed_up == max(times, default=None)
    told = [one.backed_up_notes for one in (mine, theirs) if one.backed_up == made.backed_up]
    assert made.backed_up_notes in told


@given(books(), books())
def test_once_more_changes_nothing(mine: MistBook, theirs: MistBook) -> None:
    made = merged(mine, theirs)
    assert merged(made, theirs) == made
    assert merged(mine, mine) == mine


def test_an_unknown_birth_stays_unknown_and_the_earlier_one_counts() -> None:
    empty = MistBook(chain_id=1, pool=POOL)
    early, late = (empty.model_copy(update={"birth": n}) for n in (3, 9))
    assert merged(early, late).birth == merged(late, early).birth == 3
    assert merged(early, empty).birth is None
    assert merged(empty, early).birth is None


def test_the_contract_as_it_was_trusted_last_counts() -> None:
    def trusting(at: int) -> MistBook:
        trust = PoolTrust(class_hash=at, verifier=1, owner=1, at=at)
        return MistBook(chain_id=1, pool=POOL, trust=trust)

    for mine, theirs in ((3, 9), (9, 3)):
        trust = merged(trusting(mine), trusting(theirs)).trust
        assert trust is not None
        assert trust.at == 9


def test_of_the_word_on_an_account_the_later_one_counts() -> None:
    def said(*words: tuple[int, bool, int]) -> MistBook:
        made = tuple(FundingWord(account=one, apart=apart, at=at) for one, apart, at in words)
        return MistBook(chain_id=1, pool=2, funding=made)

    mine, theirs = (
        said((1, True, 5), (2, True, 5)),
        said((1, False, 6), (2, False, 4), (3, True, 1)),
    )
    assert merged(mine, theirs).funding == said((1, False, 6), (2, True, 5), (3, True, 1)).funding


def test_a_missing_part_is_found_by_a_book_that_has_it() -> None:
    part = MissingPart(
        note="0" * 12, token=1, amount=5, tx_hash=1, outputs=(NOTES[0].leaf, NOTES[1].leaf)
    )
    lost = MistBook(chain_id=1, pool=POOL, next_index=9, missing=(part,))
    whole = MistBook(chain_id=1, pool=POOL, next_index=6, notes=(NOTES[0],))
    assert merged(lost, whole).missing == ()
    assert merged(lost, MistBook(chain_id=1, pool=POOL)).missing == (part,)


def test_requests_of_both_sides_stay() -> None:
    one, other = (
        PaymentRequest(id=f"{n:012x}", index=n, owner=2, secret=n + 1, made_at=0) for n in (0, 1)
    )
    mine = MistBook(chain_id=1, pool=POOL, next_index=2, requests=(one,))
    theirs = MistBook(chain_id=1, pool=POOL, next_index=2, requests=(one, other))
    assert merged(mine, theirs).requests == (one, other)


@pytest.mark.parametrize("change", [{"pool": POOL + 1}, {"chain_id": 2}])
def test_books_of_two_pools_are_not_mixed(change: dict[str, int]) -> None:
    mine = MistBook(chain_id=1, pool=POOL)
    with pytest.raises(InvalidInput, match="two pools"):
        merged(mine, mine.model_copy(update=change))

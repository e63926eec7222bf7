"""The journal's word on notes: whatever the order of events, no money appears, none is lost."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.mist.entries import HandOver
from obsqra_desktop.domain.mist.held_notes import (
    HeldNote,
    MistBook,
    NoteOrigin,
    NoteState,
    held_note,
)
from obsqra_desktop.domain.mist.note import FIELD, Note
from obsqra_desktop.domain.mist.settle import Trace, note_now, settled

OWNER, TOKEN = 0xA11CE, 0x70
RECORD = "0000000000aa"


def digest(*elements: int) -> int:
    """Any injective function will do here."""
    found = 7
    for one in elements:
        found = (found * 1_000_003 + one) % FIELD
    return found


class Keys:
    def claiming_key(self, index: int) -> int:
        return 1_000_000 * (index + 1)


KEYS = Keys()


def note(index: int, amount: int) -> Note:
    return Note(KEYS.claiming_key(index), OWNER, TOKEN, amount)


def entry(index: int, amount: int, origin: NoteOrigin, **words: object) -> HeldNote:
    made = held_note(note(index, amount), digest, origin, 1, index=index)
    return made.model_copy(update=words)


SPENT = entry(0, 10, NoteOrigin.DEPOSIT, state=NoteState.SPENDING, position=3)
PARTS = (
    entry(1, 4, NoteOrigin.SPLIT, parent=SPENT.id),
    entry(2, 6, NoteOrigin.SPLIT, parent=SPENT.id),
)
OVER = HandOver(
    id="0000000000bb", note=SPENT.id, secret=5, leaf=digest(5, TOKEN, 1), token=TOKEN, amount=1,
    made_at=1,
)  # fmt: skip
DEPOSITED = entry(3, 9, NoteOrigin.DEPOSIT, depositor=OWNER)
BOOK = MistBook(
    chain_id=1, pool=2, next_index=4, notes=(SPENT, *PARTS, DEPOSITED), handovers=(OVER,)
)
SPEND = Trace(
    record=RECORD, hash=77, accepted=False, over=False, reverted=False, block=None,
    nullifiers=(note(0, 10).nullifier(digest),),
    leaves=(PARTS[0].leaf, PARTS[1].leaf, OVER.leaf), secrets=(), keys=(),
)  # fmt: skip
PAY_IN = Trace(
    record="0000000000cc", hash=78, accepted=False, over=False, reverted=False, block=None,
    nullifiers=(), leaves=(), secrets=(note(3, 9).secret(digest),), keys=(),
)  # fmt: skip


def states(book: MistBook) -> list[NoteState]:
    return [one.state for one in book.notes]


def test_killed_before_the_journal_everything_is_as_before() -> None:
    book = settled(BOOK, (), KEYS, digest)
    assert states(book) == [NoteState.UNSPENT, *[NoteState.VOID] * 3]
    assert [(one.void, one.may_come) for one in book.handovers] == [(True, False)]
    assert book.next_index == BOOK.next_index


def test_what_is_under_way_stays_so() -> None:
    book = settled(BOOK, (SPEND, PAY_IN), KEYS, digest)
    assert states(book) == [NoteState.SPENDING, *[NoteState.AWAITED] * 3]
    assert [one.made_in for one in book.notes[1:3]] == [RECORD, RECORD]
    assert book.notes[0].spending == RECORD
    assert book.handovers[0].made_in == RECORD
    assert settled(book, (SPEND, PAY_IN), KEYS, digest) is book


def test_what_was_accepted_is_there() -> None:
    done = (replace(SPEND, accepted=True, block=9), replace(PAY_IN, accepted=True))
    book = settled(BOOK, done, KEYS, digest)
    assert states(book) == [NoteState.SPENT, *[NoteState.UNSPENT] * 3]
    assert (book.notes[0].spent_in, book.notes[0].spent_block) == (77, 9)


def test_a_spent_note_keeps_what_its_spend_made() -> None:
    """Also of an older book, whose spent notes did not."""
    done = replace(SPEND, accepted=True, leaves=SPEND.leaves[:2])
    two = replace(done, nullifiers=(5, *done.nullifiers), leaves=(0xAA, 0xAB, *done.leaves))
    for trace in (done, two):
        assert settled(BOOK, (trace,), KEYS, digest).notes[0].outputs == done.leaves
    old = SPENT.model_copy(update={"state": NoteState.SPENT, "spending": RECORD})
    book = BOOK.model_copy(update={"notes": (old, *BOOK.notes[1:])})
    assert settled(book, (done,), KEYS, digest).notes[0].outputs == done.leaves
    for other in (SPEND, replace(done, record="0000000000ee"), replace(done, accepted=False)):
        assert settled(book, (other,), KEYS, digest).notes[0].outputs == ()


def test_what_counted_as_lost_and_came_after_all_is_found() -> None:
    lost = settled(BOOK, (replace(SPEND, over=True), replace(PAY_IN, over=True)), KEYS, digest)
    assert states(lost) == [NoteState.UNSPENT, *[NoteState.VOID] * 3]
    assert [(one.void, one.may_come) for one in lost.handovers] == [(True, True)]
    late = settled(
        lost, (replace(SPEND, accepted=True), replace(PAY_IN, accepted=True)), KEYS, digest
    )
    assert states(late) == [NoteState.SPENT, *[NoteState.UNSPENT] * 3]
    assert [one.void for one in late.handovers] == [False]  # its receiver has to be told


def test_a_forward_that_failed_for_good_can_be_made_again() -> None:
    """Else its leaf would count as on its way for ever."""
    book = settled(BOOK, (replace(SPEND, over=True, reverted=True),), KEYS, digest)
    assert [(one.void, one.may_come) for one in book.handovers] == [(True, False)]
    assert states(book)[0] is NoteState.UNSPENT


def test_an_emergency_is_known_by_its_key() -> None:
    shown = replace(SPEND, nullifiers=(), leaves=(), keys=(KEYS.claiming_key(0),), accepted=True)
    assert states(settled(BOOK, (shown,), KEYS, digest))[0] is NoteState.SPENT


def test_a_journal_that_is_gone_voids_nothing_that_it_had_sent() -> None:
    """After a restored backup there is no journal: the chain has to tell."""
    named = tuple(one.model_copy(update={"made_in": RECORD}) for one in BOOK.notes)
    book = settled(BOOK.model_copy(update={"notes": named}), (), KEYS, digest)
    assert [one.state for one in book.notes[1:]] == [NoteState.AWAITED] * 3


fates = st.sampled_from(["absent", "open", "over", "accepted"])


def traces(spend: str, again: str, pay: str) -> tuple[Trace, ...]:
    """One attempt, a second one of the same note with other outputs, and a deposit."""
    second = replace(SPEND, record="0000000000dd", hash=79, leaves=(123, 124))
    found = []
    for trace, fate in ((SPEND, spend), (second, again), (PAY_IN, pay)):
        if fate != "absent":
            found.append(replace(trace, accepted=fate == "accepted", over=fate == "over"))
    return tuple(found)


@given(st.lists(st.tuples(fates, fates, fates), min_size=1, max_size=6))
def test_only_the_last_word_counts(history: list[tuple[str, str, str]]) -> None:
    """However the journal got there, the book is what it would be at once; but what was spent
    stays spent, as an accepted transaction never becomes another."""
    book = BOOK
    for spend, again, pay in history:
        book = settled(book, traces(spend, again, pay), KEYS, digest)
        if book.notes[0].state is NoteState.SPENT:
            return
    spend, again, pay = history[-1]
    first = book.notes[0].state
    if "open" in {spend, again}:
        assert first is NoteState.SPENDING
    else:
        assert first is NoteState.UNSPENT
    parts = {one.state for one in book.notes[1:3]}
    if spend == "open":
        assert parts == {NoteState.AWAITED}
    else:
        assert NoteState.UNSPENT not in parts
    assert book.next_index == BOOK.next_index
    assert pay in {"absent", "open", "over", "accepted"}


RESTING = [NoteState.UNSPENT, NoteState.UNCHECKED, NoteState.SPENDING, NoteState.SPENT]
TraceWords = tuple[int, bool, bool, bool]


@given(
    st.lists(st.sampled_from(RESTING), min_size=4, max_size=4),
    st.lists(st.tuples(st.integers(0, 4), st.booleans(), st.booleans(), st.booleans()), max_size=5),
    st.lists(st.integers(0, 5), min_size=4, max_size=4),
)
def test_leaving_notes_at_rest_alone_changes_nothing(
    kinds: list[NoteState], words: list[TraceWords], told: list[int]
) -> None:
    """Which of the journal's spends may touch them is worked out first; the plain word is
    `note_now` for each. Trace 4 is another one's; a shown key spends as a nullifier does."""
    whole = [note(index, 10 + index) for index in range(5)]
    traces = tuple(
        Trace(
            record=f"{place:012x}",
            hash=place,
            accepted=accepted and not over,
            over=over,
            reverted=False,
            block=None,
            nullifiers=() if shown else (whole[which].nullifier(digest),),
            leaves=(),
            secrets=(),
            keys=(whole[which].claiming_key,) if shown else (),
        )
        for place, (which, accepted, over, shown) in enumerate(words)
    )
    notes = []
    for index, (kind, place) in enumerate(zip(kinds, told, strict=True)):
        spends = place < len(words) and words[place][0] == index
        record = traces[place].record if spends and kind not in RESTING[:2] else None
        made = entry(index, 10 + index, NoteOrigin.DEPOSIT, state=kind, position=index)
        notes.append(made.model_copy(update={"spending": record}))
    book = MistBook(chain_id=1, pool=2, next_index=4, notes=tuple(notes))
    plain = tuple(note_now(one, traces, KEYS, digest) for one in book.notes)
    assert settled(book, traces, KEYS, digest).notes == plain


def test_a_spend_of_two_notes_in_one_transaction_is_not_taken_for_explained() -> None:
    one = entry(0, 10, NoteOrigin.DEPOSIT, state=NoteState.SPENT, position=0, spending=RECORD)
    two = entry(1, 11, NoteOrigin.DEPOSIT, state=NoteState.UNSPENT, position=1)
    both = tuple(note(index, 10 + index).nullifier(digest) for index in range(2))
    trace = replace(SPEND, nullifiers=both, accepted=True)
    book = MistBook(chain_id=1, pool=2, next_index=2, notes=(one, two))
    assert states(settled(book, (trace,), KEYS, digest)) == [NoteState.SPENT] * 2

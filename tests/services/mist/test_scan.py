"""Looking at a pool: arrivals, spends, reorganisations, and what a node is asked for it."""

from dataclasses import replace
from pathlib import Path

import pytest

from obsqra_desktop.domain.errors import Cancelled, NotFound
from obsqra_desktop.domain.mist.book import find_note, from_elsewhere, with_notes
from obsqra_desktop.domain.mist.chain import ChainBlock, ChainTransaction
from obsqra_desktop.domain.mist.entries import RequestState
from obsqra_desktop.domain.mist.errors import StaleRoot
from obsqra_desktop.domain.mist.held_notes import NoteState
from obsqra_desktop.domain.mist.note import Output
from obsqra_desktop.domain.transaction import Head
from obsqra_desktop.privacy.calls import emergency_call, u256
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.mist import book as books
from obsqra_desktop.services.mist import scan
from obsqra_desktop.services.mist.scan_report import ScanPhase, ScanProgress
from tests.services.mist.chamber import ReferenceChamber
from tests.services.mist.parts import NETWORK, POOL, drawing, run
from tests.services.mist.world import (
    MINE,
    STRANGER,
    TOKEN,
    WHOLE,
    Person,
    digest,
    held,
    strangers,
    tree,
)

pytestmark = pytest.mark.native


@pytest.fixture
def chain() -> ReferenceChamber:
    made = ReferenceChamber(POOL, digest, tree)
    made.mine(empty=7)
    strangers(made, 5)
    return made


def test_a_deposit_arrives_and_its_spend_is_seen(person: Person, chain: ReferenceChamber) -> None:
    entry = person.deposit(5 * WHOLE)
    assert entry.state is NoteState.AWAITED
    first = person.scan()
    assert (first.arrived, first.spent, first.complete) == ((entry.id,), (), True)
    assert first.new_leaves is None
    note = first.book.notes[0]
    assert (note.state, note.position, note.copies) == (NoteState.UNSPENT, 5, 1)
    strangers(chain, 3, 100)
    change = person.withdraw(note, 2 * WHOLE)
    second = person.scan()
    assert second.new_leaves == 5
    assert set(second.arrived) == {one.id for one in change}
    assert second.spent == (note.id,)
    assert held(second.book) == {(MINE, TOKEN, 3 * WHOLE): NoteState.UNSPENT}
    third = person.scan()
    assert (third.new_leaves, third.arrived, third.spent) == (0, (), ())
    assert third.book.notes == second.book.notes


def test_an_emptied_note_and_two_halves(person: Person) -> None:
    whole = person.deposit(5 * WHOLE)
    person.scan()
    parts = person.split(whole, 2 * WHOLE)
    book = person.scan().book
    assert held(book) == {
        (MINE, TOKEN, 2 * WHOLE): NoteState.UNSPENT,
        (MINE, TOKEN, 3 * WHOLE): NoteState.UNSPENT,
    }
    person.withdraw(parts[0], parts[0].amount)
    book = person.scan().book
    assert held(book) == {(MINE, TOKEN, 3 * WHOLE): NoteState.UNSPENT}


def test_a_payment_of_any_amount_to_a_request_is_found(
    person: Person, chain: ReferenceChamber
) -> None:
    request = person.request()
    person.scan()
    chain.deposit(STRANGER, request.secret, TOKEN, 1_234_567_890_123)
    book = person.scan().book
    assert held(book) == {(MINE, TOKEN, 1_234_567_890_123): NoteState.UNSPENT}
    assert book.requests[0].state is RequestState.PAID
    assert book.notes[0].depositor == STRANGER
    assert book.notes[0].origin.value == "received"


def test_a_payment_inside_of_the_pool_is_found_by_its_likely_amount(
    person: Person, chain: ReferenceChamber, tmp_path: Path
) -> None:
    asked, open_one = person.request(123_456_789), person.request()
    other = Person(tmp_path / "other", chain, (STRANGER,), b"other")
    for request, amount in ((asked, 123_456_789), (open_one, 2 * WHOLE)):
        note = other.deposit(5 * WHOLE, STRANGER)
        other.scan()
        other.forward(note, amount, request.secret, STRANGER)
    book = person.scan().book
    assert held(book).keys() == {(MINE, TOKEN, 123_456_789), (MINE, TOKEN, 2 * WHOLE)}
    assert {one.state for one in book.requests} == {RequestState.PAID}


def test_money_for_others_is_not_taken_for_ones_own(
    person: Person, chain: ReferenceChamber, tmp_path: Path
) -> None:
    other = Person(tmp_path / "other", chain, (STRANGER,), b"other")
    note = other.deposit(5 * WHOLE, STRANGER)
    other.scan()
    other.split(note, WHOLE, STRANGER)
    assert person.scan().book.notes == ()
    assert other.scan().book.next_index == 3


def test_a_deposit_before_ones_own_under_the_same_secret_is_seen_too(
    person: Person, chain: ReferenceChamber
) -> None:
    """Somebody learned a secret and came first with dust: the dust is there, the deposit is not."""
    request = person.request(5 * WHOLE)
    chain.deposit(STRANGER, request.secret, TOKEN, 1)
    with pytest.raises(ValueError, match="already exists"):
        chain.deposit(STRANGER, request.secret, TOKEN, 5 * WHOLE)
    found = person.scan().book
    assert held(found) == {(MINE, TOKEN, 1): NoteState.UNSPENT}
    assert [one.state for one in found.requests] == [RequestState.OPEN], "dust pays nothing"


def test_leaves_twice_are_told_apart_from_two_notes(
    person: Person, chain: ReferenceChamber, tmp_path: Path
) -> None:
    """The same amount forwarded twice to one secret: one nullifier, so one of them is lost."""
    request = person.request(2 * WHOLE)
    other = Person(tmp_path / "other", chain, (STRANGER,), b"other")
    for _ in range(2):
        note = other.deposit(5 * WHOLE, STRANGER)
        other.scan()
        other.forward(note, 2 * WHOLE, request.secret, STRANGER)
    book = person.scan().book
    assert [(one.amount, one.copies) for one in book.notes] == [(2 * WHOLE, 2)]


def test_words_in_calldata_that_are_no_leaf_are_no_deposit(
    person: Person, chain: ReferenceChamber
) -> None:
    """Anybody may write a secret that they know into a transaction."""
    request = person.request()
    low, high = request.secret % 2**128, request.secret >> 128
    junk = ChainTransaction(1, STRANGER, (low, high, 5, 0, TOKEN, low, high))
    chain.mine(junk)
    strangers(chain, 1, 50)
    assert person.scan().book.notes == ()


def test_a_spend_that_somebody_else_wrote_down_is_none(
    person: Person, chain: ReferenceChamber
) -> None:
    """A spend that reverts shows its nullifier, one without proof its key. Whoever saw them can
    write them beside leaves that are there into a transaction of their own; the note is unspent."""
    entry = person.deposit(5 * WHOLE)
    strangers(chain, 2, 60)
    person.scan()
    note = entry.note(person.keys)
    first, second = chain.state.leaves[-2:]
    values = (MINE, 0, 0, 0, MINE, tree.root(chain.state.leaves), note.nullifier(digest))
    publics = [half for value in (*values, first, second, 0) for half in u256(value)]
    path = tree.path(chain.state.leaves, note.leaf(digest))
    shown = emergency_call(POOL, note, path, Output(1, WHOLE)).calldata
    taken = digest(1, TOKEN, WHOLE)
    chain.mine(
        ChainTransaction(0xBAD1, STRANGER, tuple(publics)),
        ChainTransaction(0xBAD2, STRANGER, shown),
        state=chain.add(chain.state, taken),
    )
    assert person.scan().book.notes[0].state is NoteState.UNSPENT
    (kept,) = person.withdraw(person.book.notes[0], WHOLE)
    heir = Person(person.data_dir.parent / "heir", chain, person.addresses, b"another")
    run(heir.notes.bring_back(drawing(person.seed)(32), None, ()))
    assert held(heir.scan().book) == {(MINE, TOKEN, kept.amount): NoteState.UNSPENT}


@pytest.mark.parametrize("partly", [False, True])
def test_a_spend_without_proof_is_seen_where_it_leaves_something(
    person: Person, chain: ReferenceChamber, partly: bool
) -> None:
    entry = person.deposit(5 * WHOLE)
    person.scan()
    keys = person.keys
    secret = digest(keys.claiming_key(1), MINE)
    chain.emergency(entry.note(keys), (secret, 4 * WHOLE) if partly else None)
    strangers(chain, 1, 70)
    book = person.scan().book
    if partly:
        assert book.notes[0].state is NoteState.SPENT
        assert held(book) == {(MINE, TOKEN, 4 * WHOLE): NoteState.UNSPENT}
    else:  # no leaf, so the root does not change and nobody looks at its block
        assert book.notes[0].state is NoteState.UNSPENT


def test_the_chain_may_take_back_a_deposit_and_a_spend(
    person: Person, chain: ReferenceChamber
) -> None:
    first = person.deposit(5 * WHOLE)
    person.scan()
    before = chain.height
    second = person.deposit(2 * WHOLE)
    person.withdraw(first, WHOLE)
    strangers(chain, 1, 80)
    assert len(held(person.scan().book)) == 2
    chain.reorganise(before)
    strangers(chain, 2, 90)
    report = person.scan()
    states = {one.id: one.state for one in report.book.notes}
    assert report.reorganised
    assert states[second.id] is NoteState.AWAITED
    assert states[first.id] in {NoteState.UNSPENT, NoteState.SPENDING}
    assert report.book.next_index == 4, "indices are never given back"
    chain.deposit(MINE, second.note(person.keys).secret(digest), TOKEN, 2 * WHOLE)
    assert person.scan().book.notes[1].state is NoteState.UNSPENT


def test_leaves_that_go_while_the_chain_stays_are_a_lie(
    person: Person, chain: ReferenceChamber
) -> None:
    first, second = person.deposit(5 * WHOLE), person.deposit(2 * WHOLE)
    person.scan()
    person.withdraw(first, WHOLE)
    before = person.scan().book
    honest = chain.blocks[-1]
    chain.blocks[-1] = replace(honest, state=replace(honest.state, leaves=()))
    with pytest.raises(StaleRoot, match="has not changed"):
        person.scan()
    assert person.book == before
    chain.blocks[-1] = honest
    chain.mine()
    assert held(person.scan().book) == held(before)
    assert second.id in {one.id for one in person.book.notes}


@pytest.mark.parametrize("ahead", [-40, 0, 400])
def test_a_clock_that_is_wrong_hides_no_block(
    chain: ReferenceChamber, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ahead: int
) -> None:
    """Blocks' times that the clock was ahead when the secret was made."""
    monkeypatch.setattr(scan, "REAL_CHAINS", {NETWORK.chain_id})
    for module in (scan, books):
        monkeypatch.setattr(module, "EARLIER", 0)
    chain.mine(empty=10)
    now, height = chain.blocks[-1].block.at, chain.height
    person = Person(tmp_path / "data", chain)
    monkeypatch.setattr(person.notes, "_clock", lambda: now + 30 * ahead)
    note = person.deposit(5 * WHOLE)
    chain.mine(empty=20)
    person.scan()
    secret, _ = run(person.notes.everything())
    made = run(person.notes.secret_made())
    chain.mine(empty=1_000)
    heir = Person(tmp_path / "heir", chain, person.addresses, b"another")
    run(heir.notes.bring_back(secret, made, ()))
    assert heir.scan(everything=True).complete
    assert [one.id for one in heir.book.notes] == [note.id]
    assert heir.book.birth == (height if ahead == 0 else 0)


def test_a_chain_that_was_started_anew_has_none_of_the_notes(
    person: Person, chain: ReferenceChamber
) -> None:
    person.deposit(5 * WHOLE)
    person.scan()
    chain.blocks.clear()
    chain.salt += 1
    chain.mine(empty=3)
    report = person.scan()
    assert report.reorganised
    assert held(report.book) == {}
    assert report.book.next_index == 1


def test_without_old_blocks_nothing_is_called_unspent_that_may_be_spent(
    person: Person, chain: ReferenceChamber
) -> None:
    entry = person.deposit(5 * WHOLE)
    chain.mine(empty=5)
    chain.archive = chain.height
    report = person.scan()
    assert not report.complete
    assert "old blocks" in report.gap
    assert report.book.notes[0].state is NoteState.UNCHECKED
    chain.archive = 0
    assert person.scan().book.notes[0].state is NoteState.UNSPENT
    assert entry.id == person.book.notes[0].id


def test_what_another_step_writes_meanwhile_is_not_undone(
    person: Person, chain: ReferenceChamber
) -> None:
    entry = person.deposit(5 * WHOLE)
    person.scan()
    strangers(chain, 2, 110)
    honest = chain.block

    async def meddling(number: int) -> ChainBlock:
        keys = await person.notes.keys(NETWORK, POOL)
        await person.notes.take(keys, 1)
        await person.notes.change(
            keys,
            lambda book: with_notes(
                book,
                (
                    find_note(book, entry.id).model_copy(
                        update={"state": NoteState.SPENDING, "label": "meanwhile"}
                    ),
                ),
            ),
        )
        return await honest(number)

    chain.block = meddling  # type: ignore[method-assign]
    book = person.scan().book
    chain.block = honest  # type: ignore[method-assign]
    assert (book.notes[0].state, book.notes[0].label) == (NoteState.SPENDING, "meanwhile")
    assert book.next_index == 3


def test_looking_can_be_stopped_and_what_was_found_is_kept(
    person: Person, chain: ReferenceChamber
) -> None:
    entries = [person.deposit(n * WHOLE) for n in (1, 2)]
    cancel = CancelToken()

    def stop(progress: ScanProgress) -> None:
        if progress.phase is ScanPhase.HISTORY and progress.done >= progress.total - 1:
            cancel.cancel()

    with pytest.raises(Cancelled, match="so far is kept"):
        person.scan(progress=stop, cancel=cancel)
    assert entries[0].id in {one.id for one in person.book.notes if one.position is not None}
    assert person.scan().complete


def test_leaves_that_do_not_give_the_root_are_not_kept(
    person: Person, chain: ReferenceChamber
) -> None:
    person.deposit(5 * WHOLE)
    honest = chain.call_at

    async def lying(
        to: int, entry_point: str, block: int, *, long: bool = False
    ) -> tuple[int, ...]:
        felts = await honest(to, entry_point, block, long=long)
        return (*felts[:-2], 5, 0) if long else felts

    chain.call_at = lying  # type: ignore[method-assign]
    with pytest.raises(StaleRoot, match="do not give the root"):
        person.scan()
    assert person.book.scan is None


def test_a_chain_that_changes_under_every_look_is_given_up(
    person: Person, chain: ReferenceChamber
) -> None:
    honest = chain.head

    async def moving() -> Head:
        return (await honest()).model_copy(update={"hash": 1})

    chain.head = moving  # type: ignore[method-assign]
    with pytest.raises(StaleRoot, match="changed while"):
        person.scan()


def test_on_another_network_there_is_no_pool(person: Person, chain: ReferenceChamber) -> None:
    chain.blocks.clear()
    chain.mine(there=False)
    with pytest.raises(NotFound, match="no contract"):
        person.scan()


def test_every_question_is_about_the_pool_as_a_whole(
    person: Person, chain: ReferenceChamber, tmp_path: Path
) -> None:
    """Two people with other notes on one chain ask exactly the same."""
    other = Person(tmp_path / "other", chain, (STRANGER,), b"other")
    one = person.deposit(5 * WHOLE)
    two = other.deposit(3 * WHOLE, STRANGER)
    asked = []
    for _ in range(2):
        for who in (person, other):
            chain.asked.clear()
            who.scan()
            asked.append(tuple(chain.asked))
        assert asked[-1] == asked[-2]
        person.withdraw(one, one.amount)
        one = person.deposit(WHOLE)
        other.rewrap(two, STRANGER)
        (two,) = (n for n in other.scan().book.notes if n.held)
        person.scan()


def test_a_second_computer_with_the_same_secret_is_told(
    person: Person, chain: ReferenceChamber, tmp_path: Path
) -> None:
    """Only what came in while this folder looked on, and never what was made or asked for here."""
    person.deposit(2 * WHOLE)
    old = person.deposit(3 * WHOLE)
    other = Person(tmp_path / "other", chain, seed=person.seed)
    assert other.keys.claiming_key(7) == person.keys.claiming_key(7)
    recovered = other.scan()  # its first look: it made none of them, and nobody else need have
    assert len(recovered.arrived) == 2
    assert recovered.elsewhere == ()
    assert person.scan().elsewhere == ()

    foreign = other.deposit(5 * WHOLE)
    again = other.scan()
    assert (again.arrived, again.elsewhere) == ((foreign.id,), ())
    mine = person.deposit(5 * WHOLE)
    asked = person.request()
    chain.deposit(STRANGER, asked.secret, TOKEN, WHOLE)
    change = person.withdraw(find_note(person.book, old.id), WHOLE)
    seen = person.scan()
    assert foreign.id in seen.arrived
    assert {mine.id, change[0].id} <= set(seen.arrived)
    assert len(seen.arrived) == 4
    assert seen.elsewhere == (foreign.id,)
    assert [one.id for one in from_elsewhere(seen.book)] == [foreign.id]
    assert person.scan().elsewhere == ()
    assert [one.id for one in from_elsewhere(person.book)] == [foreign.id]


def test_a_reorganisation_is_no_second_computer(person: Person, chain: ReferenceChamber) -> None:
    person.deposit(2 * WHOLE)
    person.scan()
    kept = chain.height
    person.deposit(3 * WHOLE)
    person.scan()
    chain.reorganise(kept)
    strangers(chain, 1, 900)
    for entry in (one for one in person.book.notes if one.amount == 3 * WHOLE):
        chain.deposit(MINE, entry.note(person.keys).secret(digest), TOKEN, entry.amount)
    assert person.scan().elsewhere == ()
    assert from_elsewhere(person.book) == ()

"""Everything comes back from the secret and the chain, or is said to be missing."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from obsqra_desktop.domain.amounts import ETH, KNOWN_TOKENS, STRK, Token
from obsqra_desktop.domain.chain_errors import NodeUnreachable
from obsqra_desktop.domain.mist.book import find_note, spent
from obsqra_desktop.domain.mist.held_notes import HeldNote, NoteOrigin, NoteState
from obsqra_desktop.domain.mist.merge import MOST_AHEAD
from obsqra_desktop.services.mist.finding import MARGIN
from tests.services.mist.chamber import ReferenceChamber
from tests.services.mist.parts import NETWORK, POOL, drawing, run
from tests.services.mist.world import (
    ALSO_MINE,
    MINE,
    STRANGER,
    TOKEN,
    WHOLE,
    Person,
    balance,
    digest,
    held,
    strangers,
    tree,
)

pytestmark = pytest.mark.native


def heir(person: Person, folder: Path) -> Person:
    """A new folder into which only the secret was brought back."""
    made = Person(folder, person.chain, person.addresses, b"another")
    run(made.notes.bring_back(drawing(person.seed)(32), None, ()))
    return made


def recovered(person: Person, folder: Path) -> Person:
    other = heir(person, folder)
    run(other.scans.recover(NETWORK, other.keys, tokens=(STRK, ETH)))
    return other


def test_deposits_changes_splits_forwards_and_moves_come_back(
    person: Person, chain: ReferenceChamber, tmp_path: Path
) -> None:
    odd = person.deposit(1_234_567_890_123_456_789)
    large = person.deposit(500 * WHOLE, ALSO_MINE, ETH.address)
    person.scan()
    (change,) = person.withdraw(odd, WHOLE)
    fresh = person.fresh_owner()
    (moved,) = person.rewrap(large, fresh)
    person.scan()
    half, rest = person.split(moved, 120 * WHOLE, fresh)
    strangers(chain, 2, 40)
    person.scan()
    (kept,) = person.forward(half, 20 * WHOLE, digest(77, STRANGER), ALSO_MINE)
    person.withdraw(rest, rest.amount)
    mine = person.scan().book
    assert balance(mine) == change.amount + kept.amount
    other = recovered(person, tmp_path / "heir")
    assert held(other.book) == held(mine)
    assert other.book.missing == ()
    assert {one.id for one in other.book.notes} == {one.id for one in mine.notes}
    assert other.book.next_index >= mine.next_index
    assert other.book.next_account >= mine.next_account
    origins = {one.id: one.origin for one in other.book.notes}
    assert origins[odd.id] is NoteOrigin.DEPOSIT
    assert origins[moved.id] is NoteOrigin.REWRAP
    assert origins[half.id] is NoteOrigin.SPLIT


def test_a_part_with_many_digits_is_said_to_be_missing_and_nothing_is_made_up(
    person: Person, tmp_path: Path
) -> None:
    whole = person.deposit(5 * WHOLE)
    person.scan()
    parts = person.split(whole, 1_234_567_890_123_456_789)
    mine = person.scan().book
    other = recovered(person, tmp_path / "heir")
    assert held(other.book) == {}
    (missing,) = other.book.missing
    assert (missing.note, missing.amount) == (whole.id, 5 * WHOLE)
    assert set(missing.outputs) == {one.leaf for one in parts}
    assert other.book.next_index > max(one.index or 0 for one in mine.notes)
    run(other.notes.bring_back(drawing(person.seed)(32), None, (mine,)))
    assert other.book.missing == ()
    assert held(other.scan().book) == held(mine)


def test_indices_that_were_given_out_before_a_loss_are_found_and_not_used_again(
    person: Person, chain: ReferenceChamber, tmp_path: Path
) -> None:
    requests = [person.request() for _ in range(20)]
    entry = person.deposit(2 * WHOLE)
    later = [person.request() for _ in range(MARGIN)]
    assert entry.index is not None
    other = recovered(person, tmp_path / "heir")
    assert other.book.next_index == entry.index + 1 + MARGIN > later[-1].index
    assert held(other.book) == {(MINE, TOKEN, 2 * WHOLE): NoteState.UNSPENT}
    chain.deposit(STRANGER, requests[3].secret, TOKEN, 777)
    assert held(other.scan().book)[(MINE, TOKEN, 777)] is NoteState.UNSPENT
    assert run(other.notes.take(other.keys, 1)) > later[-1].index


def test_many_steps_that_were_given_up_hide_nothing_from_a_recovery(
    person: Person, tmp_path: Path
) -> None:
    """Each takes two indices when it is prepared; between two notes there may be many."""
    for _ in range(2):
        run(person.notes.take(person.keys, 180))
        person.deposit(2 * WHOLE)
    mine = person.scan().book
    assert held(recovered(person, tmp_path / "heir").book) == held(mine)
    assert [one.index for one in mine.notes] == [180, 361]


def test_what_comes_after_a_counter_that_a_backup_is_believed_is_recovered_by_the_secret_alone(
    person: Person, tmp_path: Path
) -> None:
    person.deposit(WHOLE)
    run(person.notes.take(person.keys, MOST_AHEAD))
    later = person.deposit(2 * WHOLE)
    person.scan()
    person.withdraw(find_note(person.book, later.id), WHOLE)
    mine = person.scan().book
    assert later.index == MOST_AHEAD + 1
    other = heir(person, tmp_path / "heir")
    other.scan(everything=True)
    assert held(other.book) == held(mine)


def test_a_payment_inside_of_the_pool_comes_back_by_the_secret_alone(
    person: Person, chain: ReferenceChamber, tmp_path: Path
) -> None:
    """No block tells of it, and the request is forgotten; what became of it is found too."""
    other = Person(tmp_path / "other", chain, (STRANGER,), b"other")
    for amount in (2 * WHOLE, 5 * WHOLE):
        request = person.request(amount)
        note = other.deposit(7 * WHOLE, STRANGER)
        other.scan()
        other.forward(note, amount, request.secret, STRANGER)
    received = person.scan().book.notes[1]
    person.withdraw(received, WHOLE)
    mine = person.scan().book
    assert held(recovered(person, tmp_path / "heir").book) == held(mine)
    assert len(held(mine)) == 2


def test_what_came_of_a_note_is_found_though_it_is_known_as_spent(
    person: Person, tmp_path: Path
) -> None:
    """An old backup beside a journal that is still there: settling marks the note as spent before
    the look, and what its spend has left in the pool would never have been looked for."""
    first, second = person.deposit(5 * WHOLE), person.deposit(7 * WHOLE)
    old = person.scan().book
    person.split(first, 2 * WHOLE)
    person.withdraw(second, 7 * WHOLE)
    mine = person.scan().book
    other = heir(person, tmp_path / "heir")
    run(other.notes.bring_back(drawing(person.seed)(32), None, (old,)))
    other.change(lambda book: spent(spent(book, first.id), second.id))
    other.scan(everything=True)
    assert held(other.book) == held(mine)
    assert len(held(mine)) == 2
    assert other.book.missing == ()


def test_tokens_of_the_networks_list_are_tried_with_their_own_decimals(
    person: Person, chain: ReferenceChamber, tmp_path: Path
) -> None:
    """Received inside of the pool: no block tells token or amount."""
    dollars = Token("USDC", "USDC", 0x05DC, 6)
    other = Person(tmp_path / "other", chain, (STRANGER,), b"other")
    note = other.deposit(50_000_000, STRANGER, dollars.address)
    other.scan()
    other.forward(note, 20_000_000, person.request().secret, STRANGER)
    found = {}
    for name, known in (("without", KNOWN_TOKENS), ("with", (*KNOWN_TOKENS, dollars))):
        made = heir(person, tmp_path / name)
        made.tokens = lambda _network, known=known: known
        made.start()
        run(made.scans.recover(NETWORK, made.keys))
        found[name] = held(made.book)
    assert found["without"] == {}
    assert found["with"] == {(MINE, dollars.address, 20_000_000): NoteState.UNSPENT}


def test_without_old_blocks_short_amounts_are_found_by_trying(
    person: Person, chain: ReferenceChamber, tmp_path: Path
) -> None:
    short, three = person.deposit(20 * WHOLE), person.deposit(125 * WHOLE // 10)
    odd = person.deposit(1_234_567_890_123_456_789)
    chain.mine(empty=3)
    chain.archive = chain.height
    other = heir(person, tmp_path / "heir")
    report = run(other.scans.recover(NETWORK, other.keys, tokens=(STRK,)))
    assert not report.complete
    found = {one.id: (one.state, one.origin) for one in report.book.notes}
    assert found == {
        short.id: (NoteState.UNCHECKED, NoteOrigin.FOUND),
        three.id: (NoteState.UNCHECKED, NoteOrigin.FOUND),
    }
    assert odd.id not in found
    assert report.book.next_index > 2


def test_a_look_that_was_broken_off_goes_on_where_it_was(
    person: Person, chain: ReferenceChamber, tmp_path: Path
) -> None:

    entries = [person.deposit(n * WHOLE) for n in (1, 2, 5)]
    strangers(chain, 2, 60)
    other = heir(person, tmp_path / "heir")
    honest, left = chain.block, 4

    async def failing(number: int) -> object:
        nonlocal left
        left -= 1
        if left < 0:
            raise NodeUnreachable("gone")
        return await honest(number)

    chain.block = failing  # type: ignore[method-assign, assignment]
    with pytest.raises(NodeUnreachable):
        other.scan()
    chain.block = honest  # type: ignore[method-assign]
    assert 0 < len(other.book.notes) < 3
    chain.asked.clear()
    book = other.scan().book
    assert {one.id: one.state for one in book.notes} == {
        one.id: NoteState.UNSPENT for one in entries
    }
    read = [one[1] for one in chain.asked if one[0] == "block"]
    assert len(read) == len(set(read)) < 8


Step = tuple[int, int, int]


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=4,
)
@given(
    st.lists(
        st.tuples(st.integers(0, 4), st.integers(0, 9), st.integers(1, 99)), min_size=2, max_size=7
    )
)
def test_any_history_of_short_amounts_comes_back(
    tmp_path_factory: pytest.TempPathFactory, steps: list[Step]
) -> None:
    folder = tmp_path_factory.mktemp("history")
    chain = ReferenceChamber(POOL, digest, tree)
    chain.mine()
    person = Person(folder / "data", chain, (MINE,))
    for action, which, tenths in steps:
        notes: list[HeldNote] = [one for one in person.scan().book.notes if one.held]
        amount = tenths * WHOLE // 10
        if action == 0 or not notes:
            person.deposit(amount)
            continue
        note = notes[which % len(notes)]
        amount = min(amount, note.amount)
        if action == 1:
            person.withdraw(note, amount)
        elif action == 2:
            person.rewrap(note, MINE)
        elif action == 3 and amount < note.amount:
            person.split(note, amount)
        else:
            person.forward(note, amount, digest(tenths, STRANGER))
    mine = person.scan().book
    other = recovered(person, folder / "heir")
    assert held(other.book) == held(mine)
    assert other.book.next_index >= mine.next_index

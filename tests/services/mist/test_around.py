"""How old a note is and among how many others, from the book that looks have made."""

import pytest

from obsqra_desktop.domain.mist.around import Around, Surroundings
from obsqra_desktop.domain.mist.book import again, find_note
from tests.services.mist.chamber import ReferenceChamber
from tests.services.mist.parts import POOL
from tests.services.mist.world import MINE, STRANGER, TOKEN, WHOLE, Person, digest, tree

pytestmark = pytest.mark.native


@pytest.fixture
def chain() -> ReferenceChamber:
    made = ReferenceChamber(POOL, digest, tree)
    made.mine(empty=7)
    return made


def strangers(chain: ReferenceChamber, *numbers: int, amount: int = WHOLE) -> None:
    for number in numbers:
        chain.deposit(STRANGER, digest(number, STRANGER, 1), TOKEN, amount)


def test_what_is_known_of_a_note_and_nothing_before_it_was_seen(
    person: Person, chain: ReferenceChamber
) -> None:
    strangers(chain, 1, 2)
    entry = person.deposit(WHOLE)
    assert Surroundings(person.book).of(find_note(person.book, entry.id)) == Around()
    person.scan()
    at = find_note(person.book, entry.id).seen_at
    assert Surroundings(person.book).of(find_note(person.book, entry.id)) == Around(
        at, 2, 0, 2, 0, 2, 0
    )
    strangers(chain, 3, 4, 5)
    strangers(chain, 6, amount=2 * WHOLE)
    person.scan()
    assert Surroundings(person.book).of(find_note(person.book, entry.id)) == Around(
        at, 6, 4, 6, 4, 5, 0
    )
    strangers(chain, 7, amount=WHOLE - 1)
    person.scan()
    assert Surroundings(person.book).of(find_note(person.book, entry.id)) == Around(
        at, 7, 5, 6, 4, 5, 0
    )


def test_ones_own_leaves_are_no_others(person: Person, chain: ReferenceChamber) -> None:
    """Other notes, both leaves of an emptied one, what was given away, a deposit for a friend."""
    strangers(chain, 1)
    kept = person.deposit(5 * WHOLE)
    gone = person.deposit(WHOLE)
    person.scan()
    person.withdraw(gone, WHOLE)
    chain.deposit(MINE, digest(5, 5, 5), TOKEN, 2 * WHOLE)
    strangers(chain, 2)
    person.scan()
    book = person.book
    assert len(chain.state.leaves) == 1 + 2 + 2 + 1 + 1
    assert find_note(book, gone.id).outputs == chain.state.leaves[3:5]
    assert book.scan is not None
    assert book.scan.own == (1, 2, 3, 4, 5)
    found = Surroundings(book).of(find_note(book, kept.id))
    assert (found.among, found.newer) == (2, 1)
    person.scan()
    assert person.book.scan == book.scan  # also when nothing is looked through again


def test_places_of_a_chain_that_was_taken_back_are_forgotten(
    person: Person, chain: ReferenceChamber
) -> None:
    strangers(chain, 1)
    person.scan()
    start = chain.height
    chain.deposit(MINE, digest(5, 5, 5), TOKEN, 2 * WHOLE)
    person.scan()
    assert person.book.scan is not None
    assert person.book.scan.own == (1,)
    chain.reorganise(start)
    strangers(chain, 2, 3)
    person.scan()
    assert person.book.scan is not None
    assert person.book.scan.own == ()


def test_a_note_is_as_old_as_the_block_that_brought_it(
    person: Person, chain: ReferenceChamber
) -> None:
    """Also where it is found again much later, from the secret alone."""
    whole = person.deposit(4 * WHOLE)
    here = chain.height
    person.scan()
    left, _ = person.split(whole, WHOLE)
    spent = chain.height
    for _ in range(7):
        chain.mine()
    strangers(chain, 1)
    person.change(lambda book: again(book, notes=()))
    person.scan(everything=True)
    book = person.book
    assert find_note(book, whole.id).seen_block == here
    assert find_note(book, left.id).seen_block == spent
    assert find_note(book, left.id).seen_at == chain.blocks[spent].block.at

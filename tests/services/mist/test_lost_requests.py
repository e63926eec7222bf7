"""Computer lost, backup restored, and a file for a request that was made after that backup."""

from pathlib import Path

import pytest

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.book import again
from obsqra_desktop.domain.mist.fields import MAX_INDEX
from obsqra_desktop.domain.mist.held_notes import NoteState
from obsqra_desktop.domain.mist.note import Note
from obsqra_desktop.services.mist.finding import MARGIN, WIDE_GAP
from obsqra_desktop.services.mist.lost_requests import LostRequest, likeliest_first
from tests.services.mist.money_parts import NETWORK, Wallet
from tests.services.mist.parts import request_text, run
from tests.services.mist.pool_chain import PoolChain, digest

pytestmark = pytest.mark.native
FILE_WORDS = "a word for the file"
ODD = 3_700_000_000_000_000_001
"""No amount that a recovery tries."""


def restored(folder: Path, lost: Wallet, saved: tuple[bytes, tuple[object, ...]]) -> Wallet:
    """Another computer, with the backup's secret and books and the account `me`."""
    heir = Wallet(folder, lost.chain)
    run(heir.notes.bring_back(saved[0], None, saved[1]))  # type: ignore[arg-type]
    heir.keys = run(heir.notes.keys(NETWORK, heir.pool.address))
    heir.account("me", 1)
    return heir


def paid(friend: Wallet, text: str, amount: int = ODD) -> bytes:
    """The friend's file, after the forward was accepted."""
    account = friend.account("friend", 2)
    note = friend.deposit(account)
    hand_over = friend.done(run(friend.money.plan_forward(None, note.id, text, amount))).hand_over
    assert hand_over is not None
    return run(friend.money.hand_over_file(None, hand_over.id, FILE_WORDS))


@pytest.fixture
def friend(tmp_path: Path, pool_chain: PoolChain) -> Wallet:
    return Wallet(tmp_path / "friend", pool_chain)


def test_a_file_for_a_request_after_the_backup_is_taken_in_and_spent(
    wallet: Wallet, friend: Wallet, pool_chain: PoolChain, payer: Account, tmp_path: Path
) -> None:
    wallet.deposit(payer)
    saved = run(wallet.notes.everything())
    given = run(wallet.money.new_request(None, payer.address, label="rent"))
    raw = paid(friend, given.text)
    heir = restored(tmp_path / "heir", wallet, saved)
    assert heir.book.next_index <= given.request.index, "the backup does not know of it"
    found = run(heir.money.import_file(None, raw, FILE_WORDS))
    assert (found.in_pool, found.spendable, found.key_known_to_others) == (True, True, False)
    assert (found.note.index, found.note.owner) == (given.request.index, payer.address)
    assert found.note.state is NoteState.UNCHECKED, "blocks since then were not looked through"
    # the key is not given out again, nor what may have been given out around it
    assert heir.book.next_index == given.request.index + 1 + MARGIN
    assert (
        run(heir.money.new_request(None, payer.address)).request.index == heir.book.next_index - 1
    )
    before = pool_chain.ledger.balance(payer.address)
    assert heir.done(run(heir.money.plan_withdraw(None, found.note.id))).accepted
    assert pool_chain.ledger.balance(payer.address) == before + ODD


def test_the_counter_of_the_vault_is_raised_too(
    wallet: Wallet, friend: Wallet, payer: Account, tmp_path: Path
) -> None:
    """The book may come back as an older copy."""
    saved = run(wallet.notes.everything())
    for _ in range(30):
        given = run(wallet.money.new_request(None, payer.address))
    heir = restored(tmp_path / "heir", wallet, saved)
    run(heir.money.import_file(None, paid(friend, given.text), FILE_WORDS))
    for book in (heir.folder / "mist").glob("*.json"):
        book.unlink()
    assert run(heir.notes.take(heir.keys, 1)) == given.request.index + 1 + MARGIN


def test_of_a_fresh_account_that_the_backup_does_not_know(
    wallet: Wallet, friend: Wallet, payer: Account, tmp_path: Path
) -> None:
    wallet.deposit(payer)
    saved = run(wallet.notes.everything())
    fresh = [run(wallet.money.new_account()) for _ in range(3)][-1]
    given = run(wallet.money.new_request(None, fresh.address))
    raw = paid(friend, given.text)
    heir = restored(tmp_path / "heir", wallet, saved)
    found = run(heir.money.import_file(None, raw, FILE_WORDS))
    assert (found.in_pool, found.spendable) == (True, False)
    assert heir.book.next_account == 3, "its key is not taken for a new account"
    assert [one.address for one in run(heir.money.accounts_again())] == [fresh.address]
    again_ = run(heir.money.import_file(None, raw, FILE_WORDS))
    assert (again_.spendable, again_.note.id) == (True, found.note.id)
    assert len([one for one in heir.book.notes if one.id == found.note.id]) == 1


def test_a_request_of_before_the_backup_that_its_book_has_lost(
    wallet: Wallet, friend: Wallet, payer: Account
) -> None:
    """Below the counter, which then stays as it is."""
    given = run(wallet.money.new_request(None, payer.address))
    raw = paid(friend, given.text)
    run(wallet.notes.take(wallet.keys, 50))
    run(wallet.notes.change(wallet.keys, lambda book: again(book, requests=())))
    found = run(wallet.money.import_file(None, raw, FILE_WORDS))
    assert found.note.index == given.request.index == 0
    assert wallet.book.next_index == 51


@pytest.mark.parametrize(("index", "there"), [(WIDE_GAP - 1, True), (WIDE_GAP, False)])
def test_the_last_key_that_is_looked_for_and_the_first_that_is_not(
    wallet: Wallet, friend: Wallet, payer: Account, index: int, there: bool
) -> None:
    secret = digest(wallet.keys.claiming_key(index), payer.address)
    raw = paid(friend, request_text(secret))
    before = wallet.book
    if there:
        assert run(wallet.money.import_file(None, raw, FILE_WORDS)).note.index == index
        return
    with pytest.raises(InvalidInput, match="nor with the secret"):
        run(wallet.money.import_file(None, raw, FILE_WORDS))
    assert wallet.book == before


def test_a_file_for_a_strangers_request_changes_nothing(
    wallet: Wallet, friend: Wallet, payer: Account, tmp_path: Path
) -> None:
    other = Wallet(tmp_path / "other", wallet.chain)
    given = run(other.money.new_request(None, other.account("other", 7).address))
    raw = paid(friend, given.text)
    before = wallet.book
    with pytest.raises(InvalidInput, match="not made here"):
        run(wallet.money.import_file(None, raw, FILE_WORDS))
    assert wallet.book == before


def test_an_equal_note_under_another_key_of_ones_own_is_not_taken_for_it(
    wallet: Wallet, friend: Wallet, payer: Account, tmp_path: Path
) -> None:
    """The note that is named is the one whose leaf is in the pool."""
    saved = run(wallet.notes.everything())
    given = run(wallet.money.new_request(None, payer.address))
    raw = paid(friend, given.text)
    heir = restored(tmp_path / "heir", wallet, saved)
    note = run(heir.money.import_file(None, raw, FILE_WORDS)).note
    key = heir.keys.claiming_key(given.request.index)
    assert note.leaf == Note(key, payer.address, note.token, ODD).leaf(digest)
    assert note.leaf in heir.chain.ledger.leaves


def test_counters_never_fall_and_never_leave_their_range(wallet: Wallet) -> None:
    book = again(wallet.book, next_index=40, next_account=5)
    assert LostRequest(3, 1, 2).beyond(book) == {"next_index": 40, "next_account": 5}
    assert LostRequest(40, 1, 5).beyond(book) == {"next_index": 41 + MARGIN, "next_account": 6}
    assert LostRequest(MAX_INDEX - 1, 1, None).beyond(book)["next_index"] == MAX_INDEX


def test_each_index_is_tried_once_later_ones_first() -> None:
    assert list(likeliest_first(2, 100)) == [*range(2, 2 + WIDE_GAP), 1, 0]
    assert list(likeliest_first(1000, 10))[WIDE_GAP:] == list(range(999, 989, -1))

"""The secret and the counters: made once, kept twice, never given out a second time."""

from pathlib import Path

import pytest

from obsqra_desktop.domain.chain_errors import VaultLocked
from obsqra_desktop.domain.chain_types import VaultMethod
from obsqra_desktop.domain.errors import NotFound, StorageError
from obsqra_desktop.domain.mist.book import with_notes
from obsqra_desktop.domain.mist.errors import UnsafeSpend
from obsqra_desktop.services.mist.book import ENTRY
from obsqra_desktop.storage.vault import FileVault
from tests.domain.test_mist_notes import entry
from tests.services.mist.parts import (
    NETWORK,
    POOL,
    drawing,
    lock_in,
    notes_in,
    notes_with,
    open_vault,
    run,
)


def test_the_secret_is_made_at_first_use_and_is_the_same_ever_after(data_dir: Path) -> None:
    service = notes_in(data_dir)
    with pytest.raises(NotFound, match="no private money"):
        run(service.keys(NETWORK, POOL))
    made = run(service.keys(NETWORK, POOL, create=True))
    again = run(notes_in(data_dir, b"two").keys(NETWORK, POOL, create=True))
    assert made.claiming_key(0) == again.claiming_key(0)
    assert open_vault(data_dir).get(ENTRY) == drawing()(32)


def test_the_secret_is_in_no_file_and_no_text(data_dir: Path) -> None:
    service = notes_in(data_dir)
    keys = run(service.keys(NETWORK, POOL, create=True))
    run(service.take(keys, 2))
    secret = drawing()(32)
    key = keys.claiming_key(0)
    for path in data_dir.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            assert secret not in raw
            assert secret.hex().encode() not in raw.lower()
            assert f"{key:x}".encode() not in raw.lower()
    assert secret.hex() not in repr(keys)
    assert str(key) not in repr(keys)


def test_locked_keys_give_nothing(data_dir: Path) -> None:
    run(notes_in(data_dir).keys(NETWORK, POOL, create=True))
    lock = lock_in(data_dir)
    locked = notes_with(data_dir, FileVault(data_dir, lock), lock)
    with pytest.raises(VaultLocked):
        run(locked.keys(NETWORK, POOL, create=True))


def test_no_money_under_keys_that_are_only_in_memory(data_dir: Path) -> None:
    lock = lock_in(data_dir)
    vault = FileVault(data_dir, lock)
    vault.create(VaultMethod.MEMORY)
    service = notes_with(data_dir, vault, lock)
    with pytest.raises(UnsafeSpend, match="only in memory"):
        run(service.keys(NETWORK, POOL, create=True))


def test_books_of_a_lost_secret_are_not_covered_by_a_new_one(data_dir: Path) -> None:
    service = notes_in(data_dir)
    run(service.take(run(service.keys(NETWORK, POOL, create=True)), 1))
    (data_dir / "vault.json").unlink()
    (data_dir / "vault.previous.json").unlink()
    with pytest.raises(StorageError, match="does not have the secret"):
        run(notes_in(data_dir).keys(NETWORK, POOL, create=True))


def test_indices_go_on_when_the_book_is_lost_or_an_old_copy(data_dir: Path) -> None:
    service = notes_in(data_dir)
    keys = run(service.keys(NETWORK, POOL, create=True))
    book = next((data_dir / "mist").glob("*.json"), None)
    assert book is None
    assert run(service.take(keys, 2)) == 0
    path = next((data_dir / "mist").glob("*.json"))
    old = path.read_bytes()
    assert run(service.take(keys, 2)) == 2
    path.write_bytes(old)
    assert (run(service.load(keys))).next_index == 4
    assert run(service.take(keys, 2)) == 4
    path.unlink()
    assert run(service.take(keys, 2)) == 6
    assert run(service.take_account(keys)) == 0
    path.unlink()
    assert run(service.take_account(keys)) == 1


def test_indices_go_on_when_the_vault_is_an_old_copy(data_dir: Path) -> None:
    service = notes_in(data_dir)
    keys = run(service.keys(NETWORK, POOL, create=True))
    old = (data_dir / "vault.json").read_bytes()
    assert run(service.take(keys, 3)) == 0
    (data_dir / "vault.json").write_bytes(old)
    assert run(notes_in(data_dir).take(keys, 1)) == 3


def test_fresh_accounts_are_counted_for_all_pools_of_a_chain(data_dir: Path) -> None:
    service = notes_in(data_dir)
    one = run(service.keys(NETWORK, POOL, create=True))
    other = run(service.keys(NETWORK, POOL + 1))
    assert one.account_key(0) == other.account_key(0)
    assert [run(service.take_account(keys)) for keys in (one, other, one)] == [0, 1, 2]


def test_a_change_is_kept_and_a_failing_one_is_not(data_dir: Path) -> None:
    service = notes_in(data_dir)
    keys = run(service.keys(NETWORK, POOL, create=True))
    run(service.take(keys, 4))
    made = run(service.change(keys, lambda book: with_notes(book, (entry(3),))))
    assert run(notes_in(data_dir).load(keys)) == made
    with pytest.raises(NotFound):
        run(service.change(keys, lambda _: (_ for _ in ()).throw(NotFound("stop"))))
    assert run(service.load(keys)) == made

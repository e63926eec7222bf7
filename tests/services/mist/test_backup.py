"""Backups through the services: into an empty folder, a newer one, another's, and broken off."""

import itertools
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest

from obsqra_desktop.chain.crypto import StarkCrypto
from obsqra_desktop.domain.accounts import AccountKind
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_errors import WrongPassphrase
from obsqra_desktop.domain.chain_types import VaultMethod
from obsqra_desktop.domain.errors import InvalidInput, NotFound, StorageError
from obsqra_desktop.domain.mist.backup import only_in_a_backup
from obsqra_desktop.domain.mist.book import again, spending, spent, with_notes
from obsqra_desktop.domain.mist.entries import PaymentRequest
from obsqra_desktop.domain.mist.errors import UnsafeSpend
from obsqra_desktop.domain.mist.fields import MAX_INDEX
from obsqra_desktop.domain.mist.held_notes import (
    MAX_ACCOUNTS,
    HeldNote,
    MistBook,
    NoteOrigin,
    NoteState,
    held_note,
)
from obsqra_desktop.domain.mist.merge import MOST_ACCOUNTS_AHEAD, MOST_AHEAD
from obsqra_desktop.domain.mist.note import Note
from obsqra_desktop.domain.network import PRACTICE_CHAIN, Network, NetworkKind
from obsqra_desktop.privacy.keys import MistKeys, copy_key
from obsqra_desktop.services.accounts import AccountService
from obsqra_desktop.services.mist.backup import BackupService
from obsqra_desktop.services.mist.book import ENTRY, NotesService, counter_name
from obsqra_desktop.services.networks import CurrentNetworks, NetworkService
from obsqra_desktop.storage.accounts import AccountsFolder
from obsqra_desktop.storage.keystore import KeystoreFormat
from obsqra_desktop.storage.mist.backup import SealedBackup
from obsqra_desktop.storage.mist.copy import SealedCopy
from obsqra_desktop.storage.mist.notes import MistFolder
from obsqra_desktop.storage.networks import NetworksFile
from obsqra_desktop.storage.vault import FileVault
from tests.privacy.plain import plain_hash
from tests.services.account_parts import AccountsChain
from tests.services.mist.parts import MADE_AT, POOL, drawing, lock_in, open_vault, run
from tests.storage.vaults import CHEAP, OTHER, PASSPHRASE

NETWORK = Network(
    id="practice", name="Practice", chain_id=PRACTICE_CHAIN, kind=NetworkKind.PRACTICE
)
NOW = 1_750_000_000


@dataclass
class Folder:
    """A data folder with all that a backup touches."""

    notes: NotesService
    accounts: AccountService
    backups: BackupService
    vault: FileVault
    books: MistFolder

    @property
    def keys(self) -> Any:
        return run(self.notes.keys(NETWORK, POOL, create=True))

    @property
    def book(self) -> MistBook:
        return run(self.notes.load(self.keys))

    def change(self, step: Callable[[MistBook], MistBook]) -> None:
        run(self.notes.change(self.keys, step))

    def take_note(self, owner: int, amount: int, origin: NoteOrigin) -> HeldNote:
        keys = self.keys
        index = run(self.notes.take(keys, 1))
        note = Note(keys.claiming_key(index), owner, STRK.address, amount)
        made = held_note(note, plain_hash, origin, NOW, index=index)
        self.change(lambda book: with_notes(book, (made,)))
        return made


def folder_at(path: Path, seed: bytes = b"one", vault: FileVault | None = None) -> Folder:
    path.mkdir(exist_ok=True)
    lock = lock_in(path)
    vault = vault or open_vault(path, lock)
    books = MistFolder(path, lock)
    notes = NotesService(vault, books, MistKeys, drawing(seed), lambda: MADE_AT)
    store = AccountsFolder(path, lock)
    ids = itertools.count(len(store.load().accounts) + 1)
    chain = cast("Any", AccountsChain())
    networks = NetworkService(CurrentNetworks(NetworksFile(path, lock)), chain, cast("Any", None))
    accounts = AccountService(
        networks,
        chain,
        StarkCrypto(),
        vault,
        KeystoreFormat(rounds=2),
        store,
        lambda: NOW,
        lambda count: next(ids).to_bytes(count, "big"),
    )
    backups = backups_of(notes, accounts, NOW)
    return Folder(notes, accounts, backups, vault, books)


def backups_of(notes: NotesService, accounts: AccountService, now: int) -> BackupService:
    return BackupService(notes, accounts, SealedBackup(CHEAP), SealedCopy(), copy_key, lambda: now)


@pytest.fixture
def first(tmp_path: Path) -> Folder:
    """With an account and a note of it."""
    made = folder_at(tmp_path / "first")
    kind = AccountKind.OPENZEPPELIN
    owner = run(made.accounts.import_key(2**240 + 1, kind, "mine", "practice"))
    run(made.accounts.import_key(2**240 + 2, kind, "no notes", "practice"))
    made.take_note(owner.address, 5, NoteOrigin.DEPOSIT)
    return made


def test_into_an_empty_folder(first: Folder, tmp_path: Path) -> None:
    backup = run(first.backups.write(PASSPHRASE))
    assert (backup.notes, backup.accounts, backup.left_out) == (1, ("mine",), ())
    other = folder_at(tmp_path / "other", b"two")
    restored = run(other.backups.restore(backup.raw, PASSPHRASE))
    assert (restored.notes, restored.accounts, restored.trouble) == (1, ("mine",), ())
    assert other.vault.get(ENTRY) == first.vault.get(ENTRY)
    assert other.keys.claiming_key(0) == first.keys.claiming_key(0)
    assert other.book.notes == first.book.notes
    assert other.book.next_index == first.book.next_index
    account = other.accounts.listing("practice")[0]
    mine = first.accounts.listing("practice")[0]
    assert run(other.accounts.private_key(account)) == run(first.accounts.private_key(mine))
    assert run(other.notes.secret_made()) == MADE_AT


def test_accounts_of_the_secret_count_as_backed_up_when_the_file_was_saved(first: Folder) -> None:
    key = first.keys.account_key(0)
    derived = run(first.accounts.keep_derived(key, "private 1", "practice", secret_backed_up=False))
    backup = run(first.backups.write(PASSPHRASE))
    assert not first.accounts.find(derived.id).comes_back, "the file is not saved yet"
    run(first.backups.saved(backup))
    assert first.accounts.find(derived.id).comes_back
    assert not first.accounts.find(derived.id).backed_up, "no file has its own key"
    assert first.accounts.find("no notes").secret_backed_up is None, "its key follows from nothing"


def test_twice_changes_nothing_more(first: Folder, tmp_path: Path) -> None:
    backup = run(first.backups.write(PASSPHRASE))
    other = folder_at(tmp_path / "other", b"two")
    run(other.backups.restore(backup.raw, PASSPHRASE))
    book = other.book
    again_ = run(other.backups.restore(backup.raw, PASSPHRASE))
    assert again_.accounts == ()
    assert other.book == book


def test_an_old_backup_undoes_nothing_in_a_newer_folder(first: Folder) -> None:
    (note,) = first.book.notes
    unspent = note.model_copy(update={"state": NoteState.UNSPENT, "label": "old"})
    first.change(lambda book: with_notes(book, (unspent,)))
    old = run(first.backups.write(PASSPHRASE))
    first.change(lambda book: spent(spending(book, note.id), note.id, 7, 8))
    labelled = first.book.notes[0].model_copy(update={"label": "new", "frozen": True})
    first.change(lambda book: with_notes(book, (labelled,)))
    first.take_note(note.owner, 6, NoteOrigin.CHANGE)
    run(first.notes.take_account(first.keys))
    before = first.book
    run(first.backups.restore(old.raw, PASSPHRASE))
    assert first.book == again(before, backed_up=NOW, backed_up_notes=(note.id,))


def test_a_newer_backup_brings_spends_and_notes_and_higher_counters(
    first: Folder, tmp_path: Path
) -> None:
    old = run(first.backups.write(PASSPHRASE))
    other = folder_at(tmp_path / "other", b"two")
    run(other.backups.restore(old.raw, PASSPHRASE))
    (note,) = first.book.notes
    first.change(
        lambda book: spent(
            spending(
                with_notes(book, (note.model_copy(update={"state": NoteState.UNSPENT}),)), note.id
            ),
            note.id,
            7,
            8,
        )
    )
    added = first.take_note(note.owner, 6, NoteOrigin.CHANGE)
    kept = added.model_copy(update={"state": NoteState.UNSPENT, "watched": True, "position": 3})
    first.change(lambda book: with_notes(book, (kept,)))
    run(other.backups.restore(run(first.backups.write(PASSPHRASE)).raw, PASSPHRASE))
    states = {one.id: one.state for one in other.book.notes}
    assert states == {note.id: NoteState.SPENT, added.id: NoteState.UNCHECKED}
    assert other.book.next_index == 2
    assert run(other.notes.take(other.keys, 1)) == 2


def test_another_secret_in_use_is_not_replaced(first: Folder, tmp_path: Path) -> None:
    backup = run(first.backups.write(PASSPHRASE))
    other = folder_at(tmp_path / "other", b"two")
    other.take_note(0xA11CE, 5, NoteOrigin.DEPOSIT)
    mine = other.vault.get(ENTRY)
    with pytest.raises(UnsafeSpend, match="Another secret"):
        run(other.backups.restore(backup.raw, PASSPHRASE))
    assert other.vault.get(ENTRY) == mine
    assert other.accounts.listing() == ()


def test_a_secret_that_was_never_used_may_go(first: Folder, tmp_path: Path) -> None:
    backup = run(first.backups.write(PASSPHRASE))
    other = folder_at(tmp_path / "other", b"two")
    assert other.keys.claiming_key(0) != first.keys.claiming_key(0)
    run(other.backups.restore(backup.raw, PASSPHRASE))
    assert other.book.notes == first.book.notes


def test_the_books_of_a_lost_vault_are_opened_again(first: Folder, tmp_path: Path) -> None:
    backup = run(first.backups.write(PASSPHRASE))
    first.take_note(first.book.notes[0].owner, 6, NoteOrigin.DEPOSIT)
    for name in ("vault.json", "vault.previous.json"):
        (tmp_path / "first" / name).unlink()
    other = folder_at(tmp_path / "first", b"two")
    with pytest.raises(StorageError, match="does not have the secret"):
        run(other.notes.keys(NETWORK, POOL, create=True))
    run(other.backups.restore(backup.raw, PASSPHRASE))
    assert sorted(one.amount for one in other.book.notes) == [5, 6]
    assert other.book.next_index == 2


def test_a_wrong_passphrase_and_a_broken_file_change_nothing(first: Folder, tmp_path: Path) -> None:
    backup = run(first.backups.write(PASSPHRASE))
    other = folder_at(tmp_path / "other", b"two")
    with pytest.raises(WrongPassphrase):
        run(other.backups.restore(backup.raw, OTHER))
    with pytest.raises(NotFound):
        other.vault.get(ENTRY)
    assert other.books.places() == ()


def test_not_into_a_vault_that_is_only_in_memory(first: Folder, tmp_path: Path) -> None:
    backup = run(first.backups.write(PASSPHRASE))
    path = tmp_path / "other"
    vault = FileVault(path, lock_in(path))
    vault.create(VaultMethod.MEMORY)
    other = folder_at(path, b"two", vault)
    with pytest.raises(UnsafeSpend, match="only in memory"):
        run(other.backups.restore(backup.raw, PASSPHRASE))


@pytest.mark.parametrize("steps", range(8))
def test_a_restore_that_was_broken_off_can_be_repeated(
    first: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    run(first.notes.take(first.keys, 3))
    run(first.notes.take_account(first.keys))
    backup = run(first.backups.write(PASSPHRASE))
    other = folder_at(tmp_path / "other", b"two")
    left = steps

    class PulledError(Exception):
        """The plug was pulled."""

    def dying(holder: Any, name: str) -> None:
        original = getattr(holder, name)

        def call(*words: Any, **more: Any) -> Any:
            nonlocal left
            if left == 0:
                raise PulledError
            left -= 1
            return original(*words, **more)

        monkeypatch.setattr(holder, name, call)

    with monkeypatch.context():
        dying(FileVault, "put")
        dying(MistFolder, "save")
        with suppress(PulledError):
            run(other.backups.restore(backup.raw, PASSPHRASE))
        monkeypatch.undo()
    once_more = folder_at(tmp_path / "other", b"three")
    run(once_more.backups.restore(backup.raw, PASSPHRASE))
    assert once_more.book.notes == first.book.notes
    assert run(once_more.notes.take(once_more.keys, 1)) == 4
    assert run(once_more.notes.take_account(once_more.keys)) == 1


def test_a_book_that_cannot_be_read_is_not_left_out_of_a_backup(
    first: Folder, tmp_path: Path
) -> None:
    path = next((tmp_path / "first" / "mist").glob("*.json"))
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(StorageError, match="damaged"):
        run(first.backups.write(PASSPHRASE))


def test_what_only_a_backup_can_bring_back_is_named_until_it_is_in_one(first: Folder) -> None:
    owner = first.book.notes[0].owner
    whole = first.take_note(owner, 5 * 10**18, NoteOrigin.DEPOSIT)
    parts = [
        first.take_note(owner, amount, NoteOrigin.SPLIT).model_copy(
            update={"parent": whole.id, "state": NoteState.UNSPENT}
        )
        for amount in (1_234_567_890_123, 5 * 10**18 - 1_234_567_890_123)
    ]
    easy = first.take_note(owner, 7, NoteOrigin.CHANGE).model_copy(
        update={"parent": whole.id, "state": NoteState.UNSPENT}
    )
    first.change(lambda book: with_notes(book, (*parts, easy)))
    named = {one.id for one in only_in_a_backup(first.book, {STRK.address: 18})}
    assert named == {one.id for one in parts}
    backup = run(first.backups.write(PASSPHRASE))
    assert only_in_a_backup(first.book, {}) != ()
    run(first.backups.saved(backup))
    assert only_in_a_backup(first.book, {STRK.address: 18}) == ()
    assert again(first.book).backed_up == NOW


def test_what_came_out_of_a_backup_counts_as_backed_up(first: Folder, tmp_path: Path) -> None:
    """It lies in that file; what comes after it does not."""
    backup = run(first.backups.write(PASSPHRASE))
    other = folder_at(tmp_path / "other", b"two")
    (restored,) = run(other.backups.restore(backup.raw, PASSPHRASE)).books
    assert other.book == restored, "kept on the disk"
    ids = tuple(one.id for one in first.book.notes)
    assert (restored.backed_up, restored.backed_up_notes) == (NOW, ids)
    newer = other.take_note(first.book.notes[0].owner, 8, NoteOrigin.SPLIT)
    assert newer.id not in other.book.backed_up_notes
    run(other.backups.restore(backup.raw, PASSPHRASE))
    assert other.book.backed_up_notes == ids, "a second restore does not know the newer one"


def test_an_old_backup_does_not_speak_for_a_newer_one(first: Folder) -> None:
    old = run(first.backups.write(PASSPHRASE))
    newer = first.take_note(first.book.notes[0].owner, 8, NoteOrigin.DEPOSIT)
    run(first.backups.saved(run(first.backups.write(PASSPHRASE))))
    run(first.backups.restore(old.raw, PASSPHRASE))
    assert newer.id in first.book.backed_up_notes


def test_a_backup_of_a_clock_that_was_ahead_was_not_made_in_the_future(
    first: Folder, tmp_path: Path
) -> None:
    ahead = backups_of(first.notes, first.accounts, NOW + 9_999)
    other = folder_at(tmp_path / "other", b"two")
    (book,) = run(other.backups.restore(run(ahead.write(PASSPHRASE)).raw, PASSPHRASE)).books
    assert book.backed_up == NOW


@pytest.mark.parametrize(
    ("part", "lost"),
    [
        (10**12 * 1_234_560, False),  # 1.23456: the deep search of six digits
        (10**12 * 1_234_567, True),
        (10**14, False),
        (10**9, True),  # below the smallest place that is tried
    ],
)
def test_what_the_deep_search_finds_is_not_only_in_a_backup(
    first: Folder, part: int, lost: bool
) -> None:
    owner = first.book.notes[0].owner
    whole = first.take_note(owner, 5 * 10**18, NoteOrigin.DEPOSIT)
    parts = [
        first.take_note(owner, amount, NoteOrigin.SPLIT).model_copy(
            update={"parent": whole.id, "state": NoteState.UNSPENT}
        )
        for amount in (part, 5 * 10**18 - part)
    ]
    first.change(lambda book: with_notes(book, parts))
    named = only_in_a_backup(first.book, {STRK.address: 18})
    assert {one.id for one in named} == ({one.id for one in parts} if lost else set())


def test_what_comes_of_a_note_that_only_a_backup_has_is_only_in_a_backup_too(first: Folder) -> None:
    """A spend is recognised by its note; without that its change is never found."""
    owner = first.book.notes[0].owner
    amounts = {STRK.address: 18}
    odd = first.take_note(owner, 3 * 10**18 + 1, NoteOrigin.RECEIVED)
    usual = first.take_note(owner, 2 * 10**18, NoteOrigin.RECEIVED)
    foreign = first.take_note(owner, 10**18, NoteOrigin.IMPORTED)
    spent = [
        one.model_copy(update={"state": NoteState.SPENT, **more})
        for one, more in (
            (odd, {}),
            (usual, {}),
            (foreign, {"index": None, "claiming_key": 5}),
        )
    ]
    moved = [
        first.take_note(owner, one.amount, NoteOrigin.REWRAP).model_copy(
            update={"parent": one.id, "state": NoteState.UNSPENT}
        )
        for one in spent
    ]
    first.change(lambda book: with_notes(book, (*spent, *moved)))
    named = {one.id for one in only_in_a_backup(first.book, amounts)}
    assert named == {moved[0].id, moved[2].id}


@pytest.mark.parametrize("what", ["keys", "a request", "accounts"])
def test_counters_that_nothing_bears_out_are_refused(
    first: Folder, tmp_path: Path, what: str
) -> None:
    """Else all later notes would lie beyond what a recovery looks at."""
    far = MOST_AHEAD + 2  # one note has the first index
    owner = first.book.notes[0].owner

    def push(book: MistBook) -> MistBook:
        if what == "keys":
            return again(book, next_index=far)
        if what == "accounts":
            return again(book, next_account=MOST_ACCOUNTS_AHEAD + 2)
        asked = PaymentRequest(id="ab" * 6, index=far, owner=owner, secret=7, made_at=NOW)
        return again(book, next_index=far + 1, requests=(asked,))

    first.change(push)
    raw = run(first.backups.write(PASSPHRASE)).raw
    other = folder_at(tmp_path / "other", b"two")
    with pytest.raises(InvalidInput, match="nothing in it or here goes beyond"):
        run(other.backups.restore(raw, PASSPHRASE))
    assert other.books.places() == ()
    with pytest.raises(NotFound):
        other.vault.get(ENTRY)
    assert other.accounts.listing("practice") == ()

    run(other.backups.restore(raw, PASSPHRASE, trust_counters=True))
    assert (other.book.next_index, other.book.next_account) == (
        first.book.next_index,
        first.book.next_account,
    )
    run(first.backups.restore(raw, PASSPHRASE))  # here it is known how far they are


def test_counters_up_to_the_bound_are_believed(first: Folder, tmp_path: Path) -> None:
    def push(book: MistBook) -> MistBook:
        return again(
            book, next_index=MOST_AHEAD + 1, next_account=MOST_ACCOUNTS_AHEAD + len(book.notes)
        )

    first.change(push)
    raw = run(first.backups.write(PASSPHRASE)).raw
    other = folder_at(tmp_path / "other", b"two")
    run(other.backups.restore(raw, PASSPHRASE))
    assert other.book.next_index == MOST_AHEAD + 1


@pytest.mark.parametrize("field", ["next_index", "next_account"])
def test_a_counter_beyond_all_keys_is_no_book(first: Folder, tmp_path: Path, field: str) -> None:
    """Whoever knows the passphrase can seal anything; 2^60 keys are no backup of this program."""
    contents = first.backups._format.read(run(first.backups.write(PASSPHRASE)).raw, PASSPHRASE)
    book = contents.books[0].model_copy(update={field: 2**60})
    raw = SealedBackup(CHEAP).write(contents.model_copy(update={"books": (book,)}), PASSPHRASE)
    other = folder_at(tmp_path / "other", b"two")
    with pytest.raises(InvalidInput):
        run(other.backups.restore(raw, PASSPHRASE, trust_counters=True))
    assert other.books.places() == ()


def test_a_vaults_counter_beyond_all_keys_is_damage(first: Folder) -> None:
    keys = first.keys
    first.vault.put(counter_name(keys, "index"), (2**60).to_bytes(8, "big"))
    for work in (first.notes.load(keys), first.notes.take(keys, 1)):
        with pytest.raises(StorageError, match="damaged"):
            run(work)
    first.vault.put(counter_name(keys, "index"), MAX_INDEX.to_bytes(8, "big"))
    with pytest.raises(StorageError, match="are used"):
        run(first.notes.take(keys, 1))
    first.vault.put(counter_name(keys, "account"), MAX_ACCOUNTS.to_bytes(8, "big"))
    with pytest.raises(StorageError, match="are used"):
        run(first.notes.take_account(keys))

"""The copy beside a backup: as new as the book, never over what is not its own, and it stops
nothing."""

import os
import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from obsqra_desktop.domain.accounts import AccountKind
from obsqra_desktop.domain.mist.book import again, with_notes
from obsqra_desktop.domain.mist.copy import (
    SMALLEST,
    CopyContents,
    CopyKind,
    CopyState,
    copy_name,
)
from obsqra_desktop.domain.mist.errors import CountersFar
from obsqra_desktop.domain.mist.held_notes import HeldNote, NoteOrigin
from obsqra_desktop.privacy.keys import copy_key
from obsqra_desktop.services.mist.backup import CopyUse, Restored
from obsqra_desktop.services.mist.book import ENTRY
from obsqra_desktop.services.mist.copies import CopyService
from obsqra_desktop.storage import files
from obsqra_desktop.storage.mist.copy import SealedCopy
from obsqra_desktop.storage.mist.copy_place import CopyPlaces
from tests.domain.test_mist_copy import SCAN
from tests.services.mist.parts import copies_in, run
from tests.services.mist.test_backup import NOW, Folder, folder_at
from tests.storage.vaults import PASSPHRASE

ODD = 3_141_592_653_589


@dataclass
class Here:
    """A data folder, and the place of its backup on another "disk"."""

    path: Path
    folder: Folder
    copies: CopyService
    stick: Path
    now: int = NOW

    @property
    def backup(self) -> Path:
        return self.stick / "backup.json"

    @property
    def copy(self) -> Path:
        return self.stick / copy_name("backup.json")

    @property
    def key(self) -> bytes:
        return copy_key(self.folder.vault.get(ENTRY))

    @property
    def inside(self) -> CopyContents:
        return SealedCopy().read(self.copy.read_bytes(), self.key)

    @property
    def labels(self) -> set[str]:
        return {one.label for book in self.inside.books for one in book.notes}

    @property
    def state(self) -> CopyState:
        return run(self.copies.state())

    def save(self, *, wanted: bool = True) -> CopyState:
        """As the desk does it."""
        made = run(self.folder.backups.write(PASSPHRASE))
        self.backup.write_bytes(made.raw)
        run(self.folder.backups.saved(made))
        return run(self.copies.beside(self.backup, wanted=wanted))

    def take(self, label: str, amount: int = ODD) -> HeldNote:
        """A note that stands nowhere on chain."""
        (account, *_) = self.folder.accounts.listing()
        made = self.folder.take_note(account.address, amount, NoteOrigin.SPLIT)
        named = made.model_copy(update={"label": label})
        self.folder.change(lambda book: with_notes(book, (named,)))
        return named

    def restored_in(self, path: Path, *, with_copy: bool = True) -> "Here":
        """On a new computer, from what lies on the stick."""
        other = here_at(path, self.stick, seed=b"two")
        raw = self.copy.read_bytes() if with_copy and self.copy.exists() else None
        other.last = run(
            other.folder.backups.restore(self.backup.read_bytes(), PASSPHRASE, copy=raw)
        )
        return other

    last: Restored | None = None

    @property
    def use(self) -> CopyUse:
        assert self.last is not None
        return self.last.copy


def here_at(path: Path, stick: Path, seed: bytes = b"one", patience: float = 300.0) -> Here:
    folder = folder_at(path, seed)
    stick.mkdir(exist_ok=True)
    made = Here(path, folder, None, stick)  # type: ignore[arg-type]
    made.copies = copies_in(path, folder.notes, folder.accounts, lambda: made.now, patience)
    return made


@pytest.fixture
def here(tmp_path: Path) -> Here:
    """With an account and a first note."""
    made = here_at(tmp_path / "first", tmp_path / "stick")
    kind = AccountKind.OPENZEPPELIN
    run(made.folder.accounts.import_key(2**240 + 1, kind, "mine", "practice"))
    made.take("first")
    return made


def test_without_a_backup_there_is_none(here: Here) -> None:
    assert here.state.kind is CopyKind.NONE
    here.take("second")
    assert list(here.stick.iterdir()) == []


def test_it_lies_beside_the_backup_and_has_each_change(here: Here) -> None:
    state = here.save()
    assert (state.kind, state.name, state.there) == (CopyKind.CURRENT, "backup.json.notes", True)
    assert state.written_at == NOW
    assert here.labels == {"first"}
    here.now += 60
    here.take("second")
    assert here.labels == {"first", "second"}
    assert here.state.written_at == NOW + 60
    assert here.inside.accounts[0].label == "mine"
    assert here.copy.stat().st_mode & 0o77 == 0
    assert {one.name for one in here.stick.iterdir()} == {"backup.json", "backup.json.notes"}


def test_it_has_the_index_before_the_caller_has_it(here: Here) -> None:
    here.save()
    first = run(here.folder.notes.take(here.folder.keys, 3))
    assert here.inside.books[0].next_index == first + 3
    account = run(here.folder.notes.take_account(here.folder.keys))
    assert here.inside.books[0].next_account == account + 1


def test_a_look_that_finds_nothing_touches_no_file_there(here: Here) -> None:
    here.save()
    before = here.copy.stat()
    here.folder.change(lambda book: again(book, scan=SCAN))
    after = here.copy.stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert here.state.kind is CopyKind.CURRENT


def test_a_note_more_does_not_change_its_length(here: Here) -> None:
    here.save()
    sizes = {here.copy.stat().st_size}
    for number in range(5):
        here.take(f"note {number}")
        sizes.add(here.copy.stat().st_size)
    assert len(sizes) == 1
    assert sizes.pop() > SMALLEST


def test_all_comes_back_with_it_and_what_the_backup_has_without(here: Here, tmp_path: Path) -> None:
    here.save()
    here.now += 60
    odd = here.take("eggs")
    other = here.restored_in(tmp_path / "second")
    assert other.use == CopyUse(True, NOW + 60, 1)
    assert {(one.label, one.amount) for one in other.folder.book.notes} == {
        ("first", ODD),
        ("eggs", ODD),
    }
    assert odd.id not in other.folder.book.backed_up_notes, "it is in no backup"
    assert other.folder.book.next_index == here.folder.book.next_index
    third = here.restored_in(tmp_path / "third", with_copy=False)
    assert third.use == CopyUse(False)
    assert {one.label for one in third.folder.book.notes} == {"first"}


def test_an_account_that_came_after_the_backup_comes_back_too(here: Here, tmp_path: Path) -> None:
    here.save()
    kind = AccountKind.OPENZEPPELIN
    later = run(here.folder.accounts.import_key(2**240 + 5, kind, "later", "practice"))
    here.folder.take_note(later.address, 7, NoteOrigin.SPLIT)
    other = here.restored_in(tmp_path / "second")
    assert {one.label for one in other.folder.accounts.listing()} == {"mine", "later"}


def test_words_of_the_newer_of_the_two_count(here: Here, tmp_path: Path) -> None:
    here.folder.change(
        lambda book: with_notes(
            book, (book.notes[0].model_copy(update={"label": "old", "frozen": True}),)
        )
    )
    here.save()
    here.now += 60
    here.folder.change(
        lambda book: with_notes(
            book, (book.notes[0].model_copy(update={"label": "", "frozen": False}),)
        )
    )
    (note,) = here.restored_in(tmp_path / "second").folder.book.notes
    assert (note.label, note.frozen) == ("", False)


def test_an_older_copy_put_in_its_place_takes_nothing_away(here: Here, tmp_path: Path) -> None:
    here.save()
    old = here.copy.read_bytes()
    here.now += 60
    here.take("second")
    here.save()
    here.copy.write_bytes(old)
    other = here.restored_in(tmp_path / "second")
    assert {one.label for one in other.folder.book.notes} == {"first", "second"}
    assert other.folder.book.next_index == here.folder.book.next_index
    assert other.use == CopyUse(True, NOW, 0)
    state = run(here.copies.look())
    assert (state.kind, state.others) == (CopyKind.CURRENT, 0)
    assert here.labels == {"first", "second"}, "what lies there is looked at, and put right"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw[:100],
        lambda raw: b"",
        lambda raw: raw.replace(b'"data": "', b'"data": "AAAA'),
        lambda raw: raw[: len(raw) // 2] + b"B" + raw[len(raw) // 2 + 1 :],
        lambda raw: b"something else",
    ],
)
def test_a_damaged_one_is_told_and_the_backup_comes_back_without(
    here: Here, tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    here.save()
    here.take("second")
    here.copy.write_bytes(spoil(here.copy.read_bytes()))
    other = here.restored_in(tmp_path / "second")
    assert not other.use.used
    assert other.use.trouble
    assert {one.label for one in other.folder.book.notes} == {"first"}


def test_another_secrets_copy_is_not_used_and_not_written_over(here: Here, tmp_path: Path) -> None:
    stranger = here_at(tmp_path / "stranger", tmp_path / "their stick", seed=b"three")
    kind = AccountKind.OPENZEPPELIN
    run(stranger.folder.accounts.import_key(2**240 + 9, kind, "theirs", "practice"))
    stranger.take("theirs")
    stranger.save()
    theirs = stranger.copy.read_bytes()
    here.copy.write_bytes(theirs)
    state = here.save()
    assert state.kind is CopyKind.BEHIND
    assert "another secret" in state.trouble
    assert here.copy.read_bytes() == theirs
    here.take("second")  # and it stops nothing
    assert here.copy.read_bytes() == theirs
    other = here.restored_in(tmp_path / "second")
    assert "another secret" in other.use.trouble
    here.copy.unlink()
    assert run(here.copies.look()).kind is CopyKind.CURRENT
    assert here.labels == {"first", "second"}


def a_link(path: Path) -> None:
    target = path.with_name("precious")
    target.write_bytes(b"precious")
    path.symlink_to(target)


def a_folder(path: Path) -> None:
    path.mkdir()


def a_letter(path: Path) -> None:
    path.write_bytes(b"Dear friend")


@pytest.mark.parametrize("put", [a_link, a_folder, a_letter])
def test_what_is_not_its_own_is_never_written_over(here: Here, put: Callable[[Path], None]) -> None:
    put(here.copy)
    before = {one.name: one.lstat().st_ino for one in here.stick.iterdir()}
    state = here.save()
    here.take("second")
    assert (state.kind, here.state.kind) == (CopyKind.BEHIND, CopyKind.BEHIND)
    assert state.trouble
    after = {one.name: one.lstat().st_ino for one in here.stick.iterdir()}
    del after["backup.json"]
    assert after == before
    assert (
        not (here.stick / "precious").exists()
        or (here.stick / "precious").read_bytes() == b"precious"
    )


def test_a_damaged_one_of_its_own_is_replaced(here: Here) -> None:
    here.save()
    raw = here.copy.read_bytes()
    half = len(raw) // 2
    here.copy.write_bytes(raw[:half] + b"AAAA" + raw[half + 4 :])
    here.take("second")
    assert here.labels == {"first", "second"}


def test_a_disk_that_was_pulled_out_stops_nothing_and_is_caught_up(
    here: Here, tmp_path: Path
) -> None:
    here.save()
    away = tmp_path / "pocket"
    here.stick.rename(away)
    state = here.state
    assert (state.kind, state.there) == (CopyKind.CURRENT, False), "it has all, wherever it is"
    here.take("second")
    state = here.state
    assert (state.kind, state.there) == (CopyKind.BEHIND, False)
    assert "not where it was" in state.trouble
    here.stick.mkdir()  # where it was mounted: the folder is there, the disk is not
    here.take("third")
    assert list(here.stick.iterdir()) == []
    assert here.state.kind is CopyKind.BEHIND
    here.stick.rmdir()
    away.rename(here.stick)
    state = run(here.copies.look())
    assert (state.kind, state.trouble) == (CopyKind.CURRENT, "")
    assert here.labels == {"first", "second", "third"}


def test_a_place_that_cannot_be_written_stops_nothing(
    here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.save()
    original = files.write_new

    def refuses(path: Path, data: bytes, mode: int = files.PRIVATE_FILE) -> None:
        if path.parent == here.stick:
            raise PermissionError(13, "Permission denied")
        original(path, data, mode)

    monkeypatch.setattr(files, "write_new", refuses)
    here.take("second")
    assert here.state.kind is CopyKind.BEHIND
    assert "refused" in here.state.trouble
    assert here.labels == {"first"}
    monkeypatch.undo()
    assert run(here.copies.look()).kind is CopyKind.CURRENT
    assert here.labels == {"first", "second"}


def test_a_place_that_does_not_answer_holds_up_a_step_only_once(
    tmp_path: Path, here: Here, monkeypatch: pytest.MonkeyPatch
) -> None:
    here.save()
    slow = here_at(here.path, here.stick, patience=0.05)
    answer, began, asked = threading.Event(), threading.Event(), []
    original = CopyPlaces.there

    def hangs(self: CopyPlaces, backup: str) -> bool:
        asked.append(backup)
        began.set()
        answer.wait()
        return original(self, backup)

    monkeypatch.setattr(CopyPlaces, "there", hangs)
    try:
        slow.take("second")
        assert slow.state.kind is CopyKind.BEHIND
        assert "does not answer" in slow.state.trouble
        assert began.wait(300)
        assert len(asked) == 1, "whoever still waits for it is not asked again"
    finally:
        answer.set()
    waited = slow.copies._waiting_for
    assert waited is not None
    waited.join()
    patient = here_at(here.path, here.stick)
    assert run(patient.copies.look()).kind is CopyKind.CURRENT
    assert patient.labels == {"first", "second"}


def test_said_no_there_is_none_and_yes_later_writes_it(here: Here) -> None:
    state = here.save(wanted=False)
    assert state.kind is CopyKind.OFF
    here.take("second")
    assert not here.copy.exists()
    assert run(here.copies.turn(on=True)).kind is CopyKind.CURRENT
    assert here.labels == {"first", "second"}
    assert run(here.copies.turn(on=False)).kind is CopyKind.OFF
    here.take("third")
    assert here.labels == {"first", "second"}, "what lies there stays, and gets old"


def test_a_deleted_copy_is_written_again(here: Here) -> None:
    here.save()
    here.copy.unlink()
    assert run(here.copies.look()).kind is CopyKind.CURRENT
    assert here.labels == {"first"}


def test_what_only_the_copy_has_stays_in_it(here: Here, tmp_path: Path) -> None:
    """A folder that came back from an old state, or a second computer with the same secret."""
    here.save()
    shutil.copytree(here.path, tmp_path / "as it was")
    here.take("second")
    old = here_at(tmp_path / "as it was", here.stick)
    old.take("on the other computer", ODD + 1)
    assert old.labels == {"first", "second", "on the other computer"}
    assert old.state.others == 0, "a note that is awaited holds no money yet"
    here.take("third")
    assert here.labels == {"first", "second", "third", "on the other computer"}


def test_a_folder_that_lost_its_books_does_not_empty_the_copy(here: Here) -> None:
    here.save()
    here.take("second")
    for book in (here.path / "mist").glob("*-*.json"):
        book.unlink()
    here.take("afterwards")
    assert here.labels == {"first", "second", "afterwards"}


def test_a_backup_of_another_secret_gets_no_copy_of_this_one(here: Here, tmp_path: Path) -> None:
    here.save()
    stranger = here_at(tmp_path / "stranger", tmp_path / "stick", seed=b"three")
    kind = AccountKind.OPENZEPPELIN
    run(stranger.folder.accounts.import_key(2**240 + 9, kind, "theirs", "practice"))
    record = here.path / "mist" / "copy.json"
    (stranger.path / "mist").mkdir(exist_ok=True)
    shutil.copy(record, stranger.path / "mist" / "copy.json")
    before = here.copy.read_bytes()
    stranger.take("theirs")
    assert here.copy.read_bytes() == before
    assert "another secret" in stranger.state.trouble


@pytest.mark.parametrize("raw", [b"", b"{}", b"\xff", b'{"schema": "obsqra/mist-copy-place/1"}'])
def test_a_damaged_memory_of_the_place_is_none(here: Here, raw: bytes) -> None:
    here.save()
    (here.path / "mist" / "copy.json").write_bytes(raw)
    assert here.state.kind is CopyKind.NONE
    here.take("second")
    assert here.labels == {"first"}


def test_the_same_disk_is_told(here: Here, monkeypatch: pytest.MonkeyPatch) -> None:
    assert here.save().same_disk is True
    original = Path.stat

    def elsewhere(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        found = original(path, follow_symlinks=follow_symlinks)
        if path != here.stick:
            return found
        fields = list(found)
        fields[2] = found.st_dev + 1
        return os.stat_result(fields)

    monkeypatch.setattr(Path, "stat", elsewhere)
    here.take("second")
    assert here.state.same_disk is False


def test_counters_of_a_copy_are_believed_no_more_than_a_backups(here: Here, tmp_path: Path) -> None:
    """Nobody but who has the key can make one; a recovery would find nothing after it."""
    here.save()
    (book,) = here.inside.books
    far = replace_books(here.inside, again(book, next_index=500_000))
    here.copy.write_bytes(SealedCopy().write(far, here.key))
    with pytest.raises(
        CountersFar, match="or the copy beside it, says that 500,000 keys"
    ) as caught:
        here.restored_in(tmp_path / "second")
    assert "--no-copy" in caught.value.hint
    other = here.restored_in(tmp_path / "third", with_copy=False)
    assert {one.label for one in other.folder.book.notes} == {"first"}


def replace_books(contents: CopyContents, *books: object) -> CopyContents:
    return contents.model_copy(update={"books": books})


def test_two_pools_lie_in_one_copy(here: Here, tmp_path: Path) -> None:
    here.save()
    from tests.services.mist.test_backup import NETWORK

    keys = run(here.folder.notes.keys(NETWORK, 0xB002))
    run(here.folder.notes.take(keys, 2))
    assert {one.pool for one in here.inside.books} == {0xB001, 0xB002}
    other = here.restored_in(tmp_path / "second")
    assert {one.pool for one in run(other.folder.notes.everything())[1]} == {0xB001, 0xB002}

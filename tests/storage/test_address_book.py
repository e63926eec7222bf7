"""address-book.json: kept, refused when damaged, left alone by a full disk."""

import os
from pathlib import Path

import pytest

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.address_book import AddressBook, Contact
from obsqra_desktop.domain.errors import InvalidInput, NotFound, StorageError
from obsqra_desktop.storage.address_book import LIMIT, AddressBookFile
from obsqra_desktop.storage.files import DiskFull
from obsqra_desktop.storage.lock import FolderLock
from obsqra_desktop.storage.user_files import NamedFiles
from tests.storage.small_disk import small_disk
from tests.storage.test_spending_file import fill

BOOK = AddressBook(contacts=(Contact(name="Friend", address=0xF00D, note="a note"),))
RAW = strict_json.pretty(BOOK)
BAD = [
    b"",
    b"{}",
    b"\xff",
    RAW[:-9],
    RAW.replace(b"0xf00d", b"0x1"),
    RAW.replace(b"0xf00d", b"61453"),
    RAW.replace(b'"note"', b'"notes"'),
    RAW.replace(b"address-book/1", b"address-book/2"),
    RAW + b" " * LIMIT,
]


def file_in(data_dir: Path) -> AddressBookFile:
    return AddressBookFile(data_dir, FolderLock(data_dir / "lock", patience=30))


def test_the_book_is_kept(data_dir: Path) -> None:
    file = file_in(data_dir)
    assert file.load() == AddressBook()
    file.save(BOOK)
    assert file_in(data_dir).load() == BOOK
    if os.name != "nt":
        assert (data_dir / "address-book.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("raw", BAD)
def test_a_damaged_book_is_refused_and_left_as_it_is(data_dir: Path, raw: bytes) -> None:
    path = data_dir / "address-book.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    with pytest.raises(StorageError, match=r"left as it is|was left"):
        file_in(data_dir).load()
    assert path.read_bytes() == raw


@pytest.mark.parametrize("raw", BAD)
def test_a_foreign_book_is_read_as_strictly(data_dir: Path, tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "foreign.json"
    path.write_bytes(raw)
    with pytest.raises((InvalidInput, StorageError)):
        file_in(data_dir).read_from(path)
    path.write_bytes(RAW)
    assert file_in(data_dir).read_from(path) == BOOK


def test_a_foreign_book_that_is_not_there(data_dir: Path, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        file_in(data_dir).read_from(tmp_path / "nothing.json")


def test_a_full_disk_leaves_the_old_book(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as folder:
        file = file_in(folder)
        file.save(BOOK)
        filler = fill(folder)
        more = AddressBook(
            contacts=tuple(Contact(name=f"n{place}", address=place + 2) for place in range(300))
        )
        with pytest.raises(DiskFull):
            file.save(more)
        with pytest.raises(DiskFull):
            NamedFiles().save(folder / "export.json", b"x" * 9000)
        assert not (folder / "export.json").exists()
        filler.unlink()
        assert file_in(folder).load() == BOOK


def test_the_fullest_book_can_be_read_again(data_dir: Path) -> None:
    wide = "\U0001f600"
    full = AddressBook(
        contacts=tuple(
            Contact(name=f"{place:04d}" + wide * 56, address=2**251 - 300 - place, note=wide * 200)
            for place in range(5000)
        )
    )
    file_in(data_dir).save(full)
    assert file_in(data_dir).load() == full


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_is_no_book(data_dir: Path, tmp_path: Path) -> None:
    (data_dir / "address-book.json").symlink_to(tmp_path / "missing")
    with pytest.raises(StorageError):
        file_in(data_dir).load()


def test_an_export_is_for_its_owner_alone(tmp_path: Path) -> None:
    NamedFiles().save(tmp_path / "x.csv", b"words")
    assert (tmp_path / "x.csv").read_bytes() == b"words"
    if os.name != "nt":
        assert (tmp_path / "x.csv").stat().st_mode & 0o777 == 0o600
    with pytest.raises(StorageError):
        NamedFiles().save(tmp_path / "no folder" / "x.csv", b"words")

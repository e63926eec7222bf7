"""accounts.json: kept, refused when damaged, left alone by a full disk."""

import os
from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.accounts import CLASS_HASHES, Account, AccountKind, AccountsFile
from obsqra_desktop.domain.errors import StorageError
from obsqra_desktop.storage import files
from obsqra_desktop.storage.accounts import LIMIT, AccountsFolder
from obsqra_desktop.storage.files import DiskFull
from obsqra_desktop.storage.lock import FolderLock
from tests.storage.small_disk import small_disk
from tests.storage.test_spending_file import fill

MINE = Account(
    id="0123456789ab",
    label="mine",
    network="sepolia",
    address=0xF00D,
    kind=AccountKind.READY,
    class_hash=CLASS_HASHES[AccountKind.READY],
    salt=7,
    public_key=7,
    created_at=5,
)
WATCHED = Account(
    id="ba9876543210",
    label="",
    network="sepolia",
    address=0xBEEF,
    kind=None,
    class_hash=None,
    salt=None,
    public_key=None,
    created_at=6,
)
FILE = AccountsFile(accounts=(MINE, WATCHED), selected={"sepolia": MINE.id})
RAW = strict_json.pretty(FILE)
BAD = [
    b"",
    b"{}",
    b"\xff",
    b"[" * 100_000,
    RAW[:-9],
    RAW.replace(b"0xf00d", b"0xg00d"),
    RAW.replace(b"0xf00d", b"61453"),
    RAW.replace(b'"label"', b'"labels"'),
    RAW.replace(b"mine", b"mi\\u202ene"),
    RAW.replace(b"accounts/1", b"accounts/2"),
    RAW.replace(b"ba9876543210", b"0123456789ab"),
    RAW.replace(b"ready-0.4.0", b"ready-0.5.0"),
    RAW + b" " * LIMIT,
]


def folder_in(data_dir: Path, patience: float = 30) -> AccountsFolder:
    return AccountsFolder(data_dir, FolderLock(data_dir / "lock", patience))


def test_kept(data_dir: Path) -> None:
    assert folder_in(data_dir).load() == AccountsFile()
    assert not (data_dir / "accounts.json").exists(), "looking makes nothing"
    folder_in(data_dir).save(FILE)
    assert folder_in(data_dir).load() == FILE
    if os.name != "nt":
        assert (data_dir / "accounts.json").stat().st_mode & 0o777 == 0o600


def test_a_folder_that_is_not_there_yet(data_dir: Path) -> None:
    folder_in(data_dir / "a" / "b").save(FILE)
    assert folder_in(data_dir / "a" / "b").load() == FILE


@pytest.mark.parametrize("raw", BAD, ids=range(len(BAD)))
def test_damaged(data_dir: Path, raw: bytes) -> None:
    assert raw != RAW
    path = data_dir / "accounts.json"
    path.write_bytes(raw)
    with pytest.raises(StorageError, match="damaged"):
        folder_in(data_dir).load()
    assert path.read_bytes() == raw


@pytest.mark.skipif(os.name == "nt", reason="links need a right there")
def test_a_link_is_not_followed(data_dir: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(RAW)
    (data_dir / "accounts.json").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StorageError):
        folder_in(data_dir).load()


@pytest.mark.parametrize("place", ["write_new", "replace"])
def test_broken_off(data_dir: Path, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    folder_in(data_dir).save(FILE)

    def failing(*_words: Any, **_more: Any) -> Any:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path if place == "replace" else files, place, failing)
    with pytest.raises(StorageError):
        folder_in(data_dir).save(AccountsFile())
    monkeypatch.undo()
    assert folder_in(data_dir).load() == FILE
    assert {path.name for path in data_dir.iterdir()} == {"accounts.json", "lock"}


def test_a_full_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        folder = folder_in(disk / "data")
        folder.save(FILE)
        filler = fill(disk)
        with pytest.raises(DiskFull):
            folder.save(AccountsFile())
        assert folder.load() == FILE
        filler.unlink()
        folder.save(AccountsFile())
        assert folder.load() == AccountsFile()


def test_one_writer_at_a_time(data_dir: Path) -> None:
    with folder_in(data_dir).held(), pytest.raises(StorageError):
        folder_in(data_dir, patience=0).save(FILE)
    assert not (data_dir / "accounts.json").exists()

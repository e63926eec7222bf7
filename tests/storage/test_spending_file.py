"""The file of limits, and full disks under it and the journal."""

import os
from pathlib import Path

import pytest

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.errors import StorageError
from obsqra_desktop.domain.journal import TxState
from obsqra_desktop.domain.spending import NetworkCaps, SpendingRules, TokenCaps
from obsqra_desktop.storage.files import DiskFull
from obsqra_desktop.storage.journal import RULES_LIMIT, SpendingFile, TransactionFolder
from obsqra_desktop.storage.lock import FolderLock
from tests.domain.chain_strategies import make_record
from tests.storage.small_disk import small_disk

RULES = SpendingRules(
    networks=(NetworkCaps(network="mainnet", max_fee=5, tokens=(TokenCaps(token=7, per_day=9),)),)
)


def file_in(data_dir: Path) -> SpendingFile:
    return SpendingFile(data_dir, FolderLock(data_dir / "lock", patience=30))


def fill(folder: Path) -> Path:
    """Use up all the room that is left."""
    path = folder / "filler"
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            return path


def test_limits_are_kept(data_dir: Path) -> None:
    file = file_in(data_dir)
    assert file.load() == SpendingRules()
    file.save(RULES)
    assert file_in(data_dir).load() == RULES
    if os.name != "nt":
        assert (data_dir / "spending.json").stat().st_mode & 0o777 == 0o600


def test_the_folder_is_made(tmp_path: Path) -> None:
    file_in(tmp_path / "new").save(RULES)
    assert file_in(tmp_path / "new").load() == RULES


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        b"\xff",
        strict_json.pretty(RULES)[:-9],
        strict_json.pretty(RULES).replace(b'"9"', b'"9.0"'),
        strict_json.pretty(RULES) + b" " * RULES_LIMIT,
        strict_json.pretty(RULES).replace(b'"max_fee"', b'"max_fee": "9", "max_fee"'),
    ],
    ids=range(7),
)
def test_damaged_limits_stop_sending(data_dir: Path, raw: bytes) -> None:
    path = data_dir / "spending.json"
    path.write_bytes(raw)
    with pytest.raises(StorageError, match=r"holds your limits, is damaged\. Nothing") as caught:
        file_in(data_dir).load()
    assert str(data_dir) not in str(caught.value)
    assert path.read_bytes() == raw


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("target", ["missing", "there"])
def test_a_link_is_no_file_of_limits(data_dir: Path, tmp_path: Path, target: str) -> None:
    (tmp_path / "there").write_bytes(strict_json.pretty(SpendingRules()))
    (data_dir / "spending.json").symlink_to(tmp_path / target)
    with pytest.raises(StorageError, match="damaged"):
        file_in(data_dir).load()


def test_more_limits_than_can_be_read_are_not_written(data_dir: Path) -> None:
    file = file_in(data_dir)
    file.save(RULES)
    tokens = tuple(TokenCaps(token=2**250 + place, per_day=1) for place in range(64))
    many = SpendingRules(
        networks=tuple(NetworkCaps(network=str(place), tokens=tokens) for place in range(64))
    )
    assert len(strict_json.pretty(many)) > RULES_LIMIT
    with pytest.raises(StorageError, match="too many"):
        file.save(many)
    assert file.load() == RULES


def test_full_disk_loses_nothing(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        lock = FolderLock(disk / "lock", patience=30)
        folder, file = TransactionFolder(disk, lock), SpendingFile(disk, lock)
        folder.add(make_record(1))
        file.save(RULES)
        filler = fill(disk)
        with pytest.raises(DiskFull, match="writing the transaction down"):
            folder.add(make_record(2))
        with pytest.raises(DiskFull, match="writing the transaction down"):
            folder.update(make_record(1).moved(TxState.RECEIVED, 1, "taken"))
        with pytest.raises(DiskFull, match="saving your limits"):
            file.save(SpendingRules())
        assert folder.listing() == (make_record(1),)
        assert folder.damaged() == ()
        assert file.load() == RULES
        assert sorted(path.name for path in (disk / "transactions").iterdir()) == [
            f"{make_record(1).id}.json"
        ]
        filler.unlink()
        folder.add(make_record(2))
        file.save(SpendingRules())
        assert len(folder.listing()) == 2


def test_no_folder_no_sending(data_dir: Path) -> None:
    (data_dir / "transactions").write_bytes(b"in the way")
    folder = TransactionFolder(data_dir, FolderLock(data_dir / "lock", patience=30))
    with pytest.raises(StorageError) as caught:
        folder.add(make_record(1))
    assert str(data_dir) not in str(caught.value)
    with pytest.raises(StorageError), folder.sending("0123456789ab"):
        pytest.fail("no lock, no sending")
    assert (data_dir / "transactions").read_bytes() == b"in the way"

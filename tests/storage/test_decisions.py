"""The proofs folder: content-addressed, atomic, honest about damage."""

import errno
import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from obsqra_desktop.domain.errors import InvalidInput, NotFound, StorageError
from obsqra_desktop.domain.record import Status
from obsqra_desktop.storage import files
from obsqra_desktop.storage.decisions import Damaged, ProofsFolder
from obsqra_desktop.storage.files import DiskFull
from obsqra_desktop.storage.lock import FolderLock
from tests.conftest import ROOT
from tests.storage.making import NOW, keep, keep_proof, make

PROOF = bytes(range(256)) * 10


@pytest.fixture
def folder(data_dir: Path) -> ProofsFolder:
    return ProofsFolder(data_dir, FolderLock(data_dir / "lock", patience=30))


def entry_of(data_dir: Path, decision_id: str) -> Path:
    return data_dir / "proofs" / decision_id[:2] / decision_id


def everything(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }


def test_kept_and_read_back(folder: ProofsFolder, data_dir: Path) -> None:
    made = make()
    keep(folder, made)
    keep_proof(folder, made, PROOF)
    record = folder.find(made.record.id)
    assert record.status is Status.PROVED
    assert record.id == made.record.statement_digest[:32]  # type: ignore[index]
    assert folder.snapshot(record.id) == made.snapshot
    assert folder.model(record.id) == made.model
    assert made.statement is not None
    assert folder.statement(record.id) == made.statement.encode()
    assert folder.proof(record.id) == PROOF
    assert folder.private(record.id) == made.private
    assert folder.listing().records == (record,)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_only_the_owner_can_read(folder: ProofsFolder, data_dir: Path) -> None:
    made = make()
    keep(folder, made)
    for path in (data_dir / "proofs").rglob("*"):
        wanted = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == wanted, path.name


def test_record_holds_nothing_private(folder: ProofsFolder, data_dir: Path) -> None:
    made = make()
    keep(folder, made)
    text = (entry_of(data_dir, made.record.id) / "record.json").read_text()
    for secret in ("max_risk_score", "Balanced", made.private.redaction_key, str(made.salt[0])):
        assert secret not in text
    assert "Balanced" not in repr(made.private)
    assert made.private.redaction_key not in repr(made.private)


def test_same_input_different_salt_is_another_decision(folder: ProofsFolder) -> None:
    keep(folder, make(1))
    keep(folder, make(2, now=NOW + 5))
    records = folder.listing().records
    assert [one.created_at for one in records] == [NOW + 5, NOW]
    assert len({one.id for one in records}) == 2


def test_infeasible_is_kept_without_statement(folder: ProofsFolder) -> None:
    made = make(policy="conservative")
    keep(folder, made)
    record = folder.find(made.record.id)
    assert record.status is Status.INFEASIBLE
    assert record.statement_digest is None
    assert all(one.allocation_bps is None for one in record.allocation)


def test_find_needs_an_unambiguous_beginning(folder: ProofsFolder) -> None:
    made = make()
    keep(folder, made)
    assert folder.find(made.record.id[:4]).id == made.record.id
    with pytest.raises(NotFound):
        folder.find("ffff" if not made.record.id.startswith("ffff") else "eeee")
    for bad in ("", "abc", "../..", "zzzz", made.record.id + "0", made.record.id.upper() + "g"):
        with pytest.raises(InvalidInput):
            folder.find(bad)


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


DAMAGE: dict[str, Callable[[Path], object]] = {
    "record gone": lambda entry: (entry / "record.json").unlink(),
    "record empty": lambda entry: (entry / "record.json").write_bytes(b""),
    "record no json": lambda entry: (entry / "record.json").write_bytes(b"{" * 100_000),
    "record with an unknown field": lambda entry: (entry / "record.json").write_text(
        json.dumps({**json.loads((entry / "record.json").read_text()), "extra": 1})
    ),
    "record of another id": lambda entry: (entry / "record.json").write_text(
        (entry / "record.json").read_text().replace(entry.name, "0" * 32)
    ),
    "record is a folder": lambda entry: (
        (entry / "record.json").unlink(),
        (entry / "record.json").mkdir(),
    ),
    "record too large": lambda entry: (entry / "record.json").write_bytes(b" " * (2 << 20)),
    "snapshot altered": lambda entry: flip(entry / "snapshot.json"),
    "snapshot gone": lambda entry: (entry / "snapshot.json").unlink(),
    "model altered": lambda entry: flip(entry / "model.json"),
    "model card altered": lambda entry: (entry / "model.json").write_bytes(
        (entry / "model.json").read_bytes().replace(b'"limits":["', b'"limits":["x')
    ),
    "statement altered": lambda entry: flip(entry / "statement.bin"),
    "statement gone": lambda entry: (entry / "statement.bin").unlink(),
    "proof altered": lambda entry: flip(entry / "proof.bin"),
    "proof cut": lambda entry: (entry / "proof.bin").write_bytes(PROOF[:-1]),
    "proof gone": lambda entry: (entry / "proof.bin").unlink(),
    "private gone": lambda entry: (entry / "private.json").unlink(),
    "private no json": lambda entry: (entry / "private.json").write_bytes(b"\xff\xfe"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_listed_and_the_rest_stays(
    folder: ProofsFolder, data_dir: Path, name: str
) -> None:
    good, bad = make(1), make(2)
    for made in (good, bad):
        keep(folder, made)
        keep_proof(folder, made, PROOF)
    entry = entry_of(data_dir, bad.record.id)
    DAMAGE[name](entry)
    listing = folder.listing()
    assert [one.id for one in listing.records] == [good.record.id]
    assert [one.name for one in listing.damaged] == [bad.record.id]
    assert listing.damaged[0].reason
    with pytest.raises(Damaged, match="nothing was deleted"):
        folder.find(bad.record.id)
    assert entry.is_dir()


def test_private_of_another_decision_is_noticed(folder: ProofsFolder, data_dir: Path) -> None:
    one, two = make(1), make(2)
    keep(folder, one)
    keep(folder, two)
    private = (entry_of(data_dir, one.record.id) / "private.json").read_bytes()
    (entry_of(data_dir, two.record.id) / "private.json").write_bytes(private)
    with pytest.raises(Damaged) as caught:
        folder.private(two.record.id)
    assert "Balanced" not in str(caught.value)


def test_strange_files_are_named_not_fatal(folder: ProofsFolder, data_dir: Path) -> None:
    made = make()
    keep(folder, made)
    root = data_dir / "proofs"
    (root / "notes.txt").write_text("x")
    (root / made.record.id[:2] / "stray").mkdir()
    (root / "zz").mkdir()
    (root / "00").symlink_to(root / made.record.id[:2])
    moved = "ab" if made.record.id[:2] != "ab" else "cd"
    (root / moved).mkdir()
    (root / moved / made.record.id).mkdir()
    listing = folder.listing()
    assert [one.id for one in listing.records] == [made.record.id]
    assert len(listing.damaged) == 5


def test_a_file_in_place_of_the_folder(folder: ProofsFolder, data_dir: Path) -> None:
    (data_dir / "proofs").write_text("x")
    with pytest.raises(StorageError):
        folder.listing()
    with pytest.raises(StorageError):
        keep(folder, make())
    assert (data_dir / "proofs").read_text() == "x"


@pytest.mark.parametrize("after", range(6))
def test_full_disk_keeps_all_or_nothing(
    folder: ProofsFolder, data_dir: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    """ENOSPC from os.write, the lowest call, at each of the files of an entry in turn."""
    keep(folder, make(1))
    before = everything(data_dir / "proofs")
    write, calls = os.write, 0

    def filling(handle: int, data: bytes) -> int:
        nonlocal calls
        calls += 1
        if calls > after:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(handle, data)

    monkeypatch.setattr(files.os, "write", filling)
    if after < 5:
        with pytest.raises(DiskFull, match="unchanged"):
            keep(folder, make(2))
        assert everything(data_dir / "proofs") == before
    else:
        keep(folder, make(2))
    monkeypatch.undo()
    keep(folder, make(3))
    assert not folder.listing().damaged


def test_full_disk_while_keeping_the_proof(
    folder: ProofsFolder, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make()
    keep(folder, made)
    before = everything(data_dir / "proofs")

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "write", full)
    with pytest.raises(DiskFull):
        keep_proof(folder, made, PROOF)
    assert everything(data_dir / "proofs") == before
    assert folder.find(made.record.id).status is Status.COMPUTED


LIMITED = """
import resource, sys
from pathlib import Path
from obsqra_desktop.storage.decisions import ProofsFolder
from obsqra_desktop.storage.files import DiskFull
from obsqra_desktop.storage.lock import FolderLock
from tests.storage.making import keep, keep_proof, make
data = Path(sys.argv[1])
folder = ProofsFolder(data, FolderLock(data / "lock"))
keep(folder, make(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    keep_proof(folder, make(1), bytes(60_000))
except DiskFull as error:
    print(error.code)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_a_real_process_that_may_not_write_more(folder: ProofsFolder, data_dir: Path) -> None:
    """RLIMIT_FSIZE in a real process: the kernel refuses in the middle of the proof."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(data_dir)], capture_output=True, text=True, cwd=ROOT
    )
    assert done.stdout == "disk_full\n", done.stderr
    assert [one.status for one in folder.listing().records] == [Status.COMPUTED]
    assert not list((data_dir / "proofs").rglob(".tmp-*"))


def test_leftovers_of_a_killed_run_are_cleared(folder: ProofsFolder, data_dir: Path) -> None:
    leftover = data_dir / "proofs" / ".tmp-0123456789abcdef"
    leftover.mkdir(parents=True)
    (leftover / "record.json").write_text("half")
    assert folder.listing().damaged == ()
    keep(folder, make())
    assert not leftover.exists()


def test_listing_an_absent_folder_creates_nothing(tmp_path: Path) -> None:
    data = tmp_path / "none"
    folder = ProofsFolder(data, FolderLock(data / "lock"))
    assert folder.listing().records == ()
    assert not data.exists()

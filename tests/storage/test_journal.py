"""The journal of transactions and the limits on disk: crashes, damage, full disks, two senders."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.chain_errors import AccountBusy
from obsqra_desktop.domain.errors import NotFound, StorageError
from obsqra_desktop.domain.felt import PRIME
from obsqra_desktop.domain.journal import TxEvent, TxRecord, TxState
from obsqra_desktop.domain.strict_json import MAX_INT
from obsqra_desktop.domain.transaction import (
    FOREIGN_TEXT,
    MAX_CALLDATA,
    MAX_EVENTS,
    Call,
    Transfer,
)
from obsqra_desktop.storage.journal import LIMIT, TransactionFolder
from obsqra_desktop.storage.lock import FolderLock
from tests.conftest import ROOT
from tests.domain.chain_strategies import make_receipt, make_record

ACCOUNT = "0123456789ab"
SENDER = """
import sys
from pathlib import Path
from obsqra_desktop.domain.chain_errors import AccountBusy
from obsqra_desktop.storage.journal import TransactionFolder
from obsqra_desktop.storage.lock import FolderLock
data = Path(sys.argv[1])
try:
    with TransactionFolder(data, FolderLock(data / "lock")).sending(sys.argv[2]):
        print("sending", flush=True)
        sys.stdin.read()
except AccountBusy:
    print("busy", flush=True)
"""
WRITER = """
import sys
from pathlib import Path
from obsqra_desktop.storage.journal import TransactionFolder
from obsqra_desktop.storage.lock import FolderLock
data = Path(sys.argv[1])
folder = TransactionFolder(data, FolderLock(data / "lock"))
record = folder.find(sys.argv[2])
count = 0
while True:
    count += 1
    folder.update(record.model_copy(update={"label": str(count) * 20}))
    if count == 5:
        print("busy writing", flush=True)
"""


def folder_in(data_dir: Path) -> TransactionFolder:
    return TransactionFolder(data_dir, FolderLock(data_dir / "lock", patience=30))


@pytest.fixture
def folder(data_dir: Path) -> TransactionFolder:
    return folder_in(data_dir)


@contextmanager
def process(script: str, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A second process and the first line that it says; it ends with its input."""
    command = [sys.executable, "-c", script, *arguments]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as started:
        assert started.stdout is not None
        assert started.stdin is not None
        try:
            yield started, started.stdout.readline().strip()
        finally:
            started.stdin.close()
            if script is WRITER:
                started.kill()
            started.wait(timeout=300)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def largest() -> TxRecord:
    """The largest that the network and the program allow."""
    base = make_record()
    call = Call(to=PRIME - 1, entry_point="f" * 121, calldata=(PRIME - 1,) * (MAX_CALLDATA - 4))
    move = Transfer(token=PRIME - 1, sender=PRIME - 1, recipient=PRIME - 1, amount=2**256 - 1)
    receipt = make_receipt(2**256 - 1, reverted=True).model_copy(
        update={"revert_reason": "\u0800" * FOREIGN_TEXT, "transfers": (move,) * MAX_EVENTS}
    )
    event = TxEvent(at=MAX_INT, state=TxState.RECEIVED, detail="\u0800" * FOREIGN_TEXT)
    signed = base.signed.model_copy(
        update={
            "transaction": base.signed.transaction.model_copy(update={"calls": (call,)}),
            "signature": (PRIME - 1,) * 4_000,
        }
    )
    return base.model_copy(update={"signed": signed, "receipt": receipt, "events": (event,) * 64})


def test_kept_for_this_user_alone(data_dir: Path, folder: TransactionFolder) -> None:
    assert folder.listing() == ()
    assert folder.damaged() == ()
    record = make_record(1)
    folder.add(record)
    assert folder.listing() == (record,)
    if os.name != "nt":
        assert mode(data_dir / "transactions") == 0o700
        assert mode(data_dir / "transactions" / f"{record.id}.json") == 0o600
    moved = record.moved(TxState.RECEIVED, 5, "taken")
    folder.update(moved)
    assert folder_in(data_dir).listing() == (moved,)
    assert [path.name for path in (data_dir / "transactions").iterdir()] == [f"{record.id}.json"]


def test_newest_first_by_the_chains_clock(folder: TransactionFolder) -> None:
    for number, at in ((1, 300), (2, 100), (3, 200), (4, 200)):
        folder.add(make_record(number, at=at))
    assert [int(one.id, 16) for one in folder.listing()] == [1, 4, 3, 2]


def test_an_id_is_taken_once(folder: TransactionFolder) -> None:
    folder.add(make_record(1))
    with pytest.raises(StorageError, match="Nothing was sent"):
        folder.add(make_record(1, amount=5))
    assert folder.listing() == (make_record(1),)
    with pytest.raises(NotFound, match="000000000002"):
        folder.update(make_record(2))
    assert folder.listing() == (make_record(1),)


def test_found_by_id_and_hash(folder: TransactionFolder) -> None:
    first, second = make_record(0xA, tx_hash=0xABCDEF1), make_record(0xB, tx_hash=0xABCDEF2)
    folder.add(first)
    folder.add(second)
    padded = f"{0xABCDEF1:#066x}"
    for text in (first.id, f" {first.id.upper()}\n", "0xabcdef1", "0XABCDEF1", padded):
        assert folder.find(text) == first
    assert folder.find("0xabcdef2") == second
    for many in ("0000", "0xabcdef", "0x0000"):
        with pytest.raises(NotFound, match="More than one"):
            folder.find(many)
    for none in ("ffff", padded + "0", "0xabcdef1\x00", "\u0660" * 12, "..//", "*" * 100_000):
        with pytest.raises(NotFound, match="No transaction") as caught:
            folder.find(none)
        assert len(str(caught.value)) < 800
    for short in ("", "0x", "000", " 00 "):
        with pytest.raises(NotFound, match="four characters"):
            folder.find(short)


def test_leftovers_of_a_crash_and_foreign_files_are_left_alone(
    data_dir: Path, folder: TransactionFolder
) -> None:
    folder.add(make_record(1))
    place = data_dir / "transactions"
    whole = strict_json.pretty(make_record(2))
    for name in (".tmp-0011223344556677", f".sending-{ACCOUNT}", "notes.txt", "000000000002.json~"):
        (place / name).write_bytes(whole)
    (place / "00000000000G.json").write_bytes(whole)
    before = sorted(path.name for path in place.iterdir())
    assert folder.listing() == (make_record(1),)
    assert folder.damaged() == ()
    folder.add(make_record(3))
    assert sorted(path.name for path in place.iterdir()) == sorted([*before, "000000000003.json"])


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        b"\xff",
        strict_json.pretty(make_record(9)),  # under another name
        strict_json.pretty(make_record(2))[:-20],
        strict_json.pretty(make_record(2)).replace(b"transaction/1", b"transaction/2"),
        strict_json.pretty(make_record(2)) + b" " * LIMIT,
        b"[" * 100_000,
        None,
    ],
    ids=range(9),
)
def test_damaged_files_are_named_and_kept(
    data_dir: Path, folder: TransactionFolder, raw: bytes | None
) -> None:
    folder.add(make_record(1))
    path = data_dir / "transactions" / "000000000002.json"
    if raw is None:
        path.mkdir()
    else:
        path.write_bytes(raw)
    assert folder.listing() == (make_record(1),)
    assert folder.damaged() == ("000000000002.json",)
    with pytest.raises(NotFound):
        folder.find("000000000002")
    with pytest.raises(StorageError):
        folder.add(make_record(2))
    assert path.is_dir() if raw is None else path.read_bytes() == raw


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_are_not_followed(data_dir: Path, folder: TransactionFolder, tmp_path: Path) -> None:
    folder.add(make_record(1))
    (tmp_path / "elsewhere").write_bytes(strict_json.pretty(make_record(2)))
    (data_dir / "transactions" / "000000000002.json").symlink_to(tmp_path / "elsewhere")
    assert folder.damaged() == ("000000000002.json",)


def test_the_largest_record_can_be_read_again(folder: TransactionFolder) -> None:
    record = largest()
    assert len(strict_json.pretty(record)) < LIMIT
    folder.add(record)
    assert folder.listing() == (record,)


@pytest.mark.parametrize("wrong", [{"created_at": 2**53}, {"label": "x" * LIMIT}, {"id": "0" * 11}])
def test_what_could_not_be_read_again_is_not_written(
    data_dir: Path, folder: TransactionFolder, wrong: dict[str, object]
) -> None:
    with pytest.raises(StorageError, match="read again"):
        folder.add(make_record(1).model_copy(update=wrong))
    assert list((data_dir / "transactions").iterdir()) == []
    folder.add(make_record(1))
    if "id" not in wrong:
        with pytest.raises(StorageError, match="read again"):
            folder.update(make_record(1).model_copy(update=wrong))
    assert folder.listing() == (make_record(1),)


def test_killed_in_the_middle_of_writing(data_dir: Path, folder: TransactionFolder) -> None:
    folder.add(make_record(1))
    with process(WRITER, str(data_dir), make_record(1).id) as (started, said):
        assert said == "busy writing"
        started.kill()
        started.wait(timeout=300)
    assert folder.damaged() == ()
    (record,) = folder.listing()
    assert record.model_copy(update={"label": ""}) == make_record(1)
    folder.update(make_record(1))  # the lock of the dead is free
    assert folder.listing() == (make_record(1),)


def test_one_sender_across_processes(data_dir: Path, folder: TransactionFolder) -> None:
    with process(SENDER, str(data_dir), ACCOUNT) as (started, said):
        assert said == "sending"
        with pytest.raises(AccountBusy, match="sent nothing"), folder.sending(ACCOUNT):
            pytest.fail("two senders")
        with folder.sending("ffffffffffff"):  # another account
            folder.add(make_record(1))  # and the journal stays open to all
        started.kill()
        started.wait(timeout=300)
    with folder.sending(ACCOUNT), process(SENDER, str(data_dir), ACCOUNT) as (_, said):
        assert said == "busy"
    assert folder.listing() == (make_record(1),)


def test_one_sender_in_a_process(data_dir: Path, folder: TransactionFolder) -> None:
    with folder.sending(ACCOUNT):
        for other in (folder, folder_in(data_dir)):
            with pytest.raises(AccountBusy), other.sending(ACCOUNT):
                pytest.fail("two senders")
    with pytest.raises(ZeroDivisionError), folder.sending(ACCOUNT):
        raise ZeroDivisionError
    with folder.sending(ACCOUNT):
        pass


def test_each_file_is_read_once_and_every_change_is_seen(
    folder: TransactionFolder, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from obsqra_desktop.storage import journal

    names: list[str] = []
    real = journal.parsed

    def counting(raw: bytes, name: str) -> TxRecord:
        names.append(name)
        return real(raw, name)

    records = [make_record().model_copy(update={"id": f"{number:012x}"}) for number in range(3)]
    for record in records:
        folder.add(record)
    monkeypatch.setattr(journal, "parsed", counting)
    folder.listing()
    folder.damaged()
    folder.find(records[0].id)
    assert sorted(names) == [f"{one.id}.json" for one in records]

    names.clear()
    folder_in(data_dir).update(records[1].model_copy(update={"label": "by another window"}))
    names.clear()
    assert {one.label for one in folder.listing()} == {"", "by another window"}
    assert names == [f"{records[1].id}.json"]
    (data_dir / "transactions" / f"{records[2].id}.json").write_text("{")
    assert folder.damaged() == (f"{records[2].id}.json",)
    assert len(folder.listing()) == 2
    (data_dir / "transactions" / f"{records[0].id}.json").unlink()
    assert [one.id for one in folder.listing()] == [records[1].id]

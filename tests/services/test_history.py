"""History: what is found, what an export says, and that no spreadsheet runs any of it."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.accounts import AccountsFile
from obsqra_desktop.domain.address_book import AddressBook, Contact
from obsqra_desktop.domain.amounts import ETH
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.journal import TxRecord, TxState
from obsqra_desktop.services.history import COLUMNS, HistoryService, harmless
from obsqra_desktop.storage.accounts import AccountsFolder
from obsqra_desktop.storage.address_book import AddressBookFile
from obsqra_desktop.storage.journal import TransactionFolder
from obsqra_desktop.storage.lock import FolderLock
from obsqra_desktop.storage.user_files import NamedFiles
from tests.domain.chain_strategies import deployments, make_receipt, make_record, visible
from tests.services.model_chain import ACCOUNT

ONE = 10**18
STARTS = "=+-@\uff1d\uff0b\uff0d\uff20"


class Kept:
    """A history over files."""

    def __init__(self, folder: Path) -> None:
        lock = FolderLock(folder / "lock", patience=30)
        self.folder = folder
        self.journal = TransactionFolder(folder, lock)
        self.accounts = AccountsFolder(folder, lock)
        self.book = AddressBookFile(folder, lock)
        self.service = HistoryService(self.journal, self.accounts, self.book, NamedFiles())

    def found(self, query: str) -> list[str]:
        return [one.title for one in self.service.listing(query)]


@pytest.fixture
def kept(data_dir: Path) -> Kept:
    made = Kept(data_dir)
    made.accounts.save(AccountsFile(accounts=(ACCOUNT,)))
    made.book.save(AddressBook(contacts=(Contact(name="Zoë’s shop", address=0x99),)))
    made.journal.add(make_record(1, amount=ONE, at=100))
    made.journal.add(make_record(2, amount=5, token=ETH.address, state=TxState.REFUSED, at=200))
    return made


def test_the_newest_comes_first(kept: Kept) -> None:
    assert kept.found("") == ["Number 2", "Number 1"]
    assert kept.service.listing(network_id="sepolia") == ()
    assert len(kept.service.listing(network_id="mainnet", account_id=ACCOUNT.id)) == 2
    assert kept.service.listing(account_id="000000000000") == ()


@pytest.mark.parametrize(
    "query",
    [
        "number 1",
        "1 NUMBER",
        "0xabc001",
        f"0x{0xABC001:064x}",
        "000000000001",
        "signed",
        "mine signed",
        "zoë’s signed",
        f"{address_form(0x99)} signed",
        f"{address_form(0x1234)} signed",
        "0x1234 signed",
    ],
)
def test_every_way_to_look_for_the_first(kept: Kept, query: str) -> None:
    assert kept.found(query) == ["Number 1"]


def test_names_of_today_are_found_also_for_old_records(kept: Kept) -> None:
    assert kept.found("baker") == []
    kept.book.save(AddressBook(contacts=(Contact(name="Baker", address=0x99),)))
    assert len(kept.found("baker")) == 2
    assert kept.found("zoë") == []


def test_a_label_is_kept_and_found(kept: Kept) -> None:
    record = kept.service.set_label("000000000001", "  rent   of May ")
    assert record.label == "rent of May"
    assert kept.found("rent may") == ["Number 1"]
    assert kept.journal.find("000000000001") == record
    for wrong in ("x" * 201, "\u202egnp.exe"):
        with pytest.raises(InvalidInput):
            kept.service.set_label("000000000001", wrong)
    assert kept.journal.find("000000000001") == record


def test_a_label_does_not_undo_what_happened_meanwhile(kept: Kept) -> None:
    seen = kept.journal.find("000000000001")
    kept.journal.update(seen.moved(TxState.RECEIVED, 300, "taken"))
    kept.service.set_label(seen.id, "rent")
    assert kept.journal.find(seen.id).state is TxState.RECEIVED


def test_calls_are_decoded(kept: Kept) -> None:
    (call,) = kept.service.calls(kept.journal.find("000000000001"))
    assert call.entry_point == "transfer"
    assert dict(call.arguments) == {"to": address_form(0x99), "amount": "1 STRK"}


@given(deployments)
def test_deployments_are_decoded_too(transaction: object) -> None:
    record = make_record()
    signed = record.signed.model_copy(update={"transaction": transaction})
    nothing: object = None
    service = HistoryService(nothing, nothing, nothing, nothing)  # type: ignore[arg-type]
    (call,) = service.calls(record.model_copy(update={"signed": signed}))
    assert call.entry_point == "constructor"


def exported(kept: Kept) -> list[dict[str, str]]:
    raw = kept.service.export_csv(kept.service.listing())
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8"), newline="")))


def test_the_table_says_exactly_what_is_known(kept: Kept) -> None:
    kept.journal.update(
        make_record(1, amount=1_234 * ONE + 1, at=100).moved(
            TxState.ACCEPTED_L2, 160, "In block 7.", make_receipt(3)
        )
    )
    second, first = exported(kept)
    assert list(first) == list(COLUMNS)
    assert first["made_utc"] == "1970-01-01T00:01:40+00:00"
    assert first["amount"] == "1234.000000000000000001"
    assert first["token"] == "STRK"
    assert first["fee_paid_strk"] == "0.000000000000000003"
    assert first["fee_likely_strk"] == "0.00000000000000005"
    assert first["fee_highest_strk"] == "0.0000000000000001"
    assert first["block"] == "7"
    assert first["recipient_name"] == "Zoë’s shop"
    assert first["recipient"] == address_form(0x99)
    assert first["account"] == address_form(0x1234)
    assert (second["token"], second["state"]) == ("ETH", "refused")
    assert (second["fee_paid_strk"], second["block"]) == ("", ""), "unknown is not 0"


def test_json_has_the_same_rows_and_null_for_unknown(kept: Kept, tmp_path: Path) -> None:
    kept.service.save_json(tmp_path / "x.json", kept.service.listing())
    rows = json.loads((tmp_path / "x.json").read_bytes())["transactions"]
    assert [list(row) for row in rows] == [list(COLUMNS)] * 2
    assert rows[0]["fee_paid_strk"] is None
    assert rows[1]["amount"] == "1"
    kept.service.save_csv(tmp_path / "x.csv", kept.service.listing())
    assert (tmp_path / "x.csv").read_bytes() == kept.service.export_csv(kept.service.listing())


def test_every_column_is_described() -> None:
    text = (Path(__file__).parents[2] / "docs" / "history-export.md").read_text(encoding="utf-8")
    for name in COLUMNS:
        assert f"| `{name}` |" in text


cells = st.text(
    st.sampled_from(list(STARTS + " ,;|\t\r\n'\"a1")) | st.characters(codec="utf-8"), max_size=12
)


@given(cells)
def test_no_cell_can_begin_a_formula_wherever_it_is_cut(cell: str) -> None:
    safe = harmless(cell)
    for separator in (",", ";", "|", "\t", "\n", "\r"):
        for part in safe.split(separator):
            assert not part.strip().strip('"').startswith(tuple(STARTS)) or '"' in part
    assert len(safe.splitlines()) <= 1
    assert harmless(safe) == safe


@given(visible, visible)
def test_harmless_words_stay_as_they_are(first: str, second: str) -> None:
    words = f"a{first}b {second}"
    if not any(mark in words for mark in STARTS):
        assert harmless(words) == words


HOSTILE = ("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\uff1d1", "x;=1", "a, =1", "x|@1")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_names_and_notes_come_out_as_text(kept: Kept, words: str) -> None:
    kept.book.save(AddressBook(contacts=(Contact(name=words, address=0x99),)))
    kept.service.set_label("000000000001", words)
    record: TxRecord = kept.journal.find("000000000001")
    raw = kept.service.export_csv((record,)).decode("utf-8")
    for separator in (",", ";", "|"):
        for row in csv.reader(io.StringIO(raw, newline=""), delimiter=separator):
            assert not any(cell.strip().startswith(tuple(STARTS)) for cell in row)
    (row,) = csv.DictReader(io.StringIO(raw, newline=""))
    assert row["label"].replace("'", "") == words.replace("'", "")
    (plain,) = json.loads(kept.service.export_json((record,)))["transactions"]
    assert plain["label"] == words


def test_a_list_of_many_reads_names_once(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3, 30):
        kept.journal.add(make_record(number))
    loads: list[str] = []
    load = AddressBookFile.load

    def counted(self: AddressBookFile) -> AddressBook:
        loads.append("book")
        return load(self)

    monkeypatch.setattr(AddressBookFile, "load", counted)
    assert len(kept.service.listing("number zoë")) == 29
    kept.service.export_csv(kept.service.listing())
    assert len(loads) == 2

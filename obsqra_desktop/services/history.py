"""Everything that was sent from here: found, labelled, exported."""

import csv
import io
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from obsqra_desktop.domain.amounts import format_amount
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.journal import TxRecord
from obsqra_desktop.services.chain_ports import AccountStore, BookStore, Journal
from obsqra_desktop.services.plans import CallWords, known_token, transaction_words
from obsqra_desktop.services.ports import UserFiles

LONGEST_LABEL: Final = 200
SHORTEST_DIGITS: Final = 4
FORMULA: Final = re.compile(r"(^|[,;|])(\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")
"""Where a spreadsheet would see the beginning of a formula (OWASP, "CSV Injection"): at the start
of a cell, and after anything that some spreadsheet takes for the end of one."""
CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
COLUMNS: Final = (
    "id",
    "hash",
    "made_utc",
    "network",
    "account",
    "kind",
    "state",
    "title",
    "recipient",
    "recipient_name",
    "token",
    "amount",
    "fee_paid_strk",
    "fee_likely_strk",
    "fee_highest_strk",
    "block",
    "label",
)
"""Described in docs/history-export.md."""


@dataclass(frozen=True)
class Names:
    """Accounts and contacts as they are called now: read once for a whole list."""

    accounts: dict[str, str]
    contacts: dict[int, str]

    def account(self, record: TxRecord) -> str:
        """Label of the account, or its address."""
        label = self.accounts.get(record.account, "")
        return label or address_form(record.signed.transaction.sender)

    def recipient(self, record: TxRecord) -> str | None:
        """From the address book."""
        return None if record.recipient is None else self.contacts.get(record.recipient)


class HistoryService:
    """Reads the journal; writes only labels into it."""

    def __init__(
        self, journal: Journal, accounts: AccountStore, book: BookStore, files: UserFiles
    ) -> None:
        self._journal = journal
        self._accounts = accounts
        self._book = book
        self._files = files

    def listing(
        self, query: str = "", network_id: str | None = None, account_id: str | None = None
    ) -> tuple[TxRecord, ...]:
        """Newest first; every word of the query has to be in title, label, hash, address, name."""
        words = query.casefold().split()
        names = self.names() if words else Names({}, {})
        found = []
        for one in self._journal.listing():
            here = network_id in {None, one.network} and account_id in {None, one.account}
            if here and (not words or matches(one, names, words)):
                found.append(one)
        return tuple(found)

    def find(self, prefix: str) -> TxRecord:
        """One by the beginning of its id or hash; raises NotFound."""
        return self._journal.find(prefix)

    def damaged(self) -> tuple[str, ...]:
        """Names of files that cannot be read."""
        return self._journal.damaged()

    def names(self) -> Names:
        """What accounts and recipients are called; raises StorageError."""
        book = self._book.load().contacts
        return Names(
            {one.id: one.label for one in self._accounts.load().accounts},
            {one.address: one.name for one in reversed(book)},
        )

    def account_name(self, record: TxRecord) -> str:
        """Label of the account, or its address."""
        return self.names().account(record)

    def recipient_name(self, record: TxRecord) -> str | None:
        """From the address book."""
        return self.names().recipient(record)

    def calls(self, record: TxRecord) -> tuple[CallWords, ...]:
        """What was called, decoded where that is known."""
        return transaction_words(record.signed.transaction)

    def set_label(self, record_id: str, text: str) -> TxRecord:
        """The user's own note."""
        clean = " ".join(text.split())
        if len(clean) > LONGEST_LABEL or not clean.isprintable():
            raise InvalidInput(f"A note has at most {LONGEST_LABEL} printable characters.")
        with self._journal.held():  # so that a state that was just seen is not overwritten
            record = self._journal.find(record_id).model_copy(update={"label": clean})
            self._journal.update(record)
        return record

    def export_csv(self, records: tuple[TxRecord, ...]) -> bytes:
        """A table for spreadsheets, UTF-8; amounts exact, times in UTC, unknown is empty."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        names = self.names()
        for record in records:
            row = row_of(record, names)
            writer.writerow([harmless(str(row[name])) for name in COLUMNS])
        return out.getvalue().encode("utf-8")

    def export_json(self, records: tuple[TxRecord, ...]) -> bytes:
        """The same rows as JSON, null for what is not known."""
        names = self.names()
        rows = [
            {key: value if value != "" else None for key, value in row_of(one, names).items()}
            for one in records
        ]
        return (json.dumps({"transactions": rows}, indent=2, ensure_ascii=False) + "\n").encode()

    def save_csv(self, path: Path, records: tuple[TxRecord, ...]) -> None:
        """To a file; raises StorageError."""
        self._files.save(path, self.export_csv(records))

    def save_json(self, path: Path, records: tuple[TxRecord, ...]) -> None:
        """To a file; raises StorageError."""
        self._files.save(path, self.export_json(records))


def matches(record: TxRecord, names: Names, words: list[str]) -> bool:
    """Whether every word, in small letters, is in its texts or begins or ends a number of it."""
    text = "\n".join(
        [
            record.title,
            record.label,
            record.state.value,
            record.network,
            names.account(record),
            names.recipient(record) or "",
        ]
    ).casefold()
    numbers = [record.id]
    for value in (record.signed.hash, record.signed.transaction.sender, record.recipient):
        if value is not None:
            numbers += [f"{value:x}", f"{value:064x}"]
    return all(word in text or in_a_number(word, numbers) for word in words)


def in_a_number(word: str, numbers: list[str]) -> bool:
    """As people copy hashes: the beginning, or the last few digits; one digit is in every hash."""
    digits = word.removeprefix("0x")
    return len(digits) >= SHORTEST_DIGITS and any(
        one.startswith(digits) or one.endswith(digits) for one in numbers
    )


def row_of(record: TxRecord, names: Names) -> dict[str, Any]:
    """One line of an export; unknown is an empty text."""
    spend = record.spends[0] if record.spends else None
    token = known_token(spend.token) if spend else None
    amount: str = ""
    if spend is not None:
        amount = plain_amount(spend.amount, token.decimals if token else 0)
    receipt = record.receipt
    return {
        "id": record.id,
        "hash": hex(record.signed.hash),
        "made_utc": datetime.fromtimestamp(record.created_at, UTC).isoformat(),
        "network": record.network,
        "account": address_form(record.signed.transaction.sender),
        "kind": record.kind.value,
        "state": record.state.value,
        "title": record.title,
        "recipient": address_form(record.recipient) if record.recipient is not None else "",
        "recipient_name": names.recipient(record) or "",
        "token": (token.symbol if token else hex(spend.token)) if spend else "",
        "amount": amount,
        "fee_paid_strk": plain_amount(receipt.actual_fee, 18) if receipt else "",
        "fee_likely_strk": plain_amount(record.likely_fee, 18),
        "fee_highest_strk": plain_amount(record.max_fee, 18),
        "block": receipt.block_number if receipt and receipt.block_number is not None else "",
        "label": record.label,
    }


def plain_amount(value: int, decimals: int) -> str:
    """Without the space between thousands."""
    return format_amount(value, decimals).replace("\N{NARROW NO-BREAK SPACE}", "")


def harmless(cell: str) -> str:
    """No spreadsheet may run what somebody put into a name."""
    return FORMULA.sub(r"\1\2'", CONTROL.sub(" ", cell))

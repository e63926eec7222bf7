"""Everything that was sent from here: found, labelled, exported."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from obsqra_desktop.domain.amounts import format_amount
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.journal import TxRecord
from obsqra_desktop.services.chain_ports import AccountStore, BookStore, FileSaver, Journal
from obsqra_desktop.services.plans import known_token

LONGEST_LABEL: Final = 200
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula (OWASP, "CSV Injection")."""
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
    "fee_highest_strk",
    "block",
    "label",
)


class HistoryService:
    """Reads the journal; writes only labels into it."""

    def __init__(
        self, journal: Journal, accounts: AccountStore, book: BookStore, saver: FileSaver
    ) -> None:
        self._journal = journal
        self._accounts = accounts
        self._book = book
        self._saver = saver

    def listing(
        self, query: str = "", network_id: str | None = None, account_id: str | None = None
    ) -> tuple[TxRecord, ...]:
        """Newest first; every word of the query has to be in title, label, hash, address, name."""
        words = query.casefold().split()
        return tuple(
            one
            for one in self._journal.listing()
            if network_id in {None, one.network}
            and account_id in {None, one.account}
            and (not words or all(word in self._text(one) for word in words))
        )

    def find(self, prefix: str) -> TxRecord:
        """One by the beginning of its id or hash; raises NotFound."""
        return self._journal.find(prefix)

    def damaged(self) -> tuple[str, ...]:
        """Names of files that cannot be read."""
        return self._journal.damaged()

    def account_name(self, record: TxRecord) -> str:
        """Label of the account, or its address."""
        found = [one for one in self._accounts.load().accounts if one.id == record.account]
        label = found[0].label if found else ""
        return label or address_form(record.signed.transaction.sender)

    def recipient_name(self, record: TxRecord) -> str | None:
        """From the address book."""
        if record.recipient is None:
            return None
        return self._book.load().name_of(record.recipient)

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
        for record in records:
            row = self._row(record)
            writer.writerow([harmless(str(row[name])) for name in COLUMNS])
        return out.getvalue().encode("utf-8")

    def export_json(self, records: tuple[TxRecord, ...]) -> bytes:
        """The same rows as JSON, null for what is not known."""
        rows = [{k: v if v != "" else None for k, v in self._row(one).items()} for one in records]
        return (json.dumps({"transactions": rows}, indent=2, ensure_ascii=False) + "\n").encode()

    def save_csv(self, path: Path, records: tuple[TxRecord, ...]) -> None:
        """To a file; raises StorageError."""
        self._saver.save(path, self.export_csv(records))

    def save_json(self, path: Path, records: tuple[TxRecord, ...]) -> None:
        """To a file; raises StorageError."""
        self._saver.save(path, self.export_json(records))

    def save_file(self, path: Path, data: bytes) -> None:
        """Any file that the user wants to have somewhere; raises StorageError."""
        self._saver.save(path, data)

    def _text(self, record: TxRecord) -> str:
        parts = [
            record.title,
            record.label,
            record.id,
            hex(record.signed.hash),
            record.state.value,
            self.account_name(record),
            self.recipient_name(record) or "",
        ]
        if record.recipient is not None:
            parts += [address_form(record.recipient), hex(record.recipient)]
        return " ".join(parts).casefold()

    def _row(self, record: TxRecord) -> dict[str, Any]:
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
            "recipient_name": self.recipient_name(record) or "",
            "token": (token.symbol if token else hex(spend.token)) if spend else "",
            "amount": amount,
            "fee_paid_strk": plain_amount(receipt.actual_fee, 18) if receipt else "",
            "fee_highest_strk": plain_amount(record.max_fee, 18),
            "block": receipt.block_number if receipt and receipt.block_number is not None else "",
            "label": record.label,
        }


def plain_amount(value: int, decimals: int) -> str:
    """Without the space between thousands."""
    return format_amount(value, decimals).replace("\N{NARROW NO-BREAK SPACE}", "")


def harmless(cell: str) -> str:
    """No spreadsheet may run what somebody put into a name."""
    return "'" + cell if cell.startswith(FORMULA) else cell

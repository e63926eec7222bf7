"""transactions/: one file for each transaction, on the disk before it is sent.

A record that is there holds the signed transaction, which whoever has it can send: the files are
for this user alone. Nothing is ever deleted here.
"""

import os
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Final

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.chain_errors import AccountBusy
from obsqra_desktop.domain.errors import InvalidInput, NotFound, StorageBusy, StorageError
from obsqra_desktop.domain.journal import RECORD_SCHEMA, TxRecord
from obsqra_desktop.domain.spending import SPENDING_SCHEMA, SpendingRules
from obsqra_desktop.storage.files import make_folder, read_capped, reported, write_atomic
from obsqra_desktop.storage.lock import FolderLock

Mark = tuple[int, int, int, int]
LIMIT: Final = 2 * 1024 * 1024
"""Bytes: 5,000 felts of calldata are a fifth of that."""
RULES_LIMIT: Final = 64 * 1024
NAME: Final = re.compile(r"[0-9a-f]{12}\.json")
SHORTEST: Final = 4


def newest(record: TxRecord) -> tuple[int, int]:
    """Sorting: by the chain's clock, then by nonce."""
    return record.created_at, record.signed.transaction.nonce


def parsed(raw: bytes, name: str) -> TxRecord:
    """A record's file; raises InvalidInput."""
    return strict_json.parse(TxRecord, raw, what=name, schema=RECORD_SCHEMA, limit=LIMIT)


def readable(raw: bytes, record: TxRecord) -> bool:
    """Whether what would be written is what would be read."""
    try:
        return parsed(raw, record.id) == record
    except InvalidInput:
        return False


def hash_starts(tx_hash: int, wanted: str) -> bool:
    """Explorers write a hash with zeros in front, nodes without."""
    return hex(tx_hash).startswith(wanted) or f"{tx_hash:#066x}".startswith(wanted)


class TransactionFolder:
    """Implements Journal."""

    def __init__(self, data_dir: Path, lock: FolderLock) -> None:
        self._folder = data_dir / "transactions"
        self._lock = lock
        self._seen: dict[Path, tuple[Mark, TxRecord | None]] = {}
        """What was read of each file, as long as it stays the same: each change is a new file."""

    def held(self) -> AbstractContextManager[None]:
        """The data folder's lock."""
        return self._lock.held()

    def add(self, record: TxRecord) -> None:
        """A new record; raises StorageError, also when the id is taken."""
        with self._lock.held():
            with reported("opening the journal of transactions"):
                make_folder(self._folder)
                taken = self._path(record.id).exists()
            if taken:
                raise StorageError("There is a transaction with that id. Nothing was sent.")
            self._write(record)

    def update(self, record: TxRecord) -> None:
        """Replace a record; raises StorageError, NotFound."""
        with self._lock.held():
            with reported("opening the journal of transactions"):
                there = self._path(record.id).is_file()
            if not there:
                raise NotFound(f"There is no transaction {record.id}.")
            self._write(record)

    def _write(self, record: TxRecord) -> None:
        raw = strict_json.pretty(record)
        if not readable(raw, record):
            raise StorageError(
                "The transaction could not be read again if it were written down, so it was not.",
                hint="Use another node: this one may have named numbers that make no sense.",
            )
        write_atomic(self._path(record.id), raw, "writing the transaction down")

    def find(self, prefix: str) -> TxRecord:
        """By id or hash, or their first four characters and more."""
        wanted = prefix.strip().lower()
        if len(wanted) < SHORTEST:
            raise NotFound("Give at least the first four characters of the id or the hash.")
        found = [
            one
            for one in self.listing()
            if one.id.startswith(wanted) or hash_starts(one.signed.hash, wanted)
        ]
        if len(found) != 1:
            many = "More than one transaction starts" if found else "No transaction starts"
            raise NotFound(f"{many} with {prefix[:70]!r}.", hint="See: obsqra tx list")
        return found[0]

    def listing(self) -> tuple[TxRecord, ...]:
        """All that can be read, newest first."""
        found = [one for one in map(self._read, self._paths()) if one is not None]
        return tuple(sorted(found, key=newest, reverse=True))

    def damaged(self) -> tuple[str, ...]:
        """Names of those that cannot be read; they are left as they are."""
        return tuple(path.name for path in self._paths() if self._read(path) is None)

    @contextmanager
    def sending(self, account_id: str) -> Iterator[None]:
        """One sender for an account: other processes and other tasks of this one are refused."""
        with reported("opening the journal of transactions"):
            make_folder(self._folder)
        lock = FolderLock(self._folder / f".sending-{account_id}", patience=0)
        stack = ExitStack()
        try:
            stack.enter_context(lock.held())
        except StorageBusy as error:
            raise AccountBusy(
                "Another window or command is sending from this account right now. "
                "This one sent nothing.",
                hint="Wait until it has finished.",
            ) from error
        with stack:
            yield

    def _paths(self) -> list[Path]:
        with reported("reading the journal of transactions"):
            if not self._folder.is_dir():
                return []
            return sorted(path for path in self._folder.iterdir() if NAME.fullmatch(path.name))

    def _read(self, path: Path) -> TxRecord | None:
        try:
            now = path.lstat()
        except OSError:
            return None
        mark = (now.st_ino, now.st_size, now.st_mtime_ns, now.st_ctime_ns)
        known = self._seen.get(path)
        if known is None or known[0] != mark:  # taken before reading: a later change is seen next
            known = self._seen[path] = (mark, self._parse(path))
        return known[1]

    def _parse(self, path: Path) -> TxRecord | None:
        try:
            record = parsed(read_capped(path, LIMIT), path.name)
        except (OSError, ValueError, InvalidInput):
            return None
        return record if record.id == path.stem else None

    def _path(self, record_id: str) -> Path:
        return self._folder / f"{record_id}.json"


class SpendingFile:
    """spending.json; implements SpendingStore. A damaged file stops sending: it holds limits."""

    def __init__(self, data_dir: Path, lock: FolderLock) -> None:
        self._path = data_dir / "spending.json"
        self._lock = lock

    def load(self) -> SpendingRules:
        """The limits; raises StorageError if they cannot be read."""
        with reported("reading your limits"):
            if not os.path.lexists(self._path):
                return SpendingRules()
            try:
                raw = read_capped(self._path, RULES_LIMIT)
                return strict_json.parse(
                    SpendingRules,
                    raw,
                    what="spending.json",
                    schema=SPENDING_SCHEMA,
                    limit=RULES_LIMIT,
                )
            except (ValueError, InvalidInput) as error:
                raise StorageError(
                    "spending.json, which holds your limits, is damaged. Nothing was sent.",
                    hint="Bring it back from a backup, or remove it to get the default limits.",
                ) from error

    def save(self, rules: SpendingRules) -> None:
        """Replace the limits."""
        with self._lock.held():
            with reported("opening the data folder"):
                make_folder(self._path.parent)
            raw = strict_json.pretty(rules)
            if len(raw) > RULES_LIMIT:
                raise StorageError("There are too many limits. Those from before are unchanged.")
            write_atomic(self._path, raw, "saving your limits")

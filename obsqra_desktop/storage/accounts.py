"""accounts.json: addresses, classes and labels; the keys are in the vault."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.accounts import ACCOUNTS_SCHEMA, AccountsFile
from obsqra_desktop.domain.errors import InvalidInput, StorageError
from obsqra_desktop.storage.files import make_folder, read_capped, reported, write_atomic
from obsqra_desktop.storage.lock import FolderLock

LIMIT: Final = 2 * 1024 * 1024


class AccountsFolder:
    """Implements AccountStore."""

    def __init__(self, data_dir: Path, lock: FolderLock) -> None:
        self._path = data_dir / "accounts.json"
        self._lock = lock

    def held(self) -> AbstractContextManager[None]:
        """The data folder's lock."""
        return self._lock.held()

    def load(self) -> AccountsFile:
        """The accounts; raises StorageError if the file is damaged: it is left as it is."""
        with reported("reading the accounts"):
            if not self._path.exists():
                return AccountsFile()
            try:
                raw = read_capped(self._path, LIMIT)
                return strict_json.parse(
                    AccountsFile, raw, what=self._path.name, schema=ACCOUNTS_SCHEMA, limit=LIMIT
                )
            except (ValueError, InvalidInput) as error:
                raise StorageError(
                    "accounts.json is damaged. The keys in the vault are not touched by that.",
                    hint="Bring accounts.json back from a backup.",
                ) from error

    def save(self, accounts: AccountsFile) -> None:
        """Replace the file."""
        with self._lock.held():
            with reported("opening the data folder"):
                make_folder(self._path.parent)
            write_atomic(self._path, strict_json.pretty(accounts), "saving the accounts")

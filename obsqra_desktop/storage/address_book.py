"""address-book.json, and address books that were exported."""

import os
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.address_book import BOOK_SCHEMA, AddressBook
from obsqra_desktop.domain.errors import InvalidInput, StorageError
from obsqra_desktop.storage.documents import file_bytes
from obsqra_desktop.storage.files import make_folder, read_capped, reported, write_atomic
from obsqra_desktop.storage.lock import FolderLock

LIMIT: Final = 8 * 1024 * 1024
"""More than a full book with the longest names and notes takes."""


class AddressBookFile:
    """Implements BookStore."""

    def __init__(self, data_dir: Path, lock: FolderLock) -> None:
        self._path = data_dir / "address-book.json"
        self._lock = lock

    def held(self) -> AbstractContextManager[None]:
        """The data folder's lock."""
        return self._lock.held()

    def load(self) -> AddressBook:
        """The book; raises StorageError if it is damaged: it is left as it is."""
        with reported("reading the address book"):
            if not os.path.lexists(self._path):
                return AddressBook()
            try:
                return parsed(read_capped(self._path, LIMIT))
            except (ValueError, InvalidInput) as error:
                raise StorageError(
                    "address-book.json is damaged; it was left as it is.",
                    hint="Bring it back from a backup, or remove it to start an empty one.",
                ) from error

    def save(self, book: AddressBook) -> None:
        """Replace the book."""
        with self._lock.held():
            with reported("opening the data folder"):
                make_folder(self._path.parent)
            write_atomic(self._path, strict_json.pretty(book), "saving the address book")

    def read_from(self, path: Path) -> AddressBook:
        """An exported book; raises NotFound, InvalidInput, StorageError."""
        return parsed(file_bytes(path, LIMIT))


def parsed(raw: bytes) -> AddressBook:
    """Strictly."""
    return strict_json.parse(AddressBook, raw, what="address book", schema=BOOK_SCHEMA, limit=LIMIT)

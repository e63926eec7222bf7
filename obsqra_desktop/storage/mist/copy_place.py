"""Where the sealed copy lies, and what this data folder remembers of it: mist/copy.json."""

import hashlib
import os
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.copy import (
    FILE_LIMIT,
    RECORD_SCHEMA,
    CopyPlaceGone,
    CopyRecord,
    NotThisCopy,
    copy_name,
)
from obsqra_desktop.storage.files import make_folder, read_capped, reported, write_atomic
from obsqra_desktop.storage.lock import FolderLock
from obsqra_desktop.storage.mist.notes import LIMIT as BOOK_LIMIT
from obsqra_desktop.storage.mist.notes import NAME as BOOK_NAME

RECORD: Final = "copy.json"
RECORD_LIMIT: Final = 32 * 1024


class CopyPlaces:
    """Implements CopyPlace. `lock` is one of its own: a slow place holds up no other writer."""

    def __init__(self, data_dir: Path, lock: FolderLock) -> None:
        self._folder = data_dir / "mist"
        self._lock = lock

    def held(self) -> AbstractContextManager[None]:
        """The copy's lock: one program at a time reads, joins and replaces it."""
        return self._lock.held()

    def named(self, backup: Path) -> str:
        """A backup's absolute path, by which all of this goes."""
        return str(backup.absolute())

    def record(self) -> CopyRecord | None:
        """What is remembered; None for nothing. A damaged one is nothing: then no copy is kept,
        and the page asks for a backup as before."""
        try:
            raw = read_capped(self._folder / RECORD, RECORD_LIMIT)
            return strict_json.parse(
                CopyRecord, raw, what=RECORD, schema=RECORD_SCHEMA, limit=RECORD_LIMIT
            )
        except (OSError, ValueError, InvalidInput):
            return None

    def remember(self, record: CopyRecord) -> None:
        """Durable before this returns; raises StorageError."""
        with reported("opening the folder of notes"):
            make_folder(self._folder)
        write_atomic(self._folder / RECORD, strict_json.pretty(record), "remembering the copy")

    def books(self) -> str:
        """SHA-256 over the sealed books as they are: each change of one is another. Raises
        StorageError."""
        digest = hashlib.sha256()
        with reported("reading the notes books"):
            for path in sorted(self._folder.glob("*.json")):
                if BOOK_NAME.fullmatch(path.name):
                    try:
                        raw = read_capped(path, BOOK_LIMIT)
                    except ValueError:
                        raw = b""  # whoever reads the book says what is wrong with it
                    digest.update(path.name.encode() + b"\0" + hashlib.sha256(raw).digest())
        return digest.hexdigest()

    def there(self, backup: str) -> bool:
        """Whether the backup is where it was. Without it a copy is worth nothing: and a folder
        that a disk is mounted on is there without the disk, too."""
        try:
            return Path(backup).is_file()
        except (OSError, ValueError):
            return False

    def same_disk(self, backup: str) -> bool | None:
        """Whether both lie on one file system; None is not known."""
        try:
            folder = Path(backup).parent
            return folder.stat().st_dev == self._folder.parent.stat().st_dev
        except (OSError, ValueError):
            return None

    def read(self, backup: str) -> bytes | None:
        """The copy beside a backup; None if there is none. Raises NotThisCopy for what is no plain
        file of a copy's size (a link is not followed), CopyPlaceGone, StorageError."""
        path = beside(backup)
        with reported("reading the copy of the notes"):
            if not path.parent.is_dir():
                raise gone()
            if not os.path.lexists(path):
                return None
            try:
                return read_capped(path, FILE_LIMIT)
            except ValueError:
                raise NotThisCopy(
                    f"{path.name} is a link, a folder, or too large to be a copy of notes."
                ) from None

    def replace(self, backup: str, data: bytes) -> None:
        """All new or all old. What is there was looked at before, under the lock. Raises
        CopyPlaceGone, StorageError."""
        if not self.there(backup):
            raise gone()
        write_atomic(beside(backup), data, "writing the copy of the notes")


def beside(backup: str) -> Path:
    """The copy's path."""
    path = Path(backup)
    return path.with_name(copy_name(path.name))


def gone() -> CopyPlaceGone:
    """The disk was taken out, or the backup was moved."""
    return CopyPlaceGone(
        "The backup is not where it was saved.",
        hint="Connect its disk, or save a backup at another place.",
    )

"""What all parts of the program stand on: a folder, its lock, a clock."""

import time
from dataclasses import dataclass
from pathlib import Path

from obsqra_desktop.storage.lock import FolderLock
from obsqra_desktop.storage.user_files import NamedFiles


@dataclass(frozen=True)
class Ground:
    """The data folder, the lock that every writer in it takes, and what lies outside of it."""

    folder: Path
    lock: FolderLock
    files: NamedFiles


def unix_time() -> int:
    """Seconds since 1970, UTC."""
    return int(time.time())

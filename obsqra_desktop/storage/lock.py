"""One writer at a time on a folder, across processes and threads."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from obsqra_desktop.domain.errors import StorageBusy
from obsqra_desktop.storage.files import PRIVATE_FILE, make_folder, reported

PATIENCE: Final = 10.0  # seconds; a proof takes under one, and several on a busy computer
PAUSE: Final = 0.02

if sys.platform == "win32":
    import msvcrt

    def try_lock(handle: int) -> bool:
        """Take the lock if it is free."""
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def try_lock(handle: int) -> bool:
        """Take the lock if it is free."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


class FolderLock:
    """A lock file beside the data; the system frees it when its holder ends, however it ends.

    A second writer waits `patience` seconds (`PATIENCE`, long enough for a proof), and is then
    told.
    """

    def __init__(self, path: Path, patience: float | None = None) -> None:
        self._path = path
        self._patience = patience
        self._mine = threading.local()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock; the same thread may hold it more than once."""
        depth: int = getattr(self._mine, "depth", 0)
        if depth:
            self._mine.depth = depth + 1
            try:
                yield
            finally:
                self._mine.depth = depth
            return
        with reported("locking the data folder"):
            make_folder(self._path.parent)
            handle = os.open(self._path, os.O_CREAT | os.O_RDWR, PRIVATE_FILE)
        try:
            with reported("locking the data folder"):
                self._wait(handle)
            self._mine.depth = 1
            try:
                yield
            finally:
                self._mine.depth = 0
        finally:
            os.close(handle)  # frees the lock

    def _wait(self, handle: int) -> None:
        end = time.monotonic() + (PATIENCE if self._patience is None else self._patience)
        while not try_lock(handle):
            if time.monotonic() > end:
                raise StorageBusy(
                    "Another Obsqra is writing to this data folder. "
                    "Nothing was written by this one; what is kept stays readable.",
                    hint="Wait until the other has finished, or use another --data-dir.",
                )
            time.sleep(PAUSE)

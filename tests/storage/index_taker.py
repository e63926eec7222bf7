"""A process that takes indices and says each before and after: the test ends it in the middle.

Arguments: data folder, and how many disk steps (write, replace, sync) it may do before it kills
itself.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from obsqra_desktop.domain.mist.keys import BookPlace
from obsqra_desktop.storage import files
from obsqra_desktop.storage.lock import FolderLock
from obsqra_desktop.storage.mist.notes import MistFolder

PLACE = BookPlace(0x534E, 0xB001, bytes(range(32)))


def folder_in(data_dir: Path) -> MistFolder:
    return MistFolder(data_dir, FolderLock(data_dir / "lock", patience=30))


def main(data_dir: Path, steps: int) -> None:
    left = steps

    def dying(holder: Any, name: str) -> None:
        original = getattr(holder, name)

        def call(*words: Any, **more: Any) -> Any:
            nonlocal left
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1
            return original(*words, **more)

        setattr(holder, name, call)

    dying(files.os, "write")
    dying(files.os, "fsync")
    dying(Path, "replace")
    books = folder_in(data_dir)
    while True:
        first = books.take(PLACE, 2)
        os.writev(1, [f"{first}\n".encode()])  # not `write`, which is counted


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))

"""The folder practice/: the practice chain's state, its log, and which process it is."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from obsqra_desktop.storage.files import make_folder, read_capped, reported, write_atomic
from obsqra_desktop.storage.lock import FolderLock

LIMIT: Final = 4096
STARTER_PATIENCE: Final = 0.0


class PracticeFolder:
    """Implements RunStore."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / "practice"
        self._run = self._folder / "run.json"

    @property
    def folder(self) -> Path:
        """Made on first use, for this user alone."""
        with reported("opening the practice chain's folder"):
            make_folder(self._folder)
        return self._folder

    def read(self) -> bytes | None:
        """run.json; None if there is none that can be read."""
        try:
            return read_capped(self._run, LIMIT)
        except (OSError, ValueError):
            return None

    def write(self, raw: bytes) -> None:
        """Replace run.json."""
        write_atomic(self.folder / "run.json", raw, "noting the practice chain's process")

    def remove(self) -> None:
        """Take run.json away."""
        with reported("forgetting the practice chain's process"):
            self._run.unlink(missing_ok=True)

    def locked(self) -> AbstractContextManager[None]:
        """Held over a start or a stop: a second starter is refused at once."""
        return FolderLock(self.folder / "lock", patience=STARTER_PATIENCE).held()

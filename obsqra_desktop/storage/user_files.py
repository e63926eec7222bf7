"""Files that the user has named, anywhere. Implements UserFiles."""

from pathlib import Path

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.storage.documents import file_bytes
from obsqra_desktop.storage.files import reported, write_atomic


class NamedFiles:
    """Read with a limit, saved atomically."""

    def read(self, path: Path, limit: int) -> bytes:
        """At most so many bytes of a plain file; raises NotFound, InvalidInput, StorageError."""
        return file_bytes(path, limit)

    def save(self, path: Path, data: bytes) -> None:
        """Atomically, readable by this user alone; raises StorageError."""
        write_atomic(path, data, "saving the file")

    def ensure_free(self, path: Path) -> None:
        """Nothing may have this name yet; raises InvalidInput, StorageError."""
        with reported("looking for the file"):
            taken = path.is_symlink() or path.exists()
            folder = path.absolute().parent.is_dir()
        if taken:
            raise InvalidInput(f"There is a file {path.name!r} already; it was not changed.")
        if not folder:
            raise InvalidInput(
                f"There is no folder {path.absolute().parent.name!r} to save {path.name!r} in.",
                hint="Make the folder first.",
            )

    def is_there(self, path: Path) -> bool:
        """Whether it names a plain file; what cannot be looked at is none."""
        try:
            return path.is_file()
        except OSError:  # no permission, or a word that is too long for a name
            return False

"""What the self-check asks about this computer."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from obsqra_desktop.storage.files import make_folder, reported, write_atomic


class StorageProbe:
    """Implements MachineProbe."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir

    def try_writing(self) -> None:
        """Write a file to the data folder and remove it; raises StorageError."""
        path = self._data_dir / f"probe-{secrets.token_hex(8)}"
        with reported("trying the data folder"):
            make_folder(self._data_dir)
            write_atomic(path, b"probe", "trying the data folder")
            path.unlink()

    def keyring(self) -> str:
        """Whether a real keyring answers, in words."""
        from obsqra_desktop.storage import system_keyring

        found = system_keyring.answering()
        if found is not None:
            return f"the system's keyring answers ({found})"
        return (
            "no system keyring answers; the device key goes to a file that only you can read, "
            "unencrypted"
        )

    @contextmanager
    def temporary_folder(self) -> Iterator[Path]:
        """A folder that is gone afterwards."""
        with tempfile.TemporaryDirectory(prefix="obsqra-") as name:
            yield Path(name)

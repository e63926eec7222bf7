"""Where the program keeps its data."""

import os
from pathlib import Path

import platformdirs

from obsqra_desktop.domain.errors import InvalidInput


def data_folder(chosen: Path | None = None) -> Path:
    """The folder given with --data-dir, else OBSQRA_DATA_DIR, else the system's usual place.

    Nothing is created here: that happens with the first write.
    """
    if chosen is None:
        named = os.environ.get("OBSQRA_DATA_DIR")
        usual = platformdirs.user_data_path("Obsqra", appauthor=False)
        chosen = Path(named) if named else usual
    folder = chosen.expanduser().absolute()
    if folder.exists() and not folder.is_dir():
        raise InvalidInput(
            "The data folder is a file.", hint="Give a folder with --data-dir; it is made if new."
        )
    return folder

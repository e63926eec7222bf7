"""Small files: settings, saved policies, models, snapshots. All strict, all atomic."""

import re
from pathlib import Path
from typing import Final

from obsqra_desktop.domain import shipped, strict_json
from obsqra_desktop.domain.errors import InvalidInput, NotFound, StorageError
from obsqra_desktop.domain.model import MAX_BYTES as MODEL_LIMIT
from obsqra_desktop.domain.model import Model
from obsqra_desktop.domain.policy import MAX_BYTES as POLICY_LIMIT
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.settings import SETTINGS_SCHEMA, Settings
from obsqra_desktop.domain.snapshot import MAX_BYTES as SNAPSHOT_LIMIT
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.storage.files import make_folder, read_capped, reported, write_atomic
from obsqra_desktop.storage.lock import FolderLock

FILE_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")
SETTINGS_LIMIT: Final = 64 * 1024


def file_bytes(path: Path, limit: int) -> bytes:
    """The bytes of a file that the user named; raises NotFound, InvalidInput, StorageError."""
    with reported("reading the file"):
        if not path.exists():
            raise NotFound(f"There is no file {path.name!r}.", hint="Check the path.")
        if not path.is_file():
            raise InvalidInput(f"{path.name!r} is no plain file.", hint="Name a file.")
        try:
            return read_capped(path.resolve(), limit)
        except ValueError as error:
            raise InvalidInput(f"{error}.") from error


class SettingsFile:
    """settings.json; implements SettingsStore. A damaged file never stops the program."""

    def __init__(self, data_dir: Path, lock: FolderLock) -> None:
        self._path = data_dir / "settings.json"
        self._lock = lock

    def load(self) -> Settings:
        """The settings, or the defaults if there are none or they are unreadable."""
        try:
            raw = read_capped(self._path, SETTINGS_LIMIT)
            return strict_json.parse(
                Settings, raw, what="settings.json", schema=SETTINGS_SCHEMA, limit=SETTINGS_LIMIT
            )
        except (OSError, ValueError, InvalidInput):
            return Settings()

    def save(self, settings: Settings) -> None:
        """Replace the settings; an unreadable old file is kept beside as settings.damaged."""
        with self._lock.held():
            if self._path.exists() and not self._readable():
                with reported("setting the damaged settings aside"):
                    self._path.replace(self._path.with_suffix(".damaged"))
            write_atomic(self._path, strict_json.pretty(settings), "saving the settings")

    def _readable(self) -> bool:
        try:
            raw = read_capped(self._path, SETTINGS_LIMIT)
            strict_json.parse(
                Settings, raw, what="settings.json", schema=SETTINGS_SCHEMA, limit=SETTINGS_LIMIT
            )
        except (OSError, ValueError, InvalidInput):
            return False
        return True


class PolicyFolder:
    """Saved policies, one file each, 0600: a policy is private. Implements PolicyStore."""

    def __init__(self, data_dir: Path, lock: FolderLock) -> None:
        self._folder = data_dir / "policies"
        self._lock = lock

    def presets(self) -> tuple[str, ...]:
        """The shipped ones."""
        return shipped.PRESET_NAMES

    def names(self) -> tuple[str, ...]:
        """The saved ones."""
        with reported("reading the policies"):
            return stems(self._folder)

    def load(self, name: str) -> Policy:
        """A preset or a saved policy; raises NotFound, InvalidInput."""
        if name in shipped.PRESET_NAMES:
            return shipped.preset(name)
        if not FILE_NAME.fullmatch(name) or name not in self.names():
            known = ", ".join((*self.presets(), *self.names()))
            raise NotFound(f"There is no policy {name!r}.", hint=f"There are: {known}.")
        return self.load_file(self._folder / f"{name}.json")

    def load_file(self, path: Path) -> Policy:
        """A policy file anywhere."""
        return Policy.parse(file_bytes(path, POLICY_LIMIT))

    def save(self, policy: Policy) -> str:
        """Keep a policy under its name in lower case; an existing one is never replaced."""
        name = re.sub(r"[^a-z0-9._-]+", "-", policy.name.lower()).strip("-._")
        if not FILE_NAME.fullmatch(name):
            raise InvalidInput("The policy's name needs at least one letter or digit.")
        if name in (*self.presets(), *self.names()):
            raise InvalidInput(
                f"There is a policy {name!r} already; it was not changed.",
                hint="Choose another name.",
            )
        with self._lock.held():
            with reported("opening the policies"):
                make_folder(self._folder)
            path = self._folder / f"{name}.json"
            write_atomic(path, strict_json.pretty(policy), "saving the policy")
        return name


class ModelFolder:
    """Shipped models, and those in the folder models/ of the data. Implements ModelStore."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / "models"

    def names(self) -> tuple[str, ...]:
        """Shipped ones first."""
        with reported("reading the models"):
            own = [name for name in stems(self._folder) if name not in shipped.MODEL_NAMES]
        return (*shipped.MODEL_NAMES, *own)

    def load(self, name: str) -> Model:
        """A model by name; raises NotFound, InvalidInput."""
        if name in shipped.MODEL_NAMES:
            try:
                return shipped.model(name)
            except OSError as error:
                raise StorageError(
                    f"The shipped model {name!r} is missing.", hint="Install the program again."
                ) from error
        if not FILE_NAME.fullmatch(name) or name not in self.names():
            known = ", ".join(self.names())
            raise NotFound(f"There is no model {name!r}.", hint=f"There are: {known}.")
        return self.load_file(self._folder / f"{name}.json")

    def load_file(self, path: Path) -> Model:
        """A model file anywhere."""
        return Model.parse(file_bytes(path, MODEL_LIMIT))


class SnapshotSource:
    """Implements SnapshotFiles."""

    def sample(self) -> Snapshot:
        """The shipped sample of two pools; its numbers are assumed, not measured."""
        return shipped.sample()

    def load(self, path: Path) -> Snapshot:
        """A snapshot file; raises NotFound, InvalidInput."""
        return Snapshot.parse(file_bytes(path, SNAPSHOT_LIMIT))


def stems(folder: Path) -> tuple[str, ...]:
    """The names of the JSON files in a folder that may not exist."""
    if not folder.is_dir():
        return ()
    found = (path.stem for path in folder.glob("*.json"))
    return tuple(sorted(name for name in found if FILE_NAME.fullmatch(name)))

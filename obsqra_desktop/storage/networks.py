"""networks.json and connections.json: which nodes are asked, and which hosts were talked to."""

from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import Field

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.errors import InvalidInput, StorageError
from obsqra_desktop.domain.network import (
    NETWORKS_SCHEMA,
    Connection,
    NetworkSettings,
    default_settings,
)
from obsqra_desktop.domain.pools import Strict
from obsqra_desktop.storage.files import make_folder, read_capped, reported, write_atomic
from obsqra_desktop.storage.lock import FolderLock

CONNECTIONS_SCHEMA: Final = "obsqra/connections/1"
LIMIT: Final = 256 * 1024
CONNECTIONS_LIMIT: Final = 1024 * 1024


class NetworksFile:
    """networks.json; implements NetworkStore. It may hold access keys of nodes: mode 0600."""

    def __init__(self, data_dir: Path, lock: FolderLock) -> None:
        self._path = data_dir / "networks.json"
        self._lock = lock

    def load(self) -> NetworkSettings:
        """The settings, or the defaults without a file; raises StorageError if it is damaged.

        A damaged file stops the network: it may have said "offline" or "only through Tor".
        """
        with reported("reading the networks"):
            if not self._path.exists():
                return default_settings()
            try:
                raw = read_capped(self._path, LIMIT)
                return strict_json.parse(
                    NetworkSettings, raw, what=self._path.name, schema=NETWORKS_SCHEMA, limit=LIMIT
                )
            except (ValueError, InvalidInput) as error:
                raise StorageError(
                    f"{self._path.name} is damaged, so no node is asked. Nothing was sent.",
                    hint="Bring it back from a backup, or remove it to start with no nodes.",
                ) from error

    def save(self, settings: NetworkSettings) -> None:
        """Replace the settings."""
        with self._lock.held():
            with reported("opening the data folder"):
                make_folder(self._path.parent)
            write_atomic(self._path, strict_json.pretty(settings), "saving the networks")


class ConnectionsDocument(Strict):
    """connections.json."""

    schema_id: Literal["obsqra/connections/1"] = Field(default=CONNECTIONS_SCHEMA, alias="schema")
    connections: Annotated[tuple[Connection, ...], Field(max_length=2000)] = ()


class ConnectionsFile:
    """connections.json; a list that cannot be read starts anew."""

    def __init__(self, data_dir: Path, lock: FolderLock) -> None:
        self._path = data_dir / "connections.json"
        self._lock = lock

    def load(self) -> tuple[Connection, ...]:
        """What was kept."""
        try:
            raw = read_capped(self._path, CONNECTIONS_LIMIT)
            return strict_json.parse(
                ConnectionsDocument,
                raw,
                what=self._path.name,
                schema=CONNECTIONS_SCHEMA,
                limit=CONNECTIONS_LIMIT,
            ).connections
        except (OSError, ValueError, InvalidInput):
            return ()

    def save(self, connections: tuple[Connection, ...]) -> None:
        """Replace it; raises StorageError."""
        with self._lock.held():
            with reported("opening the data folder"):
                make_folder(self._path.parent)
            document = ConnectionsDocument(connections=connections)
            write_atomic(self._path, strict_json.pretty(document), "keeping the connections")

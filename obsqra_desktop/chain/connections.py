"""The register of every host that this program has talked to."""

import logging
import threading
from collections.abc import Callable
from typing import Final, Protocol

from obsqra_desktop.domain.errors import StorageError
from obsqra_desktop.domain.network import Connection, Route

MOST: Final = 1000
FLUSH_SECONDS: Final = 5


class ConnectionStore(Protocol):
    """connections.json."""

    def load(self) -> tuple[Connection, ...]:
        """What was kept; nothing if there is none or it is damaged."""
        ...

    def save(self, connections: tuple[Connection, ...]) -> None:
        """Replace it."""
        ...


class ConnectionRegister:
    """One line for each host, purpose and route. A file that cannot be written stops nothing."""

    def __init__(self, store: ConnectionStore, now: Callable[[], int]) -> None:
        self._store = store
        self._now = now
        self._lock = threading.Lock()
        self._known: dict[tuple[str, str, Route], Connection] | None = None
        self._saved_at = 0
        self._dirty = False

    def note(self, host: str, purpose: str, route: Route, good: bool) -> None:
        """One request has been made, or tried."""
        now = self._now()
        with self._lock:
            known = self._load()
            key = (host, purpose, route)
            old = known.get(key)
            known[key] = Connection(
                host=host,
                purpose=purpose,
                route=route,
                first_at=old.first_at if old else now,
                last_at=now,
                count=(old.count if old else 0) + 1,
                failures=(old.failures if old else 0) + (not good),
            )
            if len(known) > MOST:
                del known[min(known, key=lambda one: known[one].last_at)]
            self._dirty = True

    def due(self) -> bool:
        """Whether it is time to keep what was noted."""
        return self._dirty and abs(self._now() - self._saved_at) >= FLUSH_SECONDS

    def listing(self) -> tuple[Connection, ...]:
        """The latest first."""
        with self._lock:
            return tuple(sorted(self._load().values(), key=lambda one: one.last_at, reverse=True))

    def forget(self) -> None:
        """Empty it."""
        with self._lock:
            self._known, self._dirty = {}, True
        self.flush()

    def flush(self) -> None:
        """Keep it on the disk."""
        with self._lock:
            if not self._dirty:
                return
            self._dirty, self._saved_at = False, self._now()
            lines = tuple(self._load().values())
        try:
            self._store.save(lines)
        except StorageError as error:
            log.warning("the list of connections could not be kept: %s", error.code)

    def _load(self) -> dict[tuple[str, str, Route], Connection]:
        if self._known is None:
            self._known = {(one.host, one.purpose, one.route): one for one in self._store.load()}
        return self._known


log = logging.getLogger(__name__)

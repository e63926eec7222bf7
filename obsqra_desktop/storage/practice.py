"""The folder practice/: the practice chain's state, its log, and which process it is.

run.json              which process it is
state.json            the state, written by the devnet
state.starting.json   a copy of it while a devnet starts: see `secure`
state.previous.json   as it was at the last start that went well
state.damaged-N.json  states that could not be read; never removed
state.before-reset.json
market.json           when the chain begins, and the key of the account that drives its market
venues.json           where the pools of the market are
private.json          the key of the account that made the private pool
pool.json             where the private pool is
"""

import os
import shutil
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Final

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.errors import InvalidInput, NotFound
from obsqra_desktop.storage.files import (
    PRIVATE_FILE,
    TEMPORARY,
    make_folder,
    read_capped,
    reported,
    sync_folder,
    temporary_beside,
    write_atomic,
)
from obsqra_desktop.storage.lock import FolderLock

if TYPE_CHECKING:  # what is kept there is loaded by whoever reads it; the chain's process is not
    from obsqra_desktop.domain.market.deployments import Deployments
    from obsqra_desktop.domain.mist.practice import HandRecord, PracticePool
    from obsqra_desktop.domain.practice_market import MarketRecord

LIMIT: Final = 4096
VENUES_LIMIT: Final = 256 * 1024
STARTER_PATIENCE: Final = 0.0
ASIDE: Final = "practice.own"
MADE_FILES: Final = ("venues.json", "market.json", "pool.json", "private.json")


class PracticeFolder:
    """Implements RunStore."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / "practice"
        self._run = self._folder / "run.json"
        self._starting = self._folder / "state.starting.json"
        self._previous = self._folder / "state.previous.json"

    @property
    def folder(self) -> Path:
        """Made on first use, for this user alone."""
        with reported("opening the practice chain's folder"):
            make_folder(self._folder)
        return self._folder

    def join(self, other: Path) -> None:
        """Use the practice chain of another data folder; one's own is set aside, and kept.

        Raises NotFound if there is none, InvalidInput if one's own may run, StorageError.
        """
        there, aside = other.absolute() / self._folder.name, self._folder.with_name(ASIDE)
        with reported("joining the other practice chain"):
            if not (there / self._run.name).is_file():
                raise NotFound(
                    f"No practice chain runs for the folder {other.name!r}.",
                    hint="Start it there: obsqra --data-dir FOLDER practice up",
                )
            if there.resolve() == self._folder.resolve():
                raise InvalidInput("That is the practice chain in use already.")
            if self._folder.is_symlink():
                self._folder.unlink()
            elif self._folder.exists():
                if self._run.exists():
                    raise InvalidInput(
                        "A practice chain of this folder runs. Nothing was changed.",
                        hint="Stop it first: obsqra practice down",
                    )
                self._folder.rename(aside)
            make_folder(self._folder.parent)
            self._folder.symlink_to(there.resolve(), target_is_directory=True)

    def leave(self) -> None:
        """Go back to one's own practice chain. Raises InvalidInput, StorageError."""
        aside = self._folder.with_name(ASIDE)
        with reported("leaving the other practice chain"):
            if not self._folder.is_symlink():
                raise InvalidInput("The practice chain in use is this folder's own.")
            self._folder.unlink()
            if aside.is_dir():
                aside.rename(self._folder)

    @property
    def state(self) -> Path:
        """Where the devnet keeps its state."""
        return self._folder / "state.json"

    @property
    def log(self) -> Path:
        """What the devnet says."""
        return self._folder / "devnet.log"

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

    def begins(self) -> int | None:
        """Unix seconds of the chain's first block; None if it begins whenever it is started."""
        record = self.market()
        return record.begins if record else None

    def market(self) -> "MarketRecord | None":
        """market.json; one that cannot be read counts as none."""
        from obsqra_desktop.domain.practice_market import SCHEMA, MarketRecord

        try:
            raw = read_capped(self._folder / "market.json", LIMIT)
            return strict_json.parse(
                MarketRecord, raw, what="market.json", schema=SCHEMA, limit=LIMIT
            )
        except (OSError, ValueError, InvalidInput):
            return None

    def keep_market(self, record: "MarketRecord") -> None:
        """Replace market.json."""
        raw = strict_json.pretty(record)
        write_atomic(self.folder / "market.json", raw, "keeping the practice market's record")

    def venues(self) -> "Deployments | None":
        """venues.json; one that cannot be read counts as none."""
        from obsqra_desktop.domain.market.deployments import Deployments

        try:
            return Deployments.parse(read_capped(self._folder / "venues.json", VENUES_LIMIT))
        except (OSError, ValueError, InvalidInput):
            return None

    def keep_venues(self, deployments: "Deployments") -> None:
        """Replace venues.json."""
        raw = strict_json.pretty(deployments)
        write_atomic(self.folder / "venues.json", raw, "keeping where the practice pools are")

    def private_hand(self) -> "HandRecord | None":
        """private.json; one that cannot be read counts as none."""
        from obsqra_desktop.domain.mist.practice import KEY_SCHEMA, HandRecord

        try:
            raw = read_capped(self._folder / "private.json", LIMIT)
            return strict_json.parse(
                HandRecord, raw, what="private.json", schema=KEY_SCHEMA, limit=LIMIT
            )
        except (OSError, ValueError, InvalidInput):
            return None

    def keep_private_hand(self, record: "HandRecord") -> None:
        """Replace private.json."""
        raw = strict_json.pretty(record)
        write_atomic(self.folder / "private.json", raw, "keeping the practice pool's key")

    def pool(self) -> "PracticePool | None":
        """pool.json; one that cannot be read counts as none."""
        from obsqra_desktop.domain.mist.practice import POOL_SCHEMA, PracticePool

        try:
            raw = read_capped(self._folder / "pool.json", LIMIT)
            return strict_json.parse(
                PracticePool, raw, what="pool.json", schema=POOL_SCHEMA, limit=LIMIT
            )
        except (OSError, ValueError, InvalidInput):
            return None

    def keep_pool(self, pool: "PracticePool") -> None:
        """Replace pool.json."""
        write_atomic(
            self.folder / "pool.json", strict_json.pretty(pool), "keeping where the pool is"
        )

    def secure(self) -> None:
        """Before a start: a second copy of the state, or the one of a start that did not end well.

        A devnet takes its file away and writes it anew while it runs it again (measured with
        0.10.1), so one that is ended or fails in the middle would leave less than there was.
        """
        with reported("copying the practice chain's state"):
            for rest in self.folder.glob(f"{TEMPORARY}*"):
                rest.unlink(missing_ok=True)
            if self._starting.exists():
                copy(self._starting, self.state)
            elif self.state.exists():
                copy(self.state, self._starting)

    def started(self) -> None:
        """The state could be read: its copy is kept beside the one that follows."""
        with reported("keeping a copy of the practice chain's state"):
            if self._starting.exists():
                self._starting.replace(self._previous)

    def damaged(self) -> bool | None:
        """The state cannot be read: set it aside. Whether there is one before it, now in its place.

        None if there was no state at all.
        """
        with reported("setting the practice chain's state aside"):
            if not self._starting.exists():
                return None
            names = (self._folder / f"state.damaged-{number}.json" for number in count(1))
            self._starting.rename(next(name for name in names if not name.exists()))
            self.state.unlink(missing_ok=True)
            if not self._previous.exists():
                return False
            self._previous.rename(self.state)
            return True

    def ensure_own(self) -> None:
        """Raise InvalidInput where the chain is that of another data folder, which was joined."""
        if self._folder.is_symlink():
            raise InvalidInput(
                "This practice chain is another data folder's, which was joined. It goes on.",
                hint="Give it up where it is at home, or go back: obsqra practice join --own",
            )

    def clear(self) -> None:
        """Nothing comes back at the next start; the last state stays under another name."""
        with reported("setting the practice chain's state aside"):
            for gone in (self._previous, *(self._folder / one for one in MADE_FILES)):
                gone.unlink(missing_ok=True)
            for state in (self.state, self._starting):  # the second is the whole one
                if state.exists():
                    state.replace(self._folder / "state.before-reset.json")

    def locked(self) -> AbstractContextManager[None]:
        """Held over a start or a stop: a second starter is refused at once."""
        return FolderLock(self.folder / "lock", patience=STARTER_PATIENCE).held()


def copy(source: Path, target: Path) -> None:
    """Replace or create the target: afterwards it is all new or all old. Raises OSError."""
    temporary = temporary_beside(target)
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)
    try:
        with (
            source.open("rb") as old,
            os.fdopen(os.open(temporary, flags, PRIVATE_FILE), "wb") as new,
        ):
            shutil.copyfileobj(old, new, 1 << 20)
            new.flush()
            os.fsync(new.fileno())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)

"""Keeps the sealed copy of the notes beside the last backup as new as the book.

After each write of a book `follow` is awaited, before the step goes on: what a step is about to
send is in the copy before a node has it. A copy that cannot be written stops nothing; it is behind,
that is told, and it is caught up at the next write or look. What counts as new is in
`CopyContents.due`; a look at the chain that finds nothing new touches no file there.

The place may be a disk that was pulled out or a folder that hangs: all work on it runs in a thread
of its own, for which nobody waits longer than `patience`.
"""

import asyncio
import concurrent.futures
import hashlib
import hmac
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

from obsqra_desktop.domain.chain_errors import VaultLocked
from obsqra_desktop.domain.errors import AppError, StorageBusy
from obsqra_desktop.domain.mist.copy import (
    NO_COPY,
    CopyContents,
    CopyKind,
    CopyPlaceGone,
    CopyPlaceSilent,
    CopyRecord,
    CopyState,
    DamagedCopy,
    NotThisCopy,
    copy_name,
    joined,
    kept,
)
from obsqra_desktop.services.accounts import AccountService
from obsqra_desktop.services.chain_ports import Now
from obsqra_desktop.services.mist.backup import owners_of
from obsqra_desktop.services.mist.book import NotesService
from obsqra_desktop.services.mist_ports import CopyFormat, CopyPlace, MakeCopyKey

T = TypeVar("T")
PATIENCE: Final = 10.0
"""Seconds that a step waits for a slow disk."""
GOES: Final = 4
"""Other programs may write books meanwhile; the last of them sees to the rest."""


class CopyService:
    """Writes the copy, and tells how it stands."""

    def __init__(
        self,
        notes: NotesService,
        accounts: AccountService,
        format_: CopyFormat,
        place: CopyPlace,
        make_key: MakeCopyKey,
        clock: Now,
        patience: float = PATIENCE,
    ) -> None:
        self._notes = notes
        self._accounts = accounts
        self._format = format_
        self._place = place
        self._make_key = make_key
        self._clock = clock
        self._patience = patience
        self._waiting_for: threading.Thread | None = None

    async def beside(self, backup: Path, *, wanted: bool = True) -> CopyState:
        """A backup of this secret was saved, or brought back, there: from now on the copy lies
        beside it, or there is none if that is not wanted. Raises StorageError, VaultLocked."""
        secret, _ = await self._notes.everything()
        record = CopyRecord(
            backup=self._place.named(backup), wanted=wanted, secret=mark_of(self._make_key(secret))
        )

        def work() -> None:
            with self._place.held():
                self._place.remember(record)

        await asyncio.to_thread(work)
        return await self.look()

    async def turn(self, *, on: bool) -> CopyState:
        """Keep it from now on, or not any more: what lies there stays. Nothing happens where no
        backup was made. Raises StorageError."""

        def work() -> None:
            with self._place.held():
                record = self._place.record()
                if record is not None and record.wanted is not on:
                    self._place.remember(record.model_copy(update={"wanted": on, "trouble": ""}))

        await asyncio.to_thread(work)
        return await self.look()

    async def found_beside(self, backup: Path) -> bytes | None:
        """The bytes of the copy that lies beside a backup; None if there is none. Raises
        NotThisCopy, StorageError."""
        return await self._at_place(lambda: self._place.read(self._place.named(backup)))

    async def follow(self) -> None:
        """A book was written. Raises nothing that stops a step."""
        with suppress(AppError):
            await self._catch_up()

    async def look(self) -> CopyState:
        """How it stands, after it was caught up if that was due and can be done now."""
        with suppress(AppError):
            await self._catch_up()
        return await self.state()

    async def state(self) -> CopyState:
        """How it stands; writes nothing. Raises StorageError."""
        record = await asyncio.to_thread(self._place.record)
        if record is None:
            return NO_COPY
        kind, there, trouble = CopyKind.OFF, False, ""
        if record.wanted:
            books = await asyncio.to_thread(self._place.books)
            complete = record.file is not None and record.books == books and not record.trouble
            kind, trouble = CopyKind.CURRENT if complete else CopyKind.BEHIND, record.trouble
            if not complete and self._hangs():
                trouble = silent().detail
            with suppress(AppError):
                there = await self._at_place(lambda: self._place.there(record.backup))
        path = Path(record.backup)
        return CopyState(
            kind=kind,
            name=copy_name(path.name),
            folder=str(path.parent),
            written_at=record.written_at,
            there=there,
            same_disk=record.same_disk,
            others=record.others,
            trouble=trouble,
        )

    # --- inside ---

    async def _catch_up(self) -> None:
        """Until the copy has what the books have. Raises AppError, which is remembered."""
        record = await asyncio.to_thread(self._place.record)
        if record is None or not record.wanted:
            return
        try:
            for _ in range(GOES):
                books = await asyncio.to_thread(self._place.books)
                if await self._up_to_date(record, books):
                    return
                contents, key = await self._contents()
                await self._at_place(lambda: self._replace(contents, key, books))  # noqa: B023
                if books == await asyncio.to_thread(self._place.books):
                    return
        except (VaultLocked, StorageBusy, CopyPlaceSilent):
            raise  # no trouble of the place that could be kept: it is caught up later
        except AppError as error:
            await asyncio.to_thread(self._remember_trouble, record, error)
            raise

    async def _up_to_date(self, record: CopyRecord, books: str) -> bool:
        """Nothing was written here since, and what lies there is what was put there."""
        if record.books != books or record.file is None or record.trouble:
            return False

        def work() -> bool:
            if not self._place.there(record.backup):
                return True  # it has all; whether it is still there is seen when its place is back
            raw = self._place.read(record.backup)
            return raw is not None and digest_of(raw) == record.file

        try:
            return await self._at_place(work)
        except CopyPlaceGone:
            return True

    async def _contents(self) -> tuple[CopyContents, bytes]:
        secret, books = await self._notes.everything()
        accounts, _ = await owners_of(self._accounts, books)
        contents = CopyContents(
            saved_at=self._clock(),
            books=tuple(kept(one) for one in books),
            accounts=tuple(accounts),
        )
        return contents, self._make_key(secret)

    def _replace(self, contents: CopyContents, key: bytes, books: str) -> None:
        """Blocks. `books` is the digest of what the contents were read from, or of older ones."""
        with self._place.held():
            record = self._place.record()
            if record is None or not record.wanted:
                return  # turned off meanwhile
            if record.secret != mark_of(key):
                raise NotThisCopy(
                    "The last backup is of another secret.", hint="Save a backup of this one."
                )
            due = hmac.new(key, contents.due(), hashlib.sha256).hexdigest()
            complete = record.file is not None and record.due == due
            changes: dict[str, object] = {"books": books, "trouble": ""}
            if not self._place.there(record.backup):
                if not complete:
                    raise CopyPlaceGone("The backup is not where it was saved.")
            else:
                raw = self._place.read(record.backup)
                if not complete or raw is None or digest_of(raw) != record.file:
                    changes |= self._written(record, contents, key, raw) | {"due": due}
            self._place.remember(record.model_copy(update=changes))

    def _written(
        self, record: CopyRecord, contents: CopyContents, key: bytes, raw: bytes | None
    ) -> dict[str, object]:
        """Put there; what only the copy there has stays in it, whoever put it there. Raises
        NotThisCopy for a file that is not this secret's copy: it is left."""
        others = 0
        if raw is not None:
            with suppress(DamagedCopy):  # it was ours: nothing can be read in it any more
                contents, others = joined(contents, self._format.read(raw, key))
        data = self._format.write(contents, key)
        self._place.replace(record.backup, data)
        return {
            "written_at": contents.saved_at,
            "file": digest_of(data),
            "same_disk": self._place.same_disk(record.backup),
            "others": others,
        }

    def _remember_trouble(self, tried: CopyRecord, error: AppError) -> None:
        with suppress(AppError), self._place.held():
            record = self._place.record()
            if record is not None and record.backup == tried.backup:
                changed = {"trouble": error.detail[:500]}
                self._place.remember(record.model_copy(update=changed))

    def _hangs(self) -> bool:
        return self._waiting_for is not None and self._waiting_for.is_alive()

    async def _at_place(self, work: Callable[[], T]) -> T:
        """In a thread that nobody has to wait for, neither here nor at the program's end."""
        if self._hangs():
            raise silent()
        future: concurrent.futures.Future[T] = concurrent.futures.Future()
        future.set_running_or_notify_cancel()  # giving up leaves it to its thread

        def go() -> None:
            try:
                future.set_result(work())
            except BaseException as error:  # noqa: BLE001 - raised again where it is awaited
                future.set_exception(error)

        thread = threading.Thread(target=go, name="copy of the notes", daemon=True)
        thread.start()
        try:
            return await asyncio.wait_for(asyncio.wrap_future(future), self._patience)
        except TimeoutError:
            self._waiting_for = thread
            raise silent() from None


def silent() -> CopyPlaceSilent:
    """Nobody waits for it any more."""
    return CopyPlaceSilent(
        "The place of the backup does not answer.", hint="Look whether it is connected."
    )


def digest_of(raw: bytes) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(raw).hexdigest()


def mark_of(key: bytes) -> str:
    """Tells in the record which secret a backup has."""
    return hmac.new(key, b"obsqra/mist-copy/1 place", hashlib.sha256).hexdigest()[:16]

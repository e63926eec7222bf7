"""Private money as its page needs it: one look at all of it, and files.

Everything that moves money is in `MistMoney`; this only reads, and handles files.
"""

import asyncio
from dataclasses import dataclass, replace
from pathlib import Path

from obsqra_desktop.domain.amounts import KNOWN_TOKENS, Token
from obsqra_desktop.domain.errors import AppError, NotFound
from obsqra_desktop.domain.mist.backup import FILE_LIMIT as BACKUP_LIMIT
from obsqra_desktop.domain.mist.copy import NO_COPY, CopyState
from obsqra_desktop.domain.mist.deep import USUAL_DIGITS
from obsqra_desktop.domain.mist.handover import FILE_LIMIT as NOTE_LIMIT
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.domain.network import Network
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.mist.backup import Backup, BackupService, CopyUse, Restored
from obsqra_desktop.services.mist.copies import CopyService
from obsqra_desktop.services.mist.deep import DeepReport, DeepService, OnDeep
from obsqra_desktop.services.mist.giving import Imported
from obsqra_desktop.services.mist.money import MistMoney
from obsqra_desktop.services.mist.parts import MistParts
from obsqra_desktop.services.mist.scan import ScanService
from obsqra_desktop.services.mist.scan_report import OnScan, ScanReport
from obsqra_desktop.services.mist.steps import PoolStanding, WaitView
from obsqra_desktop.services.ports import UserFiles


@dataclass(frozen=True)
class Overview:
    """What is remembered, without asking anybody."""

    network: Network
    pool_known: bool
    book: MistBook | None
    """None while there is no secret yet."""
    tokens: tuple[Token, ...] = KNOWN_TOKENS
    """Those whose symbols and decimals are known on this network."""
    copy: CopyState = NO_COPY
    """Of the notes, beside the last backup."""


class MistDesk:
    """Looks and files."""

    def __init__(
        self,
        parts: MistParts,
        money: MistMoney,
        scans: ScanService,
        deep: DeepService,
        backups: BackupService,
        copies: CopyService,
        files: UserFiles,
    ) -> None:
        self._parts = parts
        self._money = money
        self._scans = scans
        self._deep = deep
        self._backups = backups
        self._copies = copies
        self._files = files

    async def overview(self, network_id: str | None = None) -> Overview:
        """What is remembered. Raises VaultLocked, StorageError."""
        network = self._parts.networks.network(network_id)
        if self._parts.pools.on(network) is None:
            return Overview(network, False, None)
        try:
            book = await self._money.book(network.id)
        except NotFound:
            book = None
        tokens = await asyncio.to_thread(self._money.tokens, network.id)
        copy = await self._copies.look() if book is not None else NO_COPY
        return Overview(network, True, book, tokens, copy)

    async def standing(self, network_id: str | None = None) -> PoolStanding:
        """The pool's contract, by one node."""
        return await self._money.standing(network_id)

    async def check_proofs(self) -> None:
        """Whether this computer can prove at all; raises KeyDataDamaged, ToolMissing."""
        await self._parts.ensure_provable()

    async def waiting(self, network_id: str | None = None) -> tuple[WaitView, ...]:
        """What waits for new leaves."""
        return await self._money.waiting(network_id)

    async def scan(
        self,
        network_id: str | None = None,
        *,
        everything: bool = False,
        progress: OnScan = lambda _: None,
        cancel: CancelToken | None = None,
    ) -> ScanReport:
        """Look for notes; with `everything` from the first block on."""
        place = await self._parts.place(network_id)
        await self._money.settle(place.network.id)
        look = self._scans.recover if everything else self._scans.scan
        return await look(place.network, place.keys, progress=progress, cancel=cancel)

    async def search_deeper(
        self,
        network_id: str | None = None,
        *,
        digits: int = USUAL_DIGITS,
        progress: OnDeep = lambda _: None,
        looking: OnScan = lambda _: None,
        cancel: CancelToken | None = None,
    ) -> DeepReport:
        """Try amounts with more digits for what a look did not find."""
        place = await self._parts.place(network_id)
        return await self._deep.search(
            place.network,
            place.keys,
            digits=digits,
            progress=progress,
            looking=looking,
            cancel=cancel,
        )

    # --- files ---

    async def back_up(self, path: Path, passphrase: str, *, with_copy: bool = True) -> Backup:
        """Save secret, notes and the keys of their accounts, and say what is in the file. From
        now on the sealed copy of the notes lies beside it, unless that is not wanted."""
        backup = await self._backups.write(passphrase)
        await asyncio.to_thread(self._files.save, path, backup.raw)
        await self._backups.saved(backup)
        await self._copies.beside(path, wanted=with_copy)
        return backup

    async def restore(
        self,
        path: Path,
        passphrase: str,
        *,
        with_copy: bool = True,
        trust_counters: bool = False,
    ) -> Restored:
        """Bring a backup back, merging, with the copy of the notes that lies beside it. Where that
        was used it goes on: it is replaced after each step from here. Raises CountersFar unless
        their counters are trusted."""
        raw = await asyncio.to_thread(self._files.read, path, BACKUP_LIMIT)
        copy, trouble = None, ""
        if with_copy:
            try:
                copy = await self._copies.found_beside(path)
            except AppError as error:
                trouble = error.detail
        restored = await self._backups.restore(
            raw, passphrase, copy=copy, trust_counters=trust_counters
        )
        if trouble:
            restored = replace(restored, copy=CopyUse(False, trouble=trouble))
        if restored.copy.used:
            await self._copies.beside(path)
        return restored

    async def copy_state(self) -> CopyState:
        """How the copy of the notes stands; it is caught up first if that can be done."""
        return await self._copies.look()

    async def keep_copy(self, *, on: bool) -> CopyState:
        """Keep it, or not any more."""
        return await self._copies.turn(on=on)

    async def take_in(self, network_id: str | None, path: Path, passphrase: str) -> Imported:
        """A note from a hand-over or export file."""
        raw = await asyncio.to_thread(self._files.read, path, NOTE_LIMIT)
        return await self._money.import_file(network_id, raw, passphrase)

    async def hand_over(
        self, network_id: str | None, hand_over: str, path: Path, passphrase: str
    ) -> str:
        """Save what the receiver of a forward has to be told."""
        raw = await self._money.hand_over_file(network_id, hand_over, passphrase)
        await asyncio.to_thread(self._files.save, path, raw)
        await self._money.mark_handed_over(network_id, hand_over)
        return path.name

    async def export(self, network_id: str | None, note: str, path: Path, passphrase: str) -> str:
        """Save a whole note with its key."""
        raw = await self._money.export_note(network_id, note, passphrase)
        await asyncio.to_thread(self._files.save, path, raw)
        return path.name

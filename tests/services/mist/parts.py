"""NotesService over its real vault, books and keys."""

import asyncio
import hashlib
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

from obsqra_desktop.domain.chain_types import VaultMethod
from obsqra_desktop.domain.network import Network, NetworkKind
from obsqra_desktop.privacy.keys import MistKeys, copy_key
from obsqra_desktop.privacy.request import write_request
from obsqra_desktop.services.accounts import AccountService
from obsqra_desktop.services.mist.book import NotesService
from obsqra_desktop.services.mist.copies import CopyService
from obsqra_desktop.storage.lock import FolderLock
from obsqra_desktop.storage.mist.copy import SealedCopy
from obsqra_desktop.storage.mist.copy_place import CopyPlaces
from obsqra_desktop.storage.mist.notes import MistFolder
from obsqra_desktop.storage.vault import FileVault
from tests.storage.vaults import CHEAP, PASSPHRASE

Answer = TypeVar("Answer")

POOL = 0xB001
MADE_AT = 1_740_000_000
NETWORK = Network(id="test", name="Test", chain_id="TEST", kind=NetworkKind.CUSTOM)


def request_text(secret: int) -> str:
    """A payment request for this chain and pool; its checksum is good, whatever the number is."""
    return write_request(secret, NETWORK.chain, POOL)


def run(work: Coroutine[Any, Any, Answer]) -> Answer:
    """In a loop of its own."""
    return asyncio.run(work)


def drawing(seed: bytes = b"one") -> Callable[[int], bytes]:
    """Bytes that look random and are the same in each run."""
    state = seed

    def draw(count: int) -> bytes:
        nonlocal state
        state = hashlib.sha256(state).digest()
        return (state * (count // 32 + 1))[:count]

    return draw


def lock_in(data_dir: Path) -> FolderLock:
    """One for all of a program, as in `app`: a second one would wait for the first."""
    return FolderLock(data_dir / "lock", patience=30)


def open_vault(data_dir: Path, lock: FolderLock | None = None) -> FileVault:
    """As a program that was just started and given the passphrase."""
    vault = FileVault(data_dir, lock or lock_in(data_dir), argon=CHEAP)
    if not (data_dir / "vault.json").exists():
        vault.create(VaultMethod.PASSPHRASE, PASSPHRASE)
    else:
        vault.unlock(PASSPHRASE)
    return vault


def notes_with(data_dir: Path, vault: FileVault, lock: FolderLock) -> NotesService:
    """Over this vault."""
    return NotesService(vault, MistFolder(data_dir, lock), MistKeys, drawing(), lambda: MADE_AT)


def notes_in(data_dir: Path, seed: bytes = b"one") -> NotesService:
    """Of a program that was just started and given the passphrase."""
    lock = lock_in(data_dir)
    vault = open_vault(data_dir, lock)
    return NotesService(vault, MistFolder(data_dir, lock), MistKeys, drawing(seed), lambda: MADE_AT)


def copies_in(
    data_dir: Path,
    notes: NotesService,
    accounts: AccountService,
    now: Callable[[], int],
    patience: float = 300.0,
) -> CopyService:
    """Told of each write, as in `app`."""
    made = CopyService(
        notes,
        accounts,
        SealedCopy(),
        CopyPlaces(data_dir, FolderLock(data_dir / "mist" / "copy.lock", patience=30)),
        copy_key,
        now,
        patience,
    )
    notes.tell(made.follow)
    return made

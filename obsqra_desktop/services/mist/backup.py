"""Backups of private money, and what a backup brings back.

raw = await backups.write(passphrase)        # save the bytes, then:
await backups.saved(raw)
restored = await backups.restore(raw, passphrase)
report = await scans.recover(network, keys)  # then look at the chain
"""

import asyncio
from dataclasses import dataclass, field

from obsqra_desktop.domain.errors import AppError, InvalidInput
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.mist_backup import BackedUpAccount, BackupContents
from obsqra_desktop.domain.mist_book import again
from obsqra_desktop.domain.mist_notes import MistBook
from obsqra_desktop.services.accounts import AccountService
from obsqra_desktop.services.chain_ports import Now
from obsqra_desktop.services.mist.book import NotesService
from obsqra_desktop.services.mist_ports import BackupFormat


@dataclass(frozen=True, slots=True)
class Backup:
    """The file, and what is in it; none of that is secret."""

    raw: bytes = field(repr=False)
    books: tuple[MistBook, ...]
    notes: int
    accounts: tuple[str, ...]
    """Labels of the accounts whose keys are in it."""
    left_out: tuple[str, ...]
    """Accounts that own notes and whose keys are not here, one sentence each."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a backup has brought."""

    books: tuple[MistBook, ...]
    """As they are now."""
    notes: int
    """Notes in the backup."""
    saved_at: int
    """When it was made, unix seconds."""
    accounts: tuple[str, ...]
    """Labels of accounts that were not here."""
    trouble: tuple[str, ...]
    """Accounts that could not be brought back, one sentence each; everything else was."""


class BackupService:
    """Writes and reads backup files."""

    def __init__(
        self, notes: NotesService, accounts: AccountService, format_: BackupFormat, clock: Now
    ) -> None:
        self._notes = notes
        self._accounts = accounts
        self._format = format_
        self._clock = clock

    async def write(self, passphrase: str, *, with_accounts: bool = True) -> Backup:
        """The secret, all notes, and the keys of the accounts that own notes or requests.

        The notes count as backed up only when `saved` is told. Raises NotFound without a secret,
        VaultLocked, StorageError, InvalidInput for a short passphrase.
        """
        secret, books = await self._notes.everything()
        accounts, left_out = await self._owners(books) if with_accounts else ([], [])
        contents = BackupContents(
            secret=secret.hex(),
            secret_made=await self._notes.secret_made(),
            saved_at=self._clock(),
            books=tuple(again(one, deposits=None) for one in books),  # public, counted anew
            accounts=tuple(accounts),
        )
        raw = await asyncio.to_thread(self._format.write, contents, passphrase)
        return Backup(
            raw,
            books,
            sum(len(book.notes) for book in books),
            tuple(one.label for one in accounts),
            tuple(left_out),
        )

    async def saved(self, backup: Backup) -> None:
        """The file was written where its owner wants it."""
        await self._notes.mark_backed_up(backup.books, self._clock())

    async def restore(
        self, raw: bytes, passphrase: str, *, trust_counters: bool = False
    ) -> Restored:
        """Bring back secret, notes and accounts, merging with what is here.

        No counter falls and nothing that is known here is undone. Notes of the backup are unchecked
        until the chain was looked at, and count as backed up since the file was made. Counters far
        beyond all that is known are refused, as later notes could not be recovered, unless its
        owner trusts them. Raises InvalidInput, WrongPassphrase, UnsafeSpend for another secret,
        NotFound without a vault, VaultLocked, StorageError.
        """
        contents = await asyncio.to_thread(self._format.read, raw, passphrase)
        books = await self._notes.bring_back(
            bytes.fromhex(contents.secret),
            contents.secret_made,
            self._as_saved(contents),
            trust_counters,
        )
        brought, trouble = [], []
        for one in contents.accounts:
            try:
                if await self._bring(one):
                    brought.append(one.label)
            except AppError as error:
                trouble.append(f"{one.label} ({address_form(one.address)}): {error.detail}")
        notes = sum(len(book.notes) for book in contents.books)
        return Restored(books, notes, contents.saved_at, tuple(brought), tuple(trouble))

    def _as_saved(self, contents: BackupContents) -> tuple[MistBook, ...]:
        """The books of a file: all of their notes are in a backup, this one. Whatever its clock
        said, it was not made later than now."""
        at = min(contents.saved_at, self._clock())
        return tuple(
            again(book, backed_up=at, backed_up_notes=tuple(one.id for one in book.notes))
            for book in contents.books
        )

    async def _owners(self, books: tuple[MistBook, ...]) -> tuple[list[BackedUpAccount], list[str]]:
        owners = {one.owner for book in books for one in book.notes}
        owners |= {one.owner for book in books for one in book.requests}
        found: list[BackedUpAccount] = []
        for account in self._accounts.listing():
            if account.address not in owners or account.watch_only or account.kind is None:
                continue
            found.append(
                BackedUpAccount(
                    network=account.network,
                    label=account.label,
                    kind=account.kind,
                    address=account.address,
                    private_key=await self._accounts.private_key(account),
                )
            )
        missing = owners - {one.address for one in found}
        return found, [
            f"{address_form(one)} owns notes; its key is not here." for one in sorted(missing)
        ]

    async def _bring(self, one: BackedUpAccount) -> bool:
        """Whether it was not here before."""
        here = [
            account
            for account in self._accounts.listing(one.network)
            if account.address == one.address
        ]
        if any(not account.watch_only for account in here):
            return False
        if here:
            raise InvalidInput("it is here as a watched address; remove that and restore again.")
        plain = await self._accounts.address_of(one.private_key, one.kind)
        address = None if plain == one.address else one.address
        await self._accounts.import_key(one.private_key, one.kind, one.label, one.network, address)
        return True

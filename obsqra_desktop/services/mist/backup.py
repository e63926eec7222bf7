"""Backups of private money, and what a backup brings back.

raw = await backups.write(passphrase)        # save the bytes, then:
await backups.saved(raw)
restored = await backups.restore(raw, passphrase, copy=copy_that_lies_beside_it)
report = await scans.recover(network, keys)  # then look at the chain
"""

import asyncio
from dataclasses import dataclass, field

from obsqra_desktop.domain.errors import AppError, InvalidInput
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.mist.backup import BackedUpAccount, BackupContents
from obsqra_desktop.domain.mist.book import again
from obsqra_desktop.domain.mist.copy import CopyContents, all_accounts, both
from obsqra_desktop.domain.mist.errors import CountersFar
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.services.accounts import AccountService
from obsqra_desktop.services.chain_ports import Now
from obsqra_desktop.services.mist.book import NotesService
from obsqra_desktop.services.mist_ports import BackupFormat, CopyFormat, MakeCopyKey


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
class CopyUse:
    """What came of the copy of the notes beside a backup."""

    used: bool
    saved_at: int | None = None
    """When it was made, unix seconds."""
    notes: int = 0
    """Notes in it that the backup lacks."""
    trouble: str = ""
    """Why it was not used, in a sentence; empty where there was none."""


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
    copy: CopyUse = CopyUse(False)
    """The copy of the notes that lay beside it."""


class BackupService:
    """Writes and reads backup files."""

    def __init__(
        self,
        notes: NotesService,
        accounts: AccountService,
        format_: BackupFormat,
        copies: CopyFormat,
        make_copy_key: MakeCopyKey,
        clock: Now,
    ) -> None:
        self._notes = notes
        self._accounts = accounts
        self._format = format_
        self._copies = copies
        self._make_copy_key = make_copy_key
        self._clock = clock

    async def write(self, passphrase: str, *, with_accounts: bool = True) -> Backup:
        """The secret, all notes, and the keys of the accounts that own notes or requests.

        The notes count as backed up only when `saved` is told. Raises NotFound without a secret,
        VaultLocked, StorageError, InvalidInput for a short passphrase.
        """
        secret, books = await self._notes.everything()
        accounts, left_out = await owners_of(self._accounts, books) if with_accounts else ([], [])
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
        await asyncio.to_thread(self._accounts.mark_secret_backed_up)

    async def restore(
        self,
        raw: bytes,
        passphrase: str,
        *,
        copy: bytes | None = None,
        trust_counters: bool = False,
    ) -> Restored:
        """Bring back secret, notes and accounts, merging with what is here. `copy` is what lay
        beside it; one that cannot be used is told and does no harm.

        No counter falls and nothing that is known here is undone. Notes of the backup are unchecked
        until the chain was looked at, and count as backed up since the file was made. Counters far
        beyond all that is known are refused, as later notes could not be recovered, unless its
        owner trusts them. Raises InvalidInput, WrongPassphrase, UnsafeSpend for another secret,
        NotFound without a vault, VaultLocked, StorageError.
        """
        contents = await asyncio.to_thread(self._format.read, raw, passphrase)
        secret = bytes.fromhex(contents.secret)
        beside, use = await asyncio.to_thread(self._beside, copy, secret, contents)
        books, accounts = self._as_saved(contents), contents.accounts
        if beside is not None:
            try:
                with_copy = self._together(contents, beside)
                back = await self._notes.bring_back(
                    secret, contents.secret_made, with_copy, trust_counters
                )
                accounts = all_accounts(beside.accounts, accounts)
            except CountersFar as error:
                raise with_the_copy(error) from None
            except InvalidInput as error:  # what is wrong with the backup is told by itself
                use, beside = CopyUse(False, trouble=error.detail), None
        if beside is None:
            back = await self._notes.bring_back(secret, contents.secret_made, books, trust_counters)
        brought, trouble = [], []
        for one in accounts:
            try:
                if await self._bring(one):
                    brought.append(one.label)
            except AppError as error:
                trouble.append(f"{one.label} ({address_form(one.address)}): {error.detail}")
        notes = sum(len(book.notes) for book in contents.books)
        return Restored(back, notes, contents.saved_at, tuple(brought), tuple(trouble), use)

    def _beside(
        self, raw: bytes | None, secret: bytes, contents: BackupContents
    ) -> tuple[CopyContents | None, CopyUse]:
        """What the copy has. Blocks."""
        if raw is None:
            return None, CopyUse(False)
        try:
            found = self._copies.read(raw, self._make_copy_key(secret))
        except InvalidInput as error:
            return None, CopyUse(False, trouble=error.detail)
        known = {one.id for book in contents.books for one in book.notes}
        notes = [one for book in found.books for one in book.notes if one.id not in known]
        return found, CopyUse(True, found.saved_at, len(notes))

    def _together(self, contents: BackupContents, beside: CopyContents) -> tuple[MistBook, ...]:
        """Backup and copy: the words of the newer one count. Raises InvalidInput."""
        now = self._clock()
        copied = tuple(
            again(one, backed_up=None if one.backed_up is None else min(one.backed_up, now))
            for one in beside.books
        )
        saved = self._as_saved(contents)
        if beside.saved_at < contents.saved_at:
            return both(saved, copied)
        return both(copied, saved)

    def _as_saved(self, contents: BackupContents) -> tuple[MistBook, ...]:
        """The books of a file: all of their notes are in a backup, this one. Whatever its clock
        said, it was not made later than now."""
        at = min(contents.saved_at, self._clock())
        return tuple(
            again(book, backed_up=at, backed_up_notes=tuple(one.id for one in book.notes))
            for book in contents.books
        )

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


def with_the_copy(error: CountersFar) -> CountersFar:
    """Both were looked at together."""
    says = error.detail.replace("This backup says", "This backup, or the copy beside it, says")
    return CountersFar(says, hint=f"{error.hint}. To leave out the copy: --no-copy")


async def owners_of(
    accounts: AccountService, books: tuple[MistBook, ...]
) -> tuple[list[BackedUpAccount], list[str]]:
    """The accounts that own notes or requests, with their keys; and of those whose key is not
    here a sentence each. Raises VaultLocked."""
    owners = {one.owner for book in books for one in book.notes}
    owners |= {one.owner for book in books for one in book.requests}
    found: list[BackedUpAccount] = []
    for account in accounts.listing():
        if account.address not in owners or account.watch_only or account.kind is None:
            continue
        found.append(
            BackedUpAccount(
                network=account.network,
                label=account.label,
                kind=account.kind,
                address=account.address,
                private_key=await accounts.private_key(account),
            )
        )
    missing = owners - {one.address for one in found}
    return found, [
        f"{address_form(one)} owns notes; its key is not here." for one in sorted(missing)
    ]

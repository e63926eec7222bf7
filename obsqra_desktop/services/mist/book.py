"""The secret of private money, its books, and indices that are given out once.

The secret lies in the vault and is made at the first use. Each counter is kept twice, in the vault
and in the book: if one of the two is lost or comes back from an older copy, the other still knows
which indices were given out. A claiming key that is used twice loses money.
"""

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

from obsqra_desktop.domain.chain_types import VaultMethod
from obsqra_desktop.domain.errors import NotFound, StorageError
from obsqra_desktop.domain.felt import short_string
from obsqra_desktop.domain.mist.book import again
from obsqra_desktop.domain.mist.errors import UnsafeSpend
from obsqra_desktop.domain.mist.fields import MAX_INDEX
from obsqra_desktop.domain.mist.held_notes import MAX_ACCOUNTS, MistBook
from obsqra_desktop.domain.mist.keys import PoolKeys, place_of
from obsqra_desktop.domain.mist.merge import ensure_plausible, merged
from obsqra_desktop.domain.network import Network
from obsqra_desktop.services.chain_ports import Now, Vault
from obsqra_desktop.services.mist_ports import MakeKeys, MistBooks
from obsqra_desktop.services.ports import RandomBytes

ENTRY: Final = "mist/secret"
"""Its name in the vault."""
MADE: Final = "mist/secret-made"
"""Where the vault keeps when it was made."""
EARLIER: Final = 7 * 24 * 3600
"""Seconds before the secret was made at which its history begins: clocks differ, and a node should
not learn the day."""
SECRET_BYTES: Final = 32
LIMITS: Final = {"index": MAX_INDEX, "account": MAX_ACCOUNTS}
COUNTER_BYTES: Final = 8
T = TypeVar("T")


async def nobody() -> None:
    """Follows nothing."""


class NotesService:
    """All books under one secret. The calls wait for the disk in a thread."""

    def __init__(
        self,
        vault: Vault,
        books: MistBooks,
        make_keys: MakeKeys,
        random_bytes: RandomBytes,
        clock: Now,
    ) -> None:
        self._vault = vault
        self._books = books
        self._make_keys = make_keys
        self._random_bytes = random_bytes
        self._clock = clock
        self._follow: Callable[[], Awaitable[None]] = nobody

    def tell(self, follow: Callable[[], Awaitable[None]]) -> None:
        """Who is awaited after each write of a book, before the caller goes on; it raises
        nothing."""
        self._follow = follow

    async def keys(self, network: Network, pool: int, *, create: bool = False) -> PoolKeys:
        """The keys for a pool. Raises VaultLocked, NotFound without a secret (or a vault).

        With `create` the secret is made if there is none: only where something is about to be
        received or deposited. Raises StorageError if books are here whose secret is lost,
        UnsafeSpend if the vault is only in memory.
        """
        chain_id = short_string(network.chain_id)

        def get() -> PoolKeys:
            return self._make_keys(self._secret(create), chain_id, pool)

        return await asyncio.to_thread(get)

    async def load(self, keys: PoolKeys) -> MistBook:
        """The book as it is; raises StorageError."""
        return await asyncio.to_thread(self._load, keys)

    async def change(self, keys: PoolKeys, step: Callable[[MistBook], MistBook]) -> MistBook:
        """Read, change and save as one step; `step` is pure. What is on the disk afterwards."""

        def work() -> MistBook:
            with self._books.held():
                book = step(self._load(keys))
                self._raise_to(keys, book)
                self._books.save(place_of(keys), book)
                return book

        return await self._written(work)

    async def take(self, keys: PoolKeys, count: int) -> int:
        """The first of `count` fresh indices: raised on the disk, twice, before this returns."""

        def work() -> int:
            with self._books.held():
                known = self._counter(keys, "index")
                first = max(known, self._books.load(place_of(keys)).next_index)
                refuse_beyond(first + count, MAX_INDEX)
                self._raise(keys, "index", first + count)
                return self._books.take(place_of(keys), count, first)

        return await self._written(work)

    async def take_account(self, keys: PoolKeys) -> int:
        """The same for one fresh account."""

        def work() -> int:
            with self._books.held():
                known = self._counter(keys, "account")
                first = max(known, self._books.load(place_of(keys)).next_account)
                refuse_beyond(first + 1, MAX_ACCOUNTS)
                self._raise(keys, "account", first + 1)
                return self._books.take_account(place_of(keys), first)

        return await self._written(work)

    # --- losing and bringing back ---

    async def secret_made(self) -> int | None:
        """When the secret was made, unix seconds; None is unknown."""
        return await asyncio.to_thread(self._made)

    async def doubt_clock(self, chain_time: int) -> int | None:
        """When the secret was made, as far as that can be: a time that the chain is far from came
        from a clock that was wrong, so it is kept as 0. None is unknown."""

        def work() -> int | None:
            made = self._made()
            if made is None or made - EARLIER <= chain_time:
                return made
            with self._books.held():
                self._vault.put(MADE, (0).to_bytes(COUNTER_BYTES, "big"))
            return 0

        return await asyncio.to_thread(work)

    async def everything(self) -> tuple[bytes, tuple[MistBook, ...]]:
        """The secret and all books under it, for a backup. Raises NotFound, VaultLocked,
        StorageError if a book cannot be read: then it would be missing without a word."""

        def work() -> tuple[bytes, tuple[MistBook, ...]]:
            secret = self._secret(create=False)
            with self._books.held():
                places = self._books.places()
                return secret, tuple(self._load(self._make_keys(secret, *one)) for one in places)

        return await asyncio.to_thread(work)

    async def mark_backed_up(self, books: tuple[MistBook, ...], at: int) -> None:
        """These notes are in a backup that was saved."""
        for saved in books:
            keys = await asyncio.to_thread(self._keys_for, saved)
            ids = tuple(one.id for one in saved.notes)

            def step(book: MistBook, ids: tuple[str, ...] = ids) -> MistBook:
                return again(book, backed_up=at, backed_up_notes=ids)

            await self.change(keys, step)

    async def bring_back(
        self,
        secret: bytes,
        made: int | None,
        books: tuple[MistBook, ...],
        trust_counters: bool = False,
    ) -> tuple[MistBook, ...]:
        """Put a secret and its books in; what is here already is merged, no counter falls.

        Counters come first and the books last, so that a run that was broken off can be repeated.
        Raises UnsafeSpend if another secret is in use here or the vault is only in memory,
        VaultLocked, StorageError, InvalidInput, also for counters that nothing bears out unless
        they are to be trusted.
        """

        def work() -> tuple[MistBook, ...]:
            self._vault.unlock()
            with self._books.held():
                self._refuse_memory()
                self._refuse_another(secret)
                merges = []
                for theirs in books:
                    keys = self._make_keys(secret, theirs.chain_id, theirs.pool)
                    mine = self._load(keys)
                    if not trust_counters:
                        ensure_plausible(mine, theirs)
                    merges.append((keys, merged(mine, theirs)))
                for keys, book in merges:
                    self._raise_to(keys, book)
                if made is not None:
                    self._vault.put(MADE, made.to_bytes(COUNTER_BYTES, "big"))
                self._vault.put(ENTRY, secret)
                for keys, book in merges:
                    self._books.save(place_of(keys), book)
                return tuple(book for _, book in merges)

        return await self._written(work)

    async def _written(self, work: Callable[[], T]) -> T:
        """In a thread; then whoever follows what is written."""
        done = await asyncio.to_thread(work)
        await self._follow()
        return done

    # --- inside; all of it blocks ---

    def _keys_for(self, book: MistBook) -> PoolKeys:
        return self._make_keys(self._secret(create=False), book.chain_id, book.pool)

    def _made(self) -> int | None:
        self._vault.unlock()
        try:
            return int.from_bytes(self._vault.get(MADE), "big")
        except NotFound:
            return None

    def _refuse_memory(self) -> None:
        if self._vault.state().method is VaultMethod.MEMORY:
            raise UnsafeSpend(
                "The keys here are only in memory: with them the money would be lost when the "
                "program closes. Nothing was made or sent.",
                hint="Protect the keys by the keyring or a passphrase first (Account page).",
            )

    def _refuse_another(self, secret: bytes) -> None:
        """One that was made here and never used may go."""
        try:
            here = self._vault.get(ENTRY)
        except NotFound:
            return
        if not hmac.compare_digest(here, secret) and self._books.places():
            raise UnsafeSpend(
                "Another secret of private money is in use in this data folder; both cannot be "
                "here. Nothing was changed.",
                hint="Restore into an empty data folder: --data-dir.",
            )

    def _secret(self, create: bool) -> bytes:
        self._vault.unlock()  # a keyring opens by itself; a passphrase must have been typed
        try:
            return self._vault.get(ENTRY)
        except NotFound:
            if not create:
                raise NotFound(
                    "There is no private money here yet.",
                    hint="Deposit, make a payment request, or bring back a backup.",
                ) from None
        with self._books.held():
            try:
                return self._vault.get(ENTRY)  # another window may have made it meanwhile
            except NotFound:
                pass
            self._refuse_memory()
            if self._books.places():
                raise StorageError(
                    "The vault does not have the secret of the notes books in this folder. "
                    "Nothing was made or sent; the books were left as they are.",
                    hint="Bring back the backup: obsqra mist restore. Or use another data folder.",
                )
            secret = self._random_bytes(SECRET_BYTES)
            self._vault.put(MADE, self._clock().to_bytes(COUNTER_BYTES, "big"))
            self._vault.put(ENTRY, secret)
            return secret

    def _load(self, keys: PoolKeys) -> MistBook:
        """With the vault's counters where those are higher: the book was lost or is an old copy."""
        book = self._books.load(place_of(keys))
        index, account = self._counter(keys, "index"), self._counter(keys, "account")
        return book.model_copy(
            update={
                "next_index": max(book.next_index, index),
                "next_account": max(book.next_account, account),
            }
        )

    def _counter(self, keys: PoolKeys, what: str) -> int:
        self._vault.unlock()
        try:
            raw = self._vault.get(counter_name(keys, what))
        except NotFound:
            return 0
        value = int.from_bytes(raw, "big")
        if value > LIMITS[what]:
            raise StorageError(
                "A counter of private keys in the vault is larger than there can be keys: it is "
                "damaged. Nothing was made or sent; it was left as it is.",
                hint="Bring the vault's file back from a copy, or restore the backup of private "
                "money into a new data folder: --data-dir",
            )
        return value

    def _raise_to(self, keys: PoolKeys, book: MistBook) -> None:
        """The vault's counters are never below the book's."""
        for what, value in (("index", book.next_index), ("account", book.next_account)):
            if value > self._counter(keys, what):
                self._raise(keys, what, value)

    def _raise(self, keys: PoolKeys, what: str, value: int) -> None:
        self._vault.put(counter_name(keys, what), value.to_bytes(COUNTER_BYTES, "big"))


def refuse_beyond(count: int, limit: int) -> None:
    """Raises StorageError before the last key of all would be given out."""
    if count > limit:
        raise StorageError(
            "All keys that this secret may have for this pool are used. Nothing was made or sent.",
            hint="Withdraw what is left, and go on with a new data folder.",
        )


def counter_name(keys: PoolKeys, what: str) -> str:
    """Accounts are counted for the chain, as their keys are; indices for the pool."""
    if what == "account":
        return f"mist/next-account/{keys.chain_id:x}"
    return f"mist/next-index/{keys.chain_id:x}/{keys.pool:x}"

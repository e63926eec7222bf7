"""The secret of private money, its books, and indices that are given out once.

The secret lies in the vault and is made at the first use. Each counter is kept twice, in the vault
and in the book: if one of the two is lost or comes back from an older copy, the other still knows
which indices were given out. A claiming key that is used twice loses money.
"""

import asyncio
from collections.abc import Callable
from typing import Final

from obsqra_desktop.domain.chain_types import VaultMethod
from obsqra_desktop.domain.errors import NotFound, StorageError
from obsqra_desktop.domain.felt import short_string
from obsqra_desktop.domain.mist_errors import UnsafeSpend
from obsqra_desktop.domain.mist_notes import MistBook, PoolKeys, place_of
from obsqra_desktop.domain.network import Network
from obsqra_desktop.services.chain_ports import Vault
from obsqra_desktop.services.mist_ports import MakeKeys, MistBooks
from obsqra_desktop.services.ports import RandomBytes

ENTRY: Final = "mist/secret"
"""Its name in the vault."""
SECRET_BYTES: Final = 32
COUNTER_BYTES: Final = 8


class NotesService:
    """All books under one secret. The calls wait for the disk in a thread."""

    def __init__(
        self, vault: Vault, books: MistBooks, make_keys: MakeKeys, random_bytes: RandomBytes
    ) -> None:
        self._vault = vault
        self._books = books
        self._make_keys = make_keys
        self._random_bytes = random_bytes

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
                self._books.save(place_of(keys), book)
                return book

        return await asyncio.to_thread(work)

    async def take(self, keys: PoolKeys, count: int) -> int:
        """The first of `count` fresh indices: raised on the disk, twice, before this returns."""

        def work() -> int:
            with self._books.held():
                known = self._counter(keys, "index")
                first = max(known, self._books.load(place_of(keys)).next_index)
                self._raise(keys, "index", first + count)
                return self._books.take(place_of(keys), count, first)

        return await asyncio.to_thread(work)

    async def take_account(self, keys: PoolKeys) -> int:
        """The same for one fresh account."""

        def work() -> int:
            with self._books.held():
                known = self._counter(keys, "account")
                first = max(known, self._books.load(place_of(keys)).next_account)
                self._raise(keys, "account", first + 1)
                return self._books.take_account(place_of(keys), first)

        return await asyncio.to_thread(work)

    # --- inside; all of it blocks ---

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
            if self._vault.state().method is VaultMethod.MEMORY:
                raise UnsafeSpend(
                    "The keys here are only in memory: with them the money would be lost when the "
                    "program closes. Nothing was made or sent.",
                    hint="Protect the keys by the keyring or a passphrase first (Account page).",
                )
            if self._books.places():
                raise StorageError(
                    "The vault does not have the secret of the notes books in this folder. "
                    "Nothing was made or sent; the books were left as they are.",
                    hint="Bring back the backup: obsqra mist restore. Or use another data folder.",
                )
            secret = self._random_bytes(SECRET_BYTES)
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
        return int.from_bytes(raw, "big")

    def _raise(self, keys: PoolKeys, what: str, value: int) -> None:
        self._vault.put(counter_name(keys, what), value.to_bytes(COUNTER_BYTES, "big"))


def counter_name(keys: PoolKeys, what: str) -> str:
    """Accounts are counted for the chain, as their keys are; indices for the pool."""
    if what == "account":
        return f"mist/next-account/{keys.chain_id:x}"
    return f"mist/next-index/{keys.chain_id:x}/{keys.pool:x}"

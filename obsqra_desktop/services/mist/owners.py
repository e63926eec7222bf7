"""Accounts that may own notes: all of the network, and the fresh ones that the secret gives."""

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from typing import Final

from obsqra_desktop.domain.accounts import Account, AccountKind
from obsqra_desktop.domain.mist.keys import PoolKeys
from obsqra_desktop.domain.network import Network
from obsqra_desktop.services.chain_ports import Crypto

GAP: Final = 20
"""Fresh accounts after the newest one that are looked for."""


class Owners:
    """Addresses are computed here; nobody is asked about them."""

    def __init__(self, crypto: Crypto, accounts: Callable[[str], tuple[Account, ...]]) -> None:
        """`accounts` gives those of a network by its id."""
        self._crypto = crypto
        self._accounts = accounts
        self._known: dict[str, int] = {}
        """Digest of a private key to its address: each takes some milliseconds."""

    async def of(
        self, network: Network, keys: PoolKeys, next_account: int
    ) -> Mapping[int, int | None]:
        """Address to the index of a fresh account, None for one that was made otherwise."""
        return await asyncio.to_thread(self._of, network, keys, next_account)

    def _of(self, network: Network, keys: PoolKeys, next_account: int) -> dict[int, int | None]:
        found: dict[int, int | None] = {one.address: None for one in self._accounts(network.id)}
        for index in range(next_account + GAP):
            found[self._fresh(keys.account_key(index))] = index
        return found

    def _fresh(self, private_key: int) -> int:
        """As AccountService makes it: OpenZeppelin's class, the public key as salt."""
        name = hashlib.sha256(private_key.to_bytes(32, "big")).hexdigest()
        if name not in self._known:
            public = self._crypto.public_key(private_key)
            kind = AccountKind.OPENZEPPELIN
            self._known[name] = self._crypto.account_address(kind, public, public)
        return self._known[name]

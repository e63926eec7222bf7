"""AccountService with its real vault, key files, store and curve, over a chain in memory."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from obsqra_desktop.chain.crypto import StarkCrypto
from obsqra_desktop.domain.accounts import CLASS_HASHES, AccountKind
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_types import Block
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.network import Network
from obsqra_desktop.domain.transaction import Head
from obsqra_desktop.services.accounts import AccountService
from obsqra_desktop.services.networks import CurrentNetworks, NetworkService
from obsqra_desktop.storage.accounts import AccountsFolder
from obsqra_desktop.storage.keystore import KeystoreFormat
from obsqra_desktop.storage.lock import FolderLock
from obsqra_desktop.storage.networks import NetworksFile
from obsqra_desktop.storage.vault import FileVault
from tests.storage.vaults import vault_in


@dataclass
class Contract:
    """An account contract as the chain shows it."""

    kind: AccountKind
    public_key: int
    guardian: int = 0


@dataclass
class AccountsChain:
    """Stands for a chain of which only accounts are asked; `error` for one that is out of reach."""

    contracts: dict[int, Contract] = field(default_factory=dict)
    balances: dict[int, int] = field(default_factory=dict)
    classes: set[int] = field(default_factory=lambda: set(CLASS_HASHES.values()))
    error: AppError | None = None
    asked: int = 0

    node = "model:1"

    @asynccontextmanager
    async def open(self, network: Network, purpose: str) -> AsyncIterator["AccountsChain"]:
        self.asked += 1
        if self.error is not None:
            raise self.error
        yield self

    async def head(self) -> Head:
        return Head(
            number=self.asked,
            timestamp=1_000,
            hash=1,
            starknet_version="0.14.4",
            l1_gas_price=1,
            l1_data_gas_price=1,
            l2_gas_price=1,
        )

    async def class_known(self, class_hash: int) -> bool:
        return class_hash in self.classes

    async def class_hash_at(self, address: int) -> int | None:
        found = self.contracts.get(address)
        return CLASS_HASHES[found.kind] if found else None

    async def nonce(self, address: int, block: Block) -> int:
        return int(address in self.contracts)

    async def call(
        self, to: int, entry_point: str, calldata: tuple[int, ...], block: Block = Block.LATEST
    ) -> tuple[int, ...]:
        if entry_point == "balanceOf":
            return (self.balances.get(calldata[0], 0) if to == STRK.address else 0, 0)
        contract = self.contracts[to]
        names = {
            AccountKind.OPENZEPPELIN: {"get_public_key": contract.public_key},
            AccountKind.READY: {
                "get_owner": contract.public_key,
                "get_guardian": contract.guardian,
            },
        }
        return (names[contract.kind][entry_point],)


@dataclass
class Parts:
    """The service and what is under it."""

    service: AccountService
    vault: FileVault
    store: AccountsFolder
    chain: AccountsChain


def parts_in(data_dir: Path, keystores: Any = None) -> Parts:
    """As a program that has just been started has them; key files cost next to nothing here."""
    lock = FolderLock(data_dir / "lock", patience=30)
    chain, vault, store = AccountsChain(), vault_in(data_dir), AccountsFolder(data_dir, lock)
    current = CurrentNetworks(NetworksFile(data_dir, lock))
    ids = itertools.count(len(store.load().accounts) + 1)

    service = AccountService(
        networks=NetworkService(current, cast("Any", chain), cast("Any", None)),
        chain=cast("Any", chain),
        crypto=StarkCrypto(),
        vault=vault,
        keystores=keystores or KeystoreFormat(rounds=2),
        store=store,
        clock=lambda: 1_000,
        random_bytes=lambda count: next(ids).to_bytes(count, "big"),
    )
    return Parts(service, vault, store, chain)

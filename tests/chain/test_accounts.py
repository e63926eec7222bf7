"""Accounts of both kinds on a real node: made, funded, deployed, paid from, imported."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import pytest

from obsqra_desktop.chain.crypto import StarkCrypto
from obsqra_desktop.domain.accounts import CLASS_HASHES, Account, AccountKind
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_errors import NotEnough, PracticeChainDown
from obsqra_desktop.domain.chain_types import (
    PracticeState,
    PracticeStatus,
    VaultMethod,
)
from obsqra_desktop.domain.errors import AppError, InvalidInput
from obsqra_desktop.domain.journal import TxState
from obsqra_desktop.services.accounts import AccountService
from obsqra_desktop.services.networks import CurrentNetworks, NetworkService
from obsqra_desktop.services.plans import Plan
from obsqra_desktop.services.sending import SendingService
from obsqra_desktop.storage.accounts import AccountsFolder
from obsqra_desktop.storage.journal import SpendingFile, TransactionFolder
from obsqra_desktop.storage.keystore import KeystoreFormat
from obsqra_desktop.storage.lock import FolderLock
from obsqra_desktop.storage.networks import NetworksFile
from tests.chain.making import chain_of
from tests.chain.pipeline import ADDRESS, KEY, practice
from tests.devnet import Devnet
from tests.storage.vaults import OTHER, PASSPHRASE, vault_in

pytestmark = pytest.mark.loopback

KINDS = list(AccountKind)
FUNDS = 5 * 10**18


class Running:
    """Stands for the practice chain's process: the tests' devnet is it, once `url` is set."""

    def __init__(self, url: str | None) -> None:
        self.url = url

    async def status(self) -> PracticeStatus:
        state = PracticeState.UP if self.url else PracticeState.DOWN
        return PracticeStatus(state, self.url, None, None, "A devnet of the tests.")


@dataclass
class Desk:
    """One program with its data folder."""

    accounts: AccountService
    sending: SendingService

    async def sent(self, plan: Plan) -> TxState:
        """Confirmed, sent and followed to its end."""
        record = await self.sending.send(plan)
        return (await self.sending.track(record.id)).state

    async def in_use(self, kind: AccountKind, devnet: Devnet) -> Account:
        """A new account, funded and deployed."""
        account = await self.accounts.new(kind, kind.value, "practice")
        await asyncio.to_thread(devnet.mint, account.address, FUNDS)
        assert await self.sent(await self.sending.plan_deploy(account)) is TxState.ACCEPTED_L2
        return (await self.accounts.holdings(account)).account


@asynccontextmanager
async def desk(folder: Path, url: str | None) -> AsyncIterator[Desk]:
    """Everything real but the keyring and the process of the practice chain."""
    lock, chain, crypto = (
        FolderLock(folder / "lock"),
        chain_of(practice("http://127.0.0.1:1")),
        StarkCrypto(),
    )
    current = CurrentNetworks(NetworksFile(folder, lock))
    networks = NetworkService(current, chain, cast("Any", Running(url)))
    vault = vault_in(folder)
    if not (folder / "vault.json").exists():
        vault.create(VaultMethod.PASSPHRASE, PASSPHRASE)
    else:
        vault.unlock(PASSPHRASE)
    store = AccountsFolder(folder, lock)
    accounts = AccountService(
        networks,
        chain,
        crypto,
        vault,
        KeystoreFormat(rounds=1024),
        store,
        lambda: 1_000,
        secrets.token_bytes,
    )
    sending = SendingService(
        networks,
        chain,
        crypto,
        accounts,
        TransactionFolder(folder, lock),
        SpendingFile(folder, lock),
        secrets.token_bytes,
    )
    try:
        yield Desk(accounts, sending)
    finally:
        await chain.close()


@pytest.mark.parametrize("kind", KINDS)
def test_from_nothing_to_a_payment(devnet: Devnet, data_dir: Path, kind: AccountKind) -> None:
    async def work() -> None:
        async with desk(data_dir, devnet.url) as one:
            account = await one.accounts.new(kind, "mine", "practice")
            empty = await one.accounts.holdings(account)
            assert (empty.of(STRK), empty.deployed, empty.nonce) == (0, False, 0)
            with pytest.raises(NotEnough):
                await one.sending.plan_deploy(account)

            needed = await one.sending.highest_deploy_fee(account)
            assert 0 < needed < FUNDS
            devnet.mint(account.address, FUNDS)
            assert (await one.accounts.holdings(account)).of(STRK) == FUNDS

            assert await one.sent(await one.sending.plan_deploy(account)) is TxState.ACCEPTED_L2
            after = await one.accounts.holdings(account)
            assert (after.deployed, after.nonce) == (True, 1)
            assert FUNDS - needed <= after.of(STRK) < FUNDS
            account = after.account
            assert account.deployed

        # another program over the same folder
        async with desk(data_dir, devnet.url) as one:
            account = one.accounts.find("mine")
            to, amount = 0xC0FFEE00 + KINDS.index(kind), 12345
            plan = await one.sending.plan_transfer(account, to, STRK, amount)
            assert await one.sent(plan) is TxState.ACCEPTED_L2
            watched = await one.accounts.watch(to, "", "practice")
            assert (await one.accounts.holdings(watched)).of(STRK) == amount
            assert (await one.accounts.holdings(account)).nonce == 2
            with pytest.raises(AppError):  # it is there already
                await one.sending.plan_deploy(account)

    asyncio.run(work())


@pytest.mark.parametrize("kind", KINDS)
def test_imported_by_key_and_by_key_file(
    devnet: Devnet, data_dir: Path, tmp_path: Path, kind: AccountKind
) -> None:
    """Only the right key and the right kind are taken for an address; then it pays."""

    async def work() -> None:
        async with desk(data_dir, devnet.url) as one:
            account = await one.in_use(kind, devnet)
            key = await one.accounts.private_key(account)
            file = await one.accounts.backup(account, OTHER)
        other = next(found for found in KINDS if found is not kind)
        for way in ("key", "file"):
            async with desk(tmp_path / way, devnet.url) as two:
                imported = two.accounts.import_key
                for wrong in (
                    (key, other, "", "practice", account.address),
                    (key % 2**200 + 1, kind, "", "practice", account.address),
                    (key, kind, "", "practice", account.address + 1),
                    (key, kind, "", "practice", STRK.address),
                ):
                    with pytest.raises(InvalidInput):
                        await imported(*wrong)
                assert two.accounts.listing() == ()
                if way == "key":
                    found = await imported(key, kind, "", "practice", account.address)
                else:
                    found = await two.accounts.import_keystore(
                        file, OTHER, kind, "", "practice", account.address
                    )
                assert found.address == account.address
                holdings = await two.accounts.holdings(found)
                assert holdings.deployed
                plan = await two.sending.plan_transfer(holdings.account, 0xBEEF, STRK, 1)
                assert await two.sent(plan) is TxState.ACCEPTED_L2

    asyncio.run(work())


def test_imported_without_its_address(devnet: Devnet, data_dir: Path, tmp_path: Path) -> None:
    """The address follows from key and kind; it is the one that was deployed."""

    async def work() -> None:
        async with desk(data_dir, devnet.url) as one:
            account = await one.in_use(AccountKind.READY, devnet)
            key = await one.accounts.private_key(account)
        async with desk(tmp_path / "two", devnet.url) as two:
            found = await two.accounts.import_key(key, AccountKind.READY, "", "practice")
            assert found.address == account.address
            assert (await two.accounts.holdings(found)).of(STRK) > 0

    asyncio.run(work())


def test_a_devnets_own_account(devnet: Devnet, data_dir: Path) -> None:
    """Its first one is not deployed by this program: key and address are checked all the same."""

    async def work() -> None:
        async with desk(data_dir, devnet.url) as one:
            kind = AccountKind.OPENZEPPELIN
            found = await one.accounts.import_key(KEY, kind, "rich", "practice", ADDRESS)
            assert found.class_hash == CLASS_HASHES[kind]
            holdings = await one.accounts.holdings(found)
            assert holdings.deployed
            plan = await one.sending.plan_transfer(holdings.account, 0xBEEF, STRK, 7)
            assert await one.sent(plan) is TxState.ACCEPTED_L2

    asyncio.run(work())


def test_no_chain_is_running(data_dir: Path) -> None:
    """An account can be made, as nothing is sent; what it holds cannot be told."""

    async def work() -> None:
        async with desk(data_dir, None) as one:
            account = await one.accounts.new(AccountKind.OPENZEPPELIN, "", "practice")
            with pytest.raises(PracticeChainDown):
                await one.accounts.holdings(account)
            with pytest.raises(PracticeChainDown):
                await one.accounts.import_key(KEY, AccountKind.READY, "", "practice", ADDRESS)

    asyncio.run(work())

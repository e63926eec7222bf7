"""The wallet's services over a real data folder, with a chain and a practice process in memory.

Vault, key files, accounts, journal, address book, networks and curve are the real ones; what a
page asks a node is answered by the ledger, so that a page is at once in any state.
"""

import asyncio
import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from obsqra_desktop.app import Services, build_services
from obsqra_desktop.chain.connections import ConnectionRegister
from obsqra_desktop.chain.crypto import StarkCrypto
from obsqra_desktop.domain.accounts import CLASS_HASHES, Account, AccountKind
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_types import (
    Block,
    PracticeState,
    PracticeStatus,
    TxStatus,
    VaultMethod,
)
from obsqra_desktop.domain.contracts import UDC
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.journal import TxRecord, TxState
from obsqra_desktop.domain.network import (
    Connection,
    Health,
    Network,
    NodeReport,
    Route,
)
from obsqra_desktop.domain.transaction import (
    Declare,
    DeployAccount,
    FeeEstimate,
    Gas,
    Invoke,
    Receipt,
    Signed,
    Simulation,
)
from obsqra_desktop.services.accounts import AccountService
from obsqra_desktop.services.networks import CurrentNetworks, NetworkService
from obsqra_desktop.services.sending import SendingService
from obsqra_desktop.services.verifier_contract import VerifierContractService
from obsqra_desktop.storage.accounts import AccountsFolder
from obsqra_desktop.storage.journal import SpendingFile, TransactionFolder
from obsqra_desktop.storage.keystore import KeystoreFormat
from obsqra_desktop.storage.lock import FolderLock
from obsqra_desktop.storage.networks import ConnectionsFile, NetworksFile
from tests.parts import exchanged
from tests.services.model_chain import FEE, Ledger, ModelChain, ModelCrypto, ModelSession, moves
from tests.storage.vaults import vault_in

NOW = 1_790_000_000
PLAY = 1_000 * 10**18
FRIEND = "0x000000000000000000000000000000000000000000000000000000000000f00d"
PRACTICE_URL = "http://127.0.0.1:5050"


@dataclass
class Purse(Ledger):
    """A ledger that executes what comes at once, unless it `holds`; `reverts` with a reason."""

    deployed: dict[int, int] = field(default_factory=dict)
    holds: bool = False
    reverts: str | None = None
    failed: dict[int, str] = field(default_factory=dict)
    classes: set[int] = field(default_factory=lambda: set(CLASS_HASHES.values()))

    def take(self, signed: Signed) -> None:
        super().take(signed)
        if not self.holds:
            self.mine()

    def mine(self) -> None:
        self.block += 1
        self.time += 5
        for tx_hash, (signed, _) in list(self.waiting.items()):
            one = signed.transaction
            self.nonces[one.sender] = one.nonce + 1
            self.executed[tx_hash] = (signed, self.block)
            del self.waiting[tx_hash]
            self.balances[one.sender] -= FEE
            if isinstance(one, DeployAccount):
                self.deployed[one.sender] = one.class_hash
            elif isinstance(one, Declare):
                self.classes.add(one.class_hash)
            elif one.calls[0].to == UDC:
                class_hash, salt = one.calls[0].calldata[:2]
                address = StarkCrypto().contract_address(class_hash, (), salt)
                self.deployed[address] = class_hash
            elif self.reverts is not None:
                self.failed[tx_hash] = self.reverts
            else:
                for move in moves(one):
                    self.balances[move.sender] -= move.amount
                    self.balances[move.recipient] = (
                        self.balances.get(move.recipient, 0) + move.amount
                    )


class PurseChain(ModelChain):
    """Implements Chain; `error` is what every session meets, `health` what nodes are told to be."""

    ledger: Purse

    def __init__(self, ledger: Purse, register: ConnectionRegister) -> None:
        super().__init__(ledger)
        self.register = register
        self.error: AppError | None = None
        self.health: dict[str, tuple[Health, str]] = {}

    @asynccontextmanager
    async def open(self, network: Network, purpose: str) -> AsyncIterator["PurseSession"]:
        if self.error is not None:
            raise self.error
        yield PurseSession(self, network)

    async def check(self, network: Network) -> tuple[NodeReport, ...]:
        return self.last_reports(network)

    async def glance(self, network: Network) -> tuple[NodeReport, ...]:
        return self.last_reports(network)

    def last_reports(self, network: Network) -> tuple[NodeReport, ...]:
        return tuple(
            report(network, one.label, one.own, *self.health.get(one.label, UNASKED), self.ledger)
            for one in network.endpoints
        )

    def connections(self) -> tuple[Connection, ...]:
        return self.register.listing()

    def forget_connections(self) -> None:
        self.register.forget()

    async def close(self) -> None:
        return None


UNASKED = (Health.GOOD, "Answers as it should.")


def report(
    network: Network, label: str, own: bool, health: Health, detail: str, ledger: Ledger
) -> NodeReport:
    """What a preflight could have found."""
    local = label.startswith(("127.0.0.1", "localhost"))
    seen = health in {Health.GOOD, Health.SLOW, Health.BEHIND}
    return NodeReport(
        label=label,
        own=own,
        route=Route.LOCAL if local else Route.DIRECT,
        health=health,
        detail=detail,
        chain_id=network.chain_id if seen else None,
        spec_version="0.8.1" if seen else None,
        block_number=ledger.block if seen else None,
        block_timestamp=ledger.time if seen else None,
        archive=True if seen else None,
        milliseconds=12 if seen else None,
        checked_at=NOW if seen else None,
    )


class PurseSession(ModelSession):
    """Implements ChainSession."""

    node = "127.0.0.1:5050"
    ledger: Purse

    async def class_known(self, class_hash: int) -> bool:
        return class_hash in self.ledger.classes

    async def class_hash_at(self, address: int) -> int | None:
        return self.ledger.deployed.get(address)

    async def call(
        self, to: int, entry_point: str, calldata: tuple[int, ...], block: Block = Block.LATEST
    ) -> tuple[int, ...]:
        await self._wire()
        assert entry_point == "balanceOf"
        value = self.ledger.balances.get(calldata[0], 0) if to == STRK.address else 0
        return value % 2**128, value // 2**128

    async def simulate(
        self, transaction: Invoke | DeployAccount | Declare, query_signature: tuple[int, ...]
    ) -> Simulation:
        if isinstance(transaction, Invoke) and transaction.calls[0].to != UDC:
            return await super().simulate(transaction, query_signature)
        nothing = Gas(amount=0, price=self.ledger.price)
        gas = Gas(amount=1_000_000, price=self.ledger.price)
        fee = FeeEstimate(l1_gas=nothing, l1_data_gas=nothing, l2_gas=gas, overall=FEE)
        return Simulation(fee=fee, transfers=(), approvals=(), revert_reason=None)

    async def status(self, tx_hash: int) -> TxStatus | None:
        if tx_hash in self.ledger.failed:
            return TxStatus(TxState.REVERTED, self.ledger.failed[tx_hash])
        return await super().status(tx_hash)

    async def receipt(self, tx_hash: int) -> Receipt | None:
        if tx_hash not in self.ledger.executed:
            return None
        signed, block = self.ledger.executed[tx_hash]
        reason = self.ledger.failed.get(tx_hash)
        one = signed.transaction
        happened = isinstance(one, Invoke) and one.calls[0].to != UDC and reason is None
        return Receipt(
            hash=tx_hash,
            actual_fee=FEE,
            block_number=block,
            reverted=reason is not None,
            revert_reason=reason,
            transfers=tuple(moves(one)) if happened else (),
        )


class PurseCrypto(ModelCrypto):
    """The real curve for keys and addresses; signatures that only the ledger takes."""

    def __init__(self) -> None:
        real = StarkCrypto()
        self.new_private_key = real.new_private_key
        self.public_key = real.public_key
        self.account_address = real.account_address


class PurseProcess:
    """Implements PracticeChain; `error` is what starting it meets."""

    def __init__(self, ledger: Purse) -> None:
        self.ledger = ledger
        self.state = PracticeState.UP
        self.error: AppError | None = None
        self.resets = 0

    async def status(self) -> PracticeStatus:
        up = self.state is PracticeState.UP
        words = {
            PracticeState.UP: "It runs at 127.0.0.1:5050.",
            PracticeState.DOWN: "The practice chain is not running.",
            PracticeState.CRASHED: "The practice chain has ended by itself.",
            PracticeState.STARTING: "The practice chain is starting.",
        }[self.state]
        url, pid = (PRACTICE_URL, 4711) if up else (None, None)
        return PracticeStatus(self.state, url, pid, "0.10.1" if up else None, words)

    async def up(self) -> PracticeStatus:
        if self.error is not None:
            raise self.error
        self.state = PracticeState.UP
        return await self.status()

    async def down(self) -> PracticeStatus:
        self.state = PracticeState.DOWN
        return await self.status()

    async def reset(self) -> PracticeStatus:
        self.resets += 1
        return await self.up()

    async def faucet(self, address: int, token: int, amount: int) -> int:
        self.ledger.balances[address] = self.ledger.balances.get(address, 0) + amount
        return self.ledger.balances[address]


@dataclass
class Wallet:
    """The services and what is behind them; the methods bring them into a state."""

    services: Services
    ledger: Purse
    chain: PurseChain
    practice: PurseProcess

    async def account(
        self, name: str = "Savings", *, fund: int = PLAY, deployed: bool = True, saved: bool = True
    ) -> Account:
        """An account whose key is in a vault that lasts until the program closes."""
        accounts = self.services.accounts
        if accounts.vault_state().method is VaultMethod.NONE:
            await accounts.create_vault(VaultMethod.MEMORY)
        network = self.services.networks.network().id
        made = await accounts.new(AccountKind.OPENZEPPELIN, name, network)
        accounts.select(made)
        if saved:
            made = accounts.mark_backed_up(made)
        self.ledger.balances[made.address] = fund
        if deployed:
            self.ledger.deployed[made.address] = CLASS_HASHES[AccountKind.OPENZEPPELIN]
            made = (await accounts.holdings(made)).account
        return made

    async def pay(self, account: Account, amount: int, to: int = 0xF00D) -> TxRecord:
        """Send and follow, as far as the ledger lets it come."""
        sending = self.services.sending
        name = self.services.book.name_of(to) or ""
        plan = await sending.plan_transfer(account, to, STRK, amount, name)
        record = await sending.send(plan)
        return record if self.ledger.holds else await sending.track(record.id)


def wallet_in(data_dir: Path) -> Wallet:
    """With an empty folder: nothing made yet, the practice chain up."""
    base, lock = build_services(data_dir), FolderLock(data_dir / "lock", patience=30)
    ledger = Purse(time=NOW, balances={})
    current = CurrentNetworks(NetworksFile(data_dir, lock))
    register = ConnectionRegister(ConnectionsFile(data_dir, lock), lambda: NOW)
    chain, practice = PurseChain(ledger, register), PurseProcess(ledger)
    networks = NetworkService(current, cast("Any", chain), practice)
    crypto, ids = cast("Any", PurseCrypto()), itertools.count(1)

    def random_bytes(count: int) -> bytes:
        return (next(ids) * 0x10001).to_bytes(count, "big")

    async def pause(_seconds: float) -> None:
        await asyncio.sleep(0.01)

    accounts = AccountService(
        networks,
        cast("Any", chain),
        crypto,
        vault_in(data_dir),
        KeystoreFormat(rounds=2),
        AccountsFolder(data_dir, lock),
        lambda: NOW,
        random_bytes,
    )
    sending = SendingService(
        networks,
        cast("Any", chain),
        crypto,
        accounts,
        TransactionFolder(data_dir, lock),
        SpendingFile(data_dir, lock),
        random_bytes,
        pause,
        clock=lambda: NOW + 90,
    )
    services = exchanged(
        base,
        networks=networks,
        practice=practice,
        accounts=accounts,
        sending=sending,
        chain=chain,
        verifier_contract=VerifierContractService(
            networks, cast("Any", chain), base.onchain, sending, base.classes.facts
        ),
    )
    return Wallet(services, ledger, chain, practice)

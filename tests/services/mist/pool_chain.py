"""A chain in memory with MIST's pool and one token, which runs what is sent and reverts whole.

Rules of the pool: the author's Solidity port of the contract. Proofs are not checked: who is let in
without one is what the program's own guards are for. With a `log` its transactions outlive it.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from obsqra_desktop.domain.accounts import CLASS_HASHES, AccountKind
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_errors import NodeRefused
from obsqra_desktop.domain.chain_types import Block, TxStatus
from obsqra_desktop.domain.felt import selector
from obsqra_desktop.domain.journal import TxState
from obsqra_desktop.domain.mist.calls import spend_publics
from obsqra_desktop.domain.mist.pool import PoolIdentity
from obsqra_desktop.domain.network import Network
from obsqra_desktop.domain.transaction import (
    AnyTransaction,
    Approval,
    Call,
    FeeEstimate,
    Gas,
    Head,
    Invoke,
    Receipt,
    Signed,
    Simulation,
    Transfer,
)
from obsqra_desktop.privacy.calls import u256
from obsqra_desktop.proving.mist import NativeMistHash, NativeMistTree
from tests.services.mist.parts import POOL

PRICE, GAS = 10**9, 1_000_000
FEE = PRICE * GAS
IDENTITY = PoolIdentity(0xC1A55, 0x7E51F, 0x0E7, 0x7E51FC1A55)
digest, tree = NativeMistHash(), NativeMistTree()


@dataclass(frozen=True)
class Ledger:
    """All that transactions change."""

    leaves: tuple[int, ...] = ()
    roots: frozenset[int] = frozenset({0})
    assets: tuple[tuple[int, int], ...] = ()
    """Secret and amount of each deposit."""
    spent: frozenset[int] = frozenset()
    balances: tuple[tuple[int, int], ...] = ()
    nonces: tuple[tuple[int, int], ...] = ()

    def balance(self, address: int) -> int:
        return dict(self.balances).get(address, 0)

    def nonce(self, address: int) -> int:
        return dict(self.nonces).get(address, 0)

    def grown(self, *leaves: int) -> "Ledger":
        """Each leaf gives a root of its own, as in the contract."""
        ledger = self
        for leaf in leaves:
            now = (*ledger.leaves, leaf)
            ledger = replace(ledger, leaves=now, roots=ledger.roots | {tree.root(now)})
        return ledger

    def moved(self, move: Transfer) -> "Ledger":
        balances = dict(self.balances)
        left = balances.get(move.sender, 0) - move.amount
        if left < 0:
            raise ValueError("ERC20: insufficient balance")
        balances[move.sender] = left
        balances[move.recipient] = balances.get(move.recipient, 0) + move.amount
        return replace(self, balances=tuple(sorted(balances.items())))


@dataclass
class PoolChain:
    """Implements Chain and ChainSession for one node."""

    network: Network
    log: Path | None = None
    latest_root_only: bool = False
    """Whether the pool takes proofs on the newest root alone."""
    identity: PoolIdentity = IDENTITY
    root_said: int | None = None
    """What the node says of the root instead of the truth."""
    ledger: Ledger = field(default_factory=Ledger)
    done: dict[int, tuple[Signed, bool, tuple[Transfer, ...]]] = field(default_factory=dict)
    public: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Leaf, token and amount of each deposit of a stranger."""
    deployed: set[int] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    """Every question: entry points, methods, in their order."""
    arguments: set[int] = field(default_factory=set)
    """Every number in a read-only question."""
    simulated: list[Invoke] = field(default_factory=list)
    on_send: Callable[[], None] = lambda: None
    before_run: Callable[[], None] = lambda: None
    """Right before a transaction is run: what others put in front of it."""
    after_run: Callable[[], None] = lambda: None
    node: str = "127.0.0.1:1"

    def replay(self) -> None:
        """Run again what the log has, after those who sent it were given their money."""
        if self.log is not None and self.log.exists():
            for line in self.log.read_text().splitlines():
                self.run(Signed.model_validate_json(line))

    # --- what others do ---

    def stranger(
        self, amount: int = 10**18, secret: int | None = None, token: int = STRK.address
    ) -> int:
        """Somebody else's deposit; the leaf."""
        secret = secret or digest(len(self.ledger.leaves) + 1, 0xBAD)
        leaf = digest(secret, token, amount)
        self.public[leaf] = token, amount
        ledger = self.ledger.grown(leaf)
        self.ledger = replace(ledger, assets=(*ledger.assets, (secret, amount)))
        return leaf

    def give(self, address: int, amount: int) -> None:
        balances = {**dict(self.ledger.balances), address: amount}
        self.ledger = replace(self.ledger, balances=tuple(sorted(balances.items())))
        self.deployed.add(address)

    # --- running ---

    def call_runs(
        self, ledger: Ledger, sender: int, call: Call
    ) -> tuple[Ledger, list[Transfer], list[Approval]]:
        """One call; ValueError where the contract reverts."""
        felts = call.calldata
        if call.entry_point == "approve":
            return ledger, [], [approval(call.to, sender, felts[0], felts[1])]
        if call.entry_point == "transfer":
            move = Transfer(token=call.to, sender=sender, recipient=felts[0], amount=felts[1])
            return ledger.moved(move), [move], []
        if call.to != POOL:
            raise ValueError("no such contract")
        if call.entry_point == "deposit":
            secret, amount, token = felts[0] + (felts[1] << 128), felts[2], felts[4]
            if secret in dict(ledger.assets):
                raise ValueError("transaction already exists")
            move = Transfer(token=token, sender=sender, recipient=POOL, amount=amount)
            ledger = replace(
                ledger.moved(move).grown(digest(secret, token, amount)),
                assets=(*ledger.assets, (secret, amount)),
            )
            return ledger, [move], [approval(token, sender, POOL, 0)]
        if call.entry_point == "withdraw_no_zk":
            key, owner = felts[0] + (felts[1] << 128), felts[2]
            amount, token = felts[3], felts[5]
            leaf = digest(digest(key, owner), token, amount)
            if leaf not in ledger.leaves:
                raise ValueError("invalid merkle proof")
            nullifier = digest(digest(key + 1, owner), token, amount)
            return self.paid_out(ledger, nullifier, owner, token, amount)
        publics = spend_publics(call)
        if publics is None:
            raise ValueError("no such entry point")
        owner, auth, amount, token, to, root, nullifier, first, second, _ = publics
        if root not in ledger.roots or (self.latest_root_only and root != tree.root(ledger.leaves)):
            raise ValueError("invalid merkle root")
        if not auth and owner != sender:
            raise ValueError("only owner caller or zk auth")
        ledger, moves, none = self.paid_out(ledger, nullifier, to, token, amount)
        return ledger.grown(first, second), moves, none

    def paid_out(
        self, ledger: Ledger, nullifier: int, to: int, token: int, amount: int
    ) -> tuple[Ledger, list[Transfer], list[Approval]]:
        if nullifier in ledger.spent:
            raise ValueError("transaction is spent")
        ledger = replace(ledger, spent=ledger.spent | {nullifier})
        if not amount:
            return ledger, [], []
        move = Transfer(token=token, sender=POOL, recipient=to, amount=amount)
        return ledger.moved(move), [move], []

    def effects(
        self, transaction: AnyTransaction
    ) -> tuple[Ledger, tuple[Transfer, ...], tuple[Approval, ...], str | None]:
        assert isinstance(transaction, Invoke)
        ledger, moves, approvals = self.ledger, [], []
        try:
            for call in transaction.calls:
                ledger, more, granted = self.call_runs(ledger, transaction.sender, call)
                moves += more
                approvals += granted
        except ValueError as error:
            return self.ledger, (), (), str(error)
        return ledger, tuple(moves), tuple(approvals), None

    def run(self, signed: Signed) -> None:
        sender, nonce = signed.transaction.sender, signed.transaction.nonce
        assert self.ledger.nonce(sender) == nonce
        ledger, moves, _, reverted = self.effects(signed.transaction)
        nonces = {**dict(self.ledger.nonces), sender: nonce + 1}
        self.ledger = replace(ledger, nonces=tuple(sorted(nonces.items())))
        self.done[signed.hash] = signed, reverted is not None, moves

    # --- answering ---

    @asynccontextmanager
    async def open(self, network: Network, purpose: str) -> AsyncIterator["PoolChain"]:
        yield self

    async def close(self) -> None:
        return None

    async def cross_check(self, network: Network, node: str, address: int) -> str:
        return "second:1"

    async def head(self) -> Head:
        height = 100 + len(self.done)
        return Head(
            number=height,
            timestamp=1_000_000 + 5 * height,
            hash=height,
            starknet_version="0.14.4",
            l1_gas_price=PRICE,
            l1_data_gas_price=PRICE,
            l2_gas_price=PRICE,
        )

    async def nonce(self, address: int, block: Block) -> int:
        return self.ledger.nonce(address)

    async def class_known(self, class_hash: int) -> bool:
        return True

    async def class_hash_at(self, address: int) -> int | None:
        if address == POOL:
            return self.identity.class_hash
        if address == self.identity.verifier:
            return self.identity.verifier_class
        return CLASS_HASHES[AccountKind.OPENZEPPELIN] if address in self.deployed else None

    async def storage_at(self, address: int, key: int) -> int:
        return self.identity.verifier if (address, key) == (POOL, selector("verifier")) else 0

    async def long_call(
        self, to: int, entry_point: str, calldata: tuple[int, ...], block: Block = Block.LATEST
    ) -> tuple[int, ...]:
        return await self.call(to, entry_point, calldata, block)

    async def call(
        self, to: int, entry_point: str, calldata: tuple[int, ...], block: Block = Block.LATEST
    ) -> tuple[int, ...]:
        self.asked.append(entry_point)
        self.arguments.update(calldata)
        leaves = self.ledger.leaves
        match entry_point:
            case "balanceOf":
                return u256(self.ledger.balance(calldata[0]))
            case "tx_array":
                return (len(leaves), *(half for leaf in leaves for half in u256(leaf)))
            case "merkle_root":
                return u256(tree.root(leaves) if self.root_said is None else self.root_said)
            case "owner":
                return (self.identity.owner,)
            case "assets_from_secret":
                secret = calldata[0] + (calldata[1] << 128)
                amount = dict(self.ledger.assets).get(secret, 0)
                return (*u256(amount), STRK.address if amount else 0)
        raise NodeRefused("no such entry point", rpc_code=21)

    async def simulate(
        self, transaction: AnyTransaction, query_signature: tuple[int, ...]
    ) -> Simulation:
        assert isinstance(transaction, Invoke)
        assert query_signature[0] == -1, "only query signatures may be simulated"
        self.simulated.append(transaction)
        _, moves, approvals, reverted = self.effects(transaction)
        nothing = Gas(amount=0, price=PRICE)
        return Simulation(
            fee=FeeEstimate(
                l1_gas=nothing,
                l1_data_gas=nothing,
                l2_gas=Gas(amount=GAS, price=PRICE),
                overall=FEE,
            ),
            transfers=moves,
            approvals=approvals,
            revert_reason=reverted,
        )

    async def send(self, signed: Signed) -> int:
        self.on_send()
        if signed.hash in self.done:
            raise NodeRefused("It is there already.", rpc_code=59)
        if self.ledger.nonce(signed.transaction.sender) != signed.transaction.nonce:
            raise NodeRefused("The nonce is wrong.", rpc_code=52)
        self.before_run()  # nothing has arrived yet
        if self.log is not None:
            with self.log.open("a") as file:
                file.write(signed.model_dump_json() + "\n")
        self.run(signed)
        self.after_run()
        return signed.hash

    async def status(self, tx_hash: int) -> TxStatus | None:
        found = self.done.get(tx_hash)
        if found is None:
            return None
        return TxStatus(TxState.REVERTED if found[1] else TxState.ACCEPTED_L2)

    async def receipt(self, tx_hash: int) -> Receipt | None:
        found = self.done.get(tx_hash)
        if found is None:
            return None
        return Receipt(
            hash=tx_hash,
            actual_fee=FEE,
            block_number=101,
            reverted=found[1],
            revert_reason="reverted" if found[1] else None,
            transfers=found[2],
        )


def approval(token: int, owner: int, spender: int, amount: int) -> Approval:
    return Approval(token=token, owner=owner, spender=spender, amount=amount)

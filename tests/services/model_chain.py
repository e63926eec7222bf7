"""A chain in memory, with a mempool and nodes that lose, cut and lie. It stands for what no devnet
has: transactions that wait, vanish and come late. Curve and hashes are left out."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum, auto

from obsqra_desktop.domain.accounts import CLASS_HASHES, Account, AccountKind
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_errors import NodeRefused, NodeUnreachable
from obsqra_desktop.domain.chain_types import Block, TxStatus
from obsqra_desktop.domain.journal import TxState
from obsqra_desktop.domain.network import Endpoint, Network, NetworkKind
from obsqra_desktop.domain.transaction import (
    DeployAccount,
    FeeEstimate,
    Gas,
    Head,
    Invoke,
    Receipt,
    Signed,
    Simulation,
    Transfer,
)

TIME_TO_LIVE = 300
PRICE = 10**9
L2_GAS = 1_000_000
FEE = PRICE * L2_GAS
NETWORK = Network(
    id="model",
    name="Model",
    kind=NetworkKind.CUSTOM,
    chain_id="MODEL",
    endpoints=(Endpoint(url="http://127.0.0.1:1"),),
)
ACCOUNT = Account(
    id="0123456789ab",
    label="mine",
    network="model",
    address=0x1111,
    kind=AccountKind.OPENZEPPELIN,
    class_hash=CLASS_HASHES[AccountKind.OPENZEPPELIN],
    salt=7,
    public_key=7,
    created_at=0,
    deployed=True,
)


class Fault(Enum):
    """What happens to the next transaction that is sent."""

    NONE = auto()
    LOST = auto()
    """The node never gets it."""
    CUT = auto()
    """The node takes it, its answer is lost."""
    REFUSED = auto()
    """The node says no and means it."""
    REFUSED_YET_TAKEN = auto()
    """The node says no and passes it on."""
    STRANGE = auto()
    """An unknown error, and it was taken."""


@dataclass
class Ledger:
    """The chain's state."""

    time: int = 1_000_000
    block: int = 100
    nonces: dict[int, int] = field(default_factory=dict)
    balances: dict[int, int] = field(default_factory=lambda: {ACCOUNT.address: 10**24})
    waiting: dict[int, tuple[Signed, int]] = field(default_factory=dict)
    executed: dict[int, tuple[Signed, int]] = field(default_factory=dict)
    price: int = PRICE
    sent: list[int] = field(default_factory=list)

    def take(self, signed: Signed) -> None:
        self.waiting.setdefault(signed.hash, (signed, self.time))

    def mine(self) -> None:
        """A block: everything whose nonce is next is executed, the rest of that nonce dropped."""
        self.block += 1
        self.time += 5
        for tx_hash, (signed, _) in list(self.waiting.items()):
            sender, nonce = signed.transaction.sender, signed.transaction.nonce
            if nonce == self.nonces.get(sender, 0):
                self.nonces[sender] = nonce + 1
                self.executed[tx_hash] = (signed, self.block)
                for move in moves(signed.transaction):
                    self.balances[move.sender] = self.balances.get(move.sender, 0) - move.amount
                    self.balances[move.recipient] = (
                        self.balances.get(move.recipient, 0) + move.amount
                    )
                self.balances[sender] -= FEE
            if nonce < self.nonces.get(sender, 0):
                del self.waiting[tx_hash]

    def pass_time(self, seconds: int) -> None:
        """Blocks without these transactions; what waited too long is dropped."""
        self.time += seconds
        self.block += 1
        for tx_hash, (_, since) in list(self.waiting.items()):
            if self.time - since > TIME_TO_LIVE:
                del self.waiting[tx_hash]


def moves(transaction: Invoke | DeployAccount) -> list[Transfer]:
    assert isinstance(transaction, Invoke)
    return [
        Transfer(
            token=call.to,
            sender=transaction.sender,
            recipient=call.calldata[0],
            amount=call.calldata[1],
        )
        for call in transaction.calls
    ]


class ModelChain:
    """Implements Chain over a ledger; `fault` concerns the next send only."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.fault = Fault.NONE
        self.second_node: Exception | None = None
        self.extra: tuple[Transfer, ...] = ()
        self.on_call: Callable[[], None] | None = None

    @asynccontextmanager
    async def open(self, network: Network, purpose: str) -> AsyncIterator["ModelSession"]:
        yield ModelSession(self, network)

    async def cross_check(self, network: Network, node: str, address: int) -> str:
        if self.second_node:
            raise self.second_node
        return "second:1"


class ModelSession:
    """Implements ChainSession."""

    node = "127.0.0.1:1"

    def __init__(self, chain: ModelChain, network: Network) -> None:
        self.chain, self.network, self.ledger = chain, network, chain.ledger

    async def _wire(self) -> None:
        """Where a real session waits for the network."""
        if self.chain.on_call is not None:
            self.chain.on_call()
        await asyncio.sleep(0)

    async def head(self) -> Head:
        await self._wire()
        return Head(
            number=self.ledger.block,
            timestamp=self.ledger.time,
            hash=self.ledger.block,
            starknet_version="0.14.4",
            l1_gas_price=PRICE,
            l1_data_gas_price=PRICE,
            l2_gas_price=self.ledger.price,
        )

    async def nonce(self, address: int, block: Block) -> int:
        await self._wire()
        return self.ledger.nonces.get(address, 0)

    async def class_hash_at(self, address: int) -> int | None:
        await self._wire()
        return ACCOUNT.class_hash if address == ACCOUNT.address else None

    async def call(
        self, to: int, entry_point: str, calldata: tuple[int, ...], block: Block = Block.LATEST
    ) -> tuple[int, ...]:
        await self._wire()
        assert (to, entry_point) == (STRK.address, "balanceOf")
        value = self.ledger.balances.get(calldata[0], 0)
        return value % 2**128, value // 2**128

    async def simulate(
        self, transaction: Invoke | DeployAccount, query_signature: tuple[int, ...]
    ) -> Simulation:
        await self._wire()
        assert query_signature[0] == -1, "only query signatures may be simulated"
        nothing = Gas(amount=0, price=PRICE)
        return Simulation(
            fee=FeeEstimate(
                l1_gas=nothing,
                l1_data_gas=nothing,
                l2_gas=Gas(amount=L2_GAS, price=self.ledger.price),
                overall=L2_GAS * self.ledger.price,
            ),
            transfers=(*moves(transaction), *self.chain.extra),
            approvals=(),
            revert_reason=None,
        )

    async def send(self, signed: Signed) -> int:
        await self._wire()
        fault, self.chain.fault = self.chain.fault, Fault.NONE
        self.ledger.sent.append(signed.hash)
        nonce = self.ledger.nonces.get(signed.transaction.sender, 0)
        if signed.hash in self.ledger.waiting or signed.hash in self.ledger.executed:
            raise NodeRefused("It is there already.", rpc_code=59)
        if fault is Fault.LOST:
            raise NodeUnreachable("The connection broke.")
        if fault is Fault.REFUSED or nonce > signed.transaction.nonce:
            raise NodeRefused("The nonce is wrong.", rpc_code=52)
        self.ledger.take(signed)
        await self._wire()
        if fault is Fault.CUT:
            raise NodeUnreachable("The answer was cut.")
        if fault is Fault.REFUSED_YET_TAKEN:
            raise NodeRefused("No funds, it says.", rpc_code=54)
        if fault is Fault.STRANGE:
            raise NodeRefused("Something unexpected.", rpc_code=63)
        return signed.hash

    async def status(self, tx_hash: int) -> TxStatus | None:
        await self._wire()
        if tx_hash in self.ledger.executed:
            return TxStatus(TxState.ACCEPTED_L2)
        if tx_hash in self.ledger.waiting:
            return TxStatus(TxState.RECEIVED)
        return None

    async def receipt(self, tx_hash: int) -> Receipt | None:
        await self._wire()
        if tx_hash not in self.ledger.executed:
            return None
        signed, block = self.ledger.executed[tx_hash]
        return Receipt(
            hash=tx_hash,
            actual_fee=FEE,
            block_number=block,
            reverted=False,
            revert_reason=None,
            transfers=tuple(moves(signed.transaction)),
        )


class ModelNetworks:
    """Implements Networks."""

    network = NETWORK

    async def resolve(self, network_id: str | None = None) -> Network:
        return self.network


class ModelKeys:
    """Implements KeyHolder; counts how often a key was asked for."""

    def __init__(self) -> None:
        self.asked = 0

    async def private_key(self, account: Account) -> int:
        self.asked += 1
        return 42


class ModelCrypto:
    """Implements the parts of Crypto that sending uses; hashes are SHA-256 of the JSON."""

    def sign(self, transaction: Invoke | DeployAccount, chain_id: str, private_key: int) -> Signed:
        digest = hashlib.sha256(transaction.model_dump_json().encode()).digest()
        tx_hash = int.from_bytes(digest, "big") >> 8
        return Signed(
            transaction=transaction, chain_id=chain_id, hash=tx_hash, signature=(tx_hash, 1)
        )

    def sign_query(
        self, transaction: Invoke | DeployAccount, chain_id: str, private_key: int
    ) -> tuple[int, ...]:
        return (-1, -1)

"""A reference Chamber: the published semantics in plain Python, on a chain of blocks in memory.

It stands for MIST's contract where a test wants every question on record, or a chain that changes.
Semantics: the author's Solidity port of the contract (deposit, both calls without proof, handle_zkp
with root history and two outputs). Proofs are not checked here. Implements PoolWatches.
"""

import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from obsqra_desktop.domain.chain_errors import NodeRefused
from obsqra_desktop.domain.felt import selector
from obsqra_desktop.domain.mist.chain import ChainBlock, ChainTransaction, Moved
from obsqra_desktop.domain.mist.looks import BlockMark
from obsqra_desktop.domain.mist.note import FieldHash, Note, Spend, SpendPublics
from obsqra_desktop.domain.network import Network
from obsqra_desktop.domain.transaction import Call, Head
from obsqra_desktop.privacy.calls import deposit_calls, emergency_call, proof_call, u256
from obsqra_desktop.services.mist_ports import MistTree

PROOF_FELTS = 2061
"""Of one argument of handle_zkp; the public values are felts 33 to 52."""


@dataclass(frozen=True)
class State:
    """The contract's storage after a block."""

    leaves: tuple[int, ...] = ()
    assets: frozenset[int] = frozenset()
    """Secrets that have a deposit."""
    roots: frozenset[int] = frozenset()
    nullifiers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Made:
    """A block and the state after it."""

    block: ChainBlock
    state: State
    there: bool
    """Whether the contract was deployed."""


@dataclass
class ReferenceChamber:
    """One chain with one pool on it."""

    pool: int
    digest: FieldHash
    tree: MistTree
    archive: int = 0
    """Blocks before this one are forgotten by the node."""
    blocks: list[Made] = field(default_factory=list)
    asked: list[tuple[object, ...]] = field(default_factory=list)
    """Every question, with all of its arguments."""
    salt: int = 0
    """Changes the hashes of blocks that are made from now on."""
    node: str = "reference:1"

    def __post_init__(self) -> None:
        self.mine(there=False)

    # --- making blocks ---

    @property
    def state(self) -> State:
        return self.blocks[-1].state

    @property
    def height(self) -> int:
        return len(self.blocks) - 1

    def mine(
        self,
        *transactions: ChainTransaction,
        state: State | None = None,
        there: bool = True,
        empty: int = 0,
    ) -> None:
        """A block with these transactions, after so many without any."""
        for _ in range(empty):
            self.mine(there=there)
        number = len(self.blocks)
        seed = f"{number} {self.salt}".encode()
        mark = BlockMark(number=number, hash=int.from_bytes(hashlib.sha256(seed).digest()[:31]))
        block = ChainBlock(mark, 1_700_000_000 + 30 * number, transactions)
        before = self.blocks[-1].state if self.blocks else State()
        self.blocks.append(Made(block, state or before, there))

    def reorganise(self, keep: int) -> None:
        """Forget all blocks after that number; others will have other hashes."""
        del self.blocks[keep + 1 :]
        self.salt += 1

    def sent(self, sender: int, calls: Sequence[Call], *moves: Moved) -> ChainTransaction:
        """Of an account: number of calls, then each with its address, selector and arguments."""
        felts = [len(calls)]
        for call in calls:
            felts += [call.to, selector(call.entry_point), len(call.calldata), *call.calldata]
        number = len(self.blocks) * 1000 + len(calls)
        return ChainTransaction(0x7000 + number, sender, tuple(felts), moves)

    def add(self, state: State, *leaves: int) -> State:
        grown = (*state.leaves, *leaves)
        root = self.tree.root(grown)
        return replace(state, leaves=grown, roots=state.roots | {root})

    def deposit(self, sender: int, secret: int, token: int, amount: int) -> int:
        """The transaction's hash; ValueError where the contract reverts."""
        if secret in self.state.assets:
            raise ValueError("transaction already exists")
        moved = Moved(token, self.pool, amount)
        made = self.sent(sender, deposit_calls(self.pool, secret, token, amount), moved)
        state = self.add(self.state, self.digest(secret, token, amount))
        self.mine(made, state=replace(state, assets=state.assets | {secret}))
        return made.hash

    def publics(self, spend: Spend) -> SpendPublics:
        note = spend.note
        first, second = (self.digest(o.secret, note.token, o.amount) for o in spend.outputs)
        return SpendPublics(
            owner=note.owner,
            withdraw_amount=spend.withdraw,
            withdraw_token=note.token if spend.withdraw else 0,
            withdraw_to=note.owner,
            root=self.tree.root(self.state.leaves),
            nullifier=note.nullifier(self.digest),
            first=first,
            second=second,
        )

    def proved(self, spend: Spend) -> ChainTransaction:
        """The transaction that would spend; it is not mined."""
        values = self.publics(spend).values()
        felts = [*range(10, 42), 10, *(half for value in values for half in u256(value))]
        felts += [7] * (PROOF_FELTS - len(felts))
        return self.sent(spend.note.owner, [proof_call(self.pool, [PROOF_FELTS, *felts])])

    def spend(self, spend: Spend) -> int:
        """handle_zkp; ValueError where the contract reverts."""
        publics, state = self.publics(spend), self.state
        if publics.root not in state.roots:
            raise ValueError("unknown root")
        if publics.nullifier in state.nullifiers:
            raise ValueError("transaction is spent")
        transaction = self.proved(spend)
        state = self.add(state, publics.first, publics.second)
        spent = state.nullifiers | {publics.nullifier}
        self.mine(transaction, state=replace(state, nullifiers=spent))
        return transaction.hash

    def emergency(self, note: Note, change: tuple[int, int] | None = None) -> int:
        """Without proof; `change` is secret and amount of what stays."""
        from obsqra_desktop.domain.mist.note import Output

        path = self.tree.path(self.state.leaves, note.leaf(self.digest))
        output = Output(*change) if change else None
        call = emergency_call(self.pool, note, path, output)
        made = self.sent(note.owner, [call])
        state = self.state
        if output is not None:
            state = self.add(state, self.digest(output.secret, note.token, output.amount))
        spent = state.nullifiers | {note.nullifier(self.digest)}
        self.mine(made, state=replace(state, nullifiers=spent))
        return made.hash

    # --- answering ---

    @asynccontextmanager
    async def open(self, network: Network, purpose: str) -> AsyncIterator["ReferenceChamber"]:
        self.asked.append(("open", network.id, purpose))
        yield self

    async def head(self) -> Head:
        self.asked.append(("head",))
        return head_of(self.blocks[-1].block)

    async def header(self, block: int) -> Head | None:
        self.asked.append(("header", block))
        return head_of(self.blocks[block].block) if block <= self.height else None

    async def call_at(
        self, to: int, entry_point: str, block: int, *, long: bool = False
    ) -> tuple[int, ...]:
        self.asked.append(("call", to, entry_point, block))
        if block < self.archive:
            raise NodeRefused("It does not know that block.", rpc_code=24)
        made = self.blocks[block]
        if to != self.pool or not made.there:
            raise NodeRefused("There is no contract at that address.", rpc_code=20)
        if entry_point == "merkle_root":
            return u256(self.tree.root(made.state.leaves))
        leaves = made.state.leaves
        return (len(leaves), *(half for leaf in leaves for half in u256(leaf)))

    async def block(self, number: int) -> ChainBlock:
        self.asked.append(("block", number))
        if number < self.archive:
            raise NodeRefused("It does not know that block.", rpc_code=24)
        return self.blocks[number].block


def head_of(block: ChainBlock) -> Head:
    return Head(
        number=block.mark.number,
        timestamp=block.at,
        hash=block.mark.hash,
        starknet_version="0.14.4",
        l1_gas_price=1,
        l1_data_gas_price=1,
        l2_gas_price=1,
    )

"""A pool through time: calls at a block, heads of blocks, and whole blocks with what was said.

A block is read with `starknet_getBlockWithReceipts` (starknet-specs 0.10): its transactions and
whether each succeeded, in one answer. Nothing that is asked says which part of it matters.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Final, Literal

from pydantic import Field, TypeAdapter

from obsqra_desktop.chain import replies
from obsqra_desktop.chain.replies import (
    FELTS,
    LONG_FELTS,
    MOST_EVENTS,
    Event,
    HexFelt,
    Number,
    Reply,
)
from obsqra_desktop.chain.rpc import REPLY_LIMIT
from obsqra_desktop.chain.session import LONG_LIMIT, NodeSession
from obsqra_desktop.chain.starknet import StarknetChain
from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid, NodeRefused
from obsqra_desktop.domain.felt import selector
from obsqra_desktop.domain.mist.chain import ChainBlock, ChainTransaction, Moved
from obsqra_desktop.domain.mist.looks import BlockMark
from obsqra_desktop.domain.network import Network
from obsqra_desktop.domain.strict_json import JsonValue
from obsqra_desktop.domain.transaction import Head

NO_BLOCK: Final = 24
BLOCK_LIMIT: Final = 64 * 1024 * 1024
"""Bytes of one block with its receipts."""
MOST_TRANSACTIONS: Final = 20_000
MOST_FELTS: Final = 20_000
"""In the calldata of one transaction; the network takes 5,000."""

Felts = Annotated[tuple[HexFelt, ...], Field(max_length=MOST_FELTS)]


class Said(Reply):
    """A transaction: who sent it (or is called from L1), and its calldata."""

    sender_address: HexFelt | None = None
    contract_address: HexFelt | None = None
    calldata: Felts = ()


class Outcome(Reply):
    """Of a receipt."""

    transaction_hash: HexFelt
    execution_status: Literal["SUCCEEDED", "REVERTED"]
    events: Annotated[tuple[Event, ...], Field(max_length=MOST_EVENTS)] = ()


class Entry(Reply):
    """One transaction of a block."""

    transaction: Said
    receipt: Outcome


class WholeBlock(Reply):
    """starknet_getBlockWithReceipts of an accepted block."""

    block_hash: HexFelt
    block_number: Number
    timestamp: Number
    transactions: Annotated[tuple[Entry, ...], Field(max_length=MOST_TRANSACTIONS)]


WHOLE_BLOCK: Final[TypeAdapter[WholeBlock]] = TypeAdapter(WholeBlock)


class NodePoolWatch:
    """Implements PoolWatch on one node."""

    def __init__(self, session: NodeSession) -> None:
        self._session = session

    @property
    def node(self) -> str:
        """Label of the node."""
        return self._session.node

    async def head(self) -> Head:
        """The newest accepted block."""
        return await self._session.head()

    async def call_at(
        self, to: int, entry_point: str, block: int, *, long: bool = False
    ) -> tuple[int, ...]:
        """At an accepted block."""
        request = {
            "contract_address": hex(to),
            "entry_point_selector": hex(selector(entry_point)),
            "calldata": [],
        }
        limit = LONG_LIMIT if long else REPLY_LIMIT
        answer = await self._session.ask("call", request, {"block_number": block}, limit=limit)
        form = LONG_FELTS if long else FELTS
        return await asyncio.to_thread(replies.checked, form, answer, self.node, "answer")

    async def header(self, block: int) -> Head | None:
        """None if the node knows no such block."""
        try:
            return await self._session.header(block)
        except NodeRefused as error:
            if error.rpc_code == NO_BLOCK:
                return None
            raise

    async def block(self, number: int) -> ChainBlock:
        """A whole block; raises NodeAnswerInvalid if it is another one than was asked for."""
        asked: dict[str, object] = {"block_id": {"block_number": number}}
        answer = await self._session.ask_named("getBlockWithReceipts", asked, limit=BLOCK_LIMIT)
        return await asyncio.to_thread(read_block, answer, number, self.node)


def read_block(answer: JsonValue, number: int, label: str) -> ChainBlock:
    """The transactions of a block that succeeded; raises NodeAnswerInvalid."""
    whole = replies.checked(WHOLE_BLOCK, answer, label, "block")
    if whole.block_number != number:
        raise NodeAnswerInvalid(f"{label} sent another block than was asked for.")
    return ChainBlock(
        BlockMark(number=number, hash=whole.block_hash),
        whole.timestamp,
        tuple(
            ChainTransaction(
                one.receipt.transaction_hash,
                one.transaction.sender_address or one.transaction.contract_address or 0,
                one.transaction.calldata,
                moved(one.receipt.events),
            )
            for one in whole.transactions
            if one.receipt.execution_status == "SUCCEEDED"
        ),
    )


def moved(events: tuple[Event, ...]) -> tuple[Moved, ...]:
    """Tokens that came to somebody."""
    transfers, _ = replies.token_moves([(one.from_address or 0, one) for one in events])
    return tuple(Moved(one.token, one.recipient, one.amount) for one in transfers)


class StarknetPools:
    """Implements PoolWatches."""

    def __init__(self, chain: StarknetChain) -> None:
        self._chain = chain

    @asynccontextmanager
    async def open(self, network: Network, purpose: str) -> AsyncIterator[NodePoolWatch]:
        """On the first node that passes preflight; raises what Chain.open does."""
        async with self._chain.open(network, purpose) as session:
            yield NodePoolWatch(session)

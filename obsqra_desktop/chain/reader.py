"""Many reads of one node in few requests.

JSON-RPC batches where the node takes them, else one question after the other with at most four
under way. A provider's node is asked no faster than it can be expected to allow.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

from obsqra_desktop.chain import replies
from obsqra_desktop.chain.json_rpc import PARAMS
from obsqra_desktop.chain.rpc import Rpc
from obsqra_desktop.chain.starknet import StarknetChain
from obsqra_desktop.domain.chain_errors import BatchRefused, NodeAnswerInvalid, NodeRefused
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import selector
from obsqra_desktop.domain.market import events
from obsqra_desktop.domain.market.questions import (
    ANSWER_CODES,
    Answers,
    Ask,
    BlockHeader,
    Question,
    Reply,
    error_reply,
    felt_of,
    result_reply,
)
from obsqra_desktop.domain.network import Endpoint, Network
from obsqra_desktop.domain.strict_json import JsonValue

BATCH: Final = 25
"""Questions in one request; DefiLlama's adapters use the same (facts of providers, 2026)."""
BATCH_OWN: Final = 128
"""The same for a node of the user's own, which nobody else waits for."""
AT_ONCE: Final = 4
RATE_OF_OTHERS: Final = 15.0
"""Questions a second to a node that somebody else runs: the least that a public one allows."""


class Pace:
    """A bucket of questions that fills up with time."""

    def __init__(
        self,
        rate: float,
        burst: int,
        pause: Callable[[float], Awaitable[Any]],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._rate, self._burst = rate, burst
        self._pause, self._clock = pause, clock
        self._left, self._at = float(burst), clock()

    async def take(self, count: int) -> None:
        """Wait until `count` questions may be asked."""
        now = self._clock()
        self._left = min(float(self._burst), self._left + (now - self._at) * self._rate)
        self._at = now
        self._left -= count
        if self._left < 0:
            await self._pause(-self._left / self._rate)


class NodeReader:
    """Implements ChainReader."""

    def __init__(
        self, rpc: Rpc, network: Network, endpoint: Endpoint, purpose: str, pace: Pace | None
    ) -> None:
        self._rpc = rpc
        self._network = network
        self._endpoint = endpoint
        self._purpose = purpose
        self._pace = pace
        self._size = BATCH_OWN if pace is None else BATCH
        self._batches = True
        self._trips = 0

    @property
    def network(self) -> Network:
        """Which network this is."""
        return self._network

    @property
    def node(self) -> str:
        """Label of the node."""
        return self._endpoint.label

    @property
    def round_trips(self) -> int:
        """Requests so far; some of them may have been made again."""
        return self._trips

    @property
    def room(self) -> int:
        """Questions that fit in one request."""
        return self._size

    async def head(self) -> BlockHeader:
        """The newest accepted block."""
        if self._pace is not None:
            await self._pace.take(1)
        self._trips += 1
        result = await self._rpc.call(
            self._endpoint, "starknet_getBlockWithTxHashes", ["latest"], purpose=self._purpose
        )
        block = replies.checked(replies.BLOCK, result, self.node, "block")
        parent = result.get("parent_hash") if isinstance(result, dict) else None
        return BlockHeader(
            block.block_number, block.block_hash, felt_of(parent, "parent hash"), block.timestamp
        )

    async def ask(self, questions: Sequence[Question]) -> tuple[Reply, ...]:
        """Replies in the order of the questions; one that is there twice is asked once.

        Each is of the form that its question has. Raises Offline, NodeUnreachable,
        ProxyUnreachable, NodeBusy, NodeGone, NodeAnswerInvalid, NodeRefused.
        """
        distinct = list(dict.fromkeys(questions))
        found: dict[Question, Reply] = {}
        for start in range(0, len(distinct), self._size):
            part = distinct[start : start + self._size]
            results = await self._part(part)
            for question, result in zip(part, results, strict=True):
                found[question] = self._reply(question, result)
        return tuple(found[question] for question in questions)

    async def _part(self, part: Sequence[Question]) -> Sequence[JsonValue | NodeRefused]:
        if self._pace is not None:
            await self._pace.take(len(part))
        if self._batches:
            try:
                self._trips += 1
                return await self._rpc.batch(
                    self._endpoint, [asked(one) for one in part], purpose=self._purpose
                )
            except BatchRefused:
                self._batches = False  # as long as this reader lives
        gate = asyncio.Semaphore(AT_ONCE)
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._single(one, gate)) for one in part]
        return [task.result() for task in tasks]

    async def _single(self, question: Question, gate: asyncio.Semaphore) -> JsonValue | NodeRefused:
        method, params = asked(question)
        async with gate:
            self._trips += 1
            try:
                return await self._rpc.call(self._endpoint, method, params, purpose=self._purpose)
            except NodeRefused as error:
                return error

    def _reply(self, question: Question, result: JsonValue | NodeRefused) -> Reply:
        try:
            if isinstance(result, NodeRefused):
                if result.rpc_code not in ANSWER_CODES:
                    raise result
                data = result.rpc_data or None
                raw = error_reply(result.rpc_code, result.rpc_message, data)
            else:
                raw = result_reply(trimmed(question, result))
            reply = Reply(question.key, raw)
            checked(question, reply)
        except (InvalidInput, NodeAnswerInvalid) as error:
            raise NodeAnswerInvalid(
                f"{self.node}: {error.detail}.", hint="Try again, or use another node."
            ) from error
        return reply


def trimmed(question: Question, result: JsonValue) -> JsonValue:
    """A block without the hashes of its transactions: nobody reads them, and there are many."""
    if question.kind is Ask.HEADER and isinstance(result, dict):
        return {key: value for key, value in result.items() if key != "transactions"}
    return result


def checked(question: Question, reply: Reply) -> None:
    """Raise NodeAnswerInvalid if a reply is not of the form of its question."""
    answers = Answers([reply])
    if question.kind is Ask.CALL:
        answers.felts(question)
    elif question.kind is Ask.CLASS_HASH:
        answers.class_hash(question)
    elif question.kind is Ask.EVENTS:
        events.page(answers, question)
    else:
        answers.header(question)


def asked(question: Question) -> tuple[str, PARAMS]:
    """Method and parameters (starknet-specs 0.10)."""
    block = {"block_number": question.block}
    if question.kind is Ask.HEADER:
        return "starknet_getBlockWithTxHashes", [block]
    if question.kind is Ask.CLASS_HASH:
        return "starknet_getClassHashAt", [block, hex(question.contract)]
    if question.kind is Ask.EVENTS:
        wanted: dict[str, Any] = {
            "from_block": {"block_number": question.first},
            "to_block": block,
            "address": hex(question.contract),
            "keys": [[hex(selector(question.entry_point))]],
            "chunk_size": events.CHUNK,
        }
        if question.token:
            wanted["continuation_token"] = question.token
        return "starknet_getEvents", [wanted]
    request = {
        "contract_address": hex(question.contract),
        "entry_point_selector": hex(selector(question.entry_point)),
        "calldata": [hex(one) for one in question.calldata],
    }
    return "starknet_call", [request, block]


class StarknetMarket:
    """Implements MarketChain: a reader on the first node that passes the check, or on a second."""

    def __init__(self, chain: StarknetChain, rpc: Rpc) -> None:
        self._chain = chain
        self._rpc = rpc

    @asynccontextmanager
    async def open(
        self, network: Network, purpose: str, other_than: str | None = None
    ) -> AsyncIterator[NodeReader]:
        """Raises what `Chain.open` raises; `other_than` is the label of a node to leave out."""
        nodes = tuple(one for one in network.endpoints if one.label != other_than)
        left = network.model_copy(update={"endpoints": nodes})
        async with self._chain.on_node(left) as endpoint:
            pace = None
            if not (endpoint.own or endpoint.local):
                pace = Pace(RATE_OF_OTHERS, BATCH, asyncio.sleep)
            yield NodeReader(self._rpc, network, endpoint, purpose, pace)

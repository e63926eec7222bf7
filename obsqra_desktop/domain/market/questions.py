"""Questions to a node, and its raw replies: all that a market snapshot is made from.

The same code derives the metrics live and from kept replies, so nothing may reach a formula that
is not the answer to a `Question` at a block number, or an input kept beside the replies
(`INPUT_PREFIX`). A reply's raw form is the canonical JSON (RFC 8785) of the JSON-RPC item without
`jsonrpc` and `id`: `{"result": …}` or `{"error": {…}}`. It is hashed as stored and never
re-encoded, so one changed byte is another digest.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import PRIME
from obsqra_desktop.domain.strict_json import JsonValue

REPLY_LIMIT: Final = 1 << 20
"""Bytes of one raw reply; a block with 10,000 transaction hashes has 0.7 million."""
MAX_FELTS: Final = 4096
"""Felts of one call's result; the longest that is asked for has a few hundred."""
INPUT_PREFIX: Final = "input:"
"""Keys of what is kept beside the replies and bound with them, as the plan."""
_EVIDENCE_PREFIX: Final = b"OBSQRA/EVIDENCE1"

BLOCK_NOT_FOUND: Final = 24
CONTRACT_NOT_FOUND: Final = 20
ENTRY_POINT_NOT_FOUND: Final = 21
CONTRACT_ERROR: Final = 40
ANSWER_CODES: Final = frozenset(
    {CONTRACT_NOT_FOUND, ENTRY_POINT_NOT_FOUND, BLOCK_NOT_FOUND, CONTRACT_ERROR}
)
"""JSON-RPC errors (starknet-specs) that tell something about the chain: they are answers. Every
other error is the node's trouble and ends or repeats the asking."""


class Ask(StrEnum):
    """What kind of question."""

    CALL = "call"
    """`starknet_call`: felts."""
    CLASS_HASH = "class_hash"
    """`starknet_getClassHashAt`: one felt; error 20 says that there is no contract."""
    HEADER = "header"
    """`starknet_getBlockWithTxHashes`: number, hash, parent and time."""
    EVENTS = "events"
    """`starknet_getEvents`: one page; see the module `events`."""


@dataclass(frozen=True)
class Question:
    """One question at one block number. Equal questions have equal keys."""

    kind: Ask
    block: int
    contract: int = 0
    entry_point: str = ""
    """The name of the entry point or the event; the reader makes the selector."""
    calldata: tuple[int, ...] = ()
    first: int = 0
    """Of events: the first block; `block` is the last."""
    token: str = ""
    """Of events: the node's continuation token; empty for the first page."""

    @property
    def key(self) -> str:
        """`header 14`, `class_hash 14 0x5dd`, `call 14 0x5dd get_pool_price 0x1,0x2`,
        `events 14 0x5dd PoolInitialized 3 TOKEN`: blocks 3 to 14."""
        parts = [self.kind.value, str(self.block)]
        if self.kind is not Ask.HEADER:
            parts.append(hex(self.contract))
        if self.kind is Ask.CALL:
            parts.append(self.entry_point)
            parts.append(",".join(hex(one) for one in self.calldata))
        if self.kind is Ask.EVENTS:
            parts += [self.entry_point, str(self.first), self.token]
        return " ".join(parts).rstrip()


def call(contract: int, entry_point: str, calldata: Iterable[int], block: int) -> Question:
    """Call a view of a contract."""
    return Question(Ask.CALL, block, contract, entry_point, tuple(calldata))


def class_hash(contract: int, block: int) -> Question:
    """The class of a contract."""
    return Question(Ask.CLASS_HASH, block, contract)


def header(block: int) -> Question:
    """Number, hash and time of a block."""
    return Question(Ask.HEADER, block)


@dataclass(frozen=True)
class Reply:
    """A question's key, or an input's, and the raw bytes."""

    key: str
    raw: bytes


@dataclass(frozen=True)
class CallFailed:
    """The chain's own no: one of ANSWER_CODES, and the node's words, cut short and harmless."""

    code: int
    text: str


@dataclass(frozen=True)
class BlockHeader:
    """What is read of a block."""

    number: int
    hash: int
    parent_hash: int
    timestamp: int
    """Unix seconds."""


class Unanswered(InvalidInput):
    """The replies lack an answer that the derivation needs: not asked, or not kept."""

    code = "unanswered"
    title = "An answer is missing"


class Answers:
    """Raw replies by key, read strictly. Reading notes which keys were used."""

    def __init__(self, replies: Iterable[Reply]) -> None:
        self._raw = {one.key: one.raw for one in replies}

    def __contains__(self, question: Question) -> bool:
        return question.key in self._raw

    def __iter__(self) -> Iterator[Reply]:
        return (Reply(key, raw) for key, raw in sorted(self._raw.items()))

    def raw(self, key: str) -> bytes:
        """The bytes as kept; raises Unanswered."""
        try:
            return self._raw[key]
        except KeyError:
            raise Unanswered(f"there is no reply to {key[:120]!r}") from None

    def felts(self, question: Question) -> tuple[int, ...] | CallFailed:
        """The result of a call; raises Unanswered, NodeAnswerInvalid."""
        item = item_of(self.raw(question.key))
        if isinstance(item, CallFailed):
            return item
        if not isinstance(item, list) or len(item) > MAX_FELTS:
            raise NodeAnswerInvalid(f"the answer to {question.entry_point} is no list of felts")
        return tuple(felt_of(one, question.entry_point) for one in item)

    def class_hash(self, question: Question) -> int | CallFailed:
        """The class of a contract; raises Unanswered, NodeAnswerInvalid."""
        item = item_of(self.raw(question.key))
        return item if isinstance(item, CallFailed) else felt_of(item, "class hash")

    def header(self, question: Question) -> BlockHeader | CallFailed:
        """A block; raises Unanswered, NodeAnswerInvalid if it is another block than asked for."""
        item = item_of(self.raw(question.key))
        if isinstance(item, CallFailed):
            return item
        if not isinstance(item, dict):
            raise NodeAnswerInvalid("a block is no JSON object")
        number, timestamp = item.get("block_number"), item.get("timestamp")
        if type(number) is not int or type(timestamp) is not int or timestamp < 0:
            raise NodeAnswerInvalid("a block has no number or no time; is it still pre-confirmed?")
        if number != question.block:
            raise NodeAnswerInvalid(f"block {question.block} was asked for, {number} came")
        return BlockHeader(
            number,
            felt_of(item.get("block_hash"), "block hash"),
            felt_of(item.get("parent_hash"), "parent hash"),
            timestamp,
        )


def felt_of(value: object, what: str) -> int:
    """A felt as nodes write it: `0x` and up to 64 hex digits, below the prime; raises
    NodeAnswerInvalid."""
    if isinstance(value, str) and 3 <= len(value) <= 66 and value.startswith("0x"):
        digits = value[2:]
        if all(one in "0123456789abcdefABCDEF" for one in digits) and int(digits, 16) < PRIME:
            return int(digits, 16)
    raise NodeAnswerInvalid(f"{what}: not a field element")


def result_reply(value: JsonValue) -> bytes:
    """The raw form of a result; raises InvalidInput for what has no canonical form."""
    return strict_json.canonical({"result": value})


def error_reply(code: int, message: str, data: JsonValue = None) -> bytes:
    """The raw form of an error that is an answer; raises InvalidInput."""
    error: dict[str, JsonValue] = {"code": code, "message": message}
    if data is not None:
        error["data"] = data
    return strict_json.canonical({"error": error})


def item_of(raw: bytes) -> JsonValue | CallFailed:
    """What a raw reply holds: the result, or the chain's no; raises NodeAnswerInvalid."""
    try:
        item = strict_json.loads(raw, what="the reply", limit=REPLY_LIMIT)
    except InvalidInput as problem:
        raise NodeAnswerInvalid(problem.detail) from problem
    if not isinstance(item, dict) or len(item) != 1:
        raise NodeAnswerInvalid("the reply has neither a result nor an error alone")
    if "result" in item:
        return item["result"]
    error = item.get("error")
    code = error.get("code") if isinstance(error, dict) else None
    if not isinstance(error, dict) or type(code) is not int or code not in ANSWER_CODES:
        raise NodeAnswerInvalid("the reply is an error that says nothing about the chain")
    words = str(error.get("data") or error.get("message") or "")[:2000]
    return CallFailed(code, " ".join("".join(c if c.isprintable() else " " for c in words).split()))


def evidence_digest(replies: Iterable[Reply] | Mapping[str, bytes]) -> bytes:
    """32 bytes over all replies and inputs: Blake2s-256 of `OBSQRA/EVIDENCE1`, their count (u32),
    and for each, by ascending key bytes, key and raw bytes with their lengths (u32) in front;
    numbers are little-endian.

    Raises InvalidInput if a key comes twice.
    """
    if isinstance(replies, Mapping):
        pairs = sorted((key.encode(), raw) for key, raw in replies.items())
    else:
        pairs = sorted((one.key.encode(), one.raw) for one in replies)
    if len({key for key, _ in pairs}) != len(pairs):
        raise InvalidInput("two replies have the same key")
    state = hashlib.blake2s(_EVIDENCE_PREFIX + len(pairs).to_bytes(4, "little"))
    for key, raw in pairs:
        for part in (key, raw):
            state.update(len(part).to_bytes(4, "little") + part)
    return state.digest()

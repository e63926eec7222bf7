"""Batches of reads: over a real devnet, through a proxy that spoils them."""

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest

from obsqra_desktop.chain.json_rpc import results_of
from obsqra_desktop.chain.reader import AT_ONCE, BATCH_OWN, NodeReader, Pace
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_errors import (
    BatchRefused,
    NodeAnswerInvalid,
    NodeBusy,
    NodeGone,
    NodeRefused,
    NodeUnreachable,
    Offline,
)
from obsqra_desktop.domain.market.questions import (
    Answers,
    BlockHeader,
    CallFailed,
    Question,
    Reply,
    call,
    class_hash,
    header,
)
from obsqra_desktop.domain.network import PRACTICE_CHAIN, Endpoint, Network, NetworkKind
from tests.chain.clients import Program
from tests.chain.fault_proxy import (
    GARBAGE,
    Fault,
    Handler,
    proxy_of,
    said,
    silence,
)
from tests.devnet import Devnet, running

pytestmark = pytest.mark.loopback
CALL = "starknet_call"
DECIMALS = call(STRK.address, "decimals", (), 0)


@pytest.fixture(scope="module")
def devnet() -> Iterator[Devnet]:
    """One whose first block stays its newest: the questions below are about that one."""
    with running("--chain-id", PRACTICE_CHAIN) as one:
        yield one


def supply_of(address: int) -> Question:
    return call(STRK.address, "balanceOf", (address,), 0)


MANY = [supply_of(one) for one in range(2, 2 + BATCH_OWN + 5)]


def asked(program: Program, url: str, questions: Sequence[Question]) -> tuple[Reply, ...]:
    return read(program, url, questions)[0]


def read(
    program: Program, url: str, questions: Sequence[Question]
) -> tuple[tuple[Reply, ...], int]:
    """Answers and requests."""
    network = Network(
        id="practice", name="Practice", kind=NetworkKind.PRACTICE, chain_id=PRACTICE_CHAIN
    )
    reader = NodeReader(program.rpc, network, Endpoint(url=url), "a test", None)

    async def work(_: object) -> tuple[Reply, ...]:
        return await reader.ask(questions)

    return program.run(work), reader.round_trips


@pytest.fixture(scope="module")
def honest(devnet: Devnet) -> tuple[Reply, ...]:
    return asked(Program(), devnet.url, MANY)


def batched(change: Callable[[list[Any]], Any]) -> Fault:
    """The devnet's answer to a batch, changed."""

    def fault(handler: Handler, body: bytes) -> None:
        handler.answer(json.dumps(change(json.loads(handler.forward(body)))).encode())

    return fault


def test_answers_of_every_kind(devnet: Devnet) -> None:
    questions = [
        header(0),
        DECIMALS,
        class_hash(STRK.address, 0),
        class_hash(0x1234567, 0),
        call(STRK.address, "no_such_entry_point", (), 0),
        call(STRK.address, "decimals", (), 10_000_000),
        DECIMALS,
    ]
    replies, trips = read(Program(), devnet.url, questions)
    assert trips == 1
    found = Answers(replies)
    first = found.header(header(0))
    assert isinstance(first, BlockHeader)
    assert first.number == 0
    assert found.felts(DECIMALS) == (18,)
    assert isinstance(found.class_hash(class_hash(STRK.address, 0)), int)
    codes = {
        20: found.class_hash(questions[3]),
        21: found.felts(questions[4]),
        24: found.felts(questions[5]),
    }
    for code, answer in codes.items():
        assert isinstance(answer, CallFailed)
        assert answer.code == code
    assert replies[1] == replies[6]
    assert b"transactions" not in found.raw("header 0")


def test_the_newest_block(devnet: Devnet) -> None:
    network = Network(
        id="practice", name="Practice", kind=NetworkKind.PRACTICE, chain_id=PRACTICE_CHAIN
    )
    program = Program()
    reader = NodeReader(program.rpc, network, Endpoint(url=devnet.url), "a test", None)
    head = program.run(lambda _: reader.head())
    (reply,) = asked(Program(), devnet.url, [header(head.number)])
    assert Answers([reply]).header(header(head.number)) == head


def test_many_questions_go_in_few_requests(devnet: Devnet) -> None:
    with proxy_of(devnet.url) as proxy:
        assert asked(Program(), proxy.url, [*MANY, *MANY]) == asked(Program(), devnet.url, MANY) * 2
        assert proxy.requests == ["batch", "batch"]


def test_order_does_not_matter(devnet: Devnet, honest: tuple[Reply, ...]) -> None:
    with proxy_of(devnet.url) as proxy:
        proxy.faults["batch"] = batched(lambda items: items[::-1])
        assert asked(Program(), proxy.url, MANY) == honest


def test_a_bare_object_answers_a_batch_of_one(devnet: Devnet) -> None:
    with proxy_of(devnet.url) as proxy:
        proxy.faults["batch"] = batched(lambda items: items[0])
        assert Answers(asked(Program(), proxy.url, [DECIMALS])).felts(DECIMALS) == (18,)
        with pytest.raises(NodeAnswerInvalid):
            asked(Program(), proxy.url, MANY)


@pytest.mark.parametrize(
    "refusal",
    [
        said(b"too large", status=413),
        said(b"no", status=400),
        said(b'{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Batch"}}'),
        said(b'{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Batch"}}', status=400),
    ],
    ids=["413", "400", "error", "error with 400"],
)
def test_without_batches_one_after_the_other(
    devnet: Devnet, honest: tuple[Reply, ...], refusal: Fault
) -> None:
    with proxy_of(devnet.url) as proxy:
        proxy.faults["batch"] = fault_of_list(refusal)
        assert asked(Program(), proxy.url, MANY) == honest
        assert proxy.requests.count("batch") == 1, "it is asked for a batch again and again"
        assert proxy.requests.count(CALL) == len(MANY)
        assert proxy.most_at_once <= AT_ONCE


def fault_of_list(fault: Fault) -> Fault:
    """`said` takes the id of the request; that of a batch is its first one's."""

    def there(handler: Handler, body: bytes) -> None:
        fault(handler, json.dumps(json.loads(body)[0]).encode())

    return there


def test_one_bad_item_spoils_the_batch_or_itself(devnet: Devnet) -> None:
    def failed(items: list[Any]) -> list[Any]:
        del items[3]["result"]
        items[3]["error"] = {"code": 40, "message": "Contract error", "data": "\x1b[2Jno"}
        return items

    with proxy_of(devnet.url) as proxy:
        proxy.faults["batch"] = batched(failed)
        answers = asked(Program(), proxy.url, MANY[:5])
    found = [Answers(answers).felts(one) for one in MANY[:5]]
    assert found[3] == CallFailed(40, "[2Jno")
    assert all(isinstance(one, tuple) for i, one in enumerate(found) if i != 3)


BAD: dict[str, Callable[[list[Any]], Any]] = {
    "one missing": lambda items: items[:-1],
    "one twice": lambda items: [items[0], *items[:-1]],
    "one more": lambda items: [*items, items[0]],
    "foreign id": lambda items: [{**items[0], "id": 10**9}, *items[1:]],
    "id as text": lambda items: [{**items[0], "id": str(items[0]["id"])}, *items[1:]],
    "id true": lambda items: [{**items[0], "id": True}, *items[1:]],
    "old version": lambda items: [{**items[0], "jsonrpc": "1.0"}, *items[1:]],
    "no object": lambda items: [17, *items[1:]],
    "felt too large": lambda items: [{**items[0], "result": ["0x" + "f" * 64]}, *items[1:]],
    "number for felt": lambda items: [{**items[0], "result": [17]}, *items[1:]],
    "text for list": lambda items: [{**items[0], "result": "0x1"}, *items[1:]],
    "empty": lambda items: [],
    "null": lambda items: None,
}


@pytest.mark.parametrize("change", BAD.values(), ids=BAD)
def test_a_batch_that_makes_no_sense(devnet: Devnet, change: Callable[[list[Any]], Any]) -> None:
    with proxy_of(devnet.url) as proxy:
        proxy.faults["batch"] = batched(change)
        with pytest.raises(NodeAnswerInvalid):
            asked(Program(), proxy.url, MANY[:3])


def test_an_error_of_the_node_itself_is_no_answer_of_a_contract(devnet: Devnet) -> None:
    def failed(items: list[Any]) -> list[Any]:
        return [
            {"jsonrpc": "2.0", "id": one["id"], "error": {"code": -32603, "message": "oh"}}
            for one in items
        ]

    with proxy_of(devnet.url) as proxy:
        proxy.faults["batch"] = batched(failed)
        with pytest.raises(NodeRefused):
            asked(Program(), proxy.url, MANY[:3])


def test_another_block_than_the_one_asked_for(devnet: Devnet) -> None:
    def other(items: list[Any]) -> list[Any]:
        items[0]["result"]["block_number"] = 7
        return items

    with proxy_of(devnet.url) as proxy:
        proxy.faults["batch"] = batched(other)
        with pytest.raises(NodeAnswerInvalid, match="7 came"):
            asked(Program(), proxy.url, [header(0)])


def test_too_many_requests(devnet: Devnet, honest: tuple[Reply, ...]) -> None:
    def once(handler: Handler, body: bytes) -> None:
        del handler.server.faults["batch"]
        handler.answer(b"", status=429, Retry_After="3")

    program = Program()
    with proxy_of(devnet.url) as proxy:
        proxy.faults["batch"] = once
        assert asked(program, proxy.url, MANY) == honest
        assert program.pauses == [3.0]
        proxy.faults["batch"] = lambda handler, _: handler.answer(
            b"", status=429, Retry_After="999"
        )
        with pytest.raises(NodeBusy) as caught:
            asked(program, proxy.url, MANY)
        assert caught.value.retry_after == 999
        assert program.pauses == [3.0], "it waited for a quarter of an hour"


def test_gone_for_good(devnet: Devnet) -> None:
    with proxy_of(devnet.url) as proxy:
        proxy.faults["batch"] = lambda handler, _: handler.answer(b"", status=410)
        with pytest.raises(NodeGone):
            asked(Program(), proxy.url, MANY)
        assert proxy.requests == ["batch"], "asked again although it is gone"


@pytest.mark.parametrize("name", ["cut", "short", "endless", "packed", "redirect", "reset after"])
def test_garbage(devnet: Devnet, name: str) -> None:
    with proxy_of(devnet.url) as proxy:
        proxy.faults["batch"] = GARBAGE[name]
        with pytest.raises((NodeAnswerInvalid, NodeUnreachable)):
            asked(Program(), proxy.url, MANY)


def test_silence_ends(devnet: Devnet) -> None:
    with proxy_of(devnet.url) as proxy:
        proxy.faults["batch"] = silence
        with pytest.raises(NodeUnreachable):
            asked(Program(timeout=0.2), proxy.url, MANY)


def test_offline_mode_asks_nobody() -> None:
    program = Program()
    program.settings = program.settings.model_copy(update={"offline": True})
    with pytest.raises(Offline):
        asked(program, "https://node.example", MANY)
    assert program.register.listing() == ()


def test_the_register_knows_of_it(devnet: Devnet) -> None:
    program = Program()
    asked(program, devnet.url, MANY)
    (line,) = program.register.listing()
    assert (line.purpose, line.count, line.failures) == ("a test", 2, 0)


def test_refusal_of_the_batch_as_a_whole() -> None:
    with pytest.raises(BatchRefused):
        results_of(b'{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"x"}}', [1], "n")


async def waits(burst: int, takes: Sequence[tuple[float, int]]) -> list[float]:
    """The pauses of a pace of 10 a second, for takes at these times."""
    pauses: list[float] = []
    time = [0.0]

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        time[0] += seconds

    pace = Pace(10.0, burst, pause, lambda: time[0])
    for at, count in takes:
        time[0] = max(time[0], at)
        await pace.take(count)
    return pauses


def test_the_pace_is_kept() -> None:
    import asyncio

    assert asyncio.run(waits(25, [(0, 25), (0, 25), (0, 25)])) == pytest.approx([2.5, 2.5])
    assert asyncio.run(waits(25, [(0, 25), (10, 25)])) == []

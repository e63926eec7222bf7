"""Whole blocks as nodes answer them: strictly read, only what succeeded counts."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from obsqra_desktop.chain.pool_watch import MOST_FELTS, read_block
from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.felt import selector
from obsqra_desktop.domain.mist.chain import Moved

TRANSFER = hex(selector("Transfer"))
GOOD: dict[str, Any] = {
    "status": "ACCEPTED_ON_L2",
    "block_hash": "0xb10c",
    "block_number": 7,
    "timestamp": 1_700_000_000,
    "more": {"than": "is read"},
    "transactions": [
        {
            "transaction": {
                "type": "INVOKE",
                "version": "0x3",
                "sender_address": "0xa11ce",
                "calldata": ["0x1", "0x2"],
            },
            "receipt": {
                "transaction_hash": "0x10",
                "execution_status": "SUCCEEDED",
                "events": [
                    {
                        "from_address": "0x70",
                        "keys": [TRANSFER, "0xa11ce", "0xb001"],
                        "data": ["0x5", "0x0"],
                    },
                    {
                        "from_address": "0x71",
                        "keys": [TRANSFER],
                        "data": ["0xa11ce", "0xb001", "0x6", "0x1"],
                    },
                    {"from_address": "0x72", "keys": [TRANSFER, "0x1", "0x2"], "data": ["0x5"]},
                    {"from_address": "0x73", "keys": [], "data": ["0x1", "0x2", "0x3", "0x4"]},
                ],
            },
        },
        {
            "transaction": {"type": "INVOKE", "sender_address": "0xa11ce", "calldata": ["0x3"]},
            "receipt": {"transaction_hash": "0x11", "execution_status": "REVERTED"},
        },
        {
            "transaction": {"type": "L1_HANDLER", "contract_address": "0xb0b", "calldata": []},
            "receipt": {"transaction_hash": "0x12", "execution_status": "SUCCEEDED"},
        },
        {
            "transaction": {"type": "DECLARE", "sender_address": "0xa11ce"},
            "receipt": {"transaction_hash": "0x13", "execution_status": "SUCCEEDED"},
        },
    ],
}


def test_what_succeeded_is_read_in_its_order() -> None:
    block = read_block(GOOD, 7, "node:1")
    assert (block.mark.number, block.mark.hash, block.at) == (7, 0xB10C, 1_700_000_000)
    assert [(one.hash, one.sender, one.calldata) for one in block.transactions] == [
        (0x10, 0xA11CE, (1, 2)),
        (0x12, 0xB0B, ()),
        (0x13, 0xA11CE, ()),
    ]


def test_what_tokens_say_of_their_moves_is_read() -> None:
    """In both forms that tokens use; what is no payment is none."""
    first, second, third = read_block(GOOD, 7, "node:1").transactions
    assert first.moves == (Moved(0x70, 0xB001, 5), Moved(0x71, 0xB001, 6 + 2**128))
    assert (second.moves, third.moves) == ((), ())


def test_another_block_than_was_asked_for_is_refused() -> None:
    with pytest.raises(NodeAnswerInvalid, match="another block"):
        read_block(GOOD, 8, "node:1")


def put(*where: str | int, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(document: Any) -> None:
        for step in where[:-1]:
            document = document[step]
        if value is None:
            del document[where[-1]]
        else:
            document[where[-1]] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        put("block_hash", value=None),
        put("block_hash", value=5),
        put("block_number", value="7"),
        put("timestamp", value=-1),
        put("transactions", value={}),
        put("transactions", 0, "receipt", value=None),
        put("transactions", 0, "receipt", "events", value={}),
        put("transactions", 0, "receipt", "events", 0, "keys", value=None),
        put("transactions", 0, "receipt", "events", 0, "data", value=[5]),
        put("transactions", 0, "receipt", "execution_status", value="MAYBE"),
        put("transactions", 0, "transaction", "calldata", value=[1]),
        put("transactions", 0, "transaction", "calldata", value=["0x" + "f" * 64]),
        put("transactions", 0, "transaction", "calldata", value=["0x1"] * (MOST_FELTS + 1)),
        put("transactions", 0, "transaction", value=[]),
        lambda document: document.clear(),
    ],
)
def test_a_block_of_another_form_is_refused(change: Callable[[dict[str, Any]], None]) -> None:
    document = copy.deepcopy(GOOD)
    change(document)
    with pytest.raises(NodeAnswerInvalid, match="node:1"):
        read_block(document, 7, "node:1")


@pytest.mark.parametrize("answer", [None, [], "x", 5, True])
def test_no_block_at_all(answer: Any) -> None:
    with pytest.raises(NodeAnswerInvalid):
        read_block(answer, 7, "node:1")

"""Questions, raw replies and the digest that binds them."""

import hashlib
import json
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import PRIME
from obsqra_desktop.domain.market.questions import (
    MAX_FELTS,
    Answers,
    CallFailed,
    Question,
    Reply,
    Unanswered,
    call,
    class_hash,
    error_reply,
    evidence_digest,
    header,
    item_of,
    result_reply,
)

PRICE = call(0x5DD, "get_pool_price", (1, 2, PRIME - 1), 14)
BLOCK = {
    "block_number": 14,
    "block_hash": "0xaa",
    "parent_hash": "0x0b",
    "timestamp": 1_700_000_000,
    "transactions": ["0x1"],
}


def answers(question: Question, raw: bytes) -> Answers:
    return Answers([Reply(question.key, raw)])


def test_keys() -> None:
    assert PRICE.key == f"call 14 0x5dd get_pool_price 0x1,0x2,{PRIME - 1:#x}"
    assert call(0x5DD, "decimals", (), 14).key == "call 14 0x5dd decimals"
    assert class_hash(0x5DD, 14).key == "class_hash 14 0x5dd"
    assert header(14).key == "header 14"


@given(
    st.lists(
        st.tuples(
            st.integers(0, 20),
            st.integers(0, 3),
            st.sampled_from(["a", "b_c"]),
            st.lists(st.integers(0, 300), max_size=3),
        ),
        min_size=2,
        max_size=2,
    )
)
def test_equal_keys_are_equal_questions(two: list[tuple[int, int, str, list[int]]]) -> None:
    one, other = (call(contract, name, data, block) for block, contract, name, data in two)
    assert (one.key == other.key) == (one == other)


def test_felts() -> None:
    found = answers(PRICE, result_reply(["0x0", "0x0Ab", hex(PRIME - 1)])).felts(PRICE)
    assert found == (0, 0xAB, PRIME - 1)
    assert answers(PRICE, result_reply([])).felts(PRICE) == ()


@pytest.mark.parametrize(
    "value",
    [
        None,
        "0x1",
        {},
        ["1"],
        ["0x"],
        ["0xg"],
        ["0x-1"],
        ["0x+1"],
        ["0x_1"],
        ["0x 1"],
        [1],
        [None],
        [["0x1"]],
        [hex(PRIME)],
        ["0x" + "0" * 65],
        ["0x1"] * (MAX_FELTS + 1),
    ],
)
def test_no_felts(value: object) -> None:
    raw = result_reply(value)  # type: ignore[arg-type]
    with pytest.raises(NodeAnswerInvalid):
        answers(PRICE, raw).felts(PRICE)


def test_the_chain_says_no() -> None:
    for code in (20, 21, 24, 40):
        raw = error_reply(code, "Contract error", {"revert": "no\x00pool"})
        found = answers(PRICE, raw).felts(PRICE)
        assert isinstance(found, CallFailed)
        assert found.code == code
        assert "\x00" not in found.text


@pytest.mark.parametrize("code", [-32005, -32603, 0, 63, 1])
def test_the_nodes_own_trouble_is_no_answer(code: int) -> None:
    with pytest.raises(NodeAnswerInvalid):
        answers(PRICE, error_reply(code, "limit")).felts(PRICE)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"null",
        b"{}",
        b'{"result":[],"error":{"code":40}}',
        b'{"error":null}',
        b'{"error":{"code":"40"}}',
        b'{"error":{"code":true}}',
        b'{"result":["0x1"],"result":["0x2"]}',
        b'{"result":[1.5]}',
        b'{"result":NaN}',
        b'{"result":["0x1"]',
        b'\xff{"result":[]}',
        b"[" * 5000,
    ],
)
def test_broken_replies(raw: bytes) -> None:
    with pytest.raises(NodeAnswerInvalid):
        item_of(raw)


def test_a_question_without_a_reply() -> None:
    with pytest.raises(Unanswered):
        Answers([]).felts(PRICE)
    assert PRICE not in Answers([])


def test_header() -> None:
    found = answers(header(14), result_reply(BLOCK)).header(header(14))  # type: ignore[arg-type]
    assert not isinstance(found, CallFailed)
    assert (found.number, found.hash, found.parent_hash) == (14, 0xAA, 0xB)


@pytest.mark.parametrize(
    "change",
    [
        {"block_number": 15},
        {"block_number": "14"},
        {"block_number": True},
        {"block_number": None},
        {"timestamp": -1},
        {"timestamp": "1"},
        {"block_hash": None},
        {"block_hash": "aa"},
        {"parent_hash": 11},
    ],
)
def test_bad_headers(change: dict[str, object]) -> None:
    raw = json.dumps({"result": {**BLOCK, **change}}).encode()
    with pytest.raises(NodeAnswerInvalid):
        answers(header(14), raw).header(header(14))


def independent(pairs: dict[bytes, bytes]) -> bytes:
    text = b"OBSQRA/EVIDENCE1" + struct.pack("<I", len(pairs))
    for key in sorted(pairs):
        text += struct.pack("<I", len(key)) + key + struct.pack("<I", len(pairs[key])) + pairs[key]
    return hashlib.blake2s(text).digest()


texts = st.text(st.characters(codec="utf-8"), max_size=8)
evidence = st.dictionaries(texts, st.binary(max_size=12), max_size=6)


@given(evidence)
def test_digest_is_the_documented_one(pairs: dict[str, bytes]) -> None:
    expected = independent({key.encode(): raw for key, raw in pairs.items()})
    assert evidence_digest(pairs) == expected
    forward = [Reply(key, raw) for key, raw in pairs.items()]
    assert evidence_digest(forward) == evidence_digest(forward[::-1]) == expected


@given(evidence.filter(lambda pairs: any(pairs.values())), st.data())
def test_one_changed_byte_is_another_digest(pairs: dict[str, bytes], data: st.DataObject) -> None:
    key = data.draw(st.sampled_from([key for key, raw in pairs.items() if raw]))
    at = data.draw(st.integers(0, len(pairs[key]) - 1))
    changed = bytearray(pairs[key])
    changed[at] ^= data.draw(st.integers(1, 255))
    assert evidence_digest({**pairs, key: bytes(changed)}) != evidence_digest(pairs)


@given(evidence, evidence)
def test_no_two_sets_share_a_digest(one: dict[str, bytes], two: dict[str, bytes]) -> None:
    assert (evidence_digest(one) == evidence_digest(two)) == (one == two)


def test_a_key_that_comes_twice() -> None:
    with pytest.raises(InvalidInput):
        evidence_digest([Reply("a", b"1"), Reply("a", b"1")])


def test_golden_digest() -> None:
    replies = {PRICE.key: result_reply(["0x1"]), header(14).key: result_reply(BLOCK)}  # type: ignore[dict-item]
    assert evidence_digest(replies).hex() == GOLDEN


GOLDEN = "a8c50b7db26bf3ed07d14047ed7190fd9ba95df123386acc2f8a53f84e7b5726"

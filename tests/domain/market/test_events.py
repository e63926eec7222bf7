"""Pages of events: what is followed, and what is refused."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.felt import selector
from obsqra_desktop.domain.market import events
from obsqra_desktop.domain.market.questions import (
    Answers,
    Question,
    Reply,
    Unanswered,
    error_reply,
    result_reply,
)

CORE = 0x5DD
FIRST = events.events(CORE, "PoolInitialized", 3, 90)


def one(block: int, *data: int, **changes: Any) -> dict[str, Any]:
    return {
        "from_address": hex(CORE),
        "keys": [hex(selector("PoolInitialized"))],
        "data": [hex(felt) for felt in data],
        "block_number": block,
        "block_hash": "0x1",
        "transaction_hash": "0x2",
        **changes,
    }


def reply(question: Question, items: Sequence[Any], token: Any = None) -> Reply:
    more = {} if token is None else {"continuation_token": token}
    return Reply(question.key, result_reply({"events": list(items), **more}))


def at(token: str) -> Question:
    return replace(FIRST, token=token)


def test_keys_of_pages() -> None:
    assert FIRST.key == "events 90 0x5dd PoolInitialized 3"
    assert at("7-0").key == "events 90 0x5dd PoolInitialized 3 7-0"


def test_an_empty_page_is_no_end() -> None:
    pages = [
        reply(FIRST, [one(4, 1)], "a"),
        reply(at("a"), [], "b"),
        reply(at("b"), [], "c"),
        reply(at("c"), [one(80, 2)]),
    ]
    for count in range(1, 4):
        part = events.read(Answers(pages[:count]), FIRST)
        assert part.more == at("abc"[count - 1])
        assert [found.block for found in part.events] == [4]
    whole = events.read(Answers(pages), FIRST)
    assert whole.more is None
    assert whole.events == (events.Event(4, (1,)), events.Event(80, (2,)))
    assert whole.keys == tuple(page.key for page in pages)


def test_without_the_first_page_nothing_is_known() -> None:
    with pytest.raises(Unanswered):
        events.read(Answers([reply(at("a"), [])]), FIRST)


@pytest.mark.parametrize("length", [1, 2, 5])
def test_a_token_that_comes_again_is_refused(length: int) -> None:
    tokens = [f"t{number}" for number in range(length)]
    pages = [reply(FIRST, [], tokens[0])]
    pages += [
        reply(at(token), [], tokens[(number + 1) % length]) for number, token in enumerate(tokens)
    ]
    with pytest.raises(NodeAnswerInvalid, match="twice"):
        events.read(Answers(pages), FIRST)


def test_tokens_without_end_are_refused() -> None:
    pages = [reply(FIRST, [], "0")]
    pages += [reply(at(str(number)), [], str(number + 1)) for number in range(events.MOST_PAGES)]
    with pytest.raises(NodeAnswerInvalid, match="pages"):
        events.read(Answers(pages), FIRST)
    last = reply(at(str(events.MOST_PAGES - 2)), [])
    good = events.read(Answers([*pages[: events.MOST_PAGES - 1], last]), FIRST)
    assert good.more is None
    assert len(good.keys) == events.MOST_PAGES


BAD: dict[str, Any] = {
    "no list": {"events": {}},
    "nothing": {},
    "a list": [],
    "too many": {"events": [one(4)] * (events.CHUNK + 1)},
    "no object": {"events": ["0x1"]},
    "another block": {"events": [one(91)]},
    "before": {"events": [one(2)]},
    "no block": {"events": [one(4, block_number=None)]},
    "block is true": {"events": [one(4, block_number=True)]},
    "another contract": {"events": [one(4, from_address="0x5de")]},
    "another event": {"events": [one(4, keys=[hex(selector("Swapped"))])]},
    "no keys": {"events": [one(4, keys=[])]},
    "keys are text": {"events": [one(4, keys="0x1")]},
    "data no felts": {"events": [one(4, data=[7])]},
    "data too large": {"events": [one(4, data=["0x" + "f" * 64])]},
    "data missing": {"events": [one(4, data=None)]},
}


@pytest.mark.parametrize("name", BAD)
def test_a_page_of_another_form_is_refused(name: str) -> None:
    with pytest.raises(NodeAnswerInvalid):
        events.read(Answers([Reply(FIRST.key, result_reply(BAD[name]))]), FIRST)


def test_an_error_is_no_page() -> None:
    raw = error_reply(20, "Contract not found")
    with pytest.raises(NodeAnswerInvalid, match="refuses"):
        events.read(Answers([Reply(FIRST.key, raw)]), FIRST)


@pytest.mark.parametrize("token", ["", " ", "a b", "a\nb", "\x1b[2J", "ü", "x" * 201, 7, True, []])
def test_a_token_that_is_no_short_word_is_refused(token: Any) -> None:
    with pytest.raises(NodeAnswerInvalid, match="token"):
        events.read(Answers([reply(FIRST, [], token)]), FIRST)


@given(st.lists(st.lists(st.integers(3, 90), max_size=4), min_size=1, max_size=12))
def test_however_it_is_cut_into_pages(blocks: list[list[int]]) -> None:
    tokens = [str(number) for number in range(1, len(blocks))]
    asked = [FIRST, *(at(token) for token in tokens)]
    pages = [
        reply(question, [one(block, block) for block in inside], token)
        for question, inside, token in zip(asked, blocks, [*tokens, None], strict=True)
    ]
    found = events.read(Answers(pages), FIRST)
    assert [event.block for event in found.events] == [block for page in blocks for block in page]

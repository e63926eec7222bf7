"""Words of the contract among a node's, and what a report says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.calldata import Field
from obsqra_desktop.domain.onchain import STEPS, OnChainReport, refusal_words


def report(refusal: str | None, *fields: Field) -> OnChainReport:
    return OnChainReport("Practice chain", "127.0.0.1:1", 2, 3, 4, 5, 6, 7, refusal, fields)


def hexed(text: str) -> str:
    return "0x" + text.encode().hex()


@pytest.mark.parametrize("step", STEPS)
def test_the_step_is_found_among_the_nodes_words(step: str) -> None:
    said = f"Execution failed. Failure reason: ({hexed('argent/x')}, {hexed(step + ': no')} ('x'))"
    assert refusal_words(said) == f"{step}: no"


@given(st.text(max_size=500))
def test_anything_else_is_the_nodes_own_text(text: str) -> None:
    words = refusal_words(text)
    assert len(words) <= 300
    assert words == (text[:300] or "no reason given") or words.split(":")[0] in STEPS


def test_reports_say_who_and_that_nothing_was_sent() -> None:
    same, other = Field("nonce", 1, 1), Field("decision", 1, 0)
    for one, begins in (
        (report(None, same), "Verified by the contract 0x"),
        (report("merkle: no"), "Refused by the contract 0x"),
        (report(None, same, other), "The contract 0x"),
        (report(None, Field("nonce", 1, None)), "The contract 0x"),
    ):
        assert one.sentence.startswith(begins)
        assert "block 4 of Practice chain" in one.sentence
        assert one.sentence.endswith("read-only call; nothing was sent.")
        assert one.accepted is begins.startswith("Verified")
    assert not report(None).accepted
    assert "decision" in report(None, same, other).sentence

"""What verify --on-chain prints: loud where the verifiers disagree, never one verdict alone."""

import pytest

from obsqra_desktop.cli.contracts import verdicts_document, verdicts_lines
from obsqra_desktop.domain.calldata import Field
from obsqra_desktop.domain.onchain import OnChainReport
from obsqra_desktop.domain.two_verdicts import LocalVerdict, TwoVerdicts


def found(reason: str | None, refusal: str | None) -> TwoVerdicts:
    fields = () if refusal else (Field("nonce", 1, 1),)
    report = OnChainReport("Practice chain", "127.0.0.1:1", 2, 3, 4, 5, 6, 7, refusal, fields)
    return TwoVerdicts(LocalVerdict("native", reason), report)


@pytest.mark.parametrize(("reason", "refusal"), [(None, "merkle: no"), ("merkle", None)])
def test_a_disagreement_is_the_first_line_and_loud(reason: str | None, refusal: str | None) -> None:
    both = found(reason, refusal)
    lines = verdicts_lines(both)
    assert lines[0] == "*** THE TWO VERIFIERS DISAGREE ***"
    assert any("Do not rely on this proof" in one for one in lines)
    assert verdicts_document(both)["disagree"] is True
    assert verdicts_document(both)["verdict"] == "INVALID"


def test_agreement_names_both_and_what_it_shows() -> None:
    text = "\n".join(verdicts_lines(found(None, None)))
    assert text.startswith("Verified here and by a contract.\n")
    for words in ("native verifier on this computer", "contract 0x", "A node can lie", "class"):
        assert words.lower() in text.lower()
    refused = "\n".join(verdicts_lines(found("merkle", "merkle: no")))
    assert refused.startswith("Refused here and by a contract.\n")
    assert "A node can lie" not in refused

"""Two verdicts side by side: agreement is never taken from one of them alone."""

import itertools

import pytest

from obsqra_desktop.domain.audit import BundleReport, Check, Outcome, SignerKnown, Verdict
from obsqra_desktop.domain.calldata import Field
from obsqra_desktop.domain.onchain import OnChainReport
from obsqra_desktop.domain.two_verdicts import Agreement, LocalVerdict, TwoVerdicts

SAME, OTHER = Field("nonce", 1, 1), Field("nonce", 1, 2)


def chain(refusal: str | None, *fields: Field) -> OnChainReport:
    return OnChainReport("Practice chain", "127.0.0.1:1", 2, 3, 4, 5, 6, 7, refusal, fields)


YES, NO, ELSE = chain(None, SAME), chain("merkle: no"), chain(None, OTHER)


def bundle(*outcomes: Outcome) -> BundleReport:
    checks = tuple(Check(str(n), f"check {n}", one, "why") for n, one in enumerate(outcomes))
    return BundleReport(checks, None, None, None, SignerKnown.UNKNOWN)


@pytest.mark.parametrize(
    ("reason", "there", "agreement"),
    [
        (None, YES, Agreement.ACCEPT),
        (None, NO, Agreement.ONLY_HERE),
        (None, ELSE, Agreement.ONLY_HERE),
        ("merkle", YES, Agreement.ONLY_THERE),
        ("merkle", NO, Agreement.REFUSE),
        ("merkle", ELSE, Agreement.REFUSE),
    ],
)
def test_disagreement_is_loud(reason: str | None, there: OnChainReport, agreement: object) -> None:
    found = TwoVerdicts(LocalVerdict("native", reason), there)
    assert found.agreement is agreement
    assert found.disagree is (found.here.accepted is not there.accepted)
    assert (found.title == "The two verifiers disagree") is found.disagree
    assert ("must never happen" in found.sentences[-1]) is found.disagree
    assert there.sentence in found.sentences
    assert "native verifier on this computer" in found.sentences[0]


@pytest.mark.parametrize("outcomes", list(itertools.product(Outcome, repeat=2)))
def test_valid_takes_both_verifiers_and_every_check(outcomes: tuple[Outcome, ...]) -> None:
    report = bundle(*outcomes)
    both = TwoVerdicts(LocalVerdict("native", None, report), YES)
    assert both.verdict is report.verdict
    assert (both.title == "Verified here and by a contract") is (report.verdict is Verdict.VALID)
    assert len(both.here.failed) == outcomes.count(Outcome.FAIL)
    for here, there in ((None, NO), ("no", YES), ("no", NO)):
        assert TwoVerdicts(LocalVerdict("native", here, report), there).verdict is Verdict.INVALID


def test_a_decision_of_ones_own_has_no_bundle() -> None:
    found = TwoVerdicts(LocalVerdict("native", None), YES)
    assert found.verdict is Verdict.VALID
    assert found.here.failed == ()

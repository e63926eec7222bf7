"""The verdict over single checks, and the words about the signer."""

import pytest

from obsqra_desktop.domain.audit import BundleReport, Check, Outcome, SignerKnown, Verdict
from obsqra_desktop.domain.record import Status, micros

KEY = "ab" * 32


def report(*outcomes: Outcome, signer: SignerKnown = SignerKnown.UNKNOWN) -> BundleReport:
    checks = tuple(Check(str(i), "title", one, "") for i, one in enumerate(outcomes))
    return BundleReport(checks, None, None, KEY, signer)


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        ((), Verdict.INVALID),
        ((Outcome.PASS,), Verdict.VALID),
        ((Outcome.PASS, Outcome.SKIPPED), Verdict.PARTIAL),
        ((Outcome.SKIPPED, Outcome.FAIL), Verdict.INVALID),
        ((Outcome.PASS, Outcome.FAIL), Verdict.INVALID),
    ],
)
def test_verdict(outcomes: tuple[Outcome, ...], verdict: Verdict) -> None:
    assert report(*outcomes).verdict is verdict


def test_signer_lines_never_claim_more_than_is_known() -> None:
    lines = {one: report(Outcome.PASS, signer=one).signer_line for one in SignerKnown}
    assert "unknown" in lines[SignerKnown.UNKNOWN]
    assert "NOT" in lines[SignerKnown.MISMATCH]
    assert "that you gave" in lines[SignerKnown.KNOWN]
    assert all(KEY[:16] in line for line in lines.values())


def test_every_status_has_words() -> None:
    assert all(status.words for status in Status)
    assert [status for status in Status if "verified here" in status.words] == [
        Status.VERIFIED,
        Status.EXPORTED,
    ]


def test_micros() -> None:
    assert micros(0.25) == 250_000
    assert micros(-1e-9) == 0

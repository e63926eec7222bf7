"""What the check of an audit bundle (OAB/1) reports."""

from dataclasses import dataclass
from enum import StrEnum

from obsqra_desktop.domain.record import Disclosure


class Outcome(StrEnum):
    """How one check went."""

    PASS = "PASS"  # noqa: S105 - the word of the report
    FAIL = "FAIL"
    SKIPPED = "SKIPPED"


class Verdict(StrEnum):
    """VALID only when nothing failed or was skipped."""

    VALID = "VALID"
    PARTIAL = "PARTIAL"
    INVALID = "INVALID"


class SignerKnown(StrEnum):
    """The second verdict: the signer is known only against a key that the reader brings."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    MISMATCH = "not the given key"


@dataclass(frozen=True)
class Check:
    """One check: a stable id, what it checks in words, how it went and why."""

    id: str
    title: str
    outcome: Outcome
    detail: str


@dataclass(frozen=True)
class BundleReport:
    """The whole report. `level`, `decision_id` and `key_id` are None if unreadable.

    `own_checker` says whether the verify_bundle.py inside is the one that this program ships; None
    if there is none. It is no check: an older or newer version is another file, too.
    """

    checks: tuple[Check, ...]
    level: Disclosure | None
    decision_id: str | None
    key_id: str | None
    signer: SignerKnown
    own_checker: bool | None = None

    @property
    def verdict(self) -> Verdict:
        """INVALID if anything failed, PARTIAL if anything was skipped, else VALID."""
        outcomes = {check.outcome for check in self.checks}
        if Outcome.FAIL in outcomes or not outcomes:
            return Verdict.INVALID
        return Verdict.PARTIAL if Outcome.SKIPPED in outcomes else Verdict.VALID

    @property
    def checker_line(self) -> str:
        """One sentence about the verifier inside, apart from the verdict about the content."""
        if self.own_checker is None:
            return "verify_bundle.py inside: none."
        if self.own_checker:
            return "verify_bundle.py inside: the same file as this program's own."
        return (
            "verify_bundle.py inside: NOT the file that this program ships. It may be of another "
            "version, or changed: do not run it, use your own copy."
        )

    @property
    def signer_line(self) -> str:
        """One sentence about the signer, apart from the verdict about the content."""
        if self.key_id is None:
            return "Signer: unreadable."
        short = self.key_id[:16]
        match self.signer:
            case SignerKnown.KNOWN:
                return f"Signer: the key that you gave ({short}…)."
            case SignerKnown.MISMATCH:
                return f"Signer: NOT the key that you gave; the bundle names {short}…."
            case SignerKnown.UNKNOWN:
                return (
                    f"Signer: unknown. The bundle was signed with key {short}…; "
                    "to know whose it is, bring the key from its owner with --key."
                )

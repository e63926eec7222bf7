"""What the verifier on this computer and a contract say about the same proof."""

from dataclasses import dataclass
from enum import StrEnum

from obsqra_desktop.domain.audit import BundleReport, Outcome, Verdict
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.onchain import OnChainReport


class CheckStep(StrEnum):
    """What a check by a contract is doing; each begins after the one before has ended."""

    HERE = "here"
    CONTRACT = "contract"
    CALL = "call"
    COMPARE = "compare"


class Agreement(StrEnum):
    """How the two verdicts about the proof stand to each other."""

    ACCEPT = "both accept"
    REFUSE = "both refuse"
    ONLY_HERE = "only this computer accepts"
    ONLY_THERE = "only the contract accepts"


@dataclass(frozen=True, slots=True)
class LocalVerdict:
    """What was found on this computer before anybody was asked."""

    verifier: str
    """Which one looked at the proof."""
    reason: str | None
    """Why it does not accept the proof; None if it does."""
    bundle: BundleReport | None = None
    """All checks of the bundle that the proof came in; None for a decision that was kept here."""

    @property
    def accepted(self) -> bool:
        """Whether the verifier accepts the proof."""
        return self.reason is None

    @property
    def failed(self) -> tuple[str, ...]:
        """The bundle's checks that failed, in words."""
        checks = self.bundle.checks if self.bundle else ()
        return tuple(f"{one.title}: {one.detail}" for one in checks if one.outcome is Outcome.FAIL)


@dataclass(frozen=True, slots=True)
class TwoVerdicts:
    """Both, and what they are together."""

    here: LocalVerdict
    chain: OnChainReport

    @property
    def agreement(self) -> Agreement:
        """About the proof alone."""
        if self.here.accepted:
            return Agreement.ACCEPT if self.chain.accepted else Agreement.ONLY_HERE
        return Agreement.ONLY_THERE if self.chain.accepted else Agreement.REFUSE

    @property
    def disagree(self) -> bool:
        """One of the two verifiers, or the node, is wrong."""
        return self.agreement in {Agreement.ONLY_HERE, Agreement.ONLY_THERE}

    @property
    def verdict(self) -> Verdict:
        """VALID only if both accept and nothing else of a bundle failed or was skipped."""
        if self.agreement is not Agreement.ACCEPT:
            return Verdict.INVALID
        return self.here.bundle.verdict if self.here.bundle else Verdict.VALID

    @property
    def title(self) -> str:
        """In a few words."""
        match self.agreement, self.verdict:
            case Agreement.ACCEPT, Verdict.VALID:
                return "Verified here and by a contract"
            case Agreement.ACCEPT, Verdict.PARTIAL:
                return "Both accept the proof, but not all of the bundle could be checked"
            case Agreement.ACCEPT, _:
                return "Both accept the proof, but the bundle is invalid"
            case Agreement.REFUSE, _:
                return "Refused here and by a contract"
            case _:
                return "The two verifiers disagree"

    @property
    def sentences(self) -> tuple[str, ...]:
        """Who says what, the verifier here first; then what to make of it, if it is not plain."""
        who = f"the {self.here.verifier} verifier on this computer"
        if self.here.accepted:
            said = f"Verified by {who}."
        else:
            said = f"Refused by {who} (“{self.here.reason}”)."
        lines = [said, self.chain.sentence]
        if self.disagree:
            lines.append(
                "Both check the same statement and proof, so one of them, or the node that "
                "answered, is wrong. Do not rely on this proof. Ask another node, and report it: "
                "this must never happen."
            )
        elif self.here.failed:
            lines.append(f"Failed here: {'; '.join(self.here.failed)}. Do not rely on the bundle.")
        return tuple(lines)

    @property
    def contract(self) -> str:
        """The address, as it is written everywhere."""
        return address_form(self.chain.contract)

"""What the guided decision says about privacy and proof, the same in window and terminal."""

from obsqra_desktop.domain.audit import Verdict
from obsqra_desktop.domain.record import DecisionRecord
from obsqra_desktop.domain.snapshot import Snapshot

VERDICT_WORDS = {
    Verdict.VALID: "Every check passed.",
    Verdict.PARTIAL: "Nothing failed, but not every check could run.",
    Verdict.INVALID: "At least one check failed. Do not rely on this bundle.",
}


def others_learn(snapshot: Snapshot | None) -> tuple[str, ...]:
    """What a reader of a public bundle sees."""
    count = len(snapshot.pools) if snapshot else 0
    pools = "The pools and their metrics" if count != 1 else "The pool and its metrics"
    return (
        pools,
        "The risk rule, the model, scores and flags",
        "The allocation and what stays idle",
    )


def stays_hidden() -> tuple[str, ...]:
    """What the zero-knowledge proof keeps from them."""
    return (
        "Your limits and your allowlist",
        "Which limit left a pool out",
        "The salt that hides the policy in its commitment",
    )


HINT = "The allocation itself can hint at a limit: a share at the cap shows the cap."
"""Said wherever `stays_hidden` is shown, because no proof can help against it."""


def proof_shows(record: DecisionRecord) -> tuple[str, ...]:
    """What a verified proof of this decision means; only for a verified record."""
    verification = record.last_verification or record.first_verification
    by = (
        f" Checked on this computer by the {verification.verifier} verifier."
        if verification
        else ""
    )
    return (
        f"The metrics give these scores by rule {record.rule}.",
        f"Model {record.model} says what is shown.",
        f"The allocation is what your committed policy demands.{by}",
    )


def proof_does_not_show() -> tuple[str, ...]:
    """What nobody may conclude from it."""
    return (
        "That the metrics are true: each names its own source.",
        "That the model or the policy is wise.",
        "That the circuit was audited: it was not.",
    )

"""What a bundle of each level shows: every field by name, and why it is shown, hidden or absent.

The preview that people choose a level by is made from this list; a test compares it with the
fields of real bundles, so that nothing is in a bundle that was not announced.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from obsqra_desktop.domain import oab
from obsqra_desktop.domain.record import Disclosure


class Visibility(StrEnum):
    """What happens to a field at a level."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    NEVER = "never included"

    @property
    def words(self) -> str:
        """As people read it."""
        return VISIBILITY_WORDS[self]


VISIBILITY_WORDS: Final = {
    Visibility.SHOWN: "shown",
    Visibility.HIDDEN: "hidden: only a salted hash",
    Visibility.NEVER: "not included",
}


@dataclass(frozen=True)
class FieldLine:
    """One field: its name in words, the file and the path in it, what happens to it and why.

    `reveal` is the name that `decisions reveal` opens a hidden field by.
    """

    name: str
    file: str
    path: str
    visibility: Visibility
    why: str
    reveal: str | None = None


METRICS: Final = {
    "utilization_bps": "Utilization",
    "volatility_bps": "Volatility",
    "liquidity_tier": "Liquidity tier",
    "audit_score": "Audit score",
    "age_days": "Age in days",
    "apy_bps": "Yield",
}


def _each_metric(prefix: str, words: str, end: str = "") -> dict[str, str]:
    return {f"{prefix}.{key}{end}": words.format(name) for key, name in METRICS.items()}


FORM: Final = "Form of this file"
STATED: Final = "The proof is about it: change it and the proof fails."
PUBLIC_FILES: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    oab.SNAPSHOT: (
        "The public input of the decision; the proof is bound to this file's digest.",
        {
            "schema": FORM,
            "chain": "Chain that the metrics were read from",
            "block_number": "Block of the metrics",
            "block_timestamp": "Time of that block",
            "taken_at": "When the metrics were taken (UTC)",
            "pools.id": "Pool ids",
            "pools.venue": "Venues of the pools",
            "pools.name": "Names of the pools",
            **_each_metric("pools.metrics", "{}"),
            **_each_metric("pools.sources", "{}: measured, entered or assumed", ".kind"),
            **_each_metric("pools.sources", "{}: where it comes from", ".detail"),
        },
    ),
    oab.MODEL: (
        "The public model; the proof is bound to its weights.",
        {
            "schema": FORM,
            "name": "Model name",
            "version": "Model version",
            "kind": "Kind of model",
            "features": "What the model looks at",
            "classes": "What the model can say",
            "scales": "Scales of its numbers",
            "weights.w1": "Weights, first layer",
            "weights.b1": "Offsets, first layer",
            "weights.w2": "Weights, second layer",
            "weights.b2": "Offsets, second layer",
            "card.summary": "Model card: summary",
            "card.fitted_to": "Model card: what it was fitted to",
            "card.method": "Model card: how",
            "card.flag_means": "Model card: what a flag means",
            "card.evaluation.samples": "Model card: pools it was tried on",
            "card.evaluation.correct": "Model card: how many it got right",
            "card.evaluation.confusion": "Model card: which it confused",
            "card.limits": "Model card: limits",
        },
    ),
    oab.STATEMENT: (STATED, {"": "The statement, as the verifier reads it"}),
    oab.STATEMENT_TEXT: (
        STATED,
        {
            "schema": FORM,
            "version": "Version of the statement",
            "parameter_set": "Parameters of the proof",
            "chain_id": "Chain",
            "gate": "Contract that may act on it",
            "account": "Account",
            "nonce": "Nonce",
            "expiry": "Expiry",
            "block_number": "Block of the metrics",
            "snapshot_digest": "Digest of the metrics",
            "rule_id": "Risk rule",
            "model_digest": "Digest of the model",
            "policy_commitment": "Commitment to your policy (hides it)",
            "pools.id": "Pool ids",
            **_each_metric("pools.metrics", "{}"),
            "pools.score": "Risk scores",
            "pools.model_class": "What the model says of each pool",
            "pools.flag": "Which pools the model flags",
            "pools.allocation_bps": "Shares of the pools",
            "decision": "Decision",
            "idle_bps": "Share kept idle",
        },
    ),
    oab.OUTPUT: (
        "The answer that the proof is for, with names.",
        {
            "schema": FORM,
            "statement_digest": "Digest of the statement",
            "rule": "Risk rule",
            "decision": "Decision",
            "allocation.id": "Pool ids",
            "allocation.venue": "Venues of the pools",
            "allocation.name": "Names of the pools",
            "allocation.score": "Risk scores",
            "allocation.allocation_bps": "Shares of the pools",
            "idle_bps": "Share kept idle",
        },
    ),
    oab.PROOF: ("Zero-knowledge: it shows nothing of the policy.", {"": "The proof"}),
    oab.VERIFIER: (
        "Says how sure the proof makes its reader.",
        {
            "schema": FORM,
            "parameter_set": "Parameters of the proof",
            "system": "Proof system",
            "version": "Version of the prover",
            "field_name": "Field",
            "field_bits": "Size of the challenge field",
            "extension_degree": "Degree of the challenge field",
            "hash_name": "Hash",
            "hash_bits": "Resistance of the hash",
            "log_blowup": "Blow-up",
            "queries": "Queries",
            "grinding_bits": "Grinding",
            "folding_arity": "Folding arity",
            "final_polynomial_length": "Length of the final polynomial",
            "trace_rows": "Rows of the trace",
            "trace_columns": "Columns of the trace",
            "constraints": "Number of constraints",
            "constraint_degree": "Degree of the constraints",
            "quotient_chunks": "Chunks of the quotient",
            "salt_elements": "Salt in each leaf",
            "random_codewords": "Random codewords",
            "opening_points": "Points that are opened",
            "hiding_rows_available": "Random rows there are",
            "hiding_rows_needed": "Random rows needed",
            "hiding_formula": "How many are needed",
            "conjectured_bits": "Security, conjectured",
            "conjectured_model": "Security, conjectured by which model",
            "proven_list_bits": "Security, proven by list decoding",
            "proven_list_source": "Security, list decoding: source",
            "proven_unique_bits": "Security, proven by unique decoding",
            "proven_unique_source": "Security, unique decoding: source",
            "target_bits": "Security aimed at",
            "audited": "Whether it was audited",
            "note": "What to know about that",
        },
    ),
    oab.REDACTED: (
        "Binds what is hidden, so that a field can be opened later, one at a time.",
        {
            "schema": FORM,
            "hash": "How the hashes are made",
            "fields.path": "Names of the hidden fields",
            "fields.sha256": "Salted hashes of the hidden fields",
        },
    ),
    oab.SIGNER: (
        "Tells whose the bundle is to whoever knows your key; the same in all your bundles.",
        {
            "schema": FORM,
            "algorithm": "Kind of signature",
            "kind": "Kind of key",
            "public_key": "Public key of this computer",
            "key_id": "Id of that key",
        },
    ),
    oab.README: (
        "Explains the bundle to people; says nothing that the other files do not say.",
        {"": "Explanation, with decision, shares and security"},
    ),
    oab.CHECKER: (
        "A convenience for readers, the same file in every bundle of this version.",
        {"": "Program that checks the bundle"},
    ),
    oab.MANIFEST: (
        "Lists and hashes every file, so that none can be changed, added or left out.",
        {
            "schema": FORM,
            "decision": "Id of the decision",
            "level": "Level",
            "statements": "What is signed",
            "files.path": "Names of the files",
            "files.sha256": "Hashes of the files",
            "files.size": "Sizes of the files",
            "files.mediaType": "Types of the files",
            "files.role": "Roles of the files",
            "files.disclosure": "Levels of the files",
        },
    ),
    oab.ATTESTATIONS: (
        "What this computer's key signs.",
        {
            "_type": "Form of a signed statement",
            "predicateType": "Kind of signed statement",
            "subject.name": "What is signed",
            "subject.digest.sha256": "Hash of what is signed",
            "predicate.decision": "Id of the decision",
            "predicate.level": "Level",
            "predicate.statementDigest": "Digest of the statement",
            "predicate.policyCommitment": "Commitment to your policy (hides it)",
            "predicate.proofSha256": "Hash of the proof",
            "predicate.verifier.id": "Which verifier accepted the proof here",
            "predicate.timeCreated": "When it first accepted (UTC)",
            "predicate.properties": "What it accepted",
            "signature.keyid": "Id of the signing key",
            "signature.sig": "Signature",
        },
    ),
}

POLICY_WHY: Final = "Your private policy: an auditor may see it, others get a salted hash."
SALT: Final = "salt"
SALT_WHY: Final = "Opens the commitment. Whoever has it could try out every policy."
POLICY_FIELDS: Final = {
    "policy.name": "Policy: name",
    "policy.max_allocation_bps": "Policy: most in one pool",
    "policy.min_pools": "Policy: least number of pools",
    "policy.max_risk_score": "Policy: most risk",
    "policy.max_volatility_bps": "Policy: most volatility",
    "policy.min_liquidity_tier": "Policy: least depth",
    "policy.exclude_flagged": "Policy: whether flagged pools are left out",
    "policy.allowlist": "Policy: allowlist",
    SALT: "Salt of the commitment",
}
CREATED_AT_WHY: Final = "When you worked; the time of the first verification is shown, though."
OWNER_WHY: Final = "Says what kind of computer you have, which no reader needs."
OWNER_FIELDS: Final = {
    "created_at": "When the decision was made (UTC)",
    "proving_micros": "How long proving took",
    "phases": "How long each phase of proving took",
}
REDACTION_KEY: Final = "redaction_key"
REDACTION_KEY_WHY: Final = "The secret behind all salted hashes: with it they can be guessed open."
NEVER_FIELDS: Final = {
    "device signing key": ("Private key of this computer", "It would let others sign as you."),
    "computer and user names": ("Names of your computer and user", "They identify you."),
    "folders": ("Folders and file paths", "They name the user."),
    "time zone": ("Time zone", "All times are UTC."),
    "node addresses": ("Addresses of nodes", "They may hold keys; none is used here."),
    "amount": ("The amount that you typed", "The page shows it and nothing keeps it."),
    "exports": ("Where and when bundles were saved", "Only your own list needs it."),
    "later verifications": ("When it was verified again", "Only your own list needs it."),
    "other decisions": ("Your other decisions and policies", "A bundle is about one decision."),
}


def preview(level: Disclosure) -> tuple[FieldLine, ...]:
    """Every field at a level: first what is private, then what is public, then what is never in."""
    return (*_private(level), *_public(), *_never())


def _public() -> Iterator[FieldLine]:
    for file, (why, fields) in PUBLIC_FILES.items():
        for path, name in fields.items():
            yield FieldLine(name, file, path, Visibility.SHOWN, why)


def _private(level: Disclosure) -> Iterator[FieldLine]:
    auditor = oab.shows(level, Disclosure.AUDITOR)
    for path, name in POLICY_FIELDS.items():
        why = SALT_WHY if path == SALT else POLICY_WHY
        yield _hideable(path, name, oab.POLICY, why, shown=auditor)
    if auditor:
        yield FieldLine(FORM, oab.POLICY, "schema", Visibility.SHOWN, POLICY_WHY)
        yield FieldLine(FORM, oab.POLICY, "policy.schema", Visibility.SHOWN, POLICY_WHY)
    owner = oab.shows(level, Disclosure.OWNER)
    for path, name in OWNER_FIELDS.items():
        why = CREATED_AT_WHY if path == "created_at" else OWNER_WHY
        yield _hideable(path, name, oab.OWNER, why, shown=owner)
    if owner:
        yield FieldLine(FORM, oab.OWNER, "schema", Visibility.SHOWN, OWNER_WHY)
    seen = Visibility.SHOWN if owner else Visibility.NEVER
    yield FieldLine(
        "Secret of the salted hashes", oab.OWNER, REDACTION_KEY, seen, REDACTION_KEY_WHY
    )


def _hideable(path: str, name: str, file: str, why: str, *, shown: bool) -> FieldLine:
    if shown:
        return FieldLine(name, file, path, Visibility.SHOWN, why)
    reveal = None if path == SALT else path
    return FieldLine(name, oab.REDACTED, path, Visibility.HIDDEN, why, reveal)


def _never() -> Iterator[FieldLine]:
    for path, (name, why) in NEVER_FIELDS.items():
        yield FieldLine(name, "", path, Visibility.NEVER, why)

"""One attempt at a decision, as the local proofs folder keeps it."""

from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

RECORD_SCHEMA: Final = "obsqra/record/1"
PRIVATE_SCHEMA: Final = "obsqra/private/1"


class Status(StrEnum):
    """How far an attempt got."""

    COMPUTED = "computed"
    INFEASIBLE = "infeasible"
    FAILED = "failed"
    PROVED = "proved"
    VERIFIED = "verified"
    EXPORTED = "exported"

    @property
    def words(self) -> str:
        """The status as people read it; "verified" names where it happened."""
        return STATUS_WORDS[self]


STATUS_WORDS: Final = {
    Status.COMPUTED: "computed, not proved",
    Status.INFEASIBLE: "no allocation possible",
    Status.FAILED: "failed",
    Status.PROVED: "proved, not verified yet",
    Status.VERIFIED: "verified here",
    Status.EXPORTED: "verified here, exported",
}


class Disclosure(StrEnum):
    """Who a bundle is for; each level shows all that the one before shows."""

    PUBLIC = "public"
    AUDITOR = "auditor"
    OWNER = "owner"


class Kept(BaseModel):
    """Base of everything that is kept in files: frozen, strict, nothing unknown."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class PhaseNote(Kept):
    """Seconds of one phase of proving."""

    phase: str
    seconds: float = Field(ge=0)


class ProofNote(Kept):
    """What is known about the proof in proof.bin."""

    sha256: str
    size: int = Field(ge=1)
    seconds: float = Field(ge=0)
    phases: tuple[PhaseNote, ...]
    prover: str
    conjectured_bits: int
    proven_bits: int


class VerificationNote(Kept):
    """One run of a verifier that accepted: which one, when (unix seconds), how long."""

    verifier: str
    at: int
    seconds: float = Field(ge=0)


class ErrorNote(Kept):
    """Why an attempt failed, in the words of the error shown at that time."""

    code: str
    title: str
    detail: str
    hint: str
    at: int


class ExportNote(Kept):
    """One saved bundle: file name without its folder, digest, level, when (unix seconds)."""

    file_name: str
    sha256: str
    level: Disclosure
    at: int


class AllocationNote(Kept):
    """What one pool got."""

    pool_id: str
    venue: str
    name: str
    score: int
    allocation_bps: int


class DecisionRecord(Kept):
    """record.json: everything about an attempt that is not private.

    `first_verification` is fixed once made and goes into bundles; `last_verification` is the
    newest. Times are unix seconds, UTC. Digests and the commitment are lower-case hex.
    """

    schema_tag: str = Field(default=RECORD_SCHEMA, alias="schema")
    id: str
    status: Status
    created_at: int
    rule_id: int
    rule: str
    model: str
    model_digest: str
    snapshot_digest: str
    commitment: str
    statement_digest: str | None
    decision: str
    idle_bps: int
    allocation: tuple[AllocationNote, ...]
    proof: ProofNote | None = None
    first_verification: VerificationNote | None = None
    last_verification: VerificationNote | None = None
    error: ErrorNote | None = None
    exports: tuple[ExportNote, ...] = ()


class PrivateWitness(Kept):
    """private.json: the policy, the salt and the key of the redaction salts.

    Only file permissions (0600) protect it so far; a vault comes with a later version. `policy`
    is the text of the policy file; nothing here may be logged or put into an error.
    """

    schema_tag: str = Field(default=PRIVATE_SCHEMA, alias="schema")
    policy: str = Field(repr=False)
    salt: tuple[int, ...] = Field(repr=False, min_length=8, max_length=8)
    redaction_key: str = Field(repr=False, min_length=64, max_length=64)


class DamagedEntry(Kept):
    """A folder entry that cannot be trusted or read, with the reason; it is never deleted."""

    name: str
    reason: str


class Listing(Kept):
    """The whole proofs folder: records newest first, and what is damaged."""

    records: tuple[DecisionRecord, ...]
    damaged: tuple[DamagedEntry, ...]

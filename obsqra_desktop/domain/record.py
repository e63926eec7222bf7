"""One attempt at a decision, as the local proofs folder keeps it."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import Field

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.pools import Felt, Strict
from obsqra_desktop.domain.proof import ProofParameters

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


Micros = Annotated[int, Field(ge=0)]
"""A duration in microseconds."""

Moment = Annotated[int, Field(ge=0)]
"""Unix seconds, UTC."""

Hex32 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""32 bytes in lower-case hex."""


def micros(seconds: float) -> int:
    """Seconds of a clock as whole microseconds, as files hold them."""
    return max(0, round(seconds * 1_000_000))


class VerifierFile(ProofParameters):
    """The parameters a proof was made with, as records and bundles (verifier.json) keep them."""

    schema_id: Literal["obsqra/verifier/1"] = Field(default="obsqra/verifier/1", alias="schema")

    @classmethod
    def of(cls, parameters: ProofParameters) -> "VerifierFile":
        """The parameters that the prover reports."""
        return cls(**parameters.model_dump())

    @classmethod
    def parse(cls, raw: bytes) -> "VerifierFile":
        """Read strictly; raises InvalidInput."""
        return strict_json.parse(
            cls, raw, what="verifier.json", schema="obsqra/verifier/1", limit=1 << 16
        )

    def same_parameters(self, other: "VerifierFile") -> bool:
        """Whether both mean the same proofs; versions and notes may differ."""
        unlike = {"version": "", "note": ""}
        return self.model_copy(update=unlike) == other.model_copy(update=unlike)


class PhaseNote(Strict):
    """One phase of proving and how long it took."""

    phase: str
    micros: Micros


class ProofNote(Strict):
    """What is known about the proof in proof.bin."""

    sha256: Hex32
    size: int = Field(ge=1)
    micros: Micros
    phases: tuple[PhaseNote, ...]
    parameters: VerifierFile

    @property
    def seconds(self) -> float:
        """How long proving took."""
        return self.micros / 1_000_000


class VerificationNote(Strict):
    """One run of a verifier that accepted: which one, when, how long it took."""

    verifier: str
    at: Moment
    micros: Micros

    @property
    def seconds(self) -> float:
        """How long verifying took."""
        return self.micros / 1_000_000


class ErrorNote(Strict):
    """Why an attempt failed, in the words of the error shown at that time."""

    code: str
    title: str
    detail: str
    hint: str
    at: Moment

    @classmethod
    def of(cls, error: AppError, at: int) -> "ErrorNote":
        """The note of an error; errors carry no secrets and no paths."""
        return cls(code=error.code, title=error.title, detail=error.detail, hint=error.hint, at=at)


class ExportNote(Strict):
    """One saved bundle: file name without its folder, digest, level, when."""

    file_name: str
    sha256: Hex32
    level: Disclosure
    at: Moment


class AllocationNote(Strict):
    """What one pool got; None when the policy allowed no allocation."""

    pool_id: Felt
    venue: str
    name: str
    score: int
    allocation_bps: int | None


class DecisionRecord(Strict):
    """record.json: everything about an attempt that is not private.

    `first_verification` is fixed once made and goes into bundles; `last_verification` is the
    newest. Digests and the commitment are lower-case hex; `model_sha256` and `snapshot_sha256` are
    those of the canonical files, `model_digest` is that of the model's weights alone.
    """

    schema_id: Literal["obsqra/record/1"] = Field(default=RECORD_SCHEMA, alias="schema")
    id: str = Field(pattern=r"^[0-9a-f]{32}$")
    status: Status
    created_at: Moment
    rule_id: int
    rule: str
    model: str
    model_digest: Hex32
    model_sha256: Hex32
    snapshot_digest: Hex32
    snapshot_sha256: Hex32
    commitment: Hex32
    statement_digest: Hex32 | None
    decision: str
    idle_bps: int | None
    allocation: tuple[AllocationNote, ...]
    proof: ProofNote | None = None
    first_verification: VerificationNote | None = None
    last_verification: VerificationNote | None = None
    error: ErrorNote | None = None
    exports: tuple[ExportNote, ...] = ()

    def content_id(self) -> str:
        """The id that the content demands: 16 bytes in hex.

        With a statement it is the beginning of the statement's digest; else a digest over what
        was decided from and when.
        """
        if self.statement_digest is not None:
            return self.statement_digest[:32]
        core = strict_json.canonical(
            {
                "commitment": self.commitment,
                "created_at": self.created_at,
                "model_digest": self.model_digest,
                "rule_id": self.rule_id,
                "snapshot_digest": self.snapshot_digest,
            }
        )
        return hashlib.blake2s(b"OBSQRA/ATTEMPT/1" + core).hexdigest()[:32]


class PrivateWitness(Strict):
    """private.json: the policy, the salt and the key that salts redactions.

    Only file permissions (0600) protect it so far; a vault comes with a later version. Nothing
    here may be logged or put into an error, which is why `repr` shows none of it.
    """

    schema_id: Literal["obsqra/private/1"] = Field(default=PRIVATE_SCHEMA, alias="schema")
    policy: Policy = Field(repr=False)
    salt: tuple[int, ...] = Field(repr=False, min_length=8, max_length=8)
    redaction_key: Hex32 = Field(repr=False)


@dataclass(frozen=True, slots=True)
class DamagedEntry:
    """A folder entry that cannot be trusted or read, with the reason; it is never deleted."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Listing:
    """The whole proofs folder: records newest first, and what is damaged."""

    records: tuple[DecisionRecord, ...]
    damaged: tuple[DamagedEntry, ...]

"""What goes into the prover and the verifier, and what comes out."""

import struct
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from obsqra_desktop.domain.policy import Policy
    from obsqra_desktop.domain.statement import Statement

SALT_LIMBS: Final = 8
OPENING_BYTES: Final = 60


class ProofPhase(StrEnum):
    """The phases of proving, in their order; the value is the name shown to people."""

    TRACE = "Build the trace"
    COMMIT = "Commit to the trace"
    QUOTIENT = "Evaluate the constraints"
    OPEN = "Open and fold (FRI)"


@dataclass(frozen=True)
class PhaseReport:
    """One phase that has just finished, and the wall-clock seconds it took."""

    phase: ProofPhase
    seconds: float


@dataclass(frozen=True)
class ProofParameters:
    """The shipped parameters and their accounted security.

    Bits are those of the parameter accounting that the native module records; `note` says
    what has not been done (an independent audit).
    """

    parameter_set: int
    proof_system: str
    hash_name: str
    field_name: str
    queries: int
    log_blowup: int
    grinding_bits: int
    trace_rows: int
    trace_columns: int
    conjectured_bits: int
    proven_bits: int
    prover: str
    version: str
    note: str


@dataclass(frozen=True)
class ProofRequest:
    """A statement and the private opening that makes it true.

    The private parts stay out of `repr`, so that neither a log line nor a traceback shows them.
    """

    statement: "Statement"
    policy: "Policy" = field(repr=False)
    allow_mask: int = field(repr=False)
    salt: tuple[int, ...] = field(repr=False)

    def opening(self) -> bytes:
        """The 60 private bytes: seven policy words, then the eight limbs of the salt (u32 LE)."""
        policy = self.policy
        return struct.pack(
            "<15I",
            policy.max_allocation_bps,
            policy.min_pools,
            policy.max_risk_score,
            policy.max_volatility_bps,
            policy.min_liquidity_tier,
            int(policy.exclude_flagged),
            self.allow_mask,
            *self.salt,
        )


@dataclass(frozen=True)
class ProofResult:
    """A proof, how long it took in all, and what each phase took."""

    proof: bytes = field(repr=False)
    seconds: float
    phases: tuple[PhaseReport, ...]


@dataclass(frozen=True)
class VerifyResult:
    """A verifier accepted: which one, and how long it took."""

    seconds: float
    verifier: str

"""What goes into a prover and comes out of it and of a verifier."""

import struct
from dataclasses import dataclass, field
from enum import StrEnum

from obsqra_desktop.domain.commitment import Limbs, commit, limbs_to_bytes
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.pools import Strict
from obsqra_desktop.domain.statement import Statement


class ProofPhase(StrEnum):
    """The real phases of proving, in their order."""

    TRACE = "trace"
    COMMIT = "commit"
    QUOTIENT = "quotient"
    OPEN = "open"

    @property
    def label(self) -> str:
        """What happens in the phase, for people."""
        return _TITLES[self]


_TITLES = {
    ProofPhase.TRACE: "Build the trace",
    ProofPhase.COMMIT: "Commit to the trace",
    ProofPhase.QUOTIENT: "Evaluate the constraints",
    ProofPhase.OPEN: "Open and fold (FRI)",
}


@dataclass(frozen=True, slots=True)
class PhaseTiming:
    """A phase that has just ended and the seconds that it took."""

    phase: ProofPhase
    seconds: float


@dataclass(frozen=True, slots=True)
class ProofRequest:
    """A statement and the secret opening that it is proved with.

    InvalidInput when the policy and the salt do not open the statement's commitment. Both stay
    out of `repr`, so that neither a log line nor a traceback shows them.
    """

    statement: Statement
    policy: Policy = field(repr=False)
    salt: Limbs = field(repr=False)

    def __post_init__(self) -> None:
        opened = commit(self.policy, self.statement.pool_ids, self.salt)
        if opened != self.statement.commitment:
            raise InvalidInput("the policy and the salt do not open the commitment")

    @property
    def allow_mask(self) -> int:
        """Bit i is 1 iff the policy's allowlist lets pool i of the statement in."""
        return self.policy.allow_mask(self.statement.pool_ids)

    def policy_opening(self) -> bytes:
        """60 bytes for the prover, little-endian uint32: seven fields, then the salt."""
        p = self.policy
        fields = struct.pack(
            "<7I",
            p.max_allocation_bps,
            p.min_pools,
            p.max_risk_score,
            p.max_volatility_bps,
            p.min_liquidity_tier,
            p.exclude_flagged,
            self.allow_mask,
        )
        return fields + limbs_to_bytes(self.salt)


@dataclass(frozen=True, slots=True)
class ProofResult:
    """A proof, the seconds it took, and the seconds of each phase."""

    proof: bytes
    seconds: float
    phases: tuple[PhaseTiming, ...]


@dataclass(frozen=True, slots=True)
class VerifyResult:
    """An accepted proof: how long the check took and which verifier made it."""

    seconds: float
    verifier: str


class ProofParameters(Strict):
    """The parameters of a proof system and the security they give, as the prover accounts it.

    `field_bits` is the size of the challenge field, `hash_bits` the hash's resistance against
    collisions. The conjectured bits rest on the model that is named beside them, the proven ones
    on theorems alone; `note` says what a reader must know, for instance that nobody audited it.
    """

    parameter_set: int
    system: str
    version: str
    field_name: str
    field_bits: int
    extension_degree: int
    hash_name: str
    hash_bits: int
    log_blowup: int
    queries: int
    grinding_bits: int
    folding_arity: int
    final_polynomial_length: int
    trace_rows: int
    trace_columns: int
    constraints: int
    constraint_degree: int
    quotient_chunks: int
    salt_elements: int
    random_codewords: int
    opening_points: int
    hiding_rows_available: int
    hiding_rows_needed: int
    hiding_formula: str
    conjectured_bits: int
    conjectured_model: str
    proven_list_bits: int
    proven_list_source: str
    proven_unique_bits: int
    proven_unique_source: str
    target_bits: int
    audited: bool
    note: str

    @property
    def proven_bits(self) -> int:
        """The better of the two proven figures; each holds by itself."""
        return max(self.proven_list_bits, self.proven_unique_bits)

"""Fakes for the window's tests: a prover that waits, refuses, or is missing."""

import threading
from collections.abc import Callable

from obsqra_desktop.domain.errors import Cancelled, ProofRejected, ProvingFailed, ToolMissing
from obsqra_desktop.domain.proof import (
    PhaseTiming,
    ProofParameters,
    ProofPhase,
    ProofRequest,
    ProofResult,
    VerifyResult,
)

PARAMETERS = ProofParameters(
    parameter_set=1,
    system="fake system",
    version="0",
    field_name="KoalaBear",
    field_bits=123,
    extension_degree=4,
    hash_name="Blake2s-256",
    hash_bits=128,
    log_blowup=5,
    queries=20,
    grinding_bits=16,
    folding_arity=8,
    final_polynomial_length=4,
    trace_rows=128,
    trace_columns=68,
    constraints=178,
    constraint_degree=4,
    quotient_chunks=8,
    salt_elements=4,
    random_codewords=4,
    opening_points=2,
    hiding_rows_available=128,
    hiding_rows_needed=56,
    hiding_formula="2*(queries + 4*points)",
    conjectured_bits=102,
    conjectured_model="random words, ePrint 2025/2010 section 1.5",
    proven_list_bits=65,
    proven_list_source="list decoding up to the Johnson bound",
    proven_unique_bits=35,
    proven_unique_source="unique decoding, ePrint 2024/1553 theorem 2",
    target_bits=100,
    audited=False,
    note="A fake for tests; proves nothing.",
)


class GatedProver:
    """Stops before each phase until the test lets it go on; its proofs prove nothing."""

    def __init__(self) -> None:
        self.gates = {phase: threading.Event() for phase in ProofPhase}
        self.rejects = False
        self.fails = False

    def open_gates(self) -> None:
        for gate in self.gates.values():
            gate.set()

    def info(self) -> ProofParameters:
        return PARAMETERS

    def prove(
        self,
        request: ProofRequest,
        progress: Callable[[PhaseTiming], None],
        cancelled: Callable[[], bool],
    ) -> ProofResult:
        timings = []
        for phase, gate in self.gates.items():
            while not gate.wait(0.01):
                if cancelled():
                    raise Cancelled("Stopped between two phases.")
            if self.fails and phase is ProofPhase.COMMIT:
                raise ProvingFailed("The fake was told to fail.", hint="Try again.")
            timings.append(PhaseTiming(phase, 0.012))
            progress(timings[-1])
        return ProofResult(b"fake proof" * 100, 0.048, tuple(timings))

    def verify(self, statement: bytes, proof: bytes) -> VerifyResult:
        if self.rejects:
            raise ProofRejected("The fake was told to reject.")
        return VerifyResult(0.002, "fake")


class MissingProver(GatedProver):
    """As if the native module were not installed."""

    def info(self) -> ProofParameters:
        raise ToolMissing("The native prover is not there.", hint="Install it.")

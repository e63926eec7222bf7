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
from tests.parameters import PARAMETERS


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

"""The native prover and verifier behind the port: all calls into `obsqra_native` are here.

The module is loaded with the first call, so that what needs no proof starts without it. It
releases the GIL while it works. Errors keep the verifier's own reason and never carry the
private opening.
"""

import importlib
import time
from collections.abc import Callable
from types import ModuleType

from pydantic import AliasChoices, ConfigDict, Field, ValidationError

from obsqra_desktop.domain.errors import (
    Cancelled,
    ProofRejected,
    ProvingFailed,
    ToolMissing,
)
from obsqra_desktop.domain.proof import (
    PhaseTiming,
    ProofParameters,
    ProofPhase,
    ProofRequest,
    ProofResult,
    VerifyResult,
)

MODULE = "obsqra_native"
VERIFIER = "native"
UNAUDITED = "Nobody but the makers has checked the circuit and the program: they are unaudited."


class NativeParameters(ProofParameters):
    """`obsqra_native.parameters()` (JSON); the program adds what people must know."""

    model_config = ConfigDict(extra="ignore")

    field_name: str = Field(validation_alias=AliasChoices("field", "field_name"))
    note: str = UNAUDITED


class NativeProver:
    """Implements ProverPort over the Rust module."""

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock

    def info(self) -> ProofParameters:
        """The parameters that are compiled in; raises ToolMissing."""
        native = load()
        try:
            found = NativeParameters.model_validate_json(native.parameters())
        except ValidationError as error:
            raise mismatched() from error
        return ProofParameters(**found.model_dump())

    def prove(
        self,
        request: ProofRequest,
        progress: Callable[[PhaseTiming], None],
        cancelled: Callable[[], bool],
    ) -> ProofResult:
        """Prove; blocks, without the GIL. Raises Cancelled, ProvingFailed, ToolMissing."""
        native = load()
        phases: list[PhaseTiming] = []

        def report(name: str, seconds: float) -> None:
            timing = PhaseTiming(ProofPhase(name), seconds)
            phases.append(timing)
            progress(timing)

        started = self._clock()
        try:
            proof = native.prove(
                request.statement.encode(), request.policy_opening(), report, cancelled
            )
        except native.Cancelled:
            raise Cancelled("Proving was stopped; the computed decision is kept.") from None
        except native.InvalidInput:
            # The module's words may quote the opening; they stay out of the error.
            raise ProvingFailed(
                "The prover found that the statement does not follow from the policy.",
                hint="Please report this: the program computed both.",
            ) from None
        except native.ProverStopped as error:
            raise ProvingFailed(one_line(str(error)), hint="Try again.") from error
        return ProofResult(bytes(proof), self._clock() - started, tuple(phases))

    def verify(self, statement: bytes, proof: bytes) -> VerifyResult:
        """Accept, or raise ProofRejected with the verifier's reason; also ToolMissing."""
        native = load()
        started = self._clock()
        try:
            native.verify(statement, proof)
        except native.ProofRejected as error:
            raise ProofRejected(one_line(str(error))) from None
        return VerifyResult(self._clock() - started, VERIFIER)


def load() -> ModuleType:
    """The Rust module; raises ToolMissing with the remedy."""
    try:
        return importlib.import_module(MODULE)
    except ImportError as error:
        raise ToolMissing(
            "The native prover is not installed, so nothing can be proved or verified here.",
            hint="In a checkout run 'python3 dev.py test' or 'run' once; else install again.",
        ) from error


def mismatched() -> ToolMissing:
    """The module is there but speaks another dialect."""
    return ToolMissing(
        "The native prover belongs to another version of the program.",
        hint="Install the program again, or run 'python3 dev.py run' in a checkout.",
    )


def one_line(text: str) -> str:
    """A reason fit for a report: short and printable."""
    return "".join(c if c.isprintable() else " " for c in text)[:200].strip() or "no reason given"

"""A prover whose outcome a test chooses. It proves nothing and exists only here."""

from collections.abc import Callable
from pathlib import Path

from obsqra_desktop.domain.errors import AppError, Cancelled
from obsqra_desktop.domain.proof import (
    PhaseTiming,
    ProofParameters,
    ProofPhase,
    ProofRequest,
    ProofResult,
    VerifyResult,
)
from obsqra_desktop.services.decisions import DecisionService
from obsqra_desktop.storage.bundle import BundleArchive
from obsqra_desktop.storage.decisions import ProofsFolder
from obsqra_desktop.storage.device_key import DeviceKey
from obsqra_desktop.storage.lock import FolderLock
from tests.parameters import PARAMETERS
from tests.storage.making import NOW, chosen_bytes


class StubProver:
    """Goes through the phases; raises what it was told to, where it was told to."""

    def __init__(
        self,
        *,
        on_info: AppError | None = None,
        on_prove: AppError | None = None,
        on_verify: AppError | None = None,
        between: Callable[[], None] = lambda: None,
    ) -> None:
        self.on_info, self.on_prove, self.on_verify = on_info, on_prove, on_verify
        self.between = between
        self.asked: ProofRequest | None = None

    def info(self) -> ProofParameters:
        if self.on_info:
            raise self.on_info
        return PARAMETERS

    def prove(
        self,
        request: ProofRequest,
        progress: Callable[[PhaseTiming], None],
        cancelled: Callable[[], bool],
    ) -> ProofResult:
        self.asked = request
        if self.on_prove:
            raise self.on_prove
        done = []
        for phase in ProofPhase:
            self.between()
            if cancelled():
                raise Cancelled("Proving was stopped.")
            done.append(PhaseTiming(phase, 0.25))
            progress(done[-1])
        return ProofResult(b"no proof" * 10, 1.0, tuple(done))

    def verify(self, statement: bytes, proof: bytes) -> VerifyResult:
        if self.on_verify:
            raise self.on_verify
        return VerifyResult(0.001, "stub")


def service_with(
    data_dir: Path, prover: StubProver, seed: int = 3, patience: float = 30
) -> DecisionService:
    """The real service and the real folder over a stub prover."""
    lock = FolderLock(data_dir / "lock", patience)
    return DecisionService(
        store=ProofsFolder(data_dir, lock),
        prover=prover,
        files=BundleArchive(),
        signer=DeviceKey(data_dir, lock),
        clock=lambda: NOW,
        random_bytes=chosen_bytes(seed),
    )

"""What the services need from the outside. Adapters fit by shape and come in by constructor."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from obsqra_desktop.domain.model import Model
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.proof import (
    PhaseTiming,
    ProofParameters,
    ProofRequest,
    ProofResult,
    VerifyResult,
)
from obsqra_desktop.domain.record import DecisionRecord, Listing, PrivateWitness
from obsqra_desktop.domain.settings import Settings
from obsqra_desktop.domain.snapshot import Snapshot


class ProverPort(Protocol):
    """A prover and its verifier. All calls block; the services run them in a thread."""

    def info(self) -> ProofParameters:
        """The shipped parameters; raises ToolMissing if the prover is not there."""
        ...

    def prove(
        self,
        request: ProofRequest,
        progress: Callable[[PhaseTiming], None],
        cancelled: Callable[[], bool],
    ) -> ProofResult:
        """Prove; `progress` comes after each phase, `cancelled` is asked between phases.

        Raises Cancelled, ToolMissing, or another AppError if the statement does not follow.
        """
        ...

    def verify(self, statement: bytes, proof: bytes) -> VerifyResult:
        """Accept or raise ProofRejected with the reason."""
        ...


class DecisionStore(Protocol):
    """The local proofs folder. Reading is always possible, writing only in a session."""

    def session(self) -> AbstractContextManager[None]:
        """Hold the folder for writing; raises StorageError if another process has it."""
        ...

    def add(
        self,
        record: DecisionRecord,
        snapshot: Snapshot,
        model: Model,
        statement: bytes | None,
        private: PrivateWitness,
    ) -> None:
        """Keep a new attempt, all or nothing."""
        ...

    def save_proof(self, record: DecisionRecord, proof: bytes) -> None:
        """Keep the proof and the record that names it."""
        ...

    def update(self, record: DecisionRecord) -> None:
        """Replace record.json of an entry that is there."""
        ...

    def listing(self) -> Listing:
        """Everything in the folder, newest first, damaged entries apart."""
        ...

    def find(self, prefix: str) -> DecisionRecord:
        """The one record whose id starts with `prefix` (at least 4 characters)."""
        ...

    def snapshot(self, decision_id: str) -> Snapshot:
        """The snapshot, checked against the record."""
        ...

    def model(self, decision_id: str) -> Model:
        """The model, checked against the record."""
        ...

    def statement(self, decision_id: str) -> bytes:
        """The statement's bytes, checked against the record."""
        ...

    def proof(self, decision_id: str) -> bytes:
        """The proof's bytes, checked against the record."""
        ...

    def private(self, decision_id: str) -> PrivateWitness:
        """The private part."""
        ...


class PolicyStore(Protocol):
    """Shipped presets, policies that the user saved, and files anywhere."""

    def presets(self) -> tuple[str, ...]: ...  # noqa: D102
    def names(self) -> tuple[str, ...]: ...  # noqa: D102
    def load(self, name: str) -> Policy: ...  # noqa: D102
    def load_file(self, path: Path) -> Policy: ...  # noqa: D102
    def save(self, policy: Policy) -> str: ...  # noqa: D102


class ModelStore(Protocol):
    """Shipped models, those that the user added, and files anywhere."""

    def names(self) -> tuple[str, ...]: ...  # noqa: D102
    def load(self, name: str) -> Model: ...  # noqa: D102
    def load_file(self, path: Path) -> Model: ...  # noqa: D102


class SettingsStore(Protocol):
    """The few settings of the program."""

    def load(self) -> Settings: ...  # noqa: D102
    def save(self, settings: Settings) -> None: ...  # noqa: D102


class SignerPort(Protocol):
    """The ed25519 device key that signs bundles."""

    @property
    def kind(self) -> str:
        """Where the secret lies, in words."""
        ...

    def public_key(self) -> bytes:
        """32 bytes."""
        ...

    def sign(self, message: bytes) -> bytes:
        """64 bytes, the same for the same message."""
        ...


class SignatureVerifier(Protocol):
    """Checks ed25519 signatures."""

    def __call__(self, public_key: bytes, message: bytes, signature: bytes) -> bool:
        """Whether the signature is good; never raises for bad bytes."""
        ...


class BundleFiles(Protocol):
    """Reads and writes the zip of a bundle; knows its structure and nothing of its meaning."""

    def pack(self, entries: Mapping[str, bytes]) -> bytes:
        """The archive; the same bytes for the same entries."""
        ...

    def write(self, path: Path, archive: bytes) -> None:
        """Save atomically; raises StorageError."""
        ...

    def read(self, path: Path) -> bytes:
        """The file's bytes; raises InvalidInput if absent or too large."""
        ...

    def unpack(self, archive: bytes) -> dict[str, bytes]:
        """The entries; raises BundleDamaged if the archive is not of the strict form."""
        ...


class SnapshotFiles(Protocol):
    """Where snapshots come from besides typing."""

    def sample(self) -> Snapshot: ...  # noqa: D102
    def load(self, path: Path) -> Snapshot: ...  # noqa: D102


class UserFiles(Protocol):
    """Files outside of the data folder that the user has named."""

    def read(self, path: Path, limit: int) -> bytes:
        """At most so many bytes; raises NotFound, InvalidInput, StorageError."""
        ...

    def save(self, path: Path, data: bytes) -> None:
        """Atomically, for this user alone, over what is there; raises StorageError."""
        ...

    def ensure_free(self, path: Path) -> None:
        """Whether a new file can be saved there; raises InvalidInput if something has the name."""
        ...

    def is_there(self, path: Path) -> bool:
        """Whether it names a file, and not something else that goes by this word."""
        ...


class MachineProbe(Protocol):
    """What the self-check asks about this computer."""

    def try_writing(self) -> None: ...  # noqa: D102
    def keyring(self) -> str: ...  # noqa: D102
    def temporary_folder(self) -> AbstractContextManager[Path]: ...  # noqa: D102


Clock = Callable[[], int]
"""Unix seconds."""

RandomBytes = Callable[[int], bytes]
"""Cryptographically random bytes."""

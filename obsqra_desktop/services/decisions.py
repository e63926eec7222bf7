"""Decisions: compute, prove, verify here, keep, list, export."""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from obsqra_desktop.domain import disclosure, redaction, shipped
from obsqra_desktop.domain.decision import Decision, decide
from obsqra_desktop.domain.disclosure import FieldLine
from obsqra_desktop.domain.errors import (
    AppError,
    Cancelled,
    InvalidInput,
    ProofRejected,
    StorageError,
)
from obsqra_desktop.domain.model import Model
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.proof import PhaseTiming, ProofRequest, ProofResult
from obsqra_desktop.domain.record import (
    DecisionRecord,
    Disclosure,
    ErrorNote,
    ExportNote,
    Listing,
    PhaseNote,
    ProofNote,
    Status,
    VerificationNote,
    VerifierFile,
    micros,
)
from obsqra_desktop.domain.redaction import Revealed
from obsqra_desktop.domain.risk import RiskRule
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.domain.statement import Binding
from obsqra_desktop.services.cancel import CancelToken, finished
from obsqra_desktop.services.drafts import Draft, draft
from obsqra_desktop.services.export import BundleSource, bundle_entries
from obsqra_desktop.services.ports import (
    BundleFiles,
    Clock,
    DecisionStore,
    ProverPort,
    RandomBytes,
    SignerPort,
)


@dataclass(frozen=True)
class DecisionInput:
    """What a decision is made from."""

    snapshot: Snapshot
    rule: RiskRule
    model: Model
    policy: Policy
    binding: Binding | None = None


@dataclass(frozen=True)
class DecisionDetail:
    """One kept decision with the private parts that its owner may see."""

    record: DecisionRecord
    snapshot: Snapshot
    policy: Policy


@dataclass(frozen=True)
class ExportPreview:
    """What a bundle of a decision would show."""

    decision_id: str
    level: Disclosure
    fields: tuple[FieldLine, ...]


def ignore_phase(report: PhaseTiming) -> None:
    """The listener of those who do not want to know."""


class DecisionService:
    """The use cases around decisions. Blocking work runs in threads."""

    def __init__(
        self,
        *,
        store: DecisionStore,
        prover: ProverPort,
        files: BundleFiles,
        signer: SignerPort,
        clock: Clock,
        random_bytes: RandomBytes,
    ) -> None:
        self._store = store
        self._prover = prover
        self._files = files
        self._signer = signer
        self._clock = clock
        self._random_bytes = random_bytes

    def preview(self, snapshot: Snapshot, rule: RiskRule, model: Model, policy: Policy) -> Decision:
        """The decision, without keeping or proving anything; fast enough for every keystroke."""
        return decide(snapshot, rule, model, policy)

    async def compute(self, wanted: DecisionInput) -> DecisionRecord:
        """Compute and keep a decision without proving it."""
        made = self._draft(wanted)
        await asyncio.to_thread(self._keep, made)
        return made.record

    async def prove(
        self,
        wanted: DecisionInput,
        on_phase: Callable[[PhaseTiming], None] = ignore_phase,
        cancel: CancelToken | None = None,
    ) -> DecisionRecord:
        """Compute, keep, prove, verify here, keep again.

        The record tells how it ended: verified; infeasible; or failed, with the error (a
        cancelled one too). Only what keeps the attempt from being stored is raised
        (StorageError). `on_phase` is called on the event loop of the caller.
        """
        token = cancel or CancelToken()
        loop = asyncio.get_running_loop()

        def progress(report: PhaseTiming) -> None:
            loop.call_soon_threadsafe(on_phase, report)

        job = asyncio.create_task(asyncio.to_thread(self._attempt, wanted, progress, token))
        return await finished(job, token)

    async def list(self) -> Listing:
        """Every attempt ever kept here, newest first, and damaged entries."""
        return await asyncio.to_thread(self._store.listing)

    async def show(self, decision_id: str) -> DecisionDetail:
        """One decision by its id or the beginning of it."""

        def read() -> DecisionDetail:
            record = self._store.find(decision_id)
            snapshot = self._store.snapshot(record.id)
            return DecisionDetail(record, snapshot, self._store.private(record.id).policy)

        return await asyncio.to_thread(read)

    async def reverify(self, decision_id: str) -> DecisionRecord:
        """Run the verifier again on the kept proof; raises ProofRejected if it says no."""
        return await asyncio.to_thread(self._reverify, decision_id)

    async def export(self, decision_id: str, level: Disclosure, path: Path) -> ExportNote:
        """Save the audit bundle; the same decision and level always give the same bytes."""
        return await asyncio.to_thread(self._export, decision_id, level, path)

    async def preview_export(self, decision_id: str, level: Disclosure) -> ExportPreview:
        """Every field of the bundle of that level, shown, hidden or absent; writes nothing."""

        def read() -> ExportPreview:
            record = self._store.find(decision_id)
            require_verified(record)
            return ExportPreview(record.id, level, disclosure.preview(level))

        return await asyncio.to_thread(read)

    async def reveal(self, decision_id: str, path: str) -> Revealed:
        """Open one field that public bundles of this decision hide; raises InvalidInput."""

        def read() -> Revealed:
            record = self._store.find(decision_id)
            require_verified(record)
            private = self._store.private(record.id)
            return redaction.reveal(record, private, path)

        return await asyncio.to_thread(read)

    async def bundle_bytes(self, decision_id: str, level: Disclosure) -> bytes:
        """The bundle's bytes without saving them, for a preview of what it discloses."""
        return await asyncio.to_thread(lambda: self._pack(self._store.find(decision_id), level))

    # What follows blocks and runs in a thread.

    async def proof_of(self, decision_id: str) -> tuple[bytes, bytes]:
        """Statement and proof as they were kept; raises NotFound, InvalidInput without a proof."""

        def read() -> tuple[bytes, bytes]:
            with self._store.session():
                record = self._store.find(decision_id)
                if record.proof is None:
                    raise no_proof(record)
                return self._store.statement(record.id), self._store.proof(record.id)

        return await asyncio.to_thread(read)

    def _draft(self, wanted: DecisionInput) -> Draft:
        return draft(
            wanted.snapshot,
            wanted.rule,
            wanted.model,
            wanted.policy,
            wanted.binding,
            now=self._clock(),
            random_bytes=self._random_bytes,
        )

    def _keep(self, made: Draft) -> None:
        statement = made.statement.encode() if made.statement else None
        with self._store.session():
            self._store.add(made.record, made.snapshot, made.model, statement, made.private)

    def _attempt(
        self,
        wanted: DecisionInput,
        progress: Callable[[PhaseTiming], None],
        token: CancelToken,
    ) -> DecisionRecord:
        made = self._draft(wanted)
        with self._store.session():
            self._keep(made)
            record = made.record
            if made.statement is None:
                return record
            request = ProofRequest(made.statement, wanted.policy, made.salt)
            try:
                if token.cancelled:
                    raise Cancelled("Proving was stopped; the computed decision is kept.")
                parameters = VerifierFile.of(self._prover.info())
                result = self._prover.prove(request, progress, lambda: token.cancelled)
                record = self._keep_proof(record, result, parameters)
                return self._verify(record, made.statement.encode(), result.proof)
            except StorageError:
                raise
            except AppError as error:
                return self._keep_failure(record, error)

    def _keep_proof(
        self, record: DecisionRecord, result: ProofResult, parameters: VerifierFile
    ) -> DecisionRecord:
        note = ProofNote(
            sha256=hashlib.sha256(result.proof).hexdigest(),
            size=len(result.proof),
            micros=micros(result.seconds),
            phases=tuple(
                PhaseNote(phase=one.phase.value, micros=micros(one.seconds))
                for one in result.phases
            ),
            parameters=parameters,
        )
        record = record.model_copy(update={"status": Status.PROVED, "proof": note})
        self._store.save_proof(record, result.proof)
        return record

    def _verify(self, record: DecisionRecord, statement: bytes, proof: bytes) -> DecisionRecord:
        result = self._prover.verify(statement, proof)
        note = VerificationNote(
            verifier=result.verifier, at=self._clock(), micros=micros(result.seconds)
        )
        record = record.model_copy(
            update={
                "status": Status.EXPORTED if record.exports else Status.VERIFIED,
                "first_verification": record.first_verification or note,
                "last_verification": note,
                "error": None,
            }
        )
        self._store.update(record)
        return record

    def _keep_failure(self, record: DecisionRecord, error: AppError) -> DecisionRecord:
        note = ErrorNote.of(error, self._clock())
        record = record.model_copy(update={"status": Status.FAILED, "error": note})
        self._store.update(record)
        return record

    def _reverify(self, decision_id: str) -> DecisionRecord:
        with self._store.session():
            record = self._store.find(decision_id)
            if record.proof is None:
                raise no_proof(record)
            statement = self._store.statement(record.id)
            proof = self._store.proof(record.id)
            try:
                return self._verify(record, statement, proof)
            except ProofRejected as error:
                self._keep_failure(record, error)
                raise

    def _pack(self, record: DecisionRecord, level: Disclosure) -> bytes:
        proof, verification = require_verified(record)
        source = BundleSource(
            record=record,
            verification=verification,
            snapshot=self._store.snapshot(record.id),
            model=self._store.model(record.id),
            statement=self._store.statement(record.id),
            proof=self._store.proof(record.id),
            private=self._store.private(record.id),
            parameters=proof.parameters,
            checker=shipped.plain_verifier(),
        )
        return self._files.pack(bundle_entries(source, level, self._signer))

    def _export(self, decision_id: str, level: Disclosure, path: Path) -> ExportNote:
        with self._store.session():
            record = self._store.find(decision_id)
            archive = self._pack(record, level)
            self._files.write(path, archive)
            note = ExportNote(
                file_name=path.name,
                sha256=hashlib.sha256(archive).hexdigest(),
                level=level,
                at=self._clock(),
            )
            exports = (*record.exports, note)
            update = {"status": Status.EXPORTED, "exports": exports}
            self._store.update(record.model_copy(update=update))
            return note


def require_verified(record: DecisionRecord) -> tuple[ProofNote, VerificationNote]:
    """The proof and its first verification; raises InvalidInput if there is no bundle to make."""
    proof, verification = record.proof, record.first_verification
    if proof is None or verification is None or record.status is Status.FAILED:
        raise no_proof(record)
    return proof, verification


def no_proof(record: DecisionRecord) -> InvalidInput:
    """The refusal to verify or export what has no verified proof."""
    return InvalidInput(
        f"Decision {record.id[:8]} has no verified proof; it is: {record.status.words}.",
        hint="Make the decision again with 'prove'; the old attempt stays where it is.",
    )

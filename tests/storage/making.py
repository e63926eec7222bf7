"""Decisions to keep, made from the sample with chosen randomness."""

from collections.abc import Callable

from obsqra_desktop.domain import shipped
from obsqra_desktop.domain.record import ProofNote, Status, VerifierFile
from obsqra_desktop.domain.risk import OBSQRA_V1_2
from obsqra_desktop.services.drafts import Draft, draft
from obsqra_desktop.storage.decisions import ProofsFolder
from tests import parameters

NOW = 1_700_000_000
PARAMETERS = VerifierFile.of(parameters.PARAMETERS)


def chosen_bytes(seed: int) -> Callable[[int], bytes]:
    """The same bytes for the same seed; every salt limb is below the field's order."""
    return lambda count: bytes((seed + i) % 100 for i in range(count))


def make(seed: int = 0, policy: str = "balanced", now: int = NOW) -> Draft:
    return draft(
        shipped.sample(),
        OBSQRA_V1_2,
        shipped.model("linear_v0"),
        shipped.preset(policy),
        None,
        now=now,
        random_bytes=chosen_bytes(seed),
    )


def keep(folder: ProofsFolder, made: Draft) -> None:
    statement = made.statement.encode() if made.statement else None
    with folder.session():
        folder.add(made.record, made.snapshot, made.model, statement, made.private)


def keep_proof(folder: ProofsFolder, made: Draft, proof: bytes) -> None:
    import hashlib

    note = ProofNote(
        sha256=hashlib.sha256(proof).hexdigest(),
        size=len(proof),
        micros=1,
        phases=(),
        parameters=PARAMETERS,
    )
    record = made.record.model_copy(update={"status": Status.PROVED, "proof": note})
    with folder.session():
        folder.save_proof(record, proof)

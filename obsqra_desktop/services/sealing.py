"""Keeps the keys of notes out of the journal.

A withdrawal without a proof has the note's key in its calldata. Its record is written with those
calls emptied and the whole signed transaction sealed beside them, so that the same bytes can be
sent again; in clear stand which notes it spends, by ids that tell nothing to who has not the key.
"""

from typing import Protocol

from obsqra_desktop.domain.errors import StorageError
from obsqra_desktop.domain.journal import SealedSigned, TxRecord
from obsqra_desktop.domain.mist.calls import emergency_notes, without_keys
from obsqra_desktop.domain.transaction import Invoke, Signed


class RecordSeal(Protocol):
    """Seals signed transactions at rest. Both block."""

    def close(self, signed: Signed, record: str, notes: tuple[str, ...]) -> SealedSigned:
        """For a record's id, with ids of notes in clear; raises VaultLocked, StorageError."""
        ...

    def open(self, sealed: SealedSigned, record: str, tx_hash: int) -> Signed:
        """Raises VaultLocked, StorageError for what was sealed otherwise."""
        ...


def to_be_written(record: TxRecord, seal: RecordSeal | None) -> TxRecord:
    """The record as it may stand in a file; the same where it holds no key.

    Raises VaultLocked, StorageError, also without a seal: a key is never written in clear.
    """
    transaction = record.signed.transaction
    if record.sealed is not None or not isinstance(transaction, Invoke):
        return record
    notes = emergency_notes(transaction)
    if not notes:
        return record
    if seal is None:
        raise StorageError("The note's key could not be sealed. Nothing was sent.")
    return record.model_copy(
        update={
            "sealed": seal.close(record.signed, record.id, notes),
            "signed": record.signed.model_copy(update={"transaction": without_keys(transaction)}),
        }
    )


def to_be_sent(record: TxRecord, seal: RecordSeal | None) -> Signed:
    """What was signed, whole; raises VaultLocked, StorageError."""
    if record.sealed is None:
        return record.signed
    if seal is None:
        raise StorageError("The sealed transaction cannot be opened here. Nothing was sent.")
    signed = seal.open(record.sealed, record.id, record.signed.hash)
    transaction = signed.transaction
    empty = without_keys(transaction) if isinstance(transaction, Invoke) else transaction
    if signed.model_copy(update={"transaction": empty}) != record.signed:
        raise StorageError(
            "The sealed transaction is not the one of its record. Nothing was sent.",
            hint="Wait until it counts as expired, then make the step again: the note is free.",
        )
    return signed

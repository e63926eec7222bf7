"""The local proofs folder: content-addressed, atomic, and honest about damage.

    proofs/<id[:2]>/<id>/record.json      what is known, nothing private
                         snapshot.json    canonical bytes
                         model.json       canonical bytes
                         statement.bin    absent if there was no allocation to state
                         proof.bin        once proved
                         private.json     policy, salt, redaction key

Folders are 0700, files 0600. The private part is protected by these permissions alone so far;
a vault comes with a later version. An id is the beginning of the digest of the entry's own
content, so an entry that was altered is recognised; it is then listed as damaged, never
deleted and never trusted.
"""

import hashlib
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from pydantic import BaseModel

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.commitment import commit, limbs_to_bytes, to_limbs
from obsqra_desktop.domain.errors import InvalidInput, NotFound, StorageError
from obsqra_desktop.domain.model import Model
from obsqra_desktop.domain.record import (
    PRIVATE_SCHEMA,
    RECORD_SCHEMA,
    DamagedEntry,
    DecisionRecord,
    Listing,
    PrivateWitness,
)
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.domain.strict_json import pretty
from obsqra_desktop.storage.files import (
    PRIVATE_FOLDER,
    TEMPORARY,
    make_folder,
    read_capped,
    reported,
    sync_folder,
    temporary_beside,
    write_atomic,
    write_new,
)
from obsqra_desktop.storage.lock import FolderLock

ID: Final = re.compile(r"[0-9a-f]{32}")
SHARD: Final = re.compile(r"[0-9a-f]{2}")
PREFIX: Final = re.compile(r"[0-9a-f]{4,32}")
LIMITS: Final = {
    "record.json": 1 << 20,
    "snapshot.json": 1 << 18,
    "model.json": 1 << 18,
    "statement.bin": 1 << 16,
    "proof.bin": 8 << 20,
    "private.json": 1 << 18,
}


Document = TypeVar("Document", bound=BaseModel)


class Damaged(StorageError):  # noqa: N818 - the name says what happened
    """A kept decision is not what it was."""

    code = "damaged"
    title = "A kept decision is damaged"


class DamageError(Exception):
    """An entry is not what its id says; the text is the reason, without private content."""


class ProofsFolder:
    """The folder below the data folder; implements DecisionStore."""

    def __init__(self, data_dir: Path, lock: FolderLock) -> None:
        self._root = data_dir / "proofs"
        self._lock = lock

    @contextmanager
    def session(self) -> Iterator[None]:
        """Hold the folder for writing and clear away what an interrupted run left half-made."""
        with self._lock.held():
            with reported("opening the proofs folder"):
                make_folder(self._root)
                for leftover in self._root.glob(f"{TEMPORARY}*"):
                    shutil.rmtree(leftover, ignore_errors=True)
            yield

    def add(
        self,
        record: DecisionRecord,
        snapshot: Snapshot,
        model: Model,
        statement: bytes | None,
        private: PrivateWitness,
    ) -> None:
        """Keep a new attempt, all or nothing."""
        files = {
            "record.json": pretty(record),
            "snapshot.json": snapshot.canonical(),
            "model.json": strict_json.canonical(strict_json.document(model)),
            "private.json": pretty(private),
        }
        if statement is not None:
            files["statement.bin"] = statement
        with self.session(), reported("keeping the decision"):
            target = self._folder(record.id)
            temporary = temporary_beside(self._root / record.id)
            temporary.mkdir(mode=PRIVATE_FOLDER)
            try:
                for name, data in files.items():
                    write_new(temporary / name, data)
                sync_folder(temporary)
                make_folder(target.parent)
                temporary.rename(target)
            except BaseException:
                shutil.rmtree(temporary, ignore_errors=True)
                raise
            sync_folder(target.parent)

    def save_proof(self, record: DecisionRecord, proof: bytes) -> None:
        """Keep the proof, then the record that names it; a crash in between changes nothing."""
        with self.session():
            path = self._folder(record.id) / "proof.bin"
            write_atomic(path, proof, "keeping the proof")
            self.update(record)

    def update(self, record: DecisionRecord) -> None:
        """Replace record.json of an entry that is there."""
        with self.session():
            path = self._folder(record.id) / "record.json"
            write_atomic(path, pretty(record), "keeping the decision's state")

    def listing(self) -> Listing:
        """Everything in the folder, newest first; what is damaged apart, with the reason."""
        records: list[DecisionRecord] = []
        damaged: list[DamagedEntry] = []
        with reported("reading the proofs folder"):
            for path in self._entries():
                try:
                    records.append(self._checked(path))
                except DamageError as error:
                    damaged.append(DamagedEntry(name=path.name, reason=str(error)))
        records.sort(key=lambda one: (-one.created_at, one.id))
        return Listing(records=tuple(records), damaged=tuple(damaged))

    def find(self, prefix: str) -> DecisionRecord:
        """The one record whose id starts with `prefix`."""
        if not PREFIX.fullmatch(prefix):
            raise InvalidInput(
                "An id is 32 characters of 0-9 and a-f; its first 4 or more are enough.",
                hint="See 'obsqra decisions list'.",
            )
        with reported("reading the proofs folder"):
            found = [path for path in self._entries() if path.name.startswith(prefix)]
        if not found:
            raise NotFound(
                f"There is no decision {prefix} in this data folder.",
                hint="See 'obsqra decisions list', or look with another --data-dir.",
            )
        if len(found) > 1:
            raise InvalidInput(
                f"{len(found)} decisions start with {prefix}.",
                hint="Type more of the id.",
            )
        with self._trusted(prefix):
            return self._checked(found[0])

    def snapshot(self, decision_id: str) -> Snapshot:
        """The snapshot, checked against the record."""
        with self._trusted(decision_id):
            return self._snapshot(self._folder(decision_id), self._record(decision_id))

    def model(self, decision_id: str) -> Model:
        """The model, checked against the record."""
        with self._trusted(decision_id):
            return self._model(self._folder(decision_id), self._record(decision_id))

    def statement(self, decision_id: str) -> bytes:
        """The statement's bytes; their digest begins with the id."""
        with self._trusted(decision_id):
            return self._statement(self._folder(decision_id), self._record(decision_id))

    def proof(self, decision_id: str) -> bytes:
        """The proof's bytes, checked against the record."""
        with self._trusted(decision_id):
            return self._proof(self._folder(decision_id), self._record(decision_id))

    def private(self, decision_id: str) -> PrivateWitness:
        """The private part, which no message and no log may repeat."""
        with self._trusted(decision_id):
            path = self._folder(decision_id)
            record = self._record(decision_id)
            private = parse(PrivateWitness, path, "private.json", PRIVATE_SCHEMA)
            ids = self._snapshot(path, record).pool_ids
            opened = commit(private.policy, ids, to_limbs(private.salt))
            if limbs_to_bytes(opened).hex() != record.commitment:
                raise DamageError("private.json belongs to another decision")
            return private

    def _folder(self, decision_id: str) -> Path:
        return self._root / decision_id[:2] / decision_id

    def _entries(self) -> Iterator[Path]:
        """Every entry, and every stray file, so that nothing is silently passed over."""
        if not self._root.exists():
            return
        for shard in sorted(self._root.iterdir()):
            if shard.name.startswith(TEMPORARY):
                continue
            if SHARD.fullmatch(shard.name) and shard.is_dir() and not shard.is_symlink():
                yield from sorted(shard.iterdir())
            else:
                yield shard

    def _record(self, decision_id: str) -> DecisionRecord:
        return parse(DecisionRecord, self._folder(decision_id), "record.json", RECORD_SCHEMA)

    def _checked(self, path: Path) -> DecisionRecord:
        """A record whose every file is what it was; DamageError otherwise."""
        if not ID.fullmatch(path.name) or path != self._folder(path.name):
            raise DamageError("this does not belong here")
        if path.is_symlink() or not path.is_dir():
            raise DamageError("this is not a folder")
        record = parse(DecisionRecord, path, "record.json", RECORD_SCHEMA)
        unaltered(path, "snapshot.json", record.snapshot_sha256)
        unaltered(path, "model.json", record.model_sha256)
        parse(PrivateWitness, path, "private.json", PRIVATE_SCHEMA)
        if record.statement_digest is not None:
            self._statement(path, record)
        if record.proof is not None:
            self._proof(path, record)
        if record.content_id() != path.name or record.id != path.name:
            raise DamageError("record.json belongs to another decision")
        return record

    def _snapshot(self, path: Path, record: DecisionRecord) -> Snapshot:
        try:
            snapshot = Snapshot.parse(unaltered(path, "snapshot.json", record.snapshot_sha256))
        except InvalidInput as error:
            raise DamageError("snapshot.json is not readable") from error
        if snapshot.digest().hex() != record.snapshot_digest:
            raise DamageError("snapshot.json belongs to another decision")
        return snapshot

    def _model(self, path: Path, record: DecisionRecord) -> Model:
        try:
            model = Model.parse(unaltered(path, "model.json", record.model_sha256))
        except InvalidInput as error:
            raise DamageError("model.json is not readable") from error
        if model.digest().hex() != record.model_digest:
            raise DamageError("model.json belongs to another decision")
        return model

    def _statement(self, path: Path, record: DecisionRecord) -> bytes:
        data = read(path, "statement.bin")
        if hashlib.blake2s(data).hexdigest() != record.statement_digest:
            raise DamageError("statement.bin was altered")
        return data

    def _proof(self, path: Path, record: DecisionRecord) -> bytes:
        if record.proof is None:
            raise DamageError("there is no proof")
        return unaltered(path, "proof.bin", record.proof.sha256)

    @contextmanager
    def _trusted(self, decision_id: str) -> Iterator[None]:
        """Inside, damage is an error to show instead of a line in the listing."""
        try:
            with reported("reading the decision"):
                yield
        except DamageError as error:
            raise Damaged(
                f"Decision {decision_id[:8]}: {error}. "
                "Nothing in it is trusted, and nothing was deleted.",
                hint="Bring its folder back from a backup, or make the decision again.",
            ) from error


def read(path: Path, name: str) -> bytes:
    """One file of an entry, within its limit."""
    try:
        return read_capped(path / name, LIMITS[name])
    except ValueError as error:
        raise DamageError(str(error)) from error
    except OSError as error:
        raise DamageError(f"{name} cannot be read") from error


def unaltered(path: Path, name: str, sha256: str) -> bytes:
    """One file of an entry, if it still is the one that the record names."""
    data = read(path, name)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise DamageError(f"{name} was altered")
    return data


def parse(kind: type[Document], path: Path, name: str, schema: str) -> Document:
    """One strict JSON file of an entry; its content never gets into the error."""
    data = read(path, name)
    try:
        return strict_json.parse(kind, data, what=name, schema=schema, limit=LIMITS[name])
    except InvalidInput:
        raise DamageError(f"{name} does not have the form it should have") from None

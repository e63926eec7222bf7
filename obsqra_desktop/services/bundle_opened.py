"""The files of an audit bundle under check, parsed when a check first asks for them."""

from dataclasses import dataclass, field
from functools import cached_property

from obsqra_desktop.domain import oab, oab_documents
from obsqra_desktop.domain.model import Model
from obsqra_desktop.domain.record import VerifierFile
from obsqra_desktop.domain.redaction import RedactedFile
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.domain.statement import Statement


class CheckFailed(Exception):  # noqa: N818 - ends one check, never leaves the services
    """A check found something wrong; the text says what."""


def expect(condition: object, otherwise: str) -> None:
    """Fail the running check unless the condition holds."""
    if not condition:
        raise CheckFailed(otherwise)


@dataclass
class Opened:
    """The files of a bundle and what they parse to; a property fails the check that reads it."""

    entries: dict[str, bytes] = field(repr=False)

    def raw(self, name: str) -> bytes:
        """One file's bytes."""
        if name not in self.entries:
            raise CheckFailed(f"{name} is missing")
        return self.entries[name]

    @cached_property
    def manifest(self) -> oab.Manifest:
        """The manifest."""
        return oab.Manifest.parse(self.raw(oab.MANIFEST))

    @cached_property
    def signer(self) -> oab.Signer:
        """The signer's public key."""
        return oab.Signer.parse(self.raw(oab.SIGNER))

    @cached_property
    def snapshot(self) -> Snapshot:
        """The snapshot."""
        return Snapshot.parse(self.raw(oab.SNAPSHOT))

    @cached_property
    def model(self) -> Model:
        """The model."""
        return Model.parse(self.raw(oab.MODEL))

    @cached_property
    def statement(self) -> Statement:
        """The statement."""
        return Statement.decode(self.raw(oab.STATEMENT))

    @cached_property
    def verifier(self) -> VerifierFile:
        """The parameters that the bundle claims."""
        return VerifierFile.parse(self.raw(oab.VERIFIER))

    @cached_property
    def redacted(self) -> RedactedFile:
        """The salted hashes of what the bundle hides."""
        return RedactedFile.parse(self.raw(oab.REDACTED))

    @cached_property
    def opening(self) -> oab_documents.PolicyFile:
        """The policy and its salt, from level auditor on."""
        return oab_documents.PolicyFile.parse(self.raw(oab.POLICY))

    @cached_property
    def owner(self) -> oab_documents.OwnerFile:
        """What only the owner's own archive holds."""
        return oab_documents.OwnerFile.parse(self.raw(oab.OWNER))

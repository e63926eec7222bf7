"""From a kept decision to the files of an audit bundle; same input, same bytes."""

from dataclasses import dataclass, field

from obsqra_desktop.domain import oab, oab_documents, redaction, strict_json
from obsqra_desktop.domain.model import Model
from obsqra_desktop.domain.oab import DecisionPredicate, VerificationPredicate, VerifierId
from obsqra_desktop.domain.record import (
    DecisionRecord,
    Disclosure,
    PrivateWitness,
    VerificationNote,
    VerifierFile,
)
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.domain.statement import Statement
from obsqra_desktop.services.ports import SignerPort

VERIFIED_PROPERTY = "OBSQRA_STARK_PROOF_ACCEPTED"
VERIFIER_URI = "https://obsqra.fi/verifiers/"


@dataclass(frozen=True)
class BundleSource:
    """All that a bundle is made from; nothing in it changes when a decision is exported again."""

    record: DecisionRecord
    verification: VerificationNote
    snapshot: Snapshot
    model: Model
    statement: bytes
    proof: bytes
    private: PrivateWitness = field(repr=False)
    parameters: VerifierFile
    checker: bytes = field(repr=False)


def bundle_entries(source: BundleSource, level: Disclosure, signer: SignerPort) -> dict[str, bytes]:
    """Every file of the bundle, signed."""
    record, private = source.record, source.private
    statement = Statement.decode(source.statement)
    key = bytes.fromhex(private.redaction_key)
    hidden = redaction.hidden_values(record, private, level)
    described = oab.Signer.of(signer.public_key())
    entries = {
        oab.README: oab_documents.readme_document(
            record, statement, source.parameters, source.verification, level
        ),
        oab.SIGNER: strict_json.canonical(strict_json.document(described)),
        oab.MODEL: strict_json.canonical(strict_json.document(source.model)),
        oab.OUTPUT: oab_documents.output_document(statement, source.snapshot),
        oab.PROOF: source.proof,
        oab.REDACTED: redaction.redacted_document(hidden, key),
        oab.SNAPSHOT: source.snapshot.canonical(),
        oab.STATEMENT: source.statement,
        oab.STATEMENT_TEXT: oab_documents.statement_document(statement),
        oab.CHECKER: source.checker,
        oab.VERIFIER: strict_json.canonical(strict_json.document(source.parameters)),
    }
    if oab.shows(level, Disclosure.AUDITOR):
        entries[oab.POLICY] = oab_documents.policy_document(private)
    if oab.shows(level, Disclosure.OWNER):
        entries[oab.OWNER] = oab_documents.owner_document(record, private)

    manifest = oab.Manifest.build(record.id, level, entries).encode()
    predicates: tuple[oab.Predicate, ...] = (
        DecisionPredicate(
            decision=record.id,
            level=level,
            statementDigest=statement.digest().hex(),
            policyCommitment=record.commitment,
            proofSha256=oab.sha256(source.proof),
        ),
        VerificationPredicate(
            verifier=VerifierId(id=VERIFIER_URI + source.verification.verifier),
            timeCreated=oab.timestamp(source.verification.at),
            properties=(VERIFIED_PROPERTY,),
        ),
    )
    entries[oab.ATTESTATIONS] = b"".join(
        oab.attest(manifest, predicate, signer.sign, described.key_id) for predicate in predicates
    )
    entries[oab.MANIFEST] = manifest
    return entries

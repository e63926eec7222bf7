"""The audit bundle `OAB/1`: its files, its manifest, its signed statements. Pure bytes.

A bundle is a set of named byte strings. `manifest.json` (RFC 8785) lists all of them but itself
and `attestations.intoto.jsonl`; each line of the latter is a DSSE envelope around an in-toto
statement whose only subject is the manifest, so the signatures cover every byte.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Final, Literal

from pydantic import Field, ValidationError

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.pools import Strict
from obsqra_desktop.domain.record import Disclosure, Hex32
from obsqra_desktop.domain.strict_json import Document

MANIFEST: Final = "manifest.json"
ATTESTATIONS: Final = "attestations.intoto.jsonl"
README: Final = "README.txt"
CHECKER: Final = "verify_bundle.py"
SIGNER: Final = "keys/signer.json"
SNAPSHOT: Final = "payload/snapshot.json"
STATEMENT: Final = "payload/statement.bin"
STATEMENT_TEXT: Final = "payload/statement.json"
MODEL: Final = "payload/model.json"
PROOF: Final = "payload/proof.bin"
VERIFIER: Final = "payload/verifier.json"
OUTPUT: Final = "payload/output.json"
REDACTED: Final = "payload/redacted.json"
POLICY: Final = "payload/policy.json"
OWNER: Final = "payload/owner.json"

MAX_MANIFEST: Final = 64 * 1024
PAYLOAD_TYPE: Final = "application/vnd.in-toto+json"
STATEMENT_TYPE: Final = "https://in-toto.io/Statement/v1"
DECISION_PREDICATE: Final = "https://obsqra.fi/oab/decision/v1"
VERIFICATION_PREDICATE: Final = "https://in-toto.io/attestation/svr/v0.1"
PREDICATES: Final = (DECISION_PREDICATE, VERIFICATION_PREDICATE)

JSON: Final = "application/json"
BYTES: Final = "application/octet-stream"
TEXT: Final = "text/plain; charset=utf-8"
PYTHON: Final = "text/x-python; charset=utf-8"


@dataclass(frozen=True, slots=True)
class FileKind:
    """What a file of a bundle is, and from which level on it is there."""

    media_type: str
    role: str
    disclosure: Disclosure


FILES: Final[Mapping[str, FileKind]] = {
    README: FileKind(TEXT, "explanation", Disclosure.PUBLIC),
    SIGNER: FileKind(JSON, "signer", Disclosure.PUBLIC),
    MODEL: FileKind(JSON, "model", Disclosure.PUBLIC),
    OUTPUT: FileKind(JSON, "output", Disclosure.PUBLIC),
    PROOF: FileKind(BYTES, "proof", Disclosure.PUBLIC),
    REDACTED: FileKind(JSON, "redaction", Disclosure.PUBLIC),
    SNAPSHOT: FileKind(JSON, "input", Disclosure.PUBLIC),
    STATEMENT: FileKind(BYTES, "statement", Disclosure.PUBLIC),
    STATEMENT_TEXT: FileKind(JSON, "statement", Disclosure.PUBLIC),
    VERIFIER: FileKind(JSON, "parameters", Disclosure.PUBLIC),
    CHECKER: FileKind(PYTHON, "verifier", Disclosure.PUBLIC),
    POLICY: FileKind(JSON, "policy", Disclosure.AUDITOR),
    OWNER: FileKind(JSON, "record", Disclosure.OWNER),
}
ORDER: Final = (Disclosure.PUBLIC, Disclosure.AUDITOR, Disclosure.OWNER)


def shows(level: Disclosure, disclosure: Disclosure) -> bool:
    """Whether a bundle of `level` holds what is disclosed from `disclosure` on."""
    return ORDER.index(disclosure) <= ORDER.index(level)


def payload_names(level: Disclosure) -> frozenset[str]:
    """The files that the manifest of this level must list: these and no others."""
    return frozenset(name for name, kind in FILES.items() if shows(level, kind.disclosure))


class ManifestFile(Strict):
    """One file: its digest, size, and what it is."""

    path: str
    sha256: Hex32
    size: Annotated[int, Field(ge=0)]
    mediaType: str  # noqa: N815 - the name in the file
    role: str
    disclosure: Disclosure


class Manifest(Strict):
    """manifest.json."""

    schema_id: Literal["oab/1"] = Field(default="oab/1", alias="schema")
    decision: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    level: Disclosure
    statements: tuple[str, ...]
    files: tuple[ManifestFile, ...]

    @classmethod
    def build(cls, decision_id: str, level: Disclosure, entries: Mapping[str, bytes]) -> "Manifest":
        """The manifest of these files, which must be exactly those of the level."""
        if entries.keys() != payload_names(level):
            raise InvalidInput(f"these are not the files of level {level.value}")
        files = tuple(
            ManifestFile(
                path=name,
                sha256=sha256(entries[name]),
                size=len(entries[name]),
                mediaType=FILES[name].media_type,
                role=FILES[name].role,
                disclosure=FILES[name].disclosure,
            )
            for name in sorted(entries)
        )
        return cls(decision=decision_id, level=level, statements=PREDICATES, files=files)

    @classmethod
    def parse(cls, raw: bytes) -> "Manifest":
        """Read canonical bytes strictly; raises InvalidInput."""
        manifest = strict_json.parse(cls, raw, what=MANIFEST, schema="oab/1", limit=MAX_MANIFEST)
        if manifest.encode() != raw:
            raise InvalidInput(f"{MANIFEST} is not in its canonical form")
        return manifest

    def encode(self) -> bytes:
        """RFC 8785 bytes."""
        return strict_json.canonical(strict_json.document(self))


class Signer(Strict):
    """keys/signer.json: the public key, and its id, which is the key's SHA-256."""

    schema_id: Literal["obsqra/signer/1"] = Field(default="obsqra/signer/1", alias="schema")
    algorithm: Literal["ed25519"] = "ed25519"
    kind: Literal["device"] = "device"
    public_key: Hex32
    key_id: Hex32

    @classmethod
    def of(cls, public_key: bytes) -> "Signer":
        """The description of a key of 32 bytes."""
        return cls(public_key=public_key.hex(), key_id=sha256(public_key))

    @classmethod
    def parse(cls, raw: bytes) -> "Signer":
        """Read strictly; raises InvalidInput."""
        signer = strict_json.parse(
            cls, raw, what=SIGNER, schema="obsqra/signer/1", limit=MAX_MANIFEST
        )
        if sha256(bytes.fromhex(signer.public_key)) != signer.key_id:
            raise InvalidInput("the key id does not belong to the key")
        return signer


class Subject(Strict):
    """What an in-toto statement is about."""

    name: str
    digest: dict[str, str]


class DecisionPredicate(Strict):
    """The signer made this decision: the digests of what was decided and proved."""

    decision: str
    level: Disclosure
    statementDigest: Hex32  # noqa: N815 - the name in the file
    policyCommitment: Hex32  # noqa: N815 - the name in the file
    proofSha256: Hex32  # noqa: N815 - the name in the file


class VerifierId(Strict):
    """Which verifier."""

    id: str


class VerificationPredicate(Strict):
    """in-toto's Simple Verification Result v0.1: a verifier ran on the signer's computer."""

    verifier: VerifierId
    timeCreated: str  # noqa: N815 - the name in the file
    properties: tuple[str, ...]


Predicate = DecisionPredicate | VerificationPredicate


class Attestation(Strict):
    """An in-toto Statement v1."""

    type_id: Literal["https://in-toto.io/Statement/v1"] = Field(
        default=STATEMENT_TYPE, alias="_type"
    )
    subject: tuple[Subject, ...]
    predicateType: str  # noqa: N815 - the name in the file
    predicate: Predicate


class EnvelopeSignature(Strict):
    """A DSSE signature; the key id is only a hint."""

    keyid: str
    sig: str


class Envelope(Strict):
    """A DSSE envelope."""

    payload: str
    payload_type: Literal["application/vnd.in-toto+json"] = Field(
        default=PAYLOAD_TYPE, alias="payloadType"
    )
    signatures: tuple[EnvelopeSignature, ...] = Field(min_length=1, max_length=1)

    def message(self) -> bytes:
        """The signed bytes of the payload; raises InvalidInput for bad base64."""
        return _unbase64(self.payload)

    def signature(self) -> bytes:
        """The signature's bytes; raises InvalidInput for bad base64."""
        return _unbase64(self.signatures[0].sig)


def sha256(data: bytes) -> str:
    """Lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def timestamp(at: int) -> str:
    """Unix seconds as RFC 3339 in UTC."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def signing_bytes(message: bytes) -> bytes:
    """DSSE's pre-authentication encoding of an in-toto payload."""
    kind = PAYLOAD_TYPE.encode()
    return b"DSSEv1 %d %s %d %s" % (len(kind), kind, len(message), message)


def attest(
    manifest: bytes,
    predicate: Predicate,
    sign: Callable[[bytes], bytes],
    key_id: str,
) -> bytes:
    """One line of attestations.intoto.jsonl: a signed statement about the manifest."""
    made = isinstance(predicate, DecisionPredicate)
    predicate_type = DECISION_PREDICATE if made else VERIFICATION_PREDICATE
    subject = Subject(name=MANIFEST, digest={"sha256": sha256(manifest)})
    statement = Attestation(subject=(subject,), predicateType=predicate_type, predicate=predicate)
    message = strict_json.canonical(strict_json.document(statement))
    signature = EnvelopeSignature(
        keyid=key_id, sig=base64.b64encode(sign(signing_bytes(message))).decode()
    )
    envelope = Envelope(payload=base64.b64encode(message).decode(), signatures=(signature,))
    return strict_json.canonical(strict_json.document(envelope)) + b"\n"


def envelopes(raw: bytes) -> tuple[Envelope, ...]:
    """The lines of attestations.intoto.jsonl; raises InvalidInput."""
    if not raw.endswith(b"\n") or len(raw) > MAX_MANIFEST:
        raise InvalidInput(f"{ATTESTATIONS} does not end with a line, or is too long")
    return tuple(_strict(Envelope, line, ATTESTATIONS) for line in raw[:-1].split(b"\n"))


def attestation(message: bytes) -> Attestation:
    """The statement in an envelope, read from the very bytes that were signed."""
    found = _strict(Attestation, message, "a signed statement")
    made = isinstance(found.predicate, DecisionPredicate)
    if found.predicateType != (DECISION_PREDICATE if made else VERIFICATION_PREDICATE):
        raise InvalidInput("a signed statement has another type than its content")
    return found


def _strict(kind: type[Document], raw: bytes, what: str) -> Document:
    strict_json.loads(raw, what=what, limit=MAX_MANIFEST)
    try:
        found = kind.model_validate_json(raw, by_alias=True, by_name=False)
    except ValidationError as error:
        raise strict_json.invalid(error, what) from error
    if strict_json.canonical(strict_json.document(found)) != raw:
        raise InvalidInput(f"{what} is not in its canonical form")
    return found


def _unbase64(text: str) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise InvalidInput("an envelope has bad base64") from error
    if base64.b64encode(raw).decode() != text:
        raise InvalidInput("an envelope has base64 that is not canonical")
    return raw

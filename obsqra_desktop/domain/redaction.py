"""What a bundle hides, and how one hidden field is opened later.

Each decision has a secret of 32 random bytes. A field's salt is HMAC-SHA256 (RFC 2104, FIPS
198-1) of the field's path under that secret: it looks random to whoever lacks the secret, is
another one for each field, and the same whenever the bundle is made again. What the bundle shows
is SHA-256 of the salt and the RFC 8785 form of [path, value], as in selective disclosure with
salted digests (RFC 9901). Opening a field gives away its salt and none of the others.
"""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Final, Literal, cast

from pydantic import Field
from pydantic import JsonValue as AnyJson

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.disclosure import OWNER_FIELDS, POLICY_FIELDS, SALT
from obsqra_desktop.domain.errors import InvalidInput, NotFound
from obsqra_desktop.domain.oab import shows
from obsqra_desktop.domain.pools import Strict
from obsqra_desktop.domain.record import DecisionRecord, Disclosure, Hex32, PrivateWitness
from obsqra_desktop.domain.strict_json import JsonValue, canonical

REDACTION: Final = "sha256(salt || RFC 8785 of [path, value])"
REVEAL_SCHEMA: Final = "obsqra/reveal/1"
LIMIT: Final = 1 << 17


class RedactedField(Strict):
    """The salted hash of one hidden field."""

    path: str
    sha256: Hex32


class RedactedFile(Strict):
    """payload/redacted.json, fields sorted by path."""

    schema_id: Literal["obsqra/redacted/1"] = Field(default="obsqra/redacted/1", alias="schema")
    hash: Literal["sha256(salt || RFC 8785 of [path, value])"] = REDACTION
    fields: tuple[RedactedField, ...]

    @classmethod
    def parse(cls, raw: bytes) -> "RedactedFile":
        """Read strictly; raises InvalidInput."""
        return strict_json.parse(
            cls, raw, what="redacted.json", schema="obsqra/redacted/1", limit=LIMIT
        )


class Revealed(Strict):
    """One hidden field, opened by its owner for whoever holds a bundle that hides it."""

    schema_id: Literal["obsqra/reveal/1"] = Field(default=REVEAL_SCHEMA, alias="schema")
    decision: str = Field(pattern=r"^[0-9a-f]{32}$")
    field: str
    value: AnyJson = Field(repr=False)
    salt: Hex32 = Field(repr=False)

    @classmethod
    def parse(cls, raw: bytes) -> "Revealed":
        """Read strictly; raises InvalidInput."""
        return strict_json.parse(
            cls, raw, what="the opened field", schema=REVEAL_SCHEMA, limit=LIMIT
        )

    def digest(self) -> str:
        """What a bundle that hides the field must hold."""
        value = strict_json.document(self)
        shown = value["value"] if isinstance(value, dict) else None
        return salted_digest(bytes.fromhex(self.salt), self.field, shown)


def salted_digest(salt: bytes, path: str, value: JsonValue) -> str:
    """The hash that stands for a hidden value."""
    return hashlib.sha256(salt + canonical([path, value])).hexdigest()


def redaction_salt(key: bytes, path: str) -> bytes:
    """The 32 secret bytes that keep a guessable value from being guessed."""
    return hmac.new(key, path.encode(), hashlib.sha256).digest()


def hidden_values(
    record: DecisionRecord, private: PrivateWitness, level: Disclosure
) -> Mapping[str, JsonValue]:
    """Everything that a bundle of this level withholds, by path."""
    hidden: dict[str, JsonValue] = {}
    if not shows(level, Disclosure.AUDITOR):
        policy = strict_json.document(private.policy)
        named = {f"policy.{name}": value for name, value in _items(policy)}
        named[SALT] = list(private.salt)
        hidden |= {path: named[path] for path in POLICY_FIELDS}
    if not shows(level, Disclosure.OWNER):
        proof = record.proof
        owner: dict[str, JsonValue] = {
            "created_at": record.created_at,
            "proving_micros": proof.micros if proof else 0,
            "phases": [strict_json.document(one) for one in (proof.phases if proof else ())],
        }
        hidden |= {path: owner[path] for path in OWNER_FIELDS}
    return hidden


def hidden_paths(level: Disclosure) -> frozenset[str]:
    """The fields that a bundle of this level must have a salted hash of, and no others."""
    policy = () if shows(level, Disclosure.AUDITOR) else POLICY_FIELDS
    owner = () if shows(level, Disclosure.OWNER) else OWNER_FIELDS
    return frozenset((*policy, *owner))


def redacted_document(hidden: Mapping[str, JsonValue], key: bytes) -> bytes:
    """payload/redacted.json: a salted hash for each withheld value."""
    fields = tuple(
        RedactedField(
            path=path, sha256=salted_digest(redaction_salt(key, path), path, hidden[path])
        )
        for path in sorted(hidden)
    )
    return canonical(strict_json.document(RedactedFile(fields=fields)))


def reveal(record: DecisionRecord, private: PrivateWitness, path: str) -> Revealed:
    """Open one field; raises NotFound for no such field, InvalidInput for the commitment's salt."""
    hidden = hidden_values(record, private, Disclosure.PUBLIC)
    if path == SALT:
        raise InvalidInput(
            "The commitment's salt is not opened by itself: with it, every policy could be tried "
            "out until one fits.",
            hint="Open the policy's fields one by one, or save a bundle of level auditor.",
        )
    if path not in hidden:
        known = ", ".join(sorted(hidden.keys() - {SALT}))
        raise NotFound(f"There is no hidden field {path!r}.", hint=f"There are: {known}.")
    salt = redaction_salt(bytes.fromhex(private.redaction_key), path)
    value = cast(AnyJson, hidden[path])
    return Revealed(decision=record.id, field=path, value=value, salt=salt.hex())


def _items(value: JsonValue) -> tuple[tuple[str, JsonValue], ...]:
    return tuple(value.items()) if isinstance(value, dict) else ()

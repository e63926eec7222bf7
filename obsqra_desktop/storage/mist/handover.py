"""Hand-over files: AES-256-GCM under a key that a passphrase gives by Argon2id (see storage.vault).

Outside of the seal stands nothing about the note: not even the chain.
"""

import os
from typing import Annotated, Final, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import Field

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.chain_errors import WrongPassphrase
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.handover import (
    CONTENTS_LIMIT,
    CONTENTS_SCHEMA,
    FILE_LIMIT,
    SEALED_SCHEMA,
    HandedOver,
)
from obsqra_desktop.domain.pools import Strict
from obsqra_desktop.storage.envelope import NONCE_BYTES, SHORTEST_PASSPHRASE, Argon, stretched
from obsqra_desktop.storage.mist.brought import read_brought

SALT_BYTES: Final = 16
PLACE: Final = SEALED_SCHEMA.encode()


class HandOverFile(Strict):
    """The file."""

    schema_id: Literal["obsqra/mist-handover-file/1"] = Field(default=SEALED_SCHEMA, alias="schema")
    argon: Argon
    nonce: Annotated[str, Field(pattern=r"^[0-9a-f]{24}$")]
    data: Annotated[str, Field(pattern=r"^([0-9a-f]{2})+$", max_length=2 * CONTENTS_LIMIT + 32)]


class SealedHandOver:
    """Implements HandOverFormat. `argon` is for tests; each file has a salt of its own."""

    def __init__(self, argon: Argon | None = None) -> None:
        self._argon = argon

    def write(self, contents: HandedOver, passphrase: str) -> bytes:
        """The file's bytes."""
        if len(passphrase) < SHORTEST_PASSPHRASE:
            raise InvalidInput("The passphrase of a hand-over file has at least 8 characters.")
        salt, nonce = os.urandom(SALT_BYTES).hex(), os.urandom(NONCE_BYTES)
        argon = self._argon.model_copy(update={"salt": salt}) if self._argon else Argon(salt=salt)
        key = stretched(passphrase, argon)
        data = AESGCM(key).encrypt(nonce, strict_json.pretty(contents), PLACE)
        return strict_json.pretty(HandOverFile(argon=argon, nonce=nonce.hex(), data=data.hex()))

    def read(self, raw: bytes, passphrase: str) -> HandedOver:
        """What it tells; raises InvalidInput, WrongPassphrase."""
        file = read_brought(HandOverFile, raw, schema=SEALED_SCHEMA, limit=FILE_LIMIT)
        key = stretched(passphrase, file.argon)
        try:
            plain = AESGCM(key).decrypt(bytes.fromhex(file.nonce), bytes.fromhex(file.data), PLACE)
        except InvalidTag:
            raise WrongPassphrase(
                "The hand-over file stays closed: the passphrase is another one, or the file was "
                "changed.",
                hint="Type it again, or ask for the file once more.",
            ) from None
        return strict_json.parse(
            HandedOver, plain, what="hand-over", schema=CONTENTS_SCHEMA, limit=CONTENTS_LIMIT
        )

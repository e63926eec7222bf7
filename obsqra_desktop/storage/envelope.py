"""Seals under a key or a passphrase: AES-256-GCM (NIST SP 800-38D) and Argon2id (RFC 9106)."""

import os
from typing import Annotated, Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from pydantic import Field, model_validator

from obsqra_desktop.domain.errors import InvalidInput, ToolMissing
from obsqra_desktop.domain.pools import Strict

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
SHORTEST_PASSPHRASE: Final = 8
LONGEST_PASSPHRASE: Final = 1024

Hex = Annotated[str, Field(pattern=r"^([0-9a-f]{2})+$", max_length=20_000)]


class Sealed(Strict):
    """Nonce and ciphertext with its tag."""

    nonce: Annotated[str, Field(pattern=r"^[0-9a-f]{24}$")]
    data: Hex


class Argon(Strict):
    """Argon2id's parameters; the limits keep a foreign file from taking all memory."""

    salt: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    passes: Annotated[int, Field(ge=1, le=10)] = 3
    memory_kib: Annotated[int, Field(ge=8, le=256 * 1024)] = 64 * 1024
    lanes: Annotated[int, Field(ge=1, le=16)] = 4

    @model_validator(mode="after")
    def _enough_for_each_lane(self) -> "Argon":
        if self.memory_kib < 8 * self.lanes:
            raise ValueError("Argon2 wants 8 KiB for each lane")
        return self


def stretched(passphrase: str, argon: Argon) -> bytes:
    """The key of a passphrase; takes about a tenth of a second and 64 MiB."""
    try:
        words = passphrase.encode("utf-8")
    except UnicodeEncodeError:  # its error would carry the passphrase
        raise InvalidInput("The passphrase has characters that are no text.") from None
    try:
        return Argon2id(
            salt=bytes.fromhex(argon.salt),
            length=KEY_BYTES,
            iterations=argon.passes,
            lanes=argon.lanes,
            memory_cost=argon.memory_kib,
        ).derive(words)
    except (UnsupportedAlgorithm, ValueError) as error:
        raise ToolMissing("Argon2id is not available here.") from error


def sealed(secret: bytes, key: bytes, where: bytes) -> Sealed:
    """Under a fresh nonce."""
    nonce = os.urandom(NONCE_BYTES)
    return Sealed(nonce=nonce.hex(), data=AESGCM(key).encrypt(nonce, secret, where).hex())


def opened(value: Sealed, key: bytes, where: bytes) -> bytes:
    """Raises InvalidTag when anything is not as it was sealed."""
    return AESGCM(key).decrypt(bytes.fromhex(value.nonce), bytes.fromhex(value.data), where)

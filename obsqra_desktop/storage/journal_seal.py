"""Signed transactions that hold a secret, sealed in the journal: implements RecordSeal.

AES-256-GCM (NIST SP 800-38D) under 32 random bytes of the vault that are made at the first use, a
fresh 96-bit nonce for each seal; record and transaction hash are bound as associated data. Without
the vault a sealed transaction cannot be sent again; what it would have spent stays where it was.
"""

import base64
import os
from typing import Final, Protocol

from pydantic import ValidationError

from obsqra_desktop.domain.errors import NotFound, StorageError
from obsqra_desktop.domain.journal import SealedSigned
from obsqra_desktop.domain.transaction import Signed
from obsqra_desktop.storage.lock import FolderLock

ENTRY: Final = "journal/seal"
"""Its name in the vault."""
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12


class Secrets(Protocol):
    """What is needed of the vault."""

    def unlock(self, passphrase: str | None = None) -> None: ...  # noqa: D102
    def get(self, name: str) -> bytes: ...  # noqa: D102
    def put(self, name: str, secret: bytes) -> None: ...  # noqa: D102


class VaultSeal:
    """Seals and opens. Both block for the vault's file."""

    def __init__(self, vault: Secrets, lock: FolderLock) -> None:
        self._vault = vault
        self._lock = lock

    def close(self, signed: Signed, record: str, notes: tuple[str, ...]) -> SealedSigned:
        """Under a fresh nonce; raises VaultLocked, StorageError."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(NONCE_BYTES)
        plain = signed.model_dump_json().encode()
        data = AESGCM(self._key(make=True)).encrypt(nonce, plain, bound(record, signed.hash))
        return SealedSigned(
            nonce=nonce.hex(), data=base64.b64encode(data).decode("ascii"), notes=notes
        )

    def open(self, sealed: SealedSigned, record: str, tx_hash: int) -> Signed:
        """What was sealed for that record; raises VaultLocked, StorageError."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            data = base64.b64decode(sealed.data, validate=True)
            nonce = bytes.fromhex(sealed.nonce)
            plain = AESGCM(self._key(make=False)).decrypt(nonce, data, bound(record, tx_hash))
            return Signed.model_validate_json(plain)
        except (ValueError, InvalidTag, ValidationError):
            raise unreadable() from None

    def _key(self, make: bool) -> bytes:
        self._vault.unlock()  # a keyring opens by itself; a passphrase must have been typed
        with self._lock.held():
            try:
                return self._vault.get(ENTRY)
            except NotFound:
                if not make:
                    raise unreadable() from None
            key = os.urandom(KEY_BYTES)
            self._vault.put(ENTRY, key)
            return key


def bound(record: str, tx_hash: int) -> bytes:
    """Associated data of the seal."""
    return f"obsqra/journal-seal/1\n{record}\n{tx_hash:x}".encode()


def unreadable() -> StorageError:
    """Sealed under another vault, or changed."""
    return StorageError(
        "The sealed transaction cannot be opened: it was sealed with keys that are not here, or "
        "was changed. Nothing was sent.",
        hint="Wait until it counts as expired, then make the step again: the note is free then.",
    )

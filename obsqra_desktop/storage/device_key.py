"""The ed25519 key of this computer that signs bundles.

The secret goes to the system's keyring if a real one answers in time, else to a file of mode 0600
in the data folder; `kind` says which, and the program shows it. It is in no bundle, at no level.
A vault comes with a later version.
"""

from functools import cached_property
from pathlib import Path
from typing import Annotated, Final, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import Field

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.errors import InvalidInput, StorageError
from obsqra_desktop.domain.pools import Strict
from obsqra_desktop.domain.record import Hex32
from obsqra_desktop.storage.files import make_folder, read_capped, reported, write_atomic
from obsqra_desktop.storage.lock import FolderLock

KEY_FILE: Final = "device-key.json"
SCHEMA: Final = "obsqra/device-key/1"
LIMIT: Final = 4096


class DeviceKeyFile(Strict):
    """keys/device-key.json: the public key, and either the seed or where in the keyring it is."""

    schema_id: Literal["obsqra/device-key/1"] = Field(default=SCHEMA, alias="schema")
    place: Literal["file", "keyring"]
    public_key: Hex32
    seed: Annotated[str | None, Field(repr=False)]
    keyring_name: str | None
    keyring_backend: str | None = None


class DeviceKey:
    """Implements SignerPort; the key is made on first use."""

    def __init__(self, data_dir: Path, lock: FolderLock) -> None:
        self._path = data_dir / "keys" / KEY_FILE
        self._lock = lock

    @property
    def kind(self) -> str:
        """Where the secret lies, in words."""
        if self._file.place == "keyring":
            return f"device key in the system's keyring ({self._file.keyring_backend or 'unnamed'})"
        return (
            "device key in a file that only you can read, unencrypted: no system keyring answered"
        )

    def public_key(self) -> bytes:
        """32 bytes."""
        return bytes.fromhex(self._file.public_key)

    def sign(self, message: bytes) -> bytes:
        """64 bytes; ed25519 has no randomness, so the same message gives the same signature."""
        return self._private.sign(message)

    @cached_property
    def _file(self) -> DeviceKeyFile:
        with reported("reading the device key"):
            if self._path.exists():
                return self._read()
            with self._lock.held():
                return self._read() if self._path.exists() else self._create()

    @cached_property
    def _private(self) -> Ed25519PrivateKey:
        file = self._file
        seed = file.seed
        if file.keyring_name is not None:
            from obsqra_desktop.storage import system_keyring

            seed = system_keyring.fetch(file.keyring_name)
            if seed is None:
                raise StorageError(
                    "The system's keyring did not give out the device key: it is locked, refused, "
                    "or no longer there. Nothing was signed or changed.",
                    hint=f"Unlock it and try again. If it is lost, remove keys/{KEY_FILE} "
                    "to get a new key; old bundles keep their old signer.",
                )
        try:
            private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed or ""))
        except ValueError:
            raise unusable("The device key is damaged.") from None
        if private.public_key().public_bytes_raw().hex() != file.public_key:
            raise unusable("The device key does not belong to its public key.")
        return private

    def _read(self) -> DeviceKeyFile:
        try:
            raw = read_capped(self._path, LIMIT)
            return strict_json.parse(DeviceKeyFile, raw, what=KEY_FILE, schema=SCHEMA, limit=LIMIT)
        except (ValueError, InvalidInput):
            raise unusable(f"{KEY_FILE} is damaged.") from None

    def _create(self) -> DeviceKeyFile:
        private = Ed25519PrivateKey.generate()
        public = private.public_key().public_bytes_raw().hex()
        seed = private.private_bytes_raw().hex()
        name = f"device-{public[:16]}"
        from obsqra_desktop.storage import system_keyring

        backend = system_keyring.store(name, seed)
        file = DeviceKeyFile(
            place="file" if backend is None else "keyring",
            public_key=public,
            seed=seed if backend is None else None,
            keyring_name=None if backend is None else name,
            keyring_backend=backend,
        )
        make_folder(self._path.parent)
        write_atomic(self._path, strict_json.pretty(file), "keeping the device key")
        return file


def unusable(detail: str) -> StorageError:
    """The error for a key that cannot sign."""
    return StorageError(
        f"{detail} Kept decisions and their proofs are not touched by that.",
        hint=f"Bring keys/{KEY_FILE} back from a backup, or remove it to get a new key.",
    )


def signature_is_good(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Implements SignatureVerifier."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True

"""Secrets at rest: sealed one by one under a data key, which a keyring or a passphrase wraps.

Envelope encryption with AES-256-GCM (NIST SP 800-38D), a fresh 96-bit nonce for each seal, the
place of each value bound as associated data. The key that wraps the data key lies in the system's
keyring (32 random bytes), or comes from a passphrase by Argon2id (RFC 9106, second recommended
option: 3 passes, 64 MiB, 4 lanes). Without either the secrets stay in memory and end with the
program. Nothing secret is ever written in clear.

Python cannot wipe memory: a secret that was in use may stay in this process's pages until it ends.
"""

import os
import secrets as random
import threading
from pathlib import Path
from typing import Annotated, Final, Literal

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from pydantic import Field, model_validator

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.chain_errors import VaultLocked, WrongPassphrase
from obsqra_desktop.domain.chain_types import VaultMethod, VaultState
from obsqra_desktop.domain.errors import AppError, InvalidInput, NotFound, StorageError, ToolMissing
from obsqra_desktop.domain.pools import Strict
from obsqra_desktop.storage.files import make_folder, read_capped, reported, write_atomic
from obsqra_desktop.storage.lock import FolderLock

SCHEMA: Final = "obsqra/vault/1"
LIMIT: Final = 4 * 1024 * 1024
KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
SHORTEST_PASSPHRASE: Final = 8
LONGEST_PASSPHRASE: Final = 1024

Hex = Annotated[str, Field(pattern=r"^([0-9a-f]{2})+$", max_length=20_000)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9/_.-]{0,150}$")]


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


class VaultFile(Strict):
    """vault.json."""

    schema_id: Literal["obsqra/vault/1"] = Field(default=SCHEMA, alias="schema")
    id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    method: Literal["keyring", "passphrase"]
    keyring: str | None
    """Name of the keyring, for people."""
    entry: Annotated[str | None, Field(pattern=r"^[a-z0-9-]{1,80}$")] = None
    """Under which it holds the wrapping key; each wrapping has one of its own."""
    argon: Argon | None
    wrapped: Sealed
    """The data key under the keyring's or the passphrase's key."""
    entries: Annotated[dict[Name, Sealed], Field(max_length=10_000)] = Field(default_factory=dict)


class FileVault:
    """Implements Vault."""

    def __init__(self, data_dir: Path, lock: FolderLock, argon: Argon | None = None) -> None:
        self._path = data_dir / "vault.json"
        self._lock = lock
        self._argon = argon
        self._guard = threading.RLock()
        self._data_key: bytes | None = None
        self._memory: dict[str, bytes] | None = None

    # --- how things stand ---

    def state(self, probe: bool = False) -> VaultState:
        """Method and lock; with `probe` the keyring's name after a round trip.

        Takes no lock: the window asks while another thread may wait for a keyring's owner.
        """
        keyring = None
        if probe:
            from obsqra_desktop.storage import system_keyring

            keyring = system_keyring.answering()
        if self._memory is not None:
            words = "only in memory, gone when the program closes"
            return VaultState(VaultMethod.MEMORY, False, keyring, words)
        if not self._path.exists():
            return VaultState(VaultMethod.NONE, True, keyring, "no keys yet")
        file, locked = self._read(), self._data_key is None
        if file.method == "keyring":
            name = file.keyring or "the system's keyring"
            return VaultState(VaultMethod.KEYRING, locked, keyring or file.keyring, name)
        words = f"passphrase, {'locked' if locked else 'unlocked'}"
        return VaultState(VaultMethod.PASSPHRASE, locked, keyring, words)

    # --- making, opening, closing ---

    def create(self, method: VaultMethod, passphrase: str | None = None) -> None:
        """Make the vault; raises StorageError, VaultLocked, InvalidInput."""
        with self._guard, self._lock.held():
            if self._path.exists() or self._memory is not None:
                raise StorageError("There is a vault already; it was not changed.")
            if method is VaultMethod.MEMORY:
                self._memory = {}
                return
            self._make(method, passphrase, {})

    def _make(self, method: VaultMethod, passphrase: str | None, secrets: dict[str, bytes]) -> None:
        """The first file, whole with these secrets or not at all, so that it can be tried again."""
        vault_id, data_key = random.token_hex(16), random.token_bytes(KEY_BYTES)
        entries = {
            name: sealed(secret, data_key, place(vault_id, name))
            for name, secret in secrets.items()
        }
        with reported("opening the data folder"):
            make_folder(self._path.parent)
        file = self._wrapped(vault_id, data_key, method, passphrase, entries)
        try:
            self._check_opens(file, passphrase, data_key)
            self._write(file)
        except BaseException:
            self._path.unlink(missing_ok=True)
            forget_entry(file)
            raise
        self._data_key = data_key

    def unlock(self, passphrase: str | None = None) -> None:
        """Open it; raises VaultLocked, WrongPassphrase, NotFound, StorageError."""
        with self._guard:
            if self._memory is not None or self._data_key is not None:
                return
            file = self._read()
            key = self._wrapping_key(file, passphrase)
            try:
                self._data_key = opened(file.wrapped, key, wrap_place(file.id, file.method))
            except InvalidTag:
                if file.method == "passphrase":
                    raise WrongPassphrase(
                        "The keys stay locked; nothing was changed.", hint="Type it again."
                    ) from None
                raise damaged() from None

    def lock(self) -> None:
        """Forget the data key. Secrets in memory only are kept: they would be lost."""
        with self._guard:
            self._data_key = None

    def change(self, method: VaultMethod, passphrase: str | None = None) -> None:
        """Protect the same secrets in another way; only the wrapping of the data key changes.

        Nothing is written before the new protection has given the data key back, and the old one
        goes only after that was written. Secrets that were in memory only get their first place on
        the disk.
        """
        with self._guard, self._lock.held():
            if self._memory is not None:
                if self._path.exists():  # another window made one meanwhile
                    raise StorageError("There is a vault already; it was not changed.")
                self._make(method, passphrase, self._memory)
                self._memory = None
                return
            file, data_key = self._read(), self._open_key()
            new = self._wrapped(file.id, data_key, method, passphrase, file.entries)
            try:
                self._check_opens(new, passphrase, data_key)
                self._write(new)
            except BaseException:
                if self._now() != new:  # a write can fail after the file was replaced
                    forget_entry(new)
                raise
            with reported("forgetting the old protection"):  # else the old passphrase opened it
                self._path.with_name("vault.previous.json").unlink(missing_ok=True)
        forget_entry(file)

    # --- secrets ---

    def put(self, name: str, secret: bytes) -> None:
        """Keep it; it is on the disk and was read back before this returns."""
        with self._guard:
            if self._memory is not None:
                self._memory[name] = secret
                return
            with self._lock.held():
                file, key = self._read(), self._open_key()
                entries = {**file.entries, name: sealed(secret, key, place(file.id, name))}
                self._write(file.model_copy(update={"entries": entries}))
                if self.get(name) != secret:
                    raise damaged()

    def get(self, name: str) -> bytes:
        """The secret; raises VaultLocked, NotFound, StorageError."""
        with self._guard:
            if self._memory is not None:
                if name not in self._memory:
                    raise NotFound("There is no such key in the vault.")
                return self._memory[name]
            file, key = self._read(), self._open_key()
            found = file.entries.get(name)
            if found is None:
                raise NotFound("There is no such key in the vault.")
            try:
                return opened(found, key, place(file.id, name))
            except InvalidTag:
                raise damaged() from None

    def delete(self, name: str) -> None:
        """Forget it for good."""
        with self._guard:
            if self._memory is not None:
                self._memory.pop(name, None)
                return
            with self._lock.held():
                file = self._read()
                self._open_key()
                entries = {key: value for key, value in file.entries.items() if key != name}
                rest = file.model_copy(update={"entries": entries})
                self._write(rest)
                self._write(rest)  # the one before it still had the secret

    # --- inside ---

    def _wrapped(
        self,
        vault_id: str,
        data_key: bytes,
        method: VaultMethod,
        passphrase: str | None,
        entries: dict[str, Sealed],
    ) -> VaultFile:
        if method is VaultMethod.KEYRING:
            return self._under_keyring(vault_id, data_key, entries)
        if method is not VaultMethod.PASSPHRASE:
            raise InvalidInput("A vault on disk is protected by a keyring or a passphrase.")
        if passphrase is None or not SHORTEST_PASSPHRASE <= len(passphrase) <= LONGEST_PASSPHRASE:
            raise InvalidInput(f"A passphrase has at least {SHORTEST_PASSPHRASE} characters.")
        argon = self._argon or Argon(salt=random.token_hex(16))
        argon = argon.model_copy(update={"salt": random.token_hex(16)})
        key = stretched(passphrase, argon)
        return VaultFile(
            id=vault_id,
            method="passphrase",
            keyring=None,
            argon=argon,
            wrapped=sealed(data_key, key, wrap_place(vault_id, "passphrase")),
            entries=entries,
        )

    def _under_keyring(
        self, vault_id: str, data_key: bytes, entries: dict[str, Sealed]
    ) -> VaultFile:
        from obsqra_desktop.storage import system_keyring

        key, entry = random.token_bytes(KEY_BYTES), f"vault-{vault_id}-{random.token_hex(4)}"
        backend = system_keyring.store(entry, key.hex())
        if backend is None:
            raise VaultLocked(
                "No keyring of this system took the key. Nothing was made.",
                hint="Unlock or install one (GNOME Keyring, KWallet), or choose a passphrase.",
            )
        return VaultFile(
            id=vault_id,
            method="keyring",
            keyring=backend,
            entry=entry,
            argon=None,
            wrapped=sealed(data_key, key, wrap_place(vault_id, "keyring")),
            entries=entries,
        )

    def _check_opens(self, file: VaultFile, passphrase: str | None, data_key: bytes) -> None:
        """It gives the data key back; raises StorageError, VaultLocked."""
        key = self._wrapping_key(file, passphrase)
        try:
            if opened(file.wrapped, key, wrap_place(file.id, file.method)) != data_key:
                raise damaged()
        except InvalidTag:
            raise damaged() from None

    def _wrapping_key(self, file: VaultFile, passphrase: str | None) -> bytes:
        if file.method == "passphrase":
            if passphrase is None or file.argon is None:
                raise VaultLocked(
                    "The passphrase is needed. Nothing was sent.",
                    hint="In the window: Account. In the terminal: --passphrase-fd N.",
                )
            return stretched(passphrase, file.argon)
        from obsqra_desktop.storage import system_keyring

        held = system_keyring.fetch(file.entry) if file.entry is not None else None
        if held is None:
            raise VaultLocked(
                f"{file.keyring or 'The keyring'} did not give out the key: it is locked, was "
                "refused, or has lost it. The sealed keys are unchanged. Nothing was sent.",
                hint="Unlock the keyring and try again; if it is lost, bring back your backups.",
            )
        try:
            key = bytes.fromhex(held)
        except ValueError:
            raise damaged() from None
        if len(key) != KEY_BYTES:
            raise damaged()
        return key

    def _open_key(self) -> bytes:
        if self._data_key is None:
            raise VaultLocked(
                "The keys are locked. Nothing was sent.", hint="Unlock them and try again."
            )
        return self._data_key

    def _read(self) -> VaultFile:
        with reported("reading the vault"):
            if not self._path.exists():
                raise NotFound(
                    "There is no vault for keys yet.", hint="Make one: obsqra vault create"
                )
            try:
                raw = read_capped(self._path, LIMIT)
                return strict_json.parse(
                    VaultFile, raw, what="vault.json", schema=SCHEMA, limit=LIMIT
                )
            except (ValueError, InvalidInput):
                raise damaged() from None

    def _write(self, file: VaultFile) -> None:
        """The vault before this one stays beside it as vault.previous.json."""
        if self._path.exists():
            with reported("keeping the vault as it was"):
                old = read_capped(self._path, LIMIT)
            previous = self._path.with_name("vault.previous.json")
            write_atomic(previous, old, "keeping the vault as it was")
        write_atomic(self._path, strict_json.pretty(file), "writing the vault")
        if self._read() != file:
            raise damaged()

    def _now(self) -> VaultFile | None:
        """What is on the disk, if it can be read."""
        try:
            return self._read()
        except AppError:
            return None


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


def forget_entry(file: VaultFile) -> None:
    """Take a wrapping's key out of the keyring, if it is there."""
    if file.entry is not None:
        from obsqra_desktop.storage import system_keyring

        system_keyring.remove(file.entry)


def sealed(secret: bytes, key: bytes, where: bytes) -> Sealed:
    """Under a fresh nonce."""
    nonce = os.urandom(NONCE_BYTES)
    return Sealed(nonce=nonce.hex(), data=AESGCM(key).encrypt(nonce, secret, where).hex())


def opened(value: Sealed, key: bytes, where: bytes) -> bytes:
    """Raises InvalidTag when anything is not as it was sealed."""
    return AESGCM(key).decrypt(bytes.fromhex(value.nonce), bytes.fromhex(value.data), where)


def place(vault_id: str, name: str) -> bytes:
    """Associated data of an entry."""
    return f"{SCHEMA}\n{vault_id}\nentry\n{name}".encode()


def wrap_place(vault_id: str, method: str) -> bytes:
    """Associated data of the data key."""
    return f"{SCHEMA}\n{vault_id}\ndata key\n{method}".encode()


def damaged() -> StorageError:
    """The file is not what was written."""
    return StorageError(
        "The vault is damaged or was changed from outside. It was left as it is; nothing was sent.",
        hint="vault.previous.json in the data folder is the one before; or bring back a backup.",
    )

"""Secrets at rest: sealed one by one under a data key, which a keyring or a passphrase wraps.

Envelope encryption with AES-256-GCM (NIST SP 800-38D), a fresh 96-bit nonce for each seal, the
place of each value bound as associated data. The key that wraps the data key lies in the system's
keyring (32 random bytes), or comes from a passphrase by Argon2id (RFC 9106, second recommended
option: 3 passes, 64 MiB, 4 lanes). Without either the secrets stay in memory and end with the
program. Nothing secret is ever written in clear.

Python cannot wipe memory: a secret that was in use may stay in this process's pages until it ends.
"""

import secrets as random
import threading
from pathlib import Path

from cryptography.exceptions import InvalidTag

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.chain_errors import VaultLocked, WrongPassphrase
from obsqra_desktop.domain.chain_types import VaultMethod, VaultState
from obsqra_desktop.domain.errors import AppError, InvalidInput, NotFound, StorageError
from obsqra_desktop.storage.envelope import KEY_BYTES, Argon, opened, sealed
from obsqra_desktop.storage.files import make_folder, read_capped, reported, write_atomic
from obsqra_desktop.storage.lock import FolderLock
from obsqra_desktop.storage.vault_wrapping import (
    LIMIT,
    SCHEMA,
    VaultFile,
    damaged,
    ensure_opens,
    forget_entry,
    place,
    wrap_place,
    wrapped_by,
    wrapping_key,
)


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
        file = wrapped_by(vault_id, data_key, method, passphrase, entries, self._argon)
        try:
            ensure_opens(file, passphrase, data_key)
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
            key = wrapping_key(file, passphrase)
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
            new = wrapped_by(file.id, data_key, method, passphrase, file.entries, self._argon)
            try:
                ensure_opens(new, passphrase, data_key)
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

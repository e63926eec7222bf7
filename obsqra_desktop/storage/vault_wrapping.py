"""vault.json, and the keyring or passphrase that its data key lies under."""

import secrets as random
from typing import Annotated, Final, Literal

from cryptography.exceptions import InvalidTag
from pydantic import Field

from obsqra_desktop.domain.chain_errors import VaultLocked
from obsqra_desktop.domain.chain_types import VaultMethod
from obsqra_desktop.domain.errors import InvalidInput, StorageError
from obsqra_desktop.domain.pools import Strict
from obsqra_desktop.storage.envelope import (
    KEY_BYTES,
    LONGEST_PASSPHRASE,
    SHORTEST_PASSPHRASE,
    Argon,
    Sealed,
    opened,
    sealed,
    stretched,
)

SCHEMA: Final = "obsqra/vault/1"
LIMIT: Final = 4 * 1024 * 1024

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9/_.-]{0,150}$")]


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


def wrapped_by(
    vault_id: str,
    data_key: bytes,
    method: VaultMethod,
    passphrase: str | None,
    entries: dict[str, Sealed],
    argon: Argon | None = None,
) -> VaultFile:
    """The file with its data key under a keyring or a passphrase. Raises InvalidInput, VaultLocked
    where no keyring took the key."""
    if method is VaultMethod.KEYRING:
        return under_keyring(vault_id, data_key, entries)
    if method is not VaultMethod.PASSPHRASE:
        raise InvalidInput("A vault on disk is protected by a keyring or a passphrase.")
    if passphrase is None or not SHORTEST_PASSPHRASE <= len(passphrase) <= LONGEST_PASSPHRASE:
        raise InvalidInput(f"A passphrase has at least {SHORTEST_PASSPHRASE} characters.")
    argon = argon or Argon(salt=random.token_hex(16))
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


def under_keyring(vault_id: str, data_key: bytes, entries: dict[str, Sealed]) -> VaultFile:
    """Under a fresh key that the system's keyring holds."""
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


def ensure_opens(file: VaultFile, passphrase: str | None, data_key: bytes) -> None:
    """It gives the data key back; raises StorageError, VaultLocked."""
    key = wrapping_key(file, passphrase)
    try:
        if opened(file.wrapped, key, wrap_place(file.id, file.method)) != data_key:
            raise damaged()
    except InvalidTag:
        raise damaged() from None


def wrapping_key(file: VaultFile, passphrase: str | None) -> bytes:
    """What the data key lies under; raises VaultLocked, StorageError."""
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


def forget_entry(file: VaultFile) -> None:
    """Take a wrapping's key out of the keyring, if it is there."""
    if file.entry is not None:
        from obsqra_desktop.storage import system_keyring

        system_keyring.remove(file.entry)


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

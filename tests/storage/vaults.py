"""A vault with cheap Argon2, and a keyring that lies in a file."""

import json
from pathlib import Path

import pytest

from obsqra_desktop.domain.chain_types import VaultMethod
from obsqra_desktop.storage import system_keyring
from obsqra_desktop.storage.envelope import Argon
from obsqra_desktop.storage.lock import FolderLock
from obsqra_desktop.storage.vault import FileVault

PASSPHRASE = "correct horse battery"
OTHER = "staple staple staple"
CHEAP = Argon(salt="00" * 16, passes=1, memory_kib=32, lanes=4)
"""Argon2id's least: what a passphrase costs is not what these tests are about."""


def vault_in(data_dir: Path) -> FileVault:
    """As a program that has just been started sees it."""
    return FileVault(data_dir, FolderLock(data_dir / "lock", patience=30), argon=CHEAP)


def made(data_dir: Path, method: VaultMethod, secrets: dict[str, bytes]) -> FileVault:
    """A new one, open, with these secrets."""
    vault = vault_in(data_dir)
    vault.create(method, PASSPHRASE if method is VaultMethod.PASSPHRASE else None)
    for name, secret in secrets.items():
        vault.put(name, secret)
    return vault


class FileKeyring:
    """Stands for the system's keyring, whose content outlives the process (the real one is in
    tests/keyring). `gives` is what comes back instead of what was kept, once it is set."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.locked = False
        self.gives: str | None = None

    @property
    def kept(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(self._path.read_text()) if self._path.exists() else {}
        return found

    def store(self, name: str, seed: str) -> str | None:
        if self.locked:
            return None
        self._path.write_text(json.dumps({**self.kept, name: seed}))
        return "Test keyring"

    def fetch(self, name: str) -> str | None:
        if self.locked:
            return None
        return self.gives if self.gives is not None else self.kept.get(name)

    def remove(self, name: str) -> None:
        rest = {key: seed for key, seed in self.kept.items() if key != name}
        self._path.write_text(json.dumps(rest))


@pytest.fixture
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileKeyring:
    """In the place of the system's."""
    found = FileKeyring(tmp_path / "keyring.json")
    for name in ("store", "fetch", "remove"):
        monkeypatch.setattr(system_keyring, name, getattr(found, name))
    return found

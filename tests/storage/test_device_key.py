"""The device key: in a real keyring or in a private file, and the same ever after."""

import os
import stat
from pathlib import Path

import keyring
import keyring.backend
import keyring.errors
import pytest

from obsqra_desktop.domain.errors import StorageError
from obsqra_desktop.storage import system_keyring
from obsqra_desktop.storage.device_key import DeviceKey, signature_is_good
from obsqra_desktop.storage.lock import FolderLock


class MemoryKeyring(keyring.backend.KeyringBackend):
    """A keyring of the test, with a switch to make it refuse."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.locked:
            raise keyring.errors.KeyringLocked("locked")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.locked:
            raise keyring.errors.KeyringLocked("locked")
        self.kept[(service, username)] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[(service, username)]


@pytest.fixture
def real_keyring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    found = MemoryKeyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: found)
    monkeypatch.setattr(keyring, "get_password", found.get_password)
    monkeypatch.setattr(keyring, "set_password", found.set_password)
    monkeypatch.setattr(keyring, "delete_password", found.delete_password)
    monkeypatch.setattr(system_keyring, "REAL_KEYRINGS", (MemoryKeyring.__module__,))
    return found


def key_in(data_dir: Path) -> DeviceKey:
    return DeviceKey(data_dir, FolderLock(data_dir / "lock", patience=0.2))


def test_without_a_keyring_a_private_file(data_dir: Path) -> None:
    key = key_in(data_dir)
    signature = key.sign(b"message")
    assert signature == key.sign(b"message")
    assert signature_is_good(key.public_key(), b"message", signature)
    assert "file" in key.kind
    path = data_dir / "keys" / "device-key.json"
    assert os.name == "nt" or stat.S_IMODE(path.stat().st_mode) == 0o600
    again = key_in(data_dir)
    assert again.public_key() == key.public_key()
    assert again.sign(b"message") == signature


def test_in_a_keyring_the_file_holds_no_secret(data_dir: Path, real_keyring: MemoryKeyring) -> None:
    key = key_in(data_dir)
    signature = key.sign(b"m")
    assert "keyring" in key.kind
    (seed,) = real_keyring.kept.values()
    assert seed not in (data_dir / "keys" / "device-key.json").read_text()
    assert key_in(data_dir).sign(b"m") == signature


def test_withheld_by_the_keyring(data_dir: Path, real_keyring: MemoryKeyring) -> None:
    key_in(data_dir).public_key()
    real_keyring.locked = True
    with pytest.raises(StorageError, match="withheld"):
        key_in(data_dir).sign(b"m")


def test_keyring_that_refuses_falls_back_to_the_file(
    data_dir: Path, real_keyring: MemoryKeyring
) -> None:
    real_keyring.locked = True
    assert "file" in key_in(data_dir).kind


@pytest.mark.parametrize("text", ["", "{}", "[" * 10_000, "\x00"])
def test_damaged_file(data_dir: Path, text: str) -> None:
    key_in(data_dir).public_key()
    path = data_dir / "keys" / "device-key.json"
    path.write_text(text)
    with pytest.raises(StorageError, match="damaged"):
        key_in(data_dir).sign(b"m")
    assert path.read_text() == text


def test_seed_of_another_key(data_dir: Path) -> None:
    key_in(data_dir).public_key()
    path = data_dir / "keys" / "device-key.json"
    text = path.read_text()
    seed = text.split('"seed": "')[1][:64]
    path.write_text(text.replace(seed, "11" * 32))
    with pytest.raises(StorageError) as caught:
        key_in(data_dir).sign(b"m")
    assert seed not in str(caught.value)


def test_bad_signatures_are_only_bad(data_dir: Path) -> None:
    public = key_in(data_dir).public_key()
    for key, signature in ((public, b""), (public, bytes(64)), (b"", bytes(64)), (bytes(5), b"x")):
        assert not signature_is_good(key, b"m", signature)

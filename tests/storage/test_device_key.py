"""The device key: in a real keyring or in a private file, and the same ever after."""

import logging
import os
import stat
import threading
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.fail
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
        self.hangs = threading.Event()
        self.hangs.set()

    def get_password(self, service: str, username: str) -> str | None:
        self.hangs.wait()
        if self.locked:
            raise keyring.errors.KeyringLocked("locked")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.hangs.wait()
        if self.locked:
            raise keyring.errors.KeyringLocked("locked")
        self.kept[(service, username)] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[(service, username)]


@pytest.fixture
def real_keyring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    found = MemoryKeyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: found)
    names = {system_keyring.qualified(found): "Memory"}
    monkeypatch.setattr(system_keyring, "REAL_KEYRINGS", names)
    return found


def key_in(data_dir: Path) -> DeviceKey:
    return DeviceKey(data_dir, FolderLock(data_dir / "lock", patience=30))


def test_without_a_keyring_a_private_file(data_dir: Path) -> None:
    key = key_in(data_dir)
    signature = key.sign(b"message")
    assert signature == key.sign(b"message")
    assert signature_is_good(key.public_key(), b"message", signature)
    assert key.kind == (
        "device key in a file that only you can read, unencrypted: no system keyring answered"
    )
    path = data_dir / "keys" / "device-key.json"
    assert os.name == "nt" or stat.S_IMODE(path.stat().st_mode) == 0o600
    again = key_in(data_dir)
    assert again.public_key() == key.public_key()
    assert again.sign(b"message") == signature


def test_in_a_keyring_the_file_holds_no_secret(data_dir: Path, real_keyring: MemoryKeyring) -> None:
    key = key_in(data_dir)
    signature = key.sign(b"m")
    assert key.kind == "device key in the system's keyring (Memory)"
    (seed,) = real_keyring.kept.values()
    assert seed not in (data_dir / "keys" / "device-key.json").read_text()
    assert key_in(data_dir).sign(b"m") == signature


def test_withheld_by_the_keyring(data_dir: Path, real_keyring: MemoryKeyring) -> None:
    key_in(data_dir).public_key()
    real_keyring.locked = True
    key = key_in(data_dir)
    with pytest.raises(StorageError, match="locked"):
        key.sign(b"m")
    real_keyring.locked = False
    assert key.sign(b"m"), "an unlocked keyring is asked again"


def test_keyring_that_refuses_falls_back_to_the_file(
    data_dir: Path, real_keyring: MemoryKeyring
) -> None:
    real_keyring.locked = True
    assert "file" in key_in(data_dir).kind


def test_keyring_that_vanished(
    data_dir: Path, real_keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = key_in(data_dir).public_key()
    path = data_dir / "keys" / "device-key.json"
    before = path.read_bytes()
    monkeypatch.setattr(keyring, "get_keyring", keyring.backends.fail.Keyring)
    key = key_in(data_dir)
    assert key.public_key() == public
    with pytest.raises(StorageError, match="no longer there"):
        key.sign(b"m")
    assert path.read_bytes() == before, "no new key without being asked for"


def test_emptied_keyring(data_dir: Path, real_keyring: MemoryKeyring) -> None:
    key_in(data_dir).public_key()
    real_keyring.kept.clear()
    with pytest.raises(StorageError, match="did not give out"):
        key_in(data_dir).sign(b"m")


def test_keyring_that_hangs_is_not_waited_for(
    data_dir: Path, real_keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_keyring, "PATIENCE", 0.05)
    key_in(data_dir / "one").public_key()
    real_keyring.hangs.clear()
    try:
        with pytest.raises(StorageError, match="did not give out"):
            key_in(data_dir / "one").sign(b"m")
        assert "file" in key_in(data_dir / "two").kind
        assert system_keyring.answering() is None
    finally:
        real_keyring.hangs.set()
        for thread in threading.enumerate():
            if thread.name == "keyring":
                thread.join(5)


def test_any_error_of_a_backend_means_no_answer(
    data_dir: Path,
    real_keyring: MemoryKeyring,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken(_self: object, _service: str, _name: str, password: str) -> None:
        raise OSError(f"the bus fell over with {password}")

    monkeypatch.setattr(MemoryKeyring, "set_password", broken)
    with caplog.at_level(logging.DEBUG):
        key = key_in(data_dir)
        assert "file" in key.kind
    assert "OSError" in caplog.text
    assert "fell over" not in caplog.text, "an error's text may hold the secret"


class PlainFiles(MemoryKeyring):
    """What `keyrings.alt` would be: it answers, and protects nothing."""


def test_only_listed_backends_count(
    data_dir: Path, real_keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Chain(PlainFiles):
        backends = (PlainFiles(), real_keyring)

    plain = PlainFiles()
    monkeypatch.setattr(keyring, "get_keyring", lambda: plain)
    assert system_keyring.answering() is None
    assert "file" in key_in(data_dir / "one").kind
    assert not plain.kept
    monkeypatch.setattr(keyring, "get_keyring", Chain)
    assert system_keyring.answering() == "Memory"
    key = key_in(data_dir / "two")
    assert "(Memory)" in key.kind
    assert key_in(data_dir / "two").sign(b"m") == key.sign(b"m")
    assert not Chain.backends[0].kept


def test_a_keyring_that_forgets_is_not_used(
    data_dir: Path, real_keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MemoryKeyring, "get_password", lambda *_: None)
    assert system_keyring.answering() is None
    assert "file" in key_in(data_dir).kind


def test_shipped_list_names_backends_that_exist() -> None:
    import importlib

    for name in system_keyring.REAL_KEYRINGS:
        module, _, kind = name.rpartition(".")
        found = getattr(importlib.import_module(module), kind)
        assert issubclass(found, keyring.backend.KeyringBackend)


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

"""The vault: opened only by what protects it, and never without its secrets."""

import itertools
import json
import logging
import os
import threading
from pathlib import Path

import pytest

from obsqra_desktop.domain.chain_errors import VaultLocked, WrongPassphrase
from obsqra_desktop.domain.chain_types import VaultMethod
from obsqra_desktop.domain.errors import AppError, InvalidInput, NotFound, StorageError
from obsqra_desktop.storage import system_keyring
from obsqra_desktop.storage.lock import FolderLock
from obsqra_desktop.storage.vault import FileVault
from tests.storage.vaults import OTHER, PASSPHRASE, FileKeyring, made, ring, vault_in

__all__ = ["ring"]

SECRET = bytes(range(1, 33))
SECRETS = {"account/test/01": SECRET, "account/test/02": b"second"}
PASSWORDS = {VaultMethod.PASSPHRASE: PASSPHRASE, VaultMethod.KEYRING: None}
ON_DISK = list(PASSWORDS)


@pytest.mark.parametrize("method", ON_DISK)
def test_made_and_opened_again(data_dir: Path, ring: FileKeyring, method: VaultMethod) -> None:
    made(data_dir, method, SECRETS)
    vault = vault_in(data_dir)
    assert vault.state().method is method
    assert vault.state().locked
    with pytest.raises(VaultLocked):
        vault.get("account/test/01")
    vault.unlock(PASSWORDS[method])
    assert not vault.state().locked
    assert {name: vault.get(name) for name in SECRETS} == SECRETS
    with pytest.raises(NotFound):
        vault.get("account/test/03")
    vault.lock()
    for refused in (
        lambda: vault.get("account/test/01"),
        lambda: vault.put("a", b"x"),
        lambda: vault.delete("account/test/01"),
        lambda: vault.change(VaultMethod.PASSPHRASE, OTHER),
    ):
        with pytest.raises(VaultLocked):
            refused()
    assert SECRET.hex() not in (data_dir / "vault.json").read_text()
    if os.name != "nt":
        assert (data_dir / "vault.json").stat().st_mode & 0o777 == 0o600


def test_what_is_shipped_is_dear(data_dir: Path) -> None:
    """The second of the two that RFC 9106, section 4, recommends: where memory is short."""
    shipped = FileVault(data_dir, FolderLock(data_dir / "lock"))
    shipped.create(VaultMethod.PASSPHRASE, PASSPHRASE)
    argon = json.loads((data_dir / "vault.json").read_text())["argon"]
    assert (argon["passes"], argon["memory_kib"], argon["lanes"]) == (3, 2**16, 4)
    vault_in(data_dir).unlock(PASSPHRASE)


def test_nothing_there(data_dir: Path) -> None:
    vault = vault_in(data_dir)
    assert vault.state().method is VaultMethod.NONE
    with pytest.raises(NotFound):
        vault.unlock(PASSPHRASE)
    with pytest.raises(NotFound):
        vault.get("a")


@pytest.mark.parametrize("words", ["", PASSPHRASE + " ", PASSPHRASE.upper(), "\0"])
def test_wrong_passphrase(data_dir: Path, words: str) -> None:
    made(data_dir, VaultMethod.PASSPHRASE, SECRETS)
    vault = vault_in(data_dir)
    with pytest.raises(WrongPassphrase):
        vault.unlock(words)
    with pytest.raises(VaultLocked):
        vault.unlock()
    vault.unlock(PASSPHRASE)
    assert vault.get("account/test/01") == SECRET


@pytest.mark.parametrize("words", [None, "", "1234567", "x" * 1025, "no text \udc80"])
def test_passphrases_that_are_not_taken(data_dir: Path, words: str | None) -> None:
    with pytest.raises(InvalidInput) as caught:
        vault_in(data_dir).create(VaultMethod.PASSPHRASE, words)
    assert not words or words not in repr(caught.value)
    assert caught.value.__cause__ is None
    assert not (data_dir / "vault.json").exists()


def test_never_made_over_another(data_dir: Path, ring: FileKeyring) -> None:
    made(data_dir, VaultMethod.PASSPHRASE, SECRETS)
    before = (data_dir / "vault.json").read_bytes()
    for method in VaultMethod:
        with pytest.raises(AppError):
            vault_in(data_dir).create(method, OTHER)
    assert (data_dir / "vault.json").read_bytes() == before


def test_a_keyring_that_takes_nothing(data_dir: Path, ring: FileKeyring) -> None:
    ring.locked = True
    with pytest.raises(VaultLocked):
        vault_in(data_dir).create(VaultMethod.KEYRING)
    assert not (data_dir / "vault.json").exists()
    ring.locked = False
    made(data_dir, VaultMethod.KEYRING, SECRETS)


@pytest.mark.parametrize("gives", ["", "zz", "00" * 31, "00" * 16, "00" * 32])
def test_a_keyring_that_gives_something_else(data_dir: Path, ring: FileKeyring, gives: str) -> None:
    made(data_dir, VaultMethod.KEYRING, SECRETS)
    ring.gives = gives
    with pytest.raises(StorageError):
        vault_in(data_dir).unlock()
    ring.gives = None
    vault = vault_in(data_dir)
    vault.unlock()
    assert vault.get("account/test/01") == SECRET


@pytest.mark.parametrize(
    ("before", "after"),
    [
        *itertools.product(ON_DISK, ON_DISK),
        *((VaultMethod.MEMORY, method) for method in ON_DISK),
    ],
)
def test_changed(
    data_dir: Path, ring: FileKeyring, before: VaultMethod, after: VaultMethod
) -> None:
    vault = made(data_dir, before, SECRETS)
    vault.change(after, OTHER)
    assert {name: vault.get(name) for name in SECRETS} == SECRETS
    again = vault_in(data_dir)
    if before is after is VaultMethod.PASSPHRASE:
        with pytest.raises(WrongPassphrase):
            again.unlock(PASSPHRASE)
    again.unlock(OTHER)
    assert {name: again.get(name) for name in SECRETS} == SECRETS
    assert len(ring.kept) == (after is VaultMethod.KEYRING), "the old entry is gone"
    assert not (data_dir / "vault.previous.json").exists(), "the old passphrase opens nothing"


def test_memory_is_no_protection_to_change_to(data_dir: Path, ring: FileKeyring) -> None:
    for method in ON_DISK:
        vault = made(data_dir / method.value, method, SECRETS)
        with pytest.raises(InvalidInput):
            vault.change(VaultMethod.MEMORY)
        assert vault.get("account/test/01") == SECRET


def test_secrets_in_memory_only(data_dir: Path) -> None:
    vault = made(data_dir, VaultMethod.MEMORY, SECRETS)
    vault.lock()
    assert vault.get("account/test/01") == SECRET, "locking must not lose them"
    vault.delete("account/test/02")
    with pytest.raises(NotFound):
        vault.get("account/test/02")
    assert not [path for path in data_dir.iterdir() if path.name != "lock"]
    assert vault_in(data_dir).state().method is VaultMethod.NONE


def test_another_window_made_a_vault_meanwhile(data_dir: Path) -> None:
    mine = made(data_dir, VaultMethod.MEMORY, SECRETS)
    made(data_dir, VaultMethod.PASSPHRASE, {"other": b"theirs"})
    with pytest.raises(StorageError, match="already"):
        mine.change(VaultMethod.PASSPHRASE, OTHER)
    assert mine.get("account/test/01") == SECRET
    theirs = vault_in(data_dir)
    theirs.unlock(PASSPHRASE)
    assert theirs.get("other") == b"theirs"


def test_deleted_for_good(data_dir: Path) -> None:
    vault = made(data_dir, VaultMethod.PASSPHRASE, SECRETS)
    vault.delete("account/test/01")
    with pytest.raises(NotFound):
        vault.get("account/test/01")
    for path in data_dir.iterdir():
        assert "account/test/01" not in path.read_text(), path.name
    assert vault.get("account/test/02") == b"second"


def test_a_change_to_a_keyring_that_forgets_loses_nothing(
    data_dir: Path, ring: FileKeyring
) -> None:
    """It says that it kept the key and never gives it out: before the old protection goes."""
    vault = made(data_dir, VaultMethod.PASSPHRASE, SECRETS)
    ring.gives = "00" * 32
    with pytest.raises(StorageError):
        vault.change(VaultMethod.KEYRING)
    vault.put("later", b"one")
    vault.put("later", b"two")
    again = vault_in(data_dir)
    again.unlock(PASSPHRASE)
    assert again.get("account/test/01") == SECRET
    assert not ring.kept, "no entry that nothing uses"


@pytest.mark.parametrize("method", ON_DISK)
def test_every_byte_counts(
    data_dir: Path, ring: FileKeyring, method: VaultMethod, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever is changed in the file is refused with a reason, but for the keyring's name, which
    is for people."""
    made(data_dir, method, {"account/test/01": SECRET})
    path = data_dir / "vault.json"
    good = path.read_bytes()
    words, taken = "", 0
    with caplog.at_level(logging.DEBUG):
        for at in range(len(good)):
            path.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
            vault = vault_in(data_dir)
            try:
                vault.unlock(PASSWORDS[method])
                same = vault.get("account/test/01") == SECRET
                taken += same or 10_000
            except AppError as error:
                words += f"{error!r} {error}"
            assert path.read_bytes()[at] == good[at] ^ 1, "it is left as it was found"
    assert taken == (len("Test keyring") if method is VaultMethod.KEYRING else 0)
    for secret in (SECRET.hex(), PASSPHRASE, *ring.kept.values()):
        assert secret not in words
        assert secret not in caplog.text
    path.write_bytes(good)
    vault = vault_in(data_dir)
    vault.unlock(PASSWORDS[method])
    assert vault.get("account/test/01") == SECRET


@pytest.mark.parametrize(
    "argon",
    [
        {"passes": 0},
        {"passes": 2**31},
        {"memory_kib": 2**31},
        {"memory_kib": 256 * 1024 + 1},
        {"memory_kib": 8},
        {"memory_kib": -1},
        {"lanes": 0},
        {"lanes": 2**24},
        {"salt": ""},
        {"salt": "00" * 10_000},
        {"passes": True},
        {"passes": "3"},
        {"more": 1},
    ],
    ids=repr,
)
def test_what_argon2_may_be_asked_for(data_dir: Path, argon: dict[str, object]) -> None:
    """Else a foreign file could take all memory, or days."""
    made(data_dir, VaultMethod.PASSPHRASE, SECRETS)
    path = data_dir / "vault.json"
    document = json.loads(path.read_text())
    document["argon"].update(argon)
    path.write_text(json.dumps(document))
    with pytest.raises(StorageError, match="damaged"):
        vault_in(data_dir).unlock(PASSPHRASE)


@pytest.mark.parametrize(
    "text", ["", "{}", "[" * 200_000, "\0", '{"schema":"obsqra/vault/2"}', " " * (4 * 2**20 + 1)]
)
def test_no_vault_at_all(data_dir: Path, text: str) -> None:
    path = data_dir / "vault.json"
    path.write_text(text)
    vault = vault_in(data_dir)
    for call in (vault.state, vault.unlock, lambda: vault.get("a")):
        with pytest.raises(StorageError, match="damaged"):
            call()
    assert path.read_text() == text


def test_entries_are_bound_to_their_name_and_vault(data_dir: Path) -> None:
    made(data_dir, VaultMethod.PASSPHRASE, SECRETS)
    path = data_dir / "vault.json"
    document = json.loads(path.read_text())
    entries = document["entries"]
    one, two = SECRETS
    entries[one], entries[two] = entries[two], entries[one]
    path.write_text(json.dumps(document))
    vault = vault_in(data_dir)
    vault.unlock(PASSPHRASE)
    for name in SECRETS:
        with pytest.raises(StorageError, match="damaged"):
            vault.get(name)


def test_no_two_seals_share_a_nonce(data_dir: Path) -> None:
    vault = made(data_dir, VaultMethod.PASSPHRASE, {})
    seen = set()
    for _ in range(20):
        vault.put("a", SECRET)
        seen.add(json.loads((data_dir / "vault.json").read_text())["entries"]["a"]["nonce"])
    assert len(seen) == 20


def test_its_state_is_told_while_a_keyring_is_waited_for(
    data_dir: Path, ring: FileKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The window asks for it in its own thread, while somebody types the keyring's password."""
    made(data_dir, VaultMethod.KEYRING, SECRETS)
    asked, typed = threading.Event(), threading.Event()

    def prompting(name: str) -> str | None:
        asked.set()
        assert typed.wait(300)
        return ring.fetch(name)

    monkeypatch.setattr(system_keyring, "fetch", prompting)
    vault = vault_in(data_dir)
    told: list[bool] = []
    opening = threading.Thread(target=vault.unlock)
    window = threading.Thread(target=lambda: told.append(vault.state().locked))
    opening.start()
    try:
        assert asked.wait(300)
        window.start()
        window.join(300)
        assert told == [True]
    finally:
        typed.set()
        opening.join(300)
    window.join(300)
    assert not vault.state().locked

"""A vault whose writing was broken off: whatever happened, its secrets are still there."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.domain.chain_errors import WrongPassphrase
from obsqra_desktop.domain.chain_types import VaultMethod
from obsqra_desktop.domain.errors import AppError, NotFound, StorageError
from obsqra_desktop.storage import files, system_keyring
from obsqra_desktop.storage.files import DiskFull
from obsqra_desktop.storage.vault import FileVault
from tests.storage.small_disk import small_disk
from tests.storage.vaults import OTHER, PASSPHRASE, FileKeyring, made, ring, vault_in

__all__ = ["ring"]

SECRETS = {"account/test/01": bytes(range(1, 33)), "account/test/02": b"second"}
METHODS = [VaultMethod.PASSPHRASE, VaultMethod.KEYRING]
STEPS = 20
"""More than any of the calls below has; a test says so."""

ACTS: dict[str, Callable[[FileVault], None]] = {
    "put": lambda vault: vault.put("account/test/03", b"third"),
    "delete": lambda vault: vault.delete("account/test/02"),
    "to a passphrase": lambda vault: vault.change(VaultMethod.PASSPHRASE, OTHER),
    "to a keyring": lambda vault: vault.change(VaultMethod.KEYRING),
}


def ticking(monkeypatch: pytest.MonkeyPatch, tick: Callable[[], None]) -> None:
    """`tick` before and after each thing that outlives the program."""

    def around(holder: Any, name: str) -> None:
        original = getattr(holder, name)

        def call(*words: Any, **more: Any) -> Any:
            tick()
            answer = original(*words, **more)
            tick()
            return answer

        monkeypatch.setattr(holder, name, call)

    around(files, "write_new")
    around(Path, "replace")
    around(system_keyring, "store")
    around(system_keyring, "remove")


def opens(data_dir: Path, name: str = "vault.json") -> dict[str, bytes] | None:
    """The secrets, by a keyring, the old or the new passphrase; None if none of them opens it."""
    if name != "vault.json":
        (data_dir / name).replace(data_dir / "vault.json")
    for words in (None, PASSPHRASE, OTHER):
        vault = vault_in(data_dir)
        try:
            vault.unlock(words)
        except (AppError, WrongPassphrase):
            continue
        return {key: vault.get(key) for key in SECRETS if has(vault, key)}
    return None


def has(vault: FileVault, name: str) -> bool:
    try:
        vault.get(name)
    except NotFound:
        return False
    return True


def wanted(act: str) -> list[dict[str, bytes]]:
    """What may be there afterwards."""
    without = {"account/test/01": SECRETS["account/test/01"]}
    return [SECRETS, without] if act == "delete" else [SECRETS]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the test kills a fork of itself")
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("act", ACTS)
def test_killed_at_every_step(
    data_dir: Path,
    ring: FileKeyring,
    monkeypatch: pytest.MonkeyPatch,
    act: str,
    method: VaultMethod,
) -> None:
    """A real end without any clean-up: `_exit` in a forked process, at each step in turn."""
    killed = 0
    for at in range(1, STEPS + 1):
        folder = data_dir / str(at)
        folder.mkdir()
        made(folder, method, SECRETS)
        child = os.fork()
        if child == 0:
            left = at

            def tick() -> None:
                nonlocal left
                left -= 1
                if not left:
                    os._exit(9)

            try:
                vault = vault_in(folder)
                vault.unlock(PASSPHRASE)
                ticking(monkeypatch, tick)
                ACTS[act](vault)
            except BaseException:  # noqa: BLE001 - a fork must not go on with the tests
                os._exit(1)
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert status in {0, 9}
        killed += status == 9
        assert opens(folder) in wanted(act), f"step {at}"
    assert 4 <= killed < STEPS


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("place", ["write_new", "replace", "sync_folder"])
@pytest.mark.parametrize("which", [1, 2, 3])
def test_a_write_that_fails(
    data_dir: Path,
    ring: FileKeyring,
    monkeypatch: pytest.MonkeyPatch,
    method: VaultMethod,
    act: str,
    place: str,
    which: int,
) -> None:
    """The vault opens afterwards, the open program still has the keys, and the next try works."""
    vault = made(data_dir, method, SECRETS)
    holder: Any = Path if place == "replace" else files
    original = getattr(holder, place)
    left = which

    def failing(*words: Any, **more: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            raise OSError(5, "Input/output error")
        return original(*words, **more)

    with monkeypatch.context() as patch:
        patch.setattr(holder, place, failing)
        if which == 3 and act != "delete":  # all but deleting write two files
            ACTS[act](vault)
        else:
            with pytest.raises(StorageError):
                ACTS[act](vault)
    assert vault.get("account/test/01") == SECRETS["account/test/01"]
    assert opens(data_dir) in wanted(act)
    replaced = place == "sync_folder" and which == 2  # both files are there, each with its entry
    assert len(ring.kept) <= 1 + replaced, "no entry that nothing uses"
    ACTS[act](vault)
    assert opens(data_dir) in wanted(act)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("place", ["write_new", "replace", "sync_folder"])
def test_memory_to_a_disk_that_fails(
    data_dir: Path,
    ring: FileKeyring,
    monkeypatch: pytest.MonkeyPatch,
    method: VaultMethod,
    place: str,
) -> None:
    """The secrets stay in memory, nothing half is left on the disk, and the next try works."""
    vault = made(data_dir, VaultMethod.MEMORY, SECRETS)

    def failing(*_words: Any, **_more: Any) -> Any:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(Path if place == "replace" else files, place, failing)
        with pytest.raises(StorageError):
            vault.change(method, OTHER)
    assert vault.state().method is VaultMethod.MEMORY
    assert {name: vault.get(name) for name in SECRETS} == SECRETS
    assert {path.name for path in data_dir.iterdir()} <= {"lock"}
    assert not ring.kept
    vault.change(method, OTHER)
    assert opens(data_dir) == SECRETS


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("act", ACTS)
def test_full_disk(tmp_path: Path, ring: FileKeyring, act: str, method: VaultMethod) -> None:
    """A real one, with less room left each time, until there is none."""
    refused = 0
    with small_disk(tmp_path / "disk") as disk:
        ballast = disk / "ballast"
        for room in range(4):
            folder = disk / f"data{room}"
            vault = made(folder, method, SECRETS)
            fill(ballast)
            with ballast.open("r+b") as file:
                file.truncate(ballast.stat().st_size - room * 4096)
            try:
                ACTS[act](vault)
            except DiskFull:
                refused += 1
                assert vault.get("account/test/02") == b"second"
            assert opens(folder) in wanted(act)
            ballast.unlink()
            ACTS[act](vault)
            assert opens(folder) in wanted(act)
            for path in folder.iterdir():
                path.unlink()
    assert 1 <= refused <= 3


def fill(path: Path) -> None:
    """Until nothing more goes in."""
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return


@pytest.mark.parametrize("method", METHODS)
def test_created_on_a_full_disk(tmp_path: Path, ring: FileKeyring, method: VaultMethod) -> None:
    with small_disk(tmp_path / "disk") as disk:
        vault = vault_in(disk / "data")
        (disk / "data").mkdir()
        (disk / "data" / "lock").touch()
        fill(disk / "ballast")
        with pytest.raises(DiskFull):
            vault.create(method, PASSPHRASE)
        assert vault.state().method is VaultMethod.NONE
        assert not ring.kept
        (disk / "ballast").unlink()
        vault.create(method, PASSPHRASE)
        vault.put("a", b"x")


@pytest.mark.parametrize("method", METHODS)
def test_the_vault_before_opens_too(data_dir: Path, ring: FileKeyring, method: VaultMethod) -> None:
    """What the hint of a damaged vault promises."""
    vault = made(data_dir, method, SECRETS)
    vault.put("account/test/03", b"third")
    (data_dir / "vault.json").write_bytes(b"")
    with pytest.raises(StorageError, match="damaged"):
        vault_in(data_dir).unlock(PASSPHRASE)
    assert opens(data_dir, "vault.previous.json") == SECRETS

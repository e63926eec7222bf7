"""Keys under GNOME Keyring: there for the next program, and whatever it does, never lost."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.keyring.session import Nursery, Session, nursery, session
from tests.storage.vaults import PASSPHRASE

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="GNOME Keyring is Linux's")

SECRET = bytes(range(32)).hex()
SHORT = 0.5
"""Seconds that a program waits for a keyring that hangs, where a test makes it hang."""


@pytest.fixture(scope="module")
def born() -> Iterator[Nursery]:
    with nursery() as found:
        yield found


@pytest.fixture
def desk(tmp_path: Path, born: Nursery) -> Iterator[Session]:
    """Logged in, the keyring is open."""
    with session(tmp_path / "home", born) as found:
        found.log_in()
        yield found


@pytest.fixture
def with_vault(desk: Session) -> Session:
    """And there is a vault under the keyring with one secret."""
    with desk.child() as child:
        assert child.do("answering") == "Secret Service"
        child.do("create", "keyring")
        child.do("put", "a", SECRET)
    return desk


def still_there(desk: Session) -> None:
    with desk.child() as child:
        child.do("unlock")
        assert child.do("get", "a") == SECRET


def test_made_and_opened_by_another_program(with_vault: Session) -> None:
    still_there(with_vault)
    with with_vault.child() as child:
        assert child.do("method") == "keyring"
        (item,) = child.do("items")
        assert item["username"].startswith("vault-"), "no probe is left behind"
    files = "".join(path.read_text() for path in with_vault.data_dir.iterdir())
    assert SECRET not in files


def test_after_logging_in_again(with_vault: Session) -> None:
    with_vault.signal(signal.SIGTERM)
    with_vault.log_in()
    still_there(with_vault)


def test_a_locked_collection(with_vault: Session) -> None:
    """Nobody is there to answer a prompt: refused, with the same file as before."""
    before = (with_vault.data_dir / "vault.json").read_bytes()
    with with_vault.child() as child:
        child.do("lock_collection")
        assert child.refused("unlock") == "VaultLocked"
        assert child.refused("get", "a") == "VaultLocked"
        assert child.do("answering") is None
    assert (with_vault.data_dir / "vault.json").read_bytes() == before
    with_vault.signal(signal.SIGTERM)
    with_vault.log_in()
    still_there(with_vault)


def test_locked_while_the_vault_is_open(with_vault: Session) -> None:
    """What is open stays open until it is locked here; a change of protection is refused whole."""
    with with_vault.child() as child:
        child.do("unlock")
        child.do("lock_collection")
        assert child.do("get", "a") == SECRET
        assert child.refused("change", "keyring") == "VaultLocked"
        child.do("put", "b", SECRET)
        child.do("lock")
        assert child.refused("unlock") == "VaultLocked"
    with_vault.signal(signal.SIGTERM)
    with_vault.log_in()
    still_there(with_vault)


def test_a_daemon_that_hangs(with_vault: Session) -> None:
    """It is stopped, not ended: it takes calls and never answers. The program goes on in time."""
    with_vault.signal(signal.SIGSTOP)
    with with_vault.child() as child:
        child.do("patience", SHORT)
        assert child.refused("unlock") == "VaultLocked"
    with_vault.signal(signal.SIGCONT)
    still_there(with_vault)


def test_a_daemon_that_hangs_while_the_vault_is_open(with_vault: Session) -> None:
    with with_vault.child() as child:
        child.do("unlock")
        child.do("patience", SHORT)
        with_vault.signal(signal.SIGSTOP)
        assert child.refused("change", "keyring") == "VaultLocked"
        assert child.do("get", "a") == SECRET
        with_vault.signal(signal.SIGCONT)
    still_there(with_vault)


def test_killed_in_between(with_vault: Session) -> None:
    with with_vault.child() as child:
        child.do("unlock")
        with_vault.signal(signal.SIGKILL)
        assert child.refused("change", "keyring") == "VaultLocked"
        assert child.do("get", "a") == SECRET
        child.do("lock")
        assert child.refused("unlock") == "VaultLocked"
    with_vault.log_in()
    still_there(with_vault)


def test_restarted_under_a_running_program(with_vault: Session) -> None:
    with with_vault.child() as child:
        assert child.do("answering") == "Secret Service"
        with_vault.signal(signal.SIGKILL)
        assert child.refused("unlock") == "VaultLocked"
        with_vault.log_in()
        child.do("unlock")
        assert child.do("get", "a") == SECRET


def test_the_keyring_comes_after_the_program(tmp_path: Path, born: Nursery) -> None:
    """Its daemon was not there when the program first looked."""
    with session(tmp_path / "home", born) as desk, desk.child() as child:
        assert child.do("answering") is None
        desk.log_in()
        assert child.do("answering") == "Secret Service"


def test_the_entry_was_deleted(with_vault: Session) -> None:
    """Then the sealed keys cannot be opened, and they are left as they are."""
    before = (with_vault.data_dir / "vault.json").read_bytes()
    with with_vault.child() as opened, with_vault.child() as child:
        opened.do("unlock")
        child.do("delete_items")
        assert child.refused("unlock") == "VaultLocked"
        assert child.refused("create", "keyring") == "StorageError"
        assert (with_vault.data_dir / "vault.json").read_bytes() == before
        opened.do("change", "keyring")  # a program that has it open can still save it
    still_there(with_vault)


def test_changed_from_and_to(with_vault: Session) -> None:
    with with_vault.child() as child:
        child.do("unlock")
        for method, entries in (("keyring", 1), ("passphrase", 0), ("keyring", 1)):
            child.do("change", method, PASSPHRASE)
            assert child.do("get", "a") == SECRET
            assert len(child.do("items")) == entries
    still_there(with_vault)


def test_no_secret_service(tmp_path: Path, born: Nursery) -> None:
    """Then it is a passphrase."""
    with session(tmp_path / "home", born) as desk:
        with desk.child() as child:
            assert child.do("keyring") is None
            assert child.refused("create", "keyring") == "VaultLocked"
            assert child.do("method") == "none"
            child.do("create", "passphrase", PASSPHRASE)
            child.do("put", "a", SECRET)
            assert "file" in child.do("kind")
        with desk.child() as child:
            child.do("unlock", PASSPHRASE)
            assert child.do("get", "a") == SECRET


PLAIN = """
from keyring.backend import KeyringBackend

class PlaintextKeyring(KeyringBackend):
    priority = 100
    kept = {}
    def get_password(self, service, username):
        return self.kept.get(username)
    def set_password(self, service, username, password):
        with open(__file__ + ".taken", "a") as file:
            file.write(password)
        self.kept[username] = password
    def delete_password(self, service, username):
        del self.kept[username]
"""
"""As keyrings.alt.file.PlaintextKeyring: it answers well and protects nothing."""


def test_a_plain_backend_named_by_the_environment(desk: Session, tmp_path: Path) -> None:
    (tmp_path / "plain.py").write_text(PLAIN)
    with desk.other(
        PYTHONPATH=str(tmp_path), PYTHON_KEYRING_BACKEND="plain.PlaintextKeyring"
    ) as child:
        assert child.do("answering") is None
        assert child.refused("create", "keyring") == "VaultLocked"
        assert "file" in child.do("kind")
    assert not (tmp_path / "plain.py.taken").exists()


def test_the_device_key(desk: Session) -> None:
    with desk.child() as child:
        signature = child.do("sign")
        assert child.do("kind") == "device key in the system's keyring (Secret Service)"
    with desk.child() as child:
        assert child.do("sign") == signature
        child.do("lock_collection")
    with desk.child() as child:
        assert child.refused("sign") == "StorageError"

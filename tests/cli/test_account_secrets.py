"""Keys and passphrases on the command line: they come by descriptor and show up nowhere."""

from functools import partial
from pathlib import Path

import pytest

from obsqra_desktop.app import chains
from obsqra_desktop.cli.secrets_fd import LIMIT, read_line
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.storage import vault_wrapping
from obsqra_desktop.storage.envelope import Argon
from obsqra_desktop.storage.keystore import KeystoreFormat
from tests.cli.running import Cli, Done

VAULT = "correct horse battery"
FILE = "staple staple staple"
KEY = 0x0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDE
INTO_VAULT = ("--passphrase-fd", "0")


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the shipped costs are stands in tests/storage."""
    monkeypatch.setattr(chains, "KeystoreFormat", partial(KeystoreFormat, rounds=2))
    monkeypatch.setattr(vault_wrapping, "Argon", partial(Argon, passes=1, memory_kib=32))


def nowhere(cli: Cli, *runs: Done, key: int = KEY) -> None:
    """No secret in what was printed or written."""
    texts = [run.out + run.err for run in runs]
    texts += [path.read_text("latin-1") for path in cli.data_dir.rglob("*") if path.is_file()]
    texts += [path.read_text("latin-1") for path in cli.folder.rglob("*") if path.is_file()]
    for text in texts:
        for secret in (VAULT, FILE, f"{key:x}", f"{key:X}", str(key)):
            assert secret not in text


def test_made_backed_up_and_imported(cli: Cli, tmp_path: Path) -> None:
    """Both passphrases through one descriptor, a line each."""
    new = cli.run("account", "new", "--json", "--network", "practice", *INTO_VAULT, stdin=VAULT)
    assert new.code == 0, new.err
    words = ["account", "backup", new.json["id"], "--out", "key.json", *INTO_VAULT]
    backup = cli.run(*words, "--file-passphrase-fd", "0", stdin=f"{VAULT}\n{FILE}\n")
    assert backup.code == 0, backup.err
    again = cli.run(*words, "--file-passphrase-fd", "0", stdin=f"{VAULT}\n{FILE}\n")
    assert "already" in again.one_line_error()
    raw = (cli.folder / "key.json").read_bytes()
    key = KeystoreFormat().read(raw, FILE)
    nowhere(cli, new, backup, again, key=key)

    other = Cli(cli.folder, tmp_path / "other")
    words = ["account", "import", "--json", "--network", "practice", "--keystore", "key.json"]
    words += [*INTO_VAULT, "--file-passphrase-fd", "0"]
    wrong = other.run(*words, stdin=f"{VAULT}\n{VAULT}\n")
    assert wrong.code != 0
    found = other.run(*words, stdin=f"{VAULT}\n{FILE}\n")
    assert found.code == 0, found.err
    assert found.json["address"] == new.json["address"]
    nowhere(other, wrong, found, key=key)


def test_a_key_by_descriptor(cli: Cli) -> None:
    words = ["account", "import", "--key-fd", "0", "--network", "sepolia", *INTO_VAULT]
    good = cli.run(*words, stdin=f"{VAULT}\n{KEY:#x}\n")
    assert good.code == 0, good.err
    bad = [
        cli.run(*words, stdin=f"{VAULT}\n{line}\n")
        for line in (f"{KEY:#x}", f"{KEY:x}", f"{KEY:#x}0000", str(KEY), "0x1", f"{KEY:#x} x")
    ]
    for run in bad:
        assert run.code != 0
        run.one_line_error()
    wrong = cli.run(*words, stdin=f"{FILE}\n{KEY:#x}\n")
    assert "stay locked" in wrong.one_line_error()
    nowhere(cli, good, wrong, *bad)


def test_the_vaults_passphrase_is_changed(cli: Cli) -> None:
    made = cli.run("vault", "create", "passphrase", *INTO_VAULT, stdin=VAULT)
    assert made.code == 0, made.err
    words = ["vault", "change", "passphrase", *INTO_VAULT, "--new-passphrase-fd", "0"]
    changed = cli.run(*words, stdin=f"{VAULT}\n{FILE}\n")
    assert changed.code == 0, changed.err
    old = cli.run(*words, stdin=f"{VAULT}\n{FILE}\n")
    assert "stay locked" in old.one_line_error()
    keyring = cli.run("vault", "change", "keyring", *INTO_VAULT, stdin=FILE)
    assert "keyring" in keyring.one_line_error()
    nowhere(cli, made, changed, old, keyring)


def test_nobody_to_ask(cli: Cli) -> None:
    """Without a keyring, a descriptor or a terminal nothing is made."""
    run = cli.run("account", "new", "--network", "practice")
    assert "--passphrase-fd" in run.one_line_error()
    assert not (cli.data_dir / "vault.json").exists()


def test_lines_come_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes("one\r\ntwö\n\nlast".encode())
    with path.open("rb") as file:
        assert read_line(file.fileno(), "x") == "one"
        assert read_line(file.fileno(), "x") == "twö"
        with pytest.raises(InvalidInput):
            read_line(file.fileno(), "x")
        assert read_line(file.fileno(), "x") == "last"
        with pytest.raises(InvalidInput):
            read_line(file.fileno(), "x")
    for raw in (b"\xff\n", b"x" * (LIMIT + 1), b"x" * (LIMIT + 1) + b"\n"):
        path.write_bytes(raw)
        with path.open("rb") as file, pytest.raises(InvalidInput):
            read_line(file.fileno(), "x")
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_line(999, "x")

"""Accounts: the key is safe before the record is, and goes nowhere but into the vault."""

import asyncio
import logging
import traceback
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import pytest

from obsqra_desktop.chain.crypto import StarkCrypto
from obsqra_desktop.domain.accounts import CURVE_ORDER, Account, AccountKind
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_errors import (
    NodeRefused,
    NodeUnreachable,
    PublicKeyRefused,
    VaultLocked,
    WatchOnly,
    WrongPassphrase,
)
from obsqra_desktop.domain.chain_types import VaultMethod
from obsqra_desktop.domain.errors import AppError, InvalidInput, NotFound, StorageError
from obsqra_desktop.services.accounts import vault_name
from obsqra_desktop.storage.keystore import KeystoreFormat
from tests.services.account_parts import Contract, Parts, parts_in
from tests.storage.vaults import OTHER, PASSPHRASE

Answer = TypeVar("Answer")

KEY = 0x0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDE
OTHER_KEY = KEY + 1
DEVNET_KEY = 0x71D7BB07B9A64F6F78AC4C816AFF4DA9
"""Of `starknet-devnet --seed 0`: printed for everybody."""
KINDS = list(AccountKind)
OZ = AccountKind.OPENZEPPELIN


def run(work: Coroutine[Any, Any, Answer]) -> Answer:
    return asyncio.run(work)


@pytest.fixture
def parts(data_dir: Path) -> Parts:
    """With an open vault."""
    found = parts_in(data_dir)
    found.vault.create(VaultMethod.PASSPHRASE, PASSPHRASE)
    return found


def kept(parts: Parts, account: Account) -> int:
    """The key in the vault."""
    return int.from_bytes(parts.vault.get(vault_name(account.network, account.address)))


@pytest.mark.parametrize("kind", KINDS)
def test_new(parts: Parts, data_dir: Path, kind: AccountKind) -> None:
    account = run(parts.service.new(kind, " mine ", "sepolia"))
    key = kept(parts, account)
    crypto = StarkCrypto()
    assert account.public_key == crypto.public_key(key)
    assert account.address == crypto.account_address(kind, account.public_key, account.public_key)
    assert (account.label, account.backed_up, account.deployed) == ("mine", False, False)
    again = parts_in(data_dir)
    assert again.service.listing() == (account,)
    with pytest.raises(VaultLocked):
        run(again.service.private_key(account))
    run(again.service.unlock(PASSPHRASE))
    assert run(again.service.private_key(account)) == key
    second = run(parts.service.new(kind, "", "sepolia"))
    assert kept(parts, second) != key


def test_new_wants_a_vault_that_is_open(data_dir: Path) -> None:
    parts = parts_in(data_dir)
    with pytest.raises(NotFound, match="vault"):
        run(parts.service.new(OZ, "", "sepolia"))
    parts.vault.create(VaultMethod.PASSPHRASE, PASSPHRASE)
    parts.service.lock()
    with pytest.raises(VaultLocked):
        run(parts.service.new(OZ, "", "sepolia"))
    assert parts.service.listing() == ()


def test_the_key_comes_before_the_record(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken off between the two there is a key too many, never an account without one."""

    class KilledError(BaseException):
        pass

    def killed(*_words: object) -> None:
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(parts.store, "save", killed)
        with pytest.raises(KilledError):
            run(parts.service.import_key(KEY, OZ, "", "sepolia"))
    assert parts.service.listing() == ()
    public = StarkCrypto().public_key(KEY)
    name = vault_name("sepolia", StarkCrypto().account_address(OZ, public, public))
    assert int.from_bytes(parts.vault.get(name)) == KEY
    with monkeypatch.context() as patch:
        patch.setattr(parts.vault, "put", killed)
        with pytest.raises(KilledError):
            run(parts.service.new(OZ, "", "sepolia"))
    assert parts.service.listing() == ()
    account = run(parts.service.import_key(KEY, OZ, "", "sepolia"))
    assert run(parts.service.private_key(account)) == KEY


def test_new_asks_whether_the_class_is_there(parts: Parts) -> None:
    parts.chain.classes.clear()
    with pytest.raises(InvalidInput, match="class"):
        run(parts.service.new(OZ, "", "sepolia"))
    parts.chain.error = NodeRefused("No.", rpc_code=1)
    with pytest.raises(NodeRefused):
        run(parts.service.new(OZ, "", "sepolia"))
    assert parts.service.listing() == ()
    parts.chain.error = NodeUnreachable("No node.")
    assert run(parts.service.new(OZ, "offline", "sepolia")).label == "offline"


@pytest.mark.parametrize("network", ["mainnet", "sepolia"])
def test_keys_that_everybody_knows(parts: Parts, network: str) -> None:
    for key in (DEVNET_KEY, 1, 2**128 - 1):
        with pytest.raises(PublicKeyRefused):
            run(parts.service.import_key(key, OZ, "", network))
    file = KeystoreFormat(rounds=2).write(DEVNET_KEY, OTHER)
    with pytest.raises(PublicKeyRefused):
        run(parts.service.import_keystore(file, OTHER, OZ, "", network))
    assert parts.service.listing() == ()
    assert parts.chain.asked == 0, "refused before anybody is asked"
    account = run(parts.service.import_key(DEVNET_KEY, OZ, "", "practice"))
    assert run(parts.service.private_key(account)) == DEVNET_KEY
    elsewhere = account.model_copy(update={"network": network})
    parts.vault.put(vault_name(network, account.address), DEVNET_KEY.to_bytes(32))
    with pytest.raises(PublicKeyRefused):
        run(parts.service.private_key(elsewhere))


@pytest.mark.parametrize("key", [0, -1, CURVE_ORDER, 2**256])
def test_no_private_key(parts: Parts, key: int) -> None:
    with pytest.raises(InvalidInput):
        run(parts.service.import_key(key, OZ, "", "practice"))


@pytest.mark.parametrize("kind", KINDS)
def test_imported_with_its_address(parts: Parts, kind: AccountKind) -> None:
    address = 0xACC0
    parts.chain.contracts[address] = Contract(kind, StarkCrypto().public_key(KEY))
    wrong = next(other for other in KINDS if other is not kind)
    for key, other, at in ((KEY, wrong, address), (OTHER_KEY, kind, address), (KEY, kind, 0xACC1)):
        with pytest.raises(InvalidInput):
            run(parts.service.import_key(key, other, "", "sepolia", at))
    file = KeystoreFormat(rounds=2).write(KEY, OTHER)
    with pytest.raises(WrongPassphrase):
        run(parts.service.import_keystore(file, PASSPHRASE, kind, "", "sepolia", address))
    assert parts.service.listing() == ()
    work = parts.service.import_keystore(file, OTHER, kind, "", "sepolia", address)
    account = run(work)
    assert (account.address, account.backed_up) == (address, True)
    assert run(parts.service.private_key(account)) == KEY
    with pytest.raises(InvalidInput, match="already"):
        run(parts.service.import_key(KEY, kind, "", "sepolia", address))


def test_an_account_with_a_guardian(parts: Parts) -> None:
    contract = Contract(AccountKind.READY, StarkCrypto().public_key(KEY), guardian=5)
    parts.chain.contracts[0xACC0] = contract
    with pytest.raises(InvalidInput, match="guardian"):
        run(parts.service.import_key(KEY, AccountKind.READY, "", "sepolia", 0xACC0))


def test_an_address_cannot_be_checked_without_a_node(parts: Parts) -> None:
    parts.chain.error = NodeUnreachable("No node.")
    with pytest.raises(NodeUnreachable):
        run(parts.service.import_key(KEY, OZ, "", "sepolia", 0xACC0))
    assert parts.service.listing() == ()


def test_watched(parts: Parts) -> None:
    watched = run(parts.service.watch(0xACC0, "theirs", "sepolia"))
    assert watched.watch_only
    with pytest.raises(WatchOnly):
        run(parts.service.private_key(watched))
    with pytest.raises(WatchOnly):
        run(parts.service.backup(watched, OTHER))
    with pytest.raises(InvalidInput, match="already"):
        run(parts.service.watch(0xACC0, "", "sepolia"))
    assert run(parts.service.watch(0xACC0, "", "mainnet")).network == "mainnet"
    assert parts.service.selected("sepolia") is None
    parts.chain.contracts[0xACC0] = Contract(OZ, StarkCrypto().public_key(KEY))
    owned = run(parts.service.import_key(KEY, OZ, "mine", "sepolia", 0xACC0))
    assert parts.service.listing("sepolia") == (owned,), "the key joins what was watched"
    with pytest.raises(InvalidInput, match="already"):
        run(parts.service.watch(0xACC0, "", "sepolia"))


def test_backup(parts: Parts) -> None:
    account = run(parts.service.new(OZ, "", "sepolia"))
    with pytest.raises(InvalidInput):
        run(parts.service.backup(account, "1234567"))
    file = run(parts.service.backup(account, OTHER))
    assert KeystoreFormat().read(file, OTHER) == kept(parts, account)
    assert not parts.service.find(account.id).backed_up, "not before it is saved"
    assert parts.service.mark_backed_up(account).backed_up
    assert parts.service.find(account.id).backed_up
    parts.service.lock()
    with pytest.raises(VaultLocked):
        run(parts.service.backup(account, OTHER))


def test_a_key_that_is_not_the_accounts(parts: Parts) -> None:
    account = run(parts.service.new(OZ, "", "sepolia"))
    parts.vault.put(vault_name("sepolia", account.address), OTHER_KEY.to_bytes(32))
    with pytest.raises(StorageError, match="not this account's"):
        run(parts.service.private_key(account))
    parts.vault.delete(vault_name("sepolia", account.address))
    with pytest.raises(NotFound):
        run(parts.service.private_key(account))


def test_removed(parts: Parts) -> None:
    account = run(parts.service.new(OZ, "mine", "sepolia"))
    key = kept(parts, account)
    parts.service.select(account)
    parts.service.remove(account)
    assert parts.service.listing() == ()
    assert parts.service.selected("sepolia") is None
    assert kept(parts, account) == key, "the key stays sealed"
    assert run(parts.service.import_key(key, OZ, "", "sepolia")).address == account.address


def test_found_by_label_address_and_id(parts: Parts) -> None:
    one = run(parts.service.watch(0xACC0, "Savings", "sepolia"))
    two = run(parts.service.watch(0xACC0, "same address", "mainnet"))
    run(parts.service.watch(0xACC1, "twice", "sepolia"))
    run(parts.service.watch(0xACC2, "TWICE", "sepolia"))
    assert parts.service.find(" savings ") == one
    assert parts.service.find(two.id) == two
    for words in ("", "twice", "0xACC9", "nobody", one.id[:3]):
        with pytest.raises(AppError):
            parts.service.find(words)
    assert parts.service.rename(one, " Rent ").label == "Rent"
    assert parts.service.find("rent").id == one.id
    with pytest.raises(InvalidInput):
        parts.service.rename(one, "x" * 61)


def test_holdings(parts: Parts) -> None:
    account = run(parts.service.new(OZ, "", "sepolia"))
    assert run(parts.service.holdings(account)).of(STRK) == 0
    parts.chain.balances[account.address] = 20
    found = run(parts.service.holdings(account))
    assert found.of(STRK) == 20
    assert (found.deployed, found.nonce, found.node) == (False, 0, "model:1")
    parts.chain.contracts[account.address] = Contract(OZ, account.public_key or 0)
    found = run(parts.service.holdings(account))
    assert found.deployed
    assert found.account.deployed
    assert parts.service.find(account.id).deployed


def forms(key: int) -> list[bytes]:
    """How a private key could be written down."""
    raw = key.to_bytes(32)
    texts = [f"{key:x}", f"{key:X}", str(key), str(raw), str(list(raw))[1:-1], raw.hex(" ")]
    return [raw, raw[::-1], *(text.encode() for text in texts)]


def test_secrets_show_up_nowhere(
    data_dir: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not in a file, a log record (with asyncio telling all that it does), an error or a repr."""
    said: list[str] = []
    parts = parts_in(data_dir)
    service = parts.service
    made: list[Account] = []
    keys = {DEVNET_KEY, KEY}

    async def tried(work: Coroutine[Any, Any, Any]) -> None:
        try:
            answer = await work
        except AppError as error:
            said.extend(traceback.format_exception(error))
            said.append(f"{error!r} {error.args} {vars(error)}")
        else:
            said.append(repr(answer))
            if isinstance(answer, Account):
                made.append(answer)

    async def all_of_it() -> None:
        asyncio.get_running_loop().slow_callback_duration = 0
        file = KeystoreFormat(rounds=2).write(KEY, OTHER)
        await tried(service.new(OZ, "too early", "sepolia"))
        await tried(service.create_vault(VaultMethod.PASSPHRASE, "short"))
        await tried(service.create_vault(VaultMethod.PASSPHRASE, PASSPHRASE))
        await tried(service.create_vault(VaultMethod.PASSPHRASE, PASSPHRASE))
        for kind in KINDS:
            await tried(service.new(kind, kind.value, "sepolia"))
        await tried(service.import_keystore(file, OTHER, OZ, "file", "sepolia"))
        await tried(service.import_keystore(file, PASSPHRASE, OZ, "", "sepolia"))
        await tried(service.import_keystore(file[:-9], OTHER, OZ, "", "sepolia"))
        await tried(service.import_key(KEY, OZ, "again", "sepolia"))
        await tried(service.import_key(KEY, OZ, "", "nowhere"))
        await tried(service.import_key(KEY, OZ, "x" * 61, "mainnet"))
        await tried(service.import_key(KEY, OZ, "", "sepolia", 0xACC9))
        await tried(service.import_key(DEVNET_KEY, OZ, "", "sepolia"))
        await tried(service.import_key(CURVE_ORDER, OZ, "", "sepolia"))
        keys.update(kept(parts, account) for account in made)
        await tried(with_the_key_of_another())
        service.lock()
        await tried(service.unlock(OTHER))
        await tried(service.unlock(PASSPHRASE))
        await tried(service.backup(made[0], OTHER))
        await tried(service.change_vault(VaultMethod.KEYRING))
        await tried(service.change_vault(VaultMethod.PASSPHRASE, OTHER))
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", refuse)
            await tried(service.new(OZ, "no disk", "mainnet"))
            await tried(service.change_vault(VaultMethod.PASSPHRASE, PASSPHRASE))

    async def with_the_key_of_another() -> None:
        key = parts.vault.get(vault_name(made[0].network, made[0].address))
        parts.vault.put(vault_name("sepolia", made[1].address), key)
        await service.private_key(made[1])

    with caplog.at_level(logging.DEBUG):
        asyncio.run(all_of_it(), debug=True)
    assert len(made) == 3
    assert "Executing" in caplog.text, "asyncio was telling"
    assert len(keys) == 4
    said += [repr(one) for one in (service, parts.vault, parts.store, made, KeystoreFormat())]
    said += [repr(vars(record)) + record.getMessage() for record in caplog.records]
    places = {path.name: path.read_bytes() for path in data_dir.iterdir()}
    places["words"] = "\n".join(said).encode()
    assert {"vault.json", "accounts.json", "words"} <= set(places)
    for name, content in places.items():
        for secret in [form for key in keys for form in forms(key)]:
            assert secret not in content, name
        for words in (PASSPHRASE, OTHER):
            assert words.encode() not in content, name


def refuse(*_words: object) -> None:
    raise OSError(5, "Input/output error")

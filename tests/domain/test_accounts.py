"""Accounts: published classes, constructor calldata, and the file."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starknet_py import constants

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.accounts import (
    ACCOUNTS_SCHEMA,
    CLASS_HASHES,
    CURVE_ORDER,
    Account,
    AccountKind,
    AccountsFile,
    constructor_calldata,
    is_publicly_known,
)
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import PRIME, address_form
from obsqra_desktop.domain.strict_json import MAX_INT
from tests.domain.chain_strategies import accounts
from tests.domain.strategies import felts

ONE: dict[str, Any] = {
    "id": "0123456789ab",
    "label": "Mine",
    "network": "practice",
    "address": "0x1234",
    "kind": "openzeppelin-1.0.0",
    "class_hash": "0x5b4",
    "salt": "0x7",
    "public_key": "0x7",
    "created_at": 1_700_000_000,
}


def parse(raw: bytes) -> AccountsFile:
    return strict_json.parse(
        AccountsFile, raw, what="accounts.json", schema=ACCOUNTS_SCHEMA, limit=10**6
    )


def raw_file(*listed: dict[str, Any]) -> bytes:
    return json.dumps({"schema": ACCOUNTS_SCHEMA, "accounts": listed}).encode()


def test_published_numbers() -> None:
    assert CURVE_ORDER == constants.EC_ORDER
    # OpenZeppelin cairo-contracts v1.0.0, docs/antora.yml: account_class_hash
    assert f"{CLASS_HASHES[AccountKind.OPENZEPPELIN]:#066x}" == (
        "0x05b4b537eaa2399e3aa99c4e2e0208ebd6c71bc1467938cd52c798c601e43564"
    )
    # argentlabs/argent-contracts-starknet, deployments/account.txt, 0.4.0
    assert f"{CLASS_HASHES[AccountKind.READY]:#066x}" == (
        "0x036078334509b514626504edc9fb252328d1a240e4e948bef8d0c08dff45927f"
    )
    assert set(CLASS_HASHES) == set(AccountKind)


@given(felts)
def test_constructors(key: int) -> None:
    assert constructor_calldata(AccountKind.OPENZEPPELIN, key) == (key,)
    starknet_signer, none = 0, 1
    assert constructor_calldata(AccountKind.READY, key) == (starknet_signer, key, none)


def test_keys_of_devnets_are_known_to_everybody() -> None:
    # starknet-devnet --seed 0, the first two accounts that it prints
    assert is_publicly_known(0x71D7BB07B9A64F6F78AC4C816AFF4DA9)
    assert is_publicly_known(0xE1406455B7D66B1690803BE066CBE5E)
    assert is_publicly_known(2**128 - 1)
    assert not is_publicly_known(2**128)
    assert not is_publicly_known(CURVE_ORDER - 1)


@given(st.lists(accounts, max_size=4, unique_by=lambda one: one.id))
def test_file_round_trip(listed: list[Account]) -> None:
    chosen = {one.network: one.id for one in listed}
    file = AccountsFile(accounts=tuple(listed), selected=chosen)
    assert parse(strict_json.pretty(file)) == file


@given(accounts)
def test_derived(account: Account) -> None:
    assert account.watch_only is (account.public_key is None)
    assert account.address_text == address_form(account.address)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(
            ("id", one)
            for one in ("", "0123456789a", "0123456789AB", "0123456789ab\n", "../../../..12")
        ),
        *(("label", one) for one in ("x" * 61, "a\x00b", "a\u202eb", "a\nb", 7, None)),
        *(("address", one) for one in (hex(PRIME), "-0x1", "1234", 1.5, None, "0x\u0661")),
        *(("kind", one) for one in ("openzeppelin-2.0.0", 1, "")),
        *(("created_at", one) for one in (-1, "1", 1.0, MAX_INT + 1, None)),
        *(("deployed", one) for one in (0, "true", None)),
        ("private_key", "0x1"),
    ],
)
def test_refused(name: str, value: object) -> None:
    assert parse(raw_file(ONE)).accounts[0].label == "Mine"
    with pytest.raises(InvalidInput):
        parse(raw_file(ONE | {name: value}))


def test_one_id_is_one_account() -> None:
    with pytest.raises(InvalidInput, match="same id"):
        parse(raw_file(ONE, ONE | {"address": "0x99"}))


def test_repeated_key_is_refused() -> None:
    with pytest.raises(InvalidInput, match="twice"):
        parse(raw_file(ONE).replace(b'"salt"', b'"address": "0x9", "salt"'))

"""starknet.js agrees on addresses, checksums, selectors, calldata, hashes, signatures, balances."""

import asyncio
import random
from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.chain.crypto import StarkCrypto
from obsqra_desktop.domain.accounts import (
    CLASS_HASHES,
    CURVE_ORDER,
    AccountKind,
    constructor_calldata,
)
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.felt import ADDRESS_BOUND, PRIME, address_form, selector, short_string
from obsqra_desktop.domain.transaction import (
    Bound,
    Bounds,
    Call,
    Declare,
    DeployAccount,
    Invoke,
    execute_calldata,
)
from obsqra_desktop.services import selfcheck
from tests.chain.independent import ask
from tests.chain.making import chain_of
from tests.chain.pipeline import ACCOUNT, ADDRESS, practice, service
from tests.devnet import Devnet

CRYPTO = StarkCrypto()
CASES = 60


def numbers(seed: int) -> random.Random:
    return random.Random(seed)


def felt(chance: random.Random) -> int:
    edges = [0, 1, 2**128 - 1, 2**128, PRIME - 1, 2**251 - 1]
    return chance.choice([*edges, *(chance.randrange(PRIME) for _ in range(12))])


def address(chance: random.Random) -> int:
    return chance.choice([2, 0xABC, chance.randrange(2**200), chance.randrange(2, ADDRESS_BOUND)])


def bounds(chance: random.Random) -> Bounds:
    def one() -> Bound:
        amounts = (0, 1, 2**64 - 1, chance.randrange(2**64))
        prices = (0, 1, 2**128 - 1, chance.randrange(2**128))
        return Bound(max_amount=chance.choice(amounts), max_price=chance.choice(prices))

    tip = chance.choice([0, 0, 1, 2**64 - 1])
    return Bounds(l1_gas=one(), l1_data_gas=one(), l2_gas=one(), tip=tip)


def bounds_question(given: Bounds) -> dict[str, Any]:
    return {
        name: {"max_amount": hex(one.max_amount), "max_price": hex(one.max_price)}
        for name, one in (
            ("l1_gas", given.l1_gas),
            ("l2_gas", given.l2_gas),
            ("l1_data_gas", given.l1_data_gas),
        )
    }


def test_checksums_and_selectors() -> None:
    chance = numbers(1)
    addresses = [address(chance) for _ in range(300)]
    names = ["transfer", "__execute__", "balanceOf", "_", *(f"f{n}_x" for n in range(50))]
    answers = ask(
        [{"ask": "checksum", "address": hex(one)} for one in addresses]
        + [{"ask": "selector", "name": name} for name in names]
    )
    assert answers[: len(addresses)] == [address_form(one) for one in addresses]
    assert [int(one, 16) for one in answers[len(addresses) :]] == [selector(one) for one in names]


def test_keys_and_addresses() -> None:
    chance = numbers(2)
    keys = [1, 2, CURVE_ORDER - 1, *(chance.randrange(1, CURVE_ORDER) for _ in range(20))]
    publics = [CRYPTO.public_key(one) for one in keys]
    answers = ask([{"ask": "public_key", "private_key": hex(one)} for one in keys])
    assert [int(one, 16) for one in answers] == publics
    questions, mine = [], []
    for public in publics:
        for kind in AccountKind:
            questions.append(
                {
                    "ask": "address",
                    "salt": hex(public),
                    "class_hash": hex(CLASS_HASHES[kind]),
                    "calldata": [hex(one) for one in constructor_calldata(kind, public)],
                }
            )
            mine.append(CRYPTO.account_address(kind, public, public))
    assert [int(one, 16) for one in ask(questions)] == mine


def test_hashes_of_declarations() -> None:
    chance = numbers(9)
    questions: list[dict[str, Any]] = []
    mine: list[int] = []
    for _ in range(CASES):
        transaction = Declare(
            sender=address(chance),
            nonce=chance.choice([0, 1, 2**32]),
            contract="Any",
            class_hash=felt(chance),
            compiled_class_hash=felt(chance),
            bounds=bounds(chance),
        )
        chain = chance.choice(["SN_MAIN", "SN_SEPOLIA", "OBSQRA_PRACTICE"])
        questions.append(
            {
                "ask": "declare_hash",
                "sender": hex(transaction.sender),
                "class_hash": hex(transaction.class_hash),
                "compiled_class_hash": hex(transaction.compiled_class_hash),
                "nonce": hex(transaction.nonce),
                "chain": hex(short_string(chain)),
                "bounds": bounds_question(transaction.bounds),
                "tip": hex(transaction.bounds.tip),
            }
        )
        mine.append(CRYPTO.hash_of(transaction, chain))
    assert [int(one, 16) for one in ask(questions)] == mine


def test_calldata_and_hashes_of_invokes() -> None:
    chance = numbers(3)
    questions: list[dict[str, Any]] = []
    mine: list[Any] = []
    for number in range(CASES):
        long = 600 if number == 0 else chance.randrange(6)
        calls = tuple(
            Call(
                to=address(chance),
                entry_point=chance.choice(["transfer", "approve", "x"]),
                calldata=tuple(felt(chance) for _ in range(long)),
            )
            for _ in range(chance.randrange(1, 4))
        )
        transaction = Invoke(
            sender=address(chance),
            nonce=chance.choice([0, 1, 2**32]),
            calls=calls,
            bounds=bounds(chance),
        )
        chain = chance.choice(["SN_MAIN", "SN_SEPOLIA", "OBSQRA_PRACTICE"])
        questions.append(
            {
                "ask": "execute",
                "calls": [
                    {
                        "to": hex(one.to),
                        "entry_point": one.entry_point,
                        "calldata": [hex(part) for part in one.calldata],
                    }
                    for one in calls
                ],
            }
        )
        mine.append([hex(one) for one in execute_calldata(calls)])
        questions.append(
            {
                "ask": "invoke_hash",
                "sender": hex(transaction.sender),
                "calldata": [hex(one) for one in transaction.calldata],
                "chain": hex(short_string(chain)),
                "nonce": hex(transaction.nonce),
                "bounds": bounds_question(transaction.bounds),
                "tip": hex(transaction.bounds.tip),
            }
        )
        mine.append(hex(CRYPTO.hash_of(transaction, chain)))
    assert ask(questions) == mine


def test_hashes_of_deployments_and_signatures() -> None:
    chance = numbers(4)
    questions: list[dict[str, Any]] = []
    mine: list[Any] = []
    for _ in range(20):
        key = chance.randrange(1, CURVE_ORDER)
        public, kind = CRYPTO.public_key(key), chance.choice(list(AccountKind))
        transaction = DeployAccount(
            sender=CRYPTO.account_address(kind, public, public),
            class_hash=CLASS_HASHES[kind],
            salt=public,
            constructor_calldata=constructor_calldata(kind, public),
            bounds=bounds(chance),
        )
        signed = CRYPTO.sign(transaction, "SN_SEPOLIA", key)
        questions.append(
            {
                "ask": "deploy_hash",
                "sender": hex(transaction.sender),
                "class_hash": hex(transaction.class_hash),
                "calldata": [hex(one) for one in transaction.constructor_calldata],
                "salt": hex(public),
                "chain": hex(short_string("SN_SEPOLIA")),
                "nonce": "0x0",
                "bounds": bounds_question(transaction.bounds),
                "tip": hex(transaction.bounds.tip),
            }
        )
        mine.append(hex(signed.hash))
        questions.append({"ask": "sign", "hash": hex(signed.hash), "private_key": hex(key)})
        mine.append([hex(one) for one in signed.signature])
        r, s = signed.signature
        for wrong in (0, 1):
            questions.append(
                {
                    "ask": "verifies",
                    "r": hex(r),
                    "s": hex(s),
                    "hash": hex(signed.hash ^ wrong),
                    "private_key": hex(key),
                }
            )
            mine.append(not wrong)
    assert ask(questions) == mine


def test_the_vector_of_the_self_check() -> None:
    given = selfcheck.CURVE_TRANSACTION
    address, tx_hash, signed, good = ask(
        [
            {
                "ask": "address",
                "salt": hex(selfcheck.CURVE_PUBLIC),
                "class_hash": hex(given.class_hash),
                "calldata": [hex(one) for one in given.constructor_calldata],
            },
            {
                "ask": "deploy_hash",
                "sender": hex(given.sender),
                "class_hash": hex(given.class_hash),
                "calldata": [hex(one) for one in given.constructor_calldata],
                "salt": hex(given.salt),
                "chain": hex(short_string(selfcheck.CURVE_CHAIN)),
                "nonce": "0x0",
                "bounds": bounds_question(given.bounds),
                "tip": "0x0",
            },
            {
                "ask": "sign",
                "hash": hex(selfcheck.CURVE_HASH),
                "private_key": hex(selfcheck.CURVE_KEY),
            },
            {
                "ask": "verifies",
                "r": hex(selfcheck.CURVE_SIGNATURE[0]),
                "s": hex(selfcheck.CURVE_SIGNATURE[1]),
                "hash": hex(selfcheck.CURVE_HASH),
                "private_key": hex(selfcheck.CURVE_KEY),
            },
        ]
    )
    assert int(address, 16) == selfcheck.CURVE_ADDRESS
    assert tx_hash == hex(selfcheck.CURVE_HASH)
    assert signed == [hex(one) for one in selfcheck.CURVE_SIGNATURE]
    assert good is True


@pytest.mark.loopback
def test_a_payment_as_another_client_sees_it(devnet: Devnet, data_dir: Path) -> None:
    friend, amount = 0x1D3A11CE, 123_456_789
    network = practice(devnet.url)

    async def pay() -> Any:
        chain = chain_of(network)
        try:
            sending = service(data_dir, chain, network)
            record = await sending.send(await sending.plan_transfer(ACCOUNT, friend, STRK, amount))
            return await sending.track(record.id)
        finally:
            await chain.close()

    record = asyncio.run(pay())
    where = {"url": devnet.url}
    seen, balance, nonce, chain_id = ask(
        [
            {"ask": "transaction", "hash": hex(record.signed.hash), **where},
            {"ask": "balance", "token": hex(STRK.address), "address": hex(friend), **where},
            {"ask": "nonce", "address": hex(ADDRESS), **where},
            {"ask": "chain_id", **where},
        ]
    )
    assert int(seen["hash"], 16) == record.signed.hash
    assert int(seen["sender"], 16) == ADDRESS
    assert [int(one, 16) for one in seen["calldata"]] == list(record.signed.transaction.calldata)
    assert int(seen["fee"]) == record.receipt.actual_fee
    assert seen["status"] == "SUCCEEDED"
    assert int(balance) == amount
    assert int(nonce, 16) == record.signed.transaction.nonce + 1
    assert int(chain_id, 16) == short_string("OBSQRA_PRACTICE")

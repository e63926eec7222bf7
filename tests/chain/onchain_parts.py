"""Stored classes on a devnet, declared and deployed by starknet-py."""

import asyncio
import json
from typing import Any

from starknet_py.hash.selector import get_selector_from_name
from starknet_py.net.account.account import Account
from starknet_py.net.client_errors import ClientError
from starknet_py.net.client_models import Call, DeclareTransactionResponse
from starknet_py.net.full_node_client import FullNodeClient
from starknet_py.net.models.transaction import DeclareV3
from starknet_py.net.signer.stark_curve_signer import KeyPair

from obsqra_desktop.chain.crypto import StarkCrypto
from obsqra_desktop.domain.contracts import UDC, ContractFacts, SierraClass
from obsqra_desktop.domain.onchain import SALT
from tests.devnet import Devnet


def first_account(devnet: Devnet) -> Account:
    """The first funded one."""
    first = devnet.ask("devnet_getPredeployedAccounts")[0]
    chain: Any = int(devnet.ask("starknet_chainId"), 16)
    return Account(
        client=FullNodeClient(devnet.url),
        address=int(first["address"], 16),
        key_pair=KeyPair.from_private_key(int(first["private_key"], 16)),
        chain=chain,
    )


def declare_and_deploy(devnet: Devnet, facts: ContractFacts, taken: SierraClass) -> int:
    """The address, which anybody's deployment without a constructor gives."""
    address = StarkCrypto().contract_address(facts.class_hash, (), SALT)
    account = first_account(devnet)

    async def work() -> None:
        if not await declared(account, facts):
            signed: DeclareV3 = await account.sign_declare_v3(
                compiled_contract=_text(taken),
                compiled_class_hash=facts.compiled_class_hash,
                auto_estimate=True,
            )
            sent: DeclareTransactionResponse = await account.client.declare(signed)
            assert sent.class_hash == facts.class_hash
            await account.client.wait_for_tx(sent.transaction_hash)
        udc = Call(UDC, get_selector_from_name("deployContract"), [facts.class_hash, SALT, 0, 0])
        if not await deployed(account, address):
            done = await account.execute_v3(udc, auto_estimate=True)
            await account.client.wait_for_tx(done.transaction_hash)
        assert await account.client.get_class_hash_at(address) == facts.class_hash

    asyncio.run(work())
    return address


def _text(taken: SierraClass) -> str:
    """As starknet-py reads a compiled class: the ABI as a value."""
    wire = taken.wire()
    return json.dumps({**wire, "abi": json.loads(wire["abi"])})


async def declared(account: Account, facts: ContractFacts) -> bool:
    try:
        await account.client.get_class_by_hash(facts.class_hash)
    except ClientError:
        return False
    return True


async def deployed(account: Account, address: int) -> bool:
    try:
        await account.client.get_class_hash_at(address)
    except ClientError:
        return False
    return True

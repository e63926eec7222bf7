"""The verifier and its probe on a devnet: the stored classes, declared and deployed.

tests/contracts/test_compiled.py holds both against the sources, so nothing is compiled here.
"""

import asyncio
import json
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starknet_py.hash.selector import get_selector_from_name
from starknet_py.net.account.account import Account
from starknet_py.net.client_models import Call, ResourceBounds, ResourceBoundsMapping

from obsqra_desktop.storage.contracts import ContractClasses
from tests.chain.onchain_parts import declare_and_deploy, first_account
from tests.conftest import ROOT
from tests.devnet import PATIENCE, Devnet

FOR_TESTS = ROOT / "tests" / "contracts"
BOUND = 1_210_000_000
"""The most L2 gas that public networks let a transaction ask for."""


@dataclass(frozen=True)
class Deployed:
    """A contract that answers calls."""

    devnet: Devnet
    account: Account
    address: int

    def call(self, entry: str, calldata: Sequence[int]) -> tuple[list[int], str]:
        """What it returns, or the text that it panics with."""
        request = {
            "contract_address": hex(self.address),
            "entry_point_selector": hex(get_selector_from_name(entry)),
            "calldata": [hex(felt) for felt in calldata],
        }
        params = {"request": request, "block_id": "latest"}
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "starknet_call", "params": params})
        ask = urllib.request.Request(
            self.devnet.url, body.encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(ask, timeout=PATIENCE) as answer:
            reply = json.load(answer)
        if "error" in reply:
            return [], reason_of(reply["error"])
        return [int(felt, 16) for felt in reply["result"]], ""

    def gas(self, entry: str, calldata: Sequence[int]) -> int:
        """L2 gas of a transaction that makes this call, the account's part included."""
        none = ResourceBounds(10**9, 10**12)
        bounds = ResourceBoundsMapping(none, none, ResourceBounds(BOUND, 10**10))
        call = Call(self.address, get_selector_from_name(entry), list(calldata))

        async def estimate() -> int:
            signed = await self.account.sign_invoke_v3(call, resource_bounds=bounds)
            found: Any = await self.account.client.estimate_fee(signed, skip_validate=True)
            return int(found.l2_gas_consumed)

        return asyncio.run(estimate())


def reason_of(error: Any) -> str:
    """The short string of a panic, or all the node said."""
    said = json.dumps(error)
    inner = said
    for piece in said.replace("\\", "").replace('"', " ").split():
        if piece.strip("[],").startswith("0x"):
            number = int(piece.strip("[],"), 16)
            text = number.to_bytes(32, "big").lstrip(b"\0")
            if text.isascii() and b": " in text:
                return text.decode("ascii")
    return inner


def deploy(devnet: Devnet, name: str, folder: Path | None = None) -> Deployed:
    """From the first funded account; classes that ship, or those of a folder."""
    address = declare_and_deploy(devnet, *ContractClasses(Path(), folder).load(name))
    return Deployed(devnet, first_account(devnet), address)


def deploy_probe(devnet: Devnet) -> Deployed:
    """What runs the verifier's steps one by one."""
    return deploy(devnet, "VerifierProbe", FOR_TESTS)

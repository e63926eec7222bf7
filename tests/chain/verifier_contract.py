"""The verifier and its probe on a devnet: compiled from these sources, declared, deployed."""

import asyncio
import json
import os
import shutil
import subprocess
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from starknet_py.contract import Contract
from starknet_py.hash.selector import get_selector_from_name
from starknet_py.net.account.account import Account
from starknet_py.net.client_models import Call, ResourceBounds, ResourceBoundsMapping
from starknet_py.net.full_node_client import FullNodeClient
from starknet_py.net.signer.key_pair import KeyPair

from tests.conftest import OUTER
from tests.devnet import Devnet

ROOT = Path(__file__).parents[2]
VERIFIER = ROOT / "contracts" / "decision_verifier", "decision_verifier::contract::DecisionVerifier"
PROBE = ROOT / "tests" / "chain" / "verifier_probe", "verifier_probe::VerifierProbe"
BOUND = 1_210_000_000
"""The most L2 gas that public networks let a transaction ask for."""


@dataclass(frozen=True)
class Compiled:
    """A class in both forms; hints are no part of a class's hash and starknet-py refuses them."""

    sierra: str
    casm: dict[str, Any]


def compile_contract(crate: Path, path: str, target: Path) -> Compiled:
    """With the compilers on PATH and the folder `corelib` that CAIRO_CORELIB names."""
    corelib, search = OUTER.get("CAIRO_CORELIB"), OUTER.get("PATH", "")
    tools = [
        shutil.which(tool, path=search) for tool in ("starknet-compile", "starknet-sierra-compile")
    ]
    if corelib is None or None in tools:
        pytest.skip("needs starknet-compile, starknet-sierra-compile and CAIRO_CORELIB")
    sierra, casm = target / f"{crate.name}.json", target / f"{crate.name}.casm.json"
    for words in (
        [str(tools[0]), str(crate), str(sierra), "--contract-path", path],
        [str(tools[1]), str(sierra), str(casm)],
    ):
        done = subprocess.run(
            words,
            cwd=Path(corelib).parent,
            env={"PATH": os.environ["PATH"]},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    compiled = json.loads(casm.read_text("utf-8"))
    compiled.pop("pythonic_hints", None)
    return Compiled(sierra.read_text("utf-8"), compiled | {"hints": []})


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
        with urllib.request.urlopen(ask, timeout=60) as answer:
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


def deploy(devnet: Devnet, compiled: Compiled) -> Deployed:
    """From the first funded account."""
    first = devnet.ask("devnet_getPredeployedAccounts")[0]

    async def run() -> Deployed:
        chain = int(devnet.ask("starknet_chainId"), 16)
        account = Account(
            client=FullNodeClient(devnet.url),
            address=int(first["address"], 16),
            key_pair=KeyPair.from_private_key(int(first["private_key"], 16)),
            chain=chain,
        )
        declared = await Contract.declare_v3(
            account,
            compiled_contract=compiled.sierra,
            compiled_contract_casm=json.dumps(compiled.casm),
            auto_estimate=True,
        )
        await declared.wait_for_acceptance()
        deployed = await declared.deploy_v3(auto_estimate=True)
        await deployed.wait_for_acceptance()
        return Deployed(devnet, account, deployed.deployed_contract.address)

    return asyncio.run(run())

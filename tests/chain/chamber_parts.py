"""The practice Chamber on a devnet, its accounts, and calls as its ABI writes them."""

import json
import re
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from obsqra_desktop.chain.crypto import StarkCrypto
from obsqra_desktop.chain.practice_hand import BOUNDS, DECLARE_BOUNDS
from obsqra_desktop.chain.wire import broadcasted
from obsqra_desktop.domain.felt import from_short_string, selector, short_string
from obsqra_desktop.domain.mist.practice import deployment
from obsqra_desktop.domain.transaction import Call, Declare, Invoke
from obsqra_desktop.storage.contracts import ContractClasses
from tests.chain.verifier_contract import FOR_TESTS
from tests.devnet import PATIENCE, Devnet

CRYPTO = StarkCrypto()
SALTS = count(1)
SUPPLY = 10**30
SHORT = re.compile(r"0x[0-9a-f]{6,62}\b")


def u256(value: int) -> tuple[int, int]:
    return value & (2**128 - 1), value >> 128


def whole(felts: Sequence[int]) -> list[int]:
    """Numbers from low and high halves."""
    return [low + (high << 128) for low, high in zip(felts[::2], felts[1::2], strict=True)]


@dataclass(frozen=True)
class Ran:
    """A transaction that is in a block."""

    reason: str
    """Of its revert; empty if it did what it should."""
    gas: int
    """L2 gas."""
    events: list[Any]

    def good(self) -> "Ran":
        assert not self.reason, self.reason
        return self


def readable(text: str) -> str:
    """With every short string in it also as text."""
    found = [int(one, 16).to_bytes(32, "big").lstrip(b"\0") for one in SHORT.findall(text)]
    return " ".join([text, *(one.decode() for one in found if one.isascii())])


class Wallet:
    """A funded account of the devnet."""

    def __init__(self, devnet: Devnet, number: int) -> None:
        told = devnet.ask("devnet_getPredeployedAccounts")[number]
        self.devnet = devnet
        self.address = int(told["address"], 16)
        self._key = int(told["private_key"], 16)
        self._chain = from_short_string(int(devnet.ask("starknet_chainId"), 16))

    def run(self, *calls: Call) -> Ran:
        """All calls in one transaction."""
        one = Invoke(sender=self.address, nonce=self._nonce(), calls=calls, bounds=BOUNDS)
        signed = CRYPTO.sign(one, self._chain, self._key)
        request = broadcasted(one, signed.signature)
        told = self.devnet.ask("starknet_addInvokeTransaction", invoke_transaction=request)
        return self._receipt(told["transaction_hash"])

    def call(self, to: int, name: str, *data: int) -> Ran:
        return self.run(Call(to=to, entry_point=name, calldata=data))

    def declare(self, name: str, folder: Path | None = None) -> int:
        """The class's hash; done once."""
        facts, program = ContractClasses(Path(), folder).load(name)
        known = {"class_hash": hex(facts.class_hash), "block_id": "latest"}
        if "result" in raw(self.devnet, "starknet_getClass", known):
            return facts.class_hash
        one = Declare(
            sender=self.address,
            nonce=self._nonce(),
            contract=name,
            class_hash=facts.class_hash,
            compiled_class_hash=facts.compiled_class_hash,
            bounds=DECLARE_BOUNDS,
        )
        signed = CRYPTO.sign(one, self._chain, self._key)
        request = broadcasted(one, signed.signature, declared=program)
        told = self.devnet.ask("starknet_addDeclareTransaction", declare_transaction=request)
        self._receipt(told["transaction_hash"]).good()
        return facts.class_hash

    def deploy(self, name: str, *arguments: int, folder: Path | None = None) -> int:
        """A new contract's address."""
        class_hash, salt = self.declare(name, folder), next(SALTS)
        self.run(deployment(class_hash, arguments, salt)).good()
        return CRYPTO.contract_address(class_hash, arguments, salt)

    def _nonce(self) -> int:
        address = hex(self.address)
        told = self.devnet.ask("starknet_getNonce", block_id="latest", contract_address=address)
        return int(told, 16)

    def _receipt(self, tx_hash: str) -> Ran:
        told = self.devnet.ask("starknet_getTransactionReceipt", transaction_hash=tx_hash)
        reason = readable(told.get("revert_reason", ""))
        return Ran(reason, told["execution_resources"]["l2_gas"], told["events"])


def raw(devnet: Devnet, method: str, params: dict[str, Any]) -> Any:
    """The whole reply, an error too."""
    body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}).encode()
    request = urllib.request.Request(devnet.url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        return json.load(answer)


def ask(devnet: Devnet, to: int, name: str, *data: int) -> list[int]:
    """A read-only call."""
    felts, reason = tried(devnet, to, name, *data)
    assert not reason, reason
    return felts


def tried(devnet: Devnet, to: int, name: str, *data: int) -> tuple[list[int], str]:
    """The same, or why it is refused."""
    request = {
        "contract_address": hex(to),
        "entry_point_selector": hex(selector(name)),
        "calldata": [hex(felt) for felt in data],
    }
    reply = raw(devnet, "starknet_call", {"request": request, "block_id": "latest"})
    if "error" in reply:
        return [], readable(json.dumps(reply["error"]))
    return [int(felt, 16) for felt in reply["result"]], ""


class Pool:
    """A Chamber of its own, a token, and who has it."""

    def __init__(self, devnet: Devnet, owner: Wallet, verifier: int) -> None:
        self.devnet = devnet
        self.owner = owner
        self.address = owner.deploy("PracticeChamber", owner.address, verifier)
        name, symbol = short_string("Test"), short_string("T")
        token = (name, symbol, 18, *u256(SUPPLY), owner.address)
        self.token = owner.deploy("PracticeToken", *token)
        self.approve(owner, SUPPLY).good()

    def approve(self, who: Wallet, amount: int) -> Ran:
        return who.call(self.token, "approve", self.address, *u256(amount))

    def deposit(
        self, secret: int, amount: int, who: Wallet | None = None, token: int | None = None
    ) -> Ran:
        data = (*u256(secret), *u256(amount), token or self.token)
        return (who or self.owner).call(self.address, "deposit", *data)

    def shown(
        self,
        sender: Wallet,
        claiming_key: int,
        owner: int,
        amount: int,
        proof: Sequence[int],
        change: tuple[int, int] | None = None,
        token: int | None = None,
    ) -> Ran:
        """A spend without a proof; `change` is secret and amount of what stays."""
        data = self.shown_data(claiming_key, owner, amount, proof, token or self.token)
        if change is None:
            return sender.call(self.address, "withdraw_no_zk", *data)
        more = (*data, *u256(change[0]), *u256(change[1]))
        return sender.call(self.address, "seek_and_hide_no_zk", *more)

    @staticmethod
    def shown_data(
        claiming_key: int, owner: int, amount: int, proof: Sequence[int], token: int
    ) -> tuple[int, ...]:
        siblings = [half for one in proof for half in u256(one)]
        return (
            *u256(claiming_key),
            owner,
            *u256(amount),
            token,
            len(proof),
            *siblings,
        )

    def believed(self, sender: Wallet, *values: int) -> Ran:
        """`handle_zkp` of a pool whose verifier believes everything."""
        return sender.call(self.address, "handle_zkp", *believed_data(*values))

    def ask(self, name: str, *data: int) -> list[int]:
        return ask(self.devnet, self.address, name, *data)

    def leaves(self) -> list[int]:
        return array(self.ask("tx_array"))

    def root(self) -> int:
        return whole(self.ask("merkle_root"))[0]

    def proof(self, index: int) -> list[int]:
        return array(self.ask("merkle_proof", index))

    def spent(self, *nullifiers: int) -> list[bool]:
        halves = [half for one in nullifiers for half in u256(one)]
        return [bool(one) for one in self.ask("nullifiers_spent", len(nullifiers), *halves)[1:]]

    def balance(self, of: int) -> int:
        return whole(ask(self.devnet, self.token, "balance_of", of))[0]


def believed_data(*values: int) -> tuple[int, ...]:
    halves = [half for one in values for half in u256(one)]
    return (1 + len(halves), 0, *halves)


def array(felts: Sequence[int]) -> list[int]:
    """An Array<u256>."""
    assert felts[0] * 2 == len(felts) - 1
    return whole(felts[1:])


def of_tests(wallet: Wallet, name: str) -> int:
    """Deploy one that only tests use."""
    return wallet.deploy(name, folder=FOR_TESTS)

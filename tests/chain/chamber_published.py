"""MIST's published ABI, and a look at a contract that should be its Chamber."""

import json
from dataclasses import dataclass
from typing import Any

from obsqra_desktop.domain.felt import selector
from obsqra_desktop.domain.shipped import resource_root
from obsqra_desktop.proving.mist import NativeMistProver, NativeMistTree
from tests.chain.chamber_parts import array, ask, tried, whole
from tests.devnet import Devnet
from tests.vectors.mist import VECTORS, numbers, published_publics

PUBLISHED = {
    "deposit": 0xC73F681176FC7B3F9693986FD7B14581E8D540519E27400E88B8713932BE01,
    "withdraw_no_zk": 0x2294D34E3C36F5149F0CAD52CE1031C52700EF7BE35130A1524E9BA27FEAB1A,
    "seek_and_hide_no_zk": 0x13156C0983C85B07A4825B84AC893E1377606B76D06A3C09EBB1EADB4B2127,
    "handle_zkp": 0x330974277343F0F39588289EF2C47BC125B55B2CFBD923F8F17DA457519DF76,
    "tx_array": 0x276AF93DFD01646FCA706F75819420E87D20C8206E572418CE91EF4FD17445A,
    "merkle_root": 0x502BA3FB3FE240900FC150C6C371F17D8D2657BC6868FE9939489E3CA19EFA,
    "merkle_proof": 0x110CDFE6D13F01A116F33D43D66A8BE89A827C2A1A08141BF6C4C3D6D0E7F6D,
    "merkle_leaves": 0x17C9F99EAC82D61B8443250A0A8063586714CC82CC4652BA936698597BAAE33,
    "assets_from_secret": 0x192A258F169F66EF326DA3D20BA045A3E53B18C24B69DC695A5566AE311D872,
    "nullifiers_spent": 0x3E80CB3D08BB98E8254650537F60D1B2E92F6A42E8F3486C3EE898B8482CF5D,
    "transactions_exist": 0x1A122C7D8FE15FF950DA50987E6B67E98EE953E8E3397471865EDBD1E339B6F,
}
"""Selectors of the published ABI (npm @mistcash/config 0.5.2)."""
SIGNATURES = """\
constructor(owner: ContractAddress, verifier: IGroth16VerifierBN254Dispatcher)
external deposit(hash: u256, asset: Asset)
external handle_zkp(proof: Span::<felt252>)
external merkle_leaves(height: u32) -> Array::<u256>
external merkle_proof(index: u32) -> Span::<u256>
external recalculate_merkle_root()
external renounceOwnership()
external renounce_ownership()
external seek_and_hide_no_zk(claiming_key: u256, owner: ContractAddress, asset: Asset, \
proof: Span::<u256>, new_tx_secret: u256, new_tx_amount: u256)
external setVerifierAddress(verifier: IGroth16VerifierBN254Dispatcher)
external transferOwnership(newOwner: ContractAddress)
external transfer_ownership(new_owner: ContractAddress)
external upgrade(new_class_hash: ClassHash)
external withdraw_no_zk(claiming_key: u256, owner: ContractAddress, asset: Asset, \
proof: Span::<u256>)
view assets_from_secret(tx_secret: u256) -> Asset
view merkle_root() -> u256
view nullifiers_spent(nullifiers: Array::<u256>) -> Array::<bool>
view owner() -> ContractAddress
view transactions_exist(transactions: Array::<u256>) -> Array::<bool>
view tx_array() -> Array::<u256>"""


def short(kind: str) -> str:
    """A type without the paths of modules."""
    outer, _, inner = kind.partition("<")
    name = "::".join(outer.split("::")[-2:]) if inner else outer.split("::")[-1]
    return f"{name}<{short(inner[:-1])}>" if inner else name


def signatures(abi: list[Any]) -> list[str]:
    """Every function, in the order of the alphabet."""
    lines = []
    for one in abi:
        if one["type"] in ("interface", "constructor", "function"):
            for function in one.get("items", [one]):
                given = ", ".join(f"{a['name']}: {short(a['type'])}" for a in function["inputs"])
                back = "".join(f" -> {short(a['type'])}" for a in function.get("outputs", []))
                kind = function.get("state_mutability", "")
                kind = f"{kind} " if one["type"] != "constructor" else ""
                lines.append(f"{kind}{function['name']}({given}){back}")
    return sorted(lines)


def events(abi: list[Any]) -> dict[str, list[tuple[str, str]]]:
    """Names and kinds of each event's fields."""
    return {
        short(one["name"]): [(member["name"], member["kind"]) for member in one["members"]]
        for one in abi
        if one["type"] == "event" and one["kind"] == "struct"
    }


@dataclass(frozen=True)
class Seen:
    """What a Chamber is."""

    class_hash: int
    verifier: int
    """0 if its storage does not tell it where ours has it."""
    owner: int
    leaves: int
    differs: list[str]
    """Functions that only one of the two ABIs has."""


def look_at(devnet: Devnet, pool: int) -> Seen:
    """Its tree must be ours, and its verifier must take MIST's recorded proof and no other."""
    where = {"contract_address": hex(pool), "block_id": "latest"}
    program = devnet.ask("starknet_getClassAt", **where)
    class_hash = int(devnet.ask("starknet_getClassHashAt", **where), 16)
    verifier = int(devnet.ask("starknet_getStorageAt", key=hex(selector("verifier")), **where), 16)
    leaves = array(ask(devnet, pool, "tx_array"))
    assert whole(ask(devnet, pool, "merkle_root")) == [NativeMistTree().root(leaves)]
    if verifier:
        prover = NativeMistProver(resource_root() / "mist")
        publics = published_publics()
        argument = prover.calldata(publics, numbers(VECTORS["published_proof"]))
        told = ask(devnet, verifier, "verify_groth16_proof_bn254", *argument)
        assert told[:2] == [0, len(publics.values())]
        assert tuple(whole(told[2:])) == publics.values()
        changed = list(argument)
        changed[38] ^= 1  # the amount that leaves
        told, reason = tried(devnet, verifier, "verify_groth16_proof_bn254", *changed)
        assert reason or told[0] == 1
    live, published = set(signatures(json.loads(program["abi"]))), set(SIGNATURES.splitlines())
    owner = ask(devnet, pool, "owner")[0]
    return Seen(class_hash, verifier, owner, len(leaves), sorted(live ^ published))

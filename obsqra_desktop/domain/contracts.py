"""Contract classes as nodes take them, what a manifest says about them, and the network's limits.

A class is a program of the network: declared once for everybody, under the hash of its content. A
contract is an instance of a class with an address and storage of its own.
"""

import re
from typing import Annotated, Any, Final, Literal

from pydantic import Field, model_validator

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.chain_errors import NetworkTooOld, NodeAnswerInvalid, OverLimit
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import Count, Felt
from obsqra_desktop.domain.pools import Strict

CONTRACTS_SCHEMA: Final = "obsqra/contracts/1"
MAX_CLASS_FELTS: Final = 81_920
"""Of Sierra and, apart, of the CASM bytecode (Starknet documentation, "Limits and triggers")."""
MAX_CLASS_BYTES: Final = 4_089_446
"""Of a class in JSON (the same page)."""
MANIFEST_LIMIT: Final = 256 * 1024
NAME: Final = r"^[A-Z][A-Za-z0-9]{0,63}$"
DIGEST: Final = r"^[0-9a-f]{64}$"
VERSION: Final = r"^[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}$"

STARKNET_FOR_SIERRA: Final = (((1, 9), "0.14.3"), ((1, 8), "0.14.2"))
"""Since when networks take classes of a Sierra version: `max_sierra_version` of the sequencer's
gateway on its branches of 0.14.1 (1.7), 0.14.2 (1.8) and 0.14.3 (1.9). Library functions for
Blake2s are allowed from Sierra 1.8 on (Cairo's list of audited ones)."""
STARKNET_FOR_BLAKE_HASH: Final = "0.14.1"
"""Since when a compiled class is hashed by Blake2s, as the manifest has it."""
RELEASE: Final = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){2,3}", re.ASCII)

UDC: Final = 0x02CEED65A4BD731034C01113685C831B01C15D7D432F71AFB1CF1634B53A2125
"""The universal deployer, at the same address on every public network and on devnet."""

Version = Annotated[str, Field(pattern=VERSION)]


class EntryPoint(Strict):
    """One function that can be called from outside."""

    selector: Felt
    function_idx: Annotated[int, Field(ge=0, le=MAX_CLASS_FELTS)]


EntryPoints = Annotated[tuple[EntryPoint, ...], Field(max_length=1_000)]


class EntryPointsByType(Strict):
    """As starknet-specs writes them."""

    constructor: EntryPoints = Field(alias="CONSTRUCTOR")
    external: EntryPoints = Field(alias="EXTERNAL")
    l1_handler: EntryPoints = Field(alias="L1_HANDLER")


class SierraClass(Strict):
    """CONTRACT_CLASS of starknet-specs; what is hashed into the class hash, all of it."""

    abi: str
    contract_class_version: Literal["0.1.0"]
    entry_points_by_type: EntryPointsByType
    sierra_program: Annotated[tuple[Felt, ...], Field(min_length=6, max_length=MAX_CLASS_FELTS)]

    @property
    def sierra_version(self) -> str:
        """The first three felts of the program."""
        return ".".join(str(part) for part in self.sierra_program[:3])

    def wire(self) -> dict[str, Any]:
        """The object that goes to a node."""
        return self.model_dump(mode="json", by_alias=True)

    @classmethod
    def parse(cls, raw: bytes, name: str) -> "SierraClass":
        """From its JSON; raises InvalidInput."""
        value = strict_json.loads(raw, what=name, limit=MAX_CLASS_BYTES)
        try:
            return cls.model_validate_json(raw, by_alias=True, by_name=False)
        except ValueError as error:
            kind = type(value).__name__
            raise InvalidInput(f"{name} is no contract class ({kind})", where=name) from error


class ContractFacts(Strict):
    """What the manifest ties together for one contract."""

    name: Annotated[str, Field(pattern=NAME)]
    path: Annotated[str, Field(max_length=200)]
    """Of the module in the sources."""
    class_hash: Felt
    compiled_class_hash: Felt
    """Blake2s, as from Starknet 0.14.1."""
    sierra_version: Version
    compiler_version: Version
    casm_compiler_version: Version
    sierra_felts: Count
    casm_felts: Count
    bytes: Count
    """Of the class in JSON, ABI included."""
    sources: Annotated[str, Field(pattern=DIGEST)]
    """SHA-256 over the crate's sources."""

    @property
    def starknet_needed(self) -> str:
        """The first version of Starknet that takes the class."""
        mine = numbers_of(self.sierra_version)
        for sierra, release in STARKNET_FOR_SIERRA:
            if mine >= sierra:
                return release
        return STARKNET_FOR_BLAKE_HASH


class ContractsManifest(Strict):
    """manifest.json beside the classes."""

    schema_id: Literal["obsqra/contracts/1"] = Field(default=CONTRACTS_SCHEMA, alias="schema")
    contracts: Annotated[tuple[ContractFacts, ...], Field(max_length=100)]

    @model_validator(mode="after")
    def _once(self) -> "ContractsManifest":
        names = {one.name for one in self.contracts}
        if len(names) != len(self.contracts):
            raise ValueError("one contract is listed twice")
        return self

    @classmethod
    def parse(cls, raw: bytes) -> "ContractsManifest":
        """Raises InvalidInput."""
        return strict_json.parse(
            cls, raw, what="manifest.json", schema=CONTRACTS_SCHEMA, limit=MANIFEST_LIMIT
        )


def check_class_limits(facts: ContractFacts) -> None:
    """What a devnet does not check; raises OverLimit before anything is asked or paid."""
    for what, value, most in (
        ("felts of Sierra", facts.sierra_felts, MAX_CLASS_FELTS),
        ("felts of CASM", facts.casm_felts, MAX_CLASS_FELTS),
        ("bytes", facts.bytes, MAX_CLASS_BYTES),
    ):
        if value > most:
            raise OverLimit(
                f"The class {facts.name} has {value:,} {what}, a network takes at most {most:,}. "
                "Nothing was sent."
            )


def numbers_of(version: str) -> tuple[int, ...]:
    """`0.14.3` as numbers that can be compared."""
    return tuple(int(part) for part in version.split("."))


def check_network_takes(facts: ContractFacts, found: str, network: str) -> None:
    """Whether a network of this version takes the class; before anything is signed or paid.

    `found` is what the newest block says of itself. Raises NetworkTooOld; NodeAnswerInvalid if it
    is no version. A network that is new enough can still refuse: the simulation tells.
    """
    if RELEASE.fullmatch(found) is None:
        raise NodeAnswerInvalid(
            f"{network}: the newest block does not say which version of Starknet it is, so it is "
            f"not known whether the class {facts.name} is taken there. Nothing was signed or sent.",
            hint="Use another node.",
        )
    needed = facts.starknet_needed
    if numbers_of(found) < numbers_of(needed):
        raise NetworkTooOld(
            f"{network} runs Starknet {found}, as its newest block says. The class {facts.name} is "
            f"written in Sierra {facts.sierra_version}, which networks take from Starknet {needed} "
            "on. Nothing was signed, sent or paid.",
            hint="Wait until the network is updated, or choose another one. Proofs can be "
            "verified on this computer without any network.",
        )

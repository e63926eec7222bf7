"""MIST's pools: where they are, what their contracts are, and how they look at one moment."""

from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import Field

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.felt import Felt
from obsqra_desktop.domain.pools import Name, Note, Strict

POOLS_SCHEMA: Final = "obsqra/mist-pools/1"
POOLS_LIMIT: Final = 64 * 1024
TRUST_NOTES: Final = (
    "The proving key is, as far as anybody can tell, of a single party: it could forge proofs.",
    "The contract's owner can replace its code and who checks its proofs at any time.",
    "Neither MIST's circuit nor this program's code for it was audited.",
    "This program moved money in MIST on local chains only, never on a public network.",
)
"""What nobody can rule out; shown before money goes in."""


@dataclass(frozen=True, slots=True)
class PoolIdentity:
    """What the pool's contract is: code, who checks its proofs, and who may change both.

    0 for the verifier: the contract's storage does not tell it in a place known here.
    """

    class_hash: int
    verifier: int
    owner: int


class KnownIdentity(Strict):
    """The same as a document."""

    class_hash: Felt
    verifier: Felt
    owner: Felt

    def identity(self) -> PoolIdentity:
        """For comparing."""
        return PoolIdentity(self.class_hash, self.verifier, self.owner)


class KnownPool(Strict):
    """A pool that this program knows of."""

    chain: Annotated[str, Field(min_length=1, max_length=31)]
    """Its chain id, as "SN_MAIN"."""
    address: Felt
    name: Name
    identity: KnownIdentity | None = None
    """None if nobody looked from where this was built: the first look is then remembered."""
    source: Note
    """Where the address is from."""


class PoolsFile(Strict):
    """resources/mist/pools.json. The practice chain's pool is a PracticePool."""

    schema_id: Literal["obsqra/mist-pools/1"] = Field(default=POOLS_SCHEMA, alias="schema")
    pools: Annotated[tuple[KnownPool, ...], Field(max_length=64)] = ()

    @classmethod
    def parse(cls, raw: bytes, what: str) -> "PoolsFile":
        """Raises InvalidInput."""
        return strict_json.parse(cls, raw, what=what, schema=POOLS_SCHEMA, limit=POOLS_LIMIT)

    def on(self, chain: str) -> KnownPool | None:
        """The first of that chain."""
        return next((one for one in self.pools if one.chain == chain), None)


@dataclass(frozen=True, slots=True)
class PoolState:
    """The pool as one node told it, all at the newest executed state."""

    leaves: tuple[int, ...]
    """In the order of their insertion."""
    root: int
    block_number: int
    block_timestamp: int
    node: str

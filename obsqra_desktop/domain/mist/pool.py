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
CODE: Final = "code"
VERIFIER: Final = "verifier"
VERIFIER_CODE: Final = "verifier's code"
OWNER: Final = "owner"


@dataclass(frozen=True, slots=True)
class PoolIdentity:
    """What the pool's contract is: code, who checks its proofs, and who may change both."""

    class_hash: int
    verifier: int
    """0: the contract's storage does not tell it in a place known here."""
    owner: int
    verifier_class: int | None = None
    """Code of the verifier, which may be replaced under its address too. None is unknown."""

    @property
    def untold(self) -> tuple[str, ...]:
        """Names of the parts that are not known, so that no change of them can be seen."""
        if not self.verifier:
            return (VERIFIER,)
        return (VERIFIER_CODE,) if self.verifier_class is None else ()


def changed_parts(trusted: PoolIdentity, found: PoolIdentity) -> tuple[str, ...]:
    """Names of the parts that are not as they were. Code of the verifier that was never looked up
    counts as no change; that it cannot be looked up any more does."""
    return tuple(
        name
        for name, old, new in (
            (CODE, trusted.class_hash, found.class_hash),
            (VERIFIER, trusted.verifier, found.verifier),
            (OWNER, trusted.owner, found.owner),
        )
        if old != new
    ) + ((VERIFIER_CODE,) if trusted.verifier_class not in {None, found.verifier_class} else ())


class KnownIdentity(Strict):
    """The same as a document."""

    class_hash: Felt
    verifier: Felt
    owner: Felt
    verifier_class: Felt | None = None

    def identity(self) -> PoolIdentity:
        """For comparing."""
        return PoolIdentity(self.class_hash, self.verifier, self.owner, self.verifier_class)


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

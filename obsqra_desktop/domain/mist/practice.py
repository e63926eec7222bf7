"""The private pool of the practice chain: a Chamber of our own, and who checks its proofs."""

from collections.abc import Sequence
from typing import Annotated, Final, Literal

from pydantic import Field

from obsqra_desktop.domain.contracts import UDC
from obsqra_desktop.domain.felt import Felt, short_string
from obsqra_desktop.domain.mist.pool import KnownIdentity, KnownPool
from obsqra_desktop.domain.network import PRACTICE_CHAIN
from obsqra_desktop.domain.pools import Strict
from obsqra_desktop.domain.practice_layout import AddressOf
from obsqra_desktop.domain.transaction import Call

KEY_SCHEMA: Final = "obsqra/practice-hand/1"
POOL_SCHEMA: Final = "obsqra/practice-pool/1"
CHAMBER: Final = "PracticeChamber"
VERIFIER: Final = "MistVerifier"


class HandRecord(Strict):
    """practice/private.json. The key is for the practice chain alone: nothing else accepts what is
    signed for that chain, and the account holds play money."""

    schema_id: Literal["obsqra/practice-hand/1"] = Field(default=KEY_SCHEMA, alias="schema")
    play_money_key: Annotated[Felt, Field(repr=False)]


class PracticePool(Strict):
    """practice/pool.json: where the pool is and what it is."""

    schema_id: Literal["obsqra/practice-pool/1"] = Field(default=POOL_SCHEMA, alias="schema")
    pool: Felt
    """The Chamber's address."""
    class_hash: Felt
    verifier: Felt
    verifier_class: Felt
    owner: Felt

    def known(self) -> KnownPool:
        """As the pools of other networks are told."""
        return KnownPool(
            chain=PRACTICE_CHAIN,
            address=self.pool,
            name="Practice pool",
            identity=KnownIdentity(
                class_hash=self.class_hash,
                verifier=self.verifier,
                owner=self.owner,
                verifier_class=self.verifier_class,
            ),
            source="made on this computer",
        )


class PoolLayout:
    """Addresses of the pool and its verifier, and the calls that put them there."""

    def __init__(self, classes: dict[str, int], owner: int, address_of: AddressOf) -> None:
        salt = short_string("practice private")
        verifier_class, pool_class = classes[VERIFIER], classes[CHAMBER]
        verifier = address_of(verifier_class, (), salt)
        named = (owner, verifier)
        self.record = PracticePool(
            pool=address_of(pool_class, named, salt),
            class_hash=pool_class,
            verifier=verifier,
            verifier_class=verifier_class,
            owner=owner,
        )
        self.deploy_verifier = deployment(verifier_class, (), salt)
        self.deploy_pool = deployment(pool_class, named, salt)


def deployment(class_hash: int, arguments: Sequence[int], salt: int) -> Call:
    """By the universal deployer, from nobody in particular."""
    data = (class_hash, salt, 0, len(arguments), *arguments)
    return Call(to=UDC, entry_point="deployContract", calldata=data)

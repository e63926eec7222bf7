"""What a snapshot was asked with: kept beside the replies and bound by the same digest.

Deriving needs the plan, the replies and nothing else, so that a snapshot can be computed again on
any computer, whatever the settings and the shipped files there say.
"""

from typing import Annotated, Final, Literal

from pydantic import Field

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.market.derivation import MOST_POOLS, MarketWarning
from obsqra_desktop.domain.market.keys import PoolRef
from obsqra_desktop.domain.market.questions import INPUT_PREFIX, Answers, Reply
from obsqra_desktop.domain.pools import Felt, Strict
from obsqra_desktop.domain.snapshot import ShortString, Unsigned

SCHEMA: Final = "obsqra/market-plan/1"
KEY: Final = f"{INPUT_PREFIX}plan"
VENUES: Final = f"{INPUT_PREFIX}venues"
AUDITS: Final = f"{INPUT_PREFIX}audits"
LIMIT: Final = 256 * 1024
Line = Annotated[str, Field(max_length=400)]


class Birth(Strict):
    """The block before which a pool was not there."""

    pool: Felt
    block: Unsigned
    by: Literal["state", "event"] = Field(
        default="state", description="seen in the state of blocks, or told by the venue's event"
    )


class Plan(Strict):
    """Everything that was decided before the questions were asked."""

    schema_id: Literal["obsqra/market-plan/1"] = Field(default=SCHEMA, alias="schema")
    network: str
    chain: ShortString
    node: Line = Field(description="label of the node")
    taken_at: Unsigned
    head: Unsigned
    samples: tuple[Unsigned, ...] = Field(min_length=1, description="rising, the head is the last")
    light: bool
    pools: tuple[PoolRef, ...] = Field(max_length=MOST_POOLS)
    lens: Felt = Field(default=0, description="Ekubo's router with the depth lens; 0: none")
    oracle: Felt = Field(default=0, description="Ekubo's oracle extension; 0: none")
    head_time: Unsigned = Field(default=0, description="the head's time, as the oracle is asked")
    v2_factory: Felt = Field(default=0, description="JediSwap v2's factory; 0: none")
    births: tuple[Birth, ...] = ()
    checked_with: Line = Field(default="", description="the second node that agreed")
    warnings: tuple[MarketWarning, ...] = ()

    def reply(self) -> Reply:
        """As it lies among the replies."""
        return Reply(KEY, strict_json.canonical(strict_json.document(self)))

    @classmethod
    def of(cls, answers: Answers) -> "Plan":
        """The plan among replies; raises Unanswered, InvalidInput."""
        raw = answers.raw(KEY)
        return strict_json.parse(cls, raw, what="the plan", schema=SCHEMA, limit=LIMIT)

    def birth(self, pool_id: int) -> Birth | None:
        """The first block of a pool, if it was found."""
        return next((one for one in self.births if one.pool == pool_id), None)

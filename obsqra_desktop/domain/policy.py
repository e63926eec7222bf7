"""The policy: the owner's private limits. Each field is enforced, in the proof too."""

from typing import Final, Literal, Self

from pydantic import Field, model_validator

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.pools import MAX_POOLS, TOTAL_BPS, Felt, Name, Strict

SCHEMA: Final = "obsqra/policy/1"
MAX_BYTES: Final = 64 * 1024
MAX_ALLOWLIST: Final = 64
FILLED_BPS: Final = 1_000
"""A pool counts towards `min_pools` from 10 % on."""


class Policy(Strict):
    """Limits for an allocation; see `allocation` and `decision` for what each one does."""

    schema_id: Literal["obsqra/policy/1"] = Field(default=SCHEMA, alias="schema")
    name: Name
    max_allocation_bps: int = Field(ge=1, le=TOTAL_BPS, description="most that one pool may get")
    min_pools: int = Field(ge=1, le=MAX_POOLS, description="pools that must get 10 % or more")
    max_risk_score: int = Field(ge=0, le=100)
    max_volatility_bps: int = Field(ge=0, le=10_000)
    min_liquidity_tier: int = Field(ge=0, le=3, description="3 = deepest pools only")
    exclude_flagged: bool = Field(description="leave out pools that the model flags")
    allowlist: tuple[Felt, ...] | None = Field(
        max_length=MAX_ALLOWLIST, description="ids of the only pools allowed; null: every pool"
    )

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        if self.allowlist is not None and len(set(self.allowlist)) != len(self.allowlist):
            raise ValueError("the allowlist names a pool twice")
        return self

    @classmethod
    def parse(cls, raw: bytes) -> "Policy":
        """Read a policy file strictly; raises InvalidInput."""
        return strict_json.parse(cls, raw, what="the policy", schema=SCHEMA, limit=MAX_BYTES)

    def allows(self, pool_id: int) -> bool:
        """Whether the allowlist lets this pool in."""
        return self.allowlist is None or pool_id in self.allowlist

    def allow_mask(self, pool_ids: tuple[int, ...]) -> int:
        """Bit i is 1 iff pool i of the snapshot, in its order, is allowed."""
        return sum(self.allows(pool_id) << i for i, pool_id in enumerate(pool_ids))

    def canonical(self) -> bytes:
        """RFC 8785 bytes of the whole policy, its name too."""
        return strict_json.canonical(strict_json.document(self))

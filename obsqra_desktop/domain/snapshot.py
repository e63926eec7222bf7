"""A snapshot: the pools, their metrics and sources at one moment, with one digest."""

import hashlib
from typing import Annotated, Any, Final, Literal, Self

from pydantic import (
    AfterValidator,
    Field,
    SerializerFunctionWrapHandler,
    ValidationInfo,
    field_validator,
    model_serializer,
    model_validator,
)

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.pools import (
    MAX_POOLS,
    Pool,
    Strict,
    felt_from_short_string,
)

SCHEMA: Final = "obsqra/snapshot/1"
MAX_BYTES: Final = 256 * 1024
_DIGEST_PREFIX: Final = b"OBSQRA/SNAPSHOT1"


def _short_string(text: str) -> str:
    felt_from_short_string(text)
    return text


Unsigned = Annotated[int, Field(ge=0, le=strict_json.MAX_INT)]
ShortString = Annotated[str, Field(min_length=1, max_length=31), AfterValidator(_short_string)]


class EvidenceBinding(Strict):
    """Binds the raw replies of the node, which stay with whoever took the snapshot."""

    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] = Field(
        description="Blake2s-256 over all raw replies, as docs/market-metrics.md says"
    )
    definition_version: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9./-]{0,39}$")] = Field(
        description="version of the formulas that the metrics follow from the replies by"
    )


def _never_null(schema: dict[str, Any]) -> None:
    schema["$ref"] = schema.pop("anyOf")[0]["$ref"]
    del schema["default"]


class Snapshot(Strict):
    """Pools at one moment.

    `chain` is Starknet's chain id as a short string (`SN_MAIN`, `SN_SEPOLIA`, …) or None for
    numbers that come from no chain; then, and only then, there is no block.
    """

    schema_id: Literal["obsqra/snapshot/1"] = Field(default=SCHEMA, alias="schema")
    chain: ShortString | None = Field(description="chain id as a short string; null: no chain")
    block_number: Unsigned | None = Field(description="the block all was read at; null: no chain")
    block_timestamp: Unsigned | None = Field(description="its time, unix seconds; null: no chain")
    taken_at: Unsigned = Field(description="when this document was made, unix seconds")
    pools: tuple[Pool, ...] = Field(min_length=1, max_length=MAX_POOLS)
    evidence: EvidenceBinding | None = Field(
        default=None,
        description="the raw replies behind the metrics; absent, never null, if there are none",
        json_schema_extra=_never_null,
    )

    @field_validator("evidence", mode="after")
    @classmethod
    def _absent_not_null(
        cls, value: EvidenceBinding | None, info: ValidationInfo
    ) -> EvidenceBinding | None:
        # One meaning, one form: documents from before this field keep their bytes and digest.
        if value is None and info.mode == "json":
            raise ValueError("evidence is left out when there is none, not null")
        return value

    @model_serializer(mode="wrap")
    def _without_absent(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        form: dict[str, object] = handler(self)
        if self.evidence is None:
            form.pop("evidence", None)
        return form

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        ids = [pool.id for pool in self.pools]
        if len(set(ids)) != len(ids):
            raise ValueError("two pools have the same id")
        unknown = {self.chain is None, self.block_number is None, self.block_timestamp is None}
        if len(unknown) != 1:
            raise ValueError("chain, block_number and block_timestamp go together or are all null")
        if self.evidence is not None and self.chain is None:
            raise ValueError("there is no evidence of numbers that come from no chain")
        return self

    @classmethod
    def parse(cls, raw: bytes) -> "Snapshot":
        """Read a snapshot file strictly; raises InvalidInput."""
        return strict_json.parse(cls, raw, what="the snapshot", schema=SCHEMA, limit=MAX_BYTES)

    def canonical(self) -> bytes:
        """RFC 8785 bytes: what the digest is taken over and what a bundle stores."""
        return strict_json.canonical(strict_json.document(self))

    def digest(self) -> bytes:
        """32 bytes, bound by every proof: blake2s over a prefix and the canonical bytes."""
        return hashlib.blake2s(_DIGEST_PREFIX + self.canonical()).digest()

    @property
    def chain_felt(self) -> int:
        """The chain id as a felt; 0 without a chain."""
        return 0 if self.chain is None else felt_from_short_string(self.chain)

    @property
    def pool_ids(self) -> tuple[int, ...]:
        """The ids, in the order that every list of results follows."""
        return tuple(pool.id for pool in self.pools)

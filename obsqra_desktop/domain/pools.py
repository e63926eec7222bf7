"""Pools, their six metrics, and where each metric came from."""

import re
from enum import StrEnum
from typing import Annotated, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    ValidationInfo,
    WithJsonSchema,
)

MAX_POOLS: Final = 8
TOTAL_BPS: Final = 10_000
STARK_PRIME: Final = 2**251 + 17 * 2**192 + 1
"""Order of Starknet's field: addresses, chain ids and pool ids are below it."""

METRIC_NAMES: Final = (
    "utilization_bps",
    "volatility_bps",
    "liquidity_tier",
    "audit_score",
    "age_days",
    "apy_bps",
)

_FELT = re.compile(r"0x(0|[1-9a-f][0-9a-f]{0,62})")


def felt_from_hex(text: str) -> int:
    """Read the one written form of a felt; ValueError for every other."""
    if not _FELT.fullmatch(text) or int(text, 16) >= STARK_PRIME:
        raise ValueError("must be a felt: lower-case 0x… without leading zeros, below the prime")
    return int(text, 16)


def felt_to_hex(value: int) -> str:
    """The one written form of a felt: lower-case, no leading zeros, `0x0` for zero."""
    return f"{value:#x}"


def felt_from_short_string(text: str) -> int:
    """Starknet's short string (at most 31 printable ASCII characters) as a felt."""
    if not (0 < len(text) <= 31 and text.isascii() and text.isprintable()):
        raise ValueError("must be 1 to 31 printable ASCII characters")
    return int.from_bytes(text.encode("ascii"), "big")


def _felt(value: object, info: ValidationInfo) -> int:
    if isinstance(value, str):
        return felt_from_hex(value)
    if info.mode == "python" and type(value) is int and 0 <= value < STARK_PRIME:
        return value
    raise ValueError("must be a felt, written as a string 0x…")


def printable(text: str) -> str:
    """The text; ValueError for what could make a name look like another one, as control and
    bidirectional characters do."""
    if not text.isprintable() or text != text.strip():
        raise ValueError("must be printable text without spaces around it")
    return text


Felt = Annotated[
    int,
    BeforeValidator(_felt),
    PlainSerializer(felt_to_hex, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": f"^{_FELT.pattern}$"}),
]
"""An element of Starknet's field: `int` in Python, lower-case `0x…` in JSON."""

Name = Annotated[str, Field(min_length=1, max_length=64), AfterValidator(printable)]
Note = Annotated[str, Field(min_length=1, max_length=280), AfterValidator(printable)]


class Strict(BaseModel):
    """Frozen, no unknown fields, no coercion. Programs use field names, files only aliases."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        populate_by_name=True,
        hide_input_in_errors=True,  # a wrong address of a node may hold an access key
    )


class SourceKind(StrEnum):
    """How a metric came to be known."""

    MEASURED = "measured"
    ENTERED = "entered"
    ASSUMED = "assumed"


class MetricSource(Strict):
    """Where one metric came from."""

    kind: SourceKind = Field(description="read from the chain, typed by a person, or assumed")
    detail: Note = Field(description="how: the call and block, who typed it, why it is assumed")


class MetricSources(Strict):
    """One source for each metric."""

    utilization_bps: MetricSource
    volatility_bps: MetricSource
    liquidity_tier: MetricSource
    audit_score: MetricSource
    age_days: MetricSource
    apy_bps: MetricSource

    @classmethod
    def all_of(cls, kind: SourceKind, detail: str) -> "MetricSources":
        """The same source for all six."""
        source = MetricSource(kind=kind, detail=detail)
        return cls(
            utilization_bps=source,
            volatility_bps=source,
            liquidity_tier=source,
            audit_score=source,
            age_days=source,
            apy_bps=source,
        )


class PoolMetrics(Strict):
    """What the rules know about a pool; whole numbers only."""

    utilization_bps: int = Field(ge=0, le=10_000, description="share in use, 10000 = 100 %")
    volatility_bps: int = Field(ge=0, le=10_000, description="price swings, 10000 = 100 %")
    liquidity_tier: int = Field(ge=0, le=3, description="depth, 3 = deepest")
    audit_score: int = Field(ge=0, le=100, description="100 = best audited")
    age_days: int = Field(ge=0, le=30_000, description="days since the pool was created")
    apy_bps: int = Field(ge=0, le=20_000, description="yearly yield, 10000 = 100 %")


class Pool(Strict):
    """One pool of a snapshot."""

    id: Felt = Field(description="identifies the pool on its chain")
    venue: Name = Field(description="the exchange or protocol")
    name: Name = Field(description="the pair or market")
    metrics: PoolMetrics
    sources: MetricSources

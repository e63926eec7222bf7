"""What a snapshot says about pools: every metric with how it came about, or why it is unknown.

An unknown metric is None with a reason, never 0. A pool with one cannot be proved over, since a
statement has whole numbers only: it stays in the market snapshot, marked, and goes into a
`Snapshot` only when a person enters the missing values, which are then marked "entered" in the
document that the proof binds (`assemble`). Nothing is filled in silently.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import Field

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.market.keys import PoolRef
from obsqra_desktop.domain.pools import (
    MAX_POOLS,
    METRIC_NAMES,
    Felt,
    MetricSource,
    MetricSources,
    Note,
    Pool,
    PoolMetrics,
    SourceKind,
    Strict,
)
from obsqra_desktop.domain.snapshot import EvidenceBinding, ShortString, Snapshot, Unsigned

SCHEMA: Final = "obsqra/market/1"
DEFINITION: Final = "obsqra-metrics/1"
"""Version of the formulas; a change of any of them is another version."""
MAX_BYTES: Final = 8 * 1024 * 1024
MOST_POOLS: Final = 64

MetricName = Literal[
    "utilization_bps",
    "volatility_bps",
    "liquidity_tier",
    "audit_score",
    "age_days",
    "apy_bps",
]
Text = Annotated[str, Field(max_length=400)]
Hex32 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class WarningCode(StrEnum):
    """Stable words for programs."""

    STALE = "stale"
    """No trade in the window: the numbers of a dead pool."""
    EXIT_ONLY = "exit_only"
    UNKNOWN_CLASS = "unknown_class"
    """A contract runs a class that the deployments file does not know."""
    MANIPULATION = "manipulation"
    """A block's price is far from its neighbours'."""
    CROSS_CHECK = "cross_check"
    """Two ways of measuring differ by more than they should."""
    APPROXIMATE = "approximate"
    PARTIAL_HISTORY = "partial_history"
    """Fewer samples than planned: a node without history."""
    UNMEASURED = "unmeasured"
    CLOCK = "clock"
    """The node's newest block is old, or in the future."""
    OTHER = "other"


class MarketWarning(Strict):
    """Something that a person should know before trusting a number."""

    code: WarningCode
    text: Note


class DerivationInput(Strict):
    """One named number that went into a formula, and the raw replies it was read from."""

    name: Text
    value: Text = Field(description="as people read it, with its unit")
    keys: tuple[str, ...] = Field(default=(), description="keys of raw replies or inputs")


class MetricDerivation(Strict):
    """How one metric came about."""

    metric: MetricName
    value: int | None = Field(description="None: unknown, and `reason` says why")
    kind: SourceKind = Field(description="measured, entered (overridden) or assumed (registry)")
    reason: Text = Field(default="", description="why it is unknown; empty when it is known")
    formula: Text = Field(description="the formula's words with the numbers put in")
    inputs: tuple[DerivationInput, ...] = ()
    definition_version: str = DEFINITION
    warnings: tuple[MarketWarning, ...] = ()

    def source(self, block: int) -> MetricSource:
        """What the proof's snapshot says about this metric's origin."""
        head = f"block {block}: " if self.kind is SourceKind.MEASURED else ""
        words = f"{head}{self.formula or self.reason}"
        return MetricSource(
            kind=self.kind, detail=words if len(words) <= 280 else words[:279] + "…"
        )


class Figure(Strict):
    """A number beside the six metrics: price, depth, volume, protocol age …"""

    name: str = Field(pattern=r"^[a-z0-9_]{1,40}$")
    value: Text = Field(description="decimal digits, with a point if need be; empty: unknown")
    unit: Text = ""
    keys: tuple[str, ...] = ()


class PricePoint(Strict):
    """The price of token0 in token1 at a sampled block, as people quote it, in decimal digits."""

    block: Unsigned
    price: Text


class PoolDerivation(Strict):
    """One pool at the head block."""

    pool: PoolRef
    id: Felt
    metrics: tuple[MetricDerivation, ...] = Field(
        min_length=6, max_length=6, description="the six, in the order of METRIC_NAMES"
    )
    stale: bool = Field(description="no trade in the window")
    figures: tuple[Figure, ...] = ()
    prices: tuple[PricePoint, ...] = ()
    warnings: tuple[MarketWarning, ...] = ()

    def metric(self, name: str) -> MetricDerivation:
        """One of the six."""
        return self.metrics[METRIC_NAMES.index(name)]

    @property
    def unknown(self) -> tuple[str, ...]:
        """Names of the metrics without a value."""
        return tuple(one.metric for one in self.metrics if one.value is None)

    @property
    def provable(self) -> bool:
        """Whether all six are known."""
        return not self.unknown


class MarketSnapshot(Strict):
    """All pools at one pinned block, with the digest of the raw replies behind them."""

    schema_id: Literal["obsqra/market/1"] = Field(default=SCHEMA, alias="schema")
    definition_version: str = DEFINITION
    network: str = Field(description="the network's id in the settings")
    chain: ShortString
    block_number: Unsigned
    block_hash: Felt
    block_timestamp: Unsigned
    start_block: Unsigned = Field(description="where the window begins")
    start_timestamp: Unsigned
    taken_at: Unsigned = Field(description="this computer's clock, unix seconds")
    light: bool = Field(description="taken without history, from this computer's own samples")
    pools: tuple[PoolDerivation, ...] = Field(max_length=MOST_POOLS)
    warnings: tuple[MarketWarning, ...] = ()
    evidence_digest: Hex32

    @property
    def id(self) -> str:
        """Names it on this computer: the digest of its replies."""
        return self.evidence_digest

    def pool(self, pool_id: int) -> PoolDerivation:
        """A pool by its id; raises InvalidInput."""
        for one in self.pools:
            if one.id == pool_id:
                return one
        raise InvalidInput(f"the snapshot has no pool {pool_id:#x}")

    @classmethod
    def parse(cls, raw: bytes) -> "MarketSnapshot":
        """Read one strictly; raises InvalidInput."""
        return strict_json.parse(cls, raw, what="the market", schema=SCHEMA, limit=MAX_BYTES)

    def canonical(self) -> bytes:
        """RFC 8785 bytes."""
        return strict_json.canonical(strict_json.document(self))


Entries = Mapping[int, Mapping[str, int]]
"""Values that a person typed: pool id → metric name → value."""


def assemble(
    market: MarketSnapshot, pool_ids: Iterable[int] | None = None, entries: Entries | None = None
) -> Snapshot:
    """The document that a decision is proved over: the chosen pools (None: every provable one, in
    order, at most eight), with typed values in place of measured ones, marked "entered".

    Raises InvalidInput if a pool still has an unknown metric, if none is left, or if there are
    too many.
    """
    typed = entries or {}
    if pool_ids is None:
        chosen = [one for one in market.pools if not missing(one, typed)][:MAX_POOLS]
    else:
        chosen = [market.pool(one) for one in pool_ids]
    if not 0 < len(chosen) <= MAX_POOLS:
        raise InvalidInput(
            f"{len(chosen)} pools are chosen, a proof is over 1 to {MAX_POOLS}",
            hint="Choose pools whose six metrics are all known, or enter the missing ones.",
        )
    return Snapshot(
        chain=market.chain,
        block_number=market.block_number,
        block_timestamp=market.block_timestamp,
        taken_at=market.taken_at,
        pools=tuple(_pool(one, typed.get(one.id, {}), market.block_number) for one in chosen),
        evidence=EvidenceBinding(
            digest=market.evidence_digest, definition_version=market.definition_version
        ),
    )


def missing(pool: PoolDerivation, entries: Entries) -> tuple[str, ...]:
    """Metrics that are neither measured nor typed."""
    typed = entries.get(pool.id, {})
    return tuple(name for name in pool.unknown if name not in typed)


def _pool(pool: PoolDerivation, typed: Mapping[str, int], block: int) -> Pool:
    values: dict[str, int] = {}
    sources: dict[str, MetricSource] = {}
    for one in pool.metrics:
        name = one.metric
        if name in typed:
            before = "unknown" if one.value is None else str(one.value)
            values[name] = typed[name]
            sources[name] = MetricSource(
                kind=SourceKind.ENTERED, detail=f"entered by hand in place of {before}"
            )
        elif one.value is not None:
            values[name], sources[name] = one.value, one.source(block)
        else:
            raise InvalidInput(
                f"{pool.pool.name}: {name} is unknown ({one.reason})",
                hint="Enter a value, which is then marked as entered, or leave the pool out.",
            )
    return Pool(
        id=pool.id,
        venue=pool.pool.venue.label,
        name=pool.pool.name,
        metrics=PoolMetrics(**values),
        sources=MetricSources(**sources),
    )

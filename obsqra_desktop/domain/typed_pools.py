"""A snapshot from pools that a person typed."""

import hashlib
from collections.abc import Sequence
from typing import Final

from pydantic import ValidationError

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.pools import MetricSources, Pool, PoolMetrics, SourceKind
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.domain.strict_json import invalid

SOURCE: Final = "typed by hand"
_ID_PREFIX: Final = b"OBSQRA/TYPEDPOOL"


def typed_pool_id(venue: str, name: str) -> int:
    """A typed pool is known by its names, so that an allowlist finds it again."""
    text = f"{venue}\0{name}".encode()
    return int.from_bytes(hashlib.blake2s(_ID_PREFIX + text).digest()[:31], "big")


def typed_pool(venue: str, name: str, metrics: PoolMetrics) -> Pool:
    """One pool, every metric marked as entered; raises InvalidInput."""
    try:
        return Pool(
            id=typed_pool_id(venue, name),
            venue=venue,
            name=name,
            metrics=metrics,
            sources=MetricSources.all_of(SourceKind.ENTERED, SOURCE),
        )
    except ValidationError as error:
        raise invalid(error, "the pool") from error


def typed_metrics(values: Sequence[int]) -> PoolMetrics:
    """Six numbers in the order of the metrics' names; raises InvalidInput."""
    if len(values) != 6:
        raise InvalidInput(f"a pool has 6 metrics, not {len(values)}")
    utilization, volatility, tier, audit, age, apy = values
    try:
        return PoolMetrics(
            utilization_bps=utilization,
            volatility_bps=volatility,
            liquidity_tier=tier,
            audit_score=audit,
            age_days=age,
            apy_bps=apy,
        )
    except ValidationError as error:
        raise invalid(error, "the metrics") from error


def typed_snapshot(pools: Sequence[Pool], taken_at: int) -> Snapshot:
    """A snapshot of no chain, made at `taken_at` (unix seconds); raises InvalidInput."""
    try:
        return Snapshot(
            chain=None,
            block_number=None,
            block_timestamp=None,
            taken_at=taken_at,
            pools=tuple(pools),
        )
    except ValidationError as error:
        raise invalid(error, "the pools") from error

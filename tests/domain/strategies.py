"""Random but valid inputs of the rules."""

from hypothesis import strategies as st

from obsqra_desktop.domain import model as models
from obsqra_desktop.domain.commitment import Limbs, to_limbs
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.pools import (
    MAX_POOLS,
    STARK_PRIME,
    MetricSources,
    Pool,
    PoolMetrics,
    SourceKind,
)
from obsqra_desktop.domain.poseidon2 import P
from obsqra_desktop.domain.snapshot import Snapshot

felts = st.integers(0, STARK_PRIME - 1)
ENTERED = MetricSources.all_of(SourceKind.ENTERED, "typed in a test")


def make_metrics(util: int, vol: int, tier: int, audit: int, age: int, apy: int = 0) -> PoolMetrics:
    return PoolMetrics(
        utilization_bps=util,
        volatility_bps=vol,
        liquidity_tier=tier,
        audit_score=audit,
        age_days=age,
        apy_bps=apy,
    )


metrics = st.builds(
    make_metrics,
    st.integers(0, 10_000),
    st.integers(0, 10_000),
    st.integers(0, 3),
    st.integers(0, 100),
    st.one_of(st.integers(0, 1_300), st.integers(0, 30_000)),
    st.one_of(st.integers(0, 3), st.integers(0, 20_000)),
)


def make_snapshot(all_metrics: list[PoolMetrics], ids: list[int] | None = None) -> Snapshot:
    numbers = ids or list(range(1, len(all_metrics) + 1))
    return Snapshot(
        chain=None,
        block_number=None,
        block_timestamp=None,
        taken_at=1_700_000_000,
        pools=tuple(
            Pool(id=number, venue="Venue", name=f"Pool {i}", metrics=m, sources=ENTERED)
            for i, (number, m) in enumerate(zip(numbers, all_metrics, strict=True))
        ),
    )


@st.composite
def snapshots(draw: st.DrawFn) -> Snapshot:
    chosen = draw(st.lists(metrics, min_size=1, max_size=MAX_POOLS))
    ids = draw(st.lists(felts, min_size=len(chosen), max_size=len(chosen), unique=True))
    return make_snapshot(chosen, ids)


@st.composite
def policies(draw: st.DrawFn, ids: tuple[int, ...] = (), *, loose: bool = False) -> Policy:
    """Any policy; `loose` ones let most pools in."""
    listed = st.lists(st.sampled_from(ids) if ids else felts, unique=True, max_size=8)
    return Policy(
        name="Random",
        max_allocation_bps=draw(st.integers(1_000 if loose else 1, 10_000)),
        min_pools=draw(st.integers(1, 1 if loose else 8)),
        max_risk_score=draw(st.integers(60 if loose else 0, 100)),
        max_volatility_bps=draw(st.integers(9_000 if loose else 0, 10_000)),
        min_liquidity_tier=draw(st.integers(0, 0 if loose else 3)),
        exclude_flagged=draw(st.booleans()),
        allowlist=None if loose else draw(st.one_of(st.none(), listed.map(tuple))),
    )


def _within(bound: int) -> st.SearchStrategy[int]:
    return st.integers(-bound, bound)


weights = st.builds(
    models.Weights,
    w1=st.tuples(*[st.tuples(*map(_within, models.W1_BOUNDS))] * 8),
    b1=st.tuples(*[_within(models.B1_BOUND)] * 8),
    w2=st.tuples(*[st.tuples(*[_within(models.W2_BOUND)] * 8)] * 3),
    b2=st.tuples(*[_within(models.B2_BOUND)] * 3),
)

salts: st.SearchStrategy[Limbs] = st.lists(st.integers(0, P - 1), min_size=8, max_size=8).map(
    to_limbs
)

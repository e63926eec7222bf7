"""The decisions that are proved: one, two and eight pools, all of them eligible."""

from typing import Final

from obsqra_desktop.domain import shipped
from obsqra_desktop.domain.commitment import to_limbs
from obsqra_desktop.domain.decision import decide
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.pools import MetricSources, Pool, PoolMetrics, SourceKind
from obsqra_desktop.domain.proof import ProofRequest
from obsqra_desktop.domain.risk import OBSQRA_V1_2
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.domain.statement import build_statement

POOL_COUNTS: Final = (1, 2, 8)
SALT: Final = to_limbs(range(11, 19))
SOURCES: Final = MetricSources.all_of(SourceKind.ASSUMED, "made for a measurement")
POLICY: Final = Policy(
    name="Bench",
    max_allocation_bps=10_000,
    min_pools=1,
    max_risk_score=100,
    max_volatility_bps=10_000,
    min_liquidity_tier=0,
    exclude_flagged=False,
    allowlist=None,
)


def pool(number: int) -> Pool:
    """Pools that differ; the first two are not those of the sample."""
    metrics = PoolMetrics(
        utilization_bps=4_000 + 600 * number,
        volatility_bps=900 + 350 * number,
        liquidity_tier=3 - number % 3,
        audit_score=98 - 3 * number,
        age_days=200 + 170 * number,
        apy_bps=420 + 45 * number,
    )
    return Pool(id=number, venue="Bench", name=f"Pool {number}", metrics=metrics, sources=SOURCES)


def request(count: int) -> ProofRequest:
    """A statement about this many pools, with its opening; with eight, some reach a cap."""
    snapshot = Snapshot(
        chain=None,
        block_number=None,
        block_timestamp=None,
        taken_at=1_700_000_000,
        pools=tuple(pool(number) for number in range(1, count + 1)),
    )
    cap = POLICY.max_allocation_bps if count < 8 else 1_400
    policy = POLICY.model_copy(update={"max_allocation_bps": cap})
    model = shipped.model(shipped.DEFAULT_MODEL)
    decision = decide(snapshot, OBSQRA_V1_2, model, policy)
    statement = build_statement(snapshot, OBSQRA_V1_2, model, policy, SALT, decision)
    return ProofRequest(statement, policy, SALT)

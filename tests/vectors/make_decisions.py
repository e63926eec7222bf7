"""Write decisions.json: feasible decisions for every implementation of the rules to agree on.

    python tests/vectors/make_decisions.py

Each case holds a snapshot, a policy, the names of rule and model, a binding and a salt, and what
follows from them: the statement's bytes and digest, and the 60-byte opening for the prover.
"""

import json
import random
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from obsqra_desktop.domain import shipped, strict_json
from obsqra_desktop.domain.commitment import draw_salt
from obsqra_desktop.domain.decision import decide
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.pools import STARK_PRIME, MetricSources, Pool, PoolMetrics, SourceKind
from obsqra_desktop.domain.proof import ProofRequest
from obsqra_desktop.domain.risk import RULES
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.domain.statement import Binding, build_statement

TARGET = Path(__file__).with_name("decisions.json")
CASES = 48
SOURCES = MetricSources.all_of(SourceKind.ENTERED, "test vector")


def random_pool(rng: random.Random) -> Pool:
    """A pool anywhere in range; equal yields and tiny ones are likelier than by chance."""
    metrics = PoolMetrics(
        utilization_bps=rng.choice([0, 10_000, rng.randint(0, 10_000)]),
        volatility_bps=rng.choice([0, 10_000, rng.randint(0, 10_000), rng.randint(0, 3_000)]),
        liquidity_tier=rng.randint(0, 3),
        audit_score=rng.choice([0, 100, rng.randint(0, 100)]),
        age_days=rng.choice([0, 30_000, rng.randint(0, 1_200)]),
        apy_bps=rng.choice([0, 1, 500, 500, 20_000, rng.randint(0, 3_000), rng.randint(0, 3_000)]),
    )
    return Pool(
        id=rng.randrange(STARK_PRIME), venue="V", name="P", metrics=metrics, sources=SOURCES
    )


def random_case(rng: random.Random, count: int) -> tuple[Snapshot, Policy, Binding]:
    """Inputs that are often feasible."""
    snapshot = Snapshot(
        chain="SN_SEPOLIA",
        block_number=rng.randint(0, 10**6),
        block_timestamp=1_700_000_000,
        taken_at=1_700_000_007,
        pools=tuple(random_pool(rng) for _ in range(count)),
    )
    ids = list(snapshot.pool_ids)
    some = tuple(rng.sample(ids, rng.randint(1, count)))
    policy = Policy(
        name="Vector",
        max_allocation_bps=rng.choice([10_000, 1_000, 10_000 // count, rng.randint(1_000, 10_000)]),
        min_pools=rng.randint(1, min(count, 3)),
        max_risk_score=rng.choice([100, rng.randint(40, 95)]),
        max_volatility_bps=rng.choice([10_000, rng.randint(2_000, 10_000)]),
        min_liquidity_tier=rng.choice([0, 0, 1]),
        exclude_flagged=rng.random() < 0.3,
        allowlist=None if rng.random() < 0.6 else some,
    )
    far = 2**63 - 1
    binding = Binding(
        chain_id=snapshot.chain_felt,
        gate=rng.choice([0, STARK_PRIME - 1, rng.randrange(STARK_PRIME)]),
        account=rng.randrange(STARK_PRIME),
        nonce=rng.choice([0, far, rng.randint(0, far)]),
        expiry=rng.choice([0, far, rng.randint(0, far)]),
    )
    return snapshot, policy, binding


def make() -> list[dict[str, Any]]:
    """All cases: the sample first, then random ones, every number of pools equally often."""
    rng = random.Random("obsqra decisions 1")
    sample = shipped.sample()
    inputs = [
        (sample, shipped.preset(name), Binding(sample.chain_felt), RULES[0], shipped.MODEL_NAMES[0])
        for name in ("balanced", "aggressive")
    ]
    cases: list[dict[str, Any]] = []
    while len(cases) < CASES:
        if inputs:
            snapshot, policy, binding, rule, model_name = inputs.pop(0)
        else:
            snapshot, policy, binding = random_case(rng, 1 + len(cases) % 8)
            rule, model_name = rng.choice(RULES), rng.choice(shipped.MODEL_NAMES)
        model = shipped.model(model_name)
        decision = decide(snapshot, rule, model, policy)
        salt = draw_salt(rng.randbytes)
        if not decision.feasible:
            continue
        statement = build_statement(snapshot, rule, model, policy, salt, decision, binding)
        cases.append(
            {
                "snapshot": strict_json.document(snapshot),
                "rule": rule.name,
                "model": model_name,
                "policy": strict_json.document(policy),
                "binding": {
                    "chain_id": hex(binding.chain_id),
                    "gate": hex(binding.gate),
                    "account": hex(binding.account),
                    "nonce": str(binding.nonce),
                    "expiry": str(binding.expiry),
                },
                "salt": list(salt),
                "allocations_bps": list(decision.allocations_bps or ()),
                "idle_bps": decision.idle_bps,
                "opening": ProofRequest(statement, policy, salt).policy_opening().hex(),
                "statement": statement.encode().hex(),
                "statement_digest": statement.digest().hex(),
            }
        )
    return cases


if __name__ == "__main__":
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in make())
    TARGET.write_text(f"[\n{lines}\n]\n", "utf-8")

"""The circuit proves exactly what the reference in `domain` decides."""

import json
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from obsqra_desktop.domain.commitment import commit
from obsqra_desktop.domain.decision import Action, decide
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.proof import PhaseTiming, ProofPhase, ProofRequest
from obsqra_desktop.domain.statement import Statement, StatementPool
from obsqra_desktop.proving.native import NativeProver
from tests.proving.making import (
    Case,
    cases,
    committed_to,
    ignore,
    never,
    policies_for,
    sample,
)

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "decisions.json").read_bytes())
SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)


@pytest.mark.parametrize("model", [0, 1], ids=["linear", "network"])
@pytest.mark.parametrize("preset", ["balanced", "aggressive"])
def test_samples_are_proved(prover: NativeProver, preset: str, model: int) -> None:
    case = sample(preset, model=model)
    seen: list[PhaseTiming] = []
    result = prover.prove(case.request, seen.append, never)
    assert prover.verify(case.statement.encode(), result.proof).verifier == "native"
    assert [one.phase for one in seen] == list(ProofPhase)
    assert result.phases == tuple(seen)
    assert all(one.seconds > 0 for one in seen)


def test_sample_shares_are_the_originals() -> None:
    statement = sample("aggressive").statement
    assert [pool.score for pool in statement.pools] == [44, 34]
    assert [pool.allocation_bps for pool in statement.pools] == [3533, 6467]


@pytest.mark.parametrize("vector", VECTORS, ids=range(len(VECTORS)))
def test_shared_vectors_follow(native: ModuleType, vector: dict[str, str]) -> None:
    statement, opening = bytes.fromhex(vector["statement"]), bytes.fromhex(vector["opening"])
    assert native.trace_bytes(statement, opening)


@settings(max_examples=300, suppress_health_check=SLOW)
@given(case=cases())
def test_every_decision_has_a_trace(native: ModuleType, prover: NativeProver, case: Case) -> None:
    assert Statement.decode(case.statement.encode()) == case.statement
    known = prover.info()
    assert len(native.trace_bytes(*case.pair)) == 4 * known.trace_rows * known.trace_columns


@settings(max_examples=30, suppress_health_check=SLOW)
@given(case=cases())
def test_every_decision_is_proved(prover: NativeProver, case: Case) -> None:
    result = prover.prove(case.request, ignore, never)
    prover.verify(case.statement.encode(), result.proof)


@settings(max_examples=100, suppress_health_check=SLOW)
@given(case=cases())
def test_commitments_agree(native: ModuleType, case: Case) -> None:
    found = tuple(native.commitment(*case.pair))
    assert found == commit(case.policy, case.snapshot.pool_ids, case.salt)
    assert found == case.statement.commitment


def outputs(statement: Statement) -> tuple[object, ...]:
    """All that follows from the policy."""
    return (
        tuple(pool.allocation_bps for pool in statement.pools),
        statement.idle_bps,
        statement.action,
    )


@settings(max_examples=300, suppress_health_check=SLOW)
@given(case=cases(), data=st.data())
def test_outputs_follow_from_exactly_the_committed_policy(
    native: ModuleType, case: Case, data: st.DataObject
) -> None:
    """The outputs of one policy under the commitment to another: only if they are the same."""
    other = case.but(policy=data.draw(policies_for(case.snapshot), label="other policy"))
    statement = committed_to(case.statement, other.policy, other.salt)
    opening = ProofRequest(statement, other.policy, other.salt).policy_opening()
    decided = decide(other.snapshot, other.rule, other.model, other.policy)
    if decided.feasible and outputs(other.statement) == outputs(case.statement):
        assert native.trace_bytes(statement.encode(), opening)
    else:
        with pytest.raises(native.InvalidInput, match="does not follow"):
            native.trace_bytes(statement.encode(), opening)


def changed(pools: tuple[StatementPool, ...], index: int, **to: object) -> list[StatementPool]:
    return [replace(p, **to) if i == index else p for i, p in enumerate(pools)]  # type: ignore[arg-type]


@settings(max_examples=300, suppress_health_check=SLOW)
@given(case=cases(), data=st.data())
def test_no_other_outputs_have_a_trace(native: ModuleType, case: Case, data: st.DataObject) -> None:
    statement, opening = case.statement, case.request.policy_opening()
    index = data.draw(st.integers(0, len(statement.pools) - 1), label="pool")
    pool = statement.pools[index]
    kind = data.draw(st.sampled_from(["to idle", "to pool", "score", "class", "action"]))
    pools, idle, action = list(statement.pools), statement.idle_bps, statement.action
    match kind:
        case "to idle":
            amount = data.draw(st.integers(-idle, pool.allocation_bps).filter(bool))
            pools = changed(statement.pools, index, allocation_bps=pool.allocation_bps - amount)
            idle += amount
        case "to pool":
            target = data.draw(st.integers(0, len(pools) - 1), label="target")
            assume(target != index and pool.allocation_bps)
            amount = data.draw(st.integers(1, pool.allocation_bps))
            pools = changed(statement.pools, index, allocation_bps=pool.allocation_bps - amount)
            more = pools[target].allocation_bps + amount
            pools = changed(tuple(pools), target, allocation_bps=more)
        case "score":
            score = data.draw(st.integers(0, 100).filter(lambda s: s != pool.score))
            pools = changed(statement.pools, index, score=score)
        case "class":
            to = (pool.model_class + data.draw(st.integers(1, 2))) % 3
            pools = changed(statement.pools, index, model_class=to, flag=to == 2)
        case _:
            action = Action(1 - action)
    wrong = replace(statement, pools=tuple(pools), idle_bps=idle, action=action)
    with pytest.raises(native.InvalidInput, match="does not follow"):
        native.trace_bytes(wrong.encode(), opening)


def test_what_does_not_open_the_commitment_never_reaches_the_prover() -> None:
    case = sample()
    with pytest.raises(InvalidInput, match="do not open"):
        ProofRequest(case.statement, case.policy, sample().salt)

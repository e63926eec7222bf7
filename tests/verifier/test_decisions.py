"""The rules, the allocation and the commitment, against the program's own on random decisions."""

from typing import Any

from hypothesis import HealthCheck, given, settings

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.policy import Policy
from tests.proving.making import Case, cases
from tests.verifier.loading import vb


def document(policy: Policy) -> dict[str, Any]:
    found = strict_json.document(policy)
    assert isinstance(found, dict)
    assert vb.fits(found, vb.POLICY)
    return found


@settings(max_examples=150, suppress_health_check=list(HealthCheck))
@given(cases())
def test_same_decision(case: Case) -> None:
    theirs = case.statement
    ours = vb.parse_statement(theirs.encode())
    policy = document(case.policy)
    assert vb.allocate(policy, ours.pools) == [pool.allocation for pool in ours.pools]
    assert vb.commit(policy, ours, list(case.salt)) == ours.commitment
    flagged = any(pool.flag and vb.eligible(policy, pool) for pool in ours.pools)
    assert ours.decision == flagged
    for pool in ours.pools:
        assert pool.score == vb.score_of(ours.rule_id, pool.metrics)
        assert pool.model_class == vb.class_of(ours.weights, pool.metrics)
    assert ours.digest == theirs.digest()

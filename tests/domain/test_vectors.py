"""The shared vectors still follow from their inputs."""

import json
from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.domain import shipped
from obsqra_desktop.domain.commitment import to_limbs
from obsqra_desktop.domain.decision import decide
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.proof import ProofRequest
from obsqra_desktop.domain.risk import rule_by_name
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.domain.statement import Binding, Statement, build_statement, public_mismatches

FILE = Path(__file__).resolve().parents[1] / "vectors" / "decisions.json"
CASES: list[dict[str, Any]] = json.loads(FILE.read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_vector(case: dict[str, Any]) -> None:
    snapshot = Snapshot.parse(json.dumps(case["snapshot"]).encode())
    policy = Policy.parse(json.dumps(case["policy"]).encode())
    rule = rule_by_name(case["rule"])
    assert rule is not None
    model, salt = shipped.model(case["model"]), to_limbs(case["salt"])
    b = case["binding"]
    binding = Binding(
        *(int(b[key], 16) for key in ("chain_id", "gate", "account")),
        nonce=int(b["nonce"]),
        expiry=int(b["expiry"]),
    )
    decision = decide(snapshot, rule, model, policy)
    statement = build_statement(snapshot, rule, model, policy, salt, decision, binding)
    raw = statement.encode()
    assert raw.hex() == case["statement"]
    assert statement.digest().hex() == case["statement_digest"]
    assert ProofRequest(statement, policy, salt).policy_opening().hex() == case["opening"]
    assert decision.allocations_bps == tuple(case["allocations_bps"])
    assert decision.idle_bps == case["idle_bps"]
    assert Statement.decode(raw) == statement
    assert public_mismatches(statement) == ()


def test_vectors_cover_the_cases_that_matter() -> None:
    sizes = [len(case["snapshot"]["pools"]) for case in CASES]
    assert {sizes.count(n) > 2 for n in range(1, 9)} == {True}
    caps = [case["policy"]["max_allocation_bps"] for case in CASES]
    assert any(case["idle_bps"] for case in CASES)
    assert any(0 in case["allocations_bps"] for case in CASES)
    assert any(c in case["allocations_bps"] for c, case in zip(caps, CASES, strict=True))
    assert {(case["rule"], case["model"]) for case in CASES} == {
        (rule, model)
        for rule in ("obsqra-v1.2", "risk-engine-v4")
        for model in ("linear_v0", "risk-tier-mlp-v1")
    }

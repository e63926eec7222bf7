"""A decision made ready to be kept: salt, commitment, statement and first record."""

import hashlib
from dataclasses import dataclass, field

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.commitment import Limbs, commit, draw_salt, limbs_to_bytes
from obsqra_desktop.domain.decision import Decision, decide
from obsqra_desktop.domain.model import Model
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.record import (
    AllocationNote,
    DecisionRecord,
    PrivateWitness,
    Status,
)
from obsqra_desktop.domain.risk import RiskRule
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.domain.statement import Binding, Statement, build_statement
from obsqra_desktop.services.ports import RandomBytes

REDACTION_KEY_BYTES = 32
NO_ID = "0" * 32


@dataclass(frozen=True)
class Draft:
    """Everything that is kept before proving starts; no statement if there is no allocation."""

    record: DecisionRecord
    snapshot: Snapshot
    model: Model
    statement: Statement | None
    private: PrivateWitness = field(repr=False)
    salt: Limbs = field(repr=False)


def draft(
    snapshot: Snapshot,
    rule: RiskRule,
    model: Model,
    policy: Policy,
    binding: Binding | None,
    *,
    now: int,
    random_bytes: RandomBytes,
) -> Draft:
    """Decide, draw the salt, commit, and state; `now` is unix seconds."""
    decision = decide(snapshot, rule, model, policy)
    salt = draw_salt(random_bytes)
    statement = (
        build_statement(snapshot, rule, model, policy, salt, decision, binding)
        if decision.feasible
        else None
    )
    model_bytes = strict_json.canonical(strict_json.document(model))
    record = DecisionRecord(
        id=NO_ID,
        status=Status.COMPUTED if decision.feasible else Status.INFEASIBLE,
        created_at=now,
        rule_id=rule.id,
        rule=rule.name,
        model=model.name,
        model_digest=model.digest().hex(),
        model_sha256=hashlib.sha256(model_bytes).hexdigest(),
        snapshot_digest=snapshot.digest().hex(),
        snapshot_sha256=hashlib.sha256(snapshot.canonical()).hexdigest(),
        commitment=limbs_to_bytes(commit(policy, snapshot.pool_ids, salt)).hex(),
        statement_digest=statement.digest().hex() if statement else None,
        decision=decision.action.word,
        idle_bps=decision.idle_bps,
        allocation=allocation_notes(snapshot, decision),
    )
    return Draft(
        record=record.model_copy(update={"id": record.content_id()}),
        snapshot=snapshot,
        model=model,
        statement=statement,
        private=PrivateWitness(
            policy=policy, salt=salt, redaction_key=random_bytes(REDACTION_KEY_BYTES).hex()
        ),
        salt=salt,
    )


def allocation_notes(snapshot: Snapshot, decision: Decision) -> tuple[AllocationNote, ...]:
    """What each pool got, in the snapshot's order."""
    return tuple(
        AllocationNote(
            pool_id=pool.id,
            venue=pool.venue,
            name=pool.name,
            score=verdict.risk.score,
            allocation_bps=verdict.allocation_bps,
        )
        for pool, verdict in zip(snapshot.pools, decision.verdicts, strict=True)
    )

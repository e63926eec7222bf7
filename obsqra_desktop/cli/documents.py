"""The stable JSON of the command line, as --help describes it."""

from obsqra_desktop.cli.context import JsonObject
from obsqra_desktop.domain.audit import BundleReport
from obsqra_desktop.domain.decision import Decision, PoolVerdict
from obsqra_desktop.domain.pools import Pool, felt_to_hex
from obsqra_desktop.domain.record import DecisionRecord
from obsqra_desktop.domain.risk import RiskScore
from obsqra_desktop.services.decisions import DecisionInput


def components(risk: RiskScore) -> JsonObject:
    """The terms of a score."""
    return {
        "util": risk.util,
        "vol": risk.vol,
        "liquidity": risk.liquidity,
        "audit": risk.audit,
        "age": risk.age,
        "total_unclamped": risk.total_unclamped,
    }


def verdict_of(pool: Pool, verdict: PoolVerdict) -> JsonObject:
    """All that was decided about one pool."""
    return {
        "pool_id": felt_to_hex(pool.id),
        "venue": pool.venue,
        "name": pool.name,
        "score": verdict.risk.score,
        "label": verdict.risk.label.value,
        "components": components(verdict.risk),
        "model_class": verdict.model.model_class,
        "flag": verdict.model.flag,
        "eligible": verdict.eligible,
        "reasons": [
            {"test": one.test.value, "actual": one.actual, "limit": one.limit, "text": one.text}
            for one in verdict.reasons
        ],
        "capped": verdict.capped,
        "allocation_bps": verdict.allocation_bps,
    }


def decided(wanted: DecisionInput, decision: Decision, record: DecisionRecord) -> JsonObject:
    """The answer of `decide`, and the beginning of that of `prove`."""
    return {
        "id": record.id,
        "status": record.status.value,
        "feasible": decision.feasible,
        "decision": decision.action.word,
        "rule": wanted.rule.name,
        "model": wanted.model.name,
        "policy": wanted.policy.name,
        "allocation": [
            verdict_of(pool, verdict)
            for pool, verdict in zip(wanted.snapshot.pools, decision.verdicts, strict=True)
        ],
        "idle_bps": decision.idle_bps,
        "reasons": [
            {
                "test": one.test.value,
                "actual": one.actual,
                "required": one.required,
                "text": one.text,
            }
            for one in decision.infeasible_reasons
        ],
    }


def proved(record: DecisionRecord) -> JsonObject:
    """What `prove` adds."""
    proof, verification = record.proof, record.last_verification
    return {
        "statement_digest": record.statement_digest,
        "commitment": record.commitment,
        "prove_seconds": proof.seconds if proof else None,
        "verify_seconds": verification.seconds if verification else None,
        "verifier": verification.verifier if verification else None,
        "proof_bytes": proof.size if proof else None,
        "security_bits": security_bits(record),
        "phases": [
            {"phase": one.phase, "seconds": one.micros / 1_000_000}
            for one in (proof.phases if proof else ())
        ],
        "error": error_of(record),
    }


def security_bits(record: DecisionRecord) -> JsonObject | None:
    """The accounted security of the proof that is kept."""
    if record.proof is None:
        return None
    known = record.proof.parameters
    return {
        "conjectured": known.conjectured_bits,
        "proven": known.proven_bits,
        "proven_list": known.proven_list_bits,
        "proven_unique": known.proven_unique_bits,
        "target": known.target_bits,
        "audited": known.audited,
    }


def error_of(record: DecisionRecord) -> JsonObject | None:
    """Why the attempt failed."""
    if record.error is None:
        return None
    error = record.error
    return {
        "code": error.code,
        "title": error.title,
        "detail": error.detail,
        "hint": error.hint,
        "at": error.at,
    }


def record_of(record: DecisionRecord) -> JsonObject:
    """A kept decision, nothing private."""
    proof, verification = record.proof, record.last_verification
    return {
        "id": record.id,
        "status": record.status.value,
        "created_at": record.created_at,
        "decision": record.decision,
        "rule": record.rule,
        "model": record.model,
        "idle_bps": record.idle_bps,
        "allocation": [
            {
                "pool_id": felt_to_hex(one.pool_id),
                "venue": one.venue,
                "name": one.name,
                "score": one.score,
                "allocation_bps": one.allocation_bps,
            }
            for one in record.allocation
        ],
        "statement_digest": record.statement_digest,
        "commitment": record.commitment,
        "snapshot_digest": record.snapshot_digest,
        "model_digest": record.model_digest,
        "prove_seconds": proof.seconds if proof else None,
        "proof_bytes": proof.size if proof else None,
        "security_bits": security_bits(record),
        "verified": {
            "verifier": verification.verifier,
            "at": verification.at,
            "seconds": verification.seconds,
        }
        if verification
        else None,
        "error": error_of(record),
        "exports": [
            {
                "file_name": one.file_name,
                "level": one.level.value,
                "sha256": one.sha256,
                "at": one.at,
            }
            for one in record.exports
        ],
    }


def report_of(report: BundleReport) -> JsonObject:
    """The answer of `verify`."""
    return {
        "verdict": report.verdict.value,
        "signer": report.signer.value,
        "signer_line": report.signer_line,
        "key_id": report.key_id,
        "own_checker": report.own_checker,
        "checker_line": report.checker_line,
        "level": report.level.value if report.level else None,
        "decision": report.decision_id,
        "checks": [
            {
                "id": check.id,
                "title": check.title,
                "result": check.outcome.value,
                "detail": check.detail,
            }
            for check in report.checks
        ],
    }

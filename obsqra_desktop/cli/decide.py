"""score, decide, prove."""

import re
from pathlib import Path
from typing import Final

from obsqra_desktop.cli import documents, render
from obsqra_desktop.cli.context import Context, JsonObject
from obsqra_desktop.cli.main import INVALID, OK, exit_code
from obsqra_desktop.domain import risk
from obsqra_desktop.domain.record import DecisionRecord, Disclosure, ExportNote
from obsqra_desktop.domain.typed_pools import typed_metrics
from obsqra_desktop.services.decisions import DecisionInput

KEPT: Final = re.compile(r"latest|[0-9a-f]{4,64}")
"""Ids of kept snapshots, or their beginnings."""


def score(context: Context) -> int:
    """Score one pool from six words."""
    o = context.options
    rule = context.services.catalog.rule(o.rule)
    metrics = typed_metrics((o.utilization, o.volatility, o.liquidity, o.audit, o.age, 0))
    found = risk.score(rule, metrics)
    answer = {
        "rule": rule.name,
        "score": found.score,
        "label": found.label.value,
        "components": documents.components(found),
    }
    parts = (found.util, found.vol, found.liquidity, found.audit, found.age)
    scale = (
        f"\n{rule.name} counts liquidity the other way round: "
        f"its own tier is {rule.rule_tier(metrics.liquidity_tier)}"
        if rule.inverted_liquidity
        else ""
    )
    context.answer(
        answer,
        f"risk {found.score} of 100, {found.label.value}  (rule {rule.name})\n"
        f"{render.bar(parts)}\n"
        f"use {found.util} · swings {found.vol} · depth {found.liquidity} · "
        f"audit {found.audit} · age {found.age}{scale}",
    )
    return OK


def wanted(context: Context) -> DecisionInput:
    """Snapshot, rule, model and policy that the options name."""
    o, services = context.options, context.services
    if o.snapshot == "sample":
        snapshot = services.snapshots.sample()
    elif KEPT.fullmatch(o.snapshot) and not services.files.is_there(Path(o.snapshot)):
        snapshot = context.wait(services.market.document(o.snapshot))
    else:
        snapshot = services.snapshots.load(Path(o.snapshot))
    catalog = services.catalog
    return DecisionInput(
        snapshot, catalog.rule(o.rule), catalog.model(o.model), catalog.policy(o.policy)
    )


def decide(context: Context) -> int:
    """Compute and keep."""
    given = wanted(context)
    service = context.services.decisions
    record = context.wait(service.compute(given))
    decision = service.preview(given.snapshot, given.rule, given.model, given.policy)
    context.answer(
        documents.decided(given, decision, record),
        f"{render.scores(given.snapshot, given.model, decision)}\n\n"
        f"{render.allocation(given.snapshot, decision)}\n\n"
        f"Decision {record.id[:8]}: {decision.action.word}. {sentence(record)}",
    )
    return OK if decision.feasible else INVALID


def prove(context: Context) -> int:
    """Compute, prove, verify here, keep, and save a bundle if asked to."""
    given = wanted(context)
    service, out = context.services.decisions, context.options.out

    async def work() -> tuple[DecisionRecord, ExportNote | None]:
        record = await service.prove(given)
        if out is None or record.first_verification is None or record.error is not None:
            return record, None
        level = Disclosure(context.options.level)
        note = await service.export(record.id, level, out)
        return (await service.show(record.id)).record, note

    record, note = context.wait(work())
    decision = service.preview(given.snapshot, given.rule, given.model, given.policy)
    answer = documents.decided(given, decision, record) | documents.proved(record)
    answer["bundle"] = bundle_of(out, note)
    lines = [
        render.scores(given.snapshot, given.model, decision),
        render.allocation(given.snapshot, decision),
        proof_lines(record),
    ]
    if note is not None:
        lines.append(f"Bundle saved to {out} ({note.level.value}), sha256 {note.sha256}")
    context.answer(answer, "\n\n".join(line for line in lines if line))
    if record.error is not None:
        error = record.error
        context.note(f"obsqra: {error.title}: {error.detail} The attempt is kept. {error.hint}")
        return exit_code(error.code)
    return OK if decision.feasible else INVALID


def bundle_of(out: Path | None, note: ExportNote | None) -> JsonObject | None:
    """What `prove --out` saved."""
    if note is None:
        return None
    return {"file": str(out), "level": note.level.value, "sha256": note.sha256}


def sentence(record: DecisionRecord) -> str:
    """How far the attempt got."""
    return f"{record.status.words.capitalize()}; kept in the proofs folder."


def proof_lines(record: DecisionRecord) -> str:
    """The proof in figures, and who verified it."""
    proof, verification = record.proof, record.last_verification
    if proof is None or verification is None:
        return f"Decision {record.id[:8]}: {sentence(record)}"
    known = proof.parameters
    return (
        f"Proof    zero-knowledge STARK, {proof.size / 1000:.0f} KB, "
        f"made in {render.milliseconds(proof.seconds)}; "
        f"{known.conjectured_bits} bits conjectured, {known.proven_bits} proven; unaudited\n"
        f"Verified here by the {verification.verifier} verifier "
        f"in {render.milliseconds(verification.seconds)}\n"
        f"Decision {record.id} ({record.decision})"
    )

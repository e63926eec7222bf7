"""A step with private money in words and as JSON: what it is, how it goes, what came of it."""

from obsqra_desktop.cli.context import JsonObject
from obsqra_desktop.cli.mist.words import note_document
from obsqra_desktop.cli.tx import transaction
from obsqra_desktop.domain.amounts import format_amount
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.mist.around import Surroundings
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.services.mist.steps import (
    MistDraft,
    MistPhase,
    MistPlan,
    MistResult,
    MistStep,
    WaitView,
)


def plan_document(plan: MistPlan) -> JsonObject:
    """What would be done."""
    return {
        "action": plan.action.value,
        "title": plan.title,
        "network": plan.network.id,
        "pool": address_form(plan.pool),
        "account": plan.account.address_text,
        "token": hex(plan.token.address),
        "symbol": plan.token.symbol,
        "amount": str(plan.amount),
        "stays": str(plan.stays),
        "new_owner": address_form(plan.new_owner) if plan.new_owner is not None else None,
        "privacy": {
            "level": plan.privacy.level.label,
            "facts": [
                {"code": one.code, "level": one.level.label, "text": one.text}
                for one in plan.privacy.facts
            ],
            "suggestions": list(plan.privacy.suggestions),
            "equal_deposits": plan.situation.equal_deposits,
            "counted_since_block": plan.situation.counted_since,
            "newer_others": plan.situation.leaves_since,
        },
        "trust": list(plan.standing.notes),
        "warnings": list(plan.warnings),
        "note": plan.note.id if plan.note is not None else None,
    }


def plan_text(plan: MistPlan) -> str:
    """The same for people: the privacy level first."""
    lines = [
        plan.title,
        f"Privacy   {plan.privacy.level.label}",
        *(f"          {one.level.label}: {one.text}" for one in plan.privacy.facts),
        *(f"Better    {text}" for text in plan.privacy.suggestions),
        f"From      {plan.account.label or 'account'}  {plan.account.address_text}",
        f"Pool      {plan.standing.pool.name}  {address_form(plan.pool)}",
    ]
    if plan.stays and plan.note is not None:
        stays = format_amount(plan.stays, plan.token.decimals)
        lines.append(f"Stays     {stays} {plan.token.symbol} in the pool")
    lines += [f"Note      {text}" for text in plan.warnings]
    lines += [f"Trust     {text}" for text in plan.standing.notes]
    return "\n".join(lines)


def phase_text(phase: MistPhase) -> str:
    """A phase that begins, or a part of the proof that has ended."""
    if phase.proof is not None:
        return f"    {phase.proof.phase.label}: {phase.proof.seconds:.2f} s"
    again = f" (attempt {phase.attempt}: the pool has grown)" if phase.attempt > 1 else ""
    shown = again if phase.step in {MistStep.READING, MistStep.PROVING} else ""
    return f"{phase.step.label}{shown} …"


def draft_text(draft: MistDraft) -> str:
    """What proving and the simulation have shown."""
    lines = []
    if draft.proof_seconds is not None:
        seconds = f"{draft.proof_seconds:.2f} s"
        lines.append(f"Proof     made in {seconds}, verified here with the published key")
    for change in draft.sending.changes:
        value = format_amount(change.amount, change.token.decimals)
        lines.append(f"Changes   {value} {change.token.symbol}")
    lines += [f"Calls     {one.entry_point} of {one.contract}" for one in draft.sending.calls]
    lines += [f"Note      {text}" for text in draft.sending.warnings]
    return "\n".join(lines)


def result_document(draft: MistDraft, result: MistResult, book: MistBook) -> JsonObject:
    """What was done."""
    made, around = {one.id for one in result.made}, Surroundings(book)
    return {
        "plan": plan_document(result.plan),
        "fee": {"likely": str(draft.sending.likely_fee), "most": str(draft.sending.max_fee)},
        "proof_seconds": f"{draft.proof_seconds:.3f}" if draft.proof_seconds is not None else None,
        "proved": result.attempts,
        "notes": [note_document(one, around) for one in book.notes if one.id in made],
        "hand_over": result.hand_over.id if result.hand_over is not None else None,
        "transaction": transaction(result.record),
    }


def wait_document(view: WaitView) -> JsonObject:
    """A waiting plan."""
    return {
        "id": view.id,
        "title": view.title,
        "note": view.note,
        "leaves_seen": view.leaves_seen,
        "leaves_wanted": view.leaves_wanted,
        "ready": view.ready,
        "obstacle": view.obstacle or None,
    }


def wait_text(view: WaitView) -> str:
    """The same for people."""
    count = f"{view.leaves_seen} of {view.leaves_wanted} new leaves of others"
    state = view.obstacle or ("ready" if view.ready else count)
    return f"{view.id}  {view.title}: {state}"

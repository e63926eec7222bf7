"""mist: private money moves. First what it is and how private, then the proof, then a word."""

from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from obsqra_desktop.cli.context import Context
from obsqra_desktop.cli.main import INVALID, OK
from obsqra_desktop.cli.mist import step_words as words
from obsqra_desktop.cli.mist.files import file_passphrase, save_hand_over
from obsqra_desktop.cli.secrets_fd import unlock
from obsqra_desktop.cli.send import agreed, highest_fee, refuse_above, sender, token_named
from obsqra_desktop.cli.tx import exit_code, record_text
from obsqra_desktop.domain.amounts import STRK, parse_amount
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.book import find_note
from obsqra_desktop.domain.mist.privacy import MistAction
from obsqra_desktop.domain.spending import amount as amount_words
from obsqra_desktop.domain.spending import at_most
from obsqra_desktop.services.mist.steps import MistPlan


def deposit(context: Context) -> int:
    """Money into the pool."""
    o, services = context.options, context.services
    account = sender(context)
    owner = services.accounts.find(o.owner).address if o.owner is not None else None
    unlock(context)

    async def plan() -> MistPlan:
        token = await token_named(context, account, o.token)
        amount = parse_amount(o.amount, token.decimals, where="--amount")
        return await services.money.plan_deposit(account, token, amount, owner, o.request, o.label)

    return carried_out(context, plan())


def withdraw(context: Context) -> int:
    """An amount, or all, to the note's owner."""
    o, money = context.options, context.services.money
    unlock(context)
    amount, owner = of_note(context), owner_of(context)
    if o.emergency:
        if amount is not None or o.after_leaves is not None:
            raise InvalidInput("In an emergency all of the note leaves, at once.")
        return carried_out(context, money.plan_emergency(o.network, o.note))
    if o.expose:
        raise InvalidInput(
            "Nothing is exposed by a withdrawal with a proof. Nothing was sent.", where="--expose"
        )
    plan = money.plan_withdraw(o.network, o.note, amount, owner, o.label)
    if o.after_leaves is not None:
        return kept(context, plan)
    return carried_out(context, plan)


def rewrap(context: Context) -> int:
    """A note to a new one."""
    o, money = context.options, context.services.money
    unlock(context)
    owner = owner_of(context)
    plan = money.plan_rewrap(o.network, o.note, owner, o.label)
    if o.after_leaves is not None:
        return kept(context, plan)
    return carried_out(context, plan)


def split(context: Context) -> int:
    """Two notes out of one."""
    o, money = context.options, context.services.money
    unlock(context)
    amount, owner = of_note(context), owner_of(context)
    if amount is None:
        raise InvalidInput("say how much one of the two holds", where="--amount")
    plan = money.plan_split(o.network, o.note, amount, owner, o.label)
    if o.after_leaves is not None:
        return kept(context, plan)
    return carried_out(context, plan)


def forward(context: Context) -> int:
    """An amount to somebody's request."""
    o, money = context.options, context.services.money
    if o.out is not None:
        context.services.files.ensure_free(o.out)
    unlock(context)
    amount, owner = of_note(context), owner_of(context)
    plan = money.plan_forward(o.network, o.note, o.request, amount, owner, o.label)
    if o.after_leaves is not None:
        return kept(context, plan)
    return carried_out(context, plan, o.out)


def waiting(context: Context) -> int:
    """What waits for new leaves."""
    o, money = context.options, context.services.money
    unlock(context)
    if o.drop is not None:
        context.wait(money.drop_waiting(o.network, o.drop))
    found = context.wait(money.waiting(o.network))
    text = "\n".join(words.wait_text(one) for one in found) or "Nothing waits."
    context.answer({"waiting": [words.wait_document(one) for one in found]}, text)
    return OK


def carry_on(context: Context) -> int:
    """Carry out what has waited."""
    o, money = context.options, context.services.money
    if o.out is not None:
        context.services.files.ensure_free(o.out)
    unlock(context)
    if o.wait:
        said: set[str] = set()

        def say(line: str) -> None:
            if line not in said:
                said.add(line)
                context.note(line)

        plan = money.wait(o.network, o.id, lambda view: say(words.wait_text(view)), label=o.label)
        return carried_out(context, plan, o.out)
    return carried_out(context, money.plan_waiting(o.network, o.id, o.label), o.out)


def of_note(context: Context) -> int | None:
    """--amount in the token of the note; None for all of it."""
    o, services = context.options, context.services
    if o.amount is None:
        return None

    async def read() -> int:
        book = await services.money.book(o.network)
        address = find_note(book, o.note).token
        network = await services.networks.resolve(o.network)
        token = await services.money.token(network, address)
        return parse_amount(o.amount, token.decimals, where="--amount")

    return context.wait(read())


def owner_of(context: Context) -> int | None:
    """--owner, an account here."""
    o = context.options
    return context.services.accounts.find(o.owner).address if o.owner is not None else None


def kept(context: Context, planning: Coroutine[Any, Any, MistPlan]) -> int:
    """Say what would be done and how private it were now, and keep it until leaves came."""
    o, money = context.options, context.services.money
    later = {"--out": getattr(o, "out", None), "--max-fee": o.max_fee}
    for flag, value in later.items():
        if value is not None:
            planning.close()
            raise InvalidInput(
                "That is not kept with a waiting plan. Nothing was kept.",
                where=flag,
                hint=f"Give it when the plan is carried out: obsqra mist continue ID {flag} …",
            )
    plan = context.wait(planning)
    if o.dry_run:
        context.answer(words.plan_document(plan), words.plan_text(plan) + "\nNothing was kept.")
        return OK
    context.note(words.plan_text(plan))
    context.note("So it were now. Before it is sent it is looked at again.")
    view = context.wait(money.keep_waiting(plan, o.after_leaves))
    text = f"{words.wait_text(view)}\nWhen they came: obsqra mist continue {view.id}"
    answer = {"waiting": [words.wait_document(view)], "plan": words.plan_document(plan)}
    context.answer(answer, text)
    return OK


def carried_out(
    context: Context, planning: Coroutine[Any, Any, MistPlan], out: Path | None = None
) -> int:
    """Say what it is and how private, prove, ask, send, follow."""
    o, money = context.options, context.services.money
    highest = highest_fee(context)
    plan = context.wait(planning)
    if out is not None and plan.action is not MistAction.FORWARD:
        raise InvalidInput(
            "Only what is forwarded has a file for its receiver. Nothing was sent.", where="--out"
        )
    if o.dry_run:
        context.answer(words.plan_document(plan), words.plan_text(plan) + "\nNothing was done.")
        return OK
    context.note(words.plan_text(plan))
    secret = file_passphrase(context, twice=True) if out is not None else ""
    draft = context.wait(money.prepare(plan, lambda one: context.note(words.phase_text(one))))
    context.note(words.draft_text(draft))
    likely, most = draft.sending.likely_fee, draft.sending.max_fee
    context.note(f"Fee       {amount_words(STRK.address, likely)} likely, {at_most(most)} at most")
    refuse_above(most, highest)
    # --yes is no word for what everybody will see: that has one of its own.
    seen = plan.action is MistAction.EMERGENCY
    word, why = ("expose", "Everybody will see it. ") if seen else ("yes", "")
    if not agreed(context, o.expose if seen else o.yes, word, why):
        return INVALID
    result = context.wait(money.send(draft, lambda one: context.note(words.phase_text(one))))
    context.note(f"Transaction {result.record.id}, hash {hex(result.record.signed.hash)}")
    if not result.record.settled:
        result = context.wait(money.follow(result))
    if out is not None and result.hand_over is not None and result.accepted:
        save_hand_over(context, result.hand_over.id, out, secret)
    book = context.wait(money.book(plan.network.id))
    context.answer(words.result_document(draft, result, book), record_text(result.record))
    return exit_code(result.record)

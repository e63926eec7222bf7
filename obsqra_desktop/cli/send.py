"""send: a plan, a word, a transaction."""

import sys

from obsqra_desktop.cli.context import Context, JsonObject
from obsqra_desktop.cli.main import INVALID, OK
from obsqra_desktop.cli.prompts import Prompter
from obsqra_desktop.cli.secrets_fd import unlock
from obsqra_desktop.cli.tx import exit_code, follow, record_text, transaction
from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import STRK, Token, format_amount, parse_amount
from obsqra_desktop.domain.chain_errors import OverCap
from obsqra_desktop.domain.errors import InvalidInput, NotFound
from obsqra_desktop.domain.felt import address_form, parse_address
from obsqra_desktop.domain.spending import amount as amount_words
from obsqra_desktop.domain.spending import at_most
from obsqra_desktop.services.plans import Plan, known_token
from obsqra_desktop.services.sending import SendStep

ALL = "all"
STEPS = {
    SendStep.CHECKING: "Checking again that nothing has changed",
    SendStep.SIGNING: "Signing on this computer",
    SendStep.WRITING: "Writing it down",
    SendStep.SENDING: "Sending",
}


def send(context: Context) -> int:
    """Send tokens."""
    o, services = context.options, context.services
    account = sender(context)
    to = services.book.resolve(o.to)
    highest = highest_fee(context)
    unlock(context)

    async def plan() -> Plan:
        token = await token_named(context, account, o.token)
        if o.amount.strip().lower() == ALL:
            amount = await services.sending.most(account, to, token)
        else:
            amount = parse_amount(o.amount, token.decimals)
        name = services.book.name_of(to)
        return await services.sending.plan_transfer(account, to, token, amount, name or "")

    return confirmed(context, context.wait(plan()), highest)


def sender(context: Context) -> Account:
    """The account of --from, or the one in use on the network."""
    o, services = context.options, context.services
    if o.account is not None:
        account = services.accounts.find(o.account)
        if o.network is not None and account.network != o.network:
            raise InvalidInput(f"That account is on the network {account.network!r}.")
        return account
    return account_in_use(context, o.network)


def account_in_use(context: Context, network_id: str | None = None) -> Account:
    """The one in use on a network, by default the one in use; raises NotFound."""
    services = context.services
    network = network_id or services.networks.settings().selected
    account = services.accounts.selected(network)
    if account is None:
        raise NotFound(
            f"There is no account on the network {network!r} yet.",
            hint="Make one: obsqra account new",
        )
    return account


async def token_named(context: Context, account: Account, words: str) -> Token:
    """A known token by its symbol, or any ERC-20 by its address."""
    symbol = words.strip().upper()
    if not symbol.startswith("0X"):
        found = context.services.sending.token_by_symbol(symbol)
        if found is None:
            raise InvalidInput(f"The tokens are STRK and ETH, or an address; not {words!r}.")
        return found
    address = parse_address(words, where="--token")
    return known_token(address) or await context.services.sending.read_token(account, address)


def confirmed(context: Context, plan: Plan, highest: int | None = None) -> int:
    """Show the plan, ask, send, follow."""
    o = context.options
    refuse_above(plan.max_fee, highest)
    if getattr(o, "dry_run", False):
        context.answer(plan_document(plan), plan_text(plan) + "\nNothing was sent.")
        return OK
    context.note(plan_text(plan))
    if not agreed(context, o.yes):
        return INVALID  # so that what comes after it in a script does not take place
    record = context.wait(
        context.services.sending.send(plan, lambda step: context.note(f"{STEPS[step]} …"))
    )
    context.note(f"Transaction {record.id}, hash {hex(record.signed.hash)}")
    if not getattr(o, "no_wait", False) and not record.settled:
        record = context.wait(follow(context, record))
    context.answer(transaction(record), record_text(record))
    return exit_code(record)


def highest_fee(context: Context) -> int | None:
    """--max-fee in fri."""
    words = context.options.max_fee
    return parse_amount(words, STRK.decimals, where="--max-fee") if words is not None else None


def refuse_above(most: int, highest: int | None) -> None:
    """Raises OverCap if the fee could be above --max-fee."""
    if highest is not None and most > highest:
        raise OverCap(
            f"The fee could be {at_most(most)}, --max-fee says "
            f"{amount_words(STRK.address, highest)}. Nothing was sent.",
            hint="Try again later, or give a higher --max-fee.",
        )


def agreed(context: Context, given: bool, word: str = "yes", why: str = "") -> bool:
    """The user's word, unless the flag of that name has `given` it; raises InvalidInput where
    nobody is there to ask. Without it the answer is that nothing was sent."""
    if given:
        return True
    ask = Prompter(sys.stdin, sys.stderr)
    if ask.text(f"Send it? {why}Type {word} to send", "no").lower() == word:
        return True
    if ask.ended:
        raise InvalidInput(
            "Nobody was there to say yes. Nothing was sent.",
            hint=f"To send without being asked: --{word}",
        )
    context.note("Nothing was sent.")
    context.answer({"sent": False}, "")
    return False


def plan_document(plan: Plan) -> JsonObject:
    """The plan as JSON."""
    return {
        "network": plan.network.id,
        "node": plan.node,
        "account": plan.account.address_text,
        "title": plan.title,
        "to": address_form(plan.recipient) if plan.recipient is not None else None,
        "nonce": plan.transaction.nonce,
        "likely_fee": str(plan.likely_fee),
        "max_fee": str(plan.max_fee),
        "calls": [
            {
                "contract": one.contract,
                "entry_point": one.entry_point,
                "arguments": dict(one.arguments),
            }
            for one in plan.calls
        ],
        "changes": [
            {
                "token": hex(one.token.address),
                "symbol": one.token.symbol,
                "amount": str(one.amount),
            }
            for one in plan.changes
        ],
        "warnings": list(plan.warnings),
        "checked_with": plan.checked_with,
    }


def plan_text(plan: Plan) -> str:
    """The plan for people."""
    lines = [
        plan.title,
        f"From      {plan.account.label or 'account'}  {plan.account.address_text}",
    ]
    if plan.recipient is not None:
        lines.append(f"To        {address_form(plan.recipient)}")
    for change in plan.changes:
        value = format_amount(change.amount, change.token.decimals)
        lines.append(f"Changes   {value} {change.token.symbol}")
    for call in plan.calls:
        lines.append(f"Calls     {call.entry_point} of {call.contract}")
        lines += [f"          {name}: {value}" for name, value in call.arguments[:12]]
    lines.append(
        f"Fee       {amount_words(STRK.address, plan.likely_fee)} likely, "
        f"{at_most(plan.max_fee)} at most"
    )
    lines.append(f"Simulated by {plan.node} at block {plan.block_number}: a node's word.")
    if plan.checked_with is not None:
        lines.append(f"{plan.checked_with} tells the same nonce, balance and chain.")
    lines += [f"Note      {words}" for words in plan.warnings]
    return "\n".join(lines)

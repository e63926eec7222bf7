"""tx: transactions made here, what became of them, and the user's own limits."""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from obsqra_desktop.cli.context import Context, JsonObject
from obsqra_desktop.cli.main import CANNOT, INVALID, OK
from obsqra_desktop.cli.render import UNKNOWN, moment, table
from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.amounts import KNOWN_TOKENS, STRK, Token, parse_amount
from obsqra_desktop.domain.errors import InvalidInput, NotFound
from obsqra_desktop.domain.felt import address_form, parse_address
from obsqra_desktop.domain.journal import TxRecord, TxState
from obsqra_desktop.domain.spending import NetworkCaps, TokenCaps, at_most
from obsqra_desktop.domain.spending import amount as amount_words

if TYPE_CHECKING:
    from obsqra_desktop.domain.accounts import Account
    from obsqra_desktop.services.plans import Plan

NO_LIMIT = "none"


def list_transactions(context: Context) -> int:
    """All of them."""
    o, services = context.options, context.services
    records = services.history.listing(o.search, o.network)
    if o.open:
        records = tuple(one for one in records if not one.settled)
    damaged = services.history.damaged()
    if o.csv is not None:
        services.history.save_csv(o.csv, records)
        context.note(f"Saved {len(records)} lines.")
    rows = [
        (one.id, moment(one.shown_at), one.state.value, one.title, one.label) for one in records
    ]
    head = ("Id", "Made", "State", "What", "Note")
    text = table(head, rows) if rows else "No transactions."
    for name in damaged:
        text += f"\ndamaged: {name} (nothing was deleted)"
    answer = {"transactions": [transaction(one) for one in records], "damaged": list(damaged)}
    context.answer(answer, text)
    return OK


def show(context: Context) -> int:
    """One of them."""
    record = context.services.history.find(context.options.id)
    context.answer(transaction(record), record_text(record))
    return OK


def resume(context: Context) -> int:
    """Look, and send the same bytes again if that was asked for."""
    from obsqra_desktop.cli.secrets_fd import unlock
    from obsqra_desktop.services.sending import LOOKED_AT_AGAIN

    o, services = context.options, context.services
    record = services.history.find(o.id)
    if o.resend and (record.sealed is not None or record.kind in LOOKED_AT_AGAIN):
        unlock(context)  # it is simulated; of a deposit the book says which contract was trusted
    record = context.wait(services.sending.resume(record.id, o.resend))
    if not o.no_wait and not record.settled and record.state is not TxState.SIGNED:
        record = context.wait(follow(context, record))
    context.answer(transaction(record), record_text(record))
    return exit_code(record)


def cancel(context: Context) -> int:
    """Replace one that waits."""
    return in_its_place(context, context.services.sending.plan_cancel)


def faster(context: Context) -> int:
    """The same again for a higher price, in its place."""
    return in_its_place(context, context.services.sending.plan_faster)


def in_its_place(
    context: Context, planned: "Callable[[TxRecord, Account], Coroutine[Any, Any, Plan]]"
) -> int:
    """Plan what takes the place of one that waits, show it, ask, send."""
    from obsqra_desktop.cli.secrets_fd import unlock
    from obsqra_desktop.cli.send import confirmed

    services = context.services
    record = services.history.find(context.options.id)
    account = services.accounts.find(record.account)
    unlock(context)
    return confirmed(context, context.wait(planned(record, account)))


def label(context: Context) -> int:
    """The user's own note."""
    services = context.services
    record = services.history.find(context.options.id)
    record = services.history.set_label(record.id, context.options.text)
    context.answer(transaction(record), record_text(record))
    return OK


def limits(context: Context) -> int:
    """Show or change the limits of a network."""
    o, services = context.options, context.services
    settings = services.networks.settings()
    network = settings.network(o.network or settings.selected)
    if network is None:
        raise NotFound(f"There is no network {o.network!r}.", hint="See: obsqra network list")
    caps: NetworkCaps = services.sending.caps(network)
    token = limit_token(o.token)
    changed = caps
    if o.max_fee is not None:
        changed = changed.model_copy(update={"max_fee": limit(o.max_fee, STRK.decimals)})
    one: TokenCaps = changed.of(token.address)
    if o.per_transaction is not None:
        one = one.model_copy(update={"per_transaction": limit(o.per_transaction, token.decimals)})
    if o.per_day is not None:
        one = one.model_copy(update={"per_day": limit(o.per_day, token.decimals)})
    if one != changed.of(token.address):
        changed = changed.with_token(one)
    if changed != caps:
        services.sending.set_caps(changed)
    context.answer(strict_json.document(changed), limits_text(changed, network.name))
    return OK


def limit(words: str, decimals: int) -> int | None:
    """An amount, or no limit."""
    return None if words.strip().lower() == NO_LIMIT else parse_amount(words, decimals)


def limit_token(words: str) -> Token:
    """A token by symbol, or by address with amounts in its smallest unit."""
    symbol = words.strip().upper()
    for token in KNOWN_TOKENS:
        if token.symbol == symbol:
            return token
    if not symbol.startswith("0X"):
        raise InvalidInput(f"The tokens are STRK and ETH, or an address; not {words!r}.")
    return Token("", "", parse_address(words, where="--token"), 0)


def limits_text(caps: NetworkCaps, name: str) -> str:
    """The limits for people."""

    def words(token: int, value: int | None) -> str:
        return "no limit" if value is None else amount_words(token, value)

    lines = [f"Your limits on {name}", f"Highest fee  {words(STRK.address, caps.max_fee)}"]
    for one in caps.tokens:
        transaction_words = words(one.token, one.per_transaction)
        lines.append(f"{transaction_words} a transaction, {words(one.token, one.per_day)} a day")
    return "\n".join(lines)


async def follow(context: Context, record: TxRecord) -> TxRecord:
    """Until it is accepted on L2 or settled otherwise; says each change."""
    return await context.services.sending.track(
        record.id, lambda one: context.note(f"{one.state.value}: {one.events[-1].detail}")
    )


def exit_code(record: TxRecord) -> int:
    """0 accepted or on its way, 1 reverted or refused, 2 not known."""
    if record.state in {TxState.REVERTED, TxState.REFUSED}:
        return INVALID
    return CANNOT if record.state in {TxState.SIGNED, TxState.EXPIRED, TxState.REPLACED} else OK


def transaction(record: TxRecord) -> JsonObject:
    """The record as JSON, without the signature."""
    receipt = record.receipt
    return {
        "id": record.id,
        "hash": hex(record.signed.hash),
        "state": record.state.value,
        "settled": record.settled,
        "kind": record.kind.value,
        "title": record.title,
        "label": record.label,
        "network": record.network,
        "account": address_form(record.signed.transaction.sender),
        "nonce": record.signed.transaction.nonce,
        "created_at": record.created_at,
        "made_at": record.made_at,
        "likely_fee": str(record.likely_fee),
        "max_fee": str(record.max_fee),
        "actual_fee": str(receipt.actual_fee) if receipt else None,
        "block_number": receipt.block_number if receipt else None,
        "to": address_form(record.recipient) if record.recipient is not None else None,
        "spends": [{"token": hex(one.token), "amount": str(one.amount)} for one in record.spends],
        "events": [
            {"at": one.at, "state": one.state.value, "detail": one.detail} for one in record.events
        ],
        "replaces": record.replaces,
    }


def record_text(record: TxRecord) -> str:
    """The record for people."""
    receipt = record.receipt
    fee = amount_words(STRK.address, receipt.actual_fee) if receipt else UNKNOWN
    lines = [
        f"{record.title}: {record.state.value}",
        f"Id        {record.id}",
        f"Hash      {hex(record.signed.hash)}",
        f"Fee       {fee} paid, {at_most(record.max_fee)} at most",
    ]
    if record.label:
        lines.append(f"Note      {record.label}")
    lines += [f"{moment(one.at)}  {one.state.value}: {one.detail}" for one in record.events]
    if record.state is TxState.SIGNED:
        lines.append(
            "Whether a node has it is not known. Look again, or send the same bytes again: "
            f"obsqra tx resume {record.id} --resend. Neither can pay twice."
        )
    return "\n".join(lines)

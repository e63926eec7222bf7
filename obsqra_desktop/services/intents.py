"""What may be wanted of an account: one intent for each kind of transaction."""

from dataclasses import replace

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import STRK, Token, format_amount
from obsqra_desktop.domain.contracts import ContractFacts
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.journal import Spend, TxKind, TxRecord, TxState
from obsqra_desktop.domain.network import Network
from obsqra_desktop.domain.transaction import DeployAccount, Invoke
from obsqra_desktop.services.plans import Intent, transfer_call


def transfer_intent(token: Token, to: int, amount: int, network: Network, name: str = "") -> Intent:
    """Send tokens to one address."""
    if amount <= 0:
        raise InvalidInput("The amount has to be more than zero.", where="amount")
    shown = address_form(to)
    who = name or f"{shown[:8]}…{shown[-6:]}"
    return Intent(
        kind=TxKind.TRANSFER,
        title=f"Send {format_amount(amount, token.decimals)} {token.symbol} to {who} "
        f"on {network.name}",
        calls=(transfer_call(token, to, amount),),
        spends=(Spend(token=token.address, amount=amount),),
        recipient=to,
        tokens=(token,),
    )


def deploy_intent(account: Account, network: Network) -> Intent:
    """Deploy the account itself."""
    name = account.label or address_form(account.address)[:12]
    return Intent(TxKind.DEPLOY_ACCOUNT, f"Deploy the account “{name}” on {network.name}", (), ())


def declare_intent(entry: ContractFacts, network: Network) -> Intent:
    """Make a class known."""
    title = f"Declare the class {entry.name} on {network.name}"
    return Intent(TxKind.DECLARE, title, (), (), declares=entry)


def cancel_intent(record: TxRecord, account: Account) -> Intent:
    """Take the nonce of a waiting transaction with a transfer of nothing to oneself."""
    title = f"Cancel “{record.title}”"
    return replace(
        Intent(TxKind.CANCEL, title[:200], (transfer_call(STRK, account.address, 0),), ()),
        replaces=record.id,
    )


def faster_intent(
    record: TxRecord, account: Account, network: Network, tokens: tuple[Token, ...]
) -> Intent:
    """The same again in the place of one that waits, for a higher price; only one can be paid."""
    transaction = record.signed.transaction
    if isinstance(transaction, DeployAccount):
        return replace(deploy_intent(account, network), title=record.title, replaces=record.id)
    if not isinstance(transaction, Invoke):
        raise InvalidInput("A transaction of this kind cannot be replaced while it waits.")
    return Intent(
        kind=record.kind,
        title=record.title,
        calls=transaction.calls,
        spends=record.spends,
        recipient=record.recipient,
        tokens=tokens,
        replaces=record.id,
    )


def still_waits(record: TxRecord, account: Account) -> None:
    """Whether another transaction of the account can take its place; raises InvalidInput."""
    if record.settled or record.state is TxState.PRE_CONFIRMED:
        raise InvalidInput("Only a transaction that still waits can be replaced or cancelled.")
    if account.id != record.account:
        raise InvalidInput("That transaction is of another account.")
    if (why := never_replaced(record)) is not None:
        raise why


def never_replaced(record: TxRecord) -> InvalidInput | None:
    """Why nothing can take the place of such a transaction, not even a cancellation."""
    if record.kind is not TxKind.DECLARE:
        return None
    return InvalidInput(
        "Networks do not let a waiting declaration be replaced.",
        hint="Wait: it is taken, or dropped after five minutes.",
    )


def never_faster(record: TxRecord) -> InvalidInput | None:
    """Why such a transaction is not sent once more for a higher price, while it waits."""
    if record.kind is TxKind.MIST_EMERGENCY or record.sealed is not None:
        return InvalidInput(
            "A withdrawal without a proof is made faster by nothing: a simulation would show "
            "the note's key to a node that may not have it yet.",
            hint="Wait, send the same again (obsqra tx resume), or cancel it.",
        )
    if record.kind is TxKind.MIST_DEPOSIT:
        return InvalidInput(
            "A private deposit is not signed anew in its own place: that would go past the "
            "look at the pool's contract, its leaves and this secret which each deposit gets.",
            hint="Wait, or cancel it (obsqra tx cancel) and deposit again: that looks, and "
            "pays the newer price.",
        )
    return never_replaced(record)

"""What is known of a step before it is taken: the situation that its privacy level follows from.

From the pool's public leaves, the notes book and the journal here. Nothing that is one's own is
asked of a node; what cannot be known stays None and counts against.
"""

from dataclasses import dataclass

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import Token
from obsqra_desktop.domain.journal import UNPAID, TxKind, TxRecord, TxState
from obsqra_desktop.domain.mist_amounts import is_common
from obsqra_desktop.domain.mist_calls import deposited_secrets
from obsqra_desktop.domain.mist_facts import equal_deposits
from obsqra_desktop.domain.mist_notes import HeldNote, MistBook, NoteOrigin
from obsqra_desktop.domain.mist_pool import PoolState
from obsqra_desktop.domain.mist_privacy import MistAction, Situation
from obsqra_desktop.domain.network import Network, NetworkSettings
from obsqra_desktop.domain.transaction import Invoke


@dataclass(frozen=True)
class Known:
    """Where a step is looked at from."""

    network: Network
    settings: NetworkSettings
    state: PoolState
    book: MistBook
    records: tuple[TxRecord, ...]
    """The journal's, of this chain."""
    accounts: tuple[Account, ...]
    """One's own, on this network."""


def deposit_situation(known: Known, token: Token, amount: int) -> Situation:
    """Of money that goes in."""
    others, since = others_of(known, token, amount)
    return Situation(
        MistAction.DEPOSIT,
        common_amount=is_common(amount, token.decimals),
        equal_deposits=others,
        counted_since=since,
        hidden_route=hidden_route(known),
    )


def spend_situation(
    known: Known,
    action: MistAction,
    note: HeldNote,
    token: Token,
    leaving: int,
    sender: Account,
    nonce: int,
) -> Situation:
    """Of a spend; `leaving` comes out of the pool, `nonce` is the sender's next one."""
    deposited = note.origin is NoteOrigin.DEPOSIT or note.depositor is not None
    others, since = others_of(known, token, leaving)
    return Situation(
        action,
        common_amount=is_common(leaving, token.decimals),
        whole_deposit=deposited and leaving == note.amount,
        equal_deposits=others,
        counted_since=since,
        leaves_since=leaves_since(known.state, note.leaf),
        owner_deposited=owner_deposited(known, note, sender),
        owner_seen=nonce > 1 or has_acted(known, sender),
        owner_funded=owner_funded(known, sender),
        hidden_route=hidden_route(known),
    )


def others_of(known: Known, token: Token, amount: int) -> tuple[int | None, int | None]:
    """Deposits of others of this amount, and the block from which on they were counted."""
    found = equal_deposits(known.book, known.state.leaves, token.address, amount)
    return found if found is not None else (None, None)


def leaves_since(state: PoolState, leaf: int) -> int | None:
    """New leaves after one's own; None if it is not there."""
    return len(state.leaves) - 1 - state.leaves.index(leaf) if leaf in state.leaves else None


def hidden_route(known: Known) -> bool | None:
    """Whether the node is one's own or does not see where the questions come from."""
    node = next((one for one in known.network.endpoints if one.label == known.state.node), None)
    if node is None:
        return True if known.network.practice else None
    return node.own or (known.settings.proxy is not None and not node.local)


def owner_deposited(known: Known, note: HeldNote, sender: Account) -> bool | None:
    """Whether this account has put money into the pool; None if that may have been elsewhere."""
    if note.depositor == sender.address:
        return True
    for record in sent_by(known, sender):
        transaction = record.signed.transaction
        if isinstance(transaction, Invoke) and deposited_secrets(transaction, known.book.pool):
            return True
    chain = ancestors(known.book, note)
    first = chain[-1]
    known_origin = first.origin is NoteOrigin.DEPOSIT and first.depositor is not None
    return False if known_origin else None


def ancestors(book: MistBook, note: HeldNote) -> list[HeldNote]:
    """The note, the one that it came of, and so on."""
    by_id = {one.id: one for one in book.notes}
    chain = [note]
    while chain[-1].parent in by_id and len(chain) <= len(by_id):
        chain.append(by_id[chain[-1].parent])
    return chain


def sent_by(known: Known, account: Account) -> list[TxRecord]:
    """What the account has sent from here and may have been paid."""
    return [one for one in known.records if one.account == account.id and one.state not in UNPAID]


def has_acted(known: Known, sender: Account) -> bool:
    """Whether anything but its own deployment was sent with it from here."""
    return any(one.kind is not TxKind.DEPLOY_ACCOUNT for one in sent_by(known, sender))


def owner_funded(known: Known, sender: Account) -> bool | None:
    """True if another account of one's own has paid it; else it is not known here."""
    own = {one.id for one in known.accounts if one.id != sender.id}
    paid = any(
        one.recipient == sender.address
        and one.account in own
        and one.kind is TxKind.TRANSFER
        and one.state not in UNPAID | {TxState.REVERTED}
        for one in known.records
    )
    return True if paid else None

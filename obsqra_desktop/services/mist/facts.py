"""What is known of a step before it is taken: the situation that its privacy level follows from.

From the pool's public leaves, the notes book and the journal here. Nothing that is one's own is
asked of a node; what cannot be known stays None and counts against.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import Token
from obsqra_desktop.domain.journal import UNPAID, TxKind, TxRecord, TxState
from obsqra_desktop.domain.mist.amounts import is_common
from obsqra_desktop.domain.mist.calls import deposited
from obsqra_desktop.domain.mist.facts import equal_deposits
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook, NoteOrigin, NoteState
from obsqra_desktop.domain.mist.note import FieldHash
from obsqra_desktop.domain.mist.own import own_among
from obsqra_desktop.domain.mist.pool import PoolState
from obsqra_desktop.domain.mist.privacy import FEW, MistAction, Situation
from obsqra_desktop.domain.mist.settle import trace_of
from obsqra_desktop.domain.mist.sources import hiding
from obsqra_desktop.domain.network import Endpoint, Network, NetworkSettings
from obsqra_desktop.domain.transaction import Invoke

UNDONE = UNPAID | {TxState.REVERTED}
"""Of these nothing has taken place, as far as is known."""


@dataclass(frozen=True)
class Known:
    """Where a step is looked at from."""

    network: Network
    settings: NetworkSettings
    state: PoolState
    book: MistBook
    records: tuple[TxRecord, ...]
    """The journal's, of this chain: of all accounts that ever sent from here."""
    digest: FieldHash


def deposit_situation(known: Known, token: Token, amount: int) -> Situation:
    """Of money that goes in."""
    others, since = others_of(known, token, amount)
    return Situation(
        MistAction.DEPOSIT,
        common_amount=is_common(amount, token.decimals),
        equal_deposits=others,
        counted_since=since,
        hidden_route=hidden_route(known),
        shared_route=shared_route(known),
        practice=known.network.practice,
    )


def spend_situation(
    known: Known,
    action: MistAction,
    note: HeldNote,
    token: Token,
    leaving: int,
    sender: Account,
    nonce: int,
    moves_on: bool,
) -> Situation:
    """Of a spend; `leaving` comes out of the pool, `nonce` is the sender's next one, `moves_on`:
    nothing stays with the sender."""
    others, since = others_of(known, token, leaving)
    newer, among = leaves_of_others(known, note, leaving)
    return Situation(
        action,
        common_amount=is_common(leaving, token.decimals),
        whole_deposit=whole_deposit(known, note, leaving) if leaving else False,
        equal_deposits=others,
        counted_since=since,
        leaves_since=newer,
        leaves_among=among,
        owner_deposited=owner_deposited(known, note, sender),
        owner_seen=owner_seen(known, sender, nonce),
        owner_funded=owner_funded(known, sender),
        hidden_route=hidden_route(known),
        shared_route=shared_route(known),
        moves_on=moves_on,
        practice=known.network.practice,
    )


def others_of(known: Known, token: Token, amount: int) -> tuple[int | None, int | None]:
    """Deposits of others of this amount, and the block from which on they were counted."""
    found = equal_deposits(known.book, known.state.leaves, token.address, amount)
    return found if found is not None else (None, None)


def leaves_of_others(known: Known, note: HeldNote, leaving: int) -> tuple[int | None, int | None]:
    """Those after the note's own, and those in the whole pool.

    Of what leaves, token and amount are public: then only such count as may hold it (see
    domain.mist.sources), and None says that not enough blocks were looked through, too. A move
    inside shows neither (its public token is 0), so all count. None if the note's is not there.
    """
    leaves = known.state.leaves
    if note.leaf not in leaves:
        return None, None
    own = ones_own(known.book, known.records, leaves, known.digest)
    count, start = hiding(known.book, leaves, own), leaves.index(note.leaf) + 1
    if not leaving:
        return count.others(start), count.others(0)
    fit = (count.sources(one, note.token, leaving) for one in (start, 0))
    since, whole = (one.at_least(FEW) for one in fit)
    return since, whole


def ones_own(
    book: MistBook, records: tuple[TxRecord, ...], leaves: tuple[int, ...], digest: FieldHash
) -> frozenset[int]:
    """Leaves of one's own by book and journal, see domain.mist.own. Whether a transaction has taken
    place does not matter: its leaves are in the pool or not."""
    sent: set[int] = set()
    for record in records:
        trace = trace_of(record, book.pool)
        if trace is not None:
            sent.update(trace.leaves)
        sent.update(digest(*one) for one in deposits_of(record, book.pool))
    return own_among(book, leaves) | sent


def deposits_of(record: TxRecord, pool: int) -> tuple[tuple[int, int, int], ...]:
    """(secret, token, amount) of what it puts into the pool."""
    transaction = record.signed.transaction
    return deposited(transaction, pool) if isinstance(transaction, Invoke) else ()


def hidden_route(known: Known) -> bool | None:
    """Whether the node is one's own or does not see where the questions come from."""
    node = node_of(known)
    if node is None:
        return True if known.network.practice else None
    return node.own or (known.settings.proxy is not None and not node.local)


def shared_route(known: Known) -> bool:
    """Whether somebody else's node is asked through a proxy. The connections to it are kept and
    serve every account of here, so it sees which are asked about together."""
    node = node_of(known)
    return node is not None and not node.own and bool(hidden_route(known))


def node_of(known: Known) -> Endpoint | None:
    """That answered; None if it is none of the network's."""
    label = known.state.node
    return next((one for one in known.network.endpoints if one.label == label), None)


def whole_deposit(known: Known, note: HeldNote, leaving: int) -> bool | None:
    """Whether a public deposit that leads to one was exactly this much, of this note or not: who
    looks for it cannot tell them apart. None if what brought this note's money is not known."""
    book = known.book
    public = {(one.token, one.amount) for one in book.notes if by_deposit(one)}
    for record in known.records:
        if record.state not in UNDONE:
            public.update((token, amount) for _, token, amount in deposits_of(record, book.pool))
    if (note.token, leaving) in public:
        return True
    return False if by_deposit(ancestors(book, note)[-1]) else None


def by_deposit(note: HeldNote) -> bool:
    """Whether it came by a deposit, which everybody sees."""
    came = note.origin is NoteOrigin.DEPOSIT or note.depositor is not None
    return came and note.state is not NoteState.VOID


def owner_deposited(known: Known, note: HeldNote, sender: Account) -> bool | None:
    """Whether this account has put money into the pool, as far as book and journal know; None if
    what brought this note's money is not known."""
    book = known.book
    if any(by_deposit(one) and one.depositor == sender.address for one in book.notes):
        return True
    if any(deposits_of(one, book.pool) for one in sent_by(known, sender)):
        return True
    return False if ancestors(book, note)[-1].depositor is not None else None


def ancestors(book: MistBook, note: HeldNote) -> list[HeldNote]:
    """The note, the one that it came of, and so on."""
    by_id = {one.id: one for one in book.notes}
    chain = [note]
    while chain[-1].parent in by_id and len(chain) <= len(by_id):
        chain.append(by_id[chain[-1].parent])
    return chain


def sent_by(known: Known, account: Account) -> Iterator[TxRecord]:
    """What the account has sent from here and may have been paid."""
    return (one for one in known.records if one.account == account.id and one.state not in UNPAID)


def owner_seen(known: Known, sender: Account, nonce: int) -> bool | None:
    """Whether it has done anything but come to be. Its nonce counts what it sent; the first one is
    its own deployment only where that was sent from here, as others can deploy an account, too."""
    kinds = {one.kind for one in sent_by(known, sender)}
    if nonce > 1 or kinds - {TxKind.DEPLOY_ACCOUNT}:
        return True
    return False if nonce == 0 or TxKind.DEPLOY_ACCOUNT in kinds else None


def owner_funded(known: Known, sender: Account) -> bool | None:
    """True if another account of one's own has paid it, or by its user's word. False by that word
    alone, or on the practice chain, where fees come from the faucet."""
    if paid_by_own(known.records, sender):
        return True
    for word in known.book.funding:
        if word.account == sender.address:
            return not word.apart
    return False if known.network.practice else None


def paid_by_own(records: tuple[TxRecord, ...], account: Account) -> bool:
    """Whether another account has paid this one from here, by what was sent or by its receipt."""
    for one in records:
        if one.account == account.id or one.state in UNDONE:
            continue
        moves = one.receipt.transfers if one.receipt is not None else ()
        if one.kind is TxKind.TRANSFER and one.recipient == account.address:
            return True
        if any(move.recipient == account.address for move in moves):
            return True
    return False

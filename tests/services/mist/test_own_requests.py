"""Money that is forwarded to a request of one's own stays in sight: here, after a look, after a
restored backup, and from the secret alone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.journal import TxState
from obsqra_desktop.domain.mist.backup import only_in_a_backup
from obsqra_desktop.domain.mist.book import with_handovers, with_notes
from obsqra_desktop.domain.mist.entries import HandOver, PaymentRequest, RequestState
from obsqra_desktop.domain.mist.errors import UnsafeSpend
from obsqra_desktop.domain.mist.held_notes import (
    HeldNote,
    MistBook,
    NoteOrigin,
    NoteState,
    held_note,
)
from obsqra_desktop.domain.mist.note import Note
from obsqra_desktop.services.mist.ledger import MistLedger
from tests.services.mist.chamber import ReferenceChamber
from tests.services.mist.money_parts import PLENTY, WHOLE, Wallet
from tests.services.mist.parts import drawing, run
from tests.services.mist.pool_chain import PoolChain
from tests.services.mist.world import (
    ALSO_MINE,
    MINE,
    NOW,
    STRANGER,
    TOKEN,
    Person,
    balance,
    digest,
    held,
)
from tests.services.mist.world import NETWORK as WORLD

pytestmark = pytest.mark.native
ODD = 1_234_567_890_123_456_789


# --- as it is sent ---


def test_a_forward_to_ones_own_request_is_a_note_and_no_hand_over(
    wallet: Wallet, pool_chain: PoolChain, payer: Account
) -> None:
    other = wallet.account("other", 2)
    given = run(wallet.money.new_request(None, other.address, label="to myself"))
    deposited = wallet.deposit(payer)
    result = wallet.done(run(wallet.money.plan_forward(None, deposited.id, given.text, ODD)))
    assert result.accepted
    assert result.hand_over is None
    assert wallet.book.handovers == ()
    notes = {(one.owner, one.amount, one.origin): one for one in wallet.unspent()}
    assert notes.keys() == {
        (payer.address, 10 * WHOLE - ODD, NoteOrigin.CHANGE),
        (other.address, ODD, NoteOrigin.RECEIVED),
    }
    received = notes[other.address, ODD, NoteOrigin.RECEIVED]
    assert (received.index, received.parent) == (given.request.index, deposited.id)
    assert received.label == "to myself"
    assert received.leaf in pool_chain.ledger.leaves
    assert wallet.done(run(wallet.money.plan_withdraw(None, received.id))).accepted
    assert pool_chain.ledger.balance(other.address) == PLENTY + ODD


def test_one_request_of_ones_own_is_not_paid_the_same_twice(wallet: Wallet, payer: Account) -> None:
    """Another amount is a note of its own under the same key."""
    given = run(wallet.money.new_request(None, payer.address))
    one, two = (wallet.deposit(payer) for _ in range(2))
    assert wallet.done(run(wallet.money.plan_forward(None, one.id, given.text, 3 * WHOLE))).accepted
    with pytest.raises(UnsafeSpend, match="only one of the two"):
        wallet.prepared(run(wallet.money.plan_forward(None, two.id, given.text, 3 * WHOLE)))
    assert wallet.done(run(wallet.money.plan_forward(None, two.id, given.text, 4 * WHOLE))).accepted
    paid = {note.amount: note.state for note in wallet.book.notes if note.forwarded}
    assert paid == {3 * WHOLE: NoteState.UNSPENT, 4 * WHOLE: NoteState.UNSPENT}


def test_nor_while_the_first_payment_is_on_its_way(
    wallet: Wallet, pool_chain: PoolChain, payer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = run(wallet.money.new_request(None, payer.address))
    notes = wallet.deposit(payer), wallet.deposit(wallet.account("other", 3))
    drafts = [
        wallet.prepared(run(wallet.money.plan_forward(None, one.id, given.text, WHOLE)))
        for one in notes
    ]
    monkeypatch.setattr(pool_chain, "run", lambda _signed: None)  # it waits
    record = run(wallet.money.send(drafts[0])).record
    assert [one.state for one in wallet.book.notes if one.forwarded] == [NoteState.AWAITED]
    with pytest.raises(UnsafeSpend, match="on its way"):
        run(wallet.money.send(drafts[1]))
    wallet.journal.update(record.model_copy(update={"state": TxState.EXPIRED}))
    run(MistLedger(wallet.parts).settle(run(wallet.parts.place(None))))
    assert [one.state for one in wallet.book.notes if one.forwarded] == [NoteState.VOID]
    with pytest.raises(UnsafeSpend, match="on its way"):  # a node may have kept it back
        run(wallet.money.send(drafts[1]))


def test_one_that_reverted_can_be_made_again_from_any_note(
    wallet: Wallet, pool_chain: PoolChain, payer: Account
) -> None:
    given = run(wallet.money.new_request(None, payer.address))
    one, two = (wallet.deposit(payer) for _ in range(2))
    pool_chain.latest_root_only = True
    pool_chain.before_run = lambda: pool_chain.stranger() and None  # in front of it
    assert not wallet.done(
        run(wallet.money.plan_forward(None, one.id, given.text, 3 * WHOLE))
    ).accepted
    (void,) = [note for note in wallet.book.notes if note.forwarded]
    assert (void.state, void.made_in) == (NoteState.VOID, None)
    pool_chain.before_run = lambda: None
    assert wallet.done(run(wallet.money.plan_forward(None, two.id, given.text, 3 * WHOLE))).accepted
    (there,) = [note for note in wallet.book.notes if note.forwarded]
    assert (there.id, there.state, there.parent) == (void.id, NoteState.UNSPENT, two.id)


def test_one_with_many_digits_is_said_to_be_only_in_a_backup(
    wallet: Wallet, payer: Account
) -> None:
    """Nothing on chain tells how a note was divided, so neither part is found without it."""
    given = run(wallet.money.new_request(None, payer.address))
    deposited = wallet.deposit(payer)
    wallet.done(run(wallet.money.plan_forward(None, deposited.id, given.text, ODD)))
    lost = only_in_a_backup(wallet.book, {STRK.address: 18})
    assert {one.amount for one in lost} == {ODD, 10 * WHOLE - ODD}
    short = wallet.deposit(payer)
    wallet.done(run(wallet.money.plan_forward(None, short.id, given.text, 3 * WHOLE)))
    assert only_in_a_backup(wallet.book, {STRK.address: 18}) == lost


# --- as it is found ---


def as_note(person: Person, entry: HeldNote, request: PaymentRequest, amount: int) -> MistBook:
    """What the program writes down."""
    note = Note(person.keys.claiming_key(request.index), request.owner, entry.token, amount)
    made = held_note(note, digest, NoteOrigin.RECEIVED, NOW, index=request.index, parent=entry.id)
    return with_notes(person.book, (made,))


def as_hand_over(person: Person, entry: HeldNote, request: PaymentRequest, amount: int) -> MistBook:
    """What an earlier one wrote, and what is written where the request is not in the book."""
    made = HandOver(
        id="0123456789ab",
        note=entry.id,
        secret=request.secret,
        leaf=digest(request.secret, entry.token, amount),
        token=entry.token,
        amount=amount,
        made_at=NOW,
    )
    return with_handovers(person.book, made)


def to_oneself(person: Person, written: Callable[..., MistBook], amount: int = ODD) -> None:
    """Ten are deposited and divided: one part to a request of one's own, the rest is change."""
    request = person.request(amount, ALSO_MINE)
    entry = person.deposit(10 * WHOLE)
    person.scan()
    book = written(person, entry, request, amount)
    person.change(lambda _: book)
    person.forward(entry, amount, request.secret)


WRITTEN = pytest.mark.parametrize("written", [as_note, as_hand_over])
ALL = {
    (ALSO_MINE, TOKEN, ODD): NoteState.UNSPENT,
    (MINE, TOKEN, 10 * WHOLE - ODD): NoteState.UNSPENT,
}


@WRITTEN
def test_a_look_finds_what_was_forwarded_to_oneself(
    person: Person, written: Callable[..., MistBook]
) -> None:
    to_oneself(person, written)
    book = person.scan().book
    assert held(book) == ALL
    assert [one.state for one in book.requests] == [RequestState.PAID]
    (received,) = [one for one in book.notes if one.forwarded]
    assert received.watched
    person.withdraw(received, WHOLE, ALSO_MINE)
    assert person.scan().book.missing == ()
    assert balance(person.book) == 9 * WHOLE


@WRITTEN
def test_a_restored_backup_has_it_too(
    person: Person, tmp_path: Path, written: Callable[..., MistBook]
) -> None:
    to_oneself(person, written)
    saved = person.book  # not looked at since
    heir = Person(tmp_path / "heir", person.chain, person.addresses, b"another")
    run(heir.notes.bring_back(drawing(person.seed)(32), None, (saved,)))
    report = run(heir.scans.recover(WORLD, heir.keys, tokens=(STRK,)))
    assert held(report.book) == ALL
    assert [one.state for one in report.book.requests] == [RequestState.PAID]


def test_the_secret_alone_finds_it_by_few_digits(person: Person, tmp_path: Path) -> None:
    to_oneself(person, as_note, 3 * WHOLE)
    heir = Person(tmp_path / "heir", person.chain, person.addresses, b"another")
    run(heir.notes.bring_back(drawing(person.seed)(32), None, ()))
    report = run(heir.scans.recover(WORLD, heir.keys, tokens=(STRK,)))
    assert held(report.book) == held(person.scan().book)
    assert len(held(report.book)) == 2


def test_one_that_an_earlier_look_has_missed_is_there_and_said_to_be_unchecked(
    person: Person,
) -> None:
    """The blocks since may have its spend, from another computer; a look at all of them tells."""
    request = person.request()
    entry = person.deposit(10 * WHOLE)
    person.scan()
    person.forward(entry, ODD, request.secret)
    book = person.scan().book
    person.change(lambda _: as_hand_over(person, entry, request, ODD))
    assert held(book) == {(MINE, TOKEN, 10 * WHOLE - ODD): NoteState.UNSPENT}
    book = person.scan().book
    assert held(book)[MINE, TOKEN, ODD] is NoteState.UNCHECKED
    book = run(person.scans.recover(WORLD, person.keys, tokens=(STRK,))).book
    assert held(book)[MINE, TOKEN, ODD] is NoteState.UNSPENT


def test_a_hand_over_for_somebody_else_stays_one(
    person: Person, chain: ReferenceChamber, tmp_path: Path
) -> None:
    other = Person(tmp_path / "other", chain, (STRANGER,), b"other")
    request = other.request(ODD, STRANGER)
    entry = person.deposit(10 * WHOLE)
    person.scan()
    person.change(lambda _: as_hand_over(person, entry, request, ODD))
    person.forward(entry, ODD, request.secret)
    assert held(person.scan().book) == {(MINE, TOKEN, 10 * WHOLE - ODD): NoteState.UNSPENT}
    assert held(other.scan().book) == {(STRANGER, TOKEN, ODD): NoteState.UNSPENT}

"""Labels that cannot be, and a book that is full: told in words, before anything is taken."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import STRK, Token
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.book import ROOM, again, label_from
from obsqra_desktop.domain.mist.entries import (
    HandOver,
    PaymentRequest,
    PlanKind,
    PlanState,
    WaitingPlan,
)
from obsqra_desktop.domain.mist.fields import MAX_LABEL
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook, NoteOrigin, NoteState
from obsqra_desktop.domain.mist.note import Note
from tests.services.mist.money_parts import NOW, WHOLE, Wallet
from tests.services.mist.parts import request_text, run
from tests.services.mist.pool_chain import digest

BAD_WORDS = ["x" * (MAX_LABEL + 1), "a\tb", "a\nb", "pay\u202eolleh", "nul\0", "\ud800"]
IDS = ["long", "tab", "two lines", "turned", "nul", "surrogate"]


@pytest.mark.parametrize("words", BAD_WORDS, ids=IDS)
def test_a_label_that_cannot_be_is_refused_in_words(
    wallet: Wallet, payer: Account, words: str
) -> None:
    """Wherever one is typed; no key was taken for it and the book is as before."""
    held = wallet.deposit(payer)
    before = wallet.book
    money = wallet.money
    for step in (
        lambda: run(money.edit_note(None, held.id, words)),
        lambda: wallet.plan_deposit(payer, label=words),
        lambda: run(money.plan_split(None, held.id, WHOLE, label=words)),
        lambda: run(money.new_request(None, payer.address, label=words)),
    ):
        with pytest.raises(InvalidInput, match="label"):
            step()
    assert wallet.book == before


def test_spaces_around_a_label_are_nobodys_meaning(wallet: Wallet, payer: Account) -> None:
    held = wallet.deposit(payer, label="  rent ")
    assert held.label == "rent"
    book = run(wallet.money.edit_note(None, held.id, " \t" + "y" * MAX_LABEL + " "))
    assert book.notes[0].label == "y" * MAX_LABEL
    assert run(wallet.money.edit_note(None, held.id, "")).notes[0].label == ""
    assert run(wallet.money.new_request(None, payer.address, label=" a ")).request.label == "a"


def test_what_an_account_holds_is_read_in_the_tokens_own_unit(
    wallet: Wallet, payer: Account
) -> None:
    assert run(wallet.money.balance(payer, STRK)) == wallet.chain.ledger.balance(payer.address)
    with pytest.raises(InvalidInput, match="no token contract"):
        run(wallet.money.balance(payer, Token("X", "X", 0xBAD, 6)))  # nobody says what a unit is


@given(st.text(max_size=MAX_LABEL + 10))
def test_whatever_is_taken_is_a_label_of_the_book(words: str) -> None:
    """What is let through is what the book's own rule takes, and nothing else is refused."""

    def fits(text: str) -> bool:
        try:
            PaymentRequest(id="0" * 12, index=0, owner=2, secret=1, made_at=0, label=text)
        except ValueError:
            return False
        return True

    try:
        assert fits(label_from(words))
    except InvalidInput:
        assert not fits(words.strip())


# --- a book that is full ---


SMALL = 8


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A book that holds little, as a full one takes a minute to fill."""
    for name, (_, what) in ROOM.items():
        monkeypatch.setitem(ROOM, name, (SMALL, what))


def test_a_book_has_the_room_that_its_file_has() -> None:
    """What is said before a step is what the book's own rule takes."""
    for name, (most, _) in ROOM.items():
        field = MistBook.model_fields[name]
        assert [one.max_length for one in field.metadata if hasattr(one, "max_length")] == [most]
    note = WaitingPlan(
        id="0" * 12,
        note="1" * 12,
        kind=PlanKind.REWRAP,
        leaves_at_start=0,
        leaves_wanted=1,
        made_at=0,
    )
    many = tuple(note.model_copy(update={"id": f"{at:012x}"}) for at in range(ROOM["plans"][0] + 1))
    book = MistBook(chain_id=1, pool=2)
    assert len(again(book, plans=many[1:]).plans) == ROOM["plans"][0]
    with pytest.raises(InvalidInput, match="4,000 waiting plans"):
        again(book, plans=many)


def filled(wallet: Wallet, step: Callable[[MistBook], MistBook]) -> MistBook:
    return run(wallet.notes.change(wallet.keys, step))


def a_note(wallet: Wallet, owner: int, number: int) -> HeldNote:
    return HeldNote(
        id=f"{number:012x}",
        index=number,
        owner=owner,
        token=2,
        amount=1,
        leaf=number,
        origin=NoteOrigin.FOUND,
        state=NoteState.SPENT,
        made_at=NOW,
    )


def test_a_book_full_of_notes_lets_them_out_and_none_in(
    small: None, wallet: Wallet, payer: Account
) -> None:
    held = wallet.deposit(payer)
    others = SMALL - 1

    def step(book: MistBook) -> MistBook:
        more = tuple(a_note(wallet, payer.address, 10 + at) for at in range(others))
        return again(book, notes=(*book.notes, *more), next_index=10 + others)

    counter = filled(wallet, step).next_index
    plan = wallet.plan_deposit(payer)
    partly = run(wallet.money.plan_withdraw(None, held.id, WHOLE))
    request = request_text(digest(Note(5, payer.address, 2, 1).claiming_key, payer.address))
    some = run(wallet.money.plan_forward(None, held.id, request, WHOLE))
    for one in (plan, partly, some, run(wallet.money.plan_rewrap(None, held.id))):
        with pytest.raises(InvalidInput, match="8 notes"):
            wallet.prepared(one)
    assert wallet.book.next_index == counter
    assert wallet.done(run(wallet.money.plan_withdraw(None, held.id))).accepted


def test_a_book_full_of_requests_makes_none(small: None, wallet: Wallet, payer: Account) -> None:
    def step(book: MistBook) -> MistBook:
        more = tuple(
            PaymentRequest(id=f"{at:012x}", index=at, owner=2, secret=at + 1, made_at=NOW)
            for at in range(SMALL)
        )
        return again(book, requests=more, next_index=SMALL)

    counter = filled(wallet, step).next_index
    with pytest.raises(InvalidInput, match="8 payment requests"):
        run(wallet.money.new_request(None, payer.address))
    assert wallet.book.next_index == counter


def test_a_book_full_of_hand_overs_makes_none(small: None, wallet: Wallet, payer: Account) -> None:
    held = wallet.deposit(payer)

    def step(book: MistBook) -> MistBook:
        more = tuple(
            HandOver(
                id=f"{at:012x}", note=held.id, secret=1, leaf=at, token=2, amount=1, made_at=NOW
            )
            for at in range(SMALL)
        )
        return again(book, handovers=more)

    counter = filled(wallet, step).next_index
    plan = run(wallet.money.plan_forward(None, held.id, request_text(77), WHOLE))
    with pytest.raises(InvalidInput, match="8 hand-overs"):
        wallet.prepared(plan)
    assert wallet.book.next_index == counter


def test_waiting_plans_that_are_over_make_room(small: None, wallet: Wallet, payer: Account) -> None:
    """Given up, or of a spent note; what is open, or may still fail, stays."""
    held = wallet.deposit(payer)
    gone = a_note(wallet, payer.address, 1)

    def waits(at: int, note: str, state: PlanState) -> WaitingPlan:
        return WaitingPlan(
            id=f"{at:012x}",
            note=note,
            kind=PlanKind.REWRAP,
            leaves_at_start=0,
            leaves_wanted=1,
            state=state,
            made_at=NOW,
        )

    kept = (waits(1, held.id, PlanState.WAITING), waits(2, held.id, PlanState.DONE))
    over = [waits(3 + at, held.id, PlanState.DROPPED) for at in range(3)]
    over += [waits(5000 + at, gone.id, PlanState.DONE) for at in range(2)]
    over += [waits(9000, gone.id, PlanState.WAITING)]
    filled(
        wallet,
        lambda book: again(
            book, notes=(*book.notes, gone), plans=(*kept, *over), next_index=book.next_index + 1
        ),
    )
    assert len(wallet.book.plans) == SMALL
    run(wallet.money.keep_waiting(run(wallet.money.plan_rewrap(None, held.id)), 1))
    assert [one.id for one in wallet.book.plans[:-1]] == [one.id for one in kept]
    assert len(wallet.book.plans) == len(kept) + 1

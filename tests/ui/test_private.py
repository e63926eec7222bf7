"""Private money in the window: what is shown, what is asked, and what never happens by itself."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget

from obsqra_desktop.domain.amounts import STRK, format_amount
from obsqra_desktop.domain.chain_errors import NodeUnreachable
from obsqra_desktop.domain.chain_types import VaultMethod
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.counts import CountedAmount, CountedDeposits
from obsqra_desktop.domain.mist.entries import HandOverState
from obsqra_desktop.domain.mist.errors import KeyDataDamaged
from obsqra_desktop.domain.mist.held_notes import NoteState
from obsqra_desktop.domain.mist.pool import TRUST_NOTES, PoolIdentity
from obsqra_desktop.domain.mist.privacy import MistAction, Situation
from obsqra_desktop.flows.private import PrivateNeed
from obsqra_desktop.flows.send import Step
from obsqra_desktop.services.mist.steps import MistStep
from obsqra_desktop.ui.format import HIDDEN, at_most, minute
from obsqra_desktop.ui.models.notes import NotesModel, amount_text
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.checklist import Mark
from obsqra_desktop.ui.widgets.private.owners import choose_owner, owner_in, wants_fresh
from obsqra_desktop.ui.widgets.private.spend import ACTIONS, SpendForm
from obsqra_desktop.ui.window import ACCOUNT
from tests.ui import private as by_hand
from tests.ui.conftest import Driver
from tests.ui.private import (
    BAD,
    FIRST,
    GOOD,
    MIDDLE,
    ONE,
    SECRET,
    TRUSTED,
    WORDS,
    hand,
    request_text,
)
from tests.ui.wallet import PLAY, Wallet


def actions(ui: Driver, what: object) -> list[tuple[object, ...]]:
    return [one for one in hand(ui).asked if one[0] == what]


# --- a newcomer's way ---


@pytest.mark.parametrize(
    ("scene", "need", "step"),
    [
        (by_hand.private_nobody, PrivateNeed.ACCOUNT, 0),
        (by_hand.private_no_pool, PrivateNeed.POOL, 1),
        (by_hand.private_no_funds, PrivateNeed.FUNDS, 2),
        (by_hand.private_first, PrivateNeed.DEPOSIT, 2),
        (by_hand.private_first_note, PrivateNeed.TAKE_OUT, 3),
        (by_hand.private_notes, PrivateNeed.NOTHING, 3),
    ],
)
def test_the_next_step_is_told(
    pui: Driver,
    wallet: Wallet,
    scene: Callable[[Driver, Wallet], object],
    need: PrivateNeed,
    step: int,
) -> None:
    scene(pui, wallet)
    guide = pui.window.private.view.guide
    assert guide.need is need
    assert guide.isVisible() is (need is not PrivateNeed.NOTHING)
    assert guide.stepper.current == step


def test_a_practice_chain_that_is_down_is_started_in_place(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_down(pui, wallet)
    view = pui.window.private.view
    assert view.guide.need is PrivateNeed.CHAIN
    assert not view.notice.isVisible(), "it is no error"
    assert not view.pool.isVisible()
    pui.click(view.guide.start)
    pui.settle()
    assert view.guide.need is PrivateNeed.ACCOUNT
    assert view.pool.isVisible()
    assert not pui.window.practice_bar.start.isVisible()


def test_a_chain_that_was_started_elsewhere_is_seen(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_down(pui, wallet)
    pui.click(pui.window.practice_bar.start)
    pui.settle()
    assert pui.window.private.view.guide.need is PrivateNeed.ACCOUNT


def test_without_an_account_the_page_leads_there(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_nobody(pui, wallet)
    pui.click(pui.window.private.view.guide.account_button)
    assert pui.window.current == ACCOUNT


def test_keys_are_opened_in_place(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_locked(pui, wallet)
    view = pui.window.private.view
    assert view.guide.need is PrivateNeed.UNLOCK
    assert not view.notes.isVisible()
    assert not view.deposit.isVisible()
    view.guide.unlock.line.setText("not the passphrase")
    pui.click(view.guide.unlock.button)
    pui.settle()
    assert view.notice.isVisible()
    assert view.guide.unlock.line.text() == ""
    view.guide.unlock.line.setText(WORDS)
    pui.click(view.guide.unlock.button)
    pui.settle()
    assert view.guide.need is PrivateNeed.DEPOSIT
    assert view.deposit.isVisible()
    assert not view.notice.isVisible()


def test_play_money_is_one_click_away(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_no_funds(pui, wallet)
    view = pui.window.private.view
    pui.click(view.guide.faucet)
    pui.settle()
    assert view.guide.need is PrivateNeed.DEPLOY
    assert view.deposit.source.text() == f"Savings · {amount_text(STRK.address, PLAY)}"


def test_a_pool_is_made_and_can_be_stopped(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_making(pui, wallet)
    view = pui.window.private.view
    assert view.pool.words.text() == "Declaring the pool's contracts …"
    pui.click(view.pool.stop_button)
    pui.settle()
    assert not hand(pui).pool
    assert "Stopped" in view.pool.notice.words
    hand(pui).gate.set()
    pui.click(view.pool.make_button)
    pui.settle()
    assert view.pool.address.isVisible()
    assert view.guide.need is PrivateNeed.DEPOSIT


# --- the pool ---


def test_a_changed_pool_is_told_and_taken_only_after_a_second_word(
    pui: Driver, wallet: Wallet
) -> None:
    by_hand.private_changed(pui, wallet)
    pool = pui.window.private.view.pool
    assert pool.chip.text == "changed"
    assert "code changed" in pool.words.text()
    assert not pool.really_button.isVisible()
    pui.click(pool.trust_button)
    assert actions(pui, "trust") == []
    pui.click(pool.really_button)
    pui.settle()
    assert actions(pui, "trust") == [("trust", replace(TRUSTED, class_hash=0xBAD))]
    assert pool.chip.text == "as it was"


def test_only_what_was_shown_is_trusted(pui: Driver, wallet: Wallet) -> None:
    """The contract changes once more between look and click: the new one has to be seen first."""
    by_hand.private_changed(pui, wallet)
    pool = pui.window.private.view.pool
    assert pool.identity.values["code"] == "0xbad"
    assert pool.identity.values["was code"] == "0xc1a55"
    assert "was owner" not in pool.identity.values
    hand(pui).identity = replace(TRUSTED, class_hash=0xBAD, owner=0xE71)
    pui.click(pool.trust_button)
    pui.click(pool.really_button)
    pui.settle()
    assert actions(pui, "trust") == []
    assert "changed again" in pui.window.private.view.notice.words
    assert pool.identity.values["owner"].lower().endswith("e71")
    assert not pool.really_button.isVisible()
    pui.click(pool.trust_button)
    pui.click(pool.really_button)
    pui.settle()
    assert actions(pui, "trust") == [("trust", replace(TRUSTED, class_hash=0xBAD, owner=0xE71))]


@pytest.mark.parametrize(
    ("identity", "shown"),
    [
        (replace(TRUSTED, verifier=0, verifier_class=None), ""),
        (replace(TRUSTED, verifier_class=None), "7e51f1e4"),
    ],
    ids=["who", "its code"],
)
def test_what_the_contract_does_not_tell_is_not_called_unchanged(
    pui: Driver, wallet: Wallet, identity: PoolIdentity, shown: str
) -> None:
    hand(pui).identity = hand(pui).trusted = identity
    by_hand.private_notes(pui, wallet)
    pool = pui.window.private.view.pool
    assert pool.chip.text == "not all told"
    assert "verifier" in pool.words.text()
    assert pool.identity.values["verifier"].lower().endswith(shown)
    assert pool.identity.values["verifier's code"] == ""


def test_damaged_key_data_is_told_when_the_page_opens(pui: Driver, wallet: Wallet) -> None:
    """What the node tells of the pool stays in sight; the word goes when it is mended."""
    pool = pui.window.private.view.pool
    hand(pui).damage = KeyDataDamaged("proving_key.bin is missing.", hint="Install it again.")
    by_hand.private_notes(pui, wallet)
    assert pool.damage.isVisible()
    assert "proving_key.bin" in pool.damage.words
    assert pool.chip.text == "as it was"
    hand(pui).damage = None
    pui.click(pool.look_button)
    pui.settle()
    assert not pool.damage.isVisible()


def test_no_node_answers(pui: Driver, wallet: Wallet) -> None:
    hand(pui).error = NodeUnreachable("127.0.0.1:5050 does not answer.", hint="Look at Networks.")
    by_hand.with_book(pui, wallet)
    view = pui.window.private.view
    assert "does not answer" in view.pool.notice.words
    assert view.pool.chip.text == "not known"
    assert view.notes.model.rowCount() == 5, "what is remembered is shown all the same"


# --- notes ---


def test_notes_in_each_state(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_notes(pui, wallet)
    notes = pui.window.private.view.notes
    model = notes.model
    rows = {
        model.facts(row).note.id: [model.index(row, column).data() for column in range(7)]
        for row in range(model.rowCount())
    }
    # 48 leaves, of which 1, 2 and 30 are one's own; its own is at 1. Those from 9 on came in blocks
    # in which deposits were counted; of the others nobody knows what they hold
    since = minute(by_hand.NOW).split()[0]
    assert rows[FIRST] == ["5 STRK", "in the pool", since, "38", "2", "Savings", "Savings"]
    assert rows[f"{2:012x}"][1] == "in the pool, frozen"
    assert rows[f"{3:012x}"][1:5] == ["awaited", "—", "—", "—"]
    assert rows[f"{2:012x}"][2:5] == ["—", "38", "0"], "counted, and nobody: that is no dash"
    assert rows[f"{4:012x}"][1] == "being spent"
    assert rows[f"{6:012x}"][1] == "in the pool, not checked"
    assert f"{5:012x}" not in rows
    pui.click(notes.everything)
    assert model.rowCount() == 6
    assert notes.sum.text() == "17 STRK", "spent and awaited ones are no money in the pool"
    thin = "\N{NARROW NO-BREAK SPACE}"
    assert notes.unchecked.text() == f"Not checked yet: 1{thin}234.567 STRK. Look for notes."
    assert notes.unchecked.isVisible()


def test_after_a_restore_no_figure_claims_what_was_not_looked_up(
    pui: Driver, wallet: Wallet
) -> None:
    """By a backup all of it is there; some of it may be spent since."""
    by_hand.private_notes(pui, wallet)
    page = pui.window.private
    assert page.book is not None
    unknown = {"state": NoteState.UNCHECKED}
    restored = tuple(one.model_copy(update=unknown) for one in page.book.notes[:2])
    page.show_book(page.book.model_copy(update={"notes": restored}))
    notes = page.view.notes
    assert notes.sum.text() == "—"
    assert notes.unchecked.text() == "Not checked yet: 7 STRK. Look for notes."
    known = tuple(one.model_copy(update={"state": NoteState.UNSPENT}) for one in restored)
    page.show_book(page.book.model_copy(update={"notes": known}))
    assert notes.sum.text() == "7 STRK"
    assert not notes.unchecked.isVisible()


def test_how_old_a_note_is_and_among_how_many_others(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_notes(pui, wallet)
    notes = pui.window.private.view.notes
    notes.choose(FIRST)
    words = notes.around.text()
    assert f"since {minute(by_hand.NOW)}, maybe earlier" in words
    assert "45 leaves that are not known to be yours, 44 of them newer" in words
    assert "Of those looked through 38 may hold as much, 38 of them newer" in words
    assert "of its token and amount: 2, since block 900. As of block" in words
    notes.choose(f"{3:012x}")
    assert "is not known yet" in notes.around.text()
    hand = by_hand.hand(pui)
    assert hand.book is not None
    hand.book = hand.book.model_copy(update={"deposits": None})
    pui.window.private.show_book(hand.book)
    notes.choose(FIRST)
    assert "How many others deposited its token and amount is not known." in notes.around.text()


def test_the_table_shows_what_the_level_counts_and_says_so(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_notes(pui, wallet)
    page = pui.window.private
    model, book = page.view.notes.model, page.book
    assert book is not None
    assert book.deposits is not None

    def cell(column: int, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> object:
        return model.data(model.index(model.row_of(FIRST), column), role)

    def newer(*deposits: CountedAmount) -> object:
        counted = CountedDeposits(since=0, upto=1204, amounts=deposits)
        page.show_book(book.model_copy(update={"deposits": counted}))
        return cell(NotesModel.NEWER)

    assert newer() == "44"
    seen = tuple((place, 950) for place in range(11, 21))
    equal = CountedAmount(token=STRK.address, amount=5 * ONE, seen=seen)
    assert newer(equal) == "44"
    assert cell(NotesModel.EQUAL) == "10"
    assert newer(equal.model_copy(update={"amount": 5 * ONE - 1})) == "34"
    assert cell(NotesModel.EQUAL) == "0"
    assert newer(equal.model_copy(update={"token": 7})) == "34"
    page.show_book(book.model_copy(update={"deposits": None}))
    assert cell(NotesModel.NEWER) == "—", "nobody looked whether they could be the source"
    for column, words in (
        (NotesModel.NEWER, "came after it and may hold as much"),
        (NotesModel.EQUAL, "of exactly its token and amount"),
    ):
        heading = model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        assert words in str(heading)
        assert "The privacy level counts the same" in str(heading)
        assert heading == cell(column, Qt.ItemDataRole.ToolTipRole)


def test_what_stays_with_the_sender_is_told_and_a_fresh_account_is_one_click(
    pui: Driver, wallet: Wallet
) -> None:
    """The account that sends has put nothing in: what stays is proposed for it, and why is said."""
    by_hand.chosen(pui, wallet, MistAction.WITHDRAW)
    form = pui.window.private.view.spend
    assert form.held is not None
    assert owner_in(form.owner) == form.held.owner
    assert form.fresh.isVisible()
    assert "two withdrawals by it belong together for everybody" in form.fresh.words.text()
    assert "first STRK do not come from an account of yours" in form.fresh.words.text()
    pui.click(form.all)
    assert not form.fresh.isVisible(), "nothing stays"
    pui.click(form.all)
    pui.click(form.fresh.button)
    pui.settle()
    assert form.owner.currentText() == "private 1"
    assert owner_in(form.owner) != form.held.owner
    assert not form.fresh.isVisible()


def deposited_by_its_owner(ui: Driver, wallet: Wallet) -> SpendForm:
    """The first note, whose owner has put its money in."""
    by_hand.private_rest(ui, wallet)
    form = ui.window.private.view.spend
    form.amount.text.clear()
    return form


def test_what_stays_of_a_depositors_note_is_proposed_for_a_fresh_account(
    pui: Driver, wallet: Wallet
) -> None:
    form = deposited_by_its_owner(pui, wallet)
    assert form.held is not None
    assert wants_fresh(form.owner)
    assert owner_in(form.owner) is None
    assert form.owner.currentText() == "A fresh account, made for it"
    words = form.fresh.words.text()
    assert words.startswith("The account that sends has put money in")
    assert "STRK from an account of yours links the two" in words
    assert not form.fresh.button.isVisible(), "that is chosen already"
    assert not actions(pui, "spare"), "nothing is made before it is planned"

    form.amount.text.setText("2")
    pui.click(form.button)
    pui.settle()
    assert len(actions(pui, "spare")) == 1
    page = pui.window.private
    (made,) = [one for one in page.accounts if one.label == "private 1"]
    assert page.steps.flow.plan is not None
    assert page.steps.flow.step is Step.CHECK
    assert page.steps.check.names[made.address] == "private 1", "by its name, not its address"

    page.steps.go_back()
    pui.settle()
    page.view.notes.choose(FIRST)
    pui.pause()
    assert wants_fresh(form.owner), "the choice stays with its note"
    assert choose_owner(form.owner, form.held.owner)
    assert form.fresh.words.text().startswith("What stays would belong to the account that sends")
    assert "each withdrawal by it points at that" in form.fresh.words.text()
    assert form.fresh.button.isVisible()
    form.amount.text.setText("2")
    pui.click(form.button)
    pui.settle()
    assert len(actions(pui, "spare")) == 1, "the word of whoever chose another one counts"


def test_a_step_that_leaves_nothing_makes_no_account(pui: Driver, wallet: Wallet) -> None:
    form = deposited_by_its_owner(pui, wallet)
    pui.click(form.all)
    pui.click(form.button)
    pui.settle()
    assert not actions(pui, "spare")
    assert pui.window.private.steps.flow.step is Step.CHECK


def test_another_note_brings_its_own_proposal(pui: Driver, wallet: Wallet) -> None:
    form = deposited_by_its_owner(pui, wallet)
    notes = pui.window.private.view.notes
    assert wants_fresh(form.owner)
    notes.choose(f"{2:012x}")
    pui.pause()
    assert form.held is not None
    assert owner_in(form.owner) == form.held.owner, "that one has put nothing in"
    notes.choose(FIRST)
    pui.pause()
    assert wants_fresh(form.owner)


def test_another_note_is_asked_for_anew(pui: Driver, wallet: Wallet) -> None:
    by_hand.chosen(pui, wallet, MistAction.FORWARD)
    form, notes = pui.window.private.view.spend, pui.window.private.view.notes
    book = hand(pui).book
    assert book is not None
    main, other = book.notes[0].owner, book.notes[1].owner
    assert choose_owner(form.owner, other)
    assert not form.fresh.isVisible(), "nobody saw that one act"
    form.label.setText("Rent")
    pui.click(form.all)
    notes.choose(FIRST)
    assert (form.chosen, owner_in(form.owner)) == (MistAction.FORWARD, other), "the same note"

    notes.choose(f"{2:012x}")
    assert form.chosen is MistAction.WITHDRAW
    assert owner_in(form.owner) == other, "the owner of this note"
    assert form.fresh.isVisible()
    assert "belongs to the account that sends" in form.fresh.words.text()
    assert not form.all.isChecked()
    assert (form.amount.text.text(), form.request.text(), form.label.text()) == ("", "", "")

    assert choose_owner(form.owner, main)
    assert form.fresh.isVisible(), "it has spent a note, for everybody to see"
    assert "has acted in the pool before" in form.fresh.words.text()

    notes.choose(FIRST)
    assert owner_in(form.owner) == main
    assert "belongs to the account that sends" in form.fresh.words.text()


def test_an_open_step_is_looked_at_when_the_page_is_opened(pui: Driver, wallet: Wallet) -> None:
    """As after a crash and "Send the same again": the notes follow, and nothing is pressed."""
    by_hand.private_notes(pui, wallet)
    page, made = pui.window.private, hand(pui)
    assert actions(pui, "settle")
    assert made.book is not None
    notes = tuple(
        one.model_copy(update={"state": NoteState.SPENT})
        if one.state is NoteState.SPENDING
        else one.model_copy(update={"state": NoteState.UNSPENT, "position": 9})
        if one.state is NoteState.AWAITED
        else one
        for one in made.book.notes
    )
    made.settled = made.book.model_copy(update={"notes": notes})
    page.on_shown()
    pui.settle()
    states = {one.state for one in page.book.notes} if page.book is not None else set()
    assert NoteState.SPENDING not in states
    assert NoteState.AWAITED not in states
    made.asked.clear()
    page.on_shown()
    pui.settle()
    assert not actions(pui, "settle"), "nothing is open any more"


@pytest.mark.parametrize(
    ("action", "rows"),
    [
        (
            MistAction.WITHDRAW,
            {
                "Amount": "2 STRK",
                "To": "Savings",
                "Stays yours": "3 STRK",
                "Owner of what stays": "Savings",
                "Label, kept here only": "Rent",
                "Not told by the proof": (
                    "which note it was, that 3 STRK stay, and whose they are"
                ),
            },
        ),
        (MistAction.FORWARD, {"Sent by": "Savings", "Amount": "2 STRK", "Stays yours": "3 STRK"}),
        (
            MistAction.SPLIT,
            {
                "Not told by the proof": (
                    "which note it was, the amounts, and whose the new notes are"
                )
            },
        ),
    ],
)
def test_a_check_says_what_from_whom_to_whom_and_whose_it_is(
    pui: Driver, wallet: Wallet, action: MistAction, rows: dict[str, str]
) -> None:
    by_hand.chosen(pui, wallet, action)
    form, check = pui.window.private.view.spend, pui.window.private.steps.check
    form.label.setText("Rent")
    pui.window.resize(1024, 700)
    pui.click(form.button)
    pui.settle()
    told = dict(check.what.rows)
    assert {key: told.get(key) for key in rows} == rows
    if action is MistAction.FORWARD:
        paid = form.request.text()
        assert told["To"] == f"payment request {paid[:14]}…{paid[-8:]}"
        assert "2 STRK" not in told["Everybody sees"], "an amount inside the pool is hidden"
        assert told["Not told by the proof"] == (
            "which note it was, the amounts, and who gets them"
        )
    assert "Hidden" not in told, "with few leaves of others the note can be told all the same"
    assert check.work.title.text() == "Proof and fee"
    pui.pause()
    shown = check.what.visibleRegion().boundingRect()
    assert shown.height() == check.what.height(), "all of it is above the fold"


def test_a_deposit_says_whose_the_note_is_and_has_no_proof(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_notes(pui, wallet)
    form, check = pui.window.private.view.deposit, pui.window.private.steps.check
    form.amount.text.setText("10")
    form.label.setText("First")
    pui.click(form.button)
    pui.settle()
    told = dict(check.what.rows)
    assert told["From"] == told["Owner of the note"] == "Savings"
    assert told["Label, kept here only"] == "First"
    assert "10 STRK" in told["Everybody sees"]
    assert not any("10 STRK" in told.get(key, "") for key in ("Hidden", "Stays yours"))
    assert check.work.title.text() == "Fee"


def test_where_nothing_stays_nobody_is_asked_whose_it_is(pui: Driver, wallet: Wallet) -> None:
    by_hand.chosen(pui, wallet, MistAction.WITHDRAW)
    form = pui.window.private.view.spend
    assert form.rows["owner"].isVisible()
    pui.click(form.all)
    assert not form.rows["owner"].isVisible()
    assert not form.rows["label"].isVisible()
    by_hand.pick(pui, MistAction.FORWARD)
    assert not form.rows["owner"].isVisible()
    assert form.rows["label"].isVisible(), "of what is handed over"
    by_hand.pick(pui, MistAction.SPLIT)
    assert form.rows["owner"].isVisible(), "a split keeps both"
    assert form.rows["amount"].isVisible()


def test_a_sender_that_is_not_deployed_is_told_before_proving_and_deployed_in_place(
    pui: Driver, wallet: Wallet
) -> None:
    by_hand.chosen(pui, wallet, MistAction.WITHDRAW)
    page = pui.window.private
    form, sender = page.view.spend, page.account
    assert sender is not None
    del wallet.ledger.deployed[sender.address]
    wallet.ledger.balances[sender.address] = 0
    pui.click(form.button)
    pui.settle()
    assert page.steps.flow.step is Step.CHOOSE, "there is nothing to check or to prove"
    assert form.undeployed.isVisible()
    assert form.undeployed.words.startswith("Savings sends this, and is not on the chain yet")
    assert form.undeployed.button.isVisible()
    assert not form.undeployed.visibleRegion().isEmpty(), "in sight"
    pui.click(form.undeployed.button)
    pui.settle()
    assert sender.address in wallet.ledger.deployed
    assert not form.undeployed.isVisible()
    pui.click(form.button)
    pui.settle()
    assert page.steps.flow.step is Step.CHECK


def test_on_a_real_network_the_account_page_deploys_the_sender(
    pui: Driver, wallet: Wallet, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_hand.chosen(pui, wallet, MistAction.WITHDRAW)
    page = pui.window.private
    monkeypatch.setattr(type(page), "practice", False)
    assert page.account is not None
    del wallet.ledger.deployed[page.account.address]
    pui.click(page.view.spend.button)
    pui.settle()
    notice, network = page.view.spend.undeployed, wallet.services.networks.network().id
    owner, other = page.account, wallet.services.accounts.listing(network)[0]
    assert other.address != owner.address
    wallet.services.accounts.select(other)
    assert notice.button.text() == "Make it the account in use"
    assert "the button makes Savings that one" in notice.words
    now = wallet.services.accounts.selected(network)
    assert now is not None
    assert now.address == other.address, "before it is pressed nothing is switched"
    pui.click(notice.button)
    pui.settle()
    assert pui.window.stack.currentWidget() is pui.window.page(ACCOUNT)
    now = wallet.services.accounts.selected(network)
    assert now is not None
    assert now.address == owner.address, "as the button says"
    assert owner.address not in wallet.ledger.deployed, "nothing was sent from here"


def test_the_word_on_fees_is_shown_as_it_is_kept(
    pui: Driver, wallet: Wallet, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_hand.chosen(pui, wallet, MistAction.WITHDRAW)
    page = pui.window.private
    box = page.view.spend.fees
    assert not box.isVisible(), "on the practice chain nobody is asked"
    monkeypatch.setattr(type(page), "practice", False)
    page.view.notes.clear_choice()
    page.view.notes.choose(FIRST)
    assert box.isVisible()
    assert not box.apart.isChecked()
    pui.click(box.apart)
    pui.settle()
    assert box.apart.isChecked()
    pui.click(box.apart)
    pui.settle()
    assert not box.apart.isChecked()
    hand = by_hand.hand(pui)
    assert hand.book is not None
    owner = hand.book.notes[0].owner
    assert [one for one in hand.asked if one[0] == "fees"] == [
        ("fees", owner, True),
        ("fees", owner, False),
    ]
    hand.refusal = InvalidInput("another account of yours has paid it")
    pui.click(box.apart)
    pui.settle()
    assert not box.apart.isChecked()
    assert "has paid it" in page.view.notice.words


def test_a_deposit_for_the_account_that_pays_says_so(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_notes(pui, wallet)
    form = pui.window.private.view.deposit
    assert form.linked.isVisibleTo(form)
    form.request.setText("mist1:somebody")
    assert not form.linked.isVisibleTo(form)
    form.request.clear()
    assert form.linked.isVisibleTo(form)
    form.owner.setCurrentIndex(1 - form.owner.currentIndex())
    assert not form.linked.isVisibleTo(form)


def test_a_label_and_freezing(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_notes(pui, wallet)
    notes = pui.window.private.view.notes
    notes.choose(FIRST)
    pui.pause()
    notes.name.setText("Rent")
    pui.click(notes.save)
    pui.settle()
    pui.click(notes.freeze)
    pui.settle()
    assert notes.facts is not None
    assert (notes.facts.note.label, notes.facts.note.frozen) == ("Rent", True)
    assert notes.facts.state == "in the pool, frozen"


def test_looking_shows_how_far_it_is_and_a_gap(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_notes(pui, wallet)
    scan = pui.window.private.view.scan
    hand(pui).gate.clear()
    hand(pui).leaves = 1
    pui.click(scan.deep_button)
    pui.pause()
    assert scan.words.text() == "Look through blocks in which the pool changed 12/40 …"
    assert scan.stop_button.isVisible()
    hand(pui).gate.set()
    pui.settle()
    assert actions(pui, "scan") == [("scan", True)]
    assert scan.words.text() == "6 notes were seen in the pool for the first time."
    assert "old blocks" in scan.notice.words
    assert not scan.stop_button.isVisible()
    assert scan.deep_button.isEnabled()


def test_what_is_not_found_again_is_searched_deeper_with_progress_and_a_stop(
    pui: Driver, wallet: Wallet
) -> None:
    by_hand.private_missing(pui, wallet)
    card = pui.window.private.view.missing
    assert card.sums.text() == "5 STRK, 314.15 STRK"
    assert "newer" in card.words.text()
    assert card.progress.text().startswith("Sum 1 of 2, 6 digits: ")
    pui.click(card.stop_button)
    hand(pui).gate.set()
    pui.settle()
    assert "Stopped" in card.notice.words
    assert not card.stop_button.isVisible()
    pui.click(card.button)
    pui.settle()
    assert actions(pui, "search") == [("search", 6), ("search", 6)]
    assert card.notice.words == "1 note: found again"
    assert card.sums.text() == "314.15 STRK"
    assert "up to 7 digits is tried" in card.words.text()
    pui.click(card.button)
    pui.settle()
    assert actions(pui, "search")[-1] == ("search", 7)
    assert card.isVisible(), "what it has found is said although nothing is missing any more"
    pui.window.private.refresh()
    pui.settle()
    assert not card.isVisible()


def test_missing_sums_hide_with_the_amounts(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_missing(pui, wallet)
    hand(pui).gate.set()
    pui.settle()
    book = hand(pui).book
    card = pui.window.private.view.missing
    card.show_book(book, hide=True)
    assert "314" not in card.sums.text()


# --- steps ---


def test_each_action_asks_for_what_it_needs(pui: Driver, wallet: Wallet) -> None:
    shown = {
        MistAction.WITHDRAW: (True, False, True, True, True),
        MistAction.REWRAP: (False, False, True, False, True),
        MistAction.SPLIT: (True, False, True, False, True),
        MistAction.FORWARD: (True, True, True, True, True),
        MistAction.EMERGENCY: (False, False, False, False, False),
    }
    by_hand.chosen(pui, wallet, MistAction.WITHDRAW)
    form = pui.window.private.view.spend
    for action in (*ACTIONS, MistAction.EMERGENCY):
        by_hand.pick(pui, action)
        assert (
            form.rows["amount"].isVisible(),
            form.rows["request"].isVisible(),
            form.rows["owner"].isVisible(),
            form.all.isVisible(),
            form.wait.isVisible(),
        ) == shown[action], action
        pui.click(form.button)
        pui.settle()
        assert len(actions(pui, action)) == 1
        assert pui.window.private.steps.flow.step is Step.CHECK
        pui.click(pui.window.private.steps.back_button)
        pui.settle()
        form.request.setText(request_text(SECRET))
        pui.window.private.view.notes.choose(FIRST)
        pui.pause()
    assert actions(pui, MistAction.FORWARD)[0][1:] == (FIRST, request_text(SECRET), 2 * ONE)
    assert actions(pui, "send") == []


@pytest.mark.parametrize(
    ("fee", "words"),
    [(1, "0.0001"), (10**14, "0.0001"), (10**14 + 1, "0.0002"), (1_232_246 * 10**12, "1.2323")],
)
def test_a_highest_fee_is_rounded_up(fee: int, words: str) -> None:
    assert at_most(fee) == f"{words} STRK"


@pytest.mark.parametrize("words", ["", "0", "5.1", "many"])
def test_an_amount_that_is_none_is_refused_in_place(
    pui: Driver, wallet: Wallet, words: str
) -> None:
    by_hand.chosen(pui, wallet, MistAction.WITHDRAW)
    form = pui.window.private.view.spend
    form.amount.text.setText(words)
    pui.click(form.button)
    pui.settle()
    assert form.notice.words.startswith("The amount does not fit")
    assert form.amount.text.property("state") == "bad"
    assert form.amount.text.hasFocus()
    assert actions(pui, MistAction.WITHDRAW) == []
    form.amount.text.setText("1")
    assert form.amount.text.property("state") == ""
    assert not form.notice.isVisible(), "it was about what stood there before"


def test_what_does_not_fit_is_told_beside_its_field(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_ready(pui, wallet)
    page = pui.window.private
    form = page.view.deposit
    form.amount.text.setText("1")
    form.request.setText("mist1:nothing")
    hand(pui).misfit = InvalidInput(
        "this is no payment request.", where="request", hint="Ask again"
    )
    pui.click(form.button)
    pui.settle()
    title, words = form.notice.words.split("\n")
    assert title == "The payment request does not fit"
    assert words == "This is no payment request. Ask again"
    assert form.request.property("state") == "bad"
    assert form.request.hasFocus()
    assert not page.view.notice.isVisible(), "not far away as well"
    hand(pui).misfit = NodeUnreachable("No node.")
    pui.click(form.button)
    pui.settle()
    assert page.view.notice.isVisible(), "what is no field's fault stands at the top"


@pytest.mark.parametrize(
    ("situation", "word"), [(BAD, "Exposed"), (MIDDLE, "Linkable"), (GOOD, "Shielded")]
)
def test_the_level_comes_first_with_the_worst_fact(
    pui: Driver, wallet: Wallet, situation: Situation, word: str
) -> None:
    by_hand.planned(pui, wallet, situation)
    steps = pui.window.private.steps
    plan = steps.flow.plan
    assert plan is not None
    assert steps.check.privacy.chip.text == word
    first = steps.check.privacy.facts.itemAt(0)
    assert first is not None
    line = first.widget()
    assert line.accessibleName() == f"{word}: {plan.privacy.facts[0].text}"
    assert steps.check.privacy.suggestions.count() == len(plan.privacy.suggestions) <= 2


def test_proving_can_be_stopped_and_nothing_was_sent(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_proving(pui, wallet)
    steps = pui.window.private.steps
    marks = [row.mark for row in steps.check.steps.values()]
    assert marks == [Mark.DONE, Mark.RUNNING, Mark.WAITING]
    assert not steps.back_button.isEnabled()
    assert not steps.send_button.isVisible()
    assert QApplication.focusWidget() is steps.check.stop_button
    pui.click(steps.check.stop_button)
    pui.settle()
    assert "Nothing was sent" in steps.check.notice.words
    assert [row.mark for row in steps.check.steps.values()][1] is Mark.STOPPED
    assert steps.back_button.isEnabled()
    assert actions(pui, "send") == []


def test_only_the_verb_itself_sends_and_names_what_and_the_fee(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_proved(pui, wallet)
    page = pui.window.private
    assert page.steps.send_button.text().startswith("Withdraw 2 STRK · ")
    assert page.steps.send_button.text().endswith("STRK fee at most")
    assert page.primary_button() is None, "no shortcut may send"
    assert QApplication.focusWidget() is page.steps.back_button
    pui.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    pui.settle()
    assert actions(pui, "send") == []
    pui.click(page.steps.send_button)
    pui.settle()
    assert actions(pui, "send") == [("send", "Withdraw 2 STRK")]
    assert page.steps.do.notice.words.startswith("Done: confirmed by its receipt")
    told = dict(page.steps.do.what.rows)
    assert page.steps.do.what.words.text() == "Withdraw 2 STRK"
    assert told["Amount"] == "2 STRK"
    record = page.steps.flow.result.record if page.steps.flow.result is not None else None
    assert record is not None
    assert record.receipt is not None
    assert told["Fee paid"] == f"{format_amount(record.receipt.actual_fee, 18)} STRK"
    assert "new note in your table" in page.steps.do.notice.words
    assert "final" not in page.steps.do.accepted.note
    pui.click(page.steps.done_button)
    pui.settle()
    assert page.steps.flow.step is Step.CHOOSE
    assert page.isAncestorOf(QApplication.focusWidget()), "the keyboard stays on this page"
    assert actions(pui, "scan") == [("scan", False)], "what came of it is looked for"
    assert page.view.spend.amount.text.text() == "", "nothing is sent twice by a second click"


def test_an_old_fee_is_not_paid(
    pui: Driver, wallet: Wallet, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_hand.private_proved(pui, wallet)
    steps = pui.window.private.steps
    monkeypatch.setattr(steps.flow, "_made_at", steps.flow._made_at - 1000)
    pui.click(steps.send_button)
    pui.settle()
    assert actions(pui, "send") == []
    assert "older than two minutes" in steps.check.notice.words
    assert steps.prove_button.isVisible()
    assert not steps.send_button.isVisible()


def test_uncertain_is_not_failed(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_uncertain(pui, wallet)
    do = pui.window.private.steps.do
    assert "may be under way" in do.notice.words
    assert do.notice.property("kind") == "warn", "nobody knows that it failed"
    assert (do.steps[MistStep.SENDING].right, do.accepted.right) == ("not known", "not known")
    assert do.look.isVisible()
    pui.click(do.look)
    pui.settle()
    assert do.notice.words.startswith("Looked at again")
    assert len(actions(pui, "send")) == 1, "nothing is sent twice"


def test_a_refusal_before_sending_is_told_in_place(pui: Driver, wallet: Wallet) -> None:
    by_hand.planned(pui, wallet, MIDDLE)
    hand(pui).refusal = NodeUnreachable("No node answers. Nothing was sent.")
    steps = pui.window.private.steps
    pui.click(steps.prove_button)
    pui.settle()
    assert "No node answers" in steps.check.notice.words
    assert steps.prove_button.isVisible()


def test_an_emergency_says_what_it_publishes(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_emergency(pui, wallet)
    pui.click(pui.window.private.view.spend.button)
    pui.settle()
    steps = pui.window.private.steps
    assert steps.check.warnings.count() == 1
    pui.click(steps.prove_button)
    pui.settle()
    assert steps.send_button.text().startswith("Publish the key and withdraw · ")
    assert not steps.check.steps[MistStep.SIMULATING].isVisible(), "no node sees the key before"
    pui.until(lambda: not steps.review.isActive())
    assert not steps.send_button.isEnabled(), "it wants a second word"
    pui.click(steps.check.sure)
    assert steps.send_button.isEnabled()
    pui.click(steps.check.sure)
    assert not steps.send_button.isEnabled()


def test_an_emergency_stands_apart_from_the_usual_ways(pui: Driver, wallet: Wallet) -> None:
    """No slip of one segment leads to it, and another note does not begin with it."""
    by_hand.chosen(pui, wallet, MistAction.REWRAP)
    form = pui.window.private.view.spend
    assert len(form.action.group.buttons()) == len(ACTIONS) == 4
    assert MistAction.EMERGENCY not in ACTIONS
    form.action.button(form.action.group.checkedId()).setFocus()
    form.show_emergency(True)
    assert form.emergency_button.hasFocus(), "the keyboard went away with what is hidden"
    assert form.chosen is MistAction.EMERGENCY
    assert "without a proof" in form.what.text()
    assert not form.action.isVisible()
    pui.click(form.emergency_button)
    assert form.chosen is MistAction.REWRAP
    assert form.action.isVisible()
    pui.click(form.emergency_button)
    pui.window.private.view.notes.choose(f"{2:012x}")
    pui.pause()
    assert form.held is not None
    assert form.held.id != FIRST
    assert form.chosen is MistAction.WITHDRAW, "another note begins with the usual way"


def test_a_button_that_was_busy_has_the_keyboard_again(pui: Driver, wallet: Wallet) -> None:
    """With its ring for whoever came by the keyboard, without for whoever clicked."""
    by_hand.chosen(pui, wallet, MistAction.REWRAP)
    button = pui.window.private.view.spend.button
    reason = Qt.FocusReason
    for came, ring in ((reason.TabFocusReason, True), (reason.MouseFocusReason, False)):
        button.clearFocus()
        button.setFocus(came)
        button.set_busy("Looking…")
        assert not button.hasFocus()
        button.set_busy(None)
        assert (button.hasFocus(), button.ring) == (True, ring)


@pytest.mark.parametrize("words", ["", "0", "-3", "1.5", "many", "²", "2000000"])
def test_leaves_to_wait_for_are_a_number(pui: Driver, wallet: Wallet, words: str) -> None:
    by_hand.chosen(pui, wallet, MistAction.WITHDRAW)
    form = pui.window.private.view.spend
    pui.click(form.wait)
    form.leaves.setText(words)
    pui.click(form.button)
    pui.settle()
    assert "whole number" in form.notice.words
    assert actions(pui, "wait") == []


def test_waiting_keeps_a_plan_and_sends_nothing(pui: Driver, wallet: Wallet) -> None:
    by_hand.chosen(pui, wallet, MistAction.WITHDRAW)
    form = pui.window.private.view.spend
    pui.click(form.wait)
    form.leaves.setText("25")
    form.label.setText("for the rent")
    told: list[str] = []
    pui.window.private.said.connect(told.append)
    pui.click(form.button)
    pui.settle()
    assert told == ["It waits, also while this program is closed. Done now it were Linkable."]
    assert actions(pui, "wait") == [
        ("wait", MistAction.WITHDRAW, FIRST, 25, 2 * ONE, "for the rent")
    ]
    assert actions(pui, "send") == []
    assert pui.window.private.steps.flow.step is Step.CHOOSE


def test_a_plan_that_is_ready_wants_a_word(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_ready(pui, wallet)
    card = pui.window.private.view.waiting
    go, drop = (card.rows.itemAt(0).layout().itemAt(n).widget() for n in (1, 2))  # type: ignore[union-attr]
    assert (go.accessibleName(), drop.accessibleName()) == (
        "Go on with " + "aa" * 6,
        "Give up " + "aa" * 6,
    )
    pui.click(go)
    pui.settle()
    assert pui.window.private.steps.flow.step is Step.CHECK
    assert actions(pui, "send") == []


# --- requests, files ---


def test_a_request_shows_its_text_and_nothing_else(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_request(pui, wallet)
    page = pui.window.private
    text = request_text(SECRET)
    card = page.view.requests
    assert card.text._value == text
    assert card.code.toolTip() == text
    assert page.account is not None
    said = " ".join(everything_said(card))
    assert f"{page.account.address:x}" not in said.lower()


def test_what_has_to_be_trusted_is_told_before_each_deposit(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_notes(pui, wallet)
    pui.window.private.view.deposit.amount.text.setText("5")
    pui.click(pui.window.private.view.deposit.button)
    pui.settle()
    check = pui.window.private.steps.check
    said = " ".join(everything_said(check.trust))
    for words in TRUST_NOTES:
        assert words in said
    assert check.trust.isVisible()
    pui.click(pui.window.private.steps.back_button)
    pui.settle()
    pui.window.private.view.notes.choose(FIRST)
    pui.window.private.view.spend.amount.text.setText("2")
    pui.click(pui.window.private.view.spend.button)
    pui.settle()
    assert pui.window.private.steps.flow.step is Step.CHECK
    assert not check.trust.isVisible(), "that money is in the pool already"


def test_a_deposit_to_somebody_names_no_owner(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_notes(pui, wallet)
    form = pui.window.private.view.deposit
    form.amount.text.setText("5")
    form.request.setText(request_text(SECRET))
    assert not form.owner.isEnabled()
    pui.click(form.button)
    pui.settle()
    assert actions(pui, MistAction.DEPOSIT) == [
        (MistAction.DEPOSIT, None, request_text(SECRET), "")
    ]


def test_an_owner_survives_qt(pui: Driver, wallet: Wallet) -> None:
    """Addresses are larger than Qt's numbers."""
    by_hand.private_notes(pui, wallet)
    form = pui.window.private.view.deposit
    fresh = next(one for one in pui.window.private.accounts if one.label == "Fresh")
    assert choose_owner(form.owner, fresh.address)
    form.amount.text.setText("5")
    pui.click(form.button)
    pui.settle()
    assert actions(pui, MistAction.DEPOSIT) == [(MistAction.DEPOSIT, fresh.address, None, "")]


def test_a_fresh_account_becomes_the_owner(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_notes(pui, wallet)
    form = pui.window.private.view.deposit
    pui.click(form.account_button)
    pui.settle()
    assert form.owner.currentText() == "private 1"


def test_a_first_backup_is_asked_for_and_told(pui: Driver, wallet: Wallet, tmp_path: Path) -> None:
    by_hand.private_backup(pui, wallet)
    page = pui.window.private
    assert page.view.files.new.isVisible()
    assert "No backup yet" in page.view.files.state.text()
    page.desk.back_up(tmp_path / "backup.json", WORDS)
    pui.settle()
    assert actions(pui, "back_up") == [("back_up", tmp_path / "backup.json", WORDS, True)]
    assert page.isAncestorOf(QApplication.focusWidget())
    assert not page.view.back_up.isVisible()
    assert "with all notes" in page.view.files.state.text()
    assert not page.view.files.notice.isVisible()


def test_what_a_backup_cannot_bring_back_is_told(
    pui: Driver, wallet: Wallet, tmp_path: Path
) -> None:
    by_hand.private_backup(pui, wallet)
    by_hand.hand(pui).left_out = ("The account Cold owns notes, and its key is not here.",)
    page = pui.window.private
    page.desk.back_up(tmp_path / "backup.json", WORDS)
    pui.settle()
    assert "Cold owns notes" in page.view.files.notice.words
    assert page.view.files.notice.property("kind") == "warn"


def test_a_backup_that_has_all_notes_asks_for_nothing(pui: Driver, wallet: Wallet) -> None:
    by_hand.backed_up(pui, wallet)
    view = pui.window.private.view
    assert not view.back_up.isVisible()
    assert view.files.state.text().endswith(", with all notes.")


def test_notes_that_can_be_found_again_are_told_and_not_urgent(pui: Driver, wallet: Wallet) -> None:
    by_hand.backed_up(pui, wallet, newer=(by_hand.note(7, ONE, 7),))
    view = pui.window.private.view
    assert not view.back_up.isVisible()
    assert "1 note since then can be found again with it" in view.files.state.text()


def test_notes_that_only_a_backup_holds_want_another_one_and_say_why(
    pui: Driver, wallet: Wallet, tmp_path: Path
) -> None:
    by_hand.private_back_up_again(pui, wallet)
    page = pui.window.private
    notice = page.view.back_up
    assert notice.isVisible()
    for words in ("Back up again", "split", "nowhere on chain", "key that was made elsewhere"):
        assert words in notice.words
    assert "3 notes would be lost with this computer" in notice.words
    assert "3 notes since then would be lost" in page.view.files.state.text()
    pui.click(notice.button)
    assert page.view.files.new.isVisible(), "it leads to the file"
    page.desk.back_up(tmp_path / "backup.json", WORDS)
    pui.settle()
    assert not notice.isVisible()


def test_the_file_of_a_hand_over_can_be_saved_again(
    pui: Driver, wallet: Wallet, tmp_path: Path
) -> None:
    """It may be lost on its way to the receiver."""
    by_hand.private_notes(pui, wallet)
    page = pui.window.private
    card = page.view.hand_overs

    def words() -> list[str]:
        return [one.text() for one in card.findChildren(Button) if one.text().startswith("Save")]

    assert card.isVisible()
    assert words() == ["Save the file…"]
    for name in ("first.json", "again.json"):
        page.desk.hand_over("ef" * 6, tmp_path / name, WORDS)
        pui.settle()
        assert card.isVisible()
        assert words() == ["Save it again…"]
    saved = [path for _, _, path, _ in actions(pui, "hand_over")]
    assert saved == [tmp_path / "first.json", tmp_path / "again.json"]


def test_only_the_newest_saved_ones_stay_in_the_list(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_notes(pui, wallet)
    page = pui.window.private
    assert page.book is not None
    (one,) = page.book.handovers
    many = tuple(
        one.model_copy(update={"id": f"{number:012x}", "handed_over": number > 0})
        for number in range(9)
    )
    page.show_book(page.book.model_copy(update={"handovers": many}))
    pui.settle()
    names = [
        button.accessibleName()
        for button in page.view.hand_overs.findChildren(Button)
        if button.accessibleName().startswith("Save the file for")
    ]
    assert [name.rsplit(" ", 1)[1] for name in names] == [
        f"{number:012x}" for number in (0, 8, 7, 6, 5, 4)
    ]


def test_a_void_hand_over_wants_no_file(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_notes(pui, wallet)
    page = pui.window.private
    assert page.book is not None
    void = page.book.handovers[0].model_copy(update={"state": HandOverState.VOID})
    page.show_book(page.book.model_copy(update={"handovers": (void,)}))
    assert not page.view.hand_overs.isVisible()


def test_another_computer_with_the_same_secret_is_told(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_notes(pui, wallet)
    page = pui.window.private
    assert not page.view.elsewhere.isVisible()
    assert page.book is not None
    first, *others = page.book.notes
    foreign = first.model_copy(update={"made_elsewhere": True})
    page.show_book(page.book.model_copy(update={"notes": (foreign, *others)}))
    assert page.view.elsewhere.isVisible()
    assert "1 of your notes" in page.view.elsewhere.words


# --- what is hidden, what is secret ---


def everything_said(widget: QWidget) -> list[str]:
    """Texts, names, descriptions and tool tips of a widget and all in it."""
    found = []
    for one in (widget, *widget.findChildren(QWidget)):
        found += [one.accessibleName(), one.accessibleDescription(), one.toolTip()]
        for name in ("text", "placeholderText"):
            value = one.property(name)
            if isinstance(value, str):
                found.append(value)
    return found


def test_hidden_amounts_are_nowhere(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_proved(pui, wallet)
    pui.key(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert pui.window.state.hide_amounts
    page = pui.window.private
    assert page.steps.send_button.text().startswith("Send · ")
    assert page.steps.send_button.accessibleName().startswith("Send · ")
    said = everything_said(page.steps.check) + everything_said(page.steps.footer)
    assert [one for one in said if "2 STRK" in one or "3 STRK" in one] == []
    pui.click(page.steps.back_button)
    pui.settle()
    model = page.view.notes.model
    shown = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert shown == [f"{HIDDEN} STRK"] * 5
    assert "251" not in " ".join(everything_said(page.view.notes))


def test_typed_amounts_are_hidden_and_kept(pui: Driver, wallet: Wallet) -> None:
    by_hand.chosen(pui, wallet, MistAction.WITHDRAW)
    view = pui.window.private.view
    view.deposit.amount.common.activated.emit(view.deposit.amount.common.findText("500"))
    lines = {view.deposit.amount: "500", view.spend.amount: "2"}
    pui.window.state.update(hide_amounts=True)
    pui.pause()
    for amount, typed in lines.items():
        assert not any(one.isdigit() for one in amount.text.displayText())
        interface = QAccessible.queryAccessibleInterface(amount.text)
        assert typed not in interface.text(QAccessible.Text.Value)
        assert amount.common.currentText() == "Common amounts", "what was chosen is not told"
    assert view.spend.words.text() == f"{HIDDEN} STRK"
    pui.click(view.spend.button)
    pui.settle()
    assert actions(pui, MistAction.WITHDRAW) == [(MistAction.WITHDRAW, FIRST, 2 * ONE)]
    pui.click(pui.window.private.steps.back_button)
    pui.settle()
    pui.window.state.update(hide_amounts=False)
    assert [one.text.displayText() for one in lines] == list(lines.values())


def test_an_empty_pool_of_notes_shows_no_figure(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_first(pui, wallet)
    notes = pui.window.private.view.notes
    assert not notes.sum.isVisible()
    assert not notes.everything.isVisible()


def test_after_the_first_deposit_the_guide_says_what_to_click(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_first_note(pui, wallet)
    page = pui.window.private
    view = page.view
    assert view.guide.title.text() == "Take it out, best after others came in"
    assert "click its row in the table" in view.guide.words.text()
    assert "1 leaf at block" in view.pool.origin.text()
    view.notes.choose(FIRST)
    pui.pause()
    assert view.spend.isVisible(), "the row is what leads on"
    assert view.guide.isVisible(), "nothing moves under the pointer"
    assert page.book is not None
    spent = page.book.notes[0].model_copy(update={"state": NoteState.SPENDING})
    page.show_book(page.book.model_copy(update={"notes": (spent,)}))
    assert not view.guide.isVisible(), "it was seen once"


def test_without_an_account_nothing_asks_whose_a_note_will_be(pui: Driver, wallet: Wallet) -> None:
    pui.run(wallet.services.accounts.create_vault(VaultMethod.PASSPHRASE, by_hand.WORDS))
    hand(pui).book = None
    by_hand.opened(pui)
    view = pui.window.private.view
    assert view.guide.need is PrivateNeed.ACCOUNT
    assert view.notes.isVisible(), "the pool is there"
    assert not view.deposit.isVisible()
    assert not view.requests.isVisible()
    pui.run(wallet.account("Savings"))
    pui.window.private.refresh()
    pui.settle()
    assert view.deposit.isVisible()
    assert view.requests.isVisible()


def test_where_nothing_can_be_backed_up_or_looked_for_nothing_can_be_pressed(
    pui: Driver, wallet: Wallet
) -> None:
    by_hand.private_first(pui, wallet)
    files = pui.window.private.view.files
    assert files.state.text() == files.backup_button.toolTip() == "Nothing to back up yet."
    assert not files.backup_button.isEnabled()
    made = hand(pui)
    assert made.book is not None
    made.book = made.book.model_copy(update={"next_account": 1})
    pui.window.private.refresh()
    pui.settle()
    assert files.backup_button.isEnabled(), "a fresh account's key is in no other backup"
    assert files.backup_button.toolTip() == ""


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700), (900, 640)])
def test_owners_with_the_same_beginning_can_be_told_apart(
    pui: Driver, wallet: Wallet, size: tuple[int, int]
) -> None:
    by_hand.private_notes(pui, wallet)
    pui.window.resize(*size)
    page = pui.window.private
    names = {one.address: f"private {n}" for n, one in enumerate(page.accounts, 11)}
    notes = page.view.notes
    notes.show_book(page.book, names, False)
    pui.pause()
    table = notes.table
    for column in (NotesModel.AMOUNT, NotesModel.STATE, NotesModel.OWNER):
        for row in range(notes.sorted.rowCount()):
            index = notes.sorted.index(row, column)
            assert index.data()
            needed = table.sizeHintForIndex(index).width()
            assert table.columnWidth(column) >= needed, (index.data(), size)
    assert table.horizontalHeader().length() <= table.viewport().width(), "no column is outside"


def test_one_verb_at_a_time_is_the_primary_one(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_nobody(pui, wallet)
    view = pui.window.private.view
    assert view.guide.account_button.property("kind") == "primary"
    assert view.pool.make_button.property("kind") == "plain"


def test_no_secret_is_said_anywhere(pui: Driver, wallet: Wallet) -> None:
    """Of what the page holds only a request that was asked for shows a secret."""
    by_hand.private_notes(pui, wallet)
    secrets = {request_text(SECRET), f"{SECRET:x}", str(SECRET)}
    secrets |= {f"{1000 + number:064x}" for number in range(1, 7)}
    said = " ".join(everything_said(pui.window.private))
    assert [one for one in secrets if one in said] == []

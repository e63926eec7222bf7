"""Sending by hand: what is typed wrong, what has to be looked at, what is safe when it fails."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from obsqra_desktop.domain.chain_errors import NodeUnreachable
from obsqra_desktop.domain.chain_types import VaultMethod
from obsqra_desktop.domain.journal import TxState
from obsqra_desktop.flows.send import Step
from obsqra_desktop.ui.window import ACCOUNT, HISTORY, SEND
from tests.services.model_chain import Fault
from tests.ui.conftest import Driver
from tests.ui.wallet import FRIEND, Wallet
from tests.ui.wallet_scenes import (
    locked,
    send_done,
    send_form,
    send_nobody,
    send_open,
    send_plan,
    shown,
)

WRONG_CHECKSUM = "0x4718f5a0Fc34cC1AF16A1cdee98fFB20C31f5cD61D6Ab07201858f4287c938E"


@pytest.mark.parametrize(
    ("to", "amount", "words"),
    [
        (WRONG_CHECKSUM, "1", "checksum"),
        ("0x12zz", "1", "up to 64 hex digits"),
        ("Nobody I know", "1", "Nobody I know"),
        ("Ada\u202e", "1", ""),
        (FRIEND, "1,5", "12.5"),
        (FRIEND, "-1", "12.5"),
        (FRIEND, "0", "more than zero"),
        (FRIEND, "1e3", "12.5"),
    ],
)
def test_what_is_typed_wrong_is_said_in_place(
    wui: Driver, wallet: Wallet, to: str, amount: str, words: str
) -> None:
    page = send_form(wui, wallet)
    assert page.next_button.isEnabled()
    page.choose.to.setText(to)
    page.choose.amount.setText(amount)
    assert not page.next_button.isEnabled()
    said = page.choose.to_note.text() + page.choose.amount_note.text()
    assert words in said
    marked = [page.choose.to.property("state"), page.choose.amount.property("state")]
    assert "bad" in marked
    page.choose.to.setText("Ada")
    page.choose.amount.setText("1")
    assert page.next_button.isEnabled()


def test_the_address_of_another_token_has_to_be_one(wui: Driver, wallet: Wallet) -> None:
    page = send_form(wui, wallet)
    wui.click(page.choose.token.button(2))
    assert not page.next_button.isEnabled()
    assert not page.choose.all.isEnabled()
    page.choose.token_address.setText(WRONG_CHECKSUM)
    assert "checksum" in page.choose.token_note.text()
    assert not page.next_button.isEnabled()
    page.choose.token_address.setText(WRONG_CHECKSUM.lower())
    assert page.choose.token_note.text() == ""
    assert page.next_button.isEnabled()


def test_without_an_account_it_leads_to_making_one(wui: Driver, wallet: Wallet) -> None:
    send_nobody(wui, wallet)
    page = wui.window.send
    page.choose.to.setText(FRIEND)
    page.choose.amount.setText("1")
    assert not page.next_button.isEnabled()
    assert not page.choose.all.isEnabled()
    wui.click(page.choose.nobody_button)
    assert wui.window.current == ACCOUNT


def test_a_watched_address_cannot_send(wui: Driver, wallet: Wallet) -> None:
    accounts = wallet.services.accounts
    accounts.select(wui.run(accounts.watch(int(FRIEND, 16), "Cold", "practice")))
    shown(wui, SEND)
    page = wui.window.send
    page.choose.to.setText(FRIEND)
    page.choose.amount.setText("1")
    assert not page.next_button.isEnabled()
    assert "cannot send" in page.steps.footer.note.text()


def test_the_plan_is_shown_before_the_word_that_sends(wui: Driver, wallet: Wallet) -> None:
    page = send_form(wui, wallet)
    page.steps.review.setInterval(3_600_000)
    assert not page.steps.send_button.isVisible()
    page.next_button.setFocus(Qt.FocusReason.TabFocusReason)
    wui.key(Qt.Key.Key_Space)
    wui.until(lambda: page.steps.flow.step is Step.CHECK)
    wui.settle()
    assert page.steps.back_button.hasFocus(), (
        "the keyboard is not on what sends, and not on the rail"
    )
    assert page.steps.send_button.isVisible()
    assert not page.steps.send_button.isEnabled(), "a second click in the same place sends nothing"
    wui.act(lambda: QTest.mouseClick(page.steps.send_button, Qt.MouseButton.LeftButton))
    wui.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wallet.ledger.sent == []
    assert page.steps.check.title.text() == "Send 12.5 STRK to Ada on Practice chain"
    page.steps.review.timeout.emit()
    assert page.steps.send_button.isEnabled()
    assert page.steps.send_button.text() == (
        "Send 12.5 STRK on Practice chain · 0.0018 STRK fee at most"
    )


def test_escape_goes_back_and_keeps_what_was_typed(wui: Driver, wallet: Wallet) -> None:
    page = send_plan(wui, wallet)
    wui.key(Qt.Key.Key_Escape)
    assert page.steps.flow.step is Step.CHOOSE
    assert (page.choose.to.text(), page.choose.amount.text()) == ("Ada", "12.5")
    assert wallet.ledger.sent == []


def test_the_keyboard_sends_once_and_ends_on_done(wui: Driver, wallet: Wallet) -> None:
    page = send_plan(wui, wallet)
    page.steps.send_button.setFocus(Qt.FocusReason.TabFocusReason)
    wui.key(Qt.Key.Key_Space)
    wui.until(lambda: page.steps.flow.step is Step.DO and not page.steps.flow.working)
    wui.settle()
    assert len(wallet.ledger.sent) == 1
    assert page.steps.do.notice.words.startswith("Confirmed")
    assert page.steps.done_button.hasFocus()
    wui.key(Qt.Key.Key_Space)
    assert page.steps.flow.step is Step.CHOOSE
    assert page.choose.amount.text() == ""


def test_accepted_on_l2_is_confirmed_by_its_receipt_and_not_called_final(
    wui: Driver, wallet: Wallet
) -> None:
    """A reorganisation can still undo it; only what L1 has accepted stays."""
    send_done(wui, wallet)
    row = wui.window.send.steps.do.accepted
    said = {one.text() for one in row.findChildren(QLabel)}
    assert said >= {"Accepted on L2", "confirmed by its receipt", "done"}
    shown_words = " ".join(one.text() for one in wui.window.send.findChildren(QLabel))
    assert "final" not in shown_words.lower()


def test_an_old_plan_is_made_anew_and_not_sent(
    wui: Driver, wallet: Wallet, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = send_plan(wui, wallet)
    monkeypatch.setattr(page.steps.flow, "_made_at", page.steps.flow._made_at - 61)
    wui.click(page.steps.send_button)
    wui.until(lambda: "made anew" in page.steps.check.notice.words)
    wui.settle()
    assert page.steps.flow.step is Step.CHECK
    assert wallet.ledger.sent == []


def test_a_revert_says_that_only_the_fee_was_paid(wui: Driver, wallet: Wallet) -> None:
    page = send_plan(wui, wallet)
    wallet.ledger.reverts = "<b>u256_sub</b> overflow"
    wui.click(page.steps.send_button)
    wui.until(lambda: page.steps.flow.step is Step.DO and not page.steps.flow.working)
    assert page.steps.do.notice.words.startswith("It failed on the chain")
    assert "only the fee was paid: 0.001 STRK" in page.steps.do.notice.words
    assert "<b>u256_sub</b>" in page.steps.do.notice.words
    assert page.steps.do.notice._detail.textFormat() is Qt.TextFormat.PlainText


def test_a_refusal_is_told(wui: Driver, wallet: Wallet) -> None:
    page = send_plan(wui, wallet)
    wallet.chain.fault = Fault.REFUSED
    wui.click(page.steps.send_button)
    wui.until(lambda: page.steps.flow.step is Step.DO and not page.steps.flow.working)
    assert page.steps.do.notice.words.startswith("The node refused it")
    assert "nothing was paid" in page.steps.do.notice.words


def test_after_a_lost_answer_the_same_bytes_can_go_again(wui: Driver, wallet: Wallet) -> None:
    page = send_plan(wui, wallet)
    wallet.chain.fault = Fault.LOST
    wui.click(page.steps.send_button)
    wui.until(lambda: page.steps.flow.step is Step.DO and not page.steps.flow.working)
    assert "can pay twice" in page.steps.do.notice.words
    first = page.steps.flow.record
    assert first is not None
    assert first.state is TxState.SIGNED
    wui.click(page.steps.do.resend)
    wui.until(lambda: page.steps.do.notice.words.startswith("Confirmed"))
    assert wallet.ledger.sent == [first.signed.hash] * 2
    assert len(wallet.ledger.executed) == 1


def test_a_lost_answer_is_looked_for_among_the_same_account(
    wui: Driver, wallet: Wallet, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process may have written something down since."""
    other = wui.run(wallet.account("Other"))
    wallet.ledger.holds = True
    newer = wui.run(wallet.pay(other, 10**18))
    page = send_plan(wui, wallet)
    sending = wallet.services.sending
    monkeypatch.setattr(
        sending, "unsettled", lambda _=None: (newer, *type(sending).unsettled(sending))
    )
    wallet.chain.fault = Fault.LOST
    wui.click(page.steps.send_button)
    wui.until(lambda: page.steps.flow.step is Step.DO and not page.steps.flow.working)
    found, account = page.steps.flow.record, page.account
    assert found is not None
    assert account is not None
    assert found.account == account.id != other.id


def test_no_node_means_nothing_was_sent(wui: Driver, wallet: Wallet) -> None:
    page = send_form(wui, wallet)
    wallet.chain.error = NodeUnreachable("It is silent. Nothing was sent.", hint="See Networks.")
    wui.click(page.next_button)
    wui.until(page.choose.notice.isVisible)
    assert "Nothing was sent. See Networks." in page.choose.notice.words
    assert page.steps.flow.step is Step.CHOOSE
    assert page.next_button.isEnabled(), "it can be tried again"


def test_a_locked_vault_is_said_before_anything(wui: Driver, wallet: Wallet) -> None:
    locked(wui, wallet)
    assert wallet.services.accounts.vault_state().method is VaultMethod.PASSPHRASE
    shown(wui, SEND)
    page = wui.window.send
    page.choose.to.setText(FRIEND)
    page.choose.amount.setText("1")
    wui.click(page.next_button)
    wui.until(page.choose.notice.isVisible)
    assert "locked" in page.choose.notice.words.lower()
    assert page.steps.flow.step is Step.CHOOSE
    assert wallet.ledger.sent == []


def test_hidden_amounts_are_hidden_in_plan_and_verb(wui: Driver, wallet: Wallet) -> None:
    page = send_plan(wui, wallet)
    wui.key(Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert wui.window.state.hide_amounts
    assert "12.5" not in page.steps.check.title.text() + page.steps.send_button.text()


def test_an_open_transaction_is_named_and_leads_to_the_history(wui: Driver, wallet: Wallet) -> None:
    send_open(wui, wallet)
    page = wui.window.send
    assert "not settled yet" in page.choose.open.words
    wui.click(page.choose.open_button)
    assert wui.window.current == HISTORY


def test_all_of_it_leaves_the_highest_fee(wui: Driver, wallet: Wallet) -> None:
    page = send_form(wui, wallet)
    wui.click(page.choose.all)
    wui.until(lambda: page.choose.amount.text().startswith("999.99"))
    assert page.next_button.isEnabled()

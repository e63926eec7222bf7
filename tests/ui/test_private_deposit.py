"""Paying in, and asking to be paid, in every token of the network's list."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from obsqra_desktop.domain.amounts import ETH, KNOWN_TOKENS, STRK, format_amount
from obsqra_desktop.domain.chain_errors import NodeUnreachable
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.mist.amounts import REASON, grid
from obsqra_desktop.flows.send import Step
from obsqra_desktop.ui.format import HIDDEN
from obsqra_desktop.ui.widgets.private.deposit import DepositForm
from tests.ui import private as by_hand
from tests.ui.conftest import Driver
from tests.ui.private import NAMELESS, USDC, hand
from tests.ui.wallet import Wallet


def form_of(ui: Driver, wallet: Wallet) -> DepositForm:
    by_hand.private_tokens(ui, wallet)
    return ui.window.private.view.deposit


def offered(form: DepositForm) -> list[str]:
    return [form.token.itemText(row) for row in range(form.token.count())]


def common(form: DepositForm) -> list[str]:
    box = form.amount.common
    return [box.itemText(row) for row in range(1, box.count())]


def test_every_token_of_the_list_is_offered_and_no_other(pui: Driver, wallet: Wallet) -> None:
    form = form_of(pui, wallet)
    ends = address_form(USDC.address)
    assert offered(form) == [
        "STRK · Starknet Token",
        "ETH · Ether",
        f"USDC.e · {ends[:8]}…{ends[-4:]}",
    ]
    book = pui.window.private.book
    assert book is not None
    assert NAMELESS in {one.token for one in book.notes}, "there is one without decimal places"
    words = " ".join(one.text() for one in form.findChildren(QLabel))
    assert "One whose decimal places are not in it is not offered" in words
    assert "obsqra mist deposit --token ADDRESS" in words


def test_it_is_chosen_by_its_letters_and_each_has_its_own_common_amounts(
    pui: Driver, wallet: Wallet
) -> None:
    form = form_of(pui, wallet)
    assert form.token.token == STRK
    assert common(form) == [format_amount(one, 18) for one in grid(18)]
    form.token.setFocus()
    pui.act(lambda: QTest.keyClick(form.token, Qt.Key.Key_U))
    pui.settle()
    assert form.token.token == USDC
    assert form.token.toolTip() == address_form(USDC.address)
    assert common(form) == [format_amount(one, 6) for one in grid(6)]
    form.amount._on_common(1)
    assert form.amount.value() == 1_000, "0.001 of it"
    assert form.amount.note.text() == REASON
    form.amount.text.setText("7.3")
    assert form.amount.note.text().startswith("An unusual amount")
    form.amount.text.setText("0.0000001")
    assert form.amount.value_or_none() is None, "it has six places"
    pui.act(lambda: QTest.keyClick(form.token, Qt.Key.Key_Up))
    pui.settle()
    assert form.token.token == ETH
    assert form.amount.value() == 10**11, "the same words are an amount of this one"


def test_the_balance_is_not_known_until_a_node_has_told_it(pui: Driver, wallet: Wallet) -> None:
    form = form_of(pui, wallet)
    mist = hand(pui)
    mist.held = {USDC.address: 12_500_000}
    thousand = "1\N{NARROW NO-BREAK SPACE}000"
    assert form.source.text() == f"Savings · {thousand} STRK"
    mist.gate.clear()
    form.token.choose(USDC.address)
    pui.pause()
    assert form.source.text() == "Savings · — USDC.e"
    assert form.button.isEnabled(), "nothing waits for it"
    form.token.choose(STRK.address)
    form.token.choose(USDC.address)
    mist.gate.set()
    pui.settle()
    assert form.source.text() == "Savings · 12.5 USDC.e"
    assert mist.asked.count(("balance", "Savings", "USDC.e")) == 1, "once while it is asked"
    pui.window.state.update(hide_amounts=True)
    pui.pause()
    assert form.source.text() == f"Savings · {HIDDEN} USDC.e"
    pui.window.state.update(hide_amounts=False)
    mist.held = {USDC.address: 7_000_000}
    pui.window.private.refresh()
    assert form.source.text() == "Savings · — USDC.e", "it may have changed"
    pui.settle()
    assert form.source.text() == "Savings · 7 USDC.e"


def test_an_answer_for_a_token_that_is_not_chosen_any_more_is_not_shown_for_another(
    pui: Driver, wallet: Wallet
) -> None:
    form = form_of(pui, wallet)
    mist = hand(pui)
    mist.held = {USDC.address: 12_500_000}
    mist.gate.clear()
    form.token.choose(USDC.address)
    pui.pause()
    form.token.choose(ETH.address)
    mist.gate.set()
    pui.settle()
    assert form.source.text() == "Savings · 0 ETH"


def test_a_node_that_does_not_answer_leaves_it_unknown(pui: Driver, wallet: Wallet) -> None:
    form = form_of(pui, wallet)
    hand(pui).error = NodeUnreachable("It does not answer.")
    form.token.choose(USDC.address)
    pui.settle()
    assert form.source.text() == "Savings · — USDC.e"
    assert not form.notice.isVisible(), "the pool's card says it"


def test_a_list_that_its_contract_contradicts_is_told_at_the_choice(
    pui: Driver, wallet: Wallet
) -> None:
    form = form_of(pui, wallet)
    hand(pui).error = InvalidInput("The list gives USDC.e 6 decimal places, its contract 18.")
    form.token.choose(USDC.address)
    pui.settle()
    assert form.notice.isVisible()
    assert "its contract 18" in form.notice.words
    form.token.choose(STRK.address)
    assert not form.notice.isVisible()


def test_the_token_that_is_chosen_is_planned(pui: Driver, wallet: Wallet) -> None:
    form = form_of(pui, wallet)
    form.token.choose(USDC.address)
    form.amount.text.setText("50")
    pui.click(form.button)
    pui.settle()
    assert ("token", "USDC.e", 50_000_000) in hand(pui).asked
    steps = pui.window.private.steps
    assert steps.flow.step is Step.CHECK
    assert steps.flow.plan is not None
    assert steps.flow.plan.title == "Deposit 50 USDC.e"


def test_a_choice_stays_while_its_token_is_in_the_list(pui: Driver, wallet: Wallet) -> None:
    form = form_of(pui, wallet)
    form.token.choose(USDC.address)
    form.amount.text.setText("0.5")
    pui.window.private.refresh()
    pui.settle()
    assert form.token.token == USDC
    assert form.amount.value() == 500_000
    hand(pui).tokens = KNOWN_TOKENS  # another network, or the file is gone
    pui.window.private.refresh()
    pui.settle()
    assert form.token.token == STRK, "never a token that is not in the list any more"
    assert form.amount.value() == 5 * 10**17
    assert form.source.text().endswith(" STRK")
    assert pui.window.private.view.requests.token.count() == 1 + len(KNOWN_TOKENS)


def test_play_money_is_of_the_token_that_is_chosen(
    pui: Driver, wallet: Wallet, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = form_of(pui, wallet)
    asked: list[tuple[int, int]] = []

    async def faucet(address: int, token: int, amount: int) -> int:
        asked.append((token, amount))
        return amount

    monkeypatch.setattr(wallet.practice, "faucet", faucet)
    form.token.choose(USDC.address)
    pui.settle()
    assert form.faucet.text() == "Get 1 000 play USDC.e"
    assert form.faucet.accessibleName() == form.faucet.text()
    pui.click(form.faucet)
    pui.settle()
    assert asked == [(USDC.address, 1_000 * 10**6)]


def test_a_request_can_ask_for_a_token_and_an_amount(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_tokens(pui, wallet)
    card = pui.window.private.view.requests
    assert card.token.token is None
    assert not card.asked.isVisible(), "what is asked for is left to the payer"
    card.token.choose(USDC.address)
    pui.pause()
    assert card.asked.isVisible()
    box = card.amount.common
    assert box.itemText(1) == "0.001"
    assert box.count() == 1 + len(grid(6))
    card.amount.text.setText("0")
    pui.click(card.button)
    pui.settle()
    assert card.notice.isVisible()
    assert "more than zero" in card.notice.words
    card.amount.text.setText("20")
    assert not card.notice.isVisible()
    pui.click(card.button)
    pui.settle()
    book = hand(pui).book
    assert book is not None
    assert (book.requests[0].token, book.requests[0].amount) == (USDC.address, 20_000_000)
    assert card.amount.text.text() == ""
    rows = " ".join(one.text() for one in card.findChildren(QLabel))
    assert "Request ababab · 20 USDC.e · " in rows
    card.token.setCurrentIndex(0)
    pui.click(card.button)
    pui.settle()
    book = hand(pui).book
    assert book is not None
    assert (book.requests[0].token, book.requests[0].amount) == (None, None)


def test_what_a_request_asks_for_is_hidden_with_all_amounts(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_asked(pui, wallet)
    card = pui.window.private.view.requests
    pui.window.state.update(hide_amounts=True)
    pui.pause()
    rows = [one.text() for one in card.findChildren(QLabel) if one.isVisible()]
    assert any(f"{HIDDEN} USDC.e" in one for one in rows)
    assert not any("20 USDC.e" in one for one in rows)

"""Amounts that are typed while amounts are hidden: they can be typed, and nobody sees how long."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from obsqra_desktop.domain.mist.privacy import MistAction
from obsqra_desktop.ui.window import DECIDE, SEND
from tests.ui import private as by_hand
from tests.ui.conftest import Driver
from tests.ui.private import ONE, hand
from tests.ui.wallet import Wallet


def private_line(ui: Driver, wallet: Wallet) -> QLineEdit:
    by_hand.chosen(ui, wallet, MistAction.WITHDRAW)
    return ui.window.private.view.spend.amount.text


def send_line(ui: Driver, wallet: Wallet) -> QLineEdit:
    ui.run(wallet.account())
    ui.window.open_page(SEND)
    ui.settle()
    return ui.window.send.choose.amount


def decide_line(ui: Driver, wallet: Wallet) -> QLineEdit:
    ui.window.open_page(DECIDE)
    ui.settle()
    return ui.window.decide.choose.amount_edit


LINES = [private_line, send_line, decide_line]
Line = Callable[[Driver, Wallet], QLineEdit]


def elsewhere(ui: Driver, line: QLineEdit) -> None:
    """The keyboard goes to another control, whose cursor does not blink in the line."""
    ui.window.strip.hide_button.setFocus()
    ui.pause()
    assert not line.hasFocus()


def photo(ui: Driver, line: QLineEdit, words: str) -> bytes:
    """What the line looks like with these words, once the keyboard is elsewhere."""
    line.setFocus()
    line.setText(words)
    elsewhere(ui, line)
    image = line.grab().toImage()
    return bytes(image.constBits())


@pytest.mark.parametrize("line_of", LINES)
def test_every_amount_looks_the_same_once_the_keyboard_is_elsewhere(
    pui: Driver, wallet: Wallet, line_of: Line
) -> None:
    line = line_of(pui, wallet)
    assert photo(pui, line, "1") != photo(pui, line, "1 000"), "in sight they differ"
    pui.window.state.update(hide_amounts=True)
    pui.pause()
    short, long, empty = (photo(pui, line, words) for words in ("1", "1 000", ""))
    assert short == long
    assert short != empty, "that something is typed can be seen"
    pui.window.state.update(hide_amounts=False)
    assert photo(pui, line, "1") != photo(pui, line, "1 000")


@pytest.mark.parametrize("line_of", LINES)
def test_its_length_is_not_said_either(pui: Driver, wallet: Wallet, line_of: Line) -> None:
    line = line_of(pui, wallet)
    pui.window.state.update(hide_amounts=True)
    said = set()
    for words in ("1", "1 000"):
        photo(pui, line, words)
        interface = QAccessible.queryAccessibleInterface(line)
        said.add((interface.text(QAccessible.Text.Value), line.displayText()))
    assert len(said) == 1


def test_it_can_be_typed_and_mended_while_hidden(pui: Driver, wallet: Wallet) -> None:
    line = private_line(pui, wallet)
    pui.window.state.update(hide_amounts=True)
    line.setFocus()
    line.clear()
    pui.act(lambda: QTest.keyClicks(line, "31"))
    assert len(line.displayText()) == 2, "each key is seen to work"
    assert "3" not in line.displayText()
    elsewhere(pui, line)
    line.setFocus()
    pui.key(Qt.Key.Key_Backspace)
    pui.act(lambda: QTest.keyClicks(line, ".5"))
    assert line.text() == "3.5"
    elsewhere(pui, line)
    page = pui.window.private
    pui.click(page.view.spend.button)
    pui.settle()
    assert [one[2] for one in hand(pui).asked if one[0] is MistAction.WITHDRAW] == [35 * ONE // 10]


def test_what_is_wrong_is_said_while_hidden(pui: Driver, wallet: Wallet) -> None:
    line = private_line(pui, wallet)
    pui.window.state.update(hide_amounts=True)
    line.setText("1 5")
    elsewhere(pui, line)
    spend = pui.window.private.view.spend
    pui.click(spend.button)
    assert spend.notice.isVisible()
    assert not [one for one in hand(pui).asked if one[0] is MistAction.WITHDRAW]

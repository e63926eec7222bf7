"""A backup whose counters are refused: the way round is there, and never the default."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui import private as by_hand
from tests.ui.conftest import Driver
from tests.ui.private import WORDS, hand
from tests.ui.wallet import Wallet

OLD = Path("old.json")


def asked(ui: Driver) -> list[object]:
    """Whether the counters were trusted, for each restore that was asked for."""
    return [one[3] for one in hand(ui).asked if one[0] == "restore"]


def test_the_reason_and_the_danger_are_told_in_sight(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_counters(pui, wallet)
    page = pui.window.private
    card = page.view.files.counters
    assert "4,000 keys were used" in card.why.text()
    assert "Nothing was restored" in card.why.text()
    assert not page.view.notice.isVisible(), "it is said once, where its way out is"
    pui.pause()
    seen = card.mapTo(page.view.viewport(), card.rect().topLeft()).y()
    assert 0 <= seen < page.view.viewport().height()
    assert asked(pui) == [False]


def test_leaving_it_is_the_default(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_counters(pui, wallet)
    card = pui.window.private.view.files.counters
    assert card.close_button.hasFocus()
    assert not card.mine.isChecked()
    assert not card.button.isEnabled()
    pui.key(Qt.Key.Key_Return)  # a button takes the space bar; Return does nothing here
    pui.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked(pui) == [False]
    pui.key(Qt.Key.Key_Space)
    assert not card.isVisible()
    assert pui.window.private.isAncestorOf(QApplication.focusWidget())
    pui.settle()
    assert asked(pui) == [False]


def test_escape_leaves_it_and_forgets_the_tick(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_counters(pui, wallet)
    files = pui.window.private.view.files
    pui.click(files.counters.mine)
    assert files.counters.button.isEnabled()
    pui.key(Qt.Key.Key_Escape)
    assert not files.counters.isVisible()
    files.counters.ask("again")
    assert not files.counters.mine.isChecked()
    assert not files.counters.button.isEnabled()
    assert asked(pui) == [False]


def test_ones_own_word_and_the_passphrase_once_more_restore_it(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_counters(pui, wallet)
    page = pui.window.private
    files = page.view.files
    pui.click(files.counters.mine)
    pui.click(files.counters.button)
    assert not files.counters.isVisible()
    assert files.known.isVisible()
    assert "old.json" in files.known.words.text()
    assert "cannot be undone" in files.known.words.text()
    assert files.known.once.text() == "", "it was not kept"
    assert asked(pui) == [False], "nothing is restored before the passphrase"
    files.known.once.setText(WORDS)
    pui.click(files.known.button)
    pui.settle()
    assert asked(pui) == [False, True]
    assert "brought back" in files.notice.words


def test_another_file_is_not_trusted_by_the_word_for_the_first(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_counters(pui, wallet)
    page = pui.window.private
    pui.click(page.view.files.counters.mine)
    page.desk._restore_from(Path("other.json"))
    assert not page.view.files.counters.isVisible()
    page.view.files.known.once.setText(WORDS)
    pui.click(page.view.files.known.button)
    pui.settle()
    assert asked(pui) == [False, False]
    assert page.view.files.counters.isVisible()
    assert not page.view.files.counters.button.isEnabled()

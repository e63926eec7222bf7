"""A waiting plan becomes ready in the window by itself; where nothing waits nobody is asked."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from obsqra_desktop.domain.chain_errors import NodeUnreachable
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.window import DECIDE, PRIVATE
from tests.ui import private as by_hand
from tests.ui.conftest import Driver
from tests.ui.wallet import Wallet


def looks(ui: Driver) -> int:
    """How often it was asked how far the plans are."""
    return by_hand.hand(ui).asked.count(("waiting",))


def verbs(ui: Driver) -> list[str]:
    card = ui.window.private.view.waiting
    return [one.accessibleName() for one in card.findChildren(Button) if one.isVisible()]


def test_the_page_in_sight_looks_once_a_minute_until_it_is_ready(
    pui: Driver, wallet: Wallet
) -> None:
    by_hand.private_notes(pui, wallet)
    timer = pui.window.private.waits.timer
    assert verbs(pui) == ["Give up " + "aa" * 6]
    assert timer.isActive()
    assert timer.interval() == 60_000
    assert timer.timerType() is Qt.TimerType.VeryCoarseTimer
    before = looks(pui)
    timer.timeout.emit()
    pui.settle()
    assert looks(pui) == before + 1
    assert timer.isActive(), "not yet"
    by_hand.hand(pui).ready = True
    timer.timeout.emit()
    pui.settle()
    assert verbs(pui) == ["Go on with " + "aa" * 6, "Give up " + "aa" * 6]
    assert not timer.isActive(), "there is nothing more to wait for"


def test_a_look_for_notes_tells_it_too(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_notes(pui, wallet)
    by_hand.hand(pui).ready = True
    pui.click(pui.window.private.view.scan.scan_button)
    pui.settle()
    assert "Go on with " + "aa" * 6 in verbs(pui)


def test_a_page_out_of_sight_asks_nobody_and_looks_when_it_comes_back(
    pui: Driver, wallet: Wallet
) -> None:
    by_hand.private_notes(pui, wallet)
    waits = pui.window.private.waits
    pui.window.open_page(DECIDE)
    pui.settle()
    before = looks(pui)
    waits.timer.timeout.emit()
    pui.settle()
    assert looks(pui) == before
    waits.timer.stop()
    pui.window.open_page(PRIVATE)
    pui.settle()
    assert looks(pui) == before + 1
    assert waits.timer.isActive()


def test_a_minimised_window_asks_nobody(
    pui: Driver, wallet: Wallet, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_hand.private_notes(pui, wallet)
    waits, before = pui.window.private.waits, looks(pui)
    monkeypatch.setattr(pui.window, "isMinimized", lambda: True)
    monkeypatch.setattr(type(pui.window), "isMinimized", lambda _: True)
    waits.timer.stop()
    waits.timer.timeout.emit()
    pui.settle()
    assert looks(pui) == before
    assert waits.timer.isActive(), "it is looked at again when it is back"


def test_where_nothing_waits_no_timer_runs(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_notes(pui, wallet)
    hand, waits = by_hand.hand(pui), pui.window.private.waits
    assert hand.book is not None
    hand.book = hand.book.model_copy(update={"plans": ()})
    pui.window.private.refresh()
    pui.settle()
    assert not waits.timer.isActive()
    assert not pui.window.private.view.waiting.isVisible()


def test_a_node_that_does_not_answer_is_asked_again_and_says_nothing_by_itself(
    pui: Driver, wallet: Wallet, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_hand.private_notes(pui, wallet)
    waits = pui.window.private.waits

    async def silent(_network: str | None = None) -> tuple[object, ...]:
        raise NodeUnreachable("It does not answer.")

    monkeypatch.setattr(by_hand.hand(pui), "waiting", silent)
    waits.timer.timeout.emit()
    pui.settle()
    assert waits.timer.isActive()
    assert not pui.window.private.view.notice.isVisible()
    waits.look()
    pui.settle()
    assert pui.window.private.view.notice.isVisible(), "a look that was wanted says it"


def test_the_keyboard_stays_on_its_verb(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_notes(pui, wallet)
    card = pui.window.private.view.waiting
    (drop,) = [one for one in card.findChildren(Button) if one.isVisible()]
    drop.setFocus()
    pui.window.private.waits.timer.timeout.emit()
    pui.settle()
    assert QApplication.focusWidget() is drop, "nothing has changed, so nothing is made anew"
    by_hand.hand(pui).ready = True
    pui.window.private.waits.timer.timeout.emit()
    pui.settle()
    held = QApplication.focusWidget()
    assert held is not None
    assert (held is drop, held.accessibleName()) == (False, "Give up " + "aa" * 6)

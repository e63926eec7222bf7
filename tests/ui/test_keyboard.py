"""The keyboard alone: where it is can be seen, Escape closes, Enter does what a form is for."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from obsqra_desktop.domain.mist.privacy import MistAction
from obsqra_desktop.flows.send import Step
from obsqra_desktop.ui.widgets.base import FocusVisible, tab_stops
from tests.ui import private as by_hand
from tests.ui.conftest import Driver
from tests.ui.private import WORDS, Scene, hand
from tests.ui.wallet import Wallet


def tab_to(ui: Driver, wanted: QWidget) -> None:
    """As often as it takes."""
    for _ in range(200):
        if wanted.hasFocus():
            return
        ui.act(lambda: QTest.keyClick(QApplication.focusWidget() or ui.window, Qt.Key.Key_Tab))
    raise AssertionError(f"Tab does not come to {wanted.accessibleName()}")


def ringed(widget: QWidget | None) -> bool:
    """Whether it shows that it has the keyboard: lines and lists always do."""
    assert widget is not None
    return widget.hasFocus() and (widget.ring if isinstance(widget, FocusVisible) else True)


def spots(view: QWidget) -> list[tuple[int, int]]:
    """Where on the page the tab stops are, in their order."""
    inside = [one for one in tab_stops(view) if one.isVisible() and one.isEnabled()]
    return [(one.mapTo(view, one.rect().topLeft()).x(), middle(view, one)) for one in inside]


def middle(view: QWidget, one: QWidget) -> int:
    return one.mapTo(view, one.rect().center()).y()


# --- the practice chain's bar ---


@pytest.mark.parametrize("works", [True, False])
def test_starting_the_chain_keeps_the_keyboard_on_the_bar(
    pui: Driver, wallet: Wallet, works: bool
) -> None:
    by_hand.private_down(pui, wallet)
    bar = pui.window.practice_bar
    tab_to(pui, bar.start)
    pui.key(Qt.Key.Key_Space)
    assert bar.hasFocus(), "while it starts"
    pui.settle()
    assert not bar.start.isVisible()
    assert bar.hasFocus(), "when it runs"
    assert ringed(bar)
    assert bar.property("ring") == "true"
    assert "play money" in bar.accessibleDescription(), "a screen reader says how it went"


def test_a_click_shows_no_ring_on_the_bar(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_down(pui, wallet)
    bar = pui.window.practice_bar
    pui.click(bar.start)
    pui.settle()
    assert not pui.window.rail.buttons[0].hasFocus()
    assert not bar.ring


# --- the ring ---


def test_where_the_program_moves_the_keyboard_it_can_be_seen(pui: Driver, wallet: Wallet) -> None:
    by_hand.chosen(pui, wallet, MistAction.WITHDRAW)
    page = pui.window.private
    tab_to(pui, page.view.spend.button)
    pui.key(Qt.Key.Key_Space)
    pui.settle()
    assert page.steps.flow.step is Step.CHECK
    assert page.steps.back_button.hasFocus(), "never a verb that sends"
    assert ringed(page.steps.back_button)


def test_who_uses_the_mouse_sees_no_ring(pui: Driver, wallet: Wallet) -> None:
    by_hand.planned(pui, wallet, by_hand.MIDDLE)
    assert pui.window.private.steps.back_button.hasFocus()
    assert not pui.window.private.steps.back_button.ring


def test_coming_back_from_another_window_shows_the_ring_again(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_notes(pui, wallet)
    button = pui.window.private.view.deposit.button
    tab_to(pui, button)
    for kind in (QEvent.Type.FocusOut, QEvent.Type.FocusIn):
        event = QFocusEvent(kind, Qt.FocusReason.ActiveWindowFocusReason)
        pui.act(lambda event=event: QApplication.sendEvent(button, event))
    assert button.ring
    assert button.property("ring") == "true"


# --- Tab ---


@pytest.mark.parametrize(
    "scene",
    [
        by_hand.private_first,
        by_hand.private_forward,
        by_hand.private_counters,
        by_hand.private_request,
        by_hand.private_missing,
    ],
    ids=lambda scene: scene.__name__,
)
def test_tab_goes_down_each_card(pui: Driver, wallet: Wallet, scene: Scene) -> None:
    """Inside of a card never back up; a row counts as one height."""
    scene(pui, wallet)
    view = pui.window.private.view
    for card in (
        view.guide,
        view.notes,
        view.spend,
        view.deposit,
        view.pool,
        view.scan,
        view.files,
        view.requests,
        view.hand_overs,
        view.waiting,
        view.missing,
    ):
        if not card.isVisible():
            continue
        heights = [y for _, y in spots(card)]
        ups = [(one, two) for one, two in pairwise(heights) if two < one - 20]
        assert ups == [], f"{card.accessibleName()}: {spots(card)}"


# --- Escape ---


def open_backup(ui: Driver, wallet: Wallet) -> QWidget:
    by_hand.private_backup(ui, wallet)
    return ui.window.private.view.files.new


def open_hand_over(ui: Driver, wallet: Wallet) -> QWidget:
    by_hand.private_notes(ui, wallet)
    card = ui.window.private.view.hand_overs
    ui.act(lambda: card.wanted.emit("ef" * 6))
    return card.form


def open_counters(ui: Driver, wallet: Wallet) -> QWidget:
    by_hand.private_counters(ui, wallet)
    return ui.window.private.view.files.counters


def open_note(ui: Driver, wallet: Wallet) -> QWidget:
    return by_hand.chosen(ui, wallet, MistAction.SPLIT)


@pytest.mark.parametrize("opened", [open_backup, open_hand_over, open_counters, open_note])
def test_escape_closes_what_is_open_and_stays_on_the_page(
    pui: Driver, wallet: Wallet, opened: Callable[[Driver, Wallet], QWidget]
) -> None:
    form = opened(pui, wallet)
    assert form.isVisible()
    inside = tab_stops(form)[0]
    inside.setFocus()
    before = list(hand(pui).asked)
    pui.key(Qt.Key.Key_Escape)
    pui.settle()
    assert not form.isVisible()
    assert hand(pui).asked == before, "closing does nothing else"
    here = QApplication.focusWidget()
    assert here is not None
    assert here is pui.window.private or pui.window.private.isAncestorOf(here)


# --- Enter ---


def test_enter_in_the_passphrase_opens_the_file(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_notes(pui, wallet)
    page = pui.window.private
    page.desk._restore_from(by_hand.Path("mine.json"))
    form = page.view.files.known
    assert form.once.hasFocus()
    pui.key(Qt.Key.Key_Return)
    assert form.isVisible(), "without a passphrase Enter does nothing"
    pui.act(lambda: QTest.keyClicks(form.once, WORDS))
    pui.key(Qt.Key.Key_Return)
    pui.settle()
    assert [one[2] for one in hand(pui).asked if one[0] == "restore"] == [WORDS]


def test_enter_in_an_amount_plans_and_sends_nothing(pui: Driver, wallet: Wallet) -> None:
    by_hand.chosen(pui, wallet, MistAction.WITHDRAW)
    page = pui.window.private
    page.view.spend.amount.text.setFocus()
    pui.key(Qt.Key.Key_Return)
    pui.settle()
    assert page.steps.flow.step is Step.CHECK
    assert ringed(page.steps.back_button)
    for _ in range(3):
        pui.key(Qt.Key.Key_Return)
        pui.settle()
    assert not [one for one in hand(pui).asked if one[0] == "send"]


def test_enter_never_sends_what_is_proved(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_proved(pui, wallet)
    steps = pui.window.private.steps
    for target in (steps.back_button, steps.send_button):
        target.setFocus()
        pui.key(Qt.Key.Key_Return)
        pui.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        pui.settle()
    assert not [one for one in hand(pui).asked if one[0] == "send"]
    assert steps.flow.step is Step.CHECK


def test_enter_in_an_unticked_danger_does_nothing(pui: Driver, wallet: Wallet) -> None:
    by_hand.chosen(pui, wallet, MistAction.EMERGENCY)
    page = pui.window.private
    pui.click(page.view.spend.button)
    pui.settle()
    pui.click(page.steps.prove_button)
    pui.settle()
    page.steps.check.sure.setFocus()
    pui.key(Qt.Key.Key_Return)
    assert not page.steps.check.sure.isChecked()
    assert not page.steps.send_button.isEnabled()


def test_every_line_of_the_forms_answers_enter(pui: Driver, wallet: Wallet) -> None:
    """None of them swallows it without a word."""
    by_hand.chosen(pui, wallet, MistAction.FORWARD)
    view = pui.window.private.view
    lines = [
        one
        for card in (view.notes, view.deposit, view.spend, view.requests, view.files)
        for one in card.findChildren(QLineEdit)
    ]
    assert len(lines) >= 10
    deaf = [one.accessibleName() for one in lines if one.receivers("2returnPressed()") < 2]
    assert deaf == [], "each line tells its form (and the ring)"

"""The mouse wheel scrolls; it never changes what was typed or chosen."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDoubleSpinBox,
    QScrollBar,
    QWidget,
)

from obsqra_desktop.domain.mist.privacy import MistAction
from tests.ui.conftest import Driver
from tests.ui.looking import scroll_to
from tests.ui.private import chosen
from tests.ui.wallet import Wallet


def notch(at: QPoint, widget: QWidget, down: bool) -> QWheelEvent:
    """One notch of a mouse wheel."""
    turn = QPoint(0, -120 if down else 120)
    none, here = Qt.KeyboardModifier.NoModifier, QPointF(at)
    return QWheelEvent(
        here,
        QPointF(widget.mapToGlobal(at)),
        QPoint(),
        turn,
        Qt.MouseButton.NoButton,
        none,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )


def turn(window: QWidget, over: QWidget, *, down: bool) -> None:
    """Turn the wheel with the pointer over a control, as a person does: Qt passes on what the
    control leaves, and gives the keyboard to what wants it."""
    handle = window.windowHandle()
    assert handle is not None
    at = QPointF(over.mapTo(window, over.rect().center()))
    QTest.wheelEvent(handle, at, QPoint(0, -120 if down else 120))


def value(control: QWidget) -> object:
    if isinstance(control, QComboBox):
        return control.currentIndex(), control.currentText()
    assert isinstance(control, QAbstractSlider | QDoubleSpinBox), control
    return control.value()


def test_no_control_of_the_window_takes_the_wheel(pui: Driver, wallet: Wallet) -> None:
    chosen(pui, wallet, MistAction.SPLIT)
    kinds = (QComboBox, QAbstractSlider, QAbstractSpinBox)
    controls = [
        one
        for one in pui.window.findChildren(QWidget)
        if isinstance(one, kinds) and not isinstance(one, QScrollBar)
    ]
    assert len(controls) > 10
    for control in controls:
        before = value(control)
        for down in (True, False, False):
            event = notch(control.rect().center(), control, down)
            control.wheelEvent(event)
            assert not event.isAccepted(), control.accessibleName()
        assert value(control) == before, control.accessibleName()
        assert control.focusPolicy() != Qt.FocusPolicy.WheelFocus, control.accessibleName()


def test_scrolling_a_page_keeps_the_amount_and_the_owner(pui: Driver, wallet: Wallet) -> None:
    spend = chosen(pui, wallet, MistAction.SPLIT)
    form = pui.window.private.view.spend
    assert spend is form
    pui.window.resize(1024, 700)
    form.amount.text.setText("3")
    form.amount.text.setFocus()
    pui.pause()
    bar = pui.window.private.view.verticalScrollBar()
    for control in (form.amount.common, form.owner):
        for down in (True, False):
            scroll_to(control)
            pui.pause()
            owner, at = form.owner.currentText(), bar.value()
            pui.act(lambda control=control, down=down: turn(pui.window, control, down=down))
            assert (bar.value() - at) * (1 if down else -1) > 0, "the page scrolls instead"
            assert (form.amount.text.text(), form.owner.currentText()) == ("3", owner)
            assert QApplication.focusWidget() is form.amount.text

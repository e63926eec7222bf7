"""Controls that the mouse wheel cannot change: it scrolls the page that they stand on.

Qt's own drop-downs, sliders and number fields take the wheel when the pointer merely crosses them,
and the keyboard with it: a typed amount, an owner or a limit would change by scrolling.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox


class LetsWheelPass:
    """Goes before the Qt class, whose focus policy is to be StrongFocus."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # goes to what scrolls; an open list is a window of its own and has its own


class Number(LetsWheelPass, QDoubleSpinBox):
    """A number field."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

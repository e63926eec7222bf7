"""A line for an amount that can be put out of sight."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame

from obsqra_desktop.ui.format import HIDDEN
from obsqra_desktop.ui.theme import tokens
from obsqra_desktop.ui.widgets.base import keyboard_used


class VeiledLine(QLineEdit):
    """While amounts are hidden it shows a dot for each character that is being typed, and always
    the same few dots once the keyboard is elsewhere: how long an amount is tells how large."""

    def __init__(self, name: str, placeholder: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self._hide = False
        self.returnPressed.connect(lambda: keyboard_used(self, True))

    def hide_typed(self, hide: bool) -> None:
        """Out of sight, or in it again; what was typed stays."""
        self._hide = hide
        self._agree(typing=self.hasFocus())

    def _agree(self, *, typing: bool) -> None:
        modes = QLineEdit.EchoMode
        hidden = modes.Password if typing else modes.NoEcho
        self.setEchoMode(hidden if self._hide else modes.Normal)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._agree(typing=True)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._agree(typing=False)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.echoMode() is not QLineEdit.EchoMode.NoEcho or not self.text():
            return
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        part = QStyle.SubElement.SE_LineEditContents
        rect = self.style().subElementRect(part, option, self).adjusted(2, 0, -2, 0)
        painter = QPainter(self)
        painter.setPen(tokens().color("text" if self.isEnabled() else "text_faint"))
        painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), HIDDEN)
        painter.end()

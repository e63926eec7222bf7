"""A hash or address, shortened in the middle, with a button that copies all of it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from obsqra_desktop.ui import fonts
from obsqra_desktop.ui.widgets.base import horizontal
from obsqra_desktop.ui.widgets.buttons import Button


def shorten(value: str, head: int = 10, tail: int = 8) -> str:
    """`0x7f3a91c2…e40b55d8`; short values stay whole."""
    return value if len(value) <= head + tail + 1 else f"{value[:head]}…{value[-tail:]}"


class HashLabel(QWidget):
    """Shows a value in JetBrains Mono; the whole value is the tool tip and what is copied."""

    def __init__(
        self, what: str, value: str = "", head: int = 10, tail: int = 8, *, lines: int = 0
    ) -> None:
        """With `lines` the whole value is shown, in that many lines."""
        super().__init__()
        self._what, self._head, self._tail, self._lines = what, head, tail, lines
        self._value = ""
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setStyleSheet(f"font-family: '{fonts.MONO_FAMILY}'; font-size: 13px;")
        self.copy_button = Button("", "icon", "copy", self.tr("Copy {0}").format(what))
        self.copy_button.clicked.connect(self.on_copy_clicked)
        row = horizontal(4)
        row.addWidget(self._label)
        row.addWidget(self.copy_button)
        row.addStretch(1)
        self.setLayout(row)
        self.show_value(value)

    def show_value(self, value: str) -> None:
        """Change the value; an empty one is "—" and cannot be copied."""
        self._value = value
        self._label.setText(self._shown(value) if value else "—")
        self._label.setToolTip(value)
        self._label.setAccessibleName(f"{self._what}: {value or '—'}")
        self.copy_button.setVisible(bool(value))
        self.copy_button.set_icon("copy")
        self.copy_button.setToolTip(self.copy_button.accessibleName())

    def _shown(self, value: str) -> str:
        if not self._lines:
            return shorten(value, self._head, self._tail)
        size = -(-len(value) // self._lines)
        return "\n".join(value[at : at + size] for at in range(0, len(value), size))

    def on_copy_clicked(self) -> None:
        """Copy and say so on the button itself."""
        QGuiApplication.clipboard().setText(self._value)
        self.copy_button.set_icon("check")
        self.copy_button.setToolTip(self.tr("Copied"))

"""A short message that something is done; it takes no focus and goes by itself."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QWidget

from obsqra_desktop.ui.icons import IconLabel
from obsqra_desktop.ui.widgets.base import horizontal, label

SHOWN_MS = 4000


class Toast(QFrame):
    """At the lower middle of its parent."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._room = parent
        self.setObjectName("popover")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = horizontal(10, (16, 10, 18, 10))
        self._icon = IconLabel("check-circle-fill", "good", 18)
        self._words = label("", "strong")
        row.addWidget(self._icon)
        row.addWidget(self._words)
        self.setLayout(row)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    def say(self, words: str, icon: str = "check-circle-fill", token: str = "good") -> None:
        """Show the words for a few seconds; screen readers are told."""
        self._icon.show_icon(icon, token)
        self._words.setText(words)
        self.setAccessibleName(words)
        self._place()
        self.show()
        self.raise_()
        self._timer.start(SHOWN_MS)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    @property
    def words(self) -> str:
        """What is or was shown."""
        return self._words.text()

    def _place(self) -> None:
        self.adjustSize()
        room = self._room
        self.move((room.width() - self.width()) // 2, room.height() - self.height() - 96)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

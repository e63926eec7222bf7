"""A card that opens beside a button and explains one thing."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from obsqra_desktop.ui.widgets.base import label, vertical
from obsqra_desktop.ui.widgets.buttons import Button


class Popover(QFrame):
    """Closes on Escape or on a click elsewhere."""

    def __init__(self, parent: QWidget, title: str, detail: str) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("popover")
        self.setAccessibleName(title)
        self.setAccessibleDescription(detail)
        column = vertical(6, (16, 14, 16, 14))
        column.addWidget(label(title, "section"))
        words = label(detail, "secondary", wrap=True)
        words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        words.setFixedWidth(300)
        column.addWidget(words)
        self._column = column
        self.setLayout(column)

    def add_verb(self, words: str, work: Callable[[], None]) -> None:
        """A button at the foot that closes the card and does something."""
        button = Button(words, "quiet", "arrow-right")
        button.clicked.connect(self.close)
        button.clicked.connect(work)
        self._column.addWidget(button)

    def open_above(self, anchor: QWidget) -> None:
        """Show above the anchor, inside the window."""
        self.adjustSize()
        spot = anchor.mapToGlobal(QPoint(0, -self.height() - 6))
        window = anchor.window().frameGeometry()
        x = min(spot.x(), window.right() - self.width() - 8)
        self.move(max(window.left() + 8, x), spot.y())
        self.show()

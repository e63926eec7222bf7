"""What every page has: a title, a reading column that scrolls, verbs at the foot."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from obsqra_desktop.ui.widgets.base import horizontal, label, vertical
from obsqra_desktop.ui.widgets.buttons import Button

READING_COLUMN = 1200
OUTSIDE = 32
OUTSIDE_SMALL = 24


class Centered(QWidget):
    """Keeps one child at most as wide as the reading column, in the middle."""

    def __init__(self, child: QWidget, top: int, bottom: int) -> None:
        super().__init__()
        self._top, self._bottom, self._bar = top, bottom, 0
        child.setMaximumWidth(READING_COLUMN)
        child.setSizePolicy(QSizePolicy.Policy.Expanding, child.sizePolicy().verticalPolicy())
        self._row = horizontal(0)
        self._row.addStretch(1)
        self._row.addWidget(child, 10000)
        self._row.addStretch(1)
        self.setLayout(self._row)
        self._fit(1200)

    def _fit(self, width: int) -> None:
        side = OUTSIDE if width >= 860 else OUTSIDE_SMALL
        self._row.setContentsMargins(side, self._top, side - self._bar, self._bottom)

    def make_room(self, bar: int) -> None:
        """A scroll bar of this width stands at the right: keep in line with head and foot."""
        if bar != self._bar:
            self._bar = bar
            self._fit(self.width() + bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width() + self._bar)


class Body(QScrollArea):
    """The part of a page that scrolls; `column` is filled by the page."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget()
        self.column: QVBoxLayout = vertical(16)
        self.column.setAlignment(Qt.AlignmentFlag.AlignTop)
        content.setLayout(self.column)
        self._centered = Centered(content, 4, 24)
        self.setWidget(self._centered)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._centered.make_room(self.width() - self.viewport().width())

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 120)


class Footer(QFrame):
    """At the left what will not happen, at the right the verbs; the primary one is last."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("footer")
        inner = QWidget()
        self._row = horizontal(8)
        self.note = label("", "secondary", wrap=True)
        self._row.addWidget(self.note, 1)
        inner.setLayout(self._row)
        outer = vertical(0)
        outer.addWidget(Centered(inner, 13, 13))
        self.setLayout(outer)

    def add(self, button: Button) -> Button:
        """Add a verb at the right of those that are there."""
        self._row.addWidget(button)
        return button


class Page(QWidget):
    """A page of the window. The rail opens it, shortcuts reach its verbs."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self.heading = label(title, "title")
        self.head = vertical(16)
        self.title_row = horizontal(12)
        self.title_row.addWidget(self.heading)
        self.title_row.addStretch(1)
        self.head.addLayout(self.title_row)
        top = QWidget()
        top.setLayout(self.head)
        self.frame = vertical(0)
        self.frame.addWidget(Centered(top, 24, 12))
        self.setLayout(self.frame)

    def on_shown(self) -> None:
        """The page has been opened."""

    def primary_button(self) -> Button | None:
        """The button that Ctrl+Enter presses."""
        return None

    def escape(self) -> None:
        """Escape: one step back, or cancel."""

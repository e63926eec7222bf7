"""The rail at the left: where one can go."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QWidget

from obsqra_desktop.ui import fonts, icons
from obsqra_desktop.ui.icons import IconLabel
from obsqra_desktop.ui.theme import tokens
from obsqra_desktop.ui.widgets.base import FocusVisible, horizontal, label, vertical


class RailButton(FocusVisible, QAbstractButton):
    """One entry; the open page's is marked."""

    def __init__(self, text: str, icon: str, shortcut: str) -> None:
        super().__init__()
        self.setText(text)
        self._icon = icon
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self.setToolTip(shortcut)

    def sizeHint(self) -> QSize:
        return QSize(176, 38)

    def nextCheckState(self) -> None:
        """A click opens a page; it never closes one."""
        self.setChecked(True)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = tokens()
        on = self.isChecked()
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if on or self.underMouse():
            painter.setBrush(colors.color("accent_soft" if on else "surface_sunken"))
            painter.drawRoundedRect(rect, 8, 8)
        if self.ring:
            painter.setPen(QPen(colors.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect, 8, 8)
        token = "accent" if on else "text_muted"
        icons.draw(painter, self._icon, QRectF(13, (self.height() - 18) / 2, 18, 18), token)
        painter.setPen(colors.color(token))
        painter.setFont(fonts.text(14, fonts.SEMIBOLD if on else fonts.MEDIUM))
        painter.drawText(
            self.rect().adjusted(42, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), self.text()
        )
        painter.end()


def keys_of(number: int, count: int) -> str:
    """The keys that open a page: the digits, then with Shift; the last is the settings, which
    have keys of their own."""
    if number == count - 1:
        return "Ctrl+,"
    return f"Ctrl+{(number + 1) % 10}" if number < 10 else f"Ctrl+Shift+{number - 9}"


class RailGap(QWidget):
    """A thin line between two groups of entries."""

    def sizeHint(self) -> QSize:
        return QSize(176, 13)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(tokens().color("border"), 1))
        middle = self.height() / 2
        painter.drawLine(QPointF(13, middle), QPointF(self.width() - 13, middle))
        painter.end()


class Rail(QFrame):
    """Emits the number of the page to open."""

    opened = Signal(int)

    def __init__(
        self,
        entries: list[tuple[str, str]],
        last_at_foot: int = 1,
        gaps_before: frozenset[int] = frozenset(),
    ) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setFixedWidth(208)
        self.setAccessibleName(self.tr("Pages"))
        self.buttons: list[RailButton] = []
        column = vertical(2, (14, 22, 14, 14))
        brand = horizontal(9, (6, 0, 0, 18))
        brand.addWidget(IconLabel("mark", "accent", 22))
        brand.addWidget(label(self.tr("Obsqra"), "brand"))
        brand.addStretch(1)
        column.addLayout(brand)
        for number, (text, icon) in enumerate(entries):
            if number == len(entries) - last_at_foot:
                column.addStretch(1)
            if number in gaps_before:
                column.addWidget(RailGap())
            button = RailButton(text, icon, keys_of(number, len(entries)))
            button.clicked.connect(lambda _=False, n=number: self.opened.emit(n))
            column.addWidget(button)
            self.buttons.append(button)
        self.setLayout(column)

    def mark(self, number: int) -> None:
        """Mark the open page."""
        for index, button in enumerate(self.buttons):
            button.setChecked(index == number)

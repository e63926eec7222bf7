"""Check boxes, radio buttons, switches and segments, painted from the tokens."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from obsqra_desktop.ui import fonts, icons
from obsqra_desktop.ui.theme import tokens
from obsqra_desktop.ui.widgets.base import FocusVisible, horizontal, plain, set_words, tip
from obsqra_desktop.ui.widgets.wheel import LetsWheelPass

MARK = 18
GAP = 10
LEAST = 160


def focus_ring(painter: QPainter, rect: QRectF, radius: float) -> None:
    """The two-pixel ring round the thing that has the keyboard."""
    painter.setPen(QPen(tokens().color("accent"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect, radius, radius)


if TYPE_CHECKING:
    _MarkedBase = QAbstractButton
else:
    _MarkedBase = object  # a second Qt base class would crash Shiboken


class _Marked(FocusVisible, _MarkedBase):
    """What check box and radio button share: a mark, a text, a second line."""

    _note = ""
    elides = False
    """Whether long words may end in "…": for names that somebody typed."""

    def set_note(self, note: str) -> None:
        """The muted second line."""
        self._note = note
        self.setAccessibleDescription(note)
        self.updateGeometry()
        self.update()

    def _heights(self) -> tuple[int, int]:
        first = QFontMetrics(fonts.text(14)).height()
        second = QFontMetrics(fonts.text(12)).height() if self._note else 0
        return first, second

    def mark_size(self) -> QSize:
        """The size of the mark."""
        return QSize(MARK, MARK)

    def sizeHint(self) -> QSize:
        first, second = self._heights()
        words = self.text()
        width = max(
            QFontMetrics(fonts.text(14, fonts.MEDIUM)).horizontalAdvance(words),
            QFontMetrics(fonts.text(12)).horizontalAdvance(self._note),
        )
        side = self.mark_size()
        gap = GAP if words or self._note else 0
        return QSize(side.width() + gap + width + 8, max(side.height(), first + second) + 8)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), LEAST), hint.height()) if self.elides else hint

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        first, second = self._heights()
        side = self.mark_size()
        top = (self.height() - first - second) // 2
        mark = QRectF(4, top + (first - side.height()) / 2, side.width(), side.height())
        self.paint_mark(painter, mark)
        if self.ring:
            focus_ring(
                painter, mark.adjusted(-3, -3, 3, 3), mark.height() / 2 if self.round() else 6
            )
        left = round(mark.right()) + GAP
        colors = tokens()
        painter.setPen(colors.color("text" if self.isEnabled() else "text_faint"))
        painter.setFont(fonts.text(14, fonts.MEDIUM if self._note else fonts.text().weight()))
        painter.drawText(
            QRect(left, top, self.width() - left, first),
            int(Qt.AlignmentFlag.AlignVCenter),
            painter.fontMetrics().elidedText(
                self.text(), Qt.TextElideMode.ElideRight, self.width() - left
            ),
        )
        if self._note:
            painter.setPen(colors.color("text_muted"))
            painter.setFont(fonts.text(12))
            rest = QRect(left, top + first, self.width() - left, second)
            painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter), self._note)
        painter.end()

    def round(self) -> bool:
        """Whether the mark is round."""
        return False

    def paint_mark(self, painter: QPainter, rect: QRectF) -> None:
        """Draw the mark itself."""
        raise NotImplementedError


class CheckBox(_Marked, QCheckBox):
    """A check box."""

    def __init__(self, text: str = "", name: str = "") -> None:
        super().__init__()
        set_words(self, text)
        self.setAccessibleName(name or plain(text))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paint_mark(self, painter: QPainter, rect: QRectF) -> None:
        colors = tokens()
        on = self.isChecked()
        edge = "accent" if on else "text_faint"
        if not self.isEnabled():
            edge = "chart_idle"
        painter.setPen(QPen(colors.color(edge), 1.5))
        painter.setBrush(colors.color(edge) if on else colors.color("surface"))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 5, 5)
        if on:
            icons.draw(painter, "check-bold", rect.adjusted(3, 3, -3, -3), "on_accent")


class Radio(_Marked, QRadioButton):
    """A radio button."""

    def __init__(self, text: str, note: str = "", *, elides: bool = False) -> None:
        super().__init__()
        self.elides = elides
        set_words(self, text)
        self.setAccessibleName(plain(text))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_note(note)
        if elides:
            self.setToolTip(tip(plain(text)))

    def round(self) -> bool:
        return True

    def paint_mark(self, painter: QPainter, rect: QRectF) -> None:
        colors = tokens()
        on = self.isChecked()
        painter.setPen(QPen(colors.color("accent" if on else "text_faint"), 1.5))
        painter.setBrush(colors.color("accent" if on else "surface"))
        painter.drawEllipse(rect.adjusted(1, 1, -1, -1))
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.color("on_accent"))
            painter.drawEllipse(rect.center(), 3.5, 3.5)


class Toggle(_Marked, QCheckBox):
    """A switch for something that takes effect at once."""

    def __init__(self, text: str, note: str = "") -> None:
        super().__init__()
        set_words(self, text)
        self.setAccessibleName(plain(text))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_note(note)

    def mark_size(self) -> QSize:
        return QSize(34, 20)

    def round(self) -> bool:
        return True

    def paint_mark(self, painter: QPainter, rect: QRectF) -> None:
        colors = tokens()
        on = self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.color("accent" if on else "text_faint"))
        painter.drawRoundedRect(rect, 10, 10)
        painter.setBrush(colors.color("on_accent" if on else "surface"))
        x = rect.right() - 10 if on else rect.left() + 10
        painter.drawEllipse(QRectF(x - 7, rect.center().y() - 7, 14, 14))


class Segment(FocusVisible, QAbstractButton):
    """One of a few alternatives lying side by side."""

    def __init__(self, text: str, icon: str = "") -> None:
        super().__init__()
        set_words(self, text)
        self.setCheckable(True)
        self.setAccessibleName(plain(text))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._icon = icon

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(fonts.text(13, fonts.MEDIUM))
        words = metrics.horizontalAdvance(self.text())
        return QSize(words + 28 + (22 if self._icon else 0), 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = tokens()
        on = self.isChecked()
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if on:
            painter.setPen(QPen(colors.color("border"), 1))
            painter.setBrush(colors.color("surface"))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 7, 7)
        if self.ring:
            focus_ring(painter, rect, 8)
        token = "accent" if on else "text_muted"
        left = 14
        if self._icon:
            icons.draw(painter, self._icon, QRectF(12, (self.height() - 16) / 2, 16, 16), token)
            left = 34
        painter.setPen(colors.color(token))
        painter.setFont(fonts.text(13, fonts.MEDIUM))
        painter.drawText(
            self.rect().adjusted(left, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), self.text()
        )
        painter.end()


class Segments(QWidget):
    """A row of segments of which one is chosen."""

    chosen = Signal(int)

    def __init__(
        self, texts: list[tuple[str, str]], name: str, numbers: tuple[int, ...] = ()
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.group = QButtonGroup(self)
        row = horizontal(0, (2, 2, 2, 2))
        for number, (text, icon) in zip(numbers or range(len(texts)), texts, strict=True):
            segment = Segment(text, icon)
            segment.setAccessibleDescription(name)
            self.group.addButton(segment, number)
            row.addWidget(segment)
        self.setLayout(row)
        self.group.button(0).setChecked(True)
        self.group.idClicked.connect(self.chosen)

    def button(self, number: int) -> Segment:
        """One segment."""
        found = self.group.button(number)
        assert isinstance(found, Segment)
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = tokens()
        painter.setPen(QPen(colors.color("border"), 1))
        painter.setBrush(colors.color("surface_sunken"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 9, 9)
        painter.end()


class Select(LetsWheelPass, QComboBox):
    """A drop-down list with its caret drawn from the icon set."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(36)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = tokens()
        rect = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        edge: QColor = colors.color("accent" if self.hasFocus() else "border")
        painter.setPen(QPen(edge, 2 if self.hasFocus() else 1))
        painter.setBrush(colors.color("surface_sunken"))
        painter.drawRoundedRect(rect, 8, 8)
        painter.setPen(colors.color("text" if self.isEnabled() else "text_faint"))
        painter.setFont(fonts.text(14))
        words = QFontMetrics(fonts.text(14)).elidedText(
            self.currentText(), Qt.TextElideMode.ElideRight, self.width() - 44
        )
        area = self.rect().adjusted(12, 0, -32, 0)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), words)
        spot = QRectF(self.width() - 28, (self.height() - 14) / 2, 14, 14)
        icons.draw(painter, "caret-down", spot, "text_muted")
        painter.end()

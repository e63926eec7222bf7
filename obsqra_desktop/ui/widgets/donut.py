"""The allocation as a ring, with what is kept idle."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from obsqra_desktop.ui import fonts
from obsqra_desktop.ui.theme import tokens
from obsqra_desktop.ui.widgets.bars import Part

RING = 22


class Donut(QWidget):
    """Parts of 10000 basis points; two lines of words in the middle."""

    def __init__(self, size: int = 176) -> None:
        super().__init__()
        self._parts: list[Part] = []
        self._words = ("", "")
        self.setFixedSize(size, size)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return self.size()

    def show_parts(self, parts: list[Part], figure: str, note: str) -> None:
        """Show the parts and the words in the middle."""
        self._parts, self._words = parts, (figure, note)
        shares = ", ".join(f"{part.name} {part.value / 100:.2f} %" for part in parts if part.value)
        self.setAccessibleName(shares)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = tokens()
        inset = RING / 2 + 1
        rect = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        start = 90.0
        shown = [part for part in self._parts if part.value > 0]
        gap = 1.2 if len(shown) > 1 else 0.0
        for part in shown:
            span = 360 * part.value / 10000
            pen = QPen(colors.color(part.token), RING)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            drawn = max(0.4, span - gap)
            painter.drawArc(rect, round((start - gap / 2) * 16), round(-drawn * 16))
            start -= span
        if not shown:
            painter.setPen(QPen(colors.color("surface_sunken"), RING))
            painter.drawEllipse(rect)
        figure, note = self._words
        middle = self.height() // 2
        size = 22 if len(figure) <= 8 else 16
        painter.setPen(colors.color("text"))
        painter.setFont(fonts.text(size, fonts.SEMIBOLD))
        lift = 12 if note else 0
        area = QRectF(RING, middle - 16 - lift, self.width() - 2 * RING, 32)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, figure)
        painter.setPen(colors.color("text_muted"))
        painter.setFont(fonts.text(12))
        below = QRectF(RING, middle + 6, self.width() - 2 * RING, 18)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, note)
        painter.end()

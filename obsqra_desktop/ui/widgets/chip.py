"""A small rounded word with an optional icon."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from obsqra_desktop.ui import fonts, icons
from obsqra_desktop.ui.theme import tokens

FILLS = {
    "good": ("good_soft", "good"),
    "warn": ("warn_soft", "warn"),
    "bad": ("bad_soft", "bad"),
    "accent": ("accent_soft", "accent"),
    "plain": ("surface_sunken", "text_muted"),
    "white": ("surface", "accent"),
}


class Chip(QWidget):
    """A word in a tone; the word carries the meaning, the colour repeats it."""

    def __init__(self, text: str = "", tone: str = "plain", icon: str = "") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._text, self._tone, self._icon = text, tone, icon
        self.show_text(text, tone, icon)

    @property
    def text(self) -> str:
        """The word."""
        return self._text

    @property
    def tone(self) -> str:
        """good, warn, bad, accent or plain."""
        return self._tone

    def show_text(self, text: str, tone: str = "plain", icon: str = "") -> None:
        """Change word, tone and icon; an empty word hides the chip."""
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(fonts.text(12, fonts.MEDIUM))
        return QSize(metrics.horizontalAdvance(self._text) + 20 + (19 if self._icon else 0), 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._text:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill, ink = FILLS[self._tone]
        colors = tokens()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.color(fill))
        painter.drawRoundedRect(QRectF(self.rect()), 12, 12)
        left = 10
        if self._icon:
            icons.draw(painter, self._icon, QRectF(9, 5, 14, 14), ink)
            left = 28
        painter.setPen(colors.color(ink))
        painter.setFont(fonts.text(12, fonts.MEDIUM))
        area = self.rect().adjusted(left, 0, 0, 0)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), self._text)
        painter.end()

"""Bars: a risk score made of its components, and shares of a whole."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from obsqra_desktop.ui.theme import tokens


@dataclass(frozen=True)
class Part:
    """A named part of a bar; `token` is its colour."""

    name: str
    value: int
    token: str


class PartsBar(QWidget):
    """Parts one after the other on a sunken track; the words beside it carry the meaning."""

    def __init__(self, height: int = 12) -> None:
        super().__init__()
        self._parts: list[Part] = []
        self._total = 100
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_parts(self, parts: list[Part], total: int) -> None:
        """Show parts of a total that fills the whole width."""
        self._parts, self._total = parts, max(1, total)
        self.setAccessibleName(", ".join(f"{part.name} {part.value}" for part in parts))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = tokens()
        rect = QRectF(self.rect())
        round_ends = QPainterPath()
        round_ends.addRoundedRect(rect, rect.height() / 2, rect.height() / 2)
        painter.setClipPath(round_ends)
        painter.fillRect(rect, colors.color("surface_sunken"))
        x = 0.0
        painter.setPen(Qt.PenStyle.NoPen)
        for part in self._parts:
            width = rect.width() * part.value / self._total
            if width <= 0:
                continue
            painter.fillRect(
                QRectF(x, 0, max(1.0, width - 2), rect.height()), colors.color(part.token)
            )
            x += width
        painter.end()

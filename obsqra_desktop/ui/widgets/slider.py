"""A slider painted from the tokens."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider, QStyle

from obsqra_desktop.ui.theme import tokens
from obsqra_desktop.ui.widgets.base import FocusVisible
from obsqra_desktop.ui.widgets.wheel import LetsWheelPass

HANDLE = 16


class Slider(FocusVisible, LetsWheelPass, QSlider):
    """Horizontal; a click on the track goes there."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(80)

    def sizeHint(self) -> QSize:
        return QSize(160, 28)

    def _span(self) -> int:
        return max(1, self.width() - HANDLE - 4)

    def _go_to(self, event: QMouseEvent) -> None:
        x = round(event.position().x()) - HANDLE // 2 - 2
        self.setValue(
            QStyle.sliderValueFromPosition(self.minimum(), self.maximum(), x, self._span())
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._go_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._go_to(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = tokens()
        at = QStyle.sliderPositionFromValue(
            self.minimum(), self.maximum(), self.value(), self._span()
        )
        middle = self.height() / 2
        left = HANDLE / 2 + 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colors.color("border"))
        painter.drawRoundedRect(QRectF(2, middle - 2, self.width() - 4, 4), 2, 2)
        painter.setBrush(colors.color("accent"))
        painter.drawRoundedRect(QRectF(2, middle - 2, left - 2 + at, 4), 2, 2)
        knob = QRectF(2 + at, middle - HANDLE / 2, HANDLE, HANDLE)
        painter.setPen(QPen(colors.color("accent"), 2))
        painter.setBrush(colors.color("accent" if self.isSliderDown() else "surface"))
        painter.drawEllipse(knob.adjusted(1, 1, -1, -1))
        if self.ring:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(knob.adjusted(-1, -1, 1, 1))
            painter.setBrush(colors.color("accent"))
            painter.drawEllipse(knob.adjusted(4, 4, -4, -4))
        painter.end()

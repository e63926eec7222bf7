"""A QR code (ISO/IEC 18004), made by segno and painted module by module."""

import segno
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

QUIET = 4
"""Modules of white around it, as the standard wants."""


class QrCode(QWidget):
    """Dark on white in every theme: cameras expect that."""

    def __init__(self, size: int = 184) -> None:
        super().__init__()
        self._rows: list[bytes] = []
        self.setFixedSize(QSize(size, size))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Change the content."""
        code = segno.make(text, error="m", micro=False)
        self._rows = [bytes(row) for row in code.matrix]
        self.setAccessibleName(self.tr("QR code of {0}").format(text))
        self.setToolTip(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("white"))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        if self._rows:
            painter.setBrush(QColor("black"))
            count = len(self._rows) + 2 * QUIET
            module = int(self.width() * self.devicePixelRatioF()) // count
            step = module / self.devicePixelRatioF()
            start = (self.width() - step * len(self._rows)) / 2
            for y, row in enumerate(self._rows):
                for x, dark in enumerate(row):
                    if dark:
                        painter.drawRect(QRectF(start + x * step, start + y * step, step, step))
        painter.end()

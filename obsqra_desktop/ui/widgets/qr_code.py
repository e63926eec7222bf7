"""A QR code (ISO/IEC 18004), made by segno and painted module by module."""

import segno
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

QUIET = 4
"""Modules of white around it, as the standard wants."""


class QrCode(QWidget):
    """Dark on white in every theme: cameras expect that."""

    def __init__(self, size: int = 184) -> None:
        super().__init__()
        self._code = QImage()
        """One pixel a module."""
        self.setFixedSize(QSize(size, size))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Change the content."""
        code = segno.make(text, error="m", micro=False)
        rows = [bytes(row) for row in code.matrix]
        self._code = QImage(len(rows), len(rows), QImage.Format.Format_RGB32)
        self._code.fill(QColor("white"))
        for y, row in enumerate(rows):
            for x, dark in enumerate(row):
                if dark:
                    self._code.setPixelColor(x, y, QColor("black"))
        self.setAccessibleName(self.tr("QR code of {0}").format(text))
        self.setToolTip(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("white"))
        painter.drawRoundedRect(QRectF(self.rect()), 8, 8)
        if not self._code.isNull():
            ratio = self.devicePixelRatioF()
            room = int(self.width() * ratio)
            module = room // (self._code.width() + 2 * QUIET)
            # whole device pixels for each module, so that all of them have one size
            sharp = self._code.scaled(self._code.size() * module)
            sharp.setDevicePixelRatio(ratio)
            start = (room - sharp.width()) // 2 / ratio
            painter.drawImage(QPointF(start, start), sharp)
        painter.end()

"""A place to drop one file, with a button for those who do not drag."""

from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from obsqra_desktop.ui.icons import IconLabel
from obsqra_desktop.ui.theme import tokens
from obsqra_desktop.ui.widgets.base import label, vertical
from obsqra_desktop.ui.widgets.buttons import Button


class DropZone(QWidget):
    """Emits the path of a dropped file; the button opens a file dialog elsewhere."""

    dropped = Signal(Path)

    def __init__(self, title: str, detail: str, verb: str) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._over = False
        center = Qt.AlignmentFlag.AlignHCenter
        column = vertical(6, (24, 26, 24, 26))
        column.addWidget(IconLabel("file-magnifying-glass", "text_faint", 32), 0, center)
        column.addWidget(label(title, "section"), 0, center)
        column.addWidget(label(detail, "secondary"), 0, center)
        column.addSpacing(8)
        self.button = Button(verb, "primary", "folder-open")
        column.addWidget(self.button, 0, center)
        column.insertStretch(0, 1)
        column.addStretch(1)
        self.setLayout(column)
        self.set_small(False)

    def set_small(self, small: bool) -> None:
        """Make room for what was found."""
        self.setMinimumHeight(170 if small else 260)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile():
            self._over = True
            self.update()
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._over = False
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        self._over = False
        self.update()
        event.acceptProposedAction()
        self.dropped.emit(Path(event.mimeData().urls()[0].toLocalFile()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = tokens()
        pen = QPen(colors.color("accent" if self._over else "chart_idle"), 1.5)
        pen.setStyle(Qt.PenStyle.CustomDashLine)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.setBrush(colors.color("accent_soft" if self._over else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
        painter.end()

"""A small line in a table's cell: where a number has come from."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from obsqra_desktop.ui.models.pools import TREND_ROLE
from obsqra_desktop.ui.theme import tokens

Index = QModelIndex | QPersistentModelIndex


def segments(values: Sequence[int | None], area: QRectF) -> list[QPolygonF]:
    """Lines through the known values, broken where one is not known; flat ones in the middle."""
    known = [value for value in values if value is not None]
    if not known:
        return []
    low, high = min(known), max(known)
    step = area.width() / max(1, len(values) - 1)
    lines: list[QPolygonF] = []
    line = QPolygonF()
    for number, value in enumerate(values):
        if value is None:
            if not line.isEmpty():
                lines.append(line)
            line = QPolygonF()
            continue
        part = 0.5 if high == low else (value - low) / (high - low)
        x = area.right() if len(values) == 1 else area.left() + number * step
        line.append(QPointF(x, area.bottom() - part * area.height()))
    return lines if line.isEmpty() else [*lines, line]


class SparklineDelegate(QStyledItemDelegate):
    """Draws the model's TREND_ROLE; the newest value is a dot. What it means stands in words."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        panel = QStyle.PrimitiveElement.PE_PanelItemViewItem
        option.widget.style().drawPrimitive(panel, option, painter, option.widget)
        values: Sequence[int | None] = index.data(TREND_ROLE) or ()
        if sum(value is not None for value in values) < 2:
            painter.save()
            painter.setPen(tokens().color("text_muted"))
            painter.drawText(option.rect.adjusted(10, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, "—")
            painter.restore()
            return
        area = QRectF(option.rect).adjusted(10, 13, -14, -13)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color = tokens().color("chart_1")
        painter.setPen(QPen(color, 1.5))
        lines = segments(values, area)
        for line in lines:
            painter.drawPolyline(line)
        if values[-1] is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawEllipse(lines[-1].last(), 2.5, 2.5)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(84, 44)

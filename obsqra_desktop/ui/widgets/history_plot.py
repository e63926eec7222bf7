"""The history of one number, drawn by pyqtgraph in the product's own colours and type."""

import math
from collections.abc import Callable, Sequence
from datetime import datetime

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy

from obsqra_desktop.ui import fonts
from obsqra_desktop.ui.theme import tokens

Words = Callable[[float], str]
FEW = 40
"""Up to so many points each one is a dot."""


class ValueAxis(pg.AxisItem):
    """The axis at the left, its numbers in words."""

    def __init__(self) -> None:
        super().__init__("left")
        self.words: Words = str
        self.whole = False

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [self.words(value) for value in values]

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        """About one tick in 40 pixels, on round numbers, and no second, finer set."""
        room = max(2, size / 40)
        rough = max((high - low) / room, 1e-9)
        base = 10.0 ** math.floor(math.log10(rough))
        step = next(base * one for one in (1, 2, 5, 10) if base * one >= rough)
        return [(max(step, 1.0) if self.whole else step, 0)]


class TimeAxis(pg.DateAxisItem):
    """Days with their month, hours as people write them, in local time."""

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        form = "%d %b" if spacing >= 86_400 else "%H:%M"
        return [datetime.fromtimestamp(one).astimezone().strftime(form) for one in values]


class HistoryPlot(pg.PlotWidget):
    """One line over time; hovering tells the point under the mouse.

    It takes no wheel, drag or menu: the page scrolls, and nothing can be lost by a slip.
    """

    pointed = Signal(object)
    """The number of the point under the mouse, or None."""

    def __init__(self) -> None:
        self._values = ValueAxis()
        self._times = TimeAxis("bottom")
        super().__init__(axisItems={"left": self._values, "bottom": self._times})
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(236)
        self.setMinimumWidth(200)
        self.setMouseTracking(True)
        self.setAntialiasing(True)
        item = self.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setMouseEnabled(x=False, y=False)
        item.setContentsMargins(0, 6, 6, 0)
        item.getViewBox().setDefaultPadding(0)
        self._line = pg.PlotDataItem(connect="finite")
        self._ghost = pg.ScatterPlotItem(size=9, pen=None)
        self._limit = pg.InfiniteLine(angle=0, movable=False)
        self._limit_words = pg.TextItem(anchor=(1, 1))
        for thing in (self._limit, self._line, self._ghost, self._limit_words):
            item.addItem(thing, ignoreBounds=True)
        self._xs = np.zeros(0)
        self._ys = np.zeros(0)
        self._tint()

    def sizeHint(self) -> QSize:
        return QSize(480, 236)

    def show_points(
        self,
        times: Sequence[int],
        values: Sequence[int | None],
        words: Words,
        *,
        limit: tuple[float, str] | None = None,
        bounds: tuple[float, float] | None = None,
        whole: bool = False,
        stepped: bool = False,
    ) -> None:
        """Replace the line; times in unix seconds, unknown values leave gaps.

        `bounds` fixes the range of the axis, `whole` allows only whole numbers on it. `stepped`:
        a value holds until the next one, as there is nothing between two of its kind.
        """
        self._xs = np.array(times, dtype=float)
        self._ys = np.array([np.nan if one is None else one for one in values], dtype=float)
        self._values.words, self._values.whole = words, whole
        few = len(times) <= FEW
        self._line.setData(
            self._xs,
            self._ys,
            stepMode="right" if stepped else None,
            symbol="o" if few else None,
            symbolSize=5,
            symbolPen=None,
            symbolBrush=tokens().chart_1,
        )
        self._ghost.setData([], [])
        self._limit.setVisible(limit is not None)
        self._limit_words.setVisible(limit is not None)
        self._fit(limit, bounds)

    def _fit(self, limit: tuple[float, str] | None, bounds: tuple[float, float] | None) -> None:
        known = self._ys[np.isfinite(self._ys)]
        box = self.getPlotItem().getViewBox()
        if known.size == 0:
            return
        reach = [float(known.min()), float(known.max())]
        if limit is not None:
            reach.append(limit[0])
        low, high = bounds or (min(reach), max(reach))
        room = max((high - low) * 0.12, 1.0 if high == low else 0.0)
        first, last = float(self._xs[0]), float(self._xs[-1])
        side = max((last - first) * 0.02, 1800.0 if first == last else 1.0)
        floor = low - room if bounds else max(0.0, low - room)
        box.setRange(
            xRange=(first - side, last + side),
            yRange=(floor, high + room),
            padding=0,
        )
        if limit is not None:
            self._limit.setPos(limit[0])
            self._limit_words.setText(limit[1], color=tokens().warn)
            right = self._room_at(limit[0], slice(-max(1, self._ys.size // 4), None))
            left = self._room_at(limit[0], slice(0, max(1, self._ys.size // 4)))
            at_right = right >= left
            self._limit_words.setAnchor((1, 1) if at_right else (0, 1))
            self._limit_words.setPos(last + side if at_right else first - side, limit[0])

    def _room_at(self, limit: float, part: slice) -> float:
        """How far the line stays away from the limit there: its words go where there is room."""
        known = self._ys[part][np.isfinite(self._ys[part])]
        return float(np.abs(known - limit).min()) if known.size else math.inf

    def _tint(self) -> None:
        colors = tokens()
        self.setBackground(colors.surface)
        for axis in (self._values, self._times):
            axis.setPen(pg.mkPen(colors.border))
            axis.setTextPen(pg.mkPen(colors.text_muted))
            axis.setTickPen(pg.mkPen(None))
            axis.setTickFont(fonts.text(12))
            axis.setStyle(tickLength=0, tickTextOffset=8)
        self._values.setPen(pg.mkPen(None))
        self.getPlotItem().showGrid(x=False, y=True, alpha=0.16)
        self._line.setPen(pg.mkPen(colors.chart_1, width=2))
        self._line.setSymbolBrush(pg.mkBrush(colors.chart_1))
        fill = colors.color("chart_1")
        fill.setAlpha(28)
        self._line.setBrush(pg.mkBrush(fill))
        self._ghost.setBrush(pg.mkBrush(colors.text))
        self._limit.setPen(pg.mkPen(colors.warn, width=1, style=Qt.PenStyle.DashLine))
        self._limit_words.setColor(colors.warn)
        behind = colors.color("surface")
        behind.setAlpha(210)
        self._limit_words.fill = pg.mkBrush(behind)
        self._limit_words.setFont(fonts.text(12))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_limit_words"):
            self._tint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        spot = self.getPlotItem().getViewBox().mapSceneToView(event.position())
        self.point_at(spot.x())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._ghost.setData([], [])
        self.pointed.emit(None)

    def point_at(self, time: float) -> None:
        """Mark and tell the known point nearest to a time."""
        known = np.flatnonzero(np.isfinite(self._ys))
        if known.size == 0:
            return
        number = int(known[np.abs(self._xs[known] - time).argmin()])
        self._ghost.setData([self._xs[number]], [self._ys[number]])
        self.pointed.emit(number)

"""A policy preset as a card to choose."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from obsqra_desktop.ui import fonts, icons
from obsqra_desktop.ui.theme import tokens
from obsqra_desktop.ui.widgets.base import FocusVisible, plain, set_words

PAD = 16


class PresetCard(FocusVisible, QAbstractButton):
    """Icon, name, motto and three limits; the chosen one is framed and says so."""

    def __init__(self, title: str, motto: str, limits: list[str], icon: str) -> None:
        super().__init__()
        set_words(self, title)
        self._motto, self._limits, self._icon = motto, limits, icon
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(plain(title))
        self.setAccessibleDescription(f"{motto}. {'. '.join(limits)}")
        self._chosen_word = self.tr("chosen")

    def sizeHint(self) -> QSize:
        return QSize(172, PAD * 2 + 20 + 8 + 20 + 2 + 18 + 10 + 22 * len(self._limits))

    def minimumSizeHint(self) -> QSize:
        font = QFontMetrics(fonts.text(13))
        widest = max(font.horizontalAdvance(words) for words in self._limits)
        return QSize(widest + 12 + 2 * PAD, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = tokens()
        on = self.isChecked()
        hover = self.underMouse() and not on
        edge = 2 if on or self.ring else 1
        rect = QRectF(self.rect()).adjusted(edge / 2, edge / 2, -edge / 2, -edge / 2)
        line = "accent" if on or self.ring else "text_faint" if hover else "border"
        painter.setPen(QPen(colors.color(line), edge))
        painter.setBrush(colors.color("accent_soft" if on else "surface"))
        painter.drawRoundedRect(rect, 10, 10)
        if self.ring:
            painter.setPen(QPen(colors.color("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(3.5, 3.5, -3.5, -3.5), 7, 7)
        token = "accent" if on else "text_muted"
        icons.draw(painter, self._icon, QRectF(PAD, PAD, 22, 22), token)
        if on:
            self._chosen(painter)
        self._words(painter)
        painter.end()

    def _chosen(self, painter: QPainter) -> None:
        font = fonts.text(12, fonts.MEDIUM)
        width = QFontMetrics(font).horizontalAdvance(self._chosen_word) + 18
        rect = QRectF(self.width() - PAD - width + 4, PAD - 1, width, 22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens().color("surface"))
        painter.drawRoundedRect(rect, 11, 11)
        painter.setPen(tokens().color("accent"))
        painter.setFont(font)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self._chosen_word)

    def _words(self, painter: QPainter) -> None:
        colors = tokens()
        width = self.width() - 2 * PAD
        y = PAD + 22 + 8
        left = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(colors.color("text"))
        painter.setFont(fonts.text(15, fonts.SEMIBOLD))
        painter.drawText(QRectF(PAD, y, width, 20), left, self.text())
        y += 22
        painter.setPen(colors.color("text_muted"))
        painter.setFont(fonts.text(12))
        painter.drawText(QRectF(PAD, y, width, 18), left, self._motto)
        y += 26
        painter.setFont(fonts.text(13))
        metrics = QFontMetrics(fonts.text(13))
        for words in self._limits:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.color("accent" if self.isChecked() else "text_faint"))
            painter.drawEllipse(QRectF(PAD, y + 9, 4, 4))
            painter.setPen(colors.color("text"))
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width - 12)
            painter.drawText(QRectF(PAD + 12, y, width - 12, 22), left, shown)
            y += 22

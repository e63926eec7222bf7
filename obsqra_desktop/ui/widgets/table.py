"""The table view of the product: rows to walk with the arrow keys, a status as a chip."""

from collections.abc import Iterable

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from obsqra_desktop.ui import fonts, icons
from obsqra_desktop.ui.models.decisions import ICON_ROLE, SORT_ROLE, TONE_ROLE
from obsqra_desktop.ui.theme import tokens
from obsqra_desktop.ui.widgets.base import Card
from obsqra_desktop.ui.widgets.chip import FILLS

Index = QModelIndex | QPersistentModelIndex


class ChipDelegate(QStyledItemDelegate):
    """Draws the status as a rounded chip with its icon."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        words = str(index.data() or "")
        self.initStyleOption(option, index)
        option.text = ""
        super().paint(painter, option, QModelIndex())
        fill, ink = FILLS[index.data(TONE_ROLE) or "plain"]
        font = fonts.text(12, fonts.MEDIUM)
        rect = option.rect
        width = min(QFontMetrics(font).horizontalAdvance(words) + 40, rect.width() - 12)
        chip = QRectF(rect.left() + 8, rect.center().y() - 11, width, 24)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens().color(fill))
        painter.drawRoundedRect(chip, 12, 12)
        icons.draw(
            painter, index.data(ICON_ROLE), QRectF(chip.left() + 9, chip.top() + 5, 14, 14), ink
        )
        painter.setPen(tokens().color(ink))
        painter.setFont(font)
        shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, int(width) - 38)
        painter.drawText(chip.adjusted(28, 0, -8, 0), Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the chip with its words, and what `paint` leaves beside it."""
        words = str(index.data() or "")
        return QSize(QFontMetrics(fonts.text(12, fonts.MEDIUM)).horizontalAdvance(words) + 54, 44)


class MonoDelegate(QStyledItemDelegate):
    """Draws ids in JetBrains Mono; too long ones keep their end, where impostors differ."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.font = fonts.mono(12)
        option.textElideMode = Qt.TextElideMode.ElideMiddle


class Table(QTableView):
    """One row is one thing; Tab leaves the table, arrows move in it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setSortingEnabled(True)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(44)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_sorted(
        self,
        model: QAbstractItemModel,
        *,
        by: int,
        stretch: int,
        widths: Iterable[tuple[int, int]],
        order: Qt.SortOrder = Qt.SortOrder.AscendingOrder,
    ) -> QSortFilterProxyModel:
        """The model's rows, sorted `by` a column at first; one column takes the room that is left,
        the others have `widths` as (column, pixels)."""
        proxy = QSortFilterProxyModel(self)
        proxy.setSourceModel(model)
        proxy.setSortRole(SORT_ROLE)
        self.setModel(proxy)
        self.sortByColumn(by, order)
        header = self.horizontalHeader()
        header.setSectionResizeMode(stretch, QHeaderView.ResizeMode.Stretch)
        for column, width in widths:
            header.resizeSection(column, width)
        return proxy

    def set_delegates(self, parent: QWidget, chip_column: int, mono_column: int) -> None:
        """Which columns are drawn specially."""
        self._chip, self._mono = ChipDelegate(parent), MonoDelegate(parent)
        self.setItemDelegateForColumn(chip_column, self._chip)
        self.setItemDelegateForColumn(mono_column, self._mono)

    def set_chips(self, parent: QWidget, column: int) -> None:
        """One column as chips."""
        self._chip = ChipDelegate(parent)
        self.setItemDelegateForColumn(column, self._chip)

    def set_mono(self, parent: QWidget, column: int) -> None:
        """One column in JetBrains Mono, none as chips."""
        self._mono = MonoDelegate(parent)
        self.setItemDelegateForColumn(column, self._mono)


def table_card(table: Table) -> Card:
    """A card without a title around a table."""
    card = Card()
    card.body.setContentsMargins(8, 4, 8, 8)
    card.add(table)
    return card


def search_in(proxy: QSortFilterProxyModel, search: QLineEdit) -> None:
    """Rows that have what is typed in any column."""
    proxy.setFilterKeyColumn(-1)
    proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    search.textChanged.connect(proxy.setFilterFixedString)

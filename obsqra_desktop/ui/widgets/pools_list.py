"""The list of pools: search, filter, whose limits, the table."""

import time

from PySide6.QtCore import QModelIndex, QTimer, Signal
from PySide6.QtWidgets import QWidget

from obsqra_desktop.flows.limits import Limits
from obsqra_desktop.flows.pools import PoolsFlow, Show
from obsqra_desktop.services.market_view import PoolView
from obsqra_desktop.ui.models.decisions import ENTRY_ROLE
from obsqra_desktop.ui.models.pools import PoolsModel
from obsqra_desktop.ui.widgets.base import horizontal, vertical
from obsqra_desktop.ui.widgets.choice import Select
from obsqra_desktop.ui.widgets.empty_state import EmptyState
from obsqra_desktop.ui.widgets.form import edit
from obsqra_desktop.ui.widgets.pools_table import PoolsTable
from obsqra_desktop.ui.widgets.table import table_card

SHOWS = tuple(Show)
FILTER_PAUSE = 120
ROW = 44
MOST_ROWS = 9


class PoolsList(QWidget):
    """Shows what the flow lets through and tells what is chosen."""

    filtered = Signal()
    """Other rows are wanted."""
    current_changed = Signal(object)
    """PoolView."""
    limits_chosen = Signal(str)
    """Key of `flows.limits`."""

    def __init__(self, flow: PoolsFlow) -> None:
        super().__init__()
        self._flow = flow
        self._keys: tuple[str, ...] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(FILTER_PAUSE)
        self._pause.timeout.connect(self.filtered)
        self.search = edit(self.tr("Search"), self.tr("Search pair, venue, state"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _: self._pause.start())
        self.filter = Select(self.tr("Which pools"))
        for words in (
            self.tr("All pools"),
            self.tr("Fit your limits"),
            self.tr("With concerns"),
            self.tr("Entered by hand"),
        ):
            self.filter.addItem(words)
        self.filter.setFixedWidth(150)
        self.filter.currentIndexChanged.connect(lambda _: self.filtered.emit())
        self.limits = Select(self.tr("Your limits"))
        self.limits.setFixedWidth(226)
        self.limits.currentIndexChanged.connect(self._on_limits)
        row = horizontal(8)
        row.addWidget(self.search, 1)
        row.addWidget(self.limits)
        row.addWidget(self.filter)
        self.model = PoolsModel(flow, lambda: int(time.time()))
        self.table = PoolsTable(self.tr("Pools"), self.model)
        self.proxy = self.table.proxy
        self.table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.card = table_card(self.table)
        self.none = EmptyState(
            "magnifying-glass",
            self.tr("No pool is found by that"),
            self.tr("Search looks at pair, venue, address and state."),
            self.tr("Show &all pools"),
            primary=False,
        )
        self.none.button.clicked.connect(self.show_all)
        self.none.hide()
        column = vertical(16)
        column.addLayout(row)
        column.addWidget(self.none)
        column.addWidget(self.card)
        self.setLayout(column)

    def show_all(self) -> None:
        """Neither search nor filter."""
        blocked = self.filter.blockSignals(True)
        self.filter.setCurrentIndex(0)
        self.filter.blockSignals(blocked)
        self.search.clear()
        self.filtered.emit()

    def show_limits(self, known: tuple[Limits, ...], chosen: Limits) -> None:
        """Whose limits can be chosen, and whose are in force."""
        blocked = self.limits.blockSignals(True)
        self.limits.clear()
        for one in known:
            self.limits.addItem(one.words)
        self._keys = tuple(one.key for one in known)
        self.limits.setCurrentIndex(self._keys.index(chosen.key))
        self.limits.blockSignals(blocked)

    def show_rows(self) -> PoolView | None:
        """What search and filter let through; the pool that is chosen then, if it was before."""
        show = SHOWS[self.filter.currentIndex()]
        pools = self._flow.rows(self.search.text(), show, int(time.time()))
        chosen = self._flow.state.pool
        blocked = self.table.selectionModel().blockSignals(True)
        self.model.show_things(pools)
        rows = [number for number, one in enumerate(pools) if one.id == chosen]
        index = (
            self.proxy.mapFromSource(self.model.index(rows[0], 0))
            if rows
            else self.proxy.index(0, 0)
        )
        self.table.setCurrentIndex(index)
        self.table.selectionModel().blockSignals(blocked)
        self.table.viewport().update()
        rows_shown = min(max(len(pools), 1), MOST_ROWS)
        self.table.setFixedHeight(ROW * rows_shown + 42)
        self.card.setVisible(bool(pools))
        self.none.setVisible(not pools)
        pool: PoolView | None = index.data(ENTRY_ROLE) if index.isValid() else None
        return pool

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self.current_changed.emit(current.siblingAtColumn(0).data(ENTRY_ROLE))

    def _on_limits(self, number: int) -> None:
        if 0 <= number < len(self._keys):
            self.limits_chosen.emit(self._keys[number])

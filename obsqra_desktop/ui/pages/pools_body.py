"""What the page of pools shows when there are some: the list, and all about the chosen one."""

from PySide6.QtCore import Qt, QTimer

from obsqra_desktop.flows.pools import Plotted, PoolsFlow
from obsqra_desktop.services.market_view import PoolView
from obsqra_desktop.ui.pages.page import Body
from obsqra_desktop.ui.widgets.columns import Columns
from obsqra_desktop.ui.widgets.derivation_card import DerivationCard
from obsqra_desktop.ui.widgets.history_card import HistoryCard
from obsqra_desktop.ui.widgets.market_work import MarketWork
from obsqra_desktop.ui.widgets.pool_detail import PoolDetail
from obsqra_desktop.ui.widgets.pool_notices import PoolNotices
from obsqra_desktop.ui.widgets.pools_list import PoolsList

SIDE = 344


class PoolsBody(Body):
    """Draws the flow and tells it what is chosen; asks nobody for anything."""

    def __init__(self, flow: PoolsFlow) -> None:
        super().__init__()
        self._flow = flow
        self.notices = PoolNotices()
        self.notices.dismiss.clicked.connect(self._on_dismiss)
        self.work = MarketWork()
        self.columns = Columns(side_width=SIDE)
        for part in (self.notices, self.work, self.columns):
            self.column.addWidget(part)
        self.list = PoolsList(flow)
        self.list.filtered.connect(self.show_rows)
        self.list.current_changed.connect(self._on_current_changed)
        self.history = HistoryCard()
        self.history.plot_wanted.connect(self._on_plot)
        self.derivation = DerivationCard()
        self.derivation.hide()
        self.derivation.closed.connect(lambda: self.explain(None))
        for card in (self.list, self.derivation, self.history):
            self.columns.main.addWidget(card)
        self.detail = PoolDetail()
        self.detail.why_wanted.connect(self.explain)
        self.columns.side.addWidget(self.detail)

    def show_rows(self) -> None:
        """The rows that search and filter let through, and the chosen one among them."""
        before, metric = self._flow.state.pool, self._flow.state.metric
        pool = self.list.show_rows()
        for card in (self.detail, self.history):
            card.setVisible(pool is not None)
        if pool is not None:
            self._flow.choose(pool.id, metric if pool.id == before else None)
            self._show_pool()
        else:
            self.derivation.hide()

    def _on_current_changed(self, pool: PoolView) -> None:
        self._flow.choose(pool.id)
        self._show_pool()

    def _show_pool(self) -> None:
        pool, view = self._flow.pool, self._flow.state.view
        if pool is None or view is None:
            return
        self.detail.show_pool(self._flow, pool)
        self.history.show_pool(self._flow, pool)
        metric = self._flow.state.metric
        self.derivation.setVisible(metric is not None)
        if metric is not None:
            self.derivation.show_metric(view, pool, pool.metric(metric))

    def _on_plot(self, what: Plotted) -> None:
        self._flow.plot(what)
        self._show_pool()
        self.list.table.viewport().update()

    def explain(self, metric: str | None) -> None:
        """Open why a number is what it is, or close that; the keyboard goes along."""
        before = self._flow.state.metric
        self._flow.choose(self._flow.state.pool, metric)
        self._show_pool()
        if metric is not None:
            QTimer.singleShot(0, self, lambda: self.ensureWidgetVisible(self.derivation, 0, 8))
            self.derivation.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif before is not None:
            self.detail.lines[before].why.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_dismiss(self) -> None:
        self._flow.dismiss()
        self.notices.show_view(self._flow.state.view, ())

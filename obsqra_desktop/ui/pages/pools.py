"""Pools: read from the chain at one block, searched, plotted, explained, changed by hand."""

import asyncio
import time
from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QStackedWidget

from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.flows.pools import Crossing, Plotted, PoolsFlow, Show, Work
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.market_view import HistoryPoint, Market, MarketPhase, MarketView
from obsqra_desktop.ui.format import clock_time, duration_words, grouped
from obsqra_desktop.ui.models.decisions import ENTRY_ROLE
from obsqra_desktop.ui.models.pools import (
    PoolsModel,
)
from obsqra_desktop.ui.pages.page import Body, Footer, Page
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.state import UiState
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.base import Card, horizontal, label
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.chip import Chip
from obsqra_desktop.ui.widgets.choice import Select
from obsqra_desktop.ui.widgets.columns import Columns
from obsqra_desktop.ui.widgets.derivation_card import DerivationCard
from obsqra_desktop.ui.widgets.empty_state import EmptyState
from obsqra_desktop.ui.widgets.form import edit
from obsqra_desktop.ui.widgets.history_card import HistoryCard
from obsqra_desktop.ui.widgets.market_work import MarketWork
from obsqra_desktop.ui.widgets.pool_detail import PoolDetail
from obsqra_desktop.ui.widgets.pool_notices import PoolNotices
from obsqra_desktop.ui.widgets.pools_table import PoolsTable

EVERY = (0, 5, 15, 60)
SHOWS = tuple(Show)
HISTORY = 1_000
"""Snapshots that are plotted, the newest ones."""
FILTER_PAUSE = 120
Loaded = tuple[MarketView | None, dict[int, tuple[HistoryPoint, ...]]]


class PoolsPage(Page):
    """A thin drawing of `flows.pools`."""

    said = Signal(str)
    alarmed = Signal(str)
    """A score has crossed the policy."""
    networks_wanted = Signal()
    decide_wanted = Signal()

    def __init__(
        self, services: UiServices, market: Market, state: UiState, runner: TaskRunner
    ) -> None:
        super().__init__("")
        self.heading.setText(self.tr("Pools"))
        self.setAccessibleName(self.tr("Pools"))
        self._services, self._market = services, market
        self._state, self._runner = state, runner
        self._cancel: CancelToken | None = None
        self._task: asyncio.Task[None] | None = None
        self._network = ""
        self.flow = PoolsFlow(services.catalog.rules()[0], self._policy())
        self._build_head()
        self.stack = QStackedWidget()
        self.frame.addWidget(self.stack, 1)
        self.empty = EmptyState("coins", "", "", "…")
        self.empty.button.clicked.connect(self._on_way_out)
        self._build_body()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.body)
        self.footer = Footer()
        self.footer.note.setText(
            self.tr("Reading asks only your own node. Nothing is sent, nothing is signed.")
        )
        self.decide_button = self.footer.add(
            Button(self.tr("&Decide over these pools"), "primary", "arrow-right")
        )
        self.decide_button.clicked.connect(self.decide_wanted)
        self.frame.addWidget(self.footer)
        self.timer = QTimer(self)
        self.timer.timeout.connect(self._on_timer)
        self._search_timer = QTimer(self)
        self._search_timer.setSingleShot(True)
        self._search_timer.setInterval(FILTER_PAUSE)
        self._search_timer.timeout.connect(self._show_rows)
        self._set_timer()

    # --- building ---

    def _build_head(self) -> None:
        self.chip = Chip()
        self.chip.hide()
        self.title_row.insertWidget(1, self.chip)
        self.every = Select(self.tr("How often pools are read"))
        for words in (
            self.tr("By hand"),
            self.tr("Every 5 min"),
            self.tr("Every 15 min"),
            self.tr("Every hour"),
        ):
            self.every.addItem(words)
        minutes = self._state.settings.pools_every_minutes
        self.every.setCurrentIndex(EVERY.index(minutes) if minutes in EVERY else 0)
        self.every.setFixedWidth(138)
        self.every.currentIndexChanged.connect(self._on_every)
        self.refresh_button = Button(self.tr("&Refresh"), "plain", "arrow-clockwise")
        self.refresh_button.clicked.connect(self.refresh)
        self.title_row.addWidget(self.every)
        self.title_row.addWidget(self.refresh_button)

    def _build_body(self) -> None:
        self.body = Body()
        self.notices = PoolNotices()
        self.notices.again.clicked.connect(self.refresh)
        self.notices.networks.clicked.connect(self.networks_wanted)
        self.notices.dismiss.clicked.connect(self._on_dismiss)
        self.work = MarketWork()
        self.work.stop.clicked.connect(self.stop)
        self.body.column.addWidget(self.notices)
        self.body.column.addWidget(self.work)
        self.columns = Columns(side_width=372)
        self.body.column.addWidget(self.columns)
        self.search = edit(self.tr("Search"), self.tr("Search pair, venue, state"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _: self._search_timer.start())
        self.filter = Select(self.tr("Which pools"))
        for words in (
            self.tr("All pools"),
            self.tr("Fit your limits"),
            self.tr("With concerns"),
            self.tr("Entered by hand"),
        ):
            self.filter.addItem(words)
        self.filter.setFixedWidth(166)
        self.filter.currentIndexChanged.connect(lambda _: self._show_rows())
        row = horizontal(8)
        row.addWidget(self.search, 1)
        row.addWidget(self.filter)
        self.model = PoolsModel(self.flow, lambda: int(time.time()))
        self.table = PoolsTable(self.tr("Pools"), self.model)
        self.proxy = self.table.proxy
        self.table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.card = Card()
        self.card.body.setContentsMargins(8, 4, 8, 8)
        self.card.add(self.table)
        self.none = label(self.tr("No pool is found by that."), "secondary", wrap=True)
        self.none.hide()
        self.history = HistoryCard()
        self.history.plot_wanted.connect(self._on_plot)
        self.derivation = DerivationCard()
        self.derivation.hide()
        self.derivation.closed.connect(lambda: self._explain(None))
        self.derivation.counted.connect(self._on_counted)
        main = self.columns.main
        main.addLayout(row)
        main.addWidget(self.none)
        for card in (self.card, self.derivation, self.history):
            main.addWidget(card)
        self.detail = PoolDetail()
        self.detail.why_wanted.connect(self._explain)
        self.detail.entered.connect(self._on_entered)
        self.columns.side.addWidget(self.detail)

    # --- page ---

    def primary_button(self) -> Button | None:
        if self.stack.currentWidget() is self.empty:
            return self.empty.button
        return self.decide_button if self.decide_button.isEnabled() else None

    def escape(self) -> None:
        if self.flow.working:
            self.stop()
        elif self.flow.state.metric is not None:
            self._explain(None)

    def on_shown(self) -> None:
        self.flow.policy = self._policy()
        network = self._selected()
        if network != self._network:
            self._network = network
            self.flow.forget()
        self.load()

    def _policy(self) -> Policy:
        presets = self._services.catalog.presets()
        wanted = self._state.settings.last_policy
        return next((one for one in presets if one.name.lower() == wanted), presets[0])

    def _selected(self) -> str:
        try:
            return self._services.networks.network().id
        except AppError:
            return ""

    # --- reading what is kept ---

    def load(self) -> None:
        """Show what is kept; asks no node."""
        self._runner.run(self._read(), done=self._on_loaded, failed=self._on_failed)

    async def _read(self) -> Loaded:
        return await self._market.latest(), await self._market.history(HISTORY)

    def _on_loaded(self, found: Loaded) -> None:
        self.flow.loaded(*found)
        self._show()

    # --- taking a snapshot ---

    def refresh(self) -> None:
        """Read the pools now."""
        self._begin(
            Work.REFRESH,
            self.tr("Reading pools"),
            self.tr("Only your node is asked. What is shown stays until the new numbers are kept."),
        )

    def make_practice_market(self) -> None:
        """Pools and a day of trades on the practice chain, then a first snapshot."""
        self._begin(
            Work.PRACTICE,
            self.tr("Making the practice market"),
            self.tr("Play money on this computer. Its contracts are our own, traded for a day."),
        )

    def _begin(self, work: Work, title: str, note: str) -> None:
        if not self.flow.start(work):
            return
        self._cancel = CancelToken()
        self.work.begin(title, note)
        self._show()
        self._task = self._runner.run(
            self._take(work, self._cancel), done=self._on_taken, failed=self._on_failed
        )

    async def _take(
        self, work: Work, cancel: CancelToken
    ) -> tuple[MarketView, dict[int, tuple[HistoryPoint, ...]]]:
        if work is Work.PRACTICE:
            await self._market.practice_market(self._on_phase, cancel)
        view = await self._market.refresh(self._on_phase, cancel)
        return view, await self._market.history(HISTORY)

    def _on_phase(self, phase: MarketPhase) -> None:
        self.flow.phase(phase)
        self.work.show_phases(self.flow.state.phases)

    def stop(self) -> None:
        """Stop what runs; what is kept stays as it is."""
        if self._cancel is not None and not self._cancel.cancelled:
            self._cancel.cancel()
            self.work.stopping()

    def _on_taken(self, found: tuple[MarketView, dict[int, tuple[HistoryPoint, ...]]]) -> None:
        view, history = found
        crossed = self.flow.taken(view)
        self.flow.loaded(view, history)
        self._show()
        words = self.tr("{0} pools at block {1}").format(
            len(view.pools), grouped(view.block_number)
        )
        self.said.emit(words)
        if crossed:
            self._alarm(crossed)

    def _alarm(self, crossed: tuple[Crossing, ...]) -> None:
        self.alarmed.emit(crossed[0].words)
        self.setAccessibleDescription(crossed[0].words)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _on_failed(self, error: AppError) -> None:
        self.flow.failed(error)
        self._show()

    def _on_timer(self) -> None:
        if not self.flow.working and self.isEnabled():
            self._network = self._selected()
            self.refresh()

    def _on_every(self, number: int) -> None:
        self._state.update(pools_every_minutes=EVERY[number])
        self._set_timer()

    def _set_timer(self) -> None:
        minutes = self._state.settings.pools_every_minutes
        if minutes:
            self.timer.start(minutes * 60_000)
        else:
            self.timer.stop()

    # --- drawing ---

    def _show(self) -> None:
        state = self.flow.state
        self.work.setVisible(self.flow.working)
        self.refresh_button.setEnabled(not self.flow.working)
        self._show_chip(state.view)
        self.notices.show_error(state.error)
        self.notices.show_view(state.view, state.crossings)
        bare = state.view is None or not state.view.pools
        self.footer.setVisible(not bare)
        self.decide_button.setEnabled(not self.flow.working)
        if bare and not self.flow.working and state.error is None:
            self._show_empty(state.view)
            self.stack.setCurrentWidget(self.empty)
            self.refresh_button.setVisible(False)
            return
        self.refresh_button.setVisible(True)
        self.stack.setCurrentWidget(self.body)
        self.columns.setVisible(not bare)
        if not bare:
            self._show_rows()

    def _show_chip(self, view: MarketView | None) -> None:
        self.chip.setVisible(view is not None)
        if view is None:
            return
        block = grouped(view.block_number)
        now = int(time.time())
        if self.flow.is_old(now):
            age = duration_words(now - view.block_timestamp)
            self.chip.show_text(self.tr("block {0} · {1} old").format(block, age), "warn", "clock")
        else:
            words = self.tr("measured at block {0} · {1}")
            self.chip.show_text(
                words.format(block, clock_time(view.block_timestamp)), "good", "clock"
            )

    def _show_empty(self, view: MarketView | None) -> None:
        try:
            settings = self._services.networks.settings()
            network = self._services.networks.network()
        except AppError as error:
            self.empty.say(error.title, f"{error.detail} {error.hint}".strip(), "")
            return
        if network.practice:
            self.empty.say(
                self.tr("No pools on the practice chain yet"),
                self.tr(
                    "One click deploys pools of our own with play money and lets them be traded "
                    "through a day, so that everything can be tried on real contracts."
                ),
                self.tr("&Make the practice market"),
            )
        elif settings.offline or not network.endpoints:
            why = (
                self.tr("Offline mode is on: no node outside this computer is asked.")
                if settings.offline
                else self.tr("No node is set for {0}. Nobody is asked before you name one.").format(
                    network.name
                )
            )
            self.empty.say(self.tr("Nobody to ask about pools"), why, self.tr("Open &Networks"))
        elif view is not None:
            self.empty.say(
                self.tr("No pool was found"),
                self.tr("At block {0} none of the known pairs has a pool on {1}.").format(
                    grouped(view.block_number), network.name
                ),
                self.tr("&Look again"),
            )
        else:
            self.empty.say(
                self.tr("No pools were read yet"),
                self.tr(
                    "Use, swings, depth and yield are read from the pool contracts on {0} at one "
                    "block, through your own node and nobody else."
                ).format(network.name),
                self.tr("&Read the pools"),
            )

    def _on_way_out(self) -> None:
        try:
            settings = self._services.networks.settings()
            network = self._services.networks.network()
        except AppError:
            self.networks_wanted.emit()
            return
        if network.practice:
            self.make_practice_market()
        elif settings.offline or not network.endpoints:
            self.networks_wanted.emit()
        else:
            self.refresh()

    def _show_rows(self) -> None:
        show = SHOWS[self.filter.currentIndex()]
        pools = self.flow.rows(self.search.text(), show, int(time.time()))
        chosen, metric = self.flow.state.pool, self.flow.state.metric
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
        self.table.setFixedHeight(min(44 * max(len(pools), 1) + 42, 44 * 9 + 42))
        self.card.setVisible(bool(pools))
        self.none.setVisible(not pools)
        self.detail.setVisible(index.isValid())
        self.history.setVisible(index.isValid())
        if index.isValid():
            pool = index.data(ENTRY_ROLE)
            self.flow.choose(pool.id, metric if rows else None)
            self._show_pool()
        else:
            self.derivation.hide()

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            pool = current.siblingAtColumn(0).data(ENTRY_ROLE)
            self.flow.choose(pool.id)
            self._show_pool()

    def _show_pool(self) -> None:
        pool, view = self.flow.pool, self.flow.state.view
        if pool is None or view is None:
            return
        self.detail.show_pool(self.flow, pool)
        self.history.show_pool(self.flow, pool)
        metric = self.flow.state.metric
        self.derivation.setVisible(metric is not None)
        if metric is not None:
            self.derivation.show_metric(view, pool, pool.metric(metric))

    def _on_plot(self, what: Plotted) -> None:
        self.flow.plot(what)
        self._show_pool()
        self.table.viewport().update()

    def _explain(self, metric: str | None) -> None:
        before = self.flow.state.metric
        self.flow.choose(self.flow.state.pool, metric)
        self._show_pool()
        if metric is not None:
            QTimer.singleShot(0, self, lambda: self.body.ensureWidgetVisible(self.derivation, 0, 8))
            self.derivation.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        elif before is not None:
            self.detail.lines[before].why.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_dismiss(self) -> None:
        self.flow.dismiss()
        self.notices.show_view(self.flow.state.view, ())

    # --- by hand ---

    def _on_entered(self, metric: str, value: int | None) -> None:
        pool = self.flow.state.pool
        if pool is not None:
            self._change(self._market.enter(pool, metric, value), self.detail)

    def _on_counted(self, key: str, points: int | None) -> None:
        pool = self.flow.state.pool
        if pool is not None:
            self._change(self._market.count_audit_row(pool, key, points), self.derivation)

    def _change(
        self, work: Coroutine[Any, Any, MarketView], place: PoolDetail | DerivationCard
    ) -> None:
        def done(view: MarketView) -> None:
            self.flow.changed(view)
            self._show()

        self._runner.run(work, done=done, failed=place.show_error)

"""Pools: read from the chain at one block, searched, plotted, explained, changed by hand."""

import contextlib
import time
from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QStackedWidget

from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.flows.limits import Limits, in_force, limits
from obsqra_desktop.flows.pool_marks import Crossing
from obsqra_desktop.flows.pools import PoolsFlow, PoolsState, Work
from obsqra_desktop.services.market_view import Market, MarketView
from obsqra_desktop.ui.format import clock_time, duration_words, grouped
from obsqra_desktop.ui.pages.page import Footer, Page
from obsqra_desktop.ui.pages.pools_body import PoolsBody
from obsqra_desktop.ui.pages.pools_empty import PoolsEmpty, Way
from obsqra_desktop.ui.pages.pools_reader import PoolsReader
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.state import UiState
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.chip import Chip
from obsqra_desktop.ui.widgets.choice import Select
from obsqra_desktop.ui.widgets.derivation_card import DerivationCard
from obsqra_desktop.ui.widgets.pool_detail import PoolDetail

EVERY = (0, 5, 15, 60)


class PoolsPage(Page):
    """A thin drawing of `flows.pools`."""

    said = Signal(str)
    alarmed = Signal(object)
    """Crossings: scores have come to the other side of the limit."""
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
        self._network = ""
        self.flow = PoolsFlow(services.catalog.rules()[0], self._limits()[1].policy)
        self.reader = PoolsReader(market, self.flow, runner)
        self.reader.changed.connect(self._show)
        self.reader.came_further.connect(lambda: self.work.show_phases(self.flow.state.phases))
        self.reader.taken.connect(self._on_taken)
        self._build_head()
        self.stack = QStackedWidget()
        self.frame.addWidget(self.stack, 1)
        self.empty = PoolsEmpty()
        self.empty.button.clicked.connect(self._on_way_out)
        self.empty.other.clicked.connect(self.networks_wanted)
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
        self._set_timer()
        state.changed.connect(self._agree_limits)
        self._agree_limits()

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
        self.body = PoolsBody(self.flow)
        self.notices, self.work = self.body.notices, self.body.work
        self.notices.again.clicked.connect(self.refresh)
        self.notices.networks.clicked.connect(self.networks_wanted)
        self.work.stop.clicked.connect(self.stop)
        self.list, self.detail = self.body.list, self.body.detail
        self.derivation, self.history = self.body.derivation, self.body.history
        self.list.limits_chosen.connect(lambda key: self._state.update(pools_limits=key))
        self.detail.entered.connect(self._on_entered)
        self.derivation.counted.connect(self._on_counted)

    # --- page ---

    def primary_button(self) -> Button | None:
        if self.stack.currentWidget() is self.empty:
            return self.empty.button
        return self.decide_button if self.decide_button.isEnabled() else None

    def escape(self) -> None:
        if self.flow.working:
            self.stop()
        elif self.flow.state.metric is not None:
            self.body.explain(None)

    def on_shown(self) -> None:
        self._agree_limits()
        network = self._selected()
        if network != self._network:
            self._network = network
            self.flow.forget()
        self.load()

    def _limits(self) -> tuple[tuple[Limits, ...], Limits]:
        """Whose limits can be chosen, and those in force; a saved file that is damaged is none."""
        catalog = self._services.catalog
        saved = []
        with contextlib.suppress(AppError):
            for name in catalog.saved():
                with contextlib.suppress(AppError):
                    saved.append((name, catalog.policy(name)))
        known = limits(self._state.settings, catalog.presets(), saved)
        return known, in_force(self._state.settings, known)

    def _agree_limits(self) -> None:
        """Another policy was chosen, here or by a decision."""
        known, chosen = self._limits()
        self.list.show_limits(known, chosen)
        if chosen.policy != self.flow.policy:
            self.flow.limits(chosen.policy)
            self._show()

    def _selected(self) -> str:
        try:
            return self._services.networks.network().id
        except AppError:
            return ""

    # --- reading and taking ---

    def load(self) -> None:
        """Show what is kept; asks no node."""
        self.reader.load()

    def refresh(self) -> None:
        """Read the pools now."""
        if self.reader.begin(Work.REFRESH):
            self.work.begin(
                self.tr("Reading pools"),
                self.tr(
                    "Only your node is asked. What is shown stays until the new numbers are kept."
                ),
            )
            self._show()

    def make_practice_market(self) -> None:
        """Pools and a day of trades on the practice chain, then a first snapshot."""
        if self.reader.begin(Work.PRACTICE):
            self.work.begin(
                self.tr("Making the practice market"),
                self.tr(
                    "Play money on this computer. Its contracts are our own, traded for a day."
                ),
            )
            self._show()

    def stop(self) -> None:
        """Stop what runs; what is kept stays as it is."""
        if self.reader.stop():
            self.work.stopping()

    def _on_taken(self, view: MarketView, crossed: tuple[Crossing, ...]) -> None:
        words = self.tr("{0} pools at block {1}")
        self.said.emit(words.format(len(view.pools), grouped(view.block_number)))
        if crossed:
            self.alarmed.emit(crossed)
            self.setAccessibleDescription(crossed[0].words)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

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
        self.refresh_button.setEnabled(not self.flow.working)
        stopped = self.work.stop.hasFocus() and not self.flow.working
        self.work.setVisible(self.flow.working)
        self._show_state(state)
        if stopped:  # the button that had the keyboard has gone: it stays near
            bare = self.stack.currentWidget() is self.empty
            button = self.empty.button if bare else self.refresh_button
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_state(self, state: PoolsState) -> None:
        self._show_chip(state.view)
        self.notices.show_error(state.error)
        self.notices.show_view(state.view, state.crossings)
        bare = state.view is None or not state.view.pools
        self.footer.setVisible(not bare)
        self.decide_button.setEnabled(not self.flow.working)
        if bare and not self.flow.working:
            if state.error is not None:
                self.empty.show_error(self._services, state.error)
            else:
                self.empty.show_for(self._services, state.view)
            self.stack.setCurrentWidget(self.empty)
            self.refresh_button.setVisible(False)
            return
        self.refresh_button.setVisible(True)
        self.stack.setCurrentWidget(self.body)
        self.body.columns.setVisible(not bare)
        if not bare:
            self.body.show_rows()

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

    def _on_way_out(self) -> None:
        if self.empty.way is Way.PRACTICE:
            self.make_practice_market()
        elif self.empty.way is Way.NETWORKS:
            self.networks_wanted.emit()
        elif self.empty.way is Way.REFRESH:
            self.refresh()

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

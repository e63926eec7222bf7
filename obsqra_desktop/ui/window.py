"""The window: rail, pages, status strip, and the keys that work everywhere."""

import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from obsqra_desktop.domain.chain_types import PracticeStatus
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.network import NodeReport
from obsqra_desktop.domain.proof import ProofParameters
from obsqra_desktop.flows.send import Step
from obsqra_desktop.ui.desktop_notice import DesktopNotices
from obsqra_desktop.ui.icons import app_icon
from obsqra_desktop.ui.pages.page import Page
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.practice_life import MarketBeat
from obsqra_desktop.ui.rail import Rail, keys_of
from obsqra_desktop.ui.rail_entries import (
    ACCOUNT,
    BOOK,
    CONNECTIONS,
    CONTRACTS,
    DECIDE,
    DECISIONS,
    HISTORY,
    NETWORKS,
    POOLS,
    PRIVATE,
    SEND,
    SETTINGS,
    VERIFY,
    entries,
)
from obsqra_desktop.ui.state import UiState
from obsqra_desktop.ui.status_facts import Fact, keys_fact, network_fact, node_fact, route_fact
from obsqra_desktop.ui.status_strip import StatusStrip
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.theme import Theme, ThemeChoice
from obsqra_desktop.ui.widgets.base import Notice, horizontal, keyboard_used, vertical
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.form import show_error
from obsqra_desktop.ui.widgets.practice_bar import PracticeBar
from obsqra_desktop.ui.window_pages import WindowPages

if TYPE_CHECKING:
    from obsqra_desktop.flows.pool_marks import Crossing

PAGES = {"account": ACCOUNT, "networks": NETWORKS, "connections": CONNECTIONS}
POLL_MILLISECONDS = 10_000


class MainWindow(WindowPages):
    """One page each for what can be done; made when they are first needed."""

    closed = Signal()

    def __init__(
        self, services: UiServices, state: UiState, runner: TaskRunner, theme: Theme
    ) -> None:
        super().__init__(services, state, runner)
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self.tr("Obsqra"))
        self.setWindowIcon(app_icon())
        self.setMinimumSize(1024, 700)
        self._theme = theme
        self.parameters, self._prover_problem = self._read_parameters()
        self.current = self._proof_page = DECIDE
        self._kept = self._open_record = ""
        self._last_reports: tuple[NodeReport, ...] = ()
        self._last_network = ""
        self._polling = False
        self._lay_out()
        self._connect()
        self._shortcuts()
        self._on_state_changed()
        self._show_proofs_fact()
        self._practice_status: PracticeStatus | None = None
        self.notices = DesktopNotices(self, state)
        self.notices.clicked.connect(self._on_notice_clicked)
        self.market_beat = MarketBeat(services.practice_life, state, runner, self)
        self.refresh_status()
        if state.settings.pools_every_minutes:
            self.pools.hide()  # made now: it reads pools by itself
        self.open_page(DECIDE)
        theme.changed.connect(self._wear_sheet)
        self._wear_sheet()
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocus()

    def _wear_sheet(self) -> None:
        self.setStyleSheet(self._theme.sheet)

    def _read_parameters(self) -> tuple[ProofParameters | None, AppError | None]:
        try:
            return self._services.parameters(), None
        except AppError as error:
            return None, error

    def _put_contract_there(self) -> None:
        """From a proof that no contract could be asked about; the way back is kept."""
        self._proof_page = self.current
        self.contracts.has_proof = True
        self.open_page(CONTRACTS)

    def page(self, number: int) -> Page:
        """One page by its place in the rail."""
        return {
            DECIDE: lambda: self.decide,
            POOLS: lambda: self.pools,
            DECISIONS: lambda: self.decisions,
            VERIFY: lambda: self.verify,
            ACCOUNT: lambda: self.account,
            SEND: lambda: self.send,
            PRIVATE: lambda: self.private,
            HISTORY: lambda: self.history,
            BOOK: lambda: self.book,
            NETWORKS: lambda: self.networks,
            CONNECTIONS: lambda: self.connections,
            CONTRACTS: lambda: self.contracts,
            SETTINGS: lambda: self.settings,
        }[number]()

    def _lay_out(self) -> None:
        self.rail = Rail(
            entries(self.tr),
            gaps_before=frozenset({ACCOUNT, NETWORKS}),
        )
        self.stack.setCurrentWidget(self.decide)  # Tab comes here before it comes to the strip
        self.strip = StatusStrip()
        self.trouble = Notice("bad")
        self.trouble.hide()
        self.copy_button = Button(self.tr("Copy details"), "plain", "copy")
        self.dismiss_button = Button("", "icon", "x", self.tr("Dismiss"))
        self.trouble.verbs.addWidget(self.copy_button)
        self.trouble.verbs.addWidget(self.dismiss_button)
        middle = vertical(0)
        middle.addWidget(self.trouble)
        self.open_ones = Notice("warn")
        self.open_ones.hide()
        self.follow_button = Button(self.tr("Look at it"), "plain", "clock-counter-clockwise")
        self.open_ones.verbs.addWidget(self.follow_button)
        middle.addWidget(self.open_ones)
        middle.addWidget(self.stack, 1)
        row = horizontal(0)
        row.addWidget(self.rail)
        row.addLayout(middle, 1)
        self.practice_bar = PracticeBar()
        self.practice_bar.hide()
        column = vertical(0)
        column.addWidget(self.practice_bar)
        column.addLayout(row, 1)
        column.addWidget(self.strip)
        self.setLayout(column)
        self._details = ""

    def _connect(self) -> None:
        self.rail.opened.connect(self.open_page)
        self.strip.hide_toggled.connect(lambda on: self.state.update(hide_amounts=on))
        self.state.changed.connect(self._on_state_changed)
        self.state.not_kept.connect(self._on_not_kept)
        self.kept.connect(self._on_kept)
        self.page_wanted.connect(self.open_page)
        self.record_wanted.connect(self._show_in_history)
        self.contract_wanted.connect(self._put_contract_there)
        self.proof_wanted.connect(lambda: self.open_page(self._proof_page))
        self.decide_wanted.connect(self._decide_over)
        self.status_changed.connect(self.refresh_status)
        self.practice_changed.connect(self._on_practice)
        self.alarmed.connect(self._on_alarm)
        self.strip.page_wanted.connect(lambda name: self.open_page(PAGES[name]))
        self.practice_bar.start.clicked.connect(self.start_practice)
        self.poll = QTimer(self)
        self.poll.setInterval(POLL_MILLISECONDS)
        self.poll.timeout.connect(self._on_poll)
        self.poll.start()
        self.runner.unexpected.connect(self.show_trouble)
        self.dismiss_button.clicked.connect(self.trouble.hide)
        self.follow_button.clicked.connect(lambda: self._show_in_history(self._open_record))
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._details))

    def _shortcuts(self) -> None:
        for number in range(len(self.rail.buttons)):
            shortcut = QShortcut(QKeySequence(keys_of(number, len(self.rail.buttons))), self)
            shortcut.activated.connect(lambda n=number: self._go(n))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._press_primary)
        QShortcut(QKeySequence("Escape"), self).activated.connect(self._on_escape)
        QShortcut(QKeySequence("Ctrl+Shift+H"), self).activated.connect(
            lambda: self.state.update(hide_amounts=not self.state.hide_amounts)
        )

    def _go(self, number: int) -> None:
        """By its keys: the keyboard goes there, too."""
        self.open_page(number)
        page = self.page(number)
        here: QWidget | None = self.focusWidget()
        if here is None or not page.isAncestorOf(here):
            page.setFocus()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """What goes while it has the keyboard leaves it near, on the page: by Qt's order it would
        come to the rail, and the next key would open another page."""
        here: QWidget | None = self.focusWidget()
        if here is None or (here.isVisible() and here.isEnabled()):
            return super().focusNextPrevChild(next)  # Tab
        page = self.stack.currentWidget() or self
        while here is not None and not (here.isVisible() and here.isEnabled()):
            here = here.parentWidget()
        (here if here is not None and page.isAncestorOf(here) else page).setFocus()
        return True

    def open_page(self, number: int) -> None:
        """Show one page."""
        page = self.page(number)
        self.current = number
        self.stack.setCurrentWidget(page)
        self.rail.mark(number)
        if number == DECISIONS and self._kept:
            self.decisions.open_decision(self._kept)
            self._kept = ""
        page.on_shown()
        self._show_open_ones()

    def _on_escape(self) -> None:
        keyboard_used(self, True)
        self.page(self.current).escape()

    def _press_primary(self) -> None:
        keyboard_used(self, True)
        button = self.page(self.current).primary_button()
        if button is not None and button.isVisible():
            button.click()

    def _on_kept(self, decision_id: str) -> None:
        self._kept = decision_id

    def _on_not_kept(self, error: AppError) -> None:
        self.settings.on_not_kept(error)
        self.toast.say(self.tr("This setting could not be kept"), "warning-fill", "warn")

    def _on_state_changed(self) -> None:
        self.strip.show_hidden(self.state.hide_amounts)
        choice = ThemeChoice(self.state.settings.theme.value)
        if choice is not self._theme.choice:
            self._theme.choose(choice)

    def refresh_status(self) -> None:
        """Read what is set, and ask the practice chain's process how it is; asks no node."""
        try:
            settings = self._services.networks.settings()
            network = self._services.networks.network()
            self.strip.show_fact("keys", keys_fact(self._services.accounts.vault_state()))
        except AppError as error:
            words = f"{error.detail} {error.hint}".strip()
            self.strip.show_fact(
                "network", Fact(error.title, "warning", error.title, words, "warn")
            )
            return
        self.strip.show_fact("network", network_fact(network))
        self.setWindowTitle(self.tr("Obsqra · {0}").format(network.name))
        self._show_open_ones()
        self.strip.show_fact("route", route_fact(settings, network))
        self.practice_bar.setVisible(network.practice)
        if not network.practice:
            self._practice_status = None
        self._show_node(())
        self.runner.run(self._look(), done=self._show_node, failed=self._on_no_node)

    def _show_open_ones(self) -> None:
        """What a crash or a closed window left unsettled; the pages that show it need no more."""
        try:
            records = self._services.sending.unsettled()
        except AppError:
            records = ()  # the history says what is wrong with the journal
        here = self.current in {SEND, HISTORY}
        if self.current == CONTRACTS:
            here = self.contracts.steps.flow.step is Step.DO
        self.open_ones.setVisible(bool(records) and not here)
        if records:
            self._open_record = records[-1].id
            title = self.tr("A transaction is not settled yet")
            if len(records) > 1:
                title = self.tr("{0} transactions are not settled yet").format(len(records))
            words = self.tr("Sent or about to be sent on {0}. Looking again cannot pay twice.")
            self.open_ones.say(
                "warn", title, words.format(self._services.networks.name_of(records[-1].network))
            )

    async def _look(self, *, anew: bool = True) -> tuple[NodeReport, ...]:
        """The practice chain's process, then the node that would be asked. The node's preflight is
        made at most once a minute where nothing was done; `anew` asks a node of one's own now."""
        self._polling = True
        try:
            network = self._services.networks.network()
            if network.practice:
                before = self._practice_status
                self._on_practice(status := await self._services.practice.status())
                if anew or before is None or before.state is not status.state:
                    return await self._services.networks.test()
            return await self._services.networks.glance()
        finally:
            self._polling = False

    def _on_practice(self, status: PracticeStatus) -> None:
        before, self._practice_status = self._practice_status, status
        self.practice_bar.show_status(status)
        if self.current == PRIVATE and before is not None and before.state is not status.state:
            self.private.on_shown()

    def _show_node(self, reports: tuple[NodeReport, ...]) -> None:
        try:
            settings = self._services.networks.settings()
            network = self._services.networks.network()
        except AppError:
            return  # the strip already says what is wrong with the file
        if not reports:
            reports = self._last_reports
        self._last_reports = reports if self._last_network == network.id else ()
        self._last_network = network.id
        fact = node_fact(settings, network, self._last_reports, self._practice_status)
        self.strip.show_fact("node", fact)

    def _on_no_node(self, _error: AppError) -> None:
        self._last_reports = ()
        self._show_node(())

    def _on_poll(self) -> None:
        if self.isVisible() and not self.isMinimized() and not self._polling:
            self.runner.run(self._look(anew=False), done=self._show_node, failed=self._on_no_node)

    def start_practice(self) -> None:
        """From the amber bar."""

        def done(status: PracticeStatus) -> None:
            self._on_practice(status)
            self.refresh_status()
            if "account" in self.__dict__:
                self.account.refresh()

        def failed(error: AppError) -> None:
            self.open_page(NETWORKS)
            show_error(self.networks.practice.notice, error)

        self.practice_bar.keep_keyboard()
        self.runner.run(
            self._services.practice.up(),
            done=done,
            failed=failed,
            button=self.practice_bar.start,
            busy=self.tr("Starting…"),
        )

    def _on_alarm(self, crossed: "tuple[Crossing, ...]") -> None:
        """In the window with everything, on the desktop without names or figures."""
        if self.current != POOLS:
            self.toast.say(crossed[0].words, "warning-fill", "warn")
        words = self.tr("A pool’s score has crossed your limit. Open Obsqra to see which.")
        if len(crossed) > 1:
            words = self.tr("Scores of pools have crossed your limit. Open Obsqra to see which.")
        self.notices.tell(self.tr("Obsqra: pools"), words)

    def _on_notice_clicked(self) -> None:
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()
        self.open_page(POOLS)

    def _decide_over(self) -> None:
        self.open_page(DECIDE)
        self.decide.decide_over_pools()

    def _show_in_history(self, record_id: str) -> None:
        self.open_page(HISTORY)
        self.history.open_record(record_id)

    def _show_proofs_fact(self) -> None:
        if self._prover_problem is None:
            proofs = Fact(
                self.tr("Proofs made here"),
                "cpu",
                self.tr("Proofs are made on this computer"),
                self.tr("Your policy never leaves it. No server takes part in proving."),
            )
        else:
            error = self._prover_problem
            words = f"{error.detail} {error.hint}".strip()
            proofs = Fact(self.tr("No prover"), "warning", error.title, words, "warn")
        self.strip.show_fact("proofs", proofs)

    def show_trouble(self, error: BaseException) -> None:
        """Something that nobody foresaw: say so in the window, offer the details, send nothing."""
        self._details = "".join(traceback.format_exception(error))
        self.trouble.say(
            "bad",
            self.tr("Something went wrong that the program did not expect"),
            self.tr("Your decisions are safe. Nothing was sent. {0}").format(type(error).__name__),
        )
        self.trouble.show()

    def show_damage(self, error: AppError) -> None:
        """What the look at the program's start has found: it stays until it is read."""
        self._details = str(error)
        self.trouble.say("bad", error.title, f"{error.detail} {error.hint}".strip())
        self.trouble.show()

    def geometry_bytes(self) -> QByteArray:
        """Size and place, to open there again."""
        return self.saveGeometry()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.poll.stop()
        self.market_beat.timer.stop()
        self.closed.emit()

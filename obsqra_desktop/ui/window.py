"""The window: rail, pages, status strip, and the keys that work everywhere."""

import traceback
from functools import cached_property

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.proof import ProofParameters
from obsqra_desktop.flows.decide import Choice, Origin
from obsqra_desktop.ui.format import grouped
from obsqra_desktop.ui.icons import app_icon
from obsqra_desktop.ui.pages.decide import DecidePage
from obsqra_desktop.ui.pages.decisions import DecisionsPage
from obsqra_desktop.ui.pages.page import Page
from obsqra_desktop.ui.pages.settings import SettingsPage
from obsqra_desktop.ui.pages.verify import VerifyPage
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.rail import Rail
from obsqra_desktop.ui.state import UiState
from obsqra_desktop.ui.status_strip import Fact, StatusStrip
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.theme import Theme, ThemeChoice
from obsqra_desktop.ui.widgets.base import Notice, horizontal, vertical
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.toast import Toast

DECIDE, DECISIONS, VERIFY, SETTINGS = range(4)
CHAINS = {"SN_MAIN": "Starknet mainnet", "SN_SEPOLIA": "Starknet Sepolia (test money)"}


class MainWindow(QWidget):
    """Four pages; only what exists has an entry."""

    closed = Signal()

    def __init__(
        self, services: UiServices, state: UiState, runner: TaskRunner, theme: Theme
    ) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self.tr("Obsqra"))
        self.setWindowIcon(app_icon())
        self.setMinimumSize(1024, 700)
        self._services, self.state, self.runner, self._theme = services, state, runner, theme
        self.parameters, self._prover_problem = self._read_parameters()
        self.decide = DecidePage(services, state, runner)
        self.current = DECIDE
        self._kept = ""
        self._lay_out()
        self._connect()
        self._shortcuts()
        self._on_state_changed()
        self._on_choice_changed(self.decide.flow.choice)
        self._show_fixed_facts()
        self.open_page(DECIDE)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocus()

    def _read_parameters(self) -> tuple[ProofParameters | None, AppError | None]:
        try:
            return self._services.parameters(), None
        except AppError as error:
            return None, error

    # The window opens with one page; the others are made when they are first needed.

    @cached_property
    def decisions(self) -> DecisionsPage:
        """The audit trail."""
        page = DecisionsPage(self._services, self.runner)
        page.said.connect(self.toast.say)
        page.decide_wanted.connect(lambda: self.open_page(DECIDE))
        self.stack.addWidget(page)
        return page

    @cached_property
    def verify(self) -> VerifyPage:
        """The check of bundles."""
        page = VerifyPage(self._services, self.runner)
        self.stack.addWidget(page)
        return page

    @cached_property
    def settings(self) -> SettingsPage:
        """The settings."""
        page = SettingsPage(self._services, self.state, self.parameters)
        self.stack.addWidget(page)
        return page

    def page(self, number: int) -> Page:
        """One page by its place in the rail."""
        return {
            DECIDE: lambda: self.decide,
            DECISIONS: lambda: self.decisions,
            VERIFY: lambda: self.verify,
            SETTINGS: lambda: self.settings,
        }[number]()

    def _lay_out(self) -> None:
        self.rail = Rail(
            [
                (self.tr("Decide"), "compass"),
                (self.tr("Decisions"), "list-checks"),
                (self.tr("Verify a bundle"), "seal-check"),
                (self.tr("Settings"), "gear-six"),
            ]
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.decide)
        self.strip = StatusStrip()
        self.trouble = Notice("bad")
        self.trouble.hide()
        self.copy_button = Button(self.tr("Copy details"), "plain", "copy")
        self.dismiss_button = Button("", "icon", "x", self.tr("Dismiss"))
        self.trouble.verbs.addWidget(self.copy_button)
        self.trouble.verbs.addWidget(self.dismiss_button)
        middle = vertical(0)
        middle.addWidget(self.trouble)
        middle.addWidget(self.stack, 1)
        row = horizontal(0)
        row.addWidget(self.rail)
        row.addLayout(middle, 1)
        column = vertical(0)
        column.addLayout(row, 1)
        column.addWidget(self.strip)
        self.setLayout(column)
        self.toast = Toast(self)
        self._details = ""

    def _connect(self) -> None:
        self.rail.opened.connect(self.open_page)
        self.strip.hide_toggled.connect(lambda on: self.state.update(hide_amounts=on))
        self.state.changed.connect(self._on_state_changed)
        self.state.not_kept.connect(self._on_not_kept)
        self.decide.kept.connect(self._on_kept)
        self.decide.said.connect(self.toast.say)
        self.decide.choice_changed.connect(self._on_choice_changed)
        self.runner.unexpected.connect(self.show_trouble)
        self.dismiss_button.clicked.connect(self.trouble.hide)
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._details))

    def _shortcuts(self) -> None:
        for number in range(len(self.rail.buttons)):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{number + 1}"), self)
            shortcut.activated.connect(lambda n=number: self.open_page(n))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._press_primary)
        QShortcut(QKeySequence("Escape"), self).activated.connect(
            lambda: self.page(self.current).escape()
        )
        QShortcut(QKeySequence("Ctrl+Shift+H"), self).activated.connect(
            lambda: self.state.update(hide_amounts=not self.state.hide_amounts)
        )

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

    def _press_primary(self) -> None:
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

    def _on_choice_changed(self, choice: Choice) -> None:
        """The network is the snapshot's; typed and sample numbers come from none."""
        snapshot = choice.snapshot
        if snapshot is None or snapshot.chain is None or snapshot.block_number is None:
            self.strip.show_fact(
                "network",
                Fact(
                    self.tr("No network"),
                    "plugs",
                    self.tr("No network"),
                    self.tr(
                        "This version connects to nothing. The numbers come from the sample, "
                        "from a file that you open, or from your keyboard."
                    ),
                ),
            )
        else:
            chain = CHAINS.get(snapshot.chain, snapshot.chain)
            block = self.tr("{0} · block {1}").format(chain, grouped(snapshot.block_number))
            self.strip.show_fact(
                "network",
                Fact(
                    block,
                    "cube",
                    chain,
                    self.tr(
                        "The opened snapshot says that it was read there. "
                        "Nothing is connected now; the file is not checked against the chain."
                    ),
                    "" if snapshot.chain == "SN_MAIN" else "warn",
                ),
            )
        sources = {
            Origin.SAMPLE: (self.tr("Sample numbers"), "flask"),
            Origin.FILE: (self.tr("Numbers from a file"), "file-text"),
            Origin.TYPED: (self.tr("Numbers typed by hand"), "pencil-simple"),
        }
        text, icon = sources[choice.origin or Origin.SAMPLE]
        detail = self.tr("Each number carries its source; the proof binds them all.")
        self.strip.show_fact("source", Fact(text, icon, text, detail))

    def _show_fixed_facts(self) -> None:
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
        self.strip.show_fact(
            "keys",
            Fact(
                self.tr("Keys: signing only"),
                "key",
                self.tr("One key, for signing bundles"),
                self.tr(
                    "It signs audit bundles and can move no money. It is made with the first "
                    "bundle and never leaves this computer. This version holds no account keys."
                ),
            ),
        )

    def show_trouble(self, error: BaseException) -> None:
        """Something that nobody foresaw: say so in the window, offer the details, send nothing."""
        self._details = "".join(traceback.format_exception(error))
        self.trouble.say(
            "bad",
            self.tr("Something went wrong that the program did not expect"),
            self.tr("Your decisions are safe. Nothing was sent. {0}").format(type(error).__name__),
        )
        self.trouble.show()

    def geometry_bytes(self) -> QByteArray:
        """Size and place, to open there again."""
        return self.saveGeometry()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

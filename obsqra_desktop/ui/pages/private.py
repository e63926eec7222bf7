"""Private money: the pool, notes, and each step from its privacy over its proof to its receipt."""

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from PySide6.QtCore import Signal

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import STRK, Token
from obsqra_desktop.domain.chain_errors import VaultLocked
from obsqra_desktop.domain.chain_types import VaultState
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.mist_notes import HeldNote, MistBook
from obsqra_desktop.domain.network import Network
from obsqra_desktop.flows.private import PrivateNeed, private_need
from obsqra_desktop.flows.send import Step
from obsqra_desktop.services.accounts import Holdings
from obsqra_desktop.services.mist.desk import Overview
from obsqra_desktop.services.mist.giving import GivenRequest
from obsqra_desktop.ui.models.notes import amount_text
from obsqra_desktop.ui.pages.account import PLAY_MONEY
from obsqra_desktop.ui.pages.page import Page
from obsqra_desktop.ui.pages.private_files import FileWork
from obsqra_desktop.ui.pages.private_pool import PoolWork
from obsqra_desktop.ui.pages.private_step import KINDS, StepWork
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.state import UiState
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.form import show_error
from obsqra_desktop.ui.widgets.private_forms import Wanted, choose_owner, name_of
from obsqra_desktop.ui.widgets.private_overview import OverviewView

T = TypeVar("T")


class PrivatePage(Page):
    """What there is; `steps` does what moves money, `pools` looks, `desk` handles files."""

    said = Signal(str)
    sent = Signal()
    account_wanted = Signal()
    keys_changed = Signal()

    def __init__(self, services: UiServices, state: UiState, runner: TaskRunner) -> None:
        super().__init__("")
        self.heading.setText(self.tr("Private money"))
        self.setAccessibleName(self.tr("Private money"))
        self._services, self._state, self._runner = services, state, runner
        self.book: MistBook | None = None
        self.account: Account | None = None
        self.accounts: tuple[Account, ...] = ()
        self.holdings: Holdings | None = None
        self._pool_known = self._scan_due = False
        self.view = OverviewView()
        self.pools = PoolWork(self, self.view, services, runner)
        self.steps = StepWork(self, self.view, services.money, runner)
        self.desk = FileWork(self, self, services.private, self.view.files, self.view.hand_overs)
        self.frame.addWidget(self.steps.stack, 1)
        self.frame.addWidget(self.steps.footer)
        self._connect()

    def _connect(self) -> None:
        view = self.view
        view.guide.account_button.clicked.connect(self.account_wanted)
        view.guide.unlock.wanted.connect(self.unlock)
        view.guide.faucet.clicked.connect(self.get_play_money)
        view.deposit.faucet.clicked.connect(self.get_play_money)
        view.back_up.button.clicked.connect(self._ask_back_up)
        view.notes.chosen.connect(self._on_chosen)
        view.notes.labelled.connect(self._on_labelled)
        view.notes.frozen.connect(self._on_frozen)
        view.notes.exported.connect(self.desk.ask_export)
        view.deposit.wanted.connect(self.plan_deposit)
        view.deposit.account_button.clicked.connect(self.new_account)
        view.spend.wanted.connect(self.plan_spend)
        view.spend.closed.connect(view.notes.clear_choice)
        view.requests.wanted.connect(self.make_request)
        view.requests.again.connect(self.show_request)
        view.waiting.go.connect(self.plan_waiting)
        view.waiting.drop.connect(self.drop_waiting)
        self._state.changed.connect(self._show_book)

    def primary_button(self) -> Button | None:
        """Ctrl+Enter never sends: that takes a click or the keyboard on the button itself."""
        if self.steps.flow.step is not Step.CHOOSE:
            return self.steps.primary
        form = self.view.spend if self.view.spend.isVisible() else self.view.deposit
        return form.button if form.button.isVisible() else None

    def escape(self) -> None:
        if self.steps.proving:
            self.steps.stop()
        elif self.steps.flow.step is Step.CHOOSE:
            if self.pools.busy:
                self.pools.stop()
            elif self.view.spend.isVisible():
                self.view.notes.clear_choice()
        elif not self.steps.flow.working:
            self.steps.go_back()

    def on_shown(self) -> None:
        if self.steps.flow.step is Step.CHOOSE:
            self.refresh()

    # --- what there is ---

    def refresh(self) -> None:
        """Read what is remembered, then ask a node about the pool and the account."""
        try:
            network = self._services.networks.network()
            self.accounts = self._services.accounts.listing(network.id)
            chosen = self._services.accounts.selected(network.id)
        except AppError as error:
            self.fail(error)
            return
        self.account = chosen if chosen is not None and not chosen.watch_only else None
        if self.holdings is not None and self.holdings.account != self.account:
            self.holdings = None
        self.view.deposit.show_accounts(self.account, self.accounts)
        self.view.requests.show_accounts(self.account, self.accounts)
        self._runner.run(
            self._services.private.overview(), done=self._on_overview, failed=self._on_closed
        )
        if self.account is not None:
            self._runner.run(
                self._services.accounts.holdings(self.account),
                done=self._on_holdings,
                failed=lambda _error: None,  # the pool's card says that no node answers
            )

    def _on_holdings(self, holdings: Holdings) -> None:
        if self.account is not None and holdings.account.id == self.account.id:
            self.holdings, self.account = holdings, holdings.account
            self._show_need()

    def _on_overview(self, overview: Overview) -> None:
        self.book, self._pool_known = overview.book, overview.pool_known
        self.view.show_pool(overview.pool_known)
        self._show_book()
        if overview.pool_known:
            self.pools.look()
            if self._scan_due and self.book is not None:
                self._scan_due = False
                self.pools.look_for_notes()
        else:
            self.view.pool.show_none(overview.network.name, overview.network.practice)

    def _on_closed(self, error: AppError) -> None:
        self.book = None
        self._show_book()
        if not isinstance(error, VaultLocked):
            self.fail(error)

    def show_book(self, book: MistBook | None) -> None:
        """The book as it is now."""
        self.book = book
        self._show_book()

    def _show_book(self) -> None:
        hide, view = self._state.hide_amounts, self.view
        owners = {one.address: name_of(one) for one in self.accounts}
        view.notes.show_book(self.book, owners, hide)
        view.files.show_book(self.book)
        view.scan.show_book(self.book)
        view.requests.show_book(self.book)
        view.hand_overs.show_book(self.book, hide)
        view.show_book(self.book)
        self.steps.show_amounts(hide)
        self._show_need()

    def _show_need(self) -> None:
        network: Network = self._services.networks.network()
        vault: VaultState = self._services.accounts.vault_state()
        held = self.holdings
        balance = held.of(STRK) if held is not None else None
        need = private_need(
            self.account,
            vault.locked,
            self._pool_known,
            self.book,
            balance,
            held.deployed if held is not None else None,
        )
        name = name_of(self.account) if self.account is not None else ""
        self.view.guide.show_need(need, name, network.practice, vault.method)
        words = ""
        if balance is not None:
            words = amount_text(STRK.address, balance, self._state.hide_amounts)
        self.view.deposit.show_balance(words, network.practice)
        self.view.pool.setVisible(need is not PrivateNeed.UNLOCK)
        if need is PrivateNeed.UNLOCK:
            self.view.show_pool(self._pool_known and self.book is not None)

    def unlock(self, passphrase: str | None) -> None:
        """Open the vault."""

        def done(_: object) -> None:
            self.keys_changed.emit()
            self.refresh()

        work = self._services.accounts.unlock(passphrase)
        self.run_task(work, done, self.view.guide.unlock.button, self.tr("Opening…"))

    def get_play_money(self) -> None:
        """The practice chain's faucet."""
        if self.account is not None:
            work = self._services.practice.faucet(self.account.address, STRK.address, PLAY_MONEY)
            guide = self.view.guide
            button = guide.faucet if guide.faucet.isVisible() else self.view.deposit.faucet
            self.run_task(work, lambda _: self.refresh(), button, self.tr("Making play money…"))

    def run_task(
        self,
        work: Coroutine[Any, Any, T],
        done: Callable[[T], None],
        button: Button | None = None,
        busy: str = "",
    ) -> None:
        """Do it and show what went wrong at the top."""
        self.view.notice.hide()
        self._runner.run(work, done=done, failed=self.fail, button=button, busy=busy)

    def fail(self, error: AppError) -> None:
        """What went wrong, in sight."""
        show_error(self.view.notice, error)
        self.view.ensureWidgetVisible(self.view.notice)

    def on_moved(self) -> None:
        """Something is in the journal, or has moved on."""
        self.sent.emit()

    def on_home(self, sent: bool) -> None:
        """Back from a step; what came of it is looked for."""
        self._scan_due = sent
        if sent:
            self.view.forget()
        self.view.verticalScrollBar().setValue(0)
        self.refresh()

    # --- notes ---

    def _on_chosen(self, held: HeldNote | None) -> None:
        there = held is not None and held.held
        self.view.spend.setVisible(there)
        if held is not None and there:
            words = amount_text(held.token, held.amount, self._state.hide_amounts)
            self.view.spend.show_note(held, words, self.accounts)

    def _on_labelled(self, note: str, words: str) -> None:
        work = self._services.money.edit_note(None, note, label=words)
        self.run_task(work, self.show_book, self.view.notes.save)

    def _on_frozen(self, note: str, on: bool) -> None:
        self.run_task(self._services.money.edit_note(None, note, frozen=on), self.show_book)

    def _ask_back_up(self) -> None:
        self.desk.ask_back_up()
        self.view.ensureWidgetVisible(self.view.files.new)

    def new_account(self) -> None:
        """Its key follows from the secret; it has to be funded and deployed before it can spend."""

        def done(account: Account) -> None:
            self.said.emit(self.tr("{0} is made").format(name_of(account)))
            self.keys_changed.emit()
            self.refresh()
            choose_owner(self.view.deposit.owner, account.address)

        button = self.view.deposit.account_button
        self.run_task(self._services.money.new_account(), done, button, self.tr("Making it…"))

    # --- steps ---

    def plan_deposit(
        self, token: Token, amount: int, owner: int | None, request: str | None, words: str
    ) -> None:
        """Money in."""
        if self.account is not None:
            plan = self._services.money.plan_deposit
            work = plan(self.account, token, amount, owner, request, words)
            button = self.view.deposit.button
            self.run_task(work, self.steps.begin, button, self.tr("Looking at the pool…"))

    def plan_spend(self, wanted: Wanted, words: str) -> None:
        """Divide the note that is chosen, now or after new leaves."""
        held, button = self.view.spend.held, self.view.spend.button
        if held is None:
            return
        if wanted.after_leaves is None:
            work = self.steps.planned(wanted, held.id, words)
            self.run_task(work, self.steps.begin, button, self.tr("Looking at the pool…"))
            return
        kind, leaves = KINDS[wanted.action], wanted.after_leaves
        kept = self._services.money.wait_for_leaves(
            None, kind, held.id, leaves, wanted.amount, wanted.owner, wanted.request
        )
        self.run_task(kept, self._on_kept, button, self.tr("Keeping…"))

    def _on_kept(self, _view: object) -> None:
        self.said.emit(self.tr("It waits, also while this program is closed"))
        self.view.spend.wait.setChecked(False)
        self.view.notes.clear_choice()
        self.refresh()

    def plan_waiting(self, plan: str) -> None:
        """What has waited long enough becomes a step like any other."""
        self.run_task(self._services.money.plan_waiting(None, plan), self.steps.begin)

    def drop_waiting(self, plan: str) -> None:
        """Give it up."""
        self.run_task(self._services.money.drop_waiting(None, plan), lambda _: self.refresh())

    # --- requests ---

    def make_request(self, owner: int | None, words: str) -> None:
        """A text that carries a note's secret and nothing else."""

        def done(given: GivenRequest) -> None:
            self.view.requests.show_request(given)
            self.refresh()

        if owner is not None:
            work = self._services.money.new_request(None, owner, label=words)
            self.run_task(work, done, self.view.requests.button, self.tr("Making it…"))

    def show_request(self, request: str) -> None:
        """Once more."""
        work = self._services.money.request_again(None, request)
        self.run_task(work, self.view.requests.show_request)

"""Private money: the pool, notes, and each step from its privacy over its proof to its receipt."""

from collections.abc import Callable, Coroutine
from typing import Any, Final, TypeVar

from PySide6.QtCore import Signal

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import KNOWN_TOKENS, STRK, Token
from obsqra_desktop.domain.chain_errors import PracticeChainDown, VaultLocked
from obsqra_desktop.domain.chain_types import PracticeStatus, VaultMethod, VaultState
from obsqra_desktop.domain.errors import AppError, InvalidInput
from obsqra_desktop.domain.journal import TxRecord, TxState
from obsqra_desktop.domain.mist.copy import NO_COPY, CopyState
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.domain.network import Network
from obsqra_desktop.flows.private import PrivateNeed, private_need, under_way
from obsqra_desktop.flows.send import Step
from obsqra_desktop.services.account_chain import Holdings
from obsqra_desktop.services.mist.desk import Overview
from obsqra_desktop.ui.pages.account import PLAY_MONEY
from obsqra_desktop.ui.pages.page import Page
from obsqra_desktop.ui.pages.private.balance import BalanceWork
from obsqra_desktop.ui.pages.private.files import FileWork
from obsqra_desktop.ui.pages.private.missing import SearchWork
from obsqra_desktop.ui.pages.private.notes import NoteWork
from obsqra_desktop.ui.pages.private.pool import PoolWork
from obsqra_desktop.ui.pages.private.step import StepWork
from obsqra_desktop.ui.pages.private.waiting import WaitWork
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.state import UiState
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.form import show_error
from obsqra_desktop.ui.widgets.private.overview import OverviewView
from obsqra_desktop.ui.widgets.private.owners import name_of

T = TypeVar("T")
PLAY_TOKENS: Final = 1_000


class PrivatePage(Page):
    """What there is. `work` plans what was asked for, `steps` does what moves money, `pools` looks,
    `desk` handles files."""

    said = Signal(str)
    sent = Signal()
    account_wanted = Signal()
    keys_changed = Signal()
    practice_changed = Signal(object)
    """PracticeStatus."""

    def __init__(self, services: UiServices, state: UiState, runner: TaskRunner) -> None:
        super().__init__("")
        self.heading.setText(self.tr("Private money"))
        self.setAccessibleName(self.tr("Private money"))
        self._services, self._state, self._runner = services, state, runner
        self.book: MistBook | None = None
        self.tokens: tuple[Token, ...] = KNOWN_TOKENS
        self.copy = NO_COPY
        self.account: Account | None = None
        self.accounts: tuple[Account, ...] = ()
        self.holdings: Holdings | None = None
        self._pool_known = self._scan_due = False
        self._running = True
        self.view = OverviewView()
        self.waits = WaitWork(self, self.view, services.private, runner)
        self.pools = PoolWork(self, self.view, services, runner, self.waits)
        self.search = SearchWork(self, self.view.missing, services.private, runner)
        self.steps = StepWork(self, self.view, services.money, runner)
        self.desk = FileWork(self, self, services.private, self.view.files, self.view.hand_overs)
        self.work = NoteWork(self, self.view, services.money, self.steps)
        self.balances = BalanceWork(self, self.view.deposit, services.money, runner)
        self.frame.addWidget(self.steps, 1)
        self._connect()

    def _connect(self) -> None:
        view = self.view
        view.guide.account_button.clicked.connect(self.account_wanted)
        view.guide.unlock.wanted.connect(self.unlock)
        view.guide.start.clicked.connect(self.start_practice)
        view.guide.faucet.clicked.connect(self.get_play_money)
        view.guide.restore.clicked.connect(self.desk.ask_restore)
        view.files.vault.protect.wanted.connect(self.make_vault)
        view.files.vault.unlock.wanted.connect(self.open_vault)
        view.deposit.faucet.clicked.connect(self.get_chosen_money)
        view.back_up.button.clicked.connect(self._ask_back_up)
        view.files.copy.due.connect(self._ask_copy)
        view.notes.exported.connect(self.desk.ask_export)
        self._state.changed.connect(self._show_book)

    @property
    def practice(self) -> bool:
        """Whether this is the practice chain, whose money leads to nobody."""
        return self._services.networks.network().practice

    def primary_button(self) -> Button | None:
        """Ctrl+Enter never sends: that takes a click or the keyboard on the button itself."""
        if self.steps.flow.step is not Step.CHOOSE:
            return self.steps.primary
        if self.desk.open_form is not None:
            return None  # what is open is answered first, by its own buttons
        form = self.view.spend if self.view.spend.isVisible() else self.view.deposit
        return form.button if form.button.isVisible() else None

    def escape(self) -> None:
        if self.steps.proving:
            self.steps.stop()
        elif self.steps.flow.step is Step.CHOOSE:
            if (form := self.desk.open_form) is not None:
                form.close_form()
            elif self.pools.busy or self.search.busy:
                self.pools.stop()
                self.search.stop()
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
        self.view.notice.hide()
        try:
            network = self._services.networks.network()
            self.read_accounts()
            chosen = self._services.accounts.selected(network.id)
        except AppError as error:
            self.fail(error)
            return
        self.account = chosen if chosen is not None and not chosen.watch_only else None
        if self.holdings is not None and self.holdings.account != self.account:
            self.holdings = None
        self.view.deposit.show_accounts(self.account, self.accounts)
        self.balances.forget()
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

    def read_accounts(self) -> None:
        """Those of the network; one may have been made. Raises StorageError."""
        network = self._services.networks.network()
        self.accounts = self._services.accounts.listing(network.id)

    def _on_holdings(self, holdings: Holdings) -> None:
        if self.account is not None and holdings.account.id == self.account.id:
            self.holdings, self.account = holdings, holdings.account
            self.balances.learn(holdings)
            self._show_need()

    def _on_overview(self, overview: Overview) -> None:
        self.book, self._pool_known = overview.book, overview.pool_known
        self.tokens = overview.tokens
        for choice in (self.view.deposit.token, self.view.requests.token):
            choice.show_tokens(self.tokens)
        self.balances.look()
        self.copy = overview.copy
        self._running = True
        self._show_pool(overview.pool_known)
        self.view.show_files()
        self._show_book()
        if overview.pool_known:
            self.pools.look()
            if self._scan_due and self.book is not None:
                self._scan_due = False
                self.pools.look_for_notes()
            elif under_way(self.book):
                self._runner.run(
                    self._services.money.settle(),
                    done=self._on_settled,
                    failed=lambda _error: None,  # the pool's card says that no node answers
                )
        else:
            self.view.pool.show_none(overview.network.name, overview.network.practice)

    def _show_pool(self, there: bool) -> None:
        owns = any(not one.watch_only for one in self.accounts)
        self.view.show_pool(there, pays=self.account is not None, owns=owns)

    def _on_settled(self, book: MistBook) -> None:
        """What a crash or a lost answer left open was looked for; the banner may go."""
        if book != self.book:
            self.show_book(book)
        self.sent.emit()

    def _on_closed(self, error: AppError) -> None:
        self.book = None
        self._running = not isinstance(error, PracticeChainDown)
        if not self._running:
            self.view.show_pool(False)
        self._show_book()
        if self._running and not isinstance(error, VaultLocked):
            self.fail(error)

    def show_book(self, book: MistBook | None) -> None:
        """The book as it is now. The copy beside the backup follows it; how it stands is asked."""
        self.book = book
        self._show_book()
        self._ask_copy()

    def _ask_copy(self) -> None:
        self._runner.run(
            self._services.private.copy_state(),
            done=self._on_copy,
            failed=lambda _error: None,  # it is told when the page is read again
        )

    def _on_copy(self, copy: CopyState) -> None:
        self.copy = copy
        self.view.show_book(self.book, copy)

    def _show_book(self) -> None:
        hide, view = self._state.hide_amounts, self.view
        self.steps.show_amounts(hide)
        for form in (view.deposit, view.spend, view.requests):
            form.amount.hide_amount(hide)
        self.balances.hide_amounts = hide
        self.balances.show_now()
        owners = {one.address: name_of(one) for one in self.accounts}
        view.notes.show_book(self.book, owners, hide, self.tokens)
        view.scan.show_book(self.book)
        view.requests.show_book(self.book, hide, self.tokens)
        view.hand_overs.show_book(self.book, hide, self.tokens)
        view.missing.show_book(self.book, hide, self.tokens)
        view.show_book(self.book, self.copy)
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
            running=self._running,
        )
        name = name_of(self.account) if self.account is not None else ""
        self.view.guide.show_need(need, name, network.practice, vault.method)
        guide = self.view.guide
        here = network.practice and guide.faucet.isHidden()  # one such button is enough
        self.view.deposit.show_faucet(here)
        self.view.pool.make_button.set_kind("plain" if need is PrivateNeed.ACCOUNT else "primary")
        self.view.pool.setVisible(need not in {PrivateNeed.CHAIN, PrivateNeed.UNLOCK})
        if need is PrivateNeed.UNLOCK:
            self._show_pool(self._pool_known and self.book is not None)

    def unlock(self, passphrase: str | None) -> None:
        """Open the vault."""

        def done(_: object) -> None:
            self.keys_changed.emit()
            self.refresh()

        work = self._services.accounts.unlock(passphrase)
        self.run_task(work, done, self.view.guide.unlock.button, self.tr("Opening…"))

    def with_vault(self, words: str, then: Callable[[], None]) -> None:
        """Do it as soon as keys can be kept; a vault is made or opened in place before."""
        state = self._services.accounts.vault_state()
        if state.method is not VaultMethod.NONE and not state.locked:
            then()
            return
        self.view.show_files()
        ask = self.view.files.vault.ask
        self._runner.run(
            self._services.accounts.probe_vault(),
            done=lambda found: ask(words, found, found.keyring, then),
            failed=self.fail,
        )

    def make_vault(self, method: VaultMethod, passphrase: str | None) -> None:
        """Where a restored backup's keys go."""
        card = self.view.files.vault
        work = self._services.accounts.create_vault(method, passphrase)
        self._keep_keys(work, card.protect.button, self.tr("Making the vault…"))

    def open_vault(self, passphrase: str | None) -> None:
        """The same for one that is closed."""
        card = self.view.files.vault
        work = self._services.accounts.unlock(passphrase)
        self._keep_keys(work, card.unlock.button, self.tr("Opening…"))

    def _keep_keys(self, work: Coroutine[Any, Any, None], button: Button, busy: str) -> None:
        def done(_: None) -> None:
            self.keys_changed.emit()
            self.view.files.vault.go_on()

        failed = self.view.files.vault.show_problem
        self._runner.run(work, done=done, failed=failed, button=button, busy=busy)

    def start_practice(self) -> None:
        """The chain of this computer."""

        def done(status: PracticeStatus) -> None:
            self.practice_changed.emit(status)
            self.keys_changed.emit()
            self.refresh()

        work = self._services.practice.up()
        self.run_task(work, done, self.view.guide.start, self.tr("Starting…"))

    def get_play_money(self) -> None:
        """The practice chain's faucet: STRK, for fees."""
        self._from_faucet(STRK, self.view.guide.faucet)

    def get_chosen_money(self) -> None:
        """The same of the token that is to be paid in."""
        token = self.view.deposit.token.token
        if token is not None:
            self._from_faucet(token, self.view.deposit.faucet)

    def _from_faucet(self, token: Token, button: Button) -> None:
        if self.account is not None:
            amount = PLAY_TOKENS * 10**token.decimals
            work = self._services.practice.faucet(self.account.address, token.address, amount)
            self.run_task(work, lambda _: self.refresh(), button, self.tr("Making play money…"))

    def deploy(self, account: Account, done: Callable[[], None], button: Button) -> None:
        """Have an account deployed that is to send: with play money at once, or on its page."""
        if not self.practice:
            self._services.accounts.select(account)
            self.account_wanted.emit()
            return

        async def work() -> TxRecord:
            await self._services.practice.faucet(account.address, STRK.address, PLAY_MONEY)
            sending = self._services.sending
            record = await sending.send(await sending.plan_deploy(account))
            return await sending.track(record.id)

        def ended(record: TxRecord) -> None:
            self.sent.emit()
            if record.state not in {TxState.ACCEPTED_L2, TxState.ACCEPTED_L1}:
                self.view.notice.say("bad", self.tr("Not deployed"), record.events[-1].detail)
                self.view.notice.show()
                return
            done()
            words = self.tr("{0} is deployed, by its receipt: it can send now")
            self.said.emit(words.format(name_of(account)))
            self.refresh()

        self.run_task(work(), ended, button, self.tr("Deploying, waiting for the receipt…"))

    def run_task(
        self,
        work: Coroutine[Any, Any, T],
        done: Callable[[T], None],
        button: Button | None = None,
        busy: str = "",
        misfit: Callable[[InvalidInput], None] | None = None,
    ) -> None:
        """Do it and show what went wrong at the top; what does not fit, where it was typed."""

        def failed(error: AppError) -> None:
            if misfit is not None and isinstance(error, InvalidInput):
                misfit(error)
            else:
                self.fail(error)

        self.view.notice.hide()
        self._runner.run(work, done=done, failed=failed, button=button, busy=busy)

    def fail(self, error: AppError) -> None:
        """What went wrong, in sight."""
        show_error(self.view.notice, error)
        self.view.ensureWidgetVisible(self.view.notice)

    def on_moved(self) -> None:
        """Something is in the journal, or has moved on."""
        self.sent.emit()

    def show_hand_overs(self) -> None:
        """The card that saves the file for the receiver."""
        self.view.hand_overs.show_book(self.book, self._state.hide_amounts)
        self.view.show_part(self.view.hand_overs)

    def on_home(self, sent: bool) -> None:
        """Back from a step; what came of it is looked for."""
        self._scan_due = sent
        if sent:
            self.view.forget()
        self.view.verticalScrollBar().setValue(0)
        self.view.setFocus()  # the keyboard stays on this page
        self.refresh()

    def _ask_back_up(self) -> None:
        self.desk.ask_back_up()
        self.view.ensureWidgetVisible(self.view.files.new)

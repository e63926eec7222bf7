"""The account: the road to the first one, what it holds, its address, and its keys."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from obsqra_desktop.domain.accounts import Account, AccountKind
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_types import VaultMethod, VaultState
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.journal import TxRecord, TxState
from obsqra_desktop.domain.spending import at_most
from obsqra_desktop.flows.first_account import Need, left_out, next_need, step_of
from obsqra_desktop.services.account_chain import Holdings
from obsqra_desktop.ui import dialogs
from obsqra_desktop.ui.pages.page import Page
from obsqra_desktop.ui.pages.split_body import SplitBody
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.state import UiState
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.account_cards import (
    AccountsCard,
    AddressCard,
    HoldingsCard,
    KeysCard,
)
from obsqra_desktop.ui.widgets.account_steps import (
    BackupForm,
    DeployForm,
    Form,
    FundForm,
    MakeForm,
    ProtectForm,
    UnlockForm,
)
from obsqra_desktop.ui.widgets.base import Card
from obsqra_desktop.ui.widgets.form import show_error
from obsqra_desktop.ui.widgets.stepper import Stepper, StepWords

LOOK_MILLISECONDS = 4_000
PLAY_MONEY = 1_000 * 10**18


class AccountPage(Page):
    """Everything is read off from what there is; `refresh` can be called at any time."""

    said = Signal(str)
    keys_changed = Signal()

    def __init__(self, services: UiServices, state: UiState, runner: TaskRunner) -> None:
        super().__init__("")
        self.heading.setText(self.tr("Account"))
        self.setAccessibleName(self.tr("Account"))
        self._services, self._state, self._runner = services, state, runner
        self.account: Account | None = None
        self.need: Need | None = None
        self.holdings: Holdings | None = None
        self.fee: int | None = None
        self._keyring: str | None = None
        self._postponed: set[str] = set()
        self._looking = False
        body = SplitBody(side_width=340)
        self.frame.addWidget(body, 1)
        self.columns, self.notice = body.columns, body.notice
        self.guide = Card()
        self.stepper = Stepper(
            [
                StepWords(self.tr("Keys"), self.tr("how they are kept")),
                StepWords(self.tr("Account"), self.tr("key and address")),
                StepWords(self.tr("Backup"), self.tr("encrypted")),
                StepWords(self.tr("Funds"), self.tr("STRK for fees")),
                StepWords(self.tr("Deploy"), self.tr("on the chain")),
            ]
        )
        self.guide.add(self.stepper)
        self.forms = self._build_forms()
        self.holdings_card = HoldingsCard()
        self.address_card = AddressCard()
        self.keys_card = KeysCard()
        self.accounts_card = AccountsCard()
        for widget in (self.guide, self.holdings_card, self.address_card):
            self.columns.main.addWidget(widget)
        self.columns.side.addWidget(self.keys_card)
        self.columns.side.addWidget(self.accounts_card)
        self._connect()
        self.timer = QTimer(self)
        self.timer.setInterval(LOOK_MILLISECONDS)
        self.timer.timeout.connect(self._on_timer)

    def _build_forms(self) -> dict[Need, Form]:
        self.protect, self.unlock_form, self.make = ProtectForm(), UnlockForm(), MakeForm()
        self.backup_form, self.fund, self.deploy_form = BackupForm(), FundForm(), DeployForm()
        forms: dict[Need, Form] = {
            Need.PROTECTION: self.protect,
            Need.UNLOCK: self.unlock_form,
            Need.ACCOUNT: self.make,
            Need.BACKUP: self.backup_form,
            Need.FUNDS: self.fund,
            Need.DEPLOY: self.deploy_form,
        }
        for form in forms.values():
            self.guide.add(form)
            form.hide()
        return forms

    def _connect(self) -> None:
        self.protect.wanted.connect(self.create_vault)
        self.unlock_form.wanted.connect(self.unlock)
        self.make.wanted.connect(self.make_account)
        self.backup_form.wanted.connect(self.ask_where_to_back_up)
        self.backup_form.postponed.connect(self._on_postponed)
        self.fund.faucet.clicked.connect(self.get_play_money)
        self.fund.look.clicked.connect(self.look)
        self.deploy_form.button.clicked.connect(self.deploy)
        self.holdings_card.faucet.clicked.connect(self.get_play_money)
        self.holdings_card.look.clicked.connect(self.look)
        self.keys_card.lock.clicked.connect(self.lock)
        self.keys_card.unlock.wanted.connect(self.unlock)
        self.keys_card.backup.wanted.connect(self.ask_where_to_back_up)
        self.accounts_card.chosen.connect(self.choose)
        self.accounts_card.new.clicked.connect(self._on_new)
        self.accounts_card.watch_wanted.connect(self.watch)
        self.accounts_card.renamed.connect(self.rename)
        self.accounts_card.removed.connect(self.remove)
        self._state.changed.connect(self._show_holdings)

    # --- looking ---

    def on_shown(self) -> None:
        self.timer.start()
        self._runner.run(
            self._services.accounts.probe_vault(), done=self._on_probed, failed=self._on_error
        )
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.timer.stop()

    def _on_probed(self, state: VaultState) -> None:
        self._keyring = state.keyring
        self.protect.show_keyring(state.keyring)
        self.refresh()

    def _on_timer(self) -> None:
        if self.isVisible() and self.account is not None and not self._looking:
            self.look()

    def refresh(self) -> None:
        """Read what there is and show what comes next; asks no node."""
        try:
            network = self._services.networks.network()
            accounts = self._services.accounts.listing(network.id)
            chosen = self._services.accounts.selected(network.id)
            vault = self._services.accounts.vault_state()
        except AppError as error:
            self._on_error(error)
            return
        if chosen is None and accounts:
            chosen = accounts[0]
        if self.account is None or chosen is None or chosen.id != self.account.id:
            self.holdings, self.fee = None, None
        self.account = chosen
        self.accounts_card.show_accounts(accounts, chosen)
        self.keys_card.show_state(vault, chosen)
        self.address_card.setVisible(chosen is not None)
        if chosen is not None:
            self.address_card.show_account(chosen)
        self._show_holdings()
        self._show_need(vault)
        if chosen is not None and self.holdings is None and not self._looking:
            self.look()

    def _show_need(self, vault: VaultState) -> None:
        network = self._services.networks.network()
        held = self.holdings
        need = next_need(
            vault,
            network,
            self.account,
            held.of(STRK) if held else None,
            self.fee,
            held.deployed if held else None,
            self.account is not None and self.account.id in self._postponed,
        )
        here: QWidget | None = self.window().focusWidget()
        keyboard_here = here is self or (here is not None and self.guide.isAncestorOf(here))
        next_step, self.need = need is not self.need, need
        self.guide.setVisible(need is not Need.NOTHING)
        if need is not Need.NOTHING:
            skipped = left_out(need, self.account)
            self.stepper.show_step(step_of(need, self.account), skipped=skipped)
        fee = at_most(self.fee) if self.fee is not None else None
        self.unlock_form.show_method(vault.method)
        self.fund.show_need(network.practice, fee)
        self.deploy_form.show_fee(fee, network.name)
        for key, form in self.forms.items():
            form.setVisible(key is need)
        if next_step and keyboard_here and need is not Need.NOTHING:
            self.forms[need].place().setFocus()

    def look(self) -> None:
        """Ask the node what the account holds."""
        if self.account is None:
            return
        self._looking = True
        self._runner.run(
            self._services.accounts.holdings(self.account),
            done=self._on_holdings,
            failed=self._on_no_holdings,
        )

    def _on_holdings(self, holdings: Holdings) -> None:
        self._looking = False
        if self.account is None or holdings.account.id != self.account.id:
            return
        if holdings.account != self.account:  # deployed meanwhile, say
            self.address_card.show_account(holdings.account)
        self.holdings, self.account = holdings, holdings.account
        self.holdings_card.notice.hide()
        self.keys_changed.emit()
        vault = self._services.accounts.vault_state()
        wanted = not holdings.deployed and not holdings.account.watch_only
        if wanted and self.fee is None and not vault.locked:
            self._runner.run(
                self._services.sending.highest_deploy_fee(holdings.account),
                done=self._on_fee,
                failed=self._on_no_holdings,
            )
        self._show_holdings()
        self._show_need(vault)

    def _on_fee(self, fee: int) -> None:
        self.fee = fee
        self._show_need(self._services.accounts.vault_state())

    def _on_no_holdings(self, error: AppError) -> None:
        self._looking = False
        self.holdings_card.show_problem(error)

    def _show_holdings(self) -> None:
        self.holdings_card.setVisible(self.account is not None)
        if self.account is None:
            return
        practice = self._services.networks.network().practice
        self.holdings_card.show_holdings(self.holdings, self._state.hide_amounts, practice)

    # --- doing ---

    def create_vault(self, method: VaultMethod, passphrase: str | None) -> None:
        """Protect the keys in this way."""
        self._runner.run(
            self._services.accounts.create_vault(method, passphrase),
            done=lambda _: self._keys_done(),
            failed=self._on_error,
            button=self.protect.button,
            busy=self.tr("Making the vault…"),
        )

    def unlock(self, passphrase: str | None) -> None:
        """Open the vault."""
        self._runner.run(
            self._services.accounts.unlock(passphrase),
            done=lambda _: self._keys_done(),
            failed=self._on_error,
            button=self.unlock_form.button,
            busy=self.tr("Opening…"),
        )

    def lock(self) -> None:
        """Close the vault."""
        self._services.accounts.lock()
        self._keys_done()

    def _keys_done(self) -> None:
        self.notice.hide()
        self.keys_changed.emit()
        self.refresh()

    def _on_new(self) -> None:
        vault = self._services.accounts.vault_state()
        self.guide.show()
        self.stepper.show_step(1)
        need = Need.ACCOUNT if not vault.locked else Need.UNLOCK
        if vault.method is VaultMethod.NONE:
            need = Need.PROTECTION
        for key, form in self.forms.items():
            form.setVisible(key is need)
        if need is Need.ACCOUNT:
            self.make.name.setFocus()

    def make_account(self, kind: AccountKind, name: str) -> None:
        """Draw a key."""
        network = self._services.networks.network().id

        async def make() -> Account:
            account = await self._services.accounts.new(kind, name, network)
            self._services.accounts.select(account)
            return account

        self._runner.run(
            make(),
            done=self._on_made,
            failed=self._on_error,
            button=self.make.button,
            busy=self.tr("Drawing a key…"),
        )

    def _on_made(self, account: Account) -> None:
        self.notice.hide()
        self.make.name.clear()
        self.said.emit(self.tr("The account is made"))
        self.refresh()

    def choose(self, account: Account) -> None:
        """Use this account."""
        self._attempt(lambda: self._services.accounts.select(account))

    def rename(self, account: Account, name: str) -> None:
        """Another name."""
        self._attempt(lambda: self._services.accounts.rename(account, name))

    def remove(self, account: Account) -> None:
        """Take it off the list."""
        self._attempt(lambda: self._services.accounts.remove(account))
        self.said.emit(self.tr("Off the list. Its key stays sealed in the vault."))

    def _attempt(self, work: Callable[[], object]) -> None:
        try:
            work()
        except AppError as error:
            self._on_error(error)
            return
        self.notice.hide()
        self.account = None
        self.refresh()

    def watch(self, address: int, name: str) -> None:
        """Follow an address without its key."""
        network = self._services.networks.network().id
        self._runner.run(
            self._services.accounts.watch(address, name, network),
            done=self.choose,
            failed=self._on_error,
        )

    def get_play_money(self) -> None:
        """The practice chain's faucet."""
        if self.account is None:
            return
        self._runner.run(
            self._services.practice.faucet(self.account.address, STRK.address, PLAY_MONEY),
            done=lambda _: self.look(),
            failed=self._on_error,
            button=self.fund.faucet if self.fund.isVisible() else self.holdings_card.faucet,
            busy=self.tr("Making play money…"),
        )

    def deploy(self) -> None:
        """Send the deployment and wait for its receipt."""
        account = self.account
        if account is None:
            return

        async def work() -> TxRecord:
            plan = await self._services.sending.plan_deploy(account)
            record = await self._services.sending.send(plan)
            return await self._services.sending.track(record.id)

        self._runner.run(
            work(),
            done=self._on_deployed,
            failed=self._on_error,
            button=self.deploy_form.button,
            busy=self.tr("Deploying, waiting for the receipt…"),
        )

    def _on_deployed(self, record: TxRecord) -> None:
        if record.state in {TxState.ACCEPTED_L2, TxState.ACCEPTED_L1}:
            self.said.emit(self.tr("The account is deployed: confirmed by its receipt"))
        else:
            self.notice.say("bad", self.tr("Not deployed"), record.events[-1].detail)
            self.notice.show()
        self.look()

    def _on_postponed(self) -> None:
        if self.account is not None:
            self._postponed.add(self.account.id)
        self.refresh()

    def ask_where_to_back_up(self, passphrase: str) -> None:
        """A save dialog, then the encrypted file."""
        account = self.account
        if account is None:
            return
        self.dialog = dialogs.save_file(
            self,
            self.tr("Save the encrypted key"),
            f"obsqra-{account.address_text[:10]}.keystore.json",
            self.tr("Key files (*.json)"),
            lambda path: self.back_up(account, passphrase, path),
        )

    def back_up(self, account: Account, passphrase: str, path: Path) -> None:
        """Write the file and remember that there is one."""

        async def work() -> str:
            raw = await self._services.accounts.backup(account, passphrase)
            self._services.files.save(path, raw)
            self._services.accounts.mark_backed_up(account)
            return path.name

        self._runner.run(
            work(),
            done=self._on_backed_up,
            failed=self._on_error,
            button=self.backup_form.button,
            busy=self.tr("Encrypting…"),
        )

    def _on_backed_up(self, name: str) -> None:
        self.said.emit(self.tr("Saved as {0}. Keep a copy elsewhere.").format(name))
        self.refresh()

    def _on_error(self, error: AppError) -> None:
        show_error(self.notice, error)

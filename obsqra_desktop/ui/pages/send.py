"""Send: choose, check, do."""

from PySide6.QtCore import Signal

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import KNOWN_TOKENS, format_amount, parse_amount
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.felt import parse_address
from obsqra_desktop.flows.send import Step
from obsqra_desktop.services.plans import Plan, known_token
from obsqra_desktop.ui.format import HIDDEN
from obsqra_desktop.ui.pages.page import Page
from obsqra_desktop.ui.pages.send_steps import SendSteps
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.state import UiState
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.form import show_error
from obsqra_desktop.ui.widgets.send_choose import ChooseView
from obsqra_desktop.ui.widgets.stepper import Stepper, StepWords


class SendPage(Page):
    """Who, what and how much; `steps` does what sends."""

    said = Signal(str)
    sent = Signal()
    history_wanted = Signal(str)
    account_wanted = Signal()

    def __init__(self, services: UiServices, state: UiState, runner: TaskRunner) -> None:
        super().__init__("")
        self.heading.setText(self.tr("Send"))
        self.setAccessibleName(self.tr("Send"))
        self._services, self._state, self._runner = services, state, runner
        self.account: Account | None = None
        self._open_record = ""
        self.stepper = Stepper(
            [
                StepWords(self.tr("Choose"), self.tr("who, what, how much")),
                StepWords(self.tr("Check"), self.tr("effect and cost")),
                StepWords(self.tr("Do"), self.tr("sign, send, follow")),
            ]
        )
        self.head.addWidget(self.stepper)
        self.choose = ChooseView(KNOWN_TOKENS)
        self.next_button = Button(self.tr("&Check it"), "primary", "magnifying-glass")
        self.steps = SendSteps(
            self, self.choose, self.choose.to, services, state, runner, self.next_button
        )
        self.frame.addWidget(self.steps, 1)
        self._connect()
        self.steps.show_now()

    def _connect(self) -> None:
        self.choose.changed.connect(self._judge)
        self.choose.all.clicked.connect(self.take_all)
        self.choose.nobody_button.clicked.connect(self.account_wanted)
        self.choose.open_button.clicked.connect(lambda: self.history_wanted.emit(self._open_record))
        self.next_button.clicked.connect(self.make_plan)
        self._state.changed.connect(self._hide_typed)
        self._hide_typed()
        self.steps.done_button.clicked.connect(self.finish)

    def _hide_typed(self) -> None:
        self.choose.amount.hide_typed(self._state.hide_amounts)

    def primary_button(self) -> Button | None:
        """Ctrl+Enter never sends: that takes a click or the keyboard on the button itself."""
        return {Step.CHOOSE: self.next_button, Step.CHECK: None, Step.DO: self.steps.done_button}[
            self.steps.flow.step
        ]

    def escape(self) -> None:
        self.steps.escape()

    def on_shown(self) -> None:
        if self.steps.flow.step is Step.CHOOSE:
            self.refresh()

    def refresh(self) -> None:
        """Who would send, and what is not settled yet."""
        try:
            network = self._services.networks.network()
            self.account = self._services.accounts.selected(network.id)
            open_ones = self._services.sending.unsettled(network.id)
        except AppError as error:
            self.fail(error)
            return
        self.choose.show_sender(self.account, network)
        self.choose.open.setVisible(bool(open_ones))
        if open_ones:
            self._open_record = open_ones[0].id
            self.choose.open.say(
                "warn",
                self.tr("A transaction is not settled yet"),
                self.tr("“{0}” is {1}.").format(open_ones[0].title, open_ones[0].state.value),
            )
        self._judge()

    def _judge(self) -> None:
        own = self._services.accounts.listing() if self.account else ()
        fit = self.choose.check(self._services.book.resolve, own)
        ready = fit is not None and self.account is not None and not self.account.watch_only
        self.next_button.setEnabled(ready)
        self.choose.nobody.setVisible(self.account is None)
        known = self._services.sending.token_by_symbol(self.choose.token_words) is not None
        self.choose.all.setEnabled(
            known and self.account is not None and not self.account.watch_only
        )
        if self.account is None:
            self.steps.footer.note.setText(self.tr("Make an account first: see Account."))
        elif self.account.watch_only:
            self.steps.footer.note.setText(self.tr("This address is only watched: it cannot send."))
        else:
            self.steps.footer.note.setText(
                self.tr("Nothing is sent before you have seen what happens.")
            )

    # --- plan ---

    async def _plan(self, account: Account) -> Plan:
        to = self._services.book.resolve(self.choose.to.text())
        words = self.choose.token_words
        token = self._services.sending.token_by_symbol(words)
        if token is None:
            address = parse_address(words, where="token")
            token = known_token(address) or await self._services.sending.read_token(
                account, address
            )
        amount = parse_amount(self.choose.amount.text(), token.decimals)
        name = self._services.book.name_of(to) or ""
        return await self._services.sending.plan_transfer(account, to, token, amount, name)

    def make_plan(self) -> None:
        """Simulate."""
        account = self.account
        if account is not None:
            self.steps.begin(lambda: self._plan(account), self.next_button)

    def take_all(self) -> None:
        """The balance without the highest fee."""
        account = self.account
        if account is None:
            return
        token = self._services.sending.token_by_symbol(self.choose.token_words)
        if token is None:
            return

        async def most() -> str:
            value = await self._services.sending.most(account, account.address, token)
            return format_amount(value, token.decimals)

        self._runner.run(
            most(),
            done=self.choose.amount.setText,
            failed=self.fail,
            button=self.choose.all,
            busy=self.tr("Asking…"),
        )

    # --- steps ---

    def verb(self, plan: Plan) -> str:
        if self._state.hide_amounts:
            return self.tr("Send {0}").format(HIDDEN)
        return plan.title.split(" to ")[0]

    def fail(self, error: AppError) -> None:
        show_error(self.choose.notice, error)

    def on_moved(self) -> None:
        self.sent.emit()

    def on_step(self) -> None:
        step = self.steps.flow.step
        self.stepper.show_step(list(Step).index(step), finished=self.steps.succeeded)
        self.next_button.setVisible(step is Step.CHOOSE)
        if step is Step.CHECK:
            self.choose.notice.hide()

    def finish(self) -> None:
        """Ready for another one."""
        self.choose.amount.clear()
        self.choose.to.clear()
        self.steps.go_back()

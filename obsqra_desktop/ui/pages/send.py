"""Send: choose, check, do."""

import time

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import KNOWN_TOKENS, format_amount, parse_amount
from obsqra_desktop.domain.chain_errors import PlanChanged, SendUncertain
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.felt import parse_address
from obsqra_desktop.domain.journal import TxRecord, TxState
from obsqra_desktop.domain.spending import amount as amount_words
from obsqra_desktop.flows.send import SendFlow, Step
from obsqra_desktop.services.plans import Plan, known_token
from obsqra_desktop.ui.format import HIDDEN
from obsqra_desktop.ui.pages.page import Footer, Page
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.state import UiState
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.form import show_error
from obsqra_desktop.ui.widgets.send_views import CheckView, ChooseView, DoView
from obsqra_desktop.ui.widgets.stepper import Stepper, StepWords

REVIEW_MILLISECONDS = 700
"""A second click on "Check it", in the same place, must not be the word that sends."""
FEE = 0x04718F5A0FC34CC1AF16A1CDEE98FFB20C31F5CD61D6AB07201858F4287C938D


class SendPage(Page):
    """Nothing leaves before the verb of the second step, which names amount, network and fee."""

    said = Signal(str)
    sent = Signal()
    history_wanted = Signal(str)
    account_wanted = Signal()

    def __init__(self, services: UiServices, state: UiState, runner: TaskRunner) -> None:
        super().__init__("")
        self.heading.setText(self.tr("Send"))
        self.setAccessibleName(self.tr("Send"))
        self._services, self._state, self._runner = services, state, runner
        self.flow = SendFlow()
        self.account: Account | None = None
        self.stepper = Stepper(
            [
                StepWords(self.tr("Choose"), self.tr("who, what, how much")),
                StepWords(self.tr("Check"), self.tr("effect and cost")),
                StepWords(self.tr("Do"), self.tr("sign, send, follow")),
            ]
        )
        self.head.addWidget(self.stepper)
        self.choose, self.check, self.do = ChooseView(KNOWN_TOKENS), CheckView(), DoView()
        self.stack = QStackedWidget()
        for view in (self.choose, self.check, self.do):
            self.stack.addWidget(view)
        self.frame.addWidget(self.stack, 1)
        self.footer = Footer()
        self.frame.addWidget(self.footer)
        self.back_button = self.footer.add(Button(self.tr("&Back"), "plain", "arrow-left"))
        self.next_button = self.footer.add(
            Button(self.tr("&Check it"), "primary", "magnifying-glass")
        )
        self.send_button = self.footer.add(Button("", "primary", "paper-plane-tilt"))
        self.done_button = self.footer.add(Button(self.tr("&Done"), "primary", "check"))
        self._open_record = ""
        self.review = QTimer(self)
        self.review.setSingleShot(True)
        self.review.setInterval(REVIEW_MILLISECONDS)
        self.review.timeout.connect(lambda: self.send_button.setEnabled(True))
        self._connect()
        self._show_step()

    def _connect(self) -> None:
        self.choose.changed.connect(self._judge)
        self.choose.all.clicked.connect(self.take_all)
        self.choose.nobody_button.clicked.connect(self.account_wanted)
        self.choose.open_button.clicked.connect(lambda: self.history_wanted.emit(self._open_record))
        self.next_button.clicked.connect(self.make_plan)
        self.back_button.clicked.connect(self.go_back)
        self.send_button.clicked.connect(self.send)
        self.done_button.clicked.connect(self.finish)
        self.do.look.clicked.connect(lambda: self.look_again(resend=False))
        self.do.resend.clicked.connect(lambda: self.look_again(resend=True))
        self._state.changed.connect(self._show_plan)

    def primary_button(self) -> Button | None:
        """Ctrl+Enter never sends: that takes a click or the keyboard on the button itself."""
        return {Step.CHOOSE: self.next_button, Step.CHECK: None, Step.DO: self.done_button}[
            self.flow.step
        ]

    def escape(self) -> None:
        if self.flow.step is not Step.CHOOSE and not self.flow.working:
            self.go_back()

    def on_shown(self) -> None:
        if self.flow.step is Step.CHOOSE:
            self._refresh()

    def _refresh(self) -> None:
        try:
            network = self._services.networks.network()
            self.account = self._services.accounts.selected(network.id)
            open_ones = self._services.sending.unsettled(network.id)
        except AppError as error:
            show_error(self.choose.notice, error)
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
            self.footer.note.setText(self.tr("Make an account first: see Account."))
        elif self.account.watch_only:
            self.footer.note.setText(self.tr("This address is only watched: it cannot send."))
        else:
            self.footer.note.setText(self.tr("Nothing is sent before you have seen what happens."))

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
        if self.account is None:
            return
        self._runner.run(
            self._plan(self.account),
            done=self._on_plan,
            failed=lambda error: show_error(self.choose.notice, error),
            button=self.next_button,
            busy=self.tr("Simulating…"),
        )

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
            failed=lambda error: show_error(self.choose.notice, error),
            button=self.choose.all,
            busy=self.tr("Asking…"),
        )

    def _on_plan(self, plan: Plan) -> None:
        self.choose.notice.hide()
        self.check.notice.hide()
        self.flow.planned(plan, time.monotonic())
        self.send_button.setEnabled(False)
        self.review.start()
        self._show_plan()
        self._show_step()

    def _show_plan(self) -> None:
        plan = self.flow.plan
        if plan is None or self.flow.step is Step.DO:
            return
        own = all(one.own for one in plan.network.endpoints[:1])
        proxied = self._services.networks.settings().proxy is not None
        hide = self._state.hide_amounts
        self.check.show_plan(plan, hide, own, proxied)
        fee = amount_words(FEE, plan.max_fee)
        title = plan.title.split(" to ")[0] if not hide else self.tr("Send {0}").format(HIDDEN)
        self.send_button.set_words(
            self.tr("{0} on {1} · {2} fee at most").format(title, plan.network.name, fee)
        )
        self.send_button.setAccessibleName(self.send_button.text())

    # --- sending ---

    def send(self) -> None:
        """The user's word."""
        if self.flow.stale(time.monotonic()):
            self._again(
                self.tr("That plan is older than a minute, so it was made anew. Look again.")
            )
            return
        plan = self.flow.confirm(time.monotonic())
        self.do.start()
        self._show_step()
        self._runner.run(self._send(plan), done=self._on_end, failed=self._on_failed)

    def _again(self, words: str) -> None:
        if self.account is None:
            return

        def done(plan: Plan) -> None:
            self._on_plan(plan)
            self.check.notice.say("warn", words)
            self.check.notice.show()

        self._runner.run(
            self._plan(self.account),
            done=done,
            failed=lambda error: show_error(self.check.notice, error),
            button=self.send_button,
            busy=self.tr("Simulating…"),
        )

    async def _send(self, plan: Plan) -> TxRecord:
        record = await self._services.sending.send(plan, self.do.show_step)
        self._on_moved(record)
        if record.settled:
            return record
        return await self._services.sending.track(record.id, self._on_moved)

    def _on_moved(self, record: TxRecord) -> None:
        self.flow.moved(record)
        self.do.show_record(record)
        self.sent.emit()

    def _on_end(self, record: TxRecord) -> None:
        self.flow.moved(record)
        self.flow.ended()
        self.do.show_end(record)
        self.sent.emit()
        self._show_step()

    def _on_failed(self, error: AppError) -> None:
        self.flow.ended()
        self.do.fail()
        if isinstance(error, SendUncertain) or self.flow.record is not None:
            open_ones = self._services.sending.unsettled()
            if open_ones and self.flow.record is None:
                self.flow.moved(open_ones[0])
                self.do.hash.show_value(hex(open_ones[0].signed.hash))
            self.do.show_uncertain(error.detail.partition(" The transaction is in the")[0])
        else:
            show_error(self.do.notice, error)
            if isinstance(error, PlanChanged):
                self.flow.back()
                show_error(self.choose.notice, error)
                self._refresh()
        self.do.notice.show()
        self.sent.emit()
        self._show_step()

    def look_again(self, *, resend: bool) -> None:
        """What became of it; with `resend` the same bytes go out again."""
        record = self.flow.record
        if record is None:
            return

        async def work() -> TxRecord:
            seen = await self._services.sending.resume(record.id, resend)
            if seen.settled or seen.state is TxState.SIGNED:
                return seen
            return await self._services.sending.track(record.id, self._on_moved)

        self.flow.working = True
        self._runner.run(
            work(),
            done=self._on_end,
            failed=self._on_failed,
            button=self.do.resend if resend else self.do.look,
            busy=self.tr("Asking…"),
        )

    # --- moving ---

    def go_back(self) -> None:
        """To the choices, as they were typed."""
        self.flow.back()
        self._refresh()
        self._show_step()

    def finish(self) -> None:
        """Ready for another one."""
        self.flow.back()
        self.choose.amount.clear()
        self.choose.to.clear()
        self._refresh()
        self._show_step()

    def _show_step(self) -> None:
        step, working = self.flow.step, self.flow.working
        number = list(Step).index(step)
        ended = step is Step.DO and not working
        good = self.flow.record is not None and self.flow.record.state in {
            TxState.ACCEPTED_L2,
            TxState.ACCEPTED_L1,
        }
        here = QApplication.focusWidget()
        keyboard_here = here is not None and self.isAncestorOf(here)
        self.stack.setCurrentIndex(number)
        self.stepper.show_step(number, finished=ended and good)
        self.next_button.setVisible(step is Step.CHOOSE)
        self.send_button.setVisible(step is Step.CHECK)
        self.back_button.setVisible(step is Step.CHECK)
        self.done_button.setVisible(ended)
        if keyboard_here:  # what had it may be gone now; it must not go to a verb that sends
            place = {Step.CHOOSE: self.choose.to, Step.CHECK: self.back_button}.get(step)
            (place or (self.done_button if ended else self)).setFocus()
        if step is Step.CHECK:
            self.footer.note.setText(self.tr("Nothing has been signed for sending yet."))
        elif step is Step.DO:
            self.footer.note.setText(
                self.tr("You may close the window at any time: what was written down is followed.")
                if working
                else ""
            )

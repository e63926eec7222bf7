"""Contracts: where the verifier stands, putting it there in three steps, facts of a registry."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_errors import PlanChanged, SendUncertain
from obsqra_desktop.domain.contracts import MAX_CLASS_BYTES, MAX_CLASS_FELTS
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.journal import TxRecord, TxState
from obsqra_desktop.domain.spending import amount as amount_words
from obsqra_desktop.flows.send import SendFlow, Step
from obsqra_desktop.services.plans import Plan
from obsqra_desktop.services.verifier_contract import Standing
from obsqra_desktop.ui.pages.page import Body, Footer, Page
from obsqra_desktop.ui.pages.send import REVIEW_MILLISECONDS
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.state import UiState
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.columns import Columns
from obsqra_desktop.ui.widgets.fact_card import FactCard
from obsqra_desktop.ui.widgets.form import show_error
from obsqra_desktop.ui.widgets.send_views import CheckView, DoView
from obsqra_desktop.ui.widgets.verifier_card import VerifierCard, VerifierFacts, worth_card

Planning = Callable[[Account], Coroutine[Any, Any, Plan]]
GOOD = frozenset({TxState.ACCEPTED_L2, TxState.ACCEPTED_L1})


class ContractsPage(Page):
    """Nothing leaves before the verb of the second view, which names what, where and the fee."""

    sent = Signal()
    account_wanted = Signal()
    proof_wanted = Signal()

    def __init__(self, services: UiServices, state: UiState, runner: TaskRunner) -> None:
        super().__init__("")
        self.heading.setText(self.tr("Contracts"))
        self.setAccessibleName(self.tr("Contracts"))
        self._services, self._state, self._runner = services, state, runner
        self.flow = SendFlow()
        self.standing: Standing | None = None
        self.account: Account | None = None
        self.has_proof = False
        self._planning: Planning | None = None
        self._asking: asyncio.Task[None] | None = None
        self._build_overview()
        self.check, self.do = CheckView(), DoView()
        self.stack = QStackedWidget()
        for view in (self.overview, self.check, self.do):
            self.stack.addWidget(view)
        self.frame.addWidget(self.stack, 1)
        self.footer = Footer()
        self.frame.addWidget(self.footer)
        self.back_button = self.footer.add(Button(self.tr("&Back"), "plain", "arrow-left"))
        self.send_button = self.footer.add(Button("", "primary", "paper-plane-tilt"))
        self.done_button = self.footer.add(Button(self.tr("D&one"), "primary", "check"))
        self.review = QTimer(self)
        self.review.setSingleShot(True)
        self.review.setInterval(REVIEW_MILLISECONDS)
        self._connect()
        self._show_step()

    def _build_overview(self) -> None:
        self.overview = Body()
        columns = Columns()
        self.overview.column.addWidget(columns)
        self.verifier, self.facts, self.fact = VerifierCard(), VerifierFacts(), FactCard()
        columns.main.addWidget(self.verifier)
        columns.main.addWidget(self.fact)
        columns.side.addWidget(worth_card(), 1)
        columns.side.addWidget(self.facts, 1)
        self.facts.hide()

    def _connect(self) -> None:
        contract = self._services.verifier_contract
        self.verifier.look_button.clicked.connect(self.look)
        self.verifier.declare_button.clicked.connect(
            lambda: self.make_plan(contract.plan_declare, self.verifier.declare_button)
        )
        self.verifier.deploy_button.clicked.connect(
            lambda: self.make_plan(contract.plan_deploy, self.verifier.deploy_button)
        )
        self.verifier.account_wanted.connect(self.account_wanted)
        self.verifier.proof_wanted.connect(self.proof_wanted)
        self.fact.wanted.connect(self.look_up)
        self.fact.cancel_button.clicked.connect(self.cancel_look_up)
        self.back_button.clicked.connect(self.go_back)
        self.send_button.clicked.connect(self.send)
        self.done_button.clicked.connect(self.go_back)
        self.do.look.clicked.connect(lambda: self.look_again(resend=False))
        self.do.resend.clicked.connect(lambda: self.look_again(resend=True))
        self.review.timeout.connect(lambda: self.send_button.setEnabled(True))
        self._state.changed.connect(self._show_plan)

    def primary_button(self) -> Button | None:
        """Ctrl+Enter never sends: that takes a click or the keyboard on the button itself."""
        if self.flow.step is Step.CHECK:
            return None
        if self.flow.step is Step.DO:
            return self.done_button
        shown = (self.verifier.declare_button, self.verifier.deploy_button)
        return next((one for one in shown if one.isVisible()), None)

    def escape(self) -> None:
        if self.flow.step is not Step.CHOOSE and not self.flow.working:
            self.go_back()

    def on_shown(self) -> None:
        if self.flow.step is Step.CHOOSE:
            self.look()

    # --- where it stands ---

    def look(self) -> None:
        """Ask one node of the chosen network; another network than before clears what was told."""
        try:
            network = self._services.networks.network()
            account = self._services.accounts.selected(network.id)
        except AppError as error:
            show_error(self.verifier.notice, error)
            return
        self.account = None if account is None or account.watch_only else account
        if self.standing is None or self.standing.network.id != network.id:
            self.standing = None
            self.facts.hide()
            self.verifier.show_unknown(network.name)
        self._runner.run(
            self._services.verifier_contract.standing(),
            done=self.show_standing,
            failed=self._on_not_told,
            button=self.verifier.look_button,
            busy=self.tr("Looking…"),
        )

    def show_standing(self, standing: Standing) -> None:
        """What the node told, and the next verb."""
        self.standing = standing
        name = (self.account.label or self.account.address_text) if self.account else ""
        self.verifier.show_standing(standing, sender=name, has_proof=self.has_proof)
        self.facts.show_standing(standing, (MAX_CLASS_FELTS, MAX_CLASS_BYTES))
        self.facts.show()

    def _on_not_told(self, error: AppError) -> None:
        self.standing = None
        self.verifier.show_unknown(self._services.networks.network().name)
        show_error(self.verifier.notice, error)

    # --- putting it there ---

    def make_plan(self, planning: Planning, button: Button) -> None:
        """Simulate; nothing that could be sent is signed."""
        if self.account is None:
            return
        self._planning = planning
        self._runner.run(
            planning(self.account),
            done=self._on_plan,
            failed=lambda error: show_error(self.verifier.notice, error),
            button=button,
            busy=self.tr("Simulating…"),
        )

    def _on_plan(self, plan: Plan) -> None:
        self.verifier.notice.hide()
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
        self.check.show_plan(plan, self._state.hide_amounts, own, proxied)
        verb = self.tr("Declare") if plan.intent.declares else self.tr("Deploy")
        fee = amount_words(STRK.address, plan.max_fee)
        self.send_button.set_words(
            self.tr("{0} on {1} · {2} fee at most").format(verb, plan.network.name, fee)
        )
        self.send_button.setAccessibleName(self.send_button.text())

    def send(self) -> None:
        """The user's word; a plan that is too old is made anew and has to be looked at again."""
        if self.flow.stale(time.monotonic()):
            self._again()
            return
        plan = self.flow.confirm(time.monotonic())
        self.do.start()
        self._show_step()
        self._runner.run(self._send(plan), done=self._on_end, failed=self._on_failed)

    def _again(self) -> None:
        if self.account is None or self._planning is None:
            return

        def done(plan: Plan) -> None:
            self._on_plan(plan)
            self.check.notice.say(
                "warn",
                self.tr("That plan is older than a minute, so it was made anew. Look again."),
            )
            self.check.notice.show()

        self._runner.run(
            self._planning(self.account),
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
                self.go_back()
                show_error(self.verifier.notice, error)
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

    def go_back(self) -> None:
        """To the overview, which is asked for anew."""
        self.flow.back()
        self._show_step()
        self.look()

    def _show_step(self) -> None:
        step, working = self.flow.step, self.flow.working
        here = QApplication.focusWidget()
        keyboard_here = here is not None and self.isAncestorOf(here)
        self.stack.setCurrentIndex(list(Step).index(step))
        self.footer.setVisible(step is not Step.CHOOSE)
        self.back_button.setVisible(step is Step.CHECK)
        self.send_button.setVisible(step is Step.CHECK)
        self.done_button.setVisible(step is Step.DO and not working)
        if step is Step.CHOOSE and keyboard_here:
            self.verifier.look_button.setFocus()  # what had it is gone now
        elif step is Step.CHECK:
            self.back_button.setFocus()  # never a verb that sends
            self.footer.note.setText(self.tr("Nothing has been signed for sending yet."))
        elif step is Step.DO:
            self.footer.note.setText(
                self.tr("You may close the window at any time: what was written down is followed.")
                if working
                else ""
            )
            if not working:
                self.done_button.setFocus()

    # --- facts ---

    def look_up(self, fact: int, registry: int | None) -> None:
        """Ask the registry; read-only."""
        self.fact.cancel_button.show()
        self._asking = self._runner.run(
            self._services.integrity.look(fact, None, registry),
            done=lambda report: self._on_told(self.fact.show_report, report),
            failed=lambda error: self._on_told(self.fact.show_error, error),
            button=self.fact.button,
            busy=self.tr("Asking…"),
        )

    def _on_told(self, show: Callable[[Any], None], what: object) -> None:
        self._asking = None
        self.fact.cancel_button.hide()
        show(what)

    def cancel_look_up(self) -> None:
        """Stop asking."""
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
        self.fact.cancel_button.hide()
        self.fact.notice.say(
            "sunken", self.tr("Stopped, as you asked"), self.tr("Nothing was sent.")
        )
        self.fact.notice.show()

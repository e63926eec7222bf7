"""A step with private money: its plan, its proof, its user's word, its receipt."""

import time
from collections.abc import Coroutine
from typing import Any, Protocol

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.chain_errors import SendUncertain
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.domain.mist.privacy import MistAction
from obsqra_desktop.flows.private import PrivateFlow
from obsqra_desktop.flows.send import Step
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.mist.money import MistMoney
from obsqra_desktop.services.mist.steps import MistDraft, MistPlan, MistResult
from obsqra_desktop.ui.format import at_most
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.form import in_words, show_error
from obsqra_desktop.ui.widgets.private.overview import OverviewView
from obsqra_desktop.ui.widgets.private.owners import name_of
from obsqra_desktop.ui.widgets.private.spend import Wanted
from obsqra_desktop.ui.widgets.private.steps import UNPROVED, CheckPrivateView, DoPrivateView
from obsqra_desktop.ui.widgets.private.what import next_words
from obsqra_desktop.ui.widgets.step_frame import StepFrame


class Host(Protocol):
    """The page, as far as it is needed here."""

    accounts: tuple[Account, ...]

    def on_moved(self) -> None: ...
    def show_hand_overs(self) -> None: ...
    def on_home(self, sent: bool) -> None: ...
    def show_book(self, book: MistBook | None) -> None: ...


class StepWork(StepFrame):
    """Nothing leaves before the verb of the second view, which names what and the fee."""

    def __init__(
        self, host: Host, overview: OverviewView, money: MistMoney, runner: TaskRunner
    ) -> None:
        self.check, self.do = CheckPrivateView(), DoPrivateView()
        self.prove_button = Button("", "primary", "seal-check")
        super().__init__((overview, self.check, self.do), self.prove_button)
        self._host, self._money, self._runner = host, money, runner
        self._home = overview
        self.flow = PrivateFlow()
        self.hide_amounts = False
        self._cancel: CancelToken | None = None
        self.back_button.clicked.connect(self.go_back)
        self.prove_button.clicked.connect(self.prove)
        self.check.stop_button.clicked.connect(self.stop)
        self.send_button.clicked.connect(self.send)
        self.done_button.clicked.connect(self.go_back)
        self.do.look.clicked.connect(self.look_again)
        self.do.save.clicked.connect(self._to_hand_over)
        self.review.timeout.connect(self._allow)
        self.check.sure.toggled.connect(self._allow)
        self._show_step()

    @property
    def proving(self) -> bool:
        """Whether it can be stopped."""
        return self._cancel is not None

    @property
    def primary(self) -> Button | None:
        """What Ctrl+Enter presses; never what sends."""
        if self.flow.step is Step.DO:
            return self.done_button
        return self.prove_button if self.flow.draft is None else None

    def planned(self, wanted: Wanted, note: str, words: str) -> Coroutine[Any, Any, MistPlan]:
        """The plan of what was asked for a note."""
        money, amount, owner = self._money, wanted.amount, wanted.owner
        if wanted.action is MistAction.WITHDRAW:
            return money.plan_withdraw(None, note, amount, owner, words)
        if wanted.action is MistAction.REWRAP:
            return money.plan_rewrap(None, note, owner, words)
        if wanted.action is MistAction.SPLIT:
            assert amount is not None  # the form's word
            return money.plan_split(None, note, amount, owner, words)
        if wanted.action is MistAction.FORWARD:
            assert wanted.request is not None  # the form's word
            return money.plan_forward(None, note, wanted.request, amount, owner, words)
        return money.plan_emergency(None, note)

    def begin(self, plan: MistPlan, request: str = "") -> None:
        """Show what would be done; `request` is the text that is paid, if it is known."""
        self.flow.planned(plan)
        self.check.names = {one.address: name_of(one) for one in self._host.accounts}
        self.check.request = request
        self.check.show_plan(plan, self.hide_amounts)
        self._show_step()

    # --- proving ---

    def prove(self) -> None:
        """Prove here and have it simulated; can be stopped."""
        plan = self.flow.plan
        if plan is None or self._cancel is not None:
            return
        self._cancel = cancel = CancelToken()
        self.check.notice.hide()
        self.check.stop_button.setVisible(plan.action not in UNPROVED)
        self.check.ensureWidgetVisible(self.check.work)
        if self.check.stop_button.isVisible():
            self.check.stop_button.setFocus()  # a disabled button would hand it to another page
        self.back_button.setEnabled(False)
        self._runner.run(
            self._money.prepare(plan, self.check.show_phase, cancel),
            done=self._on_proved,
            failed=self._on_not_proved,
            button=self.prove_button,
            busy=self.tr("Asking a node…") if plan.action in UNPROVED else self.tr("Preparing…"),
        )

    def stop(self) -> None:
        """Stop proving; nothing was sent."""
        if self._cancel is not None:
            self._cancel.cancel()

    def _proving_ended(self) -> None:
        self._cancel = None
        self.check.stop_button.hide()
        self.back_button.setEnabled(True)

    def _on_proved(self, draft: MistDraft) -> None:
        self._proving_ended()
        self.flow.proved(draft, time.monotonic())
        self.check.show_draft(draft, self.hide_amounts)
        self.check.ensureWidgetVisible(self.check.work)
        self.hold_back()
        self._show_verbs()
        self.back_button.setFocus()  # never a verb that sends

    def _on_not_proved(self, error: AppError) -> None:
        self._proving_ended()
        self.check.show_stopped()
        show_error(self.check.notice, error)
        self.check.ensureWidgetVisible(self.check.notice)

    # --- sending ---

    def _allow(self) -> None:
        """There was time to read; what publishes a key wants a second word."""
        sure = self.check.sure.isChecked() or not self.flow.emergency
        self.send_button.setEnabled(sure and not self.review.isActive())

    def send(self) -> None:
        """The user's word; a fee that is too old is asked for anew and has to be looked at."""
        if self.flow.stale(time.monotonic()) and self.flow.plan is not None:
            self.begin(self.flow.plan, self.check.request)
            words = self.tr("That fee is older than two minutes. Look at it again.")
            self.check.notice.say("warn", words)
            self.check.notice.show()
            return
        draft = self.flow.confirm(time.monotonic())
        self.do.start()
        self._show_done(draft.plan)
        self._show_step()
        self._runner.run(self._send(draft), done=self._on_end, failed=self._on_failed)

    async def _send(self, draft: MistDraft) -> MistResult:
        result = await self._money.send(draft, self.do.show_phase)
        self._moved(result)
        return result if result.record.settled else await self._money.follow(result)

    def _moved(self, result: MistResult) -> None:
        self.flow.sent(result)
        self.do.show_record(result.record)
        self._show_done(result.plan)
        self._host.on_moved()

    def _on_end(self, result: MistResult) -> None:
        self._moved(result)
        self.flow.ended()
        self.do.look.hide()
        if result.accepted:
            detail = (
                self.tr("The receiver has to be told how much it was: save the file for them.")
                if result.hand_over is not None
                else next_words(result.plan)
            )
            self.do.save.setVisible(result.hand_over is not None)
            self.do.notice.say("good", self.tr("Done: confirmed by its receipt"), detail)
        else:
            self.do.notice.say(
                "bad",
                self.tr("It did not take place"),
                self.tr("State: {0}. The note is as it was.").format(result.record.state.value),
            )
        self.do.notice.show()
        self._show_step()

    def _on_failed(self, error: AppError) -> None:
        self.flow.ended()
        uncertain = isinstance(error, SendUncertain) or self.flow.result is not None
        self.do.show_stopped(uncertain=uncertain)
        if uncertain:
            self.do.notice.say("warn", error.title, in_words(error))
            self.do.notice.show()
        else:
            show_error(self.do.notice, error)
        self.do.look.setVisible(uncertain)
        self._host.on_moved()
        self._show_step()

    def look_again(self) -> None:
        """What became of it: the journal and a node decide; nothing is signed."""

        def done(book: MistBook) -> None:
            self.do.look.hide()
            self.do.notice.say(
                "sunken", self.tr("Looked at again"), self.tr("The notes show what came of it.")
            )
            self._host.show_book(book)

        self._runner.run(
            self._money.settle(),
            done=done,
            failed=lambda error: show_error(self.do.notice, error),
            button=self.do.look,
            busy=self.tr("Asking…"),
        )

    def go_back(self) -> None:
        """To the notes."""
        if self._cancel is not None:
            return
        sent = self.flow.step is Step.DO
        self.flow.back()
        self._show_step()
        self._host.on_home(sent)

    def _to_hand_over(self) -> None:
        """Back, to the card that saves the file."""
        self.go_back()
        self._host.show_hand_overs()

    # --- showing ---

    def _show_done(self, plan: MistPlan) -> None:
        """What is being done; and the fee, once a receipt tells it."""
        record = self.flow.result.record if self.flow.result is not None else None
        receipt = record.receipt if record is not None else None
        fee = receipt.actual_fee if receipt is not None else None
        check = self.check
        self.do.what.show_plan(plan, check.names, check.request, self.hide_amounts, fee)

    def show_amounts(self, hide: bool) -> None:
        """Amounts came into sight, or went."""
        self.hide_amounts = hide
        if self.flow.step is Step.DO and self.flow.plan is not None:
            self._show_done(self.flow.plan)
        if self.flow.step is not Step.CHECK or self.flow.plan is None:
            return
        self.check.show_amounts(self.flow.plan, self.flow.draft, hide)
        self._show_verbs()

    def _show_step(self) -> None:
        self.show_step(self.flow.step, self.flow.working, self._home)
        self.footer.setVisible(self.flow.step is not Step.CHOOSE)
        self._show_verbs()
        if self.flow.step is Step.CHECK:
            self.check.verticalScrollBar().setValue(0)

    def _show_verbs(self) -> None:
        checking = self.flow.step is Step.CHECK
        plan, draft = self.flow.plan, self.flow.draft
        self.prove_button.setVisible(checking and draft is None)
        self.send_button.setVisible(checking and draft is not None)
        if plan is None:
            return
        self.prove_button.set_words(
            self.tr("See the &fee")
            if plan.action in UNPROVED
            else self.tr("&Prove, and see the fee")
        )
        self.prove_button.setAccessibleName(self.prove_button.text())
        if draft is not None:
            fee = at_most(draft.sending.max_fee)
            what = plan.title.partition(";")[0]  # what stays is told on top
            verb = self.tr("Publish the key and withdraw") if self.flow.emergency else what
            if self.hide_amounts and not self.flow.emergency:
                verb = self.tr("Send")
            self.name_send(self.tr("{0} · {1} fee at most").format(verb, fee))

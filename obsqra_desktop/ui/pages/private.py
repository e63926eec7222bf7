"""Private money: the pool, notes, and each step from its privacy over its proof to its receipt."""

import time
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QStackedWidget

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import KNOWN_TOKENS, Token
from obsqra_desktop.domain.chain_errors import SendUncertain, VaultLocked
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.mist_notes import HeldNote, MistBook, PlanKind
from obsqra_desktop.domain.mist_pool import TRUST_NOTES
from obsqra_desktop.domain.mist_privacy import MistAction
from obsqra_desktop.flows.private import PrivateFlow
from obsqra_desktop.flows.send import Step
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.mist.desk import Overview
from obsqra_desktop.services.mist.giving import GivenRequest
from obsqra_desktop.services.mist.scan_report import ScanProgress, ScanReport
from obsqra_desktop.services.mist.steps import MistDraft, MistPlan, MistResult
from obsqra_desktop.ui.models.notes import amount_text
from obsqra_desktop.ui.pages.page import Body, Footer, Page
from obsqra_desktop.ui.pages.private_files import FileWork
from obsqra_desktop.ui.pages.send import REVIEW_MILLISECONDS
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.state import UiState
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.base import Notice
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.columns import Columns
from obsqra_desktop.ui.widgets.form import show_error
from obsqra_desktop.ui.widgets.private_files import (
    FilesCard,
    HandOverCard,
    RequestCard,
    WaitingCard,
)
from obsqra_desktop.ui.widgets.private_forms import DepositForm, SpendForm, Wanted, name_of
from obsqra_desktop.ui.widgets.private_notes import NotesCard
from obsqra_desktop.ui.widgets.private_pool import PoolCard, ScanCard, TrustCard
from obsqra_desktop.ui.widgets.private_steps import CheckPrivateView, DoPrivateView

T = TypeVar("T")
KINDS = {
    MistAction.WITHDRAW: PlanKind.WITHDRAW,
    MistAction.REWRAP: PlanKind.REWRAP,
    MistAction.SPLIT: PlanKind.SPLIT,
    MistAction.FORWARD: PlanKind.FORWARD,
}


class PrivatePage(Page):
    """Nothing leaves before the verb of the second view, which names what and the fee."""

    said = Signal(str)
    sent = Signal()
    account_wanted = Signal()
    keys_changed = Signal()
    scanned = Signal(object)
    """A ScanProgress, from whatever thread looks."""

    def __init__(self, services: UiServices, state: UiState, runner: TaskRunner) -> None:
        super().__init__("")
        self.heading.setText(self.tr("Private money"))
        self.setAccessibleName(self.tr("Private money"))
        self._services, self._state, self._runner = services, state, runner
        self.flow = PrivateFlow()
        self.book: MistBook | None = None
        self.account: Account | None = None
        self.accounts: tuple[Account, ...] = ()
        self._cancel: CancelToken | None = None
        self._scan_cancel: CancelToken | None = None
        self._build_overview()
        self.desk = FileWork(self, self, services.private, self.files, self.hand_overs)
        self.check, self.do = CheckPrivateView(), DoPrivateView()
        self.stack = QStackedWidget()
        for view in (self.overview, self.check, self.do):
            self.stack.addWidget(view)
        self.frame.addWidget(self.stack, 1)
        self.footer = Footer()
        self.frame.addWidget(self.footer)
        self.back_button = self.footer.add(Button(self.tr("&Back"), "plain", "arrow-left"))
        self.prove_button = self.footer.add(Button("", "primary", "seal-check"))
        self.send_button = self.footer.add(Button("", "primary", "paper-plane-tilt"))
        self.done_button = self.footer.add(Button(self.tr("D&one"), "primary", "check"))
        self.review = QTimer(self)
        self.review.setSingleShot(True)
        self.review.setInterval(REVIEW_MILLISECONDS)
        self._connect()
        self._show_step()

    def _build_overview(self) -> None:
        self.overview = Body()
        columns = Columns(side_width=340)
        self.overview.column.addWidget(columns)
        self.notice = Notice()
        self.notice.hide()
        self.need = Notice()
        self.need_button = Button(self.tr("Open the Account page"), "plain", "wallet")
        self.need.verbs.addWidget(self.need_button)
        self.need.hide()
        self.pool, self.trust, self.scan = PoolCard(), TrustCard(), ScanCard()
        self.trust.show_notes(TRUST_NOTES)
        self.notes, self.deposit, self.spend = NotesCard(), DepositForm(KNOWN_TOKENS), SpendForm()
        self.requests, self.files = RequestCard(), FilesCard()
        self.hand_overs, self.waiting = HandOverCard(), WaitingCard()
        self.hand_overs.hide()
        self.spend.hide()
        for widget in (
            self.notice,
            self.need,
            self.notes,
            self.spend,
            self.waiting,
            self.hand_overs,
            self.deposit,
        ):
            columns.main.addWidget(widget)
        for card in (self.pool, self.scan, self.requests, self.files, self.trust):
            columns.side.addWidget(card)

    def _connect(self) -> None:
        self.need_button.clicked.connect(self.account_wanted)
        self.pool.look_button.clicked.connect(self.look)
        self.pool.make_button.clicked.connect(self.make_pool)
        self.pool.stop_button.clicked.connect(self._stop)
        self.pool.trusted.connect(self.trust_pool)
        self.scan.scan_button.clicked.connect(lambda: self.look_for_notes())
        self.scan.deep_button.clicked.connect(lambda: self.look_for_notes(everything=True))
        self.scan.stop_button.clicked.connect(self._stop_looking)
        self.scanned.connect(self._on_scan_progress)
        self.notes.chosen.connect(self._on_chosen)
        self.notes.labelled.connect(self._on_labelled)
        self.notes.frozen.connect(self._on_frozen)
        self.deposit.wanted.connect(self.plan_deposit)
        self.deposit.account_button.clicked.connect(self.new_account)
        self.spend.wanted.connect(self.plan_spend)
        self.spend.closed.connect(self._close_spend)
        self.requests.wanted.connect(self.make_request)
        self.requests.again.connect(self.show_request)
        self.waiting.go.connect(self.plan_waiting)
        self.waiting.drop.connect(self.drop_waiting)
        self.notes.exported.connect(self.desk.ask_export)
        self.back_button.clicked.connect(self.go_back)
        self.prove_button.clicked.connect(self.prove)
        self.check.stop_button.clicked.connect(self._stop)
        self.send_button.clicked.connect(self.send)
        self.done_button.clicked.connect(self.go_back)
        self.do.look.clicked.connect(self.look_again)
        self.review.timeout.connect(lambda: self.send_button.setEnabled(True))
        self._state.changed.connect(self._show_book)

    def primary_button(self) -> Button | None:
        """Ctrl+Enter never sends: that takes a click or the keyboard on the button itself."""
        if self.flow.step is Step.DO:
            return self.done_button
        if self.flow.step is Step.CHECK:
            return self.prove_button if self.flow.draft is None else None
        return self.spend.button if self.spend.isVisible() else self.deposit.button

    def escape(self) -> None:
        if self._cancel is not None:
            self._stop()
        elif self.flow.step is not Step.CHOOSE and not self.flow.working:
            self.go_back()

    def on_shown(self) -> None:
        if self.flow.step is Step.CHOOSE:
            self.refresh()

    # --- what there is ---

    def refresh(self) -> None:
        """Read what is remembered, then ask a node about the pool."""
        try:
            network = self._services.networks.network()
            self.accounts = self._services.accounts.listing(network.id)
            self.account = self._services.accounts.selected(network.id)
        except AppError as error:
            show_error(self.notice, error)
            return
        if self.account is not None and self.account.watch_only:
            self.account = None
        self.deposit.show_accounts(self.account, self.accounts)
        self.requests.show_accounts(self.account, self.accounts)
        self.need.setVisible(self.account is None)
        if self.account is None:
            self.need.say(
                "sunken",
                self.tr("It takes an account"),
                self.tr("Money goes into the pool from an account of yours that has some STRK."),
            )
        self._runner.run(
            self._services.private.overview(), done=self._on_overview, failed=self._on_closed
        )

    def _on_overview(self, overview: Overview) -> None:
        self.book = overview.book
        self._show_book()
        there = overview.pool_known
        for widget in (self.notes, self.deposit, self.scan, self.requests, self.files):
            widget.setVisible(there)
        if there:
            self.look()
        else:
            self.pool.show_none(overview.network.name, overview.network.practice)

    def _on_closed(self, error: AppError) -> None:
        self.book = None
        self._show_book()
        if isinstance(error, VaultLocked):
            self.need.say(
                "warn",
                self.tr("Your keys are locked"),
                self.tr("Notes are sealed with them. Open them on the Account page."),
            )
            self.need.show()
            return
        show_error(self.notice, error)

    def _show_book(self) -> None:
        hide = self._state.hide_amounts
        owners = {one.address: name_of(one) for one in self.accounts}
        self.notes.show_book(self.book, owners, hide)
        self.files.show_book(self.book)
        scan = self.book.scan if self.book is not None else None
        self.scan.show_scan(
            scan.leaves if scan else None,
            scan.block.number if scan else None,
            scan.at if scan else None,
        )
        self.scan.scan_button.setEnabled(self.book is not None)
        self.scan.deep_button.setEnabled(self.book is not None)
        if self.book is not None:
            self.requests.show_book(self.book)
            self.hand_overs.show_book(self.book, hide)
        else:
            self.hand_overs.hide()
        if self.flow.step is Step.CHECK and self.flow.plan is not None:
            self.check.show_plan(self.flow.plan, hide)
            if self.flow.draft is not None:
                self.check.show_draft(self.flow.draft, hide)
            self._show_verbs()

    def look(self) -> None:
        """Ask one node about the pool and, if something waits, how far it has come."""
        self._runner.run(
            self._services.private.standing(),
            done=self.pool.show_standing,
            failed=self._on_no_standing,
            button=self.pool.look_button,
            busy=self.tr("Looking…"),
        )
        if self.book is not None and self.book.plans:
            self._runner.run(
                self._services.private.waiting(),
                done=self.waiting.show_waiting,
                failed=lambda error: show_error(self.notice, error),
            )

    def _on_no_standing(self, error: AppError) -> None:
        self.pool.show_unknown(self._services.networks.network().name)
        show_error(self.pool.notice, error)

    def make_pool(self) -> None:
        """On the practice chain."""
        self._cancel = cancel = CancelToken()
        self.pool.notice.hide()

        def done(_pool: object) -> None:
            self._cancel = None
            self.refresh()

        def failed(error: AppError) -> None:
            self._cancel = None
            self.pool.show_none(self._services.networks.network().name, practice=True)
            show_error(self.pool.notice, error)

        self._runner.run(
            self._services.practice_private.make(
                lambda phase: self.pool.show_making(f"{phase.words} …"), cancel
            ),
            done=done,
            failed=failed,
            button=self.pool.make_button,
            busy=self.tr("Making it…"),
        )
        self.pool.show_making(self.tr("Starting …"))

    def trust_pool(self) -> None:
        """Its user knows why the contract has changed."""

        async def work() -> None:
            standing = await self._services.private.standing()
            await self._services.money.trust(standing.found)

        button = self.pool.really_button
        self.run_task(work(), lambda _: self.refresh(), button, self.tr("Keeping…"))

    def look_for_notes(self, *, everything: bool = False) -> None:
        """Scan; what is found before a stop is kept."""
        self._scan_cancel = cancel = CancelToken()
        self.scan.notice.hide()
        self.scan.stop_button.show()

        self._runner.run(
            self._services.private.scan(
                everything=everything, progress=self.scanned.emit, cancel=cancel
            ),
            done=self._on_scanned,
            failed=self._on_not_scanned,
            button=self.scan.scan_button,
            busy=self.tr("Looking…"),
        )

    def _on_scan_progress(self, one: ScanProgress) -> None:
        if self.scan.stop_button.isVisible():
            of = f" {one.done}/{one.total}" if one.total else ""
            self.scan.words.setText(f"{one.phase.label}{of} …")

    def _on_scanned(self, report: ScanReport) -> None:
        self.scan.stop_button.hide()
        self.book = report.book
        words = self.tr("{0} new, {1} spent since the last look.").format(
            len(report.arrived), len(report.spent)
        )
        self.scan.words.setText(words)
        if report.reorganised or report.gap:
            self.scan.notice.say(
                "warn",
                self.tr("The chain changed under the pool")
                if report.reorganised
                else self.tr("Not all of the history could be read"),
                report.gap,
            )
            self.scan.notice.show()
        self._show_book()

    def _on_not_scanned(self, error: AppError) -> None:
        self.scan.stop_button.hide()
        self.scan.words.setText("")
        show_error(self.scan.notice, error)

    def _stop_looking(self) -> None:
        if self._scan_cancel is not None:
            self._scan_cancel.cancel()

    def run_task(
        self,
        work: Coroutine[Any, Any, T],
        done: Callable[[T], None],
        button: Button | None = None,
        busy: str = "",
    ) -> None:
        """Do it and show what went wrong at the top."""
        self.notice.hide()
        self._runner.run(
            work,
            done=done,
            failed=self._on_error,
            button=button,
            busy=busy,
        )

    def _on_error(self, error: AppError) -> None:
        show_error(self.notice, error)
        self.overview.ensureWidgetVisible(self.notice)

    # --- notes ---

    def _on_chosen(self, held: HeldNote | None) -> None:
        self.spend.setVisible(held is not None and held.held)
        if held is not None and held.held:
            words = amount_text(held.token, held.amount, self._state.hide_amounts)
            self.spend.show_note(held, words, self.accounts)

    def _close_spend(self) -> None:
        self.notes.table.clearSelection()
        self.notes.table.setCurrentIndex(self.notes.sorted.index(-1, -1))

    def _on_labelled(self, note: str, words: str) -> None:
        self.run_task(
            self._services.private.relabel(None, note, words), self._on_book, self.notes.save
        )

    def _on_frozen(self, note: str, on: bool) -> None:
        self.run_task(self._services.private.freeze(None, note, on), self._on_book)

    def _on_book(self, book: MistBook) -> None:
        self.book = book
        self._show_book()

    def new_account(self) -> None:
        """Its key follows from the secret; it has to be funded and deployed before it can spend."""

        def done(account: Account) -> None:
            self.said.emit(self.tr("{0} is made").format(name_of(account)))
            self.keys_changed.emit()
            self.refresh()
            number = self.deposit.owner.findData(account.address)
            self.deposit.owner.setCurrentIndex(max(0, number))

        self.run_task(
            self._services.money.new_account(),
            done,
            self.deposit.account_button,
            self.tr("Making it…"),
        )

    # --- a step: plan, prove, send ---

    def plan_deposit(
        self, token: Token, amount: int, owner: int | None, request: str | None, words: str
    ) -> None:
        """Money in."""
        if self.account is None:
            return
        work = self._services.money.plan_deposit(self.account, token, amount, owner, request, words)
        self.run_task(work, self._on_plan, self.deposit.button, self.tr("Looking at the pool…"))

    def plan_spend(self, wanted: Wanted, words: str) -> None:
        """Divide the note that is chosen, now or after new leaves."""
        held, money = self.spend.held, self._services.money
        if held is None:
            return
        if wanted.after_leaves is not None:
            self.run_task(
                money.wait_for_leaves(
                    None,
                    KINDS[wanted.action],
                    held.id,
                    wanted.after_leaves,
                    wanted.amount,
                    wanted.owner,
                    wanted.request,
                ),
                self._on_kept,
                self.spend.button,
                self.tr("Keeping…"),
            )
            return
        work = self._planned(wanted, held.id, words)
        self.run_task(work, self._on_plan, self.spend.button, self.tr("Looking at the pool…"))

    def _planned(self, wanted: Wanted, note: str, words: str) -> Coroutine[Any, Any, MistPlan]:
        money = self._services.money
        if wanted.action is MistAction.WITHDRAW:
            return money.plan_withdraw(None, note, wanted.amount, wanted.owner, words)
        if wanted.action is MistAction.REWRAP:
            return money.plan_rewrap(None, note, wanted.owner, words)
        if wanted.action is MistAction.SPLIT:
            assert wanted.amount is not None  # the form's word
            return money.plan_split(None, note, wanted.amount, wanted.owner, words)
        if wanted.action is MistAction.FORWARD:
            assert wanted.request is not None  # the form's word
            return money.plan_forward(
                None, note, wanted.request, wanted.amount, wanted.owner, words
            )
        return money.plan_emergency(None, note)

    def _on_kept(self, _view: object) -> None:
        self.said.emit(self.tr("It waits, also while this program is closed"))
        self.spend.wait.setChecked(False)
        self.refresh()

    def plan_waiting(self, plan: str) -> None:
        """What has waited long enough becomes a step like any other."""
        self.run_task(self._services.money.plan_waiting(None, plan), self._on_plan)

    def drop_waiting(self, plan: str) -> None:
        """Give it up."""
        self.run_task(self._services.money.drop_waiting(None, plan), lambda _: self.look())

    def _on_plan(self, plan: MistPlan) -> None:
        self.flow.planned(plan)
        self.check.show_plan(plan, self._state.hide_amounts)
        self._show_step()

    def prove(self) -> None:
        """Prove here and have it simulated; can be stopped."""
        plan = self.flow.plan
        if plan is None or self._cancel is not None:
            return
        self._cancel = cancel = CancelToken()
        self.check.notice.hide()
        self.check.stop_button.show()
        self.back_button.setEnabled(False)
        self._runner.run(
            self._services.money.prepare(plan, self.check.show_phase, cancel),
            done=self._on_proved,
            failed=self._on_not_proved,
            button=self.prove_button,
            busy=self.tr("Proving…"),
        )

    def _proving_ended(self) -> None:
        self._cancel = None
        self.check.stop_button.hide()
        self.back_button.setEnabled(True)

    def _on_proved(self, draft: MistDraft) -> None:
        self._proving_ended()
        self.flow.proved(draft, time.monotonic())
        self.check.show_draft(draft, self._state.hide_amounts)
        self.send_button.setEnabled(False)
        self.review.start()
        self._show_verbs()
        self.back_button.setFocus()  # never a verb that sends

    def _on_not_proved(self, error: AppError) -> None:
        self._proving_ended()
        self.check.show_stopped()
        show_error(self.check.notice, error)

    def _stop(self) -> None:
        if self._cancel is not None:
            self._cancel.cancel()

    def send(self) -> None:
        """The user's word; a fee that is too old is asked for anew and has to be looked at."""
        if self.flow.stale(time.monotonic()) and self.flow.plan is not None:
            self._on_plan(self.flow.plan)
            self.check.notice.say(
                "warn", self.tr("That fee is older than two minutes. Prove and look again.")
            )
            self.check.notice.show()
            return
        draft = self.flow.confirm(time.monotonic())
        self.do.start()
        self._show_step()
        self._runner.run(self._send(draft), done=self._on_end, failed=self._on_failed)

    async def _send(self, draft: MistDraft) -> MistResult:
        result = await self._services.money.send(draft, self.do.show_phase)
        self._on_moved(result)
        if result.record.settled:
            return result
        return await self._services.money.follow(result)

    def _on_moved(self, result: MistResult) -> None:
        self.flow.sent(result)
        self.do.show_record(result.record)
        self.sent.emit()

    def _on_end(self, result: MistResult) -> None:
        self._on_moved(result)
        self.flow.ended()
        self.do.look.hide()
        if result.accepted:
            words = self.tr("Accepted on L2, by its receipt")
            detail = (
                self.tr("Tell the receiver how much it was: save the file for them below.")
                if result.hand_over is not None
                else ""
            )
            self.do.notice.say("good", words, detail)
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
        self.do.show_stopped()
        show_error(self.do.notice, error)
        uncertain = isinstance(error, SendUncertain) or self.flow.result is not None
        self.do.look.setVisible(uncertain)
        self.sent.emit()
        self._show_step()

    def look_again(self) -> None:
        """What became of it: the journal and a node decide; nothing is signed."""

        def done(book: MistBook) -> None:
            self.book = book
            self.do.look.hide()
            self.do.notice.say(
                "sunken", self.tr("Looked at again"), self.tr("The notes show what came of it.")
            )

        self._runner.run(
            self._services.money.settle(),
            done=done,
            failed=lambda error: show_error(self.do.notice, error),
            button=self.do.look,
            busy=self.tr("Asking…"),
        )

    def go_back(self) -> None:
        """To the notes."""
        if self._cancel is not None:
            return
        self.flow.back()
        self._show_step()
        self.refresh()

    def _show_step(self) -> None:
        step, working = self.flow.step, self.flow.working
        self.stack.setCurrentIndex(list(Step).index(step))
        self.footer.setVisible(step is not Step.CHOOSE)
        self.back_button.setVisible(step is Step.CHECK)
        self.done_button.setVisible(step is Step.DO and not working)
        self._show_verbs()
        if step is Step.CHECK:
            self.back_button.setFocus()  # never a verb that sends
            self.footer.note.setText(self.tr("Nothing has been sent."))
        elif step is Step.DO:
            self.footer.note.setText(
                self.tr("You may close the window at any time: what was written down is followed.")
                if working
                else ""
            )
            if not working:
                self.done_button.setFocus()

    def _show_verbs(self) -> None:
        checking = self.flow.step is Step.CHECK
        plan, draft = self.flow.plan, self.flow.draft
        self.prove_button.setVisible(checking and draft is None)
        self.send_button.setVisible(checking and draft is not None)
        if plan is None:
            return
        proved = plan.action not in {MistAction.DEPOSIT, MistAction.EMERGENCY}
        self.prove_button.set_words(
            self.tr("&Prove, and see the fee") if proved else self.tr("See the &fee")
        )
        self.prove_button.setAccessibleName(self.prove_button.text())
        if draft is not None:
            fee = amount_text(KNOWN_TOKENS[0].address, draft.sending.max_fee)
            verb = self.tr("Publish the key and withdraw") if self.flow.emergency else plan.title
            if self._state.hide_amounts:
                verb = self.tr("Send")
            self.send_button.set_words(self.tr("{0} · {1} fee at most").format(verb, fee))
            self.send_button.setAccessibleName(self.send_button.text())

    # --- requests ---

    def make_request(self, owner: int | None, words: str) -> None:
        """A text that carries a note's secret and nothing else."""
        if owner is None:
            return
        self.run_task(
            self._services.money.new_request(None, owner, label=words),
            self._on_request,
            self.requests.button,
            self.tr("Making it…"),
        )

    def show_request(self, request: str) -> None:
        """Once more."""
        self.run_task(self._services.money.request_again(None, request), self.requests.show_request)

    def _on_request(self, given: GivenRequest) -> None:
        self.requests.show_request(given)
        self.run_task(self._services.private.overview(), self._on_remembered)

    def _on_remembered(self, overview: Overview) -> None:
        self.book = overview.book
        self._show_book()

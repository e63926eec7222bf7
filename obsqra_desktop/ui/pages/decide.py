"""The guided decision: a thin drawing of `flows.decide`."""

import asyncio
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QStackedWidget

from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.proof import PhaseTiming
from obsqra_desktop.domain.record import DecisionRecord, ExportNote
from obsqra_desktop.domain.settings import YOUR_OWN
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.flows.decide import STEPS, Choice, DecideFlow, Origin, Step, Work
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.decisions import DecisionInput
from obsqra_desktop.ui import dialogs
from obsqra_desktop.ui.pages.choose import OWN, ChooseView
from obsqra_desktop.ui.pages.page import Body, Footer, Page
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.state import UiState
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.base import plain, restyle, tab_before
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.stepper import Stepper, StepWords

if TYPE_CHECKING:
    from obsqra_desktop.ui.pages.check import CheckView
    from obsqra_desktop.ui.pages.do import DoView


class DecidePage(Page):
    """Choose, Check, Do; the two behind the first are made when they are first needed."""

    kept = Signal(str)
    """The id of a decision that was just kept or changed."""
    said = Signal(str)
    setup_wanted = Signal()
    pools_wanted = Signal()
    choice_changed = Signal(object)

    def __init__(
        self,
        services: UiServices,
        state: UiState,
        runner: TaskRunner,
    ) -> None:
        super().__init__("")
        self.heading.setText(self.tr("New decision"))
        self.setAccessibleName(self.tr("New decision"))
        self._services, self._state, self._runner = services, state, runner
        self._cancel: CancelToken | None = None
        self._task: asyncio.Task[None] | None = None
        self.stepper = Stepper(
            [
                StepWords(self.tr("Choose"), self.tr("policy, pools, amount")),
                StepWords(self.tr("Check"), self.tr("numbers, cost, privacy")),
                StepWords(self.tr("Do"), self.tr("prove, verify, save")),
            ]
        )
        self.head.addWidget(self.stepper)
        self.choose = ChooseView(services, state.settings.last_policy, state.settings.own_policy)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.choose)
        self.frame.addWidget(self.stack, 1)
        self._build_footer()
        self.flow = DecideFlow(services.decisions.preview, self.choose.choice())
        self.choose.chosen.connect(self.on_chosen)
        self.choose.amount_changed.connect(self._show_check)
        self.choose.live_wanted.connect(self._on_live_wanted)
        self.choose.pools_wanted.connect(self.pools_wanted)
        state.changed.connect(self._on_state)
        self.choose.amount_edit.hide_typed(state.hide_amounts)
        self.on_chosen(self.choose.choice())

    @cached_property
    def check(self) -> "CheckView":
        """The second step."""
        from obsqra_desktop.ui.pages.check import CheckView

        view = CheckView()
        view.own_wanted.connect(self.on_own_wanted)
        view.back_wanted.connect(self.on_back_clicked)
        self._fill_check(view)
        self.stack.addWidget(view)
        tab_before(view, self.again_button)
        return view

    @cached_property
    def do(self) -> "DoView":
        """The third step."""
        from obsqra_desktop.ui.pages.do import DoView

        view = DoView(self._services, self._runner)
        view.level_changed.connect(self._show_footer)
        view.contract.setup_wanted.connect(self.setup_wanted)
        view.contract.refresh()
        self.stack.addWidget(view)
        tab_before(view, self.again_button)
        return view

    def _view(self, step: Step) -> Body:
        if step is Step.CHOOSE:
            return self.choose
        return self.check if step is Step.CHECK else self.do

    def _build_footer(self) -> None:
        self.footer = Footer()
        self.again_button = self.footer.add(Button(self.tr("&New decision"), "plain", "plus"))
        self.back_button = self.footer.add(Button(self.tr("Bac&k"), "plain", "arrow-left"))
        self.cancel_button = self.footer.add(Button(self.tr("Cancel"), "plain", "stop-circle"))
        self.next_button = self.footer.add(Button("", "primary", "arrow-right"))
        self.again_button.clicked.connect(self.restart)
        self.back_button.clicked.connect(self.on_back_clicked)
        self.cancel_button.clicked.connect(self.on_cancel_clicked)
        self.next_button.clicked.connect(self.on_next_clicked)
        self.frame.addWidget(self.footer)

    # Drawing.

    def primary_button(self) -> Button | None:
        return self.next_button

    def escape(self) -> None:
        if self.flow.progress.work is Work.PROVING:
            self.on_cancel_clicked()
        elif self.flow.can_back and self.flow.progress.work is not Work.DONE:
            self.on_back_clicked()

    def _show(self) -> None:
        step = STEPS.index(self.flow.step)
        self.stepper.show_step(step, finished=self.flow.progress.work is Work.DONE)
        view = self._view(self.flow.step)
        if self.stack.currentWidget() is not view:
            self.stack.setCurrentWidget(view)
            view.verticalScrollBar().setValue(0)
        self._show_footer()

    def _on_state(self) -> None:
        self.choose.amount_edit.hide_typed(self._state.hide_amounts)
        self._show_check()

    def _show_check(self) -> None:
        if "check" in vars(self):
            self._fill_check(self.check)

    def _fill_check(self, view: "CheckView") -> None:
        view.show_decision(
            self.flow.choice, self.flow.decision, self.choose.amount, self._state.hide_amounts
        )

    def _show_footer(self) -> None:
        step, work = self.flow.step, self.flow.progress.work
        proving = work is Work.PROVING
        done = step is Step.DO and work is Work.DONE
        self.again_button.setVisible(done)
        self.back_button.setVisible(step is not Step.CHOOSE and not proving and not done)
        self.cancel_button.setVisible(proving)
        self.next_button.setVisible(not proving)
        problems = self.flow.validate()
        self.next_button.setEnabled(not problems)
        words, icon, note = {
            Step.CHOOSE: (
                self.tr("Check the &numbers"),
                "arrow-right",
                self.tr("Nothing is sent in this step."),
            ),
            Step.CHECK: (
                self.tr("&Prove it"),
                "seal-check",
                self.tr("Still nothing sent. Proving happens on this computer."),
            ),
            Step.DO: self._do_words(work),
        }[step]
        self.next_button.set_words(words)
        self.next_button.setAccessibleName(plain(words))
        self.next_button.set_icon(icon)
        if problems:
            note = f"{problems[0].text} {problems[0].hint}".strip()
            if problems[0].field == "snapshot" and self.flow.choice.origin is Origin.TYPED:
                note = self.choose.typing_problem
            elif problems[0].field == "snapshot" and self.choose.live:
                note = self.choose.picker.problem
        restyle(self.footer.note, tone="warn" if problems else "")
        self.footer.note.setText(note)

    def _do_words(self, work: Work) -> tuple[str, str, str]:
        if work is Work.DONE:
            level = self.do.bundle.level.value
            return (
                self.tr("&Save {0} bundle…").format(level),
                "export",
                self.tr("Nothing was sent. The proof is kept on this computer."),
            )
        if work is Work.FAILED:
            return self.tr("&Try again"), "arrow-clockwise", self.tr("Nothing was sent.")
        return "", "seal-check", self.tr("Proving on this computer. Nothing is sent.")

    # Events.

    def on_chosen(self, choice: Choice) -> None:
        """Something was changed in the first step."""
        self.flow.choose(choice)
        self.choose.show_decision(choice, self.flow.decision)
        self._show_check()
        self._show()
        self.choice_changed.emit(choice)

    def on_next_clicked(self) -> None:
        """The primary verb of the step."""
        if self.flow.step is Step.CHOOSE:
            if self.flow.next():
                self._keep_choice()
                self._show_check()
                self._show()
        elif self.flow.step is Step.CHECK:
            if self.flow.next():
                self.prove()
        elif self.flow.progress.work is Work.DONE:
            self.ask_where_to_save()
        elif self.flow.progress.work is Work.FAILED:
            self.prove()

    def on_back_clicked(self) -> None:
        """One step back."""
        if self.flow.back():
            self._show()

    def on_own_wanted(self) -> None:
        """From an infeasible answer to the editor, filled with the same limits."""
        policy = self.flow.choice.policy
        if self.flow.back() and policy is not None:
            self.choose.editor.set_policy(policy)
            self.choose.cards[OWN].setChecked(True)
            self.choose.cards[OWN].setFocus(Qt.FocusReason.OtherFocusReason)
            self._show()

    def _keep_choice(self) -> None:
        policy = self.flow.choice.policy
        if policy is None:
            return
        name = policy.name.lower()
        own = policy if name == YOUR_OWN else self._state.settings.own_policy
        self._state.update(last_policy=name, own_policy=own)

    def prove(self) -> None:
        """Start; the phases come from the prover."""
        choice = self.flow.choice
        if choice.snapshot is None or choice.policy is None:
            return
        wanted = DecisionInput(choice.snapshot, choice.rule, choice.model, choice.policy)
        self._cancel = CancelToken()
        self.flow.started()
        self.do.start()
        self.cancel_button.set_busy(None)
        self._show()
        self.cancel_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._task = self._runner.run(
            self._services.decisions.prove(wanted, self.on_phase, self._cancel),
            done=self.on_proved,
            failed=self.on_failed,
        )

    def on_phase(self, report: PhaseTiming) -> None:
        """A phase of proving ended."""
        self.flow.phase(report)
        if self.flow.progress.work is Work.PROVING:
            self.do.work.show_phase(report)

    def on_proved(self, record: DecisionRecord) -> None:
        """The attempt is over and kept."""
        self.flow.finished(record)
        self.do.show_record(self.flow.choice, record)
        if record.proof is not None:
            self.check.show_last(record)
        self._finish()
        self.kept.emit(record.id)

    def on_failed(self, error: AppError) -> None:
        """The attempt could not be kept."""
        self.flow.failed(error)
        self.do.show_error(error)
        self._finish()

    def _finish(self) -> None:
        self.cancel_button.set_busy(None)
        self._show()
        self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)
        good = self.flow.progress.work is Work.DONE
        words = self.tr("Proof made and verified here") if good else self.tr("No proof was made")
        self.do.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleEvent(self.do, QAccessible.Event.Alert))

    def on_cancel_clicked(self) -> None:
        """Stop after the phase that runs."""
        if self._cancel is not None and not self._cancel.cancelled:
            self._cancel.cancel()
            self.cancel_button.set_busy(self.tr("Stopping after this phase…"))

    # Live pools.

    def on_shown(self) -> None:
        if "do" in vars(self):
            self.do.contract.refresh()
        if self.choose.live and self.flow.step is Step.CHOOSE:
            self._on_live_wanted(None)

    def decide_over_pools(self) -> None:
        """Start with pools of the newest market snapshot."""
        if self.flow.progress.work is Work.PROVING:
            return
        while self.flow.back():
            pass
        self._show()
        self.choose.use_live()

    def _on_live_wanted(self, pools: tuple[int, ...] | None) -> None:
        market = self._services.market
        if pools is None:
            self._runner.run(
                market.latest(),
                done=self.choose.show_market,
                failed=self.choose.show_live_error,
            )
        elif not pools:
            self.choose.show_live(None)
        else:
            self._runner.run(
                market.decision_snapshot(pools),
                done=lambda found: self._on_live(pools, found),
                failed=self.choose.show_live_error,
            )

    def _on_live(self, pools: tuple[int, ...], snapshot: Snapshot) -> None:
        if self.choose.picker.chosen() == pools:  # else another choice was made meanwhile
            self.choose.show_live(snapshot)

    def restart(self) -> None:
        """A new decision with the same choice; the finished one stays in Decisions."""
        self.flow = DecideFlow(self._services.decisions.preview, self.flow.choice)
        self.on_chosen(self.choose.choice())

    def ask_where_to_save(self) -> None:
        """A save dialog; it is opened, not executed."""
        record = self.flow.progress.record
        if record is None:
            return
        level = self.do.bundle.level
        self.dialog = dialogs.save_file(
            self,
            self.tr("Save the audit bundle"),
            f"decision-{record.id[:8]}-{level.value}.oab.zip",
            self.tr("Audit bundles (*.oab.zip)"),
            self.save_bundle,
        )

    def save_bundle(self, path: Path) -> None:
        """Write the bundle of the chosen level."""
        record = self.flow.progress.record
        if record is None:
            return
        self._runner.run(
            self._services.decisions.export(record.id, self.do.bundle.level, path),
            done=self.on_saved,
            failed=lambda error: self.do.bundle.show_problem(
                error.title, f"{error.detail} {error.hint}".strip()
            ),
            button=self.next_button,
            busy=self.tr("Saving…"),
        )

    def on_saved(self, note: ExportNote) -> None:
        """The bundle is on disk."""
        self.flow.saved(note)
        self.do.bundle.show_saved(note)
        self._show_footer()
        self.said.emit(self.tr("Saved as {0}").format(note.file_name))
        if self.flow.progress.record is not None:
            self.kept.emit(self.flow.progress.record.id)

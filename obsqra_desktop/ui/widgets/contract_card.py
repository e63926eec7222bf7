"""Verify by a contract: the button, the steps as they happen, and who said what."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from obsqra_desktop.domain.audit import Verdict
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.onchain import SHOWS, ContractUnfit
from obsqra_desktop.domain.two_verdicts import Agreement, CheckStep, TwoVerdicts
from obsqra_desktop.services.contract_check import OnStep
from obsqra_desktop.ui.format import clock_time, grouped
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.base import (
    Card,
    FactRows,
    IconLine,
    Notice,
    clear,
    horizontal,
    label,
    vertical,
)
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.checklist import CheckRow, Mark, run_to, stop_rows
from obsqra_desktop.ui.widgets.form import in_words
from obsqra_desktop.ui.widgets.hash_label import HashLabel

Subject = Callable[[OnStep], Coroutine[Any, Any, TwoVerdicts]]
"""Starts the check of one decision or bundle."""
TONES = {Verdict.VALID: "good", Verdict.PARTIAL: "warn", Verdict.INVALID: "bad"}


class ContractCard(Card):
    """Checks one decision or bundle here and then by the contract; sends nothing."""

    setup_wanted = Signal()
    """There is no contract on the network: show how to put it there."""

    def __init__(self, services: UiServices, runner: TaskRunner) -> None:
        super().__init__(self.tr("The verdict of a contract"))
        self._services, self._runner = services, runner
        self._subject: Subject | None = None
        self._name = ""
        self._task: asyncio.Task[None] | None = None
        self.found: TwoVerdicts | None = None
        self.words = label("", "secondary", wrap=True)
        self.add(self.words)
        self._build_verbs()
        self._build_steps()
        self.notice = Notice()
        self.add(self.notice)
        self.setup_button = Button(self.tr("Put the contract there"), "plain", "cube")
        self.setup_button.clicked.connect(self.setup_wanted)
        self.add_left(self.setup_button)
        self._build_result()
        self.reset()

    def _build_verbs(self) -> None:
        self.button = Button(self.tr("Verify by a con&tract"), "plain", "scales")
        self.button.clicked.connect(self.start)
        self.cancel_button = Button(self.tr("Cancel"), "plain", "stop-circle")
        self.cancel_button.clicked.connect(self.cancel)
        row = horizontal(8)
        row.addWidget(self.button)
        row.addWidget(self.cancel_button)
        row.addStretch(1)
        self.body.addLayout(row)

    def _build_steps(self) -> None:
        self.steps = {
            CheckStep.HERE: CheckRow(
                self.tr("Check it here first"), self.tr("by the verifier on this computer")
            ),
            CheckStep.CONTRACT: CheckRow(
                self.tr("Find the contract"), self.tr("its class must be the one of this program")
            ),
            CheckStep.CALL: CheckRow(
                self.tr("Let the contract verify"), self.tr("a read-only call; nothing is sent")
            ),
            CheckStep.COMPARE: CheckRow(
                self.tr("Compare its answer"), self.tr("every number of the statement")
            ),
        }
        self.work = QWidget()
        column = vertical(2)
        for row in self.steps.values():
            column.addWidget(row)
        self.work.setLayout(column)
        self.add(self.work)

    def _build_result(self) -> None:
        self.result = QWidget()
        column = vertical(10)
        self.facts = FactRows()
        column.addWidget(self.facts)
        self.contract = HashLabel(self.tr("address of the contract"))
        self.class_hash = HashLabel(self.tr("class of the contract"))
        for name, value in (
            (self.tr("Contract"), self.contract),
            (self.tr("Its class, the one of this program"), self.class_hash),
        ):
            part = vertical(0)
            part.addWidget(label(name, "caption"))
            part.addWidget(value)
            column.addLayout(part)
        self._lines = vertical(9)
        column.addLayout(self._lines)
        self.result.setLayout(column)
        self.add(self.result)

    # --- what it is about ---

    def show_subject(self, name: str, subject: Subject | None) -> None:
        """What would be checked; another one than before stops what runs and clears the card."""
        if name != self._name:
            self.reset()
        self._name, self._subject = name, subject
        self.refresh()

    def refresh(self) -> None:
        """Which network would be asked."""
        try:
            network = self._services.networks.network()
        except AppError as error:
            self.words.setText(in_words(error))
            self.button.setEnabled(False)
            return
        self.words.setText(
            self.tr(
                "The public verifier contract on {0} can check the same proof: a read-only call "
                "of one node. Nothing is sent and nothing costs."
            ).format(network.name)
        )
        self.button.setEnabled(self._subject is not None and self._task is None)

    def reset(self) -> None:
        """As before anything was asked."""
        if self._task is not None:
            self._task.cancel()
        self._task, self.found = None, None
        self.button.set_busy(None)
        for part in (self.work, self.notice, self.setup_button, self.result, self.cancel_button):
            part.hide()

    def _bring_into_sight(self, part: QWidget) -> None:
        """The card grows downwards, often below the edge of the window."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea) and self.isVisible():
            area = above
            # After the layout has given the new parts their places.
            QTimer.singleShot(0, self, lambda: area.ensureWidgetVisible(part))

    # --- running ---

    def start(self) -> None:
        """Check here, then ask."""
        if self._subject is None:
            return
        name = self._name
        self.reset()
        for row in self.steps.values():
            row.show_mark(Mark.WAITING)
        self.work.show()
        self.cancel_button.show()
        self._task = self._runner.run(
            self._subject(lambda step: self._on_step(name, step)),
            done=lambda found: self.show_verdicts(found),
            failed=self.show_error,
            button=self.button,
            busy=self.tr("Verifying…"),
        )
        self._bring_into_sight(self.work)

    def _on_step(self, name: str, step: CheckStep) -> None:
        if name != self._name or self._task is None:
            return
        run_to(self.steps, step)

    def cancel(self) -> None:
        """Stop asking; nothing was sent, so there is nothing to undo."""
        if self._task is None:
            return
        self._task.cancel()
        self._end(Mark.STOPPED)
        self.notice.say(
            "sunken",
            self.tr("Stopped, as you asked"),
            self.tr("Nothing was sent. The proof is as it was."),
        )
        self.notice.show()
        self.button.setFocus()

    def _end(self, running: Mark) -> None:
        self._task = None
        self.cancel_button.hide()
        stop_rows(self.steps.values(), running)

    def show_error(self, error: AppError) -> None:
        """Nobody verified it; a missing contract can be put there."""
        self._end(Mark.FAILED)
        missing = isinstance(error, ContractUnfit) and error.missing
        detail = in_words(error)
        if missing:
            detail = self.tr(
                "{0} Anybody can put it there, for a fee that is shown before; then everybody can "
                "ask it."
            ).format(error.detail)
        self.notice.say("warn" if missing else "bad", error.title, detail)
        self.notice.show()
        self.setup_button.setVisible(missing)
        self._tell(self.setup_button if missing else self.notice)

    def show_verdicts(self, found: TwoVerdicts) -> None:
        """Both verdicts; a disagreement is loud."""
        self._end(Mark.FAILED)
        self.found = found
        report = found.chain
        self._show_here(found)
        self.steps[CheckStep.CONTRACT].show_mark(Mark.DONE, self.tr("found"))
        asked = report.refusal is None
        self.steps[CheckStep.CALL].show_mark(
            Mark.DONE if asked else Mark.FAILED,
            self.tr("accepted") if asked else self.tr("refused"),
        )
        if asked:
            compared = self.tr("{0} of {1} the same").format(
                len(report.fields) - len(report.different), len(report.fields)
            )
            self.steps[CheckStep.COMPARE].show_mark(
                Mark.DONE if report.accepted else Mark.FAILED, compared
            )
        else:
            self.steps[CheckStep.COMPARE].show_mark(Mark.STOPPED)
        self.notice.say(TONES[found.verdict], found.title, " ".join(self._said(found)))
        self.notice.show()
        self._show_facts(found)
        self._tell(self.notice)

    def _show_here(self, found: TwoVerdicts) -> None:
        """A bundle can be bad around a proof that is good."""
        here, row = found.here, self.steps[CheckStep.HERE]
        who = self.tr("by the {0} verifier on this computer").format(here.verifier)
        if not here.accepted:
            row.show_mark(Mark.FAILED, self.tr("refused"), who)
        elif here.failed:
            words = self.tr("proof accepted {0}, but {1} of the bundle’s checks failed")
            row.show_mark(
                Mark.FAILED, self.tr("bundle invalid"), words.format(who, len(here.failed))
            )
        else:
            row.show_mark(Mark.DONE, self.tr("accepted"), who)

    def _tell(self, part: QWidget) -> None:
        """Bring the end into sight, and let screen readers say it."""
        self._bring_into_sight(part)
        QAccessible.updateAccessibility(QAccessibleEvent(self.notice, QAccessible.Event.Alert))

    def _said(self, found: TwoVerdicts) -> tuple[str, ...]:
        """The notice has what matters; addresses stand below it."""
        if found.agreement is Agreement.ACCEPT and found.verdict is Verdict.VALID:
            block = grouped(found.chain.block_number)
            return (
                self.tr(
                    "The {0} verifier on this computer and the contract at block {1} of {2} accept "
                    "the proof, and the contract answered the same statement. Nothing was sent."
                ).format(found.here.verifier, block, found.chain.network),
            )
        *said, conclusion = found.sentences
        if found.disagree or found.here.failed:
            return (conclusion, *said)  # what to make of it comes first
        return found.sentences

    def _show_facts(self, found: TwoVerdicts) -> None:
        report = found.chain
        when = f"{grouped(report.block_number)} · {clock_time(report.block_timestamp)}"
        self.facts.show_rows(
            [
                (self.tr("Network"), report.network),
                (self.tr("Block"), when),
                (self.tr("Answered by"), report.node),
                (self.tr("Calldata"), self.tr("{0} felts").format(grouped(report.felts))),
            ]
        )
        self.contract.show_value(address_form(report.contract))
        self.class_hash.show_value(hex(report.class_hash))
        clear(self._lines)
        if found.agreement is Agreement.ACCEPT:
            self._lines.addWidget(IconLine("check", "good", SHOWS))
            self._lines.addWidget(
                IconLine(
                    "x",
                    "bad",
                    self.tr(
                        "It does not show that the metrics are true. The contract is unaudited."
                    ),
                )
            )
        self.result.show()

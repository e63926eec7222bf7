"""Step 3, Do: prove with the real phases, verify here, keep; then what it shows and what not."""

from PySide6.QtCore import Signal

from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.proof import PhaseTiming, ProofPhase
from obsqra_desktop.domain.record import DecisionRecord, Status
from obsqra_desktop.flows.accounting import accounting
from obsqra_desktop.flows.decide import Choice, Origin
from obsqra_desktop.ui.format import duration, listed, percent, size
from obsqra_desktop.ui.pages.page import Body
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
from obsqra_desktop.ui.widgets.bundle_card import BundleCard
from obsqra_desktop.ui.widgets.checklist import CheckRow, Mark, stop_rows
from obsqra_desktop.ui.widgets.columns import Columns
from obsqra_desktop.ui.widgets.contract_card import ContractCard
from obsqra_desktop.ui.widgets.hash_label import HashLabel

CANCELLED = "cancelled"


class WorkCard(Card):
    """The checklist. Times are measured, never guessed."""

    def __init__(self) -> None:
        super().__init__(self.tr("Proof"))
        notes = {
            ProofPhase.TRACE: self.tr("your decision, row by row"),
            ProofPhase.COMMIT: self.tr("blinded Merkle tree over the trace"),
            ProofPhase.QUOTIENT: self.tr("each rule of the decision, everywhere"),
            ProofPhase.OPEN: self.tr("random samples that anyone can check"),
        }
        rows = vertical(4)
        self.phases = {phase: CheckRow(phase.label, notes[phase]) for phase in ProofPhase}
        self.verify = CheckRow(self.tr("Verify on this computer"), self.tr("native verifier"))
        self.save = CheckRow(self.tr("Keep in your decisions"), self.tr("the proofs folder"))
        for row in self.rows:
            rows.addWidget(row)
        self.body.addLayout(rows)

    @property
    def rows(self) -> list[CheckRow]:
        """All rows in their order."""
        return [*self.phases.values(), self.verify, self.save]

    def start(self) -> None:
        """The first phase runs, the others wait."""
        for number, row in enumerate(self.rows):
            row.show_mark(Mark.WAITING if number else Mark.RUNNING)

    def show_phase(self, report: PhaseTiming) -> None:
        """A phase ended: its time; the next one runs."""
        rows = self.rows
        done = list(self.phases).index(report.phase)
        rows[done].show_mark(Mark.DONE, duration(report.seconds))
        rows[done + 1].show_mark(Mark.RUNNING)

    def show_record(self, record: DecisionRecord) -> None:
        """The end of the attempt, for better or worse."""
        if record.proof is None:
            self.stop(failed=record.error is not None and record.error.code != CANCELLED)
        else:
            for note in record.proof.phases:
                self.phases[ProofPhase(note.phase)].show_mark(
                    Mark.DONE, duration(note.micros / 1_000_000)
                )
            check = record.last_verification
            if check is not None:
                words = self.tr("accepted by the {0} verifier").format(check.verifier)
                self.verify.show_mark(Mark.DONE, duration(check.seconds), words)
            else:
                self.verify.show_mark(Mark.FAILED)
        short = self.tr("decision {0}").format(record.id[:8])
        self.save.show_mark(Mark.DONE, self.tr("kept"), short)

    def stop(self, *, failed: bool) -> None:
        """What ran has failed or was stopped, what waited was not done."""
        stop_rows(self.rows, Mark.FAILED if failed else Mark.STOPPED)


class ShowsCard(Card):
    """What was proved, and just as large what was not."""

    def __init__(self) -> None:
        super().__init__(self.tr("What this proof shows"))
        self._lines = vertical(9)
        self.body.addLayout(self._lines)
        self.sentences: list[str] = []

    def show_result(self, choice: Choice, record: DecisionRecord) -> None:
        """Plain sentences with their icons."""
        clear(self._lines)
        scores = listed([str(note.score) for note in record.allocation], self.tr("and"))
        shares = " / ".join(percent(note.allocation_bps or 0) for note in record.allocation)
        self.sentences = []
        yes, hidden, no = ("check", "good"), ("eye-closed", "good"), ("x", "bad")
        one = len(record.allocation) == 1
        given = (
            self.tr("These metrics give the score {0} by rule {1}.")
            if one
            else self.tr("These metrics give the scores {0} by rule {1}.")
        )
        self._say(yes, given.format(scores, record.rule))
        self._say(
            yes,
            self.tr("Model {0} says {1} over the pools that passed.").format(
                record.model, record.decision
            ),
        )
        idle = self.tr(", {0} idle").format(percent(record.idle_bps)) if record.idle_bps else ""
        self._say(
            yes,
            self.tr("The allocation {0}{1} is what your committed policy demands.").format(
                shares, idle
            ),
        )
        self._say(hidden, self.tr("Your limits and your allowlist stay hidden."))
        entered = choice.origin is not Origin.FILE
        metrics = (
            self.tr("It does not show that the metrics are true: nobody measured these.")
            if entered
            else self.tr("It does not show that the metrics are true prices.")
        )
        self._say(no, metrics)
        self._say(no, self.tr("It does not show that the model is wise, or that a pool is safe."))

    def _say(self, mark: tuple[str, str], words: str) -> None:
        self.sentences.append(words)
        self._lines.addWidget(IconLine(*mark, words))


class ProofDetails(Card):
    """Figures for those who want to check."""

    def __init__(self) -> None:
        super().__init__(self.tr("Proof details"))
        self.facts = FactRows()
        self.add(self.facts)

    def show_record(self, record: DecisionRecord) -> None:
        """Show what the record says."""
        proof = record.proof
        rows: list[tuple[str, str]] = []
        if proof is not None:
            rows += [
                (self.tr("Size"), size(proof.size)),
                (self.tr("Made in"), duration(proof.seconds)),
                *accounting(proof.parameters),
            ]
        self.facts.show_rows(rows)


class FingerprintsCard(Card):
    """What names this decision, to be compared with the bundle or with a contract."""

    def __init__(self) -> None:
        super().__init__(self.tr("Fingerprints"))
        row = horizontal(24)
        self.statement = HashLabel(self.tr("statement digest"), head=16, tail=12)
        self.commitment = HashLabel(self.tr("policy commitment"), head=16, tail=12)
        for name, value in (
            (self.tr("Statement"), self.statement),
            (self.tr("Policy commitment"), self.commitment),
        ):
            part = vertical(2)
            part.addWidget(label(name, "caption"))
            part.addWidget(value)
            row.addLayout(part, 1)
        self.body.addLayout(row)

    def show_record(self, record: DecisionRecord) -> None:
        """Show both."""
        self.statement.show_value(record.statement_digest or "")
        self.commitment.show_value(record.commitment)


class DoView(Body):
    """The checklist while it works, the result when it is done."""

    level_changed = Signal()

    def __init__(self, services: UiServices, runner: TaskRunner) -> None:
        super().__init__()
        self._checks = services.contract_check
        self.columns = Columns()
        self.column.addWidget(self.columns)
        self.notice = Notice()
        self.work = WorkCard()
        self.shows = ShowsCard()
        self.prints = FingerprintsCard()
        self.details = ProofDetails()
        self.bundle = BundleCard()
        self.bundle.level_changed.connect(self.level_changed)
        self.contract = ContractCard(services, runner)
        for widget in (self.notice, self.work, self.shows, self.prints, self.contract):
            self.columns.main.addWidget(widget)
        self.columns.side.addWidget(self.bundle, 1)
        self.columns.side.addWidget(self.details, 1)
        self.start()

    def start(self) -> None:
        """Proving begins."""
        self.notice.hide()
        self.shows.hide()
        self.prints.hide()
        self.contract.show_subject("", None)
        self.contract.hide()
        self.bundle.hide()
        self.bundle.reset()
        self.details.hide()
        self.work.start()

    def show_record(self, choice: Choice, record: DecisionRecord) -> None:
        """The attempt is over."""
        self.work.show_record(record)
        if record.status in (Status.VERIFIED, Status.EXPORTED):
            self.shows.show_result(choice, record)
            self.prints.show_record(record)
            self.details.show_record(record)
            checks = self._checks
            self.contract.show_subject(
                record.id, lambda on_step: checks.decision(record.id, on_step=on_step)
            )
            for card in (self.shows, self.prints, self.contract, self.bundle, self.details):
                card.show()
            return
        error = record.error
        if error is not None and error.code == CANCELLED:
            self.notice.say(
                "sunken",
                self.tr("Stopped, as you asked"),
                self.tr("Nothing was sent. The attempt is listed in Decisions as failed."),
            )
        elif error is not None:
            detail = f"{error.detail} {error.hint}".strip()
            safe = self.tr("Nothing was sent. The attempt is listed in Decisions.")
            self.notice.say("bad", error.title, f"{detail} {safe}")
        else:
            self.notice.say("warn", self.tr("No allocation fits this policy"))
        self.notice.show()

    def show_error(self, error: AppError) -> None:
        """The attempt could not even be kept."""
        self.work.stop(failed=True)
        detail = f"{error.detail} {error.hint}".strip()
        self.notice.say("bad", error.title, f"{detail} {self.tr('Nothing was sent.')}")
        self.notice.show()

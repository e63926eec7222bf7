"""A step with private money: how private, what it costs, and how it goes."""

from obsqra_desktop.domain.amounts import format_amount
from obsqra_desktop.domain.journal import TxRecord, TxState
from obsqra_desktop.domain.mist.privacy import MistAction, PrivacyLevel, PrivacyView
from obsqra_desktop.services.mist.steps import MistDraft, MistPhase, MistPlan, MistStep
from obsqra_desktop.ui.format import HIDDEN, at_most, likely
from obsqra_desktop.ui.pages.page import Body
from obsqra_desktop.ui.pages.split_body import SplitBody
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
from obsqra_desktop.ui.widgets.chip import Chip
from obsqra_desktop.ui.widgets.choice import CheckBox
from obsqra_desktop.ui.widgets.hash_label import HashLabel
from obsqra_desktop.ui.widgets.private.pool import TrustCard
from obsqra_desktop.ui.widgets.private.what import WhatCard

LOOKS = {
    PrivacyLevel.EXPOSED: ("bad", "eye", "bad"),
    PrivacyLevel.LINKABLE: ("warn", "warning", "warn"),
    PrivacyLevel.SHIELDED: ("good", "shield-check", "good"),
}
SIDE = 380
"""Pixels of the side card: a phase and how it stands fit beside each other."""
BEFORE = (MistStep.READING, MistStep.PROVING, MistStep.SIMULATING)
UNPROVED = frozenset({MistAction.DEPOSIT, MistAction.EMERGENCY})
AFTER = (MistStep.CHECKING, MistStep.SIGNING, MistStep.WRITING, MistStep.SENDING)


def signed(amount: int, decimals: int) -> str:
    """A change of a balance: what comes in has a sign, too."""
    return f"{'+' if amount > 0 else ''}{format_amount(amount, decimals, 6)}"


class PrivacyCard(Card):
    """The level in a word, the worst fact first, at most two suggestions with their cost."""

    def __init__(self) -> None:
        super().__init__(self.tr("How private this is"))
        self.chip = Chip()
        self.head.addWidget(self.chip)
        self.facts = vertical(9)
        self.body.addLayout(self.facts)
        self.better = label("", "strong")
        self.better.setText(self.tr("What would make it better"))
        self.better.setContentsMargins(0, 8, 0, 0)
        self.suggestions = vertical(9)
        self.add(self.better)
        self.body.addLayout(self.suggestions)

    def show_view(self, view: PrivacyView) -> None:
        """Replace everything."""
        tone, icon, _ = LOOKS[view.level]
        self.chip.show_text(view.level.label, tone, icon)
        clear(self.facts)
        clear(self.suggestions)
        for fact in view.facts:
            _, icon, token = LOOKS[fact.level]
            line = IconLine(icon, token, fact.text)
            line.setAccessibleName(f"{fact.level.label}: {fact.text}")
            self.facts.addWidget(line)
        for words in view.suggestions:
            self.suggestions.addWidget(IconLine("arrow-up", "accent", words))
        self.better.setVisible(bool(view.suggestions))


class CheckPrivateView(SplitBody):
    """What would be done and how private it is; then the proof and the fee."""

    def __init__(self) -> None:
        super().__init__(side_width=SIDE)
        self.what = WhatCard(self.tr("What happens"))
        self.request = ""
        self.names: dict[int, str] = {}
        self.warnings = vertical(8)
        self.privacy = PrivacyCard()
        self.steps = {
            step: CheckRow(step.label, note)
            for step, note in zip(
                BEFORE,
                (
                    self.tr("the same question from everybody"),
                    self.tr("and verify with the published key"),
                    self.tr("nothing is signed for sending"),
                ),
                strict=True,
            )
        }
        self.work = work = Card(self.tr("Proof and fee"))
        for row in self.steps.values():
            work.add(row)
        self.cost = FactRows()
        work.add(self.cost)
        self.stop_button = Button(self.tr("Stop"), "plain", "stop-circle")
        work.add_left(self.stop_button)
        self.stop_button.hide()
        self.sure = CheckBox(self.tr("I want it although everybody will see which deposit it was"))
        self.sure.hide()
        self.columns.main.addWidget(self.what)
        self.columns.main.addWidget(self.privacy)
        self.columns.main.addLayout(self.warnings)
        self.columns.main.addWidget(self.sure)
        self.columns.side.addWidget(work)
        self.trust = TrustCard()
        self.columns.side.addWidget(self.trust)

    def show_amounts(self, plan: MistPlan, draft: MistDraft | None, hide: bool) -> None:
        """The same with amounts in sight, or not; what runs goes on."""
        self._show_what(plan, hide)
        if draft is not None:
            self._show_cost(draft, hide)

    def show_plan(self, plan: MistPlan, hide: bool) -> None:
        """Nothing is proved yet."""
        self.notice.hide()
        self._show_what(plan, hide)
        proved = plan.action not in UNPROVED
        self.work.title.setText(self.tr("Proof and fee") if proved else self.tr("Fee"))
        self.work.setAccessibleName(self.work.title.text())
        self.privacy.show_view(plan.privacy)
        deposits = plan.action is MistAction.DEPOSIT
        self.trust.show_notes(plan.standing.notes if deposits else ())
        self.trust.setVisible(deposits)
        clear(self.warnings)
        for words in plan.warnings:
            self._warn(words)
        for row in self.steps.values():
            row.show_mark(Mark.WAITING)
        words = self.tr("and verify with the published key")
        self.steps[MistStep.PROVING].show_mark(Mark.WAITING, note=words)
        emergency = plan.action is MistAction.EMERGENCY
        self.steps[MistStep.PROVING].setVisible(proved)
        self.steps[MistStep.SIMULATING].setVisible(not emergency)  # a node would see the key
        self.sure.setChecked(False)
        self.sure.setVisible(emergency)
        self.cost.show_rows([(self.tr("Highest fee"), "")])

    def _warn(self, words: str) -> None:
        notice = Notice("warn")
        notice.say("warn", words)
        self.warnings.addWidget(notice)

    def _show_what(self, plan: MistPlan, hide: bool) -> None:
        self.what.show_plan(plan, self.names, self.request, hide)

    def show_phase(self, phase: MistPhase) -> None:
        """A phase begins; those before it are done."""
        done = True
        for step, row in self.steps.items():
            if step is phase.step:
                done = False
                seconds = f"{phase.proof.seconds:.2f} s" if phase.proof is not None else ""
                note = phase.proof.phase.label if phase.proof is not None else None
                row.show_mark(Mark.RUNNING, seconds, note)
            elif done:
                row.show_mark(Mark.DONE)

    def show_draft(self, draft: MistDraft, hide: bool) -> None:
        """Proved and simulated."""
        proof = draft.proof_seconds
        for step, row in self.steps.items():
            seconds = f"{proof:.2f} s" if proof is not None else ""
            own = step is MistStep.PROVING
            note = self.tr("and verified with the published key") if own else None
            row.show_mark(Mark.DONE, seconds if own else "", note)
        self._show_cost(draft, hide)
        for words in draft.sending.warnings:
            self._warn(words)

    def _show_cost(self, draft: MistDraft, hide: bool) -> None:
        fee = draft.sending
        rows = [
            (
                self.tr("Your {0}").format(one.token.symbol),
                HIDDEN if hide else signed(one.amount, one.token.decimals),
            )
            for one in fee.changes
        ]
        self.cost.show_rows(
            [
                *rows,
                (self.tr("Likely fee"), likely(fee.likely_fee)),
                (self.tr("Highest fee"), at_most(fee.max_fee)),
            ]
        )

    def show_stopped(self) -> None:
        """Stopped or failed: the running row did not end."""
        for row in self.steps.values():
            if row.mark is Mark.RUNNING:
                row.show_mark(Mark.STOPPED)


class DoPrivateView(Body):
    """The steps as they happen, and how it ended: what was done, for what fee, and what is next."""

    def __init__(self) -> None:
        super().__init__()
        self.notice = Notice()
        self.notice.hide()
        self.look = Button(self.tr("&Look again"), "plain", "arrow-clockwise")
        self.notice.verbs.addWidget(self.look)
        self.look.hide()
        self.save = Button(self.tr("To the file for them"), "plain", "arrow-right")
        self.notice.verbs.addWidget(self.save)
        self.save.hide()
        self.what = WhatCard(self.tr("What is done"))
        self.card = Card(self.tr("Transaction"))
        self.steps = {step: CheckRow(step.label, "") for step in AFTER}
        self.executed = CheckRow(self.tr("Executed"), self.tr("pre-confirmed: may still vanish"))
        self.accepted = CheckRow(self.tr("Accepted on L2"), self.tr("confirmed by its receipt"))
        for row in (*self.steps.values(), self.executed, self.accepted):
            self.card.add(row)
        self.hash = HashLabel(self.tr("transaction hash"), head=12, tail=8)
        self.card.add(self.hash)
        self.extra = vertical(16)
        self.column.addWidget(self.notice)
        self.column.addWidget(self.what)
        self.column.addWidget(self.card)
        self.column.addLayout(self.extra)
        self.verbs = horizontal(8)

    def start(self) -> None:
        """A new one."""
        self.notice.hide()
        self.look.hide()
        self.save.hide()
        self.hash.show_value("")
        for row in (*self.steps.values(), self.executed, self.accepted):
            row.show_mark(Mark.WAITING)
        self.executed.show_mark(Mark.WAITING, note=self.tr("pre-confirmed: may still vanish"))

    def show_phase(self, phase: MistPhase) -> None:
        """A phase begins; those before it are done."""
        if phase.step not in self.steps:
            words = self.tr("the pool has grown: proved again (attempt {0})")
            self.steps[MistStep.CHECKING].show_mark(Mark.RUNNING, note=words.format(phase.attempt))
            return
        run_to(self.steps, phase.step)

    def show_record(self, record: TxRecord) -> None:
        """What a node told."""
        for row in self.steps.values():
            row.show_mark(Mark.DONE)
        self.hash.show_value(hex(record.signed.hash))
        accepted = record.state in {TxState.ACCEPTED_L2, TxState.ACCEPTED_L1}
        if accepted or record.state is TxState.PRE_CONFIRMED:
            self.executed.show_mark(Mark.DONE)
        if accepted:
            self.executed.show_mark(Mark.DONE, note=self.tr("in a block"))
            self.accepted.show_mark(Mark.DONE)
        elif record.state is TxState.REVERTED:
            self.executed.show_mark(Mark.FAILED)
            self.accepted.show_mark(Mark.STOPPED)

    def show_stopped(self, *, uncertain: bool) -> None:
        """The step that ran did not end, those after it were not begun; or nobody knows."""
        rows = (*self.steps.values(), self.executed, self.accepted)
        if not uncertain:
            stop_rows(rows, Mark.FAILED)
            return
        for row in rows:
            if row.mark is not Mark.DONE:
                row.show_mark(Mark.STOPPED, self.tr("not known"))

"""Step 2, Check: scores, the model's word, the allocation, and what it costs and shows."""

from PySide6.QtCore import Signal

from obsqra_desktop.domain.decision import Decision
from obsqra_desktop.domain.record import DecisionRecord
from obsqra_desktop.flows.decide import Choice
from obsqra_desktop.ui.format import Amount, duration
from obsqra_desktop.ui.pages.page import Body
from obsqra_desktop.ui.view import pool_views
from obsqra_desktop.ui.widgets.columns import Columns
from obsqra_desktop.ui.widgets.decision_cards import (
    AllocationCard,
    InfeasibleCard,
    ScoresCard,
    SharesCard,
    SideFacts,
)


class CheckView(Body):
    """Shows; what can be changed is changed one step back."""

    own_wanted = Signal()
    back_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.columns = Columns()
        self.column.addWidget(self.columns)
        self.infeasible = InfeasibleCard()
        self.scores = ScoresCard()
        self.allocation = AllocationCard()
        self.shares = SharesCard()
        for card in (self.infeasible, self.scores, self.allocation, self.shares):
            self.columns.main.addWidget(card)
        self.infeasible.own_button.clicked.connect(self.own_wanted)
        self.infeasible.back_button.clicked.connect(self.back_wanted)
        self.cost = SideFacts(self.tr("Cost"))
        self.privacy = SideFacts(self.tr("Privacy"))
        self.leaves = SideFacts(self.tr("Leaves this computer"))
        for side in (self.cost, self.privacy, self.leaves):
            self.columns.side.addWidget(side, 1)
        self.show_last(None)

    def show_last(self, record: DecisionRecord | None) -> None:
        """Say what proving took here the last time; unknown is "—"."""
        took = duration(record.proof.seconds) if record and record.proof else ""
        last = self.tr("{0} the last time here").format(took) if took else "—"
        self.cost.facts.show_rows(
            [
                (self.tr("Proof"), self.tr("made here, free")),
                (self.tr("Time"), last),
                (self.tr("Network fee"), self.tr("none, nothing is sent")),
            ]
        )
        self.privacy.facts.show_rows(
            [
                (self.tr("Policy"), self.tr("hidden by the proof")),
                (self.tr("Numbers"), self.tr("public in a bundle")),
                (self.tr("Amount"), self.tr("stays on this screen")),
            ]
        )
        self.leaves.facts.show_rows(
            [
                (self.tr("Now"), self.tr("nothing")),
                (self.tr("With a bundle"), self.tr("what its level shows")),
                (self.tr("Never"), self.tr("your keys")),
            ]
        )

    def show_decision(
        self, choice: Choice, decision: Decision | None, amount: Amount | None, hidden: bool
    ) -> None:
        """Show a decision, an infeasible one too."""
        if decision is None or choice.snapshot is None:
            return
        views = pool_views(choice.snapshot, decision, choice.model)
        self.scores.show_scores(choice, views, explain=decision.feasible)
        self.infeasible.setVisible(not decision.feasible)
        self.allocation.setVisible(decision.feasible)
        self.shares.setVisible(decision.feasible)
        if decision.feasible:
            self.shares.show_shares(choice, views, decision)
            self.allocation.show_allocation(views, decision, amount, hidden)
        else:
            self.infeasible.show_reasons(views, decision)

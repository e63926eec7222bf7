"""The cards of a decision before it is proved: scores, allocation, shares, why there is none."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from obsqra_desktop.domain.decision import Decision
from obsqra_desktop.flows.decide import Choice
from obsqra_desktop.ui.format import HIDDEN, Amount, percent
from obsqra_desktop.ui.view import SCORE_SERIES, PoolView, origin
from obsqra_desktop.ui.widgets.bars import Part, PartsBar
from obsqra_desktop.ui.widgets.base import (
    Card,
    FactRows,
    Notice,
    clear,
    divider,
    horizontal,
    label,
    tip,
    vertical,
)
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.chip import Chip
from obsqra_desktop.ui.widgets.consequences import Dot
from obsqra_desktop.ui.widgets.donut import Donut


class ScoreRow(QWidget):
    """One pool: its name, the model's word, the bar of components, the score."""

    def __init__(self, view: PoolView, rule: str, *, explain: bool) -> None:
        super().__init__()
        top = horizontal(8)
        top.addWidget(label(view.title, "strong"))
        if not view.eligible:
            top.addWidget(Chip(self.tr("left out"), "warn", "minus-circle"))
        top.addStretch(1)
        top.addWidget(label(self.tr("model:"), "caption"))
        icon = "warning-circle" if view.flagged else ""
        top.addWidget(Chip(view.says, "warn" if view.flagged else "good", icon))
        bar = PartsBar()
        parts = [
            Part(name, value, token)
            for (name, value), token in zip(view.terms, SCORE_SERIES, strict=True)
        ]
        bar.show_parts(parts, 100)
        terms = self._terms(parts, view)
        left = vertical(6)
        left.addLayout(top)
        left.addWidget(bar)
        left.addLayout(terms)
        left.addWidget(label(view.sources, "caption", wrap=True))
        if view.reasons and explain:
            why = "; ".join(view.reasons)
            left.addWidget(label(why[:1].upper() + why[1:] + ".", "caption", "warn", wrap=True))
        figure = label(str(view.score), "figure")
        note = label(self.tr("of 100 · {0}").format(view.label), "caption")
        right = vertical(0)
        right.addWidget(figure, 0, Qt.AlignmentFlag.AlignRight)
        right.addWidget(note, 0, Qt.AlignmentFlag.AlignRight)
        right.addStretch(1)
        holder = QWidget()
        holder.setLayout(right)
        holder.setFixedWidth(104)
        row = horizontal(12)
        row.addLayout(left, 1)
        row.addWidget(holder, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(row)
        spoken = self.tr("{0}: risk {1} of 100 by rule {2}, {3}; the model says {4}")
        self.setAccessibleName(spoken.format(view.title, view.score, rule, view.label, view.says))

    def _terms(self, parts: list[Part], view: PoolView) -> QHBoxLayout:
        line = horizontal(5)
        for part in parts:
            line.addWidget(Dot(part.token))
            line.addWidget(label(f"{part.name} {part.value}", "caption"))
            line.addSpacing(8)
        total = sum(part.value for part in parts)
        if total != view.score:
            line.addWidget(
                label(self.tr("sum {0}, held at {1}").format(total, view.score), "caption")
            )
        line.addStretch(1)
        return line


class ScoresCard(Card):
    """All scores and where their numbers come from."""

    def __init__(self) -> None:
        super().__init__(self.tr("Scores"))
        self.rule_chip = Chip()
        self.origin = Chip()
        self.head.addWidget(self.rule_chip)
        self.head.addWidget(self.origin)
        self._rows = vertical(16)
        self.body.addLayout(self._rows)
        self.rows: list[ScoreRow] = []

    def show_scores(self, choice: Choice, views: list[PoolView], *, explain: bool) -> None:
        """Replace the rows."""
        if choice.snapshot is None:
            return
        found = origin(choice.snapshot)
        self.origin.show_text(found.text, found.tone, found.icon)
        self.origin.setToolTip(tip(found.detail))
        self.rule_chip.show_text(choice.rule.name)
        clear(self._rows)
        self.rows = []
        for view in views:
            row = ScoreRow(view, choice.rule.name, explain=explain)
            self.rows.append(row)
            self._rows.addWidget(row)


class AllocationCard(Card):
    """The ring and its table; with hidden amounts the shares stay, the amounts are dots."""

    def __init__(self) -> None:
        super().__init__(self.tr("Allocation under your policy"))
        self.action = Chip()
        self.head.addWidget(self.action)
        self.donut = Donut()
        self._table = QGridLayout()
        self._table.setHorizontalSpacing(14)
        self._table.setVerticalSpacing(12)
        self._table.setContentsMargins(0, 0, 0, 0)
        right = vertical(0)
        right.addStretch(1)
        right.addLayout(self._table)
        right.addStretch(1)
        row = horizontal(28)
        row.addWidget(self.donut)
        row.addLayout(right, 1)
        self.body.addLayout(row)

    def show_allocation(
        self, views: list[PoolView], decision: Decision, amount: Amount | None, hidden: bool
    ) -> None:
        """Replace ring and table."""
        rebalance = decision.action.word == "rebalance"
        words = self.tr("decision: rebalance") if rebalance else self.tr("decision: hold")
        self.action.show_text(words, "accent")
        parts = [Part(v.title, v.allocation_bps or 0, v.color) for v in views]
        idle = decision.idle_bps or 0
        parts.append(Part(self.tr("Kept idle"), idle, "chart_idle"))
        if amount is None:
            pools = sum(1 for v in views if v.allocation_bps)
            self.donut.show_parts(
                parts, str(pools), self.tr("pools") if pools != 1 else self.tr("pool")
            )
        else:
            figure = HIDDEN if hidden else amount.figure
            self.donut.show_parts(parts, figure, amount.unit)
        clear(self._table)
        for number, part in enumerate(parts):
            capped = number < len(views) and views[number].capped
            self._row(number, part, capped, amount, hidden)
        self._table.setColumnStretch(1, 1)

    def _row(
        self, number: int, part: Part, capped: bool, amount: Amount | None, hidden: bool
    ) -> None:
        name = horizontal(10)
        name.addWidget(label(part.name, "text"))
        if capped:
            name.addWidget(Chip(self.tr("at the cap")))
        name.addStretch(1)
        holder = QWidget()
        holder.setLayout(name)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        share = label(percent(part.value), "strong")
        share.setAlignment(right)
        self._table.addWidget(Dot(part.token), number, 0)
        self._table.addWidget(holder, number, 1)
        self._table.addWidget(share, number, 2)
        if amount is not None:
            value = label(HIDDEN if hidden else amount.share(part.value), "text", "muted")
            value.setAlignment(right)
            value.setMinimumWidth(90)
            self._table.addWidget(value, number, 3)


class SharesCard(Card):
    """The arithmetic behind the ring, so that anyone can redo it."""

    def __init__(self) -> None:
        super().__init__(self.tr("How the shares come about"))
        self.add(
            label(
                self.tr(
                    "Each pool weighs its yield against its risk; a cap takes away what is above "
                    "it and the others share that. Only whole numbers, rounded down."
                ),
                "secondary",
                wrap=True,
            )
        )
        self._table = QGridLayout()
        self._table.setHorizontalSpacing(14)
        self._table.setVerticalSpacing(8)
        self.body.addLayout(self._table)

    def show_shares(self, choice: Choice, views: list[PoolView], decision: Decision) -> None:
        """One line a pool."""
        clear(self._table)
        if choice.snapshot is None:
            return
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        total = sum(v.share_weight for v in decision.verdicts if v.eligible)
        for number, (pool, view, verdict) in enumerate(
            zip(choice.snapshot.pools, views, decision.verdicts, strict=True)
        ):
            formula = (
                f"{pool.metrics.apy_bps} × 10000 ÷ ({view.score} + 1) = {verdict.share_weight}"
            )
            share = percent(verdict.share_weight * 10_000 // total) if view.eligible else "—"
            words = self.tr("{0} of the weight").format(share)
            if not view.eligible:
                words = self.tr("left out")
            cells = (
                label(view.title, "line"),
                label(formula, "line", "muted"),
                label(words, "line"),
                label("→ " + percent(view.allocation_bps or 0), "value"),
            )
            for column, cell in enumerate(cells):
                if column:
                    cell.setAlignment(right)
                self._table.addWidget(cell, number, column)
        self._table.setColumnStretch(0, 1)


class InfeasibleCard(Card):
    """No allocation: the reasons, and the way out."""

    def __init__(self) -> None:
        super().__init__(self.tr("No allocation fits this policy"))
        self.head.addWidget(Chip(self.tr("only you see this"), "good", "eye-closed"))
        self.notice = Notice("warn")
        self.add(self.notice)
        self._reasons = QGridLayout()
        self._reasons.setHorizontalSpacing(20)
        self._reasons.setVerticalSpacing(8)
        self._reasons.setColumnStretch(1, 1)
        self.body.addLayout(self._reasons)
        self.add(divider())
        self.back_button = Button(self.tr("Choose another policy"), "plain", "arrow-left")
        self.own_button = Button(self.tr("Loosen these limits"), "plain", "pencil-simple")
        row = horizontal(8)
        row.addWidget(self.own_button)
        row.addWidget(self.back_button)
        row.addStretch(1)
        self.body.addLayout(row)

    def show_reasons(self, views: list[PoolView], decision: Decision) -> None:
        """The count that is missing, then pool by pool what it failed."""
        why = "; ".join(reason.text for reason in decision.infeasible_reasons)
        self.notice.say(
            "warn",
            why[:1].upper() + why[1:] + ".",
            self.tr("This is the answer of your policy, not an error. Nothing is proved or kept."),
        )
        clear(self._reasons)
        for number, view in enumerate(views):
            name = label(view.title, "strong")
            words = label(view.outcome, "line", "" if view.eligible else "warn", wrap=True)
            self._reasons.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
            self._reasons.addWidget(words, number, 1)


class SideFacts(Card):
    """One of the three side cards."""

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.facts = FactRows()
        self.add(self.facts)

"""What the present policy does with the present pools, at a glance."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from obsqra_desktop.domain.decision import Decision
from obsqra_desktop.ui.format import percent
from obsqra_desktop.ui.theme import tokens
from obsqra_desktop.ui.view import PoolView, summary
from obsqra_desktop.ui.widgets.bars import Part, PartsBar
from obsqra_desktop.ui.widgets.base import Card, Notice, clear, horizontal, label
from obsqra_desktop.ui.widgets.chip import Chip


class Dot(QWidget):
    """A colour of the chart beside its name."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token
        self.setFixedSize(10, 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens().color(self._token))
        painter.drawEllipse(QRectF(0.5, 0.5, 9, 9))
        painter.end()


class Consequences(Card):
    """Changes while one drags or types."""

    def __init__(self) -> None:
        super().__init__(self.tr("What this policy does here"))
        self.verdict = Chip()
        self.head.addWidget(self.verdict)
        self.bar = PartsBar(14)
        self.add(self.bar)
        self._legend = QGridLayout()
        self._legend.setContentsMargins(0, 2, 0, 0)
        self._legend.setHorizontalSpacing(24)
        self._legend.setVerticalSpacing(6)
        self._legend.setColumnStretch(0, 1)
        self._legend.setColumnStretch(1, 1)
        self.body.addLayout(self._legend)
        self.notice = Notice()
        self.notice.hide()
        self.add(self.notice)
        self.words = ""

    def show_decision(self, views: list[PoolView], decision: Decision | None) -> None:
        """Show a decision, an infeasible one too; None while there are no pools."""
        clear(self._legend)
        shares = bool(decision and decision.feasible)
        self.bar.setVisible(shares)
        self.notice.setVisible(not shares)
        if decision is None:
            self.verdict.show_text(self.tr("no pools yet"))
            self.notice.say("sunken", self.tr("Add pools to see what this policy does."))
            self.words = self.notice.words
            return
        words = summary(views)
        if not decision.feasible:
            reasons = "; ".join(reason.text for reason in decision.infeasible_reasons)
            self.verdict.show_text(self.tr("no allocation possible"), "warn", "warning")
            reasons = reasons[:1].upper() + reasons[1:] + "."
            self.notice.say("warn", reasons, self.tr("Loosen a limit, or choose other pools."))
            self.words = reasons
            return
        self.verdict.show_text(words, "good", "check-circle")
        idle = decision.idle_bps or 0
        parts = [Part(v.title, v.allocation_bps or 0, v.color) for v in views]
        parts.append(Part(self.tr("Kept idle"), idle, "chart_idle"))
        self.bar.show_parts(parts, 10_000)
        for number, part in enumerate(parts):
            self._add(number, part)
        self.words = words + ": " + ", ".join(f"{p.name} {percent(p.value)}" for p in parts)

    def _add(self, number: int, part: Part) -> None:
        line = horizontal(8)
        line.addWidget(Dot(part.token))
        line.addWidget(label(part.name, "secondary"))
        line.addStretch(1)
        line.addWidget(label(percent(part.value), "value"))
        holder = QWidget()
        holder.setLayout(line)
        self._legend.addWidget(holder, number // 2, number % 2)

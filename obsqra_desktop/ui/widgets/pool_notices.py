"""What to know about a snapshot as a whole, in place and with the way out."""

from obsqra_desktop.domain.chain_errors import (
    NodeAnswerInvalid,
    NodeUnfit,
    NodeUnreachable,
    Offline,
    PracticeChainDown,
)
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.flows.pool_marks import Crossing
from obsqra_desktop.services.market_view import MarketView
from obsqra_desktop.ui.format import grouped
from obsqra_desktop.ui.widgets.base import Notice, vertical
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.columns import Flexible
from obsqra_desktop.ui.widgets.form import show_error

NODE = (NodeUnreachable, Offline, NodeUnfit, NodeAnswerInvalid, PracticeChainDown)
"""Errors that are mended on the page of networks."""


class PoolNotices(Flexible):
    """The error, scores that crossed the policy, light mode, warnings; none of them: no room."""

    def __init__(self) -> None:
        super().__init__()
        self.error = Notice()
        self.again = Button(self.tr("&Try again"), "plain", "arrow-clockwise")
        self.networks = Button(self.tr("Open &Networks"), "plain", "arrow-right")
        self.error.verbs.addWidget(self.again)
        self.error.verbs.addWidget(self.networks)
        self.crossing = Notice("warn")
        self.dismiss = Button("", "icon", "x", self.tr("Dismiss"))
        self.crossing.verbs.addWidget(self.dismiss)
        self.light = Notice("sunken")
        self.warnings = Notice("warn")
        column = vertical(12)
        for notice in (self.error, self.crossing, self.light, self.warnings):
            notice.hide()
            column.addWidget(notice)
        self.setLayout(column)
        self.hide()

    def show_error(self, error: AppError | None) -> None:
        """What happened, and what helps."""
        self.error.setVisible(error is not None)
        if error is not None:
            show_error(self.error, error)
            self.networks.setVisible(isinstance(error, NODE))
            self.again.setVisible(not isinstance(error, Offline))
        self._agree()

    def show_view(self, view: MarketView | None, crossed: tuple[Crossing, ...]) -> None:
        """Everything else."""
        self.crossing.setVisible(bool(crossed))
        if crossed:
            worse = any(one.worse for one in crossed)
            first, *rest = (one.words for one in crossed)
            self.crossing.say("warn" if worse else "good", first, " ".join(rest))
        self.light.setVisible(view is not None and view.light)
        if view is not None and view.light:
            self.light.say(
                "sunken",
                self.tr("This node keeps no history"),
                self.tr(
                    "Swings and use are measured from what this program has seen itself: {0} of 24 "
                    "hours so far. Refresh by timer, or use a node with history."
                ).format(grouped(view.light_seconds // 3600)),
            )
        found = view.warnings if view is not None else ()
        self.warnings.setVisible(bool(found))
        if found:
            self.warnings.say("warn", found[0], " ".join(found[1:]))
        self._agree()

    def _agree(self) -> None:
        notices = (self.error, self.crossing, self.light, self.warnings)
        self.setVisible(any(one.isVisibleTo(self) for one in notices))

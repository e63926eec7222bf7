"""The card with a pool's history: which number, its line, and the point under the mouse."""

from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from obsqra_desktop.domain.market.kept import HistoryPoint
from obsqra_desktop.flows.pools import Plotted, PoolsFlow, plot_value
from obsqra_desktop.services.market_view import PoolView
from obsqra_desktop.ui.format import moment, percent, whole_percent
from obsqra_desktop.ui.models.pools import span
from obsqra_desktop.ui.view import TIERS
from obsqra_desktop.ui.widgets.base import Card, label
from obsqra_desktop.ui.widgets.choice import Segments

if TYPE_CHECKING:
    from obsqra_desktop.ui.widgets.history_plot import HistoryPlot

PLOTTED = tuple(Plotted)


def load_plotting() -> None:
    """Load pyqtgraph and numpy: some tenths of a second, to be spent beside Qt's thread."""
    import_module("pyqtgraph")


def tier_words(value: float) -> str:
    """Depth on the axis; only whole steps have a word."""
    whole = round(value)
    return TIERS[whole] if abs(value - whole) < 1e-6 and 0 <= whole < len(TIERS) else ""


def percent_words(value: float) -> str:
    """Basis points on the axis."""
    return whole_percent(round(value)) if value >= 0 else ""


def number_words(value: float) -> str:
    """A score on the axis."""
    return str(round(value)) if value >= 0 else ""


class HistoryCard(Card):
    """Made with its plot only when there is something to draw: pyqtgraph is loaded then."""

    plot_wanted = Signal(object)
    """Plotted."""

    def __init__(self) -> None:
        super().__init__(self.tr("History"))
        self.what = Segments(
            [
                (self.tr("Swings"), ""),
                (self.tr("Depth"), ""),
                (self.tr("Use"), ""),
                (self.tr("Score"), ""),
            ],
            self.tr("What is plotted"),
        )
        self.what.chosen.connect(lambda number: self.plot_wanted.emit(PLOTTED[number]))
        self.head.addWidget(self.what)
        self.none = label("", "secondary", wrap=True)
        self.readout = label("", "caption", wrap=True)
        self.add(self.none)
        self.add(self.readout)
        self.plot: HistoryPlot | None = None
        self._points: Sequence[HistoryPoint] = ()
        self._values: list[int | None] = []
        self._what = Plotted.VOLATILITY

    def _made(self) -> "HistoryPlot":
        if self.plot is None:
            from obsqra_desktop.ui.widgets.history_plot import HistoryPlot

            self.plot = HistoryPlot()
            self.plot.pointed.connect(self._on_pointed)
            self.body.insertWidget(self.body.count() - 1, self.plot)
        return self.plot

    def show_pool(self, flow: PoolsFlow, pool: PoolView) -> None:
        """Draw what is chosen of this pool."""
        what = flow.state.plotted
        self.what.button(PLOTTED.index(what)).setChecked(True)
        self._points = tuple((flow.state.history or {}).get(pool.id, ()))
        self._what = what
        self._values = [plot_value(point, what, flow.rule) for point in self._points]
        known = [value for value in self._values if value is not None]
        self.none.setVisible(len(known) < 2)
        self.readout.setVisible(len(known) >= 2)
        if len(known) < 2:
            if self.plot is not None:
                self.plot.hide()
            self.none.setText(
                self.tr("A line needs two snapshots in which this number is known; so far {0}.")
                .format(len(known))
            )  # fmt: skip
            return
        plot = self._made()
        policy = flow.policy
        limit: tuple[float, str] | None = None
        if what is Plotted.SCORE:
            limit = (policy.max_risk_score, f"your limit {policy.max_risk_score}")
        elif what is Plotted.VOLATILITY:
            words = f"your limit {whole_percent(policy.max_volatility_bps)}"
            limit = (policy.max_volatility_bps, words)
        axis = {Plotted.DEPTH: tier_words, Plotted.SCORE: number_words}.get(what, percent_words)
        plot.show_points(
            [point.taken_at for point in self._points],
            self._values,
            axis,
            limit=limit,
            bounds=(0, 3) if what is Plotted.DEPTH else None,
            whole=what in {Plotted.DEPTH, Plotted.SCORE},
            stepped=what is Plotted.DEPTH,
        )
        plot.show()
        plot.setAccessibleName(
            self.tr("{0} of {1}: lowest {2}, highest {3}, now {4}").format(
                self.what.button(PLOTTED.index(what)).text(),
                pool.name,
                self._words(min(known)),
                self._words(max(known)),
                self._words(self._values[-1]),
            )
        )
        self._on_pointed(None)

    def _words(self, value: int | None) -> str:
        if value is None:
            return "—"
        if self._what is Plotted.DEPTH:
            return TIERS[value]
        return str(value) if self._what is Plotted.SCORE else percent(value)

    def _on_pointed(self, number: int | None) -> None:
        if number is None:
            known = [value for value in self._values if value is not None]
            low, high = self._words(min(known)), self._words(max(known))
            words = self.tr("{0}. Lowest {1}, highest {2}.").format(span(self._points), low, high)
        else:
            words = f"{moment(self._points[number].taken_at)}: {self._words(self._values[number])}"
        self.readout.setText(words)

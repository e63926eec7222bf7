"""The table of pools: sorted, with a chip for the state and a small line for the trend."""

from PySide6.QtGui import QResizeEvent

from obsqra_desktop.ui.models.pools import (
    DEPTH,
    PAIR,
    SCORE,
    STATE,
    SWINGS,
    TREND,
    USE,
    VENUE,
    PoolsModel,
)
from obsqra_desktop.ui.widgets.sparkline import SparklineDelegate
from obsqra_desktop.ui.widgets.table import Table

WIDTHS = (
    (VENUE, 106),
    (SCORE, 66),
    (USE, 82),
    (SWINGS, 82),
    (DEPTH, 80),
    (STATE, 134),
    (TREND, 70),
)
ROOMY = 880
"""Width from which the table shows every column."""


class PoolsTable(Table):
    """The lowest score stands first, an unknown one last."""

    def __init__(self, name: str, model: PoolsModel) -> None:
        super().__init__(name)
        self.proxy = self.show_sorted(model, by=SCORE, stretch=PAIR, widths=WIDTHS)
        self.set_chips(self, STATE)
        self._sparkline = SparklineDelegate(self)
        self.setItemDelegateForColumn(TREND, self._sparkline)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """The pair is never cut for a number that stands in the detail anyway."""
        width = self.viewport().width()
        self.setColumnHidden(USE, width < ROOMY)
        self.setColumnHidden(DEPTH, width < ROOMY - 200)

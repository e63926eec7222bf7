"""Which live pools a decision is made over: up to eight of the newest snapshot."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from obsqra_desktop.domain.pools import MAX_POOLS
from obsqra_desktop.ui.widgets.base import Notice, clear, horizontal, label, vertical
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.choice import CheckBox

if TYPE_CHECKING:
    from obsqra_desktop.services.market_view import MarketView, PoolView


def advised(view: "MarketView") -> tuple[int, ...]:
    """What is chosen at first: complete, kept up, traded; at most eight."""
    good = [
        pool.id
        for pool in view.pools
        if pool.known() is not None
        and not pool.exit_only
        and not pool.abandoned
        and pool.unknown_class is None
    ]
    return tuple(good[:MAX_POOLS])


def caution(pool: "PoolView") -> str:
    """Why a pool is not chosen at first."""
    if pool.known() is None:
        missing = [one.name for one in pool.metrics if one.value is None]
        return f"not complete: {len(missing)} of six numbers not known"
    if pool.unknown_class is not None:
        return "runs unknown code"
    if pool.exit_only:
        return "exit only"
    return "abandoned" if pool.abandoned else ""


class PoolPicker(QWidget):
    """Tells the ids that are ticked, in the snapshot's order."""

    picked = Signal(object)
    pools_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Live pools to decide over"))
        self.boxes: dict[int, CheckBox] = {}
        self.problem = self.tr("Reading the newest snapshot…")
        self._shown = ""
        self.none = Notice()
        self.open = Button(self.tr("Open &Pools"), "plain", "arrow-right")
        self.open.clicked.connect(self.pools_wanted)
        self.none.verbs.addWidget(self.open)
        self.none.hide()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.count = label("", "caption", wrap=True)
        self.change = Button(self.tr("Refresh, explain or edit"), "quiet", "arrow-right")
        self.change.clicked.connect(self.pools_wanted)
        foot = horizontal(8)
        foot.addWidget(self.count, 1)
        foot.addWidget(self.change)
        column = vertical(8)
        column.addWidget(self.none)
        column.addLayout(self._grid)
        column.addLayout(foot)
        self.setLayout(column)

    def chosen(self) -> tuple[int, ...]:
        """The ticked pools."""
        return tuple(key for key, box in self.boxes.items() if box.isChecked())

    def show_market(self, view: "MarketView | None") -> None:
        """Offer its pools; what was ticked stays ticked."""
        empty = view is None or not view.pools
        self.none.setVisible(empty)
        self.count.setVisible(not empty)
        self.change.setVisible(not empty)
        if view is None or empty:
            self.problem = self.tr("No pools were read on this network yet.")
            self.none.say(
                "sunken", self.problem, self.tr("Read them on the Pools page, then come back.")
            )
            clear(self._grid)
            self.boxes, self._shown = {}, ""
            self.picked.emit(())
            return
        ticked = frozenset(self.chosen()) if self._shown else frozenset(advised(view))
        clear(self._grid)
        self.boxes, self._shown = {}, view.id
        for number, pool in enumerate(view.pools):
            box = self._box(pool, pool.id in ticked)
            self._grid.addWidget(box, number // 2, number % 2)
            self.boxes[pool.id] = box
        self._tell()

    def _box(self, pool: "PoolView", ticked: bool) -> CheckBox:
        words = f"{pool.venue}  {pool.name}"
        box = CheckBox(words.replace("&", "&&"), words)
        box.elides = True
        box.setToolTip("")
        why = caution(pool)
        if why:
            box.set_note(why)
        box.setChecked(ticked and pool.known() is not None)
        box.setEnabled(pool.known() is not None)
        box.toggled.connect(lambda _on: self._tell())
        return box

    def _tell(self) -> None:
        chosen = self.chosen()
        full = len(chosen) >= MAX_POOLS
        self.count.setText(
            self.tr("{0} of at most {1} pools chosen.").format(len(chosen), MAX_POOLS)
        )
        self.problem = self.tr("Choose at least one pool.")
        if full:
            for box in self.boxes.values():
                if not box.isChecked():
                    box.setEnabled(False)
        else:
            for box in self.boxes.values():
                incomplete = box.accessibleDescription().startswith("not complete")
                box.setEnabled(not incomplete)
        self.picked.emit(chosen[:MAX_POOLS])

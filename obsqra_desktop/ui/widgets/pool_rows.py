"""The pools of a decision: shown when they come from elsewhere, or typed here."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from obsqra_desktop.domain.pools import MAX_POOLS, Pool
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.ui.format import percent
from obsqra_desktop.ui.icons import IconLabel
from obsqra_desktop.ui.models.typed_pools import Fault, Row
from obsqra_desktop.ui.view import TIERS, PoolView
from obsqra_desktop.ui.widgets.base import clear, horizontal, label, restyle, tip, vertical
from obsqra_desktop.ui.widgets.buttons import Button

FIELDS = ("venue", "name", "use", "swings", "depth", "audit", "age", "apy")
STRETCH = {"venue": 3, "name": 4}


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(4)
    for number, field in enumerate(FIELDS):
        grid.setColumnStretch(number, STRETCH.get(field, 2))
    return grid


class OutcomeLine(QWidget):
    """Below a row: what the policy says about the pool, or what is wrong with the row."""

    def __init__(self) -> None:
        super().__init__()
        line = horizontal(6)
        self._icon = IconLabel("check-circle", "good", 14)
        self._text = label("", "caption", wrap=True)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._text, 1)
        self.setLayout(line)
        self._icon.hide()

    @property
    def text(self) -> str:
        """The words."""
        return self._text.text()

    def say(self, text: str, icon: str, token: str) -> None:
        """Show words; none hides the line."""
        self._icon.show_icon(icon, token)
        self._icon.setVisible(bool(text))
        self._text.setText(text)
        restyle(self._text, tone=token if token in ("bad", "warn", "good") else "muted")

    def show_view(self, view: PoolView | None) -> None:
        """Show the outcome of a pool."""
        if view is None:
            self.say("", "info", "text_muted")
        elif view.eligible:
            self.say(view.outcome, "check-circle", "good")
        else:
            self.say(view.outcome, "minus-circle", "warn")


class PoolRows(QWidget):
    """Pools to read."""

    def __init__(self, headers: list[str]) -> None:
        super().__init__()
        self._headers = headers
        self._column = _grid()
        self.setLayout(self._column)
        self._ids: tuple[int, ...] = ()
        self._pools: tuple[Pool, ...] = ()
        self.outcomes: list[OutcomeLine] = []

    def show_pools(self, snapshot: Snapshot, views: list[PoolView]) -> None:
        """Show the pools with what the policy says about each."""
        if snapshot.pools != self._pools:
            self._pools = snapshot.pools
            self._fill(snapshot)
        for number, line in enumerate(self.outcomes):
            line.show_view(views[number] if views else None)

    def _fill(self, snapshot: Snapshot) -> None:
        grid = self._column
        clear(grid)
        self.outcomes = []
        for number, text in enumerate(self._headers):
            grid.addWidget(header(text, number), 0, number)
        for index, pool in enumerate(snapshot.pools):
            m = pool.metrics
            texts = (
                pool.venue,
                pool.name,
                percent(m.utilization_bps),
                percent(m.volatility_bps),
                TIERS[m.liquidity_tier],
                str(m.audit_score),
                str(m.age_days),
                percent(m.apy_bps),
            )
            for number, text in enumerate(texts):
                cell = label(text, "strong" if number < 2 else "line")
                if number >= 2:
                    cell.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                cell.setToolTip(tip(pool.sources.apy_bps.detail if number >= 2 else text))
                grid.addWidget(cell, 2 * index + 1, number)
            line = OutcomeLine()
            line.setContentsMargins(0, 0, 0, 8)
            self.outcomes.append(line)
            grid.addWidget(line, 2 * index + 2, 0, 1, len(FIELDS))


def header(text: str, number: int) -> QWidget:
    """A column header; figures stand at the right."""
    made = label(text, "caption")
    if number >= 2:
        made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made


def tr(text: str) -> str:
    """Translate for what is no QObject."""
    return QCoreApplication.translate("PoolEditor", text)


class TypedRow:
    """The fields of one row to type in."""

    def __init__(self, number: int, headers: list[str], examples: tuple[str, ...]) -> None:
        self.edits: dict[str, QLineEdit] = {}
        self.outcome = OutcomeLine()
        for field, text, example in zip(FIELDS, headers, examples, strict=True):
            edit = QLineEdit()
            edit.setProperty("dense", "true")
            edit.setPlaceholderText(example)
            edit.setMaxLength(64 if field in ("venue", "name") else 8)
            edit.setMinimumWidth(44)
            if field not in ("venue", "name"):
                edit.setAlignment(Qt.AlignmentFlag.AlignRight)
            edit.setAccessibleName(tr("{0}, pool {1}").format(text, number + 1))
            self.edits[field] = edit
        self.remove = Button("", "icon", "trash", tr("Remove pool {0}").format(number + 1))

    def row(self) -> Row:
        """What was typed."""
        return Row(**{field: edit.text() for field, edit in self.edits.items()})

    def show_faults(self, faults: list[Fault], quiet: bool) -> None:
        """Mark the fields; a row that is still being filled is not blamed for empty fields."""
        wrong = {fault.field for fault in faults}
        for field, edit in self.edits.items():
            blamed = field in wrong and not (quiet and not edit.text())
            restyle(edit, state="bad" if blamed else "")
            texts = [fault.text for fault in faults if fault.field == field]
            edit.setAccessibleDescription(texts[0] if texts else "")
        shown = [f.text for f in faults if not (quiet and not self.edits[f.field].text())]
        if shown:
            self.outcome.say(". ".join(shown[:2]) + ".", "warning-circle", "bad")
        elif faults:
            names = ", ".join(f.text.split(" ")[0].lower() for f in faults)
            words = tr("Still to fill: {0}").format(names)
            self.outcome.say(words, "pencil-simple", "text_muted")
        else:
            self.outcome.say("", "info", "text_muted")


class PoolEditor(QWidget):
    """Up to eight pools to type."""

    changed = Signal()

    EXAMPLES = ("name", "name", "0–100", "0–100", "0–3", "0–100", "days", "0–200")

    def __init__(self, headers: list[str]) -> None:
        super().__init__()
        self._headers = headers
        self.rows: list[TypedRow] = []
        self._grid = _grid()
        column = vertical(10)
        column.addLayout(self._grid)
        self.add_button = Button(self.tr("Add a pool"), "quiet", "plus")
        self.add_button.clicked.connect(self.on_add_clicked)
        hint = self.tr("Use, swings and yield in percent; depth 0 to 3 (deepest); age in days.")
        foot = horizontal(8)
        foot.addWidget(self.add_button)
        foot.addWidget(label(hint, "caption", wrap=True), 1)
        column.addLayout(foot)
        self.setLayout(column)
        self._lay([Row(), Row()])

    def typed(self) -> list[Row]:
        """All rows as typed."""
        return [row.row() for row in self.rows]

    def show_faults(self, faults: dict[int, list[Fault]]) -> None:
        """Errors in the rows concerned."""
        for number, row in enumerate(self.rows):
            focused = any(edit.hasFocus() for edit in row.edits.values())
            row.show_faults(faults.get(number, []), quiet=focused)

    def show_views(self, views: list[PoolView]) -> None:
        """Outcomes for the rows that are pools, in their order."""
        filled = [row for row in self.rows if not row.row().empty]
        for row, view in zip(filled, views, strict=False):
            row.outcome.show_view(view)

    def _lay(self, rows: list[Row]) -> None:
        clear(self._grid)
        self.rows = []
        for number, text in enumerate(self._headers):
            self._grid.addWidget(header(text, number), 0, number)
        for index, values in enumerate(rows):
            row = TypedRow(index, self._headers, self.EXAMPLES)
            for number, (field, edit) in enumerate(row.edits.items()):
                edit.setText(getattr(values, field) if not values.empty else "")
                edit.textChanged.connect(self.changed)
                edit.editingFinished.connect(self.changed)
                self._grid.addWidget(edit, 2 * index + 1, number)
            row.remove.clicked.connect(lambda _=False, i=index: self.on_remove_clicked(i))
            if len(rows) == 1:
                row.remove.hide()
            self._grid.addWidget(row.remove, 2 * index + 1, len(FIELDS))
            self._grid.addWidget(row.outcome, 2 * index + 2, 0, 1, len(FIELDS))
            self.rows.append(row)
        self.add_button.setEnabled(len(rows) < MAX_POOLS)

    def on_add_clicked(self) -> None:
        """One more row, up to eight."""
        self._lay([*self.typed(), Row()])
        self.rows[-1].edits["venue"].setFocus()
        self.changed.emit()

    def on_remove_clicked(self, number: int) -> None:
        """Take a row away."""
        rows = self.typed()
        del rows[number]
        self._lay(rows)
        self.add_button.setFocus()
        self.changed.emit()

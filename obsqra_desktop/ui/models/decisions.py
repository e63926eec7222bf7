"""The audit trail as a table model: records, and entries that are damaged."""

from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from obsqra_desktop.domain.record import DamagedEntry, DecisionRecord, Listing, Status
from obsqra_desktop.ui.format import moment

Index = QModelIndex | QPersistentModelIndex
Entry = DecisionRecord | DamagedEntry

SORT_ROLE: Final = Qt.ItemDataRole.UserRole + 1
ENTRY_ROLE: Final = Qt.ItemDataRole.UserRole + 2
TONE_ROLE: Final = Qt.ItemDataRole.UserRole + 3
ICON_ROLE: Final = Qt.ItemDataRole.UserRole + 4

LOOKS: Final = {
    Status.COMPUTED: ("plain", "circle-dashed"),
    Status.INFEASIBLE: ("warn", "warning"),
    Status.FAILED: ("bad", "x-circle"),
    Status.PROVED: ("plain", "seal-check"),
    Status.VERIFIED: ("good", "check-circle"),
    Status.EXPORTED: ("good", "export"),
}


class DecisionsModel(QAbstractTableModel):
    """Columns: made, decision, pools, status, id."""

    MADE, DECISION, POOLS, STATUS, ID = range(5)

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []
        self._headers = (
            self.tr("Made"),
            self.tr("Decision"),
            self.tr("Pools"),
            self.tr("Status"),
            self.tr("Id"),
        )

    def show_listing(self, listing: Listing) -> None:
        """Replace everything; damaged entries come last and never vanish."""
        self.beginResetModel()
        self._entries = [*listing.records, *listing.damaged]
        self.endResetModel()

    def entry(self, row: int) -> Entry:
        """The entry of a row."""
        return self._entries[row]

    def row_of(self, decision_id: str) -> int:
        """The row of a record, -1 if it is not there."""
        for row, entry in enumerate(self._entries):
            if isinstance(entry, DecisionRecord) and entry.id == decision_id:
                return row
        return -1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._headers)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's signature
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._headers[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        if not index.isValid():
            return None
        entry, column = self._entries[index.row()], index.column()
        if role == ENTRY_ROLE:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(entry, column)
        if role == SORT_ROLE:
            return self._sort_key(entry, column)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(entry, DamagedEntry):
            return entry.reason
        if column == self.STATUS and role in (TONE_ROLE, ICON_ROLE):
            look = LOOKS[entry.status] if isinstance(entry, DecisionRecord) else ("bad", "prohibit")
            return look[0] if role == TONE_ROLE else look[1]
        return None

    def _text(self, entry: Entry, column: int) -> str:
        if isinstance(entry, DamagedEntry):
            return {self.STATUS: self.tr("damaged"), self.ID: entry.name[:12]}.get(column, "—")
        pools = " · ".join(dict.fromkeys(note.venue for note in entry.allocation)) or "—"
        return {
            self.MADE: moment(entry.created_at),
            self.DECISION: entry.decision if entry.status is not Status.INFEASIBLE else "—",
            self.POOLS: pools,
            self.STATUS: entry.status.words,
            self.ID: entry.id[:12],
        }[column]

    def _sort_key(self, entry: Entry, column: int) -> int | str:
        if column == self.MADE:
            return entry.created_at if isinstance(entry, DecisionRecord) else -1
        return self._text(entry, column)

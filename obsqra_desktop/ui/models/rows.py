"""A table model over a list of things: each column is a title and two functions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from obsqra_desktop.ui.models.decisions import ENTRY_ROLE, ICON_ROLE, SORT_ROLE, TONE_ROLE
from obsqra_desktop.ui.widgets.base import tip

Thing = TypeVar("Thing")
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Column(Generic[Thing]):
    """`sort` gives what is compared; `look` gives tone and icon of a chip."""

    title: str
    text: Callable[[Thing], str]
    sort: Callable[[Thing], Any] | None = None
    look: Callable[[Thing], tuple[str, str]] | None = None
    right: bool = False


class RowsModel(QAbstractTableModel, Generic[Thing]):
    """Replaced as a whole."""

    def __init__(self, columns: Sequence[Column[Thing]]) -> None:
        super().__init__()
        self._columns = list(columns)
        self._things: list[Thing] = []

    def show_things(self, things: Sequence[Thing]) -> None:
        """Replace all rows."""
        self.beginResetModel()
        self._things = list(things)
        self.endResetModel()

    def thing(self, row: int) -> Thing:
        """The thing of a row."""
        return self._things[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._things)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's signature
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(self._columns[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        if not index.isValid():
            return None
        thing, column = self._things[index.row()], self._columns[index.column()]
        if role == ENTRY_ROLE:
            return thing
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(thing)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(column.text(thing))
        if role == SORT_ROLE:
            return (column.sort or column.text)(thing)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(column)
        if column.look is not None and role in (TONE_ROLE, ICON_ROLE):
            return column.look(thing)[0 if role == TONE_ROLE else 1]
        return None

    @staticmethod
    def _alignment(column: Column[Thing]) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

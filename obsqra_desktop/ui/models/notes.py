"""The notes of private money as a table model."""

from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from obsqra_desktop.domain.amounts import Token, format_amount
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.flows.private import STATE_LOOKS, NoteFacts
from obsqra_desktop.services.plans import known_token
from obsqra_desktop.services.tokens import units_of
from obsqra_desktop.ui.format import HIDDEN, UNKNOWN, grouped, minute
from obsqra_desktop.ui.models.decisions import ICON_ROLE, TONE_ROLE

Index = QModelIndex | QPersistentModelIndex
MOST_FIGURES: Final = 10**9
RAISED: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SORT_ROLE: Final = Qt.ItemDataRole.UserRole + 1


def amount_text(token: int, amount: int, hide: bool = False, tokens: tuple[Token, ...] = ()) -> str:
    """With its symbol; a token that is not known here in its smallest unit, said so."""
    known = known_token(token, tokens)
    if known is None:
        units = units_of(token) if hide else units_of(token, amount)
        return f"{HIDDEN if hide else grouped(amount)} {units}"
    shown = HIDDEN if hide else format_amount(amount, known.decimals, 6)
    return f"{shown} {known.symbol}"


def nameless(token: int, amount: int, hide: bool) -> str:
    """An amount in units, of what, and why."""
    words = QCoreApplication.translate(
        "NotesModel",
        "{0} in the smallest unit of token {1}, whose symbol and decimal places are not known "
        "here.",
    )
    return words.format(HIDDEN if hide else grouped(amount), address_form(token))


def short_units(amount: int) -> str:
    """In units, rounded down and said so where the figure is long."""
    if amount < MOST_FIGURES:
        words = "{0} unit" if amount == 1 else "{0} units"
        return QCoreApplication.translate("NotesModel", words).format(grouped(amount))
    power = len(str(amount)) - 1
    first = f"{amount // 10 ** (power - 2) / 100:.2f}"
    words = QCoreApplication.translate("NotesModel", "about {0}·10{1} units")
    return words.format(first, str(power).translate(RAISED))


def figure(number: int | None) -> str:
    """A count; unknown is no 0."""
    return UNKNOWN if number is None else grouped(number)


class NotesModel(QAbstractTableModel):
    """Columns: amount, state, since when, newer leaves that hide it and equal deposits of others,
    owner, label, id."""

    AMOUNT, STATE, SINCE, NEWER, EQUAL, OWNER, LABEL, ID = range(8)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[NoteFacts] = []
        self._owners: dict[int, str] = {}
        self._tokens: tuple[Token, ...] = ()
        self._hide = False
        self._headers = (
            self.tr("Amount"),
            self.tr("State"),
            self.tr("In pool since"),
            self.tr("Newer"),
            self.tr("Equal"),
            self.tr("Owner"),
            self.tr("Label"),
            self.tr("Note"),
        )

    def show_notes(
        self,
        notes: tuple[NoteFacts, ...],
        owners: dict[int, str],
        hide: bool,
        tokens: tuple[Token, ...] = (),
    ) -> None:
        """Replace everything; `owners` are the names of accounts here, `tokens` those that have
        names."""
        self.beginResetModel()
        self._rows, self._owners, self._hide, self._tokens = list(notes), owners, hide, tokens
        self.endResetModel()

    def facts(self, row: int) -> NoteFacts:
        """One note."""
        return self._rows[row]

    def row_of(self, note: str) -> int:
        """Its row, -1 if it is not shown."""
        return next((n for n, one in enumerate(self._rows) if one.note.id == note), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._headers)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401 - Qt's signature
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._headers[section]
        if role == Qt.ItemDataRole.ToolTipRole and orientation == Qt.Orientation.Horizontal:
            return self._column_hint(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401 - Qt's signature
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], index.column()
        strange = column == self.AMOUNT and known_token(row.note.token, self._tokens) is None
        if role == Qt.ItemDataRole.DisplayRole and strange:
            return f"{HIDDEN} units" if self._hide else short_units(row.note.amount)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._hint(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(column)
        if role == SORT_ROLE:
            found = row.around
            known = (found.since, found.fit_newer, found.equal)
            keys = (row.note.amount, row.state, *(-1 if one is None else one for one in known))
            return keys[column] if column <= self.EQUAL else self._text(row, column)
        if column == self.STATE and role in (TONE_ROLE, ICON_ROLE):
            look = ("warn", "lock-simple") if row.note.frozen else STATE_LOOKS[row.note.state]
            return look[0] if role == TONE_ROLE else look[1]
        return None

    def _hint(self, row: NoteFacts, column: int) -> str | None:
        if column == self.AMOUNT and known_token(row.note.token, self._tokens) is None:
            return nameless(row.note.token, row.note.amount, self._hide)
        return self._column_hint(column)

    def _column_hint(self, column: int) -> str | None:
        """What exactly is counted; the privacy level counts the same."""
        return {
            self.SINCE: self.tr("It was in the pool then, maybe earlier."),
            self.NEWER: self.tr(
                "Leaves of others that came after it and may hold as much of its token, as far as "
                "blocks were looked through. The privacy level counts the same for a withdrawal of "
                "all of it; a part hides among as many or more. One spend makes two leaves. {0} "
                "means that not enough blocks were looked through."
            ).format(UNKNOWN),
            self.EQUAL: self.tr(
                "Deposits of others of exactly its token and amount, as far as blocks were looked "
                "through. The privacy level counts the same."
            ),
        }.get(column)

    def _side(self, column: int) -> Qt.AlignmentFlag:
        """Figures stand at the right."""
        figures = column in {self.AMOUNT, self.NEWER, self.EQUAL}
        side = Qt.AlignmentFlag.AlignRight if figures else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _text(self, row: NoteFacts, column: int) -> str:
        note = row.note
        owner = address_form(note.owner)
        return (
            amount_text(note.token, note.amount, self._hide, self._tokens),
            row.state,
            minute(row.around.since).split()[0],
            figure(row.around.fit_newer),
            figure(row.around.equal),
            self._owners.get(note.owner) or f"{owner[:8]}…{owner[-4:]}",
            note.label or UNKNOWN,
            note.id[:6],
        )[column]

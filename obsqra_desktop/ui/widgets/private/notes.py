"""The notes: what is in the pool, how old, who owns it; label and freeze."""

from typing import Final

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Signal
from PySide6.QtWidgets import QHeaderView

from obsqra_desktop.domain.amounts import Token
from obsqra_desktop.domain.mist.fields import MAX_LABEL
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.flows.private import NoteFacts, TokenSum, note_facts, totals
from obsqra_desktop.services.plans import known_token
from obsqra_desktop.ui.format import grouped, minute
from obsqra_desktop.ui.models.notes import SORT_ROLE, NotesModel, amount_text, figure, nameless
from obsqra_desktop.ui.widgets.base import Card, horizontal, label
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.choice import CheckBox, Toggle
from obsqra_desktop.ui.widgets.form import edit, enter_presses
from obsqra_desktop.ui.widgets.table import Table

MOST_ROWS = 8
WIDTHS: Final = {NotesModel.SINCE: 106, NotesModel.NEWER: 64, NotesModel.EQUAL: 58}
FITTED: Final = {
    NotesModel.AMOUNT: (92, 140),
    NotesModel.STATE: (84, 200),
    NotesModel.OWNER: (82, 160),
}
"""Least and most pixels of columns that are as wide as what is in them."""


class NotesCard(Card):
    """Emits what is wanted of a note; the page does it."""

    chosen = Signal(object)
    """A HeldNote, or None."""
    labelled = Signal(str, str)
    frozen = Signal(str, bool)
    exported = Signal(str)

    def __init__(self) -> None:
        super().__init__(self.tr("Your notes"))
        self.sum = label("—", "figure", wrap=True)
        self.others = label("", "secondary", wrap=True)
        self.unchecked = label("", "secondary", wrap=True)
        self.empty = label("", "secondary", wrap=True)
        self.everything = CheckBox(self.tr("Spent ones, too"))
        self.model = NotesModel()
        self.sorted = QSortFilterProxyModel(self)
        self.sorted.setSourceModel(self.model)
        self.sorted.setSortRole(SORT_ROLE)
        self.table = Table(self.tr("Your notes"))
        self.table.setModel(self.sorted)
        self.table.set_delegates(self, NotesModel.STATE, NotesModel.ID)
        self.table.sortByColumn(-1, self.table.horizontalHeader().sortIndicatorOrder())
        header = self.table.horizontalHeader()
        for column, width in WIDTHS.items():
            self.table.setColumnWidth(column, width)
        self.table.setColumnHidden(NotesModel.ID, True)  # the line below names it
        header.setStretchLastSection(False)
        header.setSectionResizeMode(NotesModel.LABEL, QHeaderView.ResizeMode.Stretch)
        self.name = edit(
            self.tr("Label of the note"), self.tr("a label, kept here only"), most=MAX_LABEL
        )
        self.save = Button(self.tr("Save the label"), "plain", "check")
        self.freeze = Toggle(self.tr("Frozen"))
        self.export = Button(self.tr("Export…"), "quiet", "export")
        self.around = label("", "caption", wrap=True)
        self.head.addWidget(self.everything)
        sums = (self.sum, self.others, self.unchecked)
        for widget in (*sums, self.empty, self.table, self.around):
            self.add(widget)
        row = horizontal(8)
        row.addWidget(self.name, 1)
        for one in (self.save, self.freeze, self.export):
            row.addWidget(one)
        self.body.addLayout(row)
        self._book: MistBook | None = None
        self._owners: dict[int, str] = {}
        self._tokens: tuple[Token, ...] = ()
        self._hide = False
        self._chosen = ""
        for line in sums:
            line.hide()
        self.everything.toggled.connect(lambda _: self._show())
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self.save.clicked.connect(
            lambda: self.labelled.emit(self._chosen, self.name.text().strip())
        )
        enter_presses(self.save, self.name)
        self.freeze.clicked.connect(lambda on: self.frozen.emit(self._chosen, on))
        self.export.clicked.connect(lambda: self.exported.emit(self._chosen))
        self._show()

    @property
    def facts(self) -> NoteFacts | None:
        """The note that is chosen."""
        number = self.model.row_of(self._chosen)
        return self.model.facts(number) if number >= 0 else None

    def show_book(
        self,
        book: MistBook | None,
        owners: dict[int, str],
        hide: bool,
        tokens: tuple[Token, ...] = (),
    ) -> None:
        """Replace everything; the choice stays if its note does."""
        self._book, self._owners, self._hide, self._tokens = book, owners, hide, tokens
        self._show()

    def choose(self, note: str) -> None:
        """Select a note by its id."""
        number = self.model.row_of(note)
        if number >= 0:
            at = self.sorted.mapFromSource(self.model.index(number, 0))
            self.table.setCurrentIndex(at)

    def clear_choice(self) -> None:
        """No note is chosen."""
        self.table.clearSelection()
        self.table.setCurrentIndex(self.sorted.index(-1, -1))

    def _show(self) -> None:
        book = self._book
        notes = note_facts(book, self.everything.isChecked()) if book is not None else ()
        kept = self._chosen
        self.model.show_notes(notes, self._owners, self._hide, self._tokens)
        self._fit()
        there = bool(notes)
        self.table.setVisible(there)
        header = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(header + 44 * min(len(notes), MOST_ROWS) + 4)
        self._show_sums(totals(book) if book is not None else ())
        self.everything.setVisible(book is not None and bool(book.notes))
        self.empty.setVisible(not there)
        self.empty.setText(
            self.tr("Nothing is left: all notes are spent.")
            if book is not None and book.notes
            else self.tr("No notes yet. Put money in, or ask somebody to pay you into the pool.")
            if book is not None
            else self.tr("Nothing private here yet.")
        )
        self._on_row(QModelIndex(), QModelIndex())
        if kept:
            self.choose(kept)

    def _fit(self) -> None:
        """Amount, state and owner take what is in them; what is left is the label's."""
        for column, (least, most) in FITTED.items():
            width = self.table.sizeHintForColumn(column) + 2
            self.table.setColumnWidth(column, min(max(width, least), most))

    def _show_sums(self, sums: tuple[TokenSum, ...]) -> None:
        """Tokens with a name in large figures; others below, as nobody can compare those. What may
        be spent already is in neither."""

        def named(one: TokenSum) -> bool:
            return known_token(one.token, self._tokens) is not None

        def text(token: int, amount: int) -> str:
            return amount_text(token, amount, self._hide, self._tokens)

        words = [text(one.token, one.seen) for one in sums if named(one) and one.seen]
        self.sum.setText(" + ".join(words) or "—")
        self.sum.setVisible(any(named(one) for one in sums))
        rest = [
            nameless(one.token, one.seen, self._hide) for one in sums if not named(one) and one.seen
        ]
        self.others.setText(" ".join(rest))
        self.others.setVisible(bool(rest))
        open_ones = " + ".join(text(one.token, one.unchecked) for one in sums if one.unchecked)
        self.unchecked.setText(self.tr("Not checked yet: {0}. Look for notes.").format(open_ones))
        self.unchecked.setVisible(bool(open_ones))

    def _on_row(self, now: QModelIndex, _before: QModelIndex) -> None:
        held = None
        if now.isValid():
            held = self.model.facts(self.sorted.mapToSource(now).row()).note
        self._chosen = held.id if held is not None else ""
        for one in (self.name, self.save, self.freeze, self.export):
            one.setVisible(held is not None)
        self.around.setVisible(held is not None)
        if held is not None:
            self.around.setText(self._around_words())
            self.name.setText(held.label)
            self.freeze.setChecked(held.frozen)
            self.export.setEnabled(held.held)
        self.chosen.emit(held)

    def _around_words(self) -> str:
        """How long the chosen note is there and among how many, with what is not known; and its
        token, where that has no name."""
        held = self.facts.note if self.facts is not None else None
        if held is not None and known_token(held.token, self._tokens) is None:
            return f"{nameless(held.token, held.amount, self._hide)} {self._among_words()}"
        return self._among_words()

    def _among_words(self) -> str:
        scan = self._book.scan if self._book is not None else None
        if self.facts is None or scan is None or self.facts.around.among is None:
            return self.tr(
                "Note {0}. When it came into the pool, and among how many, is not known yet."
            ).format(self._chosen)
        found = self.facts.around
        among = self.tr(
            "Note {0}, in the pool since {1}, maybe earlier. Among {2} leaves that are not known "
            "to be yours, {3} of them newer: so many hide a step inside the pool."
        ).format(self._chosen, minute(found.since), figure(found.among), figure(found.newer))
        if found.fit == found.among and found.fit_newer == found.newer:
            fits = self.tr("By what is known each of them may hold as much: a withdrawal, too.")
        elif found.fit is None:
            fits = self.tr(
                "How many of them may hold as much, and hide a withdrawal of all of it, is not "
                "known: not enough blocks were looked through."
            )
        else:
            fits = self.tr(
                "Of those looked through {0} may hold as much, {1} of them newer: so many hide a "
                "withdrawal of all of it."
            ).format(figure(found.fit), figure(found.fit_newer))
        equal = self.tr("How many others deposited its token and amount is not known.")
        if found.equal is not None:
            since = (
                self.tr("since block {0}").format(grouped(found.equal_since))
                if found.equal_since
                else self.tr("since the pool began")
            )
            equal = self.tr("Deposits of others of its token and amount: {0}, {1}.").format(
                figure(found.equal), since
            )
        at = self.tr("As of block {0}.").format(grouped(scan.block.number))
        return f"{among} {fits} {equal} {at}"

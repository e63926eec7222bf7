"""The address book: names for addresses, on this computer."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Signal

from obsqra_desktop.domain.address_book import Contact
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.ui import dialogs
from obsqra_desktop.ui.models.decisions import ENTRY_ROLE
from obsqra_desktop.ui.models.rows import Column, RowsModel
from obsqra_desktop.ui.pages.page import Body, Page
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.state import UiState
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.base import Card, Notice, horizontal, label
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.columns import Columns
from obsqra_desktop.ui.widgets.empty_state import EmptyState
from obsqra_desktop.ui.widgets.form import edit, field, in_words, show_error
from obsqra_desktop.ui.widgets.table import Table, search_in, table_card

NAME, NOTE, ADDRESS = range(3)


class AddressBookPage(Page):
    """The list, and one form that adds or changes."""

    said = Signal(str)

    def __init__(self, services: UiServices, state: UiState, runner: TaskRunner) -> None:
        super().__init__("")
        self.heading.setText(self.tr("Address book"))
        self.setAccessibleName(self.tr("Address book"))
        self._services = services
        self._editing: str | None = None
        self._removed: Contact | None = None
        self.import_button = Button(self.tr("&Import…"), "plain", "folder-open")
        self.export_button = Button(self.tr("&Export…"), "plain", "export")
        self.import_button.clicked.connect(self.ask_what_to_import)
        self.export_button.clicked.connect(self.ask_where_to_export)
        self.title_row.addWidget(self.import_button)
        self.title_row.addWidget(self.export_button)
        body = Body()
        self.frame.addWidget(body, 1)
        self.columns = Columns(side_width=372)
        body.column.addWidget(self.columns)
        self._build_list()
        self._build_form()

    def _build_list(self) -> None:
        self.notice = Notice()
        self.notice.hide()
        self.undo = Button(self.tr("Put it back"), "plain")
        self.undo.clicked.connect(self.put_back)
        self.notice.verbs.addWidget(self.undo)
        self.search = edit(self.tr("Search"), self.tr("Search names, notes and addresses"))
        self.model: RowsModel[Contact] = RowsModel(
            [
                Column(self.tr("Name"), lambda one: one.name, lambda one: one.name.casefold()),
                Column(self.tr("Note"), lambda one: one.note),
                Column(self.tr("Address"), lambda one: address_form(one.address)),
            ]
        )
        self.table = Table(self.tr("Contacts"))
        self.proxy = self.table.show_sorted(
            self.model, by=NAME, stretch=ADDRESS, widths=((NAME, 170), (NOTE, 150))
        )
        search_in(self.proxy, self.search)
        self.search.textChanged.connect(self._fit)
        self.table.set_mono(self, ADDRESS)
        self.table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.nobody = EmptyState(
            "address-book",
            self.tr("Nobody yet"),
            self.tr(
                "Give an address a name here, then send to the name. Names are kept on this "
                "computer and never sent anywhere."
            ),
            self.tr("Add the first one"),
            primary=False,
        )
        self.nobody.button.clicked.connect(lambda: self.name.setFocus())
        self.nobody_found = label(self.tr("Nobody is found by that."), "secondary", wrap=True)
        self.card = table_card(self.table)
        for widget in (self.notice, self.search, self.nobody_found, self.card, self.nobody):
            self.columns.main.addWidget(widget)

    def _build_form(self) -> None:
        self.form = Card(self.tr("New contact"))
        self.name = edit(self.tr("Name"))
        self.address = edit(self.tr("Address"), "0x…")
        self.note = edit(self.tr("Note"))
        self.trouble = label("", "caption", "bad", wrap=True)
        self.save = Button(self.tr("Add"), "primary", "plus")
        self.remove = Button(self.tr("Remove"), "quiet", "trash")
        self.fresh = Button(self.tr("New one instead"), "quiet", "plus")
        for words, line in (
            (self.tr("Name"), self.name),
            (self.tr("Address"), self.address),
            (self.tr("Note"), self.note),
        ):
            self.form.body.addLayout(field(words, line))
        self.form.add(self.trouble)
        row = horizontal(8)
        for button in (self.save, self.remove):
            row.addWidget(button)
        row.addStretch(1)
        self.form.body.addLayout(row)
        self.form.add_left(self.fresh)
        self.columns.side.addWidget(self.form)
        self.save.clicked.connect(self.keep)
        self.remove.clicked.connect(self.take_away)
        self.fresh.clicked.connect(lambda: self._edit(None))
        self._edit(None)

    def primary_button(self) -> Button | None:
        return self.save

    def on_shown(self) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Read the book again."""
        try:
            contacts = self._services.book.contacts()
        except AppError as error:
            show_error(self.notice, error)
            self.undo.hide()
            return
        self.model.show_things(contacts)
        self.nobody.setVisible(not contacts)
        self.search.setVisible(bool(contacts))
        self.export_button.setEnabled(bool(contacts))
        self._fit()

    def _fit(self) -> None:
        """As high as what is found."""
        rows = self.proxy.rowCount()
        self.card.setVisible(rows > 0)
        self.nobody_found.setVisible(rows == 0 and bool(self.search.text()))
        self.table.setFixedHeight(min(44 * max(rows, 1) + 42, 560))

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._edit(current.siblingAtColumn(0).data(ENTRY_ROLE))

    def _edit(self, contact: Contact | None) -> None:
        self._editing = contact.name if contact else None
        self.form.title.setText(self.tr("Change") if contact else self.tr("New contact"))
        self.name.setText(contact.name if contact else "")
        self.address.setText(address_form(contact.address) if contact else "")
        self.note.setText(contact.note if contact else "")
        for line in (self.name, self.address, self.note):
            line.setCursorPosition(0)  # else a long one shows its end
        self.save.set_words(self.tr("Save") if contact else self.tr("Add"))
        self.save.set_icon("check" if contact else "plus")
        self.save.setAccessibleName(self.save.text())
        self.remove.setVisible(contact is not None)
        self.fresh.setVisible(contact is not None)
        self.trouble.setText("")

    def keep(self) -> None:
        """Add or change."""
        name, address, note = self.name.text(), self.address.text(), self.note.text()
        try:
            if self._editing is None:
                self._services.book.add(name, address, note)
            else:
                self._services.book.update(self._editing, name, address, note)
        except AppError as error:
            self.trouble.setText(in_words(error))
            return
        self.notice.hide()
        self._edit(None)
        self.refresh()
        self.said.emit(self.tr("Kept in the address book"))

    def take_away(self) -> None:
        """Remove; it can be put back."""
        if self._editing is None:
            return
        try:
            self._removed = self._services.book.remove(self._editing)
        except AppError as error:
            self.trouble.setText(in_words(error))
            return
        self._edit(None)
        self.refresh()
        self.notice.say("sunken", self.tr("“{0}” was removed").format(self._removed.name))
        self.undo.show()
        self.notice.show()

    def put_back(self) -> None:
        """Undo the removal."""
        if self._removed is not None:
            one = self._removed
            try:
                self._services.book.add(one.name, address_form(one.address), one.note)
            except AppError as error:
                show_error(self.notice, error)
                return
        self._removed = None
        self.notice.hide()
        self.refresh()

    def ask_where_to_export(self) -> None:
        """A save dialog."""
        self.dialog = dialogs.save_file(
            self, self.tr("Export the address book"), "address-book.json", "*.json", self.export
        )

    def export(self, path: Path) -> None:
        """Write the book."""
        try:
            count = self._services.book.export(path)
        except AppError as error:
            show_error(self.notice, error)
            return
        self.said.emit(self.tr("Saved {0} contacts").format(count))

    def ask_what_to_import(self) -> None:
        """An open dialog."""
        self.dialog = dialogs.open_file(
            self, self.tr("Import an address book"), "*.json", self.bring
        )

    def bring(self, path: Path) -> None:
        """Add what is not there yet."""
        try:
            count = self._services.book.import_from(path)
        except AppError as error:
            show_error(self.notice, error)
            self.undo.hide()
            return
        self.refresh()
        self.said.emit(self.tr("{0} contacts were added").format(count))

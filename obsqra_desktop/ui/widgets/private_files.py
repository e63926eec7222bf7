"""Payment requests, hand-over files, and the backup of private money."""

from PySide6.QtCore import QCoreApplication, Signal

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.mist_notes import HandOver, MistBook, RequestState
from obsqra_desktop.flows.private_backup import BackupNeed, backup_view
from obsqra_desktop.services.mist.giving import GivenRequest
from obsqra_desktop.services.mist.steps import WaitView
from obsqra_desktop.ui.format import UNKNOWN, moment
from obsqra_desktop.ui.models.notes import amount_text
from obsqra_desktop.ui.widgets.account_steps import TwicePassphrase
from obsqra_desktop.ui.widgets.base import Card, Notice, clear, horizontal, label, vertical
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.choice import Select
from obsqra_desktop.ui.widgets.form import edit, field
from obsqra_desktop.ui.widgets.hash_label import HashLabel
from obsqra_desktop.ui.widgets.private_forms import fill_owners, owner_in
from obsqra_desktop.ui.widgets.qr_code import QrCode


class RequestCard(Card):
    """Asking to be paid into the pool: the text holds a note's secret, no key and no owner."""

    wanted = Signal(object, str)
    """Owner address, label."""
    again = Signal(str)
    """Id of a request whose text is wanted once more."""

    def __init__(self) -> None:
        super().__init__(self.tr("Be paid privately"))
        self.owner = Select(self.tr("Owner of the paid note"))
        self.label = edit(self.tr("Name of the request, kept here only"))
        self.button = Button(self.tr("Make a payment &request"), "plain", "plus")
        self.code = QrCode(208)
        self.text = HashLabel(self.tr("payment request"), head=14, tail=8)
        self.words = label(
            self.tr(
                "Who has this text can pay you, and see when it was paid; nothing else. Give each "
                "payer a request of their own."
            ),
            "caption",
            wrap=True,
        )
        self.open_ones = vertical(4)
        self.body.addLayout(field(self.tr("Owner"), self.owner))
        self.body.addLayout(field(self.tr("Name"), self.label))
        self.add_left(self.button)
        self.add_left(self.code)
        self.add(self.text)
        self.add(self.words)
        self.body.addLayout(self.open_ones)
        self.button.clicked.connect(
            lambda: self.wanted.emit(owner_in(self.owner), self.label.text().strip())
        )
        self.hide_request()

    def show_accounts(self, sender: Account | None, accounts: tuple[Account, ...]) -> None:
        """Who may own what is paid."""
        fill_owners(self.owner, accounts, sender.address if sender is not None else None)
        self.button.setEnabled(self.owner.count() > 0)

    def show_request(self, given: GivenRequest) -> None:
        """As a QR code and as text to copy."""
        self.code.show_text(given.text)
        self.text.show_value(given.text)
        for widget in (self.code, self.text, self.words):
            widget.show()
        self.label.clear()

    def hide_request(self) -> None:
        """Nothing of it in sight."""
        self.text.show_value("")
        for widget in (self.code, self.text, self.words):
            widget.hide()

    def show_book(self, book: MistBook | None) -> None:
        """The requests that are not paid yet."""
        clear(self.open_ones)
        for one in book.requests if book is not None else ():
            if one.state is not RequestState.OPEN:
                continue
            name = one.label or one.id
            words = self.tr("{0} · {1}, not paid yet").format(name, moment(one.made_at))
            row = horizontal(8)
            row.addWidget(label(words, "caption", wrap=True), 1)
            button = Button(
                self.tr("Show"), "quiet", "eye", self.tr("Show request {0}").format(name)
            )
            button.clicked.connect(lambda _=False, wanted=one.id: self.again.emit(wanted))
            row.addWidget(button)
            self.open_ones.addLayout(row)


class PassphraseForm(Card):
    """A passphrase for a file: typed twice to write one, once to read one."""

    wanted = Signal(str)

    def __init__(self, verb: str, icon: str, *, new: bool) -> None:
        super().__init__()
        self.setProperty("kind", "sunken")
        self.words = label("", "secondary", wrap=True)
        self.twice = TwicePassphrase() if new else None
        self.once = edit(self.tr("Passphrase of the file"), hidden=True)
        self.button = Button(verb, "primary", icon)
        self.close_button = Button(self.tr("Not now"), "quiet", "x")
        self.add(self.words)
        if self.twice is not None:
            self.add(self.twice)
            for line in (self.twice.first, self.twice.again):
                line.textChanged.connect(self._agree)
        else:
            self.body.addLayout(field(self.tr("Passphrase of the file"), self.once))
            self.once.textChanged.connect(self._agree)
        self.add_left(self.button)
        self.add_left(self.close_button)
        self.button.clicked.connect(self._on_clicked)
        self.close_button.clicked.connect(self.close_form)
        self._agree()
        self.hide()

    def ask(self, words: str) -> None:
        """Show it."""
        self.words.setText(words)
        self.show()
        (self.twice.first if self.twice is not None else self.once).setFocus()

    def close_form(self) -> None:
        """Forget what was typed and go."""
        if self.twice is not None:
            self.twice.clear()
        self.once.clear()
        self.hide()

    def _passphrase(self) -> str | None:
        return self.twice.words if self.twice is not None else self.once.text() or None

    def _agree(self) -> None:
        self.button.setEnabled(self._passphrase() is not None)

    def _on_clicked(self) -> None:
        words = self._passphrase()
        if words is not None:
            self.close_form()
            self.wanted.emit(words)


class FilesCard(Card):
    """Files that come in, and the backup that brings all back."""

    def __init__(self) -> None:
        super().__init__(self.tr("Files and backup"))
        self.state = label("", "secondary", wrap=True)
        self.notice = Notice()
        self.notice.hide()
        self.backup_button = Button(self.tr("Save a &backup…"), "plain", "floppy-disk")
        self.restore_button = Button(self.tr("Restore a backup…"), "quiet", "folder-open")
        self.import_button = Button(self.tr("Take in a note from a file…"), "quiet", "folder-open")
        self.new = PassphraseForm(self.tr("Choose where…"), "floppy-disk", new=True)
        self.known = PassphraseForm(self.tr("Open the file"), "lock-simple-open", new=False)
        for widget in (self.state, self.notice):
            self.add(widget)
        for button in (self.backup_button, self.restore_button, self.import_button):
            self.add_left(button)
        self.add(self.new)
        self.add(self.known)

    def show_book(self, book: MistBook | None) -> None:
        """Whether the newest backup has everything."""
        self.backup_button.setEnabled(book is not None)
        if book is None:
            self.state.setText(self.tr("Nothing to back up yet."))
            return
        view = backup_view(book)
        when = moment(view.at) if view.at is not None else UNKNOWN
        words = {
            BackupNeed.NOTHING: self.tr("Nothing to back up yet."),
            BackupNeed.FIRST: self.tr(
                "No backup yet: losing this computer would be losing what is private."
            ),
            BackupNeed.AGAIN: self.tr(
                "Backed up {0}. {1} since then would be lost with this computer: save another "
                "backup."
            ).format(when, notes_words(len(view.lost))),
            BackupNeed.LATER: self.tr(
                "Backed up {0}. {1} since then can be found again with it, by a look from the "
                "first block."
            ).format(when, notes_words(view.newer)),
            BackupNeed.DONE: self.tr("Backed up {0}, with all notes.").format(when),
        }
        self.state.setText(words[view.need])


def notes_words(count: int) -> str:
    """So many notes."""
    words = "1 note" if count == 1 else "{0} notes"
    return QCoreApplication.translate("FilesCard", words).format(count)


class HandOverCard(Card):
    """Forwarded amounts whose receivers have to be told."""

    wanted = Signal(str)
    """Id of the hand-over."""

    def __init__(self) -> None:
        super().__init__(self.tr("To be handed over"))
        self.rows = vertical(6)
        self.body.addLayout(self.rows)
        self.form = PassphraseForm(self.tr("Choose where…"), "floppy-disk", new=True)
        self.add(self.form)

    def show_book(self, book: MistBook | None, hide: bool) -> None:
        """Those without a file; the card goes when there is none."""
        clear(self.rows)
        given = book.handovers if book is not None else ()
        left: list[HandOver] = [one for one in given if not (one.handed_over or one.void)]
        for one in left:
            row = horizontal(8)
            words = amount_text(one.token, one.amount, hide)
            row.addWidget(label(f"{words} {one.label}".strip(), "text", wrap=True), 1)
            button = Button(
                self.tr("Save the file…"),
                "plain",
                "floppy-disk",
                self.tr("Save the file for hand-over {0}").format(one.id),
            )
            button.clicked.connect(lambda _=False, wanted=one.id: self.wanted.emit(wanted))
            row.addWidget(button)
            self.rows.addLayout(row)
        self.setVisible(bool(left))


class WaitingCard(Card):
    """What waits for new leaves."""

    go = Signal(str)
    drop = Signal(str)

    def __init__(self) -> None:
        super().__init__(self.tr("Waiting for new leaves"))
        self.rows = vertical(8)
        self.body.addLayout(self.rows)
        self.hide()

    def show_waiting(self, views: tuple[WaitView, ...]) -> None:
        """One row each; ready ones can go on."""
        clear(self.rows)
        for one in views:
            state = (
                self.tr("ready")
                if one.ready
                else self.tr("{0} of {1} leaves").format(one.leaves_seen, one.leaves_wanted)
            )
            self.rows.addWidget(label(f"{one.title}: {state}", "text", wrap=True))
            row = horizontal(8)
            if one.ready:
                go = Button(
                    self.tr("Go on"),
                    "primary",
                    "arrow-right",
                    self.tr("Go on with {0}").format(one.id),
                )
                go.clicked.connect(lambda _=False, wanted=one.id: self.go.emit(wanted))
                row.addWidget(go)
            drop = Button(self.tr("Give up"), "quiet", "x", self.tr("Give up {0}").format(one.id))
            drop.clicked.connect(lambda _=False, wanted=one.id: self.drop.emit(wanted))
            row.addWidget(drop)
            row.addStretch(1)
            self.rows.addLayout(row)
        self.setVisible(bool(views))

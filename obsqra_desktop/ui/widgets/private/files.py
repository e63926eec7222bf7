"""Files that come in, and the backup of private money."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.mist.copy import NO_COPY
from obsqra_desktop.flows.private_backup import BackupNeed, BackupView
from obsqra_desktop.ui.format import UNKNOWN, moment
from obsqra_desktop.ui.widgets.account_steps import TwicePassphrase
from obsqra_desktop.ui.widgets.base import Card, Notice, label, reveal
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.form import edit, enter_presses, field, in_words, mark
from obsqra_desktop.ui.widgets.private.copy import CopyChoice, CopyView
from obsqra_desktop.ui.widgets.private.counters import CountersCard
from obsqra_desktop.ui.widgets.private.vault import VaultCard


class PassphraseForm(Card):
    """A passphrase for a file: typed twice to write one, once to read one."""

    wanted = Signal(str)

    def __init__(
        self, verb: str, icon: str, *, new: bool, choice: CopyChoice | None = None
    ) -> None:
        super().__init__()
        self.setProperty("kind", "sunken")
        self.choice = choice
        self.words = label("", "secondary", wrap=True)
        self.twice = TwicePassphrase(narrow=True) if new else None
        self.once = edit(self.tr("Passphrase of the file"), hidden=True)
        self.button = Button(verb, "primary", icon)
        self.close_button = Button(self.tr("Not now"), "quiet", "x")
        self.add(self.words)
        if self.twice is not None:
            self.add(self.twice)
            for line in self._lines():
                line.textChanged.connect(self._agree)
        else:
            self.body.addLayout(field(self.tr("Passphrase of the file"), self.once))
            self.once.textChanged.connect(self._agree)
        enter_presses(self.button, *self._lines())
        if choice is not None:
            self.add(choice)
        self.trouble = label("", "caption", "bad", wrap=True)
        self.trouble.hide()
        self.add(self.trouble)
        self.add_left(self.button)
        self.add_left(self.close_button)
        self.button.clicked.connect(self._on_clicked)
        self.close_button.clicked.connect(self.close_form)
        self._agree()
        self.hide()

    def _lines(self) -> tuple[QLineEdit, ...]:
        return (self.twice.first, self.twice.again) if self.twice is not None else (self.once,)

    def ask(self, words: str, *, choice: bool = False) -> None:
        """Show it, with the choice that belongs to some of its files."""
        self.words.setText(words)
        if self.choice is not None:
            self.choice.setVisible(choice)
        self.show()
        self.trouble.hide()
        mark(self.once, False)
        self._lines()[0].setFocus()
        reveal(self)

    def show_problem(self, error: AppError) -> None:
        """The passphrase does not open it: another try, without choosing the file again."""
        self.trouble.setText(in_words(error))
        self.trouble.show()
        mark(self.once, True)
        reveal(self)

    def close_form(self) -> None:
        """Forget what was typed and go."""
        if self.twice is not None:
            self.twice.clear()
        self.once.clear()
        inside = any(one.hasFocus() for one in self.findChildren(QWidget))
        self.hide()
        if inside and (near := self.parentWidget()) is not None:
            near.setFocus()  # the keyboard stays here

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
        self.choice, self.copy = CopyChoice(), CopyView()
        self.new = PassphraseForm(
            self.tr("Choose where…"), "floppy-disk", new=True, choice=self.choice
        )
        self.known = PassphraseForm(self.tr("Open the file"), "lock-simple-open", new=False)
        for widget in (self.state, self.copy, self.notice):
            self.add(widget)
        for button in (self.backup_button, self.restore_button, self.import_button):
            self.add_left(button)
        self.add(self.new)
        self.add(self.known)
        self.counters, self.vault = CountersCard(), VaultCard()
        self.add(self.counters)
        self.add(self.vault)

    def show_view(self, view: BackupView | None) -> None:
        """Whether the newest backup, and the copy beside it, have everything; None is no book."""
        something = view is not None and view.need is not BackupNeed.NOTHING
        self.backup_button.setEnabled(something)
        nothing = self.tr("Nothing to back up yet.")
        self.backup_button.setToolTip("" if something else nothing)
        self.copy.show_state(view.copy if view is not None else NO_COPY)
        if view is None:
            self.state.setText(nothing)
            return
        when = moment(view.at) if view.at is not None else UNKNOWN
        words = {
            BackupNeed.NOTHING: nothing,
            BackupNeed.FIRST: self.tr(
                "No backup yet: losing this computer would be losing what is private."
            ),
            BackupNeed.AGAIN: self.tr(
                "Backed up {0}. {1} since then would be lost with this computer: save another "
                "backup."
            ).format(when, notes_words(len(view.lost))),
            BackupNeed.COPIED: self.tr("Backed up {0}. {1} since then: in the copy.").format(
                when, notes_words(view.newer)
            ),
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

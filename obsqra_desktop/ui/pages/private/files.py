"""Files of private money: where they go, where they come from, and their passphrases."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QCoreApplication, SignalInstance
from PySide6.QtWidgets import QFileDialog, QWidget

from obsqra_desktop.domain.chain_errors import WrongPassphrase
from obsqra_desktop.domain.errors import AppError, InvalidInput
from obsqra_desktop.domain.mist.errors import CountersFar
from obsqra_desktop.services.mist.backup import Backup, Restored
from obsqra_desktop.services.mist.desk import MistDesk
from obsqra_desktop.services.mist.giving import Imported
from obsqra_desktop.ui import dialogs
from obsqra_desktop.ui.format import moment
from obsqra_desktop.ui.widgets.base import Notice, reveal
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.form import in_words, title_of
from obsqra_desktop.ui.widgets.private.counters import CountersCard
from obsqra_desktop.ui.widgets.private.files import FilesCard, PassphraseForm, notes_words
from obsqra_desktop.ui.widgets.private.hand_over import HandOverCard
from obsqra_desktop.ui.widgets.private.vault import VaultCard

T = TypeVar("T")


class Host(Protocol):
    """The page, as far as it is needed here."""

    @property
    def said(self) -> SignalInstance: ...
    @property
    def keys_changed(self) -> SignalInstance: ...
    def refresh(self) -> None: ...
    def with_vault(self, words: str, then: Callable[[], None]) -> None: ...
    def run_task(
        self,
        work: Coroutine[Any, Any, T],
        done: Callable[[T], None],
        button: Button | None = None,
        busy: str = "",
        misfit: Callable[[InvalidInput], None] | None = None,
    ) -> None: ...


def tr(words: str) -> str:
    """Translated."""
    return QCoreApplication.translate("PrivatePage", words)


class FileWork:
    """A passphrase first, or the file first; then the work."""

    def __init__(
        self, host: Host, parent: QWidget, desk: MistDesk, files: FilesCard, given: HandOverCard
    ) -> None:
        self._host, self._parent = host, parent
        self._desk, self._files, self._given = desk, files, given
        self.dialog: QFileDialog | None = None
        self._refused: Path | None = None
        """The backup whose counters were refused last."""
        self._new = Passphrases(files.new)
        self._known = Passphrases(files.known)
        self._hand_over = Passphrases(given.form)
        files.backup_button.clicked.connect(self.ask_back_up)
        files.restore_button.clicked.connect(self.ask_restore)
        files.import_button.clicked.connect(lambda: self._ask_file(self._take_in_from))
        files.counters.wanted.connect(self._ask_again)
        files.copy.turned.connect(self.keep_copy)
        files.copy.looked.connect(lambda: self._host.refresh())
        given.wanted.connect(self._ask_hand_over)

    @property
    def open_form(self) -> PassphraseForm | CountersCard | VaultCard | None:
        """What asks for something at this moment."""
        files = self._files
        forms = (self._given.form, files.counters, files.vault, files.new, files.known)
        return next((one for one in forms if one.isVisible()), None)

    def _tell(self, kind: str, words: str, detail: str) -> None:
        notice: Notice = self._files.notice
        notice.say(kind, words, detail)
        notice.show()
        reveal(notice)

    def _misfit(self, error: InvalidInput) -> None:
        """No such file, or a damaged one: told where it was chosen."""
        self._tell("bad", title_of(error), in_words(error))

    def _saved(self, name: str) -> None:
        self._host.said.emit(tr("Saved as {0}. Keep a copy elsewhere.").format(name))
        self._host.refresh()

    def _save(self, title: str, name: str, then: Callable[[Path], None]) -> None:
        self.dialog = dialogs.save_file(self._parent, title, name, tr("Files (*.json)"), then)

    def _ask_file(self, then: Callable[[Path], None]) -> None:
        kinds = tr("Files (*.json);;All files (*)")
        self.dialog = dialogs.open_file(self._parent, tr("Choose the file"), kinds, then)

    # --- backup ---

    def ask_back_up(self) -> None:
        """First its passphrase, then where to."""

        def go(words: str) -> None:
            self._save(
                tr("Save the backup of private money"),
                "obsqra-private-backup.json",
                lambda path: self.back_up(path, words),
            )

        self._new.ask(
            tr("The file gets a passphrase of its own; whoever has both has the money."),
            go,
            choice=True,
        )

    def back_up(self, path: Path, passphrase: str) -> None:
        """Secret, notes, and the keys of their accounts; says which keys are not in it."""

        def done(made: Backup) -> None:
            self._saved(path.name)
            if made.left_out:
                self._tell("warn", tr("It cannot bring back everything"), " ".join(made.left_out))

        self._host.run_task(
            self._desk.back_up(path, passphrase, with_copy=self._files.choice.wanted),
            done,
            self._files.backup_button,
            tr("Encrypting…"),
        )

    def keep_copy(self, on: bool) -> None:
        """The copy of the notes beside the last backup, or none."""
        self._host.run_task(self._desk.keep_copy(on=on), lambda _: self._host.refresh())

    def ask_restore(self) -> None:
        """First the file; then a vault if there is none, and its passphrase."""
        self._ask_file(self._restore_from)

    def _restore_from(self, path: Path) -> None:
        for form in (self._files.counters, self._files.vault):
            form.close_form()
        self._files.notice.hide()

        def go() -> None:
            self._known.ask(
                tr("Restoring {0} merges it with what is here.").format(path.name),
                lambda words: self.restore(path, words),
            )

        self._host.with_vault(
            tr("{0} brings back keys; they need a place on this computer first.").format(path.name),
            go,
        )

    def _ask_again(self) -> None:
        """The passphrase once more: it was not kept, and what follows cannot be undone."""
        if (path := self._refused) is not None:
            self._known.ask(
                tr("Restoring {0} with its counters, which cannot be undone.").format(path.name),
                lambda words: self.restore(path, words, trust_counters=True),
            )

    def restore(self, path: Path, passphrase: str, *, trust_counters: bool = False) -> None:
        """Bring back secret and notes; then it wants a look at the chain."""

        def done(restored: Restored | CountersFar | WrongPassphrase) -> None:
            if isinstance(restored, WrongPassphrase):
                self._known.again(restored)
                return
            if isinstance(restored, CountersFar):
                self._refused = path
                self._files.counters.ask(restored.detail)
                return
            self._tell(
                "warn" if restored.trouble or restored.copy.trouble else "good",
                tr("{0} notes brought back").format(restored.notes),
                " ".join(
                    (*restored.trouble, copy_words(restored), tr("Now look from the first block."))
                ),
            )
            self._host.keys_changed.emit()
            self._host.refresh()

        self._host.run_task(
            self._read(path, passphrase, trust_counters),
            done,
            self._files.restore_button,
            tr("Opening…"),
            self._misfit,
        )

    async def _read(
        self, path: Path, passphrase: str, trust_counters: bool
    ) -> Restored | CountersFar | WrongPassphrase:
        """What it has brought, or what has a way round: another passphrase, counters refused."""
        try:
            return await self._desk.restore(path, passphrase, trust_counters=trust_counters)
        except (CountersFar, WrongPassphrase) as refused:
            return refused

    # --- notes ---

    def _take_in_from(self, path: Path) -> None:
        self._known.ask(
            tr("Whoever made {0} has told you its passphrase.").format(path.name),
            lambda words: self.take_in(path, words),
        )

    def take_in(self, path: Path, passphrase: str) -> None:
        """A note from somebody's file."""

        def done(found: Imported) -> None:
            facts = [
                words
                for holds, words in (
                    (not found.in_pool, tr("Its leaf is not in the pool yet.")),
                    (not found.spendable, tr("The account that owns it is not here.")),
                    (
                        found.key_known_to_others,
                        tr("Others may know its key: re-wrap it first."),
                    ),
                )
                if holds
            ]
            self._tell("warn" if facts else "good", tr("The note is here"), " ".join(facts))
            self._host.refresh()

        self._host.run_task(
            self._desk.take_in(None, path, passphrase),
            done,
            self._files.import_button,
            tr("Opening…"),
        )

    def _ask_hand_over(self, hand_over: str) -> None:
        def go(words: str) -> None:
            self._save(
                tr("Save the file for the receiver"),
                f"obsqra-hand-over-{hand_over}.json",
                lambda path: self.hand_over(hand_over, path, words),
            )

        self._hand_over.ask(
            tr(
                "The file tells the receiver the amount; it holds no key. Tell its passphrase by "
                "another way than the file."
            ),
            go,
        )

    def hand_over(self, hand_over: str, path: Path, passphrase: str) -> None:
        """Save what the receiver has to be told."""
        self._host.run_task(self._desk.hand_over(None, hand_over, path, passphrase), self._saved)

    def ask_export(self, note: str) -> None:
        """A whole note as a file."""

        def go(words: str) -> None:
            self._save(
                tr("Save the note"),
                f"obsqra-note-{note}.json",
                lambda path: self.export(note, path, words),
            )

        self._new.ask(
            tr(
                "Whoever opens the file and has the owner’s account can spend the note. It gets a "
                "passphrase of its own."
            ),
            go,
        )

    def export(self, note: str, path: Path, passphrase: str) -> None:
        """Save a whole note with its key."""
        self._host.run_task(self._desk.export(None, note, path, passphrase), self._saved)


class Passphrases:
    """One form that several verbs share: the last one that asked gets the words."""

    def __init__(self, form: PassphraseForm) -> None:
        self._form = form
        self._then: Callable[[str], None] | None = None
        self._last: tuple[str, Callable[[str], None]] | None = None
        form.wanted.connect(self._on_wanted)

    def ask(self, words: str, then: Callable[[str], None], *, choice: bool = False) -> None:
        """Show the form."""
        self._then, self._last = then, (words, then)
        self._form.ask(words, choice=choice)

    def again(self, error: AppError) -> None:
        """The same once more, with what was wrong."""
        if self._last is not None:
            self.ask(*self._last)
            self._form.show_problem(error)

    def _on_wanted(self, passphrase: str) -> None:
        then, self._then = self._then, None
        if then is not None:
            then(passphrase)


def copy_words(restored: Restored) -> str:
    """What came of the copy of the notes beside a backup."""
    use = restored.copy
    if use.used and use.saved_at is not None:
        words = tr("With the copy beside it, of {0}: {1} that the backup lacks. It goes on.")
        return words.format(moment(use.saved_at), notes_words(use.notes))
    if use.trouble:
        return tr("The copy beside it was not used. {0}").format(use.trouble)
    return tr("No copy of the notes lay beside it.")

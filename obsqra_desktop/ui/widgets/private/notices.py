"""What private money has to say about itself as a whole, above everything else."""

from obsqra_desktop.domain.mist.book import from_elsewhere
from obsqra_desktop.domain.mist.copy import CopyKind
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.flows.private_backup import URGENT, BackupNeed, BackupView
from obsqra_desktop.ui.widgets.base import Notice
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.private.files import notes_words


class ElsewhereNotice(Notice):
    """Tells when notes came in under one's own keys and were not made here."""

    def __init__(self) -> None:
        super().__init__("warn")
        self.hide()

    def show_book(self, book: MistBook | None) -> None:
        """In sight only where there are some."""
        foreign = len(from_elsewhere(book)) if book is not None else 0
        self.setVisible(foreign > 0)
        if foreign:
            self.say(
                "warn",
                self.tr("Another computer has the same secret"),
                self.tr(
                    "{0} of your notes came in without being made here; or this folder is an older "
                    "copy. Nothing is lost by that: go on with one of them only."
                ).format(foreign),
            )


class BackUpNotice(Notice):
    """Asks for a backup where something would be lost without one, and says why."""

    def __init__(self) -> None:
        super().__init__("warn")
        self.button = Button(self.tr("Back up now"), "plain", "floppy-disk")
        self.verbs.addWidget(self.button)
        self.hide()

    def show_view(self, view: BackupView) -> None:
        """In sight only where it is urgent."""
        self.setVisible(view.need in URGENT)
        if view.need is BackupNeed.FIRST:
            self.say(
                "warn",
                self.tr("Save a backup now"),
                self.tr("What is private is known to this computer alone: without it, it is lost."),
            )
        elif view.need is BackupNeed.AGAIN:
            why = [
                words
                for holds, words in (
                    (
                        view.unwritten,
                        self.tr(
                            "A split, a forward or an uncommon amount left a sum in the pool that "
                            "stands nowhere on chain."
                        ),
                    ),
                    (
                        view.foreign,
                        self.tr("A note from a file has a key that was made elsewhere."),
                    ),
                )
                if holds
            ]
            if view.copy.kind is CopyKind.BEHIND:
                why.append(self.tr("The copy beside the backup is behind."))
            lost = self.tr("Without a newer backup, {0} would be lost with this computer.")
            self.say(
                "warn",
                self.tr("Back up again"),
                " ".join([*why, lost.format(notes_words(len(view.lost)))]),
            )

"""Forwarded amounts whose receivers have to be told."""

from PySide6.QtCore import Signal

from obsqra_desktop.domain.mist_notes import HandOver, MistBook
from obsqra_desktop.ui.models.notes import amount_text
from obsqra_desktop.ui.widgets.base import Card, clear, horizontal, label, vertical
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.private_files import PassphraseForm


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

"""Forwarded amounts whose receivers have to be told."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from obsqra_desktop.domain.amounts import Token
from obsqra_desktop.domain.mist.entries import HandOver
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.ui.models.notes import amount_text
from obsqra_desktop.ui.widgets.base import Card, clear, horizontal, label, vertical
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.private.files import PassphraseForm

SAVED_SHOWN: Final = 5
"""The newest hand-overs with a file; the command line has all of them."""


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

    def show_book(self, book: MistBook | None, hide: bool, tokens: tuple[Token, ...] = ()) -> None:
        """Those without a file, then the newest with one, as a file can be lost on its way; the
        card goes when there is none."""
        clear(self.rows)
        given = [one for one in book.handovers if not one.void] if book is not None else []
        left = [one for one in given if not one.handed_over]
        saved = [one for one in given if one.handed_over][-SAVED_SHOWN:]
        for one in (*left, *reversed(saved)):
            self.rows.addLayout(self._row(one, hide, tokens))
        self.setVisible(bool(left or saved))

    def _row(self, one: HandOver, hide: bool, tokens: tuple[Token, ...]) -> QHBoxLayout:
        row = horizontal(8)
        words = f"{amount_text(one.token, one.amount, hide, tokens)} {one.label}".strip()
        if one.handed_over:
            words = self.tr("{0} (file saved)").format(words)
        row.addWidget(label(words, "secondary" if one.handed_over else "text", wrap=True), 1)
        button = Button(
            self.tr("Save it again…") if one.handed_over else self.tr("Save the file…"),
            "quiet" if one.handed_over else "plain",
            "floppy-disk",
            self.tr("Save the file for hand-over {0}").format(one.id),
        )
        button.clicked.connect(lambda _=False, wanted=one.id: self.wanted.emit(wanted))
        row.addWidget(button)
        return row

"""What a look at the pool did not find again, and the search that goes deeper."""

from typing import Final

from obsqra_desktop.domain.amounts import Token
from obsqra_desktop.domain.mist.deep import MOST_DIGITS, USUAL_DIGITS
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.ui.format import grouped
from obsqra_desktop.ui.models.notes import amount_text
from obsqra_desktop.ui.widgets.base import Card, Notice, horizontal, label
from obsqra_desktop.ui.widgets.buttons import Button

SHOWN: Final = 4
"""Sums that are named; the others are counted."""


class MissingCard(Card):
    """In sight only where something is missing, or the search that has found it still speaks."""

    def __init__(self) -> None:
        super().__init__(self.tr("Not found again"))
        self.digits = USUAL_DIGITS
        self.sums = label("", "strong", wrap=True)
        self.words = label("", "secondary", wrap=True)
        self.progress = label("", "caption", wrap=True)
        self.notice = Notice()
        self.notice.hide()
        self.button = Button(self.tr("Search &deeper"), "plain", "binoculars")
        self.stop_button = Button(self.tr("Stop searching"), "plain", "stop-circle")
        self.stop_button.hide()
        for widget in (self.sums, self.words, self.progress, self.notice):
            self.add(widget)
        row = horizontal(8)
        row.addWidget(self.button)
        row.addWidget(self.stop_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.progress.hide()
        self.hide()

    def show_book(self, book: MistBook | None, hide: bool, tokens: tuple[Token, ...] = ()) -> None:
        """Which sums, and what can be done."""
        missing = book.missing if book is not None else ()
        self.setVisible(bool(missing) or not self.stop_button.isHidden())
        sums = [amount_text(one.token, one.amount, hide, tokens) for one in missing[:SHOWN]]
        if len(missing) > SHOWN:
            sums.append(self.tr("{0} more").format(len(missing) - SHOWN))
        self.sums.setText(", ".join(sums))
        done = min((one.digits for one in missing), default=0)
        self.digits = min(max(done + 1, USUAL_DIGITS), MOST_DIGITS)
        tried = self.tr("Amounts of up to {0} digits were tried.").format(done) if done else ""
        words = self.tr(
            "Steps of yours left these sums in the pool: as notes of yours, or forwarded to "
            "somebody. No block tells their parts. Restore a backup that is newer than they are, "
            "or search deeper: every amount of up to {0} digits is tried here, no node is asked. "
            "Each digit more takes ten times as long."
        )
        self.words.setText(f"{words.format(self.digits)} {tried}".strip())

    def show_searching(self, on: bool) -> None:
        """Between its first amount and its end."""
        self.stop_button.setVisible(on)
        self.progress.setVisible(on)
        if on:
            self.notice.hide()
            self.progress.setText("")

    def show_step(self, place: int, parts: int, digits: int, done: int, total: int) -> None:
        """How many amounts of so many digits were tried for one of the sums."""
        words = self.tr("Sum {0} of {1}, {2} digits: {3} of {4} amounts …")
        self.progress.setText(words.format(place, parts, digits, grouped(done), grouped(total)))

    def say(self, kind: str, title: str, detail: str = "") -> None:
        """How it has ended."""
        self.notice.say(kind, title, detail)
        self.notice.show()

"""Everything of private money in one view: a newcomer's way, notes, forms, pool, files."""

from PySide6.QtWidgets import QBoxLayout, QWidget

from obsqra_desktop.domain.mist.copy import CopyState
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.domain.mist.pool import TRUST_NOTES
from obsqra_desktop.flows.private_backup import backup_view
from obsqra_desktop.ui.pages.page import Body
from obsqra_desktop.ui.widgets.base import Card, Notice, vertical
from obsqra_desktop.ui.widgets.columns import Columns, Flexible
from obsqra_desktop.ui.widgets.private.deposit import DepositForm
from obsqra_desktop.ui.widgets.private.files import FilesCard
from obsqra_desktop.ui.widgets.private.guide import GuideCard
from obsqra_desktop.ui.widgets.private.hand_over import HandOverCard
from obsqra_desktop.ui.widgets.private.missing import MissingCard
from obsqra_desktop.ui.widgets.private.notes import NotesCard
from obsqra_desktop.ui.widgets.private.notices import BackUpNotice, ElsewhereNotice
from obsqra_desktop.ui.widgets.private.pool import PoolCard, ScanCard, TrustCard
from obsqra_desktop.ui.widgets.private.request import RequestCard
from obsqra_desktop.ui.widgets.private.spend import SpendForm
from obsqra_desktop.ui.widgets.private.waiting import WaitingCard


class OverviewView(Body):
    """The cards and where they stand."""

    def __init__(self) -> None:
        super().__init__()
        columns = Columns(side_width=340)
        self.column.addWidget(columns)
        self.notice = Notice()
        self.notice.hide()
        self.guide = GuideCard()
        self.elsewhere, self.back_up = ElsewhereNotice(), BackUpNotice()
        self.missing = MissingCard()
        self.pool, self.trust, self.scan = PoolCard(), TrustCard(), ScanCard()
        self.trust.show_notes(TRUST_NOTES)
        self.notes, self.deposit, self.spend = NotesCard(), DepositForm(), SpendForm()
        self.requests, self.files = RequestCard(), FilesCard()
        self.hand_overs, self.waiting = HandOverCard(), WaitingCard()
        for later in (self.hand_overs, self.spend):
            later.hide()
        for widget in (
            self.notice,
            self.guide,
            self.elsewhere,
            self.back_up,
            self.missing,
            self.notes,
            self.spend,
            self.waiting,
            self.hand_overs,
            self.deposit,
        ):
            columns.main.addWidget(widget)
        self._columns = columns
        self._box, self._first = _group(columns.side, self.pool, self.scan, self.files)
        _group(columns.side, self.requests, self.trust)
        self.show_pool(False)

    def show_pool(self, there: bool, *, pays: bool = False, owns: bool = False) -> None:
        """Without a pool its card is what matters, and nothing else can be done; nor can money be
        put in without an account that pays, nor be asked for without one to own it."""
        for widget in (self.notes, self.scan, self.files):
            widget.setVisible(there)
        self.deposit.setVisible(there and pays)
        self.requests.setVisible(there and owns)
        self._box.setVisible(there)
        self.place_pool(first=not there)

    def show_files(self) -> None:
        """A backup can be restored before there is anything else."""
        self.files.show()
        self._box.show()

    def place_pool(self, *, first: bool) -> None:
        """Its card comes first where something has to be done about it."""
        if first:
            self._columns.main.insertWidget(2, self.pool)
        else:
            self._first.insertWidget(0, self.pool)

    def show_part(self, part: QWidget) -> None:
        """Scroll to something that has just come into being."""
        if (content := self.widget()) is not None and (layout := content.layout()) is not None:
            layout.activate()
        self.ensureWidgetVisible(part)

    def forget(self) -> None:
        """What was typed for a step that was sent: nothing goes in twice by a second click."""
        for form in (self.deposit, self.spend):
            form.amount.text.clear()
            form.label.clear()
            form.request.clear()

    def show_book(self, book: MistBook | None, copy: CopyState) -> None:
        """What it says about the whole: another computer, a backup that is missing."""
        self.elsewhere.show_book(book)
        view = backup_view(book, copy)
        self.back_up.show_view(view)
        self.files.show_view(view if book is not None else None)


def _group(side: QBoxLayout, *cards: Card) -> tuple[QWidget, QBoxLayout]:
    """Cards that stay below one another, also when the side cards move below the notes."""
    box = Flexible()
    column = vertical(16)
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    box.setLayout(column)
    side.addWidget(box)
    return box, column

"""Everything of private money in one view: a newcomer's way, notes, forms, pool, files."""

from PySide6.QtWidgets import QBoxLayout, QWidget

from obsqra_desktop.domain.amounts import KNOWN_TOKENS
from obsqra_desktop.domain.chain_types import VaultMethod
from obsqra_desktop.domain.mist_notes import MistBook
from obsqra_desktop.domain.mist_pool import TRUST_NOTES
from obsqra_desktop.flows.private import NEED_STEPS, PrivateNeed
from obsqra_desktop.flows.private_backup import backup_view
from obsqra_desktop.ui.pages.page import Body
from obsqra_desktop.ui.widgets.account_steps import UnlockForm
from obsqra_desktop.ui.widgets.base import Card, Notice, horizontal, label, vertical
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.columns import Columns, Flexible
from obsqra_desktop.ui.widgets.private_files import (
    FilesCard,
    HandOverCard,
    RequestCard,
    WaitingCard,
)
from obsqra_desktop.ui.widgets.private_forms import DepositForm, SpendForm
from obsqra_desktop.ui.widgets.private_notes import NotesCard
from obsqra_desktop.ui.widgets.private_notices import BackUpNotice, ElsewhereNotice
from obsqra_desktop.ui.widgets.private_pool import PoolCard, ScanCard, TrustCard
from obsqra_desktop.ui.widgets.stepper import Stepper, StepWords


class GuideCard(Card):
    """What comes next for somebody who has no private money yet."""

    def __init__(self) -> None:
        super().__init__()
        self.need = PrivateNeed.NOTHING
        self.stepper = Stepper(
            [
                StepWords(self.tr("Account"), self.tr("who pays in")),
                StepWords(self.tr("Pool"), self.tr("where it goes")),
                StepWords(self.tr("Put in"), self.tr("seen by everybody")),
                StepWords(self.tr("Take out"), self.tr("from which note: hidden")),
            ]
        )
        self.title = label("", "strong", wrap=True)
        self.words = label("", "secondary", wrap=True)
        self.unlock = UnlockForm()
        self.account_button = Button(self.tr("Open the Account page"), "primary", "wallet")
        self.faucet = Button(self.tr("Get 1 000 play STRK"), "primary", "drop")
        for widget in (self.stepper, self.title, self.words, self.unlock):
            self.add(widget)
        row = horizontal(8)
        row.addWidget(self.account_button)
        row.addWidget(self.faucet)
        row.addStretch(1)
        self.body.addLayout(row)
        self.hide()

    def show_need(self, need: PrivateNeed, name: str, practice: bool, method: VaultMethod) -> None:
        """The next step; `name` is the account's."""
        self.need = need
        words = {
            PrivateNeed.ACCOUNT: (
                self.tr("First, an account"),
                self.tr(
                    "Money goes into the pool from an account of yours that has some STRK. If you "
                    "have a backup of private money: set up how keys are kept on the Account "
                    "page, then restore it here."
                ),
            ),
            PrivateNeed.POOL: (
                self.tr("Now, a pool"),
                self.tr("Make one of your own on the practice chain: it works like MIST’s.")
                if practice
                else self.tr("None is known on this network. Choose another on Networks."),
            ),
            PrivateNeed.FUNDS: (
                self.tr("{0} has no STRK yet").format(name),
                self.tr("It takes some for the deposit and for fees."),
            ),
            PrivateNeed.DEPLOY: (
                self.tr("{0} is not on the chain yet").format(name),
                self.tr("One transaction deploys it; from then on it can pay in."),
            ),
            PrivateNeed.DEPOSIT: (
                self.tr("Put a first amount in"),
                self.tr(
                    "Choose one below. Before anything is sent you see how private it is and what "
                    "it costs."
                ),
            ),
        }.get(need, ("", ""))
        for line, text in zip((self.title, self.words), words, strict=True):
            line.setText(text)
            line.setVisible(bool(text))
        self.unlock.setVisible(need is PrivateNeed.UNLOCK)
        self.unlock.show_method(method)
        self.faucet.setVisible(need is PrivateNeed.FUNDS and practice)
        self.account_button.setVisible(
            need in {PrivateNeed.ACCOUNT, PrivateNeed.DEPLOY}
            or (need is PrivateNeed.FUNDS and not practice)
        )
        self.stepper.show_step(NEED_STEPS[need])
        self.setVisible(need is not PrivateNeed.NOTHING)


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
        self.pool, self.trust, self.scan = PoolCard(), TrustCard(), ScanCard()
        self.trust.show_notes(TRUST_NOTES)
        self.notes, self.deposit, self.spend = NotesCard(), DepositForm(KNOWN_TOKENS), SpendForm()
        self.requests, self.files = RequestCard(), FilesCard()
        self.hand_overs, self.waiting = HandOverCard(), WaitingCard()
        for later in (self.hand_overs, self.spend):
            later.hide()
        for widget in (
            self.notice,
            self.guide,
            self.elsewhere,
            self.back_up,
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

    def show_pool(self, there: bool) -> None:
        """Without a pool its card is what matters, and nothing else can be done."""
        for widget in (self.notes, self.deposit, self.scan, self.requests, self.files):
            widget.setVisible(there)
        self._box.setVisible(there)
        self.place_pool(first=not there)

    def place_pool(self, *, first: bool) -> None:
        """Its card comes first where something has to be done about it."""
        if first:
            self._columns.main.insertWidget(2, self.pool)
        else:
            self._first.insertWidget(0, self.pool)

    def forget(self) -> None:
        """What was typed for a step that was sent: nothing goes in twice by a second click."""
        for form in (self.deposit, self.spend):
            form.amount.text.clear()
            form.label.clear()
            form.request.clear()

    def show_book(self, book: MistBook | None) -> None:
        """What it says about the whole: another computer, a backup that is missing."""
        self.elsewhere.show_book(book)
        self.back_up.show_view(backup_view(book))


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

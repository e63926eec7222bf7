"""Asking to be paid into the pool."""

from PySide6.QtCore import Signal

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.mist_entries import RequestState
from obsqra_desktop.domain.mist_fields import MAX_LABEL
from obsqra_desktop.domain.mist_notes import MistBook
from obsqra_desktop.services.mist.giving import GivenRequest
from obsqra_desktop.ui.format import moment
from obsqra_desktop.ui.widgets.base import Card, clear, horizontal, label, vertical
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.choice import Select
from obsqra_desktop.ui.widgets.form import edit, enter_presses, field
from obsqra_desktop.ui.widgets.hash_label import HashLabel
from obsqra_desktop.ui.widgets.private_owners import fill_owners, owner_in
from obsqra_desktop.ui.widgets.qr_code import QrCode


class RequestCard(Card):
    """Asking to be paid into the pool: the text holds a note's secret, no key and no owner."""

    wanted = Signal(object, str)
    """Owner address, label."""
    again = Signal(str)
    """Id of a request whose text is wanted once more."""

    def __init__(self) -> None:
        super().__init__(self.tr("Be paid into the pool"))
        self.owner = Select(self.tr("Owner of the paid note"))
        self.label = edit(
            self.tr("Name of the request, kept here only"),
            self.tr("kept here only"),
            most=MAX_LABEL,
        )
        self.button = Button(self.tr("Make a payment &request"), "plain", "plus")
        self.code = QrCode(232)
        self.text = HashLabel(self.tr("payment request"), head=14, tail=8)
        self.words = label(
            self.tr(
                "Who has this text can pay you, and find out when and how much was paid; not who "
                "you are, and they can spend nothing. Give each payer a request of their own."
            ),
            "caption",
            wrap=True,
        )
        self.where = label("", "caption", wrap=True)
        self.open_ones = vertical(4)
        self.body.addLayout(field(self.tr("Owner"), self.owner))
        self.body.addLayout(field(self.tr("Name"), self.label))
        self.add_left(self.button)
        self.add_left(self.code)
        self.add(self.text)
        self.add(self.where)
        self.add(self.words)
        self.body.addLayout(self.open_ones)
        self.button.clicked.connect(
            lambda: self.wanted.emit(owner_in(self.owner), self.label.text().strip())
        )
        enter_presses(self.button, self.label)
        self.hide_request()

    def show_accounts(self, sender: Account | None, accounts: tuple[Account, ...]) -> None:
        """Who may own what is paid."""
        fill_owners(self.owner, accounts, sender.address if sender is not None else None)
        self.button.setEnabled(self.owner.count() > 0)

    def show_request(self, given: GivenRequest) -> None:
        """As a QR code and as text to copy."""
        self.code.show_text(given.text)
        self.text.show_value(given.text)
        self.where.setText(
            self.tr("To be paid on {0} only, in this pool: elsewhere it is refused.").format(
                given.network
            )
        )
        for widget in (self.code, self.text, self.where, self.words):
            widget.show()
        self.label.clear()

    def hide_request(self) -> None:
        """Nothing of it in sight."""
        self.text.show_value("")
        for widget in (self.code, self.text, self.where, self.words):
            widget.hide()

    def show_book(self, book: MistBook | None) -> None:
        """The requests that are not paid yet."""
        clear(self.open_ones)
        for one in book.requests if book is not None else ():
            if one.state is not RequestState.OPEN:
                continue
            name = one.label or self.tr("Request {0}").format(one.id[:6])
            words = self.tr("{0} · {1}, not paid yet").format(name, moment(one.made_at))
            row = horizontal(8)
            row.addWidget(label(words, "caption", wrap=True), 1)
            button = Button(
                self.tr("Show"), "quiet", "eye", self.tr("Show request {0}").format(name)
            )
            button.clicked.connect(lambda _=False, wanted=one.id: self.again.emit(wanted))
            row.addWidget(button)
            self.open_ones.addLayout(row)

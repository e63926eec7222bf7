"""Asking to be paid into the pool."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import Token
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.entries import RequestState
from obsqra_desktop.domain.mist.fields import MAX_LABEL
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.services.mist.giving import GivenRequest
from obsqra_desktop.services.plans import known_token
from obsqra_desktop.services.tokens import short_address
from obsqra_desktop.ui.format import moment
from obsqra_desktop.ui.models.notes import amount_text
from obsqra_desktop.ui.widgets.base import Card, Notice, clear, horizontal, label, vertical
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.choice import Select
from obsqra_desktop.ui.widgets.form import edit, enter_presses, field, forget_problem, show_problem
from obsqra_desktop.ui.widgets.hash_label import HashLabel
from obsqra_desktop.ui.widgets.private.amount import AmountLine
from obsqra_desktop.ui.widgets.private.owners import fill_owners, owner_in
from obsqra_desktop.ui.widgets.private.tokens import TokenSelect
from obsqra_desktop.ui.widgets.qr_code import QrCode


class RequestCard(Card):
    """Asking to be paid into the pool: the text holds a note's secret, no key and no owner."""

    wanted = Signal(object, object, object, str)
    """Owner address, token or None, amount or None, label."""
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
        self.token = TokenSelect(self.tr("Token asked for"), self.tr("Any token, any amount"))
        self.amount = AmountLine(self.tr("Amount asked for"), stacked=True)
        self.asked = QWidget()
        self.asked.setLayout(
            field(
                self.tr("At least, or empty"),
                self.amount,
                self.tr(
                    "The request’s text does not say it, so tell your payer. With less it stays "
                    "open here."
                ),
            )
        )
        self.asked.hide()
        self.notice = Notice()
        self.notice.hide()
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
        self.body.addLayout(field(self.tr("Token"), self.token))
        self.add(self.asked)
        self.body.addLayout(field(self.tr("Name"), self.label))
        self.add(self.notice)
        self.add_left(self.button)
        self.add_left(self.code)
        self.add(self.text)
        self.add(self.where)
        self.add(self.words)
        self.body.addLayout(self.open_ones)
        self.button.clicked.connect(self._on_wanted)
        self.token.picked.connect(self._show_token)
        self.amount.text.textChanged.connect(
            lambda _: forget_problem(self.notice, self.amount.text)
        )
        enter_presses(self.button, self.amount.text, self.label)
        self.hide_request()

    def show_accounts(self, sender: Account | None, accounts: tuple[Account, ...]) -> None:
        """Who may own what is paid."""
        fill_owners(self.owner, accounts, sender.address if sender is not None else None)
        self.button.setEnabled(self.owner.count() > 0)

    def _show_token(self) -> None:
        """Its amounts, if it is one in particular."""
        token = self.token.token
        self.notice.hide()
        self.asked.setVisible(token is not None)
        if token is not None:
            self.amount.show_token(token.decimals, None)

    def _on_wanted(self) -> None:
        self.notice.hide()
        token, amount = self.token.token, None
        try:
            if token is not None and self.amount.text.text().strip():
                amount = self.amount.value()
        except InvalidInput as error:
            show_problem(self.notice, error, {"amount": self.amount.text})
            return
        self.wanted.emit(owner_in(self.owner), token, amount, self.label.text().strip())

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
        self.amount.text.clear()

    def hide_request(self) -> None:
        """Nothing of it in sight."""
        self.text.show_value("")
        for widget in (self.code, self.text, self.where, self.words):
            widget.hide()

    def show_book(
        self, book: MistBook | None, hide: bool = False, tokens: tuple[Token, ...] = ()
    ) -> None:
        """The requests that are not paid yet."""
        clear(self.open_ones)
        for one in book.requests if book is not None else ():
            if one.state is not RequestState.OPEN:
                continue
            name = one.label or self.tr("Request {0}").format(one.id[:6])
            asked = ""
            if one.token is not None and one.amount is not None:
                asked = amount_text(one.token, one.amount, hide, tokens)
            elif one.token is not None:
                known = known_token(one.token, tokens)
                asked = known.symbol if known is not None else short_address(one.token)
            what = f"{name} · {asked}" if asked else name
            words = self.tr("{0} · {1}, not paid yet").format(what, moment(one.made_at))
            row = horizontal(8)
            row.addWidget(label(words, "caption", wrap=True), 1)
            button = Button(
                self.tr("Show"), "quiet", "eye", self.tr("Show request {0}").format(name)
            )
            button.clicked.connect(lambda _=False, wanted=one.id: self.again.emit(wanted))
            row.addWidget(button)
            self.open_ones.addLayout(row)

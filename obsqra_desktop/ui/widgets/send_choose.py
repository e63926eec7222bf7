"""What is to be sent: from whom, to whom, what, how much."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import Token, parse_amount
from obsqra_desktop.domain.errors import AppError, InvalidInput
from obsqra_desktop.domain.felt import address_form, parse_address
from obsqra_desktop.domain.network import Network
from obsqra_desktop.ui.pages.split_body import SplitBody
from obsqra_desktop.ui.widgets.base import (
    Card,
    IconLine,
    Notice,
    horizontal,
    label,
    restyle,
    vertical,
)
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.choice import Segments
from obsqra_desktop.ui.widgets.form import edit, field, in_words, mark
from obsqra_desktop.ui.widgets.veiled_line import VeiledLine

OTHER = 2


class ChooseView(SplitBody):
    """From whom, to whom, what, how much."""

    changed = Signal()
    book_wanted = Signal()

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        super().__init__()
        self._tokens = tokens
        self.open = Notice("warn")
        self.open.hide()
        self.open_button = Button(self.tr("Look at it"), "plain", "clock-counter-clockwise")
        self.open.verbs.addWidget(self.open_button)
        card = Card(self.tr("Send tokens"))
        self.source = label("", "strong")
        self.source_note = label("", "caption", wrap=True)
        self.to = edit(self.tr("Recipient"), self.tr("0x… or a name of your address book"))
        self.nobody = Notice()
        self.nobody.say(
            "sunken",
            self.tr("There is nothing to send from yet"),
            self.tr("It takes an account with some STRK on this network."),
        )
        self.nobody_button = Button(self.tr("Make an account"), "plain", "wallet")
        self.nobody.verbs.addWidget(self.nobody_button)
        self.nobody.hide()
        self.to_note = label("", "caption", wrap=True)
        self.token_note = label("", "caption", "bad", wrap=True)
        self.token = Segments(
            [(one.symbol, "") for one in tokens] + [(self.tr("Other"), "")], self.tr("Token")
        )
        self.token_address = edit(self.tr("Address of the token"), "0x…")
        self.amount = VeiledLine(self.tr("Amount"), "0.0")
        self.all = Button(self.tr("&All of it"), "quiet", "arrow-up")
        self.amount_note = label("", "caption", "bad", wrap=True)
        card.body.addLayout(column(self.tr("From"), self.source, self.source_note))
        to_line = field(self.tr("To"), self.to)
        to_line.addWidget(self.to_note)
        card.body.addLayout(to_line)
        card.body.addLayout(field(self.tr("Token"), self.token))
        self.other = QWidget()
        other = field(self.tr("Address of the token"), self.token_address)
        other.addWidget(self.token_note)
        self.other.setLayout(other)
        card.add(self.other)
        amount_row = horizontal(8)
        amount_row.addWidget(self.amount, 1)
        amount_row.addWidget(self.all)
        amount_column = vertical(4)
        title = label(self.tr("Amount"), "secondary")
        title.setBuddy(self.amount)
        amount_column.addWidget(title)
        amount_column.addLayout(amount_row)
        amount_column.addWidget(self.amount_note)
        card.body.addLayout(amount_column)
        for place, widget in enumerate((self.nobody, self.open)):
            self.columns.main.insertWidget(place, widget)
        self.columns.main.addWidget(card)
        self.columns.side.addWidget(before_card())
        self.other.hide()
        for line in (self.to, self.amount, self.token_address):
            line.textChanged.connect(self.changed)
        self.token.chosen.connect(self._on_token)

    def _on_token(self, number: int) -> None:
        self.other.setVisible(number == OTHER)
        self.changed.emit()

    @property
    def token_words(self) -> str:
        """Symbol, or the address of another token."""
        number = self.token.group.checkedId()
        return self._tokens[number].symbol if number < OTHER else self.token_address.text().strip()

    def show_sender(self, account: Account | None, network: Network) -> None:
        """Whose tokens."""
        if account is None:
            self.source.setText("—")
            self.source_note.setText(self.tr("There is no account on {0}.").format(network.name))
            return
        self.source.setText(account.label or self.tr("Account"))
        text = account.address_text
        self.source_note.setText(f"{text[:12]}…{text[-8:]} · {network.name}")

    def check(
        self, resolve: Callable[[str], int], own: tuple[Account, ...]
    ) -> tuple[int, str] | None:
        """Address and amount text if both can be right; says in place what is not."""
        address, amount = None, self.amount.text().strip()
        mark(self.to, False)
        mark(self.amount, False)
        self.to_note.setText("")
        self.amount_note.setText("")
        token = self._token_fits()
        if self.to.text().strip():
            try:
                address = resolve(self.to.text())
            except AppError as error:
                self.to_note.setText(in_words(error))
                restyle(self.to_note, tone="bad")
                mark(self.to, True)
            else:
                mine = [one.label or "account" for one in own if one.address == address]
                words = self.tr("Your own: {0}").format(mine[0]) if mine else address_form(address)
                self.to_note.setText(words)
                restyle(self.to_note, tone="")
        if amount:
            try:
                value = parse_amount(amount, 18)
                if not value:
                    raise InvalidInput(self.tr("more than zero"))
            except InvalidInput as error:
                self.amount_note.setText(error.detail)
                mark(self.amount, True)
                amount = ""
        return (address, amount) if address is not None and amount and token else None

    def _token_fits(self) -> bool:
        """Whether a token is named; says in place if its address is wrong."""
        words = self.token_address.text().strip()
        mark(self.token_address, False)
        self.token_note.setText("")
        if self.token.group.checkedId() != OTHER:
            return True
        try:
            parse_address(words, where="token")
        except InvalidInput as error:
            if words:
                self.token_note.setText(in_words(error))
                mark(self.token_address, True)
            return False
        return True


def column(title: str, first: QWidget, second: QWidget) -> QVBoxLayout:
    """A small caption over two labels."""
    made = vertical(2)
    made.addWidget(label(title, "secondary"))
    made.addWidget(first)
    made.addWidget(second)
    return made


def before_card() -> Card:
    """What will happen, said before anything does."""
    card = Card("How sending works")
    for icon, words in (
        ("magnifying-glass", "First it is simulated: you see what would change and what it costs."),
        ("pencil-simple", "It is signed here, after your word, for this network alone."),
        ("list-checks", "It is written down before it leaves. A crash cannot pay twice."),
    ):
        card.add(IconLine(icon, "text_muted", words))
    return card

"""Putting money into the pool."""

from PySide6.QtCore import Signal

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import STRK, Token
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.fields import MAX_LABEL
from obsqra_desktop.ui.format import UNKNOWN
from obsqra_desktop.ui.models.notes import amount_text
from obsqra_desktop.ui.widgets.base import Card, Notice, horizontal, label
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.choice import Select
from obsqra_desktop.ui.widgets.form import edit, enter_presses, field, forget_problem, show_problem
from obsqra_desktop.ui.widgets.private.amount import AmountLine
from obsqra_desktop.ui.widgets.private.owners import fill_owners, name_of, owner_in
from obsqra_desktop.ui.widgets.private.tokens import TokenSelect


class DepositForm(Card):
    """Money into the pool: for a note of one's own, or to somebody's payment request."""

    wanted = Signal(object, object, object, object, str)
    """Token, amount, owner address or None, request or None, label."""

    def __init__(self) -> None:
        super().__init__(self.tr("Put money in"))
        self._sender = UNKNOWN
        self._depositor: int | None = None
        self.source = label("", "strong")
        self.faucet = Button("", "quiet", "drop")
        self.faucet.hide()
        self.token = TokenSelect(self.tr("Token"))
        self.amount = AmountLine(self.tr("Amount"))
        self.owner = Select(self.tr("Who will be able to spend it"))
        self.request = edit(
            self.tr("Somebody’s payment request"), self.tr("mist1:… or empty for yourself")
        )
        self.label = edit(
            self.tr("Label, kept here only"), self.tr("kept here only"), most=MAX_LABEL
        )
        self.notice = Notice()
        self.notice.hide()
        self.button = Button(self.tr("See how private it is"), "primary", "eye-closed")
        self.account_button = Button(self.tr("Make a &fresh account"), "plain", "plus")
        source = horizontal(8)
        source.addLayout(field(self.tr("From"), self.source), 1)
        source.addWidget(self.faucet)
        self.body.addLayout(source)
        self.body.addLayout(
            field(
                self.tr("Token"),
                self.token,
                self.tr(
                    "Those of this network’s list. One whose decimal places are not in it is not "
                    "offered: what is typed here would mean another amount. The command line asks "
                    "its contract: obsqra mist deposit --token ADDRESS."
                ),
            )
        )
        self.body.addLayout(field(self.tr("Amount"), self.amount))
        self.body.addLayout(
            field(
                self.tr("Who will be able to spend it"),
                self.owner,
                self.tr(
                    "The owner has to send the withdrawal and is public then. A fresh account is "
                    "not linked to you, unless its first STRK for fees come from an account of "
                    "yours."
                ),
            )
        )
        self.linked = label(
            self.tr("Chosen is the account that deposits: a withdrawal by it points back to it."),
            "caption",
            wrap=True,
        )
        self.add(self.linked)
        self.body.addLayout(field(self.tr("Or somebody’s payment request"), self.request))
        self.body.addLayout(field(self.tr("Label"), self.label))
        self.add(self.notice)
        row = horizontal(8)
        row.addWidget(self.button)
        row.addWidget(self.account_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.token.picked.connect(self._show_token)
        self.owner.currentIndexChanged.connect(lambda _: self._show_linked())
        self.request.textChanged.connect(lambda _: self._show_linked())
        self.request.textChanged.connect(lambda text: self.owner.setEnabled(not text.strip()))
        for line in (self.amount.text, self.request):
            line.textChanged.connect(lambda _, line=line: forget_problem(self.notice, line))
        self.button.clicked.connect(self._on_wanted)
        enter_presses(self.button, self.amount.text, self.request, self.label)

    def show_accounts(self, sender: Account | None, accounts: tuple[Account, ...]) -> None:
        """Who pays, and who may own the note."""
        self._sender = name_of(sender) if sender is not None else UNKNOWN
        self.source.setText(self._sender)
        self.button.setEnabled(sender is not None)
        self._depositor = sender.address if sender is not None else None
        fill_owners(self.owner, accounts, self._depositor)
        self._show_linked()

    def _show_linked(self) -> None:
        """Whether the note would belong to the account that deposits it."""
        same = self._depositor is not None and owner_in(self.owner) == self._depositor
        self.linked.setVisible(same and not self.request.text().strip())

    def _show_token(self) -> None:
        """Its amounts: common ones are another set for other decimal places."""
        token = self.token.token
        if token is not None:
            self.notice.hide()
            self.amount.show_token(token.decimals, None)

    def show_balance(self, value: int | None, tokens: tuple[Token, ...], *, hide: bool) -> None:
        """What the sender holds of the token that is chosen; None is not known."""
        token = self.token.token or STRK
        words = f"{UNKNOWN} {token.symbol}"
        if value is not None:
            words = amount_text(token.address, value, hide, tokens)
        self.source.setText(f"{self._sender} · {words}" if self._depositor else self._sender)
        self.faucet.set_words(self.tr("Get 1 000 play {0}").format(token.symbol))
        self.faucet.setAccessibleName(self.faucet.text())

    def show_faucet(self, practice: bool) -> None:
        """Play money can be had on a practice chain."""
        self.faucet.setVisible(practice and self.button.isEnabled())

    def show_problem(self, error: InvalidInput) -> None:
        """What does not fit, and its field."""
        fields = {"amount": self.amount.text, "request": self.request}
        show_problem(self.notice, error, fields)

    def _on_wanted(self) -> None:
        self.notice.hide()
        token = self.token.token
        if token is None:
            return
        try:
            amount = self.amount.value()
        except InvalidInput as error:
            self.show_problem(error)
            return
        request = self.request.text().strip() or None
        owner = None if request else owner_in(self.owner)
        self.wanted.emit(token, amount, owner, request, self.label.text().strip())

"""Putting money into the pool."""

from PySide6.QtCore import Signal

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import Token
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist_fields import MAX_LABEL
from obsqra_desktop.ui.format import UNKNOWN
from obsqra_desktop.ui.widgets.base import Card, Notice, horizontal, label
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.choice import Segments, Select
from obsqra_desktop.ui.widgets.form import edit, enter_presses, field, forget_problem, show_problem
from obsqra_desktop.ui.widgets.private_amount import AmountLine
from obsqra_desktop.ui.widgets.private_owners import fill_owners, name_of, owner_in


class DepositForm(Card):
    """Money into the pool: for a note of one's own, or to somebody's payment request."""

    wanted = Signal(object, object, object, object, str)
    """Token, amount, owner address or None, request or None, label."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        super().__init__(self.tr("Put money in"))
        self._tokens = tokens
        self._sender = UNKNOWN
        self._depositor: int | None = None
        self.source = label("", "strong")
        self.faucet = Button(self.tr("Get 1 000 play STRK"), "quiet", "drop")
        self.faucet.hide()
        self.token = Segments([(one.symbol, "") for one in tokens], self.tr("Token"))
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
        self.body.addLayout(field(self.tr("Token"), self.token))
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
        self.token.chosen.connect(lambda n: self.amount.show_token(self._tokens[n].decimals, None))
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

    def show_balance(self, words: str, practice: bool) -> None:
        """What the sender holds, "" for not known; play money can be had on a practice chain."""
        self.source.setText(f"{self._sender} · {words}" if words else self._sender)
        self.faucet.setVisible(practice and self.button.isEnabled())

    def show_problem(self, error: InvalidInput) -> None:
        """What does not fit, and its field."""
        fields = {"amount": self.amount.text, "request": self.request}
        show_problem(self.notice, error, fields)

    def _on_wanted(self) -> None:
        self.notice.hide()
        token = self._tokens[self.token.group.checkedId()]
        try:
            amount = self.amount.value()
        except InvalidInput as error:
            self.show_problem(error)
            return
        request = self.request.text().strip() or None
        owner = None if request else owner_in(self.owner)
        self.wanted.emit(token, amount, owner, request, self.label.text().strip())

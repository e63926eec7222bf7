"""What can be done with private money: putting some in, and dividing a note."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import Token, format_amount, parse_amount
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.mist_amounts import REASON, grid, is_common
from obsqra_desktop.domain.mist_notes import HeldNote
from obsqra_desktop.domain.mist_privacy import MistAction
from obsqra_desktop.services.plans import known_token
from obsqra_desktop.ui.format import UNKNOWN
from obsqra_desktop.ui.widgets.base import Card, Notice, horizontal, label, literal, vertical
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.choice import CheckBox, Segments, Select
from obsqra_desktop.ui.widgets.form import edit, field, in_words, mark, show_error

WAIT_LEAVES = 10
ACTIONS = (
    MistAction.WITHDRAW,
    MistAction.REWRAP,
    MistAction.SPLIT,
    MistAction.FORWARD,
    MistAction.EMERGENCY,
)


@dataclass(frozen=True)
class Wanted:
    """What was asked for a note."""

    action: MistAction
    amount: int | None
    owner: int | None
    request: str | None
    after_leaves: int | None


class AmountLine(QWidget):
    """An amount: common ones to choose from, and why; another one may be typed."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.common = Select(name + ": " + self.tr("common amounts"))
        self.text = edit(name, "0.0")
        self.note = label("", "caption", wrap=True)
        row = horizontal(8)
        row.addWidget(self.text, 1)
        row.addWidget(self.common, 1)
        column = vertical(4)
        column.addLayout(row)
        column.addWidget(self.note)
        self.setLayout(column)
        self.setFocusProxy(self.text)
        self._decimals = 18
        self._most: int | None = None
        self.common.activated.connect(self._on_common)
        self.text.textChanged.connect(self._on_text)
        self.show_token(18, None)

    def show_token(self, decimals: int, most: int | None) -> None:
        """Offer the grid of a token, up to `most` of its smallest unit."""
        self._decimals, self._most = decimals, most
        self.common.clear()
        self.common.addItem(self.tr("Common amounts"))
        for one in grid(decimals):
            if most is None or one <= most:
                self.common.addItem(format_amount(one, decimals))
        self._on_text()

    def _on_common(self, number: int) -> None:
        if number > 0:
            self.text.setText(self.common.itemText(number))

    def _on_text(self) -> None:
        mark(self.text, False)
        words = REASON
        value = self.value_or_none()
        if value is not None and not is_common(value, self._decimals):
            words = self.tr("An unusual amount: it can be recognised when it leaves. ") + REASON
        self.note.setText(words)
        self.changed.emit()

    def value_or_none(self) -> int | None:
        """None while it is no amount."""
        try:
            return self.value()
        except InvalidInput:
            return None

    def value(self) -> int:
        """In the smallest unit; raises InvalidInput."""
        found = parse_amount(self.text.text(), self._decimals)
        if found == 0:
            raise InvalidInput(self.tr("more than zero"))
        if self._most is not None and found > self._most:
            raise InvalidInput(self.tr("more than the note holds"))
        return found


class DepositForm(Card):
    """Money into the pool: for a note of one's own, or to somebody's payment request."""

    wanted = Signal(object, object, object, object, str)
    """Token, amount, owner address or None, request or None, label."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        super().__init__(self.tr("Put money in"))
        self._tokens = tokens
        self._sender = UNKNOWN
        self.source = label("", "strong")
        self.faucet = Button(self.tr("Get 1 000 play STRK"), "quiet", "drop")
        self.faucet.hide()
        self.token = Segments([(one.symbol, "") for one in tokens], self.tr("Token"))
        self.amount = AmountLine(self.tr("Amount"))
        self.owner = Select(self.tr("Who will be able to spend it"))
        self.request = edit(
            self.tr("Somebody’s payment request"), self.tr("mist1:… or empty for yourself")
        )
        self.label = edit(self.tr("Label, kept here only"))
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
        self.body.addLayout(field(self.tr("Or somebody’s payment request"), self.request))
        self.body.addLayout(field(self.tr("Label"), self.label))
        self.add(self.notice)
        row = horizontal(8)
        row.addWidget(self.button)
        row.addWidget(self.account_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.token.chosen.connect(lambda n: self.amount.show_token(self._tokens[n].decimals, None))
        self.request.textChanged.connect(lambda text: self.owner.setEnabled(not text.strip()))
        self.button.clicked.connect(self._on_wanted)

    def show_accounts(self, sender: Account | None, accounts: tuple[Account, ...]) -> None:
        """Who pays, and who may own the note."""
        self._sender = name_of(sender) if sender is not None else UNKNOWN
        self.source.setText(self._sender)
        self.button.setEnabled(sender is not None)
        fill_owners(self.owner, accounts, sender.address if sender is not None else None)

    def show_balance(self, words: str, practice: bool) -> None:
        """What the sender holds, "" for not known; play money can be had on a practice chain."""
        self.source.setText(f"{self._sender} · {words}" if words else self._sender)
        self.faucet.setVisible(practice and self.button.isEnabled())

    def _on_wanted(self) -> None:
        self.notice.hide()
        token = self._tokens[self.token.group.checkedId()]
        try:
            amount = self.amount.value()
        except InvalidInput as error:
            mark(self.amount.text, True)
            show_error(self.notice, error)
            self.amount.text.setFocus()
            return
        request = self.request.text().strip() or None
        owner = None if request else owner_in(self.owner)
        self.wanted.emit(token, amount, owner, request, self.label.text().strip())


class SpendForm(Card):
    """What becomes of the note that is chosen."""

    wanted = Signal(object, str)
    """A Wanted, and a label."""
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("This note"))
        self.held: HeldNote | None = None
        self.words = label("", "strong", wrap=True)
        self.action = Segments(
            [
                (self.tr("Withdraw"), ""),
                (self.tr("Re-wrap"), ""),
                (self.tr("Split"), ""),
                (self.tr("Forward"), ""),
                (self.tr("Emergency"), ""),
            ],
            self.tr("What becomes of it"),
        )
        self.what = label("", "caption", wrap=True)
        self.amount = AmountLine(self.tr("Amount of the note"))
        self.all = CheckBox(self.tr("All of it"))
        self.owner = Select(self.tr("Owner of what stays hidden"))
        self.request = edit(self.tr("Receiver’s payment request"), "mist1:…")
        self.wait = CheckBox(self.tr("First wait for {0} new leaves").format(WAIT_LEAVES))
        self.label = edit(self.tr("Label of what stays, kept here only"))
        self.notice = Notice()
        self.notice.hide()
        self.button = Button(self.tr("See how &private it is"), "primary", "eye-closed")
        self.close_button = Button(self.tr("Close"), "quiet", "x")
        self.rows: dict[str, QWidget] = {}
        for key, title, widget in (
            ("amount", self.tr("Amount"), self.amount),
            ("owner", self.tr("Owner of what stays hidden"), self.owner),
            ("request", self.tr("Receiver’s payment request"), self.request),
            ("label", self.tr("Label"), self.label),
        ):
            box = QWidget()
            box.setLayout(field(title, widget))
            self.rows[key] = box
        self.add(self.words)
        self.add_left(self.action)
        self.add(self.what)
        self.add(self.rows["request"])
        self.add(self.rows["amount"])
        self.add(self.all)
        self.add(self.rows["owner"])
        self.add(self.rows["label"])
        self.add(self.wait)
        self.add(self.notice)
        row = horizontal(8)
        row.addWidget(self.button)
        row.addWidget(self.close_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.action.chosen.connect(lambda _: self._show_action())
        self.all.toggled.connect(lambda on: self.rows["amount"].setVisible(not on))
        self.button.clicked.connect(self._on_wanted)
        self.close_button.clicked.connect(self.closed)
        self._show_action()

    @property
    def chosen(self) -> MistAction:
        """The action that is chosen."""
        return ACTIONS[self.action.group.checkedId()]

    def show_note(self, held: HeldNote, words: str, accounts: tuple[Account, ...]) -> None:
        """Another note is chosen."""
        self.held = held
        self.words.setText(words)
        known = known_token(held.token)
        self.amount.show_token(known.decimals if known is not None else 0, held.amount)
        fill_owners(self.owner, accounts, held.owner)
        self.notice.hide()
        self._show_action()

    def _show_action(self) -> None:
        action = self.chosen
        words = {
            MistAction.WITHDRAW: self.tr(
                "An amount leaves to the note’s owner; the rest stays in the pool as a new note. "
                "Everybody sees the amount and the owner, nobody which note it was."
            ),
            MistAction.REWRAP: self.tr(
                "Nothing leaves: all of it becomes a new note with a new key, of any account here."
            ),
            MistAction.SPLIT: self.tr("Nothing leaves: two notes come of one."),
            MistAction.FORWARD: self.tr(
                "An amount goes to somebody else inside the pool. Nothing on chain tells them how "
                "much: afterwards you save a file for them."
            ),
            MistAction.EMERGENCY: self.tr(
                "All of it leaves without a proof. This publishes the note’s key: everybody sees "
                "which deposit it was. Only if proving is impossible."
            ),
        }
        self.what.setText(words[action])
        sized = action in {MistAction.WITHDRAW, MistAction.SPLIT, MistAction.FORWARD}
        self.all.setVisible(action in {MistAction.WITHDRAW, MistAction.FORWARD})
        whole = self.all.isChecked() and action is not MistAction.SPLIT
        self.rows["amount"].setVisible(sized and not whole)
        self.rows["request"].setVisible(action is MistAction.FORWARD)
        proved = action is not MistAction.EMERGENCY
        for key in ("owner", "label"):
            self.rows[key].setVisible(proved)
        self.wait.setVisible(proved)

    def _on_wanted(self) -> None:
        if self.held is None:
            return
        self.notice.hide()
        action, amount = self.chosen, None
        whole = self.all.isChecked() and action is not MistAction.SPLIT
        try:
            if action in {MistAction.WITHDRAW, MistAction.SPLIT, MistAction.FORWARD} and not whole:
                amount = self.amount.value()
            request = self.request.text().strip() if action is MistAction.FORWARD else None
            if request == "":
                raise InvalidInput(
                    self.tr("It takes the receiver’s payment request."),
                    hint=self.tr("They make one on this page of their program."),
                )
        except InvalidInput as error:
            self.notice.say("bad", error.title, in_words(error))
            self.notice.show()
            return
        proved = action is not MistAction.EMERGENCY
        wanted = Wanted(
            action,
            amount,
            owner_in(self.owner) if proved else None,
            request,
            WAIT_LEAVES if proved and self.wait.isChecked() else None,
        )
        self.wanted.emit(wanted, self.label.text().strip())


def name_of(account: Account) -> str:
    """Its name here, or the ends of its address."""
    text = account.address_text
    return account.label or f"{text[:8]}…{text[-6:]}"


def fill_owners(select: Select, accounts: tuple[Account, ...], chosen: int | None) -> None:
    """All accounts whose key is here. Qt's numbers are too small for an address: it is text."""
    before = owner_in(select) or chosen
    select.clear()
    for one in accounts:
        if not one.watch_only:
            select.addItem(literal(name_of(one)), one.address_text)
    for wanted in (before, chosen):
        if wanted is not None and choose_owner(select, wanted):
            return


def owner_in(select: Select) -> int | None:
    """The address that is chosen."""
    text = select.currentData()
    return int(text, 16) if isinstance(text, str) else None


def choose_owner(select: Select, address: int) -> bool:
    """Choose it; False if it is none of them."""
    number = select.findData(address_form(address))
    if number >= 0:
        select.setCurrentIndex(number)
    return number >= 0

"""What the account page shows besides the road: holdings, address, keys, all accounts."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import ETH, STRK, Token, format_amount
from obsqra_desktop.domain.chain_types import VaultMethod, VaultState
from obsqra_desktop.domain.errors import AppError, InvalidInput
from obsqra_desktop.domain.felt import parse_address
from obsqra_desktop.flows.first_account import backup_words
from obsqra_desktop.services.account_chain import Holdings
from obsqra_desktop.ui.format import HIDDEN, UNKNOWN, clock_time, grouped
from obsqra_desktop.ui.widgets.account_steps import BackupForm, UnlockForm
from obsqra_desktop.ui.widgets.base import (
    Card,
    FactRows,
    Notice,
    clear,
    divider,
    horizontal,
    label,
    literal,
    vertical,
)
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.choice import Radio
from obsqra_desktop.ui.widgets.form import edit, field, in_words, mark, show_error
from obsqra_desktop.ui.widgets.hash_label import HashLabel
from obsqra_desktop.ui.widgets.qr_code import QrCode

KIND_WORDS = {
    "openzeppelin-1.0.0": "OpenZeppelin 1.0.0",
    "ready-0.4.0": "Ready 0.4.0",
}


class HoldingsCard(Card):
    """Balances, and where they come from."""

    def __init__(self) -> None:
        super().__init__(self.tr("Holds"))
        self.figure = label("—", "figure")
        self.second = label("", "secondary")
        self.origin = label("", "caption", wrap=True)
        self.notice = Notice()
        self.notice.hide()
        self.faucet = Button(self.tr("Get 1 000 play STRK"), "plain", "drop")
        self.look = Button(self.tr("&Look again"), "plain", "arrow-clockwise")
        row = horizontal(8)
        row.addWidget(self.faucet)
        row.addWidget(self.look)
        row.addStretch(1)
        for widget in (self.figure, self.second, self.origin, self.notice):
            self.add(widget)
        self.body.addLayout(row)

    def show_holdings(self, holdings: Holdings | None, hide: bool, practice: bool) -> None:
        """Figures, or dashes as long as nobody told them."""
        self.figure.setText(f"{balance(holdings, STRK, hide)} STRK")
        self.second.setText(f"{balance(holdings, ETH, hide)} ETH")
        self.faucet.setVisible(practice)
        if holdings is None:
            self.origin.setText(self.tr("Not known yet: no node has told."))
            return
        block, when = grouped(holdings.block_number), clock_time(holdings.block_timestamp)
        self.origin.setText(
            self.tr("Told by {0} at block {1} · {2}").format(holdings.node, block, when)
        )

    def show_problem(self, error: AppError) -> None:
        """Why it is not known now; older figures stay with their block."""
        show_error(self.notice, error)


class AddressCard(Card):
    """The address in every form that somebody may need."""

    def __init__(self) -> None:
        super().__init__(self.tr("Address"))
        self.code = QrCode()
        self.address = HashLabel(self.tr("address"), lines=2)
        self.facts = FactRows()
        column = vertical(8)
        column.addWidget(self.address)
        column.addWidget(self.facts)
        column.addStretch(1)
        row = horizontal(20)
        row.addWidget(self.code)
        row.addLayout(column, 1)
        self.body.addLayout(row)

    def show_account(self, account: Account) -> None:
        """Fill it in."""
        self.code.show_text(account.address_text)
        self.address.show_value(account.address_text)
        state = self.tr("deployed") if account.deployed else self.tr("not deployed yet")
        if account.watch_only:
            self.facts.show_rows(
                [
                    (self.tr("On the chain"), state),
                    (self.tr("Key"), self.tr("not here: it is only watched and cannot send")),
                ]
            )
            return
        kind = KIND_WORDS.get(account.kind.value, "") if account.kind else ""
        self.facts.show_rows(
            [
                (self.tr("Kind"), kind or UNKNOWN),
                (self.tr("On the chain"), state),
                (self.tr("Backup"), backup_words(account)),
            ]
        )


class KeysCard(Card):
    """How the keys are kept, and whether they are open."""

    def __init__(self) -> None:
        super().__init__(self.tr("Keys"))
        self.facts = FactRows()
        self.reminder = Notice("warn")
        self.lock = Button(self.tr("Lock &now"), "plain", "lock-simple")
        self.unlock = UnlockForm()
        self.backup = BackupForm()
        self.backup.later.hide()
        self.more = Button(self.tr("Save a backup"), "plain", "floppy-disk")
        self.more.clicked.connect(lambda: self.backup.setVisible(not self.backup.isVisible()))
        self.backup.hide()
        for widget in (self.facts, self.reminder, self.unlock):
            self.add(widget)
        row = horizontal(8)
        row.addWidget(self.lock)
        row.addWidget(self.more)
        row.addStretch(1)
        self.body.addLayout(row)
        self.add(self.backup)

    def show_state(self, state: VaultState, account: Account | None) -> None:
        """What the vault says."""
        words = {
            VaultMethod.NONE: self.tr("none yet"),
            VaultMethod.KEYRING: state.keyring or self.tr("the system's keyring"),
            VaultMethod.PASSPHRASE: self.tr("behind a passphrase"),
            VaultMethod.MEMORY: self.tr("in memory until you close"),
        }[state.method]
        if state.method is VaultMethod.NONE:
            opened = UNKNOWN
        else:
            opened = self.tr("locked") if state.locked else self.tr("open")
        self.facts.show_rows([(self.tr("Kept"), words), (self.tr("State"), opened)])
        there = state.method is not VaultMethod.NONE
        owned = account is not None and not account.watch_only
        self.unlock.show_method(state.method)
        self.unlock.setVisible(there and state.locked and owned)
        can_lock = state.method in {VaultMethod.PASSPHRASE, VaultMethod.KEYRING}
        self.lock.setVisible(can_lock and not state.locked)
        self.more.setVisible(owned and there and not state.locked)
        if not self.more.isVisibleTo(self):
            self.backup.hide()
        self.reminder.setVisible(owned and account is not None and not account.comes_back)
        derived = account is not None and account.secret_backed_up is not None
        self.reminder.say(
            "warn",
            self.tr("This account has no backup"),
            self.tr(
                "Its key follows from the secret of private money; no backup of that was saved. "
                "Losing this computer would be losing what it holds."
            )
            if derived
            else self.tr("Losing this computer would be losing what it holds."),
        )


class AccountsCard(Card):
    """All accounts of the network; choose, rename, watch, remove."""

    chosen = Signal(object)
    renamed = Signal(object, str)
    removed = Signal(object)
    watch_wanted = Signal(object, str)

    def __init__(self) -> None:
        super().__init__(self.tr("Accounts here"))
        self._accounts: tuple[Account, ...] = ()
        self._current: Account | None = None
        self.group = QButtonGroup(self)
        self._rows = vertical(4)
        self.body.addLayout(self._rows)
        self.new = Button(self.tr("New account"), "plain", "plus")
        self.watch = Button(self.tr("Watch an address"), "quiet", "binoculars")
        self.change = Button(self.tr("Rename or remove"), "quiet", "pencil-simple")
        for button in (self.new, self.watch, self.change):
            self.add(button)
        self._build_watch()
        self._build_change()
        self.group.idClicked.connect(lambda number: self.chosen.emit(self._accounts[number]))

    def _build_watch(self) -> None:
        self.address = edit(self.tr("Address to watch"), "0x…")
        self.name = edit(self.tr("Name for the watched address"))
        self.trouble = label("", "caption", "bad", wrap=True)
        self.add_watch = Button(self.tr("Watch it"), "plain", "binoculars")
        self.watch_form = Card()
        self.watch_form.setProperty("kind", "sunken")
        self.watch_form.body.addLayout(field(self.tr("Address"), self.address))
        self.watch_form.body.addLayout(field(self.tr("Name"), self.name))
        self.watch_form.add(self.trouble)
        self.watch_form.add(self.add_watch)
        self.add(self.watch_form)
        self.watch_form.hide()
        self.watch.clicked.connect(lambda: self._toggle(self.watch_form, self.address))
        self.add_watch.clicked.connect(self._on_watch)

    def _build_change(self) -> None:
        self.new_name = edit(self.tr("New name"))
        self.save_name = Button(self.tr("Save the name"), "plain", "check")
        self.remove = Button(self.tr("Remove from the list"), "quiet", "trash")
        self.really = Button(self.tr("Yes, remove it"), "plain", "trash")
        self.really.hide()
        self.change_form = Card()
        self.change_form.setProperty("kind", "sunken")
        self.change_form.body.addLayout(field(self.tr("Name"), self.new_name))
        for widget in (self.save_name, divider(), self.remove, self.really):
            self.change_form.add(widget)
        self.add(self.change_form)
        self.change_form.hide()
        self.change.clicked.connect(lambda: self._toggle(self.change_form, self.new_name))
        self.save_name.clicked.connect(
            lambda: self.renamed.emit(self._current, self.new_name.text().strip())
        )
        self.remove.clicked.connect(lambda: self.really.setVisible(not self.really.isVisible()))
        self.really.clicked.connect(lambda: self.removed.emit(self._current))

    @staticmethod
    def _toggle(form: Card, first: object) -> None:
        form.setVisible(not form.isVisible())
        if form.isVisible():
            first.setFocus()  # type: ignore[attr-defined]

    def _on_watch(self) -> None:
        try:
            address = parse_address(self.address.text())
        except InvalidInput as error:
            mark(self.address, True)
            self.trouble.setText(in_words(error))
            return
        mark(self.address, False)
        self.trouble.setText("")
        self.watch_wanted.emit(address, self.name.text().strip())
        self.address.clear()
        self.name.clear()
        self.watch_form.hide()

    def show_accounts(self, accounts: tuple[Account, ...], current: Account | None) -> None:
        """The list; the one in use is marked."""
        self._current = current
        self.change.setVisible(current is not None)
        if current is None:
            self.change_form.hide()
        if accounts == self._accounts and current is not None:
            number = next((n for n, one in enumerate(accounts) if one.id == current.id), -1)
            button = self.group.button(number)
            if button is not None:
                button.setChecked(True)
                return
        self._accounts = accounts
        for button in self.group.buttons():
            self.group.removeButton(button)
        clear(self._rows)
        for number, one in enumerate(accounts):
            short = f"{one.address_text[:8]}…{one.address_text[-6:]}"
            note = self.tr("{0} · watched").format(short) if one.watch_only else short
            radio = Radio(literal(one.label) or self.tr("Account"), note, elides=True)
            self.group.addButton(radio, number)
            self._rows.addWidget(radio)
            radio.setChecked(current is not None and one.id == current.id)
        self.really.hide()
        if current is not None:
            self.new_name.setText(current.label)


def balance(holdings: Holdings | None, token: Token, hide: bool) -> str:
    """As it may be seen; unknown is a dash."""
    if holdings is None:
        return UNKNOWN
    return HIDDEN if hide else format_amount(holdings.of(token), token.decimals, 6)

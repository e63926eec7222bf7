"""The forms on the road to a first account, one for each thing that is needed."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from obsqra_desktop.domain.accounts import AccountKind
from obsqra_desktop.domain.chain_types import VaultMethod
from obsqra_desktop.ui.widgets.base import horizontal, label, vertical
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.choice import Radio
from obsqra_desktop.ui.widgets.form import edit, enter_presses, field, mark

SHORTEST = 8
METHODS = (VaultMethod.KEYRING, VaultMethod.PASSPHRASE, VaultMethod.MEMORY)
KINDS = (AccountKind.OPENZEPPELIN, AccountKind.READY)


class Form(QWidget):
    """Words, fields and one verb."""

    def __init__(self, title: str, detail: str) -> None:
        super().__init__()
        self.column = vertical(10)
        self.column.addWidget(label(title, "strong"))
        self.detail = label(detail, "secondary", wrap=True)
        self.column.addWidget(self.detail)
        self.setLayout(self.column)
        self.verbs = horizontal(8)

    def place(self) -> QWidget:
        """Where the keyboard goes when this is the next step; never a verb that sends."""
        return self

    def end(self, *buttons: Button) -> None:
        """The verbs, at the left."""
        for button in buttons:
            self.verbs.addWidget(button)
        self.verbs.addStretch(1)
        self.column.addLayout(self.verbs)


class TwicePassphrase(QWidget):
    """A new passphrase, typed twice."""

    def __init__(self, *, narrow: bool = False) -> None:
        super().__init__()
        self.first = edit(self.tr("Passphrase"), hidden=True)
        self.again = edit(self.tr("The same passphrase again"), hidden=True)
        self.note = label("", "caption", wrap=True)
        row = vertical(8) if narrow else horizontal(12)
        row.addLayout(field(self.tr("Passphrase"), self.first))
        row.addLayout(field(self.tr("The same again"), self.again))
        column = vertical(4)
        column.addLayout(row)
        column.addWidget(self.note)
        self.setLayout(column)
        for line in (self.first, self.again):
            line.textChanged.connect(self._judge)
        self._judge()

    def _judge(self) -> None:
        first, again = self.first.text(), self.again.text()
        short, differs = 0 < len(first) < SHORTEST, bool(again) and first != again
        mark(self.first, short)
        mark(self.again, differs)
        if differs:
            words = self.tr("They are not the same yet.")
        elif short or not first:
            words = self.tr(
                "At least {0} characters. Four or more random words are good; nobody can reset it."
            ).format(SHORTEST)
        else:
            words = self.tr("Nobody can reset it. Write it down where only you look.")
        self.note.setText(words)

    @property
    def words(self) -> str | None:
        """The passphrase once it is fit and the same twice."""
        first = self.first.text()
        return first if len(first) >= SHORTEST and first == self.again.text() else None

    def clear(self) -> None:
        """Forget what was typed."""
        self.first.clear()
        self.again.clear()


class ProtectForm(Form):
    """How keys are kept."""

    wanted = Signal(object, object)
    """VaultMethod, passphrase or None."""

    def __init__(self, *, narrow: bool = False) -> None:
        super().__init__(
            self.tr("How should your keys be kept?"),
            self.tr("They are sealed on this computer and never leave it. You can change this."),
        )
        self.group = QButtonGroup(self)
        texts = (
            (self.tr("In the system's &keyring"), self.tr("looking for one …")),
            (self.tr("Behind a &passphrase"), self.tr("typed each time the program starts")),
            (self.tr("Only &until I close"), self.tr("nothing is written; gone when it closes")),
        )
        for number, (words, note) in enumerate(texts):
            radio = Radio(words, note)
            self.group.addButton(radio, number)
            self.column.addWidget(radio)
        self.passphrase = TwicePassphrase(narrow=narrow)
        self.column.addWidget(self.passphrase)
        self.button = Button(self.tr("Keep my keys like this"), "primary")
        self.button.clicked.connect(self._on_clicked)
        self.end(self.button)
        self.group.idToggled.connect(lambda _number, _on: self._agree())
        for line in (self.passphrase.first, self.passphrase.again):
            line.textChanged.connect(self._agree)
        enter_presses(self.button, self.passphrase.first, self.passphrase.again)
        self.show_keyring(None)

    def place(self) -> QWidget:
        return self.group.checkedButton() or self

    def show_keyring(self, name: str | None) -> None:
        """Which keyring answered; without one the passphrase is proposed."""
        radio = self.group.button(0)
        assert isinstance(radio, Radio)
        radio.setEnabled(name is not None)
        radio.set_note(
            self.tr("{0} answered and keeps the key that opens them").format(name)
            if name
            else self.tr("none answered on this computer")
        )
        self.group.button(0 if name else 1).setChecked(True)
        self._agree()

    @property
    def method(self) -> VaultMethod:
        """The chosen one."""
        return METHODS[max(0, self.group.checkedId())]

    def _agree(self) -> None:
        typed = self.method is VaultMethod.PASSPHRASE
        self.passphrase.setVisible(typed)
        self.button.setEnabled(not typed or self.passphrase.words is not None)

    def _on_clicked(self) -> None:
        typed = self.method is VaultMethod.PASSPHRASE
        words = self.passphrase.words if typed else None
        self.passphrase.clear()
        self.wanted.emit(self.method, words)


class UnlockForm(Form):
    """Open the vault."""

    wanted = Signal(object)
    """Passphrase, or None for a keyring."""

    def __init__(self) -> None:
        super().__init__(self.tr("Your keys are locked"), "")
        self.line = edit(self.tr("Passphrase"), hidden=True)
        self.line.returnPressed.connect(self._on_clicked)
        self.column.addWidget(self.line)
        self.button = Button(self.tr("&Unlock"), "primary", "lock-simple-open")
        self.button.clicked.connect(self._on_clicked)
        self.end(self.button)

    def place(self) -> QWidget:
        return self.line if not self.line.isHidden() else self.button

    def show_method(self, method: VaultMethod) -> None:
        """Whether a passphrase is needed."""
        typed = method is VaultMethod.PASSPHRASE
        self.line.setVisible(typed)
        self.detail.setText(
            self.tr("Type the passphrase that you chose.")
            if typed
            else self.tr("The system's keyring holds the key; it may ask for its own password.")
        )

    def _on_clicked(self) -> None:
        words = self.line.text() or None
        self.line.clear()
        self.wanted.emit(words)


class MakeForm(Form):
    """A key and its address."""

    wanted = Signal(object, str)
    """AccountKind, label."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("Make an account"),
            self.tr(
                "A key is drawn at random on this computer; the address follows from it. Nothing "
                "is sent and nothing costs."
            ),
        )
        self.name = edit(self.tr("Name of the account"), self.tr("for example: Savings"))
        self.column.addLayout(field(self.tr("Name"), self.name))
        self.group = QButtonGroup(self)
        texts = (
            (self.tr("&OpenZeppelin 1.0.0"), self.tr("plain and well known; recommended")),
            (self.tr("Ready 0.4.0"), self.tr("its key can be brought into the Ready wallet")),
        )
        for number, (words, note) in enumerate(texts):
            radio = Radio(words, note)
            radio.setChecked(number == 0)
            self.group.addButton(radio, number)
            self.column.addWidget(radio)
        self.button = Button(self.tr("Make the account"), "primary", "plus")
        self.button.clicked.connect(
            lambda: self.wanted.emit(KINDS[self.group.checkedId()], self.name.text().strip())
        )
        self.end(self.button)

    def place(self) -> QWidget:
        return self.name


class BackupForm(Form):
    """Save the key, encrypted."""

    wanted = Signal(str)
    postponed = Signal()

    def __init__(self) -> None:
        super().__init__(
            self.tr("Save a backup of the key"),
            self.tr(
                "Without a backup, losing this computer is losing what the account holds. The "
                "file is encrypted with a passphrase of its own; starkli and sncast read it too."
            ),
        )
        self.passphrase = TwicePassphrase()
        self.column.addWidget(self.passphrase)
        self.button = Button(self.tr("Save the backup…"), "primary", "floppy-disk")
        self.later = Button(self.tr("Later"), "quiet")
        self.button.clicked.connect(self._on_clicked)
        self.later.clicked.connect(self.postponed)
        self.end(self.button, self.later)
        for line in (self.passphrase.first, self.passphrase.again):
            line.textChanged.connect(self._agree)
        self._agree()

    def place(self) -> QWidget:
        return self.passphrase.first

    def _agree(self) -> None:
        self.button.setEnabled(self.passphrase.words is not None)

    def _on_clicked(self) -> None:
        words = self.passphrase.words
        self.passphrase.clear()
        if words is not None:
            self.wanted.emit(words)


class FundForm(Form):
    """Wait for money."""

    def __init__(self) -> None:
        super().__init__(self.tr("Fund the account"), "")
        self.faucet = Button(self.tr("Get 1 000 play STRK"), "primary", "drop")
        self.look = Button(self.tr("&Look again"), "plain", "arrow-clockwise")
        self.end(self.faucet, self.look)

    def place(self) -> QWidget:
        return self.faucet if not self.faucet.isHidden() else self.look

    def show_need(self, practice: bool, fee: str | None) -> None:
        """How much has to come."""
        self.faucet.setVisible(practice)
        amount = self.tr("at least {0}").format(fee) if fee else self.tr("a little STRK")
        self.detail.setText(
            self.tr(
                "The account pays for its own deployment: send {0} to the address below. This page "
                "looks every few seconds and goes on by itself."
            ).format(amount)
        )


class DeployForm(Form):
    """Put the account on the chain."""

    def __init__(self) -> None:
        super().__init__(
            self.tr("Deploy the account"),
            self.tr(
                "One transaction puts the account's contract at its address. From then on it can "
                "send. It is public that this address exists."
            ),
        )
        self.button = Button(self.tr("Deploy"), "primary", "paper-plane-tilt")
        self.end(self.button)

    def show_fee(self, fee: str | None, network: str) -> None:
        """What it costs at most, in the verb."""
        self.button.set_words(
            self.tr("Deploy on {0} · {1} at most").format(network, fee)
            if fee
            else self.tr("Deploy on {0}").format(network)
        )

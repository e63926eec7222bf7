"""What becomes of a note."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist_notes import MAX_LABEL, HeldNote
from obsqra_desktop.domain.mist_privacy import MistAction
from obsqra_desktop.services.plans import known_token
from obsqra_desktop.ui.widgets.base import Card, Notice, horizontal, label
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.choice import CheckBox, Segments, Select
from obsqra_desktop.ui.widgets.form import edit, field, in_words
from obsqra_desktop.ui.widgets.private_amount import AmountLine
from obsqra_desktop.ui.widgets.private_owners import fill_owners, owner_in

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
        self.wait = CheckBox(
            self.tr("First wait for {0} new leaves, then ask me").format(WAIT_LEAVES)
        )
        self.label = edit(
            self.tr("Label of what stays, kept here only"),
            self.tr("kept here only"),
            most=MAX_LABEL,
        )
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
        had = next((one for one in self.findChildren(QWidget) if one.hasFocus()), None)
        sized = action in {MistAction.WITHDRAW, MistAction.SPLIT, MistAction.FORWARD}
        self.all.setVisible(action in {MistAction.WITHDRAW, MistAction.FORWARD})
        whole = self.all.isChecked() and action is not MistAction.SPLIT
        self.rows["amount"].setVisible(sized and not whole)
        self.rows["request"].setVisible(action is MistAction.FORWARD)
        proved = action is not MistAction.EMERGENCY
        for key in ("owner", "label"):
            self.rows[key].setVisible(proved)
        self.wait.setVisible(proved)
        if had is not None and not had.isVisibleTo(self):
            self.action.button(ACTIONS.index(action)).setFocus()  # not to a control far away

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

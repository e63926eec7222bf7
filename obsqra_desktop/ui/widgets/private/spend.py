"""What becomes of a note."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.fields import MAX_LABEL
from obsqra_desktop.domain.mist.held_notes import HeldNote
from obsqra_desktop.domain.mist.note import MAX_LEAVES
from obsqra_desktop.domain.mist.privacy import MistAction
from obsqra_desktop.ui.widgets.base import Card, Notice, horizontal, label
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.choice import CheckBox, Segments, Select
from obsqra_desktop.ui.widgets.form import edit, enter_presses, field, forget_problem, show_problem
from obsqra_desktop.ui.widgets.private.amount import AmountLine
from obsqra_desktop.ui.widgets.private.owners import (
    choose_owner,
    fill_owners,
    owner_in,
    wants_fresh,
)
from obsqra_desktop.ui.widgets.private.sender import FeesBox, FreshOwner, Rest, UndeployedSender

WAIT_LEAVES = 10


ACTIONS = (
    MistAction.WITHDRAW,
    MistAction.REWRAP,
    MistAction.SPLIT,
    MistAction.FORWARD,
)
"""The usual ways, as the segments stand."""


@dataclass(frozen=True)
class Wanted:
    """What was asked for a note."""

    action: MistAction
    amount: int | None
    owner: int | None
    """Of what stays; None with `fresh`, and where nothing stays."""
    request: str | None
    after_leaves: int | None
    fresh: bool = False
    """What stays is for an account that is not made yet."""


class SpendForm(Card):
    """What becomes of the note that is chosen."""

    wanted = Signal(object, str)
    """A Wanted, and a label."""
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("This note"))
        self.held: HeldNote | None = None
        self._seen: frozenset[int] = frozenset()
        self._put_in = False
        self._asks_sender = False
        self.words = label("", "strong", wrap=True)
        self.action = Segments(
            [
                (self.tr("Withdraw"), ""),
                (self.tr("Re-wrap"), ""),
                (self.tr("Split"), ""),
                (self.tr("Forward"), ""),
            ],
            self.tr("What becomes of it"),
        )
        self.what = label("", "caption", wrap=True)
        self.amount = AmountLine(self.tr("Amount of the note"))
        self.all = CheckBox(self.tr("All of it"))
        self.owner = Select(self.tr("Owner of what stays hidden"))
        self.request = edit(self.tr("Receiver’s payment request"), "mist1:…")
        self.wait = CheckBox(self.tr("First wait for new leaves, then ask me"))
        self.leaves = edit(self.tr("How many new leaves of others"), str(WAIT_LEAVES), most=7)
        self.leaves.setText(str(WAIT_LEAVES))
        self.emergency = False
        """Whether the way without a proof is open; it stands apart from the usual ones."""
        self.emergency_button = Button("", "quiet", "warning")
        self.label = edit(
            self.tr("Label of what stays, kept here only"),
            self.tr("kept here only"),
            most=MAX_LABEL,
        )
        self.fresh, self.fees = FreshOwner(), FeesBox()
        self.undeployed = UndeployedSender()
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
            ("leaves", self.tr("How many new leaves of others"), self.leaves),
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
        self.add(self.fresh)
        self.add(self.rows["label"])
        self.add(self.wait)
        self.add(self.rows["leaves"])
        self.add(self.fees)
        self.add(self.undeployed)
        self.add(self.notice)
        row = horizontal(8)
        row.addWidget(self.button)
        row.addWidget(self.close_button)
        row.addStretch(1)
        row.addWidget(self.emergency_button)
        self.body.addLayout(row)
        self.action.chosen.connect(lambda _: self._show_action())
        self.all.toggled.connect(lambda _: self._show_action())
        self.wait.toggled.connect(lambda _: self._show_action())
        self.emergency_button.clicked.connect(lambda: self.show_emergency(not self.emergency))
        self.owner.currentIndexChanged.connect(lambda _: self._show_fresh())
        for line in (self.amount.text, self.request, self.leaves):
            line.textChanged.connect(lambda _, line=line: forget_problem(self.notice, line))
        self.button.clicked.connect(self._on_wanted)
        enter_presses(self.button, self.amount.text, self.request, self.label, self.leaves)
        self.close_button.clicked.connect(self.closed)
        self._show_action()

    @property
    def chosen(self) -> MistAction:
        """The action that is chosen."""
        return MistAction.EMERGENCY if self.emergency else ACTIONS[self.action.group.checkedId()]

    def show_emergency(self, on: bool) -> None:
        """Open the way without a proof, or go back to the usual ones."""
        self.emergency = on
        self._show_action()

    def show_note(
        self,
        held: HeldNote,
        words: str,
        accounts: tuple[Account, ...],
        decimals: int,
        *,
        put_in: bool,
    ) -> None:
        """A note is chosen. What was asked for another one is not asked for this one. Without
        decimals its amounts are typed in the smallest unit. `put_in`: its owner is known to have
        put money into the pool; then what stays is proposed for a fresh account."""
        another = self.held is None or self.held.id != held.id
        self.held = held
        self.words.setText(words)
        self.amount.show_token(decimals, held.amount)
        self._put_in = put_in
        fill_owners(self.owner, accounts, held.owner, self.tr("A fresh account, made for it"))
        if another:
            self.undeployed.hide()
            self.emergency = False
            self.action.button(0).setChecked(True)
            for box in (self.all, self.wait):
                box.setChecked(False)
            for line in (self.amount.text, self.request, self.label):
                line.clear()
            if put_in or not choose_owner(self.owner, held.owner):
                self.owner.setCurrentIndex(0)
        self.notice.hide()
        self._show_action()

    def show_seen(self, seen: frozenset[int]) -> None:
        """Addresses of accounts that everybody saw act in the pool."""
        self._seen = seen
        self._show_fresh()

    def show_sender(self, name: str, apart: bool | None, practice: bool) -> None:
        """Who owns the note and so sends it, and what was said of its fees; on the practice chain
        they come from the faucet, and nobody is asked."""
        self._asks_sender = not practice
        self.fees.show_sender(name, apart)
        self._show_action()

    def _show_fresh(self) -> None:
        """Whose what stays would be, why, and what that means."""
        rest = self._rest()
        self.fresh.show_rest(rest, put_in=self._put_in)
        self.fresh.setVisible(self._stays and rest is not Rest.APART)

    def _rest(self) -> Rest:
        owner = owner_in(self.owner)
        if wants_fresh(self.owner):
            return Rest.FRESH
        if self.held is not None and owner == self.held.owner:
            return Rest.PUT_IN if self._put_in else Rest.KEPT
        return Rest.SEEN if owner in self._seen else Rest.APART

    @property
    def _stays(self) -> bool:
        """Whether something may stay one's own, by what is asked for."""
        given = self.chosen in {MistAction.WITHDRAW, MistAction.FORWARD}
        return self.chosen is not MistAction.EMERGENCY and not (given and self.all.isChecked())

    def _show_action(self) -> None:
        action = self.chosen
        words = {
            MistAction.WITHDRAW: self.tr(
                "An amount leaves to the note’s owner; the rest stays in the pool as a new note. "
                "Everybody sees the amount and the owner; the proof does not say which note it was."
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
        self.action.setVisible(not self.emergency)
        self.emergency_button.set_words(
            self.tr("Back to the usual ways") if self.emergency else self.tr("Emergency…")
        )
        sized = action in {MistAction.WITHDRAW, MistAction.SPLIT, MistAction.FORWARD}
        self.all.setVisible(action in {MistAction.WITHDRAW, MistAction.FORWARD})
        whole = self.all.isChecked() and action is not MistAction.SPLIT
        self.rows["amount"].setVisible(sized and not whole)
        self.rows["request"].setVisible(action is MistAction.FORWARD)
        proved = action is not MistAction.EMERGENCY
        self.rows["owner"].setVisible(self._stays)
        # the label of a forward names what is handed over, too
        self.rows["label"].setVisible(self._stays or action is MistAction.FORWARD)
        self.wait.setVisible(proved)
        self.rows["leaves"].setVisible(proved and self.wait.isChecked())
        self.fees.setVisible(proved and self._asks_sender)
        self._show_fresh()
        if had is not None and not had.isVisibleTo(self):
            near = self.action.button(self.action.group.checkedId())
            (near if proved else self.emergency_button).setFocus()  # not to a control far away

    def _on_wanted(self) -> None:
        if self.held is None:
            return
        self.notice.hide()
        self.undeployed.hide()
        action, amount = self.chosen, None
        whole = self.all.isChecked() and action is not MistAction.SPLIT
        try:
            if action in {MistAction.WITHDRAW, MistAction.SPLIT, MistAction.FORWARD} and not whole:
                amount = self.amount.value()
            request = self.request.text().strip() if action is MistAction.FORWARD else None
            if request == "":
                raise InvalidInput(
                    self.tr("It takes the receiver’s payment request."),
                    where="request",
                    hint=self.tr("They make one on this page of their program."),
                )
            proved = action is not MistAction.EMERGENCY
            leaves = self._leaves() if proved and self.wait.isChecked() else None
        except InvalidInput as error:
            self.show_problem(error)
            return
        wanted = Wanted(
            action,
            amount,
            owner_in(self.owner) if self._stays else None,
            request,
            leaves,
            self._stays and wants_fresh(self.owner),
        )
        self.wanted.emit(wanted, self.label.text().strip())

    def show_problem(self, error: InvalidInput) -> None:
        """What does not fit, and its field."""
        show_problem(
            self.notice,
            error,
            {"amount": self.amount.text, "request": self.request, "leaves": self.leaves},
        )

    def _leaves(self) -> int:
        """How many are waited for; raises InvalidInput."""
        text = self.leaves.text().strip()
        if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MAX_LEAVES):
            raise InvalidInput(
                self.tr("It waits for a whole number of new leaves, one or more."),
                where="leaves",
                hint=self.tr("The more of them, the less is seen; it takes as long as it takes."),
            )
        return int(text)

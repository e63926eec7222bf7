"""Who sends a spend and what that tells: where its fees come from, and who gets what stays."""

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from obsqra_desktop.ui.widgets.base import Notice, label, vertical
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.choice import CheckBox


class FeesBox(QWidget):
    """The word on an account's fees. It only asks: what is kept is shown when it is kept."""

    said = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.apart = CheckBox(self.tr("The STRK for the sending account’s fees do not lead to me"))
        self.words = label("", "caption", wrap=True)
        self._kept = False
        column = vertical(4)
        column.addWidget(self.apart)
        column.addWidget(self.words)
        self.setLayout(column)
        self.apart.clicked.connect(self._on_clicked)

    def show_sender(self, name: str, apart: bool | None) -> None:
        """The account that owns the note, and what was said of it; None is nothing yet."""
        self._kept = apart is True
        self.apart.setChecked(self._kept)
        self.words.setText(
            self.tr(
                "{0} sends this, and everybody sees that. Say so only if nobody can follow its "
                "STRK back to you: nothing here can check it, and the privacy level counts it."
            ).format(name)
        )

    def _on_clicked(self, on: bool) -> None:
        self.apart.setChecked(self._kept)  # until it is kept
        self.said.emit(on)


class Rest(StrEnum):
    """Whose what stays would be."""

    FRESH = "fresh"
    """An account that is made for it."""
    KEPT = "kept"
    """The account that sends, which has put nothing in."""
    PUT_IN = "put in"
    """The account that sends, which has put money in."""
    SEEN = "seen"
    """Another one that everybody saw act."""
    APART = "apart"
    """Another one."""


class FreshOwner(QWidget):
    """Beside the owner of what stays: why that one is proposed, what it means, and the way out."""

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", "caption", wrap=True)
        self.button = Button(self.tr("Make a fresh account for it"), "plain", "plus")
        column = vertical(4)
        column.addWidget(self.words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(column)

    def show_rest(self, rest: Rest, *, put_in: bool) -> None:
        """`put_in`: the account that sends has put money into the pool."""
        why = ""
        if put_in:
            why = self.tr(
                "The account that sends has put money in, so each withdrawal by it points at that. "
            )
        words = {
            Rest.FRESH: why
            + self.tr(
                "A fresh account’s key follows from the secret of private money. Before it can "
                "spend, it takes some STRK and its deployment: STRK from an account of yours "
                "links the two."
            ),
            Rest.KEPT: self.tr(
                "What stays belongs to the account that sends: it can spend it at once, and two "
                "withdrawals by it belong together for everybody. A fresh one parts them, if its "
                "first STRK do not come from an account of yours: that would tell more."
            ),
            Rest.PUT_IN: self.tr(
                "What stays would belong to the account that sends, which has put money in: each "
                "withdrawal by it points at that."
            ),
            Rest.SEEN: self.tr(
                "This account has acted in the pool before, and everybody saw it: when it spends "
                "what stays, that and this belong together."
            ),
            Rest.APART: "",
        }
        self.words.setText(words[rest])
        self.button.setVisible(rest is not Rest.FRESH)


class UndeployedSender(Notice):
    """The note's owner has to send, and cannot yet: told before anything is proved."""

    def __init__(self) -> None:
        super().__init__("warn")
        self.button = Button("", "plain", "arrow-right")
        self.verbs.addWidget(self.button)
        self.hide()

    def show_sender(self, name: str, practice: bool) -> None:
        """Its name, and the way to have it deployed here."""
        words = self.tr(
            "It takes some STRK for fees, then one transaction deploys it. Nothing was proved "
            "or sent. Everybody sees who gives it that STRK."
        )
        if not practice:
            words += " " + self.tr(
                "The Account page deploys the account in use: the button makes {0} that one, and "
                "you can choose another there again."
            ).format(name)
        self.say("warn", self.tr("{0} sends this, and is not on the chain yet").format(name), words)
        self.button.set_words(
            self.tr("Get play STRK and deploy it")
            if practice
            else self.tr("Make it the account in use")
        )
        self.button.setAccessibleName(self.button.text())
        self.show()

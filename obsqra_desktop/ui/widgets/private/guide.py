"""A newcomer's way to private money."""

from obsqra_desktop.domain.chain_types import VaultMethod
from obsqra_desktop.flows.private import NEED_STEPS, PrivateNeed
from obsqra_desktop.ui.widgets.account_steps import UnlockForm
from obsqra_desktop.ui.widgets.base import Card, horizontal, label
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.stepper import Stepper, StepWords


class GuideCard(Card):
    """What comes next for somebody who has no private money yet."""

    def __init__(self) -> None:
        super().__init__()
        self.need = PrivateNeed.NOTHING
        self.stepper = Stepper(
            [
                StepWords(self.tr("Account"), self.tr("who pays in")),
                StepWords(self.tr("Pool"), self.tr("where it goes")),
                StepWords(self.tr("Put in"), self.tr("seen by everybody")),
                StepWords(self.tr("Take out"), self.tr("the proof names no note")),
            ]
        )
        self.title = label("", "strong", wrap=True)
        self.words = label("", "secondary", wrap=True)
        self.unlock = UnlockForm()
        self.account_button = Button(self.tr("Open the Account page"), "primary", "wallet")
        self.faucet = Button(self.tr("Get 1 000 play STRK"), "primary", "drop")
        self.start = Button(self.tr("Start the practice chain"), "primary", "play")
        for widget in (self.stepper, self.title, self.words, self.unlock):
            self.add(widget)
        row = horizontal(8)
        row.addWidget(self.start)
        row.addWidget(self.account_button)
        row.addWidget(self.faucet)
        self.restore = Button(self.tr("Restore a backup…"), "quiet", "folder-open")
        row.addWidget(self.restore)
        row.addStretch(1)
        self.body.addLayout(row)
        self.hide()

    def show_need(self, need: PrivateNeed, name: str, practice: bool, method: VaultMethod) -> None:
        """The next step; `name` is the account's."""
        self.need = need
        words = {
            PrivateNeed.CHAIN: (
                self.tr("The practice chain is not running"),
                self.tr("It is a Starknet on this computer, for play money. Nothing is lost."),
            ),
            PrivateNeed.ACCOUNT: (
                self.tr("First, an account"),
                self.tr(
                    "Money goes into the pool from an account of yours that has some STRK. If you "
                    "have a backup of private money, restore it: it brings its accounts back."
                ),
            ),
            PrivateNeed.POOL: (
                self.tr("Now, a pool"),
                self.tr("Make one of your own on the practice chain: it works like MIST’s.")
                if practice
                else self.tr("None is known on this network. Choose another on Networks."),
            ),
            PrivateNeed.FUNDS: (
                self.tr("{0} has no STRK yet").format(name),
                self.tr("It takes some for the deposit and for fees."),
            ),
            PrivateNeed.DEPLOY: (
                self.tr("{0} is not on the chain yet").format(name),
                self.tr("One transaction deploys it; from then on it can pay in."),
            ),
            PrivateNeed.DEPOSIT: (
                self.tr("Put a first amount in"),
                self.tr(
                    "Choose one below. Before anything is sent you see how private it is and what "
                    "it costs."
                ),
            ),
            PrivateNeed.TAKE_OUT: (
                self.tr("Take it out, best after others came in"),
                self.tr(
                    "Choose a note: click its row in the table of your notes, then say what "
                    "becomes of it. The more others put in after it, the less that tells of "
                    "you; you see how private it is before anything is sent."
                ),
            ),
        }.get(need, ("", ""))
        for line, text in zip((self.title, self.words), words, strict=True):
            line.setText(text)
            line.setVisible(bool(text))
        self.start.setVisible(need is PrivateNeed.CHAIN)
        self.unlock.setVisible(need is PrivateNeed.UNLOCK)
        self.unlock.show_method(method)
        self.faucet.setVisible(need is PrivateNeed.FUNDS and practice)
        self.account_button.setVisible(
            need in {PrivateNeed.ACCOUNT, PrivateNeed.DEPLOY}
            or (need is PrivateNeed.FUNDS and not practice)
        )
        self.restore.setVisible(
            need not in {PrivateNeed.CHAIN, PrivateNeed.UNLOCK, PrivateNeed.TAKE_OUT}
        )
        self.stepper.show_step(NEED_STEPS[need])
        self.setVisible(need is not PrivateNeed.NOTHING)

"""Where the verifying contract stands on the chosen network, and what puts it there."""

from PySide6.QtCore import Signal

from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.services.verifier_contract import Standing
from obsqra_desktop.ui.format import UNKNOWN, clock_time, grouped
from obsqra_desktop.ui.widgets.base import (
    Card,
    FactRows,
    IconLine,
    Notice,
    horizontal,
    label,
    vertical,
)
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.checklist import CheckRow, Mark
from obsqra_desktop.ui.widgets.chip import Chip
from obsqra_desktop.ui.widgets.hash_label import HashLabel


class VerifierCard(Card):
    """Emits what is wanted; the page does it."""

    account_wanted = Signal()
    proof_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(self.tr("The contract that verifies your proofs"))
        self.chip = Chip()
        self.head.addWidget(self.chip)
        self.words = label("", "secondary", wrap=True)
        self.add(self.words)
        self.notice = Notice()
        self.notice.hide()
        self.account_button = Button(self.tr("Make an account"), "plain", "wallet")
        self.account_button.clicked.connect(self.account_wanted)
        self.add(self.notice)
        self.declared = CheckRow(self.tr("Declare its class"), self.tr("makes the code known"))
        self.deployed = CheckRow(
            self.tr("Deploy it"), self.tr("at the address where everybody looks for it")
        )
        self.add(self.declared)
        self.add(self.deployed)
        self.declare_button = Button(self.tr("See what &declaring costs"), "primary", "cube")
        self.deploy_button = Button(self.tr("See what de&ploying costs"), "primary", "cube")
        self.proof_button = Button(self.tr("Back to the proof"), "primary", "arrow-left")
        self.proof_button.clicked.connect(self.proof_wanted)
        self.look_button = Button(self.tr("&Look again"), "plain", "arrow-clockwise")
        row = horizontal(8)
        for button in (
            self.account_button,
            self.declare_button,
            self.deploy_button,
            self.proof_button,
            self.look_button,
        ):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.address = HashLabel(self.tr("address of the contract"), head=16, tail=12)
        self.class_hash = HashLabel(self.tr("class of the contract"), head=16, tail=12)
        prints = horizontal(24)
        for name, value in (
            (self.tr("Its address, on every network"), self.address),
            (self.tr("Its class, fixed by the sources that ship"), self.class_hash),
        ):
            part = vertical(2)
            part.addWidget(label(name, "caption"))
            part.addWidget(value)
            prints.addLayout(part, 1)
        self.body.addLayout(prints)
        self.origin = label("", "caption", wrap=True)
        self.add(self.origin)
        self.show_unknown("")

    def show_unknown(self, network: str) -> None:
        """Nobody was asked yet, or nobody answered."""
        self.chip.show_text(self.tr("not known"), "plain", "circle-dashed")
        words = self.tr(
            "It is not known yet whether it is on {0}. Looking asks one node and sends nothing."
        )
        self.words.setText(words.format(network) if network else "")
        for row in (self.declared, self.deployed):
            row.show_mark(Mark.WAITING, UNKNOWN)
        for button in (
            self.account_button,
            self.declare_button,
            self.deploy_button,
            self.proof_button,
        ):
            button.hide()
        self.origin.setText("")

    def show_standing(self, standing: Standing, *, sender: str, has_proof: bool) -> None:
        """What one node says; `sender` is the name of the account that would pay, empty if there
        is none that can."""
        network = standing.network.name
        self.notice.hide()
        yes, no = self.tr("yes"), self.tr("not yet")
        self.declared.show_mark(
            Mark.DONE if standing.declared else Mark.WAITING, yes if standing.declared else no
        )
        self.deployed.show_mark(
            Mark.DONE if standing.deployed else Mark.WAITING, yes if standing.deployed else no
        )
        if standing.deployed:
            self.chip.show_text(self.tr("there"), "good", "check-circle-fill")
            words = self.tr(
                "It is on {0}: everybody can ask it about a proof by a read-only call. Choose a "
                "decision, or open a bundle, and press “Verify by a contract”."
            )
        else:
            self.chip.show_text(self.tr("not there yet"), "warn", "warning-fill")
            words = self.tr(
                "It is not on {0} yet. Anybody can put it there, once for everybody, with two "
                "transactions: each shows its cost before anything is signed."
            )
        self.words.setText(words.format(network))
        able = bool(sender) and not standing.deployed
        self.account_button.setVisible(not sender and not standing.deployed)
        self.declare_button.setVisible(able and not standing.declared)
        self.deploy_button.setVisible(able and standing.declared)
        self.proof_button.setVisible(standing.deployed and has_proof)
        if not sender and not standing.deployed:
            self.notice.say(
                "sunken",
                self.tr("It takes an account that can pay"),
                self.tr("There is none on {0} with a key here.").format(network),
            )
            self.notice.show()
        self.address.show_value(address_form(standing.address))
        self.class_hash.show_value(hex(standing.facts.class_hash))
        self.origin.setText(
            self.tr("Told by {0} at block {1} · {2}.").format(
                standing.node, grouped(standing.block_number), clock_time(standing.block_timestamp)
            )
        )


class VerifierFacts(Card):
    """What the class is, against the networks' limits; nobody is asked."""

    def __init__(self) -> None:
        super().__init__(self.tr("Its class"))
        self.facts = FactRows()
        self.add(self.facts)

    def show_standing(self, standing: Standing, limits: tuple[int, int]) -> None:
        """Sizes beside what networks take: felts of a program, bytes of a class."""
        one, (felts, size) = standing.facts, limits
        of = self.tr("{0} of {1}")
        self.facts.show_rows(
            [
                (self.tr("Made by"), self.tr("Cairo {0}").format(one.compiler_version)),
                (self.tr("Sierra"), one.sierra_version),
                (self.tr("Needs Starknet"), self.tr("{0} or newer").format(one.starknet_needed)),
                (self.tr("The network runs"), standing.starknet_version or UNKNOWN),
                (self.tr("Sierra felts"), of.format(grouped(one.sierra_felts), grouped(felts))),
                (self.tr("CASM felts"), of.format(grouped(one.casm_felts), grouped(felts))),
                (self.tr("Bytes"), of.format(grouped(one.bytes), grouped(size))),
            ]
        )


def worth_card() -> Card:
    """What the answer of a contract is worth."""
    card = Card("What its word is worth")
    for icon, token, words in (
        ("check", "good", "Its code is public and the same for everybody; it has no owner."),
        ("check", "good", "It sees the proof and the public statement, never your policy."),
        (
            "x",
            "bad",
            "A node can lie about a read-only call. Your own node, or a transaction, cannot.",
        ),
        ("x", "bad", "It is unaudited, and ran on local chains only."),
    ):
        card.add(IconLine(icon, token, words))
    return card

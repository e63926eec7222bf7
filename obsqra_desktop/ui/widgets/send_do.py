"""A transaction on its way: its steps as they happen, and how it ended."""

from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.journal import TxRecord, TxState
from obsqra_desktop.domain.spending import amount as amount_words
from obsqra_desktop.services.sending import SendStep
from obsqra_desktop.ui.format import grouped
from obsqra_desktop.ui.pages.split_body import SplitBody
from obsqra_desktop.ui.widgets.base import Card, FactRows
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.form import sentence
from obsqra_desktop.ui.widgets.hash_label import HashLabel
from obsqra_desktop.ui.widgets.send_rows import SendRows


class DoView(SplitBody):
    """The steps as they happen, and how it ended."""

    def __init__(self) -> None:
        super().__init__()
        card = Card(self.tr("Transaction"))
        self.way = SendRows()
        self.accepted = self.way.accepted
        card.add(self.way)
        self.hash = HashLabel(self.tr("transaction hash"), head=12, tail=8)
        self.facts = FactRows()
        details = Card(self.tr("Details"))
        details.add(self.hash)
        details.add(self.facts)
        self.look = Button(self.tr("&Look again"), "plain", "arrow-clockwise")
        self.resend = Button(self.tr("Send the same again"), "plain", "paper-plane-tilt")
        for button in (self.look, self.resend):
            self.notice.verbs.addWidget(button)
            button.hide()
        self.columns.main.addWidget(card)
        self.columns.side.addWidget(details)

    def start(self) -> None:
        """Nothing has happened yet."""
        self.notice.hide()
        self.look.hide()
        self.resend.hide()
        self.hash.show_value("")
        self.facts.show_rows([])
        self.way.start()

    def show_step(self, step: SendStep) -> None:
        """The steps before it are done."""
        self.way.show_step(step)

    def show_record(self, record: TxRecord) -> None:
        """Where it is."""
        self.hash.show_value(hex(record.signed.hash))
        receipt = record.receipt
        block = receipt.block_number if receipt else None
        self.facts.show_rows(
            [
                (self.tr("State"), record.state.value),
                (self.tr("Nonce"), str(record.signed.transaction.nonce)),
                (
                    self.tr("Fee paid"),
                    amount_words(STRK.address, receipt.actual_fee) if receipt else "—",
                ),
                (self.tr("Block"), grouped(block) if block is not None else "—"),
            ]
        )
        self.way.show_record(record)

    def show_end(self, record: TxRecord) -> None:
        """Sending and following are over: what became of it, in words."""
        self.show_record(record)
        last = record.events[-1].detail if record.events else ""
        fee = amount_words(STRK.address, record.receipt.actual_fee) if record.receipt else "—"
        match record.state:
            case TxState.ACCEPTED_L2 | TxState.ACCEPTED_L1:
                words = self.tr("{0} Fee paid: {1}. The receipt is kept in your history.")
                self.notice.say("good", self.tr("Confirmed"), words.format(last, fee))
            case TxState.SIGNED:
                self.show_uncertain(last)
            case TxState.REVERTED:
                words = self.tr("{0} No tokens have moved; only the fee was paid: {1}.")
                self.notice.say(
                    "bad", self.tr("It failed on the chain"), words.format(sentence(last), fee)
                )
            case TxState.REFUSED:
                words = self.tr("{0} By what the node tells, nothing was paid.")
                self.notice.say("bad", self.tr("The node refused it"), words.format(sentence(last)))
            case _:
                self.notice.say("bad", self.tr("It is {0}").format(record.state.value), last)
        self.notice.show()

    def show_uncertain(self, detail: str) -> None:
        """The journal has it; whether a node has it is open."""
        self.notice.say(
            "warn",
            self.tr("It is not known whether the node has it"),
            self.tr(
                "{0} Neither looking again nor sending the same bytes again can pay twice. You can "
                "close the window; it stays in your history."
            ).format(sentence(detail)),
        )
        self.look.show()
        self.resend.show()

    def fail(self) -> None:
        """What ran has failed."""
        self.way.fail()

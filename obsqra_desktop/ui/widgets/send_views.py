"""The three views of sending: what, what would happen, what happened."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import STRK, Token, format_amount, parse_amount
from obsqra_desktop.domain.errors import AppError, InvalidInput
from obsqra_desktop.domain.felt import address_form, parse_address
from obsqra_desktop.domain.journal import TxRecord, TxState
from obsqra_desktop.domain.network import Network
from obsqra_desktop.domain.spending import amount as amount_words
from obsqra_desktop.services.plans import Plan
from obsqra_desktop.services.sending import SendStep
from obsqra_desktop.ui.format import HIDDEN, at_most, clock_time, grouped, likely
from obsqra_desktop.ui.pages.split_body import SplitBody
from obsqra_desktop.ui.widgets.base import (
    Card,
    FactRows,
    IconLine,
    Notice,
    clear,
    horizontal,
    label,
    restyle,
    vertical,
)
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.checklist import CheckRow, Mark, run_to, stop_rows
from obsqra_desktop.ui.widgets.choice import Segments
from obsqra_desktop.ui.widgets.form import edit, field, in_words, mark, sentence
from obsqra_desktop.ui.widgets.hash_label import HashLabel
from obsqra_desktop.ui.widgets.veiled_line import VeiledLine

OTHER = 2


class ChooseView(SplitBody):
    """From whom, to whom, what, how much."""

    changed = Signal()
    book_wanted = Signal()

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        super().__init__()
        self._tokens = tokens
        self.open = Notice("warn")
        self.open.hide()
        self.open_button = Button(self.tr("Look at it"), "plain", "clock-counter-clockwise")
        self.open.verbs.addWidget(self.open_button)
        card = Card(self.tr("Send tokens"))
        self.source = label("", "strong")
        self.source_note = label("", "caption", wrap=True)
        self.to = edit(self.tr("Recipient"), self.tr("0x… or a name of your address book"))
        self.nobody = Notice()
        self.nobody.say(
            "sunken",
            self.tr("There is nothing to send from yet"),
            self.tr("It takes an account with some STRK on this network."),
        )
        self.nobody_button = Button(self.tr("Make an account"), "plain", "wallet")
        self.nobody.verbs.addWidget(self.nobody_button)
        self.nobody.hide()
        self.to_note = label("", "caption", wrap=True)
        self.token_note = label("", "caption", "bad", wrap=True)
        self.token = Segments(
            [(one.symbol, "") for one in tokens] + [(self.tr("Other"), "")], self.tr("Token")
        )
        self.token_address = edit(self.tr("Address of the token"), "0x…")
        self.amount = VeiledLine(self.tr("Amount"), "0.0")
        self.all = Button(self.tr("&All of it"), "quiet", "arrow-up")
        self.amount_note = label("", "caption", "bad", wrap=True)
        card.body.addLayout(column(self.tr("From"), self.source, self.source_note))
        to_line = field(self.tr("To"), self.to)
        to_line.addWidget(self.to_note)
        card.body.addLayout(to_line)
        card.body.addLayout(field(self.tr("Token"), self.token))
        self.other = QWidget()
        other = field(self.tr("Address of the token"), self.token_address)
        other.addWidget(self.token_note)
        self.other.setLayout(other)
        card.add(self.other)
        amount_row = horizontal(8)
        amount_row.addWidget(self.amount, 1)
        amount_row.addWidget(self.all)
        amount_column = vertical(4)
        title = label(self.tr("Amount"), "secondary")
        title.setBuddy(self.amount)
        amount_column.addWidget(title)
        amount_column.addLayout(amount_row)
        amount_column.addWidget(self.amount_note)
        card.body.addLayout(amount_column)
        for place, widget in enumerate((self.nobody, self.open)):
            self.columns.main.insertWidget(place, widget)
        self.columns.main.addWidget(card)
        self.columns.side.addWidget(before_card())
        self.other.hide()
        for line in (self.to, self.amount, self.token_address):
            line.textChanged.connect(self.changed)
        self.token.chosen.connect(self._on_token)

    def _on_token(self, number: int) -> None:
        self.other.setVisible(number == OTHER)
        self.changed.emit()

    @property
    def token_words(self) -> str:
        """Symbol, or the address of another token."""
        number = self.token.group.checkedId()
        return self._tokens[number].symbol if number < OTHER else self.token_address.text().strip()

    def show_sender(self, account: Account | None, network: Network) -> None:
        """Whose tokens."""
        if account is None:
            self.source.setText("—")
            self.source_note.setText(self.tr("There is no account on {0}.").format(network.name))
            return
        self.source.setText(account.label or self.tr("Account"))
        text = account.address_text
        self.source_note.setText(f"{text[:12]}…{text[-8:]} · {network.name}")

    def check(
        self, resolve: Callable[[str], int], own: tuple[Account, ...]
    ) -> tuple[int, str] | None:
        """Address and amount text if both can be right; says in place what is not."""
        address, amount = None, self.amount.text().strip()
        mark(self.to, False)
        mark(self.amount, False)
        self.to_note.setText("")
        self.amount_note.setText("")
        token = self._token_fits()
        if self.to.text().strip():
            try:
                address = resolve(self.to.text())
            except AppError as error:
                self.to_note.setText(in_words(error))
                restyle(self.to_note, tone="bad")
                mark(self.to, True)
            else:
                mine = [one.label or "account" for one in own if one.address == address]
                words = self.tr("Your own: {0}").format(mine[0]) if mine else address_form(address)
                self.to_note.setText(words)
                restyle(self.to_note, tone="")
        if amount:
            try:
                value = parse_amount(amount, 18)
                if not value:
                    raise InvalidInput(self.tr("more than zero"))
            except InvalidInput as error:
                self.amount_note.setText(error.detail)
                mark(self.amount, True)
                amount = ""
        return (address, amount) if address is not None and amount and token else None

    def _token_fits(self) -> bool:
        """Whether a token is named; says in place if its address is wrong."""
        words = self.token_address.text().strip()
        mark(self.token_address, False)
        self.token_note.setText("")
        if self.token.group.checkedId() != OTHER:
            return True
        try:
            parse_address(words, where="token")
        except InvalidInput as error:
            if words:
                self.token_note.setText(in_words(error))
                mark(self.token_address, True)
            return False
        return True


class CheckView(SplitBody):
    """What would happen, as a node simulated it, and what it costs."""

    def __init__(self) -> None:
        super().__init__()
        self.title = label("", "section", wrap=True)
        self.changes = FactRows()
        self.calls = vertical(10)
        self.calls_card = Card(self.tr("What is called"))
        self.calls_card.body.addLayout(self.calls)
        effect = Card(self.tr("What changes"))
        effect.add(self.title)
        effect.add(self.changes)
        self.origin = label("", "caption", wrap=True)
        effect.add(self.origin)
        self.cost = FactRows()
        self.caps = FactRows()
        cost = Card(self.tr("Cost"))
        cost.add(self.cost)
        self.limits = Card(self.tr("Your limits"))
        self.limits.add(self.caps)
        self.warnings = vertical(8)
        for widget in (effect, self.calls_card):
            self.columns.main.addWidget(widget)
        self.columns.main.addLayout(self.warnings)
        self.sees = vertical(9)
        sees = Card(self.tr("Who sees this"))
        sees.body.addLayout(self.sees)
        for card in (cost, sees, self.limits):
            self.columns.side.addWidget(card)

    def show_plan(self, plan: Plan, hide: bool, own_node: bool, proxied: bool) -> None:
        """Everything that was found out."""
        self.notice.hide()
        moves = hide and bool(plan.intent.spends)
        self.title.setText(self.tr("A transfer (amounts are hidden)") if moves else plan.title)
        rows = []
        for one in plan.changes:
            value = HIDDEN if hide else signed(one.amount, one.token)
            rows.append((one.token.symbol, value))
        self.changes.show_rows(rows or [(self.tr("Tokens"), self.tr("none move"))])
        second = (
            self.tr(" {0} tells the same nonce and balance.").format(plan.checked_with)
            if plan.checked_with
            else ""
        )
        self.origin.setText(
            self.tr("Simulated by {0} at block {1} · {2}. A node can be wrong.{3}").format(
                plan.node, grouped(plan.block_number), clock_time(plan.block_timestamp), second
            )
        )
        clear(self.calls)
        for call in plan.calls:
            facts = FactRows()
            arguments = [
                (name, HIDDEN if hide and name == "amount" else value)
                for name, value in call.arguments[:16]
            ]
            facts.show_rows([(self.tr("Contract"), call.contract), *arguments])
            self.calls.addWidget(label(call.entry_point, "strong"))
            self.calls.addWidget(facts)
        self.cost.show_rows(
            [
                (self.tr("Likely fee"), likely(plan.likely_fee)),
                (self.tr("Highest fee"), at_most(plan.max_fee)),
                (
                    self.tr("Balance"),
                    HIDDEN if hide else amount_words(STRK.address, plan.balance),
                ),
            ]
        )
        limited = [one for one in plan.caps if one.per_transaction or one.per_day]
        self.limits.setVisible(bool(limited))
        self.caps.show_rows(
            [
                (
                    self.tr("Today with this"),
                    (
                        f"{amount_words(one.token, one.today + one.now)} / "
                        f"{amount_words(one.token, one.per_day) if one.per_day else '—'}"
                    ),
                )
                for one in limited
            ]
        )
        clear(self.warnings)
        for words in plan.warnings:
            notice = Notice("warn")
            notice.say("warn", words)
            self.warnings.addWidget(notice)
        clear(self.sees)
        for icon, words in self._who_sees(plan, own_node, proxied):
            self.sees.addWidget(IconLine(icon, "text_muted", words))

    def _who_sees(self, plan: Plan, own_node: bool, proxied: bool) -> list[tuple[str, str]]:
        if plan.network.practice:
            return [("eye-closed", self.tr("Only this computer: the practice chain runs here."))]
        seen = (
            self.tr("Everybody, for ever: sender, recipient, token, amount, time.")
            if plan.intent.spends
            else self.tr("Everybody, for ever: sender, what is called, fee, time.")
        )
        lines = [("eye", seen)]
        if not own_node:
            lines.append(("eye", self.tr("The node’s provider: that you ask, and when.")))
            address = (
                ("eye-closed", self.tr("Your IP address stays behind the proxy."))
                if proxied
                else ("eye", self.tr("The node’s provider: your IP address."))
            )
            lines.append(address)
        lines.append(("eye-closed", self.tr("Your key never leaves this computer.")))
        return lines


class DoView(SplitBody):
    """The steps as they happen, and how it ended."""

    def __init__(self) -> None:
        super().__init__()
        card = Card(self.tr("Transaction"))
        self.steps = {
            SendStep.CHECKING: CheckRow(
                self.tr("Check again"), self.tr("nothing may have changed since you looked")
            ),
            SendStep.SIGNING: CheckRow(self.tr("Sign"), self.tr("on this computer")),
            SendStep.WRITING: CheckRow(
                self.tr("Write it down"), self.tr("so that a crash loses nothing")
            ),
            SendStep.SENDING: CheckRow(self.tr("Send"), self.tr("once")),
        }
        self.received = CheckRow(self.tr("Received"), self.tr("a node has it"))
        self.executed = CheckRow(self.tr("Executed"), self.tr("pre-confirmed: may still vanish"))
        self.accepted = CheckRow(self.tr("Accepted on L2"), self.tr("by its receipt: final"))
        for row in self.rows:
            card.add(row)
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

    @property
    def rows(self) -> list[CheckRow]:
        """All of them in their order."""
        return [*self.steps.values(), self.received, self.executed, self.accepted]

    def start(self) -> None:
        """Nothing has happened yet."""
        self.notice.hide()
        self.look.hide()
        self.resend.hide()
        self.hash.show_value("")
        self.facts.show_rows([])
        for row in self.rows:
            row.show_mark(Mark.WAITING)

    def show_step(self, step: SendStep) -> None:
        """The steps before it are done."""
        run_to(self.steps, step)

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
        for row in self.steps.values():
            if row.mark is not Mark.FAILED:
                row.show_mark(Mark.DONE)
        states = [TxState.RECEIVED, TxState.PRE_CONFIRMED, TxState.ACCEPTED_L2]
        passed = {
            TxState.RECEIVED: 1,
            TxState.PRE_CONFIRMED: 2,
            TxState.ACCEPTED_L2: 3,
            TxState.ACCEPTED_L1: 3,
        }.get(record.state, 0)
        for number, (row, _) in enumerate(
            zip((self.received, self.executed, self.accepted), states, strict=True)
        ):
            if number < passed:
                row.show_mark(Mark.DONE)
            else:
                row.show_mark(Mark.RUNNING if number == passed and passed else Mark.WAITING)
        if record.state is TxState.REVERTED:
            for row in (self.received, self.executed):
                row.show_mark(Mark.DONE)
            self.accepted.show_mark(Mark.FAILED, self.tr("failed"), record.events[-1].detail)

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
        stop_rows(self.rows, Mark.FAILED)


def column(title: str, first: QWidget, second: QWidget) -> QVBoxLayout:
    """A small caption over two labels."""
    made = vertical(2)
    made.addWidget(label(title, "secondary"))
    made.addWidget(first)
    made.addWidget(second)
    return made


def before_card() -> Card:
    """What will happen, said before anything does."""
    card = Card("How sending works")
    for icon, words in (
        ("magnifying-glass", "First it is simulated: you see what would change and what it costs."),
        ("pencil-simple", "It is signed here, after your word, for this network alone."),
        ("list-checks", "It is written down before it leaves. A crash cannot pay twice."),
    ):
        card.add(IconLine(icon, "text_muted", words))
    return card


def signed(value: int, token: Token) -> str:
    """With its sign."""
    text = format_amount(abs(value), token.decimals)
    return f"{'+' if value > 0 else '−'}{text} {token.symbol}"

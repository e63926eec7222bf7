"""What a transaction would do, as a node simulated it, what it costs and who sees it."""

from obsqra_desktop.domain.amounts import STRK, Token, format_amount
from obsqra_desktop.domain.spending import amount as amount_words
from obsqra_desktop.services.plans import Plan
from obsqra_desktop.ui.format import HIDDEN, at_most, clock_time, grouped, likely
from obsqra_desktop.ui.pages.split_body import SplitBody
from obsqra_desktop.ui.widgets.base import Card, FactRows, IconLine, Notice, clear, label, vertical


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


def signed(value: int, token: Token) -> str:
    """With its sign."""
    text = format_amount(abs(value), token.decimals)
    return f"{'+' if value > 0 else '−'}{text} {token.symbol}"

"""The user's own limits on what may leave an account, for the network in use."""

from PySide6.QtWidgets import QLineEdit

from obsqra_desktop.domain.amounts import ETH, STRK, Token, format_amount, parse_amount
from obsqra_desktop.domain.errors import AppError, InvalidInput
from obsqra_desktop.domain.network import Network
from obsqra_desktop.domain.spending import NetworkCaps, TokenCaps
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.widgets.base import Card, Notice, horizontal, label
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.form import edit, field, mark, show_error


class LimitsCard(Card):
    """Empty is no limit. Sending is refused above them, whatever a node says."""

    def __init__(self, services: UiServices) -> None:
        super().__init__(self.tr("Your limits"))
        self._services = services
        self._network: Network | None = None
        self.where = label("", "secondary", wrap=True)
        self.add(self.where)
        self.max_fee = edit(self.tr("Highest fee of a transaction, in STRK"))
        self.body.addLayout(field(self.tr("Highest fee, STRK"), self.max_fee))
        self.lines: dict[tuple[int, str], QLineEdit] = {}
        for token in (STRK, ETH):
            row = horizontal(12)
            for kind, words in (
                ("per_transaction", self.tr("{0} a transaction")),
                ("per_day", self.tr("{0} in 24 hours")),
            ):
                line = edit(self.tr("Most {0}").format(words.format(token.symbol)))
                line.setPlaceholderText(self.tr("no limit"))
                self.lines[(token.address, kind)] = line
                row.addLayout(field(words.format(token.symbol), line))
            self.body.addLayout(row)
        self.notice = Notice()
        self.notice.hide()
        self.add(self.notice)
        self.save = Button(self.tr("Keep these limits"), "plain", "check")
        self.save.clicked.connect(self.keep)
        verbs = horizontal(8)
        verbs.addWidget(self.save)
        verbs.addStretch(1)
        self.body.addLayout(verbs)

    def refresh(self) -> None:
        """Show those of the network in use."""
        self.notice.hide()
        try:
            network = self._services.networks.network()
            caps = self._services.sending.caps(network)
        except AppError as error:
            show_error(self.notice, error)
            self.save.setEnabled(False)
            return
        self._network = network
        self.save.setEnabled(True)
        self.where.setText(
            self.tr("On {0}. Fees count as STRK; a day is 24 hours by the chain's clock.").format(
                network.name
            )
        )
        self.max_fee.setText(shown(caps.max_fee, STRK))
        for (address, kind), line in self.lines.items():
            token = STRK if address == STRK.address else ETH
            line.setText(shown(getattr(caps.of(address), kind), token))

    def keep(self) -> None:
        """Check all fields, then keep them."""
        if self._network is None:
            return
        caps = self._services.sending.caps(self._network)
        try:
            caps = caps.model_copy(update={"max_fee": typed(self.max_fee, STRK)})
            for token in (STRK, ETH):
                caps = caps.with_token(self._token_caps(caps, token))
            self._services.sending.set_caps(caps)
        except AppError as error:
            show_error(self.notice, error)
            return
        self.refresh()
        self.notice.say("good", self.tr("Kept"))
        self.notice.show()

    def _token_caps(self, caps: NetworkCaps, token: Token) -> TokenCaps:
        return caps.of(token.address).model_copy(
            update={
                kind: typed(self.lines[(token.address, kind)], token)
                for kind in ("per_transaction", "per_day")
            }
        )


def shown(value: int | None, token: Token) -> str:
    """Exact; empty for no limit."""
    return "" if value is None else format_amount(value, token.decimals)


def typed(line: QLineEdit, token: Token) -> int | None:
    """What a field says; raises InvalidInput and marks the field."""
    words = line.text().strip()
    mark(line, False)
    if not words:
        return None
    try:
        return parse_amount(words, token.decimals)
    except InvalidInput as error:
        mark(line, True)
        raise InvalidInput(f"{line.accessibleName()}: {error.detail}") from None

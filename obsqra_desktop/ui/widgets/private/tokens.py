"""Which token: every one whose decimal places are known on the network in use."""

from PySide6.QtCore import Signal

from obsqra_desktop.domain.amounts import KNOWN_TOKENS, Token
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.services.tokens import short_address
from obsqra_desktop.ui.widgets.choice import Select


class TokenSelect(Select):
    """By symbol, typed letters choose; a symbol is what somebody says, so the address is there."""

    picked = Signal()
    """Another token is chosen, or none."""

    def __init__(self, name: str, nothing: str = "") -> None:
        """With `nothing` the first row stands for no token in particular."""
        super().__init__(name)
        self._nothing = nothing
        self._tokens: tuple[Token, ...] = ()
        self.show_tokens(KNOWN_TOKENS)
        self.currentIndexChanged.connect(lambda _: self._on_index())

    @property
    def token(self) -> Token | None:
        """The one that is chosen."""
        number = self.currentIndex() - bool(self._nothing)
        return self._tokens[number] if 0 <= number < len(self._tokens) else None

    def show_tokens(self, tokens: tuple[Token, ...]) -> None:
        """Offer these. The choice stays if its token does; else the first row is chosen."""
        before = self.token
        if tokens == self._tokens:
            return
        self.blockSignals(True)
        self._tokens = tokens
        self.clear()
        if self._nothing:
            self.addItem(self._nothing)
        for one in tokens:
            self.addItem(token_words(one), address_form(one.address))
        if before in tokens:
            self.choose(before.address)
        self.blockSignals(False)
        if self.token != before:
            self._on_index()

    def choose(self, address: int) -> bool:
        """Choose it; False if it is not offered."""
        number = self.findData(address_form(address))
        if number >= 0:
            self.setCurrentIndex(number)
        return number >= 0

    def _on_index(self) -> None:
        chosen = self.token
        self.setToolTip(address_form(chosen.address) if chosen is not None else "")
        self.picked.emit()


def token_words(token: Token) -> str:
    """Its symbol, and what tells it from others of that name."""
    more = token.name if token in KNOWN_TOKENS else short_address(token.address)
    return f"{token.symbol} · {more}"

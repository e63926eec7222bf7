"""What the account that pays in holds of the token that is chosen."""

from typing import Protocol

from PySide6.QtCore import QObject

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import Token
from obsqra_desktop.domain.errors import AppError, InvalidInput
from obsqra_desktop.services.account_chain import Holdings
from obsqra_desktop.services.mist.money import MistMoney
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.private.deposit import DepositForm

Key = tuple[str, int]
"""An account's id, a token's address."""


class Host(Protocol):
    """The page, as far as it is needed here."""

    account: Account | None
    tokens: tuple[Token, ...]


class BalanceWork(QObject):
    """Asked of a node when a token is chosen and when the page looks; beside the window's thread.
    Until there is an answer, and where there is none, it is not known."""

    def __init__(self, host: Host, form: DepositForm, money: MistMoney, runner: TaskRunner) -> None:
        super().__init__()
        self._host, self._form, self._money, self._runner = host, form, money, runner
        self._known: dict[Key, int] = {}
        self._asked: set[Key] = set()
        self.hide_amounts = False
        form.token.picked.connect(self.look)

    def forget(self) -> None:
        """It may have changed: what is shown is asked for anew."""
        self._known.clear()
        self.show_now()

    def learn(self, holdings: Holdings) -> None:
        """What the page has asked for anyway."""
        for token, value in holdings.balances:
            self._known[holdings.account.id, token.address] = value
        self.show_now()

    def look(self) -> None:
        """Ask for the one that is chosen, unless it is known or asked for."""
        self.show_now()
        account, token = self._host.account, self._form.token.token
        if account is None or token is None:
            return
        key = (account.id, token.address)
        if key in self._known or key in self._asked:
            return

        def done(value: int) -> None:
            self._asked.discard(key)
            self._known[key] = value
            self.show_now()

        def failed(error: AppError) -> None:
            self._asked.discard(key)
            if isinstance(error, InvalidInput) and self._key() == key:
                self._form.show_problem(error)  # else the pool's card says that no node answers

        self._asked.add(key)
        self._runner.run(self._money.balance(account, token), done=done, failed=failed)

    def show_now(self) -> None:
        """As far as it is known."""
        key = self._key()
        value = self._known.get(key) if key is not None else None
        self._form.show_balance(value, self._host.tokens, hide=self.hide_amounts)

    def _key(self) -> Key | None:
        account, token = self._host.account, self._form.token.token
        return (account.id, token.address) if account is not None and token is not None else None

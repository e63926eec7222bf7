"""How keys are kept, asked where a backup is restored: what was chosen for it is kept meanwhile."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from obsqra_desktop.domain.chain_types import VaultMethod, VaultState
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.ui.widgets.account_steps import ProtectForm, UnlockForm
from obsqra_desktop.ui.widgets.base import Card, label, reveal
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.form import in_words


class VaultCard(Card):
    """Makes the vault, or opens it; then what waits for it goes on."""

    made = Signal(object, object)
    """VaultMethod, passphrase or None."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "sunken")
        self.words = label("", "secondary", wrap=True)
        self.protect, self.unlock = ProtectForm(narrow=True), UnlockForm()
        self.trouble = label("", "caption", "bad", wrap=True)
        self.protect.group.button(2).hide()  # a secret is never kept in memory only
        self.close_button = Button(self.tr("Not now"), "quiet", "x")
        for widget in (self.words, self.protect, self.unlock, self.trouble):
            self.add(widget)
        self.add_left(self.close_button)
        self.close_button.clicked.connect(self.close_form)
        self._then: Callable[[], None] | None = None
        self.hide()

    def ask(
        self, words: str, state: VaultState, keyring: str | None, then: Callable[[], None]
    ) -> None:
        """Show it; `then` is done when keys can be kept."""
        self._then = then
        new = state.method is VaultMethod.NONE
        self.words.setText(words)
        self.trouble.hide()
        self.protect.setVisible(new)
        self.protect.show_keyring(keyring)
        self.unlock.setVisible(not new)
        self.unlock.show_method(state.method)
        self.show()
        (self.protect if new else self.unlock).place().setFocus()
        reveal(self)

    def go_on(self) -> None:
        """Keys can be kept."""
        then, self._then = self._then, None
        self.close_form()
        if then is not None:
            then()

    def show_problem(self, error: AppError) -> None:
        """It did not work; everything stays as it was chosen."""
        self.trouble.setText(in_words(error))
        self.trouble.show()
        (self.unlock if self.protect.isHidden() else self.protect).place().setFocus()
        reveal(self)

    def close_form(self) -> None:
        """Forget it and go."""
        self._then = None
        self.unlock.line.clear()
        self.protect.passphrase.clear()
        inside = any(one.hasFocus() for one in self.findChildren(QWidget))
        self.hide()
        if inside and (near := self.parentWidget()) is not None:
            near.setFocus()  # the keyboard stays here

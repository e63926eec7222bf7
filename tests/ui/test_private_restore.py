"""A backup is restored where there is nothing yet: not even a place for keys."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from obsqra_desktop.domain.chain_errors import WrongPassphrase
from obsqra_desktop.domain.chain_types import VaultMethod
from tests.ui import private as by_hand
from tests.ui.conftest import Driver
from tests.ui.private import WORDS, HandMist
from tests.ui.wallet import Wallet


def test_a_vault_is_made_in_place_and_what_was_chosen_is_kept(
    pui: Driver, wallet: Wallet, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[tuple[Path, str]] = []

    async def restore(_: HandMist, path: Path, passphrase: str, **_more: object) -> None:
        tried.append((path, passphrase))
        raise WrongPassphrase("It stays closed.", hint="Type it again.")

    monkeypatch.setattr(HandMist, "restore", restore)
    by_hand.private_nobody(pui, wallet)
    page, path = pui.window.private, Path("private.json")
    vault, known = page.view.files.vault, page.view.files.known
    assert page.view.guide.restore.isVisible(), "where a newcomer looks"
    pui.act(lambda: page.desk._restore_from(path))
    pui.settle()
    assert vault.isVisible()
    assert not known.isVisible()
    assert not vault.protect.group.button(2).isVisible(), "a secret is not kept in memory only"
    vault.protect.passphrase.first.setText(WORDS)
    vault.protect.passphrase.again.setText(WORDS)
    pui.click(vault.protect.button)
    pui.settle()
    assert wallet.services.accounts.vault_state().method is VaultMethod.PASSPHRASE
    assert not vault.isVisible()
    assert known.isVisible()
    assert "private.json" in known.words.text(), "the file need not be chosen again"
    for number, words in enumerate(("wrong", "wrong again"), 1):
        known.once.setFocus()
        known.once.setText(words)
        pui.key(Qt.Key.Key_Return)
        pui.settle()
        assert tried == [(path, "wrong"), (path, "wrong again")][:number]
        assert known.isVisible(), "another try"
        assert known.trouble.text() == "It stays closed. Type it again."
        assert known.once.text() == "", "it is not kept"
        assert known.once.hasFocus()
    assert not page.view.notice.isVisible(), "it is told where it was typed"
    assert page.isAncestorOf(QApplication.focusWidget())

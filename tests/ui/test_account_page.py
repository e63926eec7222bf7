"""The account’s road: what was left out, what it costs, and where the keyboard is."""

from PySide6.QtWidgets import QWidget

from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_types import VaultMethod
from obsqra_desktop.domain.spending import at_most
from obsqra_desktop.flows.first_account import Need
from obsqra_desktop.ui.pages.account import AccountPage
from obsqra_desktop.ui.widgets.base import FactRows
from tests.ui import wallet_scenes as by_hand
from tests.ui.conftest import Driver
from tests.ui.wallet import Wallet


def rows(facts: FactRows) -> dict[str, str]:
    texts = [one.text() for one in facts.findChildren(QWidget) if hasattr(one, "text")]
    return dict(zip(texts[::2], texts[1::2], strict=True))


def keyboard(page: AccountPage) -> QWidget | None:
    return page.window().focusWidget()


def test_a_backup_that_was_left_out_is_not_ticked(wui: Driver, wallet: Wallet) -> None:
    wui.run(wallet.account(fund=0, deployed=False, saved=False))
    page = by_hand.account_page(wui, Need.FUNDS)
    assert "Backup was left out" in page.stepper.accessibleName()
    assert page.account is not None
    wallet.services.accounts.mark_backed_up(page.account)
    page.refresh()
    wui.settle()
    assert "left out" not in page.stepper.accessibleName()


def test_what_it_costs_is_never_cut(wui: Driver, wallet: Wallet) -> None:
    by_hand.account_fund(wui, wallet)
    page = wui.window.account
    wui.until(lambda: page.fee is not None)
    page.fee = 4_108_123_456_789_012
    page.refresh()
    assert f"send at least {at_most(page.fee)}" in page.fund.detail.text()
    assert at_most(page.fee) == "0.0042 STRK"


def test_the_card_says_deployed_as_soon_as_the_receipt_does(wui: Driver, wallet: Wallet) -> None:
    by_hand.account_deploy(wui, wallet)
    page = wui.window.account
    assert rows(page.address_card.facts)["On the chain"] == "not deployed yet"
    wui.click(page.deploy_form.button)
    wui.until(lambda: page.need is Need.NOTHING)
    wui.settle()
    assert rows(page.address_card.facts)["On the chain"] == "deployed"


def test_the_keyboard_goes_on_with_the_steps(wui: Driver, wallet: Wallet) -> None:
    page = by_hand.account_page(wui, Need.PROTECTION)
    page.protect.group.button(2).setChecked(True)
    page.protect.button.setFocus()
    wui.click(page.protect.button)
    wui.until(lambda: page.need is Need.ACCOUNT)
    wui.settle()
    assert keyboard(page) is page.make.name
    page.make.name.setText("Savings")
    page.make.button.setFocus()
    wui.click(page.make.button)
    wui.until(lambda: page.need is Need.FUNDS)
    wui.settle()
    assert keyboard(page) is page.fund.faucet
    wui.click(page.fund.faucet)
    wui.until(lambda: page.need is Need.DEPLOY)
    wui.settle()
    assert keyboard(page) is page.deploy_form, "near, and never on what sends"
    assert wallet.services.accounts.vault_state().method is VaultMethod.MEMORY
    assert page.holdings is not None
    assert page.holdings.of(STRK) > 0

"""From nothing to a payment, by clicks: practice chain, keys, account, funds, deployment, sending.

Everything is real: the devnet, the vault on disk, the signatures, the journal.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QRadioButton

from obsqra_desktop.app import build_services
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.journal import TxState
from obsqra_desktop.flows.first_account import Need
from obsqra_desktop.flows.send import Step
from obsqra_desktop.storage import system_keyring
from obsqra_desktop.ui.window import ACCOUNT, HISTORY, NETWORKS, SEND
from tests.chain.practice_bench import killed
from tests.devnet import binary
from tests.ui.conftest import Driver, Start

pytestmark = pytest.mark.loopback
FRIEND = "0x000000000000000000000000000000000000000000000000000000000000f00d"
PASSPHRASE = "four words are enough"


@pytest.fixture
def newcomer(start: Start, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:
    """An empty data folder; the practice chain is stopped afterwards."""
    monkeypatch.setenv("PATH", str(Path(binary()).parent), prepend=":")
    monkeypatch.setattr(system_keyring, "answering", lambda: None)
    services = build_services(data_dir)
    ui = start(services)
    yield ui
    ui.window.close()
    ui.loop.run_until_complete(services.practice.down())
    ui.loop.run_until_complete(ui.window.runner.close())
    ui.loop.run_until_complete(services.close())


def make_account(ui: Driver) -> None:
    """Up to a deployed account with play money."""
    window = ui.window
    window.open_page(NETWORKS)
    ui.settle()
    ui.click(window.networks.practice.start)
    ui.until(lambda: window.networks.practice.stop.isVisible())
    assert window.practice_bar.isVisible()
    assert not window.practice_bar.start.isVisible()
    assert window.strip.text_of("network") == "Practice chain"

    window.open_page(ACCOUNT)
    page = window.account
    ui.until(lambda: page.need is Need.PROTECTION)
    ui.settle()
    by_passphrase = page.protect.group.button(1)
    assert isinstance(by_passphrase, QRadioButton)
    ui.click(by_passphrase)
    assert not page.protect.button.isEnabled()
    page.protect.passphrase.first.setText(PASSPHRASE)
    page.protect.passphrase.again.setText(PASSPHRASE)
    ui.click(page.protect.button)
    ui.until(lambda: page.need is Need.ACCOUNT)
    page.make.name.setText("Savings")
    ui.click(page.make.button)
    ui.until(lambda: page.need is Need.FUNDS)
    assert page.address_card.isVisible()
    ui.click(page.fund.faucet)
    ui.until(lambda: page.need is Need.DEPLOY)
    assert "STRK at most" in page.deploy_form.button.text()
    ui.click(page.deploy_form.button)
    ui.until(lambda: page.need is Need.NOTHING)
    assert page.account is not None
    assert page.account.deployed
    assert page.holdings_card.figure.text().startswith("999.99")


def test_from_nothing_to_a_payment(newcomer: Driver) -> None:
    ui, window = newcomer, newcomer.window
    make_account(ui)
    window.open_page(SEND)
    page = window.send
    page.choose.to.setText(FRIEND)
    page.choose.amount.setText("1.5")
    ui.until(page.next_button.isEnabled)
    ui.click(page.next_button)
    ui.until(lambda: page.steps.flow.step is Step.CHECK)
    assert page.steps.send_button.text().startswith("Send 1.5 STRK on Practice chain · 0.00")
    assert page.primary_button() is None, "no shortcut may send"
    assert ui.services.sending.unsettled() == ()
    ui.until(page.steps.send_button.isEnabled)
    ui.click(page.steps.send_button)
    ui.until(lambda: page.steps.flow.step is Step.DO and not page.steps.flow.working)
    assert page.steps.do.notice.words.startswith("Confirmed")
    assert page.steps.flow.record is not None
    assert page.steps.flow.record.state is TxState.ACCEPTED_L2

    window.open_page(HISTORY)
    ui.settle()
    titles = [one.title for one in window.history.records()]
    assert titles[0].startswith("Send 1.5 STRK")
    assert titles[1].startswith("Deploy the account")

    async def balance() -> int:
        network = await ui.services.networks.resolve()
        async with ui.services.chain.open(network, "test") as session:
            low, _ = await session.call(STRK.address, "balanceOf", (0xF00D,))
            return low

    assert ui.loop.run_until_complete(balance()) == 15 * 10**17


def test_a_crash_of_the_chain_is_noticed_and_undone(newcomer: Driver) -> None:
    ui, window = newcomer, newcomer.window
    make_account(ui)
    status = ui.loop.run_until_complete(ui.services.practice.status())
    assert status.pid is not None
    killed(status.pid)
    window.refresh_status()
    ui.until(lambda: window.practice_bar.start.isVisible())
    assert "ended by itself" in window.practice_bar.words.text()
    ui.click(window.practice_bar.start)
    ui.until(lambda: not window.practice_bar.start.isVisible())
    ui.settle()  # it answers, and is not only starting
    account = window.account.account
    assert account is not None
    holdings = ui.loop.run_until_complete(ui.services.accounts.holdings(account))
    assert holdings.deployed
    assert holdings.of(STRK) > 999 * 10**18
    assert asyncio.get_event_loop() is ui.loop

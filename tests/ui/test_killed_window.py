"""The window's own process is killed in mid-send; the next window says so and pays once."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from qasync import QEventLoop

from obsqra_desktop.app import Services, build_services
from obsqra_desktop.domain.accounts import AccountKind
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_types import VaultMethod
from obsqra_desktop.domain.journal import TxState
from obsqra_desktop.storage import system_keyring
from obsqra_desktop.ui.window import HISTORY
from tests.conftest import ROOT
from tests.devnet import binary
from tests.ui.conftest import PATIENCE, Start
from tests.ui.killed_window import FRIEND

pytestmark = pytest.mark.loopback
PASSPHRASE = "four words are enough"


async def prepare(services: Services) -> None:
    """The practice chain, and an account on it that can pay."""
    accounts = services.accounts
    await services.practice.up()
    await accounts.create_vault(VaultMethod.PASSPHRASE, PASSPHRASE)
    account = await accounts.new(AccountKind.OPENZEPPELIN, "Main", "practice")
    await services.practice.faucet(account.address, STRK.address, 100 * 10**18)
    record = await services.sending.send(await services.sending.plan_deploy(account))
    assert (await services.sending.track(record.id)).state is TxState.ACCEPTED_L2
    accounts.select((await accounts.holdings(account)).account)


@pytest.fixture
def ready(loop: QEventLoop, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Services]:
    monkeypatch.setenv("PATH", str(Path(binary()).parent), prepend=":")
    monkeypatch.setattr(system_keyring, "answering", lambda: None)
    services = build_services(data_dir)
    loop.run_until_complete(prepare(services))
    yield services
    loop.run_until_complete(services.practice.down())
    loop.run_until_complete(services.close())


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_killed_window_pays_once(ready: Services, start: Start, when: str) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "tests.ui.killed_window", ready.data_dir, PASSPHRASE, when],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    assert process.returncode == -signal.SIGKILL, process.stderr[-2000:]

    ui = start(build_services(ready.data_dir))
    window = ui.window
    assert window.open_ones.isVisible()
    ui.click(window.follow_button)
    assert window.current == HISTORY
    ui.settle()
    page = window.history
    ui.click(page.look if when == "after" else page.resend)
    ui.settle()
    assert [one.state for one in page.records()] == [TxState.ACCEPTED_L2] * 2
    window.refresh_status()
    assert not window.open_ones.isVisible()

    async def balance() -> int:
        network = await ready.networks.resolve()
        async with ready.chain.open(network, "test") as session:
            return (await session.call(STRK.address, "balanceOf", (FRIEND,)))[0]

    assert ui.run(balance()) == 15 * 10**17
    ui.settle()
    window.close()
    ui.run(window.runner.close())
    ui.run(ui.services.close())

"""From the window alone on a real practice chain: a proof, no contract, declared, deployed, asked.

Everything is real: the devnet, the account, the class, the contract, the proof.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from obsqra_desktop.app import build_services
from obsqra_desktop.domain.accounts import AccountKind
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_types import VaultMethod
from obsqra_desktop.domain.two_verdicts import Agreement
from obsqra_desktop.flows.decide import Work
from obsqra_desktop.storage import system_keyring
from obsqra_desktop.ui.window import CONTRACTS, DECIDE, DECISIONS, VERIFY
from tests.devnet import binary
from tests.ui.conftest import Driver, Start
from tests.ui.looking import photograph

pytestmark = pytest.mark.loopback


@pytest.fixture
def owner(start: Start, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:
    """A practice chain with a deployed account; how one gets there is tested elsewhere."""
    monkeypatch.setenv("PATH", str(Path(binary()).parent), prepend=":")
    monkeypatch.setattr(system_keyring, "answering", lambda: None)
    services = build_services(data_dir)
    ui = start(services)

    async def prepare() -> None:
        await services.practice.up()
        await services.accounts.create_vault(VaultMethod.MEMORY)
        account = await services.accounts.new(AccountKind.OPENZEPPELIN, "Main", "practice")
        services.accounts.select(account)
        await services.practice.faucet(account.address, STRK.address, 1_000 * 10**18)
        record = await services.sending.send(await services.sending.plan_deploy(account))
        await services.sending.track(record.id)

    ui.run(prepare())
    yield ui
    ui.window.close()
    ui.loop.run_until_complete(ui.window.runner.close())
    ui.loop.run_until_complete(services.practice.down())
    ui.loop.run_until_complete(services.close())


def test_a_proof_is_verified_by_a_contract_that_the_window_put_there(
    owner: Driver, tmp_path: Path
) -> None:
    ui, window = owner, owner.window
    decide = window.decide
    window.open_page(DECIDE)
    ui.click(decide.next_button)
    ui.click(decide.next_button)
    ui.until(lambda: decide.flow.progress.work is Work.DONE)
    ui.settle()

    card = decide.do.contract
    ui.click(card.button)
    ui.until(lambda: card.setup_button.isVisible())
    assert "There is no verifier at 0x" in card.notice.words
    ui.click(card.setup_button)
    page = window.contracts
    page.steps.review.setInterval(0)
    assert window.current == CONTRACTS
    for button in (page.verifier.declare_button, page.verifier.deploy_button):
        ui.until(button.isVisible)
        ui.until(button.isEnabled)
        before = len(ui.services.history.listing())
        ui.click(button)
        ui.until(lambda: page.steps.send_button.isVisible() and page.steps.send_button.isEnabled())
        plan = page.steps.flow.plan
        assert plan is not None
        assert 0 < plan.likely_fee <= plan.max_fee
        assert len(ui.services.history.listing()) == before, "told before anything is sent"
        ui.click(page.steps.send_button)
        ui.until(page.steps.done_button.isVisible)
        assert page.steps.do.notice.words.startswith("Confirmed"), page.steps.do.notice.words
        ui.click(page.steps.done_button)
    ui.until(page.verifier.proof_button.isVisible)
    assert page.standing is not None
    assert page.standing.deployed
    paid = len(ui.services.history.listing())
    ui.click(page.verifier.proof_button)
    assert window.current == DECIDE

    ui.click(card.button)
    ui.until(lambda: card.found is not None)
    assert card.notice.words.startswith("Verified here and by a contract")
    assert card.found is not None
    assert card.found.agreement is Agreement.ACCEPT
    assert card.found.chain.contract == page.standing.address
    assert card.found.chain.class_hash == page.standing.facts.class_hash
    photograph(ui, "contract_verified", card)

    target = tmp_path / "decision.oab.zip"
    decide.save_bundle(target)
    ui.settle()
    window.open_page(VERIFY)
    window.verify.verify(target)
    ui.until(window.verify.contract.isVisible)
    ui.click(window.verify.contract.button)
    ui.until(lambda: window.verify.contract.found is not None)
    assert window.verify.contract.notice.words.startswith("Verified here and by a contract")

    window.open_page(DECISIONS)
    ui.settle()
    stored = window.decisions.detail.contract
    ui.click(stored.button)
    ui.until(lambda: stored.found is not None)
    assert stored.found is not None
    assert stored.found.agreement is Agreement.ACCEPT
    assert stored.found is not None
    assert stored.found.agreement is Agreement.ACCEPT
    assert len(ui.services.history.listing()) == paid, "asking sends nothing"

"""From the window on the practice chain: a market is made, read, explained, and decided over.

Everything is real: the devnet, the contracts on it, the replies, the metrics, the proof.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from obsqra_desktop.app import build_services
from obsqra_desktop.domain.market.questions import evidence_digest
from obsqra_desktop.domain.record import Status
from obsqra_desktop.flows.decide import Step, Work
from obsqra_desktop.storage import system_keyring
from obsqra_desktop.ui.window import DECIDE, NETWORKS, POOLS
from tests.devnet import binary
from tests.ui.conftest import Driver, Start

pytestmark = pytest.mark.loopback


@pytest.fixture
def newcomer(start: Start, data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Driver]:
    """An empty data folder; the practice chain is stopped afterwards."""
    monkeypatch.setenv("PATH", str(Path(binary()).parent), prepend=":")
    monkeypatch.setattr(system_keyring, "answering", lambda: None)
    services = build_services(data_dir)
    ui = start(services)
    yield ui
    ui.window.close()
    ui.loop.run_until_complete(ui.window.runner.close())
    ui.loop.run_until_complete(services.practice.down())
    ui.loop.run_until_complete(services.close())


def test_from_nothing_to_a_proof_over_measured_pools(newcomer: Driver) -> None:
    ui, window = newcomer, newcomer.window
    window.open_page(NETWORKS)
    ui.settle()
    ui.click(window.networks.practice.start)
    ui.until(lambda: window.networks.practice.stop.isVisible())

    window.open_page(POOLS)
    ui.settle()
    page = window.pools
    assert page.empty.words.startswith("No pools on the practice chain yet")
    ui.click(page.empty.button)
    ui.until(lambda: not page.flow.working)
    ui.settle()
    assert page.flow.state.error is None, page.flow.state.error
    view = page.flow.state.view
    assert view is not None
    complete = [pool for pool in view.pools if pool.known() is not None]
    assert len(complete) >= 2
    assert any(pool.exit_only for pool in view.pools)

    live = next(one for one in complete if not one.exit_only and not one.abandoned)
    assert live.metric("volatility_bps").inputs
    page.flow.choose(live.id)
    page.body.show_rows()
    ui.pause()
    ui.click(page.detail.lines["volatility_bps"].why)
    replies = [
        reply for one in live.metric("volatility_bps").inputs for reply in one.replies if reply.raw
    ]
    assert replies
    kept = ui.run(ui.services.market.recompute("latest"))
    assert kept.market.id == view.id
    assert evidence_digest(kept.replies).hex() == view.id

    ui.click(page.decide_button)
    ui.settle()
    decide = window.decide
    assert window.current == DECIDE
    ui.click(decide.choose.cards[2])
    snapshot = decide.flow.choice.snapshot
    assert snapshot is not None
    assert snapshot.block_number == view.block_number
    assert snapshot.evidence is not None
    assert snapshot.evidence.digest == view.id
    ui.click(decide.next_button)
    assert decide.flow.step is Step.CHECK
    assert decide.flow.decision is not None
    assert decide.flow.decision.feasible, decide.flow.decision.infeasible_reasons
    ui.click(decide.next_button)
    ui.until(lambda: decide.flow.progress.work is not Work.PROVING)
    record = decide.flow.progress.record
    assert record is not None
    assert record.status is Status.VERIFIED
    assert record.snapshot_digest == snapshot.digest().hex()

"""A window that is left alone asks little, and sees what changes."""

import pytest

from tests.ui.conftest import Driver
from tests.ui.wallet import Wallet


@pytest.fixture
def preflights(wui: Driver, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The whole looks at the node, as they are asked for."""
    asked: list[str] = []
    networks = wui.services.networks
    test = networks.test

    async def counted(network_id: str | None = None) -> object:
        asked.append("test")
        return await test(network_id)

    wui.settle()
    monkeypatch.setattr(networks, "test", counted)
    return asked


def polls(ui: Driver, count: int) -> None:
    for _ in range(count):
        ui.act(ui.window._on_poll)
        ui.settle()


def test_the_timer_repeats_no_preflight(wui: Driver, preflights: list[str]) -> None:
    polls(wui, 6)
    assert preflights == []
    assert "block" in wui.window.strip.text_of("node"), "what was seen last stays in sight"


def test_what_was_done_here_is_looked_at_at_once(wui: Driver, preflights: list[str]) -> None:
    wui.act(wui.window.refresh_status)
    wui.settle()
    assert preflights == ["test"]


def test_a_chain_that_others_stop_and_start_is_seen(
    wui: Driver, wallet: Wallet, preflights: list[str]
) -> None:
    wui.run(wallet.services.practice.down())
    polls(wui, 2)
    assert wui.window.practice_bar.start.isVisible()
    preflights.clear()
    wui.run(wallet.services.practice.up())
    polls(wui, 3)
    assert preflights == ["test"], "once, for its new state"
    assert "block" in wui.window.strip.text_of("node")

"""The practice market trades on while the window is there, and only then."""

import asyncio
from dataclasses import dataclass, field, replace

import pytest

from obsqra_desktop.domain.chain_errors import WouldFail
from obsqra_desktop.domain.chain_types import PracticeState, PracticeStatus
from obsqra_desktop.ui.window import NETWORKS, SETTINGS
from tests.parts import exchanged
from tests.ui.conftest import Driver, Start
from tests.ui.wallet import Wallet


@dataclass
class Life:
    """Counts beats; `gate` holds them."""

    beats: int = 0
    ended: int = 0
    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def beat(self) -> bool:
        self.beats += 1
        try:
            await self.gate.wait()
        finally:
            self.ended += 1
        return True


@pytest.fixture
def life() -> Life:
    one = Life()
    one.gate.set()
    return one


@pytest.fixture
def lui(start: Start, wallet: Wallet, life: Life) -> Driver:
    return start(exchanged(wallet.services, practice_life=life))


def beat(ui: Driver) -> None:
    ui.act(ui.window.market_beat.timer.timeout.emit)
    ui.tick()


def test_one_beat_at_a_time(lui: Driver, life: Life) -> None:
    assert lui.window.market_beat.timer.isActive()
    life.gate.clear()
    beat(lui)
    beat(lui)
    assert life.beats == 1
    life.gate.set()
    lui.settle()
    beat(lui)
    lui.settle()
    assert life.beats == 2


def test_nothing_while_nobody_can_look(lui: Driver, life: Life) -> None:
    lui.window.hide()
    beat(lui)
    assert life.beats == 0
    lui.window.showMinimized()
    beat(lui)
    assert life.beats == 0


def test_the_switch_is_kept(lui: Driver, life: Life) -> None:
    lui.window.open_page(SETTINGS)
    lui.click(lui.window.settings.trades_toggle)
    assert not lui.window.market_beat.timer.isActive()
    assert not lui.services.settings.load().practice_trades
    lui.click(lui.window.settings.trades_toggle)
    assert lui.window.market_beat.timer.isActive()


def test_closing_stops_it(lui: Driver, life: Life) -> None:
    life.gate.clear()
    beat(lui)
    assert (life.beats, life.ended) == (1, 0)
    lui.loop.run_until_complete(lui.window.runner.close())
    assert life.ended == 1
    lui.act(lui.window.close)
    assert not lui.window.market_beat.timer.isActive()


def test_trouble_is_said_in_the_bar_and_in_the_networks(lui: Driver) -> None:
    error = WouldFail("A transaction of the practice market failed.", hint="Start it anew.")
    words = "A transaction of the practice market failed. Start it anew."
    status = PracticeStatus(PracticeState.UP, "http://127.0.0.1:1", 7, "0.10.1", "Up.", error)
    lui.window.open_page(NETWORKS)
    lui.settle()
    card, bar = lui.window.networks.practice, lui.window.practice_bar
    assert not card.trouble.isVisible()
    lui.window.networks._on_practice(status)
    assert words in card.trouble.words
    assert card.trouble.isVisible()
    assert "does not trade on" in bar.words.text()
    lui.window.networks._on_practice(replace(status, trouble=None))
    assert not card.trouble.isVisible()
    assert "does not trade on" not in bar.words.text()

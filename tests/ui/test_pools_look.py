"""The pools in every state: names, reach by Tab, nothing clipped; pictures for human eyes."""

from collections.abc import Callable

import pytest

from tests.ui.conftest import Driver
from tests.ui.looking import photograph, walk
from tests.ui.market import FakeMarket
from tests.ui.market_scenes import SCENES
from tests.ui.wallet import Wallet

Scene = Callable[[Driver, Wallet, FakeMarket], object]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_scene(mui: Driver, wallet: Wallet, market: FakeMarket, scene: Scene) -> None:
    photograph(mui, scene.__name__, scene(mui, wallet, market))
    walk(mui)

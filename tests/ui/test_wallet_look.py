"""The wallet's pages: names, reach by Tab, nothing clipped; pictures for human eyes."""

from collections.abc import Callable

import pytest

from tests.ui.conftest import Driver
from tests.ui.looking import photograph, walk
from tests.ui.wallet import Wallet
from tests.ui.wallet_scenes import SCENES

Scene = Callable[[Driver, Wallet], object]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_scene(wui: Driver, wallet: Wallet, scene: Scene) -> None:
    photograph(wui, scene.__name__, scene(wui, wallet))
    walk(wui)

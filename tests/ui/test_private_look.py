"""Private money in the window: names, reach by Tab, nothing clipped; pictures for human eyes."""

import pytest

from tests.ui.conftest import Driver
from tests.ui.looking import photograph, walk
from tests.ui.private import SCENES, Scene
from tests.ui.wallet import Wallet


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_scene(pui: Driver, wallet: Wallet, scene: Scene) -> None:
    photograph(pui, scene.__name__, scene(pui, wallet))
    walk(pui)

"""All targets by their names."""

from collections.abc import Callable
from typing import Final

from tests.fuzz.mist import mist
from tests.fuzz.targets import TARGETS as BUNDLES

TARGETS: Final[dict[str, Callable[[bytes], None]]] = {**BUNDLES, "mist": mist}

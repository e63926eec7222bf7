"""One real devnet for all tests of this folder."""

from collections.abc import Iterator

import pytest

from obsqra_desktop.domain.network import PRACTICE_CHAIN
from tests.devnet import Devnet, running


@pytest.fixture(scope="session")
def devnet() -> Iterator[Devnet]:
    """On the practice chain's id; accounts of seed 0 are funded."""
    with running("--chain-id", PRACTICE_CHAIN, "--predeclare-argent") as one:
        yield one

"""The fuzz targets keep their promises on their seeds and on changes of them."""

import random
from pathlib import Path

import pytest

from tests.fuzz import material
from tests.fuzz.every import TARGETS
from tests.fuzz.seeds import seeds

CHANGED = {"documents": 600, "statement": 600, "proof": 100, "bundle": 60, "mist": 900}


@pytest.fixture(autouse=True, scope="module")
def _home(tmp_path_factory: pytest.TempPathFactory) -> None:
    material.HOME = tmp_path_factory.mktemp("fuzz")


def changed(data: bytes, rng: random.Random) -> bytes:
    """A few bytes changed, put in or left out."""
    raw = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(raw) + 1)
        kind = rng.randrange(3)
        if kind == 0 and at < len(raw):
            raw[at] = rng.randrange(256)
        elif kind == 1:
            raw[at:at] = rng.randbytes(rng.randint(1, 8))
        else:
            del raw[at : at + rng.randint(1, 8)]
    return bytes(raw)


@pytest.mark.skipif(
    not (Path(material.ROOT) / "resources" / "verify_bundle.py").is_file(),
    reason="the plain verifier is not here",
)
@pytest.mark.parametrize("name", TARGETS)
def test_promises_are_kept(name: str) -> None:
    rng = random.Random(name)
    inputs = seeds()[name]
    for data in rng.sample(inputs, min(len(inputs), CHANGED[name])):
        TARGETS[name](data)
    for _ in range(CHANGED[name]):
        TARGETS[name](changed(rng.choice(inputs), rng))

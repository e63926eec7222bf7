"""The Cairo circuits are what their writer writes, and the writer's keys are the published ones."""

from tests.conftest import ROOT
from tests.devtools.poseidon2_cairo import LANES, Writer, cairo
from tests.privacy.plain import round_keys
from tests.vectors.mist import VECTORS, number


def test_the_file_is_as_written() -> None:
    stored = ROOT / "contracts" / "practice_chamber" / "src" / "poseidon2.cairo"
    assert stored.read_text("utf-8") == cairo()


def test_keys() -> None:
    for width, first in zip(LANES, VECTORS["first_round_keys"], strict=True):
        writer = Writer(width)
        writer.write()
        assert writer.keys == [key for one in round_keys(width) for key in one]
        assert writer.keys[0] == number(first)

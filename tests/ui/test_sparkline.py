"""Sparklines: broken where nothing is known."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from obsqra_desktop.ui.widgets.sparkline import segments

AREA = QRectF(10, 5, 80, 20)
values = st.lists(st.none() | st.integers(0, 10_000), max_size=1_200)


@given(values)
def test_segments_stay_inside_and_break_at_gaps(line: list[int | None]) -> None:
    found = segments(line, AREA)
    assert sum(one.size() for one in found) == sum(value is not None for value in line)
    runs = "".join("." if value is None else "x" for value in line).split(".")
    assert len(found) == len([one for one in runs if one])
    for part in found:
        for number in range(part.size()):
            spot = part.at(number)
            assert AREA.left() - 1e-6 <= spot.x() <= AREA.right() + 1e-6
            assert AREA.top() - 1e-6 <= spot.y() <= AREA.bottom() + 1e-6


def test_a_flat_line_runs_through_the_middle() -> None:
    (line,) = segments([7, 7, 7], AREA)
    assert {line.at(number).y() for number in range(3)} == {AREA.center().y()}

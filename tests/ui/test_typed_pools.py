"""Metrics typed by hand: checked in their row."""

import pytest
from PySide6.QtTest import QTest

from obsqra_desktop.domain.pools import Pool, SourceKind
from obsqra_desktop.ui.models.typed_pools import (
    Row,
    parse_row,
    parse_rows,
    percent_to_bps,
    whole_number,
)
from tests.ui.conftest import Driver

GOOD = Row("Ekubo", "ETH / USDC", "50", "25", "2", "95", "600", "12.1")


def type_row(ui: Driver, number: int, values: Row) -> None:
    for field, edit in ui.window.decide.choose.typing.rows[number].edits.items():
        edit.clear()
        edit.setFocus()
        QTest.keyClicks(edit, getattr(values, field))


@pytest.mark.parametrize(
    ("text", "bps"), [("65", 6500), ("65.2", 6520), ("0,05", 5), ("100", 10_000), ("7 %", 700)]
)
def test_percent_is_exact(text: str, bps: int) -> None:
    assert percent_to_bps(text, 10_000) == bps


@pytest.mark.parametrize("text", ["", "100.01", "-1", "1.234", "1e2", "١", "nan"])
def test_bad_percent(text: str) -> None:
    with pytest.raises(ValueError, match="a percentage from 0 to"):
        percent_to_bps(text, 10_000)


@pytest.mark.parametrize("text", ["", "101", "-1", "1.0", "x"])
def test_bad_whole_number(text: str) -> None:
    with pytest.raises(ValueError, match="a whole number from 0 to 100"):
        whole_number(text, 100)


def test_a_row_becomes_a_pool() -> None:
    pool = parse_row(GOOD)
    assert isinstance(pool, Pool)
    assert pool.metrics.apy_bps == 1210
    assert pool.sources.apy_bps.kind is SourceKind.ENTERED


def test_every_fault_of_a_row_is_told() -> None:
    faults = parse_row(Row("", "x", "101", "a", "4", "", "-1", "201"))
    assert isinstance(faults, list)
    assert {fault.field for fault in faults} == {
        "venue",
        "use",
        "swings",
        "depth",
        "audit",
        "age",
        "apy",
    }


def test_twice_the_same_pool_and_empty_rows() -> None:
    snapshot, faults = parse_rows([GOOD, Row(), GOOD], 1)
    assert snapshot is None
    assert list(faults) == [2]
    snapshot, faults = parse_rows([GOOD, Row()], 1)
    assert snapshot is not None
    assert len(snapshot.pools) == 1
    assert parse_rows([Row()], 1) == (None, {})


def test_typing_pools_in_the_window(ui: Driver) -> None:
    decide = ui.window.decide
    choose = decide.choose
    ui.click(choose.sources.button(2))
    assert not decide.next_button.isEnabled()
    assert decide.footer.note.text() == "Fill in at least one pool."
    type_row(ui, 0, GOOD)
    assert choose.consequences.verdict.text == "no allocation possible"  # one pool, two wanted
    type_row(ui, 1, Row("JediSwap", "ETH / USDC", "65", "35", "1", "98", "800", "8.5"))
    assert choose.consequences.verdict.text == "2 of 2 pools pass your limits"
    assert choose.typing.rows[1].outcome.text == "passes your limits · 40.00\u202f%"
    assert choose.origin_chip.text == "entered by hand"
    edit = choose.typing.rows[1].edits["use"]
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, "650")
    assert edit.property("state") == "bad"
    assert "Use must be a percentage" in choose.typing.rows[1].outcome.text
    assert not decide.next_button.isEnabled()
    assert decide.footer.note.text() == "Row 2 is not complete yet."
    ui.click(choose.typing.rows[1].remove)
    assert len(choose.typing.rows) == 1


def test_no_more_than_eight_rows(ui: Driver) -> None:
    choose = ui.window.decide.choose
    ui.click(choose.sources.button(2))
    for _ in range(6):
        ui.click(choose.typing.add_button)
    assert len(choose.typing.rows) == 8
    assert not choose.typing.add_button.isEnabled()

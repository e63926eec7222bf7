"""Contrast, names, reach by Tab, nothing clipped; pictures of every page for human eyes."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import (
    QApplication,
)

from obsqra_desktop.flows.decide import Work
from obsqra_desktop.ui.theme import contrast, token_sets
from obsqra_desktop.ui.window import DECIDE, DECISIONS, SETTINGS, VERIFY
from tests.ui.conftest import Driver
from tests.ui.looking import WindowsShown, photograph, walk

TEXT_PAIRS = [
    (ink, ground)
    for ground in ("background", "surface", "surface_sunken")
    for ink in ("text", "text_muted")
] + [
    ("text_faint", "background"),
    ("text_faint", "surface"),
    ("text", "accent_soft"),
    ("text_muted", "accent_soft"),
    ("accent", "accent_soft"),
    ("accent", "surface"),
    ("accent", "background"),
    ("on_accent", "accent"),
    ("good", "good_soft"),
    ("good", "surface"),
    ("warn", "warn_soft"),
    ("warn", "surface"),
    ("warn", "background"),
    ("on_practice", "practice"),
    ("bad", "bad_soft"),
    ("bad", "surface"),
    ("text", "good_soft"),
    ("text", "warn_soft"),
    ("text", "bad_soft"),
]


def choose(ui: Driver) -> None:
    ui.window.open_page(DECIDE)


def own(ui: Driver) -> None:
    choose(ui)
    ui.click(ui.window.decide.choose.cards[3])
    ui.click(ui.window.decide.choose.editor.only)


def typed(ui: Driver) -> None:
    choose(ui)
    ui.click(ui.window.decide.choose.sources.button(2))
    edits = ui.window.decide.choose.typing.rows[0].edits
    for field, text in zip(
        edits, ("Ekubo", "ETH / USDC", "150", "25", "2", "95", "600", "12.1"), strict=True
    ):
        edits[field].setText(text)


def check(ui: Driver) -> None:
    choose(ui)
    ui.window.decide.choose.amount_edit.setText("2 500 USDC")
    ui.click(ui.window.decide.next_button)


def infeasible(ui: Driver) -> None:
    choose(ui)
    ui.click(ui.window.decide.choose.cards[0])
    ui.click(ui.window.decide.next_button)


def done(ui: Driver) -> None:
    check(ui)
    ui.click(ui.window.decide.next_button)
    ui.until(lambda: ui.window.decide.flow.progress.work is Work.DONE)
    ui.settle()


def decisions(ui: Driver) -> None:
    done(ui)
    ui.window.open_page(DECISIONS)
    ui.settle()


def no_decisions(ui: Driver) -> None:
    ui.window.open_page(DECISIONS)
    ui.settle()


def verify(ui: Driver) -> None:
    ui.window.open_page(VERIFY)


def report(ui: Driver) -> None:
    done(ui)
    target = ui.services.data_dir.parent / "decision.oab.zip"
    ui.window.decide.save_bundle(target)
    ui.settle()
    ui.window.toast.hide()
    ui.window.open_page(VERIFY)
    ui.window.verify.verify(target)
    ui.settle()


def settings(ui: Driver) -> None:
    ui.window.open_page(SETTINGS)


SCENES = (
    choose, own, typed, check, infeasible, done, decisions, no_decisions, verify, report, settings,
)  # fmt: skip
Scene = Callable[[Driver], None]


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_contrast(mode: str, ink: str, ground: str) -> None:
    colors = token_sets()[mode]
    assert contrast(getattr(colors, ink), getattr(colors, ground)) >= 4.5


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
def test_scene(ui: Driver, scene: Scene) -> None:
    scene(ui)
    photograph(ui, scene.__name__)
    walk(ui)


def test_no_stray_window_flashes(ui: Driver, qapp: QApplication) -> None:
    watcher = WindowsShown()
    qapp.installEventFilter(watcher)
    for scene in (own, typed, no_decisions, verify, settings):
        scene(ui)
    choose(ui)
    ui.click(ui.window.decide.choose.sources.button(0))
    decisions(ui)
    qapp.removeEventFilter(watcher)
    assert watcher.seen == []


def test_side_cards_move_below_when_the_width_is_small(ui: Driver) -> None:
    columns = ui.window.decide.choose.columns
    ui.window.resize(1440, 900)
    ui.settle()
    assert columns.wide
    ui.window.resize(1024, 700)
    ui.settle()
    assert not columns.wide


def test_reading_column_stays_narrow_on_wide_screens(ui: Driver) -> None:
    ui.window.resize(2400, 1000)
    ui.settle()
    assert ui.window.decide.choose.columns.width() == 1200

"""Contrast, names, reach by Tab, nothing clipped; pictures of every page for human eyes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollBar,
    QWidget,
)

from obsqra_desktop.domain.settings import Theme as ThemeSetting
from obsqra_desktop.flows.decide import Work
from obsqra_desktop.ui.theme import contrast, token_sets
from obsqra_desktop.ui.window import DECIDE, DECISIONS, SETTINGS, VERIFY, MainWindow
from tests.ui.conftest import Driver

PICTURES = Path(__file__).resolve().parents[2] / "build" / "screenshots"
SIZES = ((1024, 700), (1440, 900))
INTERACTIVE = (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QAbstractItemView,
)
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
every_scene = pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_contrast(mode: str, ink: str, ground: str) -> None:
    colors = token_sets()[mode]
    assert contrast(getattr(colors, ink), getattr(colors, ground)) >= 4.5


def interactive(window: QWidget) -> list[QWidget]:
    """Everything that can be operated, parts of other controls left out."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, INTERACTIVE)
        and not isinstance(widget, QScrollBar)
        and not isinstance(widget.parent(), QAbstractSpinBox | QComboBox | QAbstractScrollArea)
        and widget.metaObject().className() != "QHeaderView"
        and widget.isVisible()
        and widget.isEnabled()
    ]


@every_scene
def test_everything_has_a_name_and_is_reached_by_tab(ui: Driver, scene: Scene) -> None:
    scene(ui)
    wanted = interactive(ui.window)
    assert len(wanted) > 5
    nameless = [
        widget
        for widget in wanted
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []
    ui.window.setFocus()
    reached: set[QWidget] = set()
    for _ in range(200):
        QTest.keyClick(QApplication.focusWidget() or ui.window, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        if focus is None or (focus in reached and len(reached) > len(wanted)):
            break
        reached.add(focus)
    groups = {w.group() for w in reached if isinstance(w, QAbstractButton) and w.group()}
    missed = [
        widget.accessibleName()
        for widget in wanted
        if widget not in reached
        and not (isinstance(widget, QAbstractButton) and widget.group() in groups)
    ]
    assert missed == []


@every_scene
def test_pictures(ui: Driver, scene: Scene) -> None:
    scene(ui)
    PICTURES.mkdir(parents=True, exist_ok=True)
    for width, height in SIZES:
        ui.window.resize(width, height)
        for mode in ("light", "dark"):
            ui.window.state.update(theme=ThemeSetting(mode))
            ui.settle()
            assert (ui.window.width(), ui.window.height()) == (width, height)
            assert clipped(ui.window) == []
            name = f"{scene.__name__}-{mode}-{width}x{height}.png"
            assert ui.window.grab().save(str(PICTURES / name))


class WindowsShown(QObject):
    """Notes every top-level widget that appears."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and not isinstance(watched, MainWindow)
        ):
            self.seen.append(type(watched).__name__)
        return False


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


def clipped(window: QWidget) -> list[str]:
    """Labels that are narrower than their words."""
    return [
        label.text()
        for label in window.findChildren(QLabel)
        if label.isVisible() and not label.wordWrap() and label.width() < label.sizeHint().width()
    ]


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

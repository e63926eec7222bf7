"""What every page is looked at for: names, reach by Tab, nothing clipped; and its pictures."""

from pathlib import Path

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
    QPushButton,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from obsqra_desktop.domain.settings import Theme as ThemeSetting
from obsqra_desktop.ui.window import MainWindow
from tests.ui.conftest import Driver

PICTURES = Path(__file__).resolve().parents[2] / "build" / "screenshots"
SIZES = ((1024, 700), (1440, 900))
PACKED = 85
"""Quality as Qt says it, which for PNG is how little time packing takes: a tenth larger files."""
INTERACTIVE = (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QAbstractItemView,
)


def interactive(window: QWidget) -> list[QWidget]:
    """Everything that can be operated, parts of other controls left out."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, INTERACTIVE)
        and not isinstance(widget, QScrollBar)
        and not isinstance(
            widget.parent(), QAbstractSpinBox | QComboBox | QLineEdit | QAbstractScrollArea
        )
        and widget.metaObject().className() != "QHeaderView"
        and widget.isVisible()
        and widget.isEnabled()
    ]


def walk(ui: Driver) -> None:
    """Each control has a name, and the Tab key gets to it."""
    wanted = interactive(ui.window)
    assert len(wanted) > 5
    nameless = [
        widget
        for widget in wanted
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
    ]
    assert nameless == []
    ui.window.setFocus()
    first: QWidget | None = None
    reached: set[QWidget] = set()
    for _ in range(200):
        ui.act(lambda: QTest.keyClick(QApplication.focusWidget() or ui.window, Qt.Key.Key_Tab))
        focus = QApplication.focusWidget()
        if focus is None or focus is first:  # once around
            break
        first = focus if first is None else first
        reached.add(focus)
    groups = {w.group() for w in reached if isinstance(w, QAbstractButton) and w.group()}
    missed = [
        widget.accessibleName()
        for widget in wanted
        if widget not in reached
        and not (isinstance(widget, QAbstractButton) and widget.group() in groups)
    ]
    assert missed == [], missed


def clipped(window: QWidget) -> list[str]:
    """Labels and buttons that are narrower than their words, and pages wider than their place."""
    labels = [
        label.text()
        for label in window.findChildren(QLabel)
        if label.isVisible() and not label.wordWrap() and label.width() < label.sizeHint().width()
    ]
    buttons = [
        button.text() or button.accessibleName()
        for button in window.findChildren(QPushButton)
        if button.isVisible()
        and (
            button.width() < button.minimumSizeHint().width()
            or button.height() < button.minimumSizeHint().height()
        )
    ]
    wide = [
        area.accessibleName() or area.metaObject().className()
        for area in window.findChildren(QScrollArea)
        if area.isVisible() and area.horizontalScrollBar().maximum() > 0
    ]
    return [*labels, *buttons, *wide, *squeezed(window)]


def squeezed(window: QWidget) -> list[str]:
    """Labels whose wrapped words need more height than they have."""
    return [
        label.text()
        for label in window.findChildren(QLabel)
        if label.isVisible()
        and label.wordWrap()
        and label.text()
        and label.height() < label.heightForWidth(label.width())
    ]


def scroll_to(widget: QWidget) -> None:
    """Bring a part of a page that scrolls into sight."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if isinstance(above, QScrollArea):
        above.ensureWidgetVisible(widget)


def photograph(ui: Driver, name: str, at: object = None) -> None:
    """In each theme and size, a widget in sight; what is clipped fails."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for mode in ("light", "dark"):
        ui.window.state.update(theme=ThemeSetting(mode))
        for width, height in SIZES:
            ui.window.resize(width, height)
            ui.pause()
            if isinstance(at, QWidget):
                scroll_to(at)
            assert (ui.window.width(), ui.window.height()) == (width, height)
            found = clipped(ui.window)
            assert not found, found
            path = PICTURES / f"{name}-{mode}-{width}x{height}.png"
            assert ui.window.grab().save(str(path), "PNG", PACKED)


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

"""Labels, cards and rows that every page is made of."""

import html
from itertools import pairwise
from typing import ClassVar, cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from obsqra_desktop.ui.icons import IconLabel


def restyle(widget: QWidget, **properties: str) -> None:
    """Set style-sheet properties and let the sheet look at the widget again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def plain(text: str) -> str:
    """A text without the mark of its mnemonic; `&&` is a "&"."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def literal(text: str) -> str:
    """Words of somebody else for a button: none of their letters becomes a shortcut."""
    return text.replace("&", "&&")


def tip(text: str) -> str:
    """A tool tip that shows the words as they are; Qt would take `<b>` for markup."""
    return f"<qt>{html.escape(text)}</qt>" if text else ""


def drawn_by_qt(button: QAbstractButton) -> bool:
    """Whether Qt paints the text, and would take a "&" in it for a mnemonic."""
    return isinstance(button, QPushButton)


def set_words(button: QAbstractButton, text: str) -> None:
    """Show a text; `&N` in it makes Alt+N press the button. Nothing is underlined."""
    button.setText(plain(text).replace("&", "&&") if drawn_by_qt(button) else plain(text))
    at = text.replace("&&", "  ").find("&")
    keys = f"Alt+{text[at + 1].upper()}" if at >= 0 else ""
    button.setShortcut(QKeySequence(keys))
    button.setToolTip(keys)


def keyboard_used(widget: QWidget, used: bool) -> None:
    """Whether its window was last operated by keys: focus that is moved has a ring then."""
    widget.window().setProperty("keys", used)


class FocusVisible:
    """Shows the focus ring for the keyboard, not for the mouse; goes before the Qt class.

    Where the program moves the keyboard by itself, or another window gives it back, the ring is
    there if keys were used last: who never touched the mouse always sees where they are.
    """

    ring = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        reason, here = Qt.FocusReason, cast("QWidget", self)
        if event.reason() is reason.MouseFocusReason:
            keyboard_used(here, False)
        if event.reason() in (
            reason.TabFocusReason,  # no sign of a key: Qt gives it for whatever comes next, too
            reason.BacktabFocusReason,
            reason.ShortcutFocusReason,
        ):
            self.ring = True
        elif event.reason() is not reason.ActiveWindowFocusReason:
            self.ring = bool(here.window().property("keys"))
        super().focusInEvent(event)  # type: ignore[misc] # the Qt class comes next

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keyboard_used(cast("QWidget", self), True)
        super().keyPressEvent(event)  # type: ignore[misc] # the Qt class comes next

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() is not Qt.FocusReason.ActiveWindowFocusReason:
            self.ring = False
        super().focusOutEvent(event)  # type: ignore[misc] # the Qt class comes next


class FocusStyled(FocusVisible):
    """The same, where the style sheet draws the ring."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._restyle()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._restyle()

    def _restyle(self) -> None:
        restyle(cast("QWidget", self), ring="true" if self.ring else "")


def label(text: str = "", role: str = "text", tone: str = "", *, wrap: bool = False) -> QLabel:
    """A label in one of the roles of the sheet; plain text only, so that data is never markup."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    if wrap:
        made.setWordWrap(True)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy = made.sizePolicy()
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


def vertical(spacing: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QVBoxLayout:
    """A column."""
    layout = QVBoxLayout()
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    return layout


def horizontal(spacing: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)) -> QHBoxLayout:
    """A row."""
    layout = QHBoxLayout()
    layout.setContentsMargins(*margins)
    layout.setSpacing(spacing)
    return layout


def reveal(widget: QWidget) -> None:
    """Scroll the page so far that what has just been shown is in sight."""
    above = widget.parentWidget()
    while above is not None:
        if (layout := above.layout()) is not None:
            layout.activate()  # its place is not known before
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
            return
        above = above.parentWidget()


def clear(layout: QLayout) -> None:
    """Remove and delete everything in a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def tab_through(widgets: list[QWidget]) -> None:
    """Tab goes through them in this order; for what was made after its neighbours."""
    for one, following in pairwise(widgets):
        QWidget.setTabOrder(one, following)


def tab_stops(inside: QWidget) -> list[QWidget]:
    """What Tab stops at inside a widget, in its order."""
    stops: list[QWidget] = []
    here = inside.nextInFocusChain()
    while here is not None and here is not inside:
        if inside.isAncestorOf(here) and here.focusPolicy() & Qt.FocusPolicy.TabFocus:
            stops.append(here)
        here = here.nextInFocusChain()
    return stops


def tab_before(late: QWidget, following: QWidget) -> None:
    """Tab goes from what is inside of the one to the other, though the one was made long after."""
    before = following.previousInFocusChain()
    while before is not None and not before.focusPolicy() & Qt.FocusPolicy.TabFocus:
        before = before.previousInFocusChain()
    if before is not None:
        tab_through([before, *tab_stops(late)])


class Card(QFrame):
    """A card on the quiet ground; an optional title with room for a chip at its right."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.body = vertical(10, (20, 18, 20, 18))
        self.setLayout(self.body)
        self.head = horizontal(8)
        if title:
            self.title = label(title, "section")
            self.head.addWidget(self.title)
            self.head.addStretch(1)
            self.body.addLayout(self.head)
            self.setAccessibleName(title)

    def add_left(self, widget: QWidget) -> None:
        """Add a widget below what is there, as wide as it wants to be."""
        self.body.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)

    def add(self, widget: QWidget) -> None:
        """Add a widget below what is there."""
        self.body.addWidget(widget)


class FactRows(QWidget):
    """Names at the left, values at the right; unknown is "—"."""

    def __init__(self) -> None:
        super().__init__()
        self._column = vertical(8)
        self.setLayout(self._column)

    def show_rows(self, rows: list[tuple[str, str]]) -> None:
        """Replace all rows."""
        clear(self._column)
        for name, value in rows:
            line = horizontal(12)
            left = label(name, "secondary")
            left.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            right = label(value or "—", "secondary", wrap=True)
            right.setProperty("role", "value")
            right.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
            line.addWidget(left)
            line.addWidget(right, 1)
            self._column.addLayout(line)


class IconLine(QWidget):
    """An icon and a sentence."""

    def __init__(self, icon: str, token: str, text: str, role: str = "secondary") -> None:
        super().__init__()
        line = horizontal(10)
        self.icon = IconLabel(icon, token, 18)
        self.text = label(text, role, wrap=True)
        self.text.setProperty("role", "line")
        line.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.text, 1)
        self.setLayout(line)


class Notice(QFrame):
    """Something to know, in place: an icon, a sentence, and perhaps a second one."""

    ICONS: ClassVar = {"bad": "x-circle-fill", "warn": "warning-fill", "good": "check-circle-fill"}

    def __init__(self, kind: str = "sunken") -> None:
        super().__init__()
        line = horizontal(10, (14, 11, 14, 11))
        self._icon = IconLabel("info", "text_muted", 18)
        self._title = label("", "strong", wrap=True)
        self._detail = label("", "line", wrap=True)
        texts = vertical(3)
        texts.addWidget(self._title)
        texts.addWidget(self._detail)
        line.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(texts, 1)
        self.verbs = horizontal(8)
        line.addLayout(self.verbs)
        self.setLayout(line)
        self.say(kind, "")

    def say(self, kind: str, title: str, detail: str = "") -> None:
        """Show the words; kind is good, warn, bad or sunken."""
        restyle(self, kind=kind)
        token = kind if kind in self.ICONS else "text_muted"
        self._icon.show_icon(self.ICONS.get(kind, "info"), token)
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.setAccessibleName(title)
        self.setAccessibleDescription(detail)

    @property
    def words(self) -> str:
        """What is shown, for tests and screen readers."""
        return f"{self._title.text()}\n{self._detail.text()}".strip()


def divider() -> QFrame:
    """A one-pixel line."""
    line = QFrame()
    line.setProperty("kind", "line")
    return line

"""Light and dark, from `resources/theme/tokens.json` and from nowhere else."""

import json
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from obsqra_desktop.ui import fonts
from obsqra_desktop.ui.resources import TOKENS

PROPERTY = "obsqraTheme"


class ThemeChoice(StrEnum):
    """What the person asked for."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Tokens:
    """Every colour that the product may use, as `#RRGGBB`."""

    background: str
    surface: str
    surface_sunken: str
    border: str
    text: str
    text_muted: str
    text_faint: str
    accent: str
    accent_soft: str
    on_accent: str
    good: str
    good_soft: str
    warn: str
    warn_soft: str
    practice: str
    on_practice: str
    bad: str
    bad_soft: str
    chart_1: str
    chart_2: str
    chart_3: str
    chart_4: str
    chart_idle: str

    def color(self, name: str) -> QColor:
        """The colour of that name."""
        return QColor(getattr(self, name))

    @property
    def series(self) -> tuple[str, ...]:
        """Chart colours in order; a fifth series starts again, told apart by its label."""
        return (self.chart_1, self.chart_2, self.chart_3, self.chart_4, self.text_faint)


@cache
def token_sets() -> dict[str, Tokens]:
    """The light and the dark set. A missing or unknown colour raises TypeError."""
    raw = json.loads(TOKENS.read_text("utf-8"))
    names = {field.name for field in fields(Tokens)}
    return {
        mode: Tokens(**{k: v for k, v in raw[mode].items() if k in names})
        for mode in ("light", "dark")
    }


def luminance(color: str) -> float:
    """Relative luminance of a `#RRGGBB` colour (WCAG 2.2)."""

    def linear(part: int) -> float:
        value = part / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def palette_from(tokens: Tokens) -> QPalette:
    """What Qt's own drawing (Fusion) needs to agree with the tokens."""
    role = QPalette.ColorRole
    palette = QPalette()
    for which, name in {
        role.Window: "background",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "surface_sunken",
        role.Text: "text",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "bad",
        role.ToolTipBase: "surface",
        role.ToolTipText: "text",
        role.PlaceholderText: "text_muted",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.Light: "surface",
        role.Midlight: "border",
        role.Mid: "border",
        role.Dark: "border",
        role.Shadow: "border",
        role.Accent: "accent",
    }.items():
        palette.setColor(which, tokens.color(name))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, tokens.color("text_faint"))
    return palette


class Theme(QObject):
    """The theme in force; widgets repaint on Qt's own PaletteChange.

    The window wears the sheet, not the application: what is put together outside the window is then
    styled once, when it comes into it, and not again at each step of its making. For the whole
    window that is half the time until it can be shown.
    """

    changed = Signal()

    def __init__(self, app: QApplication, choice: ThemeChoice = ThemeChoice.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._choice = choice
        self.tokens = token_sets()["light"]
        self.sheet = ""
        app.setProperty(PROPERTY, self)
        app.setStyle(QStyleFactory.create("Fusion"))
        app.setFont(fonts.text())
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self._apply()

    @property
    def choice(self) -> ThemeChoice:
        """What the person asked for."""
        return self._choice

    @property
    def dark(self) -> bool:
        """Whether the dark set is in force."""
        return self.tokens == token_sets()["dark"]

    def choose(self, choice: ThemeChoice) -> None:
        """Switch at once, in every open window."""
        self._choice = choice
        hints = self._app.styleHints()
        schemes = {
            ThemeChoice.SYSTEM: Qt.ColorScheme.Unknown,
            ThemeChoice.LIGHT: Qt.ColorScheme.Light,
            ThemeChoice.DARK: Qt.ColorScheme.Dark,
        }
        hints.setColorScheme(schemes[choice])  # title bars and native dialogs follow
        self._apply()

    def _on_system_changed(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._apply()

    def _mode(self) -> str:
        if self._choice is ThemeChoice.SYSTEM:
            dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
            return "dark" if dark else "light"
        return self._choice.value

    def _apply(self) -> None:
        from obsqra_desktop.ui.stylesheet import stylesheet

        self.tokens = token_sets()[self._mode()]
        self._app.setPalette(palette_from(self.tokens))
        sheet = stylesheet(self.tokens)
        if sheet != self.sheet:  # not if the system said light before the person did
            self.sheet = sheet
            self.changed.emit()


def theme() -> Theme:
    """The theme of the running program."""
    app = QApplication.instance()
    found = app.property(PROPERTY) if app else None
    if not isinstance(found, Theme):
        raise RuntimeError("the theme is made before the first widget")
    return found


def tokens() -> Tokens:
    """The colours in force."""
    return theme().tokens

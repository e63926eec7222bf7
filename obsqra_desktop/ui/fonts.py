"""The two typefaces of the product (both SIL OFL 1.1) and the sizes that it uses."""

from enum import IntEnum
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from obsqra_desktop.ui.resources import FONTS

TEXT_FAMILY = "Inter"
MONO_FAMILY = "JetBrains Mono"


class Size(IntEnum):
    """Text heights in pixels at 100 % scale."""

    FIGURE = 28
    TITLE = 24
    SECTION = 15
    TEXT = 14
    SECONDARY = 13
    CAPTION = 12


def load() -> None:
    """Make the bundled fonts known; a missing file leaves the system's own font in place."""
    for path in sorted(FONTS.iterdir()):
        if path.suffix in {".otf", ".ttf"}:
            QFontDatabase.addApplicationFont(str(path))


@cache
def text(size: int = Size.TEXT, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Inter with tabular figures, so that numbers stand in columns."""
    font = QFont(TEXT_FAMILY)
    font.setPixelSize(size)
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


@cache
def mono(size: int = Size.SECONDARY) -> QFont:
    """JetBrains Mono, for hashes and addresses."""
    font = QFont(MONO_FAMILY)
    font.setPixelSize(size)
    font.setFeature(QFont.Tag("calt"), 0)  # no ligatures inside a hash
    return font


MEDIUM = QFont.Weight.Medium
SEMIBOLD = QFont.Weight.DemiBold

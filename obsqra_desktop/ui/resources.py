"""Where the files of the interface lie, in a checkout and in the built program alike."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2] / "resources"
FONTS: Final = ROOT / "fonts"
ICONS: Final = ROOT / "icons"
TOKENS: Final = ROOT / "theme" / "tokens.json"

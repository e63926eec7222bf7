"""Icons of one set (Phosphor, MIT), tinted with a token when they are drawn."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QSizePolicy, QWidget

from obsqra_desktop.ui.resources import ICONS
from obsqra_desktop.ui.theme import tokens


@lru_cache(maxsize=256)
def renderer(name: str, color: str) -> QSvgRenderer:
    """The drawing of one icon in one colour."""
    folder = ICONS if name == "mark" else ICONS / "set"
    text = (folder / f"{name}.svg").read_text("utf-8").replace("currentColor", color)
    return QSvgRenderer(QByteArray(text.encode()))


def draw(painter: QPainter, name: str, rect: QRectF, token: str) -> None:
    """Draw an icon into the rectangle, in the colour of that token."""
    renderer(name, getattr(tokens(), token)).render(painter, rect)


def pixmap(name: str, token: str, size: int, ratio: float = 1.0, gap: int = 0) -> QPixmap:
    """A pixmap of `size` logical pixels, with an empty gap at its right."""
    picture = QPixmap(QSize(round((size + gap) * ratio), round(size * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    draw(painter, name, QRectF(0, 0, size, size), token)
    painter.end()
    return picture


def icon(name: str, token: str, size: int, ratio: float = 1.0, gap: int = 0) -> QIcon:
    """An icon for Qt's own buttons; disabled ones are drawn faint."""
    made = QIcon(pixmap(name, token, size, ratio, gap))
    made.addPixmap(pixmap(name, "text_faint", size, ratio, gap), QIcon.Mode.Disabled)
    return made


def app_icon() -> QIcon:
    """The icon of the program."""
    made = QIcon(str(ICONS / "obsqra.svg"))
    made.addFile(str(ICONS / "obsqra.png"))
    return made


class IconLabel(QWidget):
    """An icon standing beside text; it says nothing to screen readers, the text does."""

    def __init__(self, name: str, token: str = "text_muted", size: int = 16) -> None:
        super().__init__()
        self._name, self._token = name, token
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(size, size)

    def show_icon(self, name: str, token: str) -> None:
        """Change the picture."""
        self._name, self._token = name, token
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw(painter, self._name, QRectF(self.rect()), self._token)
        painter.end()

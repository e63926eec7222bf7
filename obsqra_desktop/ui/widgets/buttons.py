"""Push buttons: they carry an icon in the right colour and can show that they are busy."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy

from obsqra_desktop.ui import icons
from obsqra_desktop.ui.theme import tokens
from obsqra_desktop.ui.widgets.base import FocusStyled, literal, plain, restyle, set_words


class Button(FocusStyled, QPushButton):
    """A button of a kind of the sheet: plain, primary, quiet, icon or strip."""

    def __init__(
        self, text: str = "", kind: str = "plain", icon: str = "", name: str = "", size: int = 16
    ) -> None:
        super().__init__()
        self._icon, self._size = icon, size
        self._busy = False
        self._had_focus: Qt.FocusReason | None = None
        self._look: tuple[str, str, float, int] | None = None
        self.setProperty("kind", kind)
        self.set_words(text)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(False)
        if name:
            self.setAccessibleName(name)
            if kind == "icon":
                self.setToolTip(name)
        elif text:
            self.setAccessibleName(plain(text))

    def set_words(self, text: str) -> None:
        """Change the verb; `&N` makes Alt+N press it."""
        self._words = plain(text)
        set_words(self, text)
        self._tint()

    def set_kind(self, kind: str, tone: str = "") -> None:
        """Change the look."""
        restyle(self, kind=kind, tone=tone)
        self._tint()

    def set_icon(self, icon: str) -> None:
        """Change the picture."""
        self._icon = icon
        self._tint()

    def set_busy(self, words: str | None) -> None:
        """Show that the work runs (and take no second click), or give the button back."""
        near = self.parentWidget()
        if not self._busy and words is not None and self.hasFocus() and near is not None:
            key, mouse = Qt.FocusReason.TabFocusReason, Qt.FocusReason.MouseFocusReason
            self._had_focus = key if self.ring else mouse
            near.setFocus()  # a grey one would hand it to the next control, and with it a keystroke
        self._busy = words is not None
        if words is not None:
            self.setText(words)
        else:
            self.setText(literal(self._words))
        self.setEnabled(not self._busy)
        if not self._busy and self._had_focus is not None:
            if near is not None and near.hasFocus():  # else it was taken elsewhere meanwhile
                self.setFocus(self._had_focus)
            self._had_focus = None
        self._tint()

    def _token(self) -> str:
        if self.property("kind") == "primary":
            return "on_accent"
        tone = self.property("tone")
        if tone:
            return str(tone)
        return "text_muted" if self.property("kind") in ("quiet", "icon", "strip") else "text"

    def _tint(self) -> None:
        name = "hourglass" if self._busy else self._icon
        if name:
            ratio = self.devicePixelRatioF()
            gap = 6 if self._words else 0
            look = (name, getattr(tokens(), self._token()), ratio, gap)
            if look == self._look:
                return
            self._look = look
            self.setIcon(icons.icon(name, self._token(), self._size, ratio, gap))
            self.setIconSize(QSize(self._size + gap, self._size))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

"""A notice of the desktop, for what happens while another window is in front."""

from typing import Protocol

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from obsqra_desktop.ui.icons import app_icon
from obsqra_desktop.ui.state import UiState


class Tray(Protocol):
    """Where the desktop shows notices."""

    def available(self) -> bool: ...
    def show(self, title: str, words: str) -> None: ...
    def hide(self) -> None: ...


class SystemTray(QObject):
    """Implements Tray. Its icon is there only as long as a notice waits to be seen."""

    clicked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._icon: QSystemTrayIcon | None = None

    def available(self) -> bool:
        """Whether this desktop has a place for them."""
        return QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()

    def show(self, title: str, words: str) -> None:
        """Show it."""
        if self._icon is None:
            self._icon = QSystemTrayIcon(app_icon(), self)
            self._icon.messageClicked.connect(self.clicked)
            self._icon.activated.connect(self.clicked)
        self._icon.show()
        self._icon.showMessage(title, words, app_icon())

    def hide(self) -> None:
        """Take the icon away."""
        if self._icon is not None:
            self._icon.hide()


class DesktopNotices(QObject):
    """Tells what must not wait until somebody looks at the window.

    Others can see the screen, and it may be locked: words given to it name no pool, no figure and
    no amount. Where the desktop has no place for notices, the window's own one has to do, and the
    window asks for attention.
    """

    clicked = Signal()

    def __init__(self, window: QWidget, state: UiState, tray: Tray | None = None) -> None:
        super().__init__(window)
        self._window, self._state = window, state
        if tray is None:
            made = SystemTray(self)
            made.clicked.connect(self.clicked)
            tray = made
        self.tray: Tray = tray
        window.installEventFilter(self)

    def tell(self, title: str, words: str) -> bool:
        """Whether the desktop shows it: not while the window is in front or it is switched off."""
        if not self._state.settings.pools_notify or self._window.isActiveWindow():
            return False
        QApplication.alert(self._window)
        if not self.tray.available():
            return False
        self.tray.show(title, words)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.WindowActivate, QEvent.Type.Close}:
            self.tray.hide()
        return super().eventFilter(watched, event)

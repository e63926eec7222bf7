"""The desktop's own notices, as far as a display without a tray goes."""

import pytest
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from obsqra_desktop.ui.desktop_notice import SystemTray
from tests.ui.conftest import PATIENCE, Driver


@pytest.mark.qt_log_ignore("systemTrayWindowChanged", extend=True)
def test_its_icon_is_there_only_while_a_notice_waits(ui: Driver, qtbot: QtBot) -> None:
    tray = SystemTray(ui.window)
    tray.hide()
    assert tray.findChildren(QSystemTrayIcon) == []
    tray.show("Obsqra: pools", "A pool’s score has crossed your limit.")
    tray.show("Obsqra: pools", "A pool’s score has crossed your limit.")
    (icon,) = tray.findChildren(QSystemTrayIcon)
    assert icon.isVisible()
    assert not icon.icon().isNull()
    with qtbot.waitSignal(tray.clicked, timeout=PATIENCE * 1000):
        icon.messageClicked.emit()
    tray.hide()
    assert not icon.isVisible()
    tray.deleteLater()


def test_looking_at_the_window_takes_it_away(ui: Driver) -> None:
    class Tray:
        hidden = 0

        def available(self) -> bool:
            return True

        def show(self, title: str, words: str) -> None:
            raise AssertionError("the window is in front")

        def hide(self) -> None:
            self.hidden += 1

    ui.window.notices.tray = tray = Tray()
    assert not ui.window.notices.tell("Obsqra", "Something.")
    ui.act(ui.window.close)
    assert tray.hidden == 1

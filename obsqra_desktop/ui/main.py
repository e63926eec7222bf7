"""Opens the window and runs Qt and asyncio as one loop."""

import asyncio
import sys
from types import TracebackType

from PySide6.QtCore import QSettings, QSize
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from obsqra_desktop import __version__
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.settings import Settings
from obsqra_desktop.ui import fonts
from obsqra_desktop.ui.icons import app_icon
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.state import UiState
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.theme import Theme, ThemeChoice
from obsqra_desktop.ui.warm_up import WarmUp
from obsqra_desktop.ui.window import MainWindow

GEOMETRY = "window/geometry"
FIRST_SIZE = QSize(1280, 820)
TITLE_BAR = 40
"""Pixels that a window manager may put above a window."""


def make_application(arguments: list[str]) -> QApplication:
    """The one QApplication, named and with its fonts."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(arguments)
    app.setApplicationName("obsqra")
    app.setApplicationDisplayName("Obsqra")
    app.setOrganizationName("Obsqra")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("obsqra")
    fonts.load()
    app.setWindowIcon(app_icon())
    return app


def make_window(
    services: UiServices, app: QApplication, loop: asyncio.AbstractEventLoop
) -> MainWindow:
    """The window with everything that it needs, not shown yet."""
    problem: AppError | None = None
    try:
        settings = services.settings.load()
    except AppError as error:
        settings, problem = Settings(), error
    theme = Theme(app, ThemeChoice(settings.theme.value))
    window = MainWindow(services, UiState(services.settings, settings), TaskRunner(loop), theme)
    if problem is not None:
        window.settings.on_not_kept(problem)
    return window


def first_size(available: QSize) -> QSize:
    """How large the window opens the first time: not beyond what the screen has room for."""
    return FIRST_SIZE.boundedTo(available - QSize(0, TITLE_BAR))


def run(services: UiServices) -> int:
    """Open the window; returns the exit code after it was closed."""
    app = make_application(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    loop = QEventLoop(app)
    asyncio.set_event_loop(loop)
    window = make_window(services, app, loop)

    def on_uncaught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        sys.__excepthook__(kind, error, trace)
        if issubclass(kind, Exception):
            window.show_trouble(error)

    async def close() -> None:
        if services.data_dir.is_dir():
            place.setValue(GEOMETRY, window.geometry_bytes())
            place.sync()
        await window.runner.close()
        await services.close()
        loop.stop()

    sys.excepthook = on_uncaught
    place = QSettings(str(services.data_dir / "window.ini"), QSettings.Format.IniFormat)
    geometry = place.value(GEOMETRY)
    if geometry is None or not window.restoreGeometry(geometry):
        window.resize(first_size(window.screen().availableSize()))
    window.closed.connect(lambda: loop.create_task(close()))
    WarmUp(services, window.runner, window, window.show_damage)
    window.show()
    with loop:
        loop.run_forever()
    return 0

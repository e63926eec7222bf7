"""After the first paint: what pages will need is loaded before anybody opens them, and the key data
of private money is looked at."""

import asyncio
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.tasks import TaskRunner

VIEWS: Final = (
    "check",
    "do",
    "pools",
    "decisions",
    "verify",
    "account",
    "send",
    "private.page",
    "history",
    "address_book",
    "networks",
    "connections",
    "contracts",
    "settings",
)


class WarmUp(QObject):
    """Modules without Qt are loaded beside this thread; those of the pages here, one at a time
    with the event loop in between. Nothing is made: a page is built when it is opened."""

    def __init__(
        self,
        services: UiServices,
        runner: TaskRunner,
        window: QWidget,
        damaged: Callable[[AppError], None],
    ) -> None:
        """`damaged` is told what stands against proving with private money, once."""
        super().__init__(window)
        self._damaged = damaged
        self._services, self._runner, self._window = services, runner, window
        self._left: Iterator[str] = iter(VIEWS)
        self._step = QTimer(self)
        self._step.setInterval(0)
        self._step.timeout.connect(self._load_next)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self, self._begin)  # behind this paint
        return False

    def _begin(self) -> None:
        self._runner.run(
            asyncio.to_thread(self._services.preload),
            done=lambda _: self._step.start(),
            failed=self._leave_it,
        )

    def _leave_it(self, _error: AppError) -> None:
        """Whoever needs the module loads it, and says what is wrong with it."""

    def _load_next(self) -> None:
        name = next(self._left, None)
        if name is None:
            self._step.stop()
            self._runner.run(
                asyncio.to_thread(self._services.check_private_proofs),
                done=lambda _: None,
                failed=self._damaged,
            )
        else:
            import_module(f"obsqra_desktop.ui.pages.{name}")

"""Plans that wait for new leaves: how far they have come, while somebody can see it."""

from typing import Final, Protocol

from PySide6.QtCore import QObject, Qt, QTimer

from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.services.mist.desk import MistDesk
from obsqra_desktop.services.mist.steps import WaitView
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.private.overview import OverviewView

MILLISECONDS: Final = 60_000


class Host(Protocol):
    """The page, as far as it is needed here."""

    book: MistBook | None

    def fail(self, error: AppError) -> None: ...


class WaitWork(QObject):
    """Looks when the page looks, and once a minute while something waits and the page is in sight.

    Where nothing waits, or all is ready, no timer runs.
    """

    def __init__(
        self, host: Host, view: OverviewView, private: MistDesk, runner: TaskRunner
    ) -> None:
        super().__init__()
        self._host, self._view, self._private, self._runner = host, view, private, runner
        self._asking = False
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self.timer.setInterval(MILLISECONDS)
        self.timer.timeout.connect(self._again)

    def look(self) -> None:
        """Ask now; what goes wrong is told on the page."""
        self._ask(quiet=False)

    def _again(self) -> None:
        """Nobody asked for this look: what goes wrong is left to the next one that is wanted."""
        if not self._view.isVisible():
            return  # who comes back to the page looks
        if self._view.window().isMinimized():
            self.timer.start()
        else:
            self._ask(quiet=True)

    def _ask(self, *, quiet: bool) -> None:
        self.timer.stop()
        if self._host.book is None or not self._host.book.plans:
            self._view.waiting.show_waiting(())
            return
        if self._asking:
            return

        def failed(error: AppError) -> None:
            self._asking = False
            self.timer.start()
            if not quiet:
                self._host.fail(error)

        self._asking = True
        self._runner.run(self._private.waiting(), done=self._on_seen, failed=failed)

    def _on_seen(self, views: tuple[WaitView, ...]) -> None:
        self._asking = False
        self._view.waiting.show_waiting(views)
        if any(not one.ready and not one.obstacle for one in views):
            self.timer.start()

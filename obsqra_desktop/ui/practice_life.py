"""Lets the practice market trade on while the window is open."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.practice_market import BEAT
from obsqra_desktop.ui.ports import PracticeLife
from obsqra_desktop.ui.state import UiState
from obsqra_desktop.ui.tasks import TaskRunner


class MarketBeat(QObject):
    """A block of trade now and then. All work is the service's, beside this thread; one beat is
    waited for before the next, and closing the window stops it."""

    def __init__(
        self, life: PracticeLife, state: UiState, runner: TaskRunner, window: QWidget
    ) -> None:
        super().__init__(window)
        self._life, self._state, self._runner, self._window = life, state, runner, window
        self._beating = False
        self.timer = QTimer(self)
        self.timer.setInterval(BEAT * 1000)
        self.timer.timeout.connect(self.beat)
        state.changed.connect(self._agree)
        self._agree()

    def _agree(self) -> None:
        on = self._state.settings.practice_trades
        if on != self.timer.isActive():
            self.timer.start() if on else self.timer.stop()

    def beat(self) -> None:
        """One block, if the window is there to be looked at and the last one is done."""
        if self._beating or self._window.isMinimized() or not self._window.isVisible():
            return
        self._beating = True
        task = self._runner.run(self._life.beat(), done=ignore, failed=ignore)
        task.add_done_callback(self._on_ended)

    def _on_ended(self, _task: object) -> None:
        self._beating = False


def ignore(_result: bool | AppError) -> None:
    """What went wrong, the practice chain's status says."""

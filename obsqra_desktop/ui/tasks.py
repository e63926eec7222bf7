"""Coroutines behind buttons: busy shown on the button, errors handed to the row concerned."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal

from obsqra_desktop.domain.errors import AppError

T = TypeVar("T")


class Busy(Protocol):
    """What can show that work runs; in practice a Button."""

    def set_busy(self, words: str | None) -> None: ...


class TaskRunner(QObject):
    """Runs the services' coroutines on the one event loop and keeps hold of them."""

    unexpected = Signal(object)
    """An exception that nobody foresaw (not an AppError)."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self._loop = loop
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def running(self) -> int:
        """How many tasks have not ended."""
        return len(self._tasks)

    def run(
        self,
        work: Coroutine[Any, Any, T],
        *,
        done: Callable[[T], None],
        failed: Callable[[AppError], None],
        button: Busy | None = None,
        busy: str = "",
    ) -> asyncio.Task[None]:
        """Start; exactly one of `done` and `failed` is called unless the task is cancelled."""
        if button is not None:
            button.set_busy(busy)
        task = self._loop.create_task(self._guard(work, done, failed, button))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        # one that is cancelled before its first step never awaits its work
        task.add_done_callback(lambda _: work.close())
        return task

    async def _guard(
        self,
        work: Coroutine[Any, Any, T],
        done: Callable[[T], None],
        failed: Callable[[AppError], None],
        button: Busy | None,
    ) -> None:
        try:
            try:
                result = await work
            finally:
                if button is not None:
                    button.set_busy(None)
            done(result)
        except AppError as error:
            failed(error)
        except Exception as error:  # noqa: BLE001 - the outermost boundary: shown in the window
            self.unexpected.emit(error)

    async def close(self) -> None:
        """Cancel what runs and wait until it has ended."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

"""Runs what the page of pools asks for: reading what is kept, taking a snapshot, the market."""

import asyncio

from PySide6.QtCore import QObject, Signal

from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.market.kept import History
from obsqra_desktop.flows.pools import PoolsFlow, Work
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.market_view import Market, MarketPhase, MarketView
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.history_card import load_plotting

HISTORY = 1_000
"""Snapshots that are plotted, the newest ones."""


class PoolsReader(QObject):
    """Keeps the flow in step with the work; one thing at a time."""

    changed = Signal()
    came_further = Signal()
    taken = Signal(object, object)
    """MarketView, and the crossings that came with it."""

    def __init__(self, market: Market, flow: PoolsFlow, runner: TaskRunner) -> None:
        super().__init__()
        self._market, self._flow, self._runner = market, flow, runner
        self._cancel: CancelToken | None = None
        self._task: asyncio.Task[None] | None = None

    def load(self) -> None:
        """What is kept; asks no node."""
        self._runner.run(self._read(), done=self._on_loaded, failed=self._on_failed)

    async def _read(self) -> tuple[MarketView | None, History]:
        return await self._market.latest(), await self._history()

    async def _history(self) -> History:
        """With something to draw comes what draws it, so that drawing it does not wait."""
        history = await self._market.history(HISTORY)
        if any(len(points) > 1 for points in history.values()):
            await asyncio.to_thread(load_plotting)
        return history

    def _on_loaded(self, found: tuple[MarketView | None, History]) -> None:
        self._flow.loaded(*found)
        self.changed.emit()

    def begin(self, work: Work) -> bool:
        """A snapshot, with the practice market before it or without; False if something runs."""
        if not self._flow.start(work):
            return False
        self._cancel = CancelToken()
        self._task = self._runner.run(
            self._take(work, self._cancel), done=self._on_taken, failed=self._on_failed
        )
        return True

    async def _take(self, work: Work, cancel: CancelToken) -> tuple[MarketView, History]:
        if work is Work.PRACTICE:
            await self._market.practice_market(self._on_phase, cancel)
        view = await self._market.refresh(self._on_phase, cancel)
        return view, await self._history()

    def _on_phase(self, phase: MarketPhase) -> None:
        self._flow.phase(phase)
        self.came_further.emit()

    def stop(self) -> bool:
        """Ask it to stop; False if there is nothing to stop, or it was asked before."""
        if not self._flow.working or self._cancel is None or self._cancel.cancelled:
            return False
        self._cancel.cancel()
        return True

    def _on_taken(self, found: tuple[MarketView, History]) -> None:
        view, history = found
        crossed = self._flow.taken(view)
        self._flow.loaded(view, history)
        self.changed.emit()
        self.taken.emit(view, crossed)

    def _on_failed(self, error: AppError) -> None:
        self._flow.failed(error)
        self.changed.emit()

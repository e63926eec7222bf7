"""A fresh process whose window is left alone: `python -m tests.bench.idle DATA_DIR SECONDS HOURS
PRACTICE`.

With PRACTICE 1 the practice chain is started from the window first. When all is quiet it counts
what the process computes and how often it wakes up in SECONDS; then it does, one after the other,
what the window does by itself in so many HOURS: each look at chain and node, and each beat of the
practice market where there is one. Memory is what the process holds before and after each tenth.
"""

import asyncio
import gc
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from obsqra_desktop.__main__ import main
from tests.bench.memory import held_bytes

if TYPE_CHECKING:
    from obsqra_desktop.ui.window import MainWindow

QUIET: Final = 15.0
"""Seconds after the start that count for nobody."""
PARTS: Final = 10
LONGEST: Final = 60.0


def wakes() -> int:
    """How often all threads of this process have waited for something and gone on."""
    switches = 0
    for task in Path("/proc/self/task").glob("*/status"):
        for line in task.read_text("ascii", "replace").splitlines():
            if line.startswith("voluntary_ctxt_switches:"):
                switches += int(line.split()[1])
    return switches


class Alone:
    """One window, and what it costs to leave it open."""

    def __init__(self, window: "MainWindow", seconds: float, hours: float, practice: bool) -> None:
        self.window, self.seconds, self.hours = window, seconds, hours
        self.practice = practice

    async def measure(self) -> dict[str, Any]:
        """All of it; the window closes in the end."""
        try:
            if self.practice:
                await self._start()
            await asyncio.sleep(QUIET)
            woken, used = wakes(), time.process_time()
            await asyncio.sleep(self.seconds)
            cpu, woken = time.process_time() - used, wakes() - woken
            return {"cpu": cpu, "wakes": woken, "held": await self._long_after()}
        except Exception as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
            raise
        finally:
            if self.practice:
                await self.window._services.practice.down()
            self.window.close()

    async def _start(self) -> None:
        self.window.start_practice()
        deadline = time.monotonic() + LONGEST
        while not self._up():
            if time.monotonic() > deadline:
                raise RuntimeError("the practice chain does not come up")
            await asyncio.sleep(0.1)

    def _up(self) -> bool:
        status = self.window._practice_status
        return status is not None and status.url is not None

    async def _long_after(self) -> list[int]:
        from obsqra_desktop.domain.practice_market import BEAT
        from obsqra_desktop.ui.window import POLL_MILLISECONDS

        if not self.hours:
            return []
        window = self.window
        window.poll.stop()
        window.market_beat.timer.stop()
        looks = round(self.hours * 3_600_000 / POLL_MILLISECONDS)
        beats = round(self.hours * 3600 / BEAT) if self.practice else 0
        held = [settled()]
        for _ in range(PARTS):
            for _ in range(looks // PARTS):
                await self._done(window._on_poll)
            for _ in range(beats // PARTS):
                await self._done(window.market_beat.beat)
            held.append(settled())
        return held

    async def _done(self, work: Any) -> None:
        before = set(self.window.runner._tasks)
        work()
        await asyncio.gather(*(self.window.runner._tasks - before))
        await asyncio.sleep(0)  # what follows a task's end


def settled() -> int:
    """What is held when nothing waits to be collected."""
    gc.collect()
    return held_bytes() or 0


def watch(seconds: float, hours: float, practice: bool) -> object:
    """Make the application first, as the program will find it, and wait for its window."""
    from PySide6.QtCore import QTimer

    from obsqra_desktop.ui.main import make_application
    from obsqra_desktop.ui.window import MainWindow

    app = make_application(sys.argv[:1])
    timer = QTimer()

    def look() -> None:
        windows = [one for one in app.topLevelWidgets() if isinstance(one, MainWindow)]
        if windows and windows[0].isVisible():
            timer.stop()
            work = Alone(windows[0], seconds, hours, practice).measure()
            windows[0].runner.run(work, done=print_it, failed=print_it)

    def print_it(found: object) -> None:
        print(json.dumps(found, default=str), flush=True)

    timer.timeout.connect(look)
    timer.start(20)
    return timer


if __name__ == "__main__":
    kept = watch(float(sys.argv[2]), float(sys.argv[3]), sys.argv[4] == "1")
    sys.exit(main(["--data-dir", sys.argv[1]]))

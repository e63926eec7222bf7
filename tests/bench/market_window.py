"""A fresh process that lists and plots kept snapshots: `python -m tests.bench.market_window
DATA_DIR RUNS`.

It opens the window and its Pools page, then reads the file again as the page does (the list, the
newest snapshot and the points of a thousand), shows them and paints the whole page, and says how
long each round took.
"""

import asyncio
import json
import sys
import time
from typing import Any

from obsqra_desktop.__main__ import main
from tests.bench.market import THOUSAND

PAUSE = 0.3
"""Seconds between the rounds: the window on the screen is painted then, which the picture of the
page in the round before has already paid for."""


def watch(runs: int) -> object:
    """Make the application first, as the program will find it, and wait for its window."""
    from PySide6.QtCore import QTimer

    from obsqra_desktop.ui.main import make_application
    from obsqra_desktop.ui.window import POOLS, MainWindow

    app = make_application(sys.argv[:1])
    timer = QTimer()

    def look() -> None:
        windows = [one for one in app.topLevelWidgets() if isinstance(one, MainWindow)]
        if windows and windows[0].isVisible():
            timer.stop()
            windows[0].open_page(POOLS)
            windows[0].runner.run(measure(windows[0]), done=print_it, failed=print_it)

    async def measure(window: MainWindow) -> dict[str, Any]:
        try:
            return await measured(window)
        except Exception as error:
            print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
            raise
        finally:
            window.close()

    async def measured(window: MainWindow) -> dict[str, Any]:
        page, market = window.pools, window._services.market
        seconds, listed, used = [], 0, []
        for _ in range(1 + runs):
            await asyncio.sleep(PAUSE)
            started, busy = time.perf_counter(), time.process_time()
            rows = await market.list()  # type: ignore[attr-defined] - the service has it
            page.flow.loaded(await market.latest(), await market.history(THOUSAND))
            page._show()
            picture = page.grab()
            seconds.append(time.perf_counter() - started)
            used.append(time.process_time() - busy)
            listed = len(rows)
            if picture.isNull() or not page.history.isVisible():
                raise RuntimeError("the page shows no plot")
        history = await market.history(10 * THOUSAND)
        points = max(len(one) for one in history.values())
        return {"seconds": seconds, "cpu": used, "listed": listed, "points": points}

    def print_it(found: object) -> None:
        print(json.dumps(found, default=str), flush=True)

    timer.timeout.connect(look)
    timer.start(20)
    return timer


if __name__ == "__main__":
    kept = watch(int(sys.argv[2]))
    sys.exit(main(["--data-dir", sys.argv[1]]))

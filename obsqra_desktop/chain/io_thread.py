"""A thread with an event loop of its own for everything that goes over the network.

The window's loop is Qt's; sockets are left to asyncio's own, which they were written for.
Coroutines of any other loop wait for what runs here, and cancelling them cancels it.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

Result = TypeVar("Result")


class IoThread:
    """Starts with the first use; can be used again after it was closed."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    @property
    def running(self) -> bool:
        """Whether something was run since it was last closed."""
        with self._guard:
            return self._loop is not None

    async def run(self, work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
        """The result of a coroutine that is made and run over there."""
        with self._guard:
            loop = self._loop or self._start()

        async def there() -> Result:
            return await work()

        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(there(), loop))

    def _start(self) -> asyncio.AbstractEventLoop:
        loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=turn, args=(loop,), name="network", daemon=True)
        self._thread.start()
        self._loop = loop
        return loop

    async def close(self) -> None:
        """End the thread after what is under way there."""
        with self._guard:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is None or thread is None:
            return
        loop.call_soon_threadsafe(loop.stop)
        await asyncio.to_thread(thread.join)


def turn(loop: asyncio.AbstractEventLoop) -> None:
    """Run the loop until it is stopped, then end what is left and close it."""
    try:
        loop.run_forever()
    finally:
        loop.run_until_complete(end_all())
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()


async def end_all() -> None:
    """Cancel every other task of the running loop and wait for it."""
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)

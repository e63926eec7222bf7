"""Asking a running job to stop."""

import asyncio
import threading
from typing import TypeVar

Result = TypeVar("Result")


class CancelToken:
    """Set once from any thread; the job looks at it between its phases."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def cancel(self) -> None:
        """Ask the job to stop."""
        self._event.set()

    @property
    def cancelled(self) -> bool:
        """Whether the job was asked to stop."""
        return self._event.is_set()


async def finished(job: "asyncio.Task[Result]", token: CancelToken) -> Result:
    """What a thread's job gives. A caller that is cancelled asks it to stop, and waits for that."""
    try:
        return await asyncio.shield(job)
    except asyncio.CancelledError:
        token.cancel()
        await asyncio.wait([job])
        if not job.cancelled():
            job.exception()  # that it was stopped is nobody's concern any more
        raise

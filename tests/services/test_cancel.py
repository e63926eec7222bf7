"""A job in a thread whose caller is cancelled: it is stopped, waited for, and not reported."""

import asyncio
import gc
import threading
from typing import Any

import pytest

from obsqra_desktop.domain.errors import Cancelled
from obsqra_desktop.services.cancel import CancelToken, finished


def job_of(token: CancelToken, began: threading.Event) -> int:
    began.set()
    while not token.cancelled:
        token._event.wait(60)
    raise Cancelled("Stopped.")


def test_its_result() -> None:
    async def through() -> int:
        return await finished(asyncio.create_task(asyncio.to_thread(int, "7")), CancelToken())

    assert asyncio.run(through()) == 7


def test_its_error() -> None:
    async def through() -> int:
        job = asyncio.create_task(asyncio.to_thread(int, "seven"))
        return await finished(job, CancelToken())

    with pytest.raises(ValueError, match="seven"):
        asyncio.run(through())


def test_a_cancelled_caller_stops_it_and_nobody_hears_of_that() -> None:
    token, began = CancelToken(), threading.Event()
    told: list[dict[str, Any]] = []

    async def through() -> bool:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _loop, context: told.append(context))
        job = asyncio.create_task(asyncio.to_thread(job_of, token, began))
        caller = asyncio.create_task(finished(job, token))
        await asyncio.to_thread(began.wait)
        caller.cancel()
        await asyncio.wait([caller])
        ended = job.done() and caller.cancelled()
        del job, caller
        gc.collect()
        return ended

    assert asyncio.run(through()), "the thread has ended before the caller goes on"
    assert told == []

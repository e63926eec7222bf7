"""The tests' own loop: a task goes on only while the loop runs, whatever Qt does in between."""

import asyncio

from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Loop


def test_what_comes_due_between_two_runs_waits(loop: Loop) -> None:
    seen: list[str] = []

    async def work() -> None:
        seen.append("begun")
        await asyncio.to_thread(lambda: None)
        seen.append("ended")

    task = loop.create_task(work())
    given_up = loop.call_soon(seen.append, "given up")
    QApplication.processEvents()
    assert seen == []
    given_up.cancel()
    loop.run_until_complete(task)
    assert seen == ["begun", "ended"]

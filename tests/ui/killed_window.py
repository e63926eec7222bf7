"""A window that pays, and is killed (SIGKILL) just before or after the node has the transaction.

Started by test_killed_window.py over a prepared data folder: FOLDER PASSPHRASE before|after.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from qasync import QEventLoop

from obsqra_desktop.app import build_services
from obsqra_desktop.chain.session import NodeSession
from obsqra_desktop.domain.transaction import Signed
from obsqra_desktop.flows.send import Step
from obsqra_desktop.ui.main import make_application, make_window
from obsqra_desktop.ui.window import SEND

SECONDS = 600
FRIEND = 0xF00D


def deadly(when: str) -> None:
    """The process ends at the one call that matters."""
    send = NodeSession.send

    async def ending(self: NodeSession, signed: Signed) -> int:
        if when == "after":
            await send(self, signed)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("killed by now")

    NodeSession.send = ending  # type: ignore[method-assign]


async def until(condition: Callable[[], object]) -> None:
    end = asyncio.get_running_loop().time() + SECONDS
    while not condition():
        if asyncio.get_running_loop().time() > end:
            raise AssertionError("it did not happen in time")
        await asyncio.sleep(0.02)


def main() -> None:
    folder, passphrase, when = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    deadly(when)
    app = make_application(sys.argv[:1])
    loop = QEventLoop(app)
    asyncio.set_event_loop(loop)
    services = build_services(folder)

    async def pay() -> None:
        await services.accounts.unlock(passphrase)
        window = make_window(services, app, loop)
        window.show()
        window.open_page(SEND)
        page = window.send
        page.choose.to.setText(hex(FRIEND))
        page.choose.amount.setText("1.5")
        await until(page.next_button.isEnabled)
        page.next_button.click()
        await until(
            lambda: page.steps.flow.step is Step.CHECK and page.steps.send_button.isEnabled()
        )
        page.steps.send_button.click()
        await asyncio.sleep(SECONDS)

    with loop:
        loop.run_until_complete(pay())


if __name__ == "__main__":
    main()

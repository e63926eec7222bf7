"""A process that plans, sends and follows a payment, and is killed at the N-th of its steps.

Reads lines "N FOLDER RECIPIENT AMOUNT", see `tests.bomb.serve`. Started by test_killed.py, never by
anything else.
"""

import asyncio
import sys
from pathlib import Path

from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.storage.lock import FolderLock
from tests.bomb import Bomb, in_files, serve
from tests.chain.making import chain_of
from tests.chain.pipeline import ACCOUNT, TickingChain, TickingJournal, practice, service


async def pay(bomb: Bomb, url: str, folder: Path, recipient: int, amount: int) -> None:
    network = practice(url)
    real = chain_of(network)
    journal = TickingJournal(folder, FolderLock(folder / "lock"), bomb.tick)
    sending = service(folder, TickingChain(real, bomb.tick), network, journal)
    try:
        plan = await sending.plan_transfer(ACCOUNT, recipient, STRK, amount)
        record = await sending.send(plan, lambda step: bomb.tick(f"step {step.value}"))
        await sending.track(record.id)
    finally:
        await real.close()


def main() -> None:
    url = sys.argv[1]
    import starknet_py.hash.transaction  # noqa: F401 - so that the children need not

    def act(bomb: Bomb, words: list[str]) -> None:
        folder, recipient, amount = words
        in_files(bomb)
        asyncio.run(pay(bomb, url, Path(folder), int(recipient), int(amount)))

    serve(act)


if __name__ == "__main__":
    main()

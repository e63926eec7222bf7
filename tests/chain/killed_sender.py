"""A process that plans, sends and follows a payment, and is killed at the N-th of its steps.

Reads lines "N FOLDER RECIPIENT AMOUNT" and answers each with the name of the step at which the
child that did the work killed itself (SIGKILL), or "done". It forks for each line, so that the
slow imports happen once. Started by test_killed.py, never by anything else.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.storage import files
from obsqra_desktop.storage.lock import FolderLock
from tests.chain.making import chain_of
from tests.chain.pipeline import ACCOUNT, TickingChain, TickingJournal, practice, service


class Bomb:
    """Kills this process at the step of that number; the name of it goes to a pipe first."""

    def __init__(self, number: int, report: int) -> None:
        self.left, self.report = number, report

    def tick(self, name: str) -> None:
        self.left -= 1
        if self.left == 0:
            os.write(self.report, name.encode())
            os.kill(os.getpid(), signal.SIGKILL)


def in_files(bomb: Bomb) -> None:
    """Steps inside of an atomic write too: after the temporary file, and after the rename."""
    write_new, sync_folder = files.write_new, files.sync_folder

    def ticking_write(path: Path, data: bytes, mode: int = files.PRIVATE_FILE) -> None:
        bomb.tick("before the temporary file")
        write_new(path, data, mode)
        bomb.tick("after the temporary file")

    def ticking_sync(path: Path) -> None:
        bomb.tick("after the rename")
        sync_folder(path)

    files.write_new, files.sync_folder = ticking_write, ticking_sync


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


def child(line: str, url: str, report: int) -> None:
    number, folder, recipient, amount = line.split()
    bomb = Bomb(int(number), report)
    in_files(bomb)
    asyncio.run(pay(bomb, url, Path(folder), int(recipient), int(amount)))


def main() -> None:
    url = sys.argv[1]
    import starknet_py.hash.transaction  # noqa: F401 - so that the children need not

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        read, write = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                child(line, url, write)
            except BaseException as error:  # noqa: BLE001 - the test wants its name
                os.write(write, f"error {type(error).__name__}: {error}".encode())
                os._exit(1)
            os.write(write, b"done")
            os._exit(0)
        os.close(write)
        os.waitpid(pid, 0)
        sys.stdout.write(os.read(read, 1000).decode().replace("\n", " ") + "\n")
        sys.stdout.flush()
        os.close(read)


if __name__ == "__main__":
    main()

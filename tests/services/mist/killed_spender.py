"""A process that moves private money and is killed at the N-th of its steps.

Reads lines "N FOLDER ACTION REQUEST" and answers each with the name of the step at which the child
that did the work killed itself (SIGKILL), or "done". It forks for each line, so that the slow
imports happen once. Started by test_killed_money.py, never by anything else.
"""

import os
import signal
import sys
from pathlib import Path

from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.services.mist.steps import MistPhase, MistPlan, MistResult
from obsqra_desktop.storage import files
from tests.services.mist.money_parts import CURVE, NETWORK, PLENTY, WHOLE, Wallet
from tests.services.mist.parts import run
from tests.services.mist.pool_chain import PoolChain

ACTIONS = ("deposit", "withdraw", "forward", "emergency")


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
    """Inside of each atomic write: after the temporary file, and after the rename."""
    write_new, sync_folder = files.write_new, files.sync_folder

    def ticking_write(path: Path, data: bytes, mode: int = files.PRIVATE_FILE) -> None:
        write_new(path, data, mode)
        bomb.tick("after the temporary file")

    def ticking_sync(path: Path) -> None:
        bomb.tick(f"after the rename in {path.name}")
        sync_folder(path)

    files.write_new, files.sync_folder = ticking_write, ticking_sync


def wallet_in(folder: Path) -> Wallet:
    """As a program that has just been started; the chain as its log tells it."""
    chain = PoolChain(NETWORK, folder / "chain.log")
    wallet = Wallet(folder, chain)
    for account in wallet.accounts.listing():
        chain.give(account.address, PLENTY)
    chain.replay()
    return wallet


async def planned(wallet: Wallet, action: str, request: str) -> MistPlan:
    (account,) = wallet.accounts.listing()
    if action == "deposit":
        return await wallet.money.plan_deposit(account, STRK, 3 * WHOLE)
    note = wallet.book.notes[0].id
    if action == "withdraw":
        return await wallet.money.plan_withdraw(None, note, 1 * WHOLE)
    if action == "emergency":
        return await wallet.money.plan_emergency(None, note)
    return await wallet.money.plan_forward(None, note, request, 2 * WHOLE)


def act(bomb: Bomb, folder: Path, action: str, request: str) -> MistResult:
    wallet = wallet_in(folder)
    in_files(bomb)
    wallet.chain.on_send = lambda: bomb.tick("before send")
    wallet.chain.after_run = lambda: bomb.tick("after send")

    def phase(one: MistPhase) -> None:
        if one.proof is None:
            bomb.tick(f"step {one.step.value}")

    async def through() -> MistResult:
        plan = await planned(wallet, action, request)
        draft = await wallet.money.prepare(plan, phase)
        return await wallet.money.follow(await wallet.money.send(draft, phase))

    return run(through())


def main() -> None:
    CURVE.public_key(2**200 + 1)  # so that the children need not
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        number, folder, action, request = line.split()
        read, write = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                act(Bomb(int(number), write), Path(folder), action, request)
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

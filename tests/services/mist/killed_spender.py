"""A process that moves private money and is killed at the N-th of its steps.

Reads lines "N FOLDER ACTION REQUEST", see `tests.bomb.serve`. test_killed_money.py starts it.
"""

from pathlib import Path

from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.services.mist.steps import MistPhase, MistPlan, MistResult
from tests.bomb import Bomb, in_files, serve
from tests.services.mist.money_parts import CURVE, NETWORK, PLENTY, WHOLE, Wallet
from tests.services.mist.parts import run
from tests.services.mist.pool_chain import PoolChain

ACTIONS = ("deposit", "withdraw", "split", "rewrap", "forward", "emergency")


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
    if action == "split":
        return await wallet.money.plan_split(None, note, 4 * WHOLE)
    if action == "rewrap":
        return await wallet.money.plan_rewrap(None, note)
    if action == "emergency":
        return await wallet.money.plan_emergency(None, note)
    return await wallet.money.plan_forward(None, note, request, 2 * WHOLE)


def act(bomb: Bomb, words: list[str]) -> MistResult:
    folder, action, request = words
    wallet = wallet_in(Path(folder))
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


if __name__ == "__main__":
    CURVE.public_key(2**200 + 1)  # so that the children need not
    serve(act)

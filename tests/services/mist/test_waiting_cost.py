"""A look at what waits asks for one number while the pool has not grown."""

from obsqra_desktop.domain.accounts import Account
from tests.services.mist.money_parts import Wallet
from tests.services.mist.parts import run
from tests.services.mist.pool_chain import PoolChain

WHOLE_LOOK = ["merkle_root", "tx_array", "merkle_root"]


def looked(wallet: Wallet) -> tuple[int, list[str]]:
    """Leaves seen, and what a node was asked for it."""
    wallet.chain.asked.clear()
    (view,) = run(wallet.money.waiting())
    return view.leaves_seen, list(wallet.chain.asked)


def waiting(wallet: Wallet, payer: Account) -> None:
    note = wallet.deposit(payer)
    later = run(wallet.money.plan_rewrap(None, note.id))
    run(wallet.money.keep_waiting(later, 5))


def test_leaves_are_read_when_there_are_new_ones(
    wallet: Wallet, pool_chain: PoolChain, payer: Account
) -> None:
    waiting(wallet, payer)
    assert looked(wallet) == (0, WHOLE_LOOK)
    assert looked(wallet) == (0, ["merkle_root"])
    pool_chain.stranger()
    assert looked(wallet) == (1, WHOLE_LOOK)
    assert looked(wallet) == (1, ["merkle_root"])


def test_leaves_that_came_during_the_look_are_not_taken_for_those_of_its_root(
    wallet: Wallet, pool_chain: PoolChain, payer: Account
) -> None:
    waiting(wallet, payer)
    read = pool_chain.long_call

    async def grows(*words: object) -> tuple[int, ...]:
        answer = await read(*words)  # type: ignore[arg-type]
        pool_chain.stranger()
        return answer

    pool_chain.long_call = grows  # type: ignore[method-assign]
    assert looked(wallet) == (0, WHOLE_LOOK)
    pool_chain.long_call = read  # type: ignore[method-assign]
    assert looked(wallet) == (1, WHOLE_LOOK), "nothing was remembered"

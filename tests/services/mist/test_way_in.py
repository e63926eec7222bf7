"""What is asked before money goes into the pool, and what its user is told of the contract."""

from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.chain_errors import WouldFail
from obsqra_desktop.domain.journal import Spend, TxKind
from obsqra_desktop.domain.transaction import FeeEstimate, Gas, Simulation, Transfer
from obsqra_desktop.services.mist.effects import refuse_short_deposit
from obsqra_desktop.services.plans import Intent
from tests.services.mist.money_parts import NETWORK, WHOLE, Wallet
from tests.services.mist.parts import POOL, run
from tests.services.mist.pool_chain import PoolChain

FEES = 0xFEE
TOKEN, OTHER = 0x70CE, 0x0DD


@pytest.fixture
def chain() -> PoolChain:
    return PoolChain(NETWORK)


@pytest.fixture
def wallet(data_dir: Path, chain: PoolChain) -> Wallet:
    return Wallet(data_dir, chain)


@pytest.fixture
def payer(wallet: Wallet) -> Account:
    return wallet.account("payer", 1)


def nothing_sent(wallet: Wallet, before: int = 0) -> None:
    assert len(wallet.chain.done) == before
    assert len(wallet.journal.listing()) == before


# --- what arrives is what the note is worth ---


def test_a_token_that_keeps_a_part_of_each_transfer_is_not_deposited(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    """The account pays 10, the pool gets 9 and writes 10 down: the note could never be paid out."""
    honest = chain.effects

    def with_fee(transaction: Any) -> Any:
        ledger, moves, approvals, reverted = honest(transaction)
        less = tuple(
            part
            for move in moves
            for part in (
                move.model_copy(update={"amount": move.amount * 9 // 10}),
                move.model_copy(update={"amount": move.amount // 10, "recipient": FEES}),
            )
        )
        return ledger, less, approvals, reverted

    chain.effects = with_fee  # type: ignore[method-assign]
    with pytest.raises(WouldFail, match="arrive in the pool") as caught:
        wallet.prepared(wallet.plan_deposit(payer))
    assert f"{9 * WHOLE:,} of {10 * WHOLE:,}" in caught.value.detail
    assert "keep a part" in caught.value.hint
    nothing_sent(wallet)


def test_a_pool_that_cannot_pay_says_what_it_may_be(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    """So money that such a token has put in by another program is understood on the way out."""
    deposited = wallet.deposit(payer)
    chain.give(POOL, 9 * WHOLE)
    with pytest.raises(WouldFail, match="insufficient balance") as caught:
        wallet.prepared(run(wallet.money.plan_withdraw(None, deposited.id)))
    assert "smaller amount" in caught.value.hint
    nothing_sent(wallet, 1)
    wallet.prepared(run(wallet.money.plan_withdraw(None, deposited.id, 9 * WHOLE)))


def moved(token: int, recipient: int, amount: int, sender: int = 0xA11CE) -> Transfer:
    return Transfer(token=token, sender=sender, recipient=recipient, amount=amount)


@pytest.mark.parametrize(
    ("transfers", "good"),
    [
        ((moved(TOKEN, POOL, 10),), True),
        ((moved(TOKEN, POOL, 4), moved(TOKEN, POOL, 6)), True),
        ((moved(TOKEN, POOL, 9), moved(TOKEN, FEES, 1)), False),
        ((moved(TOKEN, POOL, 11),), False),
        ((), False),
        ((moved(OTHER, POOL, 10),), False),
        ((moved(TOKEN, POOL, 10), moved(OTHER, POOL, 1)), False),
        ((moved(TOKEN, POOL, 10), moved(TOKEN, FEES, 1, POOL)), False),
    ],
    ids=["whole", "in two", "short", "more", "none", "another", "another too", "taken back"],
)
def test_the_pool_gains_exactly_the_amount(transfers: tuple[Transfer, ...], good: bool) -> None:
    nothing = Gas(amount=0, price=1)
    fee = FeeEstimate(l1_gas=nothing, l1_data_gas=nothing, l2_gas=nothing, overall=0)
    simulation = Simulation(fee=fee, transfers=transfers, approvals=(), revert_reason=None)
    spends = (Spend(token=TOKEN, amount=10),)
    intent = Intent(TxKind.MIST_DEPOSIT, "Deposit", (), spends, recipient=POOL)
    if good:
        refuse_short_deposit(simulation, intent)
        return
    with pytest.raises(WouldFail, match="arrive in the pool"):
        refuse_short_deposit(simulation, intent)

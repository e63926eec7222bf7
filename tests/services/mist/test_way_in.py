"""What is asked before money goes into the pool, and what its user is told of the contract."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.chain_errors import WouldFail
from obsqra_desktop.domain.errors import ToolMissing
from obsqra_desktop.domain.journal import Spend, TxKind
from obsqra_desktop.domain.mist_errors import KeyDataDamaged
from obsqra_desktop.domain.shipped import resource_root
from obsqra_desktop.domain.transaction import FeeEstimate, Gas, Simulation, Transfer
from obsqra_desktop.proving import mist_calldata
from obsqra_desktop.proving.mist import NativeMistProver
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


# --- what could not be proved here does not come in ---


def damaged_prover(folder: Path) -> NativeMistProver:
    shutil.copytree(resource_root() / "mist", folder)
    key = folder / "proving_key.bin"
    key.write_bytes(key.read_bytes()[:-1])
    return NativeMistProver(folder)


def test_with_damaged_key_data_nothing_comes_in(
    wallet: Wallet, payer: Account, tmp_path: Path
) -> None:
    """Not when it is planned, not when a plan from before is carried out, not by a request."""
    planned = wallet.plan_deposit(payer)
    wallet.use(prover=damaged_prover(tmp_path / "mist"))
    before = wallet.book
    for step in (
        lambda: wallet.prepared(planned),
        lambda: wallet.plan_deposit(payer),
        lambda: run(wallet.money.new_request(None, payer.address)),
    ):
        with pytest.raises(KeyDataDamaged, match=r"proving_key\.bin"):
            step()
    nothing_sent(wallet)
    assert wallet.book.requests == before.requests == ()


def test_with_damaged_key_data_money_still_comes_out_in_an_emergency(
    wallet: Wallet, payer: Account, tmp_path: Path
) -> None:
    deposited = wallet.deposit(payer)
    wallet.use(prover=damaged_prover(tmp_path / "mist"))
    assert wallet.done(run(wallet.money.plan_emergency(None, deposited.id))).accepted


def test_a_missing_tool_is_no_surprise_after_the_deposit(
    wallet: Wallet, payer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proofs are written for the contract by another module: without it none can be sent."""
    monkeypatch.setattr(mist_calldata, "MODULE", "no_such_module_anywhere")
    wallet.use(prover=NativeMistProver(resource_root() / "mist"))
    with pytest.raises(ToolMissing):
        wallet.plan_deposit(payer)

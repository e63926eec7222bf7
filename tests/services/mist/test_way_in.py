"""What is asked before money goes into the pool, and what its user is told of the contract."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.cli.mist.pool_words import standing_document, standing_text
from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.chain_errors import WouldFail
from obsqra_desktop.domain.errors import ToolMissing
from obsqra_desktop.domain.journal import Spend, TxKind
from obsqra_desktop.domain.mist.errors import KeyDataDamaged, PoolChanged
from obsqra_desktop.domain.mist.pool import KnownIdentity, PoolIdentity
from obsqra_desktop.domain.shipped import resource_root
from obsqra_desktop.domain.transaction import FeeEstimate, Gas, Simulation, Transfer
from obsqra_desktop.proving import mist_calldata
from obsqra_desktop.proving.mist import NativeMistProver
from obsqra_desktop.services.mist.effects import refuse_short_deposit
from obsqra_desktop.services.plans import Intent
from tests.services.mist.money_parts import WHOLE, Wallet
from tests.services.mist.parts import POOL, run
from tests.services.mist.pool_chain import IDENTITY, PoolChain

FEES = 0xFEE
TOKEN, OTHER = 0x70CE, 0x0DD


@pytest.fixture
def chain(pool_chain: PoolChain) -> PoolChain:
    return pool_chain


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


# --- what the contract is, and what is taken for right ---


def test_another_code_under_the_verifiers_address_gets_no_deposit(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    """A verifier that can be upgraded lets false proofs in while its address stays the same."""
    wallet.deposit(payer)
    plan = wallet.plan_deposit(payer)
    draft = wallet.prepared(plan)
    chain.identity = replace(IDENTITY, verifier_class=0xBAD)
    for step in (lambda: wallet.prepared(plan), lambda: run(wallet.money.send(draft))):
        with pytest.raises(PoolChanged, match="verifier's code"):
            step()
    nothing_sent(wallet, 1)
    assert run(wallet.money.standing()).changed == ("verifier's code",)


UNTOLD = [
    (replace(IDENTITY, verifier=0, verifier_class=None), "verifier"),
    (replace(IDENTITY, verifier_class=None), "verifier's code"),
]


@pytest.mark.parametrize(("identity", "part"), UNTOLD, ids=["who", "its code"])
def test_a_verifier_that_is_not_told_is_said_before_each_deposit(
    wallet: Wallet, chain: PoolChain, payer: Account, identity: PoolIdentity, part: str
) -> None:
    """Also when the same nothing was told at the last one: that is no proof of anything."""
    chain.identity = identity
    for _ in range(2):
        plan = wallet.plan_deposit(payer)
        assert any(f"does not tell its {part} " in one for one in plan.warnings)
        wallet.done(plan)
    standing = run(wallet.money.standing())
    assert standing.found.untold == (part,)
    assert standing.changed == ()
    text, document = standing_text(standing), standing_document(standing)
    assert "not told" in text
    assert document["untold"] == [part]
    assert document["verifier_class"] is None


def test_a_told_verifier_is_not_warned_of(wallet: Wallet, payer: Account) -> None:
    wallet.deposit(payer)
    assert not any("does not tell" in one for one in wallet.plan_deposit(payer).warnings)


def test_code_that_was_never_looked_up_is_kept_at_the_next_deposit(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    """A record from before the verifier's code was read: it is no change, and is read from now."""
    wallet.pool = wallet.pool.model_copy(
        update={"identity": KnownIdentity(class_hash=0xC1A55, verifier=0x7E51F, owner=0x0E7)}
    )
    wallet.start()
    assert run(wallet.money.standing()).changed == ()
    wallet.deposit(payer)
    assert run(wallet.money.standing()).trusted == IDENTITY


def test_only_what_was_shown_is_trusted(wallet: Wallet, chain: PoolChain, payer: Account) -> None:
    wallet.deposit(payer)
    chain.identity = replace(IDENTITY, class_hash=0xFA12)
    shown = run(wallet.money.standing()).found
    chain.identity = replace(IDENTITY, class_hash=0xFA12, owner=0xBAD)
    with pytest.raises(PoolChanged, match="again since it was shown: its owner"):
        run(wallet.money.trust(shown))
    assert run(wallet.money.standing()).trusted == IDENTITY
    run(wallet.money.trust(run(wallet.money.standing()).found))
    assert run(wallet.money.standing()).changed == ()


def test_both_what_is_there_and_what_was_trusted_are_told(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    wallet.deposit(payer)
    chain.identity = replace(IDENTITY, class_hash=0xBAD)
    standing = run(wallet.money.standing())
    document = standing_document(standing)
    assert document["class_hash"] == "0xbad"
    assert document["trusted"] == {
        "class_hash": "0xc1a55",
        "verifier": "0x7e51f",
        "verifier_class": hex(0x7E51FC1A55),
        "owner": "0xe7",
    }
    lines = standing_text(standing).splitlines()
    at = lines.index("Class     0xbad")
    assert lines[at + 1].split() == ["was", "0xc1a55"]
    assert sum("was  " in line for line in lines) == 1


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

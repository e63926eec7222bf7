"""A deposit that was signed and that no node has: what is asked before it goes out once more."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from obsqra_desktop.app import Wiring
from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_errors import (
    NodeUnreachable,
    SendUncertain,
    VaultLocked,
    WouldFail,
)
from obsqra_desktop.domain.errors import InvalidInput, NotFound
from obsqra_desktop.domain.journal import TxKind, TxRecord, TxState
from obsqra_desktop.domain.mist.errors import KeyDataDamaged, PoolChanged, UnsafeSpend
from obsqra_desktop.domain.mist.held_notes import NoteState
from obsqra_desktop.domain.mist.pool import KnownPool
from obsqra_desktop.domain.transaction import Approval, Call, Invoke, Transfer
from obsqra_desktop.services.mist.steps import MistPlan
from tests.services.mist.money_parts import WHOLE, Wallet
from tests.services.mist.parts import POOL, run
from tests.services.mist.pool_chain import IDENTITY, Ledger, PoolChain, digest
from tests.services.mist.test_money import BEFORE_SIGNING_IN, Watched

FIVE = 5 * WHOLE


@pytest.fixture
def chain(pool_chain: PoolChain) -> PoolChain:
    return pool_chain


def unanswered(wallet: Wallet, plan: MistPlan) -> TxRecord:
    """Signed and written down, and given to a node that did not answer and has not got it."""
    draft = wallet.prepared(plan)

    def silent() -> None:
        raise NodeUnreachable("It does not answer.")

    wallet.chain.on_send = silent
    with pytest.raises(SendUncertain):
        run(wallet.money.send(draft))
    wallet.chain.on_send = lambda: None
    return wallet.journal.listing()[0]


@pytest.fixture
def waits(wallet: Wallet, payer: Account) -> TxRecord:
    """A deposit of five STRK beside one of ten that is in the pool."""
    wallet.deposit(payer)
    return unanswered(wallet, wallet.plan_deposit(payer, FIVE))


def note_of(wallet: Wallet) -> NoteState:
    (found,) = [one.state for one in wallet.book.notes if one.amount == FIVE]
    return found


def secret_of(record: TxRecord) -> int:
    from obsqra_desktop.services.mist.facts import deposits_of

    ((secret, token, amount),) = deposits_of(record, POOL)
    assert (token, amount) == (STRK.address, FIVE)
    return secret


def again_by_settling(wallet: Wallet, _record: TxRecord) -> None:
    run(wallet.money.settle(resend=True))


def again_by_history(wallet: Wallet, record: TxRecord) -> None:
    """As `tx resume --resend` and the page History do it."""
    run(wallet.sending.resume(record.id, resend=True))


WAYS = pytest.mark.parametrize("again", [again_by_settling, again_by_history])


def kept_back(wallet: Wallet, record: TxRecord) -> None:
    """Nothing more went out, nothing was written down, and the note may still come."""
    assert len(wallet.chain.done) == 1
    assert wallet.journal.find(record.id).state is TxState.SIGNED
    assert wallet.journal.find(record.id).events == record.events
    assert note_of(wallet) is NoteState.AWAITED


@WAYS
def test_what_is_as_it_was_is_sent_again(
    wallet: Wallet, waits: TxRecord, again: Callable[[Wallet, TxRecord], None]
) -> None:
    again(wallet, waits)
    run(wallet.money.settle())
    assert len(wallet.chain.done) == 2
    assert note_of(wallet) is NoteState.UNSPENT
    again(wallet, waits)  # it is settled: nothing is asked or sent
    assert len(wallet.chain.done) == 2


@WAYS
@pytest.mark.parametrize("part", ["class_hash", "verifier", "owner", "verifier_class"])
def test_a_changed_contract_gets_it_no_more(
    wallet: Wallet, waits: TxRecord, part: str, again: Callable[[Wallet, TxRecord], None]
) -> None:
    wallet.chain.identity = replace(IDENTITY, **{part: 0xBAD})
    with pytest.raises(PoolChanged, match="Nothing was sent again") as caught:
        again(wallet, waits)
    assert "may still be carried out" in caught.value.detail
    assert f"obsqra tx cancel {waits.id}" in (caught.value.hint or "")
    kept_back(wallet, waits)
    assert run(wallet.sending.resume(waits.id)) == wallet.journal.find(waits.id)  # a look is free


def test_a_deposit_that_is_kept_back_can_be_cancelled_and_made_anew(
    wallet: Wallet, payer: Account, waits: TxRecord
) -> None:
    chain = wallet.chain
    chain.identity = replace(IDENTITY, class_hash=0xBAD)
    with pytest.raises(PoolChanged):
        run(wallet.money.settle(resend=True))
    plan = run(wallet.sending.plan_cancel(waits, payer))
    run(wallet.sending.track(run(wallet.sending.send(plan)).id))
    run(wallet.money.settle())
    assert note_of(wallet) is NoteState.VOID
    assert chain.ledger.balance(POOL) == 10 * WHOLE
    chain.identity = IDENTITY
    assert wallet.deposit(payer, FIVE).state is NoteState.UNSPENT
    assert chain.ledger.balance(POOL) == 15 * WHOLE


@WAYS
def test_a_contract_that_is_trusted_meanwhile_gets_it(
    wallet: Wallet, waits: TxRecord, again: Callable[[Wallet, TxRecord], None]
) -> None:
    wallet.chain.identity = replace(IDENTITY, owner=0x90D)
    run(wallet.money.trust(run(wallet.money.standing()).found))
    again(wallet, waits)
    assert len(wallet.chain.done) == 2


@WAYS
@pytest.mark.parametrize("how", ["dust", "equal leaf", "secret is a leaf"])
def test_what_would_be_lost_by_now_is_kept_back(
    wallet: Wallet,
    chain: PoolChain,
    waits: TxRecord,
    how: str,
    again: Callable[[Wallet, TxRecord], None],
) -> None:
    secret = secret_of(waits)
    if how == "dust":
        chain.stranger(1, secret)
    else:
        leaf = secret if how == "secret is a leaf" else digest(secret, STRK.address, FIVE)
        chain.ledger = chain.ledger.grown(leaf)
    with pytest.raises(UnsafeSpend, match="Nothing was sent again"):
        again(wallet, waits)
    kept_back(wallet, waits)


def test_every_guard_of_the_last_look_is_asked_again(wallet: Wallet, waits: TxRecord) -> None:
    watched = Watched()
    wallet.use(guards=watched)
    run(wallet.sending.resume(waits.id))
    assert watched.asked == []
    run(wallet.sending.resume(waits.id, resend=True))
    assert watched.asked == BEFORE_SIGNING_IN


def test_what_could_not_be_proved_out_is_kept_back(wallet: Wallet, waits: TxRecord) -> None:
    wallet.prover.damage = KeyDataDamaged("Its digest is another one.")
    with pytest.raises(KeyDataDamaged):
        run(wallet.sending.resume(waits.id, resend=True))
    kept_back(wallet, waits)


def test_another_pool_on_the_network_gets_nothing(wallet: Wallet, waits: TxRecord) -> None:
    wallet.pool = KnownPool(chain="TEST", address=0x9001, name="Another pool", source="a test")
    wallet.start()
    with pytest.raises(PoolChanged, match="another pool"):
        run(wallet.sending.resume(waits.id, resend=True))
    assert len(wallet.chain.done) == 1


def test_without_a_word_on_what_was_trusted_it_stays_here(wallet: Wallet, waits: TxRecord) -> None:
    for path in (wallet.folder / "mist").iterdir():
        path.unlink()
    with pytest.raises(PoolChanged, match="Nothing here says"):
        run(wallet.sending.resume(waits.id, resend=True))
    assert len(wallet.chain.done) == 1


def test_the_book_has_to_be_open_for_it(wallet: Wallet, waits: TxRecord) -> None:
    vault = wallet.sending._seal._vault  # type: ignore[union-attr]
    vault.lock()
    with pytest.raises(VaultLocked):
        run(wallet.sending.resume(waits.id, resend=True))
    assert not run(wallet.sending.resume(waits.id)).settled
    assert len(wallet.chain.done) == 1


def test_where_nobody_looks_it_is_not_sent(wallet: Wallet, waits: TxRecord) -> None:
    wallet.sending._again = None
    with pytest.raises(InvalidInput, match="Nothing was sent again"):
        run(wallet.sending.resume(waits.id, resend=True))
    kept_back(wallet, waits)


def test_the_whole_program_looks(tmp_path: Path, waits: TxRecord) -> None:
    """As it is put together: private money is made for it, and knows of no pool in a new folder."""
    look = Wiring(tmp_path).chains.sending._again
    assert look is not None
    with pytest.raises(NotFound, match="network"):
        run(look(None, waits))  # type: ignore[arg-type]


def test_one_that_is_kept_back_holds_up_no_other_step(
    wallet: Wallet, chain: PoolChain, waits: TxRecord
) -> None:
    other = wallet.account("other", 3)
    note = wallet.deposit(other)
    spend = unanswered(wallet, run(wallet.money.plan_withdraw(None, note.id, WHOLE)))
    assert spend.kind is TxKind.MIST_SPEND
    chain.identity = replace(IDENTITY, verifier=0xBAD)
    done = len(chain.done)
    with pytest.raises(PoolChanged):
        run(wallet.money.settle(resend=True))
    assert len(chain.done) == done + 1
    assert wallet.journal.find(spend.id).state is TxState.ACCEPTED_L2
    assert wallet.held()[note.id].state is NoteState.SPENT
    assert note_of(wallet) is NoteState.AWAITED


# --- simulated before it goes out again ---


def unanswered_spend(wallet: Wallet, payer: Account) -> TxRecord:
    """A withdrawal of one of ten, which no node has."""
    note = wallet.deposit(payer)
    return unanswered(wallet, run(wallet.money.plan_withdraw(None, note.id, WHOLE)))


def test_the_same_calls_are_simulated_once_and_then_sent(wallet: Wallet, waits: TxRecord) -> None:
    chain = wallet.chain
    chain.simulated.clear()
    chain.asked.clear()
    run(wallet.sending.resume(waits.id))
    assert chain.simulated == [], "a look shows nothing"
    run(wallet.sending.resume(waits.id, resend=True))
    (shown,) = chain.simulated
    signed = waits.signed.transaction
    assert isinstance(signed, Invoke)
    assert (shown.sender, shown.nonce, shown.calls) == (signed.sender, signed.nonce, signed.calls)
    assert len(chain.done) == 2


@WAYS
def test_a_deposit_that_would_fail_by_now_is_kept_back(
    wallet: Wallet, payer: Account, waits: TxRecord, again: Callable[[Wallet, TxRecord], None]
) -> None:
    """It would only have cost its fee."""
    left = wallet.chain.ledger.balance(payer.address)
    wallet.chain.give(payer.address, FIVE - 1)
    with pytest.raises(WouldFail, match="insufficient balance") as caught:
        again(wallet, waits)
    assert "Nothing was sent again" in caught.value.detail
    assert "may still be carried out" in caught.value.detail
    assert f"obsqra tx cancel {waits.id}" in (caught.value.hint or "")
    kept_back(wallet, waits)
    wallet.chain.give(payer.address, left)
    again(wallet, waits)
    assert len(wallet.chain.done) == 2


@WAYS
def test_a_token_that_began_to_keep_a_part_gets_it_no_more(
    wallet: Wallet,
    waits: TxRecord,
    again: Callable[[Wallet, TxRecord], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The pool would write down more than arrives, and the note could not be paid out."""
    whole = PoolChain.call_runs

    def short(
        chain: PoolChain, ledger: Ledger, sender: int, call: Call
    ) -> tuple[Ledger, list[Transfer], list[Approval]]:
        after, moves, granted = whole(chain, ledger, sender, call)
        kept = [one.model_copy(update={"amount": one.amount - 1}) for one in moves]
        return after, kept, granted

    monkeypatch.setattr(PoolChain, "call_runs", short)
    with pytest.raises(WouldFail, match="would arrive in the pool"):
        again(wallet, waits)
    kept_back(wallet, waits)


@WAYS
def test_a_spend_that_would_fail_by_now_is_kept_back(
    wallet: Wallet, payer: Account, again: Callable[[Wallet, TxRecord], None]
) -> None:
    """On a pool that takes the newest root alone, and has grown since it was signed."""
    spend = unanswered_spend(wallet, payer)
    wallet.chain.latest_root_only = True
    wallet.chain.stranger()
    done = len(wallet.chain.done)
    with pytest.raises(WouldFail, match="Nothing was sent again") as caught:
        again(wallet, spend)
    assert f"obsqra tx cancel {spend.id}" in (caught.value.hint or "")
    assert len(wallet.chain.done) == done
    assert wallet.journal.find(spend.id) == spend
    wallet.chain.latest_root_only = False
    again(wallet, spend)
    assert len(wallet.chain.done) == done + 1
    assert wallet.journal.find(spend.id).state in {TxState.RECEIVED, TxState.ACCEPTED_L2}


def test_a_spend_that_is_sent_again_shows_what_it_showed_before(
    wallet: Wallet, payer: Account
) -> None:
    """The same proof and public values, and never a claiming key."""
    spend = unanswered_spend(wallet, payer)
    before = wallet.chain.simulated[-1]
    run(wallet.sending.resume(spend.id, resend=True))
    assert wallet.chain.simulated[-1] == before
    keys = {wallet.whole(one).claiming_key for one in wallet.book.notes}
    shown = {felt for one in wallet.chain.simulated for call in one.calls for felt in call.calldata}
    halves = {half for key in keys for half in (key, key % 2**128, key >> 128)}
    assert keys
    assert not shown & halves


def test_the_keys_have_to_be_open_to_send_a_spend_again(wallet: Wallet, payer: Account) -> None:
    spend = unanswered_spend(wallet, payer)
    vault = wallet.sending._seal._vault  # type: ignore[union-attr]
    vault.lock()
    with pytest.raises(VaultLocked):
        run(wallet.sending.resume(spend.id, resend=True))
    assert not run(wallet.sending.resume(spend.id)).settled


def test_an_emergency_is_not_simulated_before_it_is_sent_again(
    wallet: Wallet, payer: Account
) -> None:
    """A simulation that is refused would have shown its key for nothing."""
    note = wallet.deposit(payer)
    record = unanswered(wallet, run(wallet.money.plan_emergency(None, note.id)))
    assert record.kind is TxKind.MIST_EMERGENCY
    wallet.chain.simulated.clear()
    run(wallet.money.settle(resend=True))
    assert wallet.chain.simulated == []
    assert wallet.held()[note.id].state is NoteState.SPENT


# --- for a higher price ---


@pytest.mark.parametrize("changed", [True, False])
def test_a_deposit_is_not_signed_anew_without_a_look(
    wallet: Wallet, chain: PoolChain, payer: Account, waits: TxRecord, changed: bool
) -> None:
    """Its own place is a way past every guard; the words name the way that has them."""
    if changed:
        chain.identity = replace(IDENTITY, class_hash=0xBAD)
    simulated = len(chain.simulated)
    with pytest.raises(InvalidInput, match="not signed anew") as caught:
        run(wallet.sending.plan_faster(waits, payer))
    assert "cancel" in (caught.value.hint or "")
    assert "deposit again" in (caught.value.hint or "")
    assert len(chain.simulated) == simulated
    kept_back(wallet, waits)
    assert run(wallet.sending.plan_cancel(waits, payer)).kind is TxKind.CANCEL


def test_a_spend_may_be_sent_for_more(wallet: Wallet, payer: Account) -> None:
    """Its proof is bound to its root, owner and outputs; only one of the two can take place."""
    note = wallet.deposit(payer)
    spend = unanswered(wallet, run(wallet.money.plan_withdraw(None, note.id, WHOLE)))
    plan = run(wallet.sending.plan_faster(spend, payer))
    run(wallet.sending.track(run(wallet.sending.send(plan)).id))
    run(wallet.money.settle())
    assert wallet.held()[note.id].state is NoteState.SPENT
    assert wallet.chain.ledger.balance(POOL) == 9 * WHOLE

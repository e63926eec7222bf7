"""What only a broken part, or a change between two looks, would bring about: each is refused."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.chain_errors import PlanChanged
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist import SpendPlan
from obsqra_desktop.domain.mist_book import again
from obsqra_desktop.domain.mist_errors import PoolChanged, StaleRoot, UnsafeSpend
from obsqra_desktop.domain.mist_looks import BlockMark
from obsqra_desktop.domain.mist_notes import NoteOrigin, NoteState
from obsqra_desktop.domain.transaction import Simulation
from obsqra_desktop.privacy.keys import MistKeys
from obsqra_desktop.privacy.planning import Planner
from tests.services.mist.money_parts import NETWORK, WHOLE, Wallet, scanned
from tests.services.mist.parts import POOL, request_text, run
from tests.services.mist.pool_chain import IDENTITY, PoolChain, digest, tree

PARTS = ["class_hash", "verifier", "owner", "verifier_class"]


@pytest.fixture
def chain(pool_chain: PoolChain) -> PoolChain:
    return pool_chain


@pytest.mark.parametrize("part", PARTS)
def test_the_first_deposit_goes_only_to_the_contract_that_was_shown(
    wallet: Wallet, chain: PoolChain, payer: Account, part: str
) -> None:
    """Nothing is trusted yet: what its user saw counts, not what is there by now."""
    plan = wallet.plan_deposit(payer)
    draft = wallet.prepared(plan)
    chain.identity = replace(IDENTITY, **{part: 0xBAD})
    for step in (lambda: wallet.prepared(plan), lambda: run(wallet.money.send(draft))):
        with pytest.raises(PoolChanged):
            step()
    assert chain.done == {}
    assert wallet.book.trust is None


@pytest.mark.parametrize("part", PARTS)
def test_a_plan_that_was_made_after_the_change_gets_no_deposit_either(
    wallet: Wallet, chain: PoolChain, payer: Account, part: str
) -> None:
    """What is trusted counts, whatever the plan has shown."""
    wallet.deposit(payer)
    chain.identity = replace(IDENTITY, **{part: 0xBAD})
    with pytest.raises(PoolChanged):
        wallet.prepared(wallet.plan_deposit(payer))
    assert len(chain.done) == 1


def test_a_plan_of_another_pool_or_chain_is_not_carried_out(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    note = wallet.deposit(payer)
    plans = wallet.plan_deposit(payer), run(wallet.money.plan_withdraw(None, note.id, WHOLE))
    known = wallet.pool
    wallet.pool = known.model_copy(update={"address": POOL + 1})
    wallet.start()
    for plan in plans:
        with pytest.raises(PlanChanged, match="another pool"):
            wallet.prepared(plan)
    wallet.pool = known
    wallet.start()
    wallet.network(NETWORK.model_copy(update={"chain_id": "ELSEWHERE"}))
    for plan in plans:
        with pytest.raises(PlanChanged, match="another pool"):
            wallet.prepared(plan)
    assert len(chain.done) == 1


def test_a_fee_that_rises_while_it_is_proved_again_is_not_paid(
    wallet: Wallet, chain: PoolChain, payer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = wallet.deposit(payer)
    draft = wallet.prepared(run(wallet.money.plan_split(None, note.id, WHOLE)))
    simulate = chain.simulate

    async def dearer(*words: Any) -> Simulation:
        found = await simulate(*words)
        gas = found.fee.l2_gas.model_copy(update={"amount": 9 * found.fee.l2_gas.amount})
        fee = found.fee.model_copy(update={"l2_gas": gas, "overall": 9 * found.fee.overall})
        return found.model_copy(update={"fee": fee})

    wallet.prover.during = lambda: monkeypatch.setattr(chain, "simulate", dearer)
    chain.stranger()
    with pytest.raises(PlanChanged, match="fee has risen"):
        run(wallet.money.send(draft))
    assert len(chain.done) == 1
    assert wallet.held()[note.id].state is NoteState.UNSPENT


def test_a_plan_that_uses_more_keys_than_were_taken_is_not_proved(
    wallet: Wallet, payer: Account
) -> None:
    """They would be given out once more."""
    note = wallet.deposit(payer)
    planner = wallet.tools.planner

    class Greedy(Planner):
        def rewrap(self, *words: Any) -> SpendPlan:
            made = super().rewrap(*words)
            return replace(made, next_index=made.next_index + 1)

    wallet.use(planner=lambda keys: Greedy(keys, digest, planner(keys).random_bytes))
    with pytest.raises(InvalidInput, match="more keys"):
        wallet.prepared(run(wallet.money.plan_rewrap(None, note.id)))
    assert wallet.prover.proved == []


def test_two_new_keys_that_follow_each_other_are_not_proved(
    wallet: Wallet, payer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not only against known ones: the two outputs of one spend, too."""
    note = wallet.deposit(payer)
    plan = run(wallet.money.plan_split(None, note.id, WHOLE))
    good = MistKeys.claiming_key
    monkeypatch.setattr(
        MistKeys,
        "claiming_key",
        lambda keys, index: good(keys, index) if index < 2 else good(keys, 1) + index - 1,
    )
    with pytest.raises(UnsafeSpend, match="follows another"):
        wallet.prepared(plan)
    assert wallet.prover.proved == []


def test_what_comes_of_a_spend_is_called_by_what_it_was(wallet: Wallet, payer: Account) -> None:
    """A backup's need is told from it: of a split both amounts are unknown, of change none is."""
    money, request = wallet.money, request_text(77)
    ways: list[tuple[Callable[[str], Any], list[NoteOrigin]]] = [
        (lambda note: money.plan_withdraw(None, note, WHOLE), [NoteOrigin.CHANGE]),
        (lambda note: money.plan_rewrap(None, note), [NoteOrigin.REWRAP]),
        (lambda note: money.plan_split(None, note, WHOLE), [NoteOrigin.SPLIT] * 2),
        (lambda note: money.plan_forward(None, note, request, WHOLE), [NoteOrigin.CHANGE]),
    ]
    for plan, origins in ways:
        note = wallet.deposit(payer)
        made = wallet.done(run(plan(note.id))).made
        assert [one.origin for one in made] == origins
        assert {one.parent for one in made} == {note.id}


def test_a_forward_that_another_note_gave_up_is_told_once(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    """Its leaf is the same: two entries would both look given, and its receiver get two files."""
    first, second = wallet.deposit(payer), wallet.deposit(payer)
    text = request_text(77)
    chain.latest_root_only = True
    chain.before_run = lambda: chain.stranger() and None
    failed = wallet.done(run(wallet.money.plan_forward(None, first.id, text, WHOLE)))
    assert not failed.accepted
    chain.before_run = lambda: None
    done = wallet.done(run(wallet.money.plan_forward(None, second.id, text, WHOLE)))
    assert done.accepted
    (over,) = wallet.book.handovers
    assert (over.note, over.void, over.made_in) == (second.id, False, done.record.id)


# --- without a proof: what is refused by the pool has shown its key all the same ---


def test_an_emergency_on_leaves_that_were_left_out_is_not_made(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    note = wallet.deposit(payer)
    chain.stranger()
    look = scanned(chain.ledger.leaves, BlockMark(number=1, hash=1))
    run(wallet.notes.change(wallet.keys, lambda book: again(book, scan=look)))
    plan = run(wallet.money.plan_emergency(None, note.id))
    less = (note.leaf,)
    chain.ledger = replace(chain.ledger, leaves=less, roots=chain.ledger.roots | {tree.root(less)})
    with pytest.raises(StaleRoot, match="were there"):
        wallet.prepared(plan)
    assert len(chain.done) == 1


def test_an_emergency_on_a_root_that_is_not_the_leaves_is_not_made(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    note = wallet.deposit(payer)
    plan = run(wallet.money.plan_emergency(None, note.id))
    chain.root_said = 5
    with pytest.raises(StaleRoot, match="do not give the root"):
        wallet.prepared(plan)
    assert len(chain.done) == 1


def test_an_emergency_tells_what_it_pays_and_has_gas_for_the_whole_tree(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    """26 hashes of 3.8 million L2 gas each (docs/private-money.md): too little would show the key
    for nothing."""
    note = wallet.deposit(payer)
    draft = wallet.prepared(run(wallet.money.plan_emergency(None, note.id)))
    (paid,) = draft.sending.simulation.transfers
    assert (paid.recipient, paid.token, paid.amount) == (payer.address, note.token, note.amount)
    assert draft.sending.transaction.bounds.l2_gas.max_amount >= 26 * 3_800_000
    chain.stranger()
    assert run(wallet.money.send(draft)).attempts == 1, "made again on the newest root"

"""What only a broken part, or a change between two looks, would bring about: each is refused."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_errors import NodeUnreachable, PlanChanged, SendUncertain
from obsqra_desktop.domain.errors import InvalidInput, NotFound
from obsqra_desktop.domain.journal import TxKind, TxState
from obsqra_desktop.domain.mist.book import again
from obsqra_desktop.domain.mist.errors import PoolChanged, StaleRoot, UnsafeSpend
from obsqra_desktop.domain.mist.handover import HandedOver
from obsqra_desktop.domain.mist.held_notes import NoteOrigin, NoteState
from obsqra_desktop.domain.mist.looks import BlockMark
from obsqra_desktop.domain.mist.note import AMOUNT_BOUND, SpendPlan
from obsqra_desktop.domain.transaction import Simulation
from obsqra_desktop.privacy.keys import MistKeys
from obsqra_desktop.privacy.planning import Planner
from obsqra_desktop.services.mist.effects import is_deposits_own
from obsqra_desktop.services.mist.ledger import MistLedger
from obsqra_desktop.services.mist.making import EMERGENCY_GAS
from obsqra_desktop.services.plans import Intent
from tests.services.mist.money_parts import NETWORK, WHOLE, Wallet, scanned
from tests.services.mist.parts import POOL, request_text, run
from tests.services.mist.pool_chain import IDENTITY, PRICE, PoolChain, approval, digest, tree

FILE_WORDS = "a word for the file"
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


def test_a_forward_that_expired_is_made_again_by_its_own_note(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    """Of two spends of one note the pool takes one; so the first one's leaf holds nothing up."""
    note, text = wallet.deposit(payer), request_text(77)
    draft = wallet.prepared(run(wallet.money.plan_forward(None, note.id, text, WHOLE)))

    def silent() -> None:
        raise NodeUnreachable("It does not answer.")

    chain.on_send = silent
    with pytest.raises(SendUncertain):
        run(wallet.money.send(draft))
    chain.on_send = lambda: None
    (record,) = (one for one in wallet.journal.listing() if one.kind is TxKind.MIST_SPEND)
    wallet.journal.update(record.model_copy(update={"state": TxState.EXPIRED}))
    run(MistLedger(wallet.parts).settle(run(wallet.parts.place(None))))
    (over,) = wallet.book.handovers
    assert (over.void, over.may_come) == (True, True)
    assert wallet.done(run(wallet.money.plan_forward(None, note.id, text, WHOLE))).accepted
    assert [one.void for one in wallet.book.handovers] == [False]


def test_a_key_that_follows_that_of_a_request_of_ones_own_is_not_paid_into(
    wallet: Wallet, payer: Account
) -> None:
    """A note came in by file under the neighbour of the request's key."""
    note = wallet.deposit(payer)
    given = run(wallet.money.new_request(None, payer.address))
    contents = HandedOver(
        chain_id=wallet.keys.chain_id,
        pool=POOL,
        token=note.token,
        amount=5,
        claiming_key=wallet.keys.claiming_key(given.request.index) + 1,
        owner=payer.address,
    )
    raw = wallet.tools.files.write(contents, FILE_WORDS)
    run(wallet.money.import_file(None, raw, FILE_WORDS))
    with pytest.raises(UnsafeSpend, match="follows another"):
        wallet.prepared(run(wallet.money.plan_forward(None, note.id, given.text, WHOLE)))
    told = replace_contents(contents, secret=given.request.secret)
    with pytest.raises(UnsafeSpend, match="follows another"):
        run(wallet.money.import_file(None, wallet.tools.files.write(told, FILE_WORDS), FILE_WORDS))


def replace_contents(contents: HandedOver, secret: int) -> HandedOver:
    """As a forward to this secret tells it."""
    change = {"secret": secret, "claiming_key": None, "owner": None}
    return contents.model_copy(update=change)


@pytest.mark.parametrize("part", ["chain_id", "pool"])
def test_a_file_of_another_place_is_not_taken_in(wallet: Wallet, payer: Account, part: str) -> None:
    note = wallet.whole(wallet.deposit(payer))
    place = {"chain_id": wallet.keys.chain_id, "pool": POOL}
    contents = HandedOver(
        **{**place, part: place[part] + 1},
        token=note.token,
        amount=note.amount,
        claiming_key=5,
        owner=note.owner,
    )
    raw = wallet.tools.files.write(contents, FILE_WORDS)
    with pytest.raises(InvalidInput, match="another network or pool"):
        run(wallet.money.import_file(None, raw, FILE_WORDS))
    assert len(wallet.book.notes) == 1


def test_what_comes_to_be_belongs_to_an_account_of_here_and_has_an_amount(
    wallet: Wallet, payer: Account
) -> None:
    """Refused in the plan: nobody is asked to confirm what could not be spent."""
    note, stranger = wallet.deposit(payer), 0xBAD
    for amount in (0, AMOUNT_BOUND):
        with pytest.raises(InvalidInput, match="more than zero"):
            wallet.plan_deposit(payer, amount)
        with pytest.raises(InvalidInput, match="more than zero"):
            run(wallet.money.new_request(None, payer.address, STRK, amount))
    with pytest.raises(InvalidInput, match="both parts"):
        run(wallet.money.plan_split(None, note.id, note.amount))
    for plan in (
        lambda: wallet.plan_deposit(payer, owner=stranger),
        lambda: run(wallet.money.plan_withdraw(None, note.id, WHOLE, stranger)),
        lambda: run(wallet.money.plan_rewrap(None, note.id, stranger)),
        lambda: run(wallet.money.new_request(None, stranger)),
    ):
        with pytest.raises(NotFound, match="not here"):
            plan()


def test_only_a_deposit_may_let_its_recipient_take_something() -> None:
    """A transfer has a recipient, too, and lets nobody take anything."""
    granted = approval(STRK.address, 7, POOL, WHOLE)
    asked = {STRK.address: WHOLE}
    intent = Intent(kind=TxKind.MIST_DEPOSIT, title="", calls=(), spends=(), recipient=POOL)
    assert is_deposits_own(granted, intent, asked)
    assert not is_deposits_own(granted, replace(intent, kind=TxKind.TRANSFER), asked)
    assert not is_deposits_own(granted, replace(intent, recipient=8), asked)
    assert not is_deposits_own(approval(STRK.address, 7, POOL, WHOLE + 1), intent, asked)


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
    assert draft.sending.likely_fee >= EMERGENCY_GAS * PRICE
    chain.stranger()
    assert run(wallet.money.send(draft)).attempts == 1, "made again on the newest root"

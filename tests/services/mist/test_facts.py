"""From what is known here to each fact of the privacy level: a row for each value it can have."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

import pytest

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.errors import InvalidInput, NotFound
from obsqra_desktop.domain.journal import TxKind, TxRecord, TxState
from obsqra_desktop.domain.mist.around import Surroundings
from obsqra_desktop.domain.mist.book import again
from obsqra_desktop.domain.mist.counts import CountedAmount, CountedDeposits
from obsqra_desktop.domain.mist.entries import HandOver
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook, NoteOrigin, NoteState
from obsqra_desktop.domain.mist.looks import (
    BlockMark,
    FundingWord,
    MissingPart,
    ScanState,
    leaves_digest,
)
from obsqra_desktop.domain.mist.note import FIELD
from obsqra_desktop.domain.mist.pool import PoolState
from obsqra_desktop.domain.mist.privacy import (
    FEW,
    LOOK,
    MistAction,
    PrivacyLevel,
    Situation,
    assess,
)
from obsqra_desktop.domain.network import (
    Endpoint,
    Network,
    NetworkKind,
    NetworkSettings,
    Proxy,
)
from obsqra_desktop.domain.transaction import Bound, Bounds, Call, Invoke, Receipt, Signed, Transfer
from obsqra_desktop.privacy.calls import deposit_calls, u256
from obsqra_desktop.services.mist.facts import Known, deposit_situation, spend_situation
from obsqra_desktop.services.mist.planning import SAME_OWNER
from tests.services.mist.money_parts import WHOLE, Wallet
from tests.services.mist.parts import POOL, run
from tests.services.mist.pool_chain import PoolChain, digest
from tests.services.mist.world import account

PAYER, SENDER, FRIEND = 0xA11CE, 0xB0B, 0xF00
NODE = "node.example"
MINE_AT = 3
"""Place of the note's leaf; leaves of others are 1, 2, 3 …"""


def made(number: int, amount: int, origin: NoteOrigin, **words: object) -> HeldNote:
    return HeldNote.model_validate(
        {
            "id": f"{number:012x}",
            "index": number,
            "owner": SENDER,
            "token": STRK.address,
            "amount": amount,
            "leaf": 0xAA000 + number,
            "origin": origin,
            "state": NoteState.UNSPENT,
            "made_at": 1,
            **words,
        }
    )


DEPOSITED = made(1, 10 * WHOLE, NoteOrigin.DEPOSIT, depositor=PAYER, position=MINE_AT)


@dataclass
class Scene:
    """A withdrawal that nothing speaks against; a row of a table changes one thing."""

    notes: tuple[HeldNote, ...] = (DEPOSITED,)
    more: tuple[int, ...] = ()
    """Leaves after those of the others."""
    amount: int = WHOLE
    nonce: int = 0
    moves_on: bool = True
    others: int = FEW
    counted: int | None = FEW
    """Equal deposits of others; None: not looked through."""
    since: int = 4
    """First block that was looked through; none of one's own keys was used before."""
    action: MistAction = MistAction.WITHDRAW
    records: tuple[TxRecord, ...] = ()
    own_node: bool = True
    told_by: str = NODE
    proxy: Proxy | None = None
    practice: bool = False
    parts: dict[str, object] = field(default_factory=dict)
    """Of the book."""

    def network(self) -> Network:
        url = f"https://{NODE}"
        return Network(
            id="practice" if self.practice else "test",
            name="Test",
            chain_id="OBSQRA_PRACTICE" if self.practice else "TEST",
            kind=NetworkKind.PRACTICE if self.practice else NetworkKind.CUSTOM,
            endpoints=() if self.practice else (Endpoint(url=url, own=self.own_node),),
        )

    def known(self) -> Known:
        network = self.network()
        mine = [one.leaf for one in self.notes if one.position == MINE_AT]
        leaves = (*range(1, MINE_AT + 1), *mine, *range(100, 100 + self.others), *self.more)
        mark = BlockMark(number=9, hash=9)
        seen = tuple((place, 5) for place in range(1000, 1000 + (self.counted or 0)))
        equal = CountedAmount(token=STRK.address, amount=self.amount, seen=seen) if seen else None
        scan = ScanState(
            leaves=len(leaves),
            root=1,
            digest=leaves_digest(leaves),
            block=mark,
            at=9,
            history=(mark,) if self.counted is not None else (),
        )
        book = MistBook(
            chain_id=network.chain,
            pool=POOL,
            next_index=99,
            notes=self.notes,
            scan=scan,
            birth=4,
            deposits=CountedDeposits(since=self.since, upto=9, amounts=(equal,) if equal else ()),
        )
        return Known(
            network=network,
            settings=NetworkSettings(selected=network.id, networks=(network,), proxy=self.proxy),
            state=PoolState(leaves, 1, 9, 9, self.told_by),
            book=again(book, **self.parts),
            records=self.records,
            digest=digest,
        )

    def situation(self) -> Situation:
        return spend_situation(
            self.known(),
            self.action,
            self.notes[-1],
            STRK,
            self.amount,
            account(SENDER),
            self.nonce,
            self.moves_on,
        )


# --- the journal ---

HERE, THERE = account(SENDER), account(PAYER)


def sent(
    sender: Account,
    kind: TxKind,
    *calls: Call,
    to: int | None = None,
    state: TxState = TxState.ACCEPTED_L2,
    moves: tuple[Transfer, ...] = (),
) -> TxRecord:
    nothing = Bound(max_amount=0, max_price=0)
    bounds = Bounds(l1_gas=nothing, l1_data_gas=nothing, l2_gas=nothing)
    calls = calls or (Call(to=STRK.address, entry_point="transfer", calldata=(1, 1, 0)),)
    receipt = Receipt(
        hash=5, actual_fee=1, block_number=7, reverted=False, revert_reason=None, transfers=moves
    )
    return TxRecord(
        id=f"{len(calls) + sender.address:012x}"[-12:],
        network="test",
        account=sender.id,
        kind=kind,
        title="a test",
        signed=Signed(
            transaction=Invoke(sender=sender.address, nonce=1, calls=calls, bounds=bounds),
            chain_id="TEST",
            hash=5,
            signature=(1, 2),
        ),
        spends=(),
        recipient=to,
        likely_fee=1,
        max_fee=1,
        created_at=1,
        node=NODE,
        state=state,
        receipt=receipt,
    )


def paid_in(
    sender: Account, amount: int, secret: int = 77, pool: int = POOL, **words: TxState
) -> TxRecord:
    calls = deposit_calls(pool, secret, STRK.address, amount)
    return sent(sender, TxKind.MIST_DEPOSIT, *calls, to=pool, **words)


def gave(sender: Account, state: TxState = TxState.ACCEPTED_L2, to: int = SENDER) -> TxRecord:
    return sent(sender, TxKind.TRANSFER, to=to, state=state)


def swapped(sender: Account, to: int) -> TxRecord:
    move = Transfer(token=STRK.address, sender=0xDE, recipient=to, amount=5)
    return sent(sender, TxKind.CALL, moves=(move,))


def spent_here(first: int, second: int) -> TxRecord:
    """A spend whose two leaves are these."""
    values = (PAYER, 0, 0, STRK.address, 0, 1, 0xDEAD, first, second, 0)
    felts = (*range(32), 10, *(half for one in values for half in u256(one)))
    call = Call(to=POOL, entry_point="handle_zkp", calldata=(len(felts), *felts))
    return sent(THERE, TxKind.MIST_SPEND, call)


DEPLOYED = sent(HERE, TxKind.DEPLOY_ACCOUNT)
REWRAPPED = made(2, 10 * WHOLE, NoteOrigin.REWRAP, parent=DEPOSITED.id, position=MINE_AT)
AGAIN = made(3, 10 * WHOLE, NoteOrigin.CHANGE, parent=REWRAPPED.id, position=MINE_AT)
GIVEN = made(4, 10 * WHOLE, NoteOrigin.RECEIVED, position=MINE_AT)
FOUND = made(5, 10 * WHOLE, NoteOrigin.FOUND, position=MINE_AT)
OLD = DEPOSITED.model_copy(update={"position": 0, "state": NoteState.SPENT})
"""The deposit that the later ones came of."""


def word(apart: bool, whose: int = SENDER) -> dict[str, object]:
    return {"funding": (FundingWord(account=whose, apart=apart, at=1),)}


def other_of(amount: int, **words: object) -> HeldNote:
    """Another note of one's own, in the pool at a place that does not matter."""
    return made(50, amount, NoteOrigin.DEPOSIT, **{"depositor": PAYER, "position": 0, **words})


ROWS: list[tuple[str, object, Scene]] = [
    ("common_amount", True, Scene()),
    ("common_amount", False, Scene(amount=73 * WHOLE // 10)),
    # --- exactly what was deposited
    ("whole_deposit", False, Scene()),
    ("whole_deposit", True, Scene(amount=10 * WHOLE)),
    ("whole_deposit", True, Scene(notes=(OLD, REWRAPPED), amount=10 * WHOLE)),
    ("whole_deposit", True, Scene(notes=(OLD, REWRAPPED, AGAIN), amount=10 * WHOLE)),
    ("whole_deposit", False, Scene(notes=(OLD, REWRAPPED, AGAIN))),
    ("whole_deposit", True, Scene(notes=(other_of(WHOLE), DEPOSITED))),
    ("whole_deposit", False, Scene(notes=(other_of(WHOLE, token=7), DEPOSITED))),
    ("whole_deposit", False, Scene(notes=(other_of(WHOLE, state=NoteState.VOID), DEPOSITED))),
    ("whole_deposit", None, Scene(notes=(GIVEN,))),
    ("whole_deposit", None, Scene(notes=(GIVEN,), amount=10 * WHOLE)),
    ("whole_deposit", None, Scene(notes=(FOUND,))),
    ("whole_deposit", None, Scene(notes=(REWRAPPED,))),
    (
        "whole_deposit",
        True,
        Scene(notes=(GIVEN.model_copy(update={"depositor": FRIEND}),), amount=10 * WHOLE),
    ),
    ("whole_deposit", False, Scene(notes=(GIVEN.model_copy(update={"depositor": FRIEND}),))),
    ("whole_deposit", True, Scene(records=(paid_in(THERE, WHOLE),))),
    ("whole_deposit", False, Scene(records=(paid_in(THERE, WHOLE, pool=0x99),))),
    ("whole_deposit", False, Scene(records=(paid_in(THERE, WHOLE, state=TxState.REVERTED),))),
    ("whole_deposit", False, Scene(records=(paid_in(THERE, WHOLE, state=TxState.EXPIRED),))),
    ("whole_deposit", False, Scene(notes=(GIVEN,), action=MistAction.REWRAP, amount=0)),
    # --- how many others
    ("equal_deposits", FEW, Scene()),
    ("equal_deposits", 0, Scene(counted=0)),
    ("equal_deposits", None, Scene(counted=None)),
    ("counted_since", 4, Scene()),
    ("counted_since", None, Scene(counted=None)),
    # --- leaves of others
    ("leaves_among", FEW, Scene()),  # at least: those before are not looked through
    ("leaves_among", None, Scene(others=0)),
    ("leaves_among", MINE_AT + FEW, Scene(since=0)),
    ("leaves_among", MINE_AT, Scene(since=0, others=0)),
    ("leaves_among", MINE_AT, Scene(others=0, action=MistAction.SPLIT, amount=0)),
    ("leaves_since", None, Scene(counted=None)),
    ("leaves_since", None, Scene(since=5)),
    ("leaves_since", FEW, Scene(counted=None, action=MistAction.REWRAP, amount=0)),
    ("leaves_among", None, Scene(notes=(DEPOSITED.model_copy(update={"position": None}),))),
    ("leaves_since", FEW, Scene()),
    ("leaves_since", 0, Scene(others=0)),
    ("leaves_since", None, Scene(notes=(DEPOSITED.model_copy(update={"position": None}),))),
    ("leaves_since", FEW, Scene(notes=(other_of(1, leaf=0xAB), DEPOSITED), more=(0xAB,))),
    ("leaves_since", FEW + 1, Scene(more=(0xAB,))),
    (
        "leaves_since",
        FEW,
        Scene(notes=(OLD.model_copy(update={"outputs": (0xAB, 0xAC)}), AGAIN), more=(0xAB, 0xAC)),
    ),
    ("leaves_since", FEW, Scene(records=(spent_here(0xAB, 0xAC),), more=(0xAC, 0xAB))),
    (
        "leaves_since",
        FEW,
        Scene(records=(paid_in(THERE, 5),), more=(digest(77, STRK.address, 5),)),
    ),
    (
        "leaves_since",
        FEW,
        Scene(
            more=(0xAB,),
            parts={
                "handovers": (
                    HandOver(
                        id="0" * 12,
                        note=DEPOSITED.id,
                        secret=5,
                        leaf=0xAB,
                        token=STRK.address,
                        amount=1,
                        made_at=1,
                    ),
                )
            },
        ),
    ),
    (
        "leaves_since",
        FEW,
        Scene(
            more=(0xAB,),
            parts={
                "missing": (
                    MissingPart(
                        note=OLD.id, token=1, amount=1, tx_hash=1, outputs=(0xAB, FIELD - 1)
                    ),
                )
            },
        ),
    ),
    # --- who deposited
    ("owner_deposited", False, Scene()),
    ("owner_deposited", False, Scene(notes=(OLD, REWRAPPED, AGAIN))),
    ("owner_deposited", False, Scene(notes=(GIVEN.model_copy(update={"depositor": FRIEND}),))),
    ("owner_deposited", None, Scene(notes=(GIVEN,))),
    ("owner_deposited", None, Scene(notes=(REWRAPPED,))),
    ("owner_deposited", True, Scene(notes=(DEPOSITED.model_copy(update={"depositor": SENDER}),))),
    (
        "owner_deposited",
        True,
        Scene(notes=(OLD.model_copy(update={"depositor": SENDER}), REWRAPPED, AGAIN)),
    ),
    ("owner_deposited", True, Scene(notes=(other_of(5, depositor=SENDER), DEPOSITED))),
    (
        "owner_deposited",
        False,
        Scene(notes=(other_of(5, depositor=SENDER, state=NoteState.VOID), DEPOSITED)),
    ),
    ("owner_deposited", True, Scene(records=(paid_in(HERE, 5),))),
    ("owner_deposited", False, Scene(records=(paid_in(THERE, 5),))),
    ("owner_deposited", False, Scene(records=(paid_in(HERE, 5, state=TxState.REFUSED),))),
    ("owner_deposited", False, Scene(records=(paid_in(HERE, 5, pool=0x99),))),
    # --- who has acted
    ("owner_seen", False, Scene()),
    ("owner_seen", False, Scene(nonce=1, records=(DEPLOYED,))),
    ("owner_seen", None, Scene(nonce=1)),
    ("owner_seen", None, Scene(nonce=1, records=(sent(THERE, TxKind.DEPLOY_ACCOUNT),))),
    ("owner_seen", True, Scene(nonce=2, records=(DEPLOYED,))),
    ("owner_seen", True, Scene(nonce=1, records=(DEPLOYED, gave(HERE, to=FRIEND)))),
    ("owner_seen", True, Scene(records=(gave(HERE, TxState.REVERTED, to=FRIEND),))),
    ("owner_seen", False, Scene(records=(gave(HERE, TxState.REFUSED, to=FRIEND),))),
    ("owner_seen", False, Scene(records=(gave(THERE),))),
    # --- who pays its fees
    ("owner_funded", None, Scene()),
    ("owner_funded", None, Scene(records=(gave(THERE, to=FRIEND),))),
    ("owner_funded", None, Scene(records=(gave(THERE, TxState.REVERTED),))),
    ("owner_funded", None, Scene(records=(gave(THERE, TxState.EXPIRED),))),
    ("owner_funded", None, Scene(records=(gave(HERE),))),
    ("owner_funded", None, Scene(parts=word(True, FRIEND))),
    ("owner_funded", None, Scene(records=(swapped(THERE, FRIEND),))),
    ("owner_funded", True, Scene(records=(gave(THERE),))),
    ("owner_funded", True, Scene(records=(gave(THERE, TxState.SIGNED),))),
    ("owner_funded", True, Scene(records=(swapped(THERE, SENDER),))),
    ("owner_funded", True, Scene(parts=word(False))),
    ("owner_funded", True, Scene(parts=word(False), practice=True)),
    ("owner_funded", True, Scene(records=(gave(THERE),), parts=word(True))),
    ("owner_funded", True, Scene(records=(gave(THERE),), practice=True)),
    ("owner_funded", False, Scene(parts=word(True))),
    ("owner_funded", False, Scene(practice=True)),
    # --- what the node learns
    ("hidden_route", True, Scene()),
    ("hidden_route", False, Scene(own_node=False)),
    ("hidden_route", True, Scene(own_node=False, proxy=Proxy(host="127.0.0.1", port=9050))),
    ("shared_route", True, Scene(own_node=False, proxy=Proxy(host="127.0.0.1", port=9050))),
    ("shared_route", False, Scene(proxy=Proxy(host="127.0.0.1", port=9050))),
    ("shared_route", False, Scene(own_node=False)),
    ("shared_route", False, Scene(told_by="elsewhere.example")),
    ("shared_route", False, Scene(practice=True, told_by="127.0.0.1:5050")),
    ("hidden_route", None, Scene(told_by="elsewhere.example")),
    ("hidden_route", True, Scene(practice=True, told_by="127.0.0.1:5050")),
    # --- who gets what stays
    ("moves_on", True, Scene()),
    ("moves_on", False, Scene(moves_on=False)),
    ("practice", False, Scene()),
    ("practice", True, Scene(practice=True)),
]


@pytest.mark.parametrize(
    ("name", "value", "scene"),
    ROWS,
    ids=[f"{number}-{name}-{value}" for number, (name, value, _) in enumerate(ROWS)],
)
def test_each_fact_says_what_is_known(name: str, value: object, scene: Scene) -> None:
    assert getattr(scene.situation(), name) == value
    assert isinstance(value, bool) == isinstance(getattr(scene.situation(), name), bool)


def test_what_the_last_look_found_of_ones_own_does_not_hide() -> None:
    """Places of what one has deposited for others, where no journal tells of it any more."""
    scene = Scene()
    known = scene.known()
    assert known.book.scan is not None
    scan = known.book.scan.model_copy(update={"own": (MINE_AT, MINE_AT + 2)})
    book = again(known.book, scan=scan)
    found = spend_situation(
        replace(known, book=book), MistAction.WITHDRAW, DEPOSITED, STRK, WHOLE, HERE, 0, True
    )
    assert found.leaves_since == FEW - 1


def test_a_deposit_is_looked_at_by_the_same_facts() -> None:
    known = Scene(own_node=False).known()
    found = deposit_situation(known, STRK, WHOLE)
    assert found == Situation(
        MistAction.DEPOSIT, equal_deposits=FEW, counted_since=4, hidden_route=False
    )
    assert deposit_situation(known, STRK, 3 * WHOLE).common_amount is False


# --- Shielded ---


def test_shielded_by_ones_own_word_and_not_without_it() -> None:
    scene = Scene(nonce=1, records=(DEPLOYED,), parts=word(True))
    view = assess(scene.situation())
    assert view.level is PrivacyLevel.SHIELDED
    assert any("your own word" in fact.text for fact in view.facts)
    assert assess(replace(scene, parts={}).situation()).level is PrivacyLevel.LINKABLE
    behind = replace(scene, own_node=False, proxy=Proxy(host="127.0.0.1", port=9050))
    view = assess(behind.situation())
    assert view.level is PrivacyLevel.LINKABLE
    assert view.facts[0].code == "route_shared"
    assert "belong together" in view.facts[0].text
    assert assess(replace(behind, own_node=True).situation()).level is PrivacyLevel.SHIELDED
    assert assess(replace(scene, others=FEW - 1).situation()).level is PrivacyLevel.LINKABLE


@pytest.fixture
def chain(pool_chain: PoolChain) -> PoolChain:
    return pool_chain


def test_a_fresh_account_withdraws_shielded_through_the_whole_program(
    wallet: Wallet, chain: PoolChain
) -> None:
    """Deposit by one, the note of another, others in between, the word on its fees."""
    payer, fresh = wallet.account("payer", 1), wallet.account("fresh", 2)
    deposited = wallet.deposit(payer, owner=fresh.address)
    for _ in range(FEW):
        chain.stranger()
    ask = partial(wallet.money.plan_withdraw, None, deposited.id, WHOLE)
    run(wallet.money.say_funding(None, fresh.address, apart=True))
    plan = run(ask())
    assert plan.situation.leaves_since is None
    assert plan.privacy.level is PrivacyLevel.LINKABLE
    assert LOOK in plan.privacy.suggestions  # nobody has looked through the blocks yet
    wallet.looked()
    run(wallet.money.say_funding(None, fresh.address, apart=False))
    assert run(ask()).privacy.level is PrivacyLevel.LINKABLE
    run(wallet.money.say_funding(None, fresh.address, apart=True))
    plan = run(ask())
    assert plan.privacy.level is PrivacyLevel.SHIELDED, plan.privacy.facts
    assert plan.privacy.suggestions == ()

    run(wallet.money.say_funding(None, fresh.address, apart=False))
    assert run(ask()).situation.owner_funded is True
    assert len(wallet.book.funding) == 1


@pytest.mark.parametrize(
    ("token", "amount", "level", "since"),
    [
        (STRK.address, 1, PrivacyLevel.EXPOSED, 0),
        (STRK.address, 2 * WHOLE - 1, PrivacyLevel.EXPOSED, 0),
        (STRK.address, 2 * WHOLE, PrivacyLevel.SHIELDED, FEW),
        (STRK.address, 500 * WHOLE, PrivacyLevel.SHIELDED, FEW),
        (0xE7, 500 * WHOLE, PrivacyLevel.EXPOSED, 0),
    ],
    ids=["dust", "a unit less", "just enough", "more", "another token"],
)
def test_leaves_that_cannot_be_the_source_hide_nobody(
    wallet: Wallet, chain: PoolChain, token: int, amount: int, level: PrivacyLevel, since: int
) -> None:
    """Ten public deposits come after the note's: by token and amount everybody rules them out, or
    not. A waiting plan does not get ready by them either."""
    payer, fresh = wallet.account("payer", 1), wallet.account("fresh", 2)
    note = wallet.deposit(payer, owner=fresh.address)
    run(wallet.money.say_funding(None, fresh.address, apart=True))
    later = run(wallet.money.plan_withdraw(None, note.id, 2 * WHOLE))
    kept = run(wallet.money.keep_waiting(later, FEW))
    for _ in range(FEW):
        chain.stranger(amount, token=token)

    (view,) = run(wallet.money.waiting())
    assert (view.leaves_seen, view.ready) == (0, False)
    assert "not looked at" in view.obstacle
    with pytest.raises(InvalidInput, match="not all blocks were looked through") as caught:
        run(wallet.money.plan_waiting(None, kept.id))
    assert "obsqra mist scan" in (caught.value.hint or "")
    with pytest.raises(InvalidInput, match="not all blocks were looked through"):
        run(wallet.money.wait(None, kept.id))  # waiting alone would not help

    wallet.looked()
    plan = run(wallet.money.plan_withdraw(None, note.id, 2 * WHOLE))
    assert (plan.situation.leaves_since, plan.situation.leaves_among) == (since, since)
    assert plan.privacy.level is level, plan.privacy.facts
    (view,) = run(wallet.money.waiting())
    assert (view.leaves_seen, view.ready, view.obstacle) == (since, since == FEW, "")
    if not since:
        with pytest.raises(InvalidInput, match="10 more leaves"):
            run(wallet.money.plan_waiting(None, kept.id))
        assert any("that may hold as much" in fact.text for fact in plan.privacy.facts)
    inside = run(wallet.money.plan_split(None, note.id, WHOLE))  # shows no token and no amount
    assert inside.situation.leaves_since == FEW


@pytest.mark.parametrize("since", [0, 12, 30])
def test_the_table_of_notes_and_the_level_count_the_same(
    wallet: Wallet, chain: PoolChain, since: int
) -> None:
    """Dust, another token, equal and larger deposits, outputs of spends, and leaves of one's own;
    looked through wholly, from a block on, and hardly at all."""
    payer = wallet.account("payer", 1)
    for _ in range(FEW + 1):
        chain.stranger(2 * WHOLE)
    small = wallet.deposit(payer, WHOLE)
    for _ in range(FEW - 1):
        chain.stranger(1)
        chain.stranger(10 * WHOLE)
    large = wallet.deposit(payer, 10 * WHOLE)
    chain.stranger(500 * WHOLE, token=0xE7)
    chain.ledger = chain.ledger.grown(700, 701)
    parts = run(wallet.money.plan_split(None, large.id, 4 * WHOLE))
    wallet.done(parts)
    chain.stranger(3 * WHOLE)
    wallet.looked(since)
    told = []
    for note in wallet.unspent():
        found = Surroundings(wallet.book).of(note)
        out = run(wallet.money.plan_withdraw(None, note.id)).situation
        told.append((found.fit, found.fit_newer, found.equal))
        assert (out.leaves_among, out.leaves_since, out.equal_deposits) == told[-1]
        inside = run(wallet.money.plan_rewrap(None, note.id)).situation
        assert (inside.leaves_among, inside.leaves_since) == (found.among, found.newer)
    assert small.id == wallet.unspent()[0].id
    if since == 0:
        counted = FEW + 1 + FEW - 1 + 2 + 1
        assert told == [(counted, FEW - 1 + 2 + 1, 0), (11, 0, 0), (11, 0, 0)]
    elif since == 30:
        assert told[0][:2] == (None, None), "unknown, and not all of them"
        assert {one[:2] for one in told[1:]} == {(None, 0)}, "the newest block was looked through"


def test_what_spends_made_may_hold_anything(wallet: Wallet, chain: PoolChain) -> None:
    payer, fresh = wallet.account("payer", 1), wallet.account("fresh", 2)
    note = wallet.deposit(payer, owner=fresh.address)
    chain.ledger = chain.ledger.grown(*range(500, 500 + FEW))
    wallet.looked()
    plan = run(wallet.money.plan_withdraw(None, note.id, 2 * WHOLE))
    assert plan.situation.leaves_since == FEW


def test_ones_own_leaves_do_not_hide_one(wallet: Wallet, chain: PoolChain) -> None:
    """Twelve leaves come after the note's: splits, an emptied note, a deposit for a friend."""
    payer = wallet.account("payer", 1)
    first = wallet.deposit(payer)
    second = wallet.deposit(payer, 5 * WHOLE)
    later = run(wallet.money.plan_withdraw(None, first.id))
    wait = run(wallet.money.keep_waiting(later, 2))
    split = wallet.done(run(wallet.money.plan_split(None, second.id, WHOLE)))
    for one in split.made:
        wallet.done(run(wallet.money.plan_withdraw(None, one.id)))
    friend = run(wallet.money.new_request(None, payer.address))
    wallet.done(wallet.plan_deposit(payer, 2 * WHOLE, request=friend.text))
    assert len(chain.ledger.leaves) == 1 + 1 + 2 + 4 + 1
    plan = run(wallet.money.plan_withdraw(None, first.id, WHOLE))
    assert plan.situation.leaves_since == 0  # there is none of which anything could be unknown
    (view,) = run(wallet.money.waiting())
    assert (view.leaves_seen, view.ready) == (0, False)
    chain.stranger(10 * WHOLE)
    wallet.looked()
    assert run(wallet.money.plan_withdraw(None, first.id, WHOLE)).situation.leaves_since == 1
    chain.stranger(10 * WHOLE)
    wallet.looked()
    (view,) = run(wallet.money.waiting())
    assert (view.id, view.leaves_seen, view.ready) == (wait.id, 2, True)


@pytest.mark.parametrize(
    ("plan", "warned"),
    [
        (lambda w, note, to: w.money.plan_withdraw(None, note, WHOLE), True),
        (lambda w, note, to: w.money.plan_withdraw(None, note, WHOLE, to), False),
        (lambda w, note, to: w.money.plan_withdraw(None, note), False),
        (lambda w, note, to: w.money.plan_rewrap(None, note), True),
        (lambda w, note, to: w.money.plan_rewrap(None, note, to), False),
        (lambda w, note, to: w.money.plan_split(None, note, WHOLE), True),
        (lambda w, note, to: w.money.plan_split(None, note, WHOLE, to), False),
    ],
)
def test_what_stays_with_the_account_that_sends_is_warned_of(
    wallet: Wallet, plan: Callable[..., object], warned: bool
) -> None:
    payer, fresh = wallet.account("payer", 1), wallet.account("fresh", 2)
    note = wallet.deposit(payer)
    made = run(plan(wallet, note.id, fresh.address))  # type: ignore[arg-type,var-annotated]
    assert (SAME_OWNER in made.warnings) is warned
    assert made.situation.moves_on is not warned


def test_a_word_against_what_was_sent_from_here_is_not_taken(wallet: Wallet) -> None:
    payer, fresh = wallet.account("payer", 1), wallet.account("fresh", 2)
    wallet.journal.add(gave(payer, to=fresh.address))
    with pytest.raises(InvalidInput, match="paid"):
        run(wallet.money.say_funding(None, fresh.address, apart=True))
    with pytest.raises(NotFound):
        run(wallet.money.say_funding(None, 0x999, apart=True))
    assert wallet.book.funding == ()

"""Moving private money: what is written when, and each way to lose it, through the service."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from obsqra_desktop.cli.mist.step_words import plan_document as words_of_plan
from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_errors import (
    NodeUnreachable,
    PracticeChainDown,
    SendUncertain,
    VaultLocked,
    WouldFail,
)
from obsqra_desktop.domain.errors import (
    AppError,
    Cancelled,
    InvalidInput,
    NotFound,
    StorageError,
)
from obsqra_desktop.domain.journal import TxKind, TxRecord, TxState
from obsqra_desktop.domain.mist.book import again, find_note
from obsqra_desktop.domain.mist.calls import spend_publics
from obsqra_desktop.domain.mist.counts import CountedAmount, CountedDeposits
from obsqra_desktop.domain.mist.entries import RequestState
from obsqra_desktop.domain.mist.errors import (
    ForeignRequest,
    NoteMissing,
    PoolChanged,
    StaleRoot,
    UnsafeSpend,
)
from obsqra_desktop.domain.mist.handover import HandedOver
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook, NoteOrigin, NoteState
from obsqra_desktop.domain.mist.looks import BlockMark, ScanState, leaves_digest
from obsqra_desktop.domain.mist.note import TreePath
from obsqra_desktop.domain.mist.pool import KnownPool
from obsqra_desktop.domain.mist.privacy import PrivacyFact, PrivacyLevel
from obsqra_desktop.domain.network import Network
from obsqra_desktop.domain.transaction import Invoke
from obsqra_desktop.flows.first_account import backup_words
from obsqra_desktop.privacy import guards
from obsqra_desktop.privacy.keys import copy_key
from obsqra_desktop.privacy.statement import make_statement
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.mist import making
from obsqra_desktop.services.mist.book import ENTRY
from obsqra_desktop.services.mist.ledger import MistLedger
from obsqra_desktop.services.mist.steps import MistPhase, MistPlan, MistStep
from obsqra_desktop.services.mist.unwritten import (
    COPY_AWAY,
    ON_THIS_DISK,
    UNSEARCHABLE,
    WHY,
)
from obsqra_desktop.services.plans import transaction_words
from obsqra_desktop.services.sealing import to_be_sent
from obsqra_desktop.storage.journal_seal import ENTRY as SEAL
from obsqra_desktop.storage.mist.copy import SealedCopy
from obsqra_desktop.storage.mist.copy_place import CopyPlaces
from tests.services.mist.money_parts import NETWORK, NOW, PLENTY, WHOLE, Wallet, scanned
from tests.services.mist.parts import POOL, open_vault, request_text, run
from tests.services.mist.pool_chain import IDENTITY, PoolChain, approval, digest, tree
from tests.storage.vaults import PASSPHRASE

FILE_WORDS = "a word for the file"


@pytest.fixture
def chain(pool_chain: PoolChain) -> PoolChain:
    return pool_chain


def test_an_amount_that_no_search_finds_is_told_before_it_is_divided(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    note = wallet.deposit(payer)
    request = run(wallet.money.new_request(None, payer.address)).text
    odd, even = WHOLE + 1_234_567, 123_456 * WHOLE // 10**5

    def warned(amount: int) -> list[bool]:
        plans = (
            run(wallet.money.plan_split(None, note.id, amount)),
            run(wallet.money.plan_forward(None, note.id, request, amount)),
            run(wallet.money.plan_withdraw(None, note.id, amount)),
        )
        return [UNSEARCHABLE in one.warnings for one in plans]

    assert warned(odd) == [True, True, False]
    assert warned(even) == [False, False, False]
    whole = run(wallet.money.plan_forward(None, note.id, request, None))
    assert UNSEARCHABLE not in whole.warnings


def test_the_plan_says_what_the_copy_beside_the_backup_is_good_for(
    wallet: Wallet, payer: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything is divided; and the copy has it before a node does."""
    note = wallet.deposit(payer)
    odd = WHOLE + 1_234_567
    backup = tmp_path / "backup.json"
    backup.write_bytes(b"with the secret")
    run(wallet.copies.beside(backup))

    def warned() -> list[str]:
        found = run(wallet.money.plan_split(None, note.id, odd)).warnings
        return [one for one in found if one.startswith(WHY)]

    assert warned() == [ON_THIS_DISK]
    monkeypatch.setattr(CopyPlaces, "same_disk", lambda *_: False)
    wallet.account("other", 7)
    run(wallet.money.edit_note(None, note.id, label="another copy"))
    assert warned() == []
    backup.rename(tmp_path / "away")
    assert warned() == [COPY_AWAY]
    run(wallet.copies.turn(on=False))
    assert warned() == [UNSEARCHABLE]
    (tmp_path / "away").rename(backup)
    run(wallet.copies.turn(on=True))

    seen: list[set[int]] = []
    key = copy_key(open_vault(wallet.folder, wallet.lock).get(ENTRY))

    def before_a_node_has_it() -> None:
        raw = backup.with_name("backup.json.notes").read_bytes()
        books = SealedCopy().read(raw, key).books
        seen.append({one.amount for book in books for one in book.notes})

    wallet.chain.on_send = before_a_node_has_it
    wallet.done(run(wallet.money.plan_split(None, note.id, odd)))
    assert seen
    assert {odd, note.amount - odd} <= seen[0]


def sent_calls(chain: PoolChain) -> list[str]:
    found = []
    for signed, _, _ in chain.done.values():
        assert isinstance(signed.transaction, Invoke)
        found += [call.entry_point for call in signed.transaction.calls]
    return found


def nothing_sent(wallet: Wallet, before: int = 0) -> None:
    assert len(wallet.chain.done) == before
    assert len(wallet.journal.listing()) == before


# --- the way that it should go ---


def test_in_split_out_and_what_is_written_before_it_is_sent(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    """When bytes leave, the book on the disk already has what they make."""
    seen: list[dict[str, NoteState]] = []
    chain.on_send = lambda: seen.append({one.id: one.state for one in wallet.book.notes})
    deposited = wallet.deposit(payer)
    assert seen[0] == {deposited.id: NoteState.AWAITED}
    assert deposited.state is NoteState.UNSPENT
    assert deposited.depositor == payer.address

    split = wallet.done(run(wallet.money.plan_split(None, deposited.id, 4 * WHOLE)))
    first, second = (one.id for one in split.made)
    assert seen[1] == {
        deposited.id: NoteState.SPENDING,
        first: NoteState.AWAITED,
        second: NoteState.AWAITED,
    }
    assert {one.amount for one in wallet.unspent()} == {4 * WHOLE, 6 * WHOLE}
    assert chain.ledger.balance(POOL) == 10 * WHOLE

    out = wallet.done(run(wallet.money.plan_withdraw(None, first[:6], 1 * WHOLE)))
    assert out.accepted
    assert chain.ledger.balance(payer.address) == PLENTY - 9 * WHOLE
    assert sum(one.amount for one in wallet.unspent()) == 9 * WHOLE
    kinds = [one.kind for one in wallet.journal.listing()]
    assert kinds.count(TxKind.MIST_SPEND) == 2
    assert all(one.made_in and one.position is None for one in wallet.unspent())


def test_phases_are_told_in_their_order(wallet: Wallet, payer: Account) -> None:
    deposited = wallet.deposit(payer)
    told: list[MistPhase] = []
    plan = run(wallet.money.plan_rewrap(None, deposited.id))

    async def through() -> None:
        draft = await wallet.money.prepare(plan, told.append)
        await wallet.money.send(draft, told.append)

    run(through())
    assert [one.step for one in told if one.proof is None] == list(MistStep)
    assert len([one for one in told if one.proof is not None]) == 4


@pytest.mark.parametrize(
    "last", [MistStep.READING, MistStep.PROVING, MistStep.SIMULATING, MistStep.CHECKING]
)
def test_it_can_be_stopped_until_it_is_signed(
    wallet: Wallet, payer: Account, last: MistStep
) -> None:
    deposited = wallet.deposit(payer)
    stop = CancelToken()
    plan = run(wallet.money.plan_rewrap(None, deposited.id))

    def phase(one: MistPhase) -> None:
        if one.step is last:
            stop.cancel()

    async def through() -> None:
        draft = await wallet.money.prepare(plan, phase, stop)
        await wallet.money.send(draft, phase, stop)

    with pytest.raises(Cancelled):
        run(through())
    nothing_sent(wallet, 1)
    assert wallet.held()[deposited.id].state is NoteState.UNSPENT


def test_a_plan_takes_and_asks_nothing_of_ones_own(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    deposited = wallet.deposit(payer)
    whole, before = wallet.whole(deposited), wallet.book.next_index
    chain.arguments.clear()
    chain.simulated.clear()
    for work in (
        wallet.money.plan_withdraw(None, deposited.id, WHOLE),
        wallet.money.plan_split(None, deposited.id, WHOLE),
        wallet.money.plan_rewrap(None, deposited.id),
        wallet.money.plan_emergency(None, deposited.id),
    ):
        assert run(work).privacy.facts
    assert wallet.book.next_index == before
    assert chain.simulated == []
    own = {whole.claiming_key, whole.secret(digest), whole.leaf(digest), whole.nullifier(digest)}
    halves = {half for value in own for half in (value % 2**128, value >> 128)}
    assert chain.arguments.isdisjoint(own | halves)


def test_a_sender_that_is_not_deployed_is_known_before_anything_is_proved(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    fresh = wallet.account("fresh", 2)
    deposited = wallet.deposit(payer, owner=fresh.address)
    assert run(wallet.money.plan_withdraw(None, deposited.id, WHOLE)).sender_there
    chain.deployed.remove(fresh.address)
    plan = run(wallet.money.plan_withdraw(None, deposited.id, WHOLE))
    assert not plan.sender_there
    before = wallet.book.next_index
    chain.simulated.clear()
    with pytest.raises(InvalidInput, match="not deployed yet"):
        run(wallet.money.prepare(plan))
    assert wallet.book.next_index == before, "no key was taken"
    assert chain.simulated == []


def test_privacy_is_what_the_facts_say(wallet: Wallet, chain: PoolChain, payer: Account) -> None:
    other = wallet.account("other", 2)
    deposited = wallet.deposit(payer, owner=other.address)
    plan = run(wallet.money.plan_withdraw(None, deposited.id))
    assert plan.privacy.level is PrivacyLevel.EXPOSED
    assert plan.privacy.facts[0].code in {"leaf_alone", "amount_matches", "leaves_none"}
    assert plan.situation.whole_deposit
    assert plan.situation.owner_deposited is False
    assert plan.situation.owner_seen is False
    for _ in range(12):
        chain.stranger()
    wallet.looked()
    later = run(wallet.money.plan_withdraw(None, deposited.id, WHOLE))
    assert later.situation.leaves_since == 12
    assert not later.situation.whole_deposit
    mine = run(wallet.money.plan_withdraw(None, wallet.deposit(payer).id, WHOLE))
    assert mine.situation.owner_deposited is True
    assert mine.privacy.level is PrivacyLevel.EXPOSED


def looked(wallet: Wallet, others: int, since: int) -> None:
    """As after a look that counted so many deposits of ten STRK besides one's own."""
    leaves = wallet.chain.ledger.leaves
    scan = scanned(leaves, BlockMark(number=50, hash=1))
    seen = tuple((place, max(since, 1)) for place in range(1, 1 + others))
    amounts = (CountedAmount(token=STRK.address, amount=10 * WHOLE, seen=seen),) if seen else ()
    counted = CountedDeposits(since=since, upto=50, amounts=amounts)

    def step(book: MistBook) -> MistBook:
        notes = (book.notes[0].model_copy(update={"position": 0}), *book.notes[1:])
        return again(book, notes=notes, scan=scan, deposits=counted)

    run(wallet.notes.change(wallet.keys, step))


@pytest.mark.parametrize(
    ("others", "since", "level", "words"),
    [
        (0, 40, PrivacyLevel.EXPOSED, "by nobody else since block 40"),
        (3, 40, PrivacyLevel.LINKABLE, "3 times by others since block 40"),
        (12, 0, PrivacyLevel.SHIELDED, "12 times by others since the pool began"),
    ],
)
def test_how_many_others_deposited_the_same_is_told_as_it_was_counted(
    wallet: Wallet,
    chain: PoolChain,
    payer: Account,
    others: int,
    since: int,
    level: PrivacyLevel,
    words: str,
) -> None:
    deposited = wallet.deposit(payer)
    for _ in range(12):
        chain.stranger(10 * WHOLE)
    out = run(wallet.money.plan_withdraw(None, deposited.id))
    assert out.situation.equal_deposits is None
    assert "is not known" in told(out, "amount_matches").text
    assert "is not known" in told(wallet.plan_deposit(payer), "deposit_equal").text

    looked(wallet, others, since)
    out = run(wallet.money.plan_withdraw(None, deposited.id))
    assert (out.situation.equal_deposits, out.situation.counted_since) == (others, since)
    assert told(out, "amount_matches").level is level
    assert words in told(out, "amount_matches").text
    fact = told(wallet.plan_deposit(payer), "deposit_equal")
    assert words in fact.text
    assert fact.level is (level if level is PrivacyLevel.SHIELDED else PrivacyLevel.LINKABLE)
    shown = words_of_plan(out)["privacy"]
    assert isinstance(shown, dict)
    assert (shown["equal_deposits"], shown["counted_since_block"]) == (others, since)

    chain.ledger = replace(chain.ledger, leaves=(*chain.ledger.leaves[:-1], 5))
    lost = wallet.plan_deposit(payer)
    assert lost.situation.equal_deposits is None  # counted on a chain that is no more


def told(plan: MistPlan, code: str) -> PrivacyFact:
    (found,) = [one for one in plan.privacy.facts if one.code == code]
    return found


# --- traps ---


def to_be_paid(wallet: Wallet, payer: Account, note: HeldNote, way: str, secret: int) -> MistPlan:
    """One STRK to a request's text, from an account or out of a note; the text's checksum is good,
    whatever the number is."""
    text = request_text(secret)
    if way == "deposit":
        return wallet.plan_deposit(payer, WHOLE, request=text)
    return run(wallet.money.plan_forward(None, note.id, text, WHOLE))


@pytest.mark.parametrize("own", [True, False], ids=["own", "another's"])
@pytest.mark.parametrize("way", ["deposit", "forward"])
def test_a_leaf_is_never_paid_as_a_secret(
    wallet: Wallet, chain: PoolChain, payer: Account, way: str, own: bool
) -> None:
    """Only a look at the pool tells; it is told before anybody confirms, and before a key is
    taken."""
    note, other = wallet.deposit(payer), wallet.deposit(payer)
    leaf = other.leaf if own else chain.stranger()
    before = wallet.book.next_index
    with pytest.raises(UnsafeSpend, match="lost"):
        to_be_paid(wallet, payer, note, way, leaf)
    assert wallet.book.next_index == before
    nothing_sent(wallet, 2)


@pytest.mark.parametrize("way", ["deposit", "forward"])
def test_a_leaf_that_came_in_after_the_plan_is_not_paid_either(
    wallet: Wallet, chain: PoolChain, payer: Account, way: str
) -> None:
    """Nothing is proved or simulated of it."""
    note, leaf = wallet.deposit(payer), digest(4, 5)
    plan = to_be_paid(wallet, payer, note, way, leaf)
    chain.ledger, simulated = chain.ledger.grown(leaf), len(chain.simulated)
    with pytest.raises(UnsafeSpend, match="lost"):
        wallet.prepared(plan)
    assert wallet.prover.proved == []
    assert len(chain.simulated) == simulated
    nothing_sent(wallet, 1)


@pytest.mark.parametrize("way", ["deposit", "forward"])
def test_a_leaf_that_came_in_after_the_proof_is_not_paid_either(
    wallet: Wallet, chain: PoolChain, payer: Account, way: str
) -> None:
    """A deposit asks once more before it is signed; a forward is made again on the new root."""
    note, leaf = wallet.deposit(payer), digest(4, 5)
    draft = wallet.prepared(to_be_paid(wallet, payer, note, way, leaf))
    chain.ledger = chain.ledger.grown(leaf)
    with pytest.raises(UnsafeSpend, match="lost"):
        run(wallet.money.send(draft))
    assert wallet.held()[note.id].state is NoteState.UNSPENT
    nothing_sent(wallet, 1)


def test_a_forward_that_was_kept_for_later_is_not_paid_to_what_is_a_leaf_by_then(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    note, leaf = wallet.deposit(payer), digest(4, 5)
    plan = to_be_paid(wallet, payer, note, "forward", leaf)
    view = run(wallet.money.keep_waiting(plan, 1))
    chain.ledger = chain.ledger.grown(leaf)
    with pytest.raises(UnsafeSpend, match="lost"):
        run(wallet.money.plan_waiting(None, view.id))
    with pytest.raises(UnsafeSpend, match="lost"):
        run(wallet.money.wait(None, view.id))
    nothing_sent(wallet, 1)


def test_a_key_is_never_used_twice_even_if_the_counter_fails(
    wallet: Wallet, payer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    deposited = wallet.deposit(payer)
    assert deposited.index is not None
    used = deposited.index

    async def stuck(_keys: Any, _count: int) -> int:
        return used

    monkeypatch.setattr(wallet.notes, "take", stuck)
    for plan in (
        wallet.plan_deposit(payer),
        run(wallet.money.plan_rewrap(None, deposited.id)),
        run(wallet.money.plan_withdraw(None, deposited.id, WHOLE)),
        run(wallet.money.plan_split(None, deposited.id, WHOLE)),
    ):
        with pytest.raises(UnsafeSpend, match="key of this note has been used"):
            wallet.prepared(plan)
    nothing_sent(wallet, 1)


def test_a_key_that_follows_another_one_does_not_come_in(wallet: Wallet, payer: Account) -> None:
    key = wallet.whole(wallet.deposit(payer)).claiming_key
    for neighbour in (key - 1, key, key + 1):
        contents = HandedOver(
            chain_id=wallet.keys.chain_id,
            pool=POOL,
            token=STRK.address,
            amount=5,
            claiming_key=neighbour,
            owner=payer.address,
        )
        raw = wallet.tools.files.write(contents, FILE_WORDS)
        with pytest.raises(UnsafeSpend):
            run(wallet.money.import_file(None, raw, FILE_WORDS))
    assert len(wallet.book.notes) == 1


@pytest.mark.parametrize("how", ["paid to another", "authorised"])
def test_a_statement_that_pays_another_is_never_proved_into_a_transaction(
    wallet: Wallet, payer: Account, how: str
) -> None:
    deposited = wallet.deposit(payer)
    good = wallet.tools.statement

    def bad(spend: Any, leaves: Any, root: int) -> Any:
        made = good(spend, leaves, root)
        if how == "authorised":
            object.__setattr__(made.publics, "auth_done", 1)
            return made
        return replace(made, publics=replace(made.publics, withdraw_to=0xBAD))

    wallet.use(statement=bad)
    with pytest.raises(UnsafeSpend, match="own account"):
        wallet.prepared(run(wallet.money.plan_withdraw(None, deposited.id)))
    nothing_sent(wallet, 1)
    assert wallet.chain.simulated[-1].calls[-1].entry_point == "deposit"


def test_a_draft_in_foreign_hands_is_not_signed(wallet: Wallet, payer: Account) -> None:
    """The last look compares who sends with who owns, whatever the draft was made with."""
    deposited = wallet.deposit(payer)
    draft = wallet.prepared(run(wallet.money.plan_withdraw(None, deposited.id, WHOLE)))
    assert draft.statement is not None
    foreign = replace(draft.statement.publics, owner=0xBAD, withdraw_to=0xBAD)
    with pytest.raises(UnsafeSpend, match="own account"):
        run(wallet.money.send(replace(draft, statement=replace(draft.statement, publics=foreign))))
    nothing_sent(wallet, 1)
    assert wallet.held()[deposited.id].state is NoteState.UNSPENT


def test_leaves_and_root_that_do_not_belong_together_are_not_proved(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    deposited = wallet.deposit(payer)
    plan = run(wallet.money.plan_withdraw(None, deposited.id, WHOLE))
    chain.root_said = 12345
    with pytest.raises(StaleRoot):
        wallet.prepared(plan)
    assert wallet.prover.proved == []
    nothing_sent(wallet, 1)


def test_a_path_without_its_zeros_cannot_be_made(wallet: Wallet, payer: Account) -> None:
    leaves = wallet.deposit(payer) and wallet.chain.ledger.leaves
    found = tree.path(leaves, leaves[0])
    with pytest.raises(InvalidInput, match="20 siblings"):
        TreePath(found.index, found.root, found.siblings[:-1])


@dataclass(frozen=True)
class Path20:
    """What a tree might give that does not keep to TreePath's rule."""

    root: int
    siblings: tuple[int, ...]


def doubled(leaves: Sequence[int], leaf: int) -> Path20:
    """A tree whose odd levels are padded with their last node instead of a zero."""
    level, at, siblings = list(leaves), leaves.index(leaf), []
    while len(level) > 1:
        level += level[-1:] * (len(level) % 2)
        siblings.append(level[at ^ 1])
        level = [digest(*sorted(level[n : n + 2])) for n in range(0, len(level), 2)]
        at //= 2
    return Path20(level[0], (*siblings, *[0] * (20 - len(siblings))))


def unpadded(leaves: Sequence[int], leaf: int) -> Path20:
    """The right root, without the zeros above it."""
    found = tree.path(leaves, leaf)
    return Path20(found.root, found.siblings[:2])


@pytest.mark.parametrize(
    ("path", "refusal"), [(doubled, StaleRoot), (unpadded, InvalidInput), (tree.path, None)]
)
def test_a_path_or_root_that_is_padded_otherwise_is_proved_into_no_statement(
    wallet: Wallet,
    chain: PoolChain,
    payer: Account,
    path: Callable[[Sequence[int], int], Any],
    refusal: type[AppError] | None,
) -> None:
    """Through the service, with a tree that is wrong; the right one goes the same way."""
    deposited = wallet.deposit(payer)
    for _ in range(2):
        chain.stranger()
    assert len(chain.ledger.leaves) == 3, "its odd level is padded"

    other = cast("Any", SimpleNamespace(path=path))
    wallet.use(
        statement=lambda spend, leaves, root: make_statement(spend, leaves, root, digest, other)
    )
    plan = run(wallet.money.plan_withdraw(None, deposited.id, WHOLE))
    if refusal is None:
        wallet.prepared(plan)
        assert len(wallet.prover.proved) == 1
        return
    with pytest.raises(refusal):
        wallet.prepared(plan)
    assert wallet.prover.proved == []
    nothing_sent(wallet, 1)
    assert [one.state for one in wallet.book.notes] == [NoteState.UNSPENT]


def test_empty_outputs_look_like_any_other(wallet: Wallet, payer: Account) -> None:
    leaves: list[int] = []
    for _ in range(2):
        result = wallet.done(run(wallet.money.plan_withdraw(None, wallet.deposit(payer).id)))
        assert result.made == ()
        transaction = result.record.signed.transaction
        assert isinstance(transaction, Invoke)
        publics = spend_publics(transaction.calls[0])
        assert publics is not None
        leaves += publics[7:9]
        for output in wallet.prover.proved[-1].secrets[24:27:2]:
            assert output not in {0, 1}
    assert len(set(leaves)) == 4
    assert digest(0, STRK.address, 0) not in leaves


@pytest.mark.parametrize("latest_only", [False, True])
def test_a_pool_that_grows_while_it_is_proved_is_proved_again(
    wallet: Wallet, chain: PoolChain, payer: Account, latest_only: bool
) -> None:
    chain.latest_root_only = latest_only
    deposited = wallet.deposit(payer)
    grown = iter([True, False])

    def during() -> None:
        if next(grown):
            chain.stranger()

    wallet.prover.during = during
    result = wallet.done(run(wallet.money.plan_split(None, deposited.id, WHOLE)))
    assert result.accepted
    assert result.attempts == 2
    first, second = wallet.prover.proved
    assert first.publics.root != second.publics.root == tree.root(chain.ledger.leaves[:-2])
    assert first.publics.nullifier == second.publics.nullifier
    assert (first.publics.first, first.publics.second) == (
        second.publics.first,
        second.publics.second,
    )


def test_a_pool_that_never_rests_is_given_up_after_three(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    deposited = wallet.deposit(payer)
    wallet.prover.during = lambda: chain.stranger() and None
    with pytest.raises(StaleRoot):
        wallet.prepared(run(wallet.money.plan_split(None, deposited.id, WHOLE)))
    assert len(wallet.prover.proved) == 3
    nothing_sent(wallet, 1)


def test_a_leaf_between_the_word_and_signing(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    deposited = wallet.deposit(payer)
    draft = wallet.prepared(run(wallet.money.plan_split(None, deposited.id, WHOLE)))
    chain.stranger()
    result = run(wallet.money.send(draft))
    assert result.attempts == 2
    assert result.made == draft.made
    assert len(chain.done) == 2
    assert wallet.prover.proved[-1].publics.root != wallet.prover.proved[0].publics.root


def test_dust_before_a_deposit_stops_it(wallet: Wallet, chain: PoolChain, payer: Account) -> None:
    """Before the plan is simulated, and once more right before it is signed."""
    asking = Wallet(wallet.folder.parent / "asking", chain)
    owner = asking.account("asking", 9)
    given = run(asking.money.new_request(None, owner.address, STRK, WHOLE))
    plan = wallet.plan_deposit(payer, WHOLE, request=given.text)
    draft = wallet.prepared(plan)
    chain.stranger(1, given.request.secret)
    with pytest.raises(UnsafeSpend, match="already"):
        wallet.prepared(plan)
    seen = draft.sending.simulation  # a node that shows what it has shown before
    chain.effects = lambda _: (chain.ledger, seen.transfers, seen.approvals, None)  # type: ignore[method-assign]
    with pytest.raises(UnsafeSpend, match="already"):
        run(wallet.money.send(draft))
    nothing_sent(wallet)


def test_dust_in_front_of_a_sent_deposit_costs_a_fee_and_no_note(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    """Whoever saw it on its way was first: it reverts, and the next one has another key."""
    draft = wallet.prepared(wallet.plan_deposit(payer))
    secret = wallet.whole(draft.made[0]).secret(digest)
    chain.before_run = lambda: chain.stranger(1, secret) and None
    result = run(wallet.money.follow(run(wallet.money.send(draft))))
    assert not result.accepted
    assert chain.ledger.balance(POOL) == 0
    assert wallet.held()[draft.made[0].id].state is NoteState.VOID
    chain.before_run = lambda: None
    again = wallet.deposit(payer)
    assert again.index is not None
    assert draft.made[0].index is not None
    assert again.index > draft.made[0].index
    assert again.state is NoteState.UNSPENT


@pytest.mark.parametrize("part", ["class_hash", "verifier", "owner"])
def test_a_changed_contract_gets_no_deposit(
    wallet: Wallet, chain: PoolChain, payer: Account, part: str
) -> None:
    """Not when it is planned, not right before it is signed; what is inside still comes out."""
    deposited = wallet.deposit(payer)
    plan = wallet.plan_deposit(payer)
    draft = wallet.prepared(plan)
    chain.identity = replace(IDENTITY, **{part: 0xBAD})
    with pytest.raises(PoolChanged):
        wallet.prepared(plan)
    with pytest.raises(PoolChanged):
        run(wallet.money.send(draft))
    nothing_sent(wallet, 1)
    standing = run(wallet.money.standing())
    assert standing.changed == ({"class_hash": "code"}.get(part, part),)
    out = run(wallet.money.plan_withdraw(None, deposited.id))
    assert "not what it was" in out.warnings[0]
    assert wallet.done(out).accepted

    run(wallet.money.trust(standing.found))
    assert run(wallet.money.standing()).changed == ()
    assert wallet.deposit(payer).state is NoteState.UNSPENT


def test_the_first_look_is_remembered_and_said(wallet: Wallet, payer: Account) -> None:
    plan = wallet.plan_deposit(payer)
    assert plan.standing.trusted is None
    assert any("Nobody compared" in one for one in plan.warnings)
    wallet.done(plan)
    assert wallet.plan_deposit(payer).standing.trusted == IDENTITY


def test_a_node_that_lies_about_what_is_paid_is_refused(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    deposited = wallet.deposit(payer)
    plan = run(wallet.money.plan_withdraw(None, deposited.id, WHOLE))
    honest = chain.effects
    chain.effects = lambda tx: (*honest(tx)[:1], (), (), None)  # type: ignore[method-assign]
    with pytest.raises(WouldFail, match="does not pay"):
        wallet.prepared(plan)
    nothing_sent(wallet, 1)


@pytest.mark.parametrize(
    ("spender", "amount"), [(0xBAD, 1), (POOL, 10 * WHOLE + 1)], ids=["another", "more"]
)
def test_a_deposit_lets_nobody_take_more_later(
    wallet: Wallet, chain: PoolChain, payer: Account, spender: int, amount: int
) -> None:
    """The pool may take the amount once, which an honest token's events say too."""
    honest = chain.effects

    def greedy(transaction: Any) -> Any:
        ledger, moves, approvals, reverted = honest(transaction)
        more = approval(STRK.address, payer.address, spender, amount)
        return ledger, moves, (*approvals, more), reverted

    chain.effects = greedy  # type: ignore[method-assign]
    with pytest.raises(WouldFail, match="take tokens later"):
        wallet.prepared(wallet.plan_deposit(payer))
    nothing_sent(wallet)


# --- each guard is on the way ---

WAY_IN = [
    "ensure_new",
    "ensure_same_pool",
    "ensure_secret",
    "ensure_new_leaves",
    "ensure_unclaimed",
]
BEFORE_SIGNING_IN = ["ensure_same_pool", "ensure_secret", "ensure_new_leaves", "ensure_unclaimed"]
WAY_OUT = ["ensure_new", "ensure_new_leaves", "ensure_sender", "ensure_current"]
WAY_ON = ["ensure_new", "ensure_secret", "ensure_new_leaves", "ensure_sender", "ensure_current"]
"""Of a forward: `ensure_current` says that the leaves among which its secret is none are all."""
BEFORE_SIGNING_OUT = ["ensure_sender", "ensure_new_leaves", "ensure_current"]


class Watched:
    """The real guards, and the order in which they were asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        def ask(*words: Any) -> None:
            self.asked.append(name)
            getattr(guards, name)(*words)

        return ask


def test_every_guard_is_asked_before_it_is_signed(
    wallet: Wallet, payer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched()
    wallet.use(guards=watched)
    key = wallet.accounts.private_key

    async def signing(account: Account) -> int:
        watched.asked.append("key")  # also for the signature that only simulates
        return await key(account)

    monkeypatch.setattr(wallet.accounts, "private_key", signing)
    draft = wallet.prepared(wallet.plan_deposit(payer))
    assert [one for one in watched.asked if one != "key"] == WAY_IN
    assert watched.asked[-1] == "key"
    watched.asked.clear()
    result = run(wallet.money.follow(run(wallet.money.send(draft))))
    assert watched.asked == ["key", *BEFORE_SIGNING_IN, "key"]

    watched.asked.clear()
    draft = wallet.prepared(run(wallet.money.plan_withdraw(None, result.made[0].id, WHOLE)))
    assert [one for one in watched.asked if one != "key"] == WAY_OUT
    watched.asked.clear()
    run(wallet.money.follow(run(wallet.money.send(draft))))
    assert watched.asked == ["key", *BEFORE_SIGNING_OUT, "key"]

    note = wallet.deposit(payer)
    watched.asked.clear()
    plan = run(wallet.money.plan_forward(None, note.id, request_text(77), WHOLE))
    assert watched.asked == ["ensure_secret"]
    watched.asked.clear()
    draft = wallet.prepared(plan)
    assert [one for one in watched.asked if one != "key"] == WAY_ON
    watched.asked.clear()
    run(wallet.money.send(draft))
    assert watched.asked == ["key", *BEFORE_SIGNING_OUT, "key"]


# --- forwarding, requests, files ---


def test_a_forward_reaches_its_receiver_by_file_and_nobody_else(
    wallet: Wallet, chain: PoolChain, payer: Account, tmp_path: Path
) -> None:
    friend = Wallet(tmp_path / "friend", chain)
    owner = friend.account("friend", 5)
    given = run(friend.money.new_request(None, owner.address, label="rent"))
    deposited = wallet.deposit(payer)
    result = wallet.done(
        run(wallet.money.plan_forward(None, deposited.id, given.text, 3 * WHOLE, label="secret"))
    )
    assert result.hand_over is not None
    raw = run(wallet.money.hand_over_file(None, result.hand_over.id, FILE_WORDS))
    contents = wallet.tools.files.read(raw, FILE_WORDS)
    assert not contents.whole
    assert contents.label == ""  # what one calls it is nobody else's business
    run(wallet.money.mark_handed_over(None, result.hand_over.id))
    assert wallet.book.handovers[0].handed_over

    with pytest.raises(InvalidInput, match="not made here"):
        run(wallet.money.import_file(None, raw, FILE_WORDS))
    lie = contents.model_copy(update={"amount": 500 * WHOLE})
    claimed = run(
        friend.money.import_file(None, friend.tools.files.write(lie, FILE_WORDS), FILE_WORDS)
    )
    assert not claimed.in_pool
    assert friend.book.requests[0].state is RequestState.OPEN
    with pytest.raises(UnsafeSpend):
        run(friend.money.plan_withdraw(None, claimed.note.id))
    found = run(friend.money.import_file(None, raw, FILE_WORDS))
    assert found.in_pool
    assert found.spendable
    assert friend.book.requests[0].state is RequestState.PAID
    assert not found.key_known_to_others
    assert found.note.origin is NoteOrigin.RECEIVED
    out = friend.done(run(friend.money.plan_withdraw(None, found.note.id)))
    assert out.accepted
    assert chain.ledger.balance(owner.address) == PLENTY + 3 * WHOLE
    again = run(friend.money.import_file(None, raw, FILE_WORDS))
    assert again.note.state is NoteState.SPENT


def test_the_same_amount_is_not_given_twice_to_one_request(
    wallet: Wallet, chain: PoolChain, payer: Account, tmp_path: Path
) -> None:
    """Both would be one leaf with one nullifier: the receiver could take one of them."""
    friend = Wallet(tmp_path / "friend", chain)
    given = run(friend.money.new_request(None, friend.account("friend", 5).address))
    one, two, three = (wallet.deposit(payer) for _ in range(3))
    assert wallet.done(run(wallet.money.plan_forward(None, one.id, given.text, 3 * WHOLE))).accepted
    sent, leaves = len(wallet.journal.listing()), chain.ledger.leaves
    with pytest.raises(UnsafeSpend, match="only one of the two"):
        wallet.prepared(run(wallet.money.plan_forward(None, two.id, given.text, 3 * WHOLE)))
    with pytest.raises(UnsafeSpend, match="only one of the two"):
        wallet.prepared(wallet.plan_deposit(payer, 3 * WHOLE, request=given.text))
    assert (len(wallet.journal.listing()), chain.ledger.leaves) == (sent, leaves)
    other = run(wallet.money.plan_forward(None, three.id, given.text, 4 * WHOLE))
    assert wallet.done(other).accepted


def test_another_window_that_settles_in_between_forgets_no_hand_over(
    wallet: Wallet,
    chain: PoolChain,
    payer: Account,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Between the book and the journal nothing tells that something is about to be sent."""
    friend = Wallet(tmp_path / "friend", chain)
    given = run(friend.money.new_request(None, friend.account("friend", 5).address))
    deposited = wallet.deposit(payer)
    key = wallet.accounts.private_key

    async def signing(account: Account) -> int:
        if wallet.held()[deposited.id].state is NoteState.SPENDING:
            await MistLedger(wallet.parts).settle(await wallet.parts.place(None))
            assert wallet.book.handovers[0].void
        return await key(account)

    monkeypatch.setattr(wallet.accounts, "private_key", signing)
    plan = run(wallet.money.plan_forward(None, deposited.id, given.text, 3 * WHOLE))
    result = wallet.done(plan)
    assert [one.amount for one in wallet.book.handovers] == [3 * WHOLE]
    assert wallet.book.handovers[0].made_in == result.record.id
    assert not wallet.book.handovers[0].void
    assert [one.amount for one in wallet.unspent()] == [7 * WHOLE]


@pytest.mark.parametrize(("ahead", "kept"), [(6 * 86_400, True), (8 * 86_400, False)])
def test_a_deposit_shows_that_a_clock_was_wrong(
    wallet: Wallet,
    chain: PoolChain,
    payer: Account,
    monkeypatch: pytest.MonkeyPatch,
    ahead: int,
    kept: bool,
) -> None:
    """A recovery begins when the secret was made: never after its first deposit."""
    monkeypatch.setattr(making, "REAL_CHAINS", {NETWORK.chain_id})
    now = run(chain.head()).timestamp
    run(wallet.notes.bring_back(wallet.keys.secret, now + ahead, ()))  # type: ignore[attr-defined]
    wallet.prepared(wallet.plan_deposit(payer))
    assert run(wallet.notes.secret_made()) == (now + ahead if kept else 0)


@pytest.mark.parametrize("own", [True, False])
def test_a_node_that_leaves_out_leaves_learns_nothing_of_ones_own(
    wallet: Wallet, chain: PoolChain, payer: Account, own: bool
) -> None:
    """Which half it can leave out without being refused would tell where one's own leaf lies."""
    deposited = wallet.deposit(payer)
    for _ in range(3):
        chain.stranger()
    leaves = chain.ledger.leaves
    look = ScanState(
        leaves=len(leaves),
        root=tree.root(leaves),
        digest=leaves_digest(leaves),
        block=BlockMark(number=1, hash=1),
        at=NOW,
    )
    run(wallet.notes.change(wallet.keys, lambda book: again(book, scan=look)))
    plan = run(wallet.money.plan_withdraw(None, deposited.id, WHOLE))
    less = tuple(one for one in leaves if (one == deposited.leaf) is not own)
    chain.ledger = replace(chain.ledger, leaves=less, roots=chain.ledger.roots | {tree.root(less)})
    with pytest.raises(StaleRoot, match="were there"):
        run(wallet.money.plan_withdraw(None, deposited.id, WHOLE))
    with pytest.raises(StaleRoot, match="were there"):
        wallet.prepared(plan)
    assert wallet.prover.proved == []
    nothing_sent(wallet, 1)


def test_a_request_that_a_deposit_has_paid_is_not_paid_again_by_a_forward(
    wallet: Wallet, chain: PoolChain, payer: Account, tmp_path: Path
) -> None:
    friend = Wallet(tmp_path / "friend", chain)
    given = run(friend.money.new_request(None, friend.account("friend", 5).address))
    note = wallet.deposit(payer)
    assert wallet.done(wallet.plan_deposit(payer, 3 * WHOLE, request=given.text)).accepted
    with pytest.raises(UnsafeSpend, match="only one of the two"):
        wallet.prepared(run(wallet.money.plan_forward(None, note.id, given.text, 3 * WHOLE)))


@pytest.mark.parametrize(("paid", "state"), [(2, RequestState.OPEN), (3, RequestState.PAID)])
def test_a_request_is_paid_by_its_amount_and_not_by_less(
    wallet: Wallet,
    chain: PoolChain,
    payer: Account,
    tmp_path: Path,
    paid: int,
    state: RequestState,
) -> None:
    friend = Wallet(tmp_path / "friend", chain)
    owner = friend.account("friend", 5).address
    given = run(friend.money.new_request(None, owner, STRK, 3 * WHOLE))
    note = wallet.deposit(payer)
    plan = run(wallet.money.plan_forward(None, note.id, given.text, paid * WHOLE))
    hand_over = wallet.done(plan).hand_over
    assert hand_over is not None
    raw = run(wallet.money.hand_over_file(None, hand_over.id, FILE_WORDS))
    assert run(friend.money.import_file(None, raw, FILE_WORDS)).in_pool
    assert [one.state for one in friend.book.requests] == [state]


def test_a_whole_note_moves_by_file(
    wallet: Wallet, chain: PoolChain, payer: Account, tmp_path: Path
) -> None:
    deposited = wallet.deposit(payer)
    raw = run(wallet.money.export_note(None, deposited.id, FILE_WORDS))
    other = Wallet(tmp_path / "other", chain)
    found = run(other.money.import_file(None, raw, FILE_WORDS))
    assert (found.in_pool, found.spendable, found.key_known_to_others) == (True, False, True)
    with pytest.raises(NotFound, match="key is not here"):
        run(other.money.plan_withdraw(None, found.note.id))
    other.account("payer", 1)
    plan = run(other.money.plan_rewrap(None, found.note.id))
    assert any("made elsewhere" in one for one in plan.warnings)
    assert other.done(plan).accepted
    with pytest.raises(WouldFail, match="spent"):
        wallet.prepared(run(wallet.money.plan_withdraw(None, deposited.id)))


def test_a_payer_who_knows_the_request_can_pay_it(
    wallet: Wallet, chain: PoolChain, payer: Account, tmp_path: Path
) -> None:
    friend = Wallet(tmp_path / "friend", chain)
    owner = friend.account("friend", 5)
    given = run(friend.money.new_request(None, owner.address, STRK, WHOLE))
    result = wallet.done(wallet.plan_deposit(payer, WHOLE, request=given.text))
    assert result.accepted
    assert result.made == ()
    assert digest(given.request.secret, STRK.address, WHOLE) in chain.ledger.leaves
    assert run(friend.money.request_again(None, given.request.id)).text == given.text


@pytest.mark.parametrize("elsewhere", ["chain", "pool"])
def test_a_request_that_was_made_elsewhere_is_not_paid_here(
    wallet: Wallet, chain: PoolChain, payer: Account, tmp_path: Path, elsewhere: str
) -> None:
    """Its keys depend on chain and pool: what was paid here, its receiver would not find."""
    note = wallet.deposit(payer)
    friend = Wallet(tmp_path / "friend", chain)
    if elsewhere == "chain":
        friend.network(NETWORK.model_copy(update={"chain_id": "OTHER"}))
    else:
        friend.pool = KnownPool(chain="TEST", address=POOL + 1, name="Another", source="a test")
        friend.start()
    owner = friend.account("friend", 5)
    given = run(friend.money.new_request(None, owner.address))
    assert given.network == NETWORK.name
    assert f"{given.request.secret:064x}" in given.text
    before = wallet.book.next_index
    with pytest.raises(ForeignRequest, match="another network or another pool"):
        wallet.plan_deposit(payer, WHOLE, request=given.text)
    with pytest.raises(ForeignRequest, match="another network or another pool"):
        run(wallet.money.plan_forward(None, note.id, given.text, WHOLE))
    assert wallet.book.next_index == before
    nothing_sent(wallet, 1)
    again = run(friend.money.request_again(None, given.request.id))
    assert (again.text, again.network) == (given.text, given.network)


def test_a_forward_that_reverted_can_be_made_again(
    wallet: Wallet, chain: PoolChain, payer: Account, tmp_path: Path
) -> None:
    friend = Wallet(tmp_path / "friend", chain)
    given = run(friend.money.new_request(None, friend.account("friend", 5).address))
    deposited = wallet.deposit(payer)
    plan = run(wallet.money.plan_forward(None, deposited.id, given.text, WHOLE))
    chain.latest_root_only = True
    chain.before_run = lambda: chain.stranger() and None  # in front of it, in the same block
    result = wallet.done(plan)
    assert not result.accepted
    (void,) = wallet.book.handovers
    assert void.void
    assert not void.may_come
    with pytest.raises(UnsafeSpend, match="did not take place"):
        run(wallet.money.hand_over_file(None, void.id, FILE_WORDS))
    chain.before_run = lambda: None
    again = wallet.done(run(wallet.money.plan_forward(None, deposited.id, given.text, WHOLE)))
    assert again.accepted
    (over,) = wallet.book.handovers
    assert (over.void, over.id, over.made_in) == (False, void.id, again.record.id)


def test_a_forward_that_counted_as_expired_and_comes_after_all_is_told(
    wallet: Wallet, chain: PoolChain, payer: Account, tmp_path: Path
) -> None:
    """Its node had kept it back: nobody may have to tell its receiver by hand."""
    friend = Wallet(tmp_path / "friend", chain)
    given = run(friend.money.new_request(None, friend.account("friend", 5).address))
    deposited, second = wallet.deposit(payer), wallet.deposit(payer)
    plan = run(wallet.money.plan_forward(None, deposited.id, given.text, WHOLE))
    record = run(wallet.money.send(wallet.prepared(plan))).record
    wallet.journal.update(record.model_copy(update={"state": TxState.EXPIRED}))
    book = run(MistLedger(wallet.parts).settle(run(wallet.parts.place(None))))
    (lost,) = book.handovers
    assert lost.void
    assert lost.may_come  # so its leaf is not made a second time by another note
    assert {one.id for one in book.notes if one.state is NoteState.UNSPENT} == {
        deposited.id,
        second.id,
    }
    chain.ledger = replace(chain.ledger, leaves=chain.ledger.leaves[:-2])  # not there yet
    with pytest.raises(UnsafeSpend, match="on its way"):
        wallet.prepared(run(wallet.money.plan_forward(None, second.id, given.text, WHOLE)))

    wallet.journal.update(record.model_copy(update={"state": TxState.ACCEPTED_L2}))
    book = run(MistLedger(wallet.parts).settle(run(wallet.parts.place(None))))
    (found,) = book.handovers
    assert (found.void, found.made_in, found.amount) == (False, record.id, WHOLE)
    assert run(wallet.money.hand_over_file(None, found.id, FILE_WORDS))
    assert {one.amount for one in book.notes if one.state is NoteState.UNSPENT} == {
        9 * WHOLE,
        10 * WHOLE,
    }


@pytest.mark.parametrize("own", [True, False])
def test_an_equal_leaf_between_the_word_and_signing_stops_a_deposit(
    wallet: Wallet, chain: PoolChain, payer: Account, tmp_path: Path, own: bool
) -> None:
    """A forward under the same secret leaves no deposit behind that the pool would refuse."""
    friend = Wallet(tmp_path / "friend", chain)
    given = run(friend.money.new_request(None, friend.account("friend", 5).address))
    words = {} if own else {"request": given.text}
    draft = wallet.prepared(wallet.plan_deposit(payer, WHOLE, **words))
    secret = wallet.whole(draft.made[0]).secret(digest) if own else given.request.secret
    chain.ledger = chain.ledger.grown(digest(secret, STRK.address, WHOLE))
    with pytest.raises(UnsafeSpend, match="only one of the two"):
        run(wallet.money.send(draft))
    nothing_sent(wallet)


def test_two_windows_that_forward_the_same_to_one_request_send_it_once(
    wallet: Wallet, chain: PoolChain, payer: Account, tmp_path: Path
) -> None:
    """Both were proved before either was sent; the pool has neither leaf yet."""
    other = wallet.account("other", 3)
    friend = Wallet(tmp_path / "friend", chain)
    given = run(friend.money.new_request(None, friend.account("friend", 5).address))
    one, two = wallet.deposit(payer), wallet.deposit(other)
    drafts = [
        wallet.prepared(run(wallet.money.plan_forward(None, note.id, given.text, WHOLE)))
        for note in (one, two)
    ]
    chain.run = lambda _signed: None  # type: ignore[method-assign]  # it waits
    run(wallet.money.send(drafts[0]))
    with pytest.raises(UnsafeSpend, match="on its way"):
        run(wallet.money.send(drafts[1]))


# --- waiting ---


def test_a_waiting_plan_outlives_the_program(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    from obsqra_desktop.domain.mist.entries import PlanState

    deposited = wallet.deposit(payer)
    later = run(wallet.money.plan_withdraw(None, deposited.id, 4 * WHOLE))
    view = run(wallet.money.keep_waiting(later, 2))
    assert not view.ready
    chain.stranger(4 * WHOLE)
    again = Wallet(wallet.folder, chain)
    again.looked()
    with pytest.raises(InvalidInput, match="1 more leaves"):
        run(again.money.plan_waiting(None, view.id))
    chain.stranger(4 * WHOLE)
    again.looked()
    (now,) = run(again.money.waiting())
    assert now.ready
    plan = run(again.money.wait(None, view.id))
    assert plan.amount == 4 * WHOLE
    assert again.done(plan).accepted
    assert [one.state for one in again.book.plans] == [PlanState.DONE]
    assert run(again.money.waiting()) == ()


def test_a_plan_waits_from_what_it_was_made_on(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    """What was read for its level is what its leaves are counted from; nothing is read again."""
    deposited = wallet.deposit(payer)
    later = run(wallet.money.plan_withdraw(None, deposited.id))
    chain.stranger(10 * WHOLE)
    wallet.looked()
    run(wallet.money.keep_waiting(later, 1))
    (view,) = run(wallet.money.waiting())
    assert (view.leaves_seen, view.ready) == (1, True)


def test_only_a_free_note_waits(wallet: Wallet, payer: Account) -> None:
    deposited = wallet.deposit(payer)
    later = run(wallet.money.plan_rewrap(None, deposited.id))
    for leaves in (0, -1):
        with pytest.raises(InvalidInput, match="new leaves"):
            run(wallet.money.keep_waiting(later, leaves))
    emergency = run(wallet.money.plan_emergency(None, deposited.id))
    with pytest.raises(InvalidInput, match="can wait"):
        run(wallet.money.keep_waiting(emergency, 1))
    run(wallet.money.edit_note(None, deposited.id, frozen=True))
    with pytest.raises(UnsafeSpend, match="frozen"):
        run(wallet.money.keep_waiting(later, 1))
    assert wallet.book.plans == ()


def test_waiting_can_be_stopped_and_given_up(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    deposited = wallet.deposit(payer)
    later = run(wallet.money.plan_rewrap(None, deposited.id))
    view = run(wallet.money.keep_waiting(later, 5))
    stop = CancelToken()
    with pytest.raises(Cancelled):
        run(wallet.money.wait(None, view.id, lambda _: stop.cancel(), stop))
    assert len(run(wallet.money.waiting())) == 1
    run(wallet.money.drop_waiting(None, view.id))
    assert run(wallet.money.waiting()) == ()


# --- without a proof ---


def test_an_emergency_shows_its_key_to_nobody_before_the_word(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    deposited = wallet.deposit(payer)
    key = wallet.whole(deposited).claiming_key
    chain.simulated.clear()
    plan = run(wallet.money.plan_emergency(None, deposited.id))
    assert plan.privacy.level is PrivacyLevel.EXPOSED
    draft = wallet.prepared(plan)
    assert chain.simulated == []
    assert chain.arguments.isdisjoint({key, key % 2**128, key >> 128})
    assert "not simulated" in " ".join(draft.sending.warnings)
    sent = run(wallet.money.send(draft))
    with pytest.raises(InvalidInput, match="without a proof"):
        run(wallet.sending.plan_faster(sent.record, payer))
    called = sent.record.model_copy(update={"kind": TxKind.CALL})  # its calldata is left out
    with pytest.raises(InvalidInput, match="without a proof"):
        run(wallet.sending.plan_faster(called, payer))
    assert chain.simulated == []
    result = run(wallet.money.follow(sent))
    assert chain.simulated == []
    assert result.accepted
    assert chain.ledger.balance(payer.address) == PLENTY
    assert wallet.held()[deposited.id].state is NoteState.SPENT


def files_of(wallet: Wallet) -> str:
    found = (path for path in wallet.folder.rglob("*") if path.is_file())
    return "".join(path.read_text(errors="replace").lower() for path in found)


def shows(text: str, key: int) -> bool:
    return any(f"{half:x}" in text for half in (key, key % 2**128, key >> 128))


def kept_back(wallet: Wallet, deposited: HeldNote) -> TxRecord:
    """An emergency that was signed and written down, and that no node has taken."""
    draft = wallet.prepared(run(wallet.money.plan_emergency(None, deposited.id)))

    def silent() -> None:
        raise NodeUnreachable("It does not answer.")

    wallet.chain.on_send = silent
    with pytest.raises(SendUncertain):
        run(wallet.money.send(draft))
    wallet.chain.on_send = lambda: None
    (record,) = (one for one in wallet.journal.listing() if one.kind is TxKind.MIST_EMERGENCY)
    return record


def test_an_emergencys_key_is_in_no_file_and_the_same_bytes_are_sent_after_a_crash(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    deposited = wallet.deposit(payer)
    key = wallet.whole(deposited).claiming_key
    record = kept_back(wallet, deposited)
    assert record.sealed is not None
    assert record.sealed.notes == (deposited.id,)
    assert not shows(files_of(wallet), key)
    assert not shows(repr(record), key)
    assert [one.entry_point for one in transaction_words(record.signed.transaction)]

    after = Wallet(wallet.folder, chain)  # started anew
    book = run(after.money.settle())
    assert {one.id: one.state for one in book.notes} == {deposited.id: NoteState.SPENDING}
    before = chain.ledger.balance(payer.address)
    book = run(after.money.settle(resend=True))
    assert {one.id: one.state for one in book.notes} == {deposited.id: NoteState.SPENT}
    assert chain.ledger.balance(payer.address) == before + deposited.amount
    assert len(chain.done) == 2
    run(after.money.settle(resend=True))
    assert len(chain.done) == 2
    assert not any(reverted for _, reverted, _ in chain.done.values())
    assert not shows(files_of(after), key)


def test_a_sealed_emergency_is_sent_again_only_with_its_vault(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    record = kept_back(wallet, wallet.deposit(payer))
    vault = wallet.sending._seal._vault  # type: ignore[union-attr]
    vault.lock()
    with pytest.raises(VaultLocked):
        run(wallet.sending.resume(record.id, resend=True))
    assert wallet.journal.find(record.id) == record
    assert not run(wallet.sending.resume(record.id)).settled  # looking needs no key
    vault.unlock(PASSPHRASE)
    vault.put(SEAL, bytes(32))
    with pytest.raises(StorageError, match="cannot be opened"):
        run(wallet.sending.resume(record.id, resend=True))
    vault.delete(SEAL)
    with pytest.raises(StorageError, match="cannot be opened"):
        run(wallet.sending.resume(record.id, resend=True))
    assert len(chain.done) == 1


def test_a_seal_is_that_of_its_own_record(wallet: Wallet, chain: PoolChain, payer: Account) -> None:
    record = kept_back(wallet, wallet.deposit(payer))
    assert record.sealed is not None
    good, other = record.sealed, wallet.parts.random_bytes(6).hex()
    seal = wallet.sending._seal
    assert seal is not None
    assert to_be_sent(record, seal).hash == record.signed.hash
    flipped = ("A" if good.data[5] != "A" else "B").join((good.data[:5], good.data[6:]))
    for bad in (
        record.model_copy(update={"id": other}),
        record.model_copy(update={"sealed": good.model_copy(update={"nonce": "0" * 24})}),
        record.model_copy(update={"sealed": good.model_copy(update={"data": flipped})}),
        record.model_copy(update={"sealed": good.model_copy(update={"data": "AAAA"})}),
        record.model_copy(update={"sealed": good.model_copy(update={"data": "A"})}),
        record.model_copy(update={"signed": record.signed.model_copy(update={"hash": 5})}),
        record.model_copy(
            update={"signed": record.signed.model_copy(update={"signature": (1, 2)})}
        ),
    ):
        with pytest.raises(StorageError):
            to_be_sent(bad, seal)
    with pytest.raises(StorageError):
        to_be_sent(record, None)


def test_a_key_that_cannot_be_sealed_is_not_sent(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    deposited = wallet.deposit(payer)
    draft = wallet.prepared(run(wallet.money.plan_emergency(None, deposited.id)))
    wallet.sending._seal = None
    with pytest.raises(StorageError, match="could not be sealed"):
        run(wallet.money.send(draft))
    nothing_sent(wallet, 1)
    assert wallet.held()[deposited.id].state is NoteState.UNSPENT


@pytest.mark.parametrize("state", [TxState.REFUSED, TxState.EXPIRED, TxState.ACCEPTED_L2])
def test_a_key_that_an_older_version_wrote_is_sealed_and_its_note_settled(
    wallet: Wallet, chain: PoolChain, payer: Account, state: TxState
) -> None:
    deposited = wallet.deposit(payer)
    key = wallet.whole(deposited).claiming_key
    record = kept_back(wallet, deposited)
    whole = to_be_sent(record, wallet.sending._seal)
    wallet.journal.update(
        record.model_copy(update={"signed": whole, "sealed": None, "state": state})
    )
    assert shows(files_of(wallet), key)
    book = run(wallet.money.settle())
    assert not shows(files_of(wallet), key)
    assert to_be_sent(wallet.journal.find(record.id), wallet.sending._seal) == whole
    expected = NoteState.SPENT if state is TxState.ACCEPTED_L2 else NoteState.UNSPENT
    assert [one.state for one in book.notes] == [expected]
    assert run(wallet.money.settle()) == book


def test_an_emergency_follows_a_pool_that_grows(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    deposited = wallet.deposit(payer)
    draft = wallet.prepared(run(wallet.money.plan_emergency(None, deposited.id)))
    chain.stranger()
    assert run(wallet.money.send(draft)).record.signed is not None
    assert "withdraw_no_zk" in sent_calls(chain)


# --- what cannot be spent ---


def frozen(held: HeldNote) -> HeldNote:
    return held.model_copy(update={"frozen": True})


def awaited(held: HeldNote) -> HeldNote:
    return held.model_copy(update={"state": NoteState.AWAITED})


@pytest.mark.parametrize("change", [frozen, awaited])
def test_a_note_that_is_frozen_or_not_there_yet_is_left_alone(
    wallet: Wallet, payer: Account, change: Callable[[HeldNote], HeldNote]
) -> None:
    from obsqra_desktop.domain.mist.book import with_notes

    deposited = wallet.deposit(payer)
    run(wallet.notes.change(wallet.keys, lambda book: with_notes(book, (change(deposited),))))
    with pytest.raises(UnsafeSpend):
        run(wallet.money.plan_withdraw(None, deposited.id))


def test_a_note_that_is_not_in_the_pool_is_not_spent(
    wallet: Wallet, chain: PoolChain, payer: Account
) -> None:
    deposited = wallet.deposit(payer)
    chain.ledger = replace(chain.ledger, leaves=())
    with pytest.raises(NoteMissing):
        run(wallet.money.plan_withdraw(None, deposited.id))


@pytest.mark.parametrize("amount", [0, 11 * WHOLE])
def test_amounts_stay_within_the_note(wallet: Wallet, payer: Account, amount: int) -> None:
    deposited = wallet.deposit(payer)
    for work in (
        wallet.money.plan_withdraw(None, deposited.id, amount),
        wallet.money.plan_split(None, deposited.id, amount),
    ):
        with pytest.raises(InvalidInput):
            run(work)


def test_errors_say_what_is_safe(wallet: Wallet, payer: Account) -> None:
    with pytest.raises(AppError) as caught:
        run(wallet.money.plan_withdraw(None, "abcd"))
    assert caught.value.hint
    _ = payer


def test_fresh_accounts_follow_from_the_secret(
    wallet: Wallet, chain: PoolChain, payer: Account, tmp_path: Path
) -> None:
    first = run(wallet.money.new_account())
    second = run(wallet.money.new_account(label="for June"))
    assert first.address != second.address
    assert second.label == "for June"
    wallet.deposit(payer, owner=second.address)
    wallet.accounts.remove(second)
    with pytest.raises(NotFound):
        run(wallet.money.plan_withdraw(None, wallet.unspent()[0].id))
    (back,) = run(wallet.money.accounts_again())
    assert back.address == second.address
    assert run(wallet.money.plan_withdraw(None, wallet.unspent()[0].id)).account == back


def test_a_fresh_account_counts_as_backed_up_only_with_the_secret(wallet: Wallet) -> None:
    before = run(wallet.money.new_account())
    assert (before.backed_up, before.secret_backed_up, before.comes_back) == (False, False, False)
    assert backup_words(before).startswith("not yet")
    run(wallet.notes.mark_backed_up((run(wallet.money.book()),), NOW))
    after = run(wallet.money.new_account())
    assert (after.backed_up, after.secret_backed_up, after.comes_back) == (False, True, True)
    assert backup_words(after).startswith("with private money")


def test_what_asks_nobody_needs_no_node(
    wallet: Wallet, payer: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The practice chain may be down: notes can be read, labelled and exported all the same."""
    held = wallet.deposit(payer)
    given = run(wallet.money.new_request(None, payer.address))

    async def down(_network: str | None = None) -> Network:
        raise PracticeChainDown("Nothing was sent.")

    monkeypatch.setattr(wallet.networks, "resolve", down)
    assert held.id in [one.id for one in run(wallet.money.book()).notes]
    book = run(wallet.money.edit_note(None, held.id, label="eggs"))
    assert find_note(book, held.id).label == "eggs"
    assert run(wallet.money.request_again(None, given.request.id)).text == given.text
    assert run(wallet.money.export_note(None, held.id, "hen-coop-passphrase-71"))
    with pytest.raises(PracticeChainDown):
        run(wallet.money.plan_withdraw(None, held.id))

"""The practice Chamber on a real devnet: published hashes and trees, every rule and every refusal.

Proofs are left out here: the verifier is one that believes everything, so that what the pool itself
checks stands alone. test_practice_private.py has real ones.
"""

import json
from pathlib import Path
from random import Random

import pytest

from obsqra_desktop.domain.felt import selector, starknet_keccak
from obsqra_desktop.domain.mist.note import FIELD, Note, TreePath
from obsqra_desktop.privacy.calls import deposit_calls, emergency_call, shown_siblings
from obsqra_desktop.storage.contracts import ContractClasses
from tests.chain.chamber_parts import (
    Pool,
    Wallet,
    array,
    ask,
    believed_data,
    of_tests,
    tried,
    u256,
    whole,
)
from tests.chain.chamber_published import (
    PUBLISHED,
    SIGNATURES,
    events,
    look_at,
    short,
    signatures,
)
from tests.devnet import Devnet
from tests.privacy.plain import PlainTree, parent, plain_hash
from tests.vectors.mist import VECTORS, number, numbers

pytestmark = [
    pytest.mark.loopback,
    pytest.mark.filterwarnings("ignore:Sending a large body directly:ResourceWarning"),
]
LEAVES = numbers(VECTORS["leaves"])
KEY, AMOUNT = 0xC0FFEE, 1_000
OPEN = 0xABCDEF
"""Somebody's note that stays where it is."""


@pytest.fixture(scope="module")
def owner(devnet: Devnet) -> Wallet:
    return Wallet(devnet, 3)


@pytest.fixture(scope="module")
def stranger(devnet: Devnet) -> Wallet:
    return Wallet(devnet, 4)


@pytest.fixture(scope="module")
def probe(owner: Wallet) -> int:
    return of_tests(owner, "ChamberProbe")


@pytest.fixture(scope="module")
def believer(owner: Wallet) -> int:
    return of_tests(owner, "AnyProof")


@pytest.fixture
def pool(devnet: Devnet, owner: Wallet, believer: int) -> Pool:
    return Pool(devnet, owner, believer)


def secret_of(key: int, owner: int) -> int:
    return plain_hash(key, owner)


def nullifier_of(key: int, owner: int, token: int, amount: int) -> int:
    return plain_hash(plain_hash((key + 1) % FIELD, owner), token, amount)


def path(pool: Pool, leaf: int) -> list[int]:
    """By the plain tree, not by the contract."""
    return list(shown_siblings(PlainTree().path(pool.leaves(), leaf)))


def fill(pool: Pool, key: int = KEY, amount: int = AMOUNT) -> int:
    """A note of the owner's among others; its leaf."""
    pool.deposit(plain_hash(OPEN, 1), 5).good()
    pool.deposit(secret_of(key, pool.owner.address), amount).good()
    pool.deposit(plain_hash(OPEN, 2), 6).good()
    return plain_hash(secret_of(key, pool.owner.address), pool.token, amount)


def publics(pool: Pool, **changes: int) -> list[int]:
    """Of a spend that the pool takes: nothing leaves, two new leaves."""
    values = {
        "owner": pool.owner.address,
        "auth_done": 0,
        "amount": 0,
        "token": 0,
        "to": pool.owner.address,
        "root": pool.root(),
        "nullifier": 77,
        "first": 88,
        "second": 99,
        "payload": 0,
    }
    assert set(changes) <= set(values)
    return list((values | changes).values())


class TestHashes:
    def test_published(self, devnet: Devnet, probe: int) -> None:
        for elements, expected in VECTORS["hashes"]:
            values = numbers(elements)
            data = [half for one in values for half in u256(one)]
            told = ask(devnet, probe, f"hash{len(values)}", *data)
            assert whole(told) == [number(expected)]

    def test_against_the_plain_one(self, devnet: Devnet, probe: int) -> None:
        random = Random(8)
        cases = [(0, FIELD - 1), (FIELD - 1, FIELD - 1), (FIELD - 1, 0, FIELD - 1)]
        cases += [tuple(random.randrange(FIELD) for _ in range(2 + one % 2)) for one in range(12)]
        for values in cases:
            data = [half for one in values for half in u256(one)]
            told = ask(devnet, probe, f"hash{len(values)}", *data)
            assert whole(told) == [plain_hash(*values)], values

    def test_parents(self, devnet: Devnet, probe: int) -> None:
        for a, b in ((0, 5), (5, 0), (0, 0), (0x222, 0x111), (0x111, 0x222), (7, 7)):
            assert whole(ask(devnet, probe, "parent", *u256(a), *u256(b))) == [parent(a, b)]

    def test_the_published_path(self, devnet: Devnet, probe: int) -> None:
        siblings = numbers(VECTORS["path"]["siblings"])
        data = [half for one in siblings for half in u256(one)]
        told = ask(
            devnet, probe, "climb", *u256(LEAVES[VECTORS["path"]["index"]]), len(siblings), *data
        )
        assert whole(told) == [number(VECTORS["roots"]["17"])]

    @pytest.mark.parametrize("siblings", [[1] * 21, [FIELD]])
    def test_no_such_path(self, devnet: Devnet, probe: int, siblings: list[int]) -> None:
        data = [half for one in siblings for half in u256(one)]
        _, reason = tried(devnet, probe, "climb", *u256(1), len(siblings), *data)
        assert ("invalid merkle proof" if len(siblings) > 20 else "not a field element") in reason


class TestTree:
    def test_pairs_behind_a_deposit(self, pool: Pool) -> None:
        """The SDK's leaves two at a time; the plain tree gives the published roots for them."""
        for size, root in VECTORS["roots"].items():
            some = LEAVES[: int(size)]
            assert PlainTree().path(some, some[0]).root == number(root)
        pool.deposit(1, 1).good()
        expected = pool.leaves()
        for turn, at in enumerate(range(0, 16, 2)):
            first, second = LEAVES[at : at + 2]
            values = publics(pool, nullifier=1000 + turn, first=first, second=second)
            pool.believed(pool.owner, *values).good()
            expected += [first, second]
            assert pool.leaves() == expected
            assert pool.root() == PlainTree().path(expected, first).root

    def test_every_path_and_level(self, pool: Pool) -> None:
        """At every size from 1 to 9: root, all paths, all levels, by the plain tree."""
        leaves: list[int] = []
        for size in range(1, 10):
            pool.deposit(plain_hash(size, 1), size).good()
            leaves.append(plain_hash(plain_hash(size, 1), pool.token, size))
            assert pool.leaves() == leaves
            paths = [PlainTree().path(leaves, leaf) for leaf in leaves]
            assert pool.root() == paths[0].root
            for index, one in enumerate(paths):
                assert padded(pool.proof(index)) == one.siblings
            level, height = list(leaves), 0
            while True:
                assert array(pool.ask("merkle_leaves", height)) == level
                if len(level) == 1:
                    break
                level += [0] * (len(level) % 2)
                level = [parent(*level[at : at + 2]) for at in range(0, len(level), 2)]
                height += 1
            assert array(pool.ask("merkle_leaves", height + 1)) == []
        before = pool.root()
        pool.owner.call(pool.address, "recalculate_merkle_root").good()
        assert (pool.root(), pool.leaves()) == (before, leaves)

    def test_nothing_there_yet(self, pool: Pool) -> None:
        assert (pool.leaves(), pool.root()) == ([], 0)
        assert "no such leaf" in tried(pool.devnet, pool.address, "merkle_proof", 0)[1]
        assert array(pool.ask("merkle_leaves", 0)) == []
        pool.owner.call(pool.address, "recalculate_merkle_root").good()
        assert pool.root() == 0
        assert "invalid merkle root" in pool.believed(pool.owner, *publics(pool)).reason


def padded(siblings: list[int]) -> tuple[int, ...]:
    return (*siblings, *[0] * (20 - len(siblings)))


class TestDeposit:
    def test_what_it_does(self, pool: Pool) -> None:
        secret = secret_of(KEY, 1)
        calls = deposit_calls(pool.address, secret, pool.token, AMOUNT)
        pool.owner.run(*calls).good()
        leaf = plain_hash(secret, pool.token, AMOUNT)
        assert pool.leaves() == [leaf]
        assert pool.root() == leaf
        assert pool.ask("assets_from_secret", *u256(secret)) == [AMOUNT, 0, pool.token]
        assert pool.ask("assets_from_secret", *u256(leaf)) == [0, 0, 0]
        assert pool.ask("transactions_exist", 2, *u256(leaf), *u256(leaf + 1)) == [2, 1, 0]
        assert pool.balance(pool.address) == AMOUNT

    @pytest.mark.parametrize(
        ("secret", "amount", "reason"),
        [
            (5, 0, "amount is zero"),
            (5, 2**128, "amount exceeds 4bn"),
            (FIELD, 1, "not a field element"),
            (FIELD + 5, 1, "not a field element"),
            (2**256 - 1, 1, "not a field element"),
            (6, 1, "transaction already exists"),
        ],
    )
    def test_refused(self, pool: Pool, secret: int, amount: int, reason: str) -> None:
        pool.deposit(6, 1).good()
        before = pool.leaves()
        assert reason in pool.deposit(secret, amount).reason
        assert pool.leaves() == before

    def test_the_most(self, pool: Pool, owner: Wallet) -> None:
        token = of_tests(owner, "HostileToken")
        pool.deposit(5, 2**128 - 1, token=token).good()
        assert pool.leaves() == [plain_hash(5, token, 2**128 - 1)]

    def test_who_does_not_pay(self, pool: Pool, owner: Wallet, stranger: Wallet) -> None:
        assert "allowance too small" in pool.deposit(5, 7, stranger).reason
        token = of_tests(owner, "HostileToken")
        owner.call(token, "answer", 0).good()
        assert "transfer failed" in pool.deposit(5, 7, token=token).reason
        assert "is not deployed" in pool.deposit(5, 7, token=0x1234).reason
        assert (pool.leaves(), pool.root()) == ([], 0)
        assert pool.ask("assets_from_secret", *u256(5)) == [0, 0, 0]

    def test_a_token_that_calls_back_pays_in_once(self, pool: Pool, owner: Wallet) -> None:
        """Under one secret there is one deposit, also from inside the payment for it."""
        token = of_tests(owner, "HostileToken")
        data, name = (*u256(5), *u256(7), token), selector("deposit")
        owner.call(token, "call_back", pool.address, name, len(data), *data).good()
        assert "transaction already exists" in pool.deposit(5, 7, token=token).reason
        assert pool.leaves() == []


class TestShownSpends:
    def test_the_whole_by_anybody(self, pool: Pool, stranger: Wallet) -> None:
        leaf = fill(pool)
        note = Note(KEY, pool.owner.address, pool.token, AMOUNT)
        found: TreePath = PlainTree().path(pool.leaves(), leaf)
        before, leaves = pool.balance(pool.owner.address), pool.leaves()
        nullifier = nullifier_of(KEY, pool.owner.address, pool.token, AMOUNT)
        assert pool.spent(nullifier) == [False]
        stranger.run(emergency_call(pool.address, note, found)).good()
        assert pool.balance(pool.owner.address) == before + AMOUNT, "its owner is paid"
        assert pool.spent(nullifier, nullifier + 1) == [True, False]
        assert pool.leaves() == leaves
        again = stranger.run(emergency_call(pool.address, note, found))
        assert "transaction is spent" in again.reason

    def test_change_stays(self, pool: Pool, stranger: Wallet) -> None:
        leaf = fill(pool)
        proof = path(pool, leaf)
        change = (plain_hash(9, 9), 400)
        args = (KEY, pool.owner.address, AMOUNT, proof, change)
        assert "only owner caller" in pool.shown(stranger, *args).reason
        before = pool.balance(pool.owner.address)
        pool.shown(pool.owner, *args).good()
        assert pool.balance(pool.owner.address) == before + 600
        assert pool.leaves()[-1] == plain_hash(change[0], pool.token, 400)
        assert pool.ask("assets_from_secret", *u256(change[0])) == [0, 0, 0], "as published"
        assert "transaction is spent" in pool.shown(pool.owner, *args[:-1]).reason

    def test_everything_can_stay(self, pool: Pool) -> None:
        leaf = fill(pool)
        before = pool.balance(pool.address)
        change = (plain_hash(9, 9), AMOUNT)
        proof = path(pool, leaf)
        pool.shown(pool.owner, KEY, pool.owner.address, AMOUNT, proof, change).good()
        assert pool.balance(pool.address) == before

    def test_padded_paths_are_good(self, pool: Pool) -> None:
        proof = list(padded(path(pool, fill(pool))))
        pool.shown(pool.owner, KEY, pool.owner.address, AMOUNT, proof).good()

    def test_an_old_root_is_good(self, pool: Pool) -> None:
        proof = path(pool, fill(pool))
        pool.deposit(plain_hash(OPEN, 3), 7).good()
        pool.deposit(plain_hash(OPEN, 4), 7).good()
        pool.shown(pool.owner, KEY, pool.owner.address, AMOUNT, proof).good()

    def test_refused(self, pool: Pool, stranger: Wallet) -> None:
        """Every number another one, a path of another leaf, other names of the same numbers."""
        leaf = fill(pool)
        proof, me = path(pool, leaf), pool.owner.address
        other = path(pool, pool.leaves()[0])
        wrong = "invalid merkle proof"
        for args, reason in (
            ((KEY + 1, me, AMOUNT, proof), wrong),
            ((KEY, stranger.address, AMOUNT, proof), wrong),
            ((KEY, me, AMOUNT + 1, proof), wrong),
            ((KEY, me, AMOUNT, other), wrong),
            ((KEY, me, AMOUNT, proof[1:]), wrong),
            ((KEY, me, AMOUNT, []), wrong),
            ((KEY, me, AMOUNT, [*proof, 1]), wrong),
            ((KEY, me, AMOUNT, [*padded(proof), 0]), wrong),
            ((KEY, me, AMOUNT, [proof[0] + FIELD, *proof[1:]]), "not a field element"),
            ((KEY + FIELD, me, AMOUNT, proof), "not a field element"),
            ((KEY, me, AMOUNT + FIELD, proof), "not a field element"),
            ((KEY, me, AMOUNT, proof, (5, AMOUNT + 1)), "more stays than there is"),
            ((KEY, me, AMOUNT, proof, (FIELD, 1)), "not a field element"),
            ((KEY, me, AMOUNT, proof, (5, FIELD + 1)), "more stays than there is"),
        ):
            assert reason in pool.shown(pool.owner, *args).reason, args
        hostile = of_tests(pool.owner, "HostileToken")
        assert wrong in pool.shown(pool.owner, KEY, me, AMOUNT, proof, token=hostile).reason
        pool.shown(pool.owner, KEY, me, AMOUNT, proof).good()

    def test_the_last_key(self, pool: Pool) -> None:
        """The key before the field's order: one more is 0, as the circuit counts."""
        key = FIELD - 1
        proof = path(pool, fill(pool, key))
        pool.shown(pool.owner, key, pool.owner.address, AMOUNT, proof).good()
        nullifier = plain_hash(plain_hash(0, pool.owner.address), pool.token, AMOUNT)
        assert pool.spent(nullifier) == [True]

    def test_a_token_that_calls_back_spends_once(self, pool: Pool, owner: Wallet) -> None:
        token = of_tests(owner, "HostileToken")
        pool.deposit(secret_of(KEY, owner.address), AMOUNT, token=token).good()
        data = pool.shown_data(KEY, owner.address, AMOUNT, [], token)
        name = selector("withdraw_no_zk")
        owner.call(token, "call_back", pool.address, name, len(data), *data).good()
        reason = pool.shown(owner, KEY, owner.address, AMOUNT, [], token=token).reason
        assert "transaction is spent" in reason
        nullifier = nullifier_of(KEY, owner.address, token, AMOUNT)
        assert pool.spent(nullifier) == [False], "all of it was undone"


class TestProvenSpends:
    def test_what_it_does(self, pool: Pool, stranger: Wallet) -> None:
        fill(pool)
        before, leaves = pool.balance(stranger.address), pool.leaves()
        values = publics(pool, amount=300, token=pool.token, to=stranger.address)
        pool.believed(pool.owner, *values).good()
        assert pool.balance(stranger.address) == before + 300
        assert pool.leaves() == [*leaves, 88, 99]
        assert pool.root() == PlainTree().path(pool.leaves(), 88).root
        assert pool.spent(77) == [True]
        assert pool.ask("transactions_exist", 2, *u256(88), *u256(99)) == [2, 1, 1]

    def test_two_leaves_even_if_nothing_leaves(self, pool: Pool) -> None:
        fill(pool)
        before = pool.balance(pool.address)
        pool.believed(pool.owner, *publics(pool)).good()
        assert (len(pool.leaves()), pool.balance(pool.address)) == (5, before)

    def test_once(self, pool: Pool) -> None:
        fill(pool)
        values = publics(pool)
        pool.believed(pool.owner, *values).good()
        assert "transaction is spent" in pool.believed(pool.owner, *values).reason
        later = publics(pool, first=5, second=6)
        assert "transaction is spent" in pool.believed(pool.owner, *later).reason

    def test_from_its_owner_only(self, pool: Pool, stranger: Wallet) -> None:
        fill(pool)
        values = publics(pool)
        assert "only owner caller or zk auth" in pool.believed(stranger, *values).reason
        beyond = publics(pool, owner=pool.owner.address + 2**251)
        assert "only owner caller or zk auth" in pool.believed(pool.owner, *beyond).reason
        assert len(pool.leaves()) == 3
        half = publics(pool, auth_done=2)
        assert "only owner caller or zk auth" in pool.believed(stranger, *half).reason
        # As published: with the key that authorises, anybody may send it. This program never does.
        pool.believed(stranger, *publics(pool, auth_done=1)).good()

    def test_roots(self, pool: Pool) -> None:
        fill(pool)
        old = pool.root()
        assert "invalid merkle root" in pool.believed(pool.owner, *publics(pool, root=5)).reason
        assert "invalid merkle root" in pool.believed(pool.owner, *publics(pool, root=0)).reason
        pool.deposit(plain_hash(OPEN, 3), 7).good()
        assert pool.root() != old
        pool.believed(pool.owner, *publics(pool, root=old)).good()

    @pytest.mark.parametrize("place", range(10))
    def test_every_number_is_an_element(self, pool: Pool, place: int) -> None:
        """Another name of the same nullifier would spend twice."""
        fill(pool)
        values = publics(pool)
        values[place] += FIELD
        assert "not a field element" in pool.believed(pool.owner, *values).reason

    @pytest.mark.parametrize("how_many", [0, 9, 11])
    def test_ten_numbers(self, pool: Pool, how_many: int) -> None:
        fill(pool)
        values = [*publics(pool), 0][:how_many]
        assert "not ten public inputs" in pool.believed(pool.owner, *values).reason

    def test_a_refused_proof(self, pool: Pool) -> None:
        fill(pool)
        length, _, *rest = believed_data(*publics(pool))
        ran = pool.owner.call(pool.address, "handle_zkp", length, 1, *rest)
        assert "no such proof" in ran.reason
        assert pool.spent(77) == [False]

    def test_more_than_there_is(self, pool: Pool) -> None:
        """Nothing of it happens."""
        fill(pool)
        values = publics(pool, amount=10**20, token=pool.token)
        assert "balance too small" in pool.believed(pool.owner, *values).reason
        assert (pool.spent(77), len(pool.leaves())) == ([False], 3)
        values = publics(pool, amount=1, token=FIELD - 1)
        assert "not an address" in pool.believed(pool.owner, *values).reason
        values = publics(pool, amount=1, token=pool.token, to=2**251)
        assert "not an address" in pool.believed(pool.owner, *values).reason

    def test_a_token_that_calls_back(self, pool: Pool, owner: Wallet) -> None:
        """The same proof from inside the payment: its sender is the token, and it is spent."""
        fill(pool)
        token = of_tests(owner, "HostileToken")
        values = publics(pool, amount=1, token=token, auth_done=1)
        data, name = believed_data(*values), selector("handle_zkp")
        owner.call(token, "call_back", pool.address, name, len(data), *data).good()
        assert "transaction is spent" in pool.believed(owner, *values).reason


class TestOwner:
    def test_may_change_verifier_and_code(self, pool: Pool, stranger: Wallet) -> None:
        place = hex(selector("verifier"))
        for name, data in (
            ("setVerifierAddress", (5,)),
            ("upgrade", (pool.owner.declare("PracticeToken"),)),
            ("transfer_ownership", (stranger.address,)),
            ("transferOwnership", (stranger.address,)),
            ("renounce_ownership", ()),
            ("renounceOwnership", ()),
        ):
            ran = stranger.call(pool.address, name, *data)
            assert "Caller is not the owner" in ran.reason, name
        pool.owner.call(pool.address, "setVerifierAddress", 5).good()
        address = hex(pool.address)
        found = pool.devnet.ask(
            "starknet_getStorageAt", contract_address=address, key=place, block_id="latest"
        )
        assert int(found, 16) == 5, "where the program looks for it"
        assert "class hash is zero" in pool.owner.call(pool.address, "upgrade", 0).reason
        new = pool.owner.declare("PracticeToken")
        ran = pool.owner.call(pool.address, "upgrade", new).good()
        assert [int(ran.events[0]["keys"][0], 16), *map(felt, ran.events[0]["data"])] == [
            starknet_keccak(b"Upgraded"),
            new,
        ]
        told = pool.devnet.ask(
            "starknet_getClassHashAt", contract_address=address, block_id="latest"
        )
        assert int(told, 16) == new

    def test_gives_it_on(self, pool: Pool, owner: Wallet, stranger: Wallet) -> None:
        assert pool.ask("owner") == [owner.address]
        assert "new owner is zero" in owner.call(pool.address, "transfer_ownership", 0).reason
        ran = owner.call(pool.address, "transfer_ownership", stranger.address).good()
        assert [felt(one) for one in ran.events[0]["keys"]] == [
            starknet_keccak(b"OwnershipTransferred"),
            owner.address,
            stranger.address,
        ]
        assert pool.ask("owner") == [stranger.address]
        assert "not the owner" in owner.call(pool.address, "setVerifierAddress", 5).reason
        stranger.call(pool.address, "renounceOwnership").good()
        assert pool.ask("owner") == [0]


def felt(text: str) -> int:
    return int(text, 16)


def test_the_published_abi() -> None:
    """Names, arguments, results and kinds; the struct's fields; the events and their keys."""
    _, taken = ContractClasses(Path()).load("PracticeChamber")
    abi = json.loads(taken.abi)
    assert "\n".join(signatures(abi)) == SIGNATURES
    assert {name: selector(name) for name in PUBLISHED} == PUBLISHED
    structs = {short(one["name"]): one["members"] for one in abi if one["type"] == "struct"}
    assert [one["name"] for one in structs["Asset"]] == ["amount", "addr"]
    assert [one["name"] for one in structs["IGroth16VerifierBN254Dispatcher"]] == [
        "contract_address"
    ]
    owners = [("previous_owner", "key"), ("new_owner", "key")]
    assert events(abi) == {
        "OwnershipTransferred": owners,
        "OwnershipTransferStarted": owners,
        "Upgraded": [("class_hash", "data")],
    }


def test_ours_stands_the_look_at_the_real_one(devnet: Devnet, owner: Wallet) -> None:
    """What test_mainnet_fork.py asks of MIST's own contract, so that it is known to work."""
    pool = Pool(devnet, owner, owner.deploy("MistVerifier"))
    fill(pool)
    found = look_at(devnet, pool.address)
    assert found.owner == owner.address
    assert found.leaves == 3
    assert found.differs == []


def test_gas(pool: Pool) -> None:
    """The dearest append of a small tree, and from it what the last of 2^20 leaves would cost."""
    costs = [pool.deposit(plain_hash(one, 1), 1).good().gas for one in range(8)]
    ones = [one.bit_count() for one in range(8)]
    assert sorted(range(8), key=lambda one: (ones[one], one)) == sorted(
        range(8), key=lambda one: (costs[one], one)
    )
    one_hash = (costs[7] - costs[0]) // 3
    for size, cost in enumerate(costs, 1):
        print(f"deposit of leaf {size}: {cost:,} L2 gas")
    values = publics(pool, amount=1, token=pool.token)
    spent = pool.believed(pool.owner, *values).good().gas
    print(f"handle_zkp without checking the proof, 8 leaves: {spent:,} L2 gas")
    assert spent < 100_000_000
    assert one_hash < 10_000_000
    assert costs[0] + 20 * one_hash < 300_000_000

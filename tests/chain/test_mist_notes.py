"""Notes over a real node: found, spent, taken back, recovered; and all that the node was asked.

The practice Chamber runs on a devnet that keeps old states; its verifier here believes everything,
as what is looked at are leaves and calldata. Between program and node stands a proxy that keeps
every request.
"""

import json
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

import pytest

from obsqra_desktop.chain.pool_watch import StarknetPools
from obsqra_desktop.domain.amounts import Token
from obsqra_desktop.domain.mist.facts import equal_deposits
from obsqra_desktop.domain.mist.held_notes import HeldNote, NoteState
from obsqra_desktop.domain.mist.note import Spend, SpendPublics
from obsqra_desktop.domain.network import PRACTICE_CHAIN, Network
from obsqra_desktop.services.mist_ports import PoolWatch
from tests.chain.chamber_parts import Pool, Wallet, of_tests
from tests.chain.fault_proxy import Server, proxy_of
from tests.chain.making import chain_of
from tests.chain.pipeline import practice
from tests.devnet import Devnet, running
from tests.services.mist import world
from tests.services.mist.chamber import ReferenceChamber
from tests.services.mist.parts import drawing, run
from tests.services.mist.world import WHOLE, Person, balance, digest, held

pytestmark = [
    pytest.mark.loopback,
    pytest.mark.native,
    pytest.mark.filterwarnings("ignore:Sending a large body directly:ResourceWarning"),
]


@pytest.fixture(scope="module")
def archive() -> Iterator[Devnet]:
    """A devnet that keeps all states."""
    options = ("--chain-id", PRACTICE_CHAIN, "--state-archive-capacity", "full")
    with running(*options, "--predeclare-argent") as one:
        yield one


class DevnetPool:
    """Stands where the reference Chamber stands, over a real node behind a proxy."""

    def __init__(self, devnet: Devnet, owner: Wallet, verifier: int, proxy: Server) -> None:
        self.devnet, self.owner, self.proxy = devnet, owner, proxy
        self.contract = Pool(devnet, owner, verifier)
        self.network = practice(proxy.url)

    @property
    def token(self) -> Token:
        return Token("T", "Test", self.contract.token, 18)

    def deposit(self, sender: int, secret: int, token: int, amount: int) -> None:
        assert sender == self.owner.address
        self.contract.deposit(secret, amount, token=token).good()

    def spend(self, spend: Spend) -> None:
        note = spend.note
        first, second = (digest(o.secret, note.token, o.amount) for o in spend.outputs)
        values = SpendPublics(
            owner=note.owner,
            withdraw_amount=spend.withdraw,
            withdraw_token=note.token if spend.withdraw else 0,
            withdraw_to=note.owner,
            root=self.contract.root(),
            nullifier=note.nullifier(digest),
            first=first,
            second=second,
        ).values()
        self.contract.believed(self.owner, *values).good()

    @asynccontextmanager
    async def open(self, _network: Network, purpose: str) -> AsyncIterator[PoolWatch]:
        chain = chain_of(self.network)
        try:
            async with StarknetPools(chain).open(self.network, purpose) as watch:
                yield watch
        finally:
            await chain.close()


@pytest.fixture(scope="module")
def pool(archive: Devnet) -> Iterator[DevnetPool]:
    owner = Wallet(archive, 3)
    verifier = of_tests(owner, "AnyProof")
    with proxy_of(archive.url) as proxy:
        yield DevnetPool(archive, owner, verifier, proxy)


def person_at(path: Path, pool: DevnetPool, seed: bytes, monkeypatch: pytest.MonkeyPatch) -> Person:
    monkeypatch.setattr(world, "NETWORK", pool.network)
    monkeypatch.setattr(world, "POOL", pool.contract.address)
    chain = cast("ReferenceChamber", cast("Any", pool))
    return Person(path, chain, (pool.owner.address,), seed)


def own_numbers(person: Person, notes: tuple[HeldNote, ...]) -> dict[str, int]:
    """Everything that no node may be asked about."""
    keys = person.keys
    found = {"secret of all": int.from_bytes(drawing(person.seed)(32))}
    for note in notes:
        plain = note.note(keys)
        found |= {
            f"{note.id} key": plain.claiming_key,
            f"{note.id} secret": plain.secret(digest),
            f"{note.id} leaf": note.leaf,
            f"{note.id} nullifier": plain.nullifier(digest),
        }
    return found


def forms(value: int) -> set[str]:
    """As a number, in hex, and its halves as felts; small halves would be found anywhere."""
    halves = [value, value % 2**128, value >> 128]
    return {form for one in halves if one > 2**64 for form in (f"{one:x}", str(one))}


def test_notes_are_found_spent_and_recovered_and_the_node_learns_nothing(
    pool: DevnetPool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    person = person_at(tmp_path / "one", pool, b"devnet", monkeypatch)
    owner, token = pool.owner.address, pool.contract.token
    odd = person.deposit(1_234_567_890_123_456_789, owner, token)
    large = person.deposit(50 * WHOLE, owner, token)
    report = person.scan(tokens=(pool.token,))
    assert set(report.arrived) == {odd.id, large.id}
    (change,) = person.withdraw(odd, WHOLE, owner)
    half, rest = person.split(large, 20 * WHOLE, owner)
    person.scan(tokens=(pool.token,))
    (kept,) = person.forward(half, 5 * WHOLE, digest(77, 78), owner)
    mine = person.scan(tokens=(pool.token,)).book
    assert balance(mine) == change.amount + rest.amount + kept.amount
    assert {one.state for one in mine.notes if one.held} == {NoteState.UNSPENT}

    other = person_at(tmp_path / "two", pool, b"heir", monkeypatch)
    run(other.notes.bring_back(drawing(person.seed)(32), None, ()))
    found = run(other.scans.recover(pool.network, other.keys, tokens=(pool.token,)))
    assert held(found.book) == held(mine)
    assert found.book.next_index >= mine.next_index
    assert found.book.missing == ()

    asked = b"\n".join(pool.proxy.bodies).decode().lower()
    assert len(pool.proxy.bodies) > 30
    assert hex(pool.contract.address) in asked, "else nothing would be shown by the search"
    said = asked + caplog.text.lower() + repr(mine) + repr(found) + repr(report)
    for name, value in own_numbers(person, mine.notes).items():
        for form in forms(value):
            assert form not in said, name
    methods = {json.loads(body)["method"] for body in pool.proxy.bodies}
    assert methods <= {
        "starknet_chainId",
        "starknet_specVersion",
        "starknet_getBlockWithTxHashes",
        "starknet_getNonce",
        "starknet_call",
        "starknet_getBlockWithReceipts",
    }
    calls = [
        json.loads(body)["params"][0]
        for body in pool.proxy.bodies
        if json.loads(body)["method"] == "starknet_call"
    ]
    assert all(call["calldata"] == [] for call in calls), "no call has an argument"


def test_deposits_of_others_are_counted_by_what_a_real_token_says(
    pool: DevnetPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = person_at(tmp_path / "one", pool, b"counting", monkeypatch)
    looker = Person(tmp_path / "two", person.chain, (0xA11CE,), b"somebody else")
    token = pool.contract.token
    before = 3 * WHOLE + 17
    for _ in range(2):
        person.deposit(before, pool.owner.address, token)
    looker.scan(tokens=(pool.token,))
    leaves = pool.contract.leaves()
    assert equal_deposits(looker.book, leaves, token, before) == (2, 0)
    assert equal_deposits(looker.book, leaves, token, before + 1) == (0, 0)
    person.scan(tokens=(pool.token,))
    assert equal_deposits(person.book, leaves, token, before) == (0, 0)  # they are its own


def test_blocks_that_the_node_takes_back(
    pool: DevnetPool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = person_at(tmp_path / "one", pool, b"reorganised", monkeypatch)
    owner, token = pool.owner.address, pool.contract.token
    first = person.deposit(7 * WHOLE, owner, token)
    person.scan(tokens=(pool.token,))
    second = person.deposit(8 * WHOLE, owner, token)
    person.withdraw(first, WHOLE, owner)
    before = person.scan(tokens=(pool.token,))
    assert before.complete, before.gap
    states = {one.id: one.state for one in before.book.notes}
    assert (states[first.id], states[second.id]) == (NoteState.SPENT, NoteState.UNSPENT)
    head = pool.devnet.ask("starknet_blockNumber")
    pool.devnet.ask("devnet_abortBlocks", starting_block_id={"block_number": head - 1})
    pool.contract.deposit(digest(1, 99), 5).good()
    report = person.scan(tokens=(pool.token,))
    states = {one.id: one.state for one in report.book.notes}
    assert report.reorganised
    assert states[first.id] in {NoteState.UNSPENT, NoteState.SPENDING}
    assert states[second.id] is NoteState.AWAITED


def test_a_node_without_old_states_is_told(
    devnet: Devnet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner = Wallet(devnet, 5)
    with proxy_of(devnet.url) as proxy:
        pool = DevnetPool(devnet, owner, of_tests(owner, "AnyProof"), proxy)
        person = person_at(tmp_path / "one", pool, b"forgetful", monkeypatch)
        entry = person.deposit(7 * WHOLE, owner.address, pool.contract.token)
        report = person.scan(tokens=(pool.token,))
    assert not report.complete
    assert "old blocks" in report.gap
    assert [(one.id, one.state) for one in report.book.notes] == [(entry.id, NoteState.UNCHECKED)]

"""The practice chain's private pool: made, stopped in the middle, restarted, reset; real proofs."""

import asyncio
import os
from collections.abc import Callable, Coroutine, Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Any, TypeVar

import pytest

from obsqra_desktop.app import Services, build_services
from obsqra_desktop.chain.connections import ConnectionRegister
from obsqra_desktop.chain.crypto import StarkCrypto
from obsqra_desktop.chain.practice_hand import PracticeHand
from obsqra_desktop.chain.rpc import Rpc
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_errors import WouldFail
from obsqra_desktop.domain.errors import Cancelled
from obsqra_desktop.domain.mist.note import Note, Output, Spend
from obsqra_desktop.domain.mist.practice import PracticePool
from obsqra_desktop.domain.network import default_settings
from obsqra_desktop.domain.practice_market import Turn
from obsqra_desktop.domain.shipped import resource_root
from obsqra_desktop.domain.transaction import Call
from obsqra_desktop.privacy.calls import deposit_calls, proof_call
from obsqra_desktop.privacy.statement import make_statement
from obsqra_desktop.proving.mist import NativeMistHash, NativeMistProver, NativeMistTree
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.market_view import MarketPhase
from obsqra_desktop.services.practice_private import PracticePrivateService
from obsqra_desktop.services.practice_tools import PracticeTools
from obsqra_desktop.storage.contracts import ContractClasses
from obsqra_desktop.storage.practice import PracticeFolder
from tests.chain.chamber_parts import array, ask, readable, whole
from tests.chain.making import MemoryStore
from tests.chain.practice_bench import node_of
from tests.chain.program import Program
from tests.devnet import PATIENCE, Devnet, binary

pytestmark = [
    pytest.mark.loopback,
    pytest.mark.filterwarnings("ignore:Sending a large body directly:ResourceWarning"),
]
T = TypeVar("T")
DIGEST, TREE, CRYPTO = NativeMistHash(), NativeMistTree(), StarkCrypto()
PAYER, OWNER = 0x1111, 0x2222
"""Keys of accounts on a practice chain that ends with the test."""
ONE = 10**18


class Private:
    """A folder with a practice chain, the service that makes the pool, and accounts."""

    def __init__(self, folder: Path, runner: asyncio.Runner) -> None:
        self.runner = runner
        self.folder = folder
        self.services: Services = build_services(folder)
        register = ConnectionRegister(MemoryStore(), lambda: 0)
        self.rpc = Rpc(register, default_settings, timeout=PATIENCE)
        self.prover = NativeMistProver(resource_root() / "mist")
        tools = PracticeTools(
            self.services.practice,
            ContractClasses(folder),
            lambda key: PracticeHand(self.rpc, key, "practice pool"),
            CRYPTO.new_private_key,
            CRYPTO.contract_address,
        )
        self.private = PracticePrivateService(tools, PracticeFolder(folder))

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    @property
    def pool(self) -> PracticePool:
        found = self.private.pool()
        assert found is not None
        return found

    def node(self) -> Devnet:
        return node_of(self.do(self.services.practice.status()))

    def address(self, key: int) -> int:
        return PracticeHand(self.rpc, key).address

    def run(self, key: int, *calls: Call) -> str:
        """Why it was reverted; empty if not."""

        async def work() -> str:
            status = await self.services.practice.status()
            assert status.url
            hand = PracticeHand(self.rpc, key)
            await hand.reach(status.url)
            await hand.arrive()
            try:
                async with aclosing(hand.take([Turn(None, calls)])) as taken:
                    async for _ in taken:
                        pass
            except WouldFail as error:
                return readable(error.detail)
            return ""

        return self.do(work())

    def leaves(self) -> list[int]:
        return array(ask(self.node(), self.pool.pool, "tx_array"))

    def root(self) -> int:
        return whole(ask(self.node(), self.pool.pool, "merkle_root"))[0]

    def held(self, of: int) -> int:
        return whole(ask(self.node(), STRK.address, "balanceOf", of))[0]

    def note(self, claiming_key: int, amount: int = ONE) -> Note:
        return Note(claiming_key, self.address(OWNER), STRK.address, amount)

    def pay_in(self, note: Note) -> None:
        calls = deposit_calls(self.pool.pool, note.secret(DIGEST), note.token, note.amount)
        assert self.run(PAYER, *calls) == ""

    def prove(self, note: Note, withdraw: int, *secrets: int) -> tuple[int, ...]:
        """The argument for one output with all the rest, one with nothing."""
        first, second = secrets
        rest = note.amount - withdraw
        spend = Spend(note, withdraw, (Output(first, rest), Output(second, 0)))
        statement = make_statement(spend, self.leaves(), self.root(), DIGEST, TREE)
        proof = self.prover.prove(statement, lambda _: None, lambda: False)
        return self.prover.calldata(statement.publics, proof.points)

    def send(self, key: int, argument: tuple[int, ...]) -> str:
        return self.run(key, proof_call(self.pool.pool, argument))

    def blocks(self) -> int:
        return int(self.node().ask("starknet_blockNumber"))

    def gas(self) -> int:
        """L2 gas of the newest transaction."""
        told = self.node().ask("starknet_getBlockWithReceipts", block_id="latest")
        (one,) = told["transactions"]
        return int(one["receipt"]["execution_resources"]["l2_gas"])

    def close(self) -> None:
        self.do(self.services.practice.down())
        self.do(self.rpc.close())
        self.do(self.services.close())


@pytest.fixture
def open_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[], Private]]:
    monkeypatch.setenv("PATH", f"{Path(binary()).parent}{os.pathsep}{os.environ['PATH']}")
    with asyncio.Runner() as runner:
        made: list[Private] = []

        def make() -> Private:
            made.append(Private(tmp_path / "data", runner))
            return made[-1]

        yield make
        for one in made:
            one.close()


def test_money_goes_through_it(open_private: Callable[[], Private]) -> None:
    """A's deposit is B's note; what B's proof says happens, once, and only when B sends it."""
    here = open_private()
    pool = here.do(here.private.make())
    assert here.services.practice_private.pool() == pool, "what the program itself makes"
    identity = pool.known().identity
    assert identity is not None
    assert (identity.verifier, identity.owner) == (pool.verifier, pool.owner)
    note = here.note(0xC0FFEE)
    here.pay_in(here.note(0xFACADE, 3))
    here.pay_in(note)
    assert here.leaves()[1] == note.leaf(DIGEST)
    assert here.root() == TREE.root(here.leaves())
    argument = here.prove(note, ONE // 4, 0x51, 0x52)
    leaves, held = here.leaves(), here.held(here.address(OWNER))
    for place in (1, 5, 9, 29, 38, 46, 48, 50):
        changed = list(argument)
        changed[place] ^= 1
        assert here.send(OWNER, tuple(changed)) != "", place
    assert "only owner caller or zk auth" in here.send(PAYER, argument)
    assert here.leaves() == leaves

    assert here.send(OWNER, argument) == ""
    assert here.gas() < 1_110_000_000, "more than a public network runs in one transaction"
    assert here.held(pool.pool) == ONE * 3 // 4 + 3
    assert here.held(here.address(OWNER)) > held, "more came than the fees"
    change = [DIGEST(0x51, STRK.address, ONE * 3 // 4), DIGEST(0x52, STRK.address, 0)]
    assert here.leaves() == [*leaves, *change]
    assert "transaction is spent" in here.send(OWNER, argument)

    # All of it is there after the chain was stopped and started.
    here.do(here.services.practice.down())
    here.do(here.services.practice.up())
    blocks = here.blocks()
    assert here.do(here.private.make()) == pool
    assert here.blocks() == blocks, "nothing is made twice"
    assert here.leaves() == [*leaves, *change]
    again = here.prove(note, 0, 0x53, 0x54)
    assert "transaction is spent" in here.send(OWNER, again), "another proof, the same note"


def test_stopped_in_the_middle(open_private: Callable[[], Private]) -> None:
    """At each of its phases; the next time it goes on, and nothing is made twice."""
    here = open_private()
    said: list[str] = []
    for _ in range(20):
        token = CancelToken()
        fresh: list[str] = []

        def stop(phase: MarketPhase, token: CancelToken = token, fresh: list[str] = fresh) -> None:
            fresh.append(phase.words)
            if len(fresh) == 2:
                token.cancel()

        try:
            here.do(here.private.make(stop, token))
            break
        except Cancelled:
            assert here.private.pool() is None, "half a pool is none"
        said += fresh
    else:
        pytest.fail("it never ends")
    assert list(dict.fromkeys(said)) == [
        "Starting the practice chain",
        "Making the pool's account",
        "Declaring the pool's contracts",
        "Deploying what checks proofs",
    ]
    blocks = here.blocks()
    here.do(here.private.make())
    assert here.blocks() == blocks


def test_a_market_can_come_later(open_private: Callable[[], Private]) -> None:
    """The market gives the chain a past by a restart: the pool and what is in it stay."""
    here = open_private()
    pool = here.do(here.private.make())
    here.pay_in(here.note(1))
    leaves = here.leaves()
    made = here.do(here.services.practice_market.make())
    assert made.steps > 40
    assert here.leaves() == leaves
    assert here.do(here.private.make()) == pool


def test_reset_takes_it_away(tmp_path: Path) -> None:
    """By the command line; made anew it is another one, of another owner."""
    program = Program(tmp_path)
    program.folder.mkdir(exist_ok=True)
    try:
        first = program.good("practice", "private")
        assert set(first) == {
            "pool",
            "class_hash",
            "verifier",
            "verifier_class",
            "owner",
        }
        assert program.good("practice", "private") == first
        program.good("practice", "reset", "--yes")
        assert PracticeFolder(program.data_dir).pool() is None
        second = program.good("practice", "private")
        assert second["owner"] != first["owner"]
        assert second["class_hash"] == first["class_hash"]
        record = PracticeFolder(program.data_dir).private_hand()
        assert record is not None
        key = hex(record.play_money_key)
        assert all(key[2:] not in text for text in program.said)
    finally:
        program.good("practice", "down")


def test_a_damaged_record_is_none(tmp_path: Path) -> None:
    folder = PracticeFolder(tmp_path)
    (folder.folder / "pool.json").write_text("{}")
    (folder.folder / "private.json").write_text("[")
    assert folder.pool() is None
    assert folder.private_hand() is None

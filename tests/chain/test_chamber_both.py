"""Money through a Chamber with real proofs: the practice chain's, and MIST's own on a fork.

The same words for both, so that what runs on a fork is known to be right before anybody has one.
The fork is made only with OBSQRA_MAINNET_RPC, the address of a mainnet node; the transactions stay
in the fork. Each test leaves the pool bigger, and none looks at what another one did.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

import pytest

from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.mist.note import Note, Output, Spend
from obsqra_desktop.domain.mist.pool import PoolsFile
from obsqra_desktop.domain.network import PRACTICE_CHAIN
from obsqra_desktop.domain.shipped import resource_root
from obsqra_desktop.privacy.calls import deposit_calls, proof_call
from obsqra_desktop.privacy.statement import make_statement
from obsqra_desktop.proving.mist import NativeMistHash, NativeMistProver, NativeMistTree
from tests.chain.chamber_parts import Pool, Ran, Wallet, array, ask, whole
from tests.conftest import OUTER
from tests.devnet import Devnet, running

NODE = OUTER.get("OBSQRA_MAINNET_RPC", "")
ON_A_FORK = pytest.mark.skipif(not NODE, reason="set OBSQRA_MAINNET_RPC to a mainnet node")
BOTH = ["practice", pytest.param("fork", marks=ON_A_FORK)]
OLD_ROOTS: dict[str, bool | None] = {"practice": True, "fork": None}
"""Whether a proof on a root before the newest is taken. None is not known yet: the test says what
it has seen, and is red until somebody writes it down here and in docs/private-money.md."""
pytestmark = [
    pytest.mark.loopback,
    pytest.mark.filterwarnings("ignore:Sending a large body directly:ResourceWarning"),
]
DIGEST, TREE = NativeMistHash(), NativeMistTree()
ONE = 10 * 10**18
"""Of each note: a quarter is more than a fee."""
MOST_GAS = 1_110_000_000
"""L2 gas that a public network runs in one transaction."""


@dataclass
class Place:
    """A Chamber, who pays in, and who owns the notes."""

    name: str
    devnet: Devnet
    pool: int
    payer: Wallet
    owner: Wallet
    prover: NativeMistProver
    keys: "count[int]" = field(default_factory=lambda: count(0x0B5C0A, 1000))

    def leaves(self) -> list[int]:
        return array(ask(self.devnet, self.pool, "tx_array"))

    def root(self) -> int:
        return whole(ask(self.devnet, self.pool, "merkle_root"))[0]

    def held(self, of: int) -> int:
        return whole(ask(self.devnet, STRK.address, "balanceOf", of))[0]

    def secret(self) -> int:
        """A fresh one that nobody can spend."""
        return DIGEST(next(self.keys), 1)

    def pay_in(self, secret: int, amount: int = ONE) -> Ran:
        return self.payer.run(*deposit_calls(self.pool, secret, STRK.address, amount))

    def note(self) -> Note:
        """A fresh one of the owner's, paid in by another account."""
        note = Note(next(self.keys), self.owner.address, STRK.address, ONE)
        self.pay_in(note.secret(DIGEST)).good()
        return note

    def prove(self, note: Note, withdraw: int, *secrets: int) -> tuple[int, ...]:
        """The argument, on the newest root: one output with the rest, one with nothing."""
        first, second = secrets
        outputs = (Output(first, note.amount - withdraw), Output(second, 0))
        spend = Spend(note, withdraw, outputs)
        statement = make_statement(spend, self.leaves(), self.root(), DIGEST, TREE)
        proof = self.prover.prove(statement, lambda _: None, lambda: False)
        return self.prover.calldata(statement.publics, proof.points)

    def send(self, who: Wallet, argument: tuple[int, ...]) -> Ran:
        return who.run(proof_call(self.pool, argument))


@pytest.fixture(scope="module", params=BOTH)
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """The practice Chamber with its real verifier, or MIST's."""
    prover = NativeMistProver(resource_root() / "mist")
    forked = request.param == "fork"
    options = ("--fork-network", NODE) if forked else ("--chain-id", PRACTICE_CHAIN)
    with running(*options) as devnet:
        payer, owner = Wallet(devnet, 0), Wallet(devnet, 1)
        for one in (payer, owner):
            devnet.mint(one.address, 100 * ONE)
        if forked:
            raw = (resource_root() / "mist" / "pools.json").read_bytes()
            known = PoolsFile.parse(raw, "pools.json").on("SN_MAIN")
            assert known is not None
            address = known.address
        else:
            address = Pool(devnet, payer, payer.deploy("MistVerifier")).address
        yield Place(request.param, devnet, address, payer, owner, prover)


def test_in_and_out_and_only_so(place: Place) -> None:
    """A's deposit is B's note; what B's proof says happens, once, and only when B sends it."""
    before, held = place.leaves(), place.held(place.pool)
    note = place.note()
    leaves = place.leaves()
    assert leaves == [*before, note.leaf(DIGEST)]
    assert place.root() == TREE.root(leaves)
    assert place.held(place.pool) == held + ONE

    change = Note(next(place.keys), place.owner.address, STRK.address, ONE * 3 // 4)
    empty = place.secret()
    argument = place.prove(note, ONE // 4, change.secret(DIGEST), empty)
    assert place.send(place.payer, argument).reason, "a foreign sender"
    for spot in (1, 38, 46, 48):  # a point of the proof, amount, nullifier, the first output
        changed = list(argument)
        changed[spot] ^= 1
        assert place.send(place.owner, tuple(changed)).reason, spot
    assert (place.leaves(), place.held(place.pool)) == (leaves, held + ONE)

    mine = place.held(place.owner.address)
    ran = place.send(place.owner, argument).good()
    assert ran.gas < MOST_GAS
    assert place.held(place.pool) == held + ONE * 3 // 4
    assert place.held(place.owner.address) > mine, "more came than the fee"
    made = [change.leaf(DIGEST), DIGEST(empty, STRK.address, 0)]
    assert place.leaves() == [*leaves, *made]
    assert place.root() == TREE.root(place.leaves())
    assert place.send(place.owner, argument).reason, "the same proof again"
    again = place.prove(note, 0, place.secret(), place.secret())
    assert place.send(place.owner, again).reason, "another proof of the same note"

    rest = place.prove(change, change.amount, place.secret(), place.secret())
    place.send(place.owner, rest).good()
    assert place.held(place.pool) == held


def test_a_rewrap_moves_nothing(place: Place) -> None:
    """No amount and no token are named; two leaves come all the same."""
    note = place.note()
    leaves, held = place.leaves(), place.held(place.pool)
    moved = Note(next(place.keys), place.owner.address, STRK.address, ONE)
    argument = place.prove(note, 0, moved.secret(DIGEST), place.secret())
    place.send(place.owner, argument).good()
    assert place.held(place.pool) == held
    assert place.leaves()[: len(leaves) + 1] == [*leaves, moved.leaf(DIGEST)]
    assert len(place.leaves()) == len(leaves) + 2


def test_one_deposit_for_a_secret(place: Place) -> None:
    secret = place.secret()
    place.pay_in(secret, 3).good()
    leaves = place.leaves()
    assert place.pay_in(secret, 4).reason
    assert place.leaves() == leaves
    told = ask(place.devnet, place.pool, "assets_from_secret", secret % 2**128, secret >> 128)
    assert told == [3, 0, STRK.address]


def test_a_proof_on_an_old_root(place: Place) -> None:
    """The program never sends one (`ensure_current`); here is what would become of it."""
    note = place.note()
    argument = place.prove(note, ONE, place.secret(), place.secret())
    place.pay_in(place.secret(), 5).good()
    leaves, held = place.leaves(), place.held(place.pool)
    ran = place.send(place.owner, argument)
    taken = not ran.reason
    assert len(place.leaves()) == len(leaves) + 2 * taken
    assert place.held(place.pool) == held - ONE * taken
    assert taken is OLD_ROOTS[place.name], f"write it down: taken {taken}. {ran.reason}"

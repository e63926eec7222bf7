"""MIST's proof check in Cairo on a real devnet: what it accepts, and everything that it refuses.

Its verdicts are compared with the native verifier's (arkworks), and its public answer with what was
asked. The spans are garaga's where the native prover allows one, else written here the same way.
"""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest

from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.mist.note import SpendPublics, SpendStatement
from obsqra_desktop.domain.shipped import resource_root
from obsqra_desktop.domain.transaction import MAX_L2_GAS
from obsqra_desktop.proving.mist import NativeMistHash, NativeMistProver, NativeMistTree
from obsqra_desktop.proving.mist_calldata import proof_calldata
from obsqra_desktop.proving.mist_trial import trial_statement
from obsqra_desktop.storage.contracts import ContractClasses
from tests.chain.chamber_parts import Pool, Wallet, tried, u256
from tests.devnet import Devnet
from tests.devtools.pairing import key
from tests.devtools.pairing.tower import P, R
from tests.pairing.material import (
    BOUND,
    PROOFS,
    PUBLICS,
    WITHDRAW_TO,
    g2,
    of_small_order,
    plus2,
    twist_point,
    values,
)
from tests.proving.making import never
from tests.vectors.mist import published_publics, published_statement

pytestmark = [
    pytest.mark.loopback,
    pytest.mark.filterwarnings("ignore:Sending a large body directly:ResourceWarning"),
]
ENTRY = "verify_groth16_proof_bn254"
FELTS, LIMBS = 2061, 32
GAS = 700_000_000
"""Of the whole transaction, by the devnet's accounts, whose gas follows the steps of Cairo."""
PROOF = list(PROOFS[0])
KEY = key.read_key()
MUTATIONS = 104


@pytest.fixture(scope="module")
def wallet(devnet: Devnet) -> Wallet:
    return Wallet(devnet, 5)


@pytest.fixture(scope="module")
def verifier(wallet: Wallet) -> int:
    return wallet.deploy("MistVerifier")


@pytest.fixture(scope="module")
def prover() -> NativeMistProver:
    return NativeMistProver(resource_root() / "mist")


def span(proof: Sequence[int], publics: Sequence[int]) -> list[int]:
    """The argument, its length first; zeros where garaga writes hints."""
    felts = [value >> 96 * limb & (2**96 - 1) for value in proof for limb in range(4)]
    felts += [len(publics), *(half for value in publics for half in u256(value))]
    return [FELTS, *felts, *[0] * (FELTS - len(felts))]


def verdict(devnet: Devnet, verifier: int, argument: Sequence[int]) -> str:
    """Empty if it is accepted with exactly these public inputs, else the reason."""
    felts, reason = tried(devnet, verifier, ENTRY, *argument)
    assert not reason, reason
    if felts[0] == 0:
        assert felts[1:] == list(argument[1 + LIMBS : 1 + LIMBS + 1 + 20])
        return ""
    assert len(felts) == 2
    return felts[1].to_bytes(31, "big").lstrip(b"\0").decode("ascii")


def accepted_natively(prover: NativeMistProver, proof: Sequence[int], publics: list[int]) -> bool:
    assert publics[1] == 0
    try:
        prover.verify(SpendPublics(publics[0], *publics[2:]), proof)
    except AppError:
        return False
    return True


def ignore(_: object) -> None:
    """No progress wanted."""


def test_the_published_proof(devnet: Devnet, verifier: int, prover: NativeMistProver) -> None:
    """As garaga writes it, which is the span that MIST's own program recorded."""
    made = proof_calldata(prover.check(), published_publics(), PROOF)
    assert list(made[: 1 + LIMBS + 21]) == span(PROOF, PUBLICS)[: 1 + LIMBS + 21]
    assert verdict(devnet, verifier, made) == ""


def test_proofs_of_our_own(devnet: Devnet, verifier: int, prover: NativeMistProver) -> None:
    for statement in (published_statement(), trial_statement()):
        proof = prover.prove(statement, ignore, never)
        made = prover.calldata(statement.publics, proof.points)
        assert verdict(devnet, verifier, made) == ""
    assert verdict(devnet, verifier, span(PROOFS[1], PUBLICS)) == ""


@pytest.mark.parametrize("place", range(8))
def test_each_coordinate_changed_by_one(devnet: Devnet, verifier: int, place: int) -> None:
    proof = list(PROOF)
    proof[place] = (proof[place] + 1) % P
    assert verdict(devnet, verifier, span(proof, PUBLICS)) == "mist: curve"


@pytest.mark.parametrize("place", BOUND)
def test_each_bound_input_changed_by_one(devnet: Devnet, verifier: int, place: int) -> None:
    publics = list(PUBLICS)
    publics[place] += 1
    assert verdict(devnet, verifier, span(PROOF, publics)) == "mist: pairing"


def test_where_money_goes_is_not_bound(devnet: Devnet, verifier: int) -> None:
    """The hole of the published circuit, which no verifier of its key can close."""
    publics = list(PUBLICS)
    publics[WITHDRAW_TO] += 1
    assert verdict(devnet, verifier, span(PROOF, publics)) == ""


def test_negated_and_foreign_points(devnet: Devnet, verifier: int) -> None:
    """On their curves and of order R, so that only the equation can refuse them."""
    for places in ((1,), (7,), (4, 5), (1, 7)):
        proof = list(PROOF)
        for place in places:
            proof[place] = P - proof[place]
        assert verdict(devnet, verifier, span(proof, PUBLICS)) == "mist: pairing"
    both = list(PROOF)
    both[1], both[4], both[5] = P - both[1], P - both[4], P - both[5]
    assert verdict(devnet, verifier, span(both, PUBLICS)) == "", "e(-A, -B) = e(A, B)"
    for point in (KEY.beta, KEY.gamma, KEY.delta):
        proof = [*PROOF[:2], *values(point), *PROOF[6:]]
        assert verdict(devnet, verifier, span(proof, PUBLICS)) == "mist: pairing"


def test_points_of_the_twist_outside_the_subgroup(devnet: Devnet, verifier: int) -> None:
    chance = Random(2)
    for _ in range(4):
        proof = [*PROOF[:2], *twist_point(chance), *PROOF[6:]]
        assert verdict(devnet, verifier, span(proof, PUBLICS)) == "mist: subgroup"
    small = of_small_order(chance)
    for point in (small, plus2(small, g2(PROOFS[0][2:6]))):
        proof = [*PROOF[:2], *values(point), *PROOF[6:]]
        assert verdict(devnet, verifier, span(proof, PUBLICS)) == "mist: subgroup"


def test_infinity_and_other_points_off_the_curves(devnet: Devnet, verifier: int) -> None:
    for at, zeros in ((0, 2), (2, 4), (6, 2)):
        proof = list(PROOF)
        proof[at : at + zeros] = [0] * zeros
        assert verdict(devnet, verifier, span(proof, PUBLICS)) == "mist: curve"
        proof[at + zeros - 1] = 1
        assert verdict(devnet, verifier, span(proof, PUBLICS)) == "mist: curve"


def test_numbers_in_another_form(devnet: Devnet, verifier: int) -> None:
    for place in range(8):
        proof = list(PROOF)
        proof[place] += P
        assert verdict(devnet, verifier, span(proof, PUBLICS)) == "mist: coordinate"
        proof[place] = P
        assert verdict(devnet, verifier, span(proof, PUBLICS)) == "mist: coordinate"
    for place in range(10):
        publics = list(PUBLICS)
        publics[place] += R
        assert verdict(devnet, verifier, span(PROOF, publics)) == "mist: input"
        publics[place] = R
        assert verdict(devnet, verifier, span(PROOF, publics)) == "mist: input"
    good = span(PROOF, PUBLICS)
    for place in range(LIMBS):
        limbs = list(good)
        limbs[1 + place] += 2**96
        if place % 4 < 2:  # carried over: the same number, another form
            limbs[2 + place] -= 1
        assert verdict(devnet, verifier, limbs) == "mist: coordinate"
        limbs[1 + place] = 2**251
        assert verdict(devnet, verifier, limbs) == "mist: coordinate"
    for place in range(20):
        halves = list(good)
        halves[2 + LIMBS + place] += 2**128
        assert verdict(devnet, verifier, halves) == "mist: input"


def test_spans_of_another_form(devnet: Devnet, verifier: int) -> None:
    good = span(PROOF, PUBLICS)
    for felts in ([], good[1:2], good[1:54], good[1:-1], [*good[1:], 0], [*good[1:], *good[1:]]):
        assert verdict(devnet, verifier, [len(felts), *felts]) == "mist: span"
    for count in (0, 9, 11, 2**128):
        other = list(good)
        other[1 + LIMBS] = count
        assert verdict(devnet, verifier, other) == "mist: span"


def test_hints_are_not_read(devnet: Devnet, verifier: int) -> None:
    other = span(PROOF, PUBLICS)
    other[1 + LIMBS + 21 :] = [2**251 for _ in other[1 + LIMBS + 21 :]]
    assert verdict(devnet, verifier, other) == ""


def changed(chance: Random, number: int) -> tuple[list[int], list[int]]:
    """A proof and inputs with something else in them, mostly still on the curves."""
    proof, publics = list(PROOFS[number % 2]), list(PUBLICS)
    kind = number % 13
    if kind < 8:
        proof[kind] ^= 1 << chance.randrange(253)
    elif kind == 8:
        publics[WITHDRAW_TO] = chance.randrange(R)
    elif kind == 9:
        place = chance.choice([place for place in BOUND if place != 1])
        publics[place] = chance.choice((0, 1, R - 1, chance.randrange(R)))
    elif kind == 10:
        at = chance.choice((0, 6))
        proof[at : at + 2] = values(key.times(chance.randrange(1, R), (KEY.alpha)))
    elif kind == 11:
        proof[2:6] = twist_point(chance)
    else:
        a, b = PROOFS[number % 2], PROOFS[1 - number % 2]
        proof = [*a[:2], *b[2:6], *a[6:]]
    return proof, publics


def test_random_changes_get_the_native_verdict(
    devnet: Devnet, verifier: int, prover: NativeMistProver
) -> None:
    chance = Random(5)
    said = []
    for number in range(MUTATIONS):
        proof, publics = changed(chance, number)
        found = verdict(devnet, verifier, span(proof, publics))
        assert (found == "") is accepted_natively(prover, proof, publics), (number, found)
        said.append(found)
    assert {"", "mist: curve", "mist: subgroup", "mist: pairing"} <= set(said)
    assert said.count("mist: pairing") >= 20


def test_gas(wallet: Wallet, verifier: int) -> None:
    ran = wallet.call(verifier, ENTRY, *span(PROOF, PUBLICS)).good()
    print(f"{ran.gas:,} L2 gas")
    assert ran.gas <= GAS


def test_class_is_what_the_documents_say() -> None:
    facts, _ = ContractClasses(Path()).load("MistVerifier")
    said = (Path(__file__).parents[2] / "docs" / "private-money.md").read_text("utf-8")
    for number in (facts.sierra_felts, facts.casm_felts, facts.bytes):
        assert f"{number:,}" in said


def test_a_pool_pays_for_a_real_proof(
    devnet: Devnet, wallet: Wallet, verifier: int, prover: NativeMistProver
) -> None:
    """Deposit, prove, withdraw a part: by the pool's own contract, which asks this verifier."""
    digest = NativeMistHash()
    pool = Pool(devnet, wallet, verifier)
    claiming_key, amount, kept = 0xABCDE, 1_000, 300
    secret = digest(claiming_key, wallet.address)
    pool.deposit(digest(5, 6), 7).good()
    pool.deposit(secret, amount).good()
    leaves = pool.leaves()
    path = NativeMistTree().path(leaves, leaves[1])
    first, second = digest(21, wallet.address), digest(22, wallet.address)
    publics = SpendPublics(
        owner=wallet.address,
        withdraw_amount=amount - kept,
        withdraw_token=pool.token,
        withdraw_to=wallet.address,
        root=pool.root(),
        nullifier=digest(digest(claiming_key + 1, wallet.address), pool.token, amount),
        first=digest(first, pool.token, kept),
        second=digest(second, pool.token, 0),
    )
    known = (claiming_key, amount, pool.token)
    statement = SpendStatement(publics, (*known, *path.siblings, 0, first, kept, second))
    argument = prover.calldata(publics, prover.prove(statement, ignore, never).points)
    before = pool.balance(wallet.address)
    forged = list(argument)
    forged[1 + LIMBS + 1 + 4] += 1  # a larger withdrawal
    assert "mist: pairing" in wallet.call(pool.address, "handle_zkp", *forged).reason
    assert pool.balance(wallet.address) == before
    ran = wallet.call(pool.address, "handle_zkp", *argument).good()
    print(f"{ran.gas:,} L2 gas")
    assert ran.gas <= MAX_L2_GAS
    assert pool.balance(wallet.address) == before + amount - kept
    assert pool.leaves() == [*leaves, publics.first, publics.second]
    assert wallet.call(pool.address, "handle_zkp", *argument).reason

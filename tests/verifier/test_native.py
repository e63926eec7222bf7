"""Two verifiers, one judgement: the native one and the plain one agree on every case."""

import importlib
import random
from types import ModuleType

import pytest

from tests.proving.making import NO_LIMITS, SHIPPED_MODELS, Case, sample
from tests.verifier.loading import pair, vb, vectors
from tests.verifier.test_attacks import REGIONS, flipped, mutated

pytestmark = pytest.mark.native


@pytest.fixture(scope="module")
def native() -> ModuleType:
    return importlib.import_module("obsqra_native")


def agreed(native: ModuleType, statement: bytes, proof: bytes) -> bool:
    """The common judgement."""
    try:
        native.verify(statement, proof)
        theirs = True
    except native.ProofRejected:
        theirs = False
    try:
        vb.verify_proof(statement, proof)
        ours = True
    except vb.Rejected:
        ours = False
    assert ours is theirs
    return ours


def fresh(native: ModuleType, case: Case) -> tuple[bytes, bytes]:
    statement, opening = case.pair
    return statement, bytes(native.prove(statement, opening, lambda *_: None, lambda: False))


@pytest.mark.parametrize("number", range(len(vectors())))
def test_vectors(native: ModuleType, number: int) -> None:
    assert agreed(native, *pair(number))


@pytest.mark.parametrize("preset", ["balanced", "aggressive"])
@pytest.mark.parametrize("model", range(len(SHIPPED_MODELS)))
def test_fresh_proofs(native: ModuleType, preset: str, model: int) -> None:
    for _ in range(3):
        assert agreed(native, *fresh(native, sample(preset, model=model)))


def test_fresh_proofs_without_limits(native: ModuleType) -> None:
    case = sample().but(policy=NO_LIMITS)
    assert agreed(native, *fresh(native, case))
    assert not agreed(native, case.pair[0], fresh(native, sample())[1])


def test_flipped_in_every_region(native: ModuleType) -> None:
    statement, proof = pair(0)
    for _, begin, end, _ in REGIONS:
        for at in (begin, (begin + end) // 2, end - 1):
            assert not agreed(native, statement, flipped(proof, at))


@pytest.mark.parametrize("seed", range(10))
def test_random_changes(native: ModuleType, seed: int) -> None:
    """Ten times forty changes to proofs and statements."""
    rng = random.Random(1000 + seed)
    statement, proof = pair(seed % 4)
    for _ in range(40):
        if rng.random() < 0.75:
            changed = mutated(rng, proof)
            assert agreed(native, statement, changed) is (changed == proof)
        else:
            changed = mutated(rng, statement)
            assert agreed(native, changed, proof) is (changed == statement)


def test_second_encodings(native: ModuleType) -> None:
    statement, proof = pair(0)
    for at in range(112, len(proof) - 3, 1996):
        word = int.from_bytes(proof[at : at + 4], "little") + vb.P
        if word < 2**32:
            changed = proof[:at] + word.to_bytes(4, "little") + proof[at + 4 :]
            assert not agreed(native, statement, changed)

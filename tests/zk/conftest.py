"""Two hundred proofs on either side of four pairs of policies, made once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import obsqra_native
import pytest

from tests.proving.making import Case
from tests.zk.layout import Parsed, parse
from tests.zk.pairs import Pair, pairs

PROOFS = 50


@dataclass(frozen=True)
class Corpus:
    """Proofs by pair, in the order in which they were made."""

    pairs: list[Pair]
    left: list[Parsed]
    right: list[Parsed]


def prove(case: Case) -> bytes:
    proof: bytes = obsqra_native.prove(*case.pair, lambda *_: None, lambda: False)
    return proof


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """Sides take turns, so that nothing that changes over time tells them apart."""
    made = pairs()
    cases = [case for pair in made for case in [pair.left, pair.right] * PROOFS]
    with ThreadPoolExecutor(2) as pool:
        proofs = [parse(proof) for proof in pool.map(prove, cases)]
    return Corpus(made, proofs[0::2], proofs[1::2])

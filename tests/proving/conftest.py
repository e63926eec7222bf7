"""The real prover, and one proof that many tests attack."""

import importlib
from dataclasses import dataclass
from types import ModuleType

import pytest

from obsqra_desktop.proving.native import NativeProver
from tests.proving.making import Case, ignore, never, sample


@dataclass(frozen=True)
class Proved:
    """A case with a proof that verifies."""

    case: Case
    statement: bytes
    proof: bytes


@pytest.fixture(scope="session")
def native() -> ModuleType:
    """The compiled module itself."""
    return importlib.import_module("obsqra_native")


@pytest.fixture(scope="session")
def prover() -> NativeProver:
    """The adapter over it."""
    return NativeProver()


@pytest.fixture(scope="session")
def proved(prover: NativeProver) -> Proved:
    """The sample's proof."""
    case = sample()
    proof = prover.prove(case.request, ignore, never).proof
    statement = case.statement.encode()
    prover.verify(statement, proof)
    return Proved(case, statement, proof)

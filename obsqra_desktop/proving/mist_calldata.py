"""The calldata of MIST's verifier contract, made by garaga's compiled module.

`handle_zkp` takes a span: its length (2061), then the proof's coordinates in 96-bit limbs, the
public inputs, and hints for the pairing check. garaga panics on an invalid proof, so only a proof
that the caller has verified goes in; a panic is an error here all the same.
"""

import importlib
from collections.abc import Sequence
from types import ModuleType
from typing import Final

from obsqra_desktop.domain.errors import ProvingFailed, ToolMissing
from obsqra_desktop.domain.felt import PRIME
from obsqra_desktop.domain.mist.note import SpendPublics
from obsqra_desktop.proving.mist_key import KeyData

MODULE: Final = "garaga.garaga_rs"
BN254: Final = 0
FELTS: Final = 2061
LIMBS: Final = 8 * 4
PANIC: Final = "pyo3_runtime.PanicException"
"""It derives from BaseException and cannot be imported by name."""


def load_garaga() -> ModuleType:
    """garaga's compiled module; raises ToolMissing."""
    try:
        return importlib.import_module(MODULE)
    except ImportError as error:
        raise ToolMissing(
            "garaga is not installed, which writes proofs in the form of MIST's contract.",
            hint="In a checkout run 'python3 dev.py run' once; else install the program again.",
        ) from error


def proof_calldata(data: KeyData, publics: SpendPublics, points: Sequence[int]) -> tuple[int, ...]:
    """The whole argument of `handle_zkp`, 2062 felts, for a proof that was verified.

    Raises ProvingFailed if garaga does not take it, ToolMissing.
    """
    garaga = load_garaga()
    values = publics.values()
    try:
        made = garaga.get_groth16_calldata(
            [*points, *values], list(data.verifying_numbers()), BN254
        )
    except BaseException as error:
        name = f"{type(error).__module__}.{type(error).__qualname__}"
        if name != PANIC and not isinstance(error, (ValueError, RuntimeError)):
            raise
        raise refused() from None
    return checked(tuple(made), values, points)


def checked(
    made: tuple[int, ...], values: tuple[int, ...], points: Sequence[int]
) -> tuple[int, ...]:
    """The felts, if they hold this very proof and these public inputs."""
    expected = [FELTS]
    for value in points:
        expected += [value >> 96 * limb & (2**96 - 1) for limb in range(4)]
    expected.append(len(values))
    for value in values:
        expected += [value & (2**128 - 1), value >> 128]
    good = len(made) == FELTS + 1 and list(made[: len(expected)]) == expected
    if not good or not all(0 <= felt < PRIME for felt in made):
        raise refused()
    return made


def refused() -> ProvingFailed:
    """One error for whatever garaga did."""
    return ProvingFailed(
        "The proof could not be written in the form of MIST's contract. Nothing was sent.",
        hint="Prove again; if that does not help, report it.",
    )

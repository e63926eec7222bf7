"""No value of the witness leaves the prover: not in proofs, not in errors, not in `repr`."""

import struct
import traceback
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from types import ModuleType

import pytest

from obsqra_desktop.domain.commitment import to_limbs
from obsqra_desktop.domain.errors import AppError, Cancelled, InvalidInput, ProvingFailed
from obsqra_desktop.domain.poseidon2 import P
from obsqra_desktop.domain.proof import PhaseTiming, ProofRequest
from obsqra_desktop.proving.native import NativeProver
from tests.proving.making import Case, ignore, never, sample

SALT = to_limbs(
    (
        1_234_567_891,
        2_019_283_746,
        1_918_273_645,
        1_357_924_680,
        1_029_384_756,
        2_088_776_655,
        1_111_222_233,
        1_987_654_321,
    )
)
LARGE = 1 << 16


@pytest.fixture(scope="module")
def case() -> Case:
    return sample(salt=SALT)


@pytest.fixture(scope="module")
def proofs(prover: NativeProver, case: Case) -> list[bytes]:
    """Three independent proofs: what all of them hold is no accident."""
    return [prover.prove(case.request, ignore, never).proof for _ in range(3)]


def montgomery(value: int) -> int:
    """The form that the field's elements have in memory."""
    return (value << 32) % P


def forms(value: int) -> Iterator[bytes]:
    """The ways in which a number may be written down."""
    for number in (value, montgomery(value)):
        little, big = struct.pack("<I", number), struct.pack(">I", number)
        yield from (little, big, number.to_bytes(8, "little"))
        for raw in (little, big):
            yield from (raw.hex().encode(), raw.hex().upper().encode())
        yield str(number).encode()
        yield f"{number:,}".encode()
        yield f"{number:_}".encode()


def texts(value: int) -> Iterator[str]:
    yield from (str(value), f"{value:,}", f"{value:_}", f"{value:x}", f"{value:X}")
    for raw in (struct.pack("<I", value), struct.pack(">I", value)):
        yield from (raw.hex(), raw.hex().upper(), str(raw)[2:-1])


def opening_words(case: Case) -> tuple[int, ...]:
    return struct.unpack("<15I", case.request.policy_opening())


def test_no_limb_of_the_salt_is_in_a_proof(proofs: list[bytes]) -> None:
    found = [
        (index, form)
        for index, limb in enumerate(SALT)
        for form in forms(limb)
        if all(form in proof for proof in proofs)
    ]
    assert found == []


def test_no_part_of_the_opening_is_in_a_proof(case: Case, proofs: list[bytes]) -> None:
    """Policy fields are small numbers, so they are looked for in pairs."""
    words = opening_words(case)
    for order in "<>":
        for pair in pairwise(words):
            for numbers in (pair, tuple(map(montgomery, pair))):
                assert not any(struct.pack(f"{order}2I", *numbers) in proof for proof in proofs)


def test_no_part_of_the_trace_is_in_a_proof(
    native: ModuleType, prover: NativeProver, case: Case, proofs: list[bytes]
) -> None:
    """Neither four neighbouring cells of a row nor of a column, in either form."""
    width = prover.info().trace_columns
    raw = native.trace_bytes(*case.pair)
    cells = struct.unpack(f"<{len(raw) // 4}I", raw)
    windows: set[bytes] = set()
    for at in range(len(cells)):
        for stride in (1, width):
            some = cells[at : at + 4 * stride : stride]
            if len(some) == 4 and sum(cell >= LARGE for cell in some) >= 2:
                windows.add(struct.pack("<4I", *some))
                windows.add(struct.pack("<4I", *map(montgomery, some)))
    assert len(windows) > 1_000
    for proof in proofs:
        assert not windows & {proof[at : at + 16] for at in range(len(proof) - 15)}


def test_the_search_finds_what_is_there(case: Case) -> None:
    opening = case.request.policy_opening()
    assert all(any(form in opening for form in forms(limb)) for limb in SALT)
    assert all(any(text in repr(SALT) for text in texts(limb)) for limb in SALT)


def failures(prover: NativeProver, case: Case) -> Iterator[AppError]:
    """Every error that proving ends with."""
    pools = tuple(replace(pool, allocation_bps=5_000) for pool in case.statement.pools)
    wrong = replace(case.statement, pools=pools)
    calls = (
        (ProofRequest(wrong, case.policy, case.salt), never),
        (case.request, lambda: True),
    )
    for request, cancelled in calls:
        with pytest.raises((ProvingFailed, Cancelled)) as caught:
            prover.prove(request, ignore, cancelled)
        yield caught.value
    with pytest.raises(InvalidInput) as mistaken:
        ProofRequest(sample().statement, case.policy, case.salt)
    yield mistaken.value


def hidden_in(text: str, case: Case) -> list[str]:
    secrets = [form for limb in SALT for form in texts(limb)]
    secrets.append(case.request.policy_opening().hex())
    return [secret for secret in secrets if secret in text]


def test_no_error_of_the_adapter_tells_the_opening(prover: NativeProver, case: Case) -> None:
    for error in failures(prover, case):
        told = "".join([str(error), repr(error), error.hint, *traceback.format_exception(error)])
        assert hidden_in(told, case) == []
        assert case.policy.name not in told


def test_no_error_of_the_module_tells_the_opening(native: ModuleType, case: Case) -> None:
    statement, opening = case.pair
    other = sample().statement.encode()

    def nothing(*_: object) -> bool:
        return False

    wrong = [opening[:-1], opening + b"\0", opening[::-1], opening[4:] + opening[:4]]
    for index in range(0, 60, 4):
        flipped = bytearray(opening)
        flipped[index] ^= 1
        wrong.append(bytes(flipped))
    for pair in [(statement, bad) for bad in wrong] + [(other, opening), (opening, statement)]:
        for call in (
            lambda p: native.trace_bytes(*p),
            lambda p: native.prove(*p, nothing, nothing),
        ):
            with pytest.raises(native.InvalidInput) as caught:
                call(pair)
            assert hidden_in(str(caught.value) + repr(caught.value), case) == []


def test_progress_tells_times_only(prover: NativeProver, case: Case) -> None:
    seen: list[PhaseTiming] = []
    result = prover.prove(case.request, seen.append, never)
    assert hidden_in(repr(seen) + repr(result.phases), case) == []


def test_no_repr_tells_the_opening(case: Case) -> None:
    told = repr(case.request) + str(case.request) + f"{case.request}"
    assert hidden_in(told, case) == []
    assert case.policy.name not in told
    assert "max_allocation_bps" not in told

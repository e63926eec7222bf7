"""Bad bytes and bad types: a typed error each time, and the process lives on."""

import random
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obsqra_desktop.domain.errors import InvalidInput, ProofRejected
from obsqra_desktop.domain.poseidon2 import P
from obsqra_desktop.domain.statement import Statement
from obsqra_desktop.proving.native import NativeProver
from tests.conftest import ROOT
from tests.proving.conftest import Proved

NOT_BYTES: tuple[Any, ...] = (
    None,
    "text",
    7,
    1.5,
    bytearray(b"x"),
    memoryview(b"x"),
    [1, 2],
    (1,),
    {"a": 1},
    object(),
    bytes,
    iter(b"x"),
)


def nothing(*_: object) -> bool:
    return False


def test_truncated(prover: NativeProver, proved: Proved) -> None:
    size = len(proved.proof)
    for length in (*range(200), *range(200, size, 97), size - 4, size - 1):
        with pytest.raises(ProofRejected):
            prover.verify(proved.statement, proved.proof[:length])


@pytest.mark.parametrize("more", [b"\0", b"\0" * 4, b"\xff" * 32, b"x" * 100_000])
def test_extended(prover: NativeProver, proved: Proved, more: bytes) -> None:
    for statement, proof in (
        (proved.statement, proved.proof + more),
        (proved.statement, more + proved.proof),
        (proved.statement + more, proved.proof),
        (more + proved.statement, proved.proof),
    ):
        with pytest.raises(ProofRejected):
            prover.verify(statement, proof)


def test_no_changed_byte_of_the_proof_is_accepted(prover: NativeProver, proved: Proved) -> None:
    rng = random.Random(3)
    places = [*range(3_000), *rng.sample(range(3_000, len(proved.proof)), 2_000)]
    for index in places:
        changed = bytearray(proved.proof)
        changed[index] ^= 1 << rng.randrange(8)
        with pytest.raises(ProofRejected):
            prover.verify(proved.statement, bytes(changed))


def test_words_at_the_edges(prover: NativeProver, proved: Proved) -> None:
    """Counts that ask for gigabytes, numbers at and above the field's order."""
    for word in range(0, len(proved.proof) - 3, 61 * 4):
        for value in (0, P - 1, P, 2**31, 2**32 - 1):
            raw = struct.pack("<I", value)
            changed = proved.proof[:word] + raw + proved.proof[word + 4 :]
            if changed != proved.proof:
                with pytest.raises(ProofRejected):
                    prover.verify(proved.statement, changed)


@settings(max_examples=200)
@given(raw=st.binary(max_size=2_000))
def test_random_bytes(prover: NativeProver, proved: Proved, raw: bytes) -> None:
    for statement, proof in (
        (proved.statement, raw),
        (proved.statement, proved.proof[:16] + raw),
        (raw, proved.proof),
        (proved.statement[:16] + raw, proved.proof),
        (raw, raw),
    ):
        with pytest.raises(ProofRejected):
            prover.verify(statement, proof)


@settings(max_examples=100)
@given(seed=st.integers(0, 2**32), cut=st.integers(16, 40_000))
def test_random_tails(prover: NativeProver, proved: Proved, seed: int, cut: int) -> None:
    tail = random.Random(seed).randbytes(len(proved.proof) - cut)
    with pytest.raises(ProofRejected):
        prover.verify(proved.statement, proved.proof[:cut] + tail)


@settings(max_examples=500)
@given(place=st.integers(0, 2**16), value=st.integers(0, 2**32 - 1))
def test_both_sides_accept_the_same_statements(
    native: ModuleType, proved: Proved, place: int, value: int
) -> None:
    """Whatever one parser takes for a statement the other takes too."""
    at = place % (len(proved.statement) - 3)
    raw = proved.statement[:at] + struct.pack("<I", value) + proved.statement[at + 4 :]
    try:
        Statement.decode(raw)
    except InvalidInput:
        expected = "statement:"
    else:
        expected = "opening:"
    with pytest.raises(native.InvalidInput, match=rf"^{expected}"):
        native.commitment(raw, b"")


@settings(max_examples=200)
@given(words=st.lists(st.integers(0, 2**32 - 1), min_size=0, max_size=16))
def test_random_openings(native: ModuleType, proved: Proved, words: list[int]) -> None:
    opening = struct.pack(f"<{len(words)}I", *words)
    for call in (native.commitment, native.trace_bytes, prove_with(native)):
        with pytest.raises(native.InvalidInput, match=r"^opening: "):
            call(proved.statement, opening)


def prove_with(native: ModuleType) -> Callable[[bytes, bytes], bytes]:
    def prove(statement: bytes, opening: bytes) -> bytes:
        return bytes(native.prove(statement, opening, nothing, nothing))

    return prove


def test_openings_at_the_edges(native: ModuleType, proved: Proved) -> None:
    """In range but not the committed one; and out of range by one."""
    greatest = (10_000, 8, 100, 10_000, 3, 1, 255, *[P - 1] * 8)
    least = (1, 1, *[0] * 13)
    for words in (greatest, least):
        opening = struct.pack("<15I", *words)
        assert len(native.commitment(proved.statement, opening)) == 8
        with pytest.raises(native.InvalidInput, match="does not follow"):
            native.prove(proved.statement, opening, nothing, nothing)
    for index in range(15):
        for base, change in ((greatest, 1), (least, -1)):
            wrong = list(base)
            wrong[index] = (wrong[index] + change) % 2**32
            with pytest.raises(native.InvalidInput, match=r"^opening: "):
                native.trace_bytes(proved.statement, struct.pack("<15I", *wrong))


def wrong_calls(native: ModuleType, proved: Proved) -> Iterator[Callable[[], object]]:
    statement, opening = proved.case.pair
    two_bytes = (native.verify, native.commitment, native.trace_bytes)
    for bad in NOT_BYTES:
        for function in two_bytes:
            yield lambda f=function, b=bad: f(b, opening)
            yield lambda f=function, b=bad: f(statement, b)
        yield lambda b=bad: native.prove(b, opening, nothing, nothing)
        yield lambda b=bad: native.prove(statement, b, nothing, nothing)
        if not callable(bad):
            yield lambda b=bad: native.prove(statement, opening, b, nothing)
            yield lambda b=bad: native.prove(statement, opening, nothing, b)
    for function in (*two_bytes, native.prove):
        yield function
        yield lambda f=function: f(statement)
        yield lambda f=function: f(*[statement] * 5)
        yield lambda f=function: f(statement=statement, unknown=1)
    yield lambda: native.parameters(1)
    yield lambda: native.prove(statement, opening, lambda: None, nothing)
    yield lambda: native.prove(statement, opening, nothing, lambda one: one)


def test_wrong_types(native: ModuleType, proved: Proved) -> None:
    calls = list(wrong_calls(native, proved))
    assert len(calls) > 100
    for call in calls:
        with pytest.raises(TypeError):
            call()
    native.verify(proved.statement, proved.proof)


def test_names_of_the_module_cannot_lie(native: ModuleType) -> None:
    assert issubclass(native.InvalidInput, ValueError)
    for error in (native.ProofRejected, native.Cancelled):
        assert issubclass(error, Exception)
        assert not issubclass(error, ValueError | RuntimeError)


def test_a_process_survives_the_worst(proved: Proved, tmp_path: Path) -> None:
    """All of it at once in a process of its own: it must end by itself, with its last word."""
    statement, opening = proved.case.pair
    for name, raw in (("statement", statement), ("opening", opening), ("proof", proved.proof)):
        (tmp_path / name).write_bytes(raw)
    script = Path(__file__).with_name("worst.py")
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", script, tmp_path],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "still here\n", "")

"""Packing for the on-chain verifier: an independent packer, vectors, round trips, bent calldata."""

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.calldata import (
    FIELD,
    compared,
    expected_answer,
    from_bytes,
    from_field,
    pack,
    unpack,
)
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import PRIME
from obsqra_desktop.domain.statement import Statement
from tests.chain import verifier_packing
from tests.conftest import ROOT
from tests.verifier.loading import pair, vectors

NUMBERS = range(4)
VECTORS: list[dict[str, Any]] = json.loads((ROOT / "tests/vectors/calldata.json").read_bytes())


def digest(felts: tuple[int, ...]) -> str:
    return hashlib.sha256(b"".join(felt.to_bytes(32, "big") for felt in felts)).hexdigest()


@pytest.mark.parametrize("number", NUMBERS)
def test_vectors(number: int) -> None:
    felts, vector = pack(*pair(number)), VECTORS[number]
    assert vector["name"] == vectors()[number]["name"]
    assert len(felts) == vector["felts"]
    assert [hex(one) for one in felts[:40]] == vector["first"]
    assert [hex(one) for one in felts[-8:]] == vector["last"]
    assert digest(felts) == vector["sha256"]
    answer = expected_answer(Statement.decode(pair(number)[0]))
    assert [[name, hex(value)] for name, value in answer] == vector["answer"]


@pytest.mark.parametrize("number", NUMBERS)
def test_another_packer_from_the_same_page_agrees(number: int) -> None:
    assert list(pack(*pair(number))) == verifier_packing.pack(*pair(number))


@pytest.mark.parametrize("number", NUMBERS)
def test_unpacking_gives_the_bytes_back(number: int) -> None:
    assert unpack(pack(*pair(number))) == pair(number)


@given(st.integers(0, 8_000), st.integers(0, FIELD - 1))
def test_any_proof_of_the_right_sizes_survives(at: int, word: int) -> None:
    """Whatever a word of the proof says, the bytes come back or are refused, never changed."""
    statement, proof = pair()
    at = 4 * (4 + at % (len(proof) // 4 - 4))
    bent = proof[:at] + word.to_bytes(4, "little") + proof[at + 4 :]
    try:
        felts = pack(statement, bent)
    except InvalidInput:
        return  # a count of digests that is not the proof's
    assert max(felts) < PRIME
    assert unpack(felts) == (statement, bent)


@given(st.data())
def test_bent_calldata_unpacks_to_what_packs_to_it(data: st.DataObject) -> None:
    """Packing is one to one: what `unpack` takes, `pack` gives back felt by felt."""
    felts = list(pack(*pair()))
    at = data.draw(st.integers(0, len(felts) - 1))
    felts[at] = data.draw(
        st.one_of(
            st.integers(0, PRIME - 1),
            st.integers(-(2**32), 2**32).map(lambda by: (felts[at] + by) % PRIME),
            st.integers(0, 250).map(lambda bit: felts[at] ^ 1 << bit).filter(PRIME.__gt__),
        )
    )
    try:
        statement, proof = unpack(felts)
    except InvalidInput:
        return
    assert list(pack(statement, proof)) == felts


@given(st.lists(st.integers(0, FIELD - 1), min_size=1, max_size=30))
def test_field_words_by_their_formula(listed: list[int]) -> None:
    data = b"".join(word.to_bytes(4, "little") for word in listed)
    felts = from_field(data)
    assert len(felts) == -(-len(listed) // 7)
    for place, felt in enumerate(felts):
        w = (listed[7 * place : 7 * place + 7] + [0] * 7)[:7]
        low = w[0] + w[1] * FIELD + w[2] * FIELD**2 + w[3] * FIELD**3
        assert felt == low + 2**128 * (w[4] + w[5] * FIELD + w[6] * FIELD**2)


@given(st.binary(min_size=1, max_size=100))
def test_bytes_by_their_formula(data: bytes) -> None:
    value = sum(felt << 224 * place for place, felt in enumerate(from_bytes(data)))
    assert value == int.from_bytes(data, "little")


@pytest.mark.parametrize(
    ("bent", "words"),
    [
        (lambda s, p: (s, p[:-1]), "cut short"),
        (lambda s, p: (s, p + b"\0\0\0\0"), "follow"),
        (lambda s, p: (s, b""), "cut short"),
        (lambda s, p: (s, b"X" + p[1:]), "no proof"),
        (lambda s, p: (s[:-1], p), "another length"),
        (lambda s, p: (s[:-4], p), "another length"),
        (lambda s, p: (s + b"\0\0\0\0", p), "another length"),
        (lambda s, p: (b"", p), "another length"),
        (lambda s, p: (s, p[:112] + FIELD.to_bytes(4, "little") + p[116:]), "no field element"),
    ],
    ids=[
        *("short", "long", "empty", "magic", "statement", "a statement's last zeros"),
        *("a longer statement", "no statement", "a word of p"),
    ],
)
def test_what_has_no_packing_is_refused(bent: Any, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        pack(*bent(*pair()))


@pytest.mark.parametrize("number", NUMBERS)
def test_every_number_of_the_answer_is_compared(number: int) -> None:
    statement = Statement.decode(pair(number)[0])
    expected = [value for _, value in expected_answer(statement)]
    assert all(one.same for one in compared(statement, expected))
    for place in range(len(expected)):
        bent = list(expected)
        bent[place] += 1
        wrong = [one.name for one in compared(statement, bent) if not one.same]
        assert wrong == [expected_answer(statement)[place][0]]
        cut = compared(statement, expected[:place])
        assert [one.same for one in cut] == [at < place for at in range(len(expected))]
    assert not compared(statement, [*expected, 0])[-1].same

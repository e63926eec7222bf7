"""The Cairo verifier's parser of statements alone: exactly what section 1 allows.

A proof is bound to its statement, so a changed one is refused for its proof of work even by a
contract that checks nothing of it. Here no proof is in the way: the probe only reads.
"""

import struct
from collections.abc import Iterator
from random import Random

import pytest

from tests.chain.test_decision_verifier import statement_of
from tests.chain.verifier_contract import Deployed, deploy_probe
from tests.chain.verifier_packing import P, pack_bytes
from tests.devnet import Devnet
from tests.verifier.loading import pair, vb

pytestmark = [
    pytest.mark.loopback,
    pytest.mark.filterwarnings("ignore:Sending a large body directly:ResourceWarning"),
]
TO_WORD = 2**32 % P
STARK = 2**251 + 17 * 2**192 + 1
FELTS, COUNTERS, RULE, DIGEST, WEIGHTS, COMMITMENT, COUNT, POOLS = (
    24,
    120,
    176,
    180,
    212,
    512,
    544,
    548,
)
"""Where each begins, in bytes."""
POOL = 72
MODEL = b"OBSQRA/MODEL/1\0\0"


@pytest.fixture(scope="module")
def probe(devnet: Devnet) -> Deployed:
    return deploy_probe(devnet)


def read(probe: Deployed, raw: bytes) -> str:
    """Why it is refused, empty if not. The plain parser must say the same of it."""
    felts = pack_bytes(raw)
    found, reason = probe.call("publics", [len(felts), *felts])
    try:
        publics = vb.Publics.of(vb.parse_statement(raw))
    except vb.Rejected:
        assert reason, "the contract takes what the plain verifier refuses"
        return reason
    assert (found[1:], reason) == ([value * TO_WORD % P for value in publics.flat], "")
    return ""


def put(raw: bytes, at: int, new: bytes) -> bytes:
    return raw[:at] + new + raw[at + len(new) :]


def word(raw: bytes, at: int, value: int) -> bytes:
    return put(raw, at, struct.pack("<I", value))


def weights(raw: bytes, values: list[int]) -> bytes:
    """With these weights and their digest."""
    packed = struct.pack("<75i", *values)
    return put(put(raw, WEIGHTS, packed), DIGEST, vb.blake2s(MODEL + packed))


def sample() -> bytes:
    """Two pools."""
    return pair()[0]


def pool(number: int, field: int) -> int:
    """Place of a word of a pool, counted behind its id: six metrics, score, class, flag, share."""
    return POOLS + POOL * number + 32 + 4 * field


def last(raw: bytes) -> int:
    """Place of the decision; the idle share follows."""
    return len(raw) - 8


@pytest.mark.parametrize("seed", range(6))
def test_anything_within_the_ranges_is_read_as_by_the_plain_verifier(
    probe: Deployed, seed: int
) -> None:
    """The even ones at the ends of all ranges."""
    assert read(probe, statement_of(Random(100 + seed), extreme=seed % 2 == 0)) == ""


def test_both_ends_of_every_weight(probe: Deployed) -> None:
    for sign in (1, -1):
        assert read(probe, weights(sample(), [sign * one for one in vb.WEIGHT_BOUNDS])) == ""


@pytest.mark.parametrize("sign", [1, -1])
def test_a_weight_beyond_its_end(probe: Deployed, sign: int) -> None:
    for i, bound in enumerate(vb.WEIGHT_BOUNDS):
        values = [0] * 75
        values[i] = sign * (bound + 1)
        assert read(probe, weights(sample(), values)) == "statement: weight out of range", i
    values = [0] * 74 + [2**31 - 1 if sign > 0 else -(2**31)]
    assert read(probe, weights(sample(), values)) == "statement: weight out of range"


def test_weights_and_their_digest(probe: Deployed) -> None:
    raw = sample()
    for at in (DIGEST, DIGEST + 31, WEIGHTS, WEIGHTS + 299):
        spoiled = put(raw, at, bytes([raw[at] ^ 1]))
        assert read(probe, spoiled) == "statement: model digest"


Broken = Iterator[tuple[str, bytes, str]]
"""Name, statement, reason; each breaks one rule of section 1."""


def broken_heads(raw: bytes) -> Broken:
    for at in range(0, 16, 4):
        yield f"magic {at}", word(raw, at, 0), "statement: it is none"
    yield "version", word(raw, 16, 2), "statement: unknown version"
    yield "no version", word(raw, 16, 0), "statement: unknown version"
    yield "parameter set", word(raw, 20, 2), "statement: unknown parameters"
    for value in (0, 3, 2**32 - 1):
        yield f"rule {value}", word(raw, RULE, value), "statement: unknown rule"
    for i in range(3):
        for value in (2**63, 2**64 - 1):
            spoiled = put(raw, COUNTERS + 8 * i, struct.pack("<Q", value))
            yield f"counter {i}: {value}", spoiled, "statement: counter out of range"


def broken_elements(raw: bytes) -> Broken:
    for at in [FELTS, FELTS + 32, FELTS + 64, POOLS, POOLS + POOL]:
        for value in (STARK, STARK + 1, 2**252, 2**256 - 1):
            spoiled = put(raw, at, value.to_bytes(32, "little"))
            yield f"felt {value:#x} at {at}", spoiled, "statement: felt out of range"
    for i in range(8):
        for value in (P, 2**32 - 1):
            spoiled = word(raw, COMMITMENT + 4 * i, value)
            yield f"limb {i}: {value}", spoiled, "statement: commitment"


def broken_pools(raw: bytes, number: int) -> Broken:
    def old(field: int) -> int:
        return int.from_bytes(raw[pool(number, field) : pool(number, field) + 4], "little")

    for i, bound in enumerate(vb.METRIC_BOUNDS):
        for value in (bound + 1, 2**32 - 1):
            spoiled = word(raw, pool(number, i), value)
            yield f"metric {i}: {value}", spoiled, "statement: metric out of range"
    yield "score", word(raw, pool(number, 6), 101), "statement: score out of range"
    yield "class 3", word(raw, pool(number, 7), 3), "statement: class out of range"
    for value in (0, 1) if old(7) == 2 else (2,):
        yield f"class {value}", word(raw, pool(number, 7), value), "statement: flag and class"
    for value in (1 - old(8), 2, 2**32 - 1):
        yield f"flag {value}", word(raw, pool(number, 8), value), "statement: flag and class"
    for value in (10_001, 2**32 - 1):
        yield f"share {value}", word(raw, pool(number, 9), value), "statement: allocation"
    for value in (old(9) - 1, old(9) + 1, 0):
        spoiled = word(raw, pool(number, 9), value)
        yield f"share {value}", spoiled, "statement: sum of allocations"


def broken_ends(raw: bytes) -> Broken:
    yield "decision", word(raw, last(raw), 2), "statement: decision"
    yield "idle share", word(raw, last(raw) + 4, 10_001), "statement: idle share"
    yield "idle share 1", word(raw, last(raw) + 4, 1), "statement: sum of allocations"
    yield "no pool", word(raw, COUNT, 0), "statement: number of pools"
    for value in (9, 2**31, 2**32 - 1):
        yield f"{value} pools", word(raw, COUNT, value), "statement: number of pools"
    yield "a pool more than there are", word(raw, COUNT, 3), "layout: it is cut short"
    yield "nothing", b"", "layout: it is cut short"
    yield "the head alone", raw[: COUNT + 4], "layout: it is cut short"


TWICE = "statement: a pool comes twice"


def test_each_rule_is_checked_and_named(probe: Deployed) -> None:
    raw = sample()
    every = [broken_heads(raw), broken_elements(raw), broken_ends(raw)]
    every += [broken_pools(raw, number) for number in (0, 1)]
    said = [(name, read(probe, one), reason) for some in every for name, one, reason in some]
    assert [one for one in said if one[1] != one[2]] == []
    assert len(said) > 100


@pytest.mark.parametrize(("one", "two"), [(0, 1), (0, 7), (3, 4), (6, 7), (2, 6)])
def test_any_two_pools_must_differ(probe: Deployed, one: int, two: int) -> None:
    raw = pair(3)[0]
    assert read(probe, raw) == ""
    first, second = POOLS + POOL * one, POOLS + POOL * two
    assert read(probe, put(raw, second, raw[first : first + 32])) == TWICE


def test_bytes_that_follow_a_statement_are_refused(probe: Deployed) -> None:
    """A whole felt more, and bytes in what the last felt has free."""
    raw = pair(0)[0]  # 175 words, 25 felts, all of them full
    assert len(raw) % 28 == 0
    felts = pack_bytes(raw + bytes(28))
    assert probe.call("publics", [len(felts), *felts]) == ([], "layout: felts follow its end")
    raw = pair(1)[0]
    assert len(raw) % 28 != 0
    felts = pack_bytes(raw + b"\1")
    assert probe.call("publics", [len(felts), *felts]) == ([], "layout: padding is not 0")

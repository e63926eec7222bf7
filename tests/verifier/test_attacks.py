"""Attacks on the proof: every region, lengths, counts, words, swaps, replays, random changes."""

import random
import struct
from collections.abc import Iterator

import pytest

from tests.verifier.loading import pair, vb

STATEMENT, PROOF = pair(0)
PARSED = vb.parse_proof(PROOF)
REASONS = {"layout", "statement", "transcript", "grinding", "merkle", "folding", "constraints"}


def regions() -> Iterator[tuple[str, int, int, str]]:
    """Name, begin, end and the reason for which a changed byte is refused (section 9)."""
    at = 0

    def region(name: str, size: int, kind: str) -> tuple[str, int, int, str]:
        nonlocal at
        at += size
        return name, at - size, at, kind

    yield region("magic", 16, "layout")
    for name in ("trace", "quotient", "randomisation"):
        yield region(f"root of {name}", 32, "grinding")
    sizes = {"trace": 68, "next trace": 68, "chunks": 32, "randomisation": 4}
    for name, size in {**sizes, "codewords": 4 + 4 + 4 + 32}.items():
        yield region(f"claimed {name}", 16 * size, "grinding")
    yield region("roots of rounds", 64, "grinding")
    yield region("final polynomial", 64, "grinding")
    yield region("grinding witness", 4, "grinding")
    for name, widths, opened in (
        ("batch 0", (8,), PARSED.batches[0]),
        ("batch 1", (72,), PARSED.batches[1]),
        ("batch 2", (8,) * 8, PARSED.batches[2]),
        ("round 1", (28,), PARSED.rounds[0]),
        ("round 2", (28,), PARSED.rounds[1]),
    ):
        yield region(f"rows of {name}", 20 * 4 * sum(widths), "merkle")
        yield region(f"salts of {name}", 20 * 16 * len(widths), "merkle")
        yield region(f"count of {name}", 4, "layout or merkle")
        yield region(f"digests of {name}", 32 * len(opened.digests), "merkle")
    assert at == len(PROOF)


REGIONS = list(regions())


def reason(statement: bytes, proof: bytes) -> str:
    """The kind of the rejection; accepting is a failure."""
    with pytest.raises(vb.Rejected) as caught:
        vb.verify_proof(statement, proof)
    assert caught.value.kind in REASONS
    assert str(caught.value)
    kind: str = caught.value.kind
    return kind


def flipped(data: bytes, at: int, mask: int = 1) -> bytes:
    return data[:at] + bytes([data[at] ^ mask]) + data[at + 1 :]


@pytest.mark.parametrize("region", REGIONS, ids=[one[0] for one in REGIONS])
def test_every_region(region: tuple[str, int, int, str]) -> None:
    _, begin, end, expected = region
    for at in {begin, (begin + end) // 2 // 4 * 4, end - 4}:
        # the least significant byte of a word: the word stays below p, most likely
        assert reason(STATEMENT, flipped(PROOF, at)) in (*expected.split(" or "), "layout")


def transcript_of(statement: bytes) -> None:
    """What is checked before the openings, with a proof that is parsed already."""
    other = vb.parse_statement(statement)
    vb.run_transcript(other, vb.Publics.of(other), PARSED)


def test_every_byte_of_the_statement() -> None:
    kinds = set()
    for at in range(len(STATEMENT)):
        with pytest.raises(vb.Rejected) as caught:
            transcript_of(flipped(STATEMENT, at))
        kinds.add(caught.value.kind)
    assert kinds == {"statement", "grinding"}


@pytest.mark.parametrize("name", ["trace_root", "quotient_root", "random_root"])
def test_root_is_checked_even_when_challenges_stay(name: str) -> None:
    challenges = vb.verify_proof(STATEMENT, PROOF)
    other = vb.parse_proof(PROOF)
    number = ("random_root", "trace_root", "quotient_root").index(name)
    opened = other.batches[number]
    other.batches[number] = vb.Opened(bytes(32), opened.rows, opened.salts, opened.digests)
    with pytest.raises(vb.Rejected, match="a root does not match"):
        vb.check_openings(other, challenges)


@pytest.mark.parametrize("claim", range(len(PARSED.claims)))
def test_each_claim_is_checked_by_the_folding(claim: int) -> None:
    """Behind the grinding: with the same challenges, another claim does not fold."""
    challenges = vb.verify_proof(STATEMENT, PROOF)
    for column in range(0, len(PARSED.claims[claim].values), 3):
        other = vb.parse_proof(PROOF)
        other.claims[claim].values[column] += 1
        with pytest.raises(vb.Rejected) as caught:
            vb.check_folding(other, challenges, vb.check_openings(other, challenges))
        assert caught.value.kind == "merkle"


def test_final_polynomial_is_checked() -> None:
    challenges = vb.verify_proof(STATEMENT, PROOF)
    for coefficient in range(4):
        other = vb.parse_proof(PROOF)
        other.final[coefficient] += 1
        with pytest.raises(vb.Rejected) as caught:
            vb.check_folding(other, challenges, vb.check_openings(other, challenges))
        assert caught.value.kind == "folding"


@pytest.mark.parametrize("claim", [1, 2, *range(3, 11)])
def test_constraints_are_checked(claim: int) -> None:
    challenges = vb.verify_proof(STATEMENT, PROOF)
    publics = vb.Publics.of(vb.parse_statement(STATEMENT))
    other = vb.parse_proof(PROOF)
    other.claims[claim].values[3] += 1
    with pytest.raises(vb.Rejected) as caught:
        vb.check_constraints(other, challenges, publics)
    assert caught.value.kind == "constraints"


def test_words_that_are_not_canonical() -> None:
    """The same element written as word + p: a second encoding of the same proof."""
    words = [*range(112, 112 + 216 * 16, 64), 3696, *range(3700, len(PROOF) - 100, 1996)]
    tried = 0
    for at in words:
        (word,) = struct.unpack_from("<I", PROOF, at)
        if word + vb.P >= 2**32:
            continue
        tried += 1
        other = PROOF[:at] + struct.pack("<I", word + vb.P) + PROOF[at + 4 :]
        assert reason(STATEMENT, other) in ("layout", "merkle")
    assert tried > 40


@pytest.mark.parametrize("value", [0, 1, 19, 260, 261, 2**16, 2**31, 2**32 - 1])
def test_counts(value: int) -> None:
    for name, begin, _, _ in REGIONS:
        if name.startswith("count"):
            other = PROOF[:begin] + struct.pack("<I", value) + PROOF[begin + 4 :]
            assert reason(STATEMENT, other) in ("layout", "merkle")


def test_too_many_digests_of_the_right_number() -> None:
    """One digest more and its count raised: everything parses, one digest is left over."""
    name, begin, end, _ = REGIONS[-2]
    assert name == "count of round 2"
    (count,) = struct.unpack_from("<I", PROOF, begin)
    more = PROOF[:begin] + struct.pack("<I", count + 1) + PROOF[end:] + bytes(32)
    fewer = PROOF[:begin] + struct.pack("<I", count - 1) + PROOF[end:-32]
    assert reason(STATEMENT, more) == "merkle"
    assert reason(STATEMENT, fewer) == "merkle"


def test_lengths() -> None:
    for length in (*range(130), *range(130, len(PROOF), 997), len(PROOF) - 1):
        assert reason(STATEMENT, PROOF[:length]) == "layout"
    for more in (b"\0", b"\0" * 4, PROOF):
        assert reason(STATEMENT, PROOF + more) == "layout"
    for length in (*range(len(STATEMENT)), len(STATEMENT) - 72):
        assert reason(STATEMENT[:length], PROOF) == "statement"
    assert reason(STATEMENT + b"\0", PROOF) == "statement"


def test_swapped_openings() -> None:
    spans = {name: (begin, end) for name, begin, end, _ in REGIONS}

    def swap(first: tuple[int, int], second: tuple[int, int]) -> bytes:
        (a, b), (c, d) = first, second
        return PROOF[:a] + PROOF[c:d] + PROOF[b:c] + PROOF[a:b] + PROOF[d:]

    now, then = spans["claimed trace"], spans["claimed next trace"]
    assert reason(STATEMENT, swap(now, then)) == "grinding"
    trace, quotient = spans["root of trace"], spans["root of quotient"]
    assert reason(STATEMENT, swap(trace, quotient)) == "grinding"
    for name, width in (("rows of batch 1", 288), ("rows of round 1", 112)):
        at = spans[name][0]
        for other in range(1, 20):
            second = (at + other * width, at + (other + 1) * width)
            assert reason(STATEMENT, swap((at, at + width), second)) == "merkle"
    at = spans["digests of batch 1"][0]
    assert reason(STATEMENT, swap((at, at + 32), (at + 32, at + 64))) == "merkle"


@pytest.mark.parametrize("number", range(4))
def test_proof_of_another_statement(number: int) -> None:
    for other in range(4):
        if other != number:
            assert reason(pair(other)[0], pair(number)[1]) == "grinding"


FIRST_POOL = 548
PLACES = {
    "version": (16, 2),
    "parameter set": (20, 2),
    "rule": (176, 3),
    "score": (FIRST_POOL + 32 + 24, 101),
    "class": (FIRST_POOL + 32 + 28, 3),
    "flag": (FIRST_POOL + 32 + 32, 2),
    "allocation": (FIRST_POOL + 32 + 36, 10_001),
    "utilisation": (FIRST_POOL + 32, 10_001),
    "tier": (FIRST_POOL + 32 + 8, 4),
    "age": (FIRST_POOL + 32 + 16, 30_001),
    "apy": (FIRST_POOL + 32 + 20, 20_001),
    "pools": (544, 9),
    "no pools": (544, 0),
    "commitment": (512, 2**31 - 2**24 + 1),
    "decision": (len(STATEMENT) - 8, 2),
    "idle": (len(STATEMENT) - 4, 10_001),
    "sum": (len(STATEMENT) - 4, 1),
}


@pytest.mark.parametrize("name", PLACES)
def test_public_numbers_out_of_range(name: str) -> None:
    at, value = PLACES[name]
    changed = STATEMENT[:at] + struct.pack("<I", value) + STATEMENT[at + 4 :]
    assert reason(changed, PROOF) == "statement"


def test_felts_and_counters_out_of_range() -> None:
    for at in (24, 56, 88, 548):
        for value in (2**251 + 17 * 2**192 + 1, 2**256 - 1):
            changed = STATEMENT[:at] + value.to_bytes(32, "little") + STATEMENT[at + 32 :]
            assert reason(changed, PROOF) == "statement"
    for at in (120, 128, 136):
        changed = STATEMENT[:at] + struct.pack("<Q", 2**63) + STATEMENT[at + 8 :]
        assert reason(changed, PROOF) == "statement"


def mutated(rng: random.Random, data: bytes) -> bytes:
    at = rng.randrange(len(data))
    span = rng.choice((1, 4, 16, 32))
    match rng.randrange(6):
        case 0:
            return flipped(data, at, 1 << rng.randrange(8))
        case 1:
            return data[:at] + rng.randbytes(span) + data[at + span :]
        case 2:
            return data[:at] + data[at + span :]
        case 3:
            return data[:at] + data[at : at + span] + data[at:]
        case 4:
            other = rng.randrange(len(data))
            return data[:at] + data[other : other + span] + data[at + span :]
        case _:
            return data[:at] + bytes(span) + data[at + span :]


@pytest.mark.parametrize("seed", range(16))
def test_random_changes(seed: int) -> None:
    """Sixteen times forty changes."""
    rng = random.Random(seed)
    statement, proof = pair(seed % 4)
    done = 0
    while done < 40:
        in_proof = rng.random() < 0.8
        changed = mutated(rng, proof if in_proof else statement)
        if changed not in (proof, statement):
            reason(*((statement, changed) if in_proof else (changed, proof)))
            done += 1

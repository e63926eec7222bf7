"""The Cairo verifier on a real devnet: the vectors, the plain verifier, tampered calldata."""

import struct
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from obsqra_desktop.domain.onchain import VERIFIER
from tests.bench.contract import PHASES
from tests.chain.verifier_constants import TARGET, render
from tests.chain.verifier_contract import Deployed, deploy, deploy_probe
from tests.chain.verifier_packing import P, pack, pack_bytes
from tests.devnet import Devnet
from tests.verifier.loading import pair, vb, vectors

pytestmark = [
    pytest.mark.loopback,
    # A class of 2 MB goes to a node of this machine in one piece; nothing else runs meanwhile.
    pytest.mark.filterwarnings("ignore:Sending a large body directly:ResourceWarning"),
]

GAS = 250_000_000
CALLDATA = 4_500
VECTORS = range(4)


@pytest.fixture(scope="module")
def verifier(devnet: Devnet) -> Deployed:
    return deploy(devnet, VERIFIER)


@pytest.fixture(scope="module")
def probe(devnet: Devnet) -> Deployed:
    return deploy_probe(devnet)


def verify(verifier: Deployed, felts: list[int]) -> tuple[list[int], str]:
    return verifier.call("verify", [len(felts), *felts])


def halves(raw: bytes) -> list[int]:
    """A string of 32 bytes as a `u256`."""
    return [int.from_bytes(raw[:16], "little"), int.from_bytes(raw[16:], "little")]


def returned(raw: bytes) -> list[int]:
    """The statement as the contract returns it, by way of the plain verifier's parser."""
    s: Any = vb.parse_statement(raw)
    pools = [
        number
        for pool in s.pools
        for number in (
            pool.id,
            *pool.metrics,
            pool.score,
            pool.model_class,
            pool.flag,
            pool.allocation,
        )
    ]
    return [
        *(s.chain_id, s.gate, s.account, s.nonce, s.expiry, s.block_number),
        *halves(s.snapshot_digest),
        s.rule_id,
        *halves(s.model_digest),
        *halves(bytes.fromhex(s.commitment_hex)),
        len(s.pools),
        *pools,
        s.decision,
        s.idle,
        *halves(s.digest),
    ]


def test_tables_are_those_of_the_specification() -> None:
    assert TARGET.read_text("utf-8") == render()


@pytest.mark.parametrize("number", VECTORS)
def test_vectors_are_accepted_and_their_statement_returned(verifier: Deployed, number: int) -> None:
    statement, proof = pair(number)
    assert verify(verifier, pack(statement, proof)) == (returned(statement), "")


@pytest.mark.parametrize("number", VECTORS)
def test_gas_and_calldata_are_within_the_targets(verifier: Deployed, number: int) -> None:
    felts = pack(*pair(number))
    gas = verifier.gas("verify", [len(felts), *felts])
    print(f"{vectors()[number]['name']}: {len(felts)} felts, {gas} L2 gas")
    assert len(felts) <= CALLDATA
    assert gas <= GAS


@pytest.mark.parametrize("number", VECTORS)
def test_challenges_are_those_of_the_vectors(probe: Deployed, number: int) -> None:
    vector = vectors()[number]
    felts = pack(*pair(number))
    found, reason = probe.call("challenges", [len(felts), *felts])
    assert reason == ""
    expected = vector["challenges"]
    assert found[0] == 2 + 4 * 5 + 20
    assert found[1:3] == halves(bytes.fromhex(vector["statement_digest"])), "statement digest"
    assert found[3:7] == expected["alpha"], "alpha"
    assert found[7:11] == expected["zeta"], "zeta"
    assert found[11:15] == expected["lambda"], "lambda"
    assert [found[15:19], found[19:23]] == expected["betas"], "betas"
    assert found[23:] == expected["queries"], "queries"


def statement_of(random: Random, extreme: bool) -> bytes:
    """A statement that parses: every number anywhere in its range, or at one end of it."""

    def number(low: int, high: int) -> int:
        return random.choice((low, high)) if extreme else random.randint(low, high)

    weights = struct.pack("<75i", *(number(-bound, bound) for bound in vb.WEIGHT_BOUNDS))
    pools, rest = b"", vb.FULL
    count = number(1, 8)
    for i in range(count):
        model_class = number(0, 2)
        share = number(0, rest)
        rest -= share
        pools += (vb.FELT_END - 1 - i).to_bytes(32, "little")
        pools += struct.pack("<6I", *(number(0, bound) for bound in vb.METRIC_BOUNDS))
        pools += struct.pack("<4I", number(0, 100), model_class, model_class == 2, share)
    raw: bytes = (
        b"OBSQRA/STMT/1\0\0\0"
        + struct.pack("<II", 1, 1)
        + b"".join(number(0, vb.FELT_END - 1).to_bytes(32, "little") for _ in range(3))
        + struct.pack("<3Q", *(number(0, 2**63 - 1) for _ in range(3)))
        + random.randbytes(32)
        + struct.pack("<I", number(1, 2))
        + vb.blake2s(b"OBSQRA/MODEL/1\0\0" + weights)
        + weights
        + struct.pack("<8I", *(number(0, P - 1) for _ in range(8)))
        + struct.pack("<I", count)
        + pools
        + struct.pack("<II", number(0, 1), rest)
    )
    return raw


@pytest.mark.parametrize("seed", range(8))
def test_constraints_are_those_of_the_plain_verifier(probe: Deployed, seed: int) -> None:
    """Anywhere, not only where a proof leads; the even ones at the ends of all ranges."""
    random, extreme = Random(seed), seed % 2 == 0
    raw = statement_of(random, extreme)
    numbers = [P - 1 if extreme else random.randrange(P) for _ in range(4 * 138)]
    numbers[4:8] = [random.randrange(P) for _ in range(4)]  # zeta, outside the domain
    alpha, zeta, *cells = (vb.Ext(*numbers[i : i + 4]) for i in range(0, len(numbers), 4))
    publics = vb.Publics.of(vb.parse_statement(raw))
    folded = vb.Ext(0)
    for one in vb.constraints(vb.selectors_at(zeta), cells[:68], cells[68:], publics):
        folded = folded * alpha + one
    felts = pack_bytes(raw)
    found = probe.call("folded", [len(felts), *felts, len(numbers), *numbers])
    assert found == (list(folded.c), "")


def test_gas_by_phase(probe: Deployed) -> None:
    felts = pack(*pair())
    spent = [probe.gas("run", [len(felts), *felts, phase]) for phase in range(len(PHASES))]
    for (_, name), before, after in zip(PHASES, [0, *spent], spent, strict=False):
        print(f"{name}: {(after - before) / 1e6:.1f} million L2 gas")
    assert spent == sorted(spent)
    assert spent[-1] <= GAS


Change = Callable[[list[int]], None]
ROOTS_AT = 25  # the sample's statement has two pools: 175 words, 25 felts
CLAIMS_AT = ROOTS_AT + 6
TAIL_AT = CLAIMS_AT + 124
LEAVES_AT = TAIL_AT + 3
TREES_AT = LEAVES_AT + 20 * 37


def plus(at: int, amount: int) -> Change:
    def change(felts: list[int]) -> None:
        felts[at] += amount

    return change


def put(at: int, value: int) -> Change:
    def change(felts: list[int]) -> None:
        felts[at] = value

    return change


CHANGES: dict[str, tuple[Change, str]] = {
    "magic": (plus(0, 1), "statement: it is none"),
    "no pools": (plus(19, -2 * 2**96), "statement: number of pools"),
    "more pools": (plus(19, 1 * 2**96), "layout: padding is not 0"),
    "nine pools": (plus(19, 7 * 2**96), "statement: number of pools"),
    "29th byte": (plus(3, 2**224), "layout: more than 28 bytes"),
    "padding of the roots": (plus(ROOTS_AT + 5, 2**160), "layout: padding is not 0"),
    "a trace root": (plus(ROOTS_AT, 1), "grinding: insufficient"),
    "a word of p": (put(CLAIMS_AT, P**4), "layout: a word is not below p"),
    "a top word of p": (put(CLAIMS_AT, 2**128 * P**3), "layout: a word is not below p"),
    "padding of the claims": (plus(TAIL_AT - 1, 2**128), "layout: padding is not 0"),
    "a claim": (plus(CLAIMS_AT, 1), "grinding: insufficient"),
    "padding of the tail": (plus(LEAVES_AT - 1, 2**128), "layout: padding is not 0"),
    "padding of a leaf": (plus(LEAVES_AT + 1, 2**128 * P), "layout: padding is not 0"),
    "padding of the trace's leaf": (
        plus(LEAVES_AT + 12, 2**128 * P**2),
        "layout: padding is not 0",
    ),
    "padding of the chunks' leaf": (plus(LEAVES_AT + 26, 2**128 * P), "layout: padding is not 0"),
    "padding of a round": (plus(LEAVES_AT + 31, 2**128), "layout: padding is not 0"),
    "a salt": (plus(LEAVES_AT + 1, P), "merkle: a root does not match"),
    "a row": (plus(LEAVES_AT, 1), "folding: not the final values"),
    "a sibling": (plus(LEAVES_AT + 27, 1), "folding: not the final values"),
    "a count": (plus(TREES_AT, 1), ""),
    "too many digests": (put(TREES_AT, 261), "layout: too many digests"),
    "a huge count": (put(TREES_AT, 2**32 + 3), "layout: too many digests"),
    "a digest": (plus(TREES_AT + 1, 1), "merkle: a root does not match"),
    "one felt more": (lambda felts: felts.append(0), "layout: felts follow its end"),
    "one felt less": (lambda felts: felts.__delitem__(-1), "layout: it is cut short"),
    "no leaves": (
        lambda felts: felts.__delitem__(slice(LEAVES_AT, None)),
        "layout: it is cut short",
    ),
    "nothing": (lambda felts: felts.clear(), "layout: it is cut short"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_changed_calldata_is_refused_and_the_step_named(verifier: Deployed, name: str) -> None:
    change, expected = CHANGES[name]
    felts = pack(*pair())
    change(felts)
    found, reason = verify(verifier, felts)
    assert found == []
    assert reason == expected if expected else reason.split(":")[0] in ("merkle", "layout")


def test_a_proof_holds_for_its_own_statement_alone(verifier: Deployed) -> None:
    _, reason = verify(verifier, pack(pair(0)[0], pair(1)[1]))
    assert reason == "grinding: insufficient"


# --- what is not the one packing of something ---


def short(text: str) -> str:
    """A short string as nodes write it in the words of a failed call."""
    return text.encode().hex()


LENGTHS: dict[str, tuple[Callable[[int], int], str]] = {
    "a felt behind the span": (lambda n: n - 1, "Input too long for arguments"),
    "many felts behind it": (lambda n: 3, "Input too long for arguments"),
    "a span of nothing": (lambda n: 0, "Input too long for arguments"),
    "a felt too few": (lambda n: n + 1, "Failed to deserialize param #1"),
    "a count of 2^32 more": (lambda n: n + 2**32, "Failed to deserialize param #1"),
    "a count of 2^128 more": (lambda n: n + 2**128, "Failed to deserialize param #1"),
    "a negative count": (lambda n: 2**251 + 17 * 2**192, "Failed to deserialize param #1"),
}


@pytest.mark.parametrize("name", LENGTHS)
def test_the_count_before_the_span_must_be_that_of_the_felts(verifier: Deployed, name: str) -> None:
    change, expected = LENGTHS[name]
    felts = pack(*pair())
    found, reason = verifier.call("verify", [change(len(felts)), *felts])
    assert found == []
    assert short(expected) in reason or expected in reason


def test_no_argument_at_all_is_refused(verifier: Deployed) -> None:
    found, reason = verifier.call("verify", [])
    assert found == []
    assert short("Failed to deserialize param #1") in reason or "param #1" in reason


def records(number: int) -> list[tuple[str, int, int]]:
    """Kind, first felt and number of felts of every record, by the table of the page."""
    pools = len(vb.parse_statement(pair(number)[0]).pools)
    felts = pack(*pair(number))
    found, at = [], 0

    def take(kind: str, size: int) -> None:
        nonlocal at
        found.append((kind, at, size))
        at += size

    take("bytes", -(-(139 + 18 * pools) // 7))
    take("bytes", 6)
    for size in (124, 3, *[2, 11, 14, 5, 5] * 20):
        take("field", size)
    for _ in range(5):
        count = felts[at]
        take("count", 1)
        if count:
            take("bytes", -(-8 * count // 7))
    assert at == len(felts)
    return found


@pytest.mark.parametrize("number", [0, 3])
def test_no_record_has_a_second_packing(verifier: Deployed, number: int) -> None:
    """What does not change the words that a felt stands for is refused for its form alone."""
    felts, every = pack(*pair(number)), records(number)
    chosen = [*every[:8], *every[-10:]]
    for kind, start, size in chosen:
        for at in {start, start + size - 1}:
            spoiled = list(felts)
            if kind == "count":
                spoiled[at] += 2**32
            elif kind == "bytes":
                spoiled[at] += 2**224
            else:
                low, high = spoiled[at] % 2**128, spoiled[at] >> 128
                spoiled[at] = low + (high + P**3) * 2**128
            _, reason = verify(verifier, spoiled)
            assert reason in {
                "layout: more than 28 bytes",
                "layout: a word is not below p",
                "layout: too many digests",
            }, (kind, at, reason)
            if kind == "field" and spoiled[at] % 2**128 + P**4 < 2**128:
                spoiled[at] = felts[at] + P**4
                assert verify(verifier, spoiled)[1] == "layout: a word is not below p"


# --- every tree counts ---

SALTS = (1, 2 + 10, 13 + 1, 27 + 4, 32 + 4)
"""In which felt of a query's 37 a word of the salt lies, for batches 0, 1, 2 and the two rounds."""
PLACES = (P, P**2, P, 1, 1)


@pytest.mark.parametrize("tree", range(5))
@pytest.mark.parametrize("query", [0, 19])
def test_a_changed_salt_breaks_its_tree_and_nothing_else(
    verifier: Deployed, probe: Deployed, tree: int, query: int
) -> None:
    felts = pack(*pair())
    at, place = LEAVES_AT + 37 * query + SALTS[tree], PLACES[tree]
    word = felts[at] % 2**128 // place % P
    felts[at] += place if word + 1 < P else -place
    assert verify(verifier, felts) == ([], "merkle: a root does not match")
    assert probe.call("run", [len(felts), *felts, 7]) == ([1], "")


@pytest.mark.parametrize("tree", range(5))
def test_first_and_last_digest_of_every_tree_count(verifier: Deployed, tree: int) -> None:
    felts = pack(*pair())
    starts = [(at, size) for kind, at, size in records(0)[-10:] if kind == "bytes"]
    at, size = starts[tree]
    for one in (at, at + size - 1):
        spoiled = list(felts)
        spoiled[one] ^= 1
        assert verify(verifier, spoiled) == ([], "merkle: a root does not match")

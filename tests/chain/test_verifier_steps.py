"""Single steps of the Cairo verifier against the plain one, called through the probe on a devnet.

What no honest proof reaches is called here directly: a zeta in the domain or on a queried point,
words that are drawn again, numbers at the ends of their bounds.
"""

import struct
from random import Random
from typing import Any

import pytest

from obsqra_desktop.domain.onchain import VERIFIER
from tests.chain.verifier_contract import Deployed, deploy, deploy_probe
from tests.chain.verifier_packing import P, pack, pack_bytes
from tests.devnet import Devnet
from tests.verifier.loading import forgeries, forgery, pair, vb, vectors

pytestmark = [
    pytest.mark.loopback,
    pytest.mark.filterwarnings("ignore:Sending a large body directly:ResourceWarning"),
]

VECTORS = range(4)
STARK = 2**251 + 17 * 2**192 + 1
TO_WORD = 2**32 % P
LIMIT = P * 2**200
"""Below it `reduce` takes absolute values."""


@pytest.fixture(scope="module")
def probe(devnet: Devnet) -> Deployed:
    return deploy_probe(devnet)


def span(numbers: list[int]) -> list[int]:
    return [len(numbers), *numbers]


def flat(elements: Any) -> list[int]:
    return [c for element in elements for c in element.c]


def words_of(raw: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(raw) // 4}I", raw))


@pytest.mark.parametrize("number", VECTORS)
def test_public_values_are_those_of_the_vectors(probe: Deployed, number: int) -> None:
    found, reason = probe.call("publics", span(pack_bytes(pair(number)[0])))
    assert reason == ""
    expected = [value * TO_WORD % P for value in vectors()[number]["public_values"]]
    assert found == span(expected)


@pytest.mark.parametrize("size", [1, 8, 15, 16, 17, 31, 32, 33, 48, 64, 65])
def test_hashes_of_every_length_around_a_block(probe: Deployed, size: int) -> None:
    raw = Random(size).randbytes(4 * size)
    found, reason = probe.call("hashed", span(words_of(raw)))
    assert (found, reason) == (span(words_of(vb.blake2s(raw))), "")


@pytest.mark.parametrize("seed", range(3))
def test_words_that_are_no_field_elements_are_drawn_again(probe: Deployed, seed: int) -> None:
    """One word in 128 is; among 400 some are, whatever the seed."""
    random = Random(seed)
    digest, absorbed = random.randbytes(32), random.randbytes(4 * 5)
    plain = vb.Transcript(b"OBSQRA/STARK/1\0\0" + digest)
    plain.absorb(absorbed)
    expected = [plain.element() for _ in range(400)]
    assert 8 * len(plain.steps) > 400 + 1, "no word was dropped"
    calldata = [*words_of(digest), *span(words_of(absorbed)), 400]
    assert probe.call("drawn", calldata) == (span(expected), "")


# --- arithmetic ---

ENDS = [0, 1, P - 1, P, P + 1, 2**128 - 1, 2**128, 2**128 + 1, LIMIT - 1, LIMIT - P, LIMIT // 2]


def test_reduction_holds_to_both_ends_of_its_bound(probe: Deployed) -> None:
    random = Random(1)
    numbers = [sign * x for x in ENDS for sign in (1, -1)]
    numbers += [random.randrange(-LIMIT + 1, LIMIT) for _ in range(50)]
    found = probe.call("reduced", span([x % STARK for x in numbers]))
    assert found == (span([x % P for x in numbers]), "")


def test_inverses_of_many_at_once(probe: Deployed) -> None:
    random = Random(2)
    elements = [vb.Ext(*(random.randrange(P) for _ in range(4))) for _ in range(8)]
    elements += [vb.Ext(1), vb.Ext(P - 1), vb.Ext(0, 1), vb.Ext(0, 0, 0, P - 1), vb.Ext(2, 0, 5)]
    elements += [vb.Ext(*[P - 1] * 4)]
    expected = [one.inverse() for one in elements]
    found = probe.call("inverses", span(flat(elements)))
    assert found == (span(flat(expected)), "")


@pytest.mark.parametrize("at", [0, 1, 3])
def test_a_zero_among_inverses_is_refused(probe: Deployed, at: int) -> None:
    elements = [vb.Ext(3, 1), vb.Ext(5), vb.Ext(7, 0, 2), vb.Ext(9)]
    elements[at] = vb.Ext(0)
    assert probe.call("inverses", span(flat(elements))) == ([], "field: no inverse")


@pytest.mark.parametrize("seed", range(6))
def test_folding_is_that_of_the_plain_verifier(probe: Deployed, seed: int) -> None:
    """Even seeds with every number at its largest."""
    random, extreme = Random(seed), seed % 2 == 0
    numbers = [P - 1 if extreme else random.randrange(P) for _ in range(36)]
    values = [vb.Ext(*numbers[i : i + 4]) for i in range(0, 32, 4)]
    beta, y = vb.Ext(*numbers[32:]), random.randrange(1, P)
    powers = [beta.power(i) * pow(8, -1, P) for i in range(8)]
    calldata = [*span(flat(values)), pow(y, -1, P), *span(flat(powers))]
    assert probe.call("fold", calldata) == (list(vb.fold(values, y, beta).c), "")


@pytest.mark.parametrize("number", VECTORS)
def test_folding_ends_on_the_final_polynomial_with_its_own_challenges_alone(
    probe: Deployed, number: int
) -> None:
    """The rows and the final polynomial are honest and the trees are not looked at."""
    felts, betas = pack(*pair(number)), vectors()[number]["challenges"]["betas"]

    def folds(one: list[int], two: list[int]) -> tuple[list[int], str]:
        return probe.call("folds_with", [*span(felts), *one, *two])

    assert folds(*betas) == ([1], "")
    for at in range(4):
        other = [(beta + (i == at)) % P for i, beta in enumerate(betas[at % 2])]
        spoiled = [other, betas[1]] if at % 2 == 0 else [betas[0], other]
        assert folds(*spoiled) == ([], "folding: not the final values")


# --- zeta where it must not be ---


def domain() -> list[Any]:
    """Points of the trace's domain, and one of its neighbours in the extension."""
    return [vb.Ext(pow(vb.ROOTS[7], i, P)) for i in (0, 1, 63, 127)]


@pytest.mark.parametrize("which", range(4))
def test_a_zeta_of_the_domain_is_refused(probe: Deployed, which: int) -> None:
    numbers = [1, 2, 3, 4, *domain()[which].c, *[0] * (4 * 136)]
    statement = pack_bytes(pair()[0])
    found = probe.call("folded", [*span(statement), *span(numbers)])
    assert found == ([], "transcript: zeta in the domain")


def queried(number: int) -> list[int]:
    """The points `x_i` that a vector's queries open."""
    indices = vectors()[number]["challenges"]["queries"]
    return [3 * pow(vb.ROOTS[13], vb.bitrev(i, 13), P) % P for i in indices]


@pytest.mark.parametrize("query", [0, 7, 19])
@pytest.mark.parametrize("following", [False, True])
def test_a_zeta_on_a_queried_point_is_refused(probe: Deployed, query: int, following: bool) -> None:
    """Zeta itself, or gamma zeta."""
    felts, x = pack(*pair()), queried(0)[query]
    zeta = x * pow(vb.ROOTS[7], -1, P) % P if following else x
    found = probe.call("opened_at", [*span(felts), zeta, 0, 0, 0])
    assert found == ([], "transcript: zeta is queried")
    beside, reason = probe.call("opened_at", [*span(felts), zeta, 0, 1, 0])
    assert (len(beside), reason) == (1 + 4 * 20, "")


@pytest.mark.parametrize("number", VECTORS)
def test_openings_are_combined_as_by_the_plain_verifier(probe: Deployed, number: int) -> None:
    """The contract leaves them times 2^32."""
    statement, proof = pair(number)
    parsed, stated = vb.parse_proof(proof), vb.parse_statement(statement)
    challenges = vb.run_transcript(stated, vb.Publics.of(stated), parsed)
    expected = [one * TO_WORD for one in vb.check_openings(parsed, challenges)]
    calldata = [*span(pack(statement, proof)), *challenges.zeta.c]
    assert probe.call("opened_at", calldata) == (span(flat(expected)), "")


# --- trees ---


def multiproof(
    height: int, indices: list[int], random: Random
) -> tuple[bytes, list[bytes], list[bytes]]:
    """Root, queried leaves and the other digests of a random tree, after section 8."""
    level = {i: random.randbytes(32) for i in range(1 << height)}
    leaves = [level[i] for i in indices]
    known, others = sorted(set(indices)), []
    for _ in range(height):
        parents = sorted({i // 2 for i in known})
        for parent in parents:
            others += [level[c] for c in (2 * parent, 2 * parent + 1) if c not in known]
        level = {i: vb.blake2s(level[2 * i] + level[2 * i + 1]) for i in range(len(level) // 2)}
        known = parents
    return level[0], leaves, others


def ask_tree(
    probe: Deployed, height: int, indices: list[int], digests: list[bytes]
) -> tuple[list[int], str]:
    words = [word for digest in digests for word in words_of(digest)]
    return probe.call("tree", [height, *span(indices), *span(words)])


@pytest.mark.parametrize("seed", range(12))
def test_multiproofs_take_exactly_their_digests(probe: Deployed, seed: int) -> None:
    random = Random(seed)
    height = random.randint(1, 7)
    count = random.choice([1, 2, 20, 1 << height])
    indices = sorted(random.randrange(1 << height) for _ in range(count))
    root, leaves, others = multiproof(height, indices, random)
    whole = [root, *leaves, *others]
    assert ask_tree(probe, height, indices, whole) == ([1], "")
    more = ask_tree(probe, height, indices, [*whole, random.randbytes(32)])
    assert more == ([], "merkle: too many digests")
    if others:
        less = ask_tree(probe, height, indices, whole[:-1])
        assert less == ([], "merkle: too few digests")
    spoiled = list(whole)
    at = random.randrange(len(spoiled))
    spoiled[at] = random.randbytes(32)
    _, reason = ask_tree(probe, height, indices, spoiled)
    assert reason in ("merkle: a root does not match", "merkle: leaf opens in two ways")


def test_one_leaf_twice_must_be_the_same(probe: Deployed) -> None:
    root, leaves, others = multiproof(3, [5, 5], Random(3))
    assert ask_tree(probe, 3, [5, 5], [root, *leaves, *others]) == ([1], "")
    other = [root, leaves[0], bytes(32), *others]
    assert ask_tree(probe, 3, [5, 5], other) == ([], "merkle: leaf opens in two ways")


# --- forged proofs ---


@pytest.fixture(scope="module")
def verifier(devnet: Devnet) -> Deployed:
    return deploy(devnet, VERIFIER)


@pytest.mark.parametrize("number", range(len(forgeries())))
def test_forgeries_fail_at_the_constraints_alone(
    verifier: Deployed, probe: Deployed, number: int
) -> None:
    """Made for verifiers that leave one constraint out: all other steps of the contract hold."""
    felts = pack(*forgery(number))
    assert verifier.call("verify", span(felts)) == ([], "constraints: do not hold")
    assert probe.call("all_but_constraints", span(felts)) == ([1], "")


@pytest.mark.parametrize("number", VECTORS)
def test_honest_proofs_hold_with_and_without_the_constraints(probe: Deployed, number: int) -> None:
    felts = pack(*pair(number))
    assert probe.call("all_but_constraints", span(felts)) == ([1], "")
    assert probe.call("run", [*span(felts), 8]) == ([1], "")

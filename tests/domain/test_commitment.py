"""Poseidon2 and the policy commitment."""

import hashlib
from collections.abc import Callable
from itertools import chain, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain import commitment
from obsqra_desktop.domain.commitment import Limbs, commit, draw_salt, pools_digest
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.poseidon2 import (
    EXTERNAL_FINAL,
    EXTERNAL_INITIAL,
    INTERNAL,
    INTERNAL_DIAGONAL,
    P,
    permute,
)
from tests.domain.strategies import felts, policies, salts

# Test vector of the crate p3-koala-bear 0.8.0, test_default_koalabear_poseidon2_width_16.
INPUT = (
    *(894848333, 1437655012, 1200606629, 1690012884, 71131202, 1749206695, 1717947831, 120589055),
    *(19776022, 42382981, 1831865506, 724844064, 171220207, 1299207443, 227047920, 1783754913),
)
OUTPUT = (
    *(1934285469, 604889435, 133449501, 1026180808, 1830659359, 176667110, 1391183747, 351743874),
    *(1238264085, 1292768839, 2023573270, 1201586780, 1360691759, 1230682461, 748270449),
    651545025,
)
SALT: Limbs = (1, 2, 3, 4, 5, 6, 7, 8)
IDS = (11, 22, 33)
BASE = Policy(
    name="Base",
    max_allocation_bps=6_000,
    min_pools=2,
    max_risk_score=60,
    max_volatility_bps=5_000,
    min_liquidity_tier=1,
    exclude_flagged=False,
    allowlist=None,
)


def test_permutation_vector() -> None:
    assert permute(INPUT) == OUTPUT


def matrix_permute(state: list[int]) -> list[int]:
    """The permutation from whole matrices, as the paper writes it."""
    m4 = [[2, 3, 1, 1], [1, 2, 3, 1], [1, 1, 2, 3], [3, 1, 1, 2]]
    outer = [
        [m4[i % 4][j % 4] * (2 if i // 4 == j // 4 else 1) for j in range(16)] for i in range(16)
    ]
    inner = [[1 + (INTERNAL_DIAGONAL[i] if i == j else 0) for j in range(16)] for i in range(16)]

    def times(matrix: list[list[int]], vector: list[int]) -> list[int]:
        return [sum(m * v for m, v in zip(row, vector, strict=True)) % P for row in matrix]

    state = times(outer, state)
    for constants in EXTERNAL_INITIAL:
        state = times(outer, [pow(s + c, 3, P) for s, c in zip(state, constants, strict=True)])
    for constant in INTERNAL:
        state = times(inner, [pow(state[0] + constant, 3, P), *state[1:]])
    for constants in EXTERNAL_FINAL:
        state = times(outer, [pow(s + c, 3, P) for s, c in zip(state, constants, strict=True)])
    return state


@given(st.lists(st.integers(0, P - 1), min_size=16, max_size=16))
def test_permutation_is_the_matrix_form(state: list[int]) -> None:
    assert list(permute(state)) == matrix_permute(state)


@pytest.mark.parametrize("state", [(0,) * 15, (0,) * 17, (P,) + (0,) * 15, (-1,) + (0,) * 15])
def test_permutation_refuses_what_is_no_state(state: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="16"):
        permute(state)


def test_diagonal() -> None:
    halves = (2, 8, 2**24)
    assert len(INTERNAL_DIAGONAL) == 16
    assert INTERNAL_DIAGONAL[0] == P - 2
    assert [INTERNAL_DIAGONAL[i] * h % P for i, h in zip((3, 10, 11), halves, strict=True)] == [
        1
    ] * 3


def by_hand(policy: Policy, ids: tuple[int, ...], salt: Limbs) -> list[int]:
    """The sponge, written from its description."""
    mask = 0
    for i, pool_id in enumerate(ids):
        if policy.allowlist is None or pool_id in policy.allowlist:
            mask |= 1 << i
    raw = b"OBSQRA/POOLS/1\0\0" + len(ids).to_bytes(4, "little")
    for pool_id in ids:
        raw += pool_id.to_bytes(32, "little")
    digest = hashlib.blake2s(raw).digest()
    words = [int.from_bytes(digest[4 * i : 4 * i + 4], "little") % 2**30 for i in range(8)]
    state = [0] * 16
    state[8] = 0x4F425351
    fields = [
        1,
        policy.max_allocation_bps,
        policy.min_pools,
        policy.max_risk_score,
        policy.max_volatility_bps,
        policy.min_liquidity_tier,
        1 if policy.exclude_flagged else 0,
        mask,
    ]
    for block in (fields, words, list(salt)):
        state = matrix_permute(block + state[8:])
    return state[:8]


@given(st.lists(felts, min_size=1, max_size=8, unique=True), salts, st.data())
def test_commitment_by_hand(ids: list[int], salt: Limbs, data: st.DataObject) -> None:
    policy = data.draw(policies(tuple(ids)))
    assert list(commit(policy, tuple(ids), salt)) == by_hand(policy, tuple(ids), salt)


def test_tag_is_a_field_element() -> None:
    assert commitment.TAG == 0x4F425351 < P


@pytest.mark.parametrize(
    "change",
    [
        {"max_allocation_bps": 6_001},
        {"min_pools": 3},
        {"max_risk_score": 61},
        {"max_volatility_bps": 5_001},
        {"min_liquidity_tier": 2},
        {"exclude_flagged": True},
        {"allowlist": (11, 33)},
        {"allowlist": ()},
    ],
)
def test_every_field_changes_the_commitment(change: dict[str, object]) -> None:
    assert commit(BASE.model_copy(update=change), IDS, SALT) != commit(BASE, IDS, SALT)


def test_pools_and_salt_change_the_commitment() -> None:
    seen = {commit(BASE, IDS, SALT)}
    for ids in ((11, 22), (22, 11, 33), (11, 22, 34), (11, 22, 33, 0)):
        seen.add(commit(BASE, ids, SALT))
    for i in range(8):
        a, b, c, d, e, f, g, h = (limb + (i == j) for j, limb in enumerate(SALT))
        seen.add(commit(BASE, IDS, (a, b, c, d, e, f, g, h)))
    assert len(seen) == 13


def test_only_the_pools_at_hand_and_no_name_are_committed_to() -> None:
    named = BASE.model_copy(update={"name": "Other"})
    listed = BASE.model_copy(update={"allowlist": (33, 22, 11, 99)})
    assert commit(named, IDS, SALT) == commit(listed, IDS, SALT) == commit(BASE, IDS, SALT)


def fixed(words: list[int]) -> Callable[[int], bytes]:
    source = chain(words, repeat(0))
    return lambda count: next(source).to_bytes(count, "little")


def test_salt_rejects_instead_of_reducing() -> None:
    assert draw_salt(fixed([P, 5, 2**31 - 1, 2**31 + 6, P - 1])) == (5, 6, P - 1, 0, 0, 0, 0, 0)


@given(salts)
def test_limb_bytes_round_trip(salt: Limbs) -> None:
    raw = commitment.limbs_to_bytes(salt)
    assert len(raw) == 32
    assert commitment.limbs_from_bytes(raw) == salt


@pytest.mark.parametrize(
    "raw", [b"", bytes(31), bytes(33), b"\xff" * 32, P.to_bytes(4, "little") * 8]
)
def test_refused_limb_bytes(raw: bytes) -> None:
    with pytest.raises(InvalidInput):
        commitment.limbs_from_bytes(raw)


@pytest.mark.parametrize("values", [(0,) * 7, (0,) * 9, (P,) + (0,) * 7, (-1,) * 8, (True,) * 8])
def test_refused_limbs(values: tuple[int, ...]) -> None:
    with pytest.raises(InvalidInput):
        commitment.to_limbs(values)


@pytest.mark.parametrize("ids", [(), tuple(range(9)), (-1,), (2**252,)])
def test_refused_pool_ids(ids: tuple[int, ...]) -> None:
    with pytest.raises(InvalidInput):
        pools_digest(ids)

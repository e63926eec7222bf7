"""The hiding commitment to a policy, as the proof opens it.

An overwrite sponge over Poseidon2 (KoalaBear, width 16, rate = the first 8 cells): the state is
zero but for the tag in cell 8; three blocks replace the rate, each followed by a permutation;
the commitment is the first 8 cells. The salt of 8 uniform elements (248 bits) makes it hiding.
"""

import hashlib
from collections.abc import Callable, Sequence
from typing import Final

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.pools import MAX_POOLS, STARK_PRIME
from obsqra_desktop.domain.poseidon2 import WIDTH, P, permute

VERSION: Final = 1
RATE: Final = 8
LIMBS: Final = 8
TAG: Final = 0x4F425351 % P
"""The letters OBSQ in the capacity."""
_POOLS_PREFIX: Final = b"OBSQRA/POOLS/1\0\0"
_LIMB_MASK: Final = 0x3FFFFFFF

Limbs = tuple[int, int, int, int, int, int, int, int]


def to_limbs(values: Sequence[int]) -> Limbs:
    """Check that these are 8 field elements; raises InvalidInput."""
    if len(values) != LIMBS or any(
        isinstance(value, bool) or not 0 <= value < P for value in values
    ):
        raise InvalidInput("expected 8 numbers below 2130706433")
    a, b, c, d, e, f, g, h = values
    return a, b, c, d, e, f, g, h


def limbs_to_bytes(limbs: Limbs) -> bytes:
    """32 bytes: each limb as little-endian uint32."""
    return b"".join(limb.to_bytes(4, "little") for limb in limbs)


def limbs_from_bytes(raw: bytes) -> Limbs:
    """The inverse of `limbs_to_bytes`; raises InvalidInput for wrong sizes and limbs ≥ P."""
    if len(raw) != 4 * LIMBS:
        raise InvalidInput(f"expected {4 * LIMBS} bytes, found {len(raw)}")
    return to_limbs([int.from_bytes(raw[i : i + 4], "little") for i in range(0, len(raw), 4)])


def draw_salt(random_bytes: Callable[[int], bytes]) -> Limbs:
    """Eight uniform elements from a source such as `secrets.token_bytes`."""
    limbs: list[int] = []
    while len(limbs) < LIMBS:
        candidate = int.from_bytes(random_bytes(4), "little") & 0x7FFFFFFF
        if candidate < P:  # reject instead of reducing: no value is likelier than another
            limbs.append(candidate)
    return to_limbs(limbs)


def pools_digest(pool_ids: Sequence[int]) -> Limbs:
    """Digest of the ids that the allowlist bits refer to: 8 words of 30 bits."""
    if not 1 <= len(pool_ids) <= MAX_POOLS or any(not 0 <= i < STARK_PRIME for i in pool_ids):
        raise InvalidInput(f"expected 1 to {MAX_POOLS} pool ids")
    data = _POOLS_PREFIX + len(pool_ids).to_bytes(4, "little")
    data += b"".join(pool_id.to_bytes(32, "little") for pool_id in pool_ids)
    digest = hashlib.blake2s(data).digest()
    words = (int.from_bytes(digest[i : i + 4], "little") for i in range(0, 32, 4))
    return to_limbs([word & _LIMB_MASK for word in words])


def policy_block(policy: Policy, pool_ids: tuple[int, ...]) -> Limbs:
    """The first block: the version, the fields, and the allowlist as bits of these pools."""
    return to_limbs(
        (
            VERSION,
            policy.max_allocation_bps,
            policy.min_pools,
            policy.max_risk_score,
            policy.max_volatility_bps,
            policy.min_liquidity_tier,
            int(policy.exclude_flagged),
            policy.allow_mask(pool_ids),
        )
    )


def commit(policy: Policy, pool_ids: tuple[int, ...], salt: Limbs) -> Limbs:
    """Commit to a policy for these pools, in this order, under this salt."""
    state: tuple[int, ...] = (0,) * RATE + (TAG,) + (0,) * (WIDTH - RATE - 1)
    for block in (policy_block(policy, pool_ids), pools_digest(pool_ids), to_limbs(salt)):
        state = permute(block + state[RATE:])
    return to_limbs(state[:LIMBS])

"""Derived keys: the documented rule, by a second statement of it; fixed for ever; unrelated."""

import hashlib
import hmac
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.note import KEY_BOUND
from obsqra_desktop.privacy.keys import CURVE_ORDER, MistKeys, copy_key, derive

SECRET = bytes(range(32))
CHAIN = int.from_bytes(b"OBSQRA_PRACTICE", "big")
POOL = 0x6F8DCC500131B6BE6B33F4534EC6D33DF33E61083EC2B051555D52E75654444
KEYS = MistKeys(SECRET, CHAIN, POOL)


def hkdf(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    """RFC 5869, from the document."""
    key = hmac.digest(salt, secret, hashlib.sha256)
    out = block = b""
    for counter in itertools.count(1):
        if len(out) >= length:
            return out[:length]
        block = hmac.digest(key, block + info + bytes([counter]), hashlib.sha256)
        out += block
    raise AssertionError


@given(st.binary(min_size=32, max_size=32), st.integers(0, 2**63 - 1))
def test_the_documented_rule(secret: bytes, index: int) -> None:
    keys = MistKeys(secret, CHAIN, POOL)
    chain, pool, number = (
        CHAIN.to_bytes(32, "big"),
        POOL.to_bytes(32, "big"),
        index.to_bytes(8, "big"),
    )
    salt = b"obsqra/mist/1"
    info = salt + b"/claiming-key\0" + chain + pool + number
    assert keys.claiming_key(index) == int.from_bytes(hkdf(secret, salt, info, 31), "big")
    info = salt + b"/account-key\0" + chain + number
    made = int.from_bytes(hkdf(secret, salt, info, 48), "big")
    assert keys.account_key(index) == 1 + made % (CURVE_ORDER - 1)
    info = salt + b"/notes-key\0" + chain + pool
    assert keys.notes_key() == hkdf(secret, salt, info, 32)
    assert copy_key(secret) == hkdf(secret, salt, salt + b"/copy-key\0", 32)
    assert 0 < keys.claiming_key(index) < KEY_BOUND
    assert 0 < keys.account_key(index) < CURVE_ORDER


def test_keys_never_change() -> None:
    """A change here would make every note unfindable."""
    digest = hashlib.sha256()
    for index in range(5):
        digest.update(
            KEYS.claiming_key(index).to_bytes(32, "big")
            + KEYS.account_key(index).to_bytes(32, "big")
        )
    digest.update(KEYS.notes_key())
    assert digest.hexdigest() == "1337a8253dc5894bf08e26917d13192ae5e75cf1f6c177250698995133ad0721"
    beside = "ab72751e18d602a2b6d9a33e285288cfbbd7167dcb8fe97701e89acf7caf9576"
    assert copy_key(SECRET).hex() == beside, "copies that lie somewhere would stay closed"


def test_every_part_of_the_place_matters_and_neighbours_are_unrelated() -> None:
    others = [
        MistKeys(SECRET[::-1], CHAIN, POOL),
        MistKeys(SECRET, CHAIN + 1, POOL),
        MistKeys(SECRET, CHAIN, POOL + 1),
    ]
    keys = [one.claiming_key(index) for one in (KEYS, *others) for index in range(64)]
    assert len(set(keys)) == len(keys)
    near = sorted(keys)
    assert min(b - a for a, b in itertools.pairwise(near)) > 2**200
    assert derive(SECRET, "a", b"b", 32) != derive(SECRET, "ab", b"", 32)


def test_secrets_stay_out_of_repr_and_bad_places_are_refused() -> None:
    assert SECRET.hex() not in repr(KEYS)
    assert repr(SECRET) not in repr(KEYS)
    for bad in ((SECRET[1:], CHAIN, POOL), (SECRET, 0, POOL), (SECRET, CHAIN, 0)):
        with pytest.raises(InvalidInput):
            MistKeys(*bad)
    for index in (-1, 2**63):
        with pytest.raises(InvalidInput):
            KEYS.claiming_key(index)

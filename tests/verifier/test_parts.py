"""Ed25519 against RFC 8032 and another implementation, JSON against RFC 8785, the allocation."""

import json
import random
from typing import Any

import pytest
import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tests.verifier.loading import vb

# RFC 8032, 7.1: TEST 1, 2, 3 and SHA(abc): secret key, message
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        (
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970"
            "1cf9b46bd25bf5f0595bbe24655141438e7a100b"
        ),
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "72",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        (
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613"
            "d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        ),
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "af82",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        (
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760"
            "984dc6594a7c15e9716ed28dc027beceea1ec40a"
        ),
    ),
]


@pytest.mark.parametrize(("_secret", "message", "key", "signature"), RFC_8032)
def test_rfc_8032(_secret: str, message: str, key: str, signature: str) -> None:
    parts = [bytes.fromhex(one) for one in (key, message, signature)]
    vb.check_signature(*parts)
    for part, at in ((0, 5), (2, 3), (2, 40)):
        other = [bytearray(one) for one in parts]
        other[part][at] ^= 1
        with pytest.raises(vb.Rejected):
            vb.check_signature(*map(bytes, other))
    with pytest.raises(vb.Rejected):
        vb.check_signature(parts[0], parts[1] + b"x", parts[2])


def refused(key: bytes, message: bytes, signature: bytes) -> str:
    with pytest.raises(vb.Rejected) as caught:
        vb.check_signature(key, message, signature)
    return str(caught.value)


def test_strictness() -> None:
    key, message, signature = (bytes.fromhex(RFC_8032[1][i]) for i in (2, 1, 3))
    s = int.from_bytes(signature[32:], "little")
    for more in (vb.ED_L, 2 * vb.ED_L):
        malleable = signature[:32] + (s + more).to_bytes(32, "little")
        assert "group's order" in refused(key, message, malleable)
    assert "64 bytes" in refused(key, message, signature + b"\0")
    assert "64 bytes" in refused(key, message, b"")
    for y in (vb.ED_P, vb.ED_P + 1, 2**255 - 1):  # second encodings of small y
        point = y.to_bytes(32, "little")
        assert "canonical" in refused(point, message, signature)
        assert "canonical" in refused(key, message, point + signature[32:])
    negative_zero = (1 | 1 << 255).to_bytes(32, "little")
    assert "canonical" in refused(negative_zero, message, signature)
    assert "not on the curve" in refused((2).to_bytes(32, "little"), message, signature)


def test_low_order_points() -> None:
    """The eight points of order 1, 2, 4 and 8; under such a key all messages would verify."""
    eighth = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
    points = [
        1,
        vb.ED_P - 1,
        0,
        1 << 255,
        *(y | s << 255 for y in (eighth, vb.ED_P - eighth) for s in (0, 1)),
    ]
    key, message, signature = (bytes.fromhex(RFC_8032[1][i]) for i in (2, 1, 3))
    for number in points:
        point = number.to_bytes(32, "little")
        assert "low order" in refused(point, message, signature)
        assert "low order" in refused(key, message, point + signature[32:])
    identity = (1).to_bytes(32, "little")
    assert "low order" in refused(identity, b"anything", identity + bytes(32))


@pytest.mark.parametrize("seed", range(12))
def test_against_another_implementation(seed: int) -> None:
    rng = random.Random(seed)
    private = Ed25519PrivateKey.from_private_bytes(rng.randbytes(32))
    key, message = private.public_key().public_bytes_raw(), rng.randbytes(seed * 7)
    signature = private.sign(message)
    vb.check_signature(key, message, signature)
    for _ in range(4):
        changed = bytearray(signature)
        changed[rng.randrange(64)] ^= 1 << rng.randrange(8)
        with pytest.raises(InvalidSignature):
            Ed25519PublicKey.from_public_bytes(key).verify(bytes(changed), message)
        refused(key, message, bytes(changed))


def value_of(rng: random.Random, depth: int = 3) -> Any:
    kind = rng.randrange(6 if depth else 4)
    if kind == 0:
        return rng.choice((None, True, False))
    if kind == 1:
        return rng.randint(-(2**53) + 1, 2**53 - 1)
    if kind < 4:
        letters = 'aé€\u007f\u0080\u2028\ufb33\U0001f600"\\/\b\f\n\r\t\0\x1f<'
        return "".join(rng.choice(letters) for _ in range(rng.randrange(6)))
    if kind == 4:
        return [value_of(rng, depth - 1) for _ in range(rng.randrange(4))]
    return {value_of_key(rng): value_of(rng, depth - 1) for _ in range(rng.randrange(5))}


def value_of_key(rng: random.Random) -> str:
    return "".join(rng.choice("a€\r1\U0001f600\ufb33ö\x80") for _ in range(rng.randrange(1, 4)))


def test_canonical_json_against_another_implementation() -> None:
    rng = random.Random(8785)
    for _ in range(500):
        value = value_of(rng)
        raw = rfc8785.dumps(value)
        assert vb.canonical(value).encode() == raw
        assert vb.parse_json(raw, "it") == value
        spaced = json.dumps(value, indent=1).encode()
        if spaced != raw:
            with pytest.raises(vb.Rejected):
                vb.parse_json(spaced, "it")


@pytest.mark.parametrize(
    ("value", "shape", "expected"),
    [
        (1, (0, 1), True),
        (True, (0, 1), False),
        (1.0, (0, 1), False),
        (1, frozenset((True, False)), False),
        (True, frozenset((True, False)), True),
        (None, frozenset((None, (0, 3))), True),
        ("a\n", "a", False),
        ("a", "a|b", True),
        ({"a": 1}, {"a": (0, 1)}, True),
        ({"a": 1, "b": 1}, {"a": (0, 1)}, False),
        ({}, {"a": (0, 1)}, False),
        ([1, 2], [(0, 9), 2, 2], True),
        ([1], [(0, 9), 2, 2], False),
        ({"0": 1}, [(0, 9), 0, 2], False),
        (False, False, True),
        (0, False, False),
    ],
)
def test_shapes(value: object, shape: object, expected: bool) -> None:
    assert vb.fits(value, shape) is expected


def pool(number: int, apy: int, score: int) -> Any:
    return vb.Pool(number, (0, 0, 3, 0, 0, apy), score, 0, 0, 0)


def policy(**changes: Any) -> dict[str, Any]:
    return {
        "max_allocation_bps": 10_000,
        "min_pools": 1,
        "max_risk_score": 100,
        "max_volatility_bps": 10_000,
        "min_liquidity_tier": 0,
        "exclude_flagged": False,
        "allowlist": None,
        **changes,
    }


def test_allocation() -> None:
    pools = [pool(1, 300, 9), pool(2, 100, 9), pool(3, 0, 9)]
    assert vb.allocate(policy(), pools) == [7500, 2500, 0]
    assert vb.allocate(policy(max_allocation_bps=6000), pools) == [6000, 4000, 0]
    assert vb.allocate(policy(max_allocation_bps=4000), pools) == [4000, 4000, 0]
    assert vb.allocate(policy(allowlist=["0x2"]), pools) == [0, 10000, 0]
    assert vb.allocate(policy(allowlist=[]), pools) == [0, 0, 0]
    assert vb.allocate(policy(max_risk_score=8), pools) == [0, 0, 0]
    three = [pool(i, 100, 9) for i in (1, 2, 3)]
    assert vb.allocate(policy(), three) == [3333, 3333, 3334]
    assert vb.allocate(policy(max_allocation_bps=3333), three) == [3333, 3333, 3333]

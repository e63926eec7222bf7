"""Keys and signatures: published vectors, another implementation, and everything spoiled."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obsqra_desktop.chain import stark_curve
from obsqra_desktop.domain.accounts import CURVE_ORDER
from obsqra_desktop.domain.errors import InvalidInput, ToolMissing
from obsqra_desktop.domain.felt import PRIME

VECTORS: Final = json.loads(
    (Path(__file__).parents[1] / "vectors" / "stark_curve.json").read_text("utf-8")
)
HIGHEST: Final = 2**251
"""What is signed, r and s are below it (crypto-cpp, ecdsa.cc)."""
KEY: Final = 0x71D7BB07B9A64F6F78AC4C816AFF4DA9
"""The first key of `starknet-devnet --seed 0`: public knowledge."""
MESSAGE: Final = 0x2511BC3E63E689D582C40229553333804D0EE46FF074ABB8CEAC144E65A7B4A
keys = st.one_of(
    st.sampled_from([1, 2, CURVE_ORDER - 2, CURVE_ORDER - 1]), st.integers(1, CURVE_ORDER - 1)
)
messages = st.one_of(
    st.sampled_from([1, 2**247 - 1, 2**247, 2**248, HIGHEST - 1]),
    st.integers(1, HIGHEST - 1),
    st.integers(1, 2**64),
)


def felts(words: list[Any]) -> list[int]:
    return [int(one, 16) for one in words]


@pytest.fixture(scope="module")
def other() -> ModuleType:
    """starknet-py's functions over crypto-cpp, which share no code with the native module."""
    from starknet_py.hash import utils

    return utils


@pytest.fixture(scope="module")
def native() -> ModuleType:
    return stark_curve.load()


# --- as others have it ---


@pytest.mark.parametrize(("key", "public"), VECTORS["keys"])
def test_published_keys(key: str, public: str) -> None:
    assert stark_curve.public_key(int(key, 16)) == int(public, 16)


@pytest.mark.parametrize("vector", VECTORS["signatures"])
def test_published_signatures(vector: list[str]) -> None:
    key, message, r, s = felts(vector)
    assert stark_curve.sign(message, key) == (r, s)


@pytest.mark.parametrize("vector", VECTORS["verified"])
def test_published_verdicts(vector: list[Any]) -> None:
    public, message, r, s = felts(vector[:4])
    assert stark_curve.is_good(message, (r, s), public) is vector[4]


@settings(max_examples=40)
@given(key=keys, message=messages)
def test_signatures_are_those_of_crypto_cpp(other: ModuleType, key: int, message: int) -> None:
    assert stark_curve.public_key(key) == other.private_to_stark_key(key)
    assert stark_curve.sign(message, key) == other.message_signature(message, key, seed=None)


@settings(max_examples=40)
@given(key=keys, message=messages, seed=st.integers(1, 2**32))
def test_what_crypto_cpp_signs_is_good(
    other: ModuleType, key: int, message: int, seed: int
) -> None:
    r, s = other.message_signature(message, key, seed=seed)
    public = stark_curve.public_key(key)
    # Whoever sees a signature can mirror it, on Starknet as everywhere without a rule for a low s.
    for signed in ((r, s), (r, CURVE_ORDER - s)):
        assert stark_curve.is_good(message, signed, public)
        assert other.verify_message_signature(message, list(signed), public)


parts = st.one_of(
    st.integers(1, CURVE_ORDER - 1),
    st.sampled_from([1, 2, HIGHEST - 1, HIGHEST, CURVE_ORDER - 1]),
)


@given(public=st.integers(0, PRIME - 1), message=messages, r=parts, s=parts)
def test_what_nobody_signed_is_not_good(
    other: ModuleType, public: int, message: int, r: int, s: int
) -> None:
    assert not stark_curve.is_good(message, (r, s), public)
    assert not other.verify_message_signature(message, [r, s], public)


@pytest.mark.parametrize("message", [0, 1, HIGHEST - 1])
@pytest.mark.parametrize("key", [1, CURVE_ORDER - 1])
def test_the_ends_of_the_ranges(key: int, message: int) -> None:
    public = stark_curve.public_key(key)
    assert public == stark_curve.public_key(CURVE_ORDER - key)  # G and -G
    assert stark_curve.is_good(message, stark_curve.sign(message, key), public)


# --- spoiled ---


def spoiled() -> Iterator[tuple[str, int, tuple[int, ...], int]]:
    """Name, message, signature and public key; each differs from what is good in one thing."""
    public, (r, s) = stark_curve.public_key(KEY), stark_curve.sign(MESSAGE, KEY)
    for bit in range(256):
        yield f"message, bit {bit}", MESSAGE ^ 1 << bit, (r, s), public
        yield f"r, bit {bit}", MESSAGE, (r ^ 1 << bit, s), public
        yield f"s, bit {bit}", MESSAGE, (r, s ^ 1 << bit), public
        yield f"public key, bit {bit}", MESSAGE, (r, s), public ^ 1 << bit
    for modulus in (PRIME, CURVE_ORDER, HIGHEST, 2**256, 2**512):
        yield f"message + {modulus}", MESSAGE + modulus, (r, s), public
        yield f"r + {modulus}", MESSAGE, (r + modulus, s), public
        yield f"s + {modulus}", MESSAGE, (r, s + modulus), public
        yield f"public key + {modulus}", MESSAGE, (r, s), public + modulus
    for wrong in (0, -1, HIGHEST, CURVE_ORDER, PRIME):
        yield f"message {wrong}", wrong, (r, s), public
        yield f"r {wrong}", MESSAGE, (wrong, s), public
        yield f"s {wrong}", MESSAGE, (r, wrong), public
        yield f"public key {wrong}", MESSAGE, (r, s), wrong
    yield "swapped", MESSAGE, (s, r), public
    yield "r negated", MESSAGE, (-r, s), public
    yield "s negated", MESSAGE, (r, -s), public
    yield "the key's own number", MESSAGE, (r, s), KEY
    yield "another key", MESSAGE, (r, s), stark_curve.public_key(KEY + 1)
    yield "another's signature", MESSAGE, stark_curve.sign(MESSAGE, KEY + 1), public
    yield "another message's", MESSAGE, stark_curve.sign(MESSAGE + 1, KEY), public
    yield "r of another message", MESSAGE, (stark_curve.sign(MESSAGE + 1, KEY)[0], s), public
    for length in ((), (r,), (r, s, 0), (r, s, r, s)):
        yield f"{len(length)} numbers", MESSAGE, length, public


def test_spoiled_signatures_are_not_good() -> None:
    public, signed = stark_curve.public_key(KEY), stark_curve.sign(MESSAGE, KEY)
    assert stark_curve.is_good(MESSAGE, signed, public)
    taken = [name for name, *rest in spoiled() if stark_curve.is_good(*rest)]
    assert taken == []


def test_a_hash_that_was_chosen_for_the_key_stops_nothing() -> None:
    """message * G - r * Q is the point at infinity for the key 1 and r = message."""
    assert not stark_curve.is_good(5, (5, 1), stark_curve.public_key(1))


# --- refused ---


@pytest.mark.parametrize("key", [0, -1, CURVE_ORDER, CURVE_ORDER + 1, PRIME, 2**256, 2**300])
def test_numbers_that_are_no_key(key: int) -> None:
    with pytest.raises(InvalidInput, match="private key") as public:
        stark_curve.public_key(key)
    with pytest.raises(InvalidInput, match="private key") as signed:
        stark_curve.sign(MESSAGE, key)
    for told in (public, signed):
        assert key == 0 or f"{key:x}" not in str(told.value)


@pytest.mark.parametrize("message", [-1, HIGHEST, PRIME - 1, PRIME, PRIME + 1, 2**256, 2**300])
def test_numbers_that_cannot_be_signed(message: int) -> None:
    with pytest.raises(InvalidInput, match="below 2\\^251"):
        stark_curve.sign(message, KEY)


LENGTHS: Final = (0, 1, 31, 33, 63, 64, 65, 128)


@pytest.mark.parametrize("length", LENGTHS)
def test_the_module_takes_its_lengths_only(native: ModuleType, length: int) -> None:
    odd, good = bytes(length), (1).to_bytes(32, "big")
    calls = [
        lambda: native.stark_public_key(odd),
        lambda: native.stark_sign(odd, good),
        lambda: native.stark_sign(good, odd),
        lambda: native.stark_verify(odd, good, good + good),
        lambda: native.stark_verify(good, odd, good + good),
    ]
    if length != 64:
        calls.append(lambda: native.stark_verify(good, good, odd))
    for call in calls:
        with pytest.raises(native.InvalidInput, match="32 bytes"):
            call()


@pytest.mark.parametrize("key", [0, CURVE_ORDER, PRIME, PRIME + 1, 2**256 - 1])
def test_the_module_takes_private_keys_only(native: ModuleType, key: int) -> None:
    given, message = key.to_bytes(32, "big"), (1).to_bytes(32, "big")
    for call in (lambda: native.stark_public_key(given), lambda: native.stark_sign(given, message)):
        with pytest.raises(native.InvalidInput) as told:
            call()
        assert str(told.value) == "a private key is a number from 1 up to the order of the curve"


@pytest.mark.parametrize("message", [HIGHEST, PRIME - 1, PRIME, 2**256 - 1])
def test_the_module_signs_what_ecdsa_takes(native: ModuleType, message: int) -> None:
    with pytest.raises(native.InvalidInput, match="below 2\\^251"):
        native.stark_sign(KEY.to_bytes(32, "big"), message.to_bytes(32, "big"))


def test_the_module_says_no_to_numbers_out_of_range(native: ModuleType) -> None:
    """Where the adapter's tests could have been stopped by the adapter."""
    public, (r, s) = stark_curve.public_key(KEY), stark_curve.sign(MESSAGE, KEY)

    def verified(*numbers: int) -> bool:
        first, second, third, fourth = (one.to_bytes(32, "big") for one in numbers)
        return bool(native.stark_verify(first, second, third + fourth))

    assert verified(public, MESSAGE, r, s)
    for place in range(4):
        for wrong in (0, HIGHEST, CURVE_ORDER, PRIME - 1, PRIME, 2**256 - 1):
            numbers = [public, MESSAGE, r, s]
            numbers[place] = wrong
            assert not verified(*numbers), (place, wrong)
        for modulus in (PRIME, CURVE_ORDER):
            numbers = [public, MESSAGE, r, s]
            numbers[place] += modulus
            assert not verified(*numbers), (place, modulus)


# --- what can go wrong around it ---


@pytest.mark.parametrize("byte", [0, 31, 32, 63])
def test_a_bad_signature_is_not_handed_out(
    monkeypatch: pytest.MonkeyPatch, native: ModuleType, byte: int
) -> None:
    def faulty(*words: bytes) -> bytes:
        made = bytearray(native.stark_sign(*words))
        made[byte] ^= 1
        return bytes(made)

    fake = SimpleNamespace(**{**vars(native), "stark_sign": faulty})
    monkeypatch.setattr(stark_curve, "load", lambda: fake)
    with pytest.raises(InvalidInput, match="not good"):
        stark_curve.sign(MESSAGE, KEY)


@pytest.mark.parametrize("module", [None, ModuleType("obsqra_native")])
def test_no_module_or_an_older_one(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType | None
) -> None:
    monkeypatch.setitem(sys.modules, "obsqra_native", module)
    calls = (
        lambda: stark_curve.public_key(KEY),
        lambda: stark_curve.sign(MESSAGE, KEY),
        lambda: stark_curve.is_good(MESSAGE, (1, 1), 1),
    )
    for call in calls:
        with pytest.raises(ToolMissing, match="Nothing was signed or sent"):
            call()


ALONE: Final = """
import sys
from obsqra_desktop.chain import stark_curve
assert stark_curve.is_good(1, stark_curve.sign(1, 2), stark_curve.public_key(2))
print(*sorted({"starknet_py", "sympy", "aiohttp", "crypto_cpp_py"} & set(sys.modules)))
"""


def test_keys_and_signatures_load_nothing_slow() -> None:
    done = subprocess.run([sys.executable, "-c", ALONE], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr

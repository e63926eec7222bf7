"""Keys and signatures on Starknet's curve: calls into `obsqra_native`, where starknet-crypto is.

ECDSA with the deterministic k of RFC 6979 and nothing besides, as StarkWare's vectors, starknet.js
and starknet-rs have it. (starknet-py's `message_signature` takes the number 32 into k by default;
its signatures are others and as good.) Nothing here runs in constant time: whoever can time this
process closely enough to matter can read its memory too. Python cannot wipe numbers from memory;
a key is held no longer than the call. The GIL is released.

The module is loaded with the first call.
"""

from collections.abc import Sequence
from types import ModuleType
from typing import Final

from obsqra_desktop.domain.accounts import CURVE_ORDER
from obsqra_desktop.domain.errors import InvalidInput, ToolMissing

NUMBER: Final = 32
"""Bytes of a number, big-endian."""


def public_key(private_key: int) -> int:
    """The x coordinate; raises InvalidInput for a number that is no private key, ToolMissing."""
    if not 1 <= private_key < CURVE_ORDER:
        raise InvalidInput("A private key is a number from 1 up to the order of the curve.")
    return int.from_bytes(load().stark_public_key(private_key.to_bytes(NUMBER, "big")), "big")


def sign(message: int, private_key: int) -> tuple[int, int]:
    """(r, s) over a hash below 2^251, verified before it is handed out.

    Raises InvalidInput, ToolMissing.
    """
    native, public = load(), public_key(private_key)
    try:
        given = message.to_bytes(NUMBER, "big")
        made = native.stark_sign(private_key.to_bytes(NUMBER, "big"), given)
    except (OverflowError, native.InvalidInput):
        raise InvalidInput("A hash that is signed is a number below 2^251.") from None
    signed = int.from_bytes(made[:NUMBER], "big"), int.from_bytes(made[NUMBER:], "big")
    if not is_good(message, signed, public):
        raise InvalidInput("The signature that was just made is not good. Nothing was sent.")
    return signed


def is_good(message: int, signed: Sequence[int], public: int) -> bool:
    """Whether the key with this x coordinate has signed this hash; raises ToolMissing."""
    native = load()
    if len(signed) != 2:
        return False
    try:
        numbers = [one.to_bytes(NUMBER, "big") for one in (public, message, *signed)]
    except OverflowError:
        return False
    return bool(native.stark_verify(numbers[0], numbers[1], numbers[2] + numbers[3]))


def load() -> ModuleType:
    """The Rust module; raises ToolMissing with the remedy, also for one of another version."""
    try:
        import obsqra_native
        from obsqra_native import stark_sign as _stark_sign  # noqa: F401 - an older one lacks it
    except ImportError as error:
        raise ToolMissing(
            "The library for Starknet's curve could not be loaded. Nothing was signed or sent.",
            hint="In a checkout run 'python3 dev.py test' or 'run' once; else install again.",
        ) from error
    module: ModuleType = obsqra_native
    return module

"""Field elements, addresses, selectors and short strings, as Starknet defines them.

A felt is a number below the prime 2^251 + 17·2^192 + 1. Files and the network write it as lower
case hex with `0x`; programs hold it as an int.
"""

import re
from functools import lru_cache
from typing import Annotated, Final

from pydantic import BeforeValidator, Field, PlainSerializer

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.strict_json import MAX_INT

PRIME: Final = 2**251 + 17 * 2**192 + 1
ADDRESS_BOUND: Final = 2**251 - 256
"""Contract addresses are below this (Starknet documentation, "Contract address")."""

MASK_250: Final = 2**250 - 1
SHORT_STRING_BYTES: Final = 31
HEX: Final = re.compile(r"0[xX][0-9a-fA-F]{1,64}")


def parse_felt(value: object) -> int:
    """A felt from its hex form or an int; ValueError if it is neither or out of range."""
    if isinstance(value, str) and HEX.fullmatch(value):
        value = int(value, 16)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < PRIME:
        raise ValueError("not a field element (0x… below the Starknet prime)")
    return value


def parse_decimal(value: object) -> int:
    """A whole number ≥ 0 from decimal digits or an int; ValueError if it is neither."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 78:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 2**256:
        raise ValueError("not a whole number below 2^256")
    return value


def hex_form(value: int) -> str:
    """The short lower case form, as files and the network write it."""
    return hex(value)


Felt = Annotated[int, BeforeValidator(parse_felt), PlainSerializer(hex_form, return_type=str)]
"""A field of a document: an int in the program, `0x…` in files."""

Amount = Annotated[int, BeforeValidator(parse_decimal), PlainSerializer(str, return_type=str)]
"""A field of a document: an int in the program (below 2^256), decimal digits in files."""

Count = Annotated[int, Field(ge=0, le=MAX_INT)]
"""A block number or unix seconds. Files hold no larger number: what a node says beyond that would
make the file unreadable."""


def starknet_keccak(data: bytes) -> int:
    """Keccak-256 cut to its lower 250 bits (Starknet documentation, "Hash functions")."""
    from Crypto.Hash import keccak  # takes longer to load than most runs ever hash

    digest = keccak.new(digest_bits=256, data=data).digest()
    return int.from_bytes(digest, "big") & MASK_250


@lru_cache(maxsize=256)
def selector(name: str) -> int:
    """The number of an entry point or event from its name."""
    if name in {"__default__", "__l1_default__"}:
        return 0
    return starknet_keccak(name.encode("ascii"))


def short_string(text: str) -> int:
    """Up to 31 printable ASCII characters as one felt, as chain ids are; raises InvalidInput.

    With a NUL in front two texts would be the same felt.
    """
    if not (0 < len(text) <= SHORT_STRING_BYTES and text.isascii() and text.isprintable()):
        raise InvalidInput(f"{text[:40]!r} is not a short string (1 to 31 ASCII characters).")
    return int.from_bytes(text.encode("ascii"), "big")


def from_short_string(value: int) -> str:
    """The text of a short string; what is not printable comes as hex."""
    raw = value.to_bytes((value.bit_length() + 7) // 8, "big")
    text = raw.decode("ascii", "replace")
    return text if text.isprintable() and text.isascii() and text else hex(value)


@lru_cache(maxsize=4096)  # tables ask for each row at each painting
def address_form(address: int) -> str:
    """64 hex digits with the checksum in the letters' case.

    The rule is that of starknet.js (`getChecksumAddress`): the digit at place i is upper case when
    bit 255 - 4·i of the 250-bit Keccak over the address's big-endian bytes is set.
    """
    mark = starknet_keccak(address.to_bytes(max(1, (address.bit_length() + 7) // 8), "big"))
    digits = f"{address:064x}"
    return "0x" + "".join(
        digit.upper() if mark >> (255 - 4 * place) & 1 else digit
        for place, digit in enumerate(digits)
    )


def parse_address(text: str, *, where: str = "address") -> int:
    """An address as people type or paste it; raises InvalidInput.

    One case throughout carries no checksum and is taken; mixed case must have the right one.
    """
    clean = text.strip()
    if not HEX.fullmatch(clean):
        raise InvalidInput("an address is 0x and up to 64 hex digits", where=where)
    value = int(clean, 16)
    if not 1 < value < ADDRESS_BOUND:
        raise InvalidInput("no contract can have this address", where=where)
    digits = clean[2:]
    mixed = digits != digits.lower() and digits != digits.upper()
    if mixed and "0x" + digits.rjust(64, "0") != address_form(value):
        raise InvalidInput(
            "the checksum in its capital letters is wrong: at least one character is mistyped",
            where=where,
            hint="Copy the address again from where it came.",
        )
    return value

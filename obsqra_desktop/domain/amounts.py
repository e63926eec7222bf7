"""Token amounts: whole numbers of the smallest unit inside, decimal text outside. Exact."""

import re
from dataclasses import dataclass
from typing import Final

from obsqra_desktop.domain.errors import InvalidInput

U256: Final = 2**256
TYPED: Final = re.compile(r"(\d{1,78}|\d{1,3}(?: \d{3}){1,25})(?:\.(\d{1,77}))?", re.ASCII)
"""Spaces only where they make groups of thousands: "1 5" may have been meant as "1.5"."""


@dataclass(frozen=True)
class Token:
    """An ERC-20 contract: symbol and decimals are its own word, not a promise."""

    symbol: str
    name: str
    address: int
    decimals: int


STRK: Final = Token(
    "STRK",
    "Starknet Token",
    0x04718F5A0FC34CC1AF16A1CDEE98FFB20C31F5CD61D6AB07201858F4287C938D,
    18,
)
ETH: Final = Token(
    "ETH",
    "Ether",
    0x049D36570D4E46F48E99674BD3FCC84644DDD6B96F7C741B1562B82F9E004DC7,
    18,
)
"""The same addresses on mainnet, Sepolia and every devnet (facts: Starknet address registry)."""

KNOWN_TOKENS: Final = (STRK, ETH)


def parse_amount(text: str, decimals: int, *, where: str = "amount") -> int:
    """Decimal text to the smallest unit; raises InvalidInput.

    No sign, exponent or comma; thousands may be set apart by spaces, as `format_amount` does.
    """
    found = TYPED.fullmatch(text.strip().replace("\N{NARROW NO-BREAK SPACE}", " "))
    if found is None:
        raise InvalidInput("type an amount such as 12.5", where=where)
    fraction = (found[2] or "").rstrip("0")
    if len(fraction) > decimals:
        raise InvalidInput(f"this token has {decimals} decimal places", where=where)
    value = int(found[1].replace(" ", "") + fraction.ljust(decimals, "0"))
    if value >= U256:
        raise InvalidInput("no token can hold that much", where=where)
    return value


def format_amount(value: int, decimals: int, places: int | None = None) -> str:
    """Exact decimal text; with `places` rounded towards zero and marked by … when it is cut."""
    sign, value = ("-" if value < 0 else ""), abs(value)
    whole, rest = divmod(value, 10**decimals)
    fraction = str(rest).rjust(decimals, "0").rstrip("0") if decimals else ""
    grouped = f"{whole:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
    if places is not None and len(fraction) > places:
        kept = fraction[:places]
        if not whole and not kept.strip("0"):
            return f"{sign}<0.{'0' * (places - 1)}1" if places else f"{sign}<1"
        fraction = kept.rstrip("0")
        return f"{sign}{grouped}.{fraction}…" if fraction else f"{sign}{grouped}…"
    return f"{sign}{grouped}.{fraction}" if fraction else f"{sign}{grouped}"

"""Amounts that are tried where the chain does not tell one.

An amount inside of the pool is nowhere on chain. What is tried: numbers of at most three digits
with zeros behind (the amounts that this program proposes are among them), and what these leave of a
known whole. Whatever has more digits is found only with the notes book of a backup.
"""

from functools import cache
from typing import Final

from obsqra_desktop.domain.mist.amounts import LARGEST_DIGIT, SMALLEST_DIGIT
from obsqra_desktop.domain.mist.note import AMOUNT_BOUND

DIGITS: Final = 3
USUAL_DECIMALS: Final = (6, 8, 18)
"""Tried for a token that is not known."""


@cache
def short_amounts(decimals: int, digits: int = DIGITS) -> tuple[int, ...]:
    """All amounts of so many digits with zeros behind, from 0.001 of a token to below 1 000 000,
    rising. About 6,000 for three digits of a token with 18 decimals."""
    lowest = max(0, decimals - SMALLEST_DIGIT)
    most = 10 ** (decimals + LARGEST_DIGIT + 1)
    found = {
        mantissa * 10**zeros
        for zeros in range(lowest, decimals + LARGEST_DIGIT + 1)
        for mantissa in range(1, 10**digits)
        if mantissa * 10**zeros < most
    }
    return tuple(sorted(found))


def tried_for(decimals: int | None, digits: int = DIGITS) -> tuple[int, ...]:
    """`short_amounts` of a token, or of the usual decimals if it is not known."""
    places = USUAL_DECIMALS if decimals is None else (decimals,)
    return tuple(sorted({one for each in places for one in short_amounts(each, digits)}))


def parts_of(whole: int, decimals: int | None) -> tuple[int, ...]:
    """Amounts into which a known whole may have been divided: short ones, and what they leave.

    The whole and nothing come first, as they are by far the most common.
    """
    if not 0 <= whole < AMOUNT_BOUND:
        return ()
    short = [one for one in tried_for(decimals) if one < whole]
    return tuple(dict.fromkeys((whole, 0, *short, *(whole - one for one in short))))


def can_be_found(amount: int, decimals: int | None, whole: int | None = None) -> bool:
    """Whether a search without the notes book would find it, alone or as a part of this whole."""
    short = set(tried_for(decimals))
    if amount in short or amount == whole:
        return True
    return whole is not None and whole - amount in short

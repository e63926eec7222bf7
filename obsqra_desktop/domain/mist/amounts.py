"""Amounts for MIST that others most likely use, too: 1, 2 and 5 times a power of ten.

MIST takes any amount, and an unusual one gives its owner away: who deposits 7.3 and withdraws 7.3
is found at once, whatever is proved (facts of MIST's own documentation). So this program proposes
amounts of a common grid in both directions and keeps the rest inside as hidden change. A policy of
this program, not of the contract.
"""

from typing import Final

from obsqra_desktop.domain.errors import InvalidInput

STEPS: Final = (1, 2, 5)
SMALLEST_DIGIT: Final = 3
"""The grid begins at 0.001 of a token (or at its smallest unit)."""
LARGEST_DIGIT: Final = 5
"""And ends at 500 000 of a token."""
REASON: Final = (
    "Amounts of 1, 2 or 5 with zeros are what others most likely use, too; any other points at who "
    "deposited it."
)


def grid(decimals: int) -> tuple[int, ...]:
    """All common amounts of a token in its smallest unit, rising. InvalidInput beyond 0..36."""
    if not 0 <= decimals <= 36:
        raise InvalidInput("a token has 0 to 36 decimals", where="decimals")
    digits = range(max(0, decimals - SMALLEST_DIGIT), decimals + LARGEST_DIGIT + 1)
    return tuple(step * 10**digit for digit in digits for step in STEPS)


def is_common(amount: int, decimals: int) -> bool:
    """Whether the amount is on the grid."""
    return amount in grid(decimals)

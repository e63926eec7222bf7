"""The argument of the pool's `handle_zkp`, read back.

Its length; eight coordinates of the proof in four limbs of 96 bits, the lowest first; ten; ten
public inputs as low and high half; then hints for the contract (garaga 1.1.0), which no check of
ours needs.
"""

from collections.abc import Sequence
from typing import Final

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist import SpendPublics, element

FELTS: Final = 2061
POINTS: Final = 8
LIMBS: Final = 4
INPUTS: Final = 10
LIMB_BITS: Final = 96
HALF_BITS: Final = 128


def read_argument(argument: Sequence[int]) -> tuple[SpendPublics, tuple[int, ...]]:
    """Public inputs and the proof's eight coordinates.

    InvalidInput unless each part is in its range, the inputs are elements, and `auth_done` is 0.
    """
    if len(argument) != FELTS + 1 or argument[0] != FELTS:
        raise InvalidInput("the argument does not have its 2,061 felts", where="argument")
    at = 1 + POINTS * LIMBS
    limbs, inputs = argument[1:at], argument[at + 1 : at + 1 + 2 * INPUTS]
    if argument[at] != INPUTS:
        raise InvalidInput("the argument does not have ten public inputs", where="argument")
    points = joined(limbs, LIMBS, LIMB_BITS)
    values = joined(inputs, 2, HALF_BITS)
    for value in values:
        element(value, "argument")
    owner, auth_done, *others = values
    if auth_done != 0:
        raise InvalidInput("only the owner's own account may spend", where="argument")
    return SpendPublics(owner, *others), points


def joined(parts: Sequence[int], each: int, bits: int) -> tuple[int, ...]:
    """Numbers from so many parts each, the lowest first; InvalidInput for a part out of range."""
    if not all(0 <= part < 1 << bits for part in parts):
        raise InvalidInput("a part of the argument is out of range", where="argument")
    return tuple(
        sum(part << bits * place for place, part in enumerate(parts[at : at + each]))
        for at in range(0, len(parts), each)
    )

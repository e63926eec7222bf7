"""The metrics of all pools of one snapshot in few bytes, so that a thousand are read at once.

One record of 44 bytes for each pool, big-endian: its id (32 bytes) and the six metrics (16 bits
each, signed, in the order of METRIC_NAMES); -1 is "not known".
"""

import struct
import sys
from array import array
from collections.abc import Iterable, Sequence
from typing import Final

from obsqra_desktop.domain.market.kept import UNKNOWN, History, PoolHistory

RECORD: Final = struct.Struct(">32s6h")
ID_SIZE: Final = 32
HIGHEST: Final = (10_000, 10_000, 3, 100, 30_000, 20_000)
"""What each metric can be, as PoolMetrics has it."""


def pack(pools: Iterable[tuple[int, Sequence[int | None]]]) -> bytes:
    """Pools by id with their six metrics. What no metric can be counts as not known."""
    return b"".join(
        RECORD.pack(
            pool.to_bytes(32, "big"),
            *(
                value if value is not None and 0 <= value <= highest else UNKNOWN
                for value, highest in zip(values, HIGHEST, strict=True)
            ),
        )
        for pool, values in pools
    )


def unpack(rows: Iterable[tuple[int, bytes]]) -> History:
    """Points by pool id, in the order of the rows (time of taking, packed bytes).

    Raises ValueError for bytes that `pack` cannot have made.
    """
    times: dict[bytes, array[int]] = {}
    values: dict[bytes, bytearray] = {}
    for taken_at, packed in rows:
        if len(packed) % RECORD.size:
            raise ValueError("cut off")
        for at in range(0, len(packed), RECORD.size):
            pool = packed[at : at + ID_SIZE]
            if pool not in times:
                times[pool], values[pool] = array("q"), bytearray()
            times[pool].append(taken_at)
            values[pool] += packed[at + ID_SIZE : at + RECORD.size]
    return {
        int.from_bytes(pool, "big"): PoolHistory(times[pool], columns(values[pool]))
        for pool in times
    }


def columns(packed: bytes | bytearray) -> tuple[Sequence[int], ...]:
    """One for each metric; ValueError for what no metric can be."""
    numbers = array("h", packed)
    if sys.byteorder == "little":
        numbers.byteswap()
    found = tuple(numbers[number :: len(HIGHEST)] for number in range(len(HIGHEST)))
    for column, highest in zip(found, HIGHEST, strict=True):
        if min(column) < UNKNOWN or max(column) > highest:
            raise ValueError("no value of a metric")
    return found

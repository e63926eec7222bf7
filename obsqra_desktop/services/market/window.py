"""The window's blocks: where a day ago was, and the samples between. Times come from headers
alone; no pace of blocks is assumed."""

from collections.abc import Mapping
from typing import Final

from obsqra_desktop.domain.market.formulas import STEPS, WINDOW

NEAR: Final = 120
"""Seconds from the wanted time that are near enough."""
PROBES: Final = 12
ROUNDS: Final = 3
DISTANCES: Final = (24, 100, 400, 1_600, 6_400, 18_000, 36_900, 80_000, 200_000)
"""Blocks back: 36,900 was about a day on mainnet in 2026 (two observed heights)."""


class StartSearch:
    """Finds the last block at or before `head_time - WINDOW`, with many probes in each round."""

    def __init__(self, head: int, head_time: int) -> None:
        self._times = {head: head_time}
        self._wanted = head_time - WINDOW
        self._head = head
        self._rounds = 0

    def probes(self) -> tuple[int, ...]:
        """Blocks whose headers are needed next; none when the search is over."""
        if self._rounds >= ROUNDS:
            return ()
        if not self._rounds:
            back = {max(0, self._head - one) for one in DISTANCES} | {0}
            return tuple(sorted(back - set(self._times)))
        low, high = self._low(), self._high()
        if low is None or high - low < 2 or abs(self._times[low] - self._wanted) <= NEAR:
            return ()
        between = {low + (high - low) * place // (PROBES + 1) for place in range(1, PROBES + 1)}
        return tuple(sorted(between - set(self._times)))

    def told(self, times: Mapping[int, int]) -> None:
        """Timestamps of blocks; unknown blocks may be left out."""
        self._times.update(times)
        self._rounds += 1

    @property
    def start(self) -> int:
        """The best block so far: the last one that is old enough, else the oldest known."""
        low = self._low()
        return min(self._times) if low is None else low

    def _low(self) -> int | None:
        return max((one for one, at in self._times.items() if at <= self._wanted), default=None)

    def _high(self) -> int:
        low = self._low()
        return min(one for one in self._times if low is None or one > low)


def samples(start: int, head: int) -> tuple[int, ...]:
    """At most 25 blocks in equal steps, rising, both ends among them."""
    length = head - start
    return tuple(sorted({start + length * place // STEPS for place in range(STEPS + 1)}))

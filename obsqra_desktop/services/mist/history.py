"""Looks through the blocks in which a pool changed.

The root changes exactly where leaves were added, so these blocks are found by halving the range:
which ones are asked for follows from the pool alone.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Final

from obsqra_desktop.domain.chain_errors import NodeRefused
from obsqra_desktop.domain.mist.chain import PoolLook
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.services.mist.counting import DepositCounter
from obsqra_desktop.services.mist.finding import Finder
from obsqra_desktop.services.mist.pool import root_of
from obsqra_desktop.services.mist.scan_report import OnScan, ScanPhase, ScanProgress
from obsqra_desktop.services.mist_ports import PoolWatch

NO_CONTRACT: Final = 20
KEEP_EVERY: Final = 20
"""Blocks after which what was found is kept."""


class History:
    """One run from the newest block that was looked at to the block of a look."""

    def __init__(
        self,
        watch: PoolWatch,
        look: PoolLook,
        book: MistBook,
        finder: Finder,
        keep: Callable[[], Awaitable[MistBook]],
        progress: OnScan,
        go: Callable[[], None],
        counter: DepositCounter,
    ) -> None:
        self._watch = watch
        self._look = look
        self._before = book
        self._finder = finder
        self._keep = keep
        self._progress = progress
        self._go = go
        self._counter = counter
        self._blocks = 0

    async def run(self, everything: bool) -> str:
        """Look through all blocks since the last time in which the pool changed.

        Why it is not complete, or nothing.
        """
        facts, high = self._finder.facts, self._look.block.number
        low, kept = await self._start(everything), True
        try:
            root = await self._root_at(low)
            facts.counted_from = low + 1 if root else 0
            self._progress(ScanProgress(ScanPhase.HISTORY, 0, high - low))
            async for number in self._changes(low, root, high, self._look.root):
                kept = False
                self._go()
                block = await self._watch.block(number)
                await asyncio.to_thread(self._finder.take, block, self._go)
                facts.deposits |= await asyncio.to_thread(self._counter.take, block)
                facts.own |= self._counter.own
                facts.mark = block.mark
                self._progress(ScanProgress(ScanPhase.HISTORY, number - low, high - low))
                self._blocks += 1
                if self._blocks % KEEP_EVERY == 0:
                    await self._keep()
                    kept = True
            facts.mark, kept = self._look.block, True
        except NodeRefused as error:
            kept = True
            return f"{self._watch.node} does not tell about old blocks: {error.detail}"
        finally:
            if not kept and facts.mark is not None:
                await self._keep()
        return ""

    async def _start(self, everything: bool) -> int:
        """The newest block up to which all were looked through and that is still in the chain, or
        the one before the first in which these keys can have been used."""
        scan, facts = self._before.scan, self._finder.facts
        marks = scan.history if scan is not None and not everything else ()
        for mark in reversed(marks):
            header = None
            if mark.number <= self._look.block.number:
                header = await self._watch.header(mark.number)
            if header is not None and header.hash == mark.hash:
                if mark != marks[-1]:
                    facts.rewound = mark.number
                return mark.number
        facts.watching |= {note.id for note in self._before.notes} | facts.notes.keys()
        first = self._before.birth or 0
        start = (first if first <= self._look.block.number else 0) - 1
        if marks:
            facts.rewound = start
        return start

    async def _root_at(self, block: int) -> int:
        """0 where the pool was not there yet."""
        self._go()
        if block < 0:
            return 0
        try:
            return root_of(await self._watch.call_at(self._before.pool, "merkle_root", block))
        except NodeRefused as error:
            if error.rpc_code == NO_CONTRACT:
                return 0
            raise

    async def _changes(self, low: int, at_low: int, high: int, at_high: int) -> AsyncIterator[int]:
        """Blocks after `low`, up to `high`, in which the root changed, rising."""
        waiting = [(low, at_low, high, at_high)]
        while waiting:
            left, at_left, right, at_right = waiting.pop()
            if at_left == at_right:
                continue
            if right - left == 1:
                yield right
                continue
            middle = (left + right) // 2
            root = await self._root_at(middle)
            waiting.append((middle, root, right, at_right))
            waiting.append((left, at_left, middle, root))

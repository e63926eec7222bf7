"""Looks at a pool: which notes are there, which are spent, what came in.

What a node is asked: all leaves and the root at a block (`tx_array`, `merkle_root`), the root at
older blocks, and whole blocks. Never a secret, key, leaf or nullifier of one's own, and nothing
that follows from one.

A withdrawal without proof that leaves nothing behind adds no leaf. One that was sent from elsewhere
is therefore not noticed here; the pool itself refuses a second one. The same is true of one that
somebody else finished for the note's owner (domain.mist.events).
"""

import asyncio
from collections.abc import Sequence
from typing import Final

from obsqra_desktop.domain.amounts import Token
from obsqra_desktop.domain.chain_errors import NodeRefused
from obsqra_desktop.domain.errors import Cancelled, NotFound
from obsqra_desktop.domain.mist.amounts import grid
from obsqra_desktop.domain.mist.book import again
from obsqra_desktop.domain.mist.chain import PoolLook
from obsqra_desktop.domain.mist.entries import RequestState
from obsqra_desktop.domain.mist.errors import StaleRoot
from obsqra_desktop.domain.mist.facts import applied
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.domain.mist.keys import PoolKeys
from obsqra_desktop.domain.mist.looks import BlockMark, leaves_digest
from obsqra_desktop.domain.mist.note import FieldHash
from obsqra_desktop.domain.network import REAL_CHAINS, Network
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.chain_ports import Now
from obsqra_desktop.services.mist.book import EARLIER, NotesService
from obsqra_desktop.services.mist.counting import DepositCounter
from obsqra_desktop.services.mist.finding import GAP, WIDE_GAP, Finder
from obsqra_desktop.services.mist.history import NO_CONTRACT, History
from obsqra_desktop.services.mist.owners import Owners
from obsqra_desktop.services.mist.pool import leaves_of, root_of
from obsqra_desktop.services.mist.scan_report import (
    OnScan,
    ScanPhase,
    ScanProgress,
    ScanReport,
    report,
)
from obsqra_desktop.services.mist_ports import LeafSearch, MistTree, PoolWatch, PoolWatches
from obsqra_desktop.services.tokens import TokensOn, only_known

LOOKS: Final = 3
"""Times that a look is begun anew because the chain changed under it."""


class ScanService:
    """Looks at pools."""

    def __init__(
        self,
        notes: NotesService,
        watches: PoolWatches,
        owners: Owners,
        digest: FieldHash,
        tree: MistTree,
        search: LeafSearch,
        clock: Now,
        tokens: TokensOn = only_known,
    ) -> None:
        """`tokens`: whose amounts are tried, and with which decimals."""
        self._notes = notes
        self._tokens = tokens
        self._watches = watches
        self._owners = owners
        self._digest = digest
        self._tree = tree
        self._search = search
        self._clock = clock

    async def scan(
        self,
        network: Network,
        keys: PoolKeys,
        *,
        everything: bool = False,
        deep: bool = False,
        common: bool = False,
        tokens: Sequence[Token] | None = None,
        progress: OnScan = lambda _: None,
        cancel: CancelToken | None = None,
    ) -> ScanReport:
        """Look, keep what was found, tell it.

        `everything` begins again with the first block; `deep` also tries amounts against all
        leaves, for where old blocks cannot be read, `common` only the common ones; of these
        `tokens`, or of all that are known on the network. What was found before a cancellation or
        an error is kept, and the next look goes on from there.

        Raises what Chain.open does, NodeRefused, NodeAnswerInvalid, StaleRoot, StorageError,
        VaultLocked, Cancelled.
        """
        cancel = cancel or CancelToken()

        def go() -> None:
            if cancel.cancelled:
                raise Cancelled("Looking was stopped. What was found so far is kept.")

        if tokens is None:
            tokens = await asyncio.to_thread(self._tokens, network)
        before = await self._notes.load(keys)
        owners = await self._owners.of(network, keys, before.next_account)
        async with self._watches.open(network, "private notes") as watch:
            progress(ScanProgress(ScanPhase.LEAVES))
            look = await self._look(watch, keys.pool)
            changed = before.scan is not None and (
                leaves_digest(look.leaves[: before.scan.leaves]) != before.scan.digest
            )
            if before.scan is not None and changed and not everything:
                await refuse_two_words(watch, before.scan.block)
            made = None
            if network.chain_id in REAL_CHAINS:
                made = await self._notes.doubt_clock(look.at)
            finder = await asyncio.to_thread(
                Finder,
                before,
                keys,
                owners,
                {one.address: one.decimals for one in tokens},
                look.leaves,
                self._digest,
                self._search,
                self._clock(),
                WIDE_GAP if everything else GAP,
            )

            async def keep() -> MistBook:
                return await self._notes.change(
                    keys, lambda book: applied(book, finder.facts, look)
                )

            if before.birth is None and made is not None:
                finder.facts.birth = await birth(watch, made - EARLIER, look.block.number)
                before = again(before, birth=finder.facts.birth)
            mine = {*owners, *(one.owner for one in before.notes)}
            counter = await asyncio.to_thread(
                DepositCounter, keys.pool, look.leaves, mine, self._digest
            )
            history = History(watch, look, before, finder, keep, progress, go, counter)
            gap = await history.run(everything)

        def told(done: int, total: int) -> None:
            progress(ScanProgress(ScanPhase.SEARCH, done, total))

        addresses = sorted({one.address for one in tokens} | {one.token for one in before.notes})
        if deep:
            await asyncio.to_thread(finder.try_amounts, addresses, go, told)
        elif common:
            await asyncio.to_thread(finder.try_common, addresses, go, told)
        await asyncio.to_thread(finder.try_requests, likely(before, tokens), go)
        progress(ScanProgress(ScanPhase.KEEP))
        return report(before, await keep(), look, changed, gap)

    async def recover(
        self,
        network: Network,
        keys: PoolKeys,
        *,
        tokens: Sequence[Token] | None = None,
        progress: OnScan = lambda _: None,
        cancel: CancelToken | None = None,
    ) -> ScanReport:
        """All of the history, and what was received inside of the pool by its common amounts; where
        a node does not keep the history, more amounts are tried instead."""

        async def look(**words: bool) -> ScanReport:
            return await self.scan(
                network, keys, tokens=tokens, progress=progress, cancel=cancel, **words
            )

        found = await look(everything=True)
        if not found.complete:
            return await look(deep=True)
        more = await look(common=True)
        # the history again: what became of those that no block told of
        return await look(everything=True) if more.arrived else found

    async def _look(self, watch: PoolWatch, pool: int) -> PoolLook:
        """Leaves and root of one block, which belong together and to the chain as it is."""
        for _ in range(LOOKS):
            head = await watch.head()
            number = head.number
            try:
                felts = await watch.call_at(pool, "tx_array", number, long=True)
            except NodeRefused as error:
                if error.rpc_code != NO_CONTRACT:
                    raise
                raise NotFound(
                    "There is no contract at the pool's address on this network.",
                    hint="On the practice chain make one: obsqra practice private",
                ) from None
            leaves = await asyncio.to_thread(leaves_of, felts)
            root = root_of(await watch.call_at(pool, "merkle_root", number))
            now = await watch.header(number)
            if now is None or now.hash != head.hash:
                continue
            if await asyncio.to_thread(self._tree.root, leaves) != root:
                raise StaleRoot(
                    f"{watch.node}: the pool's leaves do not give the root that its contract "
                    "names. Nothing was kept of this look.",
                    hint="Look again; if it stays so, ask another node.",
                )
            mark = BlockMark(number=number, hash=head.hash)
            return PoolLook(mark, head.timestamp, leaves, root, watch.node)
        raise StaleRoot(
            f"{watch.node}: the chain changed while it was looked at. Nothing was kept.",
            hint="Look again in a minute.",
        )


async def refuse_two_words(watch: PoolWatch, block: BlockMark) -> None:
    """Leaves that were in a block and are gone, while the block is in the chain as it was: one of
    the two nodes that told it lies. Raises StaleRoot."""
    header = await watch.header(block.number)
    if header is not None and header.hash == block.hash:
        raise StaleRoot(
            f"{watch.node}: leaves that were in the pool are gone, but the chain has not changed. "
            "Nothing was kept of this look.",
            hint="Ask another node. If that one says the same: obsqra mist scan --recover",
        )


def likely(book: MistBook, tokens: Sequence[Token]) -> dict[int, list[tuple[int, int]]]:
    """Payments inside of the pool that open requests may have got: the amount that was asked for,
    and the common ones. By secret, (token, amount)."""
    found: dict[int, list[tuple[int, int]]] = {}
    for one in book.requests:
        if one.state is not RequestState.OPEN:
            continue
        wanted = [token for token in tokens if one.token in {None, token.address}]
        values = [(token.address, amount) for token in wanted for amount in grid(token.decimals)]
        if one.token is not None and one.amount is not None:
            values.append((one.token, one.amount))
        found[one.secret] = values
    return found


async def birth(watch: PoolWatch, at: int, high: int) -> int:
    """The first block whose time is not before `at`, by halving; `high` if there is none."""
    low = 0
    while low < high:
        middle = (low + high) // 2
        header = await watch.header(middle)
        if header is None:
            return 0
        if header.timestamp < at:
            low = middle + 1
        else:
            high = middle
    return low

"""Snapshots of pools: taken, kept, shown, computed again, compared, and handed to a decision."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from obsqra_desktop.domain.errors import Cancelled, InvalidInput, NotFound, ToolMissing
from obsqra_desktop.domain.market import evidence
from obsqra_desktop.domain.market.derivation import MarketSnapshot, assemble
from obsqra_desktop.domain.market.errors import NotReproduced
from obsqra_desktop.domain.market.kept import History, KeptMarket, MarketRow
from obsqra_desktop.domain.pools import METRIC_NAMES, PoolMetrics
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.domain.strict_json import invalid
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.chain_ports import Now
from obsqra_desktop.services.market import views
from obsqra_desktop.services.market.derive import derive
from obsqra_desktop.services.market.engine import Engine, Taken, Wanted
from obsqra_desktop.services.market.ports import (
    MarketChain,
    MarketPhase,
    MarketProgress,
    MarketStore,
    OnProgress,
    VenueFiles,
)
from obsqra_desktop.services.market_view import MarketPhase as ShownPhase
from obsqra_desktop.services.market_view import MarketView, OnPhase
from obsqra_desktop.services.networks import NetworkService

KEEP_DAYS: Final = 90
AUDIT_POINTS: Final = 100
WORDS: Final = {
    MarketPhase.CONNECT: "Choosing a node",
    MarketPhase.HEAD: "Pinning the newest block",
    MarketPhase.DISCOVER: "Looking for pools",
    MarketPhase.WINDOW: "Finding where a day ago was",
    MarketPhase.READ: "Reading the pools",
    MarketPhase.AGES: "Finding when they began",
    MarketPhase.DERIVE: "Computing the metrics",
    MarketPhase.CHECK_AGAIN: "Checking that the block is still the same",
    MarketPhase.KEEP: "Keeping the replies",
}

PracticeMaker = Callable[[OnPhase, CancelToken], Awaitable[None]]
"""Makes pools on the practice chain."""


@dataclass(frozen=True)
class MetricChange:
    """One metric of one pool in two snapshots; None is unknown."""

    pool_id: int
    name: str
    metric: str
    before: int | None
    after: int | None


@dataclass(frozen=True)
class MarketDiff:
    """What differs between two snapshots."""

    before: MarketSnapshot
    after: MarketSnapshot
    appeared: tuple[int, ...]
    gone: tuple[int, ...]
    changes: tuple[MetricChange, ...]


def ignore(_: MarketProgress) -> None:
    """The listener of those who do not want to know."""


class MarketService:
    """Implements Market, and what the command line does. Blocking work runs in threads."""

    def __init__(
        self,
        networks: NetworkService,
        chain: MarketChain,
        store: MarketStore,
        files: VenueFiles,
        now: Now,
        practice: PracticeMaker | None = None,
    ) -> None:
        self._networks = networks
        self._store = store
        self._files = files
        self._now = now
        self._practice = practice
        self._engine = Engine(chain, store, now)

    # --- taking and looking at ---

    async def take(
        self,
        on_progress: OnProgress = ignore,
        cancel: CancelToken | None = None,
        network_id: str | None = None,
        pools: Sequence[int] | None = None,
    ) -> Taken:
        """A snapshot of the network in use, kept when this returns.

        Raises NotFound (no venues are known there), NoPools, Reorganised, NodesDisagree,
        Cancelled, StorageError and what nodes raise. Nothing is kept then.
        """
        network = await self._networks.resolve(network_id)
        wanted = Wanted(
            network,
            await asyncio.to_thread(self._files.venues, network),
            await asyncio.to_thread(self._files.audits),
            None if pools is None else tuple(pools),
        )
        token = cancel or CancelToken()
        taken = await self._engine.take(wanted, on_progress, token)
        if token.cancelled:
            raise Cancelled("The snapshot was stopped. Nothing was kept.")
        on_progress(MarketProgress(MarketPhase.KEEP))
        await asyncio.to_thread(self._store.save, taken.market, taken.replies)
        await asyncio.to_thread(self._store.prune, KEEP_DAYS, self._now())
        return taken

    async def list(self, network_id: str | None = None) -> tuple[MarketRow, ...]:
        """Kept snapshots, newest first; None: of every network."""
        return await asyncio.to_thread(self._store.listing, network_id)

    async def show(self, prefix: str) -> KeptMarket:
        """One by the beginning of its id, or "latest" of the network in use; raises NotFound,
        StorageError if a byte was changed."""
        wanted = prefix
        if prefix == "latest":
            rows = await asyncio.to_thread(self._store.listing, self._networks.network().id, 1)
            if not rows:
                raise NotFound(
                    "No snapshot of this network is kept yet.", hint="obsqra snapshot take"
                )
            wanted = rows[0].id
        return await asyncio.to_thread(self._store.find, wanted)

    async def recompute(self, prefix: str) -> KeptMarket:
        """Every metric again from the kept replies alone, no node is asked.

        Raises NotReproduced if one differs, StorageError if a byte was changed.
        """
        return await self._again(await self.show(prefix))

    async def _again(self, kept: KeptMarket) -> KeptMarket:
        again = await asyncio.to_thread(derive, kept.replies)
        if again != kept.market:
            raise NotReproduced(
                f"Snapshot {kept.market.id[:12]}: {first_difference(kept.market, again)}",
                hint="Take a new one; nothing should be decided over this one.",
            )
        return kept

    async def export(self, prefix: str, path: Path) -> MarketSnapshot:
        """Save a kept snapshot with all its replies as one file; raises StorageError."""
        kept = await self.show(prefix)
        raw = await asyncio.to_thread(evidence.dump, kept.market, kept.replies)
        await asyncio.to_thread(self._store.write_evidence, path, raw)
        return kept.market

    async def recompute_file(self, path: Path, snapshot: Snapshot | None = None) -> KeptMarket:
        """The same as `recompute` for such a file; `snapshot`: that of a bundle, which must have
        been made from it.

        Raises InvalidInput, NotReproduced.
        """
        raw = await asyncio.to_thread(self._store.read_evidence, path)
        kept = await self._again(await asyncio.to_thread(evidence.parse, raw))
        if snapshot is not None:
            evidence.bound(kept.market, snapshot)
        return kept

    async def diff(self, before: str, after: str) -> MarketDiff:
        """What differs between two kept snapshots."""
        one, two = (await self.show(before)).market, (await self.show(after)).market
        return compare(one, two)

    async def document(self, prefix: str, pools: Sequence[int] | None = None) -> Snapshot:
        """What a decision is proved over, typed values in it marked so; raises InvalidInput."""
        kept = await self.show(prefix)
        entered = await asyncio.to_thread(self._store.entered, kept.market.network)
        return assemble(kept.market, pools, views.entries_of(kept, entered))

    # --- the page's port ---

    async def latest(self) -> MarketView | None:
        """The newest kept snapshot of the chosen network; None if there is none."""
        try:
            return await self._view(await self.show("latest"))
        except NotFound:
            return None

    async def history(self, limit: int) -> History:
        """Points by pool id, oldest first, of the newest `limit` snapshots."""
        network = self._networks.network().id
        return await asyncio.to_thread(self._store.history, network, limit)

    async def refresh(self, on_phase: OnPhase, cancel: CancelToken) -> MarketView:
        """Find pools and take a snapshot; raises AppError, Cancelled."""

        def progress(one: MarketProgress) -> None:
            on_phase(ShownPhase(WORDS[one.phase], one.done, one.total))

        taken = await self.take(progress, cancel)
        return await self._view(KeptMarket(taken.market, taken.replies))

    async def practice_market(self, on_phase: OnPhase, cancel: CancelToken) -> None:
        """Make pools on the practice chain and let them be traded; raises AppError."""
        if self._practice is None:
            raise ToolMissing("This build cannot make pools on the practice chain.")
        await self._practice(on_phase, cancel)

    async def enter(self, pool: int, metric: str, value: int | None) -> MarketView:
        """Put a value in force by hand, None for the measured one; raises InvalidInput."""
        if metric not in METRIC_NAMES:
            raise InvalidInput(f"there is no metric {metric!r}", where="metric")
        if value is not None:
            checked(metric, value)
        return await self._entered(pool, metric, value)

    async def count_audit_row(self, pool: int, key: str, points: int | None) -> MarketView:
        """Count a row of the rubric otherwise, None for the registry's points; what earlier
        versions kept of this pool by a row's place goes with it."""
        kept = await self.show("latest")
        rows = await asyncio.to_thread(views.rows_in, kept, pool)
        if key not in {one.key for one in rows}:
            raise InvalidInput(f"there is no row {key[:40]!r}", where="row")
        if points is not None and abs(points) > AUDIT_POINTS:
            raise InvalidInput(f"points are -{AUDIT_POINTS} to {AUDIT_POINTS}", where="points")
        typed = await asyncio.to_thread(self._store.entered, kept.market.network)
        for name in typed.get(pool, {}):
            if views.PLACE.fullmatch(name):
                await asyncio.to_thread(self._store.enter, kept.market.network, pool, name, None)
        return await self._entered(pool, f"{views.AUDIT_ROW}{key}", points)

    async def decision_snapshot(self, pools: tuple[int, ...]) -> Snapshot:
        """The newest snapshot with these pools, as the proof binds it; raises InvalidInput."""
        return await self.document("latest", pools)

    async def _entered(self, pool: int, name: str, value: int | None) -> MarketView:
        kept = await self.show("latest")
        kept.market.pool(pool)
        await asyncio.to_thread(self._store.enter, kept.market.network, pool, name, value)
        return await self._view(kept)

    async def _view(self, kept: KeptMarket) -> MarketView:
        def made() -> MarketView:
            return views.view_of(kept, self._store.entered(kept.market.network))

        return await asyncio.to_thread(made)


def checked(metric: str, value: int) -> None:
    """Raise InvalidInput if a metric cannot have this value."""
    zeros = dict.fromkeys(METRIC_NAMES, 0)
    try:
        PoolMetrics(**{**zeros, metric: value})
    except ValidationError as error:
        raise invalid(error, metric) from error


def compare(one: MarketSnapshot, two: MarketSnapshot) -> MarketDiff:
    """Pools by their ids, metrics by their names."""
    before = {pool.id: pool for pool in one.pools}
    after = {pool.id: pool for pool in two.pools}
    changes = [
        MetricChange(pool_id, f"{new.pool.venue.label} {new.pool.name}", name, was.value, now.value)
        for pool_id, new in after.items()
        if pool_id in before
        for name, was, now in zip(METRIC_NAMES, before[pool_id].metrics, new.metrics, strict=True)
        if was.value != now.value
    ]
    return MarketDiff(
        one,
        two,
        tuple(pool for pool in after if pool not in before),
        tuple(pool for pool in before if pool not in after),
        tuple(changes),
    )


def first_difference(kept: MarketSnapshot, again: MarketSnapshot) -> str:
    """In words."""
    found = compare(kept, again)
    if found.changes:
        one = found.changes[0]
        return f"{one.name}: {one.metric} was kept as {one.before}, the replies give {one.after}."
    return "its words or figures are not those that the replies give."

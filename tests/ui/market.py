"""A market in memory: pools in every state, phases that the test lets go on, values by hand."""

import asyncio
import math
import time
from dataclasses import dataclass, field, replace

from obsqra_desktop.domain.errors import AppError, Cancelled, InvalidInput
from obsqra_desktop.domain.market.kept import History, HistoryPoint
from obsqra_desktop.domain.pools import (
    METRIC_NAMES,
    MetricSource,
    MetricSources,
    Pool,
    PoolMetrics,
    SourceKind,
)
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.market_view import (
    AuditRow,
    InputView,
    MarketPhase,
    MarketView,
    MetricView,
    OnPhase,
    PoolView,
    RawReply,
)

CORE = 0x5DD3D2F4429AF886CD1A3B08289DBCEA99A294197E9EB43B0E0325B4B
PAIR = 0x4D0390B777B424E43839CD1E744799F3DE6C176C7E32C1812A41DBD9C19DB6A
BLOCK = 1_204
PHASES = (
    MarketPhase("Finding pools", 14, 14),
    MarketPhase("Pinning block 1 204", 1, 1),
    MarketPhase("Reading 25 blocks of the last day", 48, 110),
)
PRICE = RawReply(
    f"call {BLOCK} {CORE:#x} get_pool_price 0x53c9,0x49d3,0x20c49ba5e353f7ced91687,0x3e8,0x0",
    b'{"result":["0x29895c9cbfca44f2c46e6e9b5459b","0x0","0x135566d","0x1"]}',
)
RUBRIC = (
    AuditRow("full", "First full-scope independent audit", 60, 60, "Nethermind NM-0123, 2024-03"),
    AuditRow("second", "A second full-scope audit", 30, 30, "Plainshift, 2025-02-14"),
    AuditRow("age", "Months since the last full audit", -2, -2, "19 months at this block"),
    AuditRow("upgrade", "Upgraded since, not audited again", -10, -10, "v5.0.3"),
)


def measured(name: str, value: int | None, reason: str = "") -> MetricView:
    formula = {
        "volatility_bps": "min(10000, floor(10^4 · sqrt(Σr² · 31557600 / (T_N − T_S)))) = 4681 "
        "with Σr² = 0.00060003 over 24 steps, T_N − T_S = 86400 s",
        "audit_score": "60 + 30 − 2 − 10 = 78, held between 0 and 100",
    }.get(name, f"floor(10^4 · V / (V + TVL)) = {value}" if value is not None else "")
    return MetricView(
        name=name,
        value=value,
        kind=SourceKind.ASSUMED if name == "audit_score" else SourceKind.MEASURED,
        measured=value,
        reason=reason,
        formula=formula,
        definition="obsqra-metrics/1",
        warnings=("The oracle's own figure is 5 210 bps, 11 % more.",)
        if name == "volatility_bps"
        else (),
        inputs=()
        if value is None or name == "audit_score"
        else (
            InputView("price at block 1 204", "1569.1390", (PRICE,)),
            InputView(
                "time of block 1 204",
                "2026-11-27 06:00:11",
                (RawReply(f"header {BLOCK}", b'{"result":{"block_number":1204}}'),),
            ),
            InputView("window", "86 400 s"),
        ),
        rows=RUBRIC if name == "audit_score" else (),
    )


def pool(
    number: int, venue: str, name: str, values: tuple[int | None, ...], **more: object
) -> PoolView:
    metrics = tuple(
        measured(key, value, "" if value is not None else "the node keeps no history")
        for key, value in zip(METRIC_NAMES, values, strict=True)
    )
    return PoolView(CORE + number, venue, name, metrics, **more)  # type: ignore[arg-type]


def pools() -> tuple[PoolView, ...]:
    return (
        pool(1, "Ekubo", "ETH / USDC · 0.05 %", (6500, 2681, 3, 78, 1187, 1210)),
        pool(2, "Ekubo", "STRK / USDC · 0.3 %", (4210, 4681, 2, 78, 640, 890)),
        pool(3, "Ekubo", "xSTRK / STRK · 0.01 %", (1210, 310, 2, 78, 402, 640)),
        pool(4, "Vesu V2", "USDC lending", (7800, 120, 3, 60, 310, 410)),
        pool(5, "Ekubo", "WBTC / USDC · 0.05 %", (None, None, 1, 78, 640, None)),
        pool(
            6,
            "JediSwap v1",
            "ETH / USDC.e · 0.3 %",
            (0, 2681, 0, 0, 1422, 0),
            exit_only=True,
            abandoned=True,
        ),
        pool(
            7,
            "Ekubo",
            "wstETH / ETH · 0.01 %",
            (900, 140, 1, 78, 500, 120),
            unknown_class=0x423DF19E032F2D9BF9BB5BC1EA96DB2B06D4C752C8C130CBA7D577EED1DE20A,
        ),
    )


def points(one: PoolView, count: int, now: int) -> tuple[HistoryPoint, ...]:
    """A wave that ends at the pool's own values; now and then some lack the volatility."""
    known = one.known()
    found = []
    for number in range(count):
        turn = math.sin((number + one.id % 7 * 9) / max(6, count / 9))
        wave = round(turn * 420 + math.sin(number * 1.7) * 60) + 480
        at = now - (count - number) * 900
        if known is None:
            tier, audit = one.metric("liquidity_tier").value, one.metric("audit_score").value
            found.append(HistoryPoint(at, (None, None, tier, audit, None, None)))
            continue
        gap = number % 290 in range(13, 20)
        found.append(
            HistoryPoint(
                at,
                (
                    max(0, known.utilization_bps - wave),
                    None if gap else min(10_000, known.volatility_bps + wave),
                    known.liquidity_tier if number % 40 > 9 else 1,
                    known.audit_score,
                    known.age_days,
                    known.apy_bps,
                ),
            )
        )
    return tuple(found)


@dataclass
class FakeMarket:
    """Implements Market. `gate` holds a refresh after its phases until it is set."""

    view: MarketView | None = None
    count: int = 96
    gate: asyncio.Event | None = None
    error: AppError | None = None
    refuses: AppError | None = None
    next_view: MarketView | None = None
    refreshes: int = 0
    markets: int = 0
    asked: list[str] = field(default_factory=list)

    async def latest(self) -> MarketView | None:
        return self.view

    async def history(self, limit: int) -> History:
        if self.view is None:
            return {}
        now = self.view.taken_at
        return {one.id: points(one, min(limit, self.count), now) for one in self.view.pools}

    async def refresh(self, on_phase: OnPhase, cancel: CancelToken) -> MarketView:
        self.refreshes += 1
        for phase in PHASES:
            on_phase(phase)
        while self.gate is not None and not self.gate.is_set():
            if cancel.cancelled:
                raise Cancelled("Stopped between two phases; what was kept stays.")
            await asyncio.sleep(0.005)
        if self.error is not None:
            raise self.error
        self.view = self.next_view or market_view()
        return self.view

    async def practice_market(self, on_phase: OnPhase, cancel: CancelToken) -> None:
        self.markets += 1
        on_phase(MarketPhase("Deploying contracts", 6, 9))

    async def enter(self, pool: int, metric: str, value: int | None) -> MarketView:
        if self.refuses is not None:
            raise self.refuses
        return self._change(pool, metric, value)

    async def count_audit_row(self, pool: int, key: str, points: int | None) -> MarketView:
        assert self.view is not None
        if self.refuses is not None:
            raise self.refuses
        chosen = next(one for one in self.view.pools if one.id == pool)
        rows = tuple(
            replace(row, counted=row.points if points is None else points)
            if row.key == key
            else row
            for row in chosen.metric("audit_score").rows
        )
        total = max(0, min(100, sum(row.counted for row in rows)))
        metric = chosen.metric("audit_score")
        value = None if total == metric.measured else total
        self._change(pool, "audit_score", value, rows)
        return self.view

    def _change(
        self, pool: int, name: str, value: int | None, rows: tuple[AuditRow, ...] | None = None
    ) -> MarketView:
        assert self.view is not None
        changed = []
        for one in self.view.pools:
            metric = one.metric(name)
            new = replace(
                metric,
                value=metric.measured if value is None else value,
                kind=measured(name, 0).kind if value is None else SourceKind.ENTERED,
                rows=metric.rows if rows is None else rows,
            )
            metrics = tuple(new if two.name == name else two for two in one.metrics)
            changed.append(replace(one, metrics=metrics) if one.id == pool else one)
        self.view = replace(self.view, pools=tuple(changed))
        return self.view

    async def decision_snapshot(self, pools: tuple[int, ...]) -> Snapshot:
        assert self.view is not None
        made = []
        for key in pools:
            one = next(two for two in self.view.pools if two.id == key)
            metrics = one.known()
            if metrics is None:
                raise InvalidInput("a metric is not known")
            sources = {
                metric.name: MetricSource(
                    kind=metric.kind,
                    detail="entered by hand"
                    if metric.entered
                    else f"block {self.view.block_number}: {metric.formula}",
                )
                for metric in one.metrics
            }
            made.append(
                Pool(
                    id=one.id,
                    venue=one.venue,
                    name=one.name,
                    metrics=PoolMetrics(**metrics.model_dump()),
                    sources=MetricSources(**sources),
                )
            )
        return Snapshot(
            chain=self.view.chain,
            block_number=self.view.block_number,
            block_timestamp=self.view.block_timestamp,
            taken_at=self.view.taken_at,
            pools=tuple(made),
        )


def market_view(age: int = 60, **more: object) -> MarketView:
    now = int(time.time())
    view = MarketView(
        id="3f" * 32,
        chain="OBSQRA_PRACTICE",
        block_number=BLOCK,
        block_timestamp=now - age,
        block_hash=0x5A11,
        taken_at=now - age,
        node="127.0.0.1:5050",
        pools=pools(),
    )
    return replace(view, **more)  # type: ignore[arg-type]


def with_value(view: MarketView, number: int, name: str, value: int) -> MarketView:
    """The same market with another measured value of one pool."""
    chosen = view.pools[number]
    metrics = tuple(
        replace(one, value=value, measured=value) if one.name == name else one
        for one in chosen.metrics
    )
    changed = list(view.pools)
    changed[number] = replace(chosen, metrics=metrics)
    return replace(view, pools=tuple(changed))

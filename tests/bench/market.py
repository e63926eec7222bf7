"""Pools, in fresh processes: `python -m tests.bench.market make|take|fill DATA_DIR`.

`make` makes the practice market; `take` takes two snapshots of two Ekubo pools, the first with
nothing remembered of them; `fill` keeps a thousand, an hour apart, made of the one with the
most pools; the page shows the newest of them.
"""

import asyncio
import json
import sqlite3
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from obsqra_desktop.app import Services, build_services
from obsqra_desktop.domain.market.derivation import PoolDerivation
from obsqra_desktop.domain.market.keys import VenueId
from obsqra_desktop.domain.market.questions import Reply, evidence_digest
from obsqra_desktop.storage.market import MarketFile

THOUSAND: Final = 1_000
HOUR: Final = 3_600


async def make(services: Services, _: Path) -> dict[str, Any]:
    started = time.perf_counter()
    made = await services.practice_market.make()
    return {"seconds": time.perf_counter() - started, "steps": made.steps}


async def take(services: Services, folder: Path) -> dict[str, Any]:
    market = services.market
    rows = await market.list()
    if rows:
        kept = (await market.show(rows[-1].id)).market
    else:
        kept = (await market.take()).market
    pools = [one.id for one in kept.pools if one.pool.venue is VenueId.EKUBO][:2]
    if not rows:
        return {"pools": len(kept.pools)}
    with closing(sqlite3.connect(folder / "market.sqlite")) as data:
        data.execute("DELETE FROM samples")
        data.commit()
    seconds, trips = [], []
    for _ in range(2):
        started = time.perf_counter()
        taken = await market.take(pools=pools)
        seconds.append(time.perf_counter() - started)
        trips.append(taken.round_trips)
        assert len(taken.market.pools) == 2
    return {"seconds": seconds, "trips": trips}


async def fill(services: Services, folder: Path) -> dict[str, Any]:
    rows = await services.market.list()
    kept = await services.market.show(max(rows, key=lambda one: one.pools).id)
    store = MarketFile(folder)
    newest = max(one.taken_at for one in rows) + 1
    for number in range(THOUSAND):
        replies = (*kept.replies, Reply("input:bench", str(number).encode()))
        back = HOUR * (THOUSAND - 1 - number)
        store.save(
            kept.market.model_copy(
                update={
                    "pools": tuple(changed(one, number) for one in kept.market.pools),
                    "evidence_digest": evidence_digest(replies).hex(),
                    "taken_at": newest - back,
                    "block_number": number,
                    "block_timestamp": kept.market.block_timestamp - back,
                }
            ),
            replies,
        )
    return {"kept": len(store.listing(limit=2 * THOUSAND))}


def changed(pool: PoolDerivation, number: int) -> PoolDerivation:
    """With other values in each snapshot: a flat line would be painted too quickly."""
    metrics = []
    for place, one in enumerate(pool.metrics):
        value = one.value
        if value is not None and one.metric == "liquidity_tier":
            value = (value + number // 40) % 4
        elif value is not None and one.metric.endswith("_bps"):
            value = abs(value + number * number * (place + 3) % 401 - 200) % 10_000
        metrics.append(one.model_copy(update={"value": value}))
    return pool.model_copy(update={"metrics": tuple(metrics)})


STEPS: Final[dict[str, Callable[[Services, Path], Any]]] = {
    "make": make,
    "take": take,
    "fill": fill,
}


async def main(step: str, folder: Path) -> None:
    services = build_services(folder)
    try:
        print(json.dumps(await STEPS[step](services, folder)), flush=True)
    finally:
        await services.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))

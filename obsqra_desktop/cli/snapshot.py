"""snapshot: pool metrics from the chain itself, kept with the replies behind them."""

import json
from pathlib import Path

from obsqra_desktop.cli.context import Context, JsonObject
from obsqra_desktop.cli.main import OK
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import parse_felt
from obsqra_desktop.domain.market.derivation import MarketSnapshot, PoolDerivation
from obsqra_desktop.domain.market.kept import KeptMarket
from obsqra_desktop.domain.pools import METRIC_NAMES
from obsqra_desktop.domain.strict_json import document
from obsqra_desktop.services.market.ports import MarketProgress
from obsqra_desktop.services.market.service import WORDS


def take(context: Context) -> int:
    """A new one of the newest block."""
    o, said = context.options, set[str]()

    def progress(one: MarketProgress) -> None:
        words = WORDS[one.phase]
        if words not in said:
            said.add(words)
            context.note(f"{words} …")

    pools = None if o.pool is None else [pool_id(one) for one in o.pool]
    taken = context.wait(context.services.market.take(progress, network_id=o.network, pools=pools))
    answer = shown(taken.market) | {"round_trips": taken.round_trips}
    context.answer(answer, lines(taken.market))
    return OK


def list_snapshots(context: Context) -> int:
    """All that are kept."""
    rows = context.wait(context.services.market.list(context.options.network))
    answer: JsonObject = {
        "snapshots": [
            {
                "id": one.id,
                "network": one.network,
                "chain": one.chain,
                "taken_at": one.taken_at,
                "block_number": one.block_number,
                "block_timestamp": one.block_timestamp,
                "pools": one.pools,
                "warnings": one.warnings,
                "bytes": one.raw_bytes,
            }
            for one in rows
        ]
    }
    text = "\n".join(
        f"{one.id[:12]}  {one.network:<10} block {one.block_number:>9}  {one.pools:>2} pools"
        f"  {one.warnings} warnings"
        for one in rows
    )
    context.answer(answer, text or "No snapshot is kept yet. Take one: obsqra snapshot take")
    return OK


def show(context: Context) -> int:
    """One, with its derivations; with --raw also every reply."""
    kept = context.wait(context.services.market.show(context.options.id))
    answer = shown(kept.market)
    text = lines(kept.market)
    if context.options.raw:
        replies = sorted(kept.replies, key=lambda one: one.key)
        answer["replies"] = {one.key: json.loads(one.raw) for one in replies}
        text += "\n\n" + "\n".join(f"{one.key}\n  {one.raw.decode()}" for one in replies)
    context.answer(answer, text)
    return OK


def recompute(context: Context) -> int:
    """Every metric again from the kept replies; asks nobody."""
    o, market_service = context.options, context.services.market
    if (o.id is None) == (o.file is None) or (o.bundle and not o.file):
        raise InvalidInput("Give an id, or --file and, if you like, --bundle.")

    async def work() -> KeptMarket:
        if o.file is None:
            return await market_service.recompute(o.id)
        snapshot = await context.services.bundles.snapshot(o.bundle) if o.bundle else None
        return await market_service.recompute_file(o.file, snapshot)

    kept = context.wait(work())
    market = kept.market
    answer: JsonObject = {
        "id": market.id,
        "reproduced": True,
        "replies": len(kept.replies),
        "pools": len(market.pools),
        "definition_version": market.definition_version,
        "bundle": str(o.bundle) if o.bundle else None,
    }
    text = (
        f"All metrics of {len(market.pools)} pools follow from the {len(kept.replies)} kept "
        f"replies of block {market.block_number}, and no byte of them was changed."
    )
    if o.bundle:
        text += (
            f"\nThe metrics in {o.bundle.name} are these, but for what it says was entered by "
            "hand. Whether its proof is good is checked by: obsqra verify"
        )
    context.answer(answer, text)
    return OK


def export(context: Context) -> int:
    """One file with the snapshot and all replies."""
    o, market_service = context.options, context.services.market

    async def work() -> tuple[KeptMarket, Path]:
        kept = await market_service.show(o.id)
        out = o.out or Path(f"obsqra-{kept.market.id[:12]}.evidence.json")
        await market_service.export(kept.market.id, out)
        return kept, out

    kept, out = context.wait(work())
    answer: JsonObject = {"id": kept.market.id, "file": str(out), "replies": len(kept.replies)}
    context.answer(
        answer,
        f"{len(kept.replies)} replies of block {kept.market.block_number} saved to {out}\n"
        f"Anybody can check them: obsqra snapshot recompute --file {out.name}",
    )
    return OK


def diff(context: Context) -> int:
    """What differs between two."""
    found = context.wait(
        context.services.market.diff(context.options.before, context.options.after)
    )
    answer: JsonObject = {
        "before": found.before.id,
        "after": found.after.id,
        "appeared": [hex(one) for one in found.appeared],
        "gone": [hex(one) for one in found.gone],
        "changes": [
            {
                "pool_id": hex(one.pool_id),
                "name": one.name,
                "metric": one.metric,
                "before": one.before,
                "after": one.after,
            }
            for one in found.changes
        ],
    }
    text = [
        f"{one.name}: {one.metric} {number(one.before)} → {number(one.after)}"
        for one in found.changes
    ]
    text += [f"new: {one:#x}" for one in found.appeared] + [f"gone: {one:#x}" for one in found.gone]
    context.answer(answer, "\n".join(text) or "No metric differs.")
    return OK


def pool_id(text: str) -> int:
    """A pool's id; raises InvalidInput."""
    try:
        return parse_felt(text)
    except ValueError as error:
        raise InvalidInput(f"{text[:70]!r} is no id of a pool", where="--pool") from error


def shown(market: MarketSnapshot) -> JsonObject:
    """The document with its id."""
    found = document(market)
    assert isinstance(found, dict)
    return {"id": market.id, **found}


def lines(market: MarketSnapshot) -> str:
    """For people: unknown is a dash, never 0."""
    head = (
        f"Snapshot {market.id[:12]} of block {market.block_number} on {market.network}"
        f"{', light' if market.light else ''}"
    )
    text = [head, *(f"! {one.text}" for one in market.warnings)]
    for pool in market.pools:
        text += ["", *pool_lines(pool)]
    return "\n".join(text)


def pool_lines(pool: PoolDerivation) -> list[str]:
    """One pool."""
    values = zip(METRIC_NAMES, pool.metrics, strict=True)
    text = [
        f"{pool.pool.venue.label} {pool.pool.name}  {pool.id:#x}",
        "  " + "  ".join(f"{name} {number(one.value)}" for name, one in values),
    ]
    text += [f"  ! {one.text}" for one in pool.warnings]
    text += [f"  {one.metric}: {one.reason}" for one in pool.metrics if one.value is None]
    return text


def number(value: int | None) -> str:
    """Unknown is a dash."""
    return "—" if value is None else str(value)

"""Kept snapshots as pages show them. Pure."""

from collections.abc import Mapping

from obsqra_desktop.domain.market.audit_registry import AuditRegistry, AuditScore
from obsqra_desktop.domain.market.derivation import (
    Entries,
    MetricDerivation,
    PoolDerivation,
    WarningCode,
)
from obsqra_desktop.domain.market.kept import KeptMarket, PoolPoint
from obsqra_desktop.domain.market.questions import Answers, Ask, CallFailed, felt_of, item_of
from obsqra_desktop.domain.pools import METRIC_NAMES, PoolMetrics, SourceKind
from obsqra_desktop.services.market.plan import AUDITS, Plan
from obsqra_desktop.services.market_view import (
    AuditRow,
    HistoryPoint,
    InputView,
    MarketView,
    MetricView,
    PoolView,
    RawReply,
)

AUDIT_ROW = "audit:"
"""Names of typed values that stand for rows of the audit rubric."""
MOST_REPLIES = 120


def view_of(kept: KeptMarket, entered: Mapping[int, Mapping[str, int]]) -> MarketView:
    """A snapshot with what was entered since."""
    market, answers = kept.market, Answers(kept.replies)
    plan = Plan.of(answers)
    audits = AuditRegistry.parse(answers.raw(AUDITS))
    entries = entries_of(kept, entered)
    return MarketView(
        id=market.id,
        chain=market.chain,
        block_number=market.block_number,
        block_timestamp=market.block_timestamp,
        node=plan.node,
        taken_at=market.taken_at,
        node=Plan.of(answers).node,
        pools=tuple(
            pool_view(
                one,
                answers,
                plan.node,
                audits.score(one.pool.venue, market.block_timestamp),
                entries.get(one.id, {}),
                entered.get(one.id, {}),
            )
            for one in market.pools
        ),
        light=market.light,
        light_seconds=market.block_timestamp - market.start_timestamp if market.light else 0,
        warnings=tuple(one.text for one in market.warnings),
    )


def entries_of(kept: KeptMarket, entered: Mapping[int, Mapping[str, int]]) -> Entries:
    """Typed metrics, typed audit rows among them as the score that they sum up to."""
    answers = Answers(kept.replies)
    audits = AuditRegistry.parse(answers.raw(AUDITS))
    found: dict[int, dict[str, int]] = {}
    for pool in kept.market.pools:
        typed = entered.get(pool.id, {})
        values = {name: value for name, value in typed.items() if name in METRIC_NAMES}
        score = audits.score(pool.pool.venue, kept.market.block_timestamp)
        rows = rows_of(score, typed)
        if "audit_score" not in values and any(one.overridden for one in rows):
            values["audit_score"] = min(100, max(0, sum(one.counted for one in rows)))
        if values:
            found[pool.id] = values
    return found


def rows_of(score: AuditScore | None, typed: Mapping[str, int]) -> tuple[AuditRow, ...]:
    """The rubric's rows, counted as somebody here wants them to be."""
    if score is None:
        return ()
    return tuple(
        AuditRow(
            key=str(place),
            words=one.words,
            points=one.points,
            counted=typed.get(f"{AUDIT_ROW}{place}", one.points),
        )
        for place, one in enumerate(score.items)
    )


def pool_view(
    pool: PoolDerivation,
    answers: Answers,
    node: str,
    score: AuditScore | None,
    entries: Mapping[str, int],
    typed: Mapping[str, int],
) -> PoolView:
    """One pool."""
    codes = {one.code for one in pool.warnings}
    return PoolView(
        id=pool.id,
        venue=pool.pool.venue.label,
        name=pool.pool.name,
        metrics=tuple(
            metric_view(one, answers, node, rows_of(score, typed), entries.get(one.metric))
            for one in pool.metrics
        ),
        abandoned=pool.stale,
        exit_only=pool.pool.venue.exit_only,
        unknown_class=class_in(pool) if WarningCode.UNKNOWN_CLASS in codes else None,
        warnings=tuple(one.text for one in pool.warnings),
    )


def class_in(pool: PoolDerivation) -> int | None:
    """The class hash that the warning names."""
    for one in pool.warnings:
        if one.code is WarningCode.UNKNOWN_CLASS:
            return int(one.text.rpartition("0x")[2], 16)
    return None


def metric_view(
    one: MetricDerivation,
    answers: Answers,
    node: str,
    rows: tuple[AuditRow, ...],
    typed: int | None,
) -> MetricView:
    """One metric, the value in force and what was measured."""
    return MetricView(
        name=one.metric,
        value=one.value if typed is None else typed,
        kind=one.kind if typed is None else SourceKind.ENTERED,
        measured=one.value,
        reason=one.reason,
        formula=(one.formula,) if one.formula else (),
        definition=one.definition_version,
        warnings=tuple(warning.text for warning in one.warnings),
        inputs=tuple(
            InputView(
                given.name,
                given.value,
                tuple(
                    raw_reply(key, given.name, answers, node) for key in given.keys[:MOST_REPLIES]
                ),
            )
            for given in one.inputs
        ),
        rows=rows if one.metric == "audit_score" else (),
    )


def raw_reply(key: str, name: str, answers: Answers, node: str) -> RawReply:
    """A kept reply, or an input that was kept beside the replies, by its key."""
    raw, parts = answers.raw(key), key.split(" ")
    if parts[0] not in set(Ask):
        return RawReply(name, 0, key, (), 0, "", key=key, raw=raw)
    block = int(parts[1])
    contract = int(parts[2], 16) if len(parts) > 2 else 0
    entry = parts[3] if len(parts) > 3 else parts[0]
    words = parts[4].split(",") if len(parts) > 4 else []
    item = item_of(raw)
    found = item if isinstance(item, list) else [item] if isinstance(item, str) else []
    return RawReply(
        name=name,
        contract=contract,
        entry_point=entry,
        calldata=tuple(int(one, 16) for one in words),
        block=block,
        node=node,
        felts=tuple(felt_of(one, entry) for one in found),
        failed=(item.text or f"code {item.code}") if isinstance(item, CallFailed) else "",
        key=key,
        raw=raw,
    )


def history_point(point: PoolPoint) -> HistoryPoint:
    """For plots."""
    values = dict(zip(METRIC_NAMES, point.metrics, strict=True))
    known = {name: value for name, value in values.items() if value is not None}
    return HistoryPoint(
        taken_at=point.taken_at,
        volatility_bps=values["volatility_bps"],
        liquidity_tier=values["liquidity_tier"],
        utilization_bps=values["utilization_bps"],
        metrics=PoolMetrics(**known) if len(known) == len(METRIC_NAMES) else None,
    )

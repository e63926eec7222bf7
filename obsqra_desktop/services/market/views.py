"""Kept snapshots as pages show them. Pure."""

import re
from collections.abc import Mapping

from obsqra_desktop.domain.market.audit_registry import AuditRegistry, AuditScore
from obsqra_desktop.domain.market.derivation import (
    Entries,
    MetricDerivation,
    PoolDerivation,
    WarningCode,
)
from obsqra_desktop.domain.market.kept import KeptMarket
from obsqra_desktop.domain.market.questions import Answers
from obsqra_desktop.domain.pools import METRIC_NAMES, SourceKind
from obsqra_desktop.services.market.plan import AUDITS, Plan
from obsqra_desktop.services.market_view import (
    AuditRow,
    InputView,
    MarketView,
    MetricView,
    PoolView,
    RawReply,
)

AUDIT_ROW = "audit:"
"""Names of typed values that stand for rows of the audit rubric, before the row's key."""
PLACE = re.compile(r"^audit:[0-9]{1,3}$")
"""Names that earlier versions kept, by the row's place in the list. The list may have changed
since, so they count for nothing and are told."""
MOST_REPLIES = 120


def view_of(kept: KeptMarket, entered: Mapping[int, Mapping[str, int]]) -> MarketView:
    """A snapshot with what was entered since."""
    market, answers = kept.market, Answers(kept.replies)
    audits = AuditRegistry.parse(answers.raw(AUDITS))
    entries = entries_of(kept, entered)
    return MarketView(
        id=market.id,
        chain=market.chain,
        block_number=market.block_number,
        block_timestamp=market.block_timestamp,
        block_hash=market.block_hash,
        taken_at=market.taken_at,
        node=Plan.of(answers).node,
        pools=tuple(
            pool_view(
                one,
                answers,
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


def rows_in(kept: KeptMarket, pool: int) -> tuple[AuditRow, ...]:
    """The rubric's rows of one pool, as the registry counts them; raises NotFound."""
    audits = AuditRegistry.parse(Answers(kept.replies).raw(AUDITS))
    venue = kept.market.pool(pool).pool.venue
    return rows_of(audits.score(venue, kept.market.block_timestamp), {})


def rows_of(score: AuditScore | None, typed: Mapping[str, int]) -> tuple[AuditRow, ...]:
    """The rubric's rows, counted as somebody here wants them to be."""
    if score is None:
        return ()
    return tuple(
        AuditRow(
            key=one.key,
            words=one.words,
            points=one.points,
            counted=typed.get(f"{AUDIT_ROW}{one.key}", one.points),
            source=one.source,
        )
        for one in score.items
    )


def pool_view(
    pool: PoolDerivation,
    answers: Answers,
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
            metric_view(one, answers, rows_of(score, typed), entries.get(one.metric))
            for one in pool.metrics
        ),
        abandoned=pool.stale,
        exit_only=pool.pool.venue.exit_only,
        unknown_class=class_in(pool) if WarningCode.UNKNOWN_CLASS in codes else None,
        warnings=(*(one.text for one in pool.warnings), *left_over(score, typed)),
    )


def left_over(score: AuditScore | None, typed: Mapping[str, int]) -> tuple[str, ...]:
    """What was counted otherwise, and counts for nothing now."""
    known = {f"{AUDIT_ROW}{one.key}" for one in (score.items if score else ())}
    found = []
    if any(PLACE.fullmatch(name) for name in typed):
        found.append(
            "Points that you counted with an earlier version are kept by their place in the list, "
            "which may have changed. They count for nothing: count them again."
        )
    ours = {one for one in typed if one.startswith(AUDIT_ROW) and not PLACE.fullmatch(one)}
    if ours - known:
        found.append(
            "A line of the audit list that you counted otherwise is not in it any more. Your "
            "points for it count for nothing."
        )
    return tuple(found)


def class_in(pool: PoolDerivation) -> int | None:
    """The class hash that the warning names."""
    for one in pool.warnings:
        if one.code is WarningCode.UNKNOWN_CLASS:
            return int(one.text.rpartition("0x")[2], 16)
    return None


def metric_view(
    one: MetricDerivation,
    answers: Answers,
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
        formula=one.formula,
        definition=one.definition_version,
        warnings=tuple(warning.text for warning in one.warnings),
        inputs=tuple(
            InputView(
                given.name,
                given.value,
                tuple(RawReply(key, answers.raw(key)) for key in given.keys[:MOST_REPLIES]),
            )
            for given in one.inputs
        ),
        rows=rows if one.metric == "audit_score" else (),
    )

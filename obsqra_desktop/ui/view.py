"""Decisions as the pages show them: words, bars and shares. No Qt."""

from dataclasses import dataclass

from obsqra_desktop.domain.decision import Decision, PoolVerdict
from obsqra_desktop.domain.model import Model
from obsqra_desktop.domain.pools import Pool, SourceKind
from obsqra_desktop.domain.risk import RiskRule, RiskScore
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.ui.format import clock_time, grouped, percent, whole_percent

SERIES = ("chart_1", "chart_2", "chart_3", "chart_4")
SCORE_SERIES = (*SERIES, "text_faint")
SCORE_WORDS = ("use", "swings", "depth", "audit", "age")
METRIC_WORDS = {
    "utilization_bps": "use",
    "volatility_bps": "swings",
    "liquidity_tier": "depth",
    "audit_score": "audit",
    "age_days": "age",
    "apy_bps": "yield",
}
TIERS = ("shallow", "medium", "deep", "deepest")


@dataclass(frozen=True)
class PoolView:
    """One pool with all that was decided about it."""

    title: str
    pair: str
    venue: str
    score: int
    label: str
    terms: tuple[tuple[str, int], ...]
    says: str
    flagged: bool
    eligible: bool
    reasons: tuple[str, ...]
    allocation_bps: int | None
    capped: bool
    color: str
    sources: str = ""
    """Where its six numbers come from."""

    @property
    def outcome(self) -> str:
        """One line for its row."""
        if self.reasons:
            return "left out: " + "; ".join(self.reasons)
        if self.allocation_bps is None:
            return "passes your limits"
        return f"passes your limits · {percent(self.allocation_bps)}"


@dataclass(frozen=True)
class Origin:
    """Where the numbers of a snapshot come from, in one chip."""

    text: str
    detail: str
    icon: str
    tone: str = "plain"


def pool_title(pool: Pool) -> str:
    """Venue and pair."""
    return f"{pool.venue}  {pool.name}"


def score_terms(risk: RiskScore) -> tuple[tuple[str, int], ...]:
    """The components with their words, in the order of the rule."""
    values = (risk.util, risk.vol, risk.liquidity, risk.audit, risk.age)
    return tuple(zip(SCORE_WORDS, values, strict=True))


def pool_view(pool: Pool, verdict: PoolVerdict, model: Model, color: str) -> PoolView:
    """One row."""
    return PoolView(
        title=pool_title(pool),
        pair=pool.name,
        venue=pool.venue,
        score=verdict.risk.score,
        label=verdict.risk.label.value,
        terms=score_terms(verdict.risk),
        says=model.class_name(verdict.model),
        flagged=verdict.model.flag,
        eligible=verdict.eligible,
        reasons=tuple(reason.text for reason in verdict.reasons),
        allocation_bps=verdict.allocation_bps,
        capped=verdict.capped,
        color=color,
        sources=source_line(pool),
    )


def pool_views(snapshot: Snapshot, decision: Decision, model: Model) -> list[PoolView]:
    """All rows, in the snapshot's order; colours repeat from the fifth pool on."""
    return [
        pool_view(pool, verdict, model, SERIES[number % len(SERIES)])
        for number, (pool, verdict) in enumerate(
            zip(snapshot.pools, decision.verdicts, strict=True)
        )
    ]


def origin(snapshot: Snapshot) -> Origin:
    """The weakest kind of source decides the chip."""
    kinds = {
        getattr(pool.sources, name).kind
        for pool in snapshot.pools
        for name in type(pool.sources).model_fields
    }
    details = sorted(
        {
            getattr(pool.sources, name).detail
            for pool in snapshot.pools
            for name in type(pool.sources).model_fields
        }
    )
    detail = "; ".join(details)
    registry = SourceKind.ASSUMED in kinds and all(map(only_audit_assumed, snapshot.pools))
    if SourceKind.ASSUMED in kinds and not registry:
        return Origin("assumed, not measured", detail, "info", "warn")
    if kinds == {SourceKind.ENTERED}:
        return Origin("entered by hand", detail, "pencil-simple")
    block = grouped(snapshot.block_number) if snapshot.block_number is not None else "—"
    when = clock_time(snapshot.block_timestamp)
    if SourceKind.ENTERED in kinds:
        by_hand = sum(len(entered(pool)) for pool in snapshot.pools)
        numbers = f"{by_hand} number{'' if by_hand == 1 else 's'} entered"
        return Origin(f"block {block} · {numbers}", detail, "pencil-simple", "accent")
    words = f"measured at block {block} · {when}"
    if registry:
        words = f"measured at block {block}, audits from the registry"
    return Origin(words, detail, "clock", "good")


def only_audit_assumed(pool: Pool) -> bool:
    """Audit scores come from a dated registry: no chain can tell them. All else is known better."""
    return all(
        name == "audit_score" or getattr(pool.sources, name).kind is not SourceKind.ASSUMED
        for name in type(pool.sources).model_fields
    )


def entered(pool: Pool) -> tuple[str, ...]:
    """The metrics of a pool that a person typed."""
    return tuple(
        METRIC_WORDS[name]
        for name in type(pool.sources).model_fields
        if getattr(pool.sources, name).kind is SourceKind.ENTERED
    )


def source_line(pool: Pool) -> str:
    """Where the six numbers of a pool come from, in one line."""
    by_kind: dict[SourceKind, list[str]] = {}
    for name in type(pool.sources).model_fields:
        by_kind.setdefault(getattr(pool.sources, name).kind, []).append(METRIC_WORDS[name])
    if len(by_kind) == 1:
        (kind,) = by_kind
        return f"all six numbers are {kind.value}"
    return "; ".join(f"{kind.value}: {', '.join(names)}" for kind, names in by_kind.items())


def limits(policy_cap: int, risk: int, tier: int) -> list[str]:
    """The three lines of a preset card."""
    depth = ("Any depth", "Medium or deeper", "Deep or deeper", "Deepest pools only")[tier]
    return [f"Risk up to {risk}", f"Up to {whole_percent(policy_cap)} a pool", depth]


def rule_note(rule: RiskRule) -> str:
    """What to know about a rule before choosing it."""
    bounds = (
        f"Scores {rule.clamp_min} to {rule.clamp_max}; "
        f"medium from {rule.medium_from}, high from {rule.high_from}."
    )
    if rule.inverted_liquidity:
        return f"{bounds} Its own depth scale runs the other way: it sees 3 − our tier."
    return bounds


def summary(views: list[PoolView]) -> str:
    """One sentence about the consequence of a policy."""
    passing = sum(view.eligible for view in views)
    verb = "passes" if passing == 1 else "pass"
    count = "No pool" if passing == 0 else str(passing)
    verb = "passes" if passing == 0 else verb
    of = "" if passing == 0 else f" of {len(views)} pool{'s' if len(views) != 1 else ''}"
    return f"{count}{of} {verb} your limits"

"""From replies to metrics: the one path for live and for kept replies. Pure.

`derive` takes the replies with the inputs kept beside them (plan, venues, audits) and nothing
else. A pool whose answers make no sense has six unknown metrics with the reason, and the rest of
the snapshot stands.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.market import formulas, guards
from obsqra_desktop.domain.market.audit_registry import AuditRegistry
from obsqra_desktop.domain.market.deployments import Deployments
from obsqra_desktop.domain.market.derivation import (
    Figure,
    MarketSnapshot,
    MarketWarning,
    MetricDerivation,
    PoolDerivation,
    PricePoint,
    WarningCode,
)
from obsqra_desktop.domain.market.keys import PoolRef
from obsqra_desktop.domain.market.numbers import price_text, text
from obsqra_desktop.domain.market.prices import quoted
from obsqra_desktop.domain.market.questions import (
    Answers,
    BlockHeader,
    CallFailed,
    Reply,
    evidence_digest,
    header,
)
from obsqra_desktop.domain.pools import METRIC_NAMES, SourceKind
from obsqra_desktop.services.market import classes, metrics, news
from obsqra_desktop.services.market.dollars import Worth, depth_of, dollar_prices, pair_of
from obsqra_desktop.services.market.plan import AUDITS, VENUES, Plan
from obsqra_desktop.services.market.venues.all import VENUES as ADAPTERS
from obsqra_desktop.services.market.venues.reading import Reading


@dataclass(frozen=True)
class Known:
    """A pool that could be read."""

    pool: PoolRef
    reading: Reading
    prices: Worth
    depth: Fraction | None
    """±2 % depth in dollars, as far as it was there during the window."""
    maker: metrics.Maker
    stale: bool


def derive(replies: Iterable[Reply]) -> MarketSnapshot:
    """The snapshot that these replies make.

    Raises Unanswered, InvalidInput if the inputs or headers are missing or damaged,
    NodeAnswerInvalid if a header is.
    """
    answers = Answers(replies)
    plan = Plan.of(answers)
    venues = Deployments.parse(answers.raw(VENUES))
    audits = AuditRegistry.parse(answers.raw(AUDITS))
    head, start = (block_of(answers, one) for one in (plan.head, plan.samples[0]))
    readings, broken = read_all(plan, answers)
    dollars = dollar_prices(readings, venues)
    known = {
        pool.id: Known(pool, reading, worth, depth, maker, maker.stale)
        for pool, reading in readings
        for worth in (Worth.of(pool, dollars),)
        for depth in (depth_of(reading, worth),)
        for maker in (metrics.Maker(plan, answers, venues, audits, pool, reading, worth),)
    }
    pools = []
    for pool in plan.pools:
        one = known.get(pool.id)
        if one is None:
            pools.append(unreadable(pool, broken[pool.id]))
            continue
        live = live_one(one, known, venues)
        pools.append(derived(one, live.maker if live else None))
    return MarketSnapshot(
        network=plan.network,
        chain=plan.chain,
        block_number=head.number,
        block_hash=head.hash,
        block_timestamp=head.timestamp,
        start_block=start.number,
        start_timestamp=start.timestamp,
        taken_at=plan.taken_at,
        light=plan.light,
        pools=tuple(pools),
        warnings=(
            *plan.warnings,
            *gaps(plan, answers),
            *classes.warnings(venues, plan, answers),
            *news.price_warnings(venues, plan, answers, dollars),
        ),
        evidence_digest=evidence_digest(answers).hex(),
    )


def block_of(answers: Answers, number: int) -> BlockHeader:
    """A header that must be there."""
    found = answers.header(header(number))
    if isinstance(found, CallFailed):
        raise NodeAnswerInvalid(f"the node does not know block {number}")
    return found


def gaps(plan: Plan, answers: Answers) -> tuple[MarketWarning, ...]:
    """Holes between the samples of a light snapshot. With history the samples are at equal steps of
    blocks, and the times between are not asked for."""
    if not plan.light:
        return ()
    return guards.gap_warnings([(one, block_of(answers, one).timestamp) for one in plan.samples])


def read_all(plan: Plan, answers: Answers) -> tuple[list[tuple[PoolRef, Reading]], dict[int, str]]:
    """Pools that could be read, and why the others could not."""
    good, broken = [], {}
    for pool in plan.pools:
        try:
            good.append((pool, ADAPTERS[pool.venue].read(pool, plan, answers)))
        except (NodeAnswerInvalid, formulas.Implausible) as error:
            broken[pool.id] = str(error.args[0])
        except InvalidInput as error:
            broken[pool.id] = error.detail
    return good, broken


def live_one(own: Known, known: dict[int, Known], venues: Deployments) -> Known | None:
    """The deepest pool of the same pair that is traded, dollars counting as one token; for a
    lending market the deepest of its asset against a dollar."""
    wanted = pair_of(own.pool, venues)
    found = [
        one
        for one in known.values()
        if one.pool.id != own.pool.id
        and not one.stale
        and one.reading.prices
        and not one.pool.venue.exit_only
        and pair_of(one.pool, venues) == wanted
    ]
    return max(found, key=lambda one: (one.depth or Fraction(0), one.pool.id), default=None)


def unreadable(pool: PoolRef, reason: str) -> PoolDerivation:
    """Nothing is known."""
    words = reason[:400]
    return PoolDerivation(
        pool=pool,
        id=pool.id,
        metrics=tuple(
            MetricDerivation(
                metric=name,
                value=None,
                kind=SourceKind.MEASURED,
                reason=words,
                formula="",
            )
            for name in METRIC_NAMES
        ),
        stale=False,
        warnings=(MarketWarning(code=WarningCode.UNMEASURED, text=f"unreadable: {reason}"[:280]),),
    )


def derived(one: Known, reference: "metrics.Maker | None") -> PoolDerivation:
    """All about one pool."""
    made, stale = one.maker, one.stale
    values = made.six(reference, stale)
    return PoolDerivation(
        pool=one.pool,
        id=one.pool.id,
        metrics=values,
        stale=stale,
        figures=figures(one, made),
        prices=points(one),
        warnings=(
            *made.warnings(stale),
            *news.volatility_warnings(one.pool, made.plan, made.answers, own_volatility(one)),
        ),
    )


def own_volatility(one: Known) -> int | None:
    """Before any guard."""
    return None if one.stale else one.maker.volatility(None).value


def points(one: Known) -> tuple[PricePoint, ...]:
    """Prices as people quote them."""
    pool = one.pool
    if pool.token1 is None:
        return ()
    return tuple(
        PricePoint(
            block=block,
            price=price_text(quoted(raw, pool.token0.decimals, pool.token1.decimals)),
        )
        for block, raw in one.reading.prices
    )


def figures(one: Known, made: "metrics.Maker") -> tuple[Figure, ...]:
    """Numbers beside the six."""
    found = []
    if one.depth is not None:
        keys = one.reading.near.keys
        found.append(Figure(name="depth_usd", value=text(one.depth, 2), unit="USD", keys=keys))
    for name, part in (("value_usd", one.reading.value), ("volume_usd", one.reading.volume)):
        worth = None if part.amounts is None else one.prices.value(part.amounts)
        if worth is not None:
            found.append(Figure(name=name, value=text(worth, 2), unit="USD", keys=part.keys))
    since = made.venue_since()
    if since is not None:
        found.append(Figure(name="venue_age_days", value=str(since), unit="days"))
    return tuple(found)

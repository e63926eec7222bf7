"""The six metrics of one pool from its reading. Pure; every number with its replies."""

from dataclasses import dataclass
from fractions import Fraction

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.market import formulas, guards
from obsqra_desktop.domain.market.audit_registry import AuditRegistry
from obsqra_desktop.domain.market.deployments import Deployments
from obsqra_desktop.domain.market.derivation import (
    DerivationInput,
    MarketWarning,
    MetricDerivation,
    WarningCode,
)
from obsqra_desktop.domain.market.formulas import LEAST_STEPS, LEAST_WINDOW
from obsqra_desktop.domain.market.keys import PoolRef
from obsqra_desktop.domain.market.numbers import text
from obsqra_desktop.domain.market.prices import Amounts
from obsqra_desktop.domain.market.questions import Answers, BlockHeader, CallFailed, header
from obsqra_desktop.domain.pools import METRIC_NAMES, SourceKind
from obsqra_desktop.services.market import births
from obsqra_desktop.services.market.derivation_lines import (
    inputs,
    inputs_of,
    made,
    replaced,
    unknown,
)
from obsqra_desktop.services.market.dollars import Worth, depth_of, sustained
from obsqra_desktop.services.market.plan import AUDITS, Plan
from obsqra_desktop.services.market.venues.reading import Reading

UTILIZATION, VOLATILITY, LIQUIDITY, AUDIT, AGE, APY = METRIC_NAMES


@dataclass(frozen=True)
class Maker:
    """Makes the metrics of one pool."""

    plan: Plan
    answers: Answers
    venues: Deployments
    audits: AuditRegistry
    pool: PoolRef
    reading: Reading
    worth: Worth

    def block(self, number: int) -> BlockHeader:
        """A header that was asked for; raises Unanswered, NodeAnswerInvalid."""
        found = self.answers.header(header(number))
        if isinstance(found, CallFailed):
            raise NodeAnswerInvalid(f"the node does not know block {number}")
        return found

    @property
    def head(self) -> BlockHeader:
        """The pinned block."""
        return self.block(self.plan.head)

    def window(self) -> tuple[int, int, str]:
        """Seconds and steps that the pool was seen for, and why they are too few; "" if not."""
        blocks = [block for block, _ in self.reading.prices] or [self.plan.samples[0]]
        if self.pool.token1 is None:
            blocks = list(self.plan.samples)
        seconds = self.head.timestamp - self.block(blocks[0]).timestamp
        steps = len(blocks) - 1
        if seconds < LEAST_WINDOW or (self.pool.token1 is not None and steps < LEAST_STEPS):
            hours = text(Fraction(seconds, 3600), 1)
            return (
                seconds,
                steps,
                (
                    f"only {hours} hours in {steps} steps are known; at least "
                    f"{LEAST_WINDOW // 3600} hours in {LEAST_STEPS} steps are needed"
                ),
            )
        return seconds, steps, ""

    def six(self, reference: "Maker | None", stale: bool) -> tuple[MetricDerivation, ...]:
        """In the order of METRIC_NAMES; those of a pool without trades are never better than the
        live pool's."""
        own = [
            self.utilization(),
            self.volatility(reference),
            self.liquidity(),
            self.audit(),
            self.age(),
            self.apy(),
        ]
        if not stale:
            return tuple(own)
        if reference is None:
            reason = "nobody traded in the window, and no live pool of the pair can stand for it"
            for place in (0, 1):
                own[place] = own[place].model_copy(update={"value": None, "reason": reason})
            return tuple(own)
        live = reference.six(None, False)
        worst = guards.riskier(inputs(own), inputs(live))
        name = f"{reference.pool.venue.label} {reference.pool.name}"
        values = (
            worst.utilization_bps,
            worst.volatility_bps,
            worst.liquidity_tier,
            worst.audit_score,
            worst.age_days,
        )
        return (
            *(replaced(one, other, value, name) for one, other, value in zip(own, live, values)),  # noqa: B905
            own[5],
        )

    @property
    def stale(self) -> bool:
        """Whether nobody trades here: less than a ten-thousandth of the value a day.

        Deposits, withdrawals and a swap of dust are no trading: whoever wants a dead pool to look
        alive would make one.
        """
        if self.pool.token1 is None:
            return False
        return not self.reading.traded or self.utilization().value == 0

    def utilization(self) -> MetricDerivation:
        """Of a lending market what is lent out, of an exchange floor(10^4 · V / (V + TVL))."""
        lent = self.reading.utilization
        if lent is not None and lent.number is not None:
            value = formulas.vesu_utilization_bps(int(lent.number))
            formula = f"floor(10^4 · {int(lent.number)} / 10^18) = {value}"
            return made(UTILIZATION, value, formula, (lent.input("utilization", formula),))
        volume, value_part = self.reading.volume, self.reading.value
        words = "floor(10^4 · V / (V + TVL)), V in 24 hours"
        seconds, _, short = self.window()
        for reason in (short, volume.reason, value_part.reason):
            if reason:
                return unknown(UTILIZATION, words, reason, (*inputs_of(volume, value_part),))
        if volume.number is not None:
            held = value_part.amounts
            whole = Fraction(1 if held and held.token0 and held.token1 else 0)
            traded = formulas.per_day(volume.number, seconds)
            shown = f"V/TVL = {text(traded, 6)}"
        else:
            assert volume.amounts is not None
            assert value_part.amounts is not None
            whole = sustained(self._in_token1(value_part.amounts), self.reading)
            traded = formulas.per_day(self._in_token1(volume.amounts), seconds)
            symbol = self.pool.token1.symbol if self.pool.token1 else ""
            shown = f"V = {self._units(traded)} {symbol}, TVL = {self._units(whole)} {symbol}"
        share = formulas.utilization_bps(traded, whole)
        if share is None:
            return unknown(
                UTILIZATION, words, "the pool holds nothing", inputs_of(volume, value_part)
            )
        return made(UTILIZATION, share, f"{words}; {shown}", inputs_of(volume, value_part))

    def volatility(self, reference: "Maker | None") -> MetricDerivation:
        """Realised, for a year; of a lending market that of its asset's deepest live pool."""
        words = "min(10^4, floor(10^4 · √(Σ r² · 31557600 / seconds))), r = ln(p_k / p_{k-1})"
        if self.pool.token1 is None:
            if reference is None:
                reason = "no live pool of the asset against a dollar was read"
                return unknown(VOLATILITY, words, reason)
            of = reference.volatility(None)
            name = f"{reference.pool.venue.label} {reference.pool.name}"
            return of.model_copy(update={"formula": f"{of.formula} of {name}"[:400]})
        keys = self.reading.price_keys
        seconds, steps, short = self.window()
        given = (
            DerivationInput(name="prices", value=f"{steps + 1} samples", keys=keys),
            self._seconds(seconds),
        )
        if short:
            return unknown(VOLATILITY, words, short, given)
        value = formulas.volatility_bps([price for _, price in self.reading.prices], seconds)
        own = made(VOLATILITY, value, f"{words}; {steps} steps in {seconds} s", given)
        return own if reference is None else not_calmer(own, self, reference)

    def liquidity(self) -> MetricDerivation:
        """The tier of the sustained ±2 % depth in dollars."""
        words = "tier of the ±2 % depth: 1 from $50,000, 2 from $250,000, 3 from $1,000,000"
        near = self.reading.near
        depth = depth_of(self.reading, self.worth)
        given = (near.input("depth", near.words),)
        if near.reason or depth is None:
            reason = near.reason or "no pool gives the price of its tokens in dollars"
            return unknown(LIQUIDITY, words, reason, given)
        value = formulas.liquidity_tier(depth)
        return made(LIQUIDITY, value, f"{words}; depth = ${text(depth, 2)}, {near.words}", given)

    def audit(self) -> MetricDerivation:
        """From the registry that is kept with the snapshot."""
        words = "clamp(Σ points, 0, 100)"
        score = self.audits.score(self.pool.venue, self.head.timestamp)
        if score is None:
            reason = "nothing is known about audits of this venue"
            return unknown(AUDIT, words, reason, kind=SourceKind.ASSUMED)
        given = tuple(
            DerivationInput(name=one.words[:400], value=f"{one.points:+d}", keys=(AUDITS,))
            for one in score.items
        )
        return made(AUDIT, score.score, f"{words} = {score.score}", given, score.kind)

    def age(self) -> MetricDerivation:
        """Days since the block before which the pool was not there."""
        words = "(T - T_init) // 86400"
        birth = self.plan.birth(self.pool.id)
        if birth is None:
            reason = "neither the node's state nor its events tell when it began"
            return unknown(AGE, words, reason)
        try:
            keys = births.shown(self.pool, birth, self.venues, self.answers)
        except NodeAnswerInvalid as error:
            return unknown(AGE, words, error.detail)
        born = self.block(birth.block).timestamp
        value = formulas.age_days(self.head.timestamp, born)
        how = "" if birth.by == "state" else ", as its venue announced it"
        told = f"{born} (block {birth.block}{how})"
        given = (DerivationInput(name="T_init", value=told, keys=keys),)
        return made(AGE, value, f"({self.head.timestamp} - {born}) // 86400 = {value}", given)

    def apy(self) -> MetricDerivation:
        """The window's yield for a year, without compounding."""
        earned = self.reading.earned
        words = "min(20000, floor(10^4 · earned · 31557600 / seconds))"
        seconds, _, short = self.window()
        given = (earned.input("earned", earned.words), self._seconds(seconds))
        if short or earned.number is None:
            return unknown(APY, words, short or earned.reason, given)
        depth = depth_of(self.reading, self.worth)
        if self.pool.token1 is not None and depth is not None and depth < formulas.LEAST_DEPTH:
            reason = (
                f"with ${text(depth, 2)} of ±2 % depth, what one position earned says nothing "
                "about what another would"
            )
            return unknown(APY, words, reason, given)
        value = formulas.apy_bps(earned.number, seconds, self.kept_bps())
        kept = f", of which {self.kept_bps()} of 10000 are paid out"
        return made(APY, value, f"{words}; earned = {text(earned.number, 12)}{kept}", given)

    def kept_bps(self) -> int:
        """What a provider gets of the fees."""
        ekubo = self.venues.ekubo
        if ekubo is not None and self.pool.contract == ekubo.core:
            return ekubo.kept_bps
        return formulas.FULL

    def venue_since(self) -> int | None:
        """Days that the venue is there, from the deployments file."""
        since = self.venues.since(self.pool.venue)
        if since is None or since.timestamp is None or since.timestamp > self.head.timestamp:
            return None
        return formulas.age_days(self.head.timestamp, since.timestamp)

    def warnings(self, stale: bool) -> tuple[MarketWarning, ...]:
        """All about the pool as a whole."""
        found = list(self.reading.warnings)
        if stale:
            found.append(
                MarketWarning(code=WarningCode.STALE, text="abandoned: nobody traded in the window")
            )
        if self.pool.venue.exit_only:
            found.append(
                MarketWarning(
                    code=WarningCode.EXIT_ONLY,
                    text="nobody keeps this venue up: get out, put nothing in",
                )
            )
        seen = self.reading.class_hash
        if seen is not None and not self.venues.known_class(self.pool.contract, seen):
            found.append(
                MarketWarning(
                    code=WarningCode.UNKNOWN_CLASS,
                    text=f"its contract runs a class that is not known: {seen:#x}",
                )
            )
        return tuple(found)

    def _in_token1(self, amounts: Amounts) -> Fraction:
        """At the pool's own price: no dollar is needed for a ratio."""
        return amounts.token0 * (self.reading.head_price or 0) + amounts.token1

    def _units(self, amount: Fraction) -> str:
        decimals = self.pool.token1.decimals if self.pool.token1 else 0
        return text(amount / 10**decimals, 4)

    def _seconds(self, seconds: int) -> DerivationInput:
        keys = (header(self.plan.samples[0]).key, header(self.plan.head).key)
        return DerivationInput(name="seconds", value=str(seconds), keys=keys)


def not_calmer(own: MetricDerivation, maker: Maker, reference: Maker) -> MetricDerivation:
    """A pool's volatility, or that of the deepest live pool of the pair if that is more than
    twice it: the price of a pool that is hardly traded stands still while the market moves."""
    live, depth = reference.volatility(None), depth_of(reference.reading, reference.worth)
    if own.value is None or live.value is None:
        return own
    mine = depth_of(maker.reading, maker.worth)
    if depth is None or (mine is not None and mine > depth):
        return own  # the deepest pool of a pair is measured by no other
    name = f"{reference.pool.venue.label} {reference.pool.name}"
    warnings = guards.cross_check(own.value, live.value, f"volatility, {name} beside it"[:200])
    if not warnings or live.value < own.value:
        return own.model_copy(update={"warnings": (*own.warnings, *warnings)})
    return own.model_copy(
        update={
            "value": live.value,
            "formula": f"hardly traded ({own.value}): as {name}; {live.formula}"[:400],
            "inputs": (*own.inputs, *live.inputs),
            "warnings": (*own.warnings, *warnings),
        }
    )

"""The six metrics of one pool from its reading. Pure; every number with its replies."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

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
from obsqra_desktop.domain.market.prices import Amounts, quoted
from obsqra_desktop.domain.market.questions import Answers, BlockHeader, CallFailed, header
from obsqra_desktop.domain.pools import METRIC_NAMES, SourceKind
from obsqra_desktop.services.market import births
from obsqra_desktop.services.market.plan import AUDITS, Plan
from obsqra_desktop.services.market.venues.reading import Part, Reading

UTILIZATION, VOLATILITY, LIQUIDITY, AUDIT, AGE, APY = METRIC_NAMES
DOLLAR: Final = -1
"""Stands for every token that counts as one dollar."""


@dataclass(frozen=True)
class Worth:
    """Dollars for a whole token; None is unknown."""

    price0: Fraction | None
    price1: Fraction | None
    decimals0: int
    decimals1: int

    @classmethod
    def of(cls, pool: PoolRef, dollars: dict[int, Fraction]) -> "Worth":
        """The pool's tokens."""
        one, two = pool.token0, pool.token1
        return cls(
            dollars.get(one.address),
            dollars.get(two.address) if two else Fraction(0),
            one.decimals,
            two.decimals if two else 0,
        )

    def value(self, amounts: Amounts) -> Fraction | None:
        """In dollars."""
        if self.price0 is None or self.price1 is None:
            return None
        unit0, unit1 = Fraction(10**self.decimals0), Fraction(10**self.decimals1)
        return amounts.token0 * self.price0 / unit0 + amounts.token1 * self.price1 / unit1


def pair_of(pool: PoolRef, venues: Deployments) -> frozenset[int]:
    """The tokens, all dollars alike; a lending market's asset against a dollar."""
    two = pool.token1
    first = DOLLAR if venues.is_dollar(pool.token0) else pool.token0.address
    second = DOLLAR if two is None or venues.is_dollar(two) else two.address
    return frozenset({first, second})


def dollar_prices(
    readings: Sequence[tuple[PoolRef, Reading]], venues: Deployments
) -> dict[int, Fraction]:
    """Dollars for whole tokens, from the pools themselves: for each token in turn the pool with
    the most depth on the side whose price is known, traded pools before others."""
    found = {venues.token(one).address: Fraction(1) for one in venues.dollars}
    while True:
        best: tuple[tuple[bool, Fraction, int], int, Fraction] | None = None
        for pool, reading in readings:
            if pool.token1 is None or reading.head_price is None or reading.near.amounts is None:
                continue
            one, two = pool.token0, pool.token1
            price = quoted(reading.head_price, one.decimals, two.decimals)
            near = reading.near.amounts
            if one.address in found and two.address not in found and price > 0:
                side = near.token0 * found[one.address] / 10**one.decimals
                new, worth = two.address, found[one.address] / price
            elif two.address in found and one.address not in found:
                side = near.token1 * found[two.address] / 10**two.decimals
                new, worth = one.address, found[two.address] * price
            else:
                continue
            rank = (reading.traded, sustained(side, reading), -pool.id)
            if best is None or rank > best[0]:
                best = (rank, new, worth)
        if best is None:
            return found
        found[best[1]] = best[2]


def depth_of(reading: Reading, worth: Worth) -> Fraction | None:
    """±2 % depth in dollars that was there during the window, not only at its end."""
    if reading.near.amounts is None:
        return None
    depth = worth.value(reading.near.amounts)
    return None if depth is None else sustained(depth, reading)


def sustained(amount: Fraction, reading: Reading) -> Fraction:
    """Without what has come for the snapshot's block."""
    if not reading.liquidity:
        return amount
    return guards.sustained(amount, reading.liquidity[-1], reading.liquidity)


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


def inputs_of(*parts: Part) -> tuple[DerivationInput, ...]:
    """Lines of a derivation."""
    return tuple(one.input(name, one.words) for name, one in zip(("V", "TVL"), parts, strict=False))


def made(
    name: str,
    value: int,
    formula: str,
    given: tuple[DerivationInput, ...] = (),
    kind: SourceKind = SourceKind.MEASURED,
) -> MetricDerivation:
    """A known one."""
    return MetricDerivation(
        metric=name,  # type: ignore[arg-type]
        value=value,
        kind=kind,
        formula=formula[:400],
        inputs=given,
    )


def unknown(
    name: str,
    formula: str,
    reason: str,
    given: tuple[DerivationInput, ...] = (),
    kind: SourceKind = SourceKind.MEASURED,
) -> MetricDerivation:
    """None, and why."""
    return MetricDerivation(
        metric=name,  # type: ignore[arg-type]
        value=None,
        kind=kind,
        reason=(reason or "not known")[:400],
        formula=formula[:400],
        inputs=given,
    )


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


def inputs(six: Sequence[MetricDerivation]) -> guards.RiskInputs:
    """The five that the rules know."""
    return guards.RiskInputs(six[0].value, six[1].value, six[2].value, six[3].value, six[4].value)


def replaced(
    own: MetricDerivation, live: MetricDerivation, value: int | None, name: str
) -> MetricDerivation:
    """A dead pool's metric, no better than the live one's."""
    if value == own.value:
        return own
    if value is None:
        reason = own.reason or f"nobody traded, and {name}, which stands for it: {live.reason}"
        return own.model_copy(update={"value": None, "reason": reason[:400]})
    return own.model_copy(
        update={
            "value": value,
            "formula": f"nobody traded: as {name}; {live.formula}"[:400],
            "inputs": (*own.inputs, *live.inputs),
        }
    )

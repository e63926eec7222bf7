"""Ekubo: one core contract, pools by their keys, depth from the router's lens."""

from fractions import Fraction
from itertools import pairwise

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.market import decoders, formulas, guards
from obsqra_desktop.domain.market.derivation import MarketWarning, WarningCode
from obsqra_desktop.domain.market.formulas import NEAR_BPS, WIDE_BPS, GrowthSample, percent_x64
from obsqra_desktop.domain.market.keys import PoolRef, VenueId
from obsqra_desktop.domain.market.layouts import Refused
from obsqra_desktop.domain.market.prices import (
    EKUBO_ONE,
    EKUBO_TICK,
    Amounts,
    from_sqrt,
    liquidity_depth,
    tick_agrees,
)
from obsqra_desktop.domain.market.questions import Answers, Question, call, class_hash
from obsqra_desktop.services.market.plan import Plan
from obsqra_desktop.services.market.venues.reading import (
    Part,
    Reading,
    absent,
    class_of,
    steady_prices,
)


class Ekubo:
    """Implements Venue."""

    id = VenueId.EKUBO

    def questions(self, pool: PoolRef, plan: Plan) -> tuple[Question, ...]:
        """Price, liquidity and fee growth at every sample; prices around the head; depth."""
        core, key, head = pool.contract, pool.key, plan.head
        asked = [class_hash(core, head)]
        for block in plan.samples:
            asked += [
                call(core, "get_pool_price", key, block),
                call(core, "get_pool_liquidity", key, block),
                call(core, "get_pool_fees_per_liquidity", key, block),
            ]
        if not plan.light:
            asked += [call(core, "get_pool_price", key, one) for one in guards.triplet(head)]
        if plan.lens:
            asked += [
                call(plan.lens, "get_market_depth_v2", (*key, percent_x64(bps)), head)
                for bps in (NEAR_BPS, *WIDE_BPS)
            ]
        return tuple(dict.fromkeys(asked))

    def price_question(self, pool: PoolRef, block: int) -> Question:
        """See Venue."""
        return call(pool.contract, "get_pool_price", pool.key, block)

    def price(self, answers: Answers, question: Question) -> Fraction | None:
        """See Venue."""
        found = price_at(answers, question)
        return from_sqrt(found.sqrt_ratio, EKUBO_ONE) if found else None

    def present(self, pool: PoolRef, block: int) -> Question:
        """Its price."""
        return call(pool.contract, "get_pool_price", pool.key, block)

    def was_there(self, answers: Answers, question: Question) -> bool:
        """Before it was initialised its price is 0; before the core was there, the call fails."""
        try:
            return decoders.ekubo_price(answers.felts(question)).initialised
        except Refused as error:
            return absent(error.answer)

    def read(self, pool: PoolRef, plan: Plan, answers: Answers) -> Reading:
        """See Venue."""
        core, key, head = pool.contract, pool.key, plan.head
        price_calls = [call(core, "get_pool_price", key, one) for one in plan.samples]
        samples, blocks = [], []
        warnings: list[MarketWarning] = []
        for block, asked in zip(plan.samples, price_calls, strict=True):
            price = price_at(answers, asked)
            if price is None:
                continue  # younger than the window
            raw = from_sqrt(price.sqrt_ratio, EKUBO_ONE)
            if not tick_agrees(raw, price.tick, EKUBO_TICK):
                raise NodeAnswerInvalid(
                    f"Ekubo {pool.name}: at block {block} price and tick tell different things"
                )
            growth0, growth1 = decoders.ekubo_fees_per_liquidity(
                answers.felts(call(core, "get_pool_fees_per_liquidity", key, block))
            )
            active = decoders.ekubo_liquidity(
                answers.felts(call(core, "get_pool_liquidity", key, block))
            )
            blocks.append(block)
            samples.append(GrowthSample(growth0, growth1, active))
        if not blocks or blocks[-1] != head:
            raise NodeAnswerInvalid(f"Ekubo {pool.name} is not there at block {head}")
        steady = steady_prices(self, pool, plan, blocks, answers)
        warnings += guards.spike_warnings(steady)
        prices = [(block, one.price) for block, one in steady]
        growth_keys = tuple(
            call(core, name, key, one).key
            for one in blocks
            for name in ("get_pool_fees_per_liquidity", "get_pool_liquidity")
        )
        now = decoders.ekubo_price(answers.felts(price_calls[-1]))
        traded = moved(samples) or any(a[1] != b[1] for a, b in pairwise(prices))
        near, near_warnings = self._near(pool, plan, answers, samples, now.sqrt_ratio)
        return Reading(
            prices=tuple(prices),
            price_keys=tuple(call(core, "get_pool_price", key, one).key for one in blocks),
            head_price=prices[-1][1],
            liquidity=tuple(one.liquidity for one in samples),
            volume=volume_part(pool, samples, growth_keys),
            value=self._value(pool, plan, answers, samples[-1].liquidity, now.sqrt_ratio),
            near=near,
            earned=earned_part(pool, samples, now.sqrt_ratio, growth_keys),
            traded=traded,
            class_hash=class_of(answers, class_hash(core, head)),
            class_keys=(class_hash(core, head).key,),
            warnings=(*warnings, *near_warnings, *unseen(samples)),
        )

    def _near(
        self,
        pool: PoolRef,
        plan: Plan,
        answers: Answers,
        samples: list[GrowthSample],
        sqrt_ratio: int,
    ) -> tuple[Part, tuple[MarketWarning, ...]]:
        found = lens_depth(pool, plan, answers, NEAR_BPS)
        if found is not None:
            return found, ()
        active = samples[-1].liquidity
        keys = (call(pool.contract, "get_pool_liquidity", pool.key, plan.head).key,)
        amounts = liquidity_depth(active, sqrt_ratio, EKUBO_ONE, NEAR_BPS)
        warning = MarketWarning(
            code=WarningCode.APPROXIMATE,
            text="no lens told the depth: it is that of the liquidity at the price, as if it "
            "reached ±2 %",
        )
        return Part("±2 % depth if the active liquidity reached that far", keys, amounts), (
            warning,
        )

    def _value(
        self, pool: PoolRef, plan: Plan, answers: Answers, active: int, sqrt_ratio: int
    ) -> Part:
        for bps in WIDE_BPS:
            found = lens_depth(pool, plan, answers, bps)
            if found is not None:
                return found
        keys = (call(pool.contract, "get_pool_liquidity", pool.key, plan.head).key,)
        amounts = liquidity_depth(active, sqrt_ratio, EKUBO_ONE, WIDE_BPS[-1])
        return Part("±10 % depth if the active liquidity reached that far", keys, amounts)


def price_at(answers: Answers, asked: Question) -> decoders.EkuboPrice | None:
    """None while the pool, or the core, is not there."""
    try:
        found = decoders.ekubo_price(answers.felts(asked))
    except Refused:
        return None
    return found if found.initialised else None


def lens_depth(pool: PoolRef, plan: Plan, answers: Answers, bps: int) -> Part | None:
    """What the router's lens says, if it answers."""
    if not plan.lens:
        return None
    asked = call(plan.lens, "get_market_depth_v2", (*pool.key, percent_x64(bps)), plan.head)
    try:
        token0, token1 = decoders.ekubo_depth(answers.felts(asked))
    except Refused:
        return None
    words = f"±{bps // 100} % depth at the router"
    return Part(words, (asked.key,), Amounts(Fraction(token0), Fraction(token1)))


def moved(samples: list[GrowthSample]) -> bool:
    """Whether a fee counter changed."""
    return any(
        (one.growth0, one.growth1) != (two.growth0, two.growth1) for one, two in pairwise(samples)
    )


def unseen(samples: list[GrowthSample]) -> tuple[MarketWarning, ...]:
    """A warning about steps whose volume cannot be seen."""
    steps = formulas.unseen_steps(samples)
    if not steps:
        return ()
    text = (
        f"in {steps} steps fees came while no liquidity was at the price: their volume is missing"
    )
    return (MarketWarning(code=WarningCode.APPROXIMATE, text=text),)


def volume_part(pool: PoolRef, samples: list[GrowthSample], keys: tuple[str, ...]) -> Part:
    """What went in during the window, from the growth of fees."""
    words = "Σ Δv · L̄ / fee"
    if pool.extension:
        return Part(words, keys, reason="the pool's extension can raise the fee counters")
    if not pool.fee:
        return Part(words, keys, reason="the pool takes no fee, so its volume leaves no trace")
    try:
        return Part(words, keys, formulas.ekubo_volume(samples, pool.fee))
    except formulas.Implausible as error:
        raise NodeAnswerInvalid(f"Ekubo {pool.name}: {error}") from error


def earned_part(
    pool: PoolRef, samples: list[GrowthSample], sqrt_ratio: int, keys: tuple[str, ...]
) -> Part:
    """What a full-range position earned in the window."""
    words = "(Δv0 · P + Δv1) / 2^128 / (2·√P), a full-range position's fees for its value"
    if len(samples) < 2:
        return Part(words, keys, reason="there is only one sample")
    try:
        return Part(words, keys, number=formulas.ekubo_yield(samples[0], samples[-1], sqrt_ratio))
    except formulas.Implausible as error:
        raise NodeAnswerInvalid(f"Ekubo {pool.name}: {error}") from error

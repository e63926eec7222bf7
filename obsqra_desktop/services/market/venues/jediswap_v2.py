"""JediSwap v2: a concentrated pool contract for each pair and fee. Abandoned."""

from fractions import Fraction
from itertools import pairwise

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.market import decoders, formulas, guards
from obsqra_desktop.domain.market.derivation import MarketWarning, WarningCode
from obsqra_desktop.domain.market.formulas import NEAR_BPS, GrowthSample
from obsqra_desktop.domain.market.keys import PoolRef, VenueId
from obsqra_desktop.domain.market.layouts import Refused
from obsqra_desktop.domain.market.prices import V2_ONE, Amounts, from_sqrt, liquidity_depth
from obsqra_desktop.domain.market.questions import Answers, Question, call, class_hash
from obsqra_desktop.services.market.plan import Plan
from obsqra_desktop.services.market.venues.reading import (
    Part,
    Reading,
    class_of,
    contract_is_there,
    steady_prices,
)

AT_SAMPLES = (
    "get_sqrt_price_X96",
    "get_liquidity",
    "get_fee_growth_global_0_X128",
    "get_fee_growth_global_1_X128",
)

MOST_KEPT = 4
"""A quarter of the fees: the most that the factory can be set to keep."""


class JediSwapV2:
    """Implements Venue."""

    id = VenueId.JEDISWAP_V2

    def questions(self, pool: PoolRef, plan: Plan) -> tuple[Question, ...]:
        """Price, liquidity and fee growth at every sample; what the pool holds."""
        one, head = pool.contract, plan.head
        asked = [class_hash(one, head), call(one, "get_protocol_fees", (), head)]
        asked += [call(one, name, (), block) for block in plan.samples for name in AT_SAMPLES]
        if not plan.light:
            asked += [call(one, "get_sqrt_price_X96", (), at) for at in guards.triplet(head)]
        if plan.v2_factory:
            asked.append(call(plan.v2_factory, "get_fee_protocol", (), head))
        for token in tokens(pool):
            asked += [call(token, name, (one,), head) for name in ("balanceOf", "balance_of")]
        return tuple(dict.fromkeys(asked))

    def price_question(self, pool: PoolRef, block: int) -> Question:
        """See Venue."""
        return call(pool.contract, "get_sqrt_price_X96", (), block)

    def price(self, answers: Answers, question: Question) -> Fraction | None:
        """See Venue."""
        root = root_at(answers, question)
        return from_sqrt(root, V2_ONE) if root else None

    def present(self, pool: PoolRef, block: int) -> Question:
        """Its contract."""
        return class_hash(pool.contract, block)

    def was_there(self, answers: Answers, question: Question) -> bool:
        """Whether there is one."""
        return contract_is_there(answers, question)

    def read(self, pool: PoolRef, plan: Plan, answers: Answers) -> Reading:
        """See Venue."""
        at, head = pool.contract, plan.head
        blocks, roots, samples = [], [], []
        for block in plan.samples:
            root = root_at(answers, call(at, "get_sqrt_price_X96", (), block))
            if not root:
                continue  # younger than the window
            _, active, growth0, growth1 = (
                answers.felts(call(at, name, (), block)) for name in AT_SAMPLES
            )
            blocks.append(block)
            roots.append(root)
            samples.append(
                GrowthSample(
                    decoders.v2_fee_growth(growth0),
                    decoders.v2_fee_growth(growth1),
                    decoders.v2_liquidity(active),
                )
            )
        if not blocks or blocks[-1] != head:
            raise NodeAnswerInvalid(f"JediSwap v2 {pool.name} is not there at block {head}")
        steady = steady_prices(self, pool, plan, blocks, answers)
        prices = [(block, one.price) for block, one in steady]
        keys = tuple(call(at, name, (), b).key for b in blocks for name in AT_SAMPLES)
        near = liquidity_depth(samples[-1].liquidity, roots[-1], V2_ONE, NEAR_BPS)
        try:
            cut, cut_keys = protocol_cut(plan, answers)
            volume = Part(
                f"Σ Δfg · L̄ / fee{f' / (1 - 1/{cut})' if cut else ''}",
                (*keys, *cut_keys),
                formulas.v2_volume(samples, pool.fee, cut),
            )
            earned = Part(
                "(Δfg0 · P + Δfg1) / 2^128 / (2·√P), a full-range position's fees for its value",
                keys,
                number=formulas.v2_yield(samples[0], samples[-1], roots[-1]),
            )
        except formulas.Implausible as error:
            raise NodeAnswerInvalid(f"JediSwap v2 {pool.name}: {error}") from error
        approximate = MarketWarning(
            code=WarningCode.APPROXIMATE,
            text="the depth is that of the liquidity at the price, as if it reached ±2 %",
        )
        return Reading(
            prices=tuple(prices),
            price_keys=tuple(call(at, "get_sqrt_price_X96", (), b).key for b in blocks),
            head_price=prices[-1][1],
            liquidity=tuple(one.liquidity for one in samples),
            volume=volume,
            value=value_part(pool, plan, answers),
            near=Part(
                "±2 % depth if the active liquidity reached that far",
                (call(at, "get_liquidity", (), head).key,),
                near,
            ),
            earned=earned,
            traded=any(a != b for a, b in pairwise(samples)) or len(set(roots)) > 1,
            class_hash=class_of(answers, class_hash(at, head)),
            class_keys=(class_hash(at, head).key,),
            warnings=(*guards.spike_warnings(steady), approximate),
        )


def tokens(pool: PoolRef) -> tuple[int, int]:
    """Both addresses."""
    assert pool.token1 is not None
    return pool.token0.address, pool.token1.address


def root_at(answers: Answers, asked: Question) -> int:
    """0 while the pool is not there."""
    try:
        return decoders.v2_sqrt_price(answers.felts(asked))
    except Refused:
        return 0


def protocol_cut(plan: Plan, answers: Answers) -> tuple[int, tuple[str, ...]]:
    """n, if the protocol takes an n-th of the fees before they are counted; 0 for none. A factory
    that does not say is taken to keep the most: the volume, and with it the risk, is not made
    smaller than it is."""
    if not plan.v2_factory:
        return MOST_KEPT, ()
    asked = call(plan.v2_factory, "get_fee_protocol", (), plan.head)
    try:
        return decoders.v2_fee_protocol(answers.felts(asked)), (asked.key,)
    except Refused:
        return MOST_KEPT, (asked.key,)


def value_part(pool: PoolRef, plan: Plan, answers: Answers) -> Part:
    """What the pool holds without what belongs to the protocol."""
    asked = call(pool.contract, "get_protocol_fees", (), plan.head)
    keys = [asked.key]
    held = []
    for token in tokens(pool):
        for name in ("balanceOf", "balance_of"):
            question = call(token, name, (pool.contract,), plan.head)
            try:
                held.append(decoders.balance(answers.felts(question)))
            except Refused:
                continue
            keys.append(question.key)
            break
        else:
            return Part("balances", tuple(keys), reason="a token does not tell its balances")
    fees = decoders.v2_protocol_fees(answers.felts(asked))
    left = [Fraction(max(0, one - fee)) for one, fee in zip(held, fees, strict=True)]
    return Part("balances without the protocol's fees", tuple(keys), Amounts(left[0], left[1]))

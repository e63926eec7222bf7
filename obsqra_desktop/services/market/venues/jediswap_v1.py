"""JediSwap v1: a constant-product pair for each pool of tokens. Abandoned; contracts answer."""

from fractions import Fraction
from itertools import pairwise
from math import isqrt

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.market import decoders, formulas, guards
from obsqra_desktop.domain.market.formulas import NEAR_BPS, ReserveSample
from obsqra_desktop.domain.market.keys import PoolRef, VenueId
from obsqra_desktop.domain.market.layouts import Refused
from obsqra_desktop.domain.market.prices import Amounts, from_reserves, reserve_depth
from obsqra_desktop.domain.market.questions import Answers, Question, call, class_hash
from obsqra_desktop.services.market.plan import Plan
from obsqra_desktop.services.market.venues.reading import (
    Part,
    Reading,
    class_of,
    contract_is_there,
    steady_prices,
)


class JediSwapV1:
    """Implements Venue."""

    id = VenueId.JEDISWAP_V1

    def questions(self, pool: PoolRef, plan: Plan) -> tuple[Question, ...]:
        """Reserves at every sample and around the head; the shares at both ends."""
        pair, head = pool.contract, plan.head
        asked = [class_hash(pair, head)]
        asked += [call(pair, "get_reserves", (), one) for one in plan.samples]
        asked += [call(pair, "totalSupply", (), one) for one in plan.samples]
        if not plan.light:
            asked += [call(pair, "get_reserves", (), one) for one in guards.triplet(head)]
        return tuple(dict.fromkeys(asked))

    def price_question(self, pool: PoolRef, block: int) -> Question:
        """See Venue."""
        return call(pool.contract, "get_reserves", (), block)

    def price(self, answers: Answers, question: Question) -> Fraction | None:
        """See Venue."""
        one = reserves_at(answers, question)
        return from_reserves(one.reserve0, one.reserve1) if one else None

    def present(self, pool: PoolRef, block: int) -> Question:
        """Its contract."""
        return class_hash(pool.contract, block)

    def was_there(self, answers: Answers, question: Question) -> bool:
        """Whether there is one."""
        return contract_is_there(answers, question)

    def read(self, pool: PoolRef, plan: Plan, answers: Answers) -> Reading:
        """See Venue."""
        pair, head = pool.contract, plan.head
        found = []
        for block in plan.samples:
            reserves = reserves_at(answers, call(pair, "get_reserves", (), block))
            if reserves is not None:
                found.append((block, reserves))
        if not found or found[-1][0] != head:
            raise NodeAnswerInvalid(f"JediSwap v1 {pool.name} is not there at block {head}")
        last = found[-1][1]
        steady = steady_prices(self, pool, plan, [block for block, _ in found], answers)
        prices = [(block, one.price) for block, one in steady]
        keys = tuple(call(pair, "get_reserves", (), block).key for block, _ in found)
        growth = growth_part(pool, answers, found)
        turnover = Part(
            "growth of √k per share / 0.003",
            growth.keys,
            number=None if growth.number is None else formulas.v1_turnover(growth.number),
            reason=growth.reason,
        )
        head_key = (call(pair, "get_reserves", (), head).key,)
        return Reading(
            prices=tuple(prices),
            price_keys=keys,
            head_price=prices[-1][1] if prices and prices[-1][0] == head else None,
            liquidity=tuple(isqrt_of(one) for _, one in found),
            volume=turnover,
            value=Part(
                "both reserves",
                head_key,
                Amounts(Fraction(last.reserve0), Fraction(last.reserve1)),
            ),
            near=Part(
                "(1 - 1/√1.02) of both reserves",
                head_key,
                reserve_depth(last.reserve0, last.reserve1, NEAR_BPS),
            ),
            earned=growth,
            traded=any(
                (one.reserve0, one.reserve1) != (two.reserve0, two.reserve1)
                for (_, one), (_, two) in pairwise(found)
            ),
            class_hash=class_of(answers, class_hash(pair, head)),
            class_keys=(class_hash(pair, head).key,),
            warnings=guards.spike_warnings(steady),
        )


def reserves_at(answers: Answers, asked: Question) -> decoders.Reserves | None:
    """None while the pair is not there."""
    try:
        return decoders.v1_reserves(answers.felts(asked))
    except Refused:
        return None


def isqrt_of(reserves: decoders.Reserves) -> int:
    """√k, what stands for liquidity in a constant-product pair."""
    return isqrt(reserves.reserve0 * reserves.reserve1)


def growth_part(
    pool: PoolRef, answers: Answers, found: list[tuple[int, decoders.Reserves]]
) -> Part:
    """What one share earned between the first and the last sample."""
    words = "(√k₁/S₁) / (√k₀/S₀) - 1"
    ends = []
    keys: list[str] = []
    for block, reserves in (found[0], found[-1]):
        asked = call(pool.contract, "totalSupply", (), block)
        supply = decoders.total_supply(answers.felts(asked))
        keys += [call(pool.contract, "get_reserves", (), block).key, asked.key]
        ends.append(ReserveSample(reserves.reserve0, reserves.reserve1, supply))
    if len(found) < 2:
        return Part(words, tuple(keys), reason="there is only one sample")
    growth = formulas.v1_growth(ends[0], ends[1])
    if growth is None:
        return Part(words, tuple(keys), reason="the pair has no reserves or no shares")
    return Part(words, tuple(keys), number=growth)

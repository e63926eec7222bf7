"""Which pools there are: every pair at every fee is asked for, and of each pair the best taken."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby
from typing import Final

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.market import decoders
from obsqra_desktop.domain.market.deployments import V1_FEE, Deployments
from obsqra_desktop.domain.market.keys import PoolRef, Token, VenueId
from obsqra_desktop.domain.market.prices import EKUBO_ONE
from obsqra_desktop.domain.market.questions import Answers, Question, call

MOST: Final = 12
"""Pools in one snapshot: some 80 questions each; a proof is over eight at most."""


def probes(venues: Deployments, block: int) -> tuple[Question, ...]:
    """What tells which pools there are."""
    asked = []
    for pool in venues.ekubo_candidates():
        asked.append(call(pool.contract, "get_pool_price", pool.key, block))
        asked.append(call(pool.contract, "get_pool_liquidity", pool.key, block))
    for pool in venues.v1_pools():
        asked += [call(pool.contract, name, (), block) for name in ("token0", "token1")]
    asked += [question for question, _ in v1_probes(venues, block)]
    for pool in venues.vesu_markets():
        asked.append(call(pool.contract, "asset_config", (pool.token0.address,), block))
    if venues.jediswap_v2 is not None:
        asked += [question for question, _, _ in v2_probes(venues, block)]
    return tuple(asked)


def v1_probes(venues: Deployments, block: int) -> tuple[tuple[Question, tuple[Token, Token]], ...]:
    """The factory's question for each pair that the file speaks of, with the pair."""
    if venues.jediswap_v1 is None:
        return ()
    factory = venues.jediswap_v1.factory
    return tuple(
        (call(factory, "get_pair", (pair[0].address, pair[1].address), block), pair)
        for pair in venues.pairs()
    )


def v2_probes(venues: Deployments, block: int) -> tuple[tuple[Question, tuple[str, str], int], ...]:
    """The factory's question for each pair and tier, with the pair and the tier's place."""
    v2 = venues.jediswap_v2
    if v2 is None:
        return ()
    return tuple(
        (
            call(
                v2.factory,
                "get_pool",
                (venues.token(pair[0]).address, venues.token(pair[1]).address, tier.fee),
                block,
            ),
            pair,
            place,
        )
        for pair in v2.pairs
        for place, tier in enumerate(v2.tiers)
    )


def found(
    venues: Deployments, answers: Answers, block: int, wanted: Sequence[int] | None = None
) -> tuple[PoolRef, ...]:
    """The pools that are there: those that are wanted, else of each venue and pair the deepest,
    living venues first, at most MOST."""
    there = [*ekubo(venues, answers, block), *v2(venues, answers, block)]
    there += [(pool, Fraction(0)) for pool in v1(venues, answers, block)]
    there += [(pool, Fraction(0)) for pool in venues.vesu_markets() if lends(pool, answers, block)]
    if wanted is not None:
        return tuple(pool for pool, _ in there if pool.id in wanted)[:MOST]
    order = list(VenueId)

    def family(one: tuple[PoolRef, Fraction]) -> tuple[bool, int, int, int, int]:
        pool = one[0]
        second = pool.token1.address if pool.token1 else 0
        return (
            pool.venue.exit_only,
            order.index(pool.venue),
            pool.token0.address,
            second,
            pool.contract if pool.venue is VenueId.VESU_V2 else 0,
        )

    best = [
        max(members, key=lambda one: (one[1], -one[0].id))
        for _, members in groupby(sorted(there, key=family), key=family)
    ]
    return tuple(pool for pool, _ in best)[:MOST]


def ekubo(venues: Deployments, answers: Answers, block: int) -> list[tuple[PoolRef, Fraction]]:
    """Initialised pools and their depth as token1 for a price's move: L · √P."""
    there = []
    for pool in venues.ekubo_candidates():
        try:
            price = decoders.ekubo_price(
                answers.felts(call(pool.contract, "get_pool_price", pool.key, block))
            )
            active = decoders.ekubo_liquidity(
                answers.felts(call(pool.contract, "get_pool_liquidity", pool.key, block))
            )
        except NodeAnswerInvalid:
            continue
        if price.initialised:
            there.append((pool, Fraction(active * price.sqrt_ratio, EKUBO_ONE)))
    return there


def v1(venues: Deployments, answers: Answers, block: int) -> list[PoolRef]:
    """Pairs of the file that say so themselves, and others that the factory names."""
    file = venues.v1_pools()
    there = [pool for pool in file if is_pair(pool, answers, block)]
    known = {pool.contract for pool in file}
    for question, (one, two) in v1_probes(venues, block):
        try:
            address = decoders.address(answers.felts(question), "get_pair")
        except NodeAnswerInvalid:
            continue
        if address and address not in known:
            known.add(address)
            there.append(
                PoolRef(
                    venue=VenueId.JEDISWAP_V1,
                    contract=address,
                    token0=one,
                    token1=two,
                    fee=V1_FEE,
                )
            )
    return there


def v2(venues: Deployments, answers: Answers, block: int) -> list[tuple[PoolRef, Fraction]]:
    """Pools that the factory names; the lowest fee of a pair leads."""
    there: list[tuple[PoolRef, Fraction]] = []
    if venues.jediswap_v2 is None:
        return there
    for question, pair, place in v2_probes(venues, block):
        try:
            address = decoders.address(answers.felts(question), "get_pool")
        except NodeAnswerInvalid:
            continue
        if address:
            tier = venues.jediswap_v2.tiers[place]
            pool = PoolRef(
                venue=VenueId.JEDISWAP_V2,
                contract=address,
                token0=venues.token(pair[0]),
                token1=venues.token(pair[1]),
                fee=tier.fee,
                tick_spacing=tier.tick_spacing,
            )
            there.append((pool, Fraction(-place)))
    return there


def is_pair(pool: PoolRef, answers: Answers, block: int) -> bool:
    """Whether a pair's contract names the tokens of the file."""
    assert pool.token1 is not None
    try:
        named = [
            decoders.address(answers.felts(call(pool.contract, name, (), block)), name)
            for name in ("token0", "token1")
        ]
    except NodeAnswerInvalid:
        return False
    return named == [pool.token0.address, pool.token1.address]


def lends(pool: PoolRef, answers: Answers, block: int) -> bool:
    """Whether a lending pool has a market for the asset."""
    asked = call(pool.contract, "asset_config", (pool.token0.address,), block)
    try:
        decoders.vesu_asset(answers.felts(asked))
    except NodeAnswerInvalid:
        return False
    return True

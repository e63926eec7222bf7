"""Prices and volatility that others publish on chain: they warn, and change no metric."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.market import decoders, formulas, guards
from obsqra_desktop.domain.market.deployments import Deployments
from obsqra_desktop.domain.market.derivation import MarketWarning
from obsqra_desktop.domain.market.keys import PoolRef, VenueId
from obsqra_desktop.domain.market.questions import Answers, Question, call
from obsqra_desktop.services.market.plan import Plan

CHAINLINK_ONE: Final = 10**8
OLDEST: Final = 86_400
"""Seconds; a round that is older says nothing about now."""
ORACLE_POINTS: Final = (48, 1_800)
"""Half-hourly for a day, annualised by formulas.YEAR, as Ekubo's own comment has it."""


def questions(venues: Deployments, plan: Plan) -> tuple[Question, ...]:
    """Chainlink's rounds of the pools' tokens, and the volatility of Ekubo's oracle extension."""
    tokens = {token.address for pool in plan.pools for token in (pool.token0, pool.token1) if token}
    feeds = [
        call(feed.address, "latest_round_data", (), plan.head)
        for feed in venues.feeds
        if venues.token(feed.token).address in tokens
    ]
    asked = [one for pool in plan.pools if (one := oracle_question(pool, plan)) is not None]
    return (*feeds, *asked)


def oracle_question(pool: PoolRef, plan: Plan) -> Question | None:
    """What Ekubo's oracle extension says of the pair; None where there is none."""
    if pool.venue is not VenueId.EKUBO or pool.token1 is None or not plan.oracle:
        return None
    pair = (pool.token0.address, pool.token1.address)
    return call(
        plan.oracle,
        "get_realized_volatility_over_period",
        (*pair, plan.head_time, *ORACLE_POINTS, formulas.YEAR),
        plan.head,
    )


def price_warnings(
    venues: Deployments, plan: Plan, answers: Answers, dollars: Mapping[int, Fraction]
) -> tuple[MarketWarning, ...]:
    """Where the pools' dollar price of a token is more than 2 % from Chainlink's. A stable coin is
    held against one dollar, so this tells when it has lost its peg."""
    found: list[MarketWarning] = []
    for feed in venues.feeds:
        token = venues.token(feed.token).address
        question = call(feed.address, "latest_round_data", (), plan.head)
        if token not in dollars or question not in answers:
            continue
        try:
            news = decoders.chainlink_round(answers.felts(question))
        except NodeAnswerInvalid:
            continue
        if news.updated_at + OLDEST >= plan.head_time:
            price = Fraction(news.answer, CHAINLINK_ONE)
            found += guards.price_check(dollars[token], price, f"{feed.token} in dollars")
    return tuple(found)


def volatility_warnings(
    pool: PoolRef, plan: Plan, answers: Answers, value: int | None
) -> tuple[MarketWarning, ...]:
    """Where the oracle extension's volatility is not within a factor of two. Pairs without history
    there have no answer."""
    question = oracle_question(pool, plan)
    if question is None or value is None or question not in answers:
        return ()
    try:
        ticks = decoders.oracle_volatility(answers.felts(question))
    except NodeAnswerInvalid:
        return ()
    other = min(formulas.FULL, formulas.oracle_volatility_bps(ticks))
    return guards.cross_check(value, other, "volatility in points, and Ekubo's oracle")

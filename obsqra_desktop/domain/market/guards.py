"""What keeps a stale, manipulated or misreported pool from looking safe.

Every rule can only make a pool look riskier, or unknown, than its bare numbers.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

from obsqra_desktop.domain.market.derivation import MarketWarning, WarningCode
from obsqra_desktop.domain.market.formulas import STEPS, WINDOW
from obsqra_desktop.domain.market.numbers import median, text
from obsqra_desktop.domain.market.prices import bps_apart

SPIKE_BPS: Final = 200
"""A block's price this far from the median of the three is reported."""
NEWS_DEVIATION_BPS: Final = 200
"""Chainlink and the pool may differ by 2 %."""
OLD_HEAD: Final = 600
"""Seconds that the newest block may be old."""
FUTURE_HEAD: Final = 120
"""Seconds that a block may be ahead of this computer's clock."""
LONGEST_GAP: Final = 3 * WINDOW // STEPS
"""Seconds between two samples: three of the planned steps."""
NEIGHBOURS: Final = 3


def triplet(block: int) -> tuple[int, ...]:
    """The blocks whose median price stands for a sample: it and the two before."""
    return tuple(range(max(0, block - NEIGHBOURS + 1), block + 1))


@dataclass(frozen=True)
class Steady:
    """The median of a sample's blocks, and how far the farthest of them is from it."""

    price: Fraction
    spread_bps: int


def steady(prices: Sequence[Fraction]) -> Steady:
    """A price that one block's trades, undone in the next, cannot move."""
    middle = median(prices)
    return Steady(middle, max(bps_apart(one, middle) for one in prices))


def spiked(prices: Sequence[tuple[int, Fraction]]) -> tuple[int, ...]:
    """Blocks whose price stands out from both samples beside it, up or down, by more than 2 %, and
    the first if the second is so far from it: their neighbours are to be asked for, too."""
    found = []
    if len(prices) > 1 and bps_apart(prices[0][1], prices[1][1]) > SPIKE_BPS:
        found.append(prices[0][0])
    for (_, before), (block, price), (_, after) in zip(
        prices, prices[1:], prices[2:], strict=False
    ):
        out = (price > before and price > after) or (price < before and price < after)
        nearest = min(bps_apart(price, before), bps_apart(price, after))
        if out and nearest > SPIKE_BPS:
            found.append(block)
    return tuple(found)


def spike_warnings(samples: Sequence[tuple[int, Steady]]) -> tuple[MarketWarning, ...]:
    """One warning for all blocks whose price was far from their neighbours'."""
    spikes = [(block, one.spread_bps) for block, one in samples if one.spread_bps > SPIKE_BPS]
    if not spikes:
        return ()
    block, worst = max(spikes, key=lambda pair: pair[1])
    more = f" and {len(spikes) - 1} more" if len(spikes) > 1 else ""
    return (
        MarketWarning(
            code=WarningCode.MANIPULATION,
            text=f"around block {block}{more} one block's price was {percent(worst)} away from its "
            "neighbours'; the median was taken",
        ),
    )


def sustained(depth: Fraction, now: int, over_time: Sequence[int]) -> Fraction:
    """The depth that was there during the window: depth · min(1, median L / L now), L being
    liquidity, or √(r0·r1). Liquidity that has come for the snapshot's block does not count."""
    if not over_time or now <= 0:
        return depth
    usual = sorted(over_time)[(len(over_time) - 1) // 2]
    return depth * min(Fraction(1), Fraction(usual, now))


@dataclass(frozen=True)
class RiskInputs:
    """The five metrics that the risk rules know; None is unknown."""

    utilization_bps: int | None
    volatility_bps: int | None
    liquidity_tier: int | None
    audit_score: int | None
    age_days: int | None


def riskier(own: RiskInputs, live: RiskInputs) -> RiskInputs:
    """For a pool without trades: of each metric the one that scores worse, its own or that of the
    deepest live pool of the pair. Unknown stays unknown.

    A dead pool has no volume and no volatility, and would win every comparison. Since every risk
    rule rises with utilization and volatility and falls with the other three, its score is now
    never below that of the live pool.
    """
    return RiskInputs(
        _worst(max, own.utilization_bps, live.utilization_bps),
        _worst(max, own.volatility_bps, live.volatility_bps),
        _worst(min, own.liquidity_tier, live.liquidity_tier),
        _worst(min, own.audit_score, live.audit_score),
        _worst(min, own.age_days, live.age_days),
    )


def _worst(choose: Callable[[int, int], int], own: int | None, live: int | None) -> int | None:
    return None if own is None or live is None else choose(own, live)


def cross_check(own: int, other: int, what: str) -> tuple[MarketWarning, ...]:
    """Warn if two measures of the same are not within a factor of two."""
    if own * 2 >= other and other * 2 >= own:
        return ()
    return (MarketWarning(code=WarningCode.CROSS_CHECK, text=f"{what}: {own} here, {other} there"),)


def price_check(pool: Fraction, news: Fraction, what: str) -> tuple[MarketWarning, ...]:
    """Warn if a pool's price and an oracle's differ by more than 2 %: one of them is wrong, or
    the stable coin is off its peg."""
    if news <= 0:
        return (MarketWarning(code=WarningCode.CROSS_CHECK, text=f"{what}: the oracle says 0"),)
    apart = bps_apart(pool, news)
    if apart <= NEWS_DEVIATION_BPS:
        return ()
    return (
        MarketWarning(
            code=WarningCode.CROSS_CHECK,
            text=f"{what}: {text(pool, 4)} in the pool, {text(news, 4)} at the oracle, "
            f"{percent(apart)} apart",
        ),
    )


def clock_check(head_time: int, now: int) -> tuple[MarketWarning, ...]:
    """Warn if the newest block is old, or ahead of this computer's clock."""
    if head_time > now + FUTURE_HEAD:
        words = f"the newest block is {head_time - now} s ahead of this computer's clock"
    elif now > head_time + OLD_HEAD:
        words = f"the newest block is {now - head_time} s old: the node lags, or the chain stands"
    else:
        return ()
    return (MarketWarning(code=WarningCode.CLOCK, text=words),)


def gap_warnings(times: Sequence[tuple[int, int]]) -> tuple[MarketWarning, ...]:
    """Warn of each hole between samples, block and time of which are given, that is longer than
    three of the window's planned steps: what moved in it and came back is in no number."""
    return tuple(
        MarketWarning(
            code=WarningCode.PARTIAL_HISTORY,
            text=f"between blocks {one} and {two} there is no sample for "
            f"{text(Fraction(later - earlier, 3600), 1)} hours: what happened then is not seen",
        )
        for (one, earlier), (two, later) in pairwise(times)
        if later - earlier > LONGEST_GAP
    )


def percent(bps: int) -> str:
    """`2.5 %`."""
    return f"{text(Fraction(bps, 100), 2).rstrip('0').rstrip('.')} %"

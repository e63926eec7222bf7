"""What tokens and depth are worth in dollars, from the pools themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from obsqra_desktop.domain.market import guards
from obsqra_desktop.domain.market.deployments import Deployments
from obsqra_desktop.domain.market.keys import PoolRef
from obsqra_desktop.domain.market.prices import Amounts, quoted
from obsqra_desktop.services.market.venues.reading import Reading

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

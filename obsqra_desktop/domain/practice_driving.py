"""Driving the practice market: the calls that bring its pools along their prices."""

from dataclasses import dataclass
from math import isqrt

from obsqra_desktop.domain.market.keys import VenueId
from obsqra_desktop.domain.practice_layout import Layout, parts
from obsqra_desktop.domain.practice_market import (
    BEAT,
    BEAT_POOLS,
    LOAN,
    MARKETS,
    PLENTY,
    SUPPLIED,
    beat_path,
    path,
)
from obsqra_desktop.domain.transaction import Call


@dataclass
class Standing:
    """Where the pools stand: roots of prices, or reserves; in the order of MARKETS."""

    layout: Layout
    roots: list[int]
    reserves: list[tuple[int, int]]

    def drive(self, step: int) -> tuple[Call, ...]:
        """The calls of one step; afterwards this stands where the chain will."""
        calls: list[Call] = []
        for index, market in enumerate(MARKETS):
            if not market.restless:
                continue
            calls += self._along(index, path(index, step))
        if step % 4 == 0:
            name = "borrow" if step % 8 == 0 else "repay"
            for symbol, supplied in SUPPLIED.items():
                token = self.layout.tokens[symbol]
                data = (token.address, supplied * 10**token.decimals // LOAN)
                calls.append(Call(to=self.layout.lending, entry_point=name, calldata=data))
        return tuple(calls)

    def beat(self, elapsed: int) -> tuple[Call, ...]:
        """The calls of a block between two steps: some pools in turn, so many seconds after the
        market's beginning."""
        trading = [index for index, one in enumerate(MARKETS) if one.restless]
        first = elapsed // BEAT * BEAT_POOLS
        chosen = {trading[(first + number) % len(trading)] for number in range(BEAT_POOLS)}
        return tuple(
            call
            for index in sorted(chosen)
            for call in self._along(index, beat_path(index, elapsed))
        )

    def _along(self, index: int, prices: tuple[int, ...]) -> list[Call]:
        """To each price, one after the other."""
        move = self._trade if MARKETS[index].venue is VenueId.JEDISWAP_V1 else self._move
        calls = (move(index, price) for price in prices)
        return [one for one in calls if one is not None]

    def _move(self, index: int, price: int) -> Call | None:
        """Swap until the price is there."""
        market, at = MARKETS[index], self.layout.contracts[index]
        ekubo = market.venue is VenueId.EKUBO
        limit = self.layout.root(market, price, 128 if ekubo else 96)
        up, still = limit > self.roots[index], limit == self.roots[index]
        self.roots[index] = limit
        if still:
            return None
        if ekubo:
            data = (*self.layout.key(market), PLENTY, 0, int(up), *parts(limit), 0)
            return Call(to=at, entry_point="swap", calldata=data)
        return Call(
            to=at, entry_point="swap_exact_input", calldata=(PLENTY, int(up), *parts(limit))
        )

    def _trade(self, index: int, price: int) -> Call | None:
        """Pay in what brings x * y = k there if there were no fee."""
        market = MARKETS[index]
        held = self.reserves[index]
        zero, one = self.layout.amounts(market, price)
        product = held[0] * held[1]
        wanted = (isqrt(product * zero // one), isqrt(product * one // zero))
        side = int(wanted[1] > held[1])
        amount = wanted[side] - held[side]
        if amount <= 0:
            return None
        net = amount * 997
        out = net * held[1 - side] // (held[side] * 1000 + net)
        after = (held[0] - out, held[1] + amount) if side else (held[0] + amount, held[1] - out)
        self.reserves[index] = after
        return Call(
            to=self.layout.contracts[index],
            entry_point="swap_exact_input",
            calldata=(amount, side),
        )

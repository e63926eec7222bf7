"""The practice market: which tokens and pools there are, and how their prices move.

All of it is made up and follows from the numbers here alone: the same step gives the same price
on every computer. Steps are half an hour apart, counted from the market's beginning.
Prices are whole parts of a million of where they began, so no rounding differs anywhere.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from math import isqrt
from typing import Annotated, Final, Literal

from pydantic import Field

from obsqra_desktop.domain.contracts import UDC
from obsqra_desktop.domain.felt import PRIME, Count, Felt, short_string
from obsqra_desktop.domain.market import deployments as venues
from obsqra_desktop.domain.market.keys import Token, VenueId
from obsqra_desktop.domain.network import PRACTICE_CHAIN
from obsqra_desktop.domain.pools import Strict
from obsqra_desktop.domain.transaction import Call

SCHEMA: Final = "obsqra/practice-market/1"
STEP: Final = 1800
"""Seconds from one block that trades to the next."""
PAST: Final = 27 * 3600
"""How long before its making the practice chain begins: a day of trade, and room before it."""
ROOM: Final = 3600
"""Seconds after the chain's beginning that are left for what it holds already."""
WINDOW: Final = 50
"""Steps that are carried on at most: a day and an hour."""
MILLION: Final = 10**6
PLENTY: Final = 1 << 96
"""More than any swap needs before it reaches its limit."""
SUPPLY: Final = 10**12
"""Whole tokens of each kind."""
CLASSES: Final = (
    "PracticeToken",
    "PracticeEkuboCore",
    "PracticeEkuboRouter",
    "PracticeJediSwapV1Factory",
    "PracticeJediSwapV1Pair",
    "PracticeJediSwapV2Factory",
    "PracticeJediSwapV2Pool",
    "PracticeVesuPool",
)
FEE_PROTOCOL: Final = 10
TIERS: Final = (
    (170141183460469235273462165868118016, 1000),
    (1020847100762815411640772995208708096, 5982),
    (3402823669209384634633746074317682114, 19802),
)
"""Ekubo's fees of 0.05 %, 0.3 % and 1 % with their spacings (EkuboProtocol/docs)."""

AddressOf = Callable[[int, tuple[int, ...], int], int]
"""Class hash, constructor calldata, salt: the address of what nobody in particular deploys."""


class MarketRecord(Strict):
    """practice/market.json. The key is for the practice chain alone: nothing else accepts what is
    signed for that chain, and the account holds play money."""

    schema_id: Literal["obsqra/practice-market/1"] = Field(default=SCHEMA, alias="schema")
    begins: Count
    """Unix seconds of the chain's first block."""
    play_money_key: Annotated[Felt, Field(repr=False)]


@dataclass(frozen=True)
class Coin:
    """A token: `dollars` in cents."""

    symbol: str
    name: str
    decimals: int
    cents: int


COINS: Final = (
    Coin("pETH", "Practice Ether", 18, 300_000),
    Coin("pSTRK", "Practice Stark", 18, 15),
    Coin("pUSDC", "Practice Dollar", 6, 100),
)


@dataclass(frozen=True)
class Market:
    """One pool and its character.

    `dollars`: value of one side over all prices. `restless`: parts of a million by which the price
    wanders at the shortest scale; 0 never trades. `swing`: how far each step trades to and fro.
    """

    venue: VenueId
    base: str
    quote: str
    dollars: int
    restless: int
    swing: int
    fee: int = 3_000
    spacing: int = 0
    spike: bool = False
    """Pushed far off for one block, now and then, as somebody would who wants to be measured."""


MARKETS: Final = (
    Market(VenueId.EKUBO, "pETH", "pUSDC", 100_000_000, 300, 3_000, *TIERS[0]),  # calm, deep
    Market(VenueId.EKUBO, "pSTRK", "pUSDC", 20_000_000, 4_000, 6_000, *TIERS[1]),  # volatile
    Market(VenueId.EKUBO, "pSTRK", "pETH", 400_000, 1_500, 9_000, *TIERS[2]),  # thin
    Market(VenueId.EKUBO, "pETH", "pUSDC", 15_000_000, 300, 1_500, *TIERS[1], spike=True),
    Market(VenueId.JEDISWAP_V1, "pETH", "pUSDC", 900_000, 0, 0),  # stale
    Market(VenueId.JEDISWAP_V1, "pSTRK", "pUSDC", 5_000_000, 2_000, 5_000),
    Market(VenueId.JEDISWAP_V2, "pETH", "pUSDC", 8_000_000, 400, 3_000, 500, 10),
)
LENT: Final = {"pUSDC": 6_500, "pETH": 4_000}
"""Of what is supplied to the lending pool, in parts of ten thousand."""
SUPPLIED: Final = {"pUSDC": 10_000_000, "pETH": 3_000}
LOAN: Final = 50
"""One part in so many of what is supplied is lent and paid back in turn."""


def noise(seed: int, index: int) -> int:
    """-1,000,000 to 1,000,000, from SHA-256."""
    digest = hashlib.sha256(f"{seed} {index}".encode()).digest()
    return int.from_bytes(digest[:8], "big") % (2 * MILLION + 1) - MILLION


def wander(seed: int, step: int, restless: int) -> int:
    """The price at a step, in parts of a million of where it began: noise at four scales, joined by
    straight lines (value noise). It never leaves a band of about 16 times `restless`."""
    total = 0
    for scale, period in ((1, 1), (2, 4), (4, 16), (8, 64)):
        index, inside = divmod(step, period)
        here, there = noise(seed + period, index), noise(seed + period, index + 1)
        total += scale * restless * (here * (period - inside) + there * inside) // period
    return MILLION + total // MILLION


def path(index: int, step: int) -> tuple[int, int]:
    """Where market `index` goes at a step: first there, then here; parts of a million."""
    market = MARKETS[index]
    price = wander(1_000 * (index + 1), step, market.restless)
    if market.spike and step % 16 == 9:
        price = price * 108 // 100
    side = market.swing if step % 2 else -market.swing
    return price * (MILLION + side) // MILLION, price


class Layout:
    """Addresses, and the calls that make and drive the market."""

    def __init__(self, classes: dict[str, int], owner: int, address_of: AddressOf) -> None:
        self.classes = classes
        self.owner = owner
        self._address_of = address_of
        self._deploys: list[Call] = []
        self.tokens = {
            one.symbol: Token(
                address=self._made(
                    "PracticeToken",
                    (
                        short_string(one.name),
                        short_string(one.symbol),
                        one.decimals,
                        *parts(SUPPLY * 10**one.decimals),
                        owner,
                    ),
                ),
                symbol=one.symbol,
                decimals=one.decimals,
            )
            for one in COINS
        }
        self.core = self._made("PracticeEkuboCore", (owner,))
        self.router = self._made("PracticeEkuboRouter", (self.core,))
        self.v1_factory = self._made("PracticeJediSwapV1Factory", (owner,))
        self.v2_factory = self._made("PracticeJediSwapV2Factory", (owner, FEE_PROTOCOL))
        self.lending = self._made("PracticeVesuPool", (owner,))
        self.contracts = tuple(self._contract(one) for one in MARKETS)

    def _made(self, name: str, arguments: tuple[int, ...]) -> int:
        salt = short_string("practice")
        class_hash = self.classes[name]
        calldata = (class_hash, salt, 0, len(arguments), *arguments)
        self._deploys.append(Call(to=UDC, entry_point="deployContract", calldata=calldata))
        return self._address_of(class_hash, arguments, salt)

    def _contract(self, market: Market) -> int:
        one, two = (token.address for token in self.sides(market))
        if market.venue is VenueId.JEDISWAP_V1:
            return self._made("PracticeJediSwapV1Pair", (one, two, self.owner))
        if market.venue is VenueId.JEDISWAP_V2:
            arguments = (self.v2_factory, one, two, market.fee, market.spacing, self.owner)
            return self._made("PracticeJediSwapV2Pool", arguments)
        return self.core

    def sides(self, market: Market) -> tuple[Token, Token]:
        """Token 0 and token 1: the lower address first."""
        one, two = self.tokens[market.base], self.tokens[market.quote]
        return (one, two) if one.address < two.address else (two, one)

    def amounts(self, market: Market, price: int = MILLION) -> tuple[int, int]:
        """What the pool holds of token 0 and 1 at a price, over all prices, in smallest units."""
        held = []
        for token in self.sides(market):
            coin = next(one for one in COINS if one.symbol == token.symbol)
            cents = coin.cents * (price if token.symbol == market.base else MILLION)
            held.append(market.dollars * 100 * MILLION * 10**coin.decimals // cents)
        return held[0], held[1]

    def root(self, market: Market, price: int, bits: int) -> int:
        """The square root of the price, token 1 for token 0, with so many fraction bits."""
        zero, one = self.amounts(market, price)
        return isqrt((one << (2 * bits)) // zero)

    def liquidity(self, market: Market) -> int:
        """sqrt(x * y)."""
        zero, one = self.amounts(market)
        return isqrt(zero * one)

    def key(self, market: Market) -> tuple[int, ...]:
        """Ekubo's PoolKey."""
        one, two = self.sides(market)
        return (one.address, two.address, market.fee, market.spacing, 0)

    def deploy(self) -> tuple[Call, ...]:
        """Put all contracts where they belong."""
        return tuple(self._deploys)

    def open(self) -> tuple[Call, ...]:
        """Fill and list them."""
        calls = []
        spenders = dict.fromkeys((*self.contracts, self.lending))
        most = parts((1 << 256) - 1)
        for token in self.tokens.values():
            calls += [
                Call(to=token.address, entry_point="approve", calldata=(one, *most))
                for one in spenders
            ]
        for market, at in zip(MARKETS, self.contracts, strict=True):
            one, two = (token.address for token in self.sides(market))
            depth = self.liquidity(market)
            if market.venue is VenueId.EKUBO:
                data = (*self.key(market), *parts(self.root(market, MILLION, 128)), depth)
                calls.append(Call(to=at, entry_point="open_pool", calldata=data))
            elif market.venue is VenueId.JEDISWAP_V1:
                calls.append(Call(to=at, entry_point="open_pair", calldata=self.amounts(market)))
                data = (one, two, at)
                calls.append(Call(to=self.v1_factory, entry_point="enter", calldata=data))
            else:
                data = (*parts(self.root(market, MILLION, 96)), depth)
                calls.append(Call(to=at, entry_point="open_pool", calldata=data))
                data = (one, two, market.fee, market.spacing, at)
                calls.append(Call(to=self.v2_factory, entry_point="enter", calldata=data))
        for symbol, lent in LENT.items():
            token = self.tokens[symbol]
            scale = 10**token.decimals
            amount = SUPPLIED[symbol] * scale
            data = (token.address, *parts(scale), amount)
            calls.append(Call(to=self.lending, entry_point="open_market", calldata=data))
            data = (token.address, amount * lent // 10_000)
            calls.append(Call(to=self.lending, entry_point="borrow", calldata=data))
        return tuple(calls)

    def deployments(self, day: str) -> venues.Deployments:
        """As another network's are written down."""
        pairs: dict[VenueId, dict[venues.Pair, None]] = {one: {} for one in VenueId}
        for market in MARKETS:
            one, two = self.sides(market)
            pairs[market.venue][(one.symbol, two.symbol)] = None
        since = venues.Since(block=None, timestamp=None, source="made on this computer")
        known = [
            (self.core, "PracticeEkuboCore"),
            (self.router, "PracticeEkuboRouter"),
            (self.lending, "PracticeVesuPool"),
        ]
        for market, at in zip(MARKETS, self.contracts, strict=True):
            if market.venue is VenueId.JEDISWAP_V1:
                known.append((at, "PracticeJediSwapV1Pair"))
            elif market.venue is VenueId.JEDISWAP_V2:
                known.append((at, "PracticeJediSwapV2Pool"))
        return venues.Deployments(
            chain=PRACTICE_CHAIN,
            compiled=day,
            sources=("the practice market, made on this computer",),
            tokens=tuple(self.tokens.values()),
            dollars=("pUSDC",),
            ekubo=venues.Ekubo(
                core=self.core,
                router=self.router,
                tiers=tuple(venues.FeeTier(fee=fee, tick_spacing=gap) for fee, gap in TIERS),
                pairs=tuple(pairs[VenueId.EKUBO]),
                kept_bps=10_000,
                kept_source="the practice market's core keeps nothing",
                since=since,
            ),
            jediswap_v1=venues.JediSwapV1(
                factory=self.v1_factory,
                pairs=tuple(
                    venues.V1Pair(address=at, tokens=(one.symbol, two.symbol))
                    for market, at in zip(MARKETS, self.contracts, strict=True)
                    if market.venue is VenueId.JEDISWAP_V1
                    for one, two in (self.sides(market),)
                ),
                since=since,
            ),
            jediswap_v2=venues.JediSwapV2(
                factory=self.v2_factory,
                tiers=tuple(
                    venues.FeeTier(fee=one.fee, tick_spacing=one.spacing)
                    for one in MARKETS
                    if one.venue is VenueId.JEDISWAP_V2
                ),
                pairs=tuple(pairs[VenueId.JEDISWAP_V2]),
                since=since,
            ),
            vesu_v2=venues.VesuV2(
                pools=(
                    venues.VesuMarket(
                        address=self.lending, name="Practice lending", assets=tuple(LENT)
                    ),
                ),
                since=since,
            ),
            feeds=(),
            classes=tuple(
                venues.KnownClass(
                    contract=at, class_hash=self.classes[name], words="the practice market's"
                )
                for at, name in known
            ),
        )


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
            for price in path(index, step):
                call = (
                    self._trade(index, price)
                    if market.venue is VenueId.JEDISWAP_V1
                    else self._move(index, price)
                )
                if call is not None:
                    calls.append(call)
        if step % 4 == 0:
            name = "borrow" if step % 8 == 0 else "repay"
            for symbol, supplied in SUPPLIED.items():
                token = self.layout.tokens[symbol]
                data = (token.address, supplied * 10**token.decimals // LOAN)
                calls.append(Call(to=self.layout.lending, entry_point=name, calldata=data))
        return tuple(calls)

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


def parts(value: int) -> tuple[int, int]:
    """A u256 as its two felts."""
    assert 0 <= value < 1 << 256 < PRIME**2
    return value & ((1 << 128) - 1), value >> 128


def steps_due(begins: int, last: int, head: int, now: int) -> range:
    """The steps to be taken: after the last one and the head, up to now, a day's at most."""
    start = begins + ROOM
    newest = (now - start) // STEP
    after_head = (head - start) // STEP + 1
    return range(max(1, last + 1, after_head, newest - WINDOW + 1), newest + 1)


def time_of(begins: int, step: int) -> int:
    """Unix seconds of a step's block."""
    return begins + ROOM + step * STEP

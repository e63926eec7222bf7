"""The practice market's contracts: where they are, how they are put there and filled."""

from collections.abc import Callable
from math import isqrt

from obsqra_desktop.domain.contracts import UDC
from obsqra_desktop.domain.felt import PRIME, short_string
from obsqra_desktop.domain.market import deployments as venues
from obsqra_desktop.domain.market.keys import Token, VenueId
from obsqra_desktop.domain.network import PRACTICE_CHAIN
from obsqra_desktop.domain.practice_market import (
    COINS,
    FEE_PROTOCOL,
    LENT,
    MARKETS,
    MILLION,
    SUPPLIED,
    SUPPLY,
    TIERS,
    Market,
)
from obsqra_desktop.domain.transaction import Call

AddressOf = Callable[[int, tuple[int, ...], int], int]
"""Class hash, constructor calldata, salt: the address of what nobody in particular deploys."""


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
            (self.v1_factory, "PracticeJediSwapV1Factory"),
            (self.v2_factory, "PracticeJediSwapV2Factory"),
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


def parts(value: int) -> tuple[int, int]:
    """A u256 as its two felts."""
    assert 0 <= value < 1 << 256 < PRIME**2
    return value & ((1 << 128) - 1), value >> 128

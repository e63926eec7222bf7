"""The practice market: which tokens and pools there are, and how their prices move.

All of it is made up and follows from the numbers here alone: the same step gives the same price
on every computer. Steps are half an hour apart, counted from the market's beginning.
Prices are whole parts of a million of where they began, so no rounding differs anywhere.
"""

import hashlib
from dataclasses import dataclass, field
from typing import Annotated, Final, Literal

from pydantic import Field

from obsqra_desktop.domain.contracts import ContractFacts, SierraClass
from obsqra_desktop.domain.felt import Count, Felt
from obsqra_desktop.domain.market.keys import VenueId
from obsqra_desktop.domain.pools import Strict
from obsqra_desktop.domain.transaction import Call

SCHEMA: Final = "obsqra/practice-market/1"
STEP: Final = 1800
"""Seconds from one block that trades to the next."""
BEAT: Final = 60
"""Seconds from one block to the next while somebody looks on."""
BEAT_POOLS: Final = 2
"""Pools that trade in each of those: the devnet runs all of it again at each start."""
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


class MarketRecord(Strict):
    """practice/market.json. The key is for the practice chain alone: nothing else accepts what is
    signed for that chain, and the account holds play money."""

    schema_id: Literal["obsqra/practice-market/1"] = Field(default=SCHEMA, alias="schema")
    begins: Count
    """Unix seconds of the chain's first block."""
    play_money_key: Annotated[Felt, Field(repr=False)]


@dataclass(frozen=True)
class Declared:
    """A class to be declared."""

    facts: ContractFacts
    program: SierraClass = field(repr=False)


@dataclass(frozen=True)
class Turn:
    """One transaction, alone in its block."""

    at: int | None
    """Unix seconds of the block; None leaves the chain's clock alone."""
    work: tuple[Call, ...] | Declared


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


def beat_path(index: int, elapsed: int) -> tuple[int, int]:
    """Where market `index` goes in a block between two steps, `elapsed` seconds after the
    market's beginning: on the straight line from one step to the next, and a quarter of the usual
    way to and fro."""
    market = MARKETS[index]
    step, inside = divmod(elapsed, STEP)
    here, there = path(index, step)[1], path(index, step + 1)[1]
    if market.spike:
        here, there = (
            wander(1_000 * (index + 1), one, market.restless) for one in (step, step + 1)
        )
    price = here + (there - here) * inside // STEP
    side = market.swing // 4 * (1 if elapsed // BEAT % 2 else -1)
    return price * (MILLION + side) // MILLION, price


def steps_due(begins: int, last: int, head: int, now: int) -> range:
    """The steps to be taken: after the last one and the head, up to now, a day's at most."""
    start = begins + ROOM
    newest = (now - start) // STEP
    after_head = (head - start) // STEP + 1
    return range(max(1, last + 1, after_head, newest - WINDOW + 1), newest + 1)


def time_of(begins: int, step: int) -> int:
    """Unix seconds of a step's block."""
    return begins + ROOM + step * STEP

"""Answers of the venues' entry points as values. Layouts: Ekubo starknet-contracts (interfaces of
core, router and oracle extension), JediSwap Pair.cairo (v1) and jediswap_v2_pool.cairo, Vesu V2
data_model.cairo, Chainlink's aggregator.

Every function takes what `Answers.felts` gives and raises Refused for a failed call and BadLayout
for another length or range.
"""

from dataclasses import dataclass
from typing import Final

from obsqra_desktop.domain.felt import PRIME
from obsqra_desktop.domain.market.layouts import BadLayout, Fields
from obsqra_desktop.domain.market.questions import CallFailed

Answer = tuple[int, ...] | CallFailed

EKUBO_MAX_TICK: Final = 88_722_883
EKUBO_MIN_SQRT: Final = 18_446_748_437_148_339_061
EKUBO_MAX_SQRT: Final = (
    6_277_100_250_585_753_475_930_931_601_400_621_808_602_321_654_880_405_518_632
)
"""0.128 fixed point; the ratios at the outermost ticks (Ekubo, math/ticks.cairo)."""
V2_MIN_SQRT: Final = 4_295_128_739
V2_MAX_SQRT: Final = 1_461_446_703_485_210_103_287_273_052_203_988_822_378_723_970_342
"""0.96 fixed point, as Uniswap v3's TickMath, which JediSwap v2 follows."""
SCALE: Final = 10**18
"""Vesu's 1."""


@dataclass(frozen=True)
class EkuboPrice:
    """`sqrt_ratio`: √(token1 / token0) in the smallest units, 0.128 fixed point; 0: no such
    pool. `tick`: its logarithm to the base 1.000001, of the price."""

    sqrt_ratio: int
    tick: int

    @property
    def initialised(self) -> bool:
        """Whether the pool exists."""
        return self.sqrt_ratio != 0


def ekubo_price(answer: Answer) -> EkuboPrice:
    """`get_pool_price`: PoolPrice, 4 felts."""
    fields = Fields(answer, "get_pool_price", 4)
    sqrt_ratio, tick = fields.u256(), fields.i129()
    if sqrt_ratio == 0 and tick == 0:
        return EkuboPrice(0, 0)
    if not EKUBO_MIN_SQRT <= sqrt_ratio <= EKUBO_MAX_SQRT:
        raise BadLayout("get_pool_price: the price is outside Ekubo's range")
    if abs(tick) > EKUBO_MAX_TICK + 1:  # one beyond: the price has run off the lowest tick
        raise BadLayout("get_pool_price: the tick is outside Ekubo's range")
    return EkuboPrice(sqrt_ratio, tick)


def ekubo_liquidity(answer: Answer) -> int:
    """`get_pool_liquidity`: u128, the liquidity that is active at the price."""
    return Fields(answer, "get_pool_liquidity", 1).u128()


def ekubo_fees_per_liquidity(answer: Answer) -> tuple[int, int]:
    """`get_pool_fees_per_liquidity`: two felts, 128 fraction bits; only their differences in the
    field mean something."""
    fields = Fields(answer, "get_pool_fees_per_liquidity", 2)
    return fields.below(PRIME, "felt"), fields.below(PRIME, "felt")


def ekubo_depth(answer: Answer) -> tuple[int, int]:
    """`get_market_depth_v2`: what can be bought of token0 and of token1, u128 each."""
    fields = Fields(answer, "get_market_depth_v2", 2)
    return fields.u128(), fields.u128()


def oracle_volatility(answer: Answer) -> int:
    """`get_realized_volatility_over_period`: u64, in ticks."""
    return Fields(answer, "get_realized_volatility_over_period", 1).u64()


@dataclass(frozen=True)
class Reserves:
    """A v1 pair: both reserves in smallest units, and when it last did anything."""

    reserve0: int
    reserve1: int
    last_time: int


def v1_reserves(answer: Answer) -> Reserves:
    """`get_reserves`: r0, r1 (u256), the last swap's, mint's or burn's time."""
    fields = Fields(answer, "get_reserves", 5)
    return Reserves(fields.u256(), fields.u256(), fields.u64())


def total_supply(answer: Answer) -> int:
    """`totalSupply`: u256."""
    return Fields(answer, "totalSupply", 2).u256()


def balance(answer: Answer) -> int:
    """`balanceOf`, `balance_of`: u256."""
    return Fields(answer, "balance_of", 2).u256()


def address(answer: Answer, what: str) -> int:
    """`get_pair`, `get_pool`, `token0`, `get_token0`, `v_token_for_asset`: one address; 0 is
    none."""
    return Fields(answer, what, 1).address()


def v2_sqrt_price(answer: Answer) -> int:
    """`get_sqrt_price_X96`: u256, 0.96 fixed point; 0: not initialised."""
    value = Fields(answer, "get_sqrt_price_X96", 2).u256()
    if value and not V2_MIN_SQRT <= value <= V2_MAX_SQRT:
        raise BadLayout("get_sqrt_price_X96: the price is outside the ticks' range")
    return value


def v2_liquidity(answer: Answer) -> int:
    """`get_liquidity`: u128, active at the price."""
    return Fields(answer, "get_liquidity", 1).u128()


def v2_fee_growth(answer: Answer) -> int:
    """`get_fee_growth_global_0_X128` and `…_1_…`: u256 that wraps around, 128 fraction bits."""
    return Fields(answer, "get_fee_growth_global", 2).u256()


def v2_protocol_fees(answer: Answer) -> tuple[int, int]:
    """`get_protocol_fees`: what of the balances belongs to the protocol, u128 each."""
    fields = Fields(answer, "get_protocol_fees", 2)
    return fields.u128(), fields.u128()


def v2_fee_protocol(answer: Answer) -> int:
    """`get_fee_protocol` of the factory: 0 (none), or 4 to 10 (a quarter to a tenth of the
    fees)."""
    value = Fields(answer, "get_fee_protocol", 1).u8()
    if value and not 4 <= value <= 10:
        raise BadLayout(f"get_fee_protocol: {value} is not 0 and not 4 to 10")
    return value


def vesu_utilization(answer: Answer) -> int:
    """`utilization`: u256, 10^18 is all lent out."""
    value = Fields(answer, "utilization", 2).u256()
    if value > SCALE:
        raise BadLayout("utilization: more than everything is lent out")
    return value


@dataclass(frozen=True)
class VesuAsset:
    """`AssetConfig` of Vesu V2, accrued to the block; what the metrics need of it.

    `total_collateral_shares`, `total_nominal_debt`, `rate_accumulator`, `max_utilization`: scaled
    by 10^18; `reserve` in smallest units; `scale`: smallest units in one token.
    """

    total_collateral_shares: int
    total_nominal_debt: int
    reserve: int
    max_utilization: int
    scale: int
    rate_accumulator: int

    @property
    def total_debt(self) -> int:
        """Smallest units, rounded down (Vesu V2, common.cairo, calculate_debt)."""
        return self.total_nominal_debt * self.rate_accumulator * self.scale // (SCALE * SCALE)


def vesu_asset(answer: Answer) -> VesuAsset:
    """`asset_config`: shares, nominal debt, reserve, max utilization, floor, scale (u256 each),
    is_legacy (bool), last_updated (u64), rate accumulator, full-utilization rate, fee rate, fee
    shares (u256 each): 22 felts."""
    fields = Fields(answer, "asset_config", 22)
    shares, debt, reserve, highest = (fields.u256() for _ in range(4))
    fields.u256()  # floor
    scale = fields.u256()
    fields.boolean()
    fields.u64()
    accumulator = fields.u256()
    for _ in range(3):
        fields.u256()
    if not 0 < scale <= SCALE or accumulator < SCALE or highest > SCALE:
        raise BadLayout("asset_config: breaks Vesu's own bounds, or there is no such asset")
    return VesuAsset(shares, debt, reserve, highest, scale, accumulator)


@dataclass(frozen=True)
class Round:
    """Chainlink's newest round: the price with eight decimals, and its time."""

    answer: int
    updated_at: int


def chainlink_round(answer: Answer) -> Round:
    """`latest_round_data`: round_id, answer (u128), block, started, updated."""
    fields = Fields(answer, "latest_round_data", 5)
    fields.felt()
    price = fields.u128()
    fields.u64()
    fields.u64()
    return Round(price, fields.u64())

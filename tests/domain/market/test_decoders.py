"""Layout vectors of every entry point, and what must be refused."""

import contextlib
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.felt import ADDRESS_BOUND, PRIME, selector
from obsqra_desktop.domain.market import decoders as d
from obsqra_desktop.domain.market.layouts import BadLayout, Fields, Refused
from obsqra_desktop.domain.market.questions import CONTRACT_ERROR, CallFailed

MAX = 2**128 - 1
SQRT = 0x029895C9CBFCA44F2C46E6E9B5459B
VESU = (  # shares, nominal debt, reserve, max utilization, floor, scale, legacy, updated, …
    *(5 * 10**18, 0, 2 * 10**18, 0, 7 * 10**6, 0, 10**18, 0, 0, 0, 10**6, 0),
    *(1, 1_700_000_000, 11 * 10**17, 0, 0, 0, 0, 0, 0, 0),
)

VECTORS: list[tuple[Callable[[Any], object], tuple[int, ...], object]] = [
    (d.ekubo_price, (SQRT, 0, 0x135566D, 1), d.EkuboPrice(SQRT, -0x135566D)),
    (d.ekubo_price, (0, 1, 0, 0), d.EkuboPrice(2**128, 0)),
    (d.ekubo_price, (0, 1, 0, 1), d.EkuboPrice(2**128, 0)),  # a negative zero
    (d.ekubo_price, (0, 0, 0, 0), d.EkuboPrice(0, 0)),
    (d.ekubo_liquidity, (MAX,), MAX),
    (d.ekubo_liquidity, (0,), 0),
    (d.ekubo_fees_per_liquidity, (PRIME - 1, 5), (PRIME - 1, 5)),
    (d.ekubo_depth, (7, MAX), (7, MAX)),
    (d.oracle_volatility, (481_000,), 481_000),
    (d.v1_reserves, (5, 1, 6, 0, 1_736_900_000), d.Reserves(5 + 2**128, 6, 1_736_900_000)),
    (d.total_supply, (1, 2), 1 + 2**129),
    (d.balance, (MAX, MAX), 2**256 - 1),
    (d.v2_sqrt_price, (0, 0), 0),
    (d.v2_sqrt_price, (2**96, 0), 2**96),
    (d.v2_liquidity, (9,), 9),
    (d.v2_fee_growth, (MAX, MAX), 2**256 - 1),
    (d.v2_protocol_fees, (1, 2), (1, 2)),
    (d.v2_fee_protocol, (0,), 0),
    (d.v2_fee_protocol, (10,), 10),
    (d.vesu_utilization, (10**18, 0), 10**18),
    (
        d.vesu_asset,
        VESU,
        d.VesuAsset(5 * 10**18, 2 * 10**18, 7 * 10**6, 10**18, 10**6, 11 * 10**17),
    ),
    (d.chainlink_round, (2**64 + 9, 241_020_000_000, 1, 2, 3), d.Round(241_020_000_000, 3)),
]


@pytest.mark.parametrize(("decode", "felts", "value"), VECTORS)
def test_vectors(decode: Callable[[Any], object], felts: tuple[int, ...], value: object) -> None:
    assert decode(felts) == value


@pytest.mark.parametrize(("decode", "felts"), [(decode, felts) for decode, felts, _ in VECTORS])
def test_other_lengths_and_refusals(
    decode: Callable[[Any], object], felts: tuple[int, ...]
) -> None:
    for wrong in ((*felts, 0), (*felts, *felts), ()):
        with pytest.raises(BadLayout):
            decode(wrong)
    if len(felts) > 2:
        with pytest.raises(BadLayout):
            decode(felts[:-1])
    with pytest.raises(Refused) as caught:
        decode(CallFailed(CONTRACT_ERROR, "Requested contract address is not deployed"))
    assert caught.value.answer.code == CONTRACT_ERROR
    assert isinstance(caught.value, NodeAnswerInvalid)


@pytest.mark.parametrize(
    ("decode", "felts"),
    [
        (d.ekubo_price, (SQRT, 0, 0x135566D, 2)),
        (d.ekubo_price, (SQRT, 0, 2**128, 0)),
        (d.ekubo_price, (SQRT, 0, d.EKUBO_MAX_TICK + 2, 0)),
        (d.ekubo_price, (2**128, 0, 0, 0)),
        (d.ekubo_price, (0, 2**128, 0, 0)),
        (d.ekubo_price, (0, 0, 1, 0)),
        (d.ekubo_price, (d.EKUBO_MIN_SQRT - 1, 0, 0, 0)),
        (d.ekubo_price, ((d.EKUBO_MAX_SQRT + 1) % 2**128, (d.EKUBO_MAX_SQRT + 1) >> 128, 0, 0)),
        (d.ekubo_liquidity, (2**128,)),
        (d.ekubo_fees_per_liquidity, (PRIME, 0)),
        (d.ekubo_depth, (2**128, 0)),
        (d.ekubo_depth, (0, PRIME - 1)),
        (d.oracle_volatility, (2**64,)),
        (d.v1_reserves, (2**128, 0, 0, 0, 0)),
        (d.v1_reserves, (0, 0, 0, 2**128, 0)),
        (d.v1_reserves, (0, 0, 0, 0, 2**64)),
        (d.total_supply, (0, 2**128)),
        (d.v2_sqrt_price, (d.V2_MIN_SQRT - 1, 0)),
        (d.v2_sqrt_price, (0, 2**127)),
        *((d.v2_fee_protocol, (n,)) for n in (1, 2, 3, 11, 256)),
        (d.vesu_utilization, (10**18 + 1, 0)),
        (d.vesu_utilization, (0, 1)),
        (d.vesu_asset, (*VESU[:10], 0, *VESU[11:])),
        (d.vesu_asset, (*VESU[:10], 10**18 + 1, *VESU[11:])),
        (d.vesu_asset, (*VESU[:12], 2, *VESU[13:])),
        (d.vesu_asset, (*VESU[:14], 10**18 - 1, *VESU[15:])),
        (d.vesu_asset, (*VESU[:6], 10**18 + 1, *VESU[7:])),
        (d.chainlink_round, (0, 2**128, 0, 0, 0)),
        (d.chainlink_round, (0, 0, 0, 0, 2**64)),
    ],
)
def test_out_of_range(decode: Callable[[Any], object], felts: tuple[int, ...]) -> None:
    with pytest.raises(BadLayout):
        decode(felts)


def test_addresses() -> None:
    assert d.address((0,), "get_pool") == 0
    assert d.address((ADDRESS_BOUND - 1,), "get_pool") == ADDRESS_BOUND - 1
    for wrong in ((ADDRESS_BOUND,), (), (1, 2)):
        with pytest.raises(BadLayout, match="get_pool"):
            d.address(wrong, "get_pool")


@given(st.integers(-(2**128) + 1, 2**128 - 1))
def test_i129(value: int) -> None:
    assert Fields((abs(value), int(value < 0)), "x", 2).i129() == value


@given(st.integers(0, 2**256 - 1))
def test_u256(value: int) -> None:
    assert Fields((value % 2**128, value >> 128), "x", 2).u256() == value


@given(
    st.sampled_from([decode for decode, _, _ in VECTORS]),
    st.lists(st.integers(0, PRIME - 1), max_size=24),
)
def test_nothing_else_escapes(decode: Callable[[Any], object], felts: list[int]) -> None:
    with contextlib.suppress(BadLayout):
        decode(tuple(felts))


SELECTORS = """
get_pool_price 63ecb4395e589622a41a66715a0eac930abc9f0b92c0b1dcda630adfb2bf2d
get_pool_liquidity a99e1b0ff9d47a610510a60e7494dd5174b28b600c30eee35d157e8688e9a6
get_pool_fees_per_liquidity 3a3f9c702047a3bba5fc1dcb30a397d571d17723972e1f876be08363a02eb05
get_market_depth_v2 b8c0ae37c8b0017a5a7b3a276afce755ed3d89a74feb872f59e192b0685e00
get_realized_volatility_over_period 3a88959a57e2e31e525f685adf08f8486d75b7ebd1a9d52c3b3d013e9e4e009
get_earliest_observation_time 2c02e8233a0feb5eb0daa35cb4cb795b09bf3ce31a18dbea1a25fd9f7c4337a
get_reserves 3cb0e1486e633fbe3e2fafe8aedf12b70ca1860e7467ddb75a17858cde39312
get_sqrt_price_X96 291c105acfd7dfca3f6eb01521166339414f1cdf6e333c0740a7da116e47c13
get_tick 33afd2cdf2ff13299919dc6f2a8c1aee24451071cae92b03aba9041ac356f2
get_liquidity 26bd998989bd77c4a2a7eae840a315e4bc81e31894c811d7a5cda2743829acb
get_fee 370ed5abedc4b714b1c65ab79a03b2d5d4d263cec8394b4ce2ad93243b871af
get_fee_growth_global_0_X128 3cc7bf2a6b5e3d8e580612d0fc6faea9115fe2b6a2b5d8b5281cbb24c71a094
balanceOf 2e4263afad30923c891518314c3c95dbe830a16874e8abc5777a9a20b54c76e
latest_round_data 3934bf435e1b98555ff170fde2c4b1ed8116018f1aa953022c2b6f54d4bfaab
get_pool 279193ae67f7ef3a6be330f5bd004266a0ec3fd5a6f7d2fe71a2096b3101578
get_pair 302cc8ef0eb956ecba01d93a13572cb13459e0a0e1ae945bd5a1bdccca6b954
"""


@pytest.mark.parametrize("line", SELECTORS.split("\n")[1:-1])
def test_published_selectors(line: str) -> None:
    name, number = line.split()
    assert selector(name) == int(number, 16)

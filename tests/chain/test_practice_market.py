"""The practice market over the real devnet: layouts, figures against an independent model, being
stopped in the middle, being killed, restarts."""

import asyncio
import json
import math
import os
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.app import Services, build_services
from obsqra_desktop.domain.errors import Cancelled, InvalidInput
from obsqra_desktop.domain.felt import selector
from obsqra_desktop.domain.market import decoders
from obsqra_desktop.domain.practice_market import LENT, MARKETS, STEP, path
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.market_view import MarketPhase
from obsqra_desktop.services.practice_market import GIFT, PracticeMarket
from tests.chain.practice_bench import killed, node_of
from tests.chain.practice_models import Asked, Lending, Pair, Range, calls_in
from tests.devnet import binary

pytestmark = pytest.mark.loopback
GOLDEN = [(1040085, 1033882), (1023844, 1030025), (992128, 986211)]


class Made:
    """A market in a folder, and questions by other means than the program's."""

    def __init__(self, folder: Path, runner: asyncio.Runner) -> None:
        self.runner = runner
        self.folder = folder
        self.services: Services = build_services(folder)
        self.market: PracticeMarket | None = None

    def make(self, **options: Any) -> PracticeMarket:
        self.market = self.runner.run(self.services.practice_market.make(**options))
        return self.market

    def ask(self, method: str, **params: Any) -> Any:
        return node_of(self.runner.run(self.services.practice.status())).ask(method, **params)

    def call(self, to: int, name: str, *data: int, at: int) -> list[int]:
        request = {
            "contract_address": hex(to),
            "entry_point_selector": hex(selector(name)),
            "calldata": [hex(one) for one in data],
        }
        answer = self.ask("starknet_call", request=request, block_id={"block_number": at})
        return [int(one, 16) for one in answer]

    def blocks(self) -> list[tuple[int, str]]:
        """Time and hash of each."""
        newest = self.ask("starknet_blockNumber")
        found = []
        for number in range(newest + 1):
            block = {"block_number": number}
            told = self.ask("starknet_getBlockWithTxHashes", block_id=block)
            found.append((told["timestamp"], told["block_hash"]))
        return found

    def close(self) -> None:
        self.runner.run(self.services.practice.down())
        self.runner.run(self.services.close())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Stopped by its user after five blocks of trade, killed with its chain, and gone on with."""
    with pytest.MonkeyPatch.context() as patch, asyncio.Runner() as runner:
        patch.setenv("PATH", f"{Path(binary()).parent}{os.pathsep}{os.environ['PATH']}")
        one = Made(tmp_path_factory.mktemp("market"), runner)
        token = CancelToken()

        def stop(phase: MarketPhase) -> None:
            if phase.words.startswith("Trading") and phase.done == 5:
                token.cancel()

        with pytest.raises(Cancelled):
            one.make(on_phase=stop, cancel=token)
        assert one.services.practice_market.venues() is None, "half a market is none"
        pid = runner.run(one.services.practice.status()).pid
        assert pid is not None
        killed(pid)
        one.make()
        yield one
        one.close()


def ekubo(made: Made) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """Index, core, key of each pool."""
    assert made.market is not None
    venues = made.market.deployments
    assert venues.ekubo is not None
    by_symbol = {one.symbol: one.address for one in venues.tokens}
    for index, market in enumerate(MARKETS):
        if market.venue.value == "ekubo":
            one, two = sorted((by_symbol[market.base], by_symbol[market.quote]))
            yield index, venues.ekubo.core, (one, two, market.fee, market.spacing, 0)


def test_resumed_not_begun_anew(made: Made) -> None:
    blocks = made.blocks()
    times = [when for when, _ in blocks]
    assert times == sorted(times)
    assert made.market is not None
    trades = [when for when in times if when > made.market.begins + 3600]
    steps = [trades[0] + STEP * index for index in range(len(trades))]
    assert trades == steps, "one block each half hour, none twice"
    assert times[-1] - times[1] > 24 * 3600
    assert 0 <= time.time() - times[-1] < STEP + 120
    assert made.make().steps == 0, "nothing is due"
    assert made.blocks() == blocks


def test_layouts_are_those_of_the_venues(made: Made) -> None:
    """Facts of each venue: numbers of felts, and the program's strict decoders take them."""
    assert made.market is not None
    venues = made.market.deployments
    newest = made.ask("starknet_blockNumber")
    assert venues.ekubo
    assert venues.jediswap_v1
    assert venues.jediswap_v2
    assert venues.vesu_v2
    assert selector("get_pool_price") == (
        0x63ECB4395E589622A41A66715A0EAC930ABC9F0B92C0B1DCDA630ADFB2BF2D
    )
    for _, core, key in ekubo(made):
        for name, felts in (
            ("get_pool_price", 4),
            ("get_pool_liquidity", 1),
            ("get_pool_fees_per_liquidity", 2),
        ):
            assert len(made.call(core, name, *key, at=newest)) == felts, name
        two_percent = 368934881474191040
        depth = made.call(venues.ekubo.router, "get_market_depth_v2", *key, two_percent, at=newest)
        assert len(depth) == 2
        quoted = made.call(
            venues.ekubo.router, "quote_swap", *key, 0, 0, 0, key[0], 1000, 0, at=newest
        )
        assert len(quoted) == 4
    assert len(made.call(venues.ekubo.core, "get_primary_interface_id", at=newest)) == 1
    pairs = made.call(venues.jediswap_v1.factory, "get_all_pairs", at=newest)
    assert pairs == [2, *(one.address for one in venues.jediswap_v1.pairs)]
    for pair in venues.jediswap_v1.pairs:
        assert len(made.call(pair.address, "get_reserves", at=newest)) == 5
        assert len(made.call(pair.address, "totalSupply", at=newest)) == 2
    one, two = (venues.token(name).address for name in venues.jediswap_v2.pairs[0])
    tier = venues.jediswap_v2.tiers[0].fee
    (pool,) = made.call(venues.jediswap_v2.factory, "get_pool", two, one, tier, at=newest)
    for name, felts in {
        "get_sqrt_price_X96": 2,
        "get_tick": 2,
        "get_liquidity": 1,
        "get_fee": 1,
        "get_fee_growth_global_0_X128": 2,
        "get_fee_growth_global_1_X128": 2,
        "get_protocol_fees": 2,
    }.items():
        assert len(made.call(pool, name, at=newest)) == felts, name
    assert made.call(venues.jediswap_v2.factory, "get_fee_protocol", at=newest) == [10]
    lending = venues.vesu_v2.pools[0]
    for symbol in lending.assets:
        asset = venues.token(symbol).address
        told = made.call(lending.address, "asset_config", asset, at=newest)
        market = decoders.vesu_asset(tuple(told))
        low, high = made.call(lending.address, "utilization", asset, at=newest)
        debt = market.total_debt
        assert low + (high << 128) == debt * 10**18 // (debt + market.reserve)
        assert market.rate_accumulator > 10**18, "interest has grown"


def test_ekubo_against_a_model(made: Made) -> None:
    """Every block of the path: price, tick, fees per liquidity, by exact fractions."""
    newest = made.ask("starknet_blockNumber")
    assert made.market is not None
    blocks = made.blocks()
    first = next(
        number for number, (when, _) in enumerate(blocks) if when > made.market.begins + 3600
    )
    for index, core, key in ekubo(made):
        growth = [0, 0]
        low, high, *_ = made.call(core, "get_pool_price", *key, at=first - 1)
        before = low + (high << 128)
        (liquidity,) = made.call(core, "get_pool_liquidity", *key, at=first - 1)
        start = made.call(core, "get_pool_fees_per_liquidity", *key, at=first - 1)
        assert start == [0, 0]
        ends = []
        for number in range(first, newest + 1):
            low, high, tick, below = made.call(core, "get_pool_price", *key, at=number)
            root = low + (high << 128)
            step = (blocks[number][0] - made.market.begins - 3600) // STEP
            there = half_way(index, step, root)
            for limit in (there, root):
                side = int(limit > before)
                growth[side] += fee_growth(before, limit, liquidity, key[2])
                before = limit
            told = made.call(core, "get_pool_fees_per_liquidity", *key, at=number)
            for mine, its in zip(growth, told, strict=True):
                # A smallest unit each move, and the turning point known to 1 in 10^15.
                most = 4 * (number - first + 1) * 2**128 // liquidity + its // 10**15
                assert abs(mine - its) <= most, number
            exact = 2 * (math.log(root) - 128 * math.log(2)) / math.log(1.000001)
            assert abs((-tick if below else tick) + 0.5 - exact) < 0.51
            ends.append(root)
        assert len(set(ends)) > 40, "prices move"
        assert all(told), "fees grow on both sides"


@pytest.fixture(scope="module")
def asked(made: Made) -> list[Asked]:
    """Every call of the market's account, in order."""
    found: list[Asked] = []
    before = 0
    for number in range(made.ask("starknet_blockNumber") + 1):
        told = made.ask("starknet_getBlockWithReceipts", block_id={"block_number": number})
        found += calls_in(number, before, told)
        before = told["timestamp"]
    return found


def u256(felts: list[int]) -> int:
    low, high = felts
    return low + (high << 128)


def test_constant_product_against_a_model(made: Made, asked: list[Asked]) -> None:
    """Every block of both pairs, exactly."""
    assert made.market is not None
    assert made.market.deployments.jediswap_v1 is not None
    newest = made.ask("starknet_blockNumber")
    traded = 0
    for pair in made.market.deployments.jediswap_v1.pairs:
        model, last, seen = Pair(), 0, 0
        ours = [one for one in asked if one.to == pair.address]
        for number in range(ours[0].block, newest + 1):
            for call in (one for one in ours if one.block == number):
                last = call.at
                if call.named("open_pair"):
                    model.open(call.data)
                else:
                    assert call.named("swap_exact_input")
                    model.pay(*call.data)
                    seen += 1
            told = made.call(pair.address, "get_reserves", at=number)
            assert [u256(told[:2]), u256(told[2:4]), told[4]] == [*model.held, last], number
        assert u256(made.call(pair.address, "totalSupply", at=newest)) == model.supply
        assert u256(made.call(pair.address, "klast", at=newest)) <= model.held[0] * model.held[1]
        traded = max(traded, seen)
    assert traded > 40


def test_concentrated_liquidity_against_a_model(made: Made, asked: list[Asked]) -> None:
    """Every block: price exactly, fees and balances to a smallest unit or two a swap."""
    assert made.market is not None
    venue = made.market.deployments.jediswap_v2
    assert venue is not None
    newest = made.ask("starknet_blockNumber")
    tokens = [made.market.deployments.token(name).address for name in venue.pairs[0]]
    fee = venue.tiers[0].fee
    (pool,) = made.call(venue.factory, "get_pool", *tokens, fee, at=newest)
    assert [made.call(pool, f"get_token{side}", at=newest)[0] for side in (0, 1)] == sorted(tokens)
    model = Range(Fraction(fee, 10**6))
    ours = [one for one in asked if one.to == pool]
    for number in range(ours[0].block, newest + 1):
        for call in (one for one in ours if one.block == number):
            if call.named("open_pool"):
                model.open(u256(list(call.data[:2])), call.data[2])
            else:
                assert call.named("swap_exact_input")
                model.move(u256(list(call.data[2:])), call.data[1])
        assert Fraction(u256(made.call(pool, "get_sqrt_price_X96", at=number)), 2**96) == model.root
        assert made.call(pool, "get_liquidity", at=number) == [model.depth]
        tick, below = made.call(pool, "get_tick", at=number)
        exact = 2 * math.log(model.root) / math.log(1.0001)
        assert abs((-tick if below else tick) + 0.5 - exact) < 0.51
        kept = made.call(pool, "get_protocol_fees", at=number)
        # A swap rounds what is paid up twice, the protocol's tenth and the growth down.
        units = 2 * model.swaps
        for side in (0, 1):
            name = f"get_fee_growth_global_{side}_X128"
            growth = Fraction(u256(made.call(pool, name, at=number)), 2**128)
            assert abs(growth - model.grown[side]) * model.depth <= units + 1, (number, side)
            assert abs(kept[side] - model.kept[side]) <= units, (number, side)
            held = u256(made.call(sorted(tokens)[side], "balanceOf", pool, at=number))
            assert 0 <= held - model.paid[side] <= units + 1, "it can always pay"
    assert model.swaps > 80
    assert min(model.kept) > 0


def test_lending_against_a_model(made: Made, asked: list[Asked]) -> None:
    """Every block and asset: what is lent, and what a debt of one has grown to."""
    assert made.market is not None
    venue = made.market.deployments.vesu_v2
    assert venue is not None
    lending = venue.pools[0].address
    blocks = made.blocks()
    for symbol in venue.pools[0].assets:
        token = made.market.deployments.token(symbol)
        model, changes = Lending(), 0
        ours = [one for one in asked if one.to == lending and one.data[0] == token.address]
        for number in range(ours[0].block, len(blocks)):
            for call in (one for one in ours if one.block == number):
                if call.named("open_market"):
                    model.reserve, model.touched = call.data[3], call.at
                else:
                    assert call.named("borrow") or call.named("repay")
                    sign = 1 if call.named("borrow") else -1
                    model.change(call.at, sign * call.data[1])
                    changes += 1
            # The devnet answers about an old block with the clock of its newest one (measured with
            # 0.10.1): debts have grown up to there.
            grown = model.grown(blocks[-1][0])
            share = Fraction(u256(made.call(lending, "utilization", token.address, at=number)))
            told = decoders.vesu_asset(
                tuple(made.call(lending, "asset_config", token.address, at=number))
            )
            assert told.reserve == model.reserve, number
            # One part in 10^18 for each rounding, and a smallest unit of the debt for each change.
            loose = 10**18 * Fraction(changes + 2) / (model.reserve + model.debt)
            assert abs(share - 10**18 * model.lent(model.debt * grown)) <= loose + 4, number
            index = 10**18 * model.index * grown
            assert abs(told.rate_accumulator - index) <= 4 * (changes + 1), number
        assert changes > 8
        assert model.index > 1


def half_way(index: int, step: int, root: int) -> int:
    """Where the price went before it came to `root`: by the ratio of the two prices."""
    there, here = path(index, step)
    up = Fraction(there, here)
    one, two = KEYS_UP[index]
    ratio = up if one < two else 1 / up
    return math.isqrt(int(ratio * root * root))


KEYS_UP: dict[int, tuple[int, int]] = {}


def test_the_engine_reads_it(made: Made) -> None:
    """Pools are found, a snapshot is taken, and its replies give the same metrics again."""
    taken = made.runner.run(made.services.market.take())
    venues = {one.pool.venue.value for one in taken.market.pools}
    assert venues == {"ekubo", "jediswap_v1", "jediswap_v2", "vesu_v2"}
    # Of the two pools of pETH and pUSDC at Ekubo the deeper one is taken.
    assert len(taken.market.pools) == len(MARKETS) - 1 + len(LENT)
    again = made.runner.run(made.services.market.recompute(taken.market.id))
    assert again.market == taken.market


@pytest.fixture(autouse=True)
def sides(made: Made) -> None:
    """Which of base and quote is token 0."""
    assert made.market is not None
    by_symbol = {one.symbol: one.address for one in made.market.deployments.tokens}
    for index, market in enumerate(MARKETS):
        KEYS_UP[index] = (by_symbol[market.base], by_symbol[market.quote])


def fee_growth(start: int, end: int, liquidity: int, fee: int) -> int:
    """Fees of a move, for each unit of liquidity, of 2^128 (Uniswap v3 white paper, 6.2)."""
    one = 2**128
    low, high = sorted((start, end))
    if end > start:
        net = Fraction(liquidity * (high - low), one)
    else:
        net = Fraction(liquidity * one * (high - low), low * high)
    return int(net * fee / (one - fee) * one / liquidity)


def test_one_pair_is_stale_and_one_trades(made: Made) -> None:
    assert made.market is not None
    assert made.market.deployments.jediswap_v1 is not None
    newest = made.ask("starknet_blockNumber")
    head = made.blocks()[-1][0]
    last = [
        made.call(one.address, "get_reserves", at=newest)[4]
        for one in made.market.deployments.jediswap_v1.pairs
    ]
    assert last[0] < head - 24 * 3600
    # The devnet runs a transaction at the time of the block before and dates its own block anew.
    assert head - last[1] <= STEP


def test_nobody_else_drives_it(made: Made) -> None:
    """A call comes from address 0, which is not its owner: "for its owner only"."""
    assert made.market is not None
    assert made.market.deployments.ekubo is not None
    newest = made.ask("starknet_blockNumber")
    _, core, key = next(iter(ekubo(made)))
    with pytest.raises(AssertionError, match="0x666f7220697473206f776e6572206f6e6c79"):
        made.call(core, "swap", *key, 5, 0, 0, 0, 0, 0, at=newest)


def prices(made: Made, at: int) -> list[list[int]]:
    """Where every pool that trades stands at a block."""
    assert made.market is not None
    found = [made.call(core, "get_pool_price", *key, at=at) for _, core, key in ekubo(made)]
    venues = made.market.deployments
    assert venues.jediswap_v1
    assert venues.jediswap_v2
    found += [made.call(one.address, "get_reserves", at=at) for one in venues.jediswap_v1.pairs]
    one, two = (venues.token(name).address for name in venues.jediswap_v2.pairs[0])
    fee = venues.jediswap_v2.tiers[0].fee
    (pool,) = made.call(venues.jediswap_v2.factory, "get_pool", one, two, fee, at=at)
    return [*found, made.call(pool, "get_sqrt_price_X96", at=at)]


def test_it_trades_on(made: Made) -> None:
    """One block now, on top; of the half hours nothing is left out afterwards."""
    assert made.market is not None
    services = made.services
    services.networks.select("practice")
    before = made.blocks()
    stood = prices(made, len(before) - 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(services.sending), "unsettled", lambda *_: (object(),))
        assert not made.runner.run(services.practice_life.beat())
    assert made.blocks() == before, "something that was sent is open"
    began = int(time.time())
    for _ in range(3):
        assert made.runner.run(services.practice_life.beat())
    after = made.blocks()
    assert len(after) == len(before) + 3
    assert after[: len(before)] == before
    assert began <= after[-3][0] <= after[-1][0] <= time.time()
    assert prices(made, len(after) - 1) != stood
    assert made.make().steps == 0


def test_a_restart_keeps_the_history(made: Made) -> None:
    blocks = made.blocks()
    made.runner.run(made.services.practice.down())
    made.runner.run(made.services.practice.up())
    again = made.blocks()
    assert again[: len(blocks)] == blocks, "times and hashes"
    mint = {"address": "0x1234", "amount": 5, "unit": "FRI"}
    made.ask("devnet_mint", **mint)
    made.runner.run(made.services.practice_market.make())
    assert [when for when, _ in made.blocks()] == sorted(when for when, _ in made.blocks())


def test_its_key_is_for_play_money_only(made: Made) -> None:
    record = json.loads((made.folder / "practice" / "market.json").read_text())
    assert set(record) == {"schema", "begins", "play_money_key"}
    assert (made.folder / "practice" / "market.json").stat().st_mode & 0o777 == 0o600
    assert made.services.accounts.listing() == (), "none of its user's accounts"


def test_prices_follow_from_the_step_alone() -> None:
    """Bounds, and golden values: they are the same on every computer."""
    assert [path(1, step) for step in (1, 2, 51)] == GOLDEN
    for index, market in enumerate(MARKETS):
        for step in range(1, 300):
            for price in path(index, step):
                most = 16 * market.restless + market.swing + (100_000 if market.spike else 0)
                assert abs(price - 10**6) <= most + 2_000


def test_its_tokens_are_given_as_play_money(made: Made) -> None:
    assert made.market is not None
    somebody, practice = 0x5013B0D1, made.services.practice
    for one in made.market.deployments.tokens:
        gift = 12 * 10**one.decimals
        for times in (1, 2):
            told = made.runner.run(practice.faucet(somebody, one.address, gift))
            assert told == times * gift
        newest = made.ask("starknet_blockNumber")
        assert made.call(one.address, "balanceOf", somebody, at=newest) == [2 * gift, 0]
    token = made.market.deployments.tokens[0]
    for address, wanted, amount in (
        (somebody, 0xBAD, 1),
        (1, token.address, 1),
        (somebody, token.address, 0),
        (somebody, token.address, GIFT * 10**token.decimals + 1),
    ):
        with pytest.raises(InvalidInput):
            made.runner.run(practice.faucet(address, wanted, amount))
    assert made.runner.run(made.services.practice_market.beat()), "it trades on afterwards"
    assert made.runner.run(practice.status()).trouble is None

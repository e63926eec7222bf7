"""The pools in the states that they are looked at in."""

import asyncio
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from obsqra_desktop.domain.chain_errors import NodeUnreachable, WouldFail
from obsqra_desktop.flows.pools import Plotted
from obsqra_desktop.ui.window import DECIDE, NETWORKS, POOLS, SETTINGS
from tests.ui.conftest import Driver
from tests.ui.market import CORE, FakeMarket, market_view, with_value
from tests.ui.wallet import Wallet


def opened(ui: Driver) -> None:
    ui.window.open_page(POOLS)
    ui.settle()


def pools_full(ui: Driver, wallet: Wallet, market: FakeMarket) -> None:
    market.view = market_view()
    opened(ui)


def pools_plot(ui: Driver, wallet: Wallet, market: FakeMarket) -> QWidget:
    market.count = 1_000
    pools_full(ui, wallet, market)
    page = ui.window.pools
    page.history.plot_wanted.emit(Plotted.SCORE)
    return page.history


def pools_depth(ui: Driver, wallet: Wallet, market: FakeMarket) -> QWidget:
    market.count = 24
    pools_full(ui, wallet, market)
    ui.window.pools.history.plot_wanted.emit(Plotted.DEPTH)
    return ui.window.pools.history


def pools_why(ui: Driver, wallet: Wallet, market: FakeMarket) -> QWidget:
    pools_full(ui, wallet, market)
    page = ui.window.pools
    ui.click(page.detail.lines["volatility_bps"].why)
    top = page.derivation.tree.topLevelItem(0)
    assert top is not None
    page.derivation.tree.setCurrentItem(top.child(0))
    return page.derivation


def pools_audit(ui: Driver, wallet: Wallet, market: FakeMarket) -> QWidget:
    pools_full(ui, wallet, market)
    page = ui.window.pools
    ui.click(page.detail.lines["audit_score"].why)
    page.derivation.counted.emit("upgrade", 0)
    ui.settle()
    return page.derivation


def pools_entered(ui: Driver, wallet: Wallet, market: FakeMarket) -> QWidget:
    pools_full(ui, wallet, market)
    page = ui.window.pools
    ui.run(market.enter(CORE + 3, "volatility_bps", 900))
    opened(ui)
    page.detail.lines["utilization_bps"].pencil.click()
    page.detail.lines["utilization_bps"].line.setText("120")
    page.detail.lines["utilization_bps"].keep.click()
    return page.detail


def pools_legacy(ui: Driver, wallet: Wallet, market: FakeMarket) -> QWidget:
    pools_full(ui, wallet, market)
    choose(ui, CORE + 6)
    return ui.window.pools.detail


def pools_unknown_code(ui: Driver, wallet: Wallet, market: FakeMarket) -> QWidget:
    pools_full(ui, wallet, market)
    choose(ui, CORE + 7)
    return ui.window.pools.detail


def choose(ui: Driver, pool: int) -> None:
    page = ui.window.pools
    for row in range(page.list.proxy.rowCount()):
        index = page.list.proxy.index(row, 0)
        if page.list.model.thing(page.list.proxy.mapToSource(index).row()).id == pool:
            page.list.table.setCurrentIndex(index)
    ui.pause()


def pools_light(ui: Driver, wallet: Wallet, market: FakeMarket) -> None:
    market.view = market_view(
        age=3 * 3600,
        light=True,
        light_seconds=3 * 3600 + 200,
        warnings=("The node's newest block is 4 minutes old.",),
    )
    opened(ui)


def pools_crossing(ui: Driver, wallet: Wallet, market: FakeMarket) -> None:
    market.view = market_view()
    opened(ui)
    market.next_view = with_value(market_view(), 3, "volatility_bps", 10_000)
    ui.click(ui.window.pools.refresh_button)
    ui.settle()


def pools_working(ui: Driver, wallet: Wallet, market: FakeMarket) -> None:
    pools_full(ui, wallet, market)
    market.gate = asyncio.Event()
    ui.click(ui.window.pools.refresh_button)
    ui.until(lambda: len(ui.window.pools.work.rows) == 3)


def pools_first_work(ui: Driver, wallet: Wallet, market: FakeMarket) -> None:
    opened(ui)
    market.gate = asyncio.Event()
    ui.click(ui.window.pools.empty.button)
    ui.until(lambda: len(ui.window.pools.work.rows) == 4)


def pools_error(ui: Driver, wallet: Wallet, market: FakeMarket) -> None:
    pools_full(ui, wallet, market)
    market.error = NodeUnreachable(
        "127.0.0.1:5050 did not answer. The last snapshot stays.", hint="Look at Networks."
    )
    ui.click(ui.window.pools.refresh_button)
    ui.settle()


def pools_error_bare(ui: Driver, wallet: Wallet, market: FakeMarket) -> None:
    opened(ui)
    market.error = NodeUnreachable(
        "127.0.0.1:5050 did not answer. Nothing was kept.", hint="Look at Networks."
    )
    ui.click(ui.window.pools.empty.button)
    ui.settle()


def pools_practice_none(ui: Driver, wallet: Wallet, market: FakeMarket) -> None:
    opened(ui)


def pools_offline(ui: Driver, wallet: Wallet, market: FakeMarket) -> None:
    wallet.services.networks.add_endpoint("sepolia", "https://node.example", own=True)
    wallet.services.networks.select("sepolia")
    wallet.services.networks.set_offline(True)
    opened(ui)


def pools_no_node(ui: Driver, wallet: Wallet, market: FakeMarket) -> None:
    wallet.services.networks.select("mainnet")
    opened(ui)


def pools_never_read(ui: Driver, wallet: Wallet, market: FakeMarket) -> None:
    wallet.services.networks.add_endpoint("sepolia", "https://node.example", own=True)
    wallet.services.networks.select("sepolia")
    opened(ui)


def pools_not_found(ui: Driver, wallet: Wallet, market: FakeMarket) -> None:
    pools_full(ui, wallet, market)
    ui.window.pools.list.search.setText("dogecoin")
    ui.until(ui.window.pools.list.none.isVisible)


def choose_live(ui: Driver, wallet: Wallet, market: FakeMarket) -> QWidget:
    market.view = market_view()
    ui.run(market.enter(CORE + 1, "volatility_bps", 3_000))
    ui.window.open_page(DECIDE)
    ui.click(ui.window.decide.choose.sources.button(3))
    ui.settle()
    return ui.window.decide.choose.picker


def choose_live_none(ui: Driver, wallet: Wallet, market: FakeMarket) -> QWidget:
    ui.window.open_page(DECIDE)
    ui.click(ui.window.decide.choose.sources.button(3))
    ui.settle()
    return ui.window.decide.choose.picker


def check_live(ui: Driver, wallet: Wallet, market: FakeMarket) -> None:
    choose_live(ui, wallet, market)
    ui.click(ui.window.decide.choose.cards[2])
    ui.click(ui.window.decide.next_button)


def pools_fit_own(ui: Driver, wallet: Wallet, market: FakeMarket) -> None:
    """Other limits than those last decided with, and only what fits them."""
    pools_full(ui, wallet, market)
    ui.window.pools.list.limits.setCurrentIndex(1)
    ui.window.pools.list.filter.setCurrentIndex(1)
    ui.pause()


def pools_settings(ui: Driver, wallet: Wallet, market: FakeMarket) -> QWidget:
    ui.window.open_page(SETTINGS)
    return ui.window.settings.trades_toggle


def practice_trouble(ui: Driver, wallet: Wallet, market: FakeMarket) -> None:
    """The market of a practice chain that is up does not trade on."""
    ui.window.open_page(NETWORKS)
    ui.settle()
    error = WouldFail(
        "A transaction of the practice market failed: too little.",
        hint="It is only play money. Start the practice chain anew if this comes again.",
    )
    status = ui.run(wallet.services.practice.status())
    ui.window.networks._on_practice(replace(status, trouble=error))


SCENES = (
    pools_full, pools_plot, pools_depth, pools_why, pools_audit, pools_entered, pools_legacy,
    pools_unknown_code, pools_light, pools_crossing, pools_working, pools_first_work, pools_error,
    pools_error_bare, pools_practice_none, pools_offline, pools_no_node, pools_never_read,
    pools_not_found, pools_fit_own, pools_settings, practice_trouble, choose_live, choose_live_none,
    check_live,
)  # fmt: skip

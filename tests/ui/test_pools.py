"""The pools by clicks and keys, over a market in memory."""

import asyncio
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester

from obsqra_desktop.domain.chain_errors import NodeUnreachable, Offline
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.pools import SourceKind
from obsqra_desktop.domain.record import Status
from obsqra_desktop.flows.decide import Work as Proving
from obsqra_desktop.flows.pools import Plotted
from obsqra_desktop.ui.models.pools import STATE, TREND, PoolsModel
from obsqra_desktop.ui.pages.choose import OWN
from obsqra_desktop.ui.widgets.checklist import Mark
from obsqra_desktop.ui.widgets.history_plot import HistoryPlot
from obsqra_desktop.ui.window import DECIDE, NETWORKS, POOLS, SETTINGS
from tests.ui.conftest import Driver
from tests.ui.looking import WindowsShown
from tests.ui.market import CORE, PRICE, FakeMarket, market_view, with_value
from tests.ui.market_scenes import choose
from tests.ui.wallet import Wallet


@pytest.fixture
def pools(mui: Driver, market: FakeMarket) -> Driver:
    """The page over seven pools."""
    market.view = market_view()
    mui.window.open_page(POOLS)
    mui.settle()
    return mui


def pairs(ui: Driver) -> list[str]:
    proxy = ui.window.pools.list.proxy
    return [str(proxy.index(row, 0).data()) for row in range(proxy.rowCount())]


def states(ui: Driver) -> dict[str, str]:
    proxy = ui.window.pools.list.proxy
    return {
        str(proxy.index(row, 0).data()): str(proxy.index(row, 6).data())
        for row in range(proxy.rowCount())
    }


def test_a_dead_pool_never_looks_calm(pools: Driver) -> None:
    found = states(pools)
    assert found["ETH / USDC.e · 0.3 %"] == "exit only"
    assert found["WBTC / USDC · 0.05 %"] == "incomplete"
    assert found["wstETH / ETH · 0.01 %"] == "unknown code"
    assert found["ETH / USDC · 0.05 %"] == "measured"
    choose(pools, CORE + 6)
    assert pools.window.pools.detail.verdict.text == "outside your limits"
    choose(pools, CORE + 7)
    assert pools.window.pools.detail.verdict.text == "not advised"
    assert any("does not know" in one for one in pools.said())


@pytest.mark.parametrize("width", [1024, 1280, 1440])
def test_no_cell_is_cut(pools: Driver, width: int) -> None:
    pools.window.resize(width, 800)
    pools.pause()
    page = pools.window.pools
    metrics = page.list.table.fontMetrics()
    for column in range(page.list.proxy.columnCount()):
        if page.list.table.isColumnHidden(column) or column in {STATE, TREND}:
            continue
        room = page.list.table.columnWidth(column) - 2 * 13
        for row in range(page.list.proxy.rowCount()):
            words = str(page.list.proxy.index(row, column).data())
            assert metrics.horizontalAdvance(words) <= room, words


def test_search_filter_and_sorting(pools: Driver) -> None:
    page = pools.window.pools
    assert pairs(pools)[0] == "xSTRK / STRK · 0.01 %"  # the lowest score
    assert pairs(pools)[-1] == "WBTC / USDC · 0.05 %"  # unknown comes last, never first
    page.list.search.setText("ekubo usdc")
    pools.until(lambda: len(pairs(pools)) == 3)
    page.list.search.setText("EXIT")
    pools.until(lambda: pairs(pools) == ["ETH / USDC.e · 0.3 %"])
    page.list.search.setText("nothing like that")
    pools.until(page.list.none.isVisible)
    assert not page.detail.isVisible()
    page.list.search.clear()
    pools.until(lambda: len(pairs(pools)) == 7)
    page.list.filter.setCurrentIndex(2)
    assert set(states(pools).values()) == {"exit only", "incomplete", "unknown code"}
    page.list.filter.setCurrentIndex(0)
    page.list.table.sortByColumn(4, Qt.SortOrder.DescendingOrder)
    assert pairs(pools)[0] == "STRK / USDC · 0.3 %"


def test_model_keeps_qts_rules(pools: Driver) -> None:
    model = PoolsModel(pools.window.pools.flow, lambda: int(time.time()))
    model.show_things(market_view().pools)
    tester = ModelTester(None)
    tester.check(model)
    model.show_things(())


def test_refresh_shows_its_real_phases_and_keeps_the_window_alive(
    pools: Driver, market: FakeMarket
) -> None:
    page = pools.window.pools
    market.gate = asyncio.Event()
    pools.click(page.refresh_button)
    pools.until(lambda: len(page.work.rows) == 3)
    assert [row.mark for row in page.work.rows] == [Mark.DONE, Mark.DONE, Mark.RUNNING]
    assert page.work.rows[2].right == "48 of 110"
    assert not page.refresh_button.isEnabled()
    choose(pools, CORE + 4)  # the page goes on while it works
    assert page.detail.title.text() == "USDC lending"
    market.gate.set()
    pools.settle()
    assert not page.work.isVisible()
    assert page.refresh_button.isEnabled()
    assert market.refreshes == 1
    assert pools.window.toast.words == "7 pools at block 1\u202f204"


def test_a_stop_leaves_what_was_shown(pools: Driver, market: FakeMarket) -> None:
    page, before = pools.window.pools, market.view
    market.gate = asyncio.Event()
    pools.click(page.refresh_button)
    pools.until(page.work.isVisible)
    pools.key(Qt.Key.Key_Escape)
    pools.settle()
    assert not page.work.isVisible()
    assert not page.notices.error.isVisible()
    assert page.flow.state.view == before


@pytest.mark.parametrize(
    ("error", "networks", "again"),
    [
        (NodeUnreachable("It did not answer."), True, True),
        (Offline("Offline mode is on."), True, False),
        (InvalidInput("A reply has the wrong length."), False, True),
    ],
)
def test_errors_stay_in_place_with_the_way_out(
    pools: Driver, market: FakeMarket, error: Exception, networks: bool, again: bool
) -> None:
    page = pools.window.pools
    market.error = error  # type: ignore[assignment]
    pools.click(page.refresh_button)
    pools.settle()
    assert page.notices.error.isVisible()
    assert page.notices.networks.isVisible() == networks
    assert page.notices.again.isVisible() == again
    assert len(pairs(pools)) == 7, "what is kept stays"
    market.error = None
    if again:
        pools.click(page.notices.again)
        pools.settle()
        assert not page.notices.error.isVisible()
    else:
        pools.click(page.notices.networks)
        assert pools.window.current == NETWORKS


def test_a_value_by_hand_is_marked_everywhere_and_can_be_taken_back(
    pools: Driver, market: FakeMarket
) -> None:
    page = pools.window.pools
    line = page.detail.lines["volatility_bps"]
    pools.click(line.pencil)
    assert line.line.text() == "26.81"
    line.line.setText("a lot")
    pools.click(line.keep)
    assert line.problem.isVisible()
    assert market.view is not None
    assert not any(one.entered for one in market.view.pools[0].metrics)
    line.line.setText("30")
    pools.click(line.keep)
    pools.settle()
    assert states(pools)["ETH / USDC · 0.05 %"] == "entered"
    line = page.detail.lines["volatility_bps"]
    assert line.chip.text == "entered"
    assert line.value.text() == "30.00\u202f%"
    assert line.note.text() == "measured: 26.81\u202f%"
    page.list.filter.setCurrentIndex(3)
    assert pairs(pools) == ["ETH / USDC · 0.05 %"]
    pools.pause()
    pools.click(page.detail.lines["volatility_bps"].why)
    assert page.derivation.value.text() == (
        "30.00\u202f%, entered by hand. The chain gave 26.81\u202f%."
    )
    pools.click(page.detail.lines["volatility_bps"].back)
    pools.settle()
    page.list.filter.setCurrentIndex(0)
    assert states(pools)["ETH / USDC · 0.05 %"] == "measured"
    page.list.table.selectRow(pairs(pools).index("ETH / USDC · 0.05 %"))
    line = page.detail.lines["volatility_bps"]
    assert line.value.text() == "26.81\u202f%"
    assert not line.chip.isVisible()
    assert not line.back.isVisible()
    assert not line.line.isVisible()


def test_a_refused_value_says_so_and_changes_nothing(pools: Driver, market: FakeMarket) -> None:
    page = pools.window.pools
    market.refuses = InvalidInput("The folder is full.")
    line = page.detail.lines["age_days"]
    pools.click(line.pencil)
    line.line.setText("12")
    pools.click(line.keep)
    pools.settle()
    assert "The folder is full." in page.detail.notice.words
    assert states(pools)["ETH / USDC · 0.05 %"] == "measured"


def test_why_goes_down_to_the_raw_reply(pools: Driver) -> None:
    page = pools.window.pools
    pools.click(page.detail.lines["volatility_bps"].why)
    card = page.derivation
    assert card.isVisible()
    assert "sqrt(Σr²" in card.formula.text()
    assert "obsqra-metrics/1 · block 1\u202f204" in card.definition.text()
    assert card.warnings.isVisible()
    top = card.tree.topLevelItem(0)
    assert top is not None
    assert top.text(0) == "price at block 1 204"
    assert top.text(1) == "1569.1390"
    assert not card.raw.isVisible()
    card.tree.setCurrentItem(top.child(0))
    assert card.raw.toPlainText().encode() == PRICE.raw
    assert card.key.text().replace("\u200b", "") == PRICE.key
    pools.click(card.copy)
    assert QApplication.clipboard().text().encode() == PRICE.raw
    pools.key(Qt.Key.Key_Escape)
    assert not card.isVisible()
    choose(pools, CORE + 5)
    pools.click(page.detail.lines["volatility_bps"].why)
    assert card.value.text() == "Not known: the node keeps no history"
    assert not card.tree.isVisible()


def test_audit_rows_can_be_counted_otherwise(pools: Driver, market: FakeMarket) -> None:
    page = pools.window.pools
    pools.click(page.detail.lines["audit_score"].why)
    points = page.derivation.audit.edits["upgrade"]
    assert points.text() == "-10"
    points.setText("many")
    points.editingFinished.emit()
    assert points.property("state") == "bad"
    points.setText("0")
    points.editingFinished.emit()
    pools.settle()
    assert page.detail.lines["audit_score"].value.text() == "88 of 100"
    assert states(pools)["ETH / USDC · 0.05 %"] == "entered"
    page.derivation.counted.emit("upgrade", None)
    pools.settle()
    assert page.detail.lines["audit_score"].value.text() == "78 of 100"


def test_a_score_that_crosses_the_policy_is_told(pools: Driver, market: FakeMarket) -> None:
    page = pools.window.pools
    market.next_view = with_value(market_view(), 3, "volatility_bps", 10_000)
    pools.click(page.refresh_button)
    pools.settle()
    words = "Vesu V2 USDC lending no longer passes: its score went from 42 to 72, your limit is 60."
    assert page.notices.crossing.isVisible()
    assert page.notices.crossing.words == words
    assert not pools.window.toast.words.startswith("Vesu"), "it stands on the page already"
    pools.click(page.notices.dismiss)
    assert not page.notices.crossing.isVisible()
    market.next_view = market_view()
    pools.click(page.refresh_button)
    pools.settle()
    assert "passes again" in page.notices.crossing.words


class FakeTray:
    """A desktop that shows notices."""

    def __init__(self, there: bool = True) -> None:
        self.there = there
        self.shown: list[tuple[str, str]] = []
        self.hidden = 0

    def available(self) -> bool:
        return self.there

    def show(self, title: str, words: str) -> None:
        self.shown.append((title, words))

    def hide(self) -> None:
        self.hidden += 1


CROSSED = "Vesu V2 USDC lending no longer passes: its score went from 42 to 72, your limit is 60."


def crossing_in_the_background(ui: Driver, market: FakeMarket, tray: FakeTray) -> None:
    """By the timer, on another page, while another window is in front."""
    ui.window.notices.tray = tray
    ui.window.open_page(SETTINGS)
    market.next_view = with_value(market_view(), 3, "volatility_bps", 10_000)
    other = QWidget()
    other.show()
    other.activateWindow()
    ui.until(lambda: not ui.window.isActiveWindow())
    try:
        ui.act(ui.window.pools.timer.timeout.emit)
        ui.settle()
    finally:
        other.close()
        other.deleteLater()


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_the_timer_reads_in_the_background_and_the_desktop_tells(
    pools: Driver, market: FakeMarket
) -> None:
    tray = FakeTray()
    crossing_in_the_background(pools, market, tray)
    assert market.refreshes == 1
    assert pools.window.current == SETTINGS, "nothing is taken from whoever works elsewhere"
    assert pools.window.toast.words == CROSSED
    ((title, words),) = tray.shown
    told = f"{title} {words}"
    assert "crossed your limit" in told
    for secret in ("Vesu", "USDC", "42", "72", "60", "lending"):
        assert secret not in told, "a desktop notice can be read by others"
    assert pools.window.pools.notices.crossing.words == CROSSED
    pools.window.notices.clicked.emit()
    assert pools.window.current == POOLS


def test_without_a_place_for_notices_the_window_has_to_do(
    pools: Driver, market: FakeMarket
) -> None:
    tray = FakeTray(there=False)
    crossing_in_the_background(pools, market, tray)
    assert tray.shown == []
    assert pools.window.toast.words == CROSSED
    assert pools.window.pools.notices.crossing.words == CROSSED


def test_desktop_notices_have_a_switch_that_is_kept(pools: Driver, market: FakeMarket) -> None:
    pools.window.open_page(SETTINGS)
    pools.click(pools.window.settings.notify_toggle)
    assert not pools.services.settings.load().pools_notify
    tray = FakeTray()
    crossing_in_the_background(pools, market, tray)
    assert tray.shown == []
    assert pools.window.toast.words == CROSSED


def test_no_desktop_notice_while_the_window_is_in_front(pools: Driver, market: FakeMarket) -> None:
    pools.window.notices.tray = tray = FakeTray()
    market.next_view = with_value(market_view(), 3, "volatility_bps", 10_000)
    pools.click(pools.window.pools.refresh_button)
    pools.settle()
    assert pools.window.pools.notices.crossing.words == CROSSED
    assert tray.shown == []


def test_an_error_of_the_timer_waits_on_the_page(pools: Driver, market: FakeMarket) -> None:
    pools.window.open_page(SETTINGS)
    market.error = NodeUnreachable("It did not answer.")
    pools.act(pools.window.pools.timer.timeout.emit)
    pools.settle()
    assert pools.window.current == SETTINGS
    assert pools.window.pools.flow.state.view is not None
    market.error = None
    assert pools.window.pools.notices.error.isVisibleTo(pools.window.pools)


def test_the_limits_are_those_last_decided_with(pools: Driver, market: FakeMarket) -> None:
    page = pools.window.pools
    assert page.list.limits.currentText() == "As last decided: Balanced"
    decide = pools.window.decide
    pools.window.open_page(DECIDE)
    pools.click(decide.choose.cards[OWN])
    decide.choose.editor.risk.set_value(41)
    decide.choose.tell()
    pools.click(decide.next_button)
    kept = pools.services.settings.load()
    assert kept.own_policy is not None
    assert kept.own_policy.max_risk_score == 41
    pools.window.open_page(POOLS)
    pools.settle()
    assert page.list.limits.currentText() == "As last decided: Your own"
    assert page.flow.policy.max_risk_score == 41
    page.list.filter.setCurrentIndex(1)
    assert "USDC lending" not in pairs(pools), "its score is 42"
    market.next_view = with_value(market_view(), 3, "utilization_bps", 6000)
    pools.click(page.refresh_button)
    pools.settle()
    assert "your limit is 41" in page.notices.crossing.words


def test_other_limits_can_be_chosen_and_are_kept(pools: Driver) -> None:
    page = pools.window.pools
    names = [page.list.limits.itemText(number) for number in range(page.list.limits.count())]
    assert names[1:] == ["Conservative limits", "Balanced limits", "Aggressive limits"]
    pools.act(lambda: page.list.limits.setCurrentIndex(1))
    limit = page.flow.policy.max_risk_score
    assert page.flow.policy.name == "Conservative"
    assert pools.services.settings.load().pools_limits == "conservative"
    page.history.plot_wanted.emit(Plotted.SCORE)
    pools.window.state.update(last_policy="aggressive")
    assert page.flow.policy.max_risk_score == limit, "a choice of one's own stands"
    pools.act(lambda: page.list.limits.setCurrentIndex(0))
    assert page.flow.policy.name == "Aggressive"


def test_reading_by_itself_is_kept_and_starts_the_timer(pools: Driver, market: FakeMarket) -> None:
    page = pools.window.pools
    assert not page.timer.isActive()
    page.every.setCurrentIndex(1)
    assert page.timer.isActive()
    assert page.timer.interval() == 5 * 60_000
    assert pools.services.settings.load().pools_every_minutes == 5
    pools.act(page.timer.timeout.emit)
    pools.settle()
    assert market.refreshes == 1
    page.every.setCurrentIndex(0)
    assert not page.timer.isActive()


def test_one_click_makes_the_practice_market(mui: Driver, market: FakeMarket) -> None:
    mui.window.open_page(POOLS)
    mui.settle()
    page = mui.window.pools
    assert page.empty.words.startswith("No pools on the practice chain yet")
    mui.click(page.empty.button)
    mui.settle()
    assert (market.markets, market.refreshes) == (1, 1)
    assert len(pairs(mui)) == 7


def test_nobody_is_asked_without_a_node(mui: Driver, wallet: Wallet, market: FakeMarket) -> None:
    wallet.services.networks.select("mainnet")
    mui.window.open_page(POOLS)
    mui.settle()
    page = mui.window.pools
    assert page.empty.words.startswith("Nobody to ask about pools")
    mui.click(page.empty.button)
    assert mui.window.current == NETWORKS
    assert market.refreshes == 0


def test_another_network_shows_nothing_of_the_old_one(
    pools: Driver, wallet: Wallet, market: FakeMarket
) -> None:
    wallet.services.networks.select("mainnet")
    market.view = None
    pools.window.open_page(POOLS)
    pools.settle()
    assert pools.window.pools.flow.state.view is None
    assert pools.window.pools.stack.currentWidget() is pools.window.pools.empty


def test_a_thousand_snapshots_are_plotted(pools: Driver, market: FakeMarket) -> None:
    market.count = 1_000
    pools.window.open_page(POOLS)
    pools.settle()
    page = pools.window.pools
    plot = page.history.plot
    assert isinstance(plot, HistoryPlot)
    assert page.history.readout.text().startswith("1\u202f000 snapshots")
    for what in Plotted:
        page.history.plot_wanted.emit(what)
        pools.pause()
        assert plot.accessibleName().split(" of ")[0] in {"Swings", "Depth", "Use", "Score"}
    plot.point_at(0.0)
    assert ":" in page.history.readout.text()
    plot.leaveEvent(QEvent(QEvent.Type.Leave))
    assert page.history.readout.text().startswith("1\u202f000 snapshots")


def test_what_draws_a_history_is_loaded_beside_the_window(
    mui: Driver, market: FakeMarket, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded: list[threading.Thread] = []
    loader = "obsqra_desktop.ui.pages.pools_reader.load_plotting"
    monkeypatch.setattr(loader, lambda: loaded.append(threading.current_thread()))
    market.view, market.count = market_view(), 1
    mui.window.open_page(POOLS)
    mui.settle()
    assert loaded == []  # one point is no line
    market.count = 2
    mui.window.open_page(POOLS)
    mui.settle()
    assert len(loaded) == 1
    assert loaded[0] is not threading.main_thread()


def test_the_wheel_over_a_plot_scrolls_the_page(pools: Driver) -> None:
    plot = pools.window.pools.history.plot
    assert plot is not None
    bar = pools.window.pools.body.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    pools.pause()
    before = plot.getPlotItem().getViewBox().viewRange()
    middle = plot.viewport().rect().center()
    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QWheelEvent

    event = QWheelEvent(
        QPointF(middle),
        QPointF(plot.viewport().mapToGlobal(middle)),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    pools.act(lambda: QApplication.sendEvent(plot.viewport(), event))
    assert not event.isAccepted()
    assert plot.getPlotItem().getViewBox().viewRange() == before


def test_the_decision_is_proved_over_live_pools(pools: Driver, market: FakeMarket) -> None:
    ui = pools
    ui.run(market.enter(CORE + 1, "volatility_bps", 3_000))
    ui.click(ui.window.pools.decide_button)
    ui.settle()
    decide = ui.window.decide
    assert ui.window.current == DECIDE
    picker = decide.choose.picker
    assert picker.chosen() == (CORE + 1, CORE + 2, CORE + 3, CORE + 4)
    assert not picker.boxes[CORE + 5].isEnabled()
    assert decide.choose.origin_chip.text == "block 1\u202f204 · 1 number entered"
    ui.click(picker.boxes[CORE + 4])
    ui.settle()
    snapshot = decide.flow.choice.snapshot
    assert snapshot is not None
    assert snapshot.pool_ids == (CORE + 1, CORE + 2, CORE + 3)
    assert snapshot.pools[0].sources.volatility_bps.kind is SourceKind.ENTERED
    ui.click(decide.next_button)
    row = decide.check.scores.rows[0]
    texts = [one.text() for one in row.findChildren(type(decide.heading))]
    assert any("entered: swings" in one for one in texts)
    ui.click(decide.next_button)
    ui.until(lambda: decide.flow.progress.work is not Proving.PROVING)
    record = decide.flow.progress.record
    assert record is not None
    assert record.status is Status.VERIFIED
    assert record.snapshot_digest == snapshot.digest().hex()


def test_without_a_pool_the_way_leads_to_the_pools(pools: Driver) -> None:
    ui = pools
    ui.click(ui.window.pools.decide_button)
    ui.settle()
    decide = ui.window.decide
    for key in decide.choose.picker.chosen():
        ui.click(decide.choose.picker.boxes[key])
    ui.settle()
    assert not decide.next_button.isEnabled()
    assert decide.footer.note.text() == "Choose at least one pool."
    ui.click(decide.choose.picker.change)
    assert ui.window.current == POOLS


def test_at_most_eight_pools_can_be_chosen(mui: Driver, market: FakeMarket) -> None:
    view = market_view()
    many = tuple(replace(view.pools[0], id=number + 1) for number in range(10))
    market.view = replace(view, pools=many)
    mui.window.open_page(DECIDE)
    mui.click(mui.window.decide.choose.sources.button(3))
    mui.settle()
    picker = mui.window.decide.choose.picker
    assert len(picker.chosen()) == 8
    assert not picker.boxes[10].isEnabled()
    mui.click(picker.boxes[1])
    assert picker.boxes[10].isEnabled()


@pytest.fixture
def shown(qapp: QApplication) -> Iterator[WindowsShown]:
    watcher = WindowsShown()
    qapp.installEventFilter(watcher)
    yield watcher
    qapp.removeEventFilter(watcher)


def test_no_stray_window_flashes(pools: Driver, market: FakeMarket, shown: WindowsShown) -> None:
    page = pools.window.pools
    for name in ("audit_score", "volatility_bps"):
        pools.click(page.detail.lines[name].why)
    pools.run(market.enter(CORE + 1, "volatility_bps", 3_000))
    pools.run(market.count_audit_row(CORE + 1, "upgrade", 0))
    pools.window.open_page(POOLS)
    pools.settle()
    pools.click(page.refresh_button)
    pools.settle()
    pools.click(page.decide_button)
    pools.settle()
    assert shown.seen == []


def test_keys_alone_reach_a_derivation(pools: Driver) -> None:
    page = pools.window.pools
    page.list.table.setFocus()
    before = page.detail.title.text()
    pools.key(Qt.Key.Key_Down)
    assert page.detail.title.text() != before
    page.detail.lines["utilization_bps"].why.setFocus()
    pools.key(Qt.Key.Key_Space)
    assert page.derivation.isVisible()

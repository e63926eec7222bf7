"""The history by hand: found, noted, exported, looked at again, replaced, cancelled."""

import asyncio
import csv
import io
import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from obsqra_desktop.domain.chain_errors import NodeUnreachable
from obsqra_desktop.domain.journal import TxKind, TxRecord, TxState
from obsqra_desktop.ui.format import moment
from obsqra_desktop.ui.pages.history import HistoryPage
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.checklist import Mark
from obsqra_desktop.ui.window import DECIDE, HISTORY, SEND
from tests.services.model_chain import Fault
from tests.ui.conftest import Driver, Start
from tests.ui.wallet import Wallet
from tests.ui.wallet_scenes import history_filled, shown

FRIEND = 0xF00D
ONE = 10**18


def waiting(
    ui: Driver, wallet: Wallet, kind: TxKind = TxKind.TRANSFER
) -> tuple[HistoryPage, TxRecord]:
    """The history with one payment that no block has yet."""
    account = ui.run(wallet.account())
    wallet.ledger.holds = True
    record = ui.run(wallet.pay(account, ONE))
    if kind is not record.kind:
        record = record.model_copy(update={"kind": kind})
        wallet.services.sending._journal.update(record)
    shown(ui, HISTORY)
    return ui.window.history, record


def titles(page: HistoryPage) -> list[str]:
    return [one.title for one in page.records()]


def test_found_by_words_notes_and_state(wui: Driver, wallet: Wallet) -> None:
    history_filled(wui, wallet)
    page = wui.window.history
    assert len(titles(page)) == 6
    page.search.setText("rent september")
    wui.until(lambda: page.model.rowCount() == 1)
    assert titles(page) == ["Send 12.5 STRK to Ada on Practice chain"]
    page.search.setText("nobody was ever called that")
    wui.until(page.none.isVisible)
    assert not page.detail.isVisible()
    page.search.clear()
    wui.until(lambda: page.model.rowCount() == 6)
    for number, states in (
        (1, {TxState.RECEIVED}),
        (2, {TxState.ACCEPTED_L2}),
        (3, {TxState.REVERTED}),
    ):
        page.filter.setCurrentIndex(number)
        assert {one.state for one in page.records()} == states
        assert page.model.rowCount() == len(page.records())


def test_a_note_is_kept_and_can_be_found(wui: Driver, wallet: Wallet) -> None:
    page, record = waiting(wui, wallet)
    page.note_edit.setText("for the lamp")
    wui.click(page.save_note)
    assert wallet.services.history.find(record.id).label == "for the lamp"
    page.search.setText("lamp")
    wui.until(lambda: page.model.rowCount() == 1)
    page.note_edit.setText("x" * 201)
    wui.click(page.save_note)
    assert "at most 200" in page.detail_notice.words
    assert wallet.services.history.find(record.id).label == "for the lamp"


def test_what_is_shown_is_what_is_exported(wui: Driver, wallet: Wallet, tmp_path: Path) -> None:
    history_filled(wui, wallet)
    page = wui.window.history
    page.filter.setCurrentIndex(3)
    page.save("csv", tmp_path / "a.csv")
    page.save("json", tmp_path / "a.json")
    (row,) = csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text("utf-8")))
    (entry,) = json.loads((tmp_path / "a.json").read_text("utf-8"))["transactions"]
    assert (row["state"], row["amount"], row["token"]) == ("reverted", "1", "STRK")
    assert {key: "" if value is None else str(value) for key, value in entry.items()} == row
    page.save("csv", tmp_path / "no such folder" / "a.csv")
    assert page.notice.isVisible()


def replaced(
    ui: Driver, wallet: Wallet, first: TxRecord, button: Button
) -> tuple[HistoryPage, TxRecord]:
    """Something is sent in the place of a waiting one; it waits, too."""
    page = ui.window.history
    assert not page.really.isVisible()
    assert not page.way.isVisible()
    ui.click(button)
    ui.until(page.really.isVisible)
    assert wallet.ledger.sent == [first.signed.hash], "nothing is sent before the word"
    ui.click(page.really)
    ui.until(lambda: len(page.records()) == 2)
    (second,) = [one for one in page.records() if one.id != first.id]
    ui.until(lambda: page.follow.follows(second.id))
    ui.pause()
    assert second.replaces == first.id
    assert page._current is not None
    assert page._current.id == second.id, "what is under way now is shown"
    assert page.way.isVisible()
    assert page.way.received.mark is Mark.DONE
    assert page.way.executed.mark is Mark.RUNNING
    assert page.way.accepted.mark is Mark.WAITING, "nobody said so yet"
    return page, second


def test_paying_more_takes_its_place_and_is_followed(wui: Driver, wallet: Wallet) -> None:
    page, first = waiting(wui, wallet)
    wui.click(page.faster)
    wui.until(page.really.isVisible)
    assert page.really.text().startswith("Send it for more · 0.00")
    page.refresh()
    page, second = replaced(wui, wallet, first, page.faster)
    assert (second.title, second.kind) == (first.title, first.kind)
    del wallet.ledger.waiting[first.signed.hash]  # as a mempool does
    ended: list[None] = []
    page.settled.connect(lambda: ended.append(None))
    wallet.ledger.mine()
    wui.settle()  # nothing is clicked
    assert ended == [None]
    assert wallet.services.history.find(second.id).state is TxState.ACCEPTED_L2
    assert wallet.services.history.find(first.id).state is TxState.REPLACED
    assert wallet.ledger.balances[FRIEND] == ONE
    assert page.way.accepted.mark is Mark.DONE
    assert page.detail_notice.words.startswith("It is accepted on L2")
    assert not page.faster.isVisible()
    assert not page.follow.follows(second.id)
    page.open_record(first.id)
    wui.pause()
    assert not page.way.isVisible(), "these rows are of the other one"


def test_the_replacement_fails_where_the_first_one_was_taken(wui: Driver, wallet: Wallet) -> None:
    """A node that passes on what it should have dropped: the follower sees that it came too
    late, and does not wait for minutes."""
    page, first = waiting(wui, wallet)
    page, second = replaced(wui, wallet, first, page.cancel)
    del wallet.ledger.waiting[second.signed.hash]
    wallet.ledger.mine()
    wui.settle()
    assert wallet.services.history.find(first.id).state is TxState.ACCEPTED_L2
    assert wallet.services.history.find(second.id).state is TxState.REPLACED
    assert wallet.ledger.balances[FRIEND] == ONE
    assert page.detail_notice.words.startswith("It is replaced")


def test_it_is_followed_while_another_page_or_row_is_shown(wui: Driver, wallet: Wallet) -> None:
    page, first = waiting(wui, wallet)
    page, second = replaced(wui, wallet, first, page.cancel)
    page.open_record(first.id)
    wui.window.open_page(DECIDE)
    assert wui.window.open_ones.isVisible()
    del wallet.ledger.waiting[first.signed.hash]
    wallet.ledger.mine()
    wui.settle()
    assert wallet.services.history.find(second.id).state is TxState.ACCEPTED_L2
    assert not wui.window.open_ones.isVisible(), "the banner goes by itself"


def test_following_ends_with_the_window(wui: Driver, wallet: Wallet) -> None:
    page, first = waiting(wui, wallet)
    page, second = replaced(wui, wallet, first, page.cancel)
    assert wui.window.runner.running
    wui.window.close()
    wui.run(wui.window.runner.close())
    assert wui.window.runner.running == 0
    others = asyncio.all_tasks(wui.loop)
    assert others == set(), "no task goes on without its window"
    assert not wallet.services.history.find(second.id).settled, "a look at another time settles it"


def test_a_node_that_goes_away_is_said_and_the_rest_can_be_looked_at(
    wui: Driver, wallet: Wallet
) -> None:
    page, first = waiting(wui, wallet)
    page, second = replaced(wui, wallet, first, page.cancel)
    answer = wallet.chain.on_call

    def gone() -> None:
        raise NodeUnreachable("127.0.0.1:5050 does not answer.")

    wallet.chain.on_call = gone
    wui.until(lambda: not page.follow.follows(second.id))
    wallet.chain.on_call = answer
    wui.settle()
    assert "does not answer" in page.detail_notice.words
    assert page.look.isVisible()
    wallet.ledger.waiting.pop(first.signed.hash)
    wallet.ledger.mine()
    wui.click(page.look)
    wui.settle()
    assert wallet.services.history.find(second.id).state is TxState.ACCEPTED_L2


def test_a_lost_answer_to_a_replacement_is_in_the_list(wui: Driver, wallet: Wallet) -> None:
    page, _ = waiting(wui, wallet)
    wui.click(page.cancel)
    wui.until(page.really.isVisible)
    wallet.chain.fault = Fault.CUT
    wui.click(page.really)
    wui.settle()
    assert "cannot pay twice" in page.detail_notice.words
    assert not page.way.isVisible(), "no row knows whether a node has it"
    assert len(page.records()) == 2


def test_what_would_only_be_refused_is_not_offered_and_says_why(
    wui: Driver, wallet: Wallet
) -> None:
    page, first = waiting(wui, wallet)
    assert page.faster.isEnabled()
    assert page.cancel.isEnabled()
    assert page.faster.toolTip() == ""
    words = {"kind": TxKind.MIST_DEPOSIT}
    wallet.services.sending._journal.update(first.model_copy(update=words))
    page.refresh()
    wui.settle()
    assert page.faster.isVisible()
    assert not page.faster.isEnabled()
    assert "private deposit is not signed anew" in page.faster.toolTip()
    assert page.faster.accessibleDescription() == page.faster.toolTip()
    assert page.cancel.isEnabled(), "that is the way to a newer price"
    wallet.services.sending._journal.update(first.model_copy(update={"kind": TxKind.DECLARE}))
    page.refresh()
    wui.settle()
    assert not page.faster.isEnabled()
    assert not page.cancel.isEnabled()
    assert "declaration" in page.cancel.toolTip()


@pytest.mark.parametrize("kind", [TxKind.TRANSFER, TxKind.MIST_DEPOSIT, TxKind.MIST_SPEND])
def test_cancelled_and_followed(wui: Driver, wallet: Wallet, kind: TxKind) -> None:
    page, first = waiting(wui, wallet, kind)
    page, second = replaced(wui, wallet, first, page.cancel)
    assert (second.kind, second.spends) == (TxKind.CANCEL, ())
    del wallet.ledger.waiting[first.signed.hash]
    wallet.ledger.mine()
    wui.settle()
    assert wallet.services.history.find(second.id).state is TxState.ACCEPTED_L2
    assert wallet.services.history.find(first.id).state is TxState.REPLACED
    assert wallet.ledger.balances.get(FRIEND, 0) == 0
    assert page.detail_notice.words.startswith("It is accepted on L2")


def test_an_account_that_is_off_the_list_is_said_in_place(wui: Driver, wallet: Wallet) -> None:
    page, first = waiting(wui, wallet)
    accounts = wallet.services.accounts
    accounts.remove(accounts.find(first.account))
    wui.click(page.cancel)
    wui.until(page.detail_notice.isVisible)
    assert "No account is called" in page.detail_notice.words
    assert not wui.window.trouble.isVisible()
    assert wallet.ledger.sent == [first.signed.hash]


@pytest.mark.parametrize("resend", [False, True])
def test_a_lost_answer_is_settled_from_here(wui: Driver, wallet: Wallet, resend: bool) -> None:
    account = wui.run(wallet.account())
    wallet.chain.fault = Fault.LOST if resend else Fault.CUT
    with pytest.raises(Exception, match="cannot pay twice"):
        wui.run(wallet.pay(account, ONE))
    shown(wui, HISTORY)
    page = wui.window.history
    moved: list[None] = []
    page.moved.connect(lambda: moved.append(None))
    wui.click(page.resend if resend else page.look)
    wui.settle()  # what is sent again is followed: nothing else is asked for
    assert moved
    wui.window.open_page(DECIDE)
    assert not wui.window.open_ones.isVisible(), "the banner goes by itself"
    assert page.detail_notice.words.startswith("It is accepted on L2")
    assert wallet.ledger.balances[FRIEND] == ONE


def test_what_is_unsettled_is_said_when_the_window_opens(start: Start, wallet: Wallet) -> None:
    import asyncio

    loop = asyncio.get_event_loop()
    account = loop.run_until_complete(wallet.account())
    wallet.ledger.holds = True
    record = loop.run_until_complete(wallet.pay(account, ONE))
    ui = start(wallet.services)
    window = ui.window
    assert window.current == DECIDE
    assert window.open_ones.isVisible()
    assert window.open_ones.words.startswith("A transaction is not settled yet")
    window.open_page(SEND)
    assert not window.open_ones.isVisible(), "that page says so itself"
    window.open_page(DECIDE)
    ui.click(window.follow_button)
    assert window.current == HISTORY
    assert window.history.facts.isVisible()
    wallet.ledger.mine()
    ui.click(window.history.look)
    ui.until(lambda: wallet.services.history.find(record.id).settled)
    window.open_page(DECIDE)
    assert not window.open_ones.isVisible()


def test_the_title_of_the_window_names_the_network(wui: Driver, wallet: Wallet) -> None:
    assert wui.window.windowTitle() == "Obsqra · Practice chain"
    assert wui.window.practice_bar.isVisible()
    wallet.services.networks.select("sepolia")
    wui.window.refresh_status()
    assert wui.window.windowTitle() == "Obsqra · Starknet Sepolia"
    assert not wui.window.practice_bar.isVisible()


def test_when_it_was_made_is_this_computers_time_and_the_chains_stands_apart(
    wui: Driver, wallet: Wallet
) -> None:
    account = wui.run(wallet.account())
    record = wui.run(wallet.pay(account, 1))
    assert record.made_at is not None
    assert record.made_at != record.created_at
    wui.window.open_page(HISTORY)
    wui.settle()
    page = wui.window.history
    page.open_record(record.id)
    wui.settle()
    assert page.table.model().index(0, 0).data() == moment(record.made_at)
    texts = [one.text() for one in page.facts.findChildren(QLabel)]
    facts = dict(zip(texts[::2], texts[1::2], strict=True))
    assert facts["Made here"] == moment(record.made_at)
    assert facts["Chain’s time"] == moment(record.created_at)
    assert facts["Network"] == "Practice chain", "people know no ids"
    older = record.model_copy(update={"made_at": None})
    assert older.shown_at == record.created_at

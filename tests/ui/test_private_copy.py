"""The copy of the notes beside a backup, in the window: asked for, told, turned off."""

from dataclasses import replace
from pathlib import Path

import pytest

from obsqra_desktop.domain.mist.copy import NO_COPY, CopyKind
from obsqra_desktop.services.mist.backup import CopyUse
from obsqra_desktop.ui.widgets.base import IconLine
from obsqra_desktop.ui.widgets.private.copy import CopyView
from obsqra_desktop.ui.window import DECIDE, PRIVATE
from tests.ui import private as by_hand
from tests.ui.conftest import Driver
from tests.ui.private import COPY, WORDS
from tests.ui.wallet import NOW, Wallet


def actions_of(ui: Driver, what: str) -> list[tuple[object, ...]]:
    return [one for one in by_hand.hand(ui).asked if one[0] == what]


def lines(copy: CopyView) -> list[str]:
    return [one.text.text() for one in copy.findChildren(IconLine)]


def test_a_box_beside_the_backup_is_ticked_and_says_what_it_does(
    pui: Driver, wallet: Wallet, tmp_path: Path
) -> None:
    by_hand.private_backup(pui, wallet)
    page = pui.window.private
    choice = page.view.files.choice
    assert choice.isVisible()
    assert choice.box.isChecked()
    said = choice.box.accessibleDescription()
    for words in (".notes", "after each step", "its folder", "synchronised", "learns when"):
        assert words in said.lower()
    pui.click(choice.box)
    page.desk.back_up(tmp_path / "backup.json", WORDS)
    pui.settle()
    assert actions_of(pui, "back_up") == [("back_up", tmp_path / "backup.json", WORDS, False)]


def test_the_file_of_a_note_has_no_such_box(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_notes(pui, wallet)
    files = pui.window.private.view.files
    pui.window.private.desk.ask_export("0" * 12)
    assert files.new.isVisible()
    assert not files.choice.isVisible()


def test_without_a_backup_nothing_is_said_of_a_copy(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_notes(pui, wallet)
    assert not pui.window.private.view.files.copy.isVisible()


def test_a_copy_that_has_everything_makes_the_page_quiet(pui: Driver, wallet: Wallet) -> None:
    by_hand.with_copy(pui, wallet, COPY)
    view = pui.window.private.view
    assert not view.back_up.isVisible()
    assert view.files.state.text().endswith("3 notes since then: in the copy.")
    said = lines(view.files.copy)
    assert any("has everything, as of" in one for one in said)
    assert not any("disk" in one for one in said)
    assert not view.files.copy.notice.isVisible()


def test_one_on_the_same_disk_says_what_it_is_good_for(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_copied(pui, wallet)
    view = pui.window.private.view
    assert not view.back_up.isVisible()
    (disk,) = [one for one in lines(view.files.copy) if "disk" in one]
    assert "helps if the folder is lost, not if the disk is" in disk


def test_one_in_a_drawer_is_told_and_not_urgent(pui: Driver, wallet: Wallet) -> None:
    by_hand.with_copy(pui, wallet, replace(COPY, there=False))
    view = pui.window.private.view
    assert not view.back_up.isVisible()
    assert any("cannot be reached now" in one for one in lines(view.files.copy))


def test_one_that_is_behind_is_told_and_the_backup_is_asked_for(
    pui: Driver, wallet: Wallet
) -> None:
    by_hand.private_copy_behind(pui, wallet)
    page = pui.window.private
    view = page.view
    assert view.back_up.isVisible()
    assert "The copy beside the backup is behind." in view.back_up.words
    assert "not where it was saved" in view.files.copy.notice.words
    assert "Last written" in view.files.copy.notice.words
    by_hand.hand(pui).copy = COPY  # its disk is back
    pui.click(view.files.copy.again_button)
    pui.settle()
    assert not view.back_up.isVisible()
    assert not view.files.copy.notice.isVisible()
    assert page.copy == COPY


def test_a_disk_that_is_back_is_noticed_by_itself(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_copy_behind(pui, wallet)
    page = pui.window.private
    copy = page.view.files.copy
    assert copy.timer.isActive()
    copy.timer.timeout.emit()
    pui.settle()
    assert copy.timer.isActive(), "it is not there yet"
    by_hand.hand(pui).copy = COPY
    copy.timer.timeout.emit()
    pui.settle()
    assert page.copy == COPY
    assert not copy.timer.isActive()
    assert not page.view.back_up.isVisible()


def test_nothing_is_watched_out_of_sight(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_copy_behind(pui, wallet)
    copy = pui.window.private.view.files.copy
    pui.window.open_page(DECIDE)
    pui.settle()
    assert not copy.timer.isActive()
    pui.window.open_page(PRIVATE)
    pui.settle()
    assert copy.timer.isActive()


def test_it_is_turned_off_and_on(pui: Driver, wallet: Wallet) -> None:
    by_hand.with_copy(pui, wallet, COPY)
    view = pui.window.private.view
    pui.click(view.files.copy.off_button)
    pui.settle()
    assert view.back_up.isVisible(), "what it had is in no backup"
    assert any("No copy of the notes is kept" in one for one in lines(view.files.copy))
    pui.click(view.files.copy.on_button)
    pui.settle()
    assert not view.back_up.isVisible()
    assert actions_of(pui, "keep_copy") == [("keep_copy", False), ("keep_copy", True)]


def test_a_step_that_changes_the_book_asks_how_the_copy_stands(pui: Driver, wallet: Wallet) -> None:
    by_hand.with_copy(pui, wallet, COPY)
    page = pui.window.private
    by_hand.hand(pui).copy = replace(COPY, kind=CopyKind.BEHIND, trouble="The disk is full.")
    page.show_book(page.book)
    pui.settle()
    assert "The disk is full." in page.view.files.copy.notice.words
    assert page.view.back_up.isVisible()


def test_notes_that_only_the_copy_has_are_told(pui: Driver, wallet: Wallet) -> None:
    by_hand.with_copy(pui, wallet, replace(COPY, others=2))
    said = lines(pui.window.private.view.files.copy)
    assert any("2 notes that are not here" in one for one in said)


@pytest.mark.parametrize(
    ("use", "kind", "words"),
    [
        (CopyUse(True, NOW, 3), "good", "3 notes that the backup lacks"),
        (CopyUse(False), "good", "No copy of the notes lay beside it"),
        (CopyUse(False, trouble="It is damaged."), "warn", "not used. It is damaged."),
    ],
)
def test_a_restore_says_what_came_of_it(
    pui: Driver, wallet: Wallet, use: CopyUse, kind: str, words: str
) -> None:
    by_hand.private_notes(pui, wallet)
    by_hand.hand(pui).use = use
    page = pui.window.private
    page.desk.restore(Path("old.json"), WORDS)
    pui.settle()
    assert words in page.view.files.notice.words
    assert page.view.files.notice.property("kind") == kind


def test_no_copy_is_the_state_before_all(pui: Driver, wallet: Wallet) -> None:
    by_hand.private_first(pui, wallet)
    assert pui.window.private.copy == NO_COPY

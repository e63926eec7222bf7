"""Decisions, bundle check, settings, and what the window says about itself."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QPalette
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from obsqra_desktop.app import build_services
from obsqra_desktop.domain.audit import BundleReport, SignerKnown
from obsqra_desktop.domain.errors import StorageError
from obsqra_desktop.domain.record import DamagedEntry, DecisionRecord, Listing
from obsqra_desktop.domain.settings import Settings
from obsqra_desktop.domain.settings import Theme as ThemeSetting
from obsqra_desktop.flows.decide import Work
from obsqra_desktop.ui.models.decisions import DecisionsModel
from obsqra_desktop.ui.rail import keys_of
from obsqra_desktop.ui.state import UiState
from obsqra_desktop.ui.theme import theme, token_sets
from obsqra_desktop.ui.window import DECIDE, DECISIONS, SETTINGS, VERIFY
from tests.ui.conftest import Driver, Start, with_prover
from tests.ui.fakes import GatedProver, MissingProver

CTRL = Qt.KeyboardModifier.ControlModifier


def decided(ui: Driver) -> DecisionRecord:
    decide = ui.window.decide
    ui.click(decide.next_button)
    ui.click(decide.next_button)
    ui.until(lambda: decide.flow.progress.work is Work.DONE)
    ui.settle()
    assert decide.flow.progress.record is not None
    return decide.flow.progress.record


def open_decisions(ui: Driver) -> None:
    ui.click(ui.window.rail.buttons[DECISIONS])
    ui.settle()


def test_no_decisions_yet(ui: Driver) -> None:
    open_decisions(ui)
    page = ui.window.decisions
    assert page.stack.currentWidget() is page.empty
    ui.click(page.empty.button)
    assert ui.window.current == DECIDE


def test_a_decision_is_listed_verified_again_and_exported(ui: Driver, tmp_path: Path) -> None:
    record = decided(ui)
    open_decisions(ui)
    page = ui.window.decisions
    assert page.count.text() == "1 kept here"
    texts = [page.model.index(0, column).data() for column in range(5)]
    assert texts[1:] == ["rebalance", "JediSwap · Ekubo", "verified here", record.id[:12]]
    ui.click(page.detail.reverify_button)
    ui.settle()
    assert page.detail.notice.words == "Verified again by the native verifier"
    ui.click(page.detail.save_button)
    page.dialog.close()
    page.save_bundle(record.id, tmp_path / "x.oab.zip")
    ui.settle()
    assert (tmp_path / "x.oab.zip").exists()
    assert page.model.index(0, DecisionsModel.STATUS).data() == "verified here, exported"


def test_the_owner_sees_the_policy_on_demand(ui: Driver) -> None:
    decided(ui)
    open_decisions(ui)
    detail = ui.window.decisions.detail
    assert not detail.policy.isVisible()
    ui.click(detail.policy_button)
    ui.settle()
    assert detail.policy.isVisible()
    assert detail.policy_button.text() == "Hide your policy"
    ui.click(detail.policy_button)
    assert not detail.policy.isVisible()


def test_a_changed_proof_is_found(ui: Driver) -> None:
    record = decided(ui)
    (path,) = (ui.services.data_dir / "proofs").glob("*/*/proof.bin")
    changed = bytearray(path.read_bytes())
    changed[100] ^= 1
    path.chmod(0o600)
    path.write_bytes(changed)
    open_decisions(ui)
    page = ui.window.decisions
    if page.detail.record is not None:
        ui.click(page.detail.reverify_button)
        ui.settle()
    assert page.detail.notice.isVisible()
    assert page.detail.notice.property("kind") == "bad"
    assert record.id


def test_damaged_entries_are_shown(ui: Driver) -> None:
    decided(ui)
    (path,) = (ui.services.data_dir / "proofs").glob("*/*/record.json")
    path.chmod(0o600)
    path.write_text("{")
    open_decisions(ui)
    page = ui.window.decisions
    assert page.count.text() == "0 kept here, 1 damaged"
    assert page.model.index(0, DecisionsModel.STATUS).data() == "damaged"
    assert page.detail.notice.isVisible()
    assert not page.detail.bundle.isVisible()
    assert page.detail.status.text == "damaged"


def test_model_keeps_qts_rules(qapp: QApplication) -> None:
    model = DecisionsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.show_listing(Listing(records=(), damaged=(DamagedEntry("x", "no record"),)))
    assert model.rowCount() == 1
    assert model.row_of("none") == -1
    assert model.data(model.index(0, 4)) == "x"
    model.show_listing(Listing(records=(), damaged=()))
    assert tester.model() is model


def test_a_file_that_is_no_bundle(ui: Driver, tmp_path: Path) -> None:
    ui.key(Qt.Key.Key_4, CTRL)
    assert ui.window.current == VERIFY
    ui.click(ui.window.verify.drop.button)
    ui.window.verify.dialog.close()
    bad = tmp_path / "bad.oab.zip"
    bad.write_bytes(b"not a zip")
    ui.window.verify.verify(bad)
    ui.settle()
    assert ui.window.verify.notice.property("kind") == "bad"
    ui.window.verify.verify(tmp_path / "absent.oab.zip")
    ui.settle()
    assert "absent.oab.zip" in ui.window.verify.notice.words
    assert ui.window.verify.drop.button.isEnabled()


def test_a_changed_bundle_is_invalid_and_can_be_dropped(ui: Driver, tmp_path: Path) -> None:
    record = decided(ui)
    target = tmp_path / "x.oab.zip"
    ui.window.decide.save_bundle(target)
    ui.settle()
    changed = bytearray(target.read_bytes())
    changed[len(changed) // 2] ^= 1
    target.write_bytes(changed)
    ui.window.open_page(VERIFY)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(target))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    ui.window.verify.drop.dropEvent(drop)
    ui.settle()
    assert ui.window.verify.notice.words.startswith("Invalid:")
    assert record.id


def test_the_signer_is_known_only_by_a_key_that_one_brings(ui: Driver, tmp_path: Path) -> None:
    decided(ui)
    target = tmp_path / "x.oab.zip"
    ui.window.decide.save_bundle(target)
    ui.settle()
    ui.window.open_page(VERIFY)
    page = ui.window.verify
    page.verify(target)
    ui.settle()
    assert "Signer unknown" in page.notice.words
    assert "not the one that this program ships" not in page.notice.words
    for text, words in (
        (ui.services.signer.public_key().hex(), "Signed with the key that you gave"),
        ("00" * 32, "NOT signed with the key that you gave"),
    ):
        page.key_edit.setText(text)
        ui.click(page.key_button)
        ui.settle()
        assert words in page.notice.words
    page.key_edit.setText("no key")
    ui.click(page.key_button)
    ui.settle()
    assert page.key_note.isVisible()
    assert page.key_edit.property("state") == "bad"


def test_theme_switches_at_once_and_is_kept(ui: Driver) -> None:
    ui.key(Qt.Key.Key_Comma, CTRL)
    assert ui.window.current == SETTINGS
    themes = ui.window.settings.themes
    for number, mode in ((2, "dark"), (1, "light")):
        ui.click(themes.button(number))
        color = QGuiApplication.palette().color(QPalette.ColorRole.Window).name().upper()
        assert color == token_sets()[mode].background
        assert theme().dark is (mode == "dark")
        assert ui.services.settings.load().theme is ThemeSetting(mode)


def test_hide_amounts_agrees_everywhere(ui: Driver) -> None:
    ui.key(Qt.Key.Key_H, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert ui.window.settings.hide_toggle.isChecked()
    assert ui.window.strip.hide_button.text() == "Show amounts"
    ui.window.open_page(SETTINGS)
    ui.click(ui.window.settings.hide_toggle)
    assert ui.window.strip.hide_button.text() == "Hide amounts"


class BrokenSettings:
    """Cannot keep anything."""

    def load(self) -> Settings:
        return Settings()

    def save(self, settings: Settings) -> None:
        raise StorageError("The disk is full.", hint="Free some space.")


def test_a_setting_that_cannot_be_kept_is_in_force_and_says_so(ui: Driver) -> None:
    state = UiState(BrokenSettings(), Settings())
    state.not_kept.connect(ui.window._on_not_kept)
    state.update(hide_amounts=True)
    assert state.hide_amounts
    assert "The disk is full." in ui.window.settings.notice.words


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_strip_explains_itself(ui: Driver) -> None:
    strip = ui.window.strip
    ui.settle()
    facts = ("network", "node", "route", "proofs", "keys")
    assert [strip.text_of(key) for key in facts] == [
        "Practice chain", "Node: down", "This computer", "Proofs made here",
        "No account keys yet",
    ]  # fmt: skip
    for key in facts:
        strip.on_fact_clicked(key)
        popup = QApplication.activePopupWidget()
        assert popup is not None
        assert popup.accessibleDescription()
        popup.close()
    ui.settle()


def test_without_a_prover_the_window_opens_and_says_so(start: Start, data_dir: Path) -> None:
    ui = start(with_prover(build_services(data_dir), MissingProver()))
    assert ui.window.strip.text_of("proofs") == "No prover"
    assert ui.window.parameters is None


def test_an_unexpected_error_shows_in_the_window(ui: Driver) -> None:
    async def broken() -> None:
        raise RuntimeError("nobody foresaw this")

    ui.window.runner.run(broken(), done=lambda _: None, failed=lambda _: None)
    ui.settle()
    assert isinstance(ui.unexpected.pop(), RuntimeError)
    assert ui.window.trouble.isVisible()
    assert "RuntimeError" in ui.window.trouble.words
    ui.click(ui.window.copy_button)
    assert "nobody foresaw this" in QGuiApplication.clipboard().text()
    ui.click(ui.window.dismiss_button)
    assert not ui.window.trouble.isVisible()


def test_closing_while_proving_stops_the_work(gated: Driver, prover: GatedProver) -> None:
    gated.click(gated.window.decide.next_button)
    gated.click(gated.window.decide.next_button)
    assert gated.window.runner.running == 1
    gated.loop.run_until_complete(gated.window.runner.close())
    assert gated.window.runner.running == 0


@pytest.mark.parametrize("number", range(4))
def test_shortcuts_and_rail_open_pages(mui: Driver, number: int) -> None:
    mui.key(Qt.Key(Qt.Key.Key_1.value + number), CTRL)
    assert mui.window.current == number
    assert mui.window.rail.buttons[number].isChecked()
    mui.click(mui.window.rail.buttons[(number + 1) % 4])
    assert mui.window.current == (number + 1) % 4
    mui.settle()


def test_the_keyboard_never_falls_onto_the_rail(mui: Driver) -> None:
    """What is hidden or busy gives it to its page; Tab and a click still reach the rail."""
    window = mui.window
    for number in range(len(window.rail.buttons)):
        window.strip.setFocus()  # somewhere outside of the pages
        keys = keys_of(number, len(window.rail.buttons)).split("+")
        digit = keys[-1].replace(",", "Comma")
        shift = Qt.KeyboardModifier.ShiftModifier if "Shift" in keys else Qt.KeyboardModifier(0)
        mui.key(getattr(Qt.Key, f"Key_{digit}"), CTRL | shift)
        mui.settle()
        here = window.focusWidget()
        assert window.current == number
        assert here is not None
        assert here is window.page(number) or window.page(number).isAncestorOf(here), number
    button = window.practice_bar.start
    for goes in (lambda: button.hide(), lambda: button.set_busy("Starting…")):
        button.set_busy(None)
        button.show()
        button.setFocus()
        mui.act(goes)
        mui.pause()
        here = window.focusWidget()
        assert here is not None
        assert not window.rail.isAncestorOf(here)
    mui.click(window.rail.buttons[1])
    assert window.focusWidget() is window.rail.buttons[1], "a click may"


def test_hashes_can_be_copied(ui: Driver) -> None:
    record = decided(ui)
    prints = ui.window.decide.do.prints
    prints.statement.copy_button.click()
    assert QGuiApplication.clipboard().text() == record.statement_digest


def test_a_foreign_verifier_inside_is_named(ui: Driver) -> None:
    page = ui.window.verify
    report = BundleReport(
        checks=(),
        signer=SignerKnown.UNKNOWN,
        key_id=None,
        level=None,
        decision_id=None,
        own_checker=False,
    )
    page.show_report("x.oab.zip", report)
    assert "not the one that this program ships" in page.notice.words

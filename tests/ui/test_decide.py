"""The guided decision by clicks and keys."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from obsqra_desktop.domain.proof import ProofPhase
from obsqra_desktop.domain.record import Disclosure, Status
from obsqra_desktop.flows.decide import Step, Work
from obsqra_desktop.storage import lock
from obsqra_desktop.storage.lock import FolderLock
from obsqra_desktop.ui.pages.choose import OWN, ChooseView
from obsqra_desktop.ui.widgets.checklist import Mark
from obsqra_desktop.ui.window import DECISIONS, VERIFY
from tests.ui.conftest import Driver
from tests.ui.fakes import GatedProver

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def prove(ui: Driver) -> None:
    decide = ui.window.decide
    ui.click(decide.next_button)
    ui.click(decide.next_button)
    ui.until(lambda: decide.flow.progress.work is not Work.PROVING)
    ui.settle()


def test_opens_on_the_sample_with_its_consequences(ui: Driver) -> None:
    choose = ui.window.decide.choose
    assert choose.consequences.verdict.text == "2 of 2 pools pass your limits"
    assert "40.00" in choose.consequences.words
    assert "60.00" in choose.consequences.words
    assert choose.origin_chip.text == "assumed, not measured"
    assert not choose.editor.isVisible()


def test_three_steps_end_in_a_saved_bundle(ui: Driver, tmp_path: Path) -> None:
    decide = ui.window.decide
    ui.click(decide.next_button)
    assert decide.flow.step is Step.CHECK
    assert [row.accessibleName() for row in decide.check.scores.rows] == [
        f"{venue}  ETH / USDC (sample): risk {score} of 100 by rule obsqra-v1.2, medium; "
        f"the model says {word}"
        for venue, score, word in (("JediSwap", 44, "rebalance"), ("Ekubo", 34, "hold"))
    ]
    assert decide.check.allocation.isVisible()
    assert not decide.check.infeasible.isVisible()
    ui.click(decide.next_button)
    ui.until(lambda: decide.flow.progress.work is Work.DONE)
    ui.settle()
    assert all(row.mark is Mark.DONE for row in decide.do.work.rows)
    assert decide.do.work.verify.note == "accepted by the native verifier"
    assert any("does not show" in words for words in decide.do.shows.sentences)
    ui.click(decide.do.bundle.radios[Disclosure.AUDITOR])
    assert decide.next_button.text() == "Save auditor bundle…"
    ui.click(decide.next_button)
    decide.dialog.close()
    target = tmp_path / "kept.oab.zip"
    decide.save_bundle(target)
    ui.settle()
    assert target.stat().st_size > 10_000
    assert decide.do.bundle.outcome.words.startswith("Saved as kept.oab.zip")
    assert ui.window.toast.words == "Saved as kept.oab.zip"
    ui.click(ui.window.rail.buttons[VERIFY])
    ui.window.verify.verify(target)
    ui.settle()
    assert ui.window.verify.notice.words.startswith("Valid: all")
    assert ui.window.verify.lines


def test_keyboard_alone_leads_to_a_proof(ui: Driver) -> None:
    decide = ui.window.decide
    ui.key(Qt.Key.Key_A, ALT)
    ui.until(decide.choose.cards[2].isChecked)
    assert decide.flow.choice.policy is not None
    assert decide.flow.choice.policy.name == "Aggressive"
    ui.key(Qt.Key.Key_Return, CTRL)
    assert decide.flow.step is Step.CHECK
    ui.key(Qt.Key.Key_Escape)
    assert decide.flow.step is Step.CHOOSE
    ui.key(Qt.Key.Key_Return, CTRL)
    ui.key(Qt.Key.Key_Return, CTRL)
    ui.until(lambda: decide.flow.progress.work is Work.DONE)
    record = decide.flow.progress.record
    assert record is not None
    assert [note.allocation_bps for note in record.allocation] == [3533, 6467]
    ui.key(Qt.Key.Key_3, CTRL)
    ui.settle()
    assert ui.window.current == DECISIONS
    assert ui.window.decisions.detail.record == record


def test_arrow_keys_move_between_the_cards(ui: Driver) -> None:
    cards = ui.window.decide.choose.cards
    cards[1].setFocus()
    ui.key(Qt.Key.Key_Right)
    assert cards[2].isChecked()
    ui.key(Qt.Key.Key_Right)
    assert cards[3].isChecked()
    assert ui.window.decide.choose.editor.isVisible()


def test_editor_shows_consequences_live(ui: Driver) -> None:
    choose = ui.window.decide.choose
    ui.click(choose.cards[3])
    editor = choose.editor
    assert editor.cap.value == 6000  # starts from the preset that was chosen before
    editor.cap.slider.setFocus()
    for _ in range(5):
        ui.key(Qt.Key.Key_Right)
    assert editor.cap.number.value() == 65
    assert "64.67" in choose.consequences.words
    editor.cap.number.setFocus()
    editor.cap.number.selectAll()
    QTest.keyClicks(editor.cap.number, "40.5")
    assert editor.cap.value == 4050
    assert "Kept idle 19.00" in choose.consequences.words
    assert choose.rows.outcomes[0].text.startswith("passes your limits")
    editor.risk.number.selectAll()
    QTest.keyClicks(editor.risk.number, "40")
    assert choose.rows.outcomes[0].text == "left out: risk 44 is above your limit 40"
    assert choose.consequences.verdict.text == "no allocation possible"
    editor.pools.set_value(1)
    editor.pools.changed.emit(1)
    assert "Kept idle 59.50" in choose.consequences.words


def test_every_field_of_the_editor_reaches_the_policy(ui: Driver) -> None:
    choose = ui.window.decide.choose
    ui.click(choose.cards[3])
    editor = choose.editor
    for edit, value in (
        (editor.cap, 70),
        (editor.pools, 1),
        (editor.risk, 90),
        (editor.swings, 80),
    ):
        edit.slider.setValue(value)
    ui.click(editor.least_depth.button(2))
    ui.click(editor.flagged)
    ui.click(editor.only)
    snapshot = ui.window.decide.flow.choice.snapshot
    assert snapshot is not None
    ui.until(lambda: editor.tick(snapshot.pools[0].id).isVisible())
    ui.click(editor.tick(snapshot.pools[0].id))
    policy = ui.window.decide.flow.choice.policy
    assert policy is not None
    assert policy.model_dump(exclude={"name", "schema_id"}) == {
        "max_allocation_bps": 7000,
        "min_pools": 1,
        "max_risk_score": 90,
        "max_volatility_bps": 8000,
        "min_liquidity_tier": 2,
        "exclude_flagged": True,
        "allowlist": (snapshot.pools[1].id,),
    }
    assert "not on your allowlist" in choose.rows.outcomes[0].text


def test_infeasible_is_answered_in_place_with_a_way_out(ui: Driver) -> None:
    decide = ui.window.decide
    ui.click(decide.choose.cards[0])
    ui.click(decide.next_button)
    assert decide.check.infeasible.isVisible()
    assert not decide.check.allocation.isVisible()
    assert "your policy wants 2" in decide.check.infeasible.notice.words
    assert not decide.next_button.isEnabled()
    ui.click(decide.check.infeasible.own_button)
    assert decide.flow.step is Step.CHOOSE
    assert decide.choose.cards[3].isChecked()
    assert decide.choose.editor.risk.value == 40


def test_phases_show_as_they_happen(gated: Driver, prover: GatedProver) -> None:
    decide = gated.window.decide
    gated.click(decide.next_button)
    gated.click(decide.next_button)
    rows = decide.do.work.rows
    assert rows[0].mark is Mark.RUNNING
    assert not decide.next_button.isVisible()
    assert not decide.back_button.isVisible()
    prover.gates[ProofPhase.TRACE].set()
    gated.until(lambda: rows[0].mark is Mark.DONE)
    assert rows[0].right == "12\u202fms"
    assert [row.mark for row in rows[1:]] == [Mark.RUNNING, *[Mark.WAITING] * 4]
    prover.open_gates()
    gated.until(lambda: decide.flow.progress.work is Work.DONE)
    assert all(row.mark is Mark.DONE for row in rows)


@pytest.mark.parametrize("by_key", [True, False])
def test_cancel_stops_between_phases(gated: Driver, prover: GatedProver, by_key: bool) -> None:
    decide = gated.window.decide
    gated.click(decide.next_button)
    gated.click(decide.next_button)
    prover.gates[ProofPhase.TRACE].set()
    gated.until(lambda: decide.do.work.rows[0].mark is Mark.DONE)
    if by_key:
        gated.key(Qt.Key.Key_Escape)
    else:
        gated.click(decide.cancel_button)
    gated.until(lambda: decide.flow.progress.work is Work.FAILED)
    assert decide.do.notice.words.startswith("Stopped, as you asked")
    assert decide.do.work.rows[1].mark is Mark.STOPPED
    assert decide.next_button.text() == "Try again"
    prover.open_gates()
    gated.click(decide.next_button)
    gated.until(lambda: decide.flow.progress.work is Work.DONE)
    assert not decide.do.notice.isVisible()


def test_a_failed_proof_says_so_in_place(gated: Driver, prover: GatedProver) -> None:
    prover.fails = True
    prover.open_gates()
    prove(gated)
    do = gated.window.decide.do
    assert do.notice.words.startswith("The proof could not be made")
    assert do.work.rows[1].mark is Mark.FAILED
    assert not do.bundle.isVisible()


def test_a_rejected_proof_is_never_called_verified(gated: Driver, prover: GatedProver) -> None:
    prover.rejects = True
    prover.open_gates()
    prove(gated)
    decide = gated.window.decide
    assert decide.flow.progress.record is not None
    assert decide.flow.progress.record.status is Status.FAILED
    assert decide.do.work.verify.mark is Mark.FAILED
    assert decide.do.notice.words.startswith("The proof was rejected")
    assert not decide.do.shows.isVisible()


def test_a_folder_in_use_is_told_in_place_and_can_be_tried_again(
    ui: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide = ui.window.decide
    with FolderLock(ui.services.data_dir / "lock").held(), monkeypatch.context() as hurried:
        hurried.setattr(lock, "PATIENCE", 0.0)
        prove(ui)
        assert decide.do.notice.words.startswith("The folder is in use")
        assert "Nothing was sent." in decide.do.notice.words
    ui.click(decide.next_button)
    ui.until(lambda: decide.flow.progress.work is Work.DONE)


def test_a_new_decision_starts_from_the_same_choice(gated: Driver, prover: GatedProver) -> None:
    prover.open_gates()
    prove(gated)
    decide = gated.window.decide
    gated.click(decide.again_button)
    assert decide.flow.step is Step.CHOOSE
    assert decide.choose.cards[1].isChecked()
    assert decide.next_button.text() == "Check the numbers"


def test_a_bundle_that_cannot_be_saved(gated: Driver, prover: GatedProver, tmp_path: Path) -> None:
    prover.open_gates()
    prove(gated)
    decide = gated.window.decide
    decide.save_bundle(tmp_path / "no such folder" / "x.oab.zip")
    gated.settle()
    assert decide.do.bundle.outcome.isVisible()
    assert decide.do.bundle.outcome.property("kind") == "bad"
    assert decide.next_button.isEnabled()


def test_snapshot_files_good_and_bad(ui: Driver, tmp_path: Path) -> None:
    choose = ui.window.decide.choose
    ui.click(choose.sources.button(1))
    choose.dialog.close()
    assert choose.sources.button(0).isChecked()
    bad = tmp_path / "bad.json"
    bad.write_text("{")
    choose.open_snapshot(bad)
    assert choose.file_error.words.startswith("bad.json cannot be used")
    assert "Nothing was changed." in choose.file_error.words
    assert choose.consequences.verdict.text == "2 of 2 pools pass your limits"
    good = tmp_path / "one.json"
    document = json.loads(choose.snapshot.canonical())  # type: ignore[union-attr]
    document.update(chain="SN_SEPOLIA", block_number=1204, block_timestamp=1_760_000_000)
    del document["pools"][0]
    for source in document["pools"][0]["sources"].values():
        source["kind"] = "measured"
    good.write_text(json.dumps(document))
    choose.open_snapshot(good)
    assert not choose.file_error.isVisible()
    assert choose.file_label.text() == "one.json"
    assert choose.origin_chip.text.startswith("measured at block 1\u202f204")
    ui.click(choose.sources.button(0))
    assert choose.origin_chip.text == "assumed, not measured"


def test_amount_is_shown_hidden_and_checked(ui: Driver) -> None:
    decide = ui.window.decide
    edit = decide.choose.amount_edit
    QTest.keyClicks(edit, "lots")
    assert edit.property("state") == "bad"
    assert decide.choose.amount is None
    edit.clear()
    QTest.keyClicks(edit, "2 500 USDC")
    assert edit.property("state") == ""
    ui.click(decide.next_button)
    assert decide.choose.amount is not None
    assert decide.choose.amount.share(6000) == "1\u202f500.00"
    texts = [w.text() for w in decide.check.allocation.findChildren(type(decide.heading))]
    assert "1\u202f500.00" in texts
    ui.click(ui.window.strip.hide_button)
    ui.settle()
    texts = [
        w.text()
        for w in decide.check.allocation.findChildren(type(decide.heading))
        if w.isVisible()
    ]
    assert "1\u202f500.00" not in texts
    assert "•••••" in texts
    assert ui.services.settings.load().hide_amounts


def test_the_last_preset_is_remembered(ui: Driver) -> None:
    ui.click(ui.window.decide.choose.cards[2])
    ui.click(ui.window.decide.next_button)
    assert ui.services.settings.load().last_policy == "aggressive"


def test_limits_of_ones_own_come_back_with_the_window(ui: Driver) -> None:
    choose = ui.window.decide.choose
    ui.click(choose.cards[OWN])
    choose.editor.risk.set_value(23)
    choose.tell()
    ui.click(ui.window.decide.next_button)
    kept = ui.services.settings.load()
    again = ChooseView(ui.services, kept.last_policy, kept.own_policy)
    assert again.cards[OWN].isChecked()
    assert again.policy().max_risk_score == 23
    assert again.editor.isVisibleTo(again)
    again.deleteLater()

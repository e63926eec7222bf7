"""Verify by a contract, putting it there, and facts of a registry: what the window does."""

import pytest
from PySide6.QtCore import Qt

from obsqra_desktop.domain.chain_errors import NodeUnreachable
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.two_verdicts import CheckStep, TwoVerdicts
from obsqra_desktop.ui.widgets.checklist import Mark
from obsqra_desktop.ui.window import ACCOUNT, CONTRACTS, DECIDE, DECISIONS, VERIFY
from tests.services.model_chain import Fault
from tests.ui import contracts as by_hand
from tests.ui.conftest import Driver
from tests.ui.contracts import checks, decided, fact_report, facts
from tests.ui.wallet import Wallet


def marks(ui: Driver) -> list[Mark]:
    return [row.mark for row in ui.window.decide.do.contract.steps.values()]


def test_the_steps_are_those_that_really_happen(cui: Driver) -> None:
    decided(cui)
    card, gates = cui.window.decide.do.contract, checks(cui).gates
    assert "Practice chain" in card.words.text()
    assert not card.work.isVisible()
    cui.click(card.button)
    for number, step in enumerate(CheckStep):
        cui.pause()
        expected = [Mark.DONE] * number + [Mark.RUNNING] + [Mark.WAITING] * (3 - number)
        assert marks(cui) == expected
        assert card.found is None
        gates[step].set()
    cui.settle()
    assert marks(cui) == [Mark.DONE] * 4
    assert card.notice.words.startswith("Verified here and by a contract\n")
    assert "native verifier on this computer" in card.notice.words
    assert "block 1" in card.notice.words
    assert card.contract._value == by_hand.BOTH.contract
    assert card.class_hash._value == hex(by_hand.CLASS)
    assert not card.cancel_button.isVisible()
    assert checks(cui).asked == [cui.window.decide.flow.progress.record.id]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("found", "kind", "title"),
    [
        (by_hand.BOTH, "good", "Verified here and by a contract"),
        (by_hand.REFUSED, "bad", "Refused here and by a contract"),
        (by_hand.DISAGREE, "bad", "The two verifiers disagree"),
        (by_hand.BAD_BUNDLE, "bad", "Both accept the proof, but the bundle is invalid"),
    ],
)
def test_what_is_said(
    cui: Driver, wallet: Wallet, found: TwoVerdicts, kind: str, title: str
) -> None:
    by_hand.after_proving(cui, wallet, found)
    card = cui.window.decide.do.contract
    assert card.notice.property("kind") == kind
    assert card.notice.words.startswith(title)
    assert ("Verified" in card.notice.words.splitlines()[0]) is (kind == "good")
    assert card.result.isVisible()
    assert not card.setup_button.isVisible()
    good = found.here.accepted and not found.here.failed
    assert marks(cui)[0] is (Mark.DONE if good else Mark.FAILED)
    if found.disagree or found.here.failed:
        detail = card.notice.words.splitlines()[1]
        assert detail.index("Do not rely on") < detail.index("Verified by the native")


def test_cancelled_sends_nothing_and_can_be_started_again(cui: Driver) -> None:
    decided(cui)
    card = cui.window.decide.do.contract
    cui.click(card.button)
    cui.pause()
    cui.click(card.cancel_button)
    cui.settle()
    assert marks(cui) == [Mark.STOPPED] * 4
    assert "Nothing was sent" in card.notice.words
    assert card.found is None
    assert card.button.isEnabled()
    checks(cui).open_all()
    cui.click(card.button)
    cui.settle()
    assert card.found is by_hand.BOTH


def test_an_error_is_told_in_place(cui: Driver, wallet: Wallet) -> None:
    by_hand.after_proving(
        cui, wallet, NodeUnreachable("No answer. Nothing was sent.", hint="Look.")
    )
    card = cui.window.decide.do.contract
    assert marks(cui) == [Mark.DONE, Mark.FAILED, Mark.STOPPED, Mark.STOPPED]
    assert "No answer." in card.notice.words
    assert not card.setup_button.isVisible()
    assert not card.result.isVisible()


def test_another_decision_takes_the_verdict_away(cui: Driver) -> None:
    decided(cui)
    cui.window.decide.restart()
    cui.click(cui.window.decide.choose.cards[2])
    decided(cui)
    cui.window.open_page(DECISIONS)
    cui.settle()
    page = cui.window.decisions
    card = page.detail.contract
    checks(cui).open_all()
    cui.click(card.button)
    cui.settle()
    assert card.found is not None
    page.table.selectRow(1 - page.table.currentIndex().row())
    cui.settle()
    assert card.found is None
    assert not card.notice.isVisible()


def test_another_decision_stops_what_runs(cui: Driver) -> None:
    decided(cui)
    cui.window.decide.restart()
    cui.click(cui.window.decide.choose.cards[2])
    decided(cui)
    cui.window.open_page(DECISIONS)
    cui.settle()
    page = cui.window.decisions
    cui.click(page.detail.contract.button)
    cui.pause()
    page.table.selectRow(1 - page.table.currentIndex().row())
    checks(cui).open_all()
    cui.settle()
    assert page.detail.contract.found is None
    assert page.detail.contract.button.isEnabled()


def test_a_bundle_is_asked_about_with_the_key_that_was_brought(cui: Driver) -> None:
    cui.window.open_page(VERIFY)
    page = cui.window.verify
    assert not page.contract.isVisible()
    page.key_edit.setText("ab" * 32)
    page.verify(by_hand.GOLDEN)
    cui.settle()
    checks(cui).open_all()
    cui.click(page.contract.button)
    cui.settle()
    assert checks(cui).asked == [by_hand.GOLDEN]
    assert checks(cui).keys == [bytes.fromhex("ab" * 32)]
    assert page.contract.found is by_hand.BOTH
    page.verify(by_hand.GOLDEN)  # the same file may be another one now
    cui.settle()
    assert page.contract.found is None


def test_what_is_no_bundle_is_not_asked_about(cui: Driver) -> None:
    bad = cui.services.data_dir.parent / "bad.oab.zip"
    bad.write_bytes(b"no zip")
    cui.window.open_page(VERIFY)
    cui.window.verify.verify(bad)
    cui.settle()
    assert not cui.window.verify.contract.isVisible()


# --- putting it there ---


def test_from_no_contract_there_to_the_proof_again(cui: Driver, wallet: Wallet) -> None:
    cui.run(wallet.account())
    by_hand.after_proving(cui, wallet, by_hand.MISSING)
    card = cui.window.decide.do.contract
    assert "Anybody can put it there" in card.notice.words
    assert "obsqra " not in card.notice.words, "the window says what the window can do"
    cui.click(card.setup_button)
    cui.settle()
    assert cui.window.current == CONTRACTS
    page = cui.window.contracts
    page.steps.review.setInterval(0)
    sent = cui.services.sending
    for button, verb in (
        (page.verifier.declare_button, "Declare"),
        (page.verifier.deploy_button, "Deploy"),
    ):
        before = len(wallet.ledger.sent)
        cui.click(button)
        cui.settle()
        assert len(wallet.ledger.sent) == before, "the cost is told before anything is sent"
        assert page.steps.send_button.text().startswith(f"{verb} on Practice chain")
        assert "STRK fee at most" in page.steps.send_button.text()
        assert cui.window.focusWidget() is page.steps.back_button, "Enter may not send"
        assert page.primary_button() is None
        cui.click(page.steps.send_button)
        cui.settle()
        assert len(wallet.ledger.sent) == before + 1
        assert page.steps.do.notice.words.startswith("Confirmed")
        assert sent.unsettled() == ()
        cui.click(page.steps.done_button)
        cui.settle()
    assert page.standing is not None
    assert page.standing.deployed
    cui.click(page.verifier.proof_button)
    assert cui.window.current == DECIDE
    assert len(wallet.ledger.sent) == 2


def test_back_sends_nothing(cui: Driver, wallet: Wallet) -> None:
    by_hand.contracts_cost(cui, wallet)
    cui.key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert wallet.ledger.sent == []
    cui.click(cui.window.contracts.steps.back_button)
    cui.settle()
    assert wallet.ledger.sent == []
    assert cui.window.contracts.verifier.declare_button.isVisible()


def test_without_an_account_the_way_to_one_is_shown(cui: Driver, wallet: Wallet) -> None:
    by_hand.contracts_page(cui, wallet)
    page = cui.window.contracts
    assert not page.verifier.declare_button.isVisible()
    cui.click(page.verifier.account_button)
    assert cui.window.current == ACCOUNT
    cui.settle()


def test_a_cap_of_ones_own_is_said_and_nothing_sent(cui: Driver, wallet: Wallet) -> None:
    network = cui.services.networks.network()
    caps = cui.services.sending.caps(network)
    cui.services.sending.set_caps(caps.model_copy(update={"max_fee": 1}))
    by_hand.contracts_declare(cui, wallet)
    page = cui.window.contracts
    cui.click(page.verifier.declare_button)
    cui.settle()
    assert page.verifier.notice.property("kind") == "bad"
    assert "Nothing was sent" in page.verifier.notice.words
    assert wallet.ledger.sent == []


def test_a_lost_answer_is_settled_without_paying_twice(cui: Driver, wallet: Wallet) -> None:
    by_hand.contracts_cost(cui, wallet)
    page = cui.window.contracts
    wallet.chain.fault = Fault.CUT
    cui.click(page.steps.send_button)
    cui.settle()
    assert "not known whether the node has it" in page.steps.do.notice.words
    cui.click(page.steps.do.resend)
    cui.settle()
    assert page.steps.do.notice.words.startswith("Confirmed")
    assert len(set(wallet.ledger.sent)) == 1
    assert len(wallet.ledger.executed) == 1
    cui.click(page.steps.done_button)
    cui.settle()
    assert page.verifier.deploy_button.isVisible()


def test_a_stale_plan_is_made_anew(
    cui: Driver, wallet: Wallet, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_hand.contracts_cost(cui, wallet)
    page = cui.window.contracts
    monkeypatch.setattr(page.steps.flow, "_made_at", -1_000.0)
    cui.click(page.steps.send_button)
    cui.settle()
    assert "older than a minute" in page.steps.check.notice.words
    assert wallet.ledger.sent == []


def test_a_node_that_does_not_answer(cui: Driver, wallet: Wallet) -> None:
    by_hand.contracts_no_node(cui, wallet)
    page = cui.window.contracts
    assert page.verifier.chip.text == "not known"
    assert "does not answer" in page.verifier.notice.words
    wallet.chain.error = None
    cui.click(page.verifier.look_button)
    cui.settle()
    assert page.verifier.chip.text == "not there yet"


# --- facts ---


@pytest.mark.parametrize(
    ("answer", "kind", "words"),
    [
        (fact_report(20, 130, 96), "good", "3 registered, the best has 130 bits"),
        (fact_report(20, 96), "warn", "2 registered, but the best has only 96 bits"),
        (fact_report(), "sunken", "No verification of this fact"),
        (NodeUnreachable("No answer."), "bad", "No answer."),
    ],
)
def test_facts(
    cui: Driver, wallet: Wallet, answer: AppError | object, kind: str, words: str
) -> None:
    card = by_hand.asked_for(cui, wallet, answer)  # type: ignore[arg-type]
    assert cui.window.contracts.fact is card
    assert cui.window.contracts.fact.notice.property("kind") == kind
    assert words in cui.window.contracts.fact.notice.words
    assert facts(cui).asked == [(0xFAC7, None)]


def test_a_hash_that_is_none_is_not_asked_about(cui: Driver, wallet: Wallet) -> None:
    by_hand.contracts_page(cui, wallet)
    card = cui.window.contracts.fact
    for fact, registry in (("what", ""), ("0x" + "f" * 64, ""), ("0x1", "no address")):
        card.fact.setText(fact)
        card.registry.setText(registry)
        cui.click(card.button)
        assert card.note.isVisible()
    assert facts(cui).asked == []


def test_asking_for_a_fact_can_be_stopped(cui: Driver, wallet: Wallet) -> None:
    by_hand.contracts_page(cui, wallet)
    card = cui.window.contracts.fact
    facts(cui).gate.clear()
    facts(cui).answer = fact_report(130)
    card.fact.setText("0x1")
    cui.click(card.button)
    cui.pause()
    cui.click(card.cancel_button)
    facts(cui).gate.set()
    cui.settle()
    assert "Stopped" in card.notice.words
    assert card.button.isEnabled()

"""The guided decision, driven without a display."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain import shipped
from obsqra_desktop.domain.decision import decide
from obsqra_desktop.domain.errors import StorageError
from obsqra_desktop.domain.proof import PhaseTiming, ProofPhase
from obsqra_desktop.domain.record import Disclosure, ErrorNote, ExportNote, Status
from obsqra_desktop.domain.risk import OBSQRA_V1_2
from obsqra_desktop.flows import words
from obsqra_desktop.flows.decide import STEPS, Choice, DecideFlow, Origin, Step, Work
from tests.storage.making import make

EMPTY = Choice(rule=OBSQRA_V1_2, model=shipped.model("linear_v0"))
FULL = replace(
    EMPTY, policy=shipped.preset("balanced"), snapshot=shipped.sample(), origin=Origin.SAMPLE
)
TIMING = PhaseTiming(ProofPhase.TRACE, 0.1)


@pytest.fixture
def flow() -> DecideFlow:
    return DecideFlow(decide, EMPTY)


def at_do(flow: DecideFlow) -> DecideFlow:
    flow.choose(FULL)
    assert flow.next()
    assert flow.next()
    return flow


def test_nothing_chosen_holds_the_first_step(flow: DecideFlow) -> None:
    assert flow.step is Step.CHOOSE
    assert {problem.field for problem in flow.validate()} == {"policy", "snapshot"}
    assert all(problem.text and problem.hint for problem in flow.validate())
    assert not flow.can_next
    assert not flow.next()
    assert not flow.can_back
    assert not flow.back()


def test_consequences_show_as_soon_as_both_are_chosen(flow: DecideFlow) -> None:
    flow.choose(replace(EMPTY, policy=FULL.policy))
    assert flow.decision is None
    flow.choose(FULL)
    assert flow.decision is not None
    assert flow.decision.allocations_bps == (4000, 6000)
    flow.choose(replace(FULL, policy=shipped.preset("aggressive")))
    assert flow.decision.allocations_bps == (3533, 6467)


def test_infeasible_policy_holds_the_second_step(flow: DecideFlow) -> None:
    flow.choose(replace(FULL, policy=shipped.preset("conservative")))
    assert flow.next()
    assert flow.step is Step.CHECK
    (problem,) = flow.validate()
    assert "no allocation" in problem.text
    assert not flow.next()
    assert flow.back()
    assert flow.step is Step.CHOOSE


def test_the_whole_way(flow: DecideFlow) -> None:
    at_do(flow)
    assert flow.progress.work is Work.WAITING
    flow.started()
    assert not flow.can_back
    assert not flow.can_go(Step.CHOOSE)
    flow.phase(TIMING)
    record = make().record.model_copy(update={"status": Status.VERIFIED})
    flow.finished(record)
    assert flow.progress.work is Work.DONE
    assert flow.progress.phases == (TIMING,)
    assert flow.progress.record == record
    note = ExportNote(file_name="a.zip", sha256="0" * 64, level=Disclosure.PUBLIC, at=1)
    flow.saved(note)
    assert flow.progress.saved == note
    assert flow.can_back


def test_choice_is_fixed_while_proving(flow: DecideFlow) -> None:
    at_do(flow)
    flow.started()
    flow.choose(EMPTY)
    assert flow.choice == FULL
    assert flow.step is Step.DO


def test_failure_leaves_the_choice_and_the_way_back(flow: DecideFlow) -> None:
    at_do(flow)
    flow.started()
    error = ErrorNote(code="cancelled", title="Cancelled", detail="", hint="", at=1)
    flow.finished(make().record.model_copy(update={"status": Status.FAILED, "error": error}))
    assert flow.progress.work is Work.FAILED
    assert flow.choice == FULL
    assert flow.back()
    assert flow.progress.work is Work.WAITING
    flow.next()
    flow.started()
    flow.failed(StorageError("full"))
    assert flow.progress.work is Work.FAILED
    assert flow.progress.error is not None


def test_going_back_and_forth_by_the_rail(flow: DecideFlow) -> None:
    at_do(flow)
    assert flow.go(Step.CHOOSE)
    assert flow.step is Step.CHOOSE
    assert not flow.go(Step.DO)
    assert flow.go(Step.CHECK)
    assert flow.go(Step.CHECK)


def test_another_choice_makes_an_old_result_stale(flow: DecideFlow) -> None:
    at_do(flow)
    flow.started()
    flow.finished(make().record.model_copy(update={"status": Status.VERIFIED}))
    flow.choose(replace(FULL, policy=shipped.preset("aggressive")))
    assert flow.step is Step.CHECK
    assert flow.progress.record is None


MOVES = st.lists(
    st.sampled_from(["next", "back", "empty", "full", "bad", "start", "phase", "done", "fail"])
)


@given(MOVES)
def test_no_sequence_of_moves_breaks_it(moves: list[str]) -> None:
    flow = DecideFlow(decide, EMPTY)
    record = make().record
    actions = {
        "next": flow.next,
        "back": flow.back,
        "empty": lambda: flow.choose(EMPTY),
        "full": lambda: flow.choose(FULL),
        "bad": lambda: flow.choose(replace(FULL, policy=shipped.preset("conservative"))),
        "start": flow.started,
        "phase": lambda: flow.phase(TIMING),
        "done": lambda: flow.finished(record.model_copy(update={"status": Status.VERIFIED})),
        "fail": lambda: flow.failed(StorageError("x")),
    }
    for move in moves:
        actions[move]()
        complete = flow.choice.policy is not None and flow.choice.snapshot is not None
        assert (flow.decision is not None) is complete
        assert flow.step in STEPS
        if flow.progress.work is Work.PROVING:
            assert not flow.can_back


def test_words() -> None:
    record = make().record
    assert len(words.others_learn(shipped.sample())) == 3
    assert words.others_learn(None)
    assert words.stays_hidden()
    assert "verifier" not in " ".join(words.proof_shows(record))
    assert any("audited" in line for line in words.proof_does_not_show())

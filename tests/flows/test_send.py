"""The three steps of sending, under any order of events."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.flows.send import FRESH, SendFlow, Step
from obsqra_desktop.services.plans import Plan
from tests.services.model_chain import ACCOUNT
from tests.services.test_sending import Setting


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    folder: Path = tmp_path_factory.mktemp("send")
    return asyncio.run(Setting(folder).service.plan_transfer(ACCOUNT, 0xF00D, STRK, 5))


@dataclass
class Clock:
    now: float = 1000.0


EVENTS = st.lists(
    st.sampled_from(["plan", "confirm", "ended", "back", "wait", "wait long"]), max_size=30
)


@given(EVENTS)
def test_one_plan_is_confirmed_once_at_most(plan: Plan, events: list[str]) -> None:
    flow, clock = SendFlow(), Clock()
    open_plans = confirmed = 0
    for event in events:
        try:
            if event == "plan":
                flow.planned(plan, clock.now)
                open_plans = 1
            elif event == "confirm":
                flow.confirm(clock.now)
                confirmed += 1
                open_plans -= 1
            elif event == "ended":
                flow.ended()
            elif event == "back":
                flow.back()
                open_plans = 0
            else:
                clock.now += 1 if event == "wait" else FRESH
        except InvalidInput:
            pass
        assert open_plans >= 0, "the same plan was confirmed twice"
        assert flow.step is not Step.DO or flow.plan is not None
        assert not flow.working or flow.step is Step.DO


def test_an_old_plan_is_not_confirmed(plan: Plan) -> None:
    flow = SendFlow()
    flow.planned(plan, 10.0)
    assert not flow.stale(10.0 + FRESH - 1)
    assert flow.stale(10.0 + FRESH)
    assert flow.stale(9.0), "a clock that went back"
    with pytest.raises(InvalidInput):
        flow.confirm(10.0 + FRESH)
    assert flow.confirm(11.0) is plan
    with pytest.raises(InvalidInput):
        flow.confirm(11.0)
    with pytest.raises(InvalidInput):
        flow.planned(plan, 12.0)
    with pytest.raises(InvalidInput):
        flow.back()
    flow.ended()
    flow.back()
    assert flow.step is Step.CHOOSE

"""Whose limits the pools are held against."""

import pytest

from obsqra_desktop.domain import shipped
from obsqra_desktop.domain.settings import YOUR_OWN, Settings
from obsqra_desktop.flows.limits import in_force, limits

PRESETS = tuple(shipped.preset(name) for name in shipped.PRESET_NAMES)
OWN = PRESETS[0].model_copy(update={"name": "Your own", "max_risk_score": 37})
MINE = PRESETS[0].model_copy(update={"name": "Mine", "max_risk_score": 21})


def chosen(saved: bool = True, **values: object) -> int:
    """The risk limit in force."""
    settings = Settings(**values)  # type: ignore[arg-type]
    known = limits(settings, PRESETS, (("mine", MINE),) if saved else ())
    return in_force(settings, known).policy.max_risk_score


def preset(name: str) -> int:
    return shipped.preset(name).max_risk_score


def test_they_follow_the_last_decision() -> None:
    assert chosen(last_policy="conservative") == preset("conservative")
    assert chosen(last_policy="aggressive") == preset("aggressive")
    assert chosen(last_policy=YOUR_OWN, own_policy=OWN) == 37
    assert chosen(last_policy="mine") == 21


def test_a_choice_stands_whatever_is_decided() -> None:
    for last in ("conservative", YOUR_OWN):
        assert chosen(last_policy=last, pools_limits="aggressive") == preset("aggressive")
        assert chosen(last_policy=last, pools_limits=YOUR_OWN, own_policy=OWN) == 37


@pytest.mark.parametrize("gone", ["mine", YOUR_OWN, "nobody"])
def test_what_is_gone_falls_back(gone: str) -> None:
    assert chosen(saved=False, pools_limits=gone, last_policy="aggressive") == preset("aggressive")
    assert chosen(saved=False, last_policy=gone) == preset("balanced")


def test_own_limits_are_offered_only_if_there_are_some() -> None:
    words = [one.words for one in limits(Settings(), PRESETS, ())]
    assert words == [
        "As last decided: Balanced",
        "Conservative limits",
        "Balanced limits",
        "Aggressive limits",
    ]
    more = limits(Settings(own_policy=OWN), PRESETS, (("mine", MINE),))
    assert [one.key for one in more[-2:]] == [YOUR_OWN, "mine"]

"""Whose limits the pools are held against: those last decided with, or others by choice."""

from collections.abc import Sequence
from dataclasses import dataclass

from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.settings import YOUR_OWN, Settings


@dataclass(frozen=True)
class Limits:
    """A policy that can be chosen; `key` is what the settings keep."""

    key: str
    words: str
    policy: Policy


def limits(
    settings: Settings, presets: Sequence[Policy], saved: Sequence[tuple[str, Policy]]
) -> tuple[Limits, ...]:
    """Everything that can be chosen, the last decision's first, which follows later decisions.

    A last decision whose policy is not known any more counts as the second preset, as the guided
    decision does.
    """
    found = [Limits(one.name.lower(), f"{one.name} limits", one) for one in presets]
    if settings.own_policy is not None:
        found.append(Limits(YOUR_OWN, "Your own limits", settings.own_policy))
    found += [Limits(name, f"Limits {policy.name}", policy) for name, policy in saved]
    last = next((one for one in found if one.key == settings.last_policy), found[1])
    return (Limits("", f"As last decided: {last.policy.name}", last.policy), *found)


def in_force(settings: Settings, known: Sequence[Limits]) -> Limits:
    """What is chosen; the last decision's if that is not known any more."""
    return next((one for one in known if one.key == settings.pools_limits), known[0])

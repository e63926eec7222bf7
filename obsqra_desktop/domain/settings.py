"""The few settings of the program."""

from enum import StrEnum
from typing import Final, Literal

from pydantic import Field

from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.pools import Strict

SETTINGS_SCHEMA: Final = "obsqra/settings/1"
YOUR_OWN: Final = "your own"


class Theme(StrEnum):
    """Which colours the window uses."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Settings(Strict):
    """Everything that survives a restart and is not a decision."""

    schema_id: Literal["obsqra/settings/1"] = Field(default=SETTINGS_SCHEMA, alias="schema")
    theme: Theme = Theme.SYSTEM
    hide_amounts: bool = False
    last_policy: str = "balanced"
    """Name of the policy that was last decided with; YOUR_OWN for typed limits."""
    own_policy: Policy | None = None
    """The limits that were typed last."""
    pools_limits: str = ""
    """Whose limits the pools are held against: a policy's name, YOUR_OWN, or "" for those that
    were last decided with."""
    pools_every_minutes: int = Field(default=0, ge=0, le=1440)
    """How often pools are read by themselves; 0: only by hand."""
    pools_notify: bool = True
    """Whether a score that crosses the limit is told outside the window, too."""
    practice_trades: bool = True
    """Whether the practice market trades on while the window is open."""

"""The few settings of the program."""

from enum import StrEnum
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

SETTINGS_SCHEMA: Final = "obsqra/settings/1"


class Theme(StrEnum):
    """Which colours the window uses."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Settings(BaseModel):
    """Everything that survives a restart and is not a decision."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", populate_by_name=True)

    schema_tag: str = Field(default=SETTINGS_SCHEMA, alias="schema")
    theme: Theme = Theme.SYSTEM
    hide_amounts: bool = False
    last_policy: str = "balanced"

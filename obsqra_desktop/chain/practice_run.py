"""The devnet that runs now, and where that is written down."""

import contextlib
from pathlib import Path
from typing import Annotated, Final, Literal, Protocol

from pydantic import Field

from obsqra_desktop.domain.pools import Strict

RUN_SCHEMA: Final = "obsqra/practice/1"
UNKNOWN: Final = 0
"""A port that is not known yet."""


class Run(Strict):
    """run.json: which process it is; written as soon as there is one, without its port."""

    schema_id: Literal["obsqra/practice/1"] = Field(default=RUN_SCHEMA, alias="schema")
    pid: Annotated[int, Field(ge=2, le=2**31 - 1)]
    identity: Annotated[str, Field(min_length=1, max_length=100)]
    port: Annotated[int, Field(ge=UNKNOWN, le=65535)]
    version: Annotated[str, Field(max_length=20, pattern=r"^[0-9.]+$")]

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"


class RunStore(Protocol):
    """The folder practice/ in the data folder."""

    @property
    def state(self) -> Path:
        """The devnet's dump."""
        ...

    @property
    def log(self) -> Path:
        """What the devnet says."""
        ...

    def read(self) -> bytes | None:
        """run.json."""
        ...

    def write(self, raw: bytes) -> None:
        """Replace run.json, durable."""
        ...

    def remove(self) -> None:
        """Take run.json away."""
        ...

    def ensure_own(self) -> None:
        """Raise InvalidInput where it is another folder's chain."""
        ...

    def begins(self) -> int | None:
        """Unix seconds of the chain's first block; None if it begins whenever it is started."""
        ...

    def secure(self) -> None:
        """Before a start: nothing of the state is lost however it goes."""
        ...

    def started(self) -> None:
        """The state could be read."""
        ...

    def damaged(self) -> bool | None:
        """Set it aside; whether there is one before it. None if there was none at all."""
        ...

    def clear(self) -> None:
        """The next start has no state."""
        ...

    def locked(self) -> contextlib.AbstractContextManager[None]:
        """One starter at a time; raises StorageBusy."""
        ...

"""Small types that the services and the adapters of chains, vaults and the practice chain share."""

from dataclasses import dataclass
from enum import StrEnum

from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.journal import TxState


class Block(StrEnum):
    """Which state is read."""

    LATEST = "latest"
    PRE_CONFIRMED = "pre_confirmed"


@dataclass(frozen=True)
class TxStatus:
    """What a node says about a hash; `state` is one of RECEIVED, PRE_CONFIRMED, ACCEPTED_L2,
    ACCEPTED_L1 or REVERTED."""

    state: TxState
    revert_reason: str | None = None


class VaultMethod(StrEnum):
    """What protects the keys."""

    NONE = "none"
    """No vault has been made yet."""
    KEYRING = "keyring"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a method
    MEMORY = "memory"
    """Only until the program closes; nothing is on disk."""


@dataclass(frozen=True)
class VaultState:
    """What the status strip says about the keys."""

    method: VaultMethod
    locked: bool
    keyring: str | None
    """Name of the system's keyring that answered, whether used or not; None if none did."""
    words: str


class PracticeState(StrEnum):
    """How the practice chain stands."""

    DOWN = "down"
    STARTING = "starting"
    UP = "up"
    CRASHED = "crashed"
    """It was up, and its process has ended without being told to."""


@dataclass(frozen=True)
class PracticeStatus:
    """The practice chain's process; unknown is None."""

    state: PracticeState
    url: str | None
    pid: int | None
    version: str | None
    detail: str
    """One sentence: what it is, and what to do if it is not up."""
    trouble: AppError | None = None
    """Why its market does not trade on, if it has one and does not."""

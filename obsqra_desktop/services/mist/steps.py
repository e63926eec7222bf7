"""What pages and commands see of a step with private money.

The order is always the same: a `MistPlan` says what would be done and how private that is, and
takes and publishes nothing. `MistMoney.prepare` proves it and has it simulated: the `MistDraft`
has the fee. After its user's word `MistMoney.send` sends it: a `MistResult`.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import Token
from obsqra_desktop.domain.journal import TxRecord, TxState
from obsqra_desktop.domain.mist.entries import HandOver
from obsqra_desktop.domain.mist.held_notes import HeldNote
from obsqra_desktop.domain.mist.note import SpendPlan, SpendStatement, SpendTiming
from obsqra_desktop.domain.mist.pool import KnownPool, PoolIdentity, changed_parts
from obsqra_desktop.domain.mist.privacy import MistAction, PrivacyView, Situation
from obsqra_desktop.domain.network import Network
from obsqra_desktop.services.plans import Plan


class MistStep(StrEnum):
    """The real phases of a step, in their order; those that a step has not are left out."""

    READING = "reading"
    PROVING = "proving"
    SIMULATING = "simulating"
    CHECKING = "checking"
    SIGNING = "signing"
    WRITING = "writing"
    SENDING = "sending"

    @property
    def label(self) -> str:
        """What happens, for people."""
        return _LABELS[self]


_LABELS = {
    MistStep.READING: "Read the pool's leaves and root",
    MistStep.PROVING: "Prove on this computer",
    MistStep.SIMULATING: "Have the node simulate it",
    MistStep.CHECKING: "Check again that nothing has changed",
    MistStep.SIGNING: "Sign on this computer",
    MistStep.WRITING: "Write it down",
    MistStep.SENDING: "Send",
}


@dataclass(frozen=True, slots=True)
class MistPhase:
    """A phase that begins; while proving, also each part of it that has ended."""

    step: MistStep
    proof: SpendTiming | None = None
    attempt: int = 1
    """2 and 3: the pool has changed and it is proved again."""


@dataclass(frozen=True)
class PoolStanding:
    """The pool of a network as it is and as it was when it was last trusted."""

    network: Network
    pool: KnownPool
    found: PoolIdentity
    trusted: PoolIdentity | None
    """None before the first deposit, where this program brings no record of its own."""
    trusted_at: int | None
    """Unix seconds; None for a record that ships with the program."""
    leaves: int
    block_number: int
    node: str
    notes: tuple[str, ...]
    """What nobody can rule out, in words."""

    @property
    def changed(self) -> tuple[str, ...]:
        """The parts that are not as they were, by their names in domain.mist.pool."""
        return () if self.trusted is None else changed_parts(self.trusted, self.found)


@dataclass(frozen=True)
class MistPlan:
    """One step that waits for its user's word. Nothing of it was taken, published or written."""

    action: MistAction
    standing: PoolStanding
    account: Account
    """Who sends it and pays the fee."""
    token: Token
    amount: int
    """What goes in, comes out, is set apart or forwarded; of a re-wrap all of it."""
    note: HeldNote | None
    """What is spent; None for a deposit."""
    stays: int
    """What stays in the pool as one's own, hidden."""
    new_owner: int | None
    """Account address that owns what comes to be or stays; None for a request of others."""
    secret: int | None = field(repr=False)
    """Of the request that is paid."""
    label: str
    title: str
    situation: Situation
    privacy: PrivacyView
    """Level, facts with the worst first, at most two suggestions with their cost."""
    warnings: tuple[str, ...]
    waiting: str | None = None
    """Id of the waiting plan that this carries out."""
    sender_there: bool = True
    """Whether the sending account is deployed: without that nothing can be sent, or proved."""

    @property
    def network(self) -> Network:
        """Where."""
        return self.standing.network

    @property
    def pool(self) -> int:
        """The contract's address."""
        return self.standing.pool.address


@dataclass(frozen=True)
class MistDraft:
    """A step proved and simulated. Its keys are taken; nothing was signed for sending."""

    plan: MistPlan
    sending: Plan
    """Fee (`likely_fee`, `max_fee`), calls and what the account gains or loses, by one node."""
    made: tuple[HeldNote, ...] = field(repr=False)
    """One's own notes that will come of it; written down before it is sent."""
    hand_over: HandOver | None = field(repr=False)
    spend: SpendPlan | None = field(repr=False)
    """How the note is divided; None for a deposit and an emergency."""
    statement: SpendStatement | None = field(repr=False)
    """What was proved; None for a deposit and an emergency."""
    root: int
    """The pool's root that it stands on; 0 for a deposit."""
    proof_seconds: float | None
    attempts: int
    """How often it was proved."""


@dataclass(frozen=True)
class MistResult:
    """A step that is in the journal and was given to a node."""

    plan: MistPlan
    record: TxRecord
    made: tuple[HeldNote, ...]
    hand_over: HandOver | None
    attempts: int

    @property
    def accepted(self) -> bool:
        """Whether a receipt says that it took place."""
        return self.record.state in {TxState.ACCEPTED_L2, TxState.ACCEPTED_L1}


@dataclass(frozen=True)
class WaitView:
    """A waiting plan as it stands."""

    id: str
    title: str
    note: str
    leaves_seen: int
    """New ones of others since the plan was made, of a withdrawal such as may hold what leaves."""
    leaves_wanted: int
    ready: bool
    obstacle: str = ""
    """Why it does not get ready by waiting, as "the note is spent"."""

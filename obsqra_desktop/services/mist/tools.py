"""What moving private money needs from the other layers: guards, calls, plans, proofs.

The modules `privacy.guards` and `privacy.calls` fit the protocols of their names as they are.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from obsqra_desktop.domain.mist.handover import HandedOver
from obsqra_desktop.domain.mist.keys import ClaimingKeys
from obsqra_desktop.domain.mist.note import (
    FieldHash,
    Note,
    Output,
    Spend,
    SpendPlan,
    SpendStatement,
    TreePath,
)
from obsqra_desktop.domain.mist.pool import PoolIdentity
from obsqra_desktop.domain.transaction import Call
from obsqra_desktop.services.mist_ports import MistProver, MistTree


class MistGuards(Protocol):
    """Refusals before anything is signed; each stands against one way to lose money."""

    def ensure_same_pool(self, expected: PoolIdentity, found: PoolIdentity) -> None:
        """Raises PoolChanged."""
        ...

    def ensure_new(self, note: Note, known: Iterable[Note]) -> None:
        """Raises UnsafeSpend for a key that is used, or follows or precedes one that is."""
        ...

    def ensure_secret(self, secret: int, leaves: Collection[int]) -> None:
        """Raises UnsafeSpend for a leaf."""
        ...

    def ensure_new_leaves(self, made: Collection[int], there: Collection[int]) -> None:
        """Raises UnsafeSpend for a leaf that is there already."""
        ...

    def ensure_unclaimed(self, amount_there: int) -> None:
        """Raises UnsafeSpend where somebody was first."""
        ...

    def ensure_sender(self, statement: SpendStatement, sender: int) -> None:
        """Raises UnsafeSpend unless the owner's own account sends, to itself."""
        ...

    def ensure_current(self, statement: SpendStatement, root_now: int) -> None:
        """Raises StaleRoot."""
        ...


class MistCalls(Protocol):
    """The calls of the pool's contract."""

    def deposit_calls(self, pool: int, secret: int, token: int, amount: int) -> tuple[Call, Call]:
        """Allow and deposit."""
        ...

    def proof_call(self, pool: int, felts: Sequence[int]) -> Call:
        """Spend with a proof."""
        ...

    def emergency_call(
        self, pool: int, note: Note, path: TreePath, change: Output | None = None
    ) -> Call:
        """Withdraw without one; publishes the note's key."""
        ...


class SpendPlanner(Protocol):
    """Divides notes; see privacy.planning.Planner. Each raises InvalidInput."""

    def withdraw(  # noqa: D102
        self, note: Note, amount: int, change_owner: int, index: int
    ) -> SpendPlan: ...
    def rewrap(self, note: Note, new_owner: int, index: int) -> SpendPlan: ...  # noqa: D102
    def split(  # noqa: D102
        self, note: Note, amount: int, new_owner: int, index: int
    ) -> SpendPlan: ...
    def forward(  # noqa: D102
        self, note: Note, amount: int, secret: int, change_owner: int, index: int
    ) -> SpendPlan: ...


class HandOverFormat(Protocol):
    """Encrypted files about one note. Both block for a tenth of a second and 64 MiB."""

    def write(self, contents: HandedOver, passphrase: str) -> bytes:
        """Raises InvalidInput for a passphrase under 8 characters."""
        ...

    def read(self, raw: bytes, passphrase: str) -> HandedOver:
        """Raises InvalidInput for what is no such file, WrongPassphrase."""
        ...


MakePlanner = Callable[[ClaimingKeys], SpendPlanner]
MakeStatement = Callable[[Spend, Sequence[int], int], SpendStatement]
"""Of a spend, all leaves, and the root that the contract names; raises NoteMissing, StaleRoot."""


@dataclass(frozen=True)
class MistTools:
    """All of them; nothing here asks a node or writes a file."""

    guards: MistGuards
    calls: MistCalls
    planner: MakePlanner
    statement: MakeStatement
    digest: FieldHash
    tree: MistTree
    prover: MistProver = field(repr=False)
    read_request: Callable[[str, int, int], int]
    """Of a text, for a chain id and a pool. Raises InvalidInput, ForeignRequest."""
    write_request: Callable[[int, int, int], str]
    """Of a secret, for a chain id and a pool."""
    files: HandOverFormat

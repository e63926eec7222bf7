"""MIST.cash as the published circuit and contract see it: notes, spends, a spend's public values.

Source: MIST SDK 0.5.2 (npm) and its constraint system. Numbers are elements of the BN254 scalar
field. A leaf is hash(secret, token, amount) with secret = hash(claiming key, owner); the nullifier
is the same over claiming key + 1. Claiming keys stay out of `repr`.
"""

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.felt import ADDRESS_BOUND

FIELD: Final = 21888242871839275222246405745257275088548364400416034343698204186575808495617
AMOUNT_BOUND: Final = 2**128
"""The contract takes amounts from 1 to below this."""
KEY_BOUND: Final = 2**248
"""Claiming keys made here are below this, so that key + 1 is an element too."""
HEIGHT: Final = 20
"""Siblings in a path that the circuit takes."""
MAX_LEAVES: Final = 2**HEIGHT


class FieldHash(Protocol):
    """MIST's Poseidon2 hash."""

    def __call__(self, *elements: int) -> int:
        """Of two or three elements of the field."""
        ...


def element(value: int, where: str) -> int:
    """The value if it is an element of the field; InvalidInput otherwise."""
    if not 0 <= value < FIELD:
        raise InvalidInput("not an element of the BN254 scalar field", where=where)
    return value


def address(value: int, where: str) -> int:
    """The value if a contract can have this address; InvalidInput otherwise."""
    if not 1 < value < ADDRESS_BOUND:
        raise InvalidInput("no contract can have this address", where=where)
    return value


@dataclass(frozen=True, slots=True)
class Note:
    """Money in MIST: who knows all four can spend it, as the owner.

    InvalidInput for an amount outside 1..2^128 - 1, an impossible address, or a key that is no
    element or the last one (key + 1 must be one too).
    """

    claiming_key: int = field(repr=False)
    owner: int
    """The account that has to send the spend, and receives what is withdrawn."""
    token: int
    amount: int

    def __post_init__(self) -> None:
        if not 0 < self.claiming_key < FIELD - 1:
            raise InvalidInput("not a claiming key", where="claiming_key")
        address(self.owner, "owner")
        address(self.token, "token")
        if not 0 < self.amount < AMOUNT_BOUND:
            raise InvalidInput("amounts are from 1 to below 2^128", where="amount")

    def secret(self, digest: FieldHash) -> int:
        """What a deposit names and a payer needs. It does not let anybody spend."""
        return digest(self.claiming_key, self.owner)

    def leaf(self, digest: FieldHash) -> int:
        """What the tree holds."""
        return digest(self.secret(digest), self.token, self.amount)

    def nullifier(self, digest: FieldHash) -> int:
        """What a spend publishes, so that there is no second one."""
        second = digest(self.claiming_key + 1, self.owner)
        return digest(second, self.token, self.amount)


def note_id(note: Note) -> str:
    """Twelve digits that name a note here.

    They hang on its key, so that nobody can find its leaf among the pool's by trying all of them.
    """
    parts = (note.claiming_key, note.owner, note.token, note.amount)
    data = b"".join(one.to_bytes(32, "big") for one in parts)
    return hashlib.sha256(b"obsqra/mist-note\0" + data).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Output:
    """A new leaf that a spend makes. A zero secret is refused: its leaf is known to everybody."""

    secret: int = field(repr=False)
    amount: int

    def __post_init__(self) -> None:
        if element(self.secret, "secret") == 0:
            raise InvalidInput("a secret of 0 makes a leaf that everybody knows", where="secret")
        if not 0 <= self.amount < AMOUNT_BOUND:
            raise InvalidInput("amounts are from 0 to below 2^128", where="amount")


@dataclass(frozen=True, slots=True)
class Spend:
    """One Seek & Hide: a note, what of it leaves to its owner, and two outputs for the rest.

    InvalidInput unless the three parts add up to the note and the outputs have different secrets.
    """

    note: Note
    withdraw: int
    outputs: tuple[Output, Output]

    def __post_init__(self) -> None:
        first, second = self.outputs
        if self.withdraw < 0 or self.withdraw + first.amount + second.amount != self.note.amount:
            raise InvalidInput("what leaves and what stays do not add up to the note")
        if first.secret == second.secret:
            raise InvalidInput("two outputs with one secret could not both be spent")


@dataclass(frozen=True, slots=True)
class NewNote:
    """A note of one's own that a spend makes, with the index of its key."""

    index: int
    note: Note


@dataclass(frozen=True, slots=True)
class SpendPlan:
    """A spend, one's own notes that come of it, and the first key index that is still free."""

    spend: Spend
    notes: tuple[NewNote, ...]
    next_index: int


@dataclass(frozen=True, slots=True)
class TreePath:
    """Where a leaf lies: the root and 20 siblings from the leaf up, zeros above the tree."""

    index: int
    root: int
    siblings: tuple[int, ...]

    def __post_init__(self) -> None:
        if not 0 <= self.index < MAX_LEAVES or len(self.siblings) != HEIGHT:
            raise InvalidInput("a path has 20 siblings")
        for sibling in (self.root, *self.siblings):
            element(sibling, "path")


@dataclass(frozen=True, slots=True)
class SpendPublics:
    """The circuit's public inputs, in its order.

    The published circuit binds all of them but `withdraw_to`, which anybody could change in a
    proof. What protects it is `auth_done` = 0: then the contract takes the proof only from the
    owner's own account. So 1 cannot be said here at all.
    """

    owner: int
    withdraw_amount: int
    withdraw_token: int
    """0 when nothing is withdrawn."""
    withdraw_to: int
    root: int
    nullifier: int
    first: int
    """Leaf of the first output."""
    second: int
    payload: int = 0
    auth_done: int = field(default=0, init=False)

    def values(self) -> tuple[int, ...]:
        """The ten numbers."""
        return (
            self.owner,
            self.auth_done,
            self.withdraw_amount,
            self.withdraw_token,
            self.withdraw_to,
            self.root,
            self.nullifier,
            self.first,
            self.second,
            self.payload,
        )


@dataclass(frozen=True, slots=True)
class SpendStatement:
    """What is proved: the public values, and the secrets behind them (never in `repr`)."""

    publics: SpendPublics
    secrets: tuple[int, ...] = field(repr=False)
    """27: claiming key, amount, token, 20 siblings, owner key (0), first output's secret and
    amount, second output's secret."""

    def __post_init__(self) -> None:
        if len(self.secrets) != 27:
            raise InvalidInput("the circuit has 27 secret inputs")
        for value in (*self.publics.values(), *self.secrets):
            element(value, "statement")


class SpendPhase(StrEnum):
    """The real phases of proving a spend, in their order."""

    WITNESS = "witness"
    QUOTIENT = "quotient"
    POINTS = "points"
    CHECK = "check"

    @property
    def label(self) -> str:
        """What happens in the phase, for people."""
        return _LABELS[self]


_LABELS = {
    SpendPhase.WITNESS: "Solve the circuit",
    SpendPhase.QUOTIENT: "Divide the constraints",
    SpendPhase.POINTS: "Add up the key's points",
    SpendPhase.CHECK: "Verify with the published key",
}


@dataclass(frozen=True, slots=True)
class SpendTiming:
    """A phase that has just ended and the seconds that it took."""

    phase: SpendPhase
    seconds: float


@dataclass(frozen=True, slots=True)
class SpendProof:
    """A Groth16 proof: A (x, y), B (x0, x1, y0, y1), C (x, y), coordinates of BN254."""

    points: tuple[int, ...]
    seconds: float
    phases: tuple[SpendTiming, ...]

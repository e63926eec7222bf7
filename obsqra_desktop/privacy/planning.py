"""Seek & Hide: how a note is divided into what leaves and two hidden outputs.

Every spend makes two new leaves, also where nothing is left: both have the form of a note under a
fresh key, so that nobody can tell empty, change and forwarded apart. Their order is drawn.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.keys import ClaimingKeys
from obsqra_desktop.domain.mist.note import (
    FieldHash,
    NewNote,
    Note,
    Output,
    Spend,
    SpendPlan,
    element,
)

OUTPUTS: Final = 2
Plan = SpendPlan
"""What these plans are called where nothing else is one."""


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans for one wallet. `random_bytes` must be cryptographic."""

    keys: ClaimingKeys = field(repr=False)
    digest: FieldHash
    random_bytes: Callable[[int], bytes]

    def withdraw(self, note: Note, amount: int, change_owner: int, index: int) -> SpendPlan:
        """Take an amount out to the note's owner, hide the rest as a note of `change_owner`.

        InvalidInput unless 0 < amount ≤ the note's.
        """
        if not 0 < amount <= note.amount:
            raise InvalidInput("more than nothing and at most the whole note can leave")
        return self._plan(note, amount, (note.amount - amount, 0), change_owner, index)

    def rewrap(self, note: Note, new_owner: int, index: int) -> SpendPlan:
        """Take nothing out; all of it becomes a new note."""
        return self._plan(note, 0, (note.amount, 0), new_owner, index)

    def split(self, note: Note, amount: int, new_owner: int, index: int) -> SpendPlan:
        """Take nothing out; two notes, one of them of this amount.

        InvalidInput unless 0 < amount < the note's.
        """
        if not 0 < amount < note.amount:
            raise InvalidInput("both parts of a split hold something")
        return self._plan(note, 0, (amount, note.amount - amount), new_owner, index)

    def forward(
        self, note: Note, amount: int, secret: int, change_owner: int, index: int
    ) -> SpendPlan:
        """Give an amount to somebody else inside the pool, who made the secret; hide the rest.

        Nothing on chain tells the receiver the amount: they have to be told.
        InvalidInput unless 0 < amount ≤ the note's, or for a secret of one's own spent note.
        """
        if not 0 < amount <= note.amount:
            raise InvalidInput("more than nothing and at most the whole note can be forwarded")
        if element(secret, "secret") == note.secret(self.digest):
            raise InvalidInput("this is the secret of the note itself", where="secret")
        change, made = self._own(note.token, note.amount - amount, change_owner, index)
        outputs = (Output(secret, amount), change)
        return SpendPlan(Spend(note, 0, self._shuffled(outputs)), made, index + 1)

    def _own(
        self, token: int, amount: int, owner: int, index: int
    ) -> tuple[Output, tuple[NewNote, ...]]:
        key = self.keys.claiming_key(index)
        if amount == 0:
            return Output(self.digest(key, owner), 0), ()
        note = Note(key, owner, token, amount)
        return Output(note.secret(self.digest), amount), (NewNote(index, note),)

    def _plan(
        self, note: Note, withdraw: int, amounts: tuple[int, int], owner: int, index: int
    ) -> SpendPlan:
        first, made = self._own(note.token, amounts[0], owner, index)
        second, more = self._own(note.token, amounts[1], owner, index + 1)
        spend = Spend(note, withdraw, self._shuffled((first, second)))
        return SpendPlan(spend, made + more, index + OUTPUTS)

    def _shuffled(self, outputs: tuple[Output, Output]) -> tuple[Output, Output]:
        return outputs if self.random_bytes(1)[0] & 1 else (outputs[1], outputs[0])

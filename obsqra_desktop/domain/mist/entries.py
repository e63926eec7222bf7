"""What the notes book remembers beside notes: payment requests, hand-overs and waiting plans.

Secrets and leaves stay out of `repr`, as who has one of them can find the note on chain.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from obsqra_desktop.domain.felt import Amount, Count, Felt
from obsqra_desktop.domain.mist.fields import Element, EntryId, Label, Position, RecordId
from obsqra_desktop.domain.mist.note import MAX_LEAVES
from obsqra_desktop.domain.pools import Strict


class RequestState(StrEnum):
    """What became of a payment request."""

    OPEN = "open"
    PAID = "paid"
    CLOSED = "closed"
    """Not expected any more; a payment that comes all the same is found."""


class PaymentRequest(Strict):
    """A secret that was given to a payer. Amount and token may be left to them."""

    id: EntryId
    index: Count
    owner: Felt
    secret: Annotated[Element, Field(repr=False)]
    token: Felt | None = None
    amount: Amount | None = None
    label: Label = ""
    state: RequestState = RequestState.OPEN
    made_at: Count

    def paid_by(self, token: int, amount: int) -> bool:
        """Whether this is what was asked for, or more. Whoever learned the secret can send dust."""
        return self.token in {None, token} and (self.amount is None or amount >= self.amount)


class HandOverState(StrEnum):
    """What became of a forward."""

    GIVEN = "given"
    """On its way, or in the pool."""
    VOID = "void"
    """It did not take place, as far as is known: its money is in the note as before."""


class HandOver(Strict):
    """An amount that was forwarded inside the pool, and what its receiver has to be told."""

    id: EntryId
    note: EntryId
    """The note that paid it."""
    secret: Annotated[Element, Field(repr=False)]
    """The receiver's."""
    leaf: Annotated[Element, Field(repr=False)]
    token: Felt
    amount: Amount
    label: Label = ""
    made_at: Count
    made_in: RecordId | None = None
    """Journal record that makes it. A void one without it can never come: it was not sent, or it
    was accepted and undone. With it a node may still bring what it held back."""
    position: Position | None = None
    state: HandOverState = HandOverState.GIVEN
    handed_over: bool = False
    """A file for the receiver was saved."""

    @property
    def void(self) -> bool:
        """There is nothing to tell its receiver."""
        return self.state is HandOverState.VOID

    @property
    def may_come(self) -> bool:
        """Whether its leaf is, or may still get, into the pool."""
        return not self.void or self.made_in is not None


class PlanState(StrEnum):
    """Where a waiting plan is."""

    WAITING = "waiting"
    READY = "ready"
    """Enough leaves came; it wants a confirmation."""
    DONE = "done"
    DROPPED = "dropped"


class PlanKind(StrEnum):
    """What a waiting plan will do."""

    WITHDRAW = "withdraw"
    REWRAP = "rewrap"
    SPLIT = "split"
    FORWARD = "forward"


class WaitingPlan(Strict):
    """Wait for so many new leaves, then act. Nothing of it is sent without a confirmation."""

    id: EntryId
    note: EntryId
    kind: PlanKind
    amount: Amount | None = None
    """None is all of the note."""
    owner: Felt | None = None
    """Of what stays in the pool; None is the note's."""
    secret: Annotated[Element | None, Field(repr=False)] = None
    """The receiver's, for a forward."""
    leaves_at_start: Count
    leaves_wanted: Annotated[int, Field(ge=1, le=MAX_LEAVES)]
    """How many more, of others."""
    label: Label = ""
    """Of what will come of it."""
    state: PlanState = PlanState.WAITING
    made_at: Count
    made_in: RecordId | None = None

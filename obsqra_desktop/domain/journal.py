"""The life of a transaction, written down before each step that could cost something.

A record is made with the signed transaction inside, before it is sent for the first time. From
then on nothing is ever signed anew for it: to send again means the same bytes, and a network
executes one hash, and one nonce of an account, at most once. That is why resuming cannot pay twice.
"""

from enum import StrEnum
from typing import Annotated, Final, Literal

from pydantic import Field

from obsqra_desktop.domain.felt import Amount, Count, Felt
from obsqra_desktop.domain.network import NETWORK_ID
from obsqra_desktop.domain.pools import Strict
from obsqra_desktop.domain.transaction import ForeignText, Receipt, Signed

RECORD_SCHEMA: Final = "obsqra/transaction/1"
RECORD_ID: Final = r"^[0-9a-f]{12}$"
TIME_TO_LIVE: Final = 300
"""Seconds after which a waiting transaction is dropped (sequencer mempool config)."""
EXPIRY_MARGIN: Final = 120
"""Seconds more, before a record is called expired."""


class TxState(StrEnum):
    """Where a transaction is, as far as is known here."""

    SIGNED = "signed"
    """In the journal; whether a node has it is not known."""
    RECEIVED = "received"
    """A node took it."""
    PRE_CONFIRMED = "pre-confirmed"
    """Executed, in no final block yet; it may vanish."""
    ACCEPTED_L2 = "accepted on L2"
    ACCEPTED_L1 = "accepted on L1"
    REVERTED = "reverted"
    """Accepted, its calls undone, the fee paid."""
    REFUSED = "refused"
    """The node would not take it; nothing was paid."""
    EXPIRED = "expired"
    """No node knows it and its time is over; nothing was paid."""
    REPLACED = "replaced"
    """Another transaction took its nonce; of this one nothing was paid."""


SETTLED: Final = frozenset(
    {
        TxState.ACCEPTED_L1,
        TxState.ACCEPTED_L2,
        TxState.REVERTED,
        TxState.REFUSED,
        TxState.EXPIRED,
        TxState.REPLACED,
    }
)
"""Nothing more has to be done about these; only accepted on L2 still moves on, to L1."""

UNPAID: Final = frozenset({TxState.REFUSED, TxState.EXPIRED, TxState.REPLACED})
"""Of these nothing can have been paid."""

EXECUTED: Final = frozenset(
    {TxState.PRE_CONFIRMED, TxState.ACCEPTED_L2, TxState.ACCEPTED_L1, TxState.REVERTED}
)
"""Only of these a receipt says anything."""

FOLLOWS: Final[dict[TxState, frozenset[TxState]]] = {
    TxState.SIGNED: frozenset(TxState) - {TxState.SIGNED},
    TxState.RECEIVED: frozenset(TxState) - {TxState.SIGNED, TxState.RECEIVED},
    TxState.PRE_CONFIRMED: frozenset(TxState) - {TxState.SIGNED, TxState.PRE_CONFIRMED},
    TxState.ACCEPTED_L2: frozenset({TxState.ACCEPTED_L1}),
    TxState.ACCEPTED_L1: frozenset(),
    TxState.REVERTED: frozenset(),
    # A node may have lied or another node may have it: what the chain shows counts.
    TxState.REFUSED: frozenset(
        {
            TxState.RECEIVED,
            TxState.PRE_CONFIRMED,
            TxState.ACCEPTED_L2,
            TxState.ACCEPTED_L1,
            TxState.REVERTED,
        }
    ),
    TxState.EXPIRED: frozenset(
        {
            TxState.RECEIVED,
            TxState.PRE_CONFIRMED,
            TxState.ACCEPTED_L2,
            TxState.ACCEPTED_L1,
            TxState.REVERTED,
            TxState.REPLACED,
        }
    ),
    TxState.REPLACED: frozenset({TxState.ACCEPTED_L2, TxState.ACCEPTED_L1, TxState.REVERTED}),
}


class TxKind(StrEnum):
    """What a transaction is for."""

    TRANSFER = "transfer"
    DEPLOY_ACCOUNT = "deploy account"
    CANCEL = "cancel"
    CALL = "call"
    DECLARE = "declare"
    MIST_DEPOSIT = "private deposit"
    MIST_SPEND = "private spend"
    MIST_EMERGENCY = "private emergency"
    """A withdrawal without a proof, which publishes the note's key."""


class TxEvent(Strict):
    """One step: when (unix seconds), the new state, one sentence."""

    at: Count
    state: TxState
    detail: ForeignText


class Spend(Strict):
    """Tokens that leave the account, without the fee."""

    token: Felt
    amount: Amount


class SealedSigned(Strict):
    """A signed transaction that holds a secret, sealed under a key of the vault; the record's own
    has the calls that hold it without their calldata."""

    nonce: Annotated[str, Field(pattern=r"^[0-9a-f]{24}$")]
    data: Annotated[
        str, Field(pattern=r"^[A-Za-z0-9+/]+={0,2}$", max_length=1024 * 1024, repr=False)
    ]
    notes: Annotated[
        tuple[Annotated[str, Field(pattern=RECORD_ID)], ...], Field(min_length=1, max_length=64)
    ]
    """Ids of the notes that it spends; nobody can tell their leaves by them."""


class TxRecord(Strict):
    """transactions/ID.json."""

    schema_id: Literal["obsqra/transaction/1"] = Field(default=RECORD_SCHEMA, alias="schema")
    id: Annotated[str, Field(pattern=RECORD_ID)]
    network: Annotated[str, Field(pattern=NETWORK_ID)]
    account: Annotated[str, Field(pattern=RECORD_ID)]
    """Id of the account."""
    kind: TxKind
    title: Annotated[str, Field(max_length=200)]
    """What was confirmed, in words."""
    label: Annotated[str, Field(max_length=200)] = ""
    """The user's own note."""
    signed: Signed
    sealed: SealedSigned | None = None
    """What was signed, where it holds a secret; `signed` then lacks it and cannot be sent."""
    spends: tuple[Spend, ...]
    recipient: Felt | None = None
    likely_fee: Amount
    max_fee: Amount
    created_at: Count
    """By the chain's clock: the timestamp of the newest block when it was made."""
    made_at: Count | None = None
    """By this computer's clock, for its user only; None is not known. Nothing is decided by it."""
    node: str
    """Label of the node that it was made with."""
    state: TxState = TxState.SIGNED
    events: tuple[TxEvent, ...] = ()
    receipt: Receipt | None = None
    replaces: Annotated[str, Field(pattern=RECORD_ID)] | None = None
    """Id of the record whose nonce this one takes."""

    @property
    def shown_at(self) -> int:
        """When it was made, as its user knows it; by the chain's clock if nothing else is known."""
        return self.created_at if self.made_at is None else self.made_at

    @property
    def settled(self) -> bool:
        """Whether nothing more has to be done."""
        return self.state in SETTLED

    def moved(
        self, state: TxState, at: int, detail: str, receipt: Receipt | None = None
    ) -> "TxRecord":
        """The record one step on; unchanged when the state cannot follow or nothing is new.

        A receipt goes with its execution: when that vanishes, the fee is again what it can be.
        """
        if state not in FOLLOWS[self.state]:
            return self
        event = TxEvent(at=at, state=state, detail=detail)
        return self.model_copy(
            update={
                "state": state,
                "events": (*self.events, event)[-64:],
                "receipt": (receipt or self.receipt) if state in EXECUTED else None,
            }
        )

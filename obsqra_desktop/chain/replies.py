"""What nodes answer, checked: only the fields that are used, each of them strictly.

Forms are those of starknet-specs 0.10 (starknet_api_openrpc, starknet_trace_api_openrpc). Fields
that are not named here may come and go; a missing or wrong one makes the whole answer invalid.
"""

from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.chain_types import TxStatus
from obsqra_desktop.domain.felt import parse_felt, selector
from obsqra_desktop.domain.journal import TxState
from obsqra_desktop.domain.strict_json import MAX_INT
from obsqra_desktop.domain.transaction import (
    Approval,
    FeeEstimate,
    Gas,
    Head,
    Receipt,
    Simulation,
    Transfer,
)

Answer = TypeVar("Answer")

MOST_EVENTS: Final = 20_000
MOST_CALLS: Final = 5_000
DEEPEST: Final = 60
"""A transaction may nest 50 calls and emit 1,000 events (documentation, "Limits and triggers")."""


def from_hex(value: object) -> int:
    """A felt in hex, never a JSON number."""
    if not isinstance(value, str):
        raise ValueError("not a hex string")
    return parse_felt(value)


HexFelt = Annotated[int, BeforeValidator(from_hex)]
Word = Annotated[str, Field(pattern=r"^[A-Za-z0-9._+-]{0,40}$", strict=True)]
"""A version: shown to people, so it may hold nothing that changes how text looks."""
Number = Annotated[int, Field(ge=0, le=MAX_INT, strict=True)]


class Reply(BaseModel):
    """Checks what is named, deaf to the rest."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Price(Reply):
    """Of one resource."""

    price_in_fri: HexFelt


class Block(Reply):
    """starknet_getBlockWithTxHashes of an accepted block."""

    block_hash: HexFelt
    block_number: Number
    timestamp: Number
    starknet_version: Word
    l1_gas_price: Price
    l1_data_gas_price: Price
    l2_gas_price: Price


class Event(Reply):
    """Of a receipt, or inside of a call; there the contract is the call's."""

    from_address: HexFelt | None = None
    keys: tuple[HexFelt, ...]
    data: tuple[HexFelt, ...]


class Invocation(Reply):
    """One call of a trace with those inside of it; nested ones stay raw until they are walked."""

    contract_address: HexFelt
    calls: tuple[Any, ...] = ()
    events: tuple[Event, ...] = ()


class Fee(Reply):
    """fee_estimation."""

    l1_gas_consumed: HexFelt
    l1_gas_price: HexFelt
    l1_data_gas_consumed: HexFelt
    l1_data_gas_price: HexFelt
    l2_gas_consumed: HexFelt
    l2_gas_price: HexFelt
    overall_fee: HexFelt
    unit: Literal["FRI"]


class Trace(Reply):
    """Of an invoke or of the deployment of an account."""

    execute_invocation: dict[str, Any] | None = None
    constructor_invocation: dict[str, Any] | None = None


class Simulated(Reply):
    """One simulated transaction."""

    transaction_trace: Trace
    fee_estimation: Fee


class Paid(Reply):
    """actual_fee."""

    amount: HexFelt
    unit: Literal["FRI", "WEI"]


class ReceiptReply(Reply):
    """starknet_getTransactionReceipt."""

    transaction_hash: HexFelt
    actual_fee: Paid
    execution_status: Literal["SUCCEEDED", "REVERTED"]
    finality_status: Literal["PRE_CONFIRMED", "ACCEPTED_ON_L2", "ACCEPTED_ON_L1"]
    block_number: Number | None = None
    revert_reason: str | None = None
    events: Annotated[tuple[Event, ...], Field(max_length=MOST_EVENTS)]


class StatusReply(Reply):
    """starknet_getTransactionStatus."""

    finality_status: Literal[
        "RECEIVED", "CANDIDATE", "PRE_CONFIRMED", "ACCEPTED_ON_L2", "ACCEPTED_ON_L1"
    ]
    execution_status: Literal["SUCCEEDED", "REVERTED"] | None = None
    failure_reason: str | None = None


class Sent(Reply):
    """The answer to a transaction that was taken."""

    transaction_hash: HexFelt


FELT: Final[TypeAdapter[int]] = TypeAdapter(HexFelt)
FELTS: Final[TypeAdapter[tuple[int, ...]]] = TypeAdapter(
    Annotated[tuple[HexFelt, ...], Field(max_length=100_000)]
)
LONG_FELTS: Final[TypeAdapter[tuple[int, ...]]] = TypeAdapter(
    Annotated[tuple[HexFelt, ...], Field(max_length=2_100_000)]
)
"""All leaves of a full tree of MIST."""
TEXT: Final[TypeAdapter[str]] = TypeAdapter(Word)
BLOCK: Final[TypeAdapter[Block]] = TypeAdapter(Block)
SIMULATED: Final[TypeAdapter[tuple[Simulated, ...]]] = TypeAdapter(
    Annotated[tuple[Simulated, ...], Field(min_length=1, max_length=1)]
)
RECEIPT: Final[TypeAdapter[ReceiptReply]] = TypeAdapter(ReceiptReply)
STATUS: Final[TypeAdapter[StatusReply]] = TypeAdapter(StatusReply)
SENT: Final[TypeAdapter[Sent]] = TypeAdapter(Sent)


def checked(adapter: TypeAdapter[Answer], value: object, label: str, what: str) -> Answer:
    """The answer in its form; raises NodeAnswerInvalid, which names the first wrong place."""
    try:
        return adapter.validate_python(value)
    except (ValidationError, RecursionError) as error:
        place = ""
        if isinstance(error, ValidationError):
            first = error.errors(include_url=False, include_input=False, include_context=False)[0]
            place = ".".join(str(part) for part in first["loc"])[:80]
        raise NodeAnswerInvalid(
            f"{label}: its {what} is not of the form that it should have"
            f"{f' ({place})' if place else ''}.",
            hint="Use another node.",
        ) from error


def head_of(block: Block) -> Head:
    """As the program holds it."""
    return Head(
        number=block.block_number,
        timestamp=block.timestamp,
        hash=block.block_hash,
        starknet_version=block.starknet_version,
        l1_gas_price=block.l1_gas_price.price_in_fri,
        l1_data_gas_price=block.l1_data_gas_price.price_in_fri,
        l2_gas_price=block.l2_gas_price.price_in_fri,
    )


def status_of(reply: StatusReply) -> TxStatus:
    """Failed in a block that is not final is not failed for good."""
    failed = reply.execution_status == "REVERTED"
    reason = reply.failure_reason if failed else None
    if reply.finality_status in {"RECEIVED", "CANDIDATE"}:
        return TxStatus(TxState.RECEIVED)
    if reply.finality_status == "PRE_CONFIRMED":
        return TxStatus(TxState.PRE_CONFIRMED, reason)
    if failed:
        return TxStatus(TxState.REVERTED, reason or "no reason given")
    accepted = reply.finality_status == "ACCEPTED_ON_L1"
    return TxStatus(TxState.ACCEPTED_L1 if accepted else TxState.ACCEPTED_L2)


def receipt_of(reply: ReceiptReply) -> Receipt:
    """As the program keeps it."""
    transfers, _ = token_moves([(one.from_address or 0, one) for one in reply.events])
    return Receipt(
        hash=reply.transaction_hash,
        actual_fee=reply.actual_fee.amount,
        block_number=reply.block_number,
        reverted=reply.execution_status == "REVERTED",
        revert_reason=reply.revert_reason,
        transfers=transfers,
    )


def simulation_of(reply: Simulated, label: str, calls: bool = True) -> Simulation:
    """Fees, moves of tokens and the reason of a revert; a declaration calls nothing."""
    trace, fee = reply.transaction_trace, reply.fee_estimation
    root = trace.execute_invocation or trace.constructor_invocation
    if root is None and not calls:
        root = {"contract_address": "0x0", "events": [], "calls": []}
    if root is None:
        raise NodeAnswerInvalid(f"{label}: its simulation shows no call.")
    reason = root.get("revert_reason")
    transfers: tuple[Transfer, ...] = ()
    approvals: tuple[Approval, ...] = ()
    if reason is not None:
        reason = reason if isinstance(reason, str) else "no reason given"
    else:
        transfers, approvals = token_moves(walk(root, label))
    return Simulation(
        fee=FeeEstimate(
            l1_gas=Gas(amount=fee.l1_gas_consumed, price=fee.l1_gas_price),
            l1_data_gas=Gas(amount=fee.l1_data_gas_consumed, price=fee.l1_data_gas_price),
            l2_gas=Gas(amount=fee.l2_gas_consumed, price=fee.l2_gas_price),
            overall=fee.overall_fee,
        ),
        transfers=transfers,
        approvals=approvals,
        revert_reason=reason,
    )


def walk(root: object, label: str) -> list[tuple[int, Event]]:
    """All events of a call and of those inside, each with the contract that emitted it."""
    adapter: TypeAdapter[Invocation] = TypeAdapter(Invocation)
    found: list[tuple[int, Event]] = []
    waiting: list[tuple[object, int]] = [(root, 0)]
    seen = 0
    while waiting:
        raw, depth = waiting.pop()
        seen += 1
        if seen > MOST_CALLS or depth > DEEPEST or len(found) > MOST_EVENTS:
            raise NodeAnswerInvalid(f"{label}: its simulation has more calls than there can be.")
        call = checked(adapter, raw, label, "simulation")
        found += [(call.contract_address, one) for one in call.events]
        waiting += [(one, depth + 1) for one in call.calls]
    return found


def token_moves(
    events: list[tuple[int, Event]],
) -> tuple[tuple[Transfer, ...], tuple[Approval, ...]]:
    """Transfer and Approval of ERC-20 (SNIP-2): parties in the keys, or all in the data."""
    transfers, approvals = [], []
    transfer, approval = selector("Transfer"), selector("Approval")
    for contract, event in events:
        if not event.keys or event.keys[0] not in {transfer, approval}:
            continue
        felts = (*event.keys[1:], *event.data)
        if len(felts) != 4 or felts[2] >> 128 or felts[3] >> 128:
            continue  # an NFT, or no token at all
        first, second, amount = felts[0], felts[1], felts[2] + (felts[3] << 128)
        if event.keys[0] == transfer:
            transfers.append(
                Transfer(token=contract, sender=first, recipient=second, amount=amount)
            )
        else:
            approvals.append(Approval(token=contract, owner=first, spender=second, amount=amount))
    return tuple(transfers), tuple(approvals)

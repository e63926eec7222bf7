"""Transactions of version 3 before and after signing, their fees, and the network's limits.

Starknet documentation, "Transactions": an invoke calls contracts through the account, a deploy
account makes the account itself. Fees are in fri (10^-18 STRK). A bound is the most gas of one
resource and the highest price of a unit; the balance has to cover all bounds.
"""

from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field

from obsqra_desktop.domain.chain_errors import OverLimit
from obsqra_desktop.domain.felt import PRIME, Amount, Count, Felt, selector
from obsqra_desktop.domain.pools import Strict

MAX_CALLDATA: Final = 5_000
"""Felts in the calldata of one transaction (Starknet documentation, "Limits and triggers")."""
MAX_L2_GAS: Final = 1_110_000_000
"""L2 gas that one execution may use (blockifier versioned constants from 0.14.3, SNIP-40)."""
MAX_L2_BOUND: Final = 1_210_000_000
"""Highest bound on L2 gas that the gateway takes (starkware-libs/sequencer pull request 14176)."""
AMOUNT_MARGIN: Final = (12, 10)
"""A bound allows this much more gas than was estimated."""
PRICE_MARGIN: Final = (15, 10)
"""And this much higher a price: prices move between two blocks."""
MAX_EVENTS: Final = 1_000
"""Events of one transaction (blockifier versioned constants), so no more transfers either."""
FOREIGN_TEXT: Final = 2_000
NO_TRANSACTION: Final = (
    "The node names numbers that no transaction can hold. Nothing was signed or sent."
)
ANOTHER_NODE: Final = "Use another node."
REPLACEMENT: Final = (11, 10)
"""Tip and price of L2 gas must both rise by a tenth to replace a waiting transaction."""


def foreign_text(value: object) -> object:
    """Text of a node or a contract, cut, and without what could not be kept or misleads."""
    if not isinstance(value, str):
        return value
    return "".join(
        one if one.isprintable() or one == "\n" else "\N{REPLACEMENT CHARACTER}"
        for one in value[:FOREIGN_TEXT]
    )


ForeignText = Annotated[str, BeforeValidator(foreign_text)]


class Call(Strict):
    """One call of a contract; `entry_point` is the name, the network sees its selector."""

    to: Felt
    entry_point: Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]{0,120}$")]
    calldata: tuple[Felt, ...] = ()


def execute_calldata(calls: tuple[Call, ...]) -> tuple[int, ...]:
    """The calldata of `__execute__` (SNIP-6): the number of calls, then each with its length."""
    felts: list[int] = [len(calls)]
    for call in calls:
        felts += [call.to, selector(call.entry_point), len(call.calldata), *call.calldata]
    return tuple(felts)


class Bound(Strict):
    """Of one resource."""

    max_amount: Amount
    max_price: Amount
    """Fri a unit."""


class Bounds(Strict):
    """Of all three resources, and the tip for each unit of L2 gas."""

    l1_gas: Bound
    l1_data_gas: Bound
    l2_gas: Bound
    tip: Amount = 0

    @property
    def max_fee(self) -> int:
        """The most that the network can take, in fri; what the balance must cover."""
        tip = self.l2_gas.max_amount * self.tip
        parts = (self.l1_gas, self.l1_data_gas, self.l2_gas)
        return int(sum(one.max_amount * one.max_price for one in parts) + tip)


NO_BOUNDS: Final = Bounds(
    l1_gas=Bound(max_amount=0, max_price=0),
    l1_data_gas=Bound(max_amount=0, max_price=0),
    l2_gas=Bound(max_amount=0, max_price=0),
)
"""For an estimate, which is signed for the query version only."""


class Invoke(Strict):
    """Calls through a deployed account."""

    kind: Literal["invoke"] = "invoke"
    sender: Felt
    nonce: Amount
    calls: Annotated[tuple[Call, ...], Field(min_length=1, max_length=64)]
    bounds: Bounds

    @property
    def calldata(self) -> tuple[int, ...]:
        """What goes over the wire."""
        return execute_calldata(self.calls)


class DeployAccount(Strict):
    """Puts an account at the address that follows from these numbers; it pays for that itself."""

    kind: Literal["deploy_account"] = "deploy_account"
    sender: Felt
    """The address that results."""
    nonce: Amount = 0
    class_hash: Felt
    salt: Felt
    constructor_calldata: tuple[Felt, ...]
    bounds: Bounds

    @property
    def calldata(self) -> tuple[int, ...]:
        """What goes over the wire."""
        return self.constructor_calldata


class Declare(Strict):
    """Makes a class known to the network. The class itself ships with the program: it is named
    here by its hashes, and read again wherever it is sent."""

    kind: Literal["declare"] = "declare"
    sender: Felt
    nonce: Amount
    contract: Annotated[str, Field(pattern=r"^[A-Z][A-Za-z0-9]{0,60}$")]
    """Its name in the manifest of contracts; for people and for finding it again."""
    class_hash: Felt
    compiled_class_hash: Felt
    bounds: Bounds

    @property
    def calldata(self) -> tuple[int, ...]:
        """It calls nothing."""
        return ()


AnyTransaction = Invoke | DeployAccount | Declare
Transaction = Annotated[AnyTransaction, Field(discriminator="kind")]


class Signed(Strict):
    """A transaction that the network would take; who has it can send it, once."""

    transaction: Transaction
    chain_id: str
    hash: Felt
    signature: Annotated[tuple[Felt, ...], Field(repr=False, min_length=2, max_length=4_000)]


class Gas(Strict):
    """What the simulation used and what a unit costs now."""

    amount: Amount
    price: Amount


class FeeEstimate(Strict):
    """The node's word, kept within bounds that the user sees."""

    l1_gas: Gas
    l1_data_gas: Gas
    l2_gas: Gas
    overall: Amount
    """Fri."""

    def bounds(self, tip: int = 0, limited: bool = True) -> Bounds:
        """With margins, L2 gas cut at what the gateway takes; raises OverLimit.

        A declaration is not `limited`: it pays for each byte of its class, and the gateway does
        not compare that with the limits of executions (starkware-libs/sequencer 053daf7,
        apollo_gateway, stateless_transaction_validator).
        """
        parts = (self.l1_gas, self.l1_data_gas, self.l2_gas)
        if any(one.amount >= 1 << 64 or one.price >= 1 << 128 for one in parts):
            raise OverLimit(NO_TRANSACTION, hint=ANOTHER_NODE)
        if limited and self.l2_gas.amount > MAX_L2_GAS:
            raise OverLimit(
                f"It needs {self.l2_gas.amount:,} units of L2 gas, "
                f"a transaction may use {MAX_L2_GAS:,}. Nothing was sent.",
                hint="Send it in parts.",
            )
        amount = scaled(self.l2_gas.amount, AMOUNT_MARGIN)
        if limited:
            amount = min(amount, MAX_L2_BOUND)
        return Bounds(
            l1_gas=bound(self.l1_gas),
            l1_data_gas=bound(self.l1_data_gas),
            l2_gas=Bound(max_amount=amount, max_price=scaled(self.l2_gas.price, PRICE_MARGIN)),
            tip=tip,
        )


def scaled(value: int, factor: tuple[int, int]) -> int:
    """Times a fraction, rounded up."""
    return -(-value * factor[0] // factor[1])


def bound(gas: Gas) -> Bound:
    """One resource with both margins."""
    return Bound(
        max_amount=scaled(gas.amount, AMOUNT_MARGIN), max_price=scaled(gas.price, PRICE_MARGIN)
    )


def check_ranges(transaction: AnyTransaction) -> None:
    """Widths of the hashed fields: 64 bits for amounts and tip, 128 for prices, a felt for nonces.

    A lying node can name any number; one that is too wide would change its neighbour in the hash.
    Raises OverLimit.
    """
    bounds = transaction.bounds
    parts = (bounds.l1_gas, bounds.l1_data_gas, bounds.l2_gas)
    wide = any(one.max_amount >= 1 << 64 or one.max_price >= 1 << 128 for one in parts)
    if wide or bounds.tip >= 1 << 64 or transaction.nonce >= PRIME:
        raise OverLimit(NO_TRANSACTION, hint=ANOTHER_NODE)


def check_limits(transaction: AnyTransaction) -> None:
    """The limits that a devnet does not check; raises OverLimit before anything is asked."""
    size = len(transaction.calldata)
    if size > MAX_CALLDATA:
        raise OverLimit(
            f"Its calldata has {size:,} felts, a transaction may have {MAX_CALLDATA:,}. "
            "Nothing was sent.",
            hint="Send it in parts.",
        )
    check_ranges(transaction)
    unlimited = isinstance(transaction, Declare)  # see FeeEstimate.bounds
    if transaction.bounds.l2_gas.max_amount > MAX_L2_BOUND and not unlimited:
        raise OverLimit(
            f"Its bound on L2 gas is {transaction.bounds.l2_gas.max_amount:,}, "
            f"the network takes at most {MAX_L2_BOUND:,}. Nothing was sent.",
        )


class Transfer(Strict):
    """Tokens that move, from the events of a simulation or receipt."""

    token: Felt
    sender: Felt
    recipient: Felt
    amount: Amount


class Approval(Strict):
    """A right to take tokens later, from the events of a simulation."""

    token: Felt
    owner: Felt
    spender: Felt
    amount: Amount


class Simulation(Strict):
    """What the node says would happen. A node can lie here: bounds and caps are what holds."""

    fee: FeeEstimate
    transfers: tuple[Transfer, ...]
    """Without the payment of the fee."""
    approvals: tuple[Approval, ...]
    revert_reason: ForeignText | None

    def differences(self, account: int) -> dict[int, int]:
        """Token to what the account gains (+) or loses (-); without the fee, zeros left out."""
        change: dict[int, int] = {}
        for one in self.transfers:
            if one.sender == account:
                change[one.token] = change.get(one.token, 0) - one.amount
            if one.recipient == account:
                change[one.token] = change.get(one.token, 0) + one.amount
        return {token: value for token, value in change.items() if value}


class Head(Strict):
    """The newest accepted block, as one node tells it."""

    number: Count
    timestamp: Count
    hash: Felt
    starknet_version: str
    l1_gas_price: Amount
    l1_data_gas_price: Amount
    l2_gas_price: Amount
    """Fri a unit."""


class Receipt(Strict):
    """What happened, as the network says."""

    hash: Felt
    actual_fee: Amount
    """Fri."""
    block_number: Count | None
    """None while pre-confirmed on some nodes."""
    reverted: bool
    revert_reason: ForeignText | None
    transfers: Annotated[tuple[Transfer, ...], Field(max_length=MAX_EVENTS)]

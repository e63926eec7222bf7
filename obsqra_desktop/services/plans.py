"""What a transaction would do, in words and figures, before anybody confirms it."""

from dataclasses import dataclass

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import KNOWN_TOKENS, Token, format_amount
from obsqra_desktop.domain.contracts import UDC, ContractFacts
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.journal import Spend, TxKind
from obsqra_desktop.domain.mist.calls import spend_publics
from obsqra_desktop.domain.network import Network
from obsqra_desktop.domain.spending import CapUse
from obsqra_desktop.domain.transaction import (
    AnyTransaction,
    Call,
    Declare,
    DeployAccount,
    Invoke,
    Simulation,
    Transfer,
)

LOW_HALF = 2**128
BARE = 4
"""Felts of a deployment without constructor calldata: class, salt, bound to the sender, none."""


@dataclass(frozen=True)
class CallWords:
    """One call as people read it; `arguments` are (name, value)."""

    contract: str
    entry_point: str
    arguments: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TokenChange:
    """What the account gains (+) or loses (-), without the fee."""

    token: Token
    amount: int


@dataclass(frozen=True)
class Unseen:
    """What is assumed of a transaction instead of simulating it."""

    l2_gas: int
    l1_data_gas: int
    transfers: tuple[Transfer, ...]
    """What it should move, as it is told to its user."""


@dataclass(frozen=True)
class Intent:
    """What the user wants, before any node is asked."""

    kind: TxKind
    title: str
    calls: tuple[Call, ...]
    spends: tuple[Spend, ...]
    recipient: int | None = None
    tokens: tuple[Token, ...] = ()
    """Tokens outside the known ones that `calls` touch."""
    replaces: str | None = None
    declares: ContractFacts | None = None
    """The class that a declaration makes known."""
    unseen: "Unseen | None" = None
    """Set for what no node may see before its user's word: it is not simulated."""


@dataclass(frozen=True)
class Plan:
    """A simulated transaction that waits for its user's word; fees and balance in fri."""

    network: Network
    account: Account
    node: str
    intent: Intent
    transaction: AnyTransaction
    simulation: Simulation
    calls: tuple[CallWords, ...]
    changes: tuple[TokenChange, ...]
    likely_fee: int
    max_fee: int
    balance: int
    """STRK of the account."""
    block_number: int
    block_timestamp: int
    caps: tuple[CapUse, ...]
    checked_with: str | None
    """The second node that told the same; None if none was asked."""
    warnings: tuple[str, ...]

    @property
    def kind(self) -> TxKind:
        """What it is for."""
        return self.intent.kind

    @property
    def title(self) -> str:
        """What is to be confirmed."""
        return self.intent.title

    @property
    def recipient(self) -> int | None:
        """Who gets the tokens."""
        return self.intent.recipient

    @property
    def replaces(self) -> str | None:
        """Id of the record whose nonce it takes."""
        return self.intent.replaces


def split_u256(value: int) -> tuple[int, int]:
    """Low and high half, as Cairo passes a u256."""
    return value % LOW_HALF, value // LOW_HALF


def transfer_call(token: Token, to: int, amount: int) -> Call:
    """`transfer(recipient, amount)` of an ERC-20 (SNIP-2)."""
    return Call(to=token.address, entry_point="transfer", calldata=(to, *split_u256(amount)))


def is_transfer(calldata: tuple[int, ...]) -> bool:
    """Whether it is an address and two halves of a u256; else no amount would be true."""
    return len(calldata) == 3 and max(calldata[1:]) < LOW_HALF


def known_token(address: int, more: tuple[Token, ...] = ()) -> Token | None:
    """The token at an address."""
    return next((one for one in (*KNOWN_TOKENS, *more) if one.address == address), None)


def call_words(call: Call, tokens: tuple[Token, ...] = ()) -> CallWords:
    """Decoded where the call is known, else its numbers."""
    token = known_token(call.to, tokens)
    contract = address_form(call.to)
    if token is not None:
        contract = f"{token.symbol} token ({contract})"
        if call.entry_point == "transfer" and is_transfer(call.calldata):
            to, low, high = call.calldata
            amount = format_amount(low + high * LOW_HALF, token.decimals)
            return CallWords(
                contract,
                "transfer",
                (("to", address_form(to)), ("amount", f"{amount} {token.symbol}")),
            )
    publics = spend_publics(call)
    if publics is not None:
        return CallWords(contract, call.entry_point, spend_words(publics, len(call.calldata)))
    if (call.to, call.entry_point, len(call.calldata)) == (UDC, "deployContract", BARE):
        class_hash, salt, bound, _ = call.calldata
        return CallWords(
            f"universal deployer ({contract})",
            "deployContract",
            (
                ("class", hex(class_hash)),
                ("salt", hex(salt)),
                ("address depends on", "the sender too" if bound else "class and salt alone"),
            ),
        )
    numbers = tuple((f"felt {place}", hex(felt)) for place, felt in enumerate(call.calldata))
    return CallWords(contract, call.entry_point, numbers)


def spend_words(publics: tuple[int, ...], felts: int) -> tuple[tuple[str, str], ...]:
    """What everybody sees of a proved spend in MIST; the rest of its argument is the proof."""
    owner, _, amount, token, _, root, nullifier, first, second, _ = publics
    leaves = (("withdraws", str(amount)), ("token", hex(token))) if amount else ()
    return (
        ("owner", address_form(owner)),
        *(leaves or (("withdraws", "nothing"),)),
        ("root", hex(root)),
        ("nullifier", hex(nullifier)),
        ("new leaf", hex(first)),
        ("new leaf", hex(second)),
        ("proof", f"{felts} felts in all"),
    )


def deploy_words(transaction: DeployAccount) -> CallWords:
    """The constructor of the account."""
    return CallWords(
        f"new account at {address_form(transaction.sender)}",
        "constructor",
        (
            ("class", hex(transaction.class_hash)),
            *(
                (f"felt {place}", hex(felt))
                for place, felt in enumerate(transaction.constructor_calldata)
            ),
        ),
    )


def declare_words(transaction: Declare) -> CallWords:
    """What a declaration does: it makes code known, which moves nothing and cannot be undone."""
    return CallWords(
        f"class {transaction.contract}",
        "declare",
        (
            ("class", hex(transaction.class_hash)),
            ("compiled class", hex(transaction.compiled_class_hash)),
        ),
    )


def transaction_words(
    transaction: AnyTransaction, tokens: tuple[Token, ...] = ()
) -> tuple[CallWords, ...]:
    """All that a transaction calls."""
    match transaction:
        case Invoke():
            return tuple(call_words(call, tokens) for call in transaction.calls)
        case Declare():
            return (declare_words(transaction),)
        case DeployAccount():
            return (deploy_words(transaction),)


def changes(simulation: Simulation, account: int, tokens: tuple[Token, ...]) -> list[TokenChange]:
    """The account's gains and losses; contracts that are no known token are named by address."""
    return [
        TokenChange(
            known_token(address, tokens) or Token(f"{hex(address)[:10]}…", "unknown", address, 0),
            amount,
        )
        for address, amount in simulation.differences(account).items()
    ]

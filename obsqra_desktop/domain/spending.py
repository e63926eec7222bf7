"""The user's own limits on what may leave an account, per transaction and per day.

A day is the last 24 hours by the chain's clock, so that setting this computer's clock frees
nothing. Fees count as STRK at their highest until the receipt tells the real one.
"""

from typing import Annotated, Final, Literal

from pydantic import Field, PlainSerializer, model_validator

from obsqra_desktop.domain.amounts import ETH, STRK, Token, format_amount
from obsqra_desktop.domain.chain_errors import OverCap
from obsqra_desktop.domain.felt import Amount, Felt
from obsqra_desktop.domain.journal import UNPAID, Spend, TxRecord, TxState
from obsqra_desktop.domain.network import Network
from obsqra_desktop.domain.pools import Strict

SPENDING_SCHEMA: Final = "obsqra/spending/1"
DAY: Final = 86_400
UNIT: Final = 10**18
MAIN_CHAIN: Final = "SN_MAIN"
Total = Annotated[int, Field(ge=0), PlainSerializer(str, return_type=str)]
"""A sum of amounts; it may be above what one amount can be."""


class TokenCaps(Strict):
    """Of one token, in its smallest unit; None is no limit."""

    token: Felt
    per_transaction: Amount | None = None
    per_day: Amount | None = None


class NetworkCaps(Strict):
    """Of one network; `max_fee` is in fri."""

    network: str
    max_fee: Amount | None = None
    tokens: Annotated[tuple[TokenCaps, ...], Field(max_length=64)] = ()

    @model_validator(mode="after")
    def _consistent(self) -> "NetworkCaps":
        if len({one.token for one in self.tokens}) != len(self.tokens):
            raise ValueError("one token has limits twice")
        return self

    def of(self, token: int) -> TokenCaps:
        """The caps of a token; none set if it is not listed."""
        return next((one for one in self.tokens if one.token == token), TokenCaps(token=token))

    def with_token(self, caps: TokenCaps) -> "NetworkCaps":
        """With one token's caps replaced."""
        others = tuple(one for one in self.tokens if one.token != caps.token)
        return self.model_copy(update={"tokens": (*others, caps)})


class SpendingRules(Strict):
    """spending.json: networks that are not listed have the defaults."""

    schema_id: Literal["obsqra/spending/1"] = Field(default=SPENDING_SCHEMA, alias="schema")
    networks: Annotated[tuple[NetworkCaps, ...], Field(max_length=64)] = ()

    @model_validator(mode="after")
    def _consistent(self) -> "SpendingRules":
        if len({one.network for one in self.networks}) != len(self.networks):
            raise ValueError("one network has limits twice")
        return self

    def of(self, network: Network) -> NetworkCaps:
        """The caps in force."""
        found = next((one for one in self.networks if one.network == network.id), None)
        return found or default_caps(network)

    def with_network(self, caps: NetworkCaps) -> "SpendingRules":
        """With one network's caps replaced."""
        others = tuple(one for one in self.networks if one.network != caps.network)
        return self.model_copy(update={"networks": (*others, caps)})


def default_caps(network: Network) -> NetworkCaps:
    """Careful where money is real; elsewhere only the fee is capped. All can be changed."""
    if network.chain_id == MAIN_CHAIN:  # also when a custom network names that chain
        return NetworkCaps(
            network=network.id,
            max_fee=20 * UNIT,
            tokens=(
                TokenCaps(token=STRK.address, per_transaction=500 * UNIT, per_day=1_000 * UNIT),
                TokenCaps(token=ETH.address, per_transaction=UNIT // 10, per_day=UNIT // 4),
            ),
        )
    return NetworkCaps(network=network.id, max_fee=20 * UNIT)


class CapUse(Strict):
    """How much of a token's caps this transaction would use; with the fee in STRK's."""

    token: Felt
    now: Total
    today: Total
    """In the last 24 hours, without this one."""
    per_transaction: Amount | None
    per_day: Amount | None


def spent_since(records: tuple[TxRecord, ...], token: int, since: int) -> int:
    """What left at or after a moment; what cannot have been paid counts nothing.

    Records from the future count: see the module's first lines.
    """
    total = 0
    for one in records:
        if one.created_at < since or one.state in UNPAID:
            continue
        if one.state is not TxState.REVERTED:
            total += sum(spend.amount for spend in one.spends if spend.token == token)
        if token == STRK.address:
            total += one.receipt.actual_fee if one.receipt else one.max_fee
    return total


def cap_uses(
    caps: NetworkCaps,
    records: tuple[TxRecord, ...],
    spends: tuple[Spend, ...],
    max_fee: int,
    now: int,
) -> tuple[CapUse, ...]:
    """One entry for each token that would leave; `records` are those of the network."""
    leaving: dict[int, int] = {STRK.address: max_fee}
    for spend in spends:
        leaving[spend.token] = leaving.get(spend.token, 0) + spend.amount
    return tuple(
        CapUse(
            token=token,
            now=amount,
            today=spent_since(records, token, now - DAY),
            per_transaction=caps.of(token).per_transaction,
            per_day=caps.of(token).per_day,
        )
        for token, amount in leaving.items()
    )


def check_caps(
    caps: NetworkCaps,
    records: tuple[TxRecord, ...],
    spends: tuple[Spend, ...],
    max_fee: int,
    now: int,
) -> tuple[CapUse, ...]:
    """The uses; raises OverCap when one is above its limit."""
    hint = "If you mean it, change the limit: Settings, or obsqra tx limits."
    if caps.max_fee is not None and max_fee > caps.max_fee:
        raise OverCap(
            f"The fee could be {at_most(max_fee)}, your limit is "
            f"{amount(STRK.address, caps.max_fee)}. Nothing was sent.",
            hint=hint,
        )
    uses = cap_uses(caps, records, spends, max_fee, now)
    for use in uses:
        if use.per_transaction is not None and use.now > use.per_transaction:
            fee = " with the highest fee" if use.token == STRK.address else ""
            raise OverCap(
                f"{amount(use.token, use.now)}{fee} is above your limit of "
                f"{amount(use.token, use.per_transaction)} a transaction. Nothing was sent.",
                hint=hint,
            )
        if use.per_day is not None and use.now + use.today > use.per_day:
            raise OverCap(
                f"{amount(use.token, use.now)} and the {amount(use.token, use.today)} of the last "
                f"24 hours are above your limit of {amount(use.token, use.per_day)} a day. "
                "Nothing was sent.",
                hint=hint,
            )
    return uses


def amount(token: int, value: int) -> str:
    """An amount in words; unknown tokens in their smallest unit."""
    known: Token | None = next((one for one in (STRK, ETH) if one.address == token), None)
    if known is None:
        return f"{value:,} units of {hex(token)[:10]}…"
    return f"{format_amount(value, known.decimals, 6)} {known.symbol}"


def at_most(fri: int) -> str:
    """A highest fee in STRK with four digits, rounded up: it is never more than that, and sending
    that much is enough for it."""
    step = 10 ** (STRK.decimals - 4)
    return f"{format_amount(-(-fri // step) * step, STRK.decimals)} {STRK.symbol}"

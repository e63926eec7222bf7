"""What every venue's answers come down to, before metrics are made of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final, Protocol

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.market import guards
from obsqra_desktop.domain.market.derivation import DerivationInput, MarketWarning
from obsqra_desktop.domain.market.keys import PoolRef, VenueId
from obsqra_desktop.domain.market.prices import Amounts
from obsqra_desktop.domain.market.questions import (
    BLOCK_NOT_FOUND,
    Answers,
    CallFailed,
    Question,
    header,
)
from obsqra_desktop.services.market.plan import Plan


@dataclass(frozen=True)
class Part:
    """One quantity, or why it is not known, and the replies that it was read from."""

    words: str
    keys: tuple[str, ...] = ()
    amounts: Amounts | None = None
    number: Fraction | None = None
    reason: str = ""

    @property
    def known(self) -> bool:
        """Whether there is one."""
        return self.amounts is not None or self.number is not None

    def input(self, name: str, value: str) -> DerivationInput:
        """As a line of a derivation."""
        return DerivationInput(name=name[:400], value=value[:400], keys=self.keys)


@dataclass(frozen=True)
class Reading:
    """One pool. Prices are raw: token1 for token0 in smallest units."""

    prices: tuple[tuple[int, Fraction], ...] = ()
    price_keys: tuple[str, ...] = ()
    head_price: Fraction | None = None
    liquidity: tuple[int, ...] = ()
    volume: Part = field(default_factory=lambda: Part("volume", reason="not measured"))
    """Amounts that went in, or a number: the turnover, volume for value."""
    value: Part = field(default_factory=lambda: Part("value", reason="not measured"))
    near: Part = field(default_factory=lambda: Part("depth", reason="not measured"))
    earned: Part = field(default_factory=lambda: Part("yield", reason="not measured"))
    utilization: Part | None = None
    """Of a lending market: the share that is lent out, at the head."""
    traded: bool = True
    class_hash: int | None = None
    class_keys: tuple[str, ...] = ()
    warnings: tuple[MarketWarning, ...] = ()


class Venue(Protocol):
    """One kind of venue."""

    @property
    def id(self) -> VenueId: ...  # noqa: D102

    def questions(self, pool: PoolRef, plan: Plan) -> tuple[Question, ...]:
        """All that `read` needs, at the plan's blocks."""
        ...

    def price_question(self, pool: PoolRef, block: int) -> Question | None:
        """What tells the price at a block; None for a venue without prices."""
        ...

    def price(self, answers: Answers, question: Question) -> Fraction | None:
        """The raw price in the answer to that; None while the pool is not there."""
        ...

    def present(self, pool: PoolRef, block: int) -> Question:
        """What tells whether the pool was there at a block."""
        ...

    def was_there(self, answers: Answers, question: Question) -> bool:
        """The answer to that; raises Hidden if the node does not keep the block."""
        ...

    def read(self, pool: PoolRef, plan: Plan, answers: Answers) -> Reading:
        """Raises NodeAnswerInvalid if an answer is not of its layout or cannot be true."""
        ...


def follow_up(venue: Venue, pool: PoolRef, plan: Plan, answers: Answers) -> tuple[Question, ...]:
    """Prices of the two blocks before each sample whose price stands out: then the median of the
    three stands for it. Asked only where it is needed, so that a calm pool costs nothing."""
    if not neighbours(plan, answers):
        return ()
    found: list[tuple[int, Fraction]] = []
    for block in plan.samples:
        question = venue.price_question(pool, block)
        if question is None or question not in answers:
            return ()
        try:
            price = venue.price(answers, question)
        except NodeAnswerInvalid:
            return ()  # reading it will say what is wrong
        if price is not None:
            found.append((block, price))
    around = [one for block in guards.spiked(found) for one in guards.triplet(block)]
    asked = [venue.price_question(pool, one) for one in around]
    return tuple(dict.fromkeys(one for one in asked if one is not None))


def neighbours(plan: Plan, answers: Answers) -> bool:
    """Whether blocks follow each other so closely that the two before say the price of the same
    moment. Where they are half an hour apart, as on a practice chain, a price that stands for one
    block has stood for half an hour."""
    ends = [answers.header(header(one)) for one in (plan.samples[0], plan.head)]
    first, last = ends
    if isinstance(first, CallFailed) or isinstance(last, CallFailed):
        return False
    blocks = last.number - first.number
    return blocks > 0 and last.timestamp - first.timestamp <= CLOSE * blocks


def steady_prices(
    venue: Venue, pool: PoolRef, plan: Plan, blocks: Sequence[int], answers: Answers
) -> list[tuple[int, guards.Steady]]:
    """At each block the median of the prices that are known of it and the two before."""
    close = neighbours(plan, answers)
    found = []
    for block in blocks:
        around = guards.triplet(block) if close else (block,)
        asked = [venue.price_question(pool, one) for one in around]
        known = [
            price
            for one in asked
            if one is not None and one in answers
            if (price := venue.price(answers, one)) is not None
        ]
        if known:
            found.append((block, guards.steady(known)))
    return found


CLOSE: Final = 300
"""Seconds from block to block, on the window's average."""


class Hidden(NodeAnswerInvalid):
    """The node does not keep the state of that block: no answer to whether something was there."""

    code = "history_hidden"
    title = "The node does not keep that block"


def hidden(found: CallFailed) -> bool:
    """Whether a no means that the node lacks the block's state, and not that nothing was there."""
    words = found.text.lower()
    return found.code == BLOCK_NOT_FOUND or ("state" in words and "block" in words)


def absent(found: CallFailed) -> bool:
    """False, for a contract that was not there; raises Hidden."""
    if hidden(found):
        raise Hidden(f"the node does not know that block's state: {found.text[:120]}")
    return False


def contract_is_there(answers: Answers, question: Question) -> bool:
    """Of a class hash that was asked for; raises Hidden."""
    found = answers.class_hash(question)
    return absent(found) if isinstance(found, CallFailed) else found != 0


def class_of(answers: Answers, question: Question) -> int:
    """The class of a pool's contract; raises NodeAnswerInvalid if there is no contract."""
    found = answers.class_hash(question)
    if isinstance(found, CallFailed):
        raise NodeAnswerInvalid(f"there is no contract at {question.contract:#x}")
    return found

"""What every venue's answers come down to, before metrics are made of it."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Protocol

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.market.derivation import DerivationInput, MarketWarning
from obsqra_desktop.domain.market.keys import PoolRef, VenueId
from obsqra_desktop.domain.market.prices import Amounts
from obsqra_desktop.domain.market.questions import Answers, CallFailed, Question
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

    def present(self, pool: PoolRef, block: int) -> Question:
        """What tells whether the pool was there at a block."""
        ...

    def was_there(self, answers: Answers, question: Question) -> bool:
        """The answer to that."""
        ...

    def read(self, pool: PoolRef, plan: Plan, answers: Answers) -> Reading:
        """Raises NodeAnswerInvalid if an answer is not of its layout or cannot be true."""
        ...


def contract_is_there(answers: Answers, question: Question) -> bool:
    """Of a class hash that was asked for."""
    found = answers.class_hash(question)
    return not isinstance(found, CallFailed) and found != 0


def class_of(answers: Answers, question: Question) -> int:
    """The class of a pool's contract; raises NodeAnswerInvalid if there is no contract."""
    found = answers.class_hash(question)
    if isinstance(found, CallFailed):
        raise NodeAnswerInvalid(f"there is no contract at {question.contract:#x}")
    return found

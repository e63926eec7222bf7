"""Cairo's serialised values, read strictly: exact lengths, exact ranges.

Felts come in the order of the type's fields. `u256` is low and high 128 bits; Ekubo's `i129` is
magnitude and sign (1 is negative); a `bool` is 0 or 1 and nothing else.
"""

from typing import Final

from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid
from obsqra_desktop.domain.felt import ADDRESS_BOUND
from obsqra_desktop.domain.market.questions import CallFailed

U8: Final = 1 << 8
U64: Final = 1 << 64
U128: Final = 1 << 128


class BadLayout(NodeAnswerInvalid):
    """A contract's answer has another length or range than the layout that is known."""

    code = "bad_layout"
    title = "A contract's answer has an unknown layout"


class Refused(NodeAnswerInvalid):
    """A contract did not answer at all; `answer` is the chain's own no."""

    code = "call_failed"
    title = "A contract refused the question"

    def __init__(self, what: str, answer: CallFailed) -> None:
        super().__init__(f"{what}: {answer.text[:200] or 'no reason given'} (code {answer.code})")
        self.answer = answer


class Fields:
    """Takes values off the front of an answer. `what` names the entry point in errors.

    Raises Refused for a failed call, BadLayout for everything else.
    """

    def __init__(self, answer: tuple[int, ...] | CallFailed, what: str, length: int) -> None:
        if isinstance(answer, CallFailed):
            raise Refused(what, answer)
        if len(answer) != length:
            raise BadLayout(f"{what}: {length} felts were expected, {len(answer)} came")
        self._felts = answer
        self._what = what
        self._at = 0

    def felt(self) -> int:
        """The next felt as it is."""
        self._at += 1
        return self._felts[self._at - 1]

    def below(self, bound: int, kind: str) -> int:
        """The next felt, which must be below the bound."""
        value = self.felt()
        if not 0 <= value < bound:
            raise BadLayout(f"{self._what}: felt {self._at - 1} is no {kind}")
        return value

    def boolean(self) -> bool:
        """0 or 1."""
        return self.below(2, "bool") == 1

    def u8(self) -> int:
        """Below 2^8."""
        return self.below(U8, "u8")

    def u64(self) -> int:
        """Below 2^64."""
        return self.below(U64, "u64")

    def u128(self) -> int:
        """Below 2^128."""
        return self.below(U128, "u128")

    def u256(self) -> int:
        """Two felts, low then high."""
        low = self.u128()
        return low + (self.u128() << 128)

    def address(self) -> int:
        """A contract address; 0 is none."""
        return self.below(ADDRESS_BOUND, "address")

    def i129(self) -> int:
        """Ekubo's signed number: |value| < 2^128; a negative zero is zero, as its own equality
        says."""
        magnitude = self.u128()
        return -magnitude if self.boolean() else magnitude

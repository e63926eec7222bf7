"""Own statements of what three kinds of practice pools do, from the calls that reached the chain.

They share nothing with the contracts or with what drives them: amounts are exact fractions and
what the venues' papers demand of them, and where a contract must round, the model says within how
many smallest units it may.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from obsqra_desktop.domain.felt import selector

YEAR = 31_557_600
FULL_RATE = Fraction(1, 10)
"""A year's interest of the practice lending pool when everything is lent."""


@dataclass(frozen=True)
class Asked:
    """One call of a transaction."""

    block: int
    at: int
    """Unix seconds that the contract sees: the devnet runs a transaction at the time of the block
    before and dates its own block anew (measured with 0.10.1)."""
    to: int
    selector: int
    data: tuple[int, ...]

    def named(self, name: str) -> bool:
        return self.selector == selector(name)


def calls_in(block: int, at: int, told: dict[str, Any]) -> Iterator[Asked]:
    """Of a block with receipts: of each invoke that went well, [n, (to, selector, len, data)*]."""
    for entry in told["transactions"]:
        transaction, receipt = entry["transaction"], entry["receipt"]
        if transaction["type"] != "INVOKE" or receipt["execution_status"] != "SUCCEEDED":
            continue
        felts = [int(one, 16) for one in transaction["calldata"]]
        place = 1
        for _ in range(felts[0]):
            to, name, length = felts[place : place + 3]
            place += 3
            yield Asked(block, at, to, name, tuple(felts[place : place + length]))
            place += length
        assert place == len(felts)


@dataclass
class Pair:
    """Constant product. The rule as the Uniswap v2 paper gives it (3.2.1): after a swap
    (1000 x' - 3 in) (1000 y') >= 1000^2 x y, and nothing that could go out stays in."""

    held: list[int] = field(default_factory=lambda: [0, 0])
    supply: int = 0

    def open(self, amounts: Sequence[int]) -> None:
        self.held = list(amounts)
        square, root = amounts[0] * amounts[1], 0
        for bit in reversed(range(256)):
            if (root + (1 << bit)) ** 2 <= square:
                root += 1 << bit
        self.supply = root

    def pay(self, amount: int, side: int) -> None:
        before = self.held[0] * self.held[1]
        inside, outside = self.held[side] + amount, self.held[1 - side]

        def allowed(out: int) -> bool:
            return (1000 * inside - 3 * amount) * 1000 * (outside - out) >= 10**6 * before

        low, high = 0, outside  # allowed(low), not allowed(high)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if allowed(middle) else (low, middle)
        self.held[side], self.held[1 - side] = inside, outside - low


@dataclass
class Range:
    """One stretch of liquidity over all prices (Uniswap v3 paper, 6.2 and 6.3): between two roots
    of the price go L * (b - a) of token 1 and L * (1/a - 1/b) of token 0; the fee is a part of what
    is paid, a tenth of it is the protocol's, the rest grows for each unit of liquidity."""

    fee: Fraction
    root: Fraction = Fraction(0)
    depth: int = 0
    grown: list[Fraction] = field(default_factory=lambda: [Fraction(0), Fraction(0)])
    kept: list[Fraction] = field(default_factory=lambda: [Fraction(0), Fraction(0)])
    paid: list[Fraction] = field(default_factory=lambda: [Fraction(0), Fraction(0)])
    swaps: int = 0

    def open(self, root: int, depth: int) -> None:
        self.root, self.depth = Fraction(root, 2**96), depth
        self.paid = [self.depth / self.root, self.depth * self.root]

    def move(self, limit: int, side: int) -> None:
        """Swap until the price is there; the amount that was offered is more than enough."""
        after = Fraction(limit, 2**96)
        assert (after > self.root) == bool(side)
        one = self.depth * (after - self.root)
        zero = self.depth * (1 / after - 1 / self.root)
        net = (zero, one)[side]
        fee = net * self.fee / (1 - self.fee)
        self.kept[side] += fee / 10
        self.grown[side] += fee * Fraction(9, 10) / self.depth
        self.paid[0] += zero
        self.paid[1] += one
        self.paid[side] += fee
        self.root = after
        self.swaps += 1


@dataclass
class Lending:
    """A market of a lending pool: debt / (debt + reserve) is lent, and debt grows by simple
    interest from change to change, at a rate in proportion to what was lent at the last one."""

    reserve: int = 0
    debt: Fraction = Fraction(0)
    index: Fraction = Fraction(1)
    touched: int = 0

    def grown(self, now: int) -> Fraction:
        """By how much a debt of one has grown since the last change."""
        return 1 + FULL_RATE * self.lent(self.debt) * (now - self.touched) / YEAR

    def lent(self, debt: Fraction) -> Fraction:
        return debt / (debt + self.reserve) if debt else Fraction(0)

    def change(self, now: int, borrowed: int) -> None:
        """Borrow, or repay a negative amount."""
        grown = self.grown(now)
        self.debt = self.debt * grown + borrowed
        self.index *= grown
        self.reserve -= borrowed
        self.touched = now

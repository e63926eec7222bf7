"""What a chain tells of a pool: its leaves at a block, and the transactions of a block.

Every question behind these is about the whole pool or a whole block. Nothing in them can depend on
which notes are one's own.
"""

from dataclasses import dataclass

from obsqra_desktop.domain.mist.looks import BlockMark


@dataclass(frozen=True, slots=True)
class PoolLook:
    """All leaves and the root, both of one block."""

    block: BlockMark
    at: int
    """The block's time, unix seconds."""
    leaves: tuple[int, ...]
    root: int
    node: str
    """Label of the node that told it."""


@dataclass(frozen=True, slots=True)
class Moved:
    """Tokens that came to somebody, by an event of the token."""

    token: int
    recipient: int
    amount: int


@dataclass(frozen=True, slots=True)
class ChainTransaction:
    """A transaction that succeeded: who sent it, all that it said to contracts, what it moved."""

    hash: int
    sender: int
    calldata: tuple[int, ...]
    moves: tuple[Moved, ...] = ()


@dataclass(frozen=True, slots=True)
class ChainBlock:
    """An accepted block with its transactions that succeeded, in their order."""

    mark: BlockMark
    at: int
    transactions: tuple[ChainTransaction, ...]

"""What a chain tells of a pool: its leaves at a block, and the transactions of a block.

Every question behind these is about the whole pool or a whole block. Nothing in them can depend on
which notes are one's own.
"""

from dataclasses import dataclass

from obsqra_desktop.domain.mist_notes import BlockMark


@dataclass(frozen=True, slots=True)
class PoolLook:
    """All leaves and the root, both of one block."""

    block: BlockMark
    at: int
    """The block's time, unix seconds."""
    leaves: tuple[int, ...]
    root: int


@dataclass(frozen=True, slots=True)
class TokenMove:
    """An ERC-20 Transfer event."""

    token: int
    sender: int
    recipient: int
    amount: int


@dataclass(frozen=True, slots=True)
class ChainTransaction:
    """A transaction that succeeded: who sent it, what it said, which tokens moved."""

    hash: int
    sender: int
    calldata: tuple[int, ...]
    moves: tuple[TokenMove, ...]


@dataclass(frozen=True, slots=True)
class ChainBlock:
    """An accepted block with its transactions that succeeded, in their order."""

    mark: BlockMark
    parent_hash: int
    transactions: tuple[ChainTransaction, ...]

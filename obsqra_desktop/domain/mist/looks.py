"""What looks at a pool leave in the notes book: how far, at what contract, and what is missing."""

import hashlib
from typing import Annotated, Final

from pydantic import Field

from obsqra_desktop.domain.felt import Amount, Count, Felt
from obsqra_desktop.domain.mist.fields import Digest, Element, EntryId, Position
from obsqra_desktop.domain.mist.note import MAX_LEAVES
from obsqra_desktop.domain.pools import Strict

MAX_MARKS: Final = 16


class MissingPart(Strict):
    """What a spend left in the pool and the search could not find again: an amount with many
    digits, or one that was forwarded. A backup that has the notes brings it back."""

    note: EntryId
    """The note that was spent."""
    token: Felt
    amount: Amount
    """All that is not explained."""
    tx_hash: Felt
    outputs: Annotated[tuple[Element, ...], Field(max_length=2, repr=False)]
    """Leaves that may be one's own."""
    index: Count | None = None
    """Of keys, the one after the last that was in use before it."""
    digits: Count = 0
    """The deep search has tried all amounts of so many digits,"""
    tried: Count = 0
    """and so many with one digit more,"""
    order: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$", repr=False)] = ""
    """in the order that this names."""


class BlockMark(Strict):
    """A block that was looked at, with its hash, so that a reorganisation is noticed."""

    number: Count
    hash: Felt


class ScanState(Strict):
    """How far was looked.

    `leaves`, `root` and `digest` are of the newest look at the tree; `history` lists blocks,
    rising, up to which all transactions on the pool were looked through.
    """

    leaves: Annotated[int, Field(ge=0, le=MAX_LEAVES)]
    root: Element
    digest: Digest
    """`leaves_digest` of the leaves then, in their order."""
    block: BlockMark
    at: Count
    """That block's time."""
    history: Annotated[tuple[BlockMark, ...], Field(max_length=MAX_MARKS)] = ()
    history_leaves: Annotated[int, Field(ge=0, le=MAX_LEAVES)] | None = None
    """Leaves when all blocks were looked through for the last time; None if never."""
    own: Annotated[tuple[Position, ...], Field(max_length=MAX_LEAVES)] = ()
    """Places of one's own among the leaves, rising; see domain.mist.own."""


class PoolTrust(Strict):
    """The contract as it was when it was last trusted."""

    class_hash: Felt
    verifier: Felt
    owner: Felt
    verifier_class: Felt | None = None
    at: Count


class FundingWord(Strict):
    """What its user says of the STRK that an account pays its fees with; nothing can check it."""

    account: Felt
    apart: bool
    """They do not lead to its user."""
    at: Count


def leaves_digest(leaves: tuple[int, ...]) -> str:
    """SHA-256 over all leaves, 32 big-endian bytes each, in their order."""
    digest = hashlib.sha256()
    for leaf in leaves:
        digest.update(leaf.to_bytes(32, "big"))
    return digest.hexdigest()

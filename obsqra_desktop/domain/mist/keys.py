"""Who gives out the keys of private money, and where the book is that they open."""

from dataclasses import dataclass, field
from typing import Protocol


class ClaimingKeys(Protocol):
    """Gives out the claiming key of an index."""

    def claiming_key(self, index: int) -> int:
        """Below 2^248."""
        ...


class PoolKeys(ClaimingKeys, Protocol):
    """All keys of one secret for one pool on one chain; privacy.keys.MistKeys is one."""

    @property
    def chain_id(self) -> int: ...  # noqa: D102
    @property
    def pool(self) -> int: ...  # noqa: D102
    def account_key(self, index: int) -> int:
        """The private key of the index-th fresh account."""
        ...

    def notes_key(self) -> bytes:
        """32 bytes that the book is sealed under."""
        ...


@dataclass(frozen=True, slots=True)
class BookPlace:
    """Which book, and the 32 bytes that it is sealed under."""

    chain_id: int
    pool: int
    key: bytes = field(repr=False)


def place_of(keys: PoolKeys) -> BookPlace:
    """The place of the book of these keys."""
    return BookPlace(keys.chain_id, keys.pool, keys.notes_key())

"""Counts deposits of others in the blocks that a look reads anyway. Nothing more is asked for it.

A deposit is found where both belong together: what a transaction says (secret, amount and token
follow each other, whoever wrapped the call, and their hash is a leaf of the pool), and what it
moves (that amount of that token to the pool, by the token's own event). Who only writes an amount
next to a leaf of theirs is not counted.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from obsqra_desktop.domain.mist.chain import ChainBlock, ChainTransaction
from obsqra_desktop.domain.mist.counts import DepositCounted
from obsqra_desktop.domain.mist.note import AMOUNT_BOUND, FIELD, FieldHash

HALF: Final = 2**128
SAID: Final = 5
"""Felts of what a deposit says: secret and amount as halves, token."""


class DepositCounter:
    """For one look. Blocks for a hash a deposit."""

    def __init__(
        self, pool: int, leaves: Sequence[int], owners: Collection[int], digest: FieldHash
    ) -> None:
        """`owners`: accounts of one's own, whose deposits are left out, and gathered in `own`."""
        self.own: set[int] = set()
        self._pool = pool
        self._owners = frozenset(owners)
        self._digest = digest
        self._places: dict[int, int] = {}
        for place, leaf in enumerate(leaves):
            self._places.setdefault(leaf, place)

    def take(self, block: ChainBlock) -> dict[int, DepositCounted]:
        """All deposits of one block, by the places of their leaves."""
        found: dict[int, DepositCounted] = {}
        for transaction in block.transactions:
            for one in self._of(transaction, block.mark.number):
                if transaction.sender in self._owners:
                    self.own.add(one.place)
                else:
                    found.setdefault(one.place, one)
        return found

    def _of(self, transaction: ChainTransaction, block: int) -> Iterator[DepositCounted]:
        paid = Counter(
            (move.token, move.amount)
            for move in transaction.moves
            if move.recipient == self._pool and 0 < move.amount < AMOUNT_BOUND
        )
        if not paid:
            return
        seen: set[int] = set()
        felts = transaction.calldata
        for at in range(len(felts) - SAID + 1):
            low, high, amount, none, token = felts[at : at + SAID]
            if none or not paid[token, amount] or max(low, high) >= HALF:
                continue
            secret = low + high * HALF
            place = (
                self._places.get(self._digest(secret, token, amount)) if secret < FIELD else None
            )
            if place is not None and place not in seen:
                seen.add(place)
                paid[token, amount] -= 1
                yield DepositCounted(token, amount, place, block)

"""The key of a payment request that no book here knows.

A request that was made after the newest backup is lost with its computer. Its key is not: it
follows from the secret of the backup, its index and its owner. Who has a file for it has the
request's secret, so the index is found by deriving them all.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from obsqra_desktop.domain.mist.fields import MAX_INDEX
from obsqra_desktop.domain.mist.held_notes import MAX_ACCOUNTS, MistBook
from obsqra_desktop.domain.mist.note import FieldHash
from obsqra_desktop.services.mist.finding import MARGIN, WIDE_GAP
from obsqra_desktop.services.mist.owners import Owners
from obsqra_desktop.services.mist.parts import Place

MOST: Final = 2**20
"""Keys that are derived, at most; some ten seconds. Later ones are looked through first."""


@dataclass(frozen=True)
class LostRequest:
    """Where a secret of one's own comes from."""

    index: int
    owner: int
    account: int | None
    """Index of the fresh account that owns it; None for another one."""

    def beyond(self, book: MistBook) -> dict[str, int]:
        """The book's counters, above all that this shows to be given out: never lower than they
        were. A few more may have been, as after a look (`Finder`)."""
        index, account = book.next_index, book.next_account
        if self.index >= index:
            index = min(MAX_INDEX, self.index + 1 + MARGIN)
        if self.account is not None:
            account = min(MAX_ACCOUNTS, max(account, self.account + 1))
        return {"next_index": index, "next_account": account}


async def find_lost(
    secret: int, place: Place, book: MistBook, owners: Owners, digest: FieldHash
) -> LostRequest | None:
    """Among the keys that were given out and `WIDE_GAP` more, for every account that may own
    notes: those of the network, and fresh ones. None is not one's own. In a thread."""
    known = await owners.of(place.network, place.keys, book.next_account)
    return await asyncio.to_thread(derived, secret, place, book.next_index, known, digest)


def derived(
    secret: int,
    place: Place,
    next_index: int,
    owners: Mapping[int, int | None],
    digest: FieldHash,
) -> LostRequest | None:
    """See `find_lost`; blocks."""
    for index in likeliest_first(next_index, MOST // max(1, len(owners))):
        key = place.keys.claiming_key(index)
        for owner, account in owners.items():
            if digest(key, owner) == secret:
                return LostRequest(index, owner, account)
    return None


def likeliest_first(next_index: int, most: int) -> Iterable[int]:
    """Keys that a backup does not know of, then those that it does, the newest first."""
    yield from range(next_index, min(MAX_INDEX, next_index + WIDE_GAP))
    yield from range(next_index - 1, max(-1, next_index - 1 - most), -1)

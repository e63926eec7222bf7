"""What the notes book says before and after a step is sent.

`hold` comes before the transaction is written to the journal, so that no note can be lost: what
will be made is in the book as awaited, what is spent as being spent. `settle` reads the journal and
puts right whatever a crash, a refusal or a revert left behind; it can run at any time.
"""

import asyncio

from obsqra_desktop.domain.journal import TxRecord
from obsqra_desktop.domain.mist.book import (
    again,
    closed,
    spending,
    with_handovers,
    with_notes,
    with_plans,
)
from obsqra_desktop.domain.mist.entries import PlanState, RequestState
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook
from obsqra_desktop.domain.mist.looks import PoolTrust
from obsqra_desktop.domain.mist.pool import PoolIdentity
from obsqra_desktop.domain.mist.settle import Trace, given, settled, trace_of
from obsqra_desktop.services.mist.lost_requests import LostRequest
from obsqra_desktop.services.mist.parts import MistParts, Place
from obsqra_desktop.services.mist.steps import MistDraft


class MistLedger:
    """The book's side of a step."""

    def __init__(self, parts: MistParts) -> None:
        self._parts = parts

    async def hold(self, place: Place, draft: MistDraft) -> None:
        """Write down what is about to be sent; raises UnsafeSpend, StorageError."""

        def step(book: MistBook) -> MistBook:
            book = with_notes(book, draft.made)
            if draft.plan.note is not None:
                book = spending(book, draft.plan.note.id)
            if draft.hand_over is not None:
                book = with_handovers(book, draft.hand_over)
            return plan_done(book, draft.plan.waiting, None)

        await self._parts.notes.change(place.keys, step)

    async def sent(self, place: Place, draft: MistDraft, record: TxRecord) -> None:
        """Name the journal's record in the book; `settle` would find it too."""

        def step(book: MistBook) -> MistBook:
            made = tuple(
                one.model_copy(update={"made_in": record.id})
                for one in book.notes
                if one.id in {new.id for new in draft.made}
            )
            book = with_notes(book, made)
            if draft.plan.note is not None:
                book = spending(book, draft.plan.note.id, record.id)
            if draft.hand_over is not None:  # another window may have taken it for given up
                known = {one.id: one for one in book.handovers}
                found = known.get(draft.hand_over.id, draft.hand_over)
                book = with_handovers(book, given(found, record.id))
            return plan_done(book, draft.plan.waiting, record.id)

        await self._parts.notes.change(place.keys, step)

    async def settle(self, place: Place) -> MistBook:
        """The book as the journal makes it."""
        traces = await asyncio.to_thread(self.traces, place)
        digest = self._parts.tools.digest

        def step(book: MistBook) -> MistBook:
            return settled(book, traces, place.keys, digest)

        book = await self._parts.notes.load(place.keys)
        after = await asyncio.to_thread(step, book)
        if after is book:
            return book
        return await self._parts.notes.change(
            place.keys, lambda now: after if now == book else step(now)
        )

    def traces(self, place: Place) -> tuple[Trace, ...]:
        """All that the journal knows of the pool, oldest first."""
        found = (
            trace_of(one, place.pool.address)
            for one in reversed(self._parts.journal.listing())
            if one.signed.chain_id == place.network.chain_id
        )
        return tuple(one for one in found if one is not None)

    async def trust(self, place: Place, found: PoolIdentity) -> None:
        """Remember what the contract is, from now on expected."""
        trust = PoolTrust(
            class_hash=found.class_hash,
            verifier=found.verifier,
            owner=found.owner,
            verifier_class=found.verifier_class,
            at=self._parts.clock(),
        )
        await self._parts.notes.change(place.keys, lambda book: again(book, trust=trust))

    async def received(
        self, place: Place, note: HeldNote, request: str | None, lost: LostRequest | None = None
    ) -> MistBook:
        """A note from a file; the request that it pays is closed. Of a `lost` one the key is never
        given out again, nor any before it."""

        def step(book: MistBook) -> MistBook:
            if lost is not None:
                book = again(book, **lost.beyond(book))
            book = with_notes(book, (note,))
            return closed(book, request, RequestState.PAID) if request is not None else book

        return await self._parts.notes.change(place.keys, step)


def plan_done(book: MistBook, plan_id: str | None, record: str | None) -> MistBook:
    """The waiting plan is carried out."""
    done = [
        one.model_copy(update={"state": PlanState.DONE, "made_in": record})
        for one in book.plans
        if one.id == plan_id
    ]
    return with_plans(book, *done) if done else book

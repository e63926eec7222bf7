"""Waiting for new leaves before a step: kept in the book, so that it outlives the program.

Nothing of a waiting plan is sent by itself: when enough leaves came, it becomes a plan like any
other, which wants its user's word.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

from obsqra_desktop.domain.errors import Cancelled, InvalidInput
from obsqra_desktop.domain.mist.book import (
    by_prefix,
    find_note,
    with_plans,
    without_finished,
)
from obsqra_desktop.domain.mist.entries import PlanKind, PlanState, WaitingPlan
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook
from obsqra_desktop.domain.mist.note import MAX_LEAVES
from obsqra_desktop.domain.mist.privacy import MistAction
from obsqra_desktop.domain.mist.sources import Sources, hiding
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.mist.facts import ones_own
from obsqra_desktop.services.mist.parts import MistParts, Place
from obsqra_desktop.services.mist.planning import MistPlanning, refuse_unfit, why_unfit
from obsqra_desktop.services.mist.pool import LOOKING, read_leaves, read_root
from obsqra_desktop.services.mist.steps import MistPlan, WaitView

PAUSE: Final = 15.0
"""Seconds between two looks at the pool."""
ACTIONS: Final = {
    PlanKind.WITHDRAW: MistAction.WITHDRAW,
    PlanKind.REWRAP: MistAction.REWRAP,
    PlanKind.SPLIT: MistAction.SPLIT,
    PlanKind.FORWARD: MistAction.FORWARD,
}
KINDS: Final = {action: kind for kind, action in ACTIONS.items()}
NOT_LOOKED: Final = "new leaves were not looked at yet: look for notes"
LOOK_FIRST: Final = "Look for notes, then go on: obsqra mist scan"
OPEN: Final = frozenset({PlanState.WAITING, PlanState.READY})


class MistWaiting:
    """See `MistMoney`, which hands these on."""

    def __init__(
        self,
        parts: MistParts,
        planning: MistPlanning,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._parts = parts
        self._planning = planning
        self._pause = pause
        self._seen: tuple[tuple[str, int, int], tuple[int, ...]] | None = None
        """Chain, pool and root of the last look, and the leaves that gave it."""

    async def add(self, plan: MistPlan, leaves: int) -> WaitView:
        """Keep a plan; `leaves` more than those that it was made on have to come.

        Raises InvalidInput, NotFound, UnsafeSpend. Asks nobody.
        """
        held, kind = plan.note, KINDS.get(plan.action)
        if held is None or kind is None:
            raise InvalidInput("only what is done with a note and a proof can wait")
        if not 1 <= leaves <= MAX_LEAVES:
            raise InvalidInput(f"between 1 and {MAX_LEAVES:,} new leaves", where="leaves")
        place = await self._parts.place_here(plan.network.id)
        kept = WaitingPlan(
            id=self._parts.random_bytes(6).hex(),
            note=held.id,
            kind=kind,
            amount=plan.amount if plan.amount != held.amount else None,
            owner=plan.new_owner if plan.new_owner != held.owner else None,
            secret=plan.secret,
            leaves_at_start=plan.standing.leaves,
            leaves_wanted=leaves,
            label=plan.label,
            made_at=self._parts.clock(),
        )

        def step(book: MistBook) -> MistBook:
            refuse_unfit(find_note(book, held.id))
            return with_plans(without_finished(book), kept)

        await self._parts.notes.change(place.keys, step)
        return view_of(kept, held, Sources(0, 0))

    async def listing(self, network_id: str | None) -> tuple[WaitView, ...]:
        """All open ones, as the pool is now."""
        place = await self._parts.place(network_id)
        book = await self._parts.notes.load(place.keys)
        plans = [one for one in book.plans if one.state in OPEN]
        if not plans:
            return ()
        new = await self._counter(place, book)
        return tuple(
            view_of(one, note, new(one, note))
            for one, note in ((one, find_note(book, one.note)) for one in plans)
        )

    async def drop(self, network_id: str | None, plan: str) -> None:
        """Give one up; its note is free as before."""
        place = await self._parts.place_here(network_id)

        def step(book: MistBook) -> MistBook:
            found = find_plan(book, plan)
            return with_plans(book, found.model_copy(update={"state": PlanState.DROPPED}))

        await self._parts.notes.change(place.keys, step)

    async def ready(self, network_id: str | None, plan: str, label: str | None = None) -> MistPlan:
        """The plan to be confirmed, with another label if there is one; raises InvalidInput while
        leaves are missing, UnsafeSpend if its note cannot be spent any more."""
        place = await self._parts.place(network_id)
        book = await self._parts.notes.load(place.keys)
        found = find_plan(book, plan)
        note = find_note(book, found.note)
        refuse_unfit(note)
        count = (await self._counter(place, book))(found, note)
        missing = found.leaves_wanted - count.fit
        if 0 < missing <= count.unseen:
            raise InvalidInput(
                f"Of {count.unseen} leaves of others it is not known whether they may hold what "
                "leaves: not all blocks were looked through. Nothing was sent.",
                hint=LOOK_FIRST,
            )
        if missing > 0:
            raise InvalidInput(
                f"{missing} more leaves of others have to come before this is done. "
                "Nothing was sent.",
                hint="Wait, or do it now with its privacy as it is: obsqra mist withdraw",
            )
        made = await self._planning.spend(
            ACTIONS[found.kind],
            network_id,
            found.note,
            found.amount,
            found.owner,
            found.secret,
            found.label if label is None else label,
        )
        return replace(made, waiting=found.id)

    async def until_ready(
        self,
        network_id: str | None,
        plan: str,
        on_look: Callable[[WaitView], None],
        cancel: CancelToken,
        label: str | None = None,
    ) -> MistPlan:
        """Look again and again until enough leaves came; can be stopped and taken up later."""
        place = await self._parts.place(network_id)
        while True:
            book = await self._parts.notes.load(place.keys)
            found = find_plan(book, plan)
            note = find_note(book, found.note)
            view = view_of(found, note, (await self._counter(place, book))(found, note))
            on_look(view)
            if view.ready or view.obstacle:
                return await self.ready(network_id, plan, label)
            if cancel.cancelled:
                raise Cancelled("The plan is kept: it can be taken up again at any time.")
            await self._pause(PAUSE)

    async def _counter(
        self, place: Place, book: MistBook
    ) -> Callable[[WaitingPlan, HeldNote], Sources]:
        """Leaves of others, as the pool is now, since a plan was made; for a withdrawal those that
        may hold what leaves, see domain.mist.sources."""
        leaves = await self._leaves(place)
        digest, chain = self._parts.tools.digest, place.network.chain_id

        def own_now() -> frozenset[int]:
            records = self._parts.journal.listing()
            here = tuple(one for one in records if one.signed.chain_id == chain)
            return ones_own(book, here, leaves, digest)

        own = await asyncio.to_thread(own_now)
        counted = hiding(book, leaves, own)

        def count(plan: WaitingPlan, note: HeldNote) -> Sources:
            start = plan.leaves_at_start
            if plan.kind is not PlanKind.WITHDRAW:
                return Sources(counted.others(start), 0)
            amount = plan.amount if plan.amount is not None else note.amount
            return counted.sources(start, note.token, amount)

        return count

    async def _leaves(self, place: Place) -> tuple[int, ...]:
        """All of the pool's. While it has not grown, which its root tells, one number is asked
        for."""
        network, pool = place.network, place.pool.address
        async with self._parts.chain.open(network, LOOKING) as session:
            root = await read_root(session, pool)
            at = (network.chain_id, pool, root)
            if self._seen is not None and self._seen[0] == at:
                return self._seen[1]
            leaves = await read_leaves(session, pool)
            grown = await read_root(session, pool) != root
        self._seen = None if grown else (at, leaves)
        return leaves


def view_of(plan: WaitingPlan, note: HeldNote, new: Sources) -> WaitView:
    """As it stands after so many new leaves of others."""
    whole = "all" if plan.amount is None or plan.amount == note.amount else "part"
    title = f"{plan.kind.value.capitalize()} {whole} of note {note.id[:6]}"
    seen, wanted = new.fit, plan.leaves_wanted
    obstacle, enough = why_unfit(note), seen >= wanted
    if not obstacle and not enough and seen + new.unseen >= wanted:
        obstacle = NOT_LOOKED
    return WaitView(plan.id, title, note.id, seen, wanted, enough and not obstacle, obstacle)


def find_plan(book: MistBook, prefix: str) -> WaitingPlan:
    """An open one by the beginning of its id; raises NotFound."""
    entries = (one for one in book.plans if one.state in OPEN)
    return by_prefix(entries, prefix, "plan", "open plan", "See: obsqra mist waiting")

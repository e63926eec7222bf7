"""The proof of a spend and its simulation.

A proof stands on the newest root. When the pool has grown meanwhile it is made again, at most three
times; the notes and keys of the step stay the same.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from obsqra_desktop.domain.chain_errors import WouldFail
from obsqra_desktop.domain.errors import Cancelled
from obsqra_desktop.domain.journal import TxKind
from obsqra_desktop.domain.mist.entries import HandOver
from obsqra_desktop.domain.mist.errors import StaleRoot
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook
from obsqra_desktop.domain.mist.note import SpendPlan, SpendProof, SpendStatement, SpendTiming
from obsqra_desktop.domain.mist.pool import PoolState
from obsqra_desktop.domain.transaction import Call
from obsqra_desktop.services.cancel import CancelToken, finished
from obsqra_desktop.services.mist.parts import MistParts, Place, ensure_same_past
from obsqra_desktop.services.mist.pool import read_root, read_state
from obsqra_desktop.services.mist.steps import MistDraft, MistPhase, MistPlan, MistStep
from obsqra_desktop.services.mist.titles import journal_title
from obsqra_desktop.services.plans import Intent, Plan

ATTEMPTS: Final = 3

OnPhase = Callable[[MistPhase], None]


@dataclass(frozen=True)
class Work:
    """How a caller follows a step and stops it."""

    tell: OnPhase
    cancel: CancelToken

    def step(self, step: MistStep, attempt: int = 1) -> None:
        """A phase begins; raises Cancelled."""
        if self.cancel.cancelled:
            raise Cancelled("It was stopped. Nothing was sent, the notes are as before.")
        self.tell(MistPhase(step, attempt=attempt))


@dataclass(frozen=True)
class Proved:
    """A statement with its proof as the contract's argument."""

    statement: SpendStatement
    call: Call
    seconds: float


@dataclass(frozen=True)
class Divided:
    """What a spend is divided into; it stays the same however often it is proved."""

    spend: SpendPlan = field(repr=False)
    made: tuple[HeldNote, ...] = field(repr=False)
    hand_over: HandOver | None = field(repr=False)


class SpendProving:
    """Proves what `MistMaking` has divided."""

    def __init__(self, parts: MistParts) -> None:
        self._parts = parts

    async def until_current(
        self, plan: MistPlan, divided: Divided, place: Place, work: Work, attempt: int
    ) -> MistDraft:
        """Prove on the newest root and simulate, again while the pool grows under it.

        Raises StaleRoot when that happens three times, NoteMissing, ProvingFailed, WouldFail.
        """
        while True:
            attempt += 1
            try:
                proved, state = await self._proved(plan, divided.spend, place, work, attempt)
                self._parts.tools.guards.ensure_sender(proved.statement, plan.account.address)
                await self._refuse_stale(place, proved.statement)
                work.step(MistStep.SIMULATING, attempt)
                sending = await self._simulated(plan, place, proved)
            except StaleRoot:
                if attempt >= ATTEMPTS:
                    raise
                continue
            return MistDraft(
                plan=plan,
                sending=sending,
                made=divided.made,
                hand_over=divided.hand_over,
                spend=divided.spend,
                statement=proved.statement,
                root=state.root,
                proof_seconds=proved.seconds,
                attempts=attempt,
            )

    async def _proved(
        self, plan: MistPlan, spend: SpendPlan, place: Place, work: Work, attempt: int
    ) -> tuple[Proved, PoolState]:
        work.step(MistStep.READING, attempt)
        network, pool = place.network, place.pool.address
        async with self._parts.chain.open(network, "reading the private pool") as session:
            state = await read_state(session, pool)
        book = await self._parts.notes.load(place.keys)
        await asyncio.to_thread(ensure_same_past, book, state.leaves)
        if plan.secret is not None:  # before signing `ensure_current` says that these are all
            self._parts.tools.guards.ensure_secret(plan.secret, state.leaves)
        statement = await asyncio.to_thread(
            self._parts.tools.statement, spend.spend, state.leaves, state.root
        )
        spent = plan.note.id if plan.note is not None else None
        new, there = statement.publics, (*state.leaves, *on_their_way(book, spent))
        self._parts.tools.guards.ensure_new_leaves((new.first, new.second), there)
        work.step(MistStep.PROVING, attempt)
        proof = await self._prove(statement, work, attempt)
        prover = self._parts.tools.prover
        felts = await asyncio.to_thread(prover.calldata, statement.publics, proof.points)
        call = self._parts.tools.calls.proof_call(pool, felts)
        return Proved(statement, call, proof.seconds), state

    async def _prove(self, statement: SpendStatement, work: Work, attempt: int) -> SpendProof:
        """In a thread; a cancelled caller waits until the prover has stopped."""
        loop = asyncio.get_running_loop()

        def progress(timing: SpendTiming) -> None:
            phase = MistPhase(MistStep.PROVING, timing, attempt)
            loop.call_soon_threadsafe(work.tell, phase)

        prover, token = self._parts.tools.prover, work.cancel
        job = asyncio.create_task(
            asyncio.to_thread(prover.prove, statement, progress, lambda: token.cancelled)
        )
        return await finished(job, token)

    async def _refuse_stale(self, place: Place, statement: SpendStatement) -> None:
        network, pool = place.network, place.pool.address
        async with self._parts.chain.open(network, "reading the private pool") as session:
            root = await read_root(session, pool)
        self._parts.tools.guards.ensure_current(statement, root)

    async def _simulated(self, plan: MistPlan, place: Place, proved: Proved) -> Plan:
        intent = Intent(
            kind=TxKind.MIST_SPEND,
            title=journal_title(plan),
            calls=(proved.call,),
            spends=(),
            tokens=(plan.token,),
        )
        try:
            return await self._parts.sending.plan(plan.account, intent)
        except WouldFail:
            await self._refuse_stale(place, proved.statement)  # was that why?
            raise


def on_their_way(book: MistBook, spent: str | None = None) -> tuple[int, ...]:
    """Leaves of forwards that were sent and may not be in the pool yet.

    Not those of a void forward of the note that is `spent` now: of two spends of one note the pool
    takes one, so the forward can be made again.
    """
    others = tuple(
        one.leaf for one in book.handovers if one.may_come and not (one.void and one.note == spent)
    )
    mine = tuple(
        one.leaf
        for one in book.notes
        if one.forwarded and one.may_come and not (one.void and one.parent == spent)
    )
    return (*others, *mine)

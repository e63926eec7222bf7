"""Sending a step that its user has confirmed, and following it; the book follows every turn."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import Final

from obsqra_desktop.domain.chain_errors import PlanChanged, WouldFail
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.journal import TxKind, TxRecord, TxState
from obsqra_desktop.domain.mist.errors import PoolChanged, StaleRoot, UnsafeSpend
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.domain.mist.privacy import MistAction
from obsqra_desktop.services.chain_ports import ChainSession
from obsqra_desktop.services.mist.facts import deposits_of
from obsqra_desktop.services.mist.ledger import MistLedger
from obsqra_desktop.services.mist.making import MistMaking
from obsqra_desktop.services.mist.parts import MistParts, Place, trusted_identity
from obsqra_desktop.services.mist.pool import read_root
from obsqra_desktop.services.mist.proving import ATTEMPTS, Work, on_their_way
from obsqra_desktop.services.mist.steps import MistDraft, MistPhase, MistResult, MistStep
from obsqra_desktop.services.mist.titles import reword_old
from obsqra_desktop.services.sending import SendStep

KINDS: Final = frozenset({TxKind.MIST_DEPOSIT, TxKind.MIST_SPEND, TxKind.MIST_EMERGENCY})
KEPT_BACK: Final = (PoolChanged, UnsafeSpend, WouldFail)
STEPS: Final = {
    SendStep.CHECKING: MistStep.CHECKING,
    SendStep.SIGNING: MistStep.SIGNING,
    SendStep.WRITING: MistStep.WRITING,
    SendStep.SENDING: MistStep.SENDING,
}


class MistSending:
    """See `MistMoney`, which hands these on."""

    def __init__(self, parts: MistParts, making: MistMaking, ledger: MistLedger) -> None:
        self._parts = parts
        self._making = making
        self._ledger = ledger

    async def send(self, draft: MistDraft, work: Work) -> MistResult:
        """Proved again if the pool has grown, at most three times in all."""
        place = await self._parts.place(draft.plan.network.id)
        confirmed = draft.sending.max_fee
        while True:
            try:
                record = await self._send_once(draft, place, work)
                break
            except StaleRoot:
                if draft.attempts >= ATTEMPTS:
                    raise
                draft = await self._making.again(draft, place, work)
                if draft.sending.max_fee > confirmed:
                    raise PlanChanged(
                        "The fee has risen above the highest fee that was shown. Nothing was sent.",
                        hint="Check the plan again.",
                    ) from None
        with suppress(AppError):  # it is sent: what the book lacks now, `settle` finds
            await self._ledger.sent(place, draft, record)
            await self._ledger.settle(place)
        return MistResult(draft.plan, record, draft.made, draft.hand_over, draft.attempts)

    async def follow(self, result: MistResult) -> MistResult:
        """To its receipt."""
        place = await self._parts.place(result.plan.network.id)
        record = await self._parts.sending.track(result.record.id)
        await self._ledger.settle(place)
        return replace(result, record=record)

    async def settle(self, network_id: str | None, resend: bool) -> MistBook:
        """Look where open steps are and put the book right; never signs."""
        place = await self._parts.place(network_id)
        await self._parts.sending.seal_old()
        await asyncio.to_thread(reword_old, self._parts.journal)
        kept_back: AppError | None = None
        for record in self._parts.sending.unsettled(place.network.id):
            if record.kind in KINDS and record.state is not TxState.PRE_CONFIRMED:
                try:
                    seen = await self._parts.sending.resume(record.id, resend)
                except KEPT_BACK as error:  # no reason to leave out the others
                    kept_back = kept_back or error
                    continue
                if resend and not seen.settled:
                    await self._parts.sending.track(record.id)
        book = await self._ledger.settle(place)
        if kept_back is not None:
            raise kept_back
        return book

    async def look_again(self, session: ChainSession, record: TxRecord) -> None:
        """Before signed bytes go out once more, on the node that gets them: for a deposit all that
        must hold before one is signed; then they are simulated. Raises PoolChanged, UnsafeSpend,
        WouldFail, KeyDataDamaged, VaultLocked."""
        place = await self._parts.place(record.network)
        try:
            if record.kind is TxKind.MIST_DEPOSIT:
                await self._refuse_deposit(session, place, record)
            sender = record.signed.transaction.sender
            account = self._parts.account_at(place.network, sender)
            await self._parts.sending.simulate_again(session, account, record)
        except KEPT_BACK as error:
            raise type(error)(
                error.detail.replace("Nothing was sent.", "Nothing was sent again.")
                + " What a node was given before may still be carried out.",
                hint=f"Cancel it: obsqra tx cancel {record.id}",
            ) from error

    async def _refuse_deposit(self, session: ChainSession, place: Place, record: TxRecord) -> None:
        await self._parts.ensure_provable()
        trusted, _ = trusted_identity(place.pool, await self._parts.notes.load(place.keys))
        put_in = deposits_of(record, place.pool.address)
        if not put_in or record.signed.chain_id != place.network.chain_id:
            raise PoolChanged("The network has another pool now. Nothing was sent.")
        if trusted is None:  # it was, when this was signed
            raise PoolChanged(
                "Nothing here says what the pool's contract was when this was signed. "
                "Nothing was sent."
            )
        for one in put_in:
            await self._making.refuse_deposit(session, place, one, trusted)

    async def _send_once(self, draft: MistDraft, place: Place, work: Work) -> TxRecord:
        work.step(MistStep.CHECKING, max(1, draft.attempts))

        async def last_look(session: ChainSession) -> None:
            await self._last_look(session, draft, place)
            work.step(MistStep.SIGNING, max(1, draft.attempts))  # the last chance to stop it
            await self._ledger.hold(place, draft)

        def progress(step: SendStep) -> None:
            if step not in {SendStep.CHECKING, SendStep.SIGNING}:  # these are told above
                work.tell(MistPhase(STEPS[step], attempt=max(1, draft.attempts)))

        try:
            return await self._parts.sending.send(draft.sending, progress, last_look)
        except AppError:
            with suppress(AppError):  # what went wrong first is what is to be told
                await self._ledger.settle(place)  # frees the note unless it may be under way
            raise

    async def _last_look(self, session: ChainSession, draft: MistDraft, place: Place) -> None:
        """On the node that gets it, right before signing."""
        guards, pool, plan = self._parts.tools.guards, place.pool.address, draft.plan
        if plan.action is MistAction.DEPOSIT:
            secret = plan.secret
            if secret is None:
                secret = draft.made[0].note(place.keys).secret(self._parts.tools.digest)
            put_in = secret, plan.token.address, plan.amount
            refuse = self._making.refuse_deposit
            found, trusted = await refuse(session, place, put_in, plan.standing.found)
            if not trusted:
                await self._ledger.trust(place, found)
            return
        root = await read_root(session, pool)
        if draft.statement is not None:
            guards.ensure_sender(draft.statement, draft.sending.transaction.sender)
            book = await self._parts.notes.load(place.keys)
            sent = on_their_way(book, plan.note.id if plan.note is not None else None)
            made = draft.statement.publics
            guards.ensure_new_leaves((made.first, made.second), sent)  # of another window
            guards.ensure_current(draft.statement, root)
        elif root != draft.root:
            raise StaleRoot("The pool has grown meanwhile. Nothing was sent.")

"""From a plan to a draft: guards, fresh keys, the proof (mist/proving.py), the simulation."""

import asyncio
from dataclasses import replace
from typing import Final

from obsqra_desktop.domain.chain_errors import PlanChanged
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.journal import Spend as TokenSpend
from obsqra_desktop.domain.journal import TxKind
from obsqra_desktop.domain.mist.book import ensure_room
from obsqra_desktop.domain.mist.entries import HandOver, PaymentRequest
from obsqra_desktop.domain.mist.errors import StaleRoot
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook, NoteOrigin, held_note
from obsqra_desktop.domain.mist.note import Note, SpendPlan
from obsqra_desktop.domain.mist.pool import PoolIdentity
from obsqra_desktop.domain.mist.privacy import MistAction
from obsqra_desktop.domain.mist.settle import given
from obsqra_desktop.domain.network import REAL_CHAINS
from obsqra_desktop.domain.transaction import Transfer
from obsqra_desktop.services.chain_ports import ChainSession
from obsqra_desktop.services.mist.parts import MistParts, Place, ensure_same_past, trusted_identity
from obsqra_desktop.services.mist.pool import amount_under, read_identity, read_state
from obsqra_desktop.services.mist.proving import Divided, SpendProving, Work, on_their_way
from obsqra_desktop.services.mist.steps import MistDraft, MistPlan, MistStep
from obsqra_desktop.services.mist.titles import journal_title
from obsqra_desktop.services.plans import Intent, Unseen

EMERGENCY_GAS: Final = 400_000_000
"""L2 gas that is allowed for a withdrawal without a proof, which no node may run beforehand: at
most 26 hashes of BN254, 3.8 million each in our own pool (docs/private-money.md); what the live one
needs is not known. Only what is used is paid."""
EMERGENCY_DATA_GAS: Final = 20_000
OUTPUTS: Final = 2
ORIGINS: Final = {
    MistAction.WITHDRAW: NoteOrigin.CHANGE,
    MistAction.FORWARD: NoteOrigin.CHANGE,
    MistAction.REWRAP: NoteOrigin.REWRAP,
    MistAction.SPLIT: NoteOrigin.SPLIT,
}
PutIn = tuple[int, int, int]
"""What a deposit says: secret, token, amount."""


class MistMaking:
    """Makes drafts and makes them again."""

    def __init__(self, parts: MistParts) -> None:
        self._parts = parts
        self._proving = SpendProving(parts)

    async def draft(self, plan: MistPlan, work: Work) -> MistDraft:
        """Take keys, prove, simulate. Raises the guards' errors, chain errors, Cancelled."""
        create = plan.action is MistAction.DEPOSIT
        place = await self._parts.place(plan.network.id, create=create)
        if place.pool.address != plan.pool or place.network.chain_id != plan.network.chain_id:
            raise PlanChanged("The network has another pool now. Nothing was sent.")
        if plan.action is MistAction.DEPOSIT:
            return await self._deposit(plan, place, work)
        if not plan.sender_there:
            raise InvalidInput(
                "The note's owner sends this, and is not deployed yet. Nothing was proved or sent.",
                hint="Give it some STRK for fees and deploy it, then plan this again.",
            )
        if plan.action is MistAction.EMERGENCY:
            return await self._emergency(plan, place, work)
        return await self._spend(plan, place, work)

    # --- in ---

    async def _deposit(self, plan: MistPlan, place: Place, work: Work) -> MistDraft:
        work.step(MistStep.READING)
        await self._parts.ensure_provable()
        book = await self._parts.notes.load(place.keys)
        made: tuple[HeldNote, ...] = ()
        if plan.secret is not None:
            secret = plan.secret
        else:
            if plan.new_owner is None:
                raise InvalidInput("a note of one's own has an owner", where="owner")
            ensure_room(book, notes=1)
            index = await self._parts.notes.take(place.keys, 1)
            key = place.keys.claiming_key(index)
            note = Note(key, plan.new_owner, plan.token.address, plan.amount)
            await asyncio.to_thread(self._refuse_used, book, place, (note,))
            secret = note.secret(self._parts.tools.digest)
            entry = held_note(
                note,
                self._parts.tools.digest,
                NoteOrigin.DEPOSIT,
                self._parts.clock(),
                index=index,
                label=plan.label,
            )
            made = (entry.model_copy(update={"depositor": plan.account.address}),)
        await self.look_before_deposit(plan, place, secret)
        calls = self._parts.tools.calls.deposit_calls(
            place.pool.address, secret, plan.token.address, plan.amount
        )
        intent = Intent(
            kind=TxKind.MIST_DEPOSIT,
            title=journal_title(plan),
            calls=calls,
            spends=(TokenSpend(token=plan.token.address, amount=plan.amount),),
            recipient=place.pool.address,
            tokens=(plan.token,),
        )
        work.step(MistStep.SIMULATING)
        sending = await self._parts.sending.plan(plan.account, intent)
        return MistDraft(plan, sending, made, None, None, None, 0, None, 0)

    async def look_before_deposit(self, plan: MistPlan, place: Place, secret: int) -> None:
        """All that must hold before money goes in, on one node. Raises PoolChanged, UnsafeSpend."""
        put_in = secret, plan.token.address, plan.amount
        async with self._parts.chain.open(place.network, "before a private deposit") as session:
            await self.refuse_deposit(session, place, put_in, plan.standing.found)

    async def refuse_deposit(
        self, session: ChainSession, place: Place, put_in: PutIn, shown: PoolIdentity
    ) -> tuple[PoolIdentity, bool]:
        """The same on this node: the contract as it is, and whether all of it was ever trusted.
        Where nothing is trusted yet, it has to be as it was `shown`."""
        guards, pool = self._parts.tools.guards, place.pool.address
        secret = put_in[0]
        found = await read_identity(session, pool)
        book = await self._parts.notes.load(place.keys)
        trusted, _ = trusted_identity(place.pool, book)
        guards.ensure_same_pool(trusted or shown, found)
        state = await read_state(session, pool)
        if place.network.chain_id in REAL_CHAINS:
            await self._parts.notes.doubt_clock(state.block_timestamp)
        guards.ensure_secret(secret, state.leaves)
        leaf = self._parts.tools.digest(*put_in)
        guards.ensure_new_leaves((leaf,), (*state.leaves, *on_their_way(book)))
        guards.ensure_unclaimed(await amount_under(session, pool, secret))
        return found, trusted == found

    # --- spends ---

    async def _spend(self, plan: MistPlan, place: Place, work: Work) -> MistDraft:
        note, held = self._note_of(plan, place)
        if plan.new_owner is None:
            raise InvalidInput("what stays has an owner", where="owner")
        book = await self._parts.notes.load(place.keys)
        count = 1 if plan.action is MistAction.FORWARD else OUTPUTS
        ensure_room(book, **new_entries(plan, note, book))
        index = await self._parts.notes.take(place.keys, count)
        spend = self._divided(plan, place, note, index)
        if spend.next_index != index + count:
            raise InvalidInput("more keys were used than were taken")
        new = tuple(one.note for one in spend.notes)
        await asyncio.to_thread(self._refuse_used, book, place, new)
        digest, now = self._parts.tools.digest, self._parts.clock()
        made = tuple(
            held_note(
                one.note,
                digest,
                ORIGINS[plan.action],
                now,
                index=one.index,
                parent=held.id,
                label=plan.label if plan.action is not MistAction.FORWARD else held.label,
            )
            for one in spend.notes
        )
        hand_over = None
        if plan.secret is not None:
            mine = next((one for one in book.requests if one.secret == plan.secret), None)
            if mine is not None:
                own = await asyncio.to_thread(self._received, plan, mine, held, book, place)
                made = (*made, own)
            else:
                hand_over = self._hand_over(plan, held, book, now)
        return await self._proving.until_current(
            plan, Divided(spend, made, hand_over), place, work, 0
        )

    def _divided(self, plan: MistPlan, place: Place, note: Note, index: int) -> SpendPlan:
        planner, owner = self._parts.tools.planner(place.keys), plan.new_owner or note.owner
        match plan.action:
            case MistAction.WITHDRAW:
                return planner.withdraw(note, plan.amount, owner, index)
            case MistAction.REWRAP:
                return planner.rewrap(note, owner, index)
            case MistAction.SPLIT:
                return planner.split(note, plan.amount, owner, index)
            case MistAction.FORWARD if plan.secret is not None:
                return planner.forward(note, plan.amount, plan.secret, owner, index)
        raise InvalidInput("this is no spend", where="action")

    def _received(
        self, plan: MistPlan, mine: PaymentRequest, held: HeldNote, book: MistBook, place: Place
    ) -> HeldNote:
        """What is forwarded to a request of one's own is a note here: no file tells of it."""
        key = place.keys.claiming_key(mine.index)
        note = Note(key, mine.owner, plan.token.address, plan.amount)
        others = (one.note(place.keys) for one in book.notes if one.index != mine.index)
        self._parts.tools.guards.ensure_new(note, others)
        return held_note(
            note,
            self._parts.tools.digest,
            NoteOrigin.RECEIVED,
            self._parts.clock(),
            index=mine.index,
            parent=held.id,
            label=plan.label or mine.label,
        )

    def _hand_over(self, plan: MistPlan, held: HeldNote, book: MistBook, now: int) -> HandOver:
        """One that is made again is the same entry: its receiver is paid once. From another note it
        is, too, if the first one can never come."""
        assert plan.secret is not None
        leaf = self._parts.tools.digest(plan.secret, plan.token.address, plan.amount)
        for one in book.handovers:
            if one.void and one.leaf == leaf and (one.note == held.id or not one.may_come):
                words = {"label": plan.label, "note": held.id}
                return given(one, one.made_in).model_copy(update=words)
        return HandOver(
            id=self._parts.random_bytes(6).hex(),
            note=held.id,
            secret=plan.secret,
            leaf=leaf,
            token=plan.token.address,
            amount=plan.amount,
            label=plan.label,
            made_at=now,
        )

    async def again(self, draft: MistDraft, place: Place, work: Work) -> MistDraft:
        """The same notes and keys on the newest root. Raises StaleRoot after three attempts."""
        if draft.spend is None:
            made = await self._emergency(draft.plan, place, work)
            return replace(made, attempts=draft.attempts + 1)
        divided = Divided(draft.spend, draft.made, draft.hand_over)
        return await self._proving.until_current(draft.plan, divided, place, work, draft.attempts)

    # --- without a proof ---

    async def _emergency(self, plan: MistPlan, place: Place, work: Work) -> MistDraft:
        """All of a note to its owner, its key in the open. No node sees it before the word."""
        work.step(MistStep.READING)
        note, _ = self._note_of(plan, place)
        network, pool = place.network, place.pool.address
        async with self._parts.chain.open(network, "reading the private pool") as session:
            state = await read_state(session, pool)
        book = await self._parts.notes.load(place.keys)
        await asyncio.to_thread(ensure_same_past, book, state.leaves)
        leaf = note.leaf(self._parts.tools.digest)
        path = await asyncio.to_thread(self._parts.tools.tree.path, state.leaves, leaf)
        if path.root != state.root:
            raise StaleRoot(
                "The pool's leaves do not give the root that its contract names. Nothing was sent.",
                hint="Look at the pool again; if it stays so, ask another node.",
            )
        paid = Transfer(token=note.token, sender=pool, recipient=note.owner, amount=note.amount)
        intent = Intent(
            kind=TxKind.MIST_EMERGENCY,
            title=journal_title(plan),
            calls=(self._parts.tools.calls.emergency_call(pool, note, path),),
            spends=(),
            tokens=(plan.token,),
            unseen=Unseen(EMERGENCY_GAS, EMERGENCY_DATA_GAS, (paid,)),
        )
        sending = await self._parts.sending.plan(plan.account, intent)
        return MistDraft(plan, sending, (), None, None, None, state.root, None, 0)

    # --- inside ---

    def _note_of(self, plan: MistPlan, place: Place) -> tuple[Note, HeldNote]:
        if plan.note is None:
            raise InvalidInput("this step has no note", where="note")
        return plan.note.note(place.keys), plan.note

    def _refuse_used(self, book: MistBook, place: Place, made: tuple[Note, ...]) -> None:
        """Every new key against all known ones, and against each other."""
        known = [one.note(place.keys) for one in book.notes]  # a second for a full book
        for note in made:
            self._parts.tools.guards.ensure_new(note, known)
            known.append(note)


def new_entries(plan: MistPlan, note: Note, book: MistBook) -> dict[str, int]:
    """How many notes and hand-overs a spend will write down; what is empty is none."""
    rest = int(plan.amount < note.amount)
    if plan.action is MistAction.FORWARD:
        own = any(one.secret == plan.secret for one in book.requests)
        return {"notes": rest + own, "handovers": int(not own)}
    return {"notes": {MistAction.WITHDRAW: rest, MistAction.SPLIT: OUTPUTS}.get(plan.action, 1)}

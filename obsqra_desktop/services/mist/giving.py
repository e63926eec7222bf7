"""Payment requests, hand-over files, and notes from files."""

import asyncio
from dataclasses import dataclass, field

from obsqra_desktop.domain.amounts import Token
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.book import (
    ensure_room,
    find_hand_over,
    find_note,
    find_request,
    label_from,
    with_handovers,
    with_requests,
)
from obsqra_desktop.domain.mist.entries import PaymentRequest
from obsqra_desktop.domain.mist.errors import UnsafeSpend
from obsqra_desktop.domain.mist.handover import HandedOver
from obsqra_desktop.domain.mist.held_notes import (
    HeldNote,
    MistBook,
    NoteOrigin,
    NoteState,
    held_note,
)
from obsqra_desktop.domain.mist.note import AMOUNT_BOUND, Note
from obsqra_desktop.services.mist.ledger import MistLedger
from obsqra_desktop.services.mist.lost_requests import LostRequest, find_lost
from obsqra_desktop.services.mist.parts import MistParts, Place
from obsqra_desktop.services.mist.pool import LOOKING, read_leaves


@dataclass(frozen=True)
class GivenRequest:
    """A payment request, and the text that its payer gets (fit for a QR code)."""

    request: PaymentRequest
    text: str = field(repr=False)
    network: str
    """Name of the only network on which its text can be paid."""


@dataclass(frozen=True)
class Imported:
    """A note from a file."""

    note: HeldNote
    in_pool: bool
    """Its leaf is there already."""
    spendable: bool
    """The account that owns it is here."""
    key_known_to_others: bool
    """Whoever made its key can see when it is spent: re-wrap it first."""


class MistGiving:
    """See `MistMoney`, which hands these on."""

    def __init__(self, parts: MistParts, ledger: MistLedger) -> None:
        self._parts = parts
        self._ledger = ledger

    async def request(
        self,
        network_id: str | None,
        owner: int,
        token: Token | None,
        amount: int | None,
        label: str,
    ) -> GivenRequest:
        """A request under a fresh key; it is in the book before its text exists."""
        if amount is not None and not 0 < amount < AMOUNT_BOUND:
            raise InvalidInput(
                "it has to be more than zero, and no more than a note can hold", where="amount"
            )
        label = label_from(label)
        await self._parts.ensure_provable()
        place = await self._parts.place(network_id, create=True)
        account = self._parts.account_at(place.network, owner)
        ensure_room(await self._parts.notes.load(place.keys), requests=1)
        index = await self._parts.notes.take(place.keys, 1)
        key = place.keys.claiming_key(index)
        secret = self._parts.tools.digest(key, account.address)
        made = PaymentRequest(
            id=self._parts.random_bytes(6).hex(),
            index=index,
            owner=account.address,
            secret=secret,
            token=token.address if token is not None else None,
            amount=amount,
            label=label,
            made_at=self._parts.clock(),
        )
        await self._parts.notes.change(place.keys, lambda book: with_requests(book, made))
        return self._given(place, made)

    async def request_again(self, network_id: str | None, request: str) -> GivenRequest:
        """The text of one that was made before."""
        place = await self._parts.place_here(network_id)
        found = find_request(await self._parts.notes.load(place.keys), request)
        return self._given(place, found)

    async def requests_again(
        self, network_id: str | None, request: str | None
    ) -> tuple[GivenRequest, ...]:
        """All that were made before, or one of them, with their texts."""
        place = await self._parts.place(network_id)
        book = await self._parts.notes.load(place.keys)
        found = book.requests if request is None else (find_request(book, request),)
        return tuple(self._given(place, one) for one in found)

    def _given(self, place: Place, one: PaymentRequest) -> GivenRequest:
        write = self._parts.tools.write_request
        text = write(one.secret, place.keys.chain_id, place.keys.pool)
        return GivenRequest(one, text, place.network.name)

    async def hand_over(self, network_id: str | None, hand_over: str, passphrase: str) -> bytes:
        """The file that tells a receiver what was forwarded to their request; holds no key."""
        place = await self._parts.place_here(network_id)
        found = find_hand_over(await self._parts.notes.load(place.keys), hand_over)
        if found.void:
            raise UnsafeSpend(
                "This forward did not take place: its receiver would wait for nothing. "
                "The money is in the note as before. No file was written.",
                hint="See where it is: obsqra mist settle",
            )
        contents = HandedOver(
            chain_id=place.keys.chain_id,
            pool=place.pool.address,
            token=found.token,
            amount=found.amount,
            secret=found.secret,
        )
        return await asyncio.to_thread(self._parts.tools.files.write, contents, passphrase)

    async def mark_handed_over(self, network_id: str | None, hand_over: str) -> None:
        """The file was saved."""
        place = await self._parts.place_here(network_id)

        def step(book: MistBook) -> MistBook:
            found = find_hand_over(book, hand_over)
            return with_handovers(book, found.model_copy(update={"handed_over": True}))

        await self._parts.notes.change(place.keys, step)

    async def export(self, network_id: str | None, note: str, passphrase: str) -> bytes:
        """A whole note with its key, for another program or folder of the same owner."""
        place = await self._parts.place_here(network_id)
        held = find_note(await self._parts.notes.load(place.keys), note)
        whole = held.note(place.keys)
        contents = HandedOver(
            chain_id=place.keys.chain_id,
            pool=place.pool.address,
            token=whole.token,
            amount=whole.amount,
            label=held.label,
            claiming_key=whole.claiming_key,
            owner=whole.owner,
        )
        return await asyncio.to_thread(self._parts.tools.files.write, contents, passphrase)

    async def read_file(self, network_id: str | None, raw: bytes, passphrase: str) -> Imported:
        """Take a note in from either kind of file. Raises InvalidInput, WrongPassphrase,
        UnsafeSpend for a key that is in use, chain errors."""
        contents = await asyncio.to_thread(self._parts.tools.files.read, raw, passphrase)
        place = await self._parts.place(network_id, create=True)
        if (contents.chain_id, contents.pool) != (place.keys.chain_id, place.pool.address):
            raise InvalidInput(
                "This file is of another network or pool. Nothing was changed.",
                hint="Choose the network first: obsqra network use",
            )
        book = await self._parts.notes.load(place.keys)
        async with self._parts.chain.open(place.network, LOOKING) as session:
            leaves = await read_leaves(session, place.pool.address)
        request = lost = None
        if contents.whole:
            held = self._whole(contents, place, book)
        else:
            asked = next((one for one in book.requests if one.secret == contents.secret), None)
            found = asked or await self._lost(contents, place, book)
            held = self._for_request(contents, place, book, found)
            if isinstance(found, LostRequest):
                lost = found
            elif found.paid_by(contents.token, contents.amount):
                request = found.id
        known = next((one for one in book.notes if one.id == held.id), None)
        if known is not None:
            held = known
        there = held.leaf in leaves
        if there and held.state in {NoteState.AWAITED, NoteState.VOID}:
            sure = not contents.whole and lost is None
            fresh = NoteState.UNSPENT if sure else NoteState.UNCHECKED
            held = held.model_copy(update={"state": fresh, "position": leaves.index(held.leaf)})
        await self._ledger.received(place, held, request if there else None, lost)
        accounts = self._parts.accounts.listing(place.network.id)
        here = any(one.address == held.owner and not one.watch_only for one in accounts)
        return Imported(held, there, here, contents.whole)

    async def _lost(self, contents: HandedOver, place: Place, book: MistBook) -> LostRequest:
        """A request that was made after the backup which was restored here; raises InvalidInput."""
        assert contents.secret is not None
        owners, digest = self._parts.owners, self._parts.tools.digest
        found = await find_lost(contents.secret, place, book, owners, digest)
        if found is None:
            raise InvalidInput(
                "This file is for a payment request that was not made here, nor with the secret "
                "that is here. Nothing was changed.",
                hint="Open it where the request was made, or restore that backup first.",
            )
        return found

    def _for_request(
        self,
        contents: HandedOver,
        place: Place,
        book: MistBook,
        found: PaymentRequest | LostRequest,
    ) -> HeldNote:
        """The note that pays it."""
        key = place.keys.claiming_key(found.index)
        note = Note(key, found.owner, contents.token, contents.amount)
        known = [one.note(place.keys) for one in book.notes if one.index != found.index]
        self._parts.tools.guards.ensure_new(note, known)
        label = contents.label or (found.label if isinstance(found, PaymentRequest) else "")
        return self._entry(note, NoteOrigin.RECEIVED, found.index, label)

    def _whole(self, contents: HandedOver, place: Place, book: MistBook) -> HeldNote:
        if contents.claiming_key is None or contents.owner is None:
            raise InvalidInput("this file holds no whole note")
        note = Note(contents.claiming_key, contents.owner, contents.token, contents.amount)
        entry = self._entry(note, NoteOrigin.IMPORTED, None, contents.label)
        known = [one.note(place.keys) for one in book.notes if one.id != entry.id]
        self._parts.tools.guards.ensure_new(note, known)
        return entry

    def _entry(self, note: Note, origin: NoteOrigin, index: int | None, label: str) -> HeldNote:
        digest, now = self._parts.tools.digest, self._parts.clock()
        return held_note(note, digest, origin, now, index=index, label=label)

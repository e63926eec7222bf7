"""The deep search: amounts that no block tells and that the first look did not find.

deep = DeepService(...)
report = await deep.search(network, keys, digits=7, progress=show, cancel=token)

It needs no node until something is found. How far it came is kept in the book, so that it goes on
there after a stop, a crash or another day.
"""

import asyncio
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from obsqra_desktop.domain.amounts import Token
from obsqra_desktop.domain.errors import Cancelled, InvalidInput
from obsqra_desktop.domain.mist.book import again, with_notes
from obsqra_desktop.domain.mist.deep import (
    MOST_DIGITS,
    USUAL_DIGITS,
    Go,
    Places,
    steps,
    unused,
    work,
)
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook, held_note
from obsqra_desktop.domain.mist.keys import PoolKeys
from obsqra_desktop.domain.mist.looks import MissingPart
from obsqra_desktop.domain.mist.note import FieldHash, Note
from obsqra_desktop.domain.network import Network
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.chain_ports import Now
from obsqra_desktop.services.mist.book import NotesService
from obsqra_desktop.services.mist.finding import MARGIN, NEAR, origin_of
from obsqra_desktop.services.mist.owners import Owners
from obsqra_desktop.services.mist.scan import ScanService
from obsqra_desktop.services.mist.scan_report import OnScan
from obsqra_desktop.services.mist_ports import LeafSearch
from obsqra_desktop.services.tokens import TokensOn, only_known

NEXT: Final = 2
"""Indices that get all digits: a spend takes the next free ones."""
CLOSE: Final = 4
FEW: Final = 3
"""Indices and owners that get one digit less."""
KEEP_EVERY: Final = 32
"""Goes after which is written down how far the search came: half a minute."""


@dataclass(frozen=True, slots=True)
class DeepProgress:
    """Amounts that were tried, of those with so many digits, for one sum that is not found."""

    part: MissingPart
    place: int
    """Which of the sums, from 1."""
    parts: int
    digits: int
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class DeepReport:
    """What a deep search has brought."""

    book: MistBook
    found: tuple[HeldNote, ...]
    digits: int
    """So many were tried everywhere."""


OnDeep = Callable[[DeepProgress], None]
Spots = Mapping[int, tuple[int, int]]
"""Secret to (index, owner)."""


@dataclass(frozen=True, slots=True)
class Target:
    """A part with the places where it may lie."""

    part: MissingPart
    parent: HeldNote
    places: Places
    spots: Spots
    accounts: Mapping[int, int | None]
    """Owner to the index of a fresh account."""
    decimals: int | None

    @property
    def mark(self) -> str:
        """Of what is tried in which order: how far a search came holds for this order alone."""
        order = (self.places, self.part.amount, self.part.outputs, self.decimals)
        return hashlib.sha256(repr(order).encode()).hexdigest()

    @property
    def digits(self) -> int:
        """So many were tried already."""
        return self.part.digits if self.part.order == self.mark else 0

    def tried(self, digits: int) -> int:
        """And of this step so many amounts."""
        same = self.part.order == self.mark and self.part.digits == digits - 1
        return self.part.tried if same else 0

    def total(self, digits: int) -> int:
        """Amounts of a step."""
        return work(self.places, self.part.amount, self.decimals, digits)

    def goes(self, digits: int) -> Iterator[Go]:
        """What is left of a step."""
        amount, done = self.part.amount, self.tried(digits)
        return steps(self.places, amount, self.decimals, digits, done)


@dataclass(frozen=True, slots=True)
class Step:
    """A step, and where it stands among the others."""

    progress: OnDeep
    target: Target
    place: int
    places: int
    digits: int

    def told(self, done: int) -> None:
        """So many of its amounts are tried."""
        part, total = self.target.part, self.target.total(self.digits)
        self.progress(DeepProgress(part, self.place, self.places, self.digits, done, total))


class DeepService:
    """Tries more amounts for the sums that the book lists as missing."""

    def __init__(
        self,
        notes: NotesService,
        scans: ScanService,
        owners: Owners,
        digest: FieldHash,
        search: LeafSearch,
        clock: Now,
        tokens: TokensOn = only_known,
    ) -> None:
        self._tokens = tokens
        self._notes = notes
        self._scans = scans
        self._owners = owners
        self._digest = digest
        self._search = search
        self._clock = clock

    async def search(
        self,
        network: Network,
        keys: PoolKeys,
        *,
        digits: int = USUAL_DIGITS,
        tokens: Sequence[Token] | None = None,
        progress: OnDeep = lambda _: None,
        looking: OnScan = lambda _: None,
        cancel: CancelToken | None = None,
    ) -> DeepReport:
        """Try all amounts of up to so many digits; what is found is kept at once, and then its own
        spends are looked for on the chain.

        Few digits come first, for every sum. Raises InvalidInput, Cancelled (what was found and how
        far it came is kept), VaultLocked, StorageError, and what a scan raises.
        """
        if not 1 <= digits <= MOST_DIGITS:
            raise InvalidInput(f"1 to {MOST_DIGITS} digits can be tried", where="digits")
        cancel = cancel or CancelToken()
        if tokens is None:
            tokens = await asyncio.to_thread(self._tokens, network)
        places = {one.address: one.decimals for one in tokens}
        found: list[HeldNote] = []
        while True:
            new = await self._round(network, keys, digits, places, progress, cancel)
            found += new
            if not new:
                break
            await self._scans.scan(
                network, keys, everything=True, tokens=tokens, progress=looking, cancel=cancel
            )
        book = await self._notes.load(keys)
        now = {one.id: one for one in book.notes}
        return DeepReport(book, tuple(now.get(one.id, one) for one in found), digits)

    async def _round(
        self,
        network: Network,
        keys: PoolKeys,
        digits: int,
        decimals: Mapping[int, int],
        progress: OnDeep,
        cancel: CancelToken,
    ) -> list[HeldNote]:
        """Until something is found with so many digits, or all are tried."""
        found: list[HeldNote] = []
        for depth in range(1, digits + 1):
            targets = await self._targets(network, keys, decimals)
            for place, target in enumerate(targets, 1):
                if target.digits >= depth:
                    continue
                step = Step(progress, target, place, len(targets), depth)
                found += await self._step(keys, step, cancel)
            if found:
                break
        return found

    async def _targets(
        self, network: Network, keys: PoolKeys, decimals: Mapping[int, int]
    ) -> list[Target]:
        book = await self._notes.load(keys)
        owners = await self._owners.of(network, keys, book.next_account)

        def work() -> list[Target]:
            notes = {one.id: one for one in book.notes}
            return [
                self._target(book, keys, owners, notes[part.note], part, decimals.get(part.token))
                for part in book.missing
                if part.note in notes
            ]

        return await asyncio.to_thread(work)

    def _target(
        self,
        book: MistBook,
        keys: PoolKeys,
        owners: Mapping[int, int | None],
        parent: HeldNote,
        part: MissingPart,
        decimals: int | None,
    ) -> Target:
        """Indices follow that of the spent note, as far as the look could tell closely."""
        base = part.index if part.index is not None else (parent.index or 0) + 1
        used = [one.index for one in book.notes if one.index is not None]
        indices = unused(base, [*used, *(one.index for one in book.requests)], NEAR)
        fresh = [
            address
            for address, account in owners.items()
            if account is not None and account <= book.next_account
        ]
        seen = dict.fromkeys((parent.owner, *(one.owner for one in book.notes), *fresh))
        likely, everyone = tuple(seen)[:FEW], tuple(dict.fromkeys((*seen, *owners)))
        spots: dict[int, tuple[int, int]] = {}

        def secrets(some: Sequence[int], whose: Sequence[int]) -> tuple[int, ...]:
            added = []
            for index in some:
                key = keys.claiming_key(index)
                for owner in whose:
                    secret = self._digest(key, owner)
                    if secret not in spots:
                        spots[secret] = (index, owner)
                        added.append(secret)
            return tuple(added)

        places = Places(
            secrets(indices[:NEXT], (parent.owner,)),
            secrets(indices[:CLOSE], likely),
            secrets(indices, everyone),
        )
        return Target(part, parent, places, spots, owners, decimals)

    async def _step(self, keys: PoolKeys, step: Step, cancel: CancelToken) -> list[HeldNote]:
        """All amounts of one step, or the notes at which it has ended."""
        target, digits, told = step.target, step.digits, step.told
        part, done = target.part, target.tried(digits)
        try:
            for count, go in enumerate(target.goes(digits), 1):
                told(done)
                if cancel.cancelled:
                    raise Cancelled("The search was stopped. It goes on from here the next time.")
                hits = await asyncio.to_thread(
                    self._search.find_amounts, go.secrets, part.token, go.amounts, part.outputs
                )
                if hits:
                    at, place, leaf = hits[0]
                    amount = go.amounts.amount(place)
                    return await self._found(keys, target, go.secrets[at], amount, leaf)
                done = go.before + go.count
                if count % KEEP_EVERY == 0:
                    await self._keep(keys, target, digits - 1, done)
        except (Cancelled, asyncio.CancelledError):  # a button, or Ctrl-C in a terminal
            await self._keep(keys, target, digits - 1, done)
            raise
        await self._keep(keys, target, digits, 0)
        told(done)
        return []

    async def _keep(self, keys: PoolKeys, target: Target, digits: int, tried: int) -> None:
        """How far it came."""

        def step(book: MistBook) -> MistBook:
            marked = {"digits": digits, "tried": tried, "order": target.mark}
            return again(
                book,
                missing=tuple(
                    one.model_copy(update=marked) if one.outputs == target.part.outputs else one
                    for one in book.missing
                ),
            )

        await self._notes.change(keys, step)

    async def _found(
        self, keys: PoolKeys, target: Target, secret: int, amount: int, leaf: int
    ) -> list[HeldNote]:
        """One output is known; the other is one's own too, or was forwarded."""
        part, parent = target.part, target.parent
        parts = [(*target.spots[secret], amount)]
        rest = part.amount - amount
        others = [one for place, one in enumerate(part.outputs) if place != leaf]
        if rest and others:
            secrets = [one for one in target.spots if one != secret]
            hits = await asyncio.to_thread(self._search.find, secrets, [(part.token, rest)], others)
            parts += [(*target.spots[secrets[at]], rest) for at, _, _ in hits[:1]]
        origin = origin_of(parent.amount - part.amount, [one[2] for one in parts])
        made = [
            held_note(
                Note(keys.claiming_key(index), owner, part.token, value),
                self._digest,
                origin,
                self._clock(),
                index=index,
                parent=parent.id,
            )
            for index, owner, value in parts
        ]
        accounts = [target.accounts.get(one.owner) for one in made]
        fresh = max((one for one in accounts if one is not None), default=-1)
        await self._notes.change(keys, lambda book: with_found(book, made, fresh))
        return made


def with_found(book: MistBook, notes: Sequence[HeldNote], account: int) -> MistBook:
    """The book with notes that were found; sums that these explain are not missing any more.
    `account` is the highest index of a fresh account that owns one of them, -1 without any."""
    known = {one.id for one in book.notes}
    leaves = {one.leaf for one in notes}
    highest = max((one.index for one in notes if one.index is not None), default=-1)
    book = again(
        book,
        next_index=max(book.next_index, highest + 1 + MARGIN),
        next_account=max(book.next_account, account + 1),
    )
    book = with_notes(book, [one for one in notes if one.id not in known])
    missing = tuple(one for one in book.missing if leaves.isdisjoint(one.outputs))
    return again(book, missing=missing)

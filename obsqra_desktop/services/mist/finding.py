"""Recognises one's own in what the chain tells: secrets, notes, and what became of them.

A spend names neither its note nor its amounts; only its nullifier and two new leaves are public.
Who has the note knows the nullifier, and so its whole, what left, and thereby what stays: the new
leaves are found by trying amounts (domain.mist.candidates). Transactions are taken in the chain's
order, so that a note is known before its spend is met.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from obsqra_desktop.domain.mist.amounts import grid
from obsqra_desktop.domain.mist.candidates import DIGITS, parts_of, tried_for
from obsqra_desktop.domain.mist.chain import ChainBlock
from obsqra_desktop.domain.mist.events import DepositSeen, SpendSeen, Wanted
from obsqra_desktop.domain.mist.facts import Facts
from obsqra_desktop.domain.mist.held_notes import (
    HeldNote,
    MistBook,
    NoteOrigin,
    NoteState,
    held_note,
)
from obsqra_desktop.domain.mist.keys import PoolKeys
from obsqra_desktop.domain.mist.looks import MissingPart
from obsqra_desktop.domain.mist.merge import MOST_AHEAD
from obsqra_desktop.domain.mist.note import FieldHash, Note
from obsqra_desktop.services.mist_ports import LeafSearch

GAP: Final = 200
"""Unused indices in a row after which no more are looked for in blocks: each step that is prepared
and given up leaves two."""
WIDE_GAP: Final = MOST_AHEAD + GAP
"""The same for a look through the whole history: no counter of a backup that is believed
(domain.mist.merge) puts a later note beyond it."""
TRIED_GAP: Final = 40
"""The same where many amounts are tried under each."""
MARGIN: Final = 16
"""Indices that are left out after the highest one that was found: they may have been given out."""
NEAR: Final = 12
"""Indices below and above the highest known one that are tried with many amounts: keys are used in
their order."""
FEW_OWNERS: Final = 8
"""Accounts that are tried first: that of the spent note, then those that own something already."""
MOST_TRIES: Final = 2**18
"""In one call of the search: a second or two, after which cancelling is looked at."""
UNSPENT: Final = frozenset(
    {NoteState.AWAITED, NoteState.UNSPENT, NoteState.UNCHECKED, NoteState.SPENDING, NoteState.VOID}
)

Secrets = dict[int, tuple[int, int]]
"""Secret to (index, owner)."""
Go = Callable[[], None]
"""Raises Cancelled when the work is to stop."""


class Finder:
    """One look. Blocks; it changes only its own `facts`."""

    def __init__(
        self,
        book: MistBook,
        keys: PoolKeys,
        owners: Mapping[int, int | None],
        decimals: Mapping[int, int],
        leaves: Sequence[int],
        digest: FieldHash,
        search: LeafSearch,
        made_at: int,
        gap: int = GAP,
    ) -> None:
        """`owners`: accounts that may own notes, with the index of those that are derived.
        `decimals`: of the tokens that are known; for others the usual ones are tried."""
        self.facts = Facts(next_index=book.next_index, next_account=book.next_account)
        self._keys = keys
        self._owners = dict(owners)
        for owner in (*(one.owner for one in book.notes), *(one.owner for one in book.requests)):
            self._owners.setdefault(owner, None)
        self._decimals = decimals
        self._leaves = frozenset(leaves)
        self._all_leaves = leaves
        self._positions = {leaf: place for place, leaf in reversed(list(enumerate(leaves)))}
        self._digest = digest
        self._search = search
        self._made_at = made_at
        self._gap = gap
        self._notes = {one.id: one for one in book.notes}
        followed = {one.parent for one in book.notes} | {one.note for one in book.handovers}
        followed |= {one.note for one in book.missing}
        self._unfollowed = frozenset(
            one.id for one in book.notes if one.state is NoteState.SPENT and one.id not in followed
        )
        """Spent, as the journal or a backup says, and nothing is known of what came of it."""
        self._known_leaves = {one.leaf for one in book.notes}
        self._requests = {one.secret: one for one in book.requests}
        self._secrets: Secrets = {one.secret: (one.index, one.owner) for one in book.requests}
        used = [one.index for one in book.notes if one.index is not None]
        self._used_at: list[tuple[int, int]] = []
        """Position of a leaf, index of its key: which index came next is told by what came
        before."""
        for one in book.notes:
            self._seen_at(one.leaf, one.index)
        self._highest = max((*used, *(one.index for one in book.requests)), default=-1)
        self._window_end = 0
        self._wanted = Wanted(self._secrets.keys(), {}, digest)
        for one in book.notes:
            self._want(one)
        self._widen()
        self._take_back(book)

    def _take_back(self, book: MistBook) -> None:
        """A hand-over to a secret of one's own names a note of one's own, whatever its amount: its
        request was made where this book did not know of it. All others are of other people."""
        for one in book.handovers:
            if one.secret not in self._secrets:
                self._known_leaves.add(one.leaf)
            elif one.leaf in self._leaves:
                index, owner = self._secrets[one.secret]
                note = Note(self._keys.claiming_key(index), owner, one.token, one.amount)
                self._add(note, index, NoteOrigin.RECEIVED, parent=one.note, watching=False)

    # --- from blocks ---

    def take(self, block: ChainBlock, go: Go) -> None:
        """Look through one block."""
        for transaction in block.transactions:
            seen: set[DepositSeen | SpendSeen] = set()
            while True:
                events = [
                    event
                    for event in self._wanted.look_through(transaction, self._leaves)
                    if event not in seen
                ]
                if not events:
                    break
                for event in events:
                    seen.add(event)
                    self._came(event, block)
                    if isinstance(event, DepositSeen):
                        self._deposited(event)
                    else:
                        self._spent(event, block.mark.number, go)

    def _came(self, event: DepositSeen | SpendSeen, block: ChainBlock) -> None:
        """The leaves that this block brought."""
        made = event.outputs if isinstance(event, SpendSeen) else (self._leaf_of(event),)
        for leaf in made:
            self.facts.came.setdefault(leaf, (block.mark.number, block.at))

    def _leaf_of(self, event: DepositSeen) -> int:
        return self._digest(event.secret, event.token, event.amount)

    def _deposited(self, event: DepositSeen) -> None:
        index, owner = self._secrets[event.secret]
        mine = event.depositor in self._owners
        origin = NoteOrigin.DEPOSIT if mine else NoteOrigin.RECEIVED
        note = Note(self._keys.claiming_key(index), owner, event.token, event.amount)
        self._add(note, index, origin, depositor=event.depositor)

    def _spent(self, event: SpendSeen, block: int, go: Go) -> None:
        parent = self._notes[event.note]
        self._wanted.drop_note(parent.id)
        self.facts.spends[parent.id] = (event.tx_hash, block)
        self.facts.outputs[parent.id] = event.outputs
        unknown = [leaf for leaf in event.outputs if leaf not in self._known_leaves]
        left = parent.amount - event.withdraw
        if not unknown:
            return
        alone = len(unknown) == len(event.outputs)
        found = self._divided(parent, left, unknown, go, everything=alone)
        origin = origin_of(event.withdraw, [amount for _, _, amount, _ in found if amount])
        following = self._following(unknown)
        for index, owner, amount, leaf in found:
            if amount:
                note = Note(self._keys.claiming_key(index), owner, parent.token, amount)
                self._add(note, index, origin, parent=parent.id)
            self._seen_at(leaf, index)
            self._used(index)
        if not found and left and alone:
            # Two indices may have been used here that nothing tells of.
            self._used(self._highest + len(unknown))
            self.facts.missing.append(
                MissingPart(
                    note=parent.id,
                    token=parent.token,
                    amount=left,
                    tx_hash=event.tx_hash,
                    outputs=tuple(unknown),
                    index=following,
                )
            )

    def _seen_at(self, leaf: int, index: int | None) -> None:
        """The leaf is of this index."""
        if index is not None and leaf in self._positions:
            self._used_at.append((self._positions[leaf], index))

    def _following(self, outputs: Sequence[int]) -> int:
        """The index after the highest one whose leaf came before these."""
        first = min(self._positions[one] for one in outputs)
        return max((index for place, index in self._used_at if place < first), default=-1) + 1

    def _divided(
        self, parent: HeldNote, left: int, outputs: Sequence[int], go: Go, *, everything: bool
    ) -> list[tuple[int, int, int, int]]:
        """(index, owner, amount, leaf) of the outputs that are one's own, the likeliest tried
        first.

        Where one output is known, the other is empty or somebody else's: no parts are tried.
        """
        amounts = parts_of(left, self._decimals.get(parent.token))
        whole = [(parent.token, one) for one in dict.fromkeys((left, 0))]
        parts = [(parent.token, one) for one in amounts]
        following = self._following(outputs)
        near = range(max(0, following - NEAR), following + NEAR)
        likely = self._likely_owners(parent)
        everyone, usual = frozenset(self._owners), range(self.facts.next_index + GAP)
        ways = [(whole, usual, everyone)]
        if everything:
            ways += [(parts, near, likely), (parts, near, everyone - likely)]
        ways.append((whole, range(usual.stop, self._window_end), everyone))
        for values, indices, owners in ways:
            places = [
                (secret, index, owner)
                for secret, (index, owner) in self._secrets.items()
                if index in indices and owner in owners
            ]
            found = [
                (places[at][1], places[at][2], values[value][1], outputs[leaf])
                for at, value, leaf in self._tried([one[0] for one in places], values, outputs, go)
            ]
            if found:
                return found
        return []

    def _likely_owners(self, parent: HeldNote) -> frozenset[int]:
        used = [parent.owner, *(one.owner for one in reversed(self._notes.values()))]
        fresh = [
            owner
            for owner, account in self._owners.items()
            if account is None or account <= self.facts.next_account
        ]
        return frozenset(tuple(dict.fromkeys((*used, *fresh)))[:FEW_OWNERS])

    # --- by trying, where blocks cannot be read ---

    def try_amounts(self, tokens: Sequence[int], go: Go, told: Callable[[int, int], None]) -> None:
        """Secrets of the window with short amounts of these tokens, against all leaves.

        Amounts of two digits under every secret; those of three digits only near the highest index
        that is known and for accounts that are not fresh. `told` gets how many were tried, of how
        many. It finds again what is left, not what became of it.
        """
        few, many = (
            [
                (token, amount)
                for token in tokens
                for amount in tried_for(self._decimals.get(token), digits)
            ]
            for digits in (2, DIGITS)
        )
        tried: set[int] = set()
        while fresh := [one for one in self._first_secrets() if one not in tried]:
            self._try_all(fresh, few, go, told)
            tried.update(fresh)
        usual = [
            secret
            for secret, (index, owner) in self._secrets.items()
            if self._owners[owner] is None and index <= self._highest + NEAR
        ]
        self._try_all(usual, [one for one in many if one not in set(few)], go, told)

    def _first_secrets(self) -> list[int]:
        end = self.facts.next_index + TRIED_GAP
        return [secret for secret, (index, _) in self._secrets.items() if index < end]

    def try_common(self, tokens: Sequence[int], go: Go, told: Callable[[int, int], None]) -> None:
        """Secrets of the window with the common amounts of these tokens, against all leaves: what
        was received inside of the pool, which no block tells of."""
        values = [
            (token, amount) for token in tokens for amount in grid(self._decimals.get(token, 18))
        ]
        tried: set[int] = set()
        while fresh := [one for one in self._secrets if one not in tried]:
            self._try_all(fresh, values, go, told)
            tried.update(fresh)

    def _try_all(
        self,
        secrets: Sequence[int],
        values: Sequence[tuple[int, int]],
        go: Go,
        told: Callable[[int, int], None],
    ) -> None:
        leaves = [leaf for leaf in self._all_leaves if leaf not in self._known_leaves]
        places = [self._secrets[one] for one in secrets]
        for at, value, _ in self._tried(secrets, values, leaves, go, told):
            index, owner = places[at]
            note = Note(self._keys.claiming_key(index), owner, *values[value])
            self._add(note, index, NoteOrigin.FOUND)

    def try_requests(self, values: Mapping[int, Sequence[tuple[int, int]]], go: Go) -> None:
        """Payments inside of the pool to open requests: by secret, the values that are likely."""
        leaves = [leaf for leaf in self._all_leaves if leaf not in self._known_leaves]
        for secret, likely in values.items():
            index, owner = self._secrets[secret]
            for _, value, _ in self._tried([secret], likely, leaves, go):
                token, amount = likely[value]
                note = Note(self._keys.claiming_key(index), owner, token, amount)
                self._add(note, index, NoteOrigin.RECEIVED)

    def _tried(
        self,
        secrets: Sequence[int],
        values: Sequence[tuple[int, int]],
        leaves: Sequence[int],
        go: Go,
        told: Callable[[int, int], None] = lambda _done, _total: None,
    ) -> Iterator[tuple[int, int, int]]:
        if not values or not leaves:
            return
        at_once = max(1, MOST_TRIES // len(values))
        for start in range(0, len(secrets), at_once):
            go()
            part = secrets[start : start + at_once]
            for secret, value, leaf in self._search.find(part, values, leaves):
                yield start + secret, value, leaf
            told((start + len(part)) * len(values), len(secrets) * len(values))

    # --- inside ---

    def _add(
        self,
        note: Note,
        index: int,
        origin: NoteOrigin,
        parent: str | None = None,
        depositor: int | None = None,
        watching: bool = True,
    ) -> None:
        """`watching`: its leaf came in a block that is looked through now, or after it."""
        made = held_note(
            note, self._digest, origin, self._made_at, index=index, parent=parent
        ).model_copy(update={"depositor": depositor})
        known = self._notes.get(made.id)
        if known is None:
            self._notes[made.id] = made
            self._known_leaves.add(made.leaf)
            self._seen_at(made.leaf, index)
            self.facts.notes[made.id] = made
            self._want(made)
            if watching and origin is not NoteOrigin.FOUND:
                self.facts.watching.add(made.id)
        request = self._requests.get(note.secret(self._digest))
        if request is not None and request.paid_by(note.token, note.amount):
            self.facts.paid.add(request.id)
        self._used(index)
        account = self._owners.get(note.owner)
        if account is not None:
            self.facts.next_account = max(self.facts.next_account, account + 1)

    def _used(self, index: int) -> None:
        """Never given out again, nor any before it, nor those that may have been given out."""
        self._highest = max(self._highest, index)
        if index >= self.facts.next_index:
            self.facts.next_index = index + 1 + MARGIN
            self._widen()

    def _widen(self) -> None:
        """Secrets of all indices up to the gap after the highest one in use."""
        end = self.facts.next_index + self._gap
        fresh: list[int] = []
        for index in range(self._window_end, end):
            key = self._keys.claiming_key(index)
            for owner in self._owners:
                fresh.append(self._digest(key, owner))
                self._secrets.setdefault(fresh[-1], (index, owner))
        self._wanted.add_secrets(fresh)
        self._window_end = end

    def _want(self, one: HeldNote) -> None:
        if one.state in UNSPENT or one.id in self._unfollowed:
            self._wanted.add_note(one.id, one.note(self._keys))


def origin_of(withdraw: int, amounts: Sequence[int]) -> NoteOrigin:
    """What a spend's own outputs are called, as nothing on chain says it."""
    if len(amounts) > 1:
        return NoteOrigin.SPLIT
    return NoteOrigin.CHANGE if withdraw else NoteOrigin.REWRAP

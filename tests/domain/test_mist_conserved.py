"""Money is conserved whatever becomes of transactions, in whatever order it is heard of.

A person deposits, withdraws, splits, forwards and takes out in an emergency; some of it is killed
between book and journal; each transaction then goes any way that the journal knows (refused,
expired and taken after all, replaced, reverted, vanished and back). An independent ledger of what
the chain has accepted says how much there is: the settled book may never say more, nor less.
"""

import itertools
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from obsqra_desktop.domain.journal import FOLLOWS, UNPAID, TxState
from obsqra_desktop.domain.mist.book import (
    again,
    find_note,
    spending,
    with_handovers,
    with_notes,
)
from obsqra_desktop.domain.mist.entries import HandOver
from obsqra_desktop.domain.mist.held_notes import HeldNote, MistBook, NoteOrigin, NoteState
from obsqra_desktop.domain.mist.settle import ACCEPTED, Trace, settled
from obsqra_desktop.domain.mist.settle import given as in_force
from tests.domain.test_mist_settle import KEYS, OWNER, TOKEN, digest, entry, note

FINAL = frozenset({TxState.ACCEPTED_L2, TxState.ACCEPTED_L1, TxState.REVERTED})
OPEN = frozenset({NoteState.AWAITED, NoteState.SPENDING})


@dataclass
class Sent:
    """A transaction of the journal, and what the chain would do for it."""

    trace: Trace
    spends: str | None
    """Id of the note; None for a deposit."""
    makes: tuple[HeldNote, ...]
    gives: HandOver | None
    out: int
    state: TxState = TxState.SIGNED

    @property
    def accepted(self) -> bool:
        return self.state in ACCEPTED

    def told(self) -> Trace:
        """As `trace_of` says it."""
        return replace(
            self.trace,
            accepted=self.accepted,
            over=self.state in UNPAID or self.state is TxState.REVERTED,
            reverted=self.state is TxState.REVERTED,
        )


@dataclass
class World:
    """The book, the journal, and the chain's own account of it."""

    book: MistBook = field(default_factory=lambda: MistBook(chain_id=1, pool=2))
    sent: list[Sent] = field(default_factory=list)
    ids: Any = field(default_factory=lambda: itertools.count(1))
    given: dict[str, HandOver] = field(default_factory=dict)

    # --- what a person does, as the ledger writes it down ---

    def take(self, count: int) -> int:
        first = self.book.next_index
        self.book = again(self.book, next_index=first + count)
        return first

    def deposit(self, amount: int, crash: bool) -> None:
        index = self.take(1)
        made = entry(index, amount, NoteOrigin.DEPOSIT, depositor=OWNER)
        self.book = with_notes(self.book, (made,))
        trace = self.trace(secrets=(note(index, amount).secret(digest),))
        self.written(Sent(trace, None, (made,), None, 0), crash)

    def spend(self, which: int, kind: str, share: int, crash: bool) -> None:
        free = [one for one in self.book.notes if one.state is NoteState.UNSPENT]
        if not free:
            return
        held = free[which % len(free)]
        part = max(1, held.amount * share // 10)
        if kind == "emergency":
            self.book = spending(self.book, held.id)
            sent = Sent(self.trace(notes=(held.id,)), held.id, (), None, held.amount)
        else:
            sent = self.proved(held, kind, part)
        self.written(sent, crash)

    def proved(self, held: HeldNote, kind: str, part: int) -> Sent:
        first = self.take(2)
        amounts = {"withdraw": (0, held.amount - part), "forward": (0, held.amount - part)}.get(
            kind, (part, held.amount - part)
        )
        origin = NoteOrigin.SPLIT if kind == "split" else NoteOrigin.CHANGE
        made = tuple(
            entry(first + at, amount, origin, parent=held.id)
            for at, amount in enumerate(amounts)
            if amount
        )
        over = self.forwarded(held, part) if kind == "forward" else None
        self.book = spending(with_notes(self.book, made), held.id)
        if over is not None:
            self.book = with_handovers(self.book, over)
        leaves = (*(one.leaf for one in made), *((over.leaf,) if over is not None else (8, 9)))
        trace = self.trace(nullifiers=(held.note(KEYS).nullifier(digest),), leaves=leaves)
        return Sent(trace, held.id, made, over, part if kind == "withdraw" else 0)

    def forwarded(self, held: HeldNote, part: int) -> HandOver:
        """One that is made again is the same entry, as in MistMaking."""
        leaf = digest(77, TOKEN, part, held.amount, held.index or 0)
        for one in self.book.handovers:
            if one.void and (one.note, one.leaf) == (held.id, leaf):
                return in_force(one, one.made_in)
        return HandOver(
            id=f"{next(self.ids):012x}", note=held.id, secret=77, leaf=leaf, token=TOKEN,
            amount=part, made_at=1,
        )  # fmt: skip

    def trace(self, **what: Any) -> Trace:
        number = next(self.ids)
        kinds = ("nullifiers", "leaves", "secrets", "keys", "notes")
        none: dict[str, tuple[Any, ...]] = dict.fromkeys(kinds, ())
        return Trace(
            record=f"{number:012x}", hash=number, accepted=False, over=False, reverted=False,
            block=None, **{**none, **what},
        )  # fmt: skip

    def written(self, sent: Sent, crash: bool) -> None:
        if not crash:
            self.sent.append(sent)

    # --- what becomes of it ---

    def moves(self, which: int, to: int) -> None:
        """One of the ways that the journal allows and the chain's rules too."""
        if not self.sent:
            return
        one = self.sent[which % len(self.sent)]
        ways = sorted(FOLLOWS[one.state])
        if not ways:
            return
        state = ways[to % len(ways)]
        if state in ACCEPTED and not self.can_take(one):
            state = TxState.REVERTED if TxState.REVERTED in ways else one.state
        one.state = state
        if state in FINAL:
            for other in self.sent:  # they have its nonce: see Tracker
                same = one.spends is not None and other.spends == one.spends
                if other is not one and same and TxState.REPLACED in FOLLOWS[other.state]:
                    other.state = TxState.REPLACED

    def can_take(self, one: Sent) -> bool:
        """What the pool holds: the note is there, and is spent once."""
        if one.spends is None:
            return True
        others = [other for other in self.sent if other is not one]
        if any(other.accepted for other in others if other.spends == one.spends):
            return False
        return any(
            other.accepted for other in others for made in other.makes if made.id == one.spends
        )

    # --- what has to hold ---

    def settle(self, traces: tuple[Trace, ...] | None = None) -> None:
        self.book = settled(self.book, traces or self.traces(), KEYS, digest)

    def traces(self) -> tuple[Trace, ...]:
        return tuple(one.told() for one in self.sent)

    def deposited(self) -> int:
        done = (one for one in self.sent if one.spends is None and one.accepted)
        return sum(made.amount for one in done for made in one.makes)

    def gone(self) -> int:
        """Withdrawn or forwarded, by the chain."""
        done = [one for one in self.sent if one.accepted]
        given_away = sum(one.gives.amount for one in done if one.gives is not None)
        return sum(one.out for one in done) + given_away

    def check(self) -> None:
        """Held, given and withdrawn are what was deposited, at any time."""
        held = sum(one.amount for one in self.book.notes if one.held)
        assert held + self.gone() == self.deposited()
        accepted = {one.gives.id for one in self.sent if one.accepted and one.gives is not None}
        open_ones = {
            one.gives.id
            for one in self.sent
            if one.gives is not None and not one.told().over and not one.accepted
        }
        in_force_now = {one.id for one in self.book.handovers if not one.void}
        assert in_force_now == accepted | open_ones
        for parent in self.book.notes:
            if parent.state is NoteState.SPENDING:
                self.in_flight(parent)

    def in_flight(self, parent: HeldNote) -> None:
        """Of each open transaction what it makes is never more than what it spends."""
        for one in self.sent:
            if one.spends == parent.id and not one.told().over:
                made = sum(find_note(self.book, new.id).amount for new in one.makes)
                given_away = one.gives.amount if one.gives is not None else 0
                assert made + given_away + one.out == parent.amount

    def end(self) -> None:
        """Everything is decided: nothing is left open, nothing is lost."""
        for one in self.sent:
            if one.state not in FINAL | UNPAID:
                one.state = TxState.EXPIRED
        self.settle()
        self.check()
        assert not [one for one in self.book.notes if one.state in OPEN]
        free = sum(one.amount for one in self.book.notes if one.state is NoteState.UNSPENT)
        assert free + self.gone() == self.deposited()
        made_again = settled(self.book, self.traces()[::-1], KEYS, digest)
        assert states(made_again) == states(self.book)
        self.settle()
        assert settled(self.book, self.traces(), KEYS, digest) is self.book


def states(book: MistBook) -> list[object]:
    return [*(one.state for one in book.notes), *(one.void for one in book.handovers)]


number = st.integers(0, 20)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("deposit"), st.tuples(st.integers(1, 50), st.booleans())),
        st.tuples(
            st.just("spend"),
            st.tuples(
                number,
                st.sampled_from(["withdraw", "split", "forward", "emergency"]),
                st.integers(1, 10),
                st.integers(0, 4).map(lambda drawn: drawn == 0),
            ),
        ),
        st.tuples(st.just("moves"), st.tuples(number, number)),
        st.tuples(st.just("moves"), st.tuples(number, number)),
        st.tuples(st.just("settle"), st.just(())),
    ),
    min_size=4,
    max_size=40,
)


@settings(max_examples=400, deadline=None)
@given(steps)
def test_money_is_conserved_in_any_order_of_events(told: list[tuple[str, tuple[Any, ...]]]) -> None:
    world = World()
    for what, how in told:
        getattr(world, what)(*how)
        if what != "settle":
            world.settle()  # as the program does before it looks at a note
        world.check()
    world.end()


@settings(max_examples=200, deadline=None)
@given(steps, st.randoms(use_true_random=False))
def test_only_what_the_journal_says_at_the_end_counts(
    told: list[tuple[str, tuple[Any, ...]]], random: Any
) -> None:
    """Whoever heard of everything at once, in any order, has the same book in the end."""
    world = World()
    for what, how in told:
        if what in {"deposit", "spend"}:
            world.settle()
        getattr(world, what)(*how)
    world.end()
    late = World(sent=[], ids=world.ids)
    late.book = again(
        world.book,
        notes=tuple(
            one.model_copy(update={"state": NoteState.AWAITED, "spending": None, "spent_in": None})
            for one in world.book.notes
        ),
    )
    traces = list(world.traces())
    random.shuffle(traces)
    late.settle(tuple(traces))
    assert states(late.book) == states(world.book)

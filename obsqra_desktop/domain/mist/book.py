"""Steps of the notes book: each takes a book and gives the next one; nothing is ever forgotten."""

from collections.abc import Iterable
from typing import Final, TypeVar

from obsqra_desktop.domain.errors import InvalidInput, NotFound
from obsqra_desktop.domain.mist.entries import (
    HandOver,
    PaymentRequest,
    PlanState,
    RequestState,
    WaitingPlan,
)
from obsqra_desktop.domain.mist.errors import UnsafeSpend
from obsqra_desktop.domain.mist.fields import MAX_LABEL
from obsqra_desktop.domain.mist.held_notes import (
    MAX_NOTES,
    MAX_OTHERS,
    HeldNote,
    MistBook,
    NoteState,
)

T = TypeVar("T", bound=HeldNote | PaymentRequest | HandOver | WaitingPlan)
FIRST: Final = 4
ROOM: Final = {
    "notes": (MAX_NOTES, "notes"),
    "requests": (MAX_OTHERS, "payment requests"),
    "handovers": (MAX_OTHERS, "hand-overs"),
    "plans": (MAX_OTHERS, "waiting plans"),
}
SPENDABLE: Final = frozenset({NoteState.UNSPENT, NoteState.UNCHECKED})


def again(book: MistBook, **parts: object) -> MistBook:
    """The book with these parts, all its rules checked anew (`model_copy` checks none).

    Raises InvalidInput where more is put in than a book holds.
    """
    fields = {name: getattr(book, name) for name in MistBook.model_fields} | parts
    for name, (most, what) in ROOM.items():
        entries = fields[name]
        if isinstance(entries, tuple) and len(entries) > most:
            raise full(most, what)
    return MistBook.model_validate(fields)


def ensure_room(book: MistBook, **more: int) -> None:
    """Asked before an index is taken: whether so many more notes, requests, handovers or plans
    find a place. Raises InvalidInput."""
    for name, count in more.items():
        most, what = ROOM[name]
        if len(getattr(book, name)) + count > most:
            raise full(most, what)


def full(most: int, what: str) -> InvalidInput:
    """Nothing is ever forgotten, so a full book stays full."""
    return InvalidInput(
        f"The notes book is full: it holds {most:,} {what}. Nothing was changed or sent.",
        hint="All of a note can still be withdrawn. Begin another data folder: --data-dir",
    )


def label_from(text: str) -> str:
    """Somebody's own words, without spaces around them; raises InvalidInput for what a label
    cannot be."""
    words = text.strip()
    if len(words) > MAX_LABEL:
        raise InvalidInput(
            f"a label has at most {MAX_LABEL} characters, this one has {len(words)}", where="label"
        )
    if not words.isprintable():
        raise InvalidInput(
            "a label is one line of printable text, without tabs and without marks that turn its "
            "direction",
            where="label",
        )
    return words


def by_prefix(
    entries: Iterable[T],
    prefix: str,
    one: str,
    none: str = "",
    hint: str = "See: obsqra mist notes",
) -> T:
    """The only entry whose id begins so, with at least four digits; raises NotFound, which calls
    it `one` where there are many and `none` where there is none."""
    wanted = prefix.strip().lower()
    found = [entry for entry in entries if len(wanted) >= FIRST and entry.id.startswith(wanted)]
    if len(found) != 1:
        many = f"More than one {one} begins" if found else f"No {none or one} begins"
        raise NotFound(f"{many} with {wanted[:12]!r}.", hint=hint)
    return found[0]


def find_note(book: MistBook, prefix: str) -> HeldNote:
    """By the beginning of its id, at least four digits; raises NotFound."""
    return by_prefix(book.notes, prefix, "note")


def find_request(book: MistBook, prefix: str) -> PaymentRequest:
    """The same for a payment request."""
    return by_prefix(book.requests, prefix, "request")


def find_hand_over(book: MistBook, prefix: str) -> HandOver:
    """The same for a hand-over."""
    return by_prefix(book.handovers, prefix, "hand-over")


def from_elsewhere(book: MistBook) -> tuple[HeldNote, ...]:
    """Held notes under one's own keys that another computer with the same secret has made."""
    return tuple(one for one in book.notes if one.made_elsewhere and one.held)


def merged(entries: Iterable[T], changed: Iterable[T]) -> tuple[T, ...]:
    """New ones at the end, those of a known id in their place."""
    fresh = {one.id: one for one in changed}
    kept = tuple(fresh.pop(one.id, one) for one in entries)
    return (*kept, *fresh.values())


def with_notes(book: MistBook, notes: Iterable[HeldNote]) -> MistBook:
    """The book with these notes."""
    return again(book, notes=merged(book.notes, notes))


def with_requests(book: MistBook, *requests: PaymentRequest) -> MistBook:
    """The same for payment requests."""
    return again(book, requests=merged(book.requests, requests))


def with_handovers(book: MistBook, *handovers: HandOver) -> MistBook:
    """The same for hand-overs."""
    return again(book, handovers=merged(book.handovers, handovers))


def with_plans(book: MistBook, *plans: WaitingPlan) -> MistBook:
    """The same for waiting plans."""
    return again(book, plans=merged(book.plans, plans))


def without_finished(book: MistBook) -> MistBook:
    """Without plans that were given up, and those whose note is spent. One that was carried out
    stays until then: if its transaction fails it waits again."""
    spent = {one.id for one in book.notes if one.state is NoteState.SPENT}
    open_ones = tuple(
        one for one in book.plans if one.state is not PlanState.DROPPED and one.note not in spent
    )
    return again(book, plans=open_ones)


def spending(book: MistBook, note: str, record: str | None = None) -> MistBook:
    """Mark a note before anything of its spend is signed.

    Raises UnsafeSpend if it is spent, under way, not there yet, or frozen; and when its record is
    set a second time to another one.
    """
    held = find_note(book, note)
    again_same = held.state is NoteState.SPENDING and (
        held.spending is None or held.spending == record
    )
    if held.state not in SPENDABLE and not again_same:
        raise UnsafeSpend(
            f"This note is {held.state.value}: a second spend would be refused. Nothing was sent.",
            hint="See: obsqra mist notes",
        )
    if held.frozen and not again_same:
        raise UnsafeSpend(
            "This note is frozen. Nothing was sent.", hint="Unfreeze it first if you mean it."
        )
    marked = held.model_copy(update={"state": NoteState.SPENDING, "spending": record})
    return with_notes(book, (marked,))


def released(book: MistBook, note: str) -> MistBook:
    """Its spend was given up or failed for good: the note is free, what it would have made is void.

    Only for a spend of which nothing can come any more. Void notes stay: their indices are used.
    """
    held = find_note(book, note)
    if held.state is not NoteState.SPENDING:
        raise InvalidInput("no spend of this note is under way", where="note")
    free = held.model_copy(update={"state": NoteState.UNSPENT, "spending": None})
    void = [
        one.model_copy(update={"state": NoteState.VOID})
        for one in book.notes
        if one.parent == held.id and one.state is NoteState.AWAITED
    ]
    return with_notes(book, (free, *void))


def spent(
    book: MistBook, note: str, tx_hash: int | None = None, block: int | None = None
) -> MistBook:
    """The chain shows its spend."""
    held = find_note(book, note)
    marked = held.model_copy(
        update={
            "state": NoteState.SPENT,
            "spent_in": tx_hash if tx_hash is not None else held.spent_in,
            "spent_block": block if block is not None else held.spent_block,
        }
    )
    return with_notes(book, (marked,))


def closed(book: MistBook, request: str, state: RequestState) -> MistBook:
    """A payment request that was paid or is not expected any more."""
    found = find_request(book, request)
    return with_requests(book, found.model_copy(update={"state": state}))

"""A full notes book: `python -m tests.bench.mist_book NOTES`, seconds in JSON.

What a look and a settling cost before any node is asked: five accounts, an unspent note for each
index, and a journal of 200 spends that the book has been told of, or has not.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import TypeVar

from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.mist.book import again, with_notes
from obsqra_desktop.domain.mist.held_notes import MistBook, NoteOrigin, NoteState, held_note
from obsqra_desktop.domain.mist.note import Note
from obsqra_desktop.domain.mist.settle import Trace, settled
from obsqra_desktop.privacy.keys import MistKeys
from obsqra_desktop.proving.mist import NativeLeafSearch, NativeMistHash
from obsqra_desktop.services.mist.finding import Finder

T = TypeVar("T")
OWNERS, SPENDS = 5, 200
DIGEST, KEYS = NativeMistHash(), MistKeys(b"x" * 32, 5, 7)


def book_of(count: int, spent: int) -> MistBook:
    """The first so many are spent, by transactions that the book names."""
    notes = []
    for index in range(count):
        owner = 0xA11CE + index % OWNERS
        note = Note(KEYS.claiming_key(index), owner, STRK.address, 10**18 + index)
        made = held_note(note, DIGEST, NoteOrigin.DEPOSIT, 1, index=index)
        state = {"state": NoteState.UNSPENT, "position": index}
        if index < spent:
            state |= {"state": NoteState.SPENT, "spending": record_of(index)}
        notes.append(made.model_copy(update=state))
    return MistBook(chain_id=5, pool=7, next_index=count, notes=tuple(notes))


def record_of(index: int) -> str:
    return f"{index:012x}"


def trace_of(index: int) -> Trace:
    """Of a spend that was accepted."""
    return Trace(
        record=record_of(index),
        hash=index,
        accepted=True,
        over=False,
        reverted=False,
        block=1,
        nullifiers=(index,),
        leaves=(),
        secrets=(),
        keys=(),
    )


def measure(count: int) -> dict[str, float]:
    """Seconds."""
    found: dict[str, float] = {}

    def timed(name: str, work: Callable[[], T]) -> T:
        started = time.perf_counter()
        made = work()
        found[name] = round(time.perf_counter() - started, 3)
        return made

    book = book_of(count, SPENDS)
    owners = {0xA11CE + one: None for one in range(OWNERS)}
    leaves = [one.leaf for one in book.notes]
    traces = tuple(trace_of(one) for one in range(SPENDS))
    fresh = (*traces, trace_of(SPENDS))

    def finder() -> Finder:
        words = (book, KEYS, owners, {STRK.address: 18}, leaves)
        return Finder(*words, DIGEST, NativeLeafSearch(), 1)

    timed("a look begins", finder)
    timed("settled, nothing new", lambda: settled(book, traces, KEYS, DIGEST))
    timed("settled, one new spend", lambda: settled(book, fresh, KEYS, DIGEST))
    timed("one note changed", lambda: with_notes(book, (book.notes[0],)))
    raw = timed("written", lambda: book.model_dump_json(by_alias=True))
    timed("read", lambda: again(MistBook.model_validate_json(raw)))
    return found


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))

"""The notes book as a document: nothing secret in `repr`, no index used twice, strict files."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.held_notes import (
    BOOK_LIMIT,
    BOOK_SCHEMA,
    HeldNote,
    MistBook,
    NoteOrigin,
    held_note,
)
from obsqra_desktop.domain.mist.note import AMOUNT_BOUND, FIELD, KEY_BOUND, Note, note_id
from tests.privacy.plain import plain_hash

OWNER, TOKEN = 0xA11CE, 0x70CE
KEY = 0xC0FFEE00C0FFEE00C0FFEE00C0FFEE00C0FFEE00C0FFEE00C0FFEE00C0FFEE


class OneKey:
    """Gives the same key for each index; implements ClaimingKeys."""

    def claiming_key(self, index: int) -> int:
        return KEY + index


def entry(index: int | None = 3, amount: int = 1000) -> HeldNote:
    key = KEY + (index or 0)
    note = Note(key, OWNER, TOKEN, amount)
    return held_note(note, plain_hash, NoteOrigin.DEPOSIT, 1_700_000_000, index=index)


def parsed(raw: bytes) -> MistBook:
    return strict_json.parse(MistBook, raw, what="book", schema=BOOK_SCHEMA, limit=BOOK_LIMIT)


def book(*notes: HeldNote, next_index: int = 4) -> MistBook:
    return MistBook(chain_id=1, pool=0xB001, next_index=next_index, notes=notes)


def test_a_book_comes_back_from_its_file() -> None:
    made = book(entry(), entry(None))
    assert parsed(strict_json.pretty(made)) == made


@given(st.integers(2**200, KEY_BOUND - 1), st.integers(1, AMOUNT_BOUND - 1))
def test_neither_key_nor_leaf_is_in_any_text_of_a_note(key: int, amount: int) -> None:
    note = Note(key, OWNER, TOKEN, amount)
    made = held_note(note, lambda *parts: pow(sum(parts), 5, FIELD), NoteOrigin.IMPORTED, 0)
    shown = f"{made!r} {made} {book(made)!r} {note!r}"
    for hidden in (key, made.leaf):
        assert str(hidden) not in shown
        assert f"{hidden:x}" not in shown


def test_an_id_cannot_be_made_from_the_leaf_alone() -> None:
    """Two notes with one leaf do not exist; two keys give two ids also for one leaf."""
    one, other = Note(KEY, OWNER, TOKEN, 5), Note(KEY + 2, OWNER, TOKEN, 5)
    always = held_note(one, lambda *_: 7, NoteOrigin.DEPOSIT, 0, index=1)
    never = held_note(other, lambda *_: 7, NoteOrigin.DEPOSIT, 0, index=2)
    assert always.leaf == never.leaf
    assert always.id != never.id
    assert always.id == note_id(one)


def test_the_note_is_made_of_its_index_or_of_its_own_key() -> None:
    assert entry(3).note(OneKey()).claiming_key == KEY + 3
    assert entry(None).note(OneKey()).claiming_key == KEY


def test_an_index_at_or_above_the_counter_is_refused() -> None:
    with pytest.raises(ValidationError, match="not below the next one"):
        book(entry(4), next_index=4)
    book(entry(3), next_index=4)


def test_two_entries_with_one_id_are_refused() -> None:
    with pytest.raises(ValidationError, match="the same id"):
        book(entry(), entry())


@pytest.mark.parametrize("both", [True, False])
def test_a_note_has_either_an_index_or_a_key(both: bool) -> None:
    document = json.loads(strict_json.pretty(entry()))
    document["index"] = 3 if both else None
    document["claiming_key"] = f"{KEY:064x}" if both else None
    with pytest.raises(ValidationError, match="the index of its key"):
        HeldNote.model_validate_json(json.dumps(document))


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ("leaf", f"{FIELD:064x}"),
        ("leaf", "0x12"),
        ("leaf", "F" * 64),
        ("leaf", 7.0),
        ("id", "../../../../x"),
        ("amount", "-1"),
        ("position", 2**20),
        ("copies", 0),
        ("state", "rich"),
        ("label", "a\u202eb"),
        ("unknown", 1),
    ],
)
def test_what_is_not_of_the_form_is_refused_and_not_quoted(where: str, value: object) -> None:
    document = json.loads(strict_json.pretty(book(entry())))
    document["notes"][0][where] = value
    with pytest.raises(InvalidInput) as caught:
        parsed(json.dumps(document).encode())
    assert f"{entry().leaf:x}" not in str(caught.value)
    assert f"{KEY:x}" not in str(caught.value)


def test_a_book_beyond_its_limit_is_not_read() -> None:
    with pytest.raises(InvalidInput, match="at most"):
        parsed(b" " * (BOOK_LIMIT + 1))

"""MIST's published numbers (mist.json), for the tests."""

import json
from pathlib import Path
from typing import Any, Final

from obsqra_desktop.domain.mist.note import Note, SpendPublics, SpendStatement

VECTORS: Final[dict[str, Any]] = json.loads((Path(__file__).parent / "mist.json").read_text())


def number(text: str) -> int:
    return int(text, 16)


def numbers(texts: list[str]) -> tuple[int, ...]:
    return tuple(map(number, texts))


def published_publics() -> SpendPublics:
    """Of the SDK's assignment and recorded proof."""
    values = numbers(VECTORS["assignment"]["publics"])
    publics = SpendPublics(values[0], *values[2:])
    assert publics.values() == values
    return publics


def published_statement() -> SpendStatement:
    """The SDK's assignment."""
    known = VECTORS["assignment"]
    first = ("claiming_key", "amount", "token")
    last = ("owner_key", "tx1_secret", "tx1_amount", "tx2_secret")
    secrets = (
        *(number(known[name]) for name in first),
        *numbers(known["path"]),
        *(number(known[name]) for name in last),
    )
    return SpendStatement(published_publics(), secrets)


def notes() -> list[tuple[Note, dict[str, int]]]:
    """Notes with their secret, leaf and nullifier."""
    found = []
    for one in VECTORS["notes"]:
        values = {name: number(text) for name, text in one.items()}
        note = Note(*(values[name] for name in ("claiming_key", "owner", "token", "amount")))
        found.append((note, values))
    return found

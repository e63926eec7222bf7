"""The forms that a secret may have in what the program writes, and the search for them.

A limb of the salt is a number below 2^31. Four bytes of it turn up by chance in megabytes of
proofs, so on their own they are looked for only where runs repeat with the same salt; in a
single run two neighbouring limbs are. Decimal digits do not turn up by chance.

A policy's numbers are small. As bytes they are everywhere, so they are looked for where they
would mean something: as keys and values of JSON documents. The statement and the proof have no
place for them, which `test_leaks` shows in its own way.
"""

import base64
import io
import json
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from obsqra_desktop.domain.poseidon2 import P

MEASURED: Final = ("_bytes", "micros", "seconds", "size", "_at", "at", "created_at")
LARGE: Final = 10_000_000


def montgomery(value: int) -> int:
    """The form that field elements have in memory and in proofs."""
    return (value << 32) % P


def written(raw: bytes) -> Iterator[bytes]:
    """Bytes as they are, and as text."""
    yield raw
    yield raw.hex().encode()
    yield raw.hex().upper().encode()
    yield base64.b64encode(raw).rstrip(b"=")
    yield repr(raw)[2:-1].encode()


def decimals(value: int) -> Iterator[bytes]:
    if value >= LARGE:
        for number in (value, montgomery(value)):
            if number >= LARGE:
                yield from (b"%d" % number, f"{number:,}".encode(), f"{number:_}".encode())


def limb_forms(value: int) -> set[bytes]:
    """One limb; some of these turn up by chance."""
    forms = set(decimals(value))
    for number in (value, montgomery(value)):
        for order in "<>":
            raw = struct.pack(f"{order}I", number)
            forms |= {raw, raw.hex().encode(), raw.hex().upper().encode()}
        forms.add(f"{number:x}".encode())
    return forms


def certain_forms(salt: Sequence[int]) -> set[bytes]:
    """What does not turn up by chance: two neighbours in any binary form, one in decimal."""
    forms: set[bytes] = set()
    for value in salt:
        forms |= set(decimals(value))
    for pair in pairwise(salt):
        for numbers in (pair, pair[::-1], tuple(map(montgomery, pair))):
            for layout in ("<2I", ">2I", "<2Q", ">2Q"):
                forms |= set(written(struct.pack(layout, *numbers)))
    return {form for form in forms if len(form) >= 8}


def key_forms(key: str) -> set[bytes]:
    """The key of the redactions, in whole and in its first half."""
    raw = bytes.fromhex(key)
    return {form for part in (raw, raw[:16]) for form in written(part)}


def unpacked(name: str, raw: bytes) -> Iterator[tuple[str, bytes]]:
    """A file, and what is in it if it is an archive."""
    yield name, raw
    if raw[:2] == b"PK":
        try:
            with zipfile.ZipFile(io.BytesIO(raw)) as archive:
                for entry in archive.namelist():
                    yield f"{name}/{entry}", archive.read(entry)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError):
            pass  # a spoiled one: its bytes were looked at


def files(folder: Path, except_for: Sequence[str] = ()) -> dict[str, bytes]:
    """Names and contents of all files below a folder, archives opened."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in except_for:
            name = path.relative_to(folder).as_posix()
            found |= dict(unpacked(name, path.read_bytes()))
    return found


def hits(forms: set[bytes], texts: Mapping[str, bytes]) -> list[tuple[str, bytes]]:
    """Where a form occurs: in a name or in a content."""
    return [
        (name, form)
        for name, raw in texts.items()
        for form in sorted(forms)
        if form in raw or form in name.encode()
    ]


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every value of a JSON document with its keys."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, path)
    else:
        yield path, value


def documents(texts: Mapping[str, bytes]) -> Iterator[tuple[str, Any]]:
    """Everything that is JSON, line by line too, with what base64 payloads hold."""
    for name, raw in texts.items():
        for part in (raw, *raw.splitlines()):
            try:
                value = json.loads(part)
            except ValueError:
                continue
            yield name, value
            if isinstance(value, dict) and isinstance(value.get("payload"), str):
                inner = base64.b64decode(value["payload"])
                yield from documents({f"{name}#payload": inner})


def policy_hits(
    fields: set[str], numbers: set[int], texts: Mapping[str, bytes]
) -> list[tuple[str, tuple[str, ...], Any]]:
    """JSON keys that name a policy's field with a value, and values that are a marker number."""
    found = []
    for name, document in documents(texts):
        for path, value in leaves(document):
            measured = any(key.endswith(MEASURED) for key in path[-1:])
            named = fields & set(path)
            marked = not measured and (value in numbers or str(value) in map(str, numbers))
            if (named and value is not None) or (marked and not isinstance(value, bool)):
                found.append((name, path, value))
    return found

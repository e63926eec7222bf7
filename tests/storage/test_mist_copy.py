"""The sealed copy's file: it comes back whole, is told from another secret's, or is refused."""

import base64
import json
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.accounts import AccountKind
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.backup import BackedUpAccount
from obsqra_desktop.domain.mist.copy import (
    CONTENTS_LIMIT,
    FILE_LIMIT,
    SMALLEST,
    CopyContents,
    DamagedCopy,
    NotThisCopy,
)
from obsqra_desktop.storage.mist.copy import SealedCopy, bound, mark_of
from tests.domain.test_mist_notes import KEY, book, entry

COPY_KEY = bytes(range(32))
OTHER_KEY = bytes(range(1, 33))
PRIVATE = 0x1234_5678_9ABC_DEF0_1234_5678_9ABC_DEF0
CONTENTS = CopyContents(
    saved_at=6,
    books=(book(entry(), entry(None)),),
    accounts=(
        BackedUpAccount(
            network="practice",
            label="mine",
            kind=AccountKind.OPENZEPPELIN,
            address=0xA11CE,
            private_key=PRIVATE,
        ),
    ),
)
FORMAT = SealedCopy()
RAW = FORMAT.write(CONTENTS, COPY_KEY)


def test_it_comes_back() -> None:
    assert FORMAT.read(RAW, COPY_KEY) == CONTENTS


def test_nothing_can_be_read_in_it_not_even_which_chain_and_pool() -> None:
    document = json.loads(RAW)
    assert set(document) == {"schema", "mark", "nonce", "data"}
    shown = RAW.decode().lower() + f"{CONTENTS!r} {CONTENTS}"
    for hidden in (f"{KEY:x}", f"{PRIVATE:x}", str(PRIVATE), f"{entry().leaf:x}"):
        assert hidden not in shown
    for hidden in ("practice", "a11ce", "b001"):
        assert hidden not in RAW.decode().lower()


def test_two_copies_have_nothing_in_common_but_their_form() -> None:
    one, other = (json.loads(FORMAT.write(CONTENTS, COPY_KEY)) for _ in range(2))
    assert {name for name in one if one[name] == other[name]} == {"schema"}
    assert len(one["data"]) == len(other["data"])
    assert len(base64.b64decode(one["data"])) == SMALLEST + 16, "padded, and the seal's tag"


def test_another_secrets_copy_is_told_from_a_damaged_one() -> None:
    with pytest.raises(NotThisCopy, match="another secret"):
        FORMAT.read(RAW, OTHER_KEY)
    document = json.loads(RAW)
    document["data"] = "AAAA" + document["data"][4:]
    with pytest.raises(DamagedCopy):
        FORMAT.read(json.dumps(document).encode(), COPY_KEY)


@settings(max_examples=150)
@given(st.data())
def test_no_byte_can_be_changed_unnoticed(data: st.DataObject) -> None:
    raw = bytearray(RAW)
    near = st.integers(0, 200) | st.integers(0, len(raw) - 1)  # the head is small beside the rest
    at = data.draw(near)
    raw[at] = data.draw(st.integers(0, 255).filter(lambda byte: byte != raw[at]))
    try:
        found = FORMAT.read(bytes(raw), COPY_KEY)
    except (NotThisCopy, DamagedCopy):
        return
    assert found == CONTENTS, "white space of the JSON is all that may change"


@pytest.mark.parametrize("length", [0, 1, 100, -1, -2, -40])
def test_a_cut_file_is_refused(length: int) -> None:
    with pytest.raises((NotThisCopy, DamagedCopy)):
        FORMAT.read(RAW.rstrip()[:length], COPY_KEY)


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_and_nothing_else_is_raised(raw: bytes) -> None:
    with pytest.raises(NotThisCopy):
        FORMAT.read(raw, COPY_KEY)


def test_a_file_beyond_the_limit_is_not_read() -> None:
    with pytest.raises(NotThisCopy):
        FORMAT.read(RAW + b" " * FILE_LIMIT, COPY_KEY)


def put(name: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda document: document.__setitem__(name, value)


@pytest.mark.parametrize(
    "change",
    [
        put("schema", "obsqra/mist-copy/2"),
        put("schema", "obsqra/mist-sealed/1"),
        put("more", 1),
        put("data", "AAAA"),
        put("data", "?"),
        put("data", "AAAAA"),
        put("mark", "0" * 16),
        put("nonce", "0" * 24),
        put("nonce", "0"),
        lambda document: document.pop("mark"),
    ],
)
def test_what_is_not_of_the_form_is_refused(change: Callable[[dict[str, Any]], None]) -> None:
    document = json.loads(RAW)
    change(document)
    with pytest.raises((NotThisCopy, DamagedCopy)):
        FORMAT.read(json.dumps(document).encode(), COPY_KEY)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("schema", "obsqra/mist-backup-contents/1"),
        ("books", json.loads(strict_json.pretty(CONTENTS))["books"] * 2),
        ("books", [1]),
        ("accounts", [{"network": "x"}]),
        ("saved_at", -1),
        ("secret", "00" * 32),
    ],
)
def test_what_is_sealed_is_parsed_strictly_too(name: str, value: object) -> None:
    """Sealed rightly by whoever has the key, and still not what this program writes."""
    inside = json.loads(strict_json.pretty(CONTENTS))
    inside[name] = value
    nonce = bytes(12)
    mark = mark_of(COPY_KEY, nonce)
    data = AESGCM(COPY_KEY).encrypt(nonce, json.dumps(inside).encode(), bound(mark))
    document = {
        "schema": "obsqra/mist-copy/1",
        "mark": mark,
        "nonce": nonce.hex(),
        "data": base64.b64encode(data).decode(),
    }
    with pytest.raises(DamagedCopy) as caught:
        FORMAT.read(json.dumps(document).encode(), COPY_KEY)
    assert f"{PRIVATE:x}" not in str(caught.value)


def test_the_file_of_the_longest_contents_is_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("obsqra_desktop.storage.mist.copy.CONTENTS_LIMIT", 100)
    with pytest.raises(InvalidInput, match="more notes"):
        FORMAT.write(CONTENTS, COPY_KEY)
    assert CONTENTS_LIMIT & (CONTENTS_LIMIT - 1) == 0, "padding goes to a power of two"
    most = (CONTENTS_LIMIT + 16 + 2) // 3 * 4
    assert most + 1024 < FILE_LIMIT

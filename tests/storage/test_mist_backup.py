"""Backup files: they come back whole, or not at all."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.accounts import AccountKind
from obsqra_desktop.domain.chain_errors import WrongPassphrase
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.backup import (
    CONTENTS_SCHEMA,
    FILE_LIMIT,
    BackedUpAccount,
    BackupContents,
)
from obsqra_desktop.storage.mist import backup as mist_backup
from obsqra_desktop.storage.mist.backup import SealedBackup
from obsqra_desktop.storage.mist.handover import SealedHandOver
from tests.domain.test_mist_notes import KEY, book, entry
from tests.storage.vaults import CHEAP, OTHER, PASSPHRASE

SECRET = bytes(range(32)).hex()
PRIVATE = 0x1234_5678_9ABC_DEF0_1234_5678_9ABC_DEF0
CONTENTS = BackupContents(
    secret=SECRET,
    secret_made=5,
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
FORMAT = SealedBackup(CHEAP)
RAW = FORMAT.write(CONTENTS, PASSPHRASE)


def test_it_comes_back() -> None:
    assert FORMAT.read(RAW, PASSPHRASE) == CONTENTS


def test_nothing_secret_can_be_read_in_the_file_or_in_its_words() -> None:
    leaf = entry().leaf
    shown = RAW.decode().lower() + f"{CONTENTS!r} {CONTENTS}"
    for hidden in (SECRET, f"{KEY:x}", f"{PRIVATE:x}", str(PRIVATE), f"{leaf:x}", str(leaf)):
        assert hidden not in shown
    assert b"practice" not in RAW
    assert b"a11ce" not in RAW


def test_each_file_has_its_own_salt_and_nonce() -> None:
    other = json.loads(FORMAT.write(CONTENTS, PASSPHRASE))
    one = json.loads(RAW)
    assert one["nonce"] != other["nonce"]
    assert one["argon"]["salt"] != other["argon"]["salt"]


@pytest.mark.parametrize("passphrase", [OTHER, "", PASSPHRASE + " ", PASSPHRASE.upper()])
def test_another_passphrase_opens_nothing(passphrase: str) -> None:
    with pytest.raises(WrongPassphrase, match="Nothing was restored"):
        FORMAT.read(RAW, passphrase)


@pytest.mark.parametrize("passphrase", ["", "short", "x" * 7, "x" * 2000])
def test_a_passphrase_too_short_or_too_long_makes_no_file(passphrase: str) -> None:
    with pytest.raises(InvalidInput, match="at least 8"):
        FORMAT.write(CONTENTS, passphrase)


def test_more_than_a_file_may_hold_makes_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """It could not be read again."""
    monkeypatch.setattr(mist_backup, "CONTENTS_LIMIT", len(strict_json.pretty(CONTENTS)))
    assert FORMAT.read(FORMAT.write(CONTENTS, PASSPHRASE), PASSPHRASE) == CONTENTS
    monkeypatch.setattr(mist_backup, "CONTENTS_LIMIT", len(strict_json.pretty(CONTENTS)) - 1)
    with pytest.raises(InvalidInput, match="more notes"):
        FORMAT.write(CONTENTS, PASSPHRASE)


@settings(max_examples=60)
@given(st.data())
def test_no_byte_can_be_changed_unnoticed(data: st.DataObject) -> None:
    raw = bytearray(RAW)
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] = data.draw(st.integers(0, 255).filter(lambda byte: byte != raw[at]))
    try:
        found = FORMAT.read(bytes(raw), PASSPHRASE)
    except (InvalidInput, WrongPassphrase):
        return
    assert found == CONTENTS, "white space of the JSON is all that may change"


@pytest.mark.parametrize("length", [0, 1, 100, -1, -2, -40])
def test_a_cut_file_is_refused(length: int) -> None:
    with pytest.raises((InvalidInput, WrongPassphrase)):
        FORMAT.read(RAW.rstrip()[:length], PASSPHRASE)


def test_a_file_beyond_the_limit_is_not_read() -> None:
    with pytest.raises(InvalidInput, match="at most"):
        FORMAT.read(RAW + b" " * FILE_LIMIT, PASSPHRASE)


def put(name: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda document: document.__setitem__(name, value)


def argon(name: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda document: document["argon"].__setitem__(name, value)


@pytest.mark.parametrize(
    "change",
    [
        put("schema", "obsqra/mist-backup/2"),
        put("more", 1),
        put("data", "AAAA"),
        put("data", "?"),
        put("data", "AAAAA"),
        argon("memory_kib", 10**9),
        argon("passes", 10**6),
        argon("passes", 0),
        argon("lanes", 17),
        argon("salt", "00"),
    ],
)
def test_what_is_not_of_the_form_or_asks_for_too_much_work_is_refused(
    change: Callable[[dict[str, Any]], None],
) -> None:
    document = json.loads(RAW)
    change(document)
    with pytest.raises((InvalidInput, WrongPassphrase)) as caught:
        FORMAT.read(json.dumps(document).encode(), PASSPHRASE)
    assert PASSPHRASE not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("secret", "00"),
        ("secret", "G" * 64),
        ("books", [1]),
        ("books", json.loads(strict_json.pretty(CONTENTS))["books"] * 2),
        ("accounts", [{"network": "x"}]),
        ("saved_at", -1),
        ("unknown", 0),
    ],
)
def test_strange_contents_are_refused_and_not_quoted(name: str, value: object) -> None:
    document = json.loads(strict_json.pretty(CONTENTS))
    document[name] = value
    with pytest.raises(InvalidInput) as caught:
        strict_json.parse(
            BackupContents,
            json.dumps(document).encode(),
            what="backup",
            schema=CONTENTS_SCHEMA,
            limit=FILE_LIMIT,
        )
    assert SECRET not in str(caught.value)
    assert f"{PRIVATE:x}" not in str(caught.value)


def test_what_is_no_backup_is_told_in_words() -> None:
    """Nothing of JSON, patterns or schemas: whoever brings a file did not write it."""
    file = SealedBackup(CHEAP).write(CONTENTS, PASSPHRASE)
    cases = {
        b"": "not a backup of private money",
        file[:-40]: "cut off or changed",
        file.replace(b'"data": "', b'"data": "*'): "cut off or changed",
        file.replace(b"mist-backup/1", b"mist-backup/2"): "another version",
        b'{"schema": "obsqra/mist-handover-file/1"}': "This is a file with a note",
        b"\x00\xff" * 40: "not a backup of private money",
        b"[" * 100_000: "not a backup of private money",
    }
    for raw, words in cases.items():
        with pytest.raises(InvalidInput) as caught:
            SealedBackup(CHEAP).read(raw, PASSPHRASE)
        assert words in caught.value.detail
        for jargon in ("JSON", "schema", "pattern", "column", "bytes that"):
            assert jargon not in str(caught.value)
    with pytest.raises(InvalidInput, match="This is a backup of private money") as caught:
        SealedHandOver(CHEAP).read(file, PASSPHRASE)
    assert "Restore it" in caught.value.hint

"""The zip of a bundle: one form, nothing else is read."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obsqra_desktop.domain.errors import InvalidInput, NotFound
from obsqra_desktop.storage import bundle
from obsqra_desktop.storage.bundle import BundleArchive, BundleDamaged

ARCHIVE = BundleArchive()
ENTRIES = {"b/one.json": b"{}", "a.txt": b"text", "b/empty.bin": b""}


def zipped(names: list[str], compression: int = zipfile.ZIP_STORED) -> bytes:
    """What another program would make."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name in names:
            archive.writestr(name, b"x" * 10)
    return file.getvalue()


def test_other_programs_can_read_it() -> None:
    with zipfile.ZipFile(io.BytesIO(ARCHIVE.pack(ENTRIES))) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["a.txt", "b/empty.bin", "b/one.json"]
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {one.external_attr >> 16 for one in archive.infolist()} == {0o100644}
        assert {name: archive.read(name) for name in ENTRIES} == ENTRIES


def test_order_of_entries_does_not_matter() -> None:
    backwards = dict(reversed(list(ENTRIES.items())))
    assert ARCHIVE.pack(ENTRIES) == ARCHIVE.pack(backwards)
    assert ARCHIVE.unpack(ARCHIVE.pack(ENTRIES)) == ENTRIES


def test_every_changed_byte_is_refused() -> None:
    archive = ARCHIVE.pack(ENTRIES)
    for at in range(len(archive)):
        changed = bytearray(archive)
        changed[at] ^= 1
        with pytest.raises(BundleDamaged):
            ARCHIVE.unpack(bytes(changed))


@pytest.mark.parametrize("cut", [0, 1, 3, 4, 29, 30, 31, 100])
def test_cut_short(cut: int) -> None:
    with pytest.raises(BundleDamaged):
        ARCHIVE.unpack(ARCHIVE.pack(ENTRIES)[:cut])


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_politely(raw: bytes) -> None:
    for archive in (raw, bundle.LOCAL_MARK + raw, ARCHIVE.pack(ENTRIES) + raw + b"x"):
        with pytest.raises(BundleDamaged):
            ARCHIVE.unpack(archive)


@pytest.mark.parametrize(
    "name",
    ["../evil", "/etc/passwd", "a/../../b", "a\\b", "C:x", "a//b", ".hidden", "a/", "\u202e.txt"],
)
def test_names_that_could_escape(name: str) -> None:
    with pytest.raises(BundleDamaged):
        ARCHIVE.unpack(zipped([name]))
    with pytest.raises(BundleDamaged):
        ARCHIVE.unpack(bundle.pack({name.encode(): b"x"}))


def test_what_other_programs_write_is_refused() -> None:
    for archive in (
        zipped(["a.txt"]),
        zipped(["a.txt"], zipfile.ZIP_DEFLATED),
        zipped([]),
        b"MZ" + ARCHIVE.pack(ENTRIES),
        ARCHIVE.pack(ENTRIES) * 2,
    ):
        with pytest.raises(BundleDamaged):
            ARCHIVE.unpack(archive)


def test_twice_the_same_name() -> None:
    one = bundle.pack({b"a": b"1"})
    local = one[: 30 + 1 + 1]
    with pytest.raises(BundleDamaged, match="same name"):
        ARCHIVE.unpack(local + local + one[len(local) :])


def test_limits() -> None:
    with pytest.raises(BundleDamaged, match="too many"):
        ARCHIVE.unpack(bundle.pack({b"%d" % i: b"" for i in range(65)}))
    with pytest.raises(BundleDamaged, match="too large"):
        ARCHIVE.unpack(bundle.pack({b"a": bytes(bundle.MAX_ENTRY + 1)}))
    huge = bytearray(bundle.pack({b"a": b""}))
    huge[18:22] = huge[22:26] = b"\xff\xff\xff\x7f"
    with pytest.raises(BundleDamaged):
        ARCHIVE.unpack(bytes(huge))


def test_reading_files(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        ARCHIVE.read(tmp_path / "none")
    with pytest.raises(NotFound):
        ARCHIVE.read(tmp_path)
    with (tmp_path / "big").open("wb") as file:
        file.truncate(bundle.MAX_ARCHIVE + 1)
    with pytest.raises(BundleDamaged, match="larger"):
        ARCHIVE.read(tmp_path / "big")


def test_writing_needs_a_place(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="not a folder"):
        ARCHIVE.write(tmp_path, b"x")
    with pytest.raises(InvalidInput, match="does not exist"):
        ARCHIVE.write(tmp_path / "none" / "a.zip", b"x")
    ARCHIVE.write(tmp_path / "a.zip", b"x")
    assert (tmp_path / "a.zip").read_bytes() == b"x"

"""Atomic files under every kind of failure, the real full disk included."""

import errno
import os
from pathlib import Path

import pytest

from obsqra_desktop.domain.errors import StorageError
from obsqra_desktop.storage import files
from obsqra_desktop.storage.files import AccessDenied, DiskFull, write_atomic
from tests.storage.small_disk import small_disk


def test_write_replaces_whole(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_atomic(path, b"old", "testing")
    write_atomic(path, b"new", "testing")
    assert path.read_bytes() == b"new"
    assert [one.name for one in tmp_path.iterdir()] == ["a"]
    assert path.stat().st_mode & 0o777 == 0o600 or os.name == "nt"


def test_disk_full_in_the_lowest_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a"
    write_atomic(path, b"old", "testing")
    write = os.write

    def half(handle: int, data: bytes) -> int:
        if len(data) < 500:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(handle, bytes(data[:600]))

    monkeypatch.setattr(files.os, "write", half)
    with pytest.raises(DiskFull, match="no room left while testing"):
        write_atomic(path, b"x" * 1000, "testing")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_failure_after_writing_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = tmp_path / "a"
    write_atomic(path, b"old", "testing")

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    if call == "fsync":
        monkeypatch.setattr(files.os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(StorageError):
        write_atomic(path, b"new", "testing")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["a"]


def test_real_full_disk(tmp_path: Path) -> None:
    with small_disk(tmp_path / "small") as disk:
        path = disk / "a"
        write_atomic(path, b"old", "testing")
        with pytest.raises(DiskFull):
            write_atomic(path, b"x" * 200_000, "testing")
        assert path.read_bytes() == b"old"
        assert [one.name for one in disk.iterdir()] == ["a"]


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
def test_refusal_has_its_own_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(files.os, "open", refuse)
    with pytest.raises(AccessDenied) as caught:
        write_atomic(tmp_path / "a", b"x", "testing")
    assert str(tmp_path) not in str(caught.value)


def test_errors_name_no_path(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        write_atomic(tmp_path / "missing" / "a", b"x", "testing")
    assert str(tmp_path) not in str(caught.value)
    assert "\n" not in str(caught.value)

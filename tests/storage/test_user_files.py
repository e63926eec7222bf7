"""Files that the user names: a limit, no pipes and folders, nothing overwritten unasked."""

import os
from pathlib import Path

import pytest

from obsqra_desktop.domain.errors import InvalidInput, NotFound, StorageError
from obsqra_desktop.storage.user_files import NamedFiles

FILES = NamedFiles()


def test_read_up_to_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "note.json"
    path.write_bytes(b"x" * 8)
    assert FILES.read(path, 8) == b"x" * 8
    with pytest.raises(InvalidInput, match=r"note\.json is larger than 7 bytes"):
        FILES.read(path, 7)


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="There is no file 'missing'"):
        FILES.read(tmp_path / "missing", 8)
    with pytest.raises(InvalidInput, match="no plain file"):
        FILES.read(tmp_path, 8)


@pytest.mark.skipif(os.name == "nt", reason="there are no such pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(InvalidInput, match="no plain file"):
        FILES.read(pipe, 8)
    assert not FILES.is_there(pipe)
    with pytest.raises(InvalidInput, match="already"):
        FILES.ensure_free(pipe)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_is_followed_for_reading_and_taken_for_saving(tmp_path: Path) -> None:
    real, link, dead = tmp_path / "real", tmp_path / "link", tmp_path / "dead"
    real.write_bytes(b"note")
    link.symlink_to(real)
    dead.symlink_to(tmp_path / "missing")
    assert FILES.read(link, 8) == b"note"
    for taken in (real, link, dead):
        with pytest.raises(InvalidInput, match="already; it was not changed"):
            FILES.ensure_free(taken)
    with pytest.raises(NotFound):
        FILES.read(dead, 8)


def test_where_nothing_can_be_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    FILES.ensure_free(tmp_path / "new.json")
    with pytest.raises(InvalidInput, match="There is no folder 'none'"):
        FILES.ensure_free(tmp_path / "none" / "new.json")
    monkeypatch.chdir(tmp_path)
    FILES.ensure_free(Path("new.json"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="other limits")
def test_a_name_that_is_too_long_is_an_answer(tmp_path: Path) -> None:
    long = tmp_path / ("n" * 300)
    assert not FILES.is_there(long)
    for look in (FILES.ensure_free, lambda path: FILES.read(path, 8)):
        with pytest.raises(StorageError):
            look(long)

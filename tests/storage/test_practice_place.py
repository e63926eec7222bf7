"""Two data folders, one practice chain: joined, left, and nothing of one's own is lost."""

import os
from pathlib import Path

import pytest

from obsqra_desktop.domain.errors import InvalidInput, NotFound
from obsqra_desktop.storage.practice import PracticeFolder

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need rights there")


def running(data_dir: Path, words: bytes) -> PracticeFolder:
    place = PracticeFolder(data_dir)
    place.write(words)
    return place


def test_joined_and_left_again(tmp_path: Path) -> None:
    running(tmp_path / "first", b"theirs")
    second = running(tmp_path / "second", b"own")
    second.state.write_bytes(b"a chain of my own")
    second.remove()
    second.join(tmp_path / "first")
    assert second.read() == b"theirs"
    assert PracticeFolder(tmp_path / "second").read() == b"theirs", "at the next start, too"
    with pytest.raises(InvalidInput, match="another data folder's"):
        second.ensure_own()
    second.leave()
    second.ensure_own()
    assert second.read() is None
    assert second.state.read_bytes() == b"a chain of my own"
    assert PracticeFolder(tmp_path / "first").read() == b"theirs"


def test_an_empty_folder_joins(tmp_path: Path) -> None:
    running(tmp_path / "first", b"theirs")
    second = PracticeFolder(tmp_path / "second")
    second.join(tmp_path / "first")
    assert second.read() == b"theirs"
    second.leave()
    assert not (tmp_path / "second" / "practice").exists()
    with pytest.raises(InvalidInput, match="own"):
        second.leave()


def test_from_one_to_another(tmp_path: Path) -> None:
    running(tmp_path / "first", b"1")
    running(tmp_path / "third", b"3")
    second = PracticeFolder(tmp_path / "second")
    second.join(tmp_path / "first")
    second.join(tmp_path / "third")
    assert second.read() == b"3"
    assert PracticeFolder(tmp_path / "first").read() == b"1"


def test_what_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = running(tmp_path / "first", b"1")
    second = running(tmp_path / "second", b"2")
    with pytest.raises(NotFound, match="No practice chain runs"):
        second.join(tmp_path / "nowhere")
    with pytest.raises(InvalidInput, match="Nothing was changed"):
        second.join(tmp_path / "first")
    with pytest.raises(InvalidInput, match="already"):
        first.join(tmp_path / "first")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InvalidInput, match="already"):
        first.join(Path("first"))
    assert (first.read(), second.read()) == (b"1", b"2")

"""Sealed notes books: kept, refused when anything is not as it was written, counters never fall."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.errors import InvalidInput, StorageBusy, StorageError
from obsqra_desktop.domain.mist.book import again, with_notes
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.storage.files import DiskFull
from obsqra_desktop.storage.lock import FolderLock
from obsqra_desktop.storage.mist import notes as mist_notes
from obsqra_desktop.storage.mist.notes import LIMIT, MistFolder, opened, seal
from tests.conftest import OUTER, ROOT
from tests.domain.test_mist_notes import KEY, entry
from tests.storage.index_taker import PLACE, folder_in
from tests.storage.small_disk import small_disk
from tests.storage.test_spending_file import fill

OTHER = replace(PLACE, key=bytes(32))
BOOK = with_notes(
    MistBook(chain_id=PLACE.chain_id, pool=PLACE.pool, next_index=4), (entry(3), entry(None))
)


def path_in(data_dir: Path) -> Path:
    return data_dir / "mist" / f"{PLACE.chain_id:x}-{PLACE.pool:x}.json"


def test_a_book_is_kept_and_read_by_another_program(data_dir: Path) -> None:
    folder = folder_in(data_dir)
    assert folder.load(PLACE) == MistBook(chain_id=PLACE.chain_id, pool=PLACE.pool)
    folder.save(PLACE, BOOK)
    assert folder_in(data_dir).load(PLACE) == BOOK
    assert folder.places() == ((PLACE.chain_id, PLACE.pool),)


def test_nothing_of_a_note_can_be_read_in_the_file(data_dir: Path) -> None:
    folder_in(data_dir).save(PLACE, BOOK)
    raw = path_in(data_dir).read_bytes().lower()
    for note in BOOK.notes:
        for value in (note.leaf, note.owner, note.token, KEY):
            assert f"{value:x}".encode() not in raw
            assert str(value).encode() not in raw
    assert path_in(data_dir).stat().st_mode & 0o77 == 0


def test_each_seal_is_another_one(data_dir: Path) -> None:
    nonces = set()
    for _ in range(8):
        folder_in(data_dir).save(PLACE, BOOK)
        nonces.add(json.loads(path_in(data_dir).read_text())["nonce"])
    assert len(nonces) == 8


def changed(name: str, value: object) -> Callable[[dict[str, Any]], None]:
    return lambda document: document.__setitem__(name, value)


@pytest.mark.parametrize(
    "change",
    [
        changed("nonce", "00" * 12),
        changed("data", "AAAA"),
        changed("data", "not base64"),
        changed("chain_id", "0x1"),
        changed("pool", "0xb002"),
        changed("schema", "obsqra/mist-sealed/2"),
        changed("more", 1),
        lambda document: document.pop("mark"),
        lambda document: document.__setitem__("data", document["data"][:-8]),
        lambda document: document.__setitem__("data", "A" + document["data"][1:]),
    ],
)
def test_a_changed_file_is_refused_and_left(
    data_dir: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    folder = folder_in(data_dir)
    folder.save(PLACE, BOOK)
    document = json.loads(path_in(data_dir).read_text())
    change(document)
    path_in(data_dir).write_text(json.dumps(document))
    raw = path_in(data_dir).read_bytes()
    for act in (
        lambda: folder.load(PLACE),
        lambda: folder.save(PLACE, BOOK),
        lambda: folder.take(PLACE, 1),
        lambda: folder.take_account(PLACE),
    ):
        with pytest.raises(StorageError, match="damaged"):
            act()
    assert path_in(data_dir).read_bytes() == raw


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data())
def test_no_byte_of_the_file_can_be_changed_unnoticed(data_dir: Path, data: st.DataObject) -> None:
    folder, path = folder_in(data_dir), path_in(data_dir)
    path.unlink(missing_ok=True)
    folder.save(PLACE, BOOK)
    raw = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] = data.draw(st.integers(0, 255).filter(lambda byte: byte != raw[at]))
    path.write_bytes(raw)
    try:
        found = folder.load(PLACE)
    except StorageError:
        return
    assert found == BOOK, "white space of the JSON is all that may change"


@pytest.mark.parametrize("length", [0, 1, 40, -1, -3])
def test_a_cut_file_is_refused(data_dir: Path, length: int) -> None:
    folder_in(data_dir).save(PLACE, BOOK)
    raw = path_in(data_dir).read_bytes().rstrip()
    path_in(data_dir).write_bytes(raw[:length])
    with pytest.raises(StorageError, match="damaged"):
        folder_in(data_dir).load(PLACE)


def test_a_file_beyond_the_limit_is_not_read(data_dir: Path) -> None:
    folder_in(data_dir).save(PLACE, BOOK)
    with path_in(data_dir).open("ab") as file:
        file.truncate(LIMIT + 1)
    with pytest.raises(StorageError, match="damaged"):
        folder_in(data_dir).load(PLACE)


def test_the_book_of_another_secret_is_told_from_a_damaged_one(data_dir: Path) -> None:
    folder_in(data_dir).save(PLACE, BOOK)
    with pytest.raises(StorageError, match="another secret"):
        folder_in(data_dir).load(OTHER)
    assert folder_in(data_dir).load(PLACE) == BOOK


def test_a_link_is_not_followed(data_dir: Path, tmp_path: Path) -> None:
    folder_in(data_dir).save(PLACE, BOOK)
    moved = tmp_path / "elsewhere.json"
    path_in(data_dir).rename(moved)
    path_in(data_dir).symlink_to(moved)
    with pytest.raises(StorageError, match="damaged"):
        folder_in(data_dir).load(PLACE)
    moved.unlink()  # one that leads nowhere is no missing book: its counters would begin anew
    with pytest.raises(StorageError, match="damaged"):
        folder_in(data_dir).load(PLACE)


def test_a_book_with_older_counters_replaces_nothing(data_dir: Path) -> None:
    folder = folder_in(data_dir)
    folder.save(PLACE, BOOK)
    assert folder.take(PLACE, 3) == 4
    with pytest.raises(StorageError, match="used twice"):
        folder.save(PLACE, BOOK)
    assert folder.load(PLACE).next_index == 7
    assert folder.take_account(PLACE) == 0
    assert folder.take_account(PLACE, at_least=5) == 5
    with pytest.raises(InvalidInput):
        folder.take(PLACE, 0)
    with pytest.raises(StorageError, match="used twice"):
        folder.save(PLACE, again(folder.load(PLACE), next_account=0))


def test_the_book_of_another_pool_is_refused(data_dir: Path) -> None:
    with pytest.raises(InvalidInput, match="another pool"):
        folder_in(data_dir).save(PLACE, again(BOOK, pool=0xB002))
    assert folder_in(data_dir).places() == ()


def test_a_sealed_book_of_another_pool_is_damage() -> None:
    """By whoever has the key; the file's name and its head say this pool."""
    plain = strict_json.pretty(BOOK)
    assert opened(seal(plain, PLACE), PLACE) == BOOK
    for other in (again(BOOK, pool=0xB002), again(BOOK, chain_id=1)):
        with pytest.raises(StorageError, match="damaged"):
            opened(seal(strict_json.pretty(other), PLACE), PLACE)


def test_what_could_not_be_read_again_is_not_written(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_in(data_dir)
    folder.save(PLACE, BOOK)
    older = strict_json.pretty(BOOK)
    with monkeypatch.context() as faulty:
        faulty.setattr(mist_notes, "seal", lambda _, place: seal(older, place))
        with pytest.raises(StorageError, match="read again"):
            folder.take(PLACE, 1)
    with monkeypatch.context() as small:
        small.setattr(mist_notes, "BOOK_LIMIT", len(older))
        with pytest.raises(StorageError, match="is full"):
            folder.take(PLACE, 10_000)
    assert folder.load(PLACE) == BOOK


def test_books_are_read_and_replaced_under_the_lock(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else two programs could give out one index."""
    folder, free = folder_in(data_dir), FolderLock(data_dir / "lock", patience=0)
    tried = 0

    def refused(function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*words: Any) -> Any:
            nonlocal tried
            tried += 1
            with pytest.raises(StorageBusy), free.held():
                pass
            return function(*words)

        return call

    monkeypatch.setattr(MistFolder, "load", refused(MistFolder.load))
    monkeypatch.setattr(MistFolder, "_write", refused(MistFolder._write))
    folder.save(PLACE, BOOK)
    folder.take(PLACE, 1)
    folder.take_account(PLACE)
    assert tried == 6
    assert (data_dir / "mist").stat().st_mode & 0o77 == 0


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 40), st.booleans()), max_size=12))
def test_no_index_is_given_out_twice(data_dir: Path, takings: list[tuple[int, int, bool]]) -> None:
    path_in(data_dir).unlink(missing_ok=True)
    given_out: list[int] = []
    for count, at_least, saved in takings:
        folder = folder_in(data_dir)  # as another program would
        first = folder.take(PLACE, count, at_least)
        assert first >= at_least
        given_out += range(first, first + count)
        if saved:
            folder.save(PLACE, folder.load(PLACE))
    assert len(set(given_out)) == len(given_out)
    assert given_out == sorted(given_out)


@pytest.mark.parametrize("steps", range(14))
def test_a_process_killed_in_mid_write_gave_out_nothing_that_is_given_out_again(
    data_dir: Path, steps: int
) -> None:
    """Killed at every write, sync and rename of its first takings, with SIGKILL."""
    words = [sys.executable, "-m", "tests.storage.index_taker", str(data_dir), str(steps)]
    environment = {**{k: OUTER[k] for k in ("PATH",) if k in OUTER}, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(words, cwd=ROOT, env=environment, capture_output=True, timeout=600)
    assert ended.returncode == -9, ended.stderr.decode()
    said = [int(line) for line in ended.stdout.split()]
    assert said == sorted(set(said))
    assert folder_in(data_dir).take(PLACE, 2) >= max(said, default=-2) + 2


def test_a_full_disk_gives_out_nothing_and_leaves_the_book(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        folder = folder_in(disk)
        folder.save(PLACE, BOOK)
        fill(disk)
        with pytest.raises(DiskFull):
            folder.take(PLACE, 1)
        assert folder.load(PLACE) == BOOK

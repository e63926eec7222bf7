"""One writer at a time: a real second process, a thread, a killed holder."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from obsqra_desktop.domain.errors import StorageBusy
from obsqra_desktop.storage.decisions import ProofsFolder
from obsqra_desktop.storage.lock import FolderLock
from tests.conftest import ROOT
from tests.storage.making import keep, make

HOLD = """
import sys
from pathlib import Path
from obsqra_desktop.storage.lock import FolderLock
with FolderLock(Path(sys.argv[1])).held():
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_process(lock: Path) -> Iterator[subprocess.Popen[str]]:
    """A second process that holds the lock until it is let go."""
    command = [sys.executable, "-c", HOLD, str(lock)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        if process.stdin is not None and process.poll() is None:
            process.stdin.close()
        process.wait(timeout=300)


def test_second_process_may_read_but_not_write(data_dir: Path) -> None:
    path = data_dir / "lock"
    folder = ProofsFolder(data_dir, FolderLock(path, patience=0.2))
    first = make(1)
    keep(folder, first)
    with another_process(path):
        with pytest.raises(StorageBusy, match="what is kept stays readable"):
            keep(folder, make(2))
        assert [one.id for one in folder.listing().records] == [first.record.id]
        assert folder.find(first.record.id[:8]).id == first.record.id
    keep(folder, make(2))
    assert len(folder.listing().records) == 2


def test_short_work_elsewhere_is_waited_for(data_dir: Path) -> None:
    path = data_dir / "lock"
    with another_process(path) as process:
        assert process.stdin is not None
        threading.Timer(0.3, process.stdin.close).start()
        with FolderLock(path, patience=300).held():
            pass


def test_killed_holder_frees_the_lock(data_dir: Path) -> None:
    path = data_dir / "lock"
    with another_process(path) as process:
        process.kill()
        process.wait(timeout=300)
        with FolderLock(path, patience=300).held():
            pass


def test_same_thread_may_nest_other_threads_wait(data_dir: Path) -> None:
    lock = FolderLock(data_dir / "lock", patience=0.1)
    caught: list[BaseException] = []

    def intrude() -> None:
        try:
            with lock.held():
                pass
        except StorageBusy as error:
            caught.append(error)

    with lock.held(), lock.held():
        thread = threading.Thread(target=intrude)
        thread.start()
        thread.join()
    assert len(caught) == 1
    with lock.held():
        pass

"""A process that ends itself with SIGKILL at the N-th of its steps, forked for each question."""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from obsqra_desktop.storage import files


class Bomb:
    """Kills this process at the step of that number; the name of it goes to a pipe first."""

    def __init__(self, number: int, report: int) -> None:
        self.left, self.report = number, report

    def tick(self, name: str) -> None:
        self.left -= 1
        if self.left == 0:
            os.write(self.report, name.encode())
            os.kill(os.getpid(), signal.SIGKILL)


def in_files(bomb: Bomb) -> None:
    """Steps inside of an atomic write too: around the temporary file, and after the rename."""
    write_new, sync_folder = files.write_new, files.sync_folder

    def ticking_write(path: Path, data: bytes, mode: int = files.PRIVATE_FILE) -> None:
        bomb.tick("before the temporary file")
        write_new(path, data, mode)
        bomb.tick("after the temporary file")

    def ticking_sync(path: Path) -> None:
        bomb.tick(f"after the rename in {path.name}")
        sync_folder(path)

    files.write_new, files.sync_folder = ticking_write, ticking_sync


def serve(act: Callable[[Bomb, list[str]], object]) -> None:
    """Answer each line "N WORD…" with the step at which the child that did it died, or "done".

    It forks for each line, so that the slow imports happen once.
    """
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for line in sys.stdin:
        number, *words = line.split()
        read, write = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                act(Bomb(int(number), write), words)
            except BaseException as error:  # noqa: BLE001 - the test wants its name
                os.write(write, f"error {type(error).__name__}: {error}".encode())
                os._exit(1)
            os.write(write, b"done")
            os._exit(0)
        os.close(write)
        os.waitpid(pid, 0)
        sys.stdout.write(os.read(read, 1000).decode().replace("\n", " ") + "\n")
        sys.stdout.flush()
        os.close(read)

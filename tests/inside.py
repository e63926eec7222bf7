"""The program's `main` in this process: no second or two for loading its libraries each time.

What a process of its own would have stands around it: arguments, environment, working folder, and
the three streams, descriptor 0 too, which some commands are told to read.
"""

import functools
import gc
import io
import os
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from obsqra_desktop.__main__ import main
from obsqra_desktop.cli import main as commands
from obsqra_desktop.cli.parser import build

grammar = functools.cache(build)
"""Made once: it takes 66 ms, and keeps nothing of what it has read."""
PIPE_HOLDS = 4_096
"""Every pipe takes as much without a reader."""


def inside(
    words: Sequence[str], folder: Path, environment: Mapping[str, str], stdin: str = ""
) -> tuple[int, str, str]:
    """Exit code, standard output and standard error. Nothing else is in the environment."""
    encoding = environment["PYTHONIOENCODING"]
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding, write_through=True) for _ in range(2))
    searching, threads = gc.get_threshold(), waited_for()
    with pytest.MonkeyPatch.context() as patch, typed(stdin) as reader:
        for name in {*os.environ} - {*environment}:
            patch.delenv(name)
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.chdir(folder)
        for name, stream in (("stdin", reader), ("stdout", out), ("stderr", err)):
            patch.setattr(sys, name, stream)
        patch.setattr(sys, "argv", ["obsqra", *words])
        patch.setattr(commands, "build", grammar)
        try:
            code = main()
        except SystemExit as ended:  # argparse, of words that it does not know
            code = int(ended.code or 0)
        finally:
            gc.set_threshold(*searching)
    assert waited_for() <= threads, "a thread is left, for which a process would wait"
    said = [one.detach().getvalue().decode(encoding) for one in (out, err)]
    return code, said[0], said[1]


def waited_for() -> set[threading.Thread]:
    """Threads for which the end of a process waits. Others come and go as they like, those of a
    test's own server for one, each of which ends a little after its connection."""
    return {one for one in threading.enumerate() if not one.daemon}


@contextmanager
def typed(text: str) -> "Iterator[io.TextIOWrapper]":
    """Descriptor 0 gives this text, and `sys.stdin` reads it."""
    raw = text.encode()
    assert len(raw) <= PIPE_HOLDS
    kept = os.dup(0)
    reader, writer = os.pipe()
    try:
        os.write(writer, raw)
        os.close(writer)
        os.dup2(reader, 0)
        with os.fdopen(reader, "r", encoding="utf-8") as stream:
            yield stream
    finally:
        os.dup2(kept, 0)
        os.close(kept)

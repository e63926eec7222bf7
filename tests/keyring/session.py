"""A D-Bus session with a keyring daemon, both of the test alone."""

import itertools
import json
import os
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

from tests.conftest import OUTER, ROOT

LOGIN = "the login password"
PATIENCE = 300.0
"""Seconds in which a process ends, however slow the machine is."""
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
"""Without activation: nothing starts unless a test starts it, and no prompt can come up."""


def program(name: str) -> str:
    """Its path; without it these tests fail, as they would hide that the keyring is untested."""
    found = shutil.which(name, path=OUTER.get("PATH"))
    assert found, f"{name} is missing; python3 dev.py test installs what the tests need"
    return found


class Child:
    """A program of its own with a vault."""

    def __init__(self, asked: IO[str], told: IO[str]) -> None:
        self._asked, self._told = asked, told

    def do(self, *step: object) -> Any:
        """The answer; AssertionError with the error's name if it was refused."""
        answer = self._ask(step)
        assert "answer" in answer, f"{step[0]}: {answer}"
        return answer["answer"]

    def refused(self, *step: object) -> str:
        """The name of the error."""
        answer = self._ask(step)
        assert "error" in answer, f"{step[0]} was not refused: {answer}"
        return str(answer["error"])

    def _ask(self, step: tuple[object, ...]) -> dict[str, Any]:
        self._asked.write(json.dumps(step) + "\n")
        self._asked.flush()
        line = self._told.readline()
        assert line, f"the program ended at {step[0]}"
        answer: dict[str, Any] = json.loads(line)
        return answer


class Nursery:
    """Where programs are forked from, all of a module; see `nursery.py`."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def born(self, words: list[str], environment: Mapping[str, str], streams: list[Path]) -> int:
        """The process number of a new one."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        order = {"words": words, "environment": dict(environment)}
        order["streams"] = [str(path) for path in streams]
        process.stdin.write(json.dumps(order) + "\n")
        process.stdin.flush()
        return int(process.stdout.readline())


@contextmanager
def nursery() -> Iterator[Nursery]:
    """It ends when nobody asks it any more."""
    words = [sys.executable, "-m", "tests.keyring.nursery"]
    with subprocess.Popen(
        words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Nursery(process)


class Session:
    """One user's session: a home, a bus, and a keyring daemon that comes and goes."""

    def __init__(self, home: Path, born: Nursery, stack: ExitStack) -> None:
        self.home = home
        self.data_dir = home / "data"
        self._nursery = born
        self._stack = stack
        self._numbers = itertools.count(1)
        for folder in (home, home / "run", self.data_dir):
            folder.mkdir(mode=0o700)
        self.environment = {
            "PATH": OUTER.get("PATH", ""),
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(home / "run"),
            "LANG": "C.UTF-8",
        }
        (home / "bus.conf").write_text(BUS)
        words = [program("dbus-run-session"), f"--config-file={home / 'bus.conf'}", "--"]
        words += ["sh", "-c", 'echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat']
        bus = self._start(words)
        assert bus.stdout is not None
        address = bus.stdout.readline().strip()
        assert address, "the D-Bus session did not start"
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = address
        self._daemon: subprocess.Popen[str] | None = None

    def _start(
        self, words: list[str], environment: Mapping[str, str] | None = None
    ) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            words,
            env=environment or self.environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._stack.callback(ended, process)
        return process

    def log_in(self) -> None:
        """The daemon, with the login keyring open."""
        words = ["--foreground", "--unlock", "--components=secrets"]
        process = self._start([program("gnome-keyring-daemon"), *words])
        assert process.stdin is not None
        process.stdin.write(LOGIN)
        process.stdin.close()
        self._daemon = process
        self._stack.callback(stopped, process)  # before `ended`
        with self.child() as child:
            child.do("ready")

    def signal(self, number: signal.Signals) -> None:
        """To the daemon; waits for its end if that is what it was told."""
        assert self._daemon is not None
        self._daemon.send_signal(number)
        if number in {signal.SIGKILL, signal.SIGTERM}:
            self._daemon.wait(PATIENCE)

    @contextmanager
    def child(self) -> Iterator[Child]:
        """A program that has just been started."""
        streams = [self.home / f"{next(self._numbers)}.{name}" for name in ("asked", "told")]
        for path in streams:
            os.mkfifo(path)
        number = self._nursery.born([str(self.data_dir)], self.environment, streams)
        with streams[0].open("w") as asked, streams[1].open() as told:
            try:
                yield Child(asked, told)
            finally:
                asked.close()
                if not select.select([told], [], [], PATIENCE)[0]:
                    os.kill(number, signal.SIGKILL)
                    raise AssertionError("the program did not end with its input")

    @contextmanager
    def other(self, **environment: str) -> Iterator[Child]:
        """One that nothing was loaded for, in another environment."""
        words = [sys.executable, "-m", "tests.keyring.child", str(self.data_dir)]
        process = self._start(words, {**self.environment, **environment})
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            yield Child(process.stdin, process.stdout)
        finally:
            ended(process)


def ended(process: "subprocess.Popen[str]") -> None:
    """At the end of its input a program ends by itself, and dbus-run-session ends its bus."""
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    try:
        process.wait(PATIENCE)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait(PATIENCE)


def stopped(process: "subprocess.Popen[str]") -> None:
    """A daemon, which reads no more, and may be made to hang."""
    if process.poll() is None:
        process.send_signal(signal.SIGCONT)
        process.terminate()
    ended(process)


@contextmanager
def session(home: Path, born: Nursery) -> Iterator[Session]:
    """A fresh one."""
    with ExitStack() as stack:
        yield Session(home, born, stack)

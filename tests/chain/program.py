"""The command line as its users type it, secrets through descriptors.

A command that starts, or may start, a chain runs in a process of its own; so do those that a test
kills and those that it wants so. The others run in this process: the same `main`, without the
second or two that loading the program's libraries takes each time.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.conftest import OUTER, ROOT
from tests.devnet import binary
from tests.inside import inside

PATIENCE = 600
"""Seconds for a command, and for what a test waits for, however slow the machine is."""
STARTERS = {"up", "reset", "market", "private"}
"""Words after `practice` that leave a chain behind, which is a child of who has started it."""


@dataclass(frozen=True)
class Done:
    """How a run ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def error(self) -> str:
        """The code of the error, which is one line without a traceback."""
        lines = self.err.splitlines()
        assert "Traceback" not in self.err
        assert lines[-1].startswith("obsqra: "), self.err
        return str(self.json["error"]["code"])


@dataclass
class Program:
    """One data folder; remembers everything that was said, to look for secrets in it."""

    folder: Path
    said: list[str] = field(default_factory=list)

    @property
    def data_dir(self) -> Path:
        return self.folder / "data"

    def environment(self) -> dict[str, str]:
        """An empty home, no keyring, the devnet on PATH."""
        path = os.pathsep.join([str(Path(binary()).parent), OUTER.get("PATH", "")])
        return {
            "HOME": str(self.folder),
            "PATH": path,
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
            "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
        }

    @contextmanager
    def started(
        self, *words: object, secrets: Mapping[str, str] | None = None
    ) -> "Iterator[subprocess.Popen[str]]":
        """A process of its own, not waited for; `secrets` are options and what they read."""
        readers, given = self.given(words, secrets)
        try:
            process = subprocess.Popen(
                [sys.executable, "-m", "obsqra_desktop", *given],
                cwd=self.folder,
                env=self.environment(),
                pass_fds=readers,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
                encoding="utf-8",
            )
        finally:
            for reader in readers:
                os.close(reader)
        with process:
            try:
                yield process
            finally:
                if process.poll() is None:
                    process.kill()

    def given(
        self, words: Sequence[object], secrets: Mapping[str, str] | None
    ) -> tuple[list[int], list[str]]:
        """Descriptors that give the secrets, to be closed afterwards; and all words."""
        readers, given = [], ["--data-dir", str(self.data_dir), *(str(word) for word in words)]
        for option, secret in (secrets or {}).items():
            reader, writer = os.pipe()
            with os.fdopen(writer, "w") as pipe:
                pipe.write(secret + "\n")
            readers.append(reader)
            given += [option, str(reader)]
        return readers, given

    def run(
        self, *words: object, secrets: Mapping[str, str] | None = None, alone: bool = False
    ) -> Done:
        """To its end; `alone` in a process of its own, as what starts a chain always is."""
        if alone or (words[0] == "practice" and words[1] in STARTERS):
            with self.started(*words, secrets=secrets) as process:
                out, err = process.communicate(timeout=PATIENCE)
            done = Done(process.returncode, out, err)
        else:
            done = self.here(*words, secrets=secrets)
        self.said += [done.out, done.err]
        return done

    def here(self, *words: object, secrets: Mapping[str, str] | None = None) -> Done:
        """In this process, which has nothing else to do, in the same surroundings."""
        readers, given = self.given(words, secrets)
        try:
            return Done(*inside(given, self.folder, self.environment()))
        finally:
            for reader in readers:
                os.close(reader)

    def good(
        self, *words: object, secrets: Mapping[str, str] | None = None, alone: bool = False
    ) -> Any:
        """The JSON of a run that must succeed."""
        done = self.run(*words, "--json", secrets=secrets, alone=alone)
        assert done.code == 0, done.out + done.err
        return done.json

    def refused(
        self,
        code: int,
        error: str,
        *words: object,
        secrets: Mapping[str, str] | None = None,
        alone: bool = False,
    ) -> Done:
        """A run that must end with this exit code and this error."""
        done = self.run(*words, "--json", secrets=secrets, alone=alone)
        assert (done.code, done.error) == (code, error), done.out + done.err
        return done

    def everything_kept(self) -> list[tuple[str, bytes]]:
        """All files of the data folder, and all that was said."""
        files = [
            (str(path), path.read_bytes()) for path in self.data_dir.rglob("*") if path.is_file()
        ]
        return [*files, *(("output", text.encode()) for text in self.said)]

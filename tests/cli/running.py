"""Starts the command line as its users do, in this process where that is all the same."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from tests.conftest import ROOT
from tests.inside import inside

NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


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
    def loaded(self) -> set[str]:
        """Modules of a run with PYTHONPROFILEIMPORTTIME."""
        return set(re.findall(r"\| +([\w.]+)$", self.err, re.MULTILINE))

    def one_line_error(self) -> str:
        """The error, which must be one line and no traceback."""
        assert self.err.endswith("\n"), self.err
        assert self.err.count("\n") == 1, self.err
        assert self.err.startswith("obsqra: "), self.err
        return self.err


@dataclass(frozen=True)
class Cli:
    """One data folder and one working folder."""

    folder: Path
    data_dir: Path

    def environment(self, more: Mapping[str, str]) -> dict[str, str]:
        """Of the tests, and where the data folder is."""
        own = {"PYTHONIOENCODING": "utf-8", "OBSQRA_DATA_DIR": str(self.data_dir)}
        return {**os.environ, "PYTHONPATH": str(ROOT), **own, **more}

    def run(self, *words: object, stdin: str = "", env: Mapping[str, str] = NOTHING) -> Done:
        """By the program's `main` in this process, which has nothing else to do."""
        given = [str(word) for word in words]
        return Done(*inside(given, self.folder, self.environment(env), stdin))

    def alone(self, *words: object, env: Mapping[str, str] = NOTHING) -> Done:
        """In a process of its own: where what is loaded, or the streams' own encoding, counts."""
        command = [sys.executable, "-m", "obsqra_desktop", *(str(word) for word in words)]
        done = subprocess.run(
            command,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=self.environment(env),
            timeout=600,
        )
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def assert_lean(loaded: set[str]) -> None:
    """Nothing of the window, of chains or of private money."""
    assert loaded & {"PySide6", "numpy", "aiohttp", "starknet_py", "sqlite3", "Crypto"} == set()
    ours = {name.split(".")[1] for name in loaded if name.startswith("obsqra_desktop.")}
    assert ours & {"ui", "chain", "privacy"} == set()
    heavy = ("obsqra_desktop.services.mist", "obsqra_desktop.services.market")
    assert [name for name in loaded if name.startswith(heavy)] == []

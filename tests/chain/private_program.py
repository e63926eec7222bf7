"""The command line of private money on a practice chain; each answer is what its help says."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.chain.program import Done, Program
from tests.cli.documented import undocumented

WORDS = "hen-coop-passphrase-71"
OPEN = {"--passphrase-fd": WORDS}
FILE_WORDS = "another-for-the-file-5"
BOTH = {**OPEN, "--file-passphrase-fd": FILE_WORDS}
STRK = 10**18


@dataclass
class PrivateProgram(Program):
    """Holds every answer of `mist` against the help of its command."""

    tried: set[str] = field(default_factory=set)

    def run(
        self, *words: object, secrets: Mapping[str, str] | None = None, alone: bool = False
    ) -> Done:
        done = super().run(*words, secrets=secrets, alone=alone)
        if words[0] == "mist" and "--json" in words and not done.code:
            command = str(words[1])
            assert undocumented(done.json, "mist", command) == [], words
            self.tried.add(command)
        return done


def second_folder(first: PrivateProgram, folder: Path) -> PrivateProgram:
    """Somebody else's data folder beside the same practice chain."""
    other = PrivateProgram(folder, tried=first.tried)
    folder.mkdir()
    assert other.good("practice", "join", first.data_dir)["state"] == "up"
    refused = other.run("practice", "reset", "--yes")
    assert refused.code != 0
    assert "another data folder's" in refused.err, "nobody resets a chain that is somebody else's"
    assert other.good("practice", "status")["state"] == "up"
    other.good("vault", "create", "passphrase", secrets=OPEN)
    return other


def deployed(program: Program, label: str) -> None:
    """Play money, and on the chain."""
    program.good("practice", "faucet", "--to", label)
    program.good("account", "use", label)
    program.good("account", "deploy", label, "--yes", secrets=OPEN)


def balance(program: Program, label: str) -> int:
    return int(program.good("account", "balance", label)["balances"]["STRK"])


def unspent(program: Program) -> dict[int, str]:
    """Amount in whole STRK to the note's id."""
    book = program.good("mist", "notes", secrets=OPEN)
    found = [one for one in book["notes"] if one["state"] == "unspent"]
    return {int(one["amount"]) // STRK: one["id"] for one in found}


def moved(program: Program, *words: object, secrets: Any = None) -> Any:
    """A step that took place; its privacy level was said before."""
    done = program.run("mist", *words, "--yes", "--json", secrets=secrets or OPEN)
    assert done.code == 0, done.out + done.err
    assert "Privacy   " in done.err
    assert done.err.index("Privacy   ") < done.err.index("Fee       ")
    assert done.json["transaction"]["state"] == "accepted on L2"
    return done.json

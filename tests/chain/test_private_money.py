"""Private money by the command line on the practice chain, from an account into the pool and out
to fresh accounts, to somebody else, and back after the data folder is lost."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.chain.program import Program

pytestmark = pytest.mark.loopback

WORDS = "hen-coop-passphrase-71"
OPEN = {"--passphrase-fd": WORDS}
FILE_WORDS = "another-for-the-file-5"
BOTH = {**OPEN, "--file-passphrase-fd": FILE_WORDS}
STRK = 10**18


def second_folder(first: Program, folder: Path) -> Program:
    """Somebody else's data folder beside the same practice chain."""
    other = Program(folder)
    other.data_dir.mkdir(parents=True, mode=0o700)
    (other.data_dir / "practice").symlink_to(first.data_dir / "practice")
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


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A practice chain with a private pool, and a deployed account A with play money."""
    one = Program(tmp_path_factory.mktemp("first"))
    try:
        one.good("vault", "create", "passphrase", secrets=OPEN)
        one.good("practice", "private")
        one.good("account", "new", "--label", "A", secrets=OPEN)
        deployed(one, "A")
        yield one
    finally:
        one.run("practice", "down")


def test_from_an_account_to_fresh_ones_and_back_after_a_loss(
    first: Program, tmp_path: Path
) -> None:
    pool = first.good("mist", "pool")
    assert (pool["leaves"], pool["changed"]) == (0, [])
    assert len(pool["trust"]) == 4

    # A fresh account B, whose key follows from the secret of private money.
    first.good("mist", "account", "--label", "B", secrets=OPEN)
    deployed(first, "B")

    # A → MIST, for B.
    dry = first.good(
        "mist", "deposit", "--amount", "10", "--from", "A", "--owner", "B", "--dry-run",
        secrets=OPEN,
    )  # fmt: skip
    assert dry["privacy"]["level"] == "Linkable"
    before = balance(first, "A")
    done = moved(first, "deposit", "--amount", "10", "--from", "A", "--owner", "B")
    paid = int(done["transaction"]["actual_fee"])
    assert balance(first, "A") == before - 10 * STRK - paid
    (ten,) = done["notes"]
    assert (ten["state"], ten["amount"]) == ("unspent", str(10 * STRK))

    # Split, then a part out to B; the proofs are real and the pool's contract checks them.
    done = moved(first, "split", ten["id"], "--amount", "4")
    assert float(done["proof_seconds"]) > 0
    assert sorted(int(one["amount"]) // STRK for one in done["notes"]) == [4, 6]
    before = balance(first, "B")
    done = moved(first, "withdraw", unspent(first)[4], "--amount", "1")
    assert balance(first, "B") == before + STRK - int(done["transaction"]["actual_fee"])
    first.refused(1, "mist_unsafe", "mist", "withdraw", ten["id"], "--yes", secrets=OPEN)

    # Two to somebody else, inside of the pool, told by a file.
    friend = second_folder(first, tmp_path / "friend")
    friend.good("account", "new", "--label", "C", secrets=OPEN)
    deployed(friend, "C")
    request = friend.good("mist", "request", "--label", "eggs", secrets=OPEN)
    out = tmp_path / "for-a-friend.json"
    done = moved(
        first, "forward", unspent(first)[3], "--amount", "2", "--request", request["text"],
        "--out", out, secrets=BOTH,
    )  # fmt: skip
    assert done["hand_over"]
    assert unspent(first).keys() == {1, 6}
    found = friend.good("mist", "import", out, secrets=BOTH)
    assert (found["in_pool"], found["spendable"]) == (True, True)
    before = balance(friend, "C")
    done = moved(friend, "withdraw", found["note"]["id"])
    assert balance(friend, "C") == before + 2 * STRK - int(done["transaction"]["actual_fee"])

    # Everything but the chain is lost; the backup brings it back.
    saved = tmp_path / "backup.json"
    made = first.good("mist", "backup", "--out", saved, secrets=BOTH)
    assert made["accounts"] == ["B"]
    notes = unspent(first)
    for lost in first.data_dir.iterdir():
        if lost.name != "practice":
            shutil.rmtree(lost) if lost.is_dir() else lost.unlink()
    assert first.run("mist", "notes", "--json", secrets=OPEN).code == 2
    first.good("vault", "create", "passphrase", secrets=OPEN)
    back = first.good("mist", "restore", saved, secrets=BOTH)
    assert (back["accounts"], back["trouble"]) == (["B"], [])
    scan = first.good("mist", "scan", "--recover", secrets=OPEN)
    assert scan["complete"] is True
    assert unspent(first) == notes

    # The same without the notes of the backup: from the secret and the chain alone.
    for book in (first.data_dir / "mist").glob("*.json"):
        book.unlink()
    scan = first.good("mist", "scan", "--recover", secrets=OPEN)
    assert scan["complete"] is True
    assert unspent(first) == notes

    # And it can be spent: all of the six, to B.
    before = balance(first, "B")
    done = moved(first, "withdraw", notes[6])
    assert balance(first, "B") == before + 6 * STRK - int(done["transaction"]["actual_fee"])
    assert unspent(first).keys() == {1}

    kept = [*first.everything_kept(), *friend.everything_kept()]
    for name, data in kept:
        assert WORDS.encode() not in data, name
        assert FILE_WORDS.encode() not in data, name


def test_waiting_for_leaves_and_the_emergency(first: Program) -> None:
    """In the open, when nothing else works: the key is published, and it is said."""
    first.good("account", "new", "--label", "D", secrets=OPEN)
    deployed(first, "D")
    done = moved(first, "deposit", "--amount", "2", "--from", "D")
    (two,) = done["notes"]
    kept = first.good("mist", "withdraw", two["id"], "--after-leaves", "1", secrets=OPEN)
    (waiting,) = kept["waiting"]
    first.refused(1, "invalid_input", "mist", "continue", waiting["id"], "--yes", secrets=OPEN)
    moved(first, "deposit", "--amount", "1", "--from", "D")
    (ready,) = first.good("mist", "waiting", secrets=OPEN)["waiting"]
    assert ready["ready"] is True
    done = moved(first, "continue", waiting["id"])
    assert done["plan"]["amount"] == str(2 * STRK)
    assert first.good("mist", "waiting", secrets=OPEN)["waiting"] == []

    (one,) = (one for key, one in unspent(first).items() if key == 1)
    before = balance(first, "D")
    done = moved(first, "withdraw", one, "--emergency", "--expose")
    assert done["plan"]["privacy"]["level"] == "Exposed"
    assert done["proof_seconds"] is None
    assert balance(first, "D") == before + STRK - int(done["transaction"]["actual_fee"])

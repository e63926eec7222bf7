"""Private money by the command line on the practice chain, from an account into the pool and out
to fresh accounts, to somebody else, and back after the data folder is lost."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chain.private_program import (
    BOTH,
    FILE_WORDS,
    OPEN,
    STRK,
    WORDS,
    PrivateProgram,
    balance,
    deployed,
    moved,
    second_folder,
    unspent,
)
from tests.cli.test_documented import MIST

pytestmark = pytest.mark.loopback


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateProgram]:
    """A practice chain with a private pool, and a deployed account A with play money."""
    one = PrivateProgram(tmp_path_factory.mktemp("first"))
    try:
        one.good("vault", "create", "passphrase", secrets=OPEN)
        one.good("practice", "private")
        one.good("account", "new", "--label", "A", secrets=OPEN)
        deployed(one, "A")
        yield one
    finally:
        one.run("practice", "down")


def test_from_an_account_to_fresh_ones_and_back_after_a_loss(
    first: PrivateProgram, tmp_path: Path
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


def test_waiting_for_leaves_and_the_emergency(first: PrivateProgram, tmp_path: Path) -> None:
    """In the open, when nothing else works: the key is published, and it is said."""
    first.good("account", "new", "--label", "D", secrets=OPEN)
    deployed(first, "D")
    done = moved(first, "deposit", "--amount", "2", "--from", "D")
    (two,) = done["notes"]
    kept = first.good("mist", "withdraw", two["id"], "--after-leaves", "1", secrets=OPEN)
    (waiting,) = kept["waiting"]
    first.refused(1, "invalid_input", "mist", "continue", waiting["id"], "--yes", secrets=OPEN)
    moved(first, "deposit", "--amount", "1", "--from", "D")
    (own,) = first.good("mist", "waiting", secrets=OPEN)["waiting"]
    assert own["ready"] is False, "one's own leaf hides nobody"
    friend = second_folder(first, tmp_path / "other")
    friend.good("account", "new", "--label", "H", secrets=OPEN)
    deployed(friend, "H")
    for amount, hides in (("1", False), ("2", True)):
        moved(friend, "deposit", "--amount", amount)
        (new,) = first.good("mist", "waiting", secrets=OPEN)["waiting"]
        assert (new["ready"], "not looked at" in new["obstacle"]) == (False, True)
        first.good("mist", "scan", secrets=OPEN)
        (new,) = first.good("mist", "waiting", secrets=OPEN)["waiting"]
        assert new["ready"] is hides, "a leaf that holds less than what leaves hides nobody"
    done = moved(first, "continue", waiting["id"])
    assert done["plan"]["amount"] == str(2 * STRK)
    assert first.good("mist", "waiting", secrets=OPEN)["waiting"] == []

    (one,) = (one for key, one in unspent(first).items() if key == 1)
    before = balance(first, "D")
    done = moved(first, "withdraw", one, "--emergency", "--expose")
    assert done["plan"]["privacy"]["level"] == "Exposed"
    assert done["proof_seconds"] is None
    record = first.data_dir / "transactions" / f"{done['transaction']['id']}.json"
    written = json.loads(record.read_text())
    assert written["sealed"]["notes"] == [one]
    (call,) = written["signed"]["transaction"]["calls"]
    assert (call["entry_point"], call["calldata"]) == ("withdraw_no_zk", [])
    assert balance(first, "D") == before + STRK - int(done["transaction"]["actual_fee"])


def lost(program: PrivateProgram) -> None:
    """All that the folder knows, but not the chain; the keys are protected anew."""
    for one in program.data_dir.iterdir():
        if one.name != "practice":
            shutil.rmtree(one) if one.is_dir() else one.unlink()
    program.good("vault", "create", "passphrase", secrets=OPEN)


def test_the_copy_beside_a_backup_brings_back_what_no_chain_tells(
    first: PrivateProgram, tmp_path: Path
) -> None:
    """An amount of twelve digits and its label, which came after the backup."""
    mine = second_folder(first, tmp_path / "mine")
    mine.good("account", "new", "--label", "G", secrets=OPEN)
    deployed(mine, "G")
    (ten,) = moved(mine, "deposit", "--amount", "10", "--from", "G")["notes"]
    stick = tmp_path / "stick"
    stick.mkdir()
    saved = stick / "backup.json"
    made = mine.good("mist", "backup", "--out", saved, secrets=BOTH)
    assert (made["copy"]["state"], made["copy"]["reachable"]) == ("current", True)
    assert made["copy"]["same_disk"] is True
    assert made["copy"]["file"] == str(stick / "backup.json.notes")

    odd = 3_141_592_653_58 * 10**7
    moved(mine, "split", ten["id"], "--amount", "3.14159265358", "--label", "eggs")
    told = mine.good("mist", "copy", secrets=OPEN)
    assert (told["state"], told["trouble"], told["others"]) == ("current", None, 0)
    kept = mine.good("mist", "notes", secrets=OPEN)
    notes = {one["id"]: (one["amount"], one["label"]) for one in kept["notes"]}
    assert sorted(int(amount) for amount, _ in notes.values()) == [odd, 10 * STRK - odd]
    assert len(kept["not_backed_up"]) == 2
    assert "Back up again" not in mine.run("mist", "notes", secrets=OPEN).out

    # Without the copy: what was known when the backup was made, and the sum of what came of it.
    lost(mine)
    back = mine.good("mist", "restore", saved, "--no-copy", secrets=BOTH)
    assert (back["notes"], back["copy"]["used"]) == (1, False)
    scan = mine.good("mist", "scan", "--recover", secrets=OPEN)
    assert [one["amount"] for one in scan["missing"]] == [str(10 * STRK)]
    assert unspent(mine) == {}

    # With it: every note with its label, and it can be spent.
    lost(mine)
    back = mine.good("mist", "restore", saved, secrets=BOTH)
    assert (back["copy"]["used"], back["copy"]["notes"]) == (True, 2)
    scan = mine.good("mist", "scan", "--recover", secrets=OPEN)
    assert (scan["complete"], scan["missing"]) == (True, [])
    found = {one["id"]: (one["amount"], one["label"]) for one in scan["notes"]}
    assert found == notes
    before = balance(mine, "G")
    (eggs,) = [one["id"] for one in scan["notes"] if one["amount"] == str(odd)]
    done = moved(mine, "withdraw", eggs)
    assert balance(mine, "G") == before + odd - int(done["transaction"]["actual_fee"])

    # It goes on from the new folder, until it is turned off.
    assert mine.good("mist", "copy", secrets=OPEN)["state"] == "current"
    assert mine.good("mist", "copy", "--off", secrets=OPEN)["state"] == "off"
    assert "Back up again" in mine.run("mist", "notes", secrets=OPEN).out


def test_names_files_requests_and_accounts(first: PrivateProgram, tmp_path: Path) -> None:
    """What is done beside the money's way; a saved file can be saved again."""
    first.good("account", "new", "--label", "E", secrets=OPEN)
    deployed(first, "E")
    (five,) = moved(first, "deposit", "--amount", "5", "--from", "E")["notes"]
    named = first.good(
        "mist", "note", five["id"], "--label", "rainy days", "--freeze", secrets=OPEN
    )
    (frozen,) = (one for one in named["notes"] if one["id"] == five["id"])
    assert (frozen["label"], frozen["frozen"]) == ("rainy days", True)
    first.refused(1, "mist_unsafe", "mist", "rewrap", five["id"], "--yes", secrets=OPEN)
    first.good("mist", "note", five["id"], "--thaw", secrets=OPEN)
    (fresh,) = moved(first, "rewrap", five["id"])["notes"]
    assert fresh["amount"] == str(5 * STRK)

    # To a request of one's own: a note here, and no file.
    asked = first.good(
        "mist", "request", "--owner", "E", "--amount", "1.25", "--label", "me", secrets=OPEN
    )
    given = first.good("mist", "requests", secrets=OPEN)["requests"]
    assert given[-1] == asked
    words = moved(first, "forward", fresh["id"], "--amount", "1.25", "--request", asked["text"])
    assert words["hand_over"] is None
    assert {one["origin"]: one["amount"] for one in words["notes"]} == {
        "received": str(5 * STRK // 4),
        "change": str(15 * STRK // 4),
    }
    scan = first.good("mist", "scan", secrets=OPEN)
    assert scan["complete"] is True
    (paid,) = first.good("mist", "requests", asked["id"], secrets=OPEN)["requests"]
    assert paid == {**asked, "state": "paid"}

    # To a friend, whose file is lost and saved again.
    friend = second_folder(first, tmp_path / "friend")
    friend.good("account", "new", "--label", "G", secrets=OPEN)
    request = friend.good("mist", "request", secrets=OPEN)
    (change,) = (one for one in words["notes"] if one["origin"] == "change")
    done = moved(first, "forward", change["id"], "--amount", "2", "--request", request["text"])
    files = [tmp_path / "lost.json", tmp_path / "again.json"]
    for file in files:
        saved = first.good("mist", "hand-over", done["hand_over"], "--out", file, secrets=BOTH)
        assert saved == {"file": str(file), "id": done["hand_over"]}
    book = first.good("mist", "notes", secrets=OPEN)
    (hand_over,) = (one for one in book["hand_overs"] if one["id"] == done["hand_over"])
    assert (hand_over["state"], hand_over["handed_over"]) == ("given", True)
    assert friend.good("mist", "import", files[1], secrets=BOTH)["in_pool"] is True

    # A whole note as a file: its key is known to whoever has it.
    (rest,) = done["notes"]
    first.good("mist", "export", rest["id"], "--out", tmp_path / "note.json", secrets=BOTH)
    found = friend.good("mist", "import", tmp_path / "note.json", secrets=BOTH)
    assert (found["in_pool"], found["spendable"], found["key_known_to_others"]) == (
        True,
        False,
        True,
    )

    # An account that follows from the secret comes back, as it owns a note.
    lost = first.good("mist", "account", "--label", "F", secrets=OPEN)
    moved(first, "deposit", "--amount", "1", "--from", "E", "--owner", "F")
    first.good("account", "remove", "F", "--yes")
    (back,) = first.good("mist", "accounts", secrets=OPEN)["accounts"]
    assert back["address"] == lost["address"]
    assert first.good("mist", "accounts", secrets=OPEN) == {"accounts": []}

    word = first.good("mist", "fees", "E", "--mine", secrets=OPEN)
    assert word["apart"] is False

    waiting = ("mist", "withdraw", rest["id"], "--after-leaves", "50")
    (plan,) = first.good(*waiting, secrets=OPEN)["waiting"]
    assert plan["ready"] is False
    assert first.good("mist", "waiting", "--drop", plan["id"], secrets=OPEN)["waiting"] == []

    pool = first.good("mist", "pool")
    trusted = first.good("mist", "trust", "--class", pool["class_hash"], "--yes", secrets=OPEN)
    assert (trusted["class_hash"], trusted["changed"]) == (pool["class_hash"], [])
    found = first.good("mist", "search", "--digits", "4", secrets=OPEN)
    assert (found["digits"], found["found"]) == (4, [])
    before = first.good("mist", "notes", "--all", secrets=OPEN)
    assert first.good("mist", "settle", secrets=OPEN) == before
    assert first.good("mist", "settle", "--resend", secrets=OPEN) == before


def test_every_command_was_tried(first: PrivateProgram) -> None:
    """By the tests above."""
    if len(first.tried) < len(MIST) // 2:
        pytest.skip("run it together with the tests above")
    assert set(MIST) - first.tried == set()

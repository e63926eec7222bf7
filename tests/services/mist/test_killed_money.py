"""A real process that moves private money is killed at each of its steps, one after the other.

Afterwards what a person does: start anew, look where the open step is, and, if nothing was sent, do
it again. No note may be lost, none paid twice, no key used twice.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from obsqra_desktop.domain.mist.held_notes import MistBook, NoteState
from tests.conftest import ROOT
from tests.services.mist.killed_spender import ACTIONS, planned, wallet_in
from tests.services.mist.money_parts import PLENTY, WHOLE, Wallet
from tests.services.mist.parts import POOL, run
from tests.services.mist.pool_chain import digest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes")
MOST_STEPS = 150
EXPECTED = (
    "step reading",
    "step simulating",
    "step checking",
    "step signing",
    "step writing",
    "step sending",
    "before the temporary file",
    "after the temporary file",
    "after the rename in mist",
    "after the rename in transactions",
    "before send",
    "after send",
)
OPEN = {NoteState.AWAITED, NoteState.SPENDING}


def start_folder(folder: Path) -> None:
    """One account, one note of ten."""
    wallet = wallet_in(folder)
    account = wallet.account("payer", 1)
    wallet.deposit(account)


def mine(wallet: Wallet, book: MistBook) -> int:
    """What the book can spend and the pool really has, in the smallest unit."""
    leaves = wallet.chain.ledger.leaves
    return sum(one.amount for one in book.notes if one.held and one.leaf in leaves)


def key_in_files(wallet: Wallet) -> bool:
    """Whether the first note's key stands in any file of the program, half-written ones too."""
    key = wallet.whole(wallet.book.notes[0]).claiming_key
    raw = "".join(
        path.read_text(errors="replace").lower()
        for path in wallet.folder.rglob("*")
        if path.is_file() and path.name != "chain.log"
    )
    return any(f"{half:x}" in raw for half in (key, key % 2**128, key >> 128))


@pytest.fixture(scope="module")
def spender() -> "Iterator[subprocess.Popen[str]]":
    """Who forks a process for each question, of all actions."""
    command = [sys.executable, "-m", "tests.services.mist.killed_spender"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process


@pytest.mark.parametrize("action", ACTIONS)
def test_killed_at_every_step(
    tmp_path: Path, spender: "subprocess.Popen[str]", action: str
) -> None:
    base = tmp_path / "base"
    start_folder(base)
    friend = wallet_in(tmp_path / "friend")
    owner = friend.account("friend", 2)
    given = run(friend.money.new_request(None, owner.address))
    after_forward = 2 * WHOLE if action == "forward" else 0
    out = {"deposit": -3, "withdraw": 1, "emergency": 10}.get(action, 0) * WHOLE
    steps: list[str] = []
    assert spender.stdin is not None
    assert spender.stdout is not None
    for number in range(1, MOST_STEPS):
        folder = tmp_path / str(number)
        shutil.copytree(base, folder)
        spender.stdin.write(f"{number} {folder} {action} {given.text}\n")
        spender.stdin.flush()
        step = spender.stdout.readline().strip()
        assert not step.startswith("error"), step
        steps.append(step)

        wallet = wallet_in(folder)
        assert not key_in_files(wallet), step
        book = run(wallet.money.settle(resend=True))
        written = len(wallet.journal.listing()) - 1
        assert written in {0, 1}, step
        assert len(wallet.chain.done) == 1 + written, step
        assert all(one.settled for one in wallet.journal.listing()), step
        assert not [one for one in book.notes if one.state in OPEN], step
        pool = wallet.chain.ledger.balance(POOL)
        assert pool == 10 * WHOLE - out * written, step
        assert mine(wallet, book) == pool - after_forward * written, step
        given_now = [one for one in book.handovers if not one.void]
        assert len(given_now) == (written if action == "forward" else 0), step

        if not written:
            result = wallet.done(run(planned(wallet, action, given.text)))
            assert result.accepted, step
            book = wallet.book
        (account,) = wallet.accounts.listing()
        spent = wallet.chain.ledger.balance(account.address)
        assert spent == PLENTY - 10 * WHOLE + out, step
        assert mine(wallet, book) == 10 * WHOLE - out - after_forward, step
        keys = [one.note(wallet.keys).claiming_key for one in book.notes]
        assert len(set(keys)) == len(keys), step
        assert len(set(wallet.chain.ledger.leaves)) == len(wallet.chain.ledger.leaves), step
        if after_forward:
            (over,) = book.handovers
            leaf = digest(over.secret, over.token, over.amount)
            assert leaf in wallet.chain.ledger.leaves, step
        shutil.rmtree(folder)
        if step == "done":
            break
    assert steps[-1] == "done"
    for expected in EXPECTED:  # no node sees an emergency's key before it is sent
        unseen = action == "emergency" and expected == "step simulating"
        assert (expected in steps) is not unseen, expected
    assert ("step proving" in steps) is (action not in {"deposit", "emergency"})

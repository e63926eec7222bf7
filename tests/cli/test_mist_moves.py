"""mist commands over a wallet in memory: what is kept, what is asked, and what is said when it is
stopped."""

import io
import json
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from obsqra_desktop.cli import main as program
from obsqra_desktop.cli.context import Context
from obsqra_desktop.cli.mist import commands as mist
from obsqra_desktop.cli.parser import build
from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.mist.entries import PlanState
from obsqra_desktop.domain.mist.held_notes import HeldNote, NoteState
from obsqra_desktop.privacy.request import write_request
from tests.services.mist.money_parts import NETWORK, Wallet
from tests.services.mist.parts import POOL, request_text, run
from tests.services.mist.pool_chain import PoolChain


class Files:
    """Nothing is there, and nothing is written."""

    def ensure_free(self, path: Path) -> None:
        return None


class Terminal:
    """One command after another; `typed` is what somebody answers."""

    def __init__(self, wallet: Wallet, capsys: pytest.CaptureFixture[str]) -> None:
        self.wallet, self.capsys = wallet, capsys
        self.said = ""

    def services(self, _folder: Path | None = None) -> Any:
        async def close() -> None:
            return None

        wallet = self.wallet
        return Namespace(
            money=wallet.money,
            accounts=wallet.accounts,
            networks=wallet.networks,
            sending=wallet.sending,
            files=Files(),
            close=close,
        )

    def run(self, command: Callable[[Context], int], *words: str) -> dict[str, Any]:
        options = build().parse_args(["mist", *words, "--json"])
        command(Context(options, self.services()))
        out, self.said = self.capsys.readouterr()
        return cast("dict[str, Any]", json.loads(out))

    def main(self, *words: str) -> tuple[int, str]:
        """Through the outermost boundary; its code and what it says."""
        code = program.run(build().parse_args([*words]), cast("Any", self.services))
        return code, self.capsys.readouterr().err


@pytest.fixture
def wallet(data_dir: Path) -> Wallet:
    return Wallet(data_dir, PoolChain(NETWORK))


@pytest.fixture
def payer(wallet: Wallet) -> Account:
    return wallet.account("payer", 1)


@pytest.fixture
def held(wallet: Wallet, payer: Account) -> HeldNote:
    return wallet.deposit(payer)


@pytest.fixture
def terminal(wallet: Wallet, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(wallet, capsys)


COMMANDS = [
    (mist.withdraw, "withdraw", ("--amount", "1")),
    (mist.rewrap, "rewrap", ()),
    (mist.split, "split", ("--amount", "1")),
    (mist.forward, "forward", ("--amount", "1", "--request", request_text(77))),
]
LATER = pytest.mark.parametrize(
    ("command", "name", "words"), COMMANDS, ids=[name for _, name, _ in COMMANDS]
)


def test_a_request_of_another_network_is_refused_as_invalid(
    terminal: Terminal, wallet: Wallet, held: HeldNote
) -> None:
    elsewhere = write_request(77, NETWORK.chain + 1, POOL)
    words = ("forward", held.id, "--amount", "1", "--request", elsewhere, "--yes")
    code, said = terminal.main("mist", *words)
    assert code == program.INVALID
    assert "another network or another pool" in said
    assert len(wallet.journal.listing()) == 1


# --- waiting plans ---


@LATER
def test_a_dry_run_keeps_no_plan(
    terminal: Terminal,
    wallet: Wallet,
    held: HeldNote,
    command: Callable[[Context], int],
    name: str,
    words: tuple[str, ...],
) -> None:
    answer = terminal.run(command, name, held.id, *words, "--after-leaves", "2", "--dry-run")
    assert answer["action"] == name
    assert answer["privacy"]["level"]
    assert wallet.book.plans == ()


@LATER
def test_what_is_kept_is_said_and_keeps_its_label(
    terminal: Terminal,
    wallet: Wallet,
    held: HeldNote,
    command: Callable[[Context], int],
    name: str,
    words: tuple[str, ...],
) -> None:
    """How private it were now is told; when its leaves came its note gets the label."""
    answer = terminal.run(
        command, name, held.id, *words, "--after-leaves", "1", "--label", "for the rent"
    )
    assert answer["plan"]["privacy"]["level"] in terminal.said
    assert "Nothing" not in terminal.said
    (plan,) = wallet.book.plans
    assert plan.label == "for the rent"
    assert answer["waiting"][0]["id"] == plan.id
    wallet.chain.stranger()
    wallet.looked()
    done = terminal.run(mist.carry_on, "continue", plan.id, "--yes")
    assert wallet.book.plans[0].state is PlanState.DONE
    if name == "forward":
        assert [one.label for one in wallet.book.handovers] == ["for the rent"]
    else:
        assert {one["label"] for one in done["notes"]} == {"for the rent"}


def test_a_label_that_is_given_later_counts(
    terminal: Terminal, wallet: Wallet, held: HeldNote
) -> None:
    terminal.run(mist.rewrap, "rewrap", held.id, "--after-leaves", "1", "--label", "old")
    wallet.chain.stranger()
    (plan,) = wallet.book.plans
    done = terminal.run(mist.carry_on, "continue", plan.id, "--yes", "--label", "new")
    assert [one["label"] for one in done["notes"]] == ["new"]


@pytest.mark.parametrize("more", [("--max-fee", "1"), ("--out", "file.json")])
def test_what_a_plan_does_not_keep_is_refused(
    terminal: Terminal, wallet: Wallet, held: HeldNote, more: tuple[str, str]
) -> None:
    _, name, words = COMMANDS[-1]
    with pytest.raises(InvalidInput, match="not kept") as caught:
        terminal.run(mist.forward, name, held.id, *words, "--after-leaves", "1", *more)
    assert f"continue ID {more[0]}" in caught.value.hint
    assert wallet.book.plans == ()


def test_only_a_forward_has_a_file(terminal: Terminal, wallet: Wallet, held: HeldNote) -> None:
    terminal.run(mist.rewrap, "rewrap", held.id, "--after-leaves", "1")
    wallet.chain.stranger()
    (plan,) = wallet.book.plans
    with pytest.raises(InvalidInput, match="forwarded"):
        terminal.run(mist.carry_on, "continue", plan.id, "--yes", "--out", "file.json")
    assert len(wallet.chain.done) == 1


def test_a_plan_whose_note_is_spent_is_not_ready(
    terminal: Terminal, wallet: Wallet, held: HeldNote
) -> None:
    terminal.run(mist.rewrap, "rewrap", held.id, "--after-leaves", "1")
    wallet.chain.stranger()
    (view,) = terminal.run(mist.waiting, "waiting")["waiting"]
    assert (view["ready"], view["obstacle"]) == (True, None)
    run(wallet.money.edit_note(None, held.id, frozen=True))
    (view,) = terminal.run(mist.waiting, "waiting")["waiting"]
    assert (view["ready"], view["obstacle"]) == (False, "the note is frozen")
    run(wallet.money.edit_note(None, held.id, frozen=False))
    wallet.done(run(wallet.money.plan_withdraw(None, held.id)))
    (view,) = terminal.run(mist.waiting, "waiting")["waiting"]
    assert (view["ready"], view["obstacle"]) == (False, "the note is spent")
    code, said = terminal.main("mist", "continue", view["id"], "--wait", "--yes")
    assert code != 0
    assert "note is spent" in said


# --- an emergency has a word of its own ---


@pytest.mark.parametrize(
    ("flags", "typed", "sent"),
    [
        (("--yes",), "", False),
        (("--yes",), "yes\n", False),
        ((), "yes\n", False),
        ((), "expose\n", True),
        (("--expose",), "", True),
        (("--expose", "--yes"), "", True),
    ],
)
def test_yes_is_no_word_for_what_everybody_will_see(
    terminal: Terminal,
    wallet: Wallet,
    held: HeldNote,
    monkeypatch: pytest.MonkeyPatch,
    flags: tuple[str, ...],
    typed: str,
    sent: bool,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    code, said = terminal.main("mist", "withdraw", held.id, "--emergency", *flags)
    assert (code == 0) is sent, said
    assert (wallet.held()[held.id].state is NoteState.SPENT) is sent
    if not sent and not typed:
        assert "--expose" in said


def test_expose_is_for_an_emergency_alone(terminal: Terminal, held: HeldNote) -> None:
    with pytest.raises(InvalidInput, match="Nothing is exposed"):
        terminal.run(mist.withdraw, "withdraw", held.id, "--expose")


# --- stopped ---


def stopped() -> None:
    raise KeyboardInterrupt


def test_stopped_while_sending_says_that_it_may_be_under_way(
    terminal: Terminal, wallet: Wallet, held: HeldNote
) -> None:
    wallet.chain.on_send = stopped
    code, said = terminal.main("mist", "rewrap", held.id, "--yes")
    assert code == program.CANNOT
    assert f"may have been sent: {wallet.journal.listing()[0].id}" in said
    assert "obsqra mist settle" in said
    assert len(wallet.journal.listing()) == 2


def test_stopped_while_it_is_followed_says_so_too(
    terminal: Terminal, wallet: Wallet, held: HeldNote, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def follow(_result: object) -> None:
        raise KeyboardInterrupt

    async def unknown(_hash: int) -> None:
        return None

    monkeypatch.setattr(wallet.chain, "status", unknown)
    monkeypatch.setattr(wallet.chain, "receipt", unknown)
    monkeypatch.setattr(wallet.money, "follow", follow)
    _, said = terminal.main("mist", "rewrap", held.id, "--yes")
    assert "may have been sent" in said
    assert "obsqra mist settle" in said


def test_an_error_that_nobody_foresaw_says_so_too(
    terminal: Terminal, wallet: Wallet, held: HeldNote
) -> None:
    def fail() -> None:
        raise LookupError("of a test")

    wallet.chain.on_send = fail
    code, said = terminal.main("mist", "rewrap", held.id, "--yes")
    assert code == program.CANNOT
    assert "LookupError" in said
    assert "may have been sent" in said
    assert "obsqra mist settle" in said


def test_stopped_before_it_is_written_leaves_everything_as_it_was(
    terminal: Terminal, wallet: Wallet, held: HeldNote
) -> None:
    wallet.prover.during = stopped
    code, said = terminal.main("mist", "rewrap", held.id, "--yes")
    assert code == program.CANNOT
    assert "unchanged" in said
    assert "may have been sent" not in said
    assert len(wallet.journal.listing()) == 1

"""The practice chain over the real starknet-devnet: its life, its ends, and what may go wrong."""

import asyncio
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from obsqra_desktop.chain import devnet_process, practice
from obsqra_desktop.domain.amounts import ETH, STRK
from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid, PracticeChainDown
from obsqra_desktop.domain.chain_types import PracticeState
from obsqra_desktop.domain.errors import InvalidInput, StorageBusy, StorageError
from obsqra_desktop.domain.felt import short_string
from obsqra_desktop.domain.network import PRACTICE_CHAIN
from obsqra_desktop.storage.practice import PracticeFolder
from tests.chain.practice_bench import (
    LINUX,
    Bench,
    answering,
    environment,
    killed,
    listeners,
    mode,
    node_of,
    port,
    record,
    script,
    until,
    until_async,
)
from tests.chain.program import PATIENCE, Program
from tests.devnet import binary

pytestmark = [pytest.mark.loopback, LINUX]
OURS = hex(short_string(PRACTICE_CHAIN))


def test_a_life(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORK_NETWORK", "http://127.0.0.1:1")  # an option of the devnet, not ours
    bench.use(Path(binary()))
    assert bench.status().state is PracticeState.DOWN
    up = bench.up()
    assert bench.processes() == [up.pid]
    assert up.version == "0.10.1"
    assert bench.up() == up, "there is one only"
    assert bench.do(bench.another().status()) == up, "another program sees the same"
    assert set(environment(up.pid)) == {"HOME", "RUST_LOG", "NO_COLOR"}

    node = bench.node()
    assert node.ask("starknet_chainId") == OURS
    assert node.ask("devnet_getPredeployedAccounts") == [], "no keys that everybody knows"
    assert "rivate key" not in bench.log.read_text()
    assert listeners(up.pid) == [f"0100007F:{port(up.url):04X}"], "on 127.0.0.1 and nowhere else"
    assert {mode(one) for one in (bench.run_file, bench.log)} == {0o600}
    assert mode(bench.folder) == 0o700

    assert bench.mint(7) == 7
    block = node.ask("starknet_blockHashAndNumber")["block_number"]
    bench.down()
    assert bench.processes() == []
    assert not bench.run_file.exists()
    bench.down()  # there is nothing to do

    again = bench.up()
    assert again.pid != up.pid
    assert bench.balance() == 7
    assert bench.node().ask("starknet_blockHashAndNumber")["block_number"] == block
    assert again.detail == f"starknet-devnet 0.10.1 at 127.0.0.1:{port(again.url)}."


def test_killed_right_after_an_answer(bench: Bench) -> None:
    up = bench.up()
    assert up.pid is not None
    bench.mint(5)
    killed(up.pid)
    told = bench.status()
    assert (told.state, told.url, told.pid) == (PracticeState.CRASHED, None, None)
    assert "without being told to" in told.detail
    with pytest.raises(PracticeChainDown, match="without being told to"):
        bench.mint(5)
    bench.up()
    assert bench.balance() == 5
    (lived,) = bench.processes()
    killed(lived)
    assert bench.status().state is PracticeState.CRASHED
    bench.down()  # who does not want it again is not told for ever


def test_faucet(bench: Bench) -> None:
    with pytest.raises(PracticeChainDown, match="not running"):
        bench.mint(1)
    bench.up()
    assert bench.mint(10**27) == 10**27
    assert bench.mint(1) == 10**27 + 1
    assert bench.mint(3, ETH.address) == 3, "each token for itself"
    assert bench.balance() == 10**27 + 1
    for amount in (0, -1, 10**27 + 1):
        with pytest.raises(InvalidInput, match="amount"):
            bench.mint(amount)
    with pytest.raises(InvalidInput, match="STRK and ETH"):
        bench.mint(1, 0x5)
    for address in (-1, 0, 1, 2**251, 2**252):
        with pytest.raises(InvalidInput, match="address"):
            bench.do(bench.chain.faucet(address, STRK.address, 1))
    assert bench.balance() == 10**27 + 1
    bench.down()
    bench.up()
    assert bench.balance() == 10**27 + 1, "the dump keeps numbers above 64 bits"


@pytest.mark.parametrize(
    "balance",
    [["0x0", "0x0"], ["0x5"], [], ["0x5", "0x0", "0x0"], [hex(2**128), "0x0"], "0x5", None],
)
def test_a_faucet_that_lies(bench: Bench, living: int, balance: object) -> None:
    answers = {
        "starknet_chainId": OURS,
        "devnet_mint": {"new_balance": "5", "unit": "FRI", "tx_hash": "0x1"},
        "starknet_call": balance,
    }
    with answering(answers) as port:
        record(bench, living, port)
        with pytest.raises(NodeAnswerInvalid):
            bench.mint(5)
        answers["starknet_call"] = ["0x5", "0x0"]
        assert bench.mint(5) == 5


def test_two_programs_start_it_at_once(bench: Bench, tmp_path: Path) -> None:
    program = Program(tmp_path)
    command = ("--json", "practice", "up")
    with program.started(*command) as one, program.started(*command) as other:
        told = [json.loads(each.communicate(timeout=PATIENCE)[0]) for each in (one, other)]
        assert (one.returncode, other.returncode) == (0, 0)
    assert told[0] == told[1]
    assert bench.processes() == [told[0]["pid"]]


def test_many_starters_in_one_program(bench: Bench) -> None:
    async def together() -> set[int | None]:
        starters = [bench.chain, bench.chain, bench.another(), bench.another()]
        return {one.pid for one in await asyncio.gather(*(each.up() for each in starters))}

    assert bench.do(together()) == set(bench.processes())
    assert len(bench.processes()) == 1


def test_somebody_who_never_ends_starting_it(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(practice, "PATIENCE", 0.0)
    monkeypatch.setattr(practice, "GRACE", 0.0)
    with PracticeFolder(bench.data_dir).locked(), pytest.raises(StorageBusy):
        bench.do(bench.chain.up())
    assert bench.processes() == []


def test_damaged_state(bench: Bench) -> None:
    """The one before is used, and that is said; what is damaged is kept."""
    bench.write_history(1)
    bench.up()
    bench.mint(7)
    bench.down()
    whole = bench.state.read_bytes()
    bench.state.write_bytes(whole[:-20])
    told = bench.up()
    assert "it started from the one before" in told.detail
    assert bench.balance() == 5
    assert (bench.folder / "state.damaged-1.json").read_bytes() == whole[:-20]

    bench.mint(1)
    bench.down()
    bench.state.write_bytes(b"")
    (bench.folder / "state.previous.json").write_text('[{"method": "devnet_nonsense"}]')
    told = bench.up()
    assert "it started empty" in told.detail
    assert bench.balance() == 0
    assert (bench.folder / "state.damaged-1.json").read_bytes() == whole[:-20]
    assert (bench.folder / "state.damaged-2.json").read_bytes() == b""
    assert "nonsense" in (bench.folder / "state.damaged-3.json").read_text()
    bench.mint(9)
    assert bench.status().detail == told.detail
    bench.down()
    assert "empty" not in bench.status().detail, "it is said of that start"


def test_state_that_cannot_be_run_again(bench: Bench) -> None:
    """The devnet takes its file away before it finds that out (0.10.1)."""
    bench.write_history(2)
    bad = bench.state.read_bytes().replace(b"devnet_mint", b"devnet_nope", 1)
    bench.state.write_bytes(bad)
    assert "it started empty" in bench.up().detail
    assert (bench.folder / "state.damaged-1.json").read_bytes() == bad


FAILURES = {
    'echo "Error: the moon is full"; rm -f "$dump"; exit 1': "the moon is full",
    'echo "Error: Deserialization error: Permission denied (os error 13)"; exit 1': "denied",
    'exit 1 "$dump"': "gave no reason",
    "kill -9 $$": "gave no reason",
    # No room for the dump while it is run again; the real one's own words.
    'trap \'\' XFSZ; ulimit -f 8; exec "$real" "$@"': "File too large",
}


def test_a_start_that_fails_is_no_damage(bench: Bench, tmp_path: Path) -> None:
    bench.write_history(120)
    whole = bench.state.read_bytes()
    for body, words in FAILURES.items():
        bench.use(script(tmp_path / "mine", body))
        with pytest.raises(PracticeChainDown, match=words):
            bench.do(bench.chain.up())
        assert bench.status().state is PracticeState.DOWN
        assert bench.processes() == []
        assert not list(bench.folder.glob("state.damaged*"))
        assert (bench.folder / "state.starting.json").read_bytes() == whole
    bench.use(Path(binary()))
    bench.up()
    assert bench.balance() == 600


def test_a_history_that_takes_longer_than_the_patience(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(practice, "LOOK", 0.01)
    monkeypatch.setattr(practice, "PATIENCE", 0.05)
    bench.write_history(100)
    seen: list[int] = []
    size = devnet_process.size

    def growing(file: Path) -> int:
        """Also before the history, which is when the real one takes most of its time here."""
        seen.append(size(file))
        return len(seen)

    monkeypatch.setattr(devnet_process, "size", growing)
    bench.up()
    assert len(set(seen)) > 2, "the real file grows, too"
    assert bench.balance() == 500


def test_somebody_else_on_its_port(bench: Bench) -> None:
    first = bench.up()
    bench.mint(5)
    with answering({"starknet_chainId": hex(short_string("SN_MAIN"))}) as foreign:
        bench.record(port=foreign)
        told = bench.status()
        assert told.state is PracticeState.CRASHED
        assert told.url is None
        assert "Something else listens" in told.detail
        with pytest.raises(PracticeChainDown, match="Something else"):
            bench.mint(1)
        second = bench.up()
        assert port(second.url) != foreign
    assert bench.processes() == [second.pid], "the first one is not left behind"
    assert second.pid != first.pid
    assert bench.balance() == 5

    bench.record(port=foreign)  # where nobody is now
    assert bench.status().state is PracticeState.STARTING
    third = bench.up()
    assert bench.processes() == [third.pid]
    assert third.pid != second.pid


def test_a_number_that_another_process_has_now(bench: Bench, living: int) -> None:
    mark = devnet_process.identity(living)
    assert mark is not None
    ticks, boot = mark.split()
    assert boot == Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    for other in (f"{int(ticks) - 1} {boot}", f"{ticks} 00000000-0000-0000-0000-000000000000"):
        record(bench, living, 1, other)
        assert bench.status().state is PracticeState.CRASHED
        bench.down()
    record(bench, living, 1, "1 1")
    assert bench.up().pid != living


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b" " * 5000,
        b"[" * 4000,
        {"pid": -1},
        {"pid": 0},
        {"pid": 1},
        {"pid": 2**40},
        {"pid": "7"},
        {"pid": True},
        {"port": 65536},
        {"port": "80@example.org"},
        {"identity": ""},
        {"version": "<b>0.10.1</b>"},
        {"schema": "obsqra/practice/2"},
        {"more": 1},
    ],
)
def test_a_record_that_makes_no_sense(
    bench: Bench, living: int, raw: bytes | dict[str, object]
) -> None:
    record(bench, living, 1)
    assert bench.status().pid == living, "a good one is read"
    if isinstance(raw, bytes):
        bench.run_file.write_bytes(raw)
    else:
        bench.record(**raw)
    assert bench.status().state is PracticeState.DOWN
    bench.down()
    assert not bench.run_file.exists()


def test_a_record_that_is_no_file(bench: Bench, tmp_path: Path) -> None:
    bench.folder.mkdir(mode=0o700)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_text("precious")
    bench.run_file.symlink_to(elsewhere)
    assert bench.status().state is PracticeState.DOWN
    bench.up()
    assert elsewhere.read_text() == "precious"
    bench.down()
    bench.run_file.mkdir()
    assert bench.status().state is PracticeState.DOWN
    with pytest.raises(StorageError):
        bench.do(bench.chain.up())
    assert bench.processes() == []
    bench.run_file.rmdir()


WHEN: dict[str, Callable[[Bench], object]] = {
    "at once": lambda _: True,
    "the lock is held": lambda bench: (bench.folder / "lock").exists(),
    "there is a copy": lambda bench: (bench.folder / "state.starting.json").exists(),
    "there is a process": lambda bench: bench.processes(),
    "it is noted": lambda bench: bench.run_file.exists(),
    "it says something": lambda bench: bench.log.exists() and bench.log.stat().st_size > 0,
}


def test_cancelled_at_any_time(bench: Bench) -> None:
    """No process is left, and no money is lost."""
    bench.write_history(60)
    for when, happens in WHEN.items():
        bench.log.unlink(missing_ok=True)
        bench.do(cancelled(bench, happens))
        nothing_is_left(bench, when)
    bench.up()
    assert bench.balance() == 300
    assert len(bench.processes()) == 1


def test_cancelled_while_it_runs_its_history_again(bench: Bench) -> None:
    """So long a history that nobody can be too late for it; it is all there afterwards."""
    bench.write_history(2_000)
    whole = bench.state.read_bytes()

    def midway(_: Bench) -> bool:
        said = bench.log.exists() and bench.log.stat().st_size > 0
        return said and devnet_process.size(bench.state) < len(whole) // 2

    bench.do(cancelled(bench, midway))
    nothing_is_left(bench, "midway")
    assert (bench.folder / "state.starting.json").read_bytes() == whole


async def cancelled(bench: Bench, happens: Callable[[Bench], object]) -> None:
    """A start that is given up when something has happened."""
    starter = asyncio.ensure_future(bench.chain.up())
    await asyncio.sleep(0)
    await until_async(lambda: happens(bench))
    starter.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starter


def nothing_is_left(bench: Bench, when: str) -> None:
    assert bench.processes() == [], when
    assert not bench.run_file.exists(), when
    assert bench.status().state is PracticeState.DOWN, when


@dataclass
class Found(Program):
    """Finds the devnet of this folder."""

    before: Path = Path()

    def environment(self) -> dict[str, str]:
        surroundings = super().environment()
        return {**surroundings, "PATH": f"{self.before}{os.pathsep}{surroundings['PATH']}"}


def test_the_starter_is_killed(bench: Bench, tmp_path: Path) -> None:
    """What it started is known, and ended by the next one; no money is lost."""
    bench.write_history(100)
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    slow = tmp_path / "slow" / "starknet-devnet"
    slow.parent.mkdir()
    script(slow, f'read -r _ <"{gate}"; exec "$real" "$@"')
    with Found(tmp_path, before=slow.parent).started("practice", "up") as starter:
        until(bench.run_file.exists)
        starter.kill()
        starter.wait()
    gate.write_text("go on\n")
    (left,) = bench.processes()
    told = bench.status()
    assert (told.state, told.pid, told.url) == (PracticeState.STARTING, left, None)
    with pytest.raises(PracticeChainDown, match="does not answer yet"):
        bench.mint(1)
    up = bench.up()
    assert bench.processes() == [up.pid]
    assert up.pid != left
    assert bench.balance() == 500


def test_reset(bench: Bench) -> None:
    bench.write_history(1)  # so that there is one before, too
    first = bench.up()
    assert bench.mint(6) == 11
    kept = bench.state.read_bytes()
    told = bench.do(bench.chain.reset())
    assert told.state is PracticeState.UP
    assert bench.processes() == [told.pid]
    assert told.pid != first.pid
    assert bench.balance() == 0
    assert node_of(told).ask("starknet_blockHashAndNumber")["block_number"] == 0
    assert (bench.folder / "state.before-reset.json").read_bytes() == kept
    bench.mint(1)
    bench.down()
    bench.state.write_text("damaged")
    assert "empty" in bench.up().detail, "nothing from before comes back by another way"
    assert bench.balance() == 0

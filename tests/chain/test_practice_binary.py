"""The devnet's binary and what it says: which one is taken, and how little of it is believed."""

import os
from pathlib import Path

import pytest

from obsqra_desktop.chain import devnet_process, practice
from obsqra_desktop.domain.chain_errors import PracticeChainDown
from obsqra_desktop.domain.chain_types import PracticeState
from obsqra_desktop.domain.errors import ToolMissing
from tests.chain.practice_bench import LINUX, Bench, script

pytestmark = [pytest.mark.loopback, LINUX]


def test_one_that_does_nothing_is_given_up(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(practice, "PATIENCE", 0.2)
    bench.use(script(tmp_path / "mine", 'exec sleep 1000 "$dump"'))
    with pytest.raises(PracticeChainDown, match="gave no reason"):
        bench.do(bench.chain.up())
    assert bench.processes() == []


@pytest.mark.parametrize(
    ("version", "told"),
    [
        ("starknet-devnet 0.9.0", "starknet-devnet 0.9.0"),
        ("starknet-devnet 0.10.10", "0.10.10"),
        ("", "nothing"),
        ("\x1b[31mred\x1b[0m 0.10.1", "0.10.1"),
    ],
)
def test_another_version(bench: Bench, tmp_path: Path, version: str, told: str) -> None:
    bench.use(script(tmp_path / "old", "touch started", version))
    with pytest.raises(ToolMissing, match=r"0\.10\.1 is needed") as caught:
        bench.do(bench.chain.up())
    assert told in caught.value.detail
    assert caught.value.detail.isprintable()
    assert "0.10.1 --locked" in caught.value.hint
    assert bench.status().state is PracticeState.DOWN


def test_no_binary(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    with pytest.raises(ToolMissing, match="on this computer"):
        bench.do(bench.chain.up())
    for path in (tmp_path / "nowhere", tmp_path):
        bench.use(path)
        with pytest.raises(ToolMissing, match="at the place that is set"):
            bench.do(bench.chain.up())
    text = tmp_path / "text"
    text.write_text("no program")
    bench.use(text)
    with pytest.raises(ToolMissing, match="does not start"):
        bench.do(bench.chain.up())
    assert bench.status().state is PracticeState.DOWN


def test_a_binary_of_ones_own(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "it was me"
    bench.use(script(tmp_path / "mine", f'touch "{mark}"; exec "$real" "$@"'))
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    bench.up()
    assert mark.exists()


def test_one_that_is_another_chain(bench: Bench, tmp_path: Path) -> None:
    """It comes up, on an id on which a signature may be worth something."""
    body = (
        'exec "$real" --port 0 --chain-id TESTNET --accounts 0 --dump-on block --dump-path "$dump"'
    )
    bench.use(script(tmp_path / "mine", body))
    with pytest.raises(PracticeChainDown, match="does not answer as it should"):
        bench.do(bench.chain.up())
    assert bench.processes() == []
    assert bench.status().state is PracticeState.DOWN


def test_the_log_does_not_grow_for_ever(bench: Bench) -> None:
    up = bench.up()
    with bench.log.open("ab") as log:
        log.write(b"x" * devnet_process.LOG_MOST)
    assert bench.status() == up
    assert bench.log.stat().st_size == 0
    flags = Path(f"/proc/{up.pid}/fdinfo/1").read_text().split("flags:")[1].split()[0]
    assert int(flags, 8) & os.O_APPEND, "it goes on at the new end"
    assert bench.up() == up


def test_the_port_is_found_behind_many_words(tmp_path: Path) -> None:
    log = tmp_path / "log"
    assert devnet_process.port_in(log) is None
    log.write_text("listening on 127.0.0.1:4")
    assert devnet_process.port_in(log) is None, "the number may not be whole yet"
    log.write_text("x\n" * devnet_process.LOG_READ + "listening on 127.0.0.1:4321\n")
    assert devnet_process.port_in(log) == 4321
    log.write_text("listening on 0.0.0.0:4321\n")
    assert devnet_process.port_in(log) is None

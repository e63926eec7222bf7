"""One real devnet for all tests of this folder; practice chains of their own."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from obsqra_desktop.chain import preflight
from obsqra_desktop.domain.network import PRACTICE_CHAIN
from tests.chain.practice_bench import Bench, lean
from tests.devnet import Devnet, running

LONG_FIRST = (
    "test_agreement.py",
    "test_private_money.py",
    "test_mist_verifier.py",
    "test_practice.py",
    "test_killed.py",
    "test_practice_private.py",
    "test_market_faults.py",
    "test_cli_killed.py",
    "test_practice_market.py",
    "test_decision_verifier.py",
    "test_bad_replies.py",
    "test_cli.py",
    "test_chamber.py",
    "test_mist_notes.py",
    "test_market_proof.py",
    "test_chamber_both.py",
    "test_declare.py",
    "test_cli_contracts.py",
)
"""By measured processor time. Two workers take files in this order, so that none that takes long
is left for the end, when the other one has nothing to do."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {Path(__file__).with_name(name): place for place, name in enumerate(LONG_FIRST)}
    items.sort(key=lambda one: places.get(one.path, len(places)))


@pytest.fixture(scope="session")
def devnet() -> Iterator[Devnet]:
    """On the practice chain's id; accounts of seed 0 are funded."""
    with running("--chain-id", PRACTICE_CHAIN, "--predeclare-argent") as one:
        yield one


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """No node is called slow because this machine is; a test that wants it says so."""
    monkeypatch.setattr(preflight, "SLOW", 10**9)


@pytest.fixture
def bench(data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    """Afterwards every process in its folder is gone."""
    monkeypatch.setenv("PATH", f"{lean(tmp_path).parent}{os.pathsep}{os.environ['PATH']}")
    with asyncio.Runner() as runner:
        one = Bench(data_dir, runner)
        yield one
        one.close()


@pytest.fixture
def living() -> Iterator[int]:
    """Some process of this user that has nothing to do with it."""
    words = [sys.executable, "-S", "-c", "input()"]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as one:
        yield one.pid
        assert one.poll() is None, "it was killed"
        assert one.stdin is not None
        one.stdin.write(b"\n")

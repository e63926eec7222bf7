"""A real process that pays on a real chain is killed at each of its steps, one after the other."""

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_types import Block
from obsqra_desktop.domain.journal import TxState
from tests.chain.making import chain_of
from tests.chain.pipeline import ACCOUNT, practice, service
from tests.conftest import ROOT

pytestmark = pytest.mark.loopback
MOST_STEPS = 200


async def state_of(url: str, recipient: int) -> tuple[int, int]:
    """What the recipient has, and the account's nonce."""
    network = practice(url)
    chain = chain_of(network)
    try:
        async with chain.open(network, "test") as session:
            low, _ = await session.call(STRK.address, "balanceOf", (recipient,), Block.LATEST)
            return low, await session.nonce(ACCOUNT.address, Block.LATEST)
    finally:
        await chain.close()


async def recover(url: str, folder: Path) -> list[TxState]:
    """What a person does after a crash: look, and send the same again where it is not known."""
    network = practice(url)
    chain = chain_of(network)
    sending = service(folder, chain, network)
    states = []
    try:
        for record in sending.unsettled():
            seen = await sending.resume(record.id)
            if not seen.settled:
                seen = await sending.resume(record.id, resend=True)
            seen = await sending.track(record.id)
            states.append(seen.state)
        assert sending.unsettled() == ()
    finally:
        await chain.close()
    return states


def test_killed_at_every_step(devnet: Any, data_dir: Path) -> None:
    command = [sys.executable, "-m", "tests.chain.killed_sender", devnet.url]
    steps: list[str] = []
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        for number in range(1, MOST_STEPS):
            recipient, amount = 0xABC000 + number, 1000 + number
            folder = data_dir / str(number)
            folder.mkdir()
            _, nonce = asyncio.run(state_of(devnet.url, recipient))
            process.stdin.write(f"{number} {folder} {recipient} {amount}\n")
            process.stdin.flush()
            step = process.stdout.readline().strip()
            assert not step.startswith("error"), step
            steps.append(step)

            before, nonce_before = asyncio.run(state_of(devnet.url, recipient))
            assert before in {0, amount}
            asyncio.run(recover(devnet.url, folder))
            after, nonce_after = asyncio.run(state_of(devnet.url, recipient))
            written = list((folder / "transactions").glob("[0-9a-f]*.json"))
            assert len(written) <= 1
            assert after == (amount if written else 0), step
            assert nonce_after == nonce + len(written), step
            assert nonce_before <= nonce_after
            if step == "done":
                break
        process.stdin.close()
    assert steps[-1] == "done"
    for expected in (
        "before open",
        "after simulate",
        "step signing",
        "step writing",
        "before the temporary file",
        "after the temporary file",
        "after the rename in transactions",
        "before add",
        "after add",
        "step sending",
        "before send",
        "after send",
        "before update",
        "after update",
        "after receipt",
    ):
        assert expected in steps, expected

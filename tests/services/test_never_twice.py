"""A person who wants each payment made once, nodes that fail in every way, and kills between steps.

The person pays again only when the program says that the first time cannot have been paid. Then no
payment may ever be made twice, whatever happened in between.
"""

import asyncio
import contextlib
import itertools
import random
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_errors import AccountBusy, PlanChanged, SendUncertain
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.journal import UNPAID, TxKind, TxRecord, TxState
from obsqra_desktop.services.sending import SendingService
from obsqra_desktop.storage.journal import SpendingFile, TransactionFolder
from obsqra_desktop.storage.lock import FolderLock
from tests.services.model_chain import (
    ACCOUNT,
    Fault,
    Ledger,
    ModelChain,
    ModelCrypto,
    ModelKeys,
    ModelNetworks,
)

PAYMENTS = 3


class Killed(BaseException):
    """Stands for the end of the process."""


class KillingJournal(TransactionFolder):
    """Ends the process before or after the next write, when told to."""

    when: str | None = None

    def _ends(self, place: str) -> None:
        if self.when == place:
            self.when = None
            raise Killed

    def add(self, record: TxRecord) -> None:
        self._ends("before add")
        super().add(record)
        self._ends("after add")

    def update(self, record: TxRecord) -> None:
        self._ends("before update")
        super().update(record)
        self._ends("after update")


class World:
    """Payment number n sends n units to address 0x2000 + n, so that they can be told apart."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.story: list[str] = []
        ids = itertools.count(1)
        lock = FolderLock(folder / "lock", patience=30)
        self.journal = KillingJournal(folder, lock)
        self.ledger = Ledger()
        self.chain = ModelChain(self.ledger)
        self.service = SendingService(
            networks=ModelNetworks(),
            chain=self.chain,
            crypto=ModelCrypto(),
            keys=ModelKeys(),
            journal=self.journal,
            spending=SpendingFile(folder, lock),
            random_bytes=lambda size: next(ids).to_bytes(size, "big"),
        )

    def step(self) -> None:
        """Anything that can happen next."""
        acts = (
            self.pay,
            self.pay,
            self.resume,
            self.resume,
            self.mine,
            self.cancel,
            self.faster,
            self.mine,
            self.wait,
            self.late,
        )
        act = self.random.choice(acts)
        self.story.append(act.__name__)
        act()
        self.check()

    def run(self, work: Coroutine[Any, Any, object]) -> None:
        """What the person does; the errors that the program may answer with, or the end."""
        with contextlib.suppress(AccountBusy, PlanChanged, SendUncertain, InvalidInput, Killed):
            asyncio.run(work)

    def of(self, number: int) -> list[TxRecord]:
        return [one for one in self.journal.listing() if one.recipient == 0x2000 + number]

    def fail(self, kills: list[str | None]) -> None:
        """Choose how the next send fails, and where the process ends."""
        self.chain.fault = self.random.choice([Fault.NONE, *Fault])
        self.journal.when = self.random.choice([None, None, None, *kills])
        self.story.append(f"({self.chain.fault.name}, {self.journal.when})")

    def pay(self) -> None:
        """Unless this payment may have been made."""
        number = self.random.randint(1, PAYMENTS)
        self.story.append(str(number))
        if any(one.state not in UNPAID for one in self.of(number)):
            return
        self.fail(["before add", "after add", "before update"])

        async def both() -> None:
            plan = await self.service.plan_transfer(ACCOUNT, 0x2000 + number, STRK, number)
            if self.random.random() < 0.3:
                self.ledger.mine()
            await self.service.send(plan)

        self.run(both())

    def resume(self) -> None:
        records = self.journal.listing()
        if records:
            self.fail(["before update", "after update"])
            resend = self.random.random() < 0.5
            self.run(self.service.resume(self.random.choice(records).id, resend))

    def cancel(self) -> None:
        records = [one for one in self.journal.listing() if not one.settled]
        if records:
            self.fail([])

            async def both() -> None:
                record = self.random.choice(records)
                await self.service.send(await self.service.plan_cancel(record, ACCOUNT))

            self.run(both())

    def faster(self) -> None:
        records = [one for one in self.journal.listing() if not one.settled]
        if records:
            self.fail(["before add", "after add", "before update"])

            async def both() -> None:
                record = self.random.choice(records)
                await self.service.send(await self.service.plan_faster(record, ACCOUNT))

            self.run(both())

    def mine(self) -> None:
        self.ledger.mine()

    def wait(self) -> None:
        self.ledger.pass_time(self.random.choice([30, 200, 301, 421, 1000]))

    def late(self) -> None:
        """A node that kept what it had refused passes it on after all."""
        for record in self.journal.listing():
            if record.signed.hash in self.ledger.sent and record.state in {
                TxState.REFUSED,
                TxState.EXPIRED,
            }:
                self.ledger.take(record.signed)

    def check(self) -> None:
        self.journal.when = None
        records = self.journal.listing()
        for number in range(1, PAYMENTS + 1):
            paid = sum(
                one.transaction.calls[0].calldata[0] == 0x2000 + number
                for one, _ in self.ledger.executed.values()
            )
            assert paid <= 1, f"payment {number} was made {paid} times: {self.story}"
        unknown = set(self.ledger.sent) - {one.signed.hash for one in records}
        assert not unknown, f"sent and not written down: {self.story}"
        for record in records:
            if record.state in {TxState.ACCEPTED_L2, TxState.ACCEPTED_L1}:
                assert record.signed.hash in self.ledger.executed, self.story
                assert record.receipt is not None
            assert record.kind is not TxKind.CANCEL or record.spends == ()


@pytest.mark.parametrize("seed", range(6))
def test_no_payment_is_made_twice(tmp_path: Path, seed: int) -> None:
    executed = 0
    for walk in range(8):
        folder = tmp_path / str(walk)
        folder.mkdir()
        world = World(folder, seed * 1000 + walk)
        for _ in range(90):
            world.step()
        executed += len(world.ledger.executed)
    assert executed > 12, "the walks have to pay something"

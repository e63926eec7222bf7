"""Planning and sending over a chain in memory: each way to fail, and what is left afterwards."""

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.amounts import ETH, STRK
from obsqra_desktop.domain.chain_errors import (
    AccountBusy,
    NodesDisagree,
    NodeUnreachable,
    NotEnough,
    OverCap,
    PlanChanged,
    SendUncertain,
    VaultLocked,
    WatchOnly,
    WouldFail,
)
from obsqra_desktop.domain.errors import AppError, InvalidInput
from obsqra_desktop.domain.journal import TxRecord, TxState
from obsqra_desktop.domain.network import Network
from obsqra_desktop.domain.spending import NetworkCaps, TokenCaps
from obsqra_desktop.domain.transaction import Transfer
from obsqra_desktop.services.sending import SendingService, SendStep
from obsqra_desktop.storage.journal import SpendingFile, TransactionFolder
from obsqra_desktop.storage.lock import FolderLock
from tests.services.model_chain import (
    ACCOUNT,
    FEE,
    NETWORK,
    Fault,
    Ledger,
    ModelChain,
    ModelCrypto,
    ModelKeys,
    ModelNetworks,
)

FRIEND = 0xF00D
ONE = 10**18


class Setting:
    """A service over a fresh folder and a fresh chain."""

    def __init__(self, folder: Path) -> None:
        lock = FolderLock(folder / "lock", patience=30)
        self.folder = folder
        self.journal = TransactionFolder(folder, lock)
        self.ledger = Ledger()
        self.chain = ModelChain(self.ledger)
        self.keys = ModelKeys()
        self.networks = ModelNetworks()
        self.pauses = 0
        ids = itertools.count(1)

        async def pause(seconds: float) -> None:
            self.pauses += 1
            self.ledger.mine()

        self.service = SendingService(
            networks=self.networks,
            chain=self.chain,
            crypto=ModelCrypto(),
            keys=self.keys,
            journal=self.journal,
            spending=SpendingFile(folder, lock),
            random_bytes=lambda size: next(ids).to_bytes(size, "big"),
            pause=pause,
        )

    def pay(
        self, amount: int = ONE, progress: Callable[[SendStep], None] = lambda _step: None
    ) -> TxRecord:
        async def both() -> TxRecord:
            plan = await self.service.plan_transfer(ACCOUNT, FRIEND, STRK, amount)
            return await self.service.send(plan, progress)

        return asyncio.run(both())

    def refused(self, kind: type[AppError], amount: int = ONE) -> AppError:
        """The payment must fail with that error, and nothing may have been sent or kept."""
        with pytest.raises(kind) as caught:
            self.pay(amount)
        assert self.ledger.sent == []
        assert self.journal.listing() == ()
        assert caught.value.detail.endswith(".")
        return caught.value


@pytest.fixture
def setting(data_dir: Path) -> Setting:
    return Setting(data_dir)


def test_a_payment_from_plan_to_receipt(setting: Setting) -> None:
    steps: list[SendStep] = []
    record = setting.pay(progress=steps.append)
    assert steps == list(SendStep)
    assert record.state is TxState.RECEIVED
    assert record.title == "Send 1 STRK to 0x000000…00f00d on Model"
    seen: list[TxState] = []
    record = asyncio.run(setting.service.track(record.id, lambda one: seen.append(one.state)))
    assert seen == [TxState.ACCEPTED_L2]
    assert record.receipt is not None
    assert record.receipt.actual_fee == FEE
    assert setting.pauses == 1
    assert setting.ledger.balances[FRIEND] == ONE
    assert setting.journal.listing() == (record,)


def test_the_plan_says_what_would_happen(setting: Setting) -> None:
    setting.networks.network = NETWORK.model_copy(update={"cross_check": True})
    plan = asyncio.run(setting.service.plan_transfer(ACCOUNT, FRIEND, STRK, ONE, "Friend"))
    assert plan.title == "Send 1 STRK to Friend on Model"
    assert [(one.token.symbol, one.amount) for one in plan.changes] == [("STRK", -ONE)]
    assert plan.likely_fee == FEE
    assert plan.max_fee == FEE * 18 // 10
    assert plan.checked_with == "second:1"
    assert plan.warnings == ()
    words = dict(plan.calls[0].arguments)
    assert plan.calls[0].entry_point == "transfer"
    assert words["amount"] == "1 STRK"
    assert setting.ledger.sent == []
    assert setting.journal.listing() == ()


def test_more_than_there_is(setting: Setting) -> None:
    have = setting.ledger.balances[ACCOUNT.address]
    setting.refused(NotEnough, have)
    setting.refused(NotEnough, have - FEE)  # the likely fee is there, the highest is not
    amount = asyncio.run(setting.service.most(ACCOUNT, FRIEND, STRK))
    assert have - 3 * FEE < amount < have - FEE
    assert setting.pay(amount).state is TxState.RECEIVED


@pytest.mark.parametrize("amount", [0, -1])
def test_nothing_is_no_payment(setting: Setting, amount: int) -> None:
    setting.refused(InvalidInput, amount)


def test_a_watched_address_sends_nothing(setting: Setting) -> None:
    watched = ACCOUNT.model_copy(update={"public_key": None})
    with pytest.raises(WatchOnly):
        asyncio.run(setting.service.plan_transfer(watched, FRIEND, STRK, ONE))
    assert setting.keys.asked == 0


def test_an_account_that_is_not_deployed(setting: Setting) -> None:
    other = ACCOUNT.model_copy(update={"address": 0x2222})
    with pytest.raises(InvalidInput, match="not deployed"):
        asyncio.run(setting.service.plan_transfer(other, FRIEND, STRK, ONE))


def test_a_simulation_that_takes_more(setting: Setting) -> None:
    mine, other = ACCOUNT.address, 0xBAD
    for extra in (
        Transfer(token=STRK.address, sender=mine, recipient=other, amount=1),
        Transfer(token=ETH.address, sender=mine, recipient=other, amount=1),
    ):
        setting.chain.extra = (extra,)
        error = setting.refused(WouldFail)
        assert "would take" in error.detail
    setting.chain.extra = (Transfer(token=STRK.address, sender=other, recipient=mine, amount=ONE),)
    assert "simulation moves" in setting.refused(WouldFail).detail


def test_limits_of_the_user(setting: Setting) -> None:
    service = setting.service
    service.set_caps(NetworkCaps(network="model", max_fee=FEE))
    assert "fee" in setting.refused(OverCap).detail
    caps = NetworkCaps(
        network="model",
        tokens=(TokenCaps(token=STRK.address, per_transaction=2 * ONE, per_day=3 * ONE),),
    )
    service.set_caps(caps)
    assert service.caps(NETWORK) == caps
    setting.refused(OverCap, 2 * ONE)  # with the fee it is more
    setting.pay(ONE)
    setting.ledger.mine()
    asyncio.run(service.resume(setting.journal.listing()[0].id))
    setting.pay(ONE)
    setting.ledger.mine()
    asyncio.run(service.resume(setting.journal.listing()[0].id))
    with pytest.raises(OverCap, match="24 hours"):
        setting.pay(ONE)
    setting.ledger.pass_time(86_401)
    assert setting.pay(ONE).state is TxState.RECEIVED


def test_a_damaged_file_of_limits_stops_sending(setting: Setting) -> None:
    (setting.folder / "spending.json").write_bytes(
        b'{"schema": "obsqra/spending/1", "networks": 1}'
    )
    with pytest.raises(AppError, match=r"spending\.json"):
        setting.pay()
    assert setting.ledger.sent == []


@pytest.mark.parametrize("change", ["price", "nonce", "effects", "chain"])
def test_what_was_confirmed_must_still_hold(setting: Setting, change: str) -> None:
    plan = asyncio.run(setting.service.plan_transfer(ACCOUNT, FRIEND, STRK, ONE))
    if change == "price":
        setting.ledger.price = setting.ledger.price * 16 // 10
    elif change == "nonce":
        setting.ledger.nonces[ACCOUNT.address] = 5
    elif change == "effects":
        setting.chain.extra = (
            Transfer(token=ETH.address, sender=0xBAD, recipient=ACCOUNT.address, amount=1),
        )
    else:
        setting.networks.network = NETWORK.model_copy(update={"chain_id": "OTHER"})
    with pytest.raises(PlanChanged):
        asyncio.run(setting.service.send(plan))
    assert setting.ledger.sent == []
    assert setting.journal.listing() == ()


def test_a_rise_within_the_bounds_is_no_change(setting: Setting) -> None:
    plan = asyncio.run(setting.service.plan_transfer(ACCOUNT, FRIEND, STRK, ONE))
    setting.ledger.price = setting.ledger.price * 14 // 10
    assert asyncio.run(setting.service.send(plan)).state is TxState.RECEIVED


def test_second_node(setting: Setting) -> None:
    setting.networks.network = NETWORK.model_copy(update={"cross_check": True})
    setting.chain.second_node = NodesDisagree("They tell different balances.")
    setting.refused(NodesDisagree)
    setting.chain.second_node = NodeUnreachable("There is only one.")
    plan = asyncio.run(setting.service.plan_transfer(ACCOUNT, FRIEND, STRK, ONE))
    assert plan.checked_with is None
    assert "only one" in plan.warnings[0]


def test_locked_keys(setting: Setting) -> None:
    async def locked(account: Account) -> int:
        raise VaultLocked("The vault is locked.")

    setting.keys.private_key = locked  # type: ignore[method-assign]
    setting.refused(VaultLocked)


@pytest.mark.parametrize("fault", [Fault.LOST, Fault.CUT, Fault.STRANGE])
def test_an_open_outcome_is_said_and_settled_later(setting: Setting, fault: Fault) -> None:
    setting.chain.fault = fault
    with pytest.raises(SendUncertain, match="cannot pay twice"):
        setting.pay()
    (record,) = setting.service.unsettled()
    assert record.state is TxState.SIGNED
    with pytest.raises(AccountBusy):
        setting.pay()
    record = asyncio.run(setting.service.resume(record.id, resend=True))
    assert record.state is TxState.RECEIVED
    setting.ledger.mine()
    record = asyncio.run(setting.service.resume(record.id))
    assert record.state is TxState.ACCEPTED_L2
    assert setting.ledger.balances[FRIEND] == ONE
    assert setting.keys.asked == 3  # two simulations and one signature: none for resuming
    assert setting.service.unsettled() == ()


def test_looking_alone_sends_nothing(setting: Setting) -> None:
    setting.chain.fault = Fault.LOST
    with pytest.raises(SendUncertain):
        setting.pay()
    (record,) = setting.service.unsettled()
    sent = len(setting.ledger.sent)
    assert asyncio.run(setting.service.resume(record.id)).state is TxState.SIGNED
    assert len(setting.ledger.sent) == sent


def test_refused_means_that_the_next_may_go(setting: Setting) -> None:
    setting.chain.fault = Fault.REFUSED
    record = setting.pay()
    assert record.state is TxState.REFUSED
    assert setting.pay().state is TxState.RECEIVED
    setting.ledger.mine()
    assert setting.ledger.balances[FRIEND] == ONE


def test_refused_and_passed_on_all_the_same(setting: Setting) -> None:
    setting.chain.fault = Fault.REFUSED_YET_TAKEN
    record = setting.pay()
    assert record.state is TxState.REFUSED
    setting.ledger.mine()
    with pytest.raises(PlanChanged, match="went through after all"):
        setting.pay()
    assert setting.journal.find(record.id).state is TxState.ACCEPTED_L2
    assert setting.ledger.balances[FRIEND] == ONE


def test_expired_only_by_the_time_of_the_chain(setting: Setting) -> None:
    setting.chain.fault = Fault.LOST
    with pytest.raises(SendUncertain):
        setting.pay()
    (record,) = setting.service.unsettled()
    setting.ledger.pass_time(420)
    assert asyncio.run(setting.service.resume(record.id)).state is TxState.SIGNED
    setting.ledger.pass_time(1)
    assert asyncio.run(setting.service.resume(record.id)).state is TxState.EXPIRED
    assert setting.pay().state is TxState.RECEIVED


def test_cancel(setting: Setting) -> None:
    first = setting.pay()
    plan = asyncio.run(setting.service.plan_cancel(first, ACCOUNT))
    old, new = first.signed.transaction.bounds, plan.transaction.bounds
    assert new.l2_gas.max_price * 10 >= old.l2_gas.max_price * 11
    assert plan.transaction.nonce == first.signed.transaction.nonce
    assert plan.changes == ()
    setting.ledger.waiting.clear()
    second = asyncio.run(setting.service.send(plan))
    setting.ledger.mine()
    assert asyncio.run(setting.service.resume(second.id)).state is TxState.ACCEPTED_L2
    assert setting.journal.find(first.id).state is TxState.REPLACED
    assert setting.ledger.balances.get(FRIEND, 0) == 0
    with pytest.raises(InvalidInput):
        asyncio.run(setting.service.plan_cancel(setting.journal.find(first.id), ACCOUNT))


def test_cancel_comes_too_late(setting: Setting) -> None:
    first = setting.pay()
    plan = asyncio.run(setting.service.plan_cancel(first, ACCOUNT))
    setting.ledger.mine()
    with pytest.raises(PlanChanged):
        asyncio.run(setting.service.send(plan))
    assert setting.ledger.balances[FRIEND] == ONE


def test_the_same_for_more_in_its_place(setting: Setting) -> None:
    first = setting.pay()
    with pytest.raises(AccountBusy):
        setting.pay()
    plan = asyncio.run(setting.service.plan_faster(first, ACCOUNT))
    assert (plan.title, plan.kind, plan.recipient) == (first.title, first.kind, FRIEND)
    assert [(one.token, one.amount) for one in plan.changes] == [(STRK, -ONE)]
    second = asyncio.run(setting.service.send(plan))
    assert second.replaces == first.id
    assert second.signed.hash != first.signed.hash
    third = asyncio.run(
        setting.service.send(asyncio.run(setting.service.plan_faster(first, ACCOUNT)))
    )
    prices = [one.signed.transaction.bounds.l2_gas.max_price for one in (first, second, third)]
    assert prices[1] * 10 >= prices[0] * 11
    assert prices[2] * 10 >= prices[1] * 11, "dearer than all that wait, not than the oldest only"
    assert {one.signed.transaction.nonce for one in (first, second, third)} == {0}
    setting.ledger.mine()
    assert setting.ledger.balances[FRIEND] == ONE, "of three with one nonce one is paid"
    for record in (first, second, third):
        asyncio.run(setting.service.resume(record.id))
    states = [setting.journal.find(one.id).state for one in (first, second, third)]
    assert sorted(states) == sorted([TxState.ACCEPTED_L2, TxState.REPLACED, TxState.REPLACED])
    with pytest.raises(InvalidInput):
        asyncio.run(setting.service.plan_faster(setting.journal.find(first.id), ACCOUNT))
    other = ACCOUNT.model_copy(update={"id": "ba9876543210"})
    with pytest.raises(InvalidInput):
        asyncio.run(setting.service.plan_faster(second, other))


def test_a_replacement_is_not_counted_twice(setting: Setting) -> None:
    day = TokenCaps(token=STRK.address, per_day=ONE + ONE // 2)
    setting.service.set_caps(NetworkCaps(network=NETWORK.id, tokens=(day,)))
    first = setting.pay()
    asyncio.run(setting.service.send(asyncio.run(setting.service.plan_faster(first, ACCOUNT))))
    cancel = asyncio.run(setting.service.plan_cancel(first, ACCOUNT))
    asyncio.run(setting.service.send(cancel))
    setting.ledger.mine()
    assert setting.ledger.nonces[ACCOUNT.address] == 1


def test_two_at_once_from_one_account(setting: Setting) -> None:
    async def both() -> list[TxRecord | BaseException]:
        plans = [await setting.service.plan_transfer(ACCOUNT, FRIEND, STRK, ONE) for _ in range(2)]
        return await asyncio.gather(
            *(setting.service.send(one) for one in plans), return_exceptions=True
        )

    results = asyncio.run(both())
    assert sum(isinstance(one, TxRecord) for one in results) == 1
    assert sum(isinstance(one, AccountBusy | PlanChanged) for one in results) == 1
    assert len(setting.ledger.sent) == 1


def test_a_full_disk_before_sending_sends_nothing(
    setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    from obsqra_desktop.storage import files

    plan = asyncio.run(setting.service.plan_transfer(ACCOUNT, FRIEND, STRK, ONE))

    def full(path: Path, data: bytes, mode: int = 0) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "write_new", full)
    with pytest.raises(files.DiskFull):
        asyncio.run(setting.service.send(plan))
    monkeypatch.undo()
    assert setting.ledger.sent == []
    assert setting.journal.listing() == ()
    assert setting.pay().state is TxState.RECEIVED


def test_a_full_disk_after_sending_loses_nothing(
    setting: Setting, monkeypatch: pytest.MonkeyPatch
) -> None:
    from obsqra_desktop.storage import files

    real, writes = files.write_new, itertools.count()

    def full_later(path: Path, data: bytes, mode: int = 0o600) -> None:
        if next(writes):
            raise OSError(28, "No space left on device")
        real(path, data, mode)

    plan = asyncio.run(setting.service.plan_transfer(ACCOUNT, FRIEND, STRK, ONE))
    monkeypatch.setattr(files, "write_new", full_later)
    with pytest.raises(SendUncertain):
        asyncio.run(setting.service.send(plan))
    monkeypatch.undo()
    (record,) = setting.service.unsettled()
    assert record.state is TxState.SIGNED
    setting.ledger.mine()
    assert asyncio.run(setting.service.resume(record.id)).state is TxState.ACCEPTED_L2
    assert setting.ledger.balances[FRIEND] == ONE


async def pay_until_cancelled(setting: Setting, number: int) -> None:
    """Plan, send and follow; cancelled at the n-th wait for the network."""
    task = asyncio.current_task()
    assert task is not None
    left = itertools.count(1)

    def bomb() -> None:
        if next(left) == number:
            task.cancel()

    setting.chain.on_call = bomb
    plan = await setting.service.plan_transfer(ACCOUNT, FRIEND, STRK, ONE)
    record = await setting.service.send(plan)
    await setting.service.track(record.id)


def test_cancelled_at_every_step(data_dir: Path) -> None:
    cancelled = 0
    for number in range(1, 60):
        folder = data_dir / str(number)
        folder.mkdir()
        setting = Setting(folder)
        try:
            asyncio.run(pay_until_cancelled(setting, number))
        except asyncio.CancelledError:
            cancelled += 1
        setting.chain.on_call = None
        for record in setting.service.unsettled():
            asyncio.run(setting.service.resume(record.id, resend=True))
            setting.ledger.mine()
            asyncio.run(setting.service.resume(record.id))
        assert setting.service.unsettled() == ()
        paid = setting.ledger.balances.get(FRIEND, 0)
        assert paid == (ONE if setting.journal.listing() else 0)
        if cancelled < number:
            break
    assert 15 < cancelled < 59


def test_the_title_of_a_plan_is_bound(setting: Setting) -> None:
    plan = asyncio.run(setting.service.plan_transfer(ACCOUNT, FRIEND, STRK, ONE))
    elsewhere = replace(plan, network=Network(**{**dict(NETWORK), "chain_id": "ELSEWHERE"}))
    with pytest.raises(PlanChanged):
        asyncio.run(setting.service.send(elsewhere))

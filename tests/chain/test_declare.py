"""A class is declared by the one pipeline, over a real devnet."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.domain.chain_errors import (
    NetworkTooOld,
    NodeRefused,
    NodeUnfit,
    OverLimit,
    WouldFail,
)
from obsqra_desktop.domain.contracts import ContractFacts
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.journal import TxKind, TxState
from obsqra_desktop.domain.transaction import Declare
from obsqra_desktop.services.plans import Plan
from obsqra_desktop.services.sending import SendingService
from obsqra_desktop.storage.contracts import ContractClasses
from tests.chain.fault_proxy import changed, proxy_of
from tests.chain.making import chain_of
from tests.chain.pipeline import ACCOUNT, practice, service
from tests.devnet import Devnet, running

pytestmark = pytest.mark.loopback


def verifier() -> ContractFacts:
    return ContractClasses(Path("unused")).load("DecisionVerifier")[0]


def run(data_dir: Path, devnet: Devnet, work: Any) -> Any:
    """`work` with the pipeline and a session-opening chain."""
    network = practice(devnet.url)
    classes = ContractClasses(data_dir)

    async def whole() -> Any:
        chain = chain_of(network, classes=classes)
        try:
            return await work(service(data_dir, chain, network, classes=classes), chain, network)
        finally:
            await chain.close()

    return asyncio.run(whole())


def test_declared_once_and_known_afterwards(data_dir: Path, devnet_of_its_own: Devnet) -> None:
    async def work(sending: SendingService, chain: Any, network: Any) -> None:
        entry = verifier()
        async with chain.open(network, "a test") as session:
            assert not await session.class_known(entry.class_hash)
        plan: Plan = await sending.plan_declare(ACCOUNT, entry)
        assert plan.kind is TxKind.DECLARE
        assert isinstance(plan.transaction, Declare)
        assert plan.calls[0].arguments[0] == ("class", hex(entry.class_hash))
        assert plan.changes == ()
        assert 0 < plan.likely_fee <= plan.max_fee
        record = await sending.send(plan)
        record = await sending.track(record.id)
        assert record.state is TxState.ACCEPTED_L2
        assert record.receipt is not None
        assert record.receipt.actual_fee <= plan.max_fee
        async with chain.open(network, "a test") as session:
            assert await session.class_known(entry.class_hash)
        with pytest.raises(InvalidInput, match="declared on this network already"):
            await sending.plan_declare(ACCOUNT, entry)
        kept = data_dir / "classes" / f"{hex(entry.class_hash)}.json.gz"
        assert kept.is_file(), "the same bytes can be sent after an update too"
        again = await sending.resume(record.id, resend=True)
        assert again.state is TxState.ACCEPTED_L2

    run(data_dir, devnet_of_its_own, work)


def test_the_same_bytes_are_sent_again_from_the_journal(
    data_dir: Path, devnet_of_its_own: Devnet
) -> None:
    """Written down, never sent: resuming reads the class again and sends what was signed."""

    async def work(sending: SendingService, chain: Any, network: Any) -> None:
        plan = await sending.plan_declare(ACCOUNT, verifier())

        class Stopped(Exception):  # noqa: N818
            pass

        def stop(step: Any) -> None:
            if step.value == "sending":
                raise Stopped

        with pytest.raises(Stopped):
            await sending.send(plan, stop)
        (record,) = sending.unsettled()
        assert record.state is TxState.SIGNED
        await sending.resume(record.id, resend=True)
        done = await sending.track(record.id)
        assert done.state is TxState.ACCEPTED_L2
        with pytest.raises(InvalidInput):
            await sending.plan_cancel(record.model_copy(), ACCOUNT)

    run(data_dir, devnet_of_its_own, work)


def test_another_compiled_class_than_the_networks_is_told_before_paying(
    data_dir: Path, devnet_of_its_own: Devnet
) -> None:
    """What a network with another compiler would say; nothing is signed for sending."""

    async def work(sending: SendingService, chain: Any, network: Any) -> None:
        wrong = verifier().model_copy(update={"compiled_class_hash": 5})
        with pytest.raises((NodeRefused, WouldFail)) as caught:
            await sending.plan_declare(ACCOUNT, wrong)
        assert "class hash" in str(caught.value).lower()
        huge = verifier().model_copy(update={"casm_felts": 10**6})
        with pytest.raises(OverLimit):
            await sending.plan_declare(ACCOUNT, huge)
        assert sending.unsettled() == ()

    run(data_dir, devnet_of_its_own, work)


def test_an_older_network_is_told_before_paying(data_dir: Path, devnet_of_its_own: Devnet) -> None:
    """Its newest block says which version it is; nothing is simulated, signed or written down."""

    def older(block: Any) -> Any:
        return {**block, "starknet_version": "0.14.2"}

    async def work(sending: SendingService, chain: Any, network: Any) -> None:
        with pytest.raises(NetworkTooOld) as told:
            await sending.plan_declare(ACCOUNT, verifier())
        assert "runs Starknet 0.14.2, as its newest block says" in str(told.value)
        assert "from Starknet 0.14.3 on. Nothing was signed, sent or paid." in str(told.value)
        assert sending.unsettled() == ()

    with proxy_of(devnet_of_its_own.url) as proxy:
        proxy.faults["starknet_getBlockWithTxHashes"] = changed(older)
        run(data_dir, Devnet(proxy.url, devnet_of_its_own.process), work)
        paid = ("starknet_simulateTransactions", "starknet_addDeclareTransaction")
        assert not set(paid) & set(proxy.requests)
        proxy.faults.clear()
        run(data_dir, Devnet(proxy.url, devnet_of_its_own.process), planned)


async def planned(sending: SendingService, chain: Any, network: Any) -> None:
    """The same network as it is takes it."""
    assert (await sending.plan_declare(ACCOUNT, verifier())).likely_fee > 0


def test_an_older_interface_is_told_before_paying(
    data_dir: Path, devnet_of_its_own: Devnet
) -> None:
    async def work(sending: SendingService, chain: Any, network: Any) -> None:
        with pytest.raises(NodeUnfit) as told:
            await sending.plan_declare(ACCOUNT, verifier())
        assert "version 0.8.1 of the interface, needed is 0.10." in str(told.value)

    with proxy_of(devnet_of_its_own.url) as proxy:
        proxy.faults["starknet_specVersion"] = changed(lambda _: "0.8.1")
        run(data_dir, Devnet(proxy.url, devnet_of_its_own.process), work)
        assert not {one for one in proxy.requests if "Declare" in one or "simulate" in one}


@pytest.fixture
def devnet_of_its_own() -> Any:
    """A class is declared once on a chain."""
    with running("--chain-id", "OBSQRA_PRACTICE") as one:
        yield one

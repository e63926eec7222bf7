"""Every question that a payment asks is answered wrongly in every way, by a proxy before a devnet.

Each time there is a typed error, and afterwards the payment is settled exactly once.
"""

import asyncio
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_errors import (
    NodeAnswerInvalid,
    NodeRefused,
    NodeUnfit,
    NodeUnreachable,
    OverCap,
    OverLimit,
    SendUncertain,
    WouldFail,
    WrongChain,
)
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.journal import TxState
from obsqra_desktop.services.sending import SendStep
from tests.chain.fault_proxy import GARBAGE, Fault, Server, changed, error, proxy_of
from tests.chain.making import chain_of
from tests.chain.pipeline import ACCOUNT, practice, service
from tests.devnet import PATIENCE, Devnet

pytestmark = pytest.mark.loopback
RECIPIENTS = itertools.count(0x5EED_0000)
READS = (
    "starknet_chainId",
    "starknet_specVersion",
    "starknet_getBlockWithTxHashes",
    "starknet_getNonce",
    "starknet_getClassHashAt",
    "starknet_call",
    "starknet_simulateTransactions",
)
SEND = "starknet_addInvokeTransaction"
FOLLOWING = ("starknet_getTransactionStatus", "starknet_getTransactionReceipt")
SHORT = 0.4
"""Seconds, where an answer that never comes is waited for."""
ROUGH = ("cut", "reset after", "html", "429", "twice", "null", "text", "array", "hostile error")
SLOW = {"silence", "drip"}
"""Three attempts that each wait: asked for one question only."""


@pytest.fixture(scope="module")
def proxy(devnet: Devnet) -> Iterator[Server]:
    with proxy_of(devnet.url) as server:
        yield server


class Payment:
    """One unit to a fresh address, through the proxy."""

    def __init__(self, proxy: Server, folder: Path) -> None:
        self.proxy, self.folder, self.recipient = proxy, folder, next(RECIPIENTS)
        self.hurried_from: SendStep | None = None
        """From when on nothing is waited for longer than `SHORT`: what comes before must come."""
        proxy.faults.clear()
        proxy.requests.clear()
        proxy.forwarded.clear()

    async def _with(self, work: Any) -> Any:
        network = practice(self.proxy.url)
        chain = chain_of(network, timeout=PATIENCE, pause=at_once)
        try:
            return await work(chain, service(self.folder, chain, network))
        finally:
            await chain.close()

    def pay(self) -> Any:
        async def work(chain: Any, sending: Any) -> Any:
            def progress(step: SendStep) -> None:
                if step is self.hurried_from:
                    chain._rpc._timeout = SHORT

            progress(SendStep.CHECKING)
            plan = await sending.plan_transfer(ACCOUNT, self.recipient, STRK, 1)
            record = await sending.send(plan, progress)
            return await sending.track(record.id) if not record.settled else record

        return asyncio.run(self._with(work))

    def settle(self) -> None:
        """Without faults: look, send the same again where it is not known, follow."""
        self.proxy.faults.clear()

        async def work(chain: Any, sending: Any) -> int:
            for record in sending.unsettled():
                seen = await sending.resume(record.id, resend=True)
                if not seen.settled:
                    await sending.track(record.id)
            assert sending.unsettled() == ()
            async with chain.open(practice(self.proxy.url), "test") as session:
                low, high = await session.call(STRK.address, "balanceOf", (self.recipient,))
            assert high == 0
            return int(low)

        balance = asyncio.run(self._with(work))
        kept = [*(self.folder / "transactions").glob("[0-9a-f]*.json")]
        assert len(kept) <= 1
        assert balance == self.paid(kept)

    def paid(self, kept: list[Path]) -> int:
        """One for a record that was not refused, else nothing."""
        return sum(f'"state": "{TxState.REFUSED.value}"' not in one.read_text() for one in kept)


@pytest.fixture
def payment(proxy: Server, data_dir: Path) -> Payment:
    return Payment(proxy, data_dir)


def spoiled(payment: Payment, method: str, fault: Fault) -> AppError | None:
    """Pay with this answer to that question; the error, None if it went well all the same."""
    payment.proxy.faults[method] = fault
    found: AppError | None = None
    try:
        payment.pay()
    except AppError as caught:
        found = caught
    if found is not None:
        assert found.detail
        assert len(str(found)) < 2000
        assert str(found).isprintable()
    return found


async def at_once(_seconds: float) -> None:
    """No waiting between two attempts."""


@pytest.mark.parametrize("name", [one for one in GARBAGE if one not in SLOW])
def test_garbage_before_sending_sends_nothing(payment: Payment, name: str) -> None:
    """All questions that come before: a new one each time, as far as the program gets."""
    for method in READS:
        payment.proxy.forwarded.clear()
        caught = spoiled(payment, method, GARBAGE[name])
        known = (NodeUnreachable, NodeAnswerInvalid, NodeRefused, NodeUnfit, WrongChain)
        assert isinstance(caught, known), f"{method}: {caught}"
        assert SEND not in payment.proxy.forwarded
        assert not list((payment.folder / "transactions").glob("[0-9a-f]*.json"))
        payment.proxy.faults.clear()
    payment.settle()


@pytest.mark.parametrize("name", sorted(SLOW))
def test_slow_answers_end(payment: Payment, name: str) -> None:
    payment.hurried_from = SendStep.CHECKING
    caught = spoiled(payment, "starknet_simulateTransactions", GARBAGE[name])
    assert isinstance(caught, NodeUnreachable)
    payment.settle()


@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_while_sending_is_settled_once(payment: Payment, name: str) -> None:
    if name in SLOW:
        payment.hurried_from = SendStep.SENDING
    caught = spoiled(payment, SEND, GARBAGE[name])
    assert isinstance(caught, SendUncertain), caught
    assert payment.proxy.requests.count(SEND) == 1, "sending is never tried again by itself"
    payment.settle()


@pytest.mark.parametrize("method", FOLLOWING)
@pytest.mark.parametrize("name", ROUGH)
def test_garbage_while_following_loses_nothing(payment: Payment, method: str, name: str) -> None:
    caught = spoiled(payment, method, GARBAGE[name])
    assert isinstance(caught, NodeUnreachable | NodeAnswerInvalid | NodeRefused), caught
    assert payment.proxy.forwarded.count(SEND) == 1
    payment.settle()


# --- lies ---


def test_a_lying_chain_id(payment: Payment) -> None:
    lie = changed(lambda _: "0x534e5f4d41494e")
    assert isinstance(spoiled(payment, "starknet_chainId", lie), WrongChain)
    assert payment.proxy.forwarded == ["starknet_chainId", *payment.proxy.forwarded[1:]]
    assert "starknet_simulateTransactions" not in payment.proxy.forwarded
    payment.settle()


def fee(field: str, value: int) -> Fault:
    def change(result: Any) -> Any:
        result[0]["fee_estimation"][field] = hex(value)
        return result

    return changed(change)


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("l2_gas_price", 15 * 10**12, OverCap),
        ("l1_gas_consumed", 3 * 10**10, OverCap),
        ("l2_gas_consumed", 1_110_000_001, OverLimit),
        ("l2_gas_price", 2**130, AppError),
        ("l1_data_gas_consumed", 2**70, AppError),
    ],
)
def test_a_lying_fee(payment: Payment, field: str, value: int, kind: type[AppError]) -> None:
    caught = spoiled(payment, "starknet_simulateTransactions", fee(field, value))
    assert isinstance(caught, kind)
    assert SEND not in payment.proxy.requests
    payment.settle()


def test_a_fee_that_is_too_low_is_refused_by_the_network(payment: Payment) -> None:
    caught = spoiled(payment, "starknet_simulateTransactions", fee("l2_gas_consumed", 1))
    assert caught is None
    payment.settle()


def test_a_lying_nonce(payment: Payment) -> None:
    caught = spoiled(payment, "starknet_getNonce", changed(lambda _: "0xffff"))
    assert isinstance(caught, AppError) or caught is None
    payment.settle()


def test_a_simulation_that_moves_something_else(payment: Payment) -> None:
    def change(result: Any) -> Any:
        def walk(call: Any) -> None:
            for event in call.get("events", []):
                event["data"] = [hex(2), *event["data"][1:]]
            for inner in call.get("calls", []):
                walk(inner)

        walk(result[0]["transaction_trace"]["execute_invocation"])
        return result

    caught = spoiled(payment, "starknet_simulateTransactions", changed(change))
    assert isinstance(caught, WouldFail)
    payment.settle()


def test_another_hash(payment: Payment) -> None:
    caught = spoiled(payment, SEND, changed(lambda _: {"transaction_hash": "0x1"}))
    assert isinstance(caught, SendUncertain)
    payment.settle()


def test_a_receipt_of_another_transaction(payment: Payment) -> None:
    other = changed(lambda result: {**result, "transaction_hash": "0x1"})
    caught = spoiled(payment, "starknet_getTransactionReceipt", other)
    assert isinstance(caught, NodeAnswerInvalid)
    payment.settle()


@pytest.mark.parametrize("code", [52, 53, 54, 55, 65])
def test_a_plain_refusal(payment: Payment, code: int) -> None:
    assert spoiled(payment, SEND, error(code)) is None
    assert SEND not in payment.proxy.forwarded
    payment.settle()


@pytest.mark.parametrize("code", [63, -32603, 999])
def test_an_unclear_refusal_stays_open(payment: Payment, code: int) -> None:
    assert isinstance(spoiled(payment, SEND, error(code)), SendUncertain)
    payment.settle()


def test_unknown_fields_are_welcome(payment: Payment) -> None:
    def more(result: Any) -> Any:
        return {**result, "tomorrow": [1.5, {"x": None}]} if isinstance(result, dict) else result

    for method in (*READS, SEND, *FOLLOWING):
        payment.proxy.faults[method] = changed(more)
    assert payment.pay().state is TxState.ACCEPTED_L2
    payment.settle()

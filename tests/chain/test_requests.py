"""How one node is asked: again where that helps, once where it must be, and nothing is let out."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from obsqra_desktop.chain.starknet import StarknetChain
from obsqra_desktop.domain.amounts import STRK
from obsqra_desktop.domain.chain_errors import NodeAnswerInvalid, NodeBusy, NodeUnreachable
from obsqra_desktop.domain.chain_types import Block
from obsqra_desktop.domain.network import Endpoint
from tests.chain.clients import GONE, Program, ask
from tests.chain.fault_proxy import (
    Server,
    error,
    proxy_of,
    redirect,
    reset_before,
    said,
    silence,
)
from tests.chain.pipeline import ADDRESS, practice
from tests.devnet import Devnet

pytestmark = pytest.mark.loopback


@pytest.fixture
def first(devnet: Devnet) -> Iterator[Server]:
    """In front of the practice devnet; keeps what it was asked."""
    with proxy_of(devnet.url) as server:
        yield server


@pytest.fixture
def second(devnet: Devnet) -> Iterator[Server]:
    """Another node of the same chain."""
    with proxy_of(devnet.url) as server:
        yield server


# --- asked again ---


def after(failures: int, fault: Any) -> Any:
    """So many times the fault, then honest."""
    left = [failures]

    def play(handler: Any, body: bytes) -> None:
        left[0] -= 1
        if left[0] >= 0:
            fault(handler, body)
        else:
            handler.answer(handler.forward(body))

    return play


@pytest.mark.parametrize("fault", [reset_before, said(b"", status=503)], ids=["reset", "503"])
def test_asked_again_after_longer_and_longer_pauses(first: Server, fault: Any) -> None:
    first.faults["starknet_chainId"] = after(2, fault)
    program = Program()
    assert int(ask(program, first.url), 16) == practice().chain
    assert len(first.requests) == 3
    assert len(first.forwarded) == 1
    one, two = program.pauses
    assert 0.25 <= one <= 0.5 <= two <= 1.0
    first.faults["starknet_chainId"] = after(4, fault)
    ask(program, first.url, attempts=5)
    three, four = program.pauses[4:]
    assert 1 <= three <= 2 <= four <= 4


def test_not_asked_for_ever(first: Server) -> None:
    first.faults["starknet_chainId"] = reset_before
    program = Program()
    with pytest.raises(NodeUnreachable):
        ask(program, first.url)
    assert len(first.requests) == 3
    assert len(program.pauses) == 2


def test_what_may_not_happen_twice_is_asked_once(first: Server) -> None:
    first.faults["starknet_chainId"] = reset_before
    program = Program()
    with pytest.raises(NodeUnreachable):
        ask(program, first.url, attempts=1)
    assert len(first.requests) == 1
    assert program.pauses == []


@pytest.mark.parametrize("fault", [error(63), said(b"{}"), redirect], ids=["error", "{}", "302"])
def test_an_answer_is_an_answer(first: Server, fault: Any) -> None:
    """Asking again would not help."""
    first.faults["starknet_chainId"] = fault
    program = Program()
    with suppress(Exception):
        ask(program, first.url)
    assert len(first.requests) == 1
    assert program.pauses == []


@pytest.mark.parametrize(("work", "seconds"), [(False, "0.1"), (True, "0.3")])
def test_what_makes_a_node_work_is_given_longer(first: Server, work: bool, seconds: str) -> None:
    first.faults["starknet_chainId"] = silence
    with pytest.raises(NodeUnreachable, match=rf"within {seconds} seconds"):
        ask(Program(timeout=0.1), first.url, attempts=1, work=work)


def test_a_busy_node_is_given_the_time_it_wants(first: Server) -> None:
    first.faults["starknet_chainId"] = after(1, said(b"", status=429, Retry_After="7"))
    program = Program()
    ask(program, first.url)
    assert program.pauses == [7.0]
    assert len(first.requests) == 2


def test_a_busy_node_is_not_waited_for_too_long(first: Server) -> None:
    first.faults["starknet_chainId"] = said(b"", status=429, Retry_After="9")
    program = Program()
    with pytest.raises(NodeBusy, match="429") as caught:
        ask(program, first.url)
    assert caught.value.retry_after == 9
    assert caught.value.retryable
    assert program.pauses == []
    assert len(first.requests) == 1


@pytest.mark.parametrize(
    "wanted", ["Wed, 21 Oct 2065 07:28:00 GMT", "-1", "1e3", "\u0661", "999999999", ""]
)
def test_a_strange_wish_is_no_wish(first: Server, wanted: str) -> None:
    raw = wanted.encode().decode("latin-1")
    first.faults["starknet_chainId"] = after(1, said(b"", status=429, Retry_After=raw))
    program = Program()
    ask(program, first.url)
    (pause,) = program.pauses
    assert 0.25 <= pause <= 0.5


# --- what goes no further ---


def test_a_redirection_is_not_followed(first: Server, second: Server) -> None:
    first.faults["starknet_chainId"] = said(b"", status=307, Location=second.url)
    with pytest.raises(NodeAnswerInvalid, match="not followed"):
        ask(Program(), first.url)
    assert second.requests == []


def test_no_cookie_is_kept(first: Server) -> None:
    seen: list[str | None] = []

    def play(handler: Any, body: bytes) -> None:
        seen.append(handler.headers.get("Cookie"))
        handler.answer(handler.forward(body), Set_Cookie="id=17; Path=/")

    first.faults["starknet_chainId"] = play
    program = Program()

    async def twice(_: Any) -> None:
        for attempts in (3, 3, 1):
            await program.rpc.call(
                Endpoint(url=first.url), "starknet_chainId", [], purpose="x", attempts=attempts
            )

    program.run(twice)
    assert seen == [None, None, None]


def test_what_the_environment_says_is_not_heard(
    first: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, GONE)
    ask(Program(), first.url)
    assert first.requests == ["starknet_chainId"]


def test_the_balance_is_read(devnet: Devnet) -> None:
    """The question of the second look, on a whole chain."""

    async def work(chain: StarknetChain) -> tuple[int, ...]:
        async with chain.open(practice(devnet.url), "balance") as session:
            return await session.call(STRK.address, "balanceOf", (ADDRESS,), Block.LATEST)

    low, high = Program().run(work)
    assert low > 0
    assert high == 0

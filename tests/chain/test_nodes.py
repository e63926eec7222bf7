"""Which node is asked, and whether it may be: over real devnets, each a process of its own."""

from collections.abc import Iterator
from typing import Any

import pytest

from obsqra_desktop.chain.starknet import StarknetChain
from obsqra_desktop.domain.chain_errors import (
    NodesDisagree,
    NodeUnfit,
    NodeUnreachable,
    Offline,
    WrongChain,
)
from obsqra_desktop.domain.chain_types import Block
from obsqra_desktop.domain.network import (
    Endpoint,
    Health,
    Network,
    NetworkKind,
    Proxy,
    Route,
    default_settings,
)
from tests.chain.clients import GONE, STARTED, Program, label, sepolia
from tests.chain.fault_proxy import Server, changed, error, proxy_of, reset_before, said
from tests.chain.pipeline import ADDRESS, practice
from tests.devnet import Devnet, running

pytestmark = pytest.mark.loopback
HEAD = "starknet_getBlockWithTxHashes"


@pytest.fixture(scope="module")
def shared() -> Iterator[Devnet]:
    """On Sepolia's chain id, with a clock that starts where the test's does."""
    with running("--chain-id", "TESTNET", "--start-time", str(STARTED)) as one:
        yield one


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


# --- preflight ---


def test_a_good_node(shared: Devnet) -> None:
    report = Program().report(sepolia(shared.url))
    assert report.health is Health.GOOD
    assert report.usable
    assert report.label == label(shared.url)
    assert report.route is Route.LOCAL
    assert (report.chain_id, report.block_number, report.archive) == ("SN_SEPOLIA", 0, True)
    assert report.spec_version == shared.ask("starknet_specVersion")
    assert report.starknet_version
    assert report.checked_at == STARTED
    head = shared.ask(HEAD, block_id="latest")
    assert report.block_timestamp == head["timestamp"]
    assert report.milliseconds is not None
    assert report.milliseconds >= 0


def test_a_node_of_another_chain(shared: Devnet, devnet: Devnet) -> None:
    program = Program()
    for network, url in ((practice(shared.url), shared.url), (sepolia(devnet.url), devnet.url)):
        report = program.report(network)
        assert report.health is Health.WRONG_CHAIN
        assert not report.usable
        assert report.chain_id != network.chain_id
        with pytest.raises(WrongChain, match="Nothing was sent") as caught:
            program.flow(network)
        assert label(url) in caught.value.detail
        assert network.chain_id in caught.value.detail


@pytest.mark.parametrize("version", ["0.9.0", "0.1.0", "0.100.0", "1.0.10", "", "x0.10.1"])
def test_a_node_of_another_version(first: Server, version: str) -> None:
    first.faults["starknet_specVersion"] = changed(lambda _: version)
    program = Program()
    report = program.report(practice(first.url))
    assert report.health is Health.UNFIT
    assert report.spec_version == version
    assert "needed is 0.10.x" in report.detail
    with pytest.raises(NodeUnfit, match="Nothing was sent"):
        program.flow(practice(first.url))
    assert "starknet_getNonce" not in first.requests


@pytest.mark.parametrize("version", ["0.10.0", "0.10.2", "0.10.99-rc.1"])
def test_every_version_of_the_line_is_taken(first: Server, version: str) -> None:
    first.faults["starknet_specVersion"] = changed(lambda _: version)
    assert Program().report(practice(first.url)).usable


@pytest.mark.parametrize(
    ("clock", "health"),
    [
        (600, Health.GOOD),
        (601, Health.BEHIND),
        (86_400, Health.BEHIND),
        (-120, Health.GOOD),
        (-121, Health.BEHIND),
    ],
)
def test_age_of_the_newest_block(shared: Devnet, clock: int, health: Health) -> None:
    block = shared.ask(HEAD, block_id="latest")["timestamp"]
    program = Program(time=block + clock)
    report = program.report(sepolia(shared.url))
    assert report.health is health
    if health is Health.BEHIND:
        assert "clock" in report.detail
        with pytest.raises(NodeUnfit):
            program.flow(sepolia(shared.url))


def test_practice_blocks_may_be_old(devnet: Devnet) -> None:
    assert Program(time=STARTED * 2).report(practice(devnet.url)).health is Health.GOOD


def test_a_chain_of_ones_own_makes_blocks_when_it_has_something_to_put_in(shared: Devnet) -> None:
    own = {"id": "mine", "name": "Mine", "kind": NetworkKind.CUSTOM, "chain_id": "OBSQRA_MINE"}
    late = Program(time=STARTED * 2)
    with running("--chain-id", "OBSQRA_MINE") as one:
        mine = Network(**own, endpoints=(Endpoint(url=one.url),))
        assert late.report(mine).health is Health.GOOD
    # A name of one's own for a chain that others share excuses nothing.
    shown = Network(**{**own, "chain_id": "SN_SEPOLIA"}, endpoints=(Endpoint(url=shared.url),))
    assert late.report(shown).health is Health.BEHIND


@pytest.mark.parametrize(("kept", "archive"), [("full", True), ("none", False)])
def test_how_far_a_node_remembers(
    kept: str, archive: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("obsqra_desktop.chain.preflight.ARCHIVE_DEPTH", 2)
    with running("--chain-id", "TESTNET", "--state-archive-capacity", kept) as one:
        for _ in range(4):
            one.ask("devnet_createBlock")
        block = one.ask(HEAD, block_id="latest")["timestamp"]
        report = Program(time=block).report(sepolia(one.url))
    assert report.health is Health.GOOD  # told, but no reason to refuse the node
    assert report.archive is archive


def test_unknown_is_not_said_to_be_forgotten(first: Server) -> None:
    first.faults["starknet_getNonce"] = said(b"", status=500)
    report = Program().report(practice(first.url))
    assert report.health is Health.GOOD
    assert report.archive is None


def test_a_slow_node(first: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("obsqra_desktop.chain.preflight.SLOW", -1)
    report = Program().report(practice(first.url))
    assert report.health is Health.SLOW
    assert report.usable


def test_a_node_that_is_not_there() -> None:
    program = Program()
    report = program.report(practice(GONE))
    assert report.health is Health.UNREACHABLE
    assert not report.usable
    with pytest.raises(NodeUnreachable, match="Nothing was sent"):
        program.flow(practice(GONE))


@pytest.mark.parametrize("question", ["starknet_chainId", "starknet_specVersion", HEAD])
@pytest.mark.parametrize("answer", [changed(lambda _: 5), error(63)], ids=["number", "error"])
def test_a_node_that_answers_nonsense(first: Server, question: str, answer: Any) -> None:
    first.faults[question] = answer
    report = Program().report(practice(first.url))
    assert report.health is Health.UNFIT
    assert report.detail


def test_all_nodes_are_shown_in_their_order(devnet: Devnet, shared: Devnet) -> None:
    network = practice(GONE, devnet.url, shared.url)
    program = Program()
    assert [one.health for one in program.chain.last_reports(network)] == [Health.UNKNOWN] * 3
    expected = [Health.UNREACHABLE, Health.GOOD, Health.WRONG_CHAIN]
    assert [one.health for one in program.check(network)] == expected
    assert [one.health for one in program.chain.last_reports(network)] == expected
    assert [one.label for one in program.chain.last_reports(network)] == [
        label(url) for url in (GONE, devnet.url, shared.url)
    ]


def test_a_network_without_nodes_asks_nobody() -> None:
    program = Program()
    for work in (program.check, program.flow):
        with pytest.raises(Offline, match="No node is set"):
            work(practice())
    assert program.run(lambda chain: chain.glance(practice())) == ()
    assert program.chain.connections() == ()


# --- fail-over ---


def test_the_first_node_is_asked_first_and_alone(first: Server, second: Server) -> None:
    assert Program().flow(practice(first.url, second.url)) == label(first.url)
    assert first.requests
    assert not second.requests


def test_the_next_flow_takes_the_second_node(first: Server, second: Server) -> None:
    program, network = Program(), practice(first.url, second.url)
    assert program.flow(network) == label(first.url)
    for method in ("starknet_chainId", "starknet_getNonce"):
        first.faults[method] = reset_before
    with pytest.raises(NodeUnreachable):
        program.flow(network)
    assert not second.requests
    assert program.flow(network) == label(second.url)
    first.faults.clear()
    assert program.flow(network) == label(first.url)


@pytest.mark.parametrize(
    "fault",
    [
        changed(lambda _: "0x534e5f4d41494e"),
        changed(lambda _: None),
        said(b"", status=500),
        said(b"busy", status=429, Retry_After="3600"),
        error(63),
    ],
    ids=["wrong chain", "null", "500", "429", "error"],
)
def test_an_unfit_first_node_is_passed_over(first: Server, second: Server, fault: Any) -> None:
    first.faults["starknet_chainId"] = fault
    assert Program().flow(practice(first.url, second.url)) == label(second.url)
    assert "starknet_getNonce" not in first.requests


def test_an_open_flow_never_moves(second: Server) -> None:
    """Its node is killed between two questions; the other node is not asked anything."""
    program = Program()
    with running("--chain-id", "OBSQRA_PRACTICE") as mortal:
        network = practice(mortal.url, second.url)

        async def work(chain: StarknetChain) -> None:
            async with chain.open(network, "a flow") as session:
                await session.nonce(ADDRESS, Block.LATEST)
                mortal.process.kill()
                mortal.process.wait()
                for _ in range(2):
                    with pytest.raises(NodeUnreachable) as caught:
                        await session.nonce(ADDRESS, Block.LATEST)
                    assert label(mortal.url) in caught.value.detail
                assert session.node == label(mortal.url)
                await session.nonce(ADDRESS, Block.LATEST)

        with pytest.raises(NodeUnreachable):
            program.run(work)
        assert second.requests == []
        assert program.flow(network) == label(second.url)


def test_a_good_look_is_believed_for_a_minute(first: Server) -> None:
    program, network = Program(), practice(first.url)
    program.flow(network)
    looked = first.requests.count("starknet_chainId")
    program.time += 59
    program.flow(network)
    assert first.requests.count("starknet_chainId") == looked == 1
    program.time += 1
    program.flow(network)
    program.time -= 3600  # the clock was set back
    program.flow(network)
    assert first.requests.count("starknet_chainId") == 3


def test_all_nodes_are_dead(first: Server) -> None:
    first.faults["starknet_chainId"] = error(63)
    with pytest.raises(NodeUnreachable) as caught:
        Program().flow(practice(GONE, first.url))
    for url in (GONE, first.url):
        assert label(url) in caught.value.detail


# --- a second look ---


def second_look(program: Program, network: Network) -> str:
    """What the chain says to: is the first node believed?"""
    node = network.endpoints[0].label
    return program.run(lambda chain: chain.cross_check(network, node, ADDRESS))


def test_nodes_that_agree(first: Server, second: Server) -> None:
    assert second_look(Program(), practice(first.url, second.url)) == label(second.url)
    assert first.requests.count("starknet_getNonce") == 1
    assert second.requests.count("starknet_call") == 1


@pytest.mark.parametrize(
    ("method", "change", "words"),
    [
        ("starknet_getNonce", lambda _: "0x7", "nonce"),
        ("starknet_call", lambda _: ["0x1", "0x0"], "STRK"),
        (HEAD, lambda old: {**old, "block_hash": "0x1"}, "things about block "),
        (HEAD, lambda old: {**old, "block_number": old["block_number"] + 100}, "is at block "),
        ("starknet_chainId", lambda _: "0x534e5f4d41494e", "another chain"),
    ],
    ids=["nonce", "balance", "hash", "far ahead", "chain"],
)
def test_nodes_that_disagree(
    first: Server, second: Server, method: str, change: Any, words: str
) -> None:
    second.faults[method] = changed(change)
    with pytest.raises(NodesDisagree, match="Nothing was sent") as caught:
        second_look(Program(), practice(first.url, second.url))
    assert words in caught.value.detail
    assert label(second.url) in caught.value.detail


def test_another_chain_of_the_same_name(devnet: Devnet) -> None:
    """A second devnet: same id, same accounts, other money."""
    with running("--chain-id", "OBSQRA_PRACTICE") as other:
        other.mint(ADDRESS, 1)
        with pytest.raises(NodesDisagree, match="Nothing was sent"):
            second_look(Program(), practice(devnet.url, other.url))


def test_a_dead_second_node_is_told(first: Server) -> None:
    with pytest.raises(NodeUnreachable):
        second_look(Program(), practice(first.url, GONE))


def test_a_third_node_stands_in_for_a_dead_second(first: Server, second: Server) -> None:
    assert second_look(Program(), practice(first.url, GONE, second.url)) == label(second.url)


def test_a_far_second_node_is_told_offline(first: Server, second: Server) -> None:
    """Not the end of a flow on one's own node, and a third one near stands in for it."""
    far = "https://node.example/key"
    program = Program(default_settings().model_copy(update={"offline": True}))
    with pytest.raises(NodeUnreachable, match="Offline mode"):
        second_look(program, practice(first.url, far))
    assert second_look(program, practice(first.url, far, second.url)) == label(second.url)


def test_a_second_node_behind_a_dead_proxy_is_told(first: Server, second: Server) -> None:
    far = "https://node.example/key"
    proxy = Proxy(host="127.0.0.1", port=9)
    program = Program(default_settings().model_copy(update={"proxy": proxy}))
    with pytest.raises(NodeUnreachable, match="proxy"):
        second_look(program, practice(first.url, far))
    assert second_look(program, practice(first.url, far, second.url)) == label(second.url)


def test_a_second_node_that_dies_in_the_look(first: Server, second: Server) -> None:
    second.faults["starknet_call"] = reset_before
    with pytest.raises(NodeUnreachable) as caught:
        second_look(Program(), practice(first.url, second.url))
    assert label(second.url) in caught.value.detail


def test_one_node_alone_cannot_be_compared(first: Server) -> None:
    with pytest.raises(NodeUnreachable, match="only one node"):
        second_look(Program(), practice(first.url))
    assert first.requests == []

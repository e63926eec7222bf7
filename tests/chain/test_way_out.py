"""The way out: through a real SOCKS5 proxy and never around it, or not at all."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from obsqra_desktop.chain.starknet import StarknetChain
from obsqra_desktop.domain.chain_errors import NodeUnreachable, Offline, ProxyUnreachable
from obsqra_desktop.domain.chain_types import Block
from obsqra_desktop.domain.network import Health, NetworkSettings, Proxy, Route, default_settings
from tests.chain.clients import GONE, STARTED, Program, ask, label, sepolia
from tests.chain.fault_proxy import Server, proxy_of
from tests.chain.pipeline import ADDRESS, practice
from tests.chain.socks_server import GRANTED, Asked, SocksServer, exactly, reply, socks
from tests.devnet import Devnet, running

pytestmark = pytest.mark.loopback
ONION = "http://exampleexampleexample.onion:8545/rpc/KEY"
ONION_HOST = "exampleexampleexample.onion"
PLAIN = "https://node.example/KEY"


class Trail:
    """Where the program's sockets went, and which names it looked up."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.ports: set[int] = set()
        self.names: set[str] = set()
        connect, lookup = socket.socket.connect, socket.getaddrinfo

        def connecting(one: socket.socket, target: Any) -> Any:
            self.ports.add(target[1])
            return connect(one, target)

        def looking(host: Any, *more: Any, **named: Any) -> Any:
            self.names.add(str(host))
            return lookup(host, *more, **named)

        monkeypatch.setattr(socket.socket, "connect", connecting)
        monkeypatch.setattr(socket, "getaddrinfo", looking)


@pytest.fixture
def trail(monkeypatch: pytest.MonkeyPatch, no_network: None) -> Trail:
    """Nothing leaves this machine anyhow: that would be an error that no test here expects."""
    return Trail(monkeypatch)


@pytest.fixture(scope="module")
def shared() -> Iterator[Devnet]:
    with running("--chain-id", "TESTNET", "--start-time", str(STARTED)) as one:
        yield one


@pytest.fixture
def node(shared: Devnet) -> Iterator[Server]:
    with proxy_of(shared.url) as server:
        yield server


def by(port: int, host: str = "127.0.0.1") -> NetworkSettings:
    """Everything through this proxy."""
    return default_settings().model_copy(update={"proxy": Proxy(host=host, port=port)})


def offline() -> NetworkSettings:
    return default_settings().model_copy(update={"offline": True})


# --- through the proxy ---


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_an_onion_name_goes_to_the_proxy_as_a_name(node: Server, trail: Trail, host: str) -> None:
    with socks({ONION_HOST: node.url}) as proxy:
        program = Program(by(proxy.port, host))
        report = program.report(sepolia(ONION))
    assert report.health is Health.GOOD
    assert (report.route, report.label) == (Route.PROXY, f"{ONION_HOST}:8545")
    assert set(proxy.asked) == {Asked("name", ONION_HOST, 8545)}
    assert node.requests.count("starknet_chainId") == 1
    assert trail.names <= {host, "127.0.0.1"}
    assert {proxy.port} <= trail.ports
    routes = {(one.host, one.purpose, one.route) for one in program.chain.connections()}
    assert routes == {
        (f"{ONION_HOST}:8545", "check of the node", Route.PROXY),
        (f"{host}:{proxy.port}", "SOCKS proxy", Route.DIRECT),
    }


def test_a_plain_name_goes_to_the_proxy_as_a_name(node: Server, trail: Trail) -> None:
    """What answers there speaks no TLS, so the talk ends before the first word of the program."""
    heard: list[bytes] = []
    with socks({"node.example": node.url}) as proxy:
        proxy.on_bytes = heard.append
        with pytest.raises(NodeUnreachable, match=r"node\.example"):
            ask(Program(by(proxy.port)), PLAIN, attempts=1)
    assert set(proxy.asked) == {Asked("name", "node.example", 443)}
    assert trail.names <= {"127.0.0.1"}
    assert heard
    assert all(b"KEY" not in raw and b"starknet" not in raw for raw in heard)
    assert node.requests == []


def test_a_numeric_address_is_not_looked_up(trail: Trail) -> None:
    with socks() as proxy, pytest.raises(ProxyUnreachable):
        ask(Program(by(proxy.port)), "https://192.0.2.7/KEY")
    assert proxy.asked == [Asked("ipv4", "192.0.2.7", 443)]
    assert 443 not in trail.ports


def test_a_whole_flow_goes_through(node: Server, trail: Trail) -> None:
    with socks({ONION_HOST: node.url}) as proxy:
        assert Program(by(proxy.port)).flow(sepolia(ONION)) == f"{ONION_HOST}:8545"
    assert {one.kind for one in proxy.asked} == {"name"}
    assert "starknet_getNonce" in node.requests


def test_a_node_on_this_computer_is_reached_directly(node: Server) -> None:
    with socks() as proxy:
        program = Program(by(proxy.port))
        assert program.report(sepolia(node.url)).route is Route.LOCAL
    assert proxy.knocks == 0


def test_a_proxy_set_later_is_used_at_once(node: Server) -> None:
    """The connections through the old one are not used any more."""
    ways = {ONION_HOST: node.url}
    with socks(ways) as old, socks(ways) as new:
        program = Program(by(old.port))

        async def work(chain: StarknetChain) -> None:
            async with chain.open(sepolia(ONION), "a flow") as session:
                await session.nonce(ADDRESS, Block.LATEST)
                assert len(old.asked) == 1
                program.settings = by(new.port)
                await session.nonce(ADDRESS, Block.LATEST)

        program.run(work)
        assert len(old.asked) == len(new.asked) == 1


# --- closed when the proxy is not there ---


def refused_by(settings: NetworkSettings, trail: Trail) -> None:
    """Neither a question nor a flow gets out, for a name and for an onion, and it is said."""
    program = Program(settings)
    for url in (ONION, PLAIN):
        with pytest.raises(ProxyUnreachable, match="Nothing went around it"):
            ask(program, url)
        with pytest.raises(ProxyUnreachable):
            program.flow(sepolia(url))
    (report, _) = program.check(sepolia(ONION, PLAIN))
    assert report.health is Health.UNREACHABLE
    assert "proxy" in report.detail
    assert settings.proxy is not None
    assert trail.ports == {settings.proxy.port}
    assert trail.names <= {"127.0.0.1"}
    assert program.pauses == []
    assert all(one.failures == one.count for one in program.chain.connections())


def test_a_dead_proxy(trail: Trail) -> None:
    refused_by(by(9), trail)


def test_a_proxy_that_knows_no_way(trail: Trail) -> None:
    with socks() as proxy:
        refused_by(by(proxy.port), trail)
        assert {one.host for one in proxy.asked} == {ONION_HOST, "node.example"}


def test_a_proxy_before_dead_nodes(trail: Trail) -> None:
    with socks({ONION_HOST: GONE, "node.example": GONE}) as proxy:
        program = Program(by(proxy.port))
        with pytest.raises(ProxyUnreachable):
            ask(program, ONION)
        assert trail.ports - {9} == {proxy.port}  # 9 is where the proxy itself went


def test_a_proxy_that_wants_a_password(trail: Trail) -> None:
    with socks(password=("user", "word")) as proxy:
        refused_by(by(proxy.port), trail)
        assert proxy.knocks
        assert not proxy.logins
        assert not proxy.asked


def test_a_proxy_that_hangs_up(trail: Trail) -> None:
    with socks(hang_up=True) as proxy:
        refused_by(by(proxy.port), trail)
        assert proxy.asked == []


GREETINGS = {
    "another version": b"\x04\x00",
    "a wish for a password": b"\x05\x02",
    "web": b"HTTP/1.1 400 Bad Request\r\n\r\n",
    "half a greeting": b"\x05",
    "no answer": b"\x05\x00",
    "half an answer": b"\x05\x00" + reply(GRANTED)[:4],
    "an answer without a name": b"\x05\x00\x05\x00\x00\x03\xff",
    "an unknown code": b"\x05\x00" + reply(0xFF),
    "an unknown kind": b"\x05\x00\x05\x00\x00\x09",
    "failed": b"\x05\x00" + reply(1),
    "no method": b"\x05\xff",
}


@contextmanager
def speaker(words: bytes) -> Iterator[SocksServer]:
    """Something that says these words to everybody and hangs up."""

    class Speaker(SocksServer):
        def _talk(self, client: socket.socket) -> None:
            client.recv(64)
            client.sendall(words)
            client.shutdown(socket.SHUT_WR)
            while client.recv(4096):  # so that the system does not throw the words away
                pass

    server = Speaker()
    try:
        yield server
    finally:
        server.close()


@pytest.mark.parametrize("words", GREETINGS.values(), ids=GREETINGS)
def test_what_is_no_proxy(trail: Trail, words: bytes) -> None:
    with speaker(words) as proxy:
        refused_by(by(proxy.port), trail)


def test_a_proxy_that_dies_in_a_flow(node: Server, trail: Trail) -> None:
    """The flow ends with a typed error; neither the node nor a second one is asked directly."""
    second = "http://secondsecondsecond.onion/"
    ways = {ONION_HOST: node.url, "secondsecondsecond.onion": node.url}
    with socks(ways) as proxy:
        program = Program(by(proxy.port))

        async def work(chain: StarknetChain) -> None:
            async with chain.open(sepolia(ONION, second), "a flow") as session:
                await session.nonce(ADDRESS, Block.LATEST)
                proxy.die()
                before = list(node.requests)
                with pytest.raises(ProxyUnreachable):
                    await session.nonce(ADDRESS, Block.LATEST)
                assert node.requests == before
                await session.nonce(ADDRESS, Block.LATEST)

        with pytest.raises(ProxyUnreachable):
            program.run(work)
        assert {one.host for one in proxy.asked} == {ONION_HOST}
        with pytest.raises(ProxyUnreachable):
            program.flow(sepolia(ONION, second))


def test_a_proxy_that_dies_with_a_question_under_way(node: Server) -> None:
    with socks({ONION_HOST: node.url}) as proxy:
        proxy.on_bytes = lambda _raw: proxy.die()
        with pytest.raises(NodeUnreachable):
            ask(Program(by(proxy.port)), ONION)
    assert node.requests == []


def test_ones_own_node_follows_a_far_one_behind_a_dead_proxy(node: Server) -> None:
    program = Program(by(9))
    assert program.flow(sepolia(PLAIN, node.url)) == label(node.url)


# --- offline ---


def test_offline_opens_no_socket(trail: Trail) -> None:
    program = Program(offline())
    for url in (ONION, PLAIN, "https://192.0.2.7/"):
        with pytest.raises(Offline, match="Nothing was sent"):
            ask(program, url)
        with pytest.raises(Offline):
            program.flow(sepolia(url))
        (report,) = program.check(sepolia(url))
        assert report.health is Health.UNREACHABLE
        assert "Offline mode" in report.detail
    assert not trail.ports
    assert not trail.names
    assert program.chain.connections() == ()


def test_offline_asks_no_proxy(trail: Trail) -> None:
    with socks() as proxy:
        settings = by(proxy.port).model_copy(update={"offline": True})
        with pytest.raises(Offline):
            ask(Program(settings), PLAIN)
        assert proxy.knocks == 0
    assert trail.ports == set()


def test_offline_leaves_this_computer_its_own_chain(devnet: Devnet) -> None:
    program = Program(offline())
    assert program.flow(practice(devnet.url)) == label(devnet.url)
    assert {one.route for one in program.chain.connections()} == {Route.LOCAL}


def test_offline_in_the_middle_of_a_flow(node: Server) -> None:
    with socks({ONION_HOST: node.url}) as proxy:
        program = Program(by(proxy.port))

        async def work(chain: StarknetChain) -> None:
            async with chain.open(sepolia(ONION), "a flow") as session:
                program.settings = program.settings.model_copy(update={"offline": True})
                await session.nonce(ADDRESS, Block.LATEST)

        with pytest.raises(Offline):
            program.run(work)
    assert node.requests.count("starknet_getNonce") == 1  # of the look before the flow


# --- the test's own proxy ---


@pytest.mark.parametrize("word", ["word", "wrong"])
def test_the_proxy_of_these_tests_knows_its_password(node: Server, word: str) -> None:
    """Else the test of a proxy that wants one would say little."""
    with socks({ONION_HOST: node.url}, password=("user", "word")) as proxy:
        with socket.create_connection(("127.0.0.1", proxy.port)) as client:
            client.sendall(b"\x05\x01\x02")
            assert exactly(client, 2) == b"\x05\x02"
            client.sendall(b"\x01\x04user" + bytes([len(word)]) + word.encode())
            right = word == "word"
            assert exactly(client, 2) == (b"\x01\x00" if right else b"\x01\x01")
            if right:
                host = bytes([len(ONION_HOST)]) + ONION_HOST.encode()
                client.sendall(b"\x05\x01\x00\x03" + host + b"\x21\x61")
                assert exactly(client, 10) == reply(GRANTED)
        assert proxy.logins == [("user", word)]
        assert proxy.asked == ([Asked("name", ONION_HOST, 0x2161)] if right else [])

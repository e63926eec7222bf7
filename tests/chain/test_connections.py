"""Who was talked to is told in full, and the keys in the addresses of nodes are told to nobody."""

import asyncio
import base64
import logging
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from obsqra_desktop.chain import transport
from obsqra_desktop.chain.connections import ConnectionRegister
from obsqra_desktop.domain import strict_json
from obsqra_desktop.domain.chain_errors import NodeUnreachable
from obsqra_desktop.domain.errors import AppError, StorageError
from obsqra_desktop.domain.network import (
    Connection,
    Endpoint,
    Network,
    NetworkSettings,
    Proxy,
    Route,
    default_settings,
)
from obsqra_desktop.storage.lock import FolderLock
from obsqra_desktop.storage.networks import ConnectionsFile, NetworksFile
from tests.chain.clients import GONE, Program, ask, chained, label
from tests.chain.fault_proxy import (
    Fault,
    Handler,
    Server,
    changed,
    cut,
    endless,
    error,
    packed,
    proxy_of,
    redirect,
    reset_before,
    said,
    silence,
)
from tests.chain.making import MemoryStore
from tests.chain.pipeline import practice
from tests.chain.socks_server import socks
from tests.devnet import Devnet

pytestmark = pytest.mark.loopback
SECRETS = ("Sword1", "Spath2", "Squery3")
FAR = "https://user:{}@node.example/{}?key={}".format(*SECRETS)


@pytest.fixture
def node(devnet: Devnet) -> Iterator[Server]:
    with proxy_of(devnet.url) as server:
        yield server


def secret(url: str) -> str:
    """The same node with a password, and a key in the path and in the query."""
    word, path, query = SECRETS
    return url.replace("//", f"//user:{word}@") + f"/{path}?key={query}"


def lines(program: Program) -> dict[tuple[str, str, Route], tuple[int, int, int, int]]:
    return {
        (one.host, one.purpose, one.route): (one.first_at, one.last_at, one.count, one.failures)
        for one in program.chain.connections()
    }


# --- the register ---


def test_every_host_why_when_and_how_often(node: Server) -> None:
    program = Program(time=1_000)
    program.flow(practice(node.url))
    check, flow = "check of the node", "a flow"
    assert lines(program) == {
        (label(node.url), check, Route.LOCAL): (1_000, 1_000, 4, 0),
        (label(node.url), flow, Route.LOCAL): (1_000, 1_000, 1, 0),
    }
    program.time = 1_030
    node.faults["starknet_getNonce"] = reset_before
    with pytest.raises(NodeUnreachable):
        program.flow(practice(node.url))
    assert lines(program)[(label(node.url), flow, Route.LOCAL)] == (1_000, 1_030, 4, 3)
    assert program.chain.connections()[0].last_at == 1_030
    assert program.store.load() == tuple(reversed(program.chain.connections()))


def test_the_proxy_is_a_host_too(node: Server) -> None:
    proxy = Proxy(host="127.0.0.1", port=9)
    program = Program(default_settings().model_copy(update={"proxy": proxy}), time=5)
    with pytest.raises(NodeUnreachable):
        ask(program, FAR)
    assert lines(program) == {
        ("node.example", "a test", Route.PROXY): (5, 5, 1, 1),
        ("127.0.0.1:9", "SOCKS proxy", Route.DIRECT): (5, 5, 1, 1),
    }


def test_the_list_can_be_forgotten(node: Server) -> None:
    program = Program()
    program.flow(practice(node.url))
    program.chain.forget_connections()
    assert program.chain.connections() == program.store.load() == ()


def test_it_goes_on_where_it_ended(node: Server, data_dir: Path) -> None:
    file = ConnectionsFile(data_dir, FolderLock(data_dir / "lock"))
    for turn in (1, 2):
        ask(Program(time=turn, store=file), node.url)
    (kept,) = file.load()
    assert (kept.first_at, kept.last_at, kept.count, kept.failures) == (1, 2, 2, 0)


def test_it_does_not_grow_for_ever() -> None:
    store, time = MemoryStore(), [0]
    register = ConnectionRegister(store, lambda: time[0])
    for number in range(1_005):
        time[0] = number
        register.note(f"n{number}.example", "a test", Route.DIRECT, True)
    listing = register.listing()
    assert len(listing) == 1_000
    assert (listing[0].host, listing[-1].host) == ("n1004.example", "n5.example")


def test_it_is_kept_every_few_seconds(node: Server) -> None:
    program = Program(time=100)

    async def work(_: Any) -> None:
        for seconds in (0, 1, 3, 1):
            program.time += seconds
            await program.rpc.call(Endpoint(url=node.url), "starknet_chainId", [], purpose="x")

    assert not program.register.due()
    program.register.note("a.example", "a test", Route.DIRECT, True)
    assert program.register.due()
    program.register.flush()
    program.register.note("a.example", "a test", Route.DIRECT, True)
    assert not program.register.due()
    program.time += 5
    assert program.register.due()
    program.run(work)
    assert {one.count for one in program.store.load()} == {2, 4}


def test_a_disk_that_takes_nothing_stops_nobody(
    node: Server, caplog: pytest.LogCaptureFixture
) -> None:
    class Full(MemoryStore):
        def save(self, connections: tuple[Connection, ...]) -> None:
            raise StorageError("no room")

    program = Program(store=Full())
    ask(program, node.url)
    assert len(program.chain.connections()) == 1
    assert "could not be kept" in caplog.text


# --- keys of nodes ---


def test_the_node_gets_its_key(node: Server) -> None:
    seen: list[tuple[str, str | None]] = []

    def play(handler: Handler, body: bytes) -> None:
        seen.append((handler.path, handler.headers.get("Authorization")))
        handler.answer(handler.forward(body))

    node.faults["starknet_chainId"] = play
    ask(Program(), secret(node.url))
    word, path, query = SECRETS
    login = "Basic " + base64.b64encode(f"user:{word}".encode()).decode()
    assert seen == [(f"/{path}?key={query}", login)]


def raw(words: bytes) -> Fault:
    """No HTTP, or not quite."""

    def fault(handler: Handler, _body: bytes) -> None:
        handler.wfile.write(words)
        handler.close_connection = True

    return fault


def gone(handler: Handler, _body: bytes) -> None:
    handler.close_connection = True


FAULTS: dict[str, Fault] = {
    "cut": cut,
    "endless": endless,
    "packed": packed,
    "redirect": redirect,
    "reset": reset_before,
    "silence": silence,
    "gone": gone,
    "403": said(b"no key", status=403),
    "429": said(b"", status=429),
    "500": said(b"", status=500),
    "error": error(63, "no"),
    "null": changed(lambda _: None),
    "no json": said(b"<html>"),
    "no http": raw(b"SSH-2.0-nothing\r\n\r\n"),
    "bad status": raw(b"HTTP/1.1 abc\r\n\r\n"),
    "bad length": raw(b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"),
    "bad header": raw(b"HTTP/1.1 200 OK\r\nno header\r\n\r\n"),
    "long header": raw(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 20_000 + b"\r\n\r\n"),
    "bad chunk": raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
    "other protocol": raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"),
}


@pytest.fixture
def leaks(
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    data_dir: Path,
) -> Iterator[Callable[[str], None]]:
    """Takes all texts that may be shown; at the end no secret may be in them, nor in the logs."""
    caplog.set_level(logging.DEBUG)
    shown: list[str] = []
    yield shown.append
    assert shown
    captured = capfd.readouterr()
    for text in (*shown, caplog.text, captured.out, captured.err):
        for one in SECRETS:
            assert one not in text


def tell(program: Program, work: Callable[[], Any], leaks: Callable[[str], None]) -> None:
    """Everything that an error says."""
    with pytest.raises(AppError) as caught:
        work()
    problem = caught.value
    for text in (str(problem), repr(problem), problem.hint, chained(problem)):
        leaks(text)
    for one in program.chain.connections():
        leaks(repr(one))


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_no_error_tells_the_key(node: Server, fault: Fault, leaks: Callable[[str], None]) -> None:
    node.faults["starknet_chainId"] = fault
    network = practice(secret(node.url))
    program = Program(timeout=0.3)
    tell(program, lambda: program.flow(network), leaks)
    for report in program.chain.last_reports(network):
        leaks(repr(report))
    if fault is not FAULTS["null"]:  # what is in the answer is looked at further up
        tell(program, lambda: ask(program, secret(node.url)), leaks)


@pytest.mark.parametrize("times_out", [True, False])
def test_who_cannot_be_reached_keeps_its_key(
    times_out: bool, leaks: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    if times_out:
        monkeypatch.setattr("obsqra_desktop.chain.transport.CONNECT_TIMEOUT", 1e-9)
    program = Program(timeout=0.3)
    tell(program, lambda: ask(program, secret(GONE)), leaks)


def test_neither_proxy_nor_offline_mode_tells_it(leaks: Callable[[str], None]) -> None:
    with socks() as proxy:
        program = Program()
        for change in ({"proxy": Proxy(host="127.0.0.1", port=proxy.port)}, {"offline": True}):
            program.settings = default_settings().model_copy(update=change)
            tell(program, lambda: ask(program, FAR), leaks)
    assert [(one.kind, one.host) for one in proxy.asked] == [("name", "node.example")]


def test_reprs_and_files_do_not_tell_it(
    node: Server, data_dir: Path, leaks: Callable[[str], None]
) -> None:
    network = practice(secret(node.url), FAR)
    rest = tuple(one for one in default_settings().networks if one.id != network.id)
    settings = NetworkSettings(networks=(*rest, network))
    lock = FolderLock(data_dir / "lock")
    NetworksFile(data_dir, lock).save(settings)
    program = Program(settings, store=ConnectionsFile(data_dir, lock))
    ask(program, secret(node.url))
    for thing in (settings, network, *network.endpoints):
        leaks(repr(thing))
        leaks(str(thing))
    kept = (data_dir / "connections.json").read_text()
    assert label(node.url) in kept
    leaks(kept)
    told = [path.name for path in data_dir.iterdir() if SECRETS[1] in path.read_text()]
    assert told == ["networks.json"]
    if os.name != "nt":
        assert (data_dir / "networks.json").stat().st_mode & 0o777 == 0o600


def test_a_damaged_file_does_not_tell_it(data_dir: Path, leaks: Callable[[str], None]) -> None:
    file = NetworksFile(data_dir, FolderLock(data_dir / "lock"))
    rest = default_settings().networks[1:]
    first = default_settings().networks[0].model_copy(update={"endpoints": (Endpoint(url=FAR),)})
    good = strict_json.pretty(NetworkSettings(networks=(first, *rest)))
    spoilt = (
        good[: good.index(SECRETS[2].encode()) + 9],
        good.replace(b"https://user", b"ftp://user"),
        good.replace(b"node.example", b"node example"),
        good.replace(b"node.example", b"node.example:99999"),
        good.replace(b'"own": true', b'"own": 1'),
        good.replace(b'"url"', b'"address"'),
        good.replace(b'"url": "', b'"url": "' + SECRETS[0].encode() * 100),
    )
    for place, words in enumerate(spoilt):
        assert words != good, place
        (data_dir / "networks.json").write_bytes(words)
        tell(Program(), file.load, leaks)


def test_bad_addresses_are_refused_without_their_key(leaks: Callable[[str], None]) -> None:
    for bad in ("ftp://", "http://", "https://[", "https://a b/", "https://node.example:0/"):
        url = f"{bad}{SECRETS[0]}:{SECRETS[1]}@x.example/{SECRETS[2]}"
        for build in (
            lambda url=url: Endpoint(url=url),
            lambda url=url: Network.model_validate({"endpoints": [{"url": url}]}),
        ):
            with pytest.raises(ValueError, match=r"address|fields|validation") as caught:
                build()
            for text in (str(caught.value), repr(caught.value), chained(caught.value)):
                leaks(text)


def test_a_connection_that_is_only_just_made_is_closed_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Ctrl-C while the first request makes its transport."""
    program, node = Program(), Endpoint(url="http://127.0.0.1:9")
    began, go = threading.Event(), threading.Event()
    made: list[transport.Transport] = []

    class Slow(transport.Transport):
        def __init__(self) -> None:
            began.set()
            go.wait(60)
            super().__init__()
            made.append(self)

    monkeypatch.setattr(transport, "Transport", Slow)

    async def through() -> None:
        asking = asyncio.create_task(
            program.rpc.call(node, "starknet_chainId", [], purpose="a test")
        )
        await asyncio.to_thread(began.wait)
        asking.cancel()
        closing = asyncio.create_task(program.rpc.close())
        await asyncio.sleep(0)
        go.set()
        await closing
        await asyncio.gather(asking, return_exceptions=True)

    asyncio.run(through())
    (one,) = made
    assert one._near is None or one._near.closed

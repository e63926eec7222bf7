"""A small real SOCKS5 server (RFC 1928, RFC 1929) on this machine, which keeps what it was asked.

Names lead to where the test says, and nowhere else: nothing ever leaves the machine.
"""

import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

VERSION: Final = 5
NO_PASSWORD: Final = 0
PASSWORD: Final = 2
NO_METHOD: Final = 0xFF
CONNECT: Final = 1
IPV4, NAME, IPV6 = 1, 3, 4
GRANTED, NOT_ALLOWED, NO_HOST, REFUSED, NO_COMMAND = 0, 2, 4, 5, 7


@dataclass(frozen=True)
class Asked:
    """One CONNECT as it arrived; `kind` is "name", "ipv4" or "ipv6"."""

    kind: str
    host: str
    port: int


class Gone(Exception):  # noqa: N818 - the name says what happened
    """The other side has hung up, or was told to."""


@dataclass
class SocksServer:
    """Listens on a free port. `ways` leads a name to a port of this machine."""

    ways: dict[str, int] = field(default_factory=dict)
    password: tuple[str, str] | None = None
    hang_up: bool = False
    """End each connection as soon as it has said something."""
    asked: list[Asked] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    knocks: int = 0
    on_bytes: Callable[[bytes], None] = lambda _raw: None
    """Is shown what the program sends through, before it goes on."""

    def __post_init__(self) -> None:
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self._guard = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._listen)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.knocks += 1
            self._keep(client)
            thread = threading.Thread(target=self._serve, args=(client,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _keep(self, one: socket.socket) -> None:
        with self._guard:
            self._open.add(one)

    def _drop(self, one: socket.socket) -> None:
        """Wakes up who reads from it, also in another thread."""
        with self._guard:
            self._open.discard(one)
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()

    def die(self) -> None:
        """As if the process had been killed: every connection ends, no new one is taken."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for one in tuple(self._open):
            self._drop(one)

    def close(self) -> None:
        """Die, and wait for the threads."""
        self.die()
        self._thread.join()
        for thread in self._threads:
            thread.join()

    def _serve(self, client: socket.socket) -> None:
        try:
            with suppress(OSError, Gone):
                self._talk(client)
        finally:
            self._drop(client)

    def _talk(self, client: socket.socket) -> None:
        _, count = exactly(client, 2)
        methods = exactly(client, count)
        if self.hang_up:
            raise Gone
        wanted = PASSWORD if self.password else NO_PASSWORD
        if wanted not in methods:
            client.sendall(bytes([VERSION, NO_METHOD]))
            raise Gone
        client.sendall(bytes([VERSION, wanted]))
        if self.password:
            self._login(client)
        _, command, _, kind = exactly(client, 4)
        asked = address(client, kind)
        self.asked.append(asked)
        way = self.ways.get(asked.host)
        if command != CONNECT or way is None:
            client.sendall(reply(NO_COMMAND if command != CONNECT else NO_HOST))
            raise Gone
        try:
            target = socket.create_connection(("127.0.0.1", way))
        except OSError:
            client.sendall(reply(REFUSED))
            raise Gone from None
        self._keep(target)
        client.sendall(reply(GRANTED))
        back = threading.Thread(target=self._pump, args=(target, client, None), daemon=True)
        self._threads.append(back)
        back.start()
        self._pump(client, target, self.on_bytes)

    def _login(self, client: socket.socket) -> None:
        _, length = exactly(client, 2)
        user = exactly(client, length).decode()
        (length,) = exactly(client, 1)
        word = exactly(client, length).decode()
        self.logins.append((user, word))
        good = (user, word) == self.password
        client.sendall(bytes([1, 0 if good else 1]))
        if not good:
            raise Gone

    def _pump(
        self, source: socket.socket, target: socket.socket, show: Callable[[bytes], None] | None
    ) -> None:
        try:
            with suppress(OSError):
                while raw := source.recv(65536):
                    if show is not None:
                        show(raw)
                    target.sendall(raw)
        finally:
            self._drop(source)
            self._drop(target)


def exactly(source: socket.socket, count: int) -> bytes:
    """That many bytes."""
    raw = b""
    while len(raw) < count:
        more = source.recv(count - len(raw))
        if not more:
            raise Gone
        raw += more
    return raw


def address(client: socket.socket, kind: int) -> Asked:
    """Where the client wants to go."""
    if kind == NAME:
        (length,) = exactly(client, 1)
        word, host = "name", exactly(client, length).decode("ascii")
    elif kind == IPV4:
        word, host = "ipv4", socket.inet_ntop(socket.AF_INET, exactly(client, 4))
    elif kind == IPV6:
        word, host = "ipv6", socket.inet_ntop(socket.AF_INET6, exactly(client, 16))
    else:
        raise Gone
    (port,) = struct.unpack("!H", exactly(client, 2))
    return Asked(word, host, port)


def reply(code: int) -> bytes:
    """With an address that says nothing."""
    return bytes([VERSION, code, 0, IPV4, 0, 0, 0, 0, 0, 0])


@contextmanager
def socks(
    ways: Mapping[str, str] | None = None,
    password: tuple[str, str] | None = None,
    hang_up: bool = False,
) -> Iterator[SocksServer]:
    """A server that leads these names to these URLs of this machine."""
    ports = {name: urlsplit(url).port or 80 for name, url in (ways or {}).items()}
    server = SocksServer(ways=ports, password=password, hang_up=hang_up)
    try:
        yield server
    finally:
        server.close()

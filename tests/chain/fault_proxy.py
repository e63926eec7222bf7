"""Stands between the program and a real devnet and spoils what it is told to."""

import gzip
import json
import socket
import struct
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.devnet import PATIENCE

Fault = Callable[["Handler", bytes], None]
"""Answers the request with the given body, or does not."""


class Handler(BaseHTTPRequestHandler):
    """One connection of the program."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    """Head and body are two writes: the second would wait 40 ms for word that the first came."""
    server: "Server"

    def log_message(self, *_words: object) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        method = method_of(body)
        self.server.requests.append(method)
        self.server.bodies.append(body)
        fault = self.server.faults.get(method)
        with self.server.counted():
            (fault or honest)(self, body)

    def forward(self, body: bytes) -> bytes:
        """What the devnet answers."""
        request = urllib.request.Request(
            self.server.behind, body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            raw: bytes = answer.read()
        self.server.forwarded.append(method_of(body))
        return raw

    def answer(self, raw: bytes, status: int = 200, length: int | None = None, **more: str) -> None:
        """Send a whole answer; the headers of `more` have _ for -."""
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(raw) if length is None else length))
        for name, value in more.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(raw)

    def reset(self) -> None:
        """End the connection the hard way."""
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.close_connection = True
        self.connection.close()
        self.rfile = self.wfile = open_null()


def method_of(body: bytes) -> str:
    """Of one request; many at once are a "batch"."""
    request = json.loads(body)
    return "batch" if isinstance(request, list) else str(request["method"])


def open_null() -> Any:
    import io

    return io.BytesIO()


class Server(ThreadingHTTPServer):
    """On a free port of this machine."""

    daemon_threads = True

    def __init__(self, behind: str) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.behind = behind
        self.faults: dict[str, Fault] = {}
        self.requests: list[str] = []
        self.bodies: list[bytes] = []
        self.forwarded: list[str] = []
        self.most_at_once = 0
        self._now, self._guard = 0, threading.Lock()
        self.waiting = threading.Event()
        self.arrived = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @contextmanager
    def counted(self) -> Iterator[None]:
        """How many requests are under way together."""
        with self._guard:
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        try:
            yield
        finally:
            with self._guard:
                self._now -= 1

    def handle_error(self, *_words: object) -> None:
        """The program has hung up: nothing to say."""


@contextmanager
def proxy_of(behind: str) -> Iterator[Server]:
    """A proxy in front of this address."""
    server = Server(behind)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.005})
    thread.start()
    try:
        yield server
    finally:
        server.waiting.set()
        server.shutdown()
        thread.join()
        server.server_close()


# --- what can be wrong ---


def honest(handler: Handler, body: bytes) -> None:
    handler.answer(handler.forward(body))


def cut(handler: Handler, body: bytes) -> None:
    """Half of the answer, then the end."""
    raw = handler.forward(body)
    handler.answer(raw[: len(raw) // 2], length=len(raw))
    handler.close_connection = True


def short(handler: Handler, body: bytes) -> None:
    """Half of the answer as if it were all."""
    raw = handler.forward(body)
    handler.answer(raw[: len(raw) // 2])


def endless(handler: Handler, body: bytes) -> None:
    """More than anybody wants to read."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(1 << 40))
    handler.end_headers()
    chunk = b"[" * 65536
    while not handler.server.waiting.is_set():
        handler.wfile.write(chunk)


def packed(handler: Handler, body: bytes) -> None:
    """A small answer that would unpack to 64 MB."""
    handler.answer(gzip.compress(b" " * (64 << 20)), Content_Encoding="gzip")


def redirect(handler: Handler, body: bytes) -> None:
    handler.answer(b"", status=302, Location="http://127.0.0.1:9/")


def silence(handler: Handler, body: bytes) -> None:
    handler.server.waiting.wait(PATIENCE)


def drip(handler: Handler, body: bytes) -> None:
    """A byte now and then."""
    raw = handler.forward(body)
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(raw)))
    handler.end_headers()
    for byte in raw:
        handler.wfile.write(bytes([byte]))
        if handler.server.waiting.wait(0.2):
            return


def reset_before(handler: Handler, body: bytes) -> None:
    handler.reset()


def reset_after(handler: Handler, body: bytes) -> None:
    handler.forward(body)
    handler.reset()


def said(raw: bytes, status: int = 200, **more: str) -> Fault:
    """Always this; `ID` in it becomes the request's id."""

    def fault(handler: Handler, body: bytes) -> None:
        number = str(json.loads(body)["id"]).encode()
        handler.answer(raw.replace(b"ID", number), status=status, **more)

    return fault


def changed(change: Callable[[Any], Any]) -> Fault:
    """The devnet's answer with another result."""

    def fault(handler: Handler, body: bytes) -> None:
        reply = json.loads(handler.forward(body))
        if "result" in reply:
            reply["result"] = change(reply["result"])
        handler.answer(json.dumps(reply).encode())

    return fault


def error(code: Any, message: Any = "no", data: Any = None) -> Fault:
    """A JSON-RPC error, and nothing was forwarded."""
    reply = {"jsonrpc": "2.0", "id": 0, "error": {"code": code, "message": message, "data": data}}
    return said(json.dumps(reply).replace('"id": 0', '"id": ID').encode())


GARBAGE: dict[str, Fault] = {
    "cut": cut,
    "short": short,
    "endless": endless,
    "packed": packed,
    "redirect": redirect,
    "silence": silence,
    "drip": drip,
    "reset before": reset_before,
    "reset after": reset_after,
    "html": said(b"<html>Bad gateway</html>"),
    "403": said(b"no key", status=403),
    "429": said(b"", status=429),
    "429 for long": said(b"", status=429, Retry_After="9999"),
    "500": said(b"", status=500),
    "empty": said(b""),
    "no utf-8": said(b'{"jsonrpc":"2.0","id":ID,"result":"\xff\xfe"}'),
    "deep": said(b'{"jsonrpc":"2.0","id":ID,"result":' + b"[" * 30_000 + b"]" * 30_000 + b"}"),
    "nan": said(b'{"jsonrpc":"2.0","id":ID,"result":NaN}'),
    "long number": said(b'{"jsonrpc":"2.0","id":ID,"result":' + b"9" * 9000 + b"}"),
    "twice": said(b'{"jsonrpc":"2.0","id":ID,"result":"0x1","result":"0x2"}'),
    "wrong id": said(b'{"jsonrpc":"2.0","id":999999,"result":"0x1"}'),
    "no id": said(b'{"jsonrpc":"2.0","result":"0x1"}'),
    "old version": said(b'{"jsonrpc":"1.0","id":ID,"result":"0x1"}'),
    "neither": said(b'{"jsonrpc":"2.0","id":ID}'),
    "list": said(b"[]"),
    "null": changed(lambda _: None),
    "number": changed(lambda _: 17),
    "text": changed(lambda _: "\u202eevil\x00"),
    "object": changed(lambda _: {}),
    "array": changed(lambda _: []),
    "hostile error": error(63, "\x1b[2J\u202e" + "x" * 100_000, {"a": ["\x00"] * 50}),
    "error without code": error("no", "x"),
}

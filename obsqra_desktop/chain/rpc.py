"""JSON-RPC 2.0 with nodes: asked again where that is safe, answers parsed strictly.

A reply must be one JSON-RPC object with our id; what is in it is checked by `replies`. The URL of a
node may hold an access key and is in no error and no log.
"""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar

from obsqra_desktop.chain.connections import ConnectionRegister
from obsqra_desktop.chain.io_thread import IoThread
from obsqra_desktop.domain.chain_errors import (
    BatchRefused,
    HttpRefused,
    NodeAnswerInvalid,
    NodeRefused,
    NodeUnreachable,
    Offline,
    ProxyUnreachable,
)
from obsqra_desktop.domain.network import Endpoint, NetworkSettings, Proxy, Route
from obsqra_desktop.domain.strict_json import JsonValue, depth

if TYPE_CHECKING:
    from obsqra_desktop.chain.transport import Transport

Answer = TypeVar("Answer")

REPLY_LIMIT: Final = 4 * 1024 * 1024
MAX_DEPTH: Final = 500  # a trace of 50 calls inside each other has some 110
TIMEOUT: Final = 20.0
ATTEMPTS: Final = 3
FIRST_PAUSE: Final = 0.25
LONGEST_PAUSE: Final = 8.0
"""Seconds; a node that asks for more is not waited for."""
TEXT: Final = 300
DEEPEST: Final = 60
"""Calls inside each other in the account of a failed one; a transaction may nest 50."""
PARAMS = Mapping[str, Any] | Sequence[Any]

WORDS: Final = {
    20: "There is no contract at that address.",
    24: "It does not know that block.",
    28: "It does not know that class.",
    29: "It does not know that transaction.",
    40: "The contract failed.",
    41: "The transaction would fail.",
    52: "The nonce is not the next one of the account.",
    53: "The bounds do not cover what the transaction needs.",
    54: "The balance does not cover the highest fee.",
    55: "The account does not accept the signature.",
    58: "The calldata or another part is too large.",
    59: "It has this transaction already.",
    61: "It does not take transactions of this version.",
    63: "An unexpected error happened there.",
    64: "The fee offered is too low to replace the waiting transaction.",
    65: "The fee offered is below what the network takes.",
    -32601: "It does not know the question.",
    -32602: "It does not understand the question.",
}
"""Codes of starknet-specs (starknet_api_openrpc, starknet_write_api) in plain words."""


class Rpc:
    """Asks nodes. Keeps its connections open; can be used from any event loop."""

    def __init__(
        self,
        register: ConnectionRegister,
        settings: Callable[[], NetworkSettings],
        pause: Callable[[float], Any] = asyncio.sleep,
        timeout: float = TIMEOUT,
    ) -> None:
        self._register = register
        self._settings = settings
        self._pause = pause
        self._timeout = timeout
        self._ids = count(1)
        self._io = IoThread()
        self._transport: Transport | None = None

    async def call(
        self,
        endpoint: Endpoint,
        method: str,
        params: PARAMS,
        *,
        purpose: str,
        limit: int = REPLY_LIMIT,
        timeout: float | None = None,  # noqa: ASYNC109 - of the request, not of the caller
        attempts: int = ATTEMPTS,
    ) -> JsonValue:
        """The result; unreachable and busy nodes are asked again, `attempts` times in all.

        What must not happen twice is asked with attempts=1, over a connection of its own.
        Raises Offline, NodeUnreachable, ProxyUnreachable, NodeBusy, NodeAnswerInvalid,
        NodeRefused.
        """
        seconds = self._timeout if timeout is None else timeout

        async def once() -> JsonValue:
            number = next(self._ids)
            body = json.dumps(request(number, method, params)).encode()
            raw = await self._exchange(endpoint, body, purpose, limit, seconds, attempts == 1)
            return result_of(raw, number, endpoint.label)

        return await self._again(once, attempts)

    async def batch(
        self,
        endpoint: Endpoint,
        questions: Sequence[tuple[str, PARAMS]],
        *,
        purpose: str,
        limit: int = REPLY_LIMIT,
        attempts: int = ATTEMPTS,
    ) -> tuple[JsonValue | NodeRefused, ...]:
        """Many reads in one request: results, or what the node said to each, in their order.

        Raises BatchRefused when the node takes no batches, and what `call` raises but NodeRefused.
        """

        async def once() -> tuple[JsonValue | NodeRefused, ...]:
            numbers = [next(self._ids) for _ in questions]
            body = json.dumps(
                [
                    request(number, method, params)
                    for number, (method, params) in zip(numbers, questions, strict=True)
                ]
            ).encode()
            try:
                raw = await self._exchange(
                    endpoint, body, purpose, limit, self._timeout, fresh=False
                )
            except HttpRefused as error:
                raise BatchRefused(error.detail, hint=error.hint) from error
            return results_of(raw, numbers, endpoint.label)

        return await self._again(once, attempts)

    async def _again(self, once: Callable[[], Awaitable[Answer]], attempts: int) -> Answer:
        """Unreachable and busy nodes are asked again, `attempts` times in all."""
        for left in range(attempts - 1, -1, -1):
            try:
                return await once()
            except NodeUnreachable as error:
                wait = getattr(error, "retry_after", None)
                if not left or isinstance(error, ProxyUnreachable):
                    raise
                if wait is None:
                    turn = attempts - 1 - left
                    wait = FIRST_PAUSE * 2**turn * (1 + random.random())  # noqa: S311 - jitter
                if wait > LONGEST_PAUSE:
                    raise
                await self._pause(wait)
        raise AssertionError("attempts is at least 1")

    def route(self, endpoint: Endpoint) -> Route:
        """How it would be reached now."""
        if endpoint.local:
            return Route.LOCAL
        return Route.PROXY if self._settings().proxy is not None else Route.DIRECT

    async def close(self) -> None:
        """Close all connections and keep the register."""
        if self._io.running:
            await self._io.run(self._hang_up)
        await self._io.close()
        self._register.flush()

    async def _hang_up(self) -> None:
        """In the network's thread, after a request there that is only just making the transport."""
        transport, self._transport = self._transport, None
        if transport is not None:
            await transport.close()

    async def _post(
        self,
        endpoint: Endpoint,
        proxy: Proxy | None,
        body: bytes,
        limit: int,
        seconds: float,
        fresh: bool,
    ) -> bytes:
        """In the network's thread, where the transport lives."""
        if self._transport is None:
            from obsqra_desktop.chain.transport import Transport  # takes a fifth of a second

            self._transport = Transport()
        return await self._transport.post(
            endpoint, proxy, body, limit=limit, seconds=seconds, fresh=fresh
        )

    async def _exchange(
        self,
        endpoint: Endpoint,
        body: bytes,
        purpose: str,
        limit: int,
        seconds: float,
        fresh: bool,
    ) -> bytes:
        """One request and the bytes of its reply, noted in the register."""
        settings = self._settings()
        if settings.offline and not endpoint.local:
            raise Offline(
                "Offline mode is on, so no node is asked. Nothing was sent.",
                hint="Turn it off in the networks' settings.",
            )
        route = self.route(endpoint)
        good = False
        try:
            raw = await self._io.run(
                lambda: self._post(endpoint, settings.proxy, body, limit, seconds, fresh)
            )
            good = True
        finally:
            self._register.note(endpoint.label, purpose, route, good)
            if route is Route.PROXY and settings.proxy is not None:
                self._register.note(settings.proxy.label, "SOCKS proxy", Route.DIRECT, good)
            if self._register.due():
                asyncio.get_running_loop().run_in_executor(None, self._register.flush)
        return raw


def request(number: int, method: str, params: PARAMS) -> dict[str, Any]:
    """A JSON-RPC 2.0 request object."""
    return {"jsonrpc": "2.0", "id": number, "method": method, "params": params}


def results_of(
    raw: bytes, numbers: Sequence[int], label: str
) -> tuple[JsonValue | NodeRefused, ...]:
    """What a batch was answered, by the ids and not by the order.

    Some servers answer a batch of one with a bare object. An error object without an id speaks of
    the batch as a whole. Raises BatchRefused, NodeAnswerInvalid.
    """
    reply = parse(raw, label)
    if isinstance(reply, dict) and (len(numbers) > 1 or reply.get("id") is None):
        error = reply.get("error")
        if reply.get("jsonrpc") == "2.0" and isinstance(error, dict):
            raise BatchRefused(f"{refused(error, label).detail} It was asked many things at once.")
        raise NodeAnswerInvalid(f"{label} sent something that is no answer to what was asked.")
    items = reply if isinstance(reply, list) else [reply]
    if len(items) != len(numbers):
        raise NodeAnswerInvalid(
            f"{label} sent {len(items)} answers to {len(numbers)} questions.",
            hint="Try again, or use another node.",
        )
    found: dict[int, JsonValue | NodeRefused] = {}
    for item in items:
        number = item.get("id") if isinstance(item, dict) else None
        if type(number) is not int or number not in numbers or number in found:
            raise NodeAnswerInvalid(f"{label} answered another question, or one of them twice.")
        try:
            found[number] = result_in(item, number, label)
        except NodeRefused as error:
            found[number] = error
    return tuple(found[number] for number in numbers)


def result_of(raw: bytes, number: int, label: str) -> JsonValue:
    """The result of a JSON-RPC reply; raises NodeAnswerInvalid, NodeRefused."""
    return result_in(parse(raw, label), number, label)


def result_in(reply: object, number: int, label: str) -> JsonValue:
    """The result of a reply that is JSON; raises NodeAnswerInvalid, NodeRefused."""
    if not isinstance(reply, dict) or reply.get("jsonrpc") != "2.0":
        raise NodeAnswerInvalid(f"{label} sent something that is no JSON-RPC answer.")
    error = reply.get("error")
    if isinstance(error, dict) and reply.get("id") in {number, None}:
        raise refused(error, label)
    if reply.get("id") != number or isinstance(reply.get("id"), bool):
        raise NodeAnswerInvalid(f"{label} answered another question.")
    if error is not None or "result" not in reply:
        raise NodeAnswerInvalid(f"{label} sent neither a result nor an error.")
    result: JsonValue = reply["result"]
    return result


def parse(raw: bytes, label: str) -> Any:  # noqa: ANN401 - JSON
    """JSON with one meaning: no key twice, no NaN, not too deep."""

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise ValueError("a key stands twice in one object")
        return found

    def constant(_word: str) -> NoReturn:
        raise ValueError("NaN and infinities are no JSON")

    try:
        text = raw.decode("utf-8")
        if depth(text) > MAX_DEPTH:  # the parser in C would crash, see strict_json
            raise ValueError("nested too deeply")
        return json.loads(text, object_pairs_hook=unique, parse_constant=constant)
    except (ValueError, RecursionError) as error:
        raise NodeAnswerInvalid(
            f"{label} sent something that is no JSON, or was cut off.",
            hint="Try again, or use another node.",
        ) from error


def refused(error: Mapping[str, Any], label: str) -> NodeRefused:
    """The node's error in plain words, and a little of its own, made harmless."""
    code = error.get("code")
    if not isinstance(code, int) or isinstance(code, bool):
        raise NodeAnswerInvalid(f"{label} sent an error without a code.")
    own = harmless(error.get("message"))
    data = harmless(innermost(error.get("data")))
    words = WORDS.get(code, f"It says: {own or 'nothing more'} (code {code}).")
    if data and code in WORDS:
        words = f"{words} ({data})"
    return NodeRefused(f"{label}: {words}", rpc_code=code, rpc_data=data, rpc_message=own)


def innermost(data: object) -> object:
    """What the contract itself said: a failed call names its callers around it.

    Forms of starknet-specs 0.10, CONTRACT_ERROR and CONTRACT_EXECUTION_ERROR.
    """
    for _ in range(DEEPEST):
        if not isinstance(data, dict):
            break
        inner = data.get("revert_error", data.get("error"))
        if inner is None:
            break
        data = inner
    return data


def harmless(value: object) -> str:
    """Printable and short."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else json.dumps(value)
    shown = "".join(one if one.isprintable() else " " for one in text[: 8 * TEXT])
    shown = " ".join(shown.split())
    return shown if len(shown) <= TEXT else shown[: TEXT - 1] + "…"

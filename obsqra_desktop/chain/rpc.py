"""JSON-RPC 2.0 with nodes: asked again where that is safe, answers parsed strictly.

A reply must be one JSON-RPC object with our id; what is in it is checked by `replies`. The URL of a
node may hold an access key and is in no error and no log.
"""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Sequence
from itertools import count
from typing import TYPE_CHECKING, Any, Final, TypeVar

from obsqra_desktop.chain.connections import ConnectionRegister
from obsqra_desktop.chain.io_thread import IoThread
from obsqra_desktop.chain.json_rpc import PARAMS, request, result_of, results_of
from obsqra_desktop.domain.chain_errors import (
    BatchRefused,
    HttpRefused,
    NodeRefused,
    NodeUnreachable,
    Offline,
    ProxyUnreachable,
)
from obsqra_desktop.domain.network import Endpoint, NetworkSettings, Proxy, Route
from obsqra_desktop.domain.strict_json import JsonValue

if TYPE_CHECKING:
    from obsqra_desktop.chain.transport import Transport

Answer = TypeVar("Answer")

REPLY_LIMIT: Final = 4 * 1024 * 1024
TIMEOUT: Final = 20.0
"""Seconds for an answer."""
WORK: Final = 3
"""So many times as long where the node first has to run a transaction or compile a class."""
ATTEMPTS: Final = 3
FIRST_PAUSE: Final = 0.25
LONGEST_PAUSE: Final = 8.0
"""Seconds; a node that asks for more is not waited for."""


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
        work: bool = False,
    ) -> JsonValue:
        """The result; unreachable and busy nodes are asked again, `attempts` times in all.
        `work` is for what makes a node work, see `WORK`.

        What must not happen twice is asked with attempts=1, over a connection of its own.
        Raises Offline, NodeUnreachable, ProxyUnreachable, NodeBusy, NodeAnswerInvalid,
        NodeRefused.
        """
        seconds = (self._timeout if timeout is None else timeout) * (WORK if work else 1)

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

"""The one HTTP client of the program: POST, with limits on everything.

Replies are untrusted: they are cut at a size, and refused when they are packed (a small reply could
unpack to a huge one) or point elsewhere.
"""

import asyncio
import io
import ssl
from typing import Final

import aiohttp
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError

from obsqra_desktop.domain.chain_errors import (
    HttpRefused,
    NodeAnswerInvalid,
    NodeBusy,
    NodeGone,
    NodeUnreachable,
    ProxyUnreachable,
)
from obsqra_desktop.domain.network import Endpoint, Proxy

CONNECT_TIMEOUT: Final = 10.0
CHUNK: Final = 64 * 1024
HEADERS: Final = {"Content-Type": "application/json", "Accept-Encoding": "identity"}


class Transport:
    """The connections, kept open: near to this computer, far through the proxy if one is set."""

    def __init__(self) -> None:
        self._near: aiohttp.ClientSession | None = None
        self._far: aiohttp.ClientSession | None = None
        self._proxy: Proxy | None = None

    async def close(self) -> None:
        """Close them all."""
        for session in (self._near, self._far):
            if session is not None:
                await session.close()

    async def post(
        self,
        endpoint: Endpoint,
        proxy: Proxy | None,
        body: bytes,
        *,
        limit: int,
        seconds: float,
        fresh: bool,
    ) -> bytes:
        """The reply's bytes. `fresh` opens a connection for this request alone: one that was kept
        may have died unnoticed, and then nobody knows whether the request arrived.

        Raises NodeUnreachable, ProxyUnreachable, NodeBusy, NodeAnswerInvalid.
        """
        label = endpoint.label
        try:
            if fresh:
                async with open_session(None if endpoint.local else proxy) as session:
                    return await post(session, endpoint, body, limit, seconds)
            return await post(await self._kept(endpoint, proxy), endpoint, body, limit, seconds)
        except (
            ProxyTimeoutError,
            ProxyConnectionError,
            ProxyError,
            asyncio.IncompleteReadError,  # the proxy hung up in the middle of its greeting
        ) as error:
            raise ProxyUnreachable(
                f"The proxy {proxy.label if proxy else ''} did not let us through. Nothing went "
                "around it.",
                hint="Start the proxy (for Tor: the Tor service), or change it in the settings.",
            ) from error
        except TimeoutError:
            raise NodeUnreachable(
                f"{label} did not answer within {seconds:g} seconds.",
                hint="Try again, or use another node.",
            ) from None  # aiohttp's own text may quote the whole address
        except (aiohttp.ClientSSLError, ssl.SSLError) as error:
            raise NodeUnreachable(
                f"{label} could not show that it is who it says (TLS).",
                hint="Check this computer's clock and the node's address.",
            ) from error
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise NodeUnreachable(
                f"{label} could not be reached or broke off ({type(error).__name__}).",
                hint="Check that the node runs and that you are connected.",
            ) from None  # as above

    async def _kept(self, endpoint: Endpoint, proxy: Proxy | None) -> aiohttp.ClientSession:
        if endpoint.local:
            self._near = self._near or open_session(None)
            return self._near
        if self._far is not None and self._proxy != proxy:
            stale, self._far = self._far, None
            await stale.close()
        if self._far is None:
            self._far, self._proxy = open_session(proxy), proxy
        return self._far


async def post(
    session: aiohttp.ClientSession, endpoint: Endpoint, body: bytes, limit: int, seconds: float
) -> bytes:
    """One request; the errors of aiohttp pass through."""
    label = endpoint.label
    times = aiohttp.ClientTimeout(total=seconds, sock_connect=min(CONNECT_TIMEOUT, seconds))
    async with session.post(
        endpoint.url, data=io.BytesIO(body), headers=HEADERS, timeout=times, allow_redirects=False
    ) as response:
        if response.status == 429 or response.status >= 500:
            raise busy(label, response.status, response.headers.get("Retry-After"))
        if response.status == 410:
            raise NodeGone(
                f"{label} says that this address has been given up for good (HTTP status 410).",
                hint="Remove it, or type the node's new address.",
            )
        if 300 <= response.status < 400:
            raise NodeAnswerInvalid(
                f"{label} wants to send us elsewhere, which is not followed.",
                hint="Type the node's real address.",
            )
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise NodeAnswerInvalid(f"{label} sent a packed answer, which was not asked for.")
        raw = bytearray()
        async for chunk in response.content.iter_chunked(CHUNK):
            raw += chunk
            if len(raw) > limit:
                raise NodeAnswerInvalid(
                    f"{label} sent more than {limit // 1024} KiB, which is too much."
                )
        if response.status >= 400 and not raw.lstrip().startswith(b"{"):
            raise HttpRefused(
                f"{label} answered with HTTP status {response.status}.",
                hint="Check the node's address and its access key.",
            )
        return bytes(raw)


def open_session(proxy: Proxy | None) -> aiohttp.ClientSession:
    """No cookies, no settings from the environment; names are resolved behind a proxy."""
    connector: aiohttp.BaseConnector
    if proxy is None:
        connector = aiohttp.TCPConnector(limit_per_host=8)
    else:
        host = f"[{proxy.host}]" if ":" in proxy.host else proxy.host
        connector = ProxyConnector.from_url(f"socks5://{host}:{proxy.port}", rdns=True)
    return aiohttp.ClientSession(
        connector=connector,
        trust_env=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
    )


def busy(label: str, status: int, after: str | None) -> NodeBusy:
    """With the seconds that the node asks for, when it does so in digits."""
    error = NodeBusy(
        f"{label} is busy or down (HTTP status {status}).",
        hint="Wait a little, or use another node.",
    )
    if after is not None and after.isascii() and after.isdigit() and len(after) < 6:
        error.retry_after = float(after)
    return error

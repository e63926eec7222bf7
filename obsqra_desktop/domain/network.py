"""Networks, their nodes, and how to reach them."""

import ipaddress
import re
from enum import StrEnum
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, field_validator, model_validator

from obsqra_desktop.domain.felt import short_string
from obsqra_desktop.domain.pools import Strict, printable

NETWORKS_SCHEMA: Final = "obsqra/networks/1"
PRACTICE_CHAIN: Final = "OBSQRA_PRACTICE"
SPEC_PREFIX: Final = "0.10."
MAX_ENDPOINTS: Final = 8
URL_TEXT: Final = re.compile(r"[!-\[\]-~]+")
"""Printable ASCII without the backslash, which programs read in different ways."""
HOST_NAME: Final = re.compile(r"[a-z0-9]([a-z0-9._-]*[a-z0-9])?")
NETWORK_ID: Final = r"^[a-z0-9][a-z0-9-]{0,30}$"


class NetworkKind(StrEnum):
    """What a network is for."""

    MAINNET = "mainnet"
    SEPOLIA = "sepolia"
    PRACTICE = "practice"
    CUSTOM = "custom"


REAL_CHAINS: Final = frozenset({"SN_MAIN", "SN_SEPOLIA"})
"""Chains that others share: publicly known keys are refused there."""


def is_this_computer(host: str) -> bool:
    """Whether a host is the loopback interface."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_host(host: str) -> bool:
    """Whether it is a name or an IP address without a zone, in lower case."""
    if ":" not in host:
        return HOST_NAME.fullmatch(host) is not None
    try:
        return ipaddress.IPv6Address(host).scope_id is None
    except ValueError:
        return False


def is_onion(host: str) -> bool:
    """Whether a host is a Tor onion service."""
    return host.endswith(".onion")


def label_of(host: str, port: int | None) -> str:
    """Host and port as people read them."""
    shown = f"[{host}]" if ":" in host else host
    return shown if port is None else f"{shown}:{port}"


class Endpoint(Strict):
    """One JSON-RPC node. The URL may hold an access key: show `label`, never `url`."""

    url: Annotated[str, Field(repr=False, max_length=500)]
    own: bool = True
    """Whether the user runs this node; a provider's node sees what is asked and from where."""

    @field_validator("url")
    @classmethod
    def _usable(cls, url: str) -> str:
        # Errors of urlsplit quote the address, and with it a password or key.
        if not URL_TEXT.fullmatch(url):
            raise ValueError("a node's address has a character that no address may have")
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise ValueError("a node's address has no valid host or port") from None
        host = parts.hostname or ""
        if parts.scheme not in {"http", "https"} or not host:
            raise ValueError("a node's address starts with https:// (or http:// on this computer)")
        written = parts.netloc.rpartition("@")[2].lower()
        expected = re.escape(label_of(host, None)) + "(:[0-9]*)?"
        if port == 0 or not is_host(host) or not re.fullmatch(expected, written):
            raise ValueError("a node's address has no valid host or port")
        if parts.scheme == "http" and not (is_this_computer(host) or is_onion(host)):
            raise ValueError(
                "http:// is only for this computer and for .onion: elsewhere anyone on the way "
                "could read and change the answers"
            )
        return url

    @property
    def host(self) -> str:
        """Host name alone."""
        return urlsplit(self.url).hostname or ""

    @property
    def label(self) -> str:
        """Host and port, fit to be shown and kept: no path, no user name, no query."""
        return label_of(self.host, urlsplit(self.url).port)

    @property
    def local(self) -> bool:
        """Whether the node is on this computer; it is reached directly, never through a proxy."""
        return is_this_computer(self.host)


class Network(Strict):
    """A chain and the nodes that tell about it; the first endpoint is asked first."""

    id: Annotated[str, Field(pattern=NETWORK_ID)]
    name: Annotated[str, Field(min_length=1, max_length=40), AfterValidator(printable)]
    kind: NetworkKind
    chain_id: Annotated[str, Field(min_length=1, max_length=31)]
    """Short string, as "SN_MAIN"."""
    endpoints: Annotated[tuple[Endpoint, ...], Field(max_length=MAX_ENDPOINTS)] = ()
    cross_check: bool = False
    """Before sending, ask a second node the same questions and stop when they disagree."""

    @model_validator(mode="after")
    def _consistent(self) -> "Network":
        short_string(self.chain_id)
        expected = {
            NetworkKind.MAINNET: "SN_MAIN",
            NetworkKind.SEPOLIA: "SN_SEPOLIA",
            NetworkKind.PRACTICE: PRACTICE_CHAIN,
        }.get(self.kind)
        if expected is not None and self.chain_id != expected:
            raise ValueError(f"the chain id of {self.kind.value} is {expected}")
        if self.kind is NetworkKind.CUSTOM and self.chain_id == PRACTICE_CHAIN:
            raise ValueError("that chain id belongs to the practice chain")
        return self

    @property
    def chain(self) -> int:
        """The chain id as the felt that is signed."""
        return short_string(self.chain_id)

    @property
    def real(self) -> bool:
        """Whether publicly known keys must be refused: everywhere but on the practice chain."""
        return self.kind is not NetworkKind.PRACTICE

    @property
    def practice(self) -> bool:
        """Whether this is the app's own chain, where money is play money."""
        return self.kind is NetworkKind.PRACTICE


class Proxy(Strict):
    """A SOCKS5 proxy, as Tor's. Names are resolved behind it; nothing goes around it."""

    host: Annotated[str, Field(min_length=1, max_length=253, pattern=r"^[A-Za-z0-9.:-]+$")]
    port: Annotated[int, Field(ge=1, le=65535)]

    @property
    def label(self) -> str:
        """Host and port."""
        return label_of(self.host, self.port)


class NetworkSettings(Strict):
    """networks.json: what is chosen, all networks, and how to go out."""

    schema_id: Literal["obsqra/networks/1"] = Field(default=NETWORKS_SCHEMA, alias="schema")
    selected: str = "practice"
    offline: bool = False
    proxy: Proxy | None = None
    devnet_path: str | None = None
    """A starknet-devnet of the user's choice; None takes the one on PATH or the installed one."""
    networks: Annotated[tuple[Network, ...], Field(max_length=32)]

    @model_validator(mode="after")
    def _consistent(self) -> "NetworkSettings":
        ids = [one.id for one in self.networks]
        if len(set(ids)) != len(ids):
            raise ValueError("two networks have the same id")
        if self.selected not in ids:
            raise ValueError("the selected network is not in the list")
        return self

    def network(self, network_id: str) -> Network | None:
        """The network of that id."""
        return next((one for one in self.networks if one.id == network_id), None)

    @property
    def current(self) -> Network:
        """The selected one."""
        return next(one for one in self.networks if one.id == self.selected)


def default_settings() -> NetworkSettings:
    """No node is built in: the program talks to nobody before its user names a node."""
    return NetworkSettings(
        networks=(
            Network(
                id="mainnet",
                name="Starknet mainnet",
                kind=NetworkKind.MAINNET,
                chain_id="SN_MAIN",
                cross_check=True,
            ),
            Network(
                id="sepolia",
                name="Starknet Sepolia",
                kind=NetworkKind.SEPOLIA,
                chain_id="SN_SEPOLIA",
            ),
            Network(
                id="practice",
                name="Practice chain",
                kind=NetworkKind.PRACTICE,
                chain_id=PRACTICE_CHAIN,
            ),
        )
    )


class Route(StrEnum):
    """How a connection left this computer."""

    LOCAL = "this computer"
    DIRECT = "direct"
    PROXY = "SOCKS proxy"


class Health(StrEnum):
    """What the last look at a node said."""

    UNKNOWN = "unknown"
    GOOD = "good"
    SLOW = "slow"
    BEHIND = "behind"
    WRONG_CHAIN = "wrong chain"
    UNFIT = "unfit"
    UNREACHABLE = "unreachable"


class NodeReport(Strict):
    """The result of a preflight; unknown is None."""

    label: str
    own: bool
    route: Route
    health: Health
    detail: str
    """One sentence that explains the health."""
    chain_id: str | None = None
    spec_version: str | None = None
    starknet_version: str | None = None
    block_number: int | None = None
    block_timestamp: int | None = None
    archive: bool | None = None
    """Whether the state of an old block can be read; None when not asked or not known."""
    milliseconds: int | None = None
    checked_at: int | None = None

    @property
    def usable(self) -> bool:
        """Whether a flow may start on it."""
        return self.health in {Health.GOOD, Health.SLOW}


class Connection(Strict):
    """One line of the Connections page: a host, what for, by which route, when."""

    host: str
    purpose: str
    route: Route
    first_at: int
    last_at: int
    count: int
    failures: int

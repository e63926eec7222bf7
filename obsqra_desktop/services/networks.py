"""Networks: which one is in use, its nodes, the way out, and who was talked to."""

from typing import TypeVar

from pydantic import ValidationError

from obsqra_desktop.domain.chain_errors import PracticeChainDown
from obsqra_desktop.domain.chain_types import PracticeState
from obsqra_desktop.domain.errors import InvalidInput, NotFound
from obsqra_desktop.domain.network import (
    Connection,
    Endpoint,
    Network,
    NetworkKind,
    NetworkSettings,
    NodeReport,
    Proxy,
)
from obsqra_desktop.domain.strict_json import invalid
from obsqra_desktop.services.chain_ports import Chain, NetworkStore, PracticeChain

Made = TypeVar("Made", Endpoint, Network, NetworkSettings)
FIXED = frozenset(NetworkKind) - {NetworkKind.CUSTOM}


class CurrentNetworks:
    """Loads networks.json when first asked and keeps what is saved through it."""

    def __init__(self, store: NetworkStore) -> None:
        self._store = store
        self._known: NetworkSettings | None = None

    def __call__(self) -> NetworkSettings:
        """The settings; raises StorageError when they are damaged."""
        if self._known is None:
            self._known = self._store.load()
        return self._known

    def save(self, settings: NetworkSettings) -> NetworkSettings:
        """On the disk first, then in force."""
        self._store.save(settings)
        self._known = settings
        return settings


class NetworkService:
    """Implements Networks, and what the pages and commands do with them."""

    def __init__(self, current: CurrentNetworks, chain: Chain, practice: PracticeChain) -> None:
        self._current = current
        self._chain = chain
        self._practice = practice

    def settings(self) -> NetworkSettings:
        """What is in force."""
        return self._current()

    def network(self, network_id: str | None = None) -> Network:
        """One network as it is set, None for the one in use; raises NotFound."""
        settings = self._current()
        network = settings.network(network_id or settings.selected)
        if network is None:
            known = ", ".join(one.id for one in settings.networks)
            raise NotFound(f"There is no network {network_id!r}.", hint=f"There are: {known}.")
        return network

    def name_of(self, network_id: str) -> str:
        """What people call it; of one that is not set any more its id."""
        network = self._current().network(network_id)
        return network.name if network is not None else network_id

    async def resolve(self, network_id: str | None = None) -> Network:
        """With its nodes; raises PracticeChainDown when that is what it needs."""
        network = self.network(network_id)
        if not network.practice:
            return network
        status = await self._practice.status()
        if status.state is not PracticeState.UP or status.url is None:
            raise PracticeChainDown(
                "Nothing was sent."
                if status.detail.rstrip(".") == PracticeChainDown.title
                else f"{status.detail} Nothing was sent.",
                hint="Start it: in the window under Networks, or: obsqra practice up",
            )
        return network.model_copy(update={"endpoints": (Endpoint(url=status.url),)})

    async def test(self, network_id: str | None = None) -> tuple[NodeReport, ...]:
        """Preflight of all nodes; raises Offline, PracticeChainDown."""
        return await self._chain.check(await self.resolve(network_id))

    async def glance(self) -> tuple[NodeReport, ...]:
        """How the nodes of the network in use are, asking the first at most once a minute."""
        network = await self.resolve()
        return await self._chain.glance(network) if network.endpoints else ()

    async def last(self, network_id: str | None = None) -> tuple[NodeReport, ...]:
        """What was last seen, without asking; nothing while the practice chain is down."""
        try:
            return self._chain.last_reports(await self.resolve(network_id))
        except PracticeChainDown:
            return ()

    def connections(self) -> tuple[Connection, ...]:
        """Every host that was talked to, the latest first."""
        return self._chain.connections()

    def forget_connections(self) -> None:
        """Empty that list."""
        self._chain.forget_connections()

    # --- changes; each is on the disk before it is in force ---

    def select(self, network_id: str) -> NetworkSettings:
        """Use another network."""
        return self._change(selected=self.network(network_id).id)

    def set_offline(self, offline: bool) -> NetworkSettings:
        """Ask nobody outside of this computer, or do again."""
        return self._change(offline=offline)

    def set_proxy(self, proxy: Proxy | None) -> NetworkSettings:
        """Go out through a SOCKS5 proxy only, or directly."""
        return self._change(proxy=proxy)

    def set_devnet_path(self, path: str | None) -> NetworkSettings:
        """Which starknet-devnet the practice chain runs."""
        return self._change(devnet_path=path)

    def set_cross_check(self, network_id: str, on: bool) -> NetworkSettings:
        """Whether a second node must agree before something is sent."""
        return self._replace(self.network(network_id), cross_check=on)

    def add_endpoint(self, network_id: str, url: str, own: bool) -> NetworkSettings:
        """A node; the user's own come before those of others."""
        network = self._open_to_nodes(network_id)
        endpoint = made(Endpoint, url=url.strip(), own=own)
        if any(one.url == endpoint.url for one in network.endpoints):
            raise InvalidInput("That node is there already.")
        nodes = (*network.endpoints, endpoint)
        nodes = tuple(sorted(nodes, key=lambda one: not one.own)) if own else nodes
        return self._replace(network, endpoints=nodes)

    def remove_endpoint(self, network_id: str, index: int) -> NetworkSettings:
        """Forget a node and its address."""
        network, nodes = self._nodes(network_id, index)
        del nodes[index]
        return self._replace(network, endpoints=tuple(nodes))

    def prefer_endpoint(self, network_id: str, index: int) -> NetworkSettings:
        """Ask this node first."""
        network, nodes = self._nodes(network_id, index)
        nodes.insert(0, nodes.pop(index))
        return self._replace(network, endpoints=tuple(nodes))

    def add_custom(self, name: str, chain_id: str, url: str, own: bool) -> NetworkSettings:
        """A network of the user's own, with its first node."""
        settings = self._current()
        network_id = "".join(one if one.isalnum() else "-" for one in name.strip().lower())[:31]
        if settings.network(network_id) is not None:
            raise InvalidInput(f"There is a network {network_id!r} already.")
        network = made(
            Network,
            id=network_id,
            name=name.strip(),
            kind=NetworkKind.CUSTOM,
            chain_id=chain_id.strip(),
            endpoints=(made(Endpoint, url=url.strip(), own=own),),
        )
        return self._change(networks=(*settings.networks, network))

    def remove_network(self, network_id: str) -> NetworkSettings:
        """Forget a network of the user's own; accounts and transactions of it are kept."""
        network = self.network(network_id)
        settings = self._current()
        if network.kind in FIXED:
            raise InvalidInput(f"{network.name} is part of the program and cannot be removed.")
        if settings.selected == network.id:
            raise InvalidInput("This network is in use.", hint="Use another one first.")
        rest = tuple(one for one in settings.networks if one.id != network.id)
        return self._change(networks=rest)

    def _open_to_nodes(self, network_id: str) -> Network:
        network = self.network(network_id)
        if network.practice:
            raise InvalidInput("The practice chain runs on this computer and has no other node.")
        return network

    def _nodes(self, network_id: str, index: int) -> tuple[Network, list[Endpoint]]:
        network = self._open_to_nodes(network_id)
        if not 0 <= index < len(network.endpoints):
            raise NotFound(f"{network.name} has no node number {index + 1}.")
        return network, list(network.endpoints)

    def _replace(self, network: Network, **update: object) -> NetworkSettings:
        changed = made(Network, **{**dict(network), **update})
        networks = tuple(
            changed if one.id == network.id else one for one in self._current().networks
        )
        return self._change(networks=networks)

    def _change(self, **update: object) -> NetworkSettings:
        return self._current.save(made(NetworkSettings, **{**dict(self._current()), **update}))


def made(kind: type[Made], /, **fields: object) -> Made:
    """A checked document; raises InvalidInput, which never repeats a node's address."""
    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        raise invalid(error, kind.__name__.lower()) from None

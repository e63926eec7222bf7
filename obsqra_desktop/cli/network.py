"""network: which chain and nodes are used, the way out, and who was talked to."""

from obsqra_desktop.cli.context import Context, JsonObject
from obsqra_desktop.cli.main import CANNOT, OK
from obsqra_desktop.cli.render import UNKNOWN, moment, table
from obsqra_desktop.cli.secrets_fd import read_line
from obsqra_desktop.domain.errors import InvalidInput
from obsqra_desktop.domain.network import (
    Network,
    NetworkKind,
    NetworkSettings,
    NodeReport,
    Proxy,
)

DIRECT = "none"


def list_networks(context: Context) -> int:
    """All networks and their nodes, without asking any."""
    settings = context.services.networks.settings()
    context.answer(settings_document(settings), settings_text(settings))
    return OK


def test(context: Context) -> int:
    """Preflight of all nodes of one network."""
    reports = context.wait(context.services.networks.test(context.options.id))
    rows = [
        (
            one.label,
            one.health.value,
            one.chain_id or UNKNOWN,
            one.spec_version or UNKNOWN,
            str(one.block_number) if one.block_number is not None else UNKNOWN,
            {True: "yes", False: "no", None: UNKNOWN}[one.archive],
            f"{one.milliseconds} ms" if one.milliseconds is not None else UNKNOWN,
            one.detail,
        )
        for one in reports
    ]
    head = ("Node", "Health", "Chain", "Version", "Block", "Archive", "Time", "")
    answer = {"nodes": [report_document(one) for one in reports]}
    context.answer(answer, table(head, rows, right=(4, 6)))
    return OK if any(one.usable for one in reports) else CANNOT


def use(context: Context) -> int:
    """Choose a network; mainnet wants the word for real money."""
    o, service = context.options, context.services.networks
    network = service.network(o.id)
    if network.kind is NetworkKind.MAINNET and not o.real_money:
        raise InvalidInput(
            "On mainnet everything that is sent is real money.",
            hint="If you mean it: obsqra network use mainnet --real-money",
        )
    return settled(context, service.select(network.id))


def add(context: Context) -> int:
    """A node of a network, or a network of the user's own with its first node."""
    o, service = context.options, context.services.networks
    url = o.url if o.url is not None else read_line(o.url_fd, "the node's address")
    known = service.settings().network(o.id)
    if known is not None:
        return settled(context, service.add_endpoint(o.id, url, not o.provider))
    if o.chain_id is None:
        raise InvalidInput(
            f"There is no network {o.id!r}; to make it, its chain id is needed.",
            hint="Give --chain-id, as in --chain-id SN_SEPOLIA.",
        )
    return settled(context, service.add_custom(o.id, o.chain_id, url, not o.provider))


def remove(context: Context) -> int:
    """A node by its place, or a whole network of the user's own."""
    o, service = context.options, context.services.networks
    if o.node is None:
        return settled(context, service.remove_network(o.id))
    return settled(context, service.remove_endpoint(o.id, o.node - 1))


def first(context: Context) -> int:
    """Ask this node before the others."""
    o = context.options
    return settled(context, context.services.networks.prefer_endpoint(o.id, o.node - 1))


def proxy(context: Context) -> int:
    """The way out."""
    words = context.options.address.strip()
    if words.lower() == DIRECT:
        return settled(context, context.services.networks.set_proxy(None))
    host, colon, port = words.rpartition(":")
    if not colon or not port.isascii() or not port.isdigit() or len(port) > 5:
        raise InvalidInput("A proxy is HOST:PORT, as 127.0.0.1:9050, or: none.")
    try:
        chosen = Proxy(host=host.strip("[]"), port=int(port))
    except ValueError:
        raise InvalidInput("A proxy is HOST:PORT, as 127.0.0.1:9050, or: none.") from None
    return settled(context, context.services.networks.set_proxy(chosen))


def offline(context: Context) -> int:
    """Ask nobody outside, or do again."""
    return settled(context, context.services.networks.set_offline(context.options.state == "on"))


def cross_check(context: Context) -> int:
    """Whether a second node must agree."""
    o = context.options
    return settled(context, context.services.networks.set_cross_check(o.id, o.state == "on"))


def connections(context: Context) -> int:
    """Every host that was talked to."""
    service = context.services.networks
    if context.options.forget:
        service.forget_connections()
    lines = service.connections()
    rows = [
        (
            one.host,
            one.purpose,
            one.route.value,
            moment(one.first_at),
            moment(one.last_at),
            str(one.count),
            str(one.failures),
        )
        for one in lines
    ]
    head = ("Host", "What for", "Route", "First", "Last", "Times", "Failed")
    answer = {"connections": [one.model_dump(mode="json") for one in lines]}
    context.answer(answer, table(head, rows, right=(5, 6)) if rows else "Nobody yet.")
    return OK


def settled(context: Context, settings: NetworkSettings) -> int:
    """The settings as they are now."""
    context.answer(settings_document(settings), settings_text(settings))
    return OK


def settings_document(settings: NetworkSettings) -> JsonObject:
    """Without the nodes' addresses: they may hold access keys."""
    return {
        "selected": settings.selected,
        "offline": settings.offline,
        "proxy": settings.proxy.label if settings.proxy else None,
        "networks": [network_document(one) for one in settings.networks],
    }


def network_document(network: Network) -> JsonObject:
    """One network."""
    return {
        "id": network.id,
        "name": network.name,
        "kind": network.kind.value,
        "chain_id": network.chain_id,
        "cross_check": network.cross_check,
        "nodes": [{"label": one.label, "own": one.own} for one in network.endpoints],
    }


def report_document(report: NodeReport) -> JsonObject:
    """One node."""
    document: JsonObject = report.model_dump(mode="json")
    return document


def settings_text(settings: NetworkSettings) -> str:
    """For people."""
    lines = []
    for network in settings.networks:
        mark = "*" if network.id == settings.selected else " "
        lines.append(f"{mark} {network.id:<10} {network.name} ({network.chain_id})")
        lines += [
            f"    {place}. {node.label}{'' if node.own else ', a provider’s'}"
            for place, node in enumerate(network.endpoints, 1)
        ]
        if not network.endpoints:
            words = "started with: obsqra practice up" if network.practice else "no node yet"
            lines.append(f"    {words}")
    route = f"through the SOCKS proxy {settings.proxy.label}" if settings.proxy else "direct"
    lines.append(f"Way out: {'offline' if settings.offline else route}")
    return "\n".join(lines)

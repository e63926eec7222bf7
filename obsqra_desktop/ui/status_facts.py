"""What the strip says about network, node, route and keys, and where it can be changed. No Qt."""

from dataclasses import dataclass

from obsqra_desktop.domain.chain_types import PracticeState, PracticeStatus, VaultMethod, VaultState
from obsqra_desktop.domain.network import Health, Network, NetworkKind, NetworkSettings, NodeReport
from obsqra_desktop.ui.format import UNKNOWN, grouped


@dataclass(frozen=True)
class Fact:
    """A short text in the strip, the reason behind it, and the page where it is changed."""

    text: str
    icon: str
    title: str
    detail: str
    tone: str = ""
    page: str = ""


def network_fact(network: Network) -> Fact:
    """Which chain; play money and test money never look like money."""
    if network.kind is NetworkKind.PRACTICE:
        return Fact(
            "Practice chain",
            "flask",
            "Play money",
            "A chain of its own on this computer. What is signed for it is valid nowhere else.",
            "warn",
            "networks",
        )
    if network.kind is NetworkKind.MAINNET:
        return Fact(
            network.name,
            "cube",
            "Real money",
            "Everything that is sent here is real and cannot be taken back.",
            "",
            "networks",
        )
    return Fact(
        network.name,
        "flask",
        f"Chain {network.chain_id}",
        "Test money, unless you know better: the name is yours.",
        "warn",
        "networks",
    )


def node_fact(
    settings: NetworkSettings,
    network: Network,
    reports: tuple[NodeReport, ...],
    practice: PracticeStatus | None,
) -> Fact:
    """Who is asked and how far it is."""
    if network.practice and practice is not None and practice.state is not PracticeState.UP:
        return Fact(
            f"Node: {practice.state.value}", "plugs", "No node", practice.detail, "warn", "networks"
        )
    if settings.offline and not network.practice:
        words = "No node outside this computer is asked."
        return Fact("Offline", "wifi-slash", "Offline mode", words, "warn", "networks")
    if not reports:
        words = "No node is set for this network. Nobody is asked."
        return Fact("No node", "plugs", "No node", words, "warn", "networks")
    best = next((one for one in reports if one.usable), reports[0])
    block = f"block {grouped(best.block_number)}" if best.block_number is not None else UNKNOWN
    if best.usable or best.health is Health.UNKNOWN:
        who = "You run it." if best.own else "Somebody else runs it and sees what you ask."
        return Fact(f"{best.label} · {block}", "hard-drives", best.detail, who, "", "networks")
    return Fact(
        f"{best.label} · {best.health.value}",
        "warning",
        "The node cannot be used",
        best.detail,
        "warn",
        "networks",
    )


def route_fact(settings: NetworkSettings, network: Network) -> Fact:
    """How requests leave this computer."""
    local = network.practice or (
        bool(network.endpoints) and all(one.local for one in network.endpoints)
    )
    page = "connections"
    if local:
        words = "Requests stay on this computer."
        return Fact("This computer", "cpu", "No way out needed", words, "", page)
    if settings.offline:
        return Fact("Nothing goes out", "eye-closed", "Offline", "No request leaves.", "", page)
    if settings.proxy is not None:
        words = "Everything goes through it, names too; if it is down, nothing goes out."
        label = settings.proxy.label
        return Fact(f"SOCKS {label}", "eye-closed", f"Through {label}", words, "", page)
    words = "The node sees your IP address and every address that you ask about."
    return Fact("Direct", "path", "Direct connections", words, "", page)


def keys_fact(state: VaultState) -> Fact:
    """How the account keys are kept."""
    page = "account"
    if state.method is VaultMethod.NONE:
        words = "They are made with your first account and never leave this computer."
        return Fact("No account keys yet", "key", "No account keys yet", words, "", page)
    if state.method is VaultMethod.MEMORY:
        words = "Nothing is on the disk. Close the window and they are gone."
        return Fact("Keys: until I close", "key", "Keys in memory only", words, "warn", page)
    where = state.keyring or "keyring" if state.method is VaultMethod.KEYRING else "passphrase"
    lock = "locked" if state.locked else "open"
    icon = "lock-simple" if state.locked else "lock-simple-open"
    words = "They are sealed on this computer. Signing needs them open."
    return Fact(f"Keys: {where}, {lock}", icon, f"Account keys are {lock}", words, "", page)

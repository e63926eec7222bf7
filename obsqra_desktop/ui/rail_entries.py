"""What stands in the rail, in the order of the window's pages."""

from collections.abc import Callable

(
    DECIDE,
    POOLS,
    DECISIONS,
    VERIFY,
    ACCOUNT,
    SEND,
    PRIVATE,
    HISTORY,
    BOOK,
    NETWORKS,
    CONNECTIONS,
    CONTRACTS,
    SETTINGS,
) = range(13)


def entries(tr: Callable[[str], str]) -> list[tuple[str, str]]:
    """Words and icon of each page."""
    return [
        (tr("Decide"), "compass"),
        (tr("Pools"), "coins"),
        (tr("Decisions"), "list-checks"),
        (tr("Verify a bundle"), "seal-check"),
        (tr("Account"), "wallet"),
        (tr("Send"), "paper-plane-tilt"),
        (tr("Private money"), "eye-closed"),
        (tr("History"), "clock-counter-clockwise"),
        (tr("Address book"), "address-book"),
        (tr("Networks"), "globe-hemisphere-west"),
        (tr("Connections"), "plugs-connected"),
        (tr("Contracts"), "cube"),
        (tr("Settings"), "gear-six"),
    ]

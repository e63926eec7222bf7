"""What the page of pools shows while there are none: why, and the way out."""

from enum import Enum, auto

from obsqra_desktop.domain.chain_errors import Offline
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.services.market_view import MarketView
from obsqra_desktop.ui.format import grouped
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.widgets.empty_state import EmptyState
from obsqra_desktop.ui.widgets.pool_notices import NODE


class Way(Enum):
    """What the button does."""

    NONE = auto()
    PRACTICE = auto()
    NETWORKS = auto()
    REFRESH = auto()


class PoolsEmpty(EmptyState):
    """Chooses its words by network, settings and error."""

    def __init__(self) -> None:
        super().__init__("coins", "", "", "…")
        self.way = Way.NONE

    def show_for(self, services: UiServices, view: MarketView | None) -> None:
        """No pools are kept, and nothing went wrong."""
        self.show_icon("coins")
        try:
            settings = services.networks.settings()
            network = services.networks.network()
        except AppError as error:
            self.way = Way.NONE
            self.say(error.title, f"{error.detail} {error.hint}".strip(), "")
            return
        if network.practice:
            self.way = Way.PRACTICE
            self.say(
                self.tr("No pools on the practice chain yet"),
                self.tr(
                    "One click deploys pools of our own with play money and lets them be traded "
                    "through a day, so that everything can be tried on real contracts."
                ),
                self.tr("&Make the practice market"),
            )
        elif settings.offline or not network.endpoints:
            self.way = Way.NETWORKS
            why = (
                self.tr("Offline mode is on: no node outside this computer is asked.")
                if settings.offline
                else self.tr("No node is set for {0}. Nobody is asked before you name one.").format(
                    network.name
                )
            )
            self.say(self.tr("Nobody to ask about pools"), why, self.tr("Open &Networks"))
        elif view is not None:
            self.way = Way.REFRESH
            self.say(
                self.tr("No pool was found"),
                self.tr("At block {0} none of the known pairs has a pool on {1}.").format(
                    grouped(view.block_number), network.name
                ),
                self.tr("&Look again"),
            )
        else:
            self.way = Way.REFRESH
            self.say(
                self.tr("No pools were read yet"),
                self.tr(
                    "Use, swings, depth and yield are read from the pool contracts on {0} at one "
                    "block, through your own node and nobody else."
                ).format(network.name),
                self.tr("&Read the pools"),
            )

    def show_error(self, services: UiServices, error: AppError) -> None:
        """No pools are kept, as this went wrong."""
        self.show_for(services, None)  # what would have been done is tried again
        networks = self.tr("Open &Networks") if isinstance(error, NODE) else ""
        again = self.tr("&Try again")
        if isinstance(error, Offline):
            self.way, again, networks = Way.NETWORKS, networks, ""
        self.show_icon("warning-circle", "bad")
        self.say(error.title, f"{error.detail} {error.hint}".strip(), again, networks)

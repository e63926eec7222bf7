"""Every venue that there is an adapter for."""

from typing import Final

from obsqra_desktop.domain.market.keys import VenueId
from obsqra_desktop.services.market.venues.ekubo import Ekubo
from obsqra_desktop.services.market.venues.jediswap_v1 import JediSwapV1
from obsqra_desktop.services.market.venues.jediswap_v2 import JediSwapV2
from obsqra_desktop.services.market.venues.reading import Venue
from obsqra_desktop.services.market.venues.vesu_v2 import VesuV2

VENUES: Final[dict[VenueId, Venue]] = {
    one.id: one for one in (Ekubo(), JediSwapV1(), JediSwapV2(), VesuV2())
}

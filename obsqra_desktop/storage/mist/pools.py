"""Where MIST's pools are: the list that ships, and the practice chain's own."""

from collections.abc import Callable
from pathlib import Path

from obsqra_desktop.domain.errors import InvalidInput, StorageError
from obsqra_desktop.domain.mist.pool import POOLS_LIMIT, KnownPool, PoolsFile
from obsqra_desktop.domain.network import Network
from obsqra_desktop.storage.files import read_capped, reported


class PoolList:
    """Implements Pools. `practice` gives the practice chain's pool, None before it was made."""

    def __init__(self, shipped: Path, practice: Callable[[], KnownPool | None]) -> None:
        self._shipped = shipped
        self._practice = practice

    def on(self, network: Network) -> KnownPool | None:
        """By the network's chain id, whatever the network is called here."""
        if network.practice:
            return self._practice()
        with reported("reading the list of pools"):
            try:
                raw = read_capped(self._shipped, POOLS_LIMIT)
                return PoolsFile.parse(raw, self._shipped.name).on(network.chain_id)
            except (ValueError, InvalidInput) as error:
                raise StorageError(
                    "The list of pools that ships with the program is damaged. Nothing was sent.",
                    hint="Install the program again.",
                ) from error

"""Where venues are: the user's own file of a network, else the shipped one."""

from pathlib import Path
from typing import Final

from obsqra_desktop.domain.errors import InvalidInput, NotFound
from obsqra_desktop.domain.market.audit_registry import AuditRegistry, shipped_audits
from obsqra_desktop.domain.market.deployments import MAX_BYTES, Deployments, shipped_deployments
from obsqra_desktop.domain.network import Network
from obsqra_desktop.storage.files import read_capped, reported

FOLDER: Final = "venues"


class VenuesFolder:
    """Implements VenueFiles: venues/<network id>.json of the data folder goes first; the practice
    chain's lies beside its state."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / FOLDER
        self._practice = data_dir / "practice" / "venues.json"

    def venues(self, network: Network) -> Deployments:
        """Of a network; raises NotFound, InvalidInput, StorageError."""
        path = self._practice if network.practice else self._folder / f"{network.id}.json"
        with reported("reading where the venues are"):
            there = path.is_file()
            if there:
                try:
                    found = Deployments.parse(read_capped(path, MAX_BYTES))
                except ValueError as error:
                    raise InvalidInput(f"{error}.", where=path.name) from error
        if not there:
            if network.practice:
                raise NotFound(
                    "There are no pools on the practice chain yet.",
                    hint="Make some: obsqra practice market",
                )
            found = shipped_deployments(network.kind.value)
        if found.chain != network.chain_id:
            raise InvalidInput(
                f"These venues are on {found.chain}, {network.name} is {network.chain_id}."
            )
        return found

    def audits(self) -> AuditRegistry:
        """What is known of audits."""
        return shipped_audits()

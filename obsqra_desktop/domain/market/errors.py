"""What can go wrong while a snapshot is taken."""

from obsqra_desktop.domain.chain_errors import NodeUnfit
from obsqra_desktop.domain.errors import AppError, InvalidInput


class Reorganised(NodeUnfit):
    """The pinned block was replaced while the pools were read."""

    code = "reorganised"
    title = "The chain was reorganised meanwhile"
    retryable = True


class NoPools(AppError):  # noqa: N818 - the name says what happened
    """None of the pools that are looked for is there."""

    code = "no_pools"
    title = "No pools were found"


class NotReproduced(InvalidInput):
    """Computing again from the kept replies gave something else than what was kept."""

    code = "not_reproduced"
    title = "The snapshot does not follow from its replies"

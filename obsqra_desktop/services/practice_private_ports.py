"""The private pool of the practice chain, for the window and the command line."""

from typing import Protocol

from obsqra_desktop.domain.mist.practice import PracticePool
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.market_view import OnPhase


class PracticePrivate(Protocol):
    """Makes the pool and says where it is."""

    def pool(self) -> PracticePool | None:
        """As it was last made; None before. Reads one small file and asks nobody."""
        ...

    async def make(
        self, on_phase: OnPhase | None = None, cancel: CancelToken | None = None
    ) -> PracticePool:
        """Start the practice chain if need be, and put there what is missing of the pool.

        Doing it twice changes nothing; who is stopped goes on where he was. Raises Cancelled,
        ToolMissing, PracticeChainDown and the client's errors.
        """
        ...

"""The private pool of the practice chain, for the window, the command line and what spends."""

from collections.abc import Sequence
from typing import Protocol

from obsqra_desktop.domain.mist_practice import PracticePool
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.market_view import OnPhase


class PracticePrivate(Protocol):
    """Makes the pool, says where it is, and lets its stand-in know of good proofs."""

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

    async def admit(self, argument: Sequence[int]) -> None:
        """Before `handle_zkp` is sent with this argument (its length first) on the practice chain.

        Where the pool's contract checks proofs itself there is nothing to do. Where a stand-in
        stands in for it, this very argument is verified here with the published key and
        then put on the stand-in's list. Raises ProofRejected, InvalidInput, PracticeChainDown and
        the client's errors; NotFound if there is no pool.
        """
        ...

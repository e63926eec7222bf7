"""A practice chain whose market lives: it catches up when the chain starts, and trades on."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from obsqra_desktop.domain.chain_types import PracticeState, PracticeStatus
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.services.chain_ports import PracticeChain
from obsqra_desktop.services.networks import NetworkService
from obsqra_desktop.services.plans import known_token

if TYPE_CHECKING:
    from obsqra_desktop.services.practice_market import PracticeMarketService

PRACTICE: Final = "practice"
T = TypeVar("T")


class Unsettled(Protocol):
    """Who knows what was sent and has not arrived; see SendingService."""

    def unsettled(self, network_id: str | None = None) -> tuple[object, ...]: ...  # noqa: D102


class LivelyPractice:
    """Implements PracticeChain: a chain that has a market is carried on to now when it starts, so
    that what is sent afterwards comes after it. A market that cannot come along leaves the chain
    up, and the status says why until it can. The market is made when it is first needed."""

    def __init__(
        self, practice: PracticeChain, market: "Callable[[], PracticeMarketService]"
    ) -> None:
        self._practice = practice
        self._market = market
        self._trouble: AppError | None = None

    async def status(self) -> PracticeStatus:
        """See PracticeChain."""
        return self._with_trouble(await self._practice.status())

    async def up(self) -> PracticeStatus:
        """Start it and let its market catch up; one that still has to is tried again."""
        before = await self._practice.status()
        after = await self._practice.up()
        fresh = before.state is not PracticeState.UP or self._trouble is not None
        if fresh and self._market().venues() is not None:
            await self._heard(self._market().make())
        return await self.status() if fresh else self._with_trouble(after)

    async def beat(self) -> bool:
        """See `PracticeMarketService.beat`; an error is kept for the status and not raised."""
        return bool(await self._heard(self._market().beat()))

    async def down(self) -> PracticeStatus:
        """See PracticeChain."""
        self._trouble = None
        return await self._practice.down()

    async def reset(self) -> PracticeStatus:
        """See PracticeChain."""
        self._trouble = None
        return await self._practice.reset()

    async def faucet(self, address: int, token: int, amount: int) -> int:
        """See PracticeChain; tokens of the market come from it."""
        if known_token(token) is not None:
            return await self._practice.faucet(address, token, amount)
        return await self._market().give(address, token, amount)

    def _with_trouble(self, status: PracticeStatus) -> PracticeStatus:
        up = status.state is PracticeState.UP
        return replace(status, trouble=self._trouble if up else None)

    async def _heard(self, work: Awaitable[T]) -> T | None:
        try:
            result = await work
        except AppError as error:
            self._trouble = error
            return None
        if result:
            self._trouble = None
        return result


class MarketLife:
    """Lets the practice market trade on while somebody looks on."""

    def __init__(
        self, networks: NetworkService, practice: LivelyPractice, sending: Unsettled
    ) -> None:
        self._networks = networks
        self._practice = practice
        self._sending = sending

    async def beat(self) -> bool:
        """One block of trade if the practice chain is in use; False if nothing was done.

        Not while something that was sent there is still open: whoever follows it, or must decide
        whether it can still come, then has a chain that moves for nothing else.
        """
        if not (await asyncio.to_thread(self._networks.network)).practice:
            return False
        if await asyncio.to_thread(self._sending.unsettled, PRACTICE):
            return False
        return await self._practice.beat()

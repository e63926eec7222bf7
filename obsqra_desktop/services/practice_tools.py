"""What makers of things on the practice chain work with: its market and its private pool."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Protocol

from obsqra_desktop.domain.contracts import ContractFacts, SierraClass
from obsqra_desktop.domain.errors import Cancelled
from obsqra_desktop.domain.practice_layout import AddressOf
from obsqra_desktop.domain.practice_market import Turn
from obsqra_desktop.services.cancel import CancelToken
from obsqra_desktop.services.chain_ports import PracticeChain


class MakerHand(Protocol):
    """An account on the practice chain; see chain/practice_hand.py."""

    @property
    def address(self) -> int: ...  # noqa: D102
    async def reach(self, url: str) -> None: ...  # noqa: D102
    async def times(self) -> tuple[int, int]: ...  # noqa: D102
    async def set_time(self, seconds: int) -> None: ...  # noqa: D102
    async def has_class(self, class_hash: int) -> bool: ...  # noqa: D102
    async def has_contract(self, address: int) -> bool: ...  # noqa: D102
    async def call(  # noqa: D102
        self, to: int, entry_point: str, calldata: tuple[int, ...]
    ) -> tuple[int, ...]: ...
    async def arrive(self) -> None: ...  # noqa: D102
    def take(self, turns: Iterable[Turn]) -> AsyncGenerator[None, None]: ...  # noqa: D102


class Classes(Protocol):
    """The compiled contracts."""

    def facts(self, name: str) -> ContractFacts: ...  # noqa: D102
    def load(self, name: str) -> tuple[ContractFacts, SierraClass]: ...  # noqa: D102


@dataclass(frozen=True)
class PracticeTools:
    """Handed in by the composition root."""

    practice: PracticeChain
    classes: Classes
    hand: Callable[[int], MakerHand]
    """The account of a private key; blocks for a second, see `reached`."""
    new_key: Callable[[], int]
    address_of: AddressOf

    async def reached(self, key: int, url: str) -> MakerHand:
        """The account of a private key, on the chain that listens there; raises WrongChain."""
        hand = await asyncio.to_thread(self.hand, key)
        await hand.reach(url)
        return hand


async def take_all(hand: MakerHand, turns: Iterable[Turn]) -> None:
    """One after another, to the last; raises WouldFail and the client's errors."""
    async with aclosing(hand.take(turns)) as taken:
        async for _ in taken:
            pass


def look(stop: CancelToken, what: str) -> None:
    """Raises Cancelled."""
    if stop.cancelled:
        raise Cancelled(f"What is there of {what} stays, and is gone on with the next time.")

"""Chains over real nodes, without a data folder."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from obsqra_desktop.chain.connections import ConnectionRegister
from obsqra_desktop.chain.declared import ClassStore
from obsqra_desktop.chain.rpc import Rpc
from obsqra_desktop.chain.starknet import StarknetChain
from obsqra_desktop.domain.network import Connection, Network, NetworkSettings, default_settings
from tests.devnet import PATIENCE


class MemoryStore:
    """Connections that end with the test."""

    def __init__(self) -> None:
        self.kept: tuple[Connection, ...] = ()

    def load(self) -> tuple[Connection, ...]:
        return self.kept

    def save(self, connections: tuple[Connection, ...]) -> None:
        self.kept = connections


def chain_of(
    network: Network,
    settings: NetworkSettings | None = None,
    timeout: float = PATIENCE,
    pause: Callable[[float], Any] = asyncio.sleep,
    classes: ClassStore | None = None,
) -> StarknetChain:
    """A chain with a fresh client and the default settings."""
    chosen = settings or default_settings()

    def now() -> int:
        return int(time.time())

    register = ConnectionRegister(MemoryStore(), now)
    rpc = Rpc(register, lambda: chosen, pause=pause, timeout=timeout)
    return StarknetChain(rpc, register, now, classes)

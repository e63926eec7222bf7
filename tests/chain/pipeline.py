"""The sending pipeline over a real node, with one account whose key everybody knows."""

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from obsqra_desktop.chain.crypto import StarkCrypto
from obsqra_desktop.domain.accounts import CLASS_HASHES, Account, AccountKind
from obsqra_desktop.domain.journal import TxRecord
from obsqra_desktop.domain.network import PRACTICE_CHAIN, Endpoint, Network, NetworkKind
from obsqra_desktop.services.sending import SendingService
from obsqra_desktop.storage.journal import SpendingFile, TransactionFolder
from obsqra_desktop.storage.lock import FolderLock

KEY = 0x71D7BB07B9A64F6F78AC4C816AFF4DA9
ADDRESS = 0x064B48806902A367C8598F4F95C305E8C1A1ACBA5F082D294A43793113115691
"""The first account of `starknet-devnet --seed 0`: public knowledge, worth nothing."""

ACCOUNT = Account(
    id="a11ce0000000",
    label="first of seed 0",
    network="practice",
    address=ADDRESS,
    kind=AccountKind.OPENZEPPELIN,
    class_hash=CLASS_HASHES[AccountKind.OPENZEPPELIN],
    salt=20,
    public_key=0x039D9E6CE352AD4530A0EF5D5A18FD3303C3606A7FA6AC5B620020AD681CC33B,
    created_at=0,
    deployed=True,
)


def practice(*urls: str, cross_check: bool = False) -> Network:
    """The practice network at these nodes."""
    return Network(
        id="practice",
        name="Practice chain",
        kind=NetworkKind.PRACTICE,
        chain_id=PRACTICE_CHAIN,
        endpoints=tuple(Endpoint(url=url) for url in urls),
        cross_check=cross_check,
    )


class FixedNetworks:
    """Implements Networks: always the same one."""

    def __init__(self, network: Network) -> None:
        self.network = network

    async def resolve(self, network_id: str | None = None) -> Network:
        return self.network


class KnownKey:
    """Implements KeyHolder."""

    async def private_key(self, account: Account) -> int:
        return KEY


def service(
    data_dir: Path,
    chain: Any,
    network: Network,
    journal: TransactionFolder | None = None,
    classes: Any = None,
) -> SendingService:
    """The real service over the real journal."""
    lock = FolderLock(data_dir / "lock")
    import secrets

    return SendingService(
        networks=FixedNetworks(network),
        chain=chain,
        crypto=StarkCrypto(),
        keys=KnownKey(),
        journal=journal or TransactionFolder(data_dir, lock),
        spending=SpendingFile(data_dir, lock),
        random_bytes=secrets.token_bytes,
        classes=classes,
    )


class TickingSession:
    """Calls `tick` before and after each call of a session."""

    def __init__(self, inner: Any, tick: Callable[[str], None]) -> None:
        self._inner, self._tick = inner, tick
        self.network, self.node = inner.network, inner.node

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._inner, name)

        async def call(*words: Any) -> Any:
            self._tick(f"before {name}")
            answer = await method(*words)
            self._tick(f"after {name}")
            return answer

        return call


class TickingChain:
    """Implements Chain with ticking sessions."""

    def __init__(self, inner: Any, tick: Callable[[str], None]) -> None:
        self._inner, self._tick = inner, tick

    def open(self, network: Network, purpose: str) -> AbstractAsyncContextManager[Any]:
        @asynccontextmanager
        async def opened() -> Any:
            self._tick("before open")
            async with self._inner.open(network, purpose) as session:
                yield TickingSession(session, self._tick)
            self._tick("after open")

        return opened()

    async def close(self) -> None:
        await self._inner.close()


class TickingJournal(TransactionFolder):
    """Ticks around each write and around the nonce lock."""

    def __init__(self, data_dir: Path, lock: FolderLock, tick: Callable[[str], None]) -> None:
        super().__init__(data_dir, lock)
        self._tick = tick

    def add(self, record: TxRecord) -> None:
        self._tick("before add")
        super().add(record)
        self._tick("after add")

    def update(self, record: TxRecord) -> None:
        self._tick("before update")
        super().update(record)
        self._tick("after update")

    @contextmanager
    def sending(self, account_id: str) -> Iterator[None]:
        with super().sending(account_id):
            self._tick("in the nonce lock")
            yield

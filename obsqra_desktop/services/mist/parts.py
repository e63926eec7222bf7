"""What all of private money's services work with, and where one of them stands."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.errors import InvalidInput, NotFound
from obsqra_desktop.domain.felt import address_form
from obsqra_desktop.domain.mist.copy import NO_COPY, CopyState
from obsqra_desktop.domain.mist.errors import StaleRoot
from obsqra_desktop.domain.mist.held_notes import MistBook
from obsqra_desktop.domain.mist.keys import PoolKeys
from obsqra_desktop.domain.mist.looks import leaves_digest
from obsqra_desktop.domain.mist.pool import KnownPool, PoolIdentity
from obsqra_desktop.domain.network import Network
from obsqra_desktop.services.accounts import AccountService
from obsqra_desktop.services.chain_ports import Chain, Journal, Now
from obsqra_desktop.services.mist.book import NotesService
from obsqra_desktop.services.mist.owners import Owners
from obsqra_desktop.services.mist.tools import MistTools
from obsqra_desktop.services.networks import NetworkService
from obsqra_desktop.services.ports import RandomBytes
from obsqra_desktop.services.sending import SendingService
from obsqra_desktop.services.tokens import TokensOn, only_known


class Pools(Protocol):
    """Where the pools are: the shipped list, and the practice chain's record."""

    def on(self, network: Network) -> KnownPool | None:
        """None where there is none; raises StorageError, InvalidInput for a damaged list."""
        ...


async def no_copy() -> CopyState:
    """Where none is kept."""
    return NO_COPY


@dataclass(frozen=True)
class MistParts:
    """Handed in by the composition root."""

    networks: NetworkService
    chain: Chain
    accounts: AccountService
    sending: SendingService
    journal: Journal
    notes: NotesService
    pools: Pools
    tools: MistTools
    clock: Now
    random_bytes: RandomBytes
    owners: Owners
    tokens: TokensOn = only_known
    """Those that have a name and decimals here."""
    copy_state: Callable[[], Awaitable[CopyState]] = no_copy
    """How the copy of the notes beside the last backup stands."""

    async def ensure_provable(self) -> None:
        """Asked before anything comes in: what cannot be proved here could not be taken out.

        Raises KeyDataDamaged, ToolMissing.
        """
        await asyncio.to_thread(self.tools.prover.check)

    async def place(self, network_id: str | None, *, create: bool = False) -> "Place":
        """The pool of a network and its keys. Raises NotFound without a pool or a secret,
        VaultLocked; with `create` the secret is made."""
        network = await self.networks.resolve(network_id)
        pool = self.pool_on(network)
        return Place(network, pool, await self.notes.keys(network, pool.address, create=create))

    async def place_here(self, network_id: str | None) -> "Place":
        """The same for what asks nobody: the practice chain need not run. Its network has no nodes.

        Raises NotFound without a pool or a secret, VaultLocked.
        """
        network = self.networks.network(network_id)
        pool = self.pool_on(network)
        return Place(network, pool, await self.notes.keys(network, pool.address))

    def pool_on(self, network: Network) -> KnownPool:
        """Raises NotFound."""
        pool = self.pools.on(network)
        if pool is None:
            practice = network.practice
            raise NotFound(
                f"No pool of MIST is known on {network.name}.",
                hint="Make one: obsqra practice private" if practice else "Use another network.",
            )
        return pool

    def secret_of(self, network_id: str | None, request: str) -> int:
        """What a payment request asks to be paid to, on this network. Asks nobody.

        Raises InvalidInput, ForeignRequest for one of another network or pool, NotFound.
        """
        network = self.networks.network(network_id)
        return self.tools.read_request(request, network.chain, self.pool_on(network).address)

    def account_at(self, network: Network, address: int) -> Account:
        """The account of an address that can sign here; raises NotFound."""
        for one in self.accounts.listing(network.id):
            if one.address == address and not one.watch_only:
                return one
        raise NotFound(
            f"The note belongs to {address_form(address)}, whose key is not here. "
            "Nothing was sent.",
            hint="Bring its key back (obsqra account import); accounts that were made for private "
            "money come back with: obsqra mist accounts",
        )


@dataclass(frozen=True)
class Place:
    """A pool on a network, with the keys for it."""

    network: Network
    pool: KnownPool
    keys: PoolKeys = field(repr=False)


def trusted_identity(
    pool: KnownPool, book: MistBook | None
) -> tuple[PoolIdentity | None, int | None]:
    """What the contract is expected to be, and since when that was found here.

    What its user has trusted later counts before what ships.
    """
    if book is not None and book.trust is not None:
        trust = book.trust
        known = PoolIdentity(trust.class_hash, trust.verifier, trust.owner, trust.verifier_class)
        return known, trust.at
    if pool.identity is not None:
        return pool.identity.identity(), None
    return None, None


def ensure_same_past(book: MistBook, leaves: tuple[int, ...]) -> None:
    """Leaves that were there at the last look are there now, whosever they are.

    Asked before one's own leaf is looked up: by leaving out some and seeing who goes on, a node
    could else learn where it lies. Raises StaleRoot.
    """
    scan = book.scan
    if scan is not None and leaves_digest(leaves[: scan.leaves]) != scan.digest:
        raise StaleRoot(
            "Leaves of the pool that were there at the last look are not there now. Nothing was "
            "sent.",
            hint="Look at the pool again: obsqra mist scan. If it stays so, ask another node.",
        )


def held_or_refused(amount: int | None, whole: int) -> int:
    """An amount of a note, or all of it; raises InvalidInput."""
    wanted = whole if amount is None else amount
    if not 0 < wanted <= whole:
        raise InvalidInput(
            "it has to be more than nothing and at most the whole note", where="amount"
        )
    return wanted

"""Wires private money."""

import secrets

from obsqra_desktop.app.chains import Chains
from obsqra_desktop.app.ground import Ground, unix_time
from obsqra_desktop.chain.pool_watch import StarknetPools
from obsqra_desktop.domain import shipped
from obsqra_desktop.domain.mist.pool import KnownPool
from obsqra_desktop.privacy import calls, guards
from obsqra_desktop.privacy.keys import MistKeys, copy_key
from obsqra_desktop.privacy.planning import Planner
from obsqra_desktop.privacy.request import read_request, write_request
from obsqra_desktop.privacy.statement import make_statement
from obsqra_desktop.proving.mist import (
    NativeLeafSearch,
    NativeMistHash,
    NativeMistProver,
    NativeMistTree,
)
from obsqra_desktop.services.mist.backup import BackupService
from obsqra_desktop.services.mist.book import NotesService
from obsqra_desktop.services.mist.copies import CopyService
from obsqra_desktop.services.mist.deep import DeepService
from obsqra_desktop.services.mist.desk import MistDesk
from obsqra_desktop.services.mist.money import MistMoney
from obsqra_desktop.services.mist.owners import Owners
from obsqra_desktop.services.mist.parts import MistParts
from obsqra_desktop.services.mist.scan import ScanService
from obsqra_desktop.services.mist.tools import MistTools
from obsqra_desktop.services.practice_private import PracticePrivateService
from obsqra_desktop.services.tokens import tokens_of
from obsqra_desktop.storage.lock import FolderLock
from obsqra_desktop.storage.mist.backup import SealedBackup
from obsqra_desktop.storage.mist.copy import SealedCopy
from obsqra_desktop.storage.mist.copy_place import CopyPlaces
from obsqra_desktop.storage.mist.handover import SealedHandOver
from obsqra_desktop.storage.mist.notes import MistFolder
from obsqra_desktop.storage.mist.pools import PoolList
from obsqra_desktop.storage.practice import PracticeFolder
from obsqra_desktop.storage.venues import VenuesFolder


class Private:
    """The services of MIST's pool, and the one that makes a pool on the practice chain."""

    def __init__(self, ground: Ground, chains: Chains) -> None:
        place, random_bytes = chains.place, secrets.token_bytes
        prover = NativeMistProver(shipped.resource_root() / "mist")
        pools = shipped.resource_root() / "mist" / "pools.json"
        store = MistFolder(ground.folder, ground.lock)
        self.notes = NotesService(chains.vault, store, MistKeys, random_bytes, unix_time)
        owners = Owners(chains.crypto, chains.accounts.listing)
        tokens = tokens_of(VenuesFolder(ground.folder))
        self.backups = BackupService(
            self.notes, chains.accounts, SealedBackup(), SealedCopy(), copy_key, unix_time
        )
        self.copies = CopyService(
            self.notes,
            chains.accounts,
            SealedCopy(),
            CopyPlaces(ground.folder, FolderLock(ground.folder / "mist" / "copy.lock")),
            copy_key,
            unix_time,
        )
        self.notes.tell(self.copies.follow)
        parts = MistParts(
            chains.networks,
            chains.chain,
            chains.accounts,
            chains.sending,
            chains.journal,
            self.notes,
            PoolList(pools, lambda: made_pool(place)),
            mist_tools(prover),
            unix_time,
            random_bytes,
            owners,
            tokens,
            self.copies.state,
        )
        self.money = MistMoney(parts)
        digest, search = NativeMistHash(), NativeLeafSearch()
        self.scans = ScanService(
            self.notes,
            StarknetPools(chains.chain),
            owners,
            digest,
            NativeMistTree(),
            search,
            unix_time,
            tokens,
        )
        self.deep = DeepService(self.notes, self.scans, owners, digest, search, unix_time, tokens)
        self.desk = MistDesk(
            parts, self.money, self.scans, self.deep, self.backups, self.copies, ground.files
        )
        tools = chains.practice_tools(chains.practice, "practice pool")
        self.practice_private = PracticePrivateService(tools, place)


def mist_tools(prover: NativeMistProver) -> MistTools:
    """Private money's pure parts."""
    digest, tree = NativeMistHash(), NativeMistTree()
    return MistTools(
        guards=guards,
        calls=calls,
        planner=lambda keys: Planner(keys, digest, secrets.token_bytes),
        statement=lambda spend, leaves, root: make_statement(spend, leaves, root, digest, tree),
        digest=digest,
        tree=tree,
        prover=prover,
        read_request=read_request,
        write_request=write_request,
        files=SealedHandOver(),
    )


def made_pool(place: PracticeFolder) -> KnownPool | None:
    """The practice chain's pool; None before it was made."""
    pool = place.pool()
    return pool.known() if pool is not None else None

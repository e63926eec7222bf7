"""The composition root: the one place that knows every adapter."""

import secrets
import time
from dataclasses import dataclass
from pathlib import Path

from obsqra_desktop.chain.connections import ConnectionRegister
from obsqra_desktop.chain.crypto import StarkCrypto
from obsqra_desktop.chain.pool_watch import StarknetPools
from obsqra_desktop.chain.practice import DevnetPractice
from obsqra_desktop.chain.practice_hand import PracticeHand
from obsqra_desktop.chain.reader import StarknetMarket
from obsqra_desktop.chain.rpc import Rpc
from obsqra_desktop.chain.starknet import StarknetChain
from obsqra_desktop.domain import shipped
from obsqra_desktop.domain.contracts import ContractFacts
from obsqra_desktop.domain.mist_pool import KnownPool
from obsqra_desktop.domain.proof import ProofParameters
from obsqra_desktop.privacy import calls, guards
from obsqra_desktop.privacy.keys import MistKeys
from obsqra_desktop.privacy.planning import Planner
from obsqra_desktop.privacy.request import read_request, write_request
from obsqra_desktop.privacy.statement import make_statement
from obsqra_desktop.proving.mist import (
    NativeLeafSearch,
    NativeMistHash,
    NativeMistProver,
    NativeMistTree,
)
from obsqra_desktop.proving.mist_trial import try_mist
from obsqra_desktop.proving.native import NativeProver
from obsqra_desktop.services.accounts import AccountService
from obsqra_desktop.services.address_book import AddressBookService
from obsqra_desktop.services.bundles import BundleService
from obsqra_desktop.services.catalog import CatalogService
from obsqra_desktop.services.chain_ports import Chain, PracticeChain
from obsqra_desktop.services.contract_check import ContractCheckService
from obsqra_desktop.services.decisions import DecisionService
from obsqra_desktop.services.history import HistoryService
from obsqra_desktop.services.integrity import IntegrityService
from obsqra_desktop.services.market.service import MarketService
from obsqra_desktop.services.mist.backup import BackupService
from obsqra_desktop.services.mist.book import NotesService
from obsqra_desktop.services.mist.desk import MistDesk
from obsqra_desktop.services.mist.money import MistMoney
from obsqra_desktop.services.mist.owners import Owners
from obsqra_desktop.services.mist.parts import MistParts
from obsqra_desktop.services.mist.scan import ScanService
from obsqra_desktop.services.mist.tools import MistTools
from obsqra_desktop.services.networks import CurrentNetworks, NetworkService
from obsqra_desktop.services.onchain import OnChainService
from obsqra_desktop.services.ports import (
    ProverPort,
    SettingsStore,
    SignerPort,
    SnapshotFiles,
    UserFiles,
)
from obsqra_desktop.services.practice_life import LivelyPractice, MarketLife
from obsqra_desktop.services.practice_market import PracticeMarketService
from obsqra_desktop.services.practice_private import PracticePrivateService
from obsqra_desktop.services.selfcheck import SelfCheck
from obsqra_desktop.services.sending import SendingService
from obsqra_desktop.services.verifier_contract import VerifierContractService
from obsqra_desktop.storage.accounts import AccountsFolder
from obsqra_desktop.storage.address_book import AddressBookFile
from obsqra_desktop.storage.bundle import BundleArchive
from obsqra_desktop.storage.contracts import ContractClasses
from obsqra_desktop.storage.decisions import ProofsFolder
from obsqra_desktop.storage.device_key import DeviceKey, signature_is_good
from obsqra_desktop.storage.documents import (
    ModelFolder,
    PolicyFolder,
    SettingsFile,
    SnapshotSource,
)
from obsqra_desktop.storage.journal import SpendingFile, TransactionFolder
from obsqra_desktop.storage.keystore import KeystoreFormat
from obsqra_desktop.storage.lock import FolderLock
from obsqra_desktop.storage.market import MarketFile
from obsqra_desktop.storage.mist_backup import SealedBackup
from obsqra_desktop.storage.mist_handover import SealedHandOver
from obsqra_desktop.storage.mist_notes import MistFolder
from obsqra_desktop.storage.mist_pools import PoolList
from obsqra_desktop.storage.networks import ConnectionsFile, NetworksFile
from obsqra_desktop.storage.paths import data_folder
from obsqra_desktop.storage.practice import PracticeFolder
from obsqra_desktop.storage.probe import StorageProbe
from obsqra_desktop.storage.user_files import NamedFiles
from obsqra_desktop.storage.vault import FileVault
from obsqra_desktop.storage.venues import VenuesFolder


@dataclass(frozen=True)
class Services:
    """Everything that the window and the command line call."""

    data_dir: Path
    decisions: DecisionService
    bundles: BundleService
    catalog: CatalogService
    snapshots: SnapshotFiles
    settings: SettingsStore
    selfcheck: SelfCheck
    prover: ProverPort
    signer: SignerPort
    networks: NetworkService
    practice: PracticeChain
    practice_market: PracticeMarketService
    practice_life: MarketLife
    practice_private: PracticePrivateService
    accounts: AccountService
    sending: SendingService
    history: HistoryService
    book: AddressBookService
    chain: Chain
    market: MarketService
    classes: ContractClasses
    onchain: OnChainService
    contract_check: ContractCheckService
    verifier_contract: VerifierContractService
    integrity: IntegrityService
    notes: NotesService
    money: MistMoney
    files: UserFiles
    private: MistDesk
    scans: ScanService
    backups: BackupService

    def contracts(self) -> tuple[ContractFacts, ...]:
        """The compiled contracts that ship; raises StorageError."""
        return self.classes.listing()

    async def close(self) -> None:
        """Close all connections of the running event loop."""
        await self.chain.close()

    def parameters(self) -> ProofParameters:
        """What the prover says about itself; raises ToolMissing."""
        return self.prover.info()

    def key_place(self) -> str:
        """Where the device key lies, in words; makes the key if there is none yet."""
        return self.signer.kind


def unix_time() -> int:
    """Seconds since 1970, UTC."""
    return int(time.time())


def build_services(data_dir: Path | None = None) -> Services:
    """Wire the adapters. Nothing is read or written before a service is used."""
    folder = data_folder(data_dir)
    lock = FolderLock(folder / "lock")
    prover = NativeProver()
    mist = NativeMistProver(shipped.resource_root() / "mist")
    archive = BundleArchive()
    signer = DeviceKey(folder, lock)
    bundles = BundleService(archive, prover, signature_is_good)
    current = CurrentNetworks(NetworksFile(folder, lock))
    register = ConnectionRegister(ConnectionsFile(folder, lock), unix_time)
    rpc = Rpc(register, current)
    classes = ContractClasses(folder)
    chain = StarknetChain(rpc, register, unix_time, classes)
    crypto, journal = StarkCrypto(), TransactionFolder(folder, lock)
    place = PracticeFolder(folder)
    devnet = DevnetPractice(place, current, rpc)
    market = PracticeMarketService(
        devnet,
        place,
        classes,
        lambda key: PracticeHand(rpc, key),
        crypto.new_private_key,
        crypto.contract_address,
        unix_time,
    )
    practice = LivelyPractice(devnet, market)
    private = PracticePrivateService(
        practice,
        place,
        classes,
        lambda key: PracticeHand(rpc, key, "practice pool"),
        crypto.new_private_key,
        crypto.contract_address,
    )
    networks = NetworkService(current, chain, practice)
    account_store, book_store = AccountsFolder(folder, lock), AddressBookFile(folder, lock)
    vault = FileVault(folder, lock)
    accounts = AccountService(
        networks,
        chain,
        crypto,
        vault,
        KeystoreFormat(),
        account_store,
        unix_time,
        secrets.token_bytes,
    )
    sending = SendingService(
        networks,
        chain,
        crypto,
        accounts,
        journal,
        SpendingFile(folder, lock),
        secrets.token_bytes,
        classes=classes,
    )
    reading = StarknetMarket(chain, rpc)
    notes = NotesService(vault, MistFolder(folder, lock), MistKeys, secrets.token_bytes, unix_time)

    parts = MistParts(
        networks,
        chain,
        accounts,
        sending,
        journal,
        notes,
        PoolList(shipped.resource_root() / "mist" / "pools.json", lambda: made_pool(place)),
        mist_tools(mist),
        unix_time,
        secrets.token_bytes,
    )
    decisions = DecisionService(
        store=ProofsFolder(folder, lock),
        prover=prover,
        files=archive,
        signer=signer,
        clock=unix_time,
        random_bytes=secrets.token_bytes,
    )
    onchain = OnChainService(networks, reading, classes.facts, crypto.contract_address)
    money, backups = MistMoney(parts), BackupService(notes, accounts, SealedBackup(), unix_time)
    scans = ScanService(
        notes,
        StarknetPools(chain),
        Owners(crypto, accounts.listing),
        NativeMistHash(),
        NativeMistTree(),
        NativeLeafSearch(),
        unix_time,
    )
    files = NamedFiles()
    return Services(
        data_dir=folder,
        decisions=decisions,
        bundles=bundles,
        catalog=CatalogService(PolicyFolder(folder, lock), ModelFolder(folder)),
        snapshots=SnapshotSource(),
        settings=SettingsFile(folder, lock),
        selfcheck=SelfCheck(
            prover, crypto, StorageProbe(folder), in_folder, lambda: try_mist(mist)
        ),
        prover=prover,
        signer=signer,
        networks=networks,
        practice=practice,
        practice_market=market,
        practice_life=MarketLife(networks, practice, sending),
        practice_private=private,
        accounts=accounts,
        sending=sending,
        history=HistoryService(journal, account_store, book_store, files),
        book=AddressBookService(book_store, files),
        chain=chain,
        market=MarketService(
            networks,
            reading,
            MarketFile(folder),
            VenuesFolder(folder),
            unix_time,
            market.make_for_page,
        ),
        classes=classes,
        onchain=onchain,
        contract_check=ContractCheckService(decisions, bundles, prover, onchain),
        verifier_contract=VerifierContractService(networks, chain, onchain, sending, classes.facts),
        integrity=IntegrityService(networks, reading),
        notes=notes,
        money=money,
        backups=backups,
        scans=scans,
        files=files,
        private=MistDesk(parts, money, scans, backups, files),
    )


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


def run_window(data_dir: Path | None = None) -> int:
    """Open the window; returns the exit code after it was closed."""
    from obsqra_desktop.ui.main import run

    return run(build_services(data_dir))


def in_folder(folder: Path) -> tuple[DecisionService, BundleService]:
    """Services over another folder, for the self-check's own run."""
    services = build_services(folder)
    return services.decisions, services.bundles

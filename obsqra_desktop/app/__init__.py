"""The composition root: the one place that knows every adapter.

It is wired in four parts, each imported and made when one of its services is first asked for, so
that a command or a window pays only for what it uses. Nothing here is slow after its import.
"""

from __future__ import annotations

from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from obsqra_desktop.app.ground import Ground, unix_time
from obsqra_desktop.storage.lock import FolderLock
from obsqra_desktop.storage.paths import data_folder
from obsqra_desktop.storage.user_files import NamedFiles

if TYPE_CHECKING:
    from pathlib import Path

    from obsqra_desktop.app.chains import Chains
    from obsqra_desktop.app.markets import Markets
    from obsqra_desktop.app.private import Private
    from obsqra_desktop.app.proofs import Proofs
    from obsqra_desktop.domain.contracts import ContractFacts
    from obsqra_desktop.domain.journal import TxRecord
    from obsqra_desktop.domain.proof import ProofParameters
    from obsqra_desktop.services.accounts import AccountService
    from obsqra_desktop.services.address_book import AddressBookService
    from obsqra_desktop.services.bundles import BundleService
    from obsqra_desktop.services.catalog import CatalogService
    from obsqra_desktop.services.chain_ports import (
        Chain,
        ChainSession,
        PracticeChain,
        PracticePlace,
    )
    from obsqra_desktop.services.contract_check import ContractCheckService
    from obsqra_desktop.services.decisions import DecisionService
    from obsqra_desktop.services.history import HistoryService
    from obsqra_desktop.services.integrity import IntegrityService
    from obsqra_desktop.services.market.service import MarketService
    from obsqra_desktop.services.mist.backup import BackupService
    from obsqra_desktop.services.mist.book import NotesService
    from obsqra_desktop.services.mist.deep import DeepService
    from obsqra_desktop.services.mist.desk import MistDesk
    from obsqra_desktop.services.mist.money import MistMoney
    from obsqra_desktop.services.mist.scan import ScanService
    from obsqra_desktop.services.networks import NetworkService
    from obsqra_desktop.services.onchain import OnChainService
    from obsqra_desktop.services.ports import (
        ProverPort,
        SettingsStore,
        SignerPort,
        SnapshotFiles,
        UserFiles,
    )
    from obsqra_desktop.services.practice_life import MarketLife
    from obsqra_desktop.services.practice_market import PracticeMarketService
    from obsqra_desktop.services.practice_private import PracticePrivateService
    from obsqra_desktop.services.selfcheck import SelfCheck
    from obsqra_desktop.services.sending import SendingService
    from obsqra_desktop.services.verifier_contract import VerifierContractService
    from obsqra_desktop.storage.contracts import ContractClasses

__all__ = ["Services", "Wiring", "build_services", "run_window", "unix_time"]


class Wiring:
    """The four parts over one folder; each is made once."""

    def __init__(self, folder: Path) -> None:
        self.ground = Ground(folder, FolderLock(folder / "lock"), NamedFiles())

    @cached_property
    def proofs(self) -> Proofs:
        """Decisions and bundles."""
        from obsqra_desktop.app.proofs import Proofs

        return Proofs(self.ground)

    @cached_property
    def chains(self) -> Chains:
        """Networks, accounts, sending."""
        from obsqra_desktop.app.chains import Chains

        async def look_again(session: ChainSession, record: TxRecord) -> None:
            await self.private.money.look_again(session, record)  # made only when it is needed

        return Chains(self.ground, look_again)

    @cached_property
    def markets(self) -> Markets:
        """What is read from contracts."""
        from obsqra_desktop.app.markets import Markets

        return Markets(self.ground, self.proofs, self.chains)

    @cached_property
    def private(self) -> Private:
        """Private money."""
        from obsqra_desktop.app.private import Private

        return Private(self.ground, self.chains)


class Services:
    """Everything that the window and the command line call."""

    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    @property
    def data_dir(self) -> Path:
        """Where everything is kept."""
        return self._wiring.ground.folder

    @cached_property
    def decisions(self) -> DecisionService:
        """Decisions: made, proved, kept."""
        return self._wiring.proofs.decisions

    @cached_property
    def bundles(self) -> BundleService:
        """Audit bundles."""
        return self._wiring.proofs.bundles

    @cached_property
    def catalog(self) -> CatalogService:
        """Rules, models and policies that can be chosen."""
        return self._wiring.proofs.catalog

    @cached_property
    def snapshots(self) -> SnapshotFiles:
        """Pools from files."""
        return self._wiring.proofs.snapshots

    @cached_property
    def settings(self) -> SettingsStore:
        """The settings."""
        return self._wiring.proofs.settings

    @cached_property
    def prover(self) -> ProverPort:
        """The prover of decisions."""
        return self._wiring.proofs.prover

    @cached_property
    def signer(self) -> SignerPort:
        """The device key."""
        return self._wiring.proofs.signer

    @cached_property
    def files(self) -> UserFiles:
        """Files that the user names."""
        return self._wiring.ground.files

    @cached_property
    def networks(self) -> NetworkService:
        """Networks and nodes."""
        return self._wiring.chains.networks

    @cached_property
    def practice(self) -> PracticeChain:
        """The practice chain."""
        return self._wiring.chains.practice

    @cached_property
    def practice_place(self) -> PracticePlace:
        """Which practice chain of this computer is used."""
        return self._wiring.chains.place

    @cached_property
    def practice_market(self) -> PracticeMarketService:
        """The practice chain's pools."""
        return self._wiring.chains.practice_market

    @cached_property
    def practice_life(self) -> MarketLife:
        """Lets the practice market trade on."""
        return self._wiring.chains.practice_life

    @cached_property
    def accounts(self) -> AccountService:
        """Accounts and their keys."""
        return self._wiring.chains.accounts

    @cached_property
    def sending(self) -> SendingService:
        """The one way to send."""
        return self._wiring.chains.sending

    @cached_property
    def history(self) -> HistoryService:
        """Everything that was sent."""
        return self._wiring.chains.history

    @cached_property
    def book(self) -> AddressBookService:
        """Names for addresses."""
        return self._wiring.chains.book

    @cached_property
    def chain(self) -> Chain:
        """The chain that is asked."""
        return self._wiring.chains.chain

    @cached_property
    def classes(self) -> ContractClasses:
        """The compiled contracts that ship."""
        return self._wiring.chains.classes

    @cached_property
    def market(self) -> MarketService:
        """Pool metrics."""
        return self._wiring.markets.market

    @cached_property
    def onchain(self) -> OnChainService:
        """Verdicts of the verifying contract."""
        return self._wiring.markets.onchain

    @cached_property
    def contract_check(self) -> ContractCheckService:
        """Proofs checked here and by a contract."""
        return self._wiring.markets.contract_check

    @cached_property
    def verifier_contract(self) -> VerifierContractService:
        """Puts the verifying contract on a network."""
        return self._wiring.markets.verifier_contract

    @cached_property
    def integrity(self) -> IntegrityService:
        """Facts of Integrity's registry."""
        return self._wiring.markets.integrity

    @cached_property
    def notes(self) -> NotesService:
        """The notes book."""
        return self._wiring.private.notes

    @cached_property
    def money(self) -> MistMoney:
        """Steps of private money."""
        return self._wiring.private.money

    @cached_property
    def scans(self) -> ScanService:
        """Looks at the pool."""
        return self._wiring.private.scans

    @cached_property
    def deep(self) -> DeepService:
        """Searches for amounts with many digits."""
        return self._wiring.private.deep

    @cached_property
    def backups(self) -> BackupService:
        """Backups of private money."""
        return self._wiring.private.backups

    @cached_property
    def practice_private(self) -> PracticePrivateService:
        """Makes the practice chain's private pool."""
        return self._wiring.private.practice_private

    @cached_property
    def private(self) -> MistDesk:
        """What the page of private money calls."""
        return self._wiring.private.desk

    @cached_property
    def selfcheck(self) -> SelfCheck:
        """The check of everything that this computer has to be able to do."""
        from obsqra_desktop.domain import shipped
        from obsqra_desktop.proving.mist import NativeMistProver
        from obsqra_desktop.proving.mist_trial import try_mist
        from obsqra_desktop.services.selfcheck import SelfCheck
        from obsqra_desktop.storage.probe import StorageProbe

        mist = NativeMistProver(shipped.resource_root() / "mist")
        return SelfCheck(
            self.prover,
            self._wiring.chains.crypto,
            StorageProbe(self.data_dir),
            in_folder,
            lambda: try_mist(mist),
        )

    def contracts(self) -> tuple[ContractFacts, ...]:
        """The compiled contracts that ship; raises StorageError."""
        return self.classes.listing()

    def preload(self) -> None:
        """Import what is not wired yet, and wire nothing. Blocks; safe beside other threads."""
        for part in ("markets", "private"):
            import_module(f"obsqra_desktop.app.{part}")

    def check_private_proofs(self) -> None:
        """Whether private money could be proved here: its key data, and the module that writes
        proofs for the contract. Blocks; keeps and wires nothing.

        Raises KeyDataDamaged, ToolMissing.
        """
        from obsqra_desktop.domain import shipped
        from obsqra_desktop.proving.mist import NativeMistProver

        NativeMistProver(shipped.resource_root() / "mist").check()

    async def close(self) -> None:
        """Close all connections of the running event loop, if any could have been made."""
        if "chain" in vars(self) or "chains" in vars(self._wiring):
            await self.chain.close()

    def parameters(self) -> ProofParameters:
        """What the prover says about itself; raises ToolMissing."""
        return self.prover.info()


def build_services(data_dir: Path | None = None) -> Services:
    """The services over a folder. Nothing is read or written before one is used."""
    return Services(Wiring(data_folder(data_dir)))


def run_window(data_dir: Path | None = None) -> int:
    """Open the window; returns the exit code after it was closed."""
    from obsqra_desktop.ui.main import run

    return run(build_services(data_dir))


def in_folder(folder: Path) -> tuple[DecisionService, BundleService]:
    """Services over another folder, for the self-check's own run."""
    services = build_services(folder)
    return services.decisions, services.bundles

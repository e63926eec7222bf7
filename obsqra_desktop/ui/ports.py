"""What the window needs from outside; the composition root hands it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

    from obsqra_desktop.domain.audit import BundleReport
    from obsqra_desktop.domain.integrity import FactReport
    from obsqra_desktop.domain.model import Model
    from obsqra_desktop.domain.policy import Policy
    from obsqra_desktop.domain.proof import ProofParameters
    from obsqra_desktop.domain.risk import RiskRule
    from obsqra_desktop.domain.snapshot import Snapshot
    from obsqra_desktop.domain.two_verdicts import TwoVerdicts
    from obsqra_desktop.services.accounts import AccountService
    from obsqra_desktop.services.address_book import AddressBookService
    from obsqra_desktop.services.cancel import CancelToken
    from obsqra_desktop.services.chain_ports import PracticeChain
    from obsqra_desktop.services.contract_check import OnStep
    from obsqra_desktop.services.decisions import DecisionService
    from obsqra_desktop.services.history import HistoryService
    from obsqra_desktop.services.market_view import Market, OnPhase
    from obsqra_desktop.services.mist.desk import MistDesk
    from obsqra_desktop.services.mist.money import MistMoney
    from obsqra_desktop.services.networks import NetworkService
    from obsqra_desktop.services.ports import SettingsStore, UserFiles
    from obsqra_desktop.services.sending import SendingService
    from obsqra_desktop.services.verifier_contract import VerifierContractService


class Bundles(Protocol):
    """Checks audit bundles."""

    async def verify(self, path: Path, key: bytes | None = None) -> BundleReport: ...


class Catalog(Protocol):
    """Rules, models and policies that can be chosen."""

    def rules(self) -> tuple[RiskRule, ...]: ...
    def models(self) -> tuple[Model, ...]: ...
    def presets(self) -> tuple[Policy, ...]: ...
    def saved(self) -> tuple[str, ...]: ...
    def policy(self, name: str) -> Policy: ...


class ContractChecks(Protocol):
    """Checks a proof here and by a contract."""

    async def decision(
        self,
        decision_id: str,
        network_id: str | None = None,
        contract: int | None = None,
        on_step: OnStep = ...,
    ) -> TwoVerdicts: ...
    async def bundle(
        self,
        path: Path,
        network_id: str | None = None,
        contract: int | None = None,
        on_step: OnStep = ...,
        key: bytes | None = None,
        revealed: Path | None = None,
    ) -> TwoVerdicts: ...


class Facts(Protocol):
    """Reads Integrity's registry."""

    async def look(
        self, fact: int, network_id: str | None = None, registry: int | None = None
    ) -> FactReport: ...


class Snapshots(Protocol):
    """Where pools come from besides typing."""

    def sample(self) -> Snapshot: ...
    def load(self, path: Path) -> Snapshot: ...


class PracticeLife(Protocol):
    """Lets the practice market trade on."""

    async def beat(self) -> bool: ...


class PracticePool(Protocol):
    """Makes the practice chain's private pool."""

    async def make(
        self, on_phase: OnPhase | None = None, cancel: CancelToken | None = None
    ) -> object: ...


class UiServices(Protocol):
    """Everything that the pages call."""

    @property
    def decisions(self) -> DecisionService: ...
    @property
    def bundles(self) -> Bundles: ...
    @property
    def catalog(self) -> Catalog: ...
    @property
    def snapshots(self) -> Snapshots: ...
    @property
    def settings(self) -> SettingsStore: ...
    @property
    def data_dir(self) -> Path: ...
    @property
    def networks(self) -> NetworkService: ...
    @property
    def practice(self) -> PracticeChain: ...
    @property
    def practice_life(self) -> PracticeLife: ...
    @property
    def accounts(self) -> AccountService: ...
    @property
    def sending(self) -> SendingService: ...
    @property
    def history(self) -> HistoryService: ...
    @property
    def book(self) -> AddressBookService: ...
    @property
    def market(self) -> Market: ...
    @property
    def contract_check(self) -> ContractChecks: ...
    @property
    def verifier_contract(self) -> VerifierContractService: ...
    @property
    def integrity(self) -> Facts: ...
    @property
    def files(self) -> UserFiles: ...
    @property
    def money(self) -> MistMoney: ...
    @property
    def private(self) -> MistDesk: ...
    @property
    def practice_private(self) -> PracticePool: ...
    def preload(self) -> None: ...
    def check_private_proofs(self) -> None: ...
    async def close(self) -> None: ...
    def parameters(self) -> ProofParameters: ...

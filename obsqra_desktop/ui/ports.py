"""What the window needs from outside; the composition root hands it in."""

from pathlib import Path
from typing import Protocol

from obsqra_desktop.domain.audit import BundleReport
from obsqra_desktop.domain.model import Model
from obsqra_desktop.domain.policy import Policy
from obsqra_desktop.domain.proof import ProofParameters
from obsqra_desktop.domain.risk import RiskRule
from obsqra_desktop.domain.snapshot import Snapshot
from obsqra_desktop.services.decisions import DecisionService
from obsqra_desktop.services.ports import SettingsStore


class Bundles(Protocol):
    """Checks audit bundles."""

    async def verify(self, path: Path, key: bytes | None = None) -> BundleReport: ...  # noqa: D102


class Catalog(Protocol):
    """Rules, models and policies that can be chosen."""

    def rules(self) -> tuple[RiskRule, ...]: ...  # noqa: D102
    def models(self) -> tuple[Model, ...]: ...  # noqa: D102
    def presets(self) -> tuple[Policy, ...]: ...  # noqa: D102


class Snapshots(Protocol):
    """Where pools come from besides typing."""

    def sample(self) -> Snapshot: ...  # noqa: D102
    def load(self, path: Path) -> Snapshot: ...  # noqa: D102


class UiServices(Protocol):
    """Everything that the pages call."""

    @property
    def decisions(self) -> DecisionService: ...  # noqa: D102
    @property
    def bundles(self) -> Bundles: ...  # noqa: D102
    @property
    def catalog(self) -> Catalog: ...  # noqa: D102
    @property
    def snapshots(self) -> Snapshots: ...  # noqa: D102
    @property
    def settings(self) -> SettingsStore: ...  # noqa: D102
    @property
    def data_dir(self) -> Path: ...  # noqa: D102
    def parameters(self) -> ProofParameters: ...  # noqa: D102
    def key_place(self) -> str: ...  # noqa: D102

"""What a command gets: its options, the services, and ways to answer."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from obsqra_desktop.cli.render import plain
from obsqra_desktop.domain.errors import AppError

if TYPE_CHECKING:
    from obsqra_desktop.domain.contracts import ContractFacts
    from obsqra_desktop.domain.proof import ProofParameters
    from obsqra_desktop.domain.strict_json import JsonValue
    from obsqra_desktop.services.accounts import AccountService
    from obsqra_desktop.services.address_book import AddressBookService
    from obsqra_desktop.services.bundles import BundleService
    from obsqra_desktop.services.catalog import CatalogService
    from obsqra_desktop.services.chain_ports import PracticeChain, PracticePlace
    from obsqra_desktop.services.contract_check import ContractCheckService
    from obsqra_desktop.services.decisions import DecisionService
    from obsqra_desktop.services.history import HistoryService
    from obsqra_desktop.services.integrity import IntegrityService
    from obsqra_desktop.services.market.service import MarketService
    from obsqra_desktop.services.mist.backup import BackupService
    from obsqra_desktop.services.mist.deep import DeepService
    from obsqra_desktop.services.mist.desk import MistDesk
    from obsqra_desktop.services.mist.money import MistMoney
    from obsqra_desktop.services.mist.scan import ScanService
    from obsqra_desktop.services.networks import NetworkService
    from obsqra_desktop.services.onchain import OnChainService
    from obsqra_desktop.services.ports import SettingsStore, SnapshotFiles, UserFiles
    from obsqra_desktop.services.practice_market import PracticeMarketService
    from obsqra_desktop.services.practice_private_ports import PracticePrivate
    from obsqra_desktop.services.selfcheck import SelfCheck
    from obsqra_desktop.services.sending import SendingService
    from obsqra_desktop.services.verifier_contract import VerifierContractService

Answer = TypeVar("Answer")
JsonObject = dict[str, Any]
"""A JSON object that is written, never read: the one place where a dict is right."""


class OutputFailed(AppError):  # noqa: N818 - the name says what happened
    """Standard output does not take the answer, for instance a full disk behind it."""

    code = "output"
    title = "The answer could not be written"


class CliServices(Protocol):
    """The services that commands call; the composition root hands them in."""

    @property
    def data_dir(self) -> Path: ...  # noqa: D102
    @property
    def decisions(self) -> DecisionService: ...  # noqa: D102
    @property
    def bundles(self) -> BundleService: ...  # noqa: D102
    @property
    def catalog(self) -> CatalogService: ...  # noqa: D102
    @property
    def snapshots(self) -> SnapshotFiles: ...  # noqa: D102
    @property
    def settings(self) -> SettingsStore: ...  # noqa: D102
    @property
    def selfcheck(self) -> SelfCheck: ...  # noqa: D102
    @property
    def networks(self) -> NetworkService: ...  # noqa: D102
    @property
    def practice(self) -> PracticeChain: ...  # noqa: D102
    @property
    def practice_place(self) -> PracticePlace: ...  # noqa: D102
    @property
    def practice_market(self) -> PracticeMarketService: ...  # noqa: D102
    @property
    def practice_private(self) -> PracticePrivate: ...  # noqa: D102
    @property
    def accounts(self) -> AccountService: ...  # noqa: D102
    @property
    def sending(self) -> SendingService: ...  # noqa: D102
    @property
    def history(self) -> HistoryService: ...  # noqa: D102
    @property
    def book(self) -> AddressBookService: ...  # noqa: D102
    @property
    def files(self) -> UserFiles: ...  # noqa: D102
    @property
    def private(self) -> MistDesk: ...  # noqa: D102
    @property
    def money(self) -> MistMoney: ...  # noqa: D102
    @property
    def scans(self) -> ScanService: ...  # noqa: D102
    @property
    def deep(self) -> DeepService: ...  # noqa: D102
    @property
    def backups(self) -> BackupService: ...  # noqa: D102
    @property
    def onchain(self) -> OnChainService: ...  # noqa: D102
    @property
    def contract_check(self) -> ContractCheckService: ...  # noqa: D102
    @property
    def verifier_contract(self) -> VerifierContractService: ...  # noqa: D102
    @property
    def integrity(self) -> IntegrityService: ...  # noqa: D102
    def contracts(self) -> tuple[ContractFacts, ...]: ...  # noqa: D102
    @property
    def market(self) -> MarketService: ...  # noqa: D102
    async def close(self) -> None: ...  # noqa: D102
    def parameters(self) -> ProofParameters: ...  # noqa: D102


class Context:
    """One run of one command."""

    def __init__(self, options: argparse.Namespace, services: CliServices) -> None:
        self.options = options
        self.services = services

    def wait(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        """Run a use case to its end; Ctrl-C cancels it first."""

        async def through() -> Answer:
            try:
                return await work
            finally:
                await self.services.close()

        return asyncio.run(through())

    def answer(self, value: JsonObject | JsonValue, text: str) -> None:
        """The JSON with --json, else the text; raises OutputFailed, BrokenPipeError."""
        shown = json.dumps(value, indent=2) if self.options.json else plain(text, sys.stdout)
        try:
            print(shown, flush=True)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputFailed(
                f"{error.strerror}. What the command did is done and kept.",
                hint="See: obsqra decisions list, obsqra tx list",
            ) from error

    def note(self, text: str) -> None:
        """A line for people while something runs, on standard error."""
        sys.stderr.write(plain(text, sys.stderr) + "\n")

"""Contracts as the window sees them, answered by hand; and the scenes that are looked at."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from obsqra_desktop.domain.audit import BundleReport, Check, Outcome, SignerKnown
from obsqra_desktop.domain.calldata import Field
from obsqra_desktop.domain.chain_errors import NodeUnreachable
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.integrity import FactReport, Registered
from obsqra_desktop.domain.onchain import ContractUnfit, OnChainReport
from obsqra_desktop.domain.two_verdicts import CheckStep, LocalVerdict, TwoVerdicts
from obsqra_desktop.flows.decide import Work
from obsqra_desktop.services.contract_check import OnStep
from obsqra_desktop.ui.window import CONTRACTS, DECIDE, DECISIONS, VERIFY
from tests.conftest import ROOT
from tests.ui.conftest import Driver
from tests.ui.wallet import NOW, Wallet

SAME = tuple(Field(f"number {one}", one, one) for one in range(37))
OTHER = (Field("decision", 1, 0), *SAME[1:])
GOLDEN = ROOT / "tests" / "verifier" / "golden.oab.zip"
REGISTRY = 0x4CE7851F00B6C3289674841FD7A1B96B6FD41ED1EDC248FACCD672C26371B8C
CLASS = 0x5DDFA5D353F2C27BCB1E6A5C0E8ED10F1E7C0B8E8A7FE5E4FA1E4B2A2D9C001


def answer(refusal: str | None, *fields: Field) -> OnChainReport:
    """What a contract of the practice chain says."""
    address = 0x21A8D0A3F2BB65C1F7C4F7B5E1B5D1F4E5A2A6A9B1C3D5E7F9A0B1C2D3E4F56
    return OnChainReport(
        "Practice chain", "127.0.0.1:5050", address, CLASS, 1204, 99, NOW, 1642, refusal, fields
    )


MISSING = ContractUnfit(
    "There is no verifier at 0x021a…4f56 on Practice chain yet.", hint="See below.", missing=True
)
HERE = LocalVerdict("native", None)
BOTH = TwoVerdicts(HERE, answer(None, *SAME))
REFUSED = TwoVerdicts(LocalVerdict("native", "merkle"), answer("merkle: a root does not match"))
DISAGREE = TwoVerdicts(HERE, answer(None, *OTHER))
BAD_BUNDLE = TwoVerdicts(
    LocalVerdict(
        "native",
        None,
        BundleReport(
            (
                Check("manifest", "Every file is in the manifest", Outcome.FAIL, "output.json"),
                Check("proof", "The native verifier accepts the proof", Outcome.PASS, ""),
            ),
            None,
            None,
            None,
            SignerKnown.UNKNOWN,
        ),
    ),
    answer(None, *SAME),
)


class HandChecks:
    """Implements ContractChecks; goes on when the test opens the gate of a step."""

    def __init__(self) -> None:
        self.answer: TwoVerdicts | AppError = BOTH
        self.gates = {step: asyncio.Event() for step in CheckStep}
        self.asked: list[object] = []
        self.keys: list[bytes | None] = []

    def open_all(self) -> None:
        for gate in self.gates.values():
            gate.set()

    async def _go(self, what: object, on_step: OnStep) -> TwoVerdicts:
        self.asked.append(what)
        for step, gate in self.gates.items():
            on_step(step)
            if isinstance(self.answer, AppError) and step is CheckStep.CONTRACT:
                raise self.answer
            await gate.wait()
        if isinstance(self.answer, AppError):
            raise self.answer
        return self.answer

    async def decision(
        self,
        decision_id: str,
        network_id: str | None = None,
        contract: int | None = None,
        on_step: OnStep = lambda _: None,
    ) -> TwoVerdicts:
        return await self._go(decision_id, on_step)

    async def bundle(
        self,
        path: Path,
        network_id: str | None = None,
        contract: int | None = None,
        on_step: OnStep = lambda _: None,
        key: bytes | None = None,
        revealed: Path | None = None,
    ) -> TwoVerdicts:
        self.keys.append(key)
        return await self._go(path, on_step)


class HandFacts:
    """Implements Facts."""

    def __init__(self) -> None:
        self.answer: FactReport | AppError | None = None
        self.asked: list[tuple[int, int | None]] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def look(
        self, fact: int, network_id: str | None = None, registry: int | None = None
    ) -> FactReport:
        self.asked.append((fact, registry))
        await self.gate.wait()
        if isinstance(self.answer, AppError):
            raise self.answer
        assert self.answer is not None
        return self.answer


def fact_report(*bits: int, known: bool = True) -> FactReport:
    """As Sepolia's registry could answer."""
    words = ("recursive_with_poseidon", "keccak_160_lsb", "stone6", "relaxed")
    found = tuple(Registered(0xAB0 + one, one, *words) for one in bits)
    return FactReport("Sepolia", "node.example", REGISTRY, known, 7, 0xFAC7, 900_123, NOW, found)


def decided(ui: Driver) -> None:
    """A decision, proved here."""
    ui.window.open_page(DECIDE)
    ui.click(ui.window.decide.next_button)
    ui.click(ui.window.decide.next_button)
    ui.until(lambda: ui.window.decide.flow.progress.work is Work.DONE)
    ui.settle()


def checks(ui: Driver) -> HandChecks:
    """The ones that the window was made with."""
    found: object = ui.services.contract_check
    assert isinstance(found, HandChecks)
    return found


def facts(ui: Driver) -> HandFacts:
    """The registry that the window was made with."""
    found: object = ui.services.integrity
    assert isinstance(found, HandFacts)
    return found


# --- scenes: each returns what is to be in sight ---


def after_proving(ui: Driver, wallet: Wallet, what: TwoVerdicts | AppError) -> QWidget:
    decided(ui)
    checks(ui).answer = what
    checks(ui).open_all()
    card = ui.window.decide.do.contract
    ui.click(card.button)
    ui.settle()
    return card


def contract_offer(ui: Driver, wallet: Wallet) -> QWidget:
    decided(ui)
    return ui.window.decide.do.contract


def contract_both(ui: Driver, wallet: Wallet) -> QWidget:
    return after_proving(ui, wallet, BOTH)


def contract_missing(ui: Driver, wallet: Wallet) -> QWidget:
    return after_proving(ui, wallet, MISSING)


def contract_disagree(ui: Driver, wallet: Wallet) -> QWidget:
    return after_proving(ui, wallet, DISAGREE)


def contract_running(ui: Driver, wallet: Wallet) -> QWidget:
    decided(ui)
    ui.window.open_page(DECISIONS)
    ui.settle()
    card = ui.window.decisions.detail.contract
    checks(ui).gates[CheckStep.HERE].set()
    checks(ui).gates[CheckStep.CONTRACT].set()
    ui.click(card.button)
    ui.pause()
    return card


def contract_decisions(ui: Driver, wallet: Wallet) -> QWidget:
    decided(ui)
    ui.window.open_page(DECISIONS)
    ui.settle()
    checks(ui).open_all()
    card = ui.window.decisions.detail.contract
    ui.click(card.button)
    ui.settle()
    return card


def opened(ui: Driver) -> None:
    """A bundle on the Verify page."""
    ui.window.open_page(VERIFY)
    ui.window.verify.verify(GOLDEN)
    ui.settle()


def contract_bundle(ui: Driver, wallet: Wallet) -> QWidget:
    opened(ui)
    checks(ui).answer = BAD_BUNDLE
    checks(ui).open_all()
    card = ui.window.verify.contract
    ui.click(card.button)
    ui.settle()
    return card


def contracts_page(ui: Driver, wallet: Wallet) -> None:
    """Nobody who could pay."""
    ui.window.open_page(CONTRACTS)
    ui.settle()


def contracts_declare(ui: Driver, wallet: Wallet) -> None:
    ui.run(wallet.account())
    contracts_page(ui, wallet)
    ui.window.contracts.steps.review.setInterval(0)


def contracts_cost(ui: Driver, wallet: Wallet) -> None:
    contracts_declare(ui, wallet)
    ui.click(ui.window.contracts.verifier.declare_button)
    ui.settle()


def contracts_sent(ui: Driver, wallet: Wallet) -> None:
    contracts_cost(ui, wallet)
    ui.click(ui.window.contracts.steps.send_button)
    ui.settle()


def contracts_deploy(ui: Driver, wallet: Wallet) -> None:
    contracts_sent(ui, wallet)
    ui.click(ui.window.contracts.steps.done_button)
    ui.settle()


def contracts_there(ui: Driver, wallet: Wallet) -> None:
    contracts_deploy(ui, wallet)
    page = ui.window.contracts
    ui.click(page.verifier.deploy_button)
    ui.settle()
    ui.click(page.steps.send_button)
    ui.settle()
    ui.click(page.steps.done_button)
    ui.settle()


def contracts_no_node(ui: Driver, wallet: Wallet) -> None:
    wallet.chain.error = NodeUnreachable(
        "127.0.0.1:5050 does not answer. Nothing was sent.", hint="Look at Networks."
    )
    contracts_page(ui, wallet)


def asked_for(ui: Driver, wallet: Wallet, report: FactReport | AppError) -> QWidget:
    contracts_page(ui, wallet)
    facts(ui).answer = report
    card = ui.window.contracts.fact
    card.fact.setText("0xfac7")
    ui.click(card.button)
    ui.settle()
    return card


def facts_found(ui: Driver, wallet: Wallet) -> QWidget:
    return asked_for(ui, wallet, fact_report(20, 130, 96))


def facts_weak(ui: Driver, wallet: Wallet) -> QWidget:
    return asked_for(ui, wallet, fact_report(20, known=False))


def facts_none(ui: Driver, wallet: Wallet) -> QWidget:
    return asked_for(ui, wallet, fact_report())


Scene = Callable[[Driver, Wallet], object]
SCENES: tuple[Scene, ...] = (
    contract_offer,
    contract_both,
    contract_missing,
    contract_disagree,
    contract_running,
    contract_decisions,
    contract_bundle,
    contracts_page,
    contracts_declare,
    contracts_cost,
    contracts_sent,
    contracts_deploy,
    contracts_there,
    contracts_no_node,
    facts_found,
    facts_weak,
    facts_none,
)

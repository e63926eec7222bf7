"""Contracts: where the verifier stands, putting it there in three steps, facts of a registry."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import Signal

from obsqra_desktop.domain.accounts import Account
from obsqra_desktop.domain.contracts import MAX_CLASS_BYTES, MAX_CLASS_FELTS
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.flows.send import Step
from obsqra_desktop.services.plans import Plan
from obsqra_desktop.services.verifier_contract import Standing
from obsqra_desktop.ui.pages.page import Body, Page
from obsqra_desktop.ui.pages.send_steps import SendSteps
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.state import UiState
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.columns import Columns
from obsqra_desktop.ui.widgets.fact_card import FactCard
from obsqra_desktop.ui.widgets.form import show_error
from obsqra_desktop.ui.widgets.verifier_card import VerifierCard, VerifierFacts, worth_card

Planning = Callable[[Account], Coroutine[Any, Any, Plan]]


class ContractsPage(Page):
    """Where it stands and what is registered; `steps` does what sends."""

    sent = Signal()
    account_wanted = Signal()
    proof_wanted = Signal()

    def __init__(self, services: UiServices, state: UiState, runner: TaskRunner) -> None:
        super().__init__("")
        self.heading.setText(self.tr("Contracts"))
        self.setAccessibleName(self.tr("Contracts"))
        self._services, self._runner = services, runner
        self.standing: Standing | None = None
        self.account: Account | None = None
        self.has_proof = False
        self._asking: asyncio.Task[None] | None = None
        self._build_overview()
        home = self.verifier.look_button
        self.steps = SendSteps(self, self.overview, home, services, state, runner)
        self.frame.addWidget(self.steps, 1)
        self._connect()
        self.steps.show_now()

    def _build_overview(self) -> None:
        self.overview = Body()
        columns = Columns()
        self.overview.column.addWidget(columns)
        self.verifier, self.facts, self.fact = VerifierCard(), VerifierFacts(), FactCard()
        columns.main.addWidget(self.verifier)
        columns.main.addWidget(self.fact)
        columns.side.addWidget(worth_card(), 1)
        columns.side.addWidget(self.facts, 1)
        self.facts.hide()

    def _connect(self) -> None:
        contract = self._services.verifier_contract
        self.verifier.look_button.clicked.connect(self.look)
        self.verifier.declare_button.clicked.connect(
            lambda: self.make_plan(contract.plan_declare, self.verifier.declare_button)
        )
        self.verifier.deploy_button.clicked.connect(
            lambda: self.make_plan(contract.plan_deploy, self.verifier.deploy_button)
        )
        self.verifier.account_wanted.connect(self.account_wanted)
        self.verifier.proof_wanted.connect(self.proof_wanted)
        self.fact.wanted.connect(self.look_up)
        self.fact.cancel_button.clicked.connect(self.cancel_look_up)
        self.steps.done_button.clicked.connect(self.steps.go_back)

    def primary_button(self) -> Button | None:
        """Ctrl+Enter never sends: that takes a click or the keyboard on the button itself."""
        if self.steps.flow.step is Step.CHECK:
            return None
        if self.steps.flow.step is Step.DO:
            return self.steps.done_button
        shown = (self.verifier.declare_button, self.verifier.deploy_button)
        return next((one for one in shown if one.isVisible()), None)

    def escape(self) -> None:
        self.steps.escape()

    def on_shown(self) -> None:
        if self.steps.flow.step is Step.CHOOSE:
            self.look()

    # --- where it stands ---

    def look(self) -> None:
        """Ask one node of the chosen network; another network than before clears what was told."""
        try:
            network = self._services.networks.network()
            account = self._services.accounts.selected(network.id)
        except AppError as error:
            self.fail(error)
            return
        self.account = None if account is None or account.watch_only else account
        if self.standing is None or self.standing.network.id != network.id:
            self.standing = None
            self.facts.hide()
            self.verifier.show_unknown(network.name)
        self._runner.run(
            self._services.verifier_contract.standing(),
            done=self.show_standing,
            failed=self._on_not_told,
            button=self.verifier.look_button,
            busy=self.tr("Looking…"),
        )

    def show_standing(self, standing: Standing) -> None:
        """What the node told, and the next verb."""
        self.standing = standing
        name = (self.account.label or self.account.address_text) if self.account else ""
        self.verifier.show_standing(standing, sender=name, has_proof=self.has_proof)
        self.facts.show_standing(standing, (MAX_CLASS_FELTS, MAX_CLASS_BYTES))
        self.facts.show()

    def _on_not_told(self, error: AppError) -> None:
        self.standing = None
        self.verifier.show_unknown(self._services.networks.network().name)
        self.fail(error)

    # --- putting it there ---

    def make_plan(self, planning: Planning, button: Button) -> None:
        """Simulate; nothing that could be sent is signed."""
        account = self.account
        if account is not None:
            self.steps.begin(lambda: planning(account), button)

    def verb(self, plan: Plan) -> str:
        return self.tr("Declare") if plan.intent.declares else self.tr("Deploy")

    def fail(self, error: AppError) -> None:
        show_error(self.verifier.notice, error)

    def on_moved(self) -> None:
        self.sent.emit()

    def on_step(self) -> None:
        step = self.steps.flow.step
        self.steps.footer.setVisible(step is not Step.CHOOSE)
        if step is Step.CHECK:
            self.verifier.notice.hide()

    def refresh(self) -> None:
        """What stands there is asked for anew."""
        self.look()

    # --- facts ---

    def look_up(self, fact: int, registry: int | None) -> None:
        """Ask the registry; read-only."""
        self.fact.cancel_button.show()
        self._asking = self._runner.run(
            self._services.integrity.look(fact, None, registry),
            done=lambda report: self._on_told(self.fact.show_report, report),
            failed=lambda error: self._on_told(self.fact.show_error, error),
            button=self.fact.button,
            busy=self.tr("Asking…"),
        )

    def _on_told(self, show: Callable[[Any], None], what: object) -> None:
        self._asking = None
        self.fact.cancel_button.hide()
        show(what)

    def cancel_look_up(self) -> None:
        """Stop asking."""
        if self._asking is not None:
            self._asking.cancel()
            self._asking = None
        self.fact.cancel_button.hide()
        self.fact.notice.say(
            "sunken", self.tr("Stopped, as you asked"), self.tr("Nothing was sent.")
        )
        self.fact.notice.show()

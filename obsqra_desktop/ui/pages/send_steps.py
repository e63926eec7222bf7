"""One transaction from its plan over its user's word to its receipt, for the pages that send."""

import time
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from obsqra_desktop.domain.chain_errors import PlanChanged, SendUncertain
from obsqra_desktop.domain.errors import AppError
from obsqra_desktop.domain.journal import TxRecord, TxState
from obsqra_desktop.flows.send import SendFlow, Step
from obsqra_desktop.services.plans import Plan
from obsqra_desktop.ui.format import at_most
from obsqra_desktop.ui.ports import UiServices
from obsqra_desktop.ui.state import UiState
from obsqra_desktop.ui.tasks import TaskRunner
from obsqra_desktop.ui.widgets.buttons import Button
from obsqra_desktop.ui.widgets.form import show_error
from obsqra_desktop.ui.widgets.send_check import CheckView
from obsqra_desktop.ui.widgets.send_do import DoView
from obsqra_desktop.ui.widgets.step_frame import StepFrame

Planning = Callable[[], Coroutine[Any, Any, Plan]]


class Host(Protocol):
    """The page, as far as it is needed here."""

    def verb(self, plan: Plan) -> str:
        """What the button says that it does, without network and fee."""
        ...

    def fail(self, error: AppError) -> None:
        """Show in the first view what went wrong."""
        ...

    def on_step(self) -> None:
        """Another view is shown."""
        ...

    def on_moved(self) -> None:
        """Something is in the journal, or has moved on."""
        ...

    def refresh(self) -> None:
        """The first view is shown again: read anew what it shows."""
        ...


class SendSteps(StepFrame):
    """Nothing leaves before the verb of the second view, which names what, where and the fee.

    `first` is the page's own view, `home` the place in it that the keyboard comes back to.
    """

    def __init__(
        self,
        host: Host,
        first: QWidget,
        home: QWidget,
        services: UiServices,
        state: UiState,
        runner: TaskRunner,
        forward: Button | None = None,
    ) -> None:
        self.check, self.do = CheckView(), DoView()
        super().__init__((first, self.check, self.do), forward)
        self._host, self._home = host, home
        self._services, self._state, self._runner = services, state, runner
        self.flow = SendFlow()
        self._planning: Planning | None = None
        self.back_button.clicked.connect(self.go_back)
        self.send_button.clicked.connect(self.send)
        self.do.look.clicked.connect(lambda: self.look_again(resend=False))
        self.do.resend.clicked.connect(lambda: self.look_again(resend=True))
        self.review.timeout.connect(lambda: self.send_button.setEnabled(True))
        state.changed.connect(self._show_plan)

    @property
    def succeeded(self) -> bool:
        """Whether it is over and a receipt says that it took place."""
        record = self.flow.record
        accepted = {TxState.ACCEPTED_L2, TxState.ACCEPTED_L1}
        return record is not None and not self.flow.working and record.state in accepted

    def escape(self) -> None:
        """Back, if nothing runs."""
        if self.flow.step is not Step.CHOOSE and not self.flow.working:
            self.go_back()

    # --- plan ---

    def begin(self, planning: Planning, button: Button) -> None:
        """Simulate; nothing that could be sent is signed."""
        self._planning = planning
        self._make_plan(self._on_plan, self._host.fail, button)

    def _make_plan(
        self, done: Callable[[Plan], None], failed: Callable[[AppError], None], button: Button
    ) -> None:
        assert self._planning is not None  # there was a first plan, or there is one now
        self._runner.run(
            self._planning(), done=done, failed=failed, button=button, busy=self.tr("Simulating…")
        )

    def _on_plan(self, plan: Plan) -> None:
        self.check.notice.hide()
        self.flow.planned(plan, time.monotonic())
        self.hold_back()
        self._show_plan()
        self.show_now()

    def _on_new_plan(self, plan: Plan) -> None:
        self._on_plan(plan)
        words = self.tr("That plan is older than a minute, so it was made anew. Look again.")
        self.check.notice.say("warn", words)
        self.check.notice.show()

    def _show_plan(self) -> None:
        plan = self.flow.plan
        if plan is None or self.flow.step is Step.DO:
            return
        own = all(one.own for one in plan.network.endpoints[:1])
        proxied = self._services.networks.settings().proxy is not None
        self.check.show_plan(plan, self._state.hide_amounts, own, proxied)
        verb, fee = self._host.verb(plan), at_most(plan.max_fee)
        words = self.tr("{0} on {1} · {2} fee at most")
        self.name_send(words.format(verb, plan.network.name, fee))

    # --- sending ---

    def send(self) -> None:
        """The user's word; a plan that is too old is made anew and has to be looked at again."""
        if self.flow.stale(time.monotonic()):
            self._make_plan(
                self._on_new_plan,
                lambda error: show_error(self.check.notice, error),
                self.send_button,
            )
            return
        plan = self.flow.confirm(time.monotonic())
        self.do.start()
        self.show_now()
        self._runner.run(self._send(plan), done=self._on_end, failed=self._on_failed)

    async def _send(self, plan: Plan) -> TxRecord:
        record = await self._services.sending.send(plan, self.do.show_step)
        self._on_moved(record)
        if record.settled:
            return record
        return await self._services.sending.track(record.id, self._on_moved)

    def _on_moved(self, record: TxRecord) -> None:
        self.flow.moved(record)
        self.do.show_record(record)
        self._host.on_moved()

    def _on_end(self, record: TxRecord) -> None:
        self.flow.moved(record)
        self.flow.ended()
        self.do.show_end(record)
        self._host.on_moved()
        self.show_now()

    def _on_failed(self, error: AppError) -> None:
        self.flow.ended()
        self.do.fail()
        if isinstance(error, SendUncertain) or self.flow.record is not None:
            self._find_record()
            self.do.show_uncertain(error.detail.partition(" The transaction is in the")[0])
            self.do.notice.show()
        elif isinstance(error, PlanChanged):
            self.go_back()
            self._host.fail(error)
        else:
            show_error(self.do.notice, error)
        self._host.on_moved()
        self.show_now()

    def _find_record(self) -> None:
        """What was written down for this plan, if its answer was lost."""
        plan = self.flow.plan
        if self.flow.record is not None or plan is None:
            return
        for one in self._services.sending.unsettled(plan.network.id):
            same_nonce = one.signed.transaction.nonce == plan.transaction.nonce
            if one.account == plan.account.id and same_nonce:
                self.flow.moved(one)
                self.do.hash.show_value(hex(one.signed.hash))
                return

    def look_again(self, *, resend: bool) -> None:
        """What became of it; with `resend` the same bytes go out again."""
        record = self.flow.record
        if record is None:
            return

        async def work() -> TxRecord:
            seen = await self._services.sending.resume(record.id, resend)
            if seen.settled or seen.state is TxState.SIGNED:
                return seen
            return await self._services.sending.track(record.id, self._on_moved)

        self.flow.working = True
        self._runner.run(
            work(),
            done=self._on_end,
            failed=self._on_failed,
            button=self.do.resend if resend else self.do.look,
            busy=self.tr("Asking…"),
        )

    # --- moving ---

    def go_back(self) -> None:
        """To the page's own view, which is read anew."""
        self.flow.back()
        self._host.refresh()
        self.show_now()

    def show_now(self) -> None:
        """The view of the step that one is in."""
        self.show_step(self.flow.step, self.flow.working, self._home)
        self._host.on_step()
